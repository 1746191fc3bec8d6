//! The schema of an event: which event it is of, and what its file says beside that.

use super::Lowering;
use crate::diagnostics::{Checked, Origin, Problem};
use crate::ir::{Docs, Kind, ModulePath};
use crate::names;
use crate::overrides::Overrides;
use crate::schema::Schema;
use crate::version::Version;

/// A schema of an event, its `allOf` merged.
pub(super) struct EventSchema {
    pub(super) file: String,
    pub(super) event_type: String,
    pub(super) also: Vec<String>,
    pub(super) variant: Option<String>,
    pub(super) module: ModulePath,
    pub(super) schema: Schema,
    /// The one of the core schemas that it builds on.
    pub(super) base: Base,
    /// Where all events of its folder come from, if it isn't that of the events of clients.
    pub(super) folder: Option<Kind>,
}

/// The core schema that an event builds on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    Bare,
    Room,
    State,
}

impl EventSchema {
    pub(super) fn docs(&self, lowering: &Lowering<'_>) -> Docs {
        let link = link(&self.event_type, &self.file, lowering.overrides, lowering.ir.release);
        Lowering::docs(&self.schema, Some(link))
    }

    /// Whether it is an ephemeral data unit.
    pub(super) fn is_edu(&self) -> bool {
        self.folder == Some(Kind::Edu)
    }

    /// The name of its content.
    pub(super) fn content_name(&self, hint: &str) -> Checked<String> {
        let suffix = if self.is_edu() { "EduContent" } else { "EventContent" };
        let name = format!("{}{suffix}", names::type_name(hint, &self.schema.origin)?);
        let advice =
            "it comes from the type of the event, of which a `prefix` under `prefixes` in overrides.yaml is left out";
        names::free(&name, &self.schema.origin).map_err(|problem| problem.advice(advice))?;
        Ok(name)
    }
}

/// The section of the specification on an event type.
pub(crate) fn link(event_type: &str, file: &str, overrides: &Overrides, release: Option<Version>) -> String {
    let release = release.map_or("latest".to_owned(), |release| release.to_string());
    let section = match overrides.folder_of(file) {
        Some(folder) => folder.section.clone(),
        None => format!("client-server-api/#{}", event_type.replace('.', "")),
    };
    format!("https://spec.matrix.org/{release}/{section}")
}

/// The event that a file describes; `None` if it pins no `type` and so is a definition for others.
pub(super) fn read(lowering: &mut Lowering<'_>, origin: &Origin, schema: &Schema) -> Checked<Option<EventSchema>> {
    let schema = Schema { origin: origin.clone(), ..lowering.library.flatten(schema)? };
    let folder = lowering.overrides.folder_of(&origin.file);
    let member = folder.map_or("type", |folder| folder.kind.type_member());
    let Some(property) = schema.property(member) else { return Ok(None) };
    let types = lowering.library.flatten(property)?.values.unwrap_or_default();
    let name = origin.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").trim_end_matches(".json");
    let (event_type, variant) = match name.split_once('$') {
        Some((event_type, variant)) => (event_type, Some(variant.to_owned())),
        None => (name, None),
    };
    // A schema may forget its `type`, as that of m.invite_permission_config does: what has a kind is an event.
    if types.is_empty() && lowering.overrides.kinds(event_type).is_none() {
        return Ok(None);
    }
    if !types.is_empty() && !types.iter().any(|known| known == event_type) {
        return Err(Problem::at(&property.origin, format!("the file's name says `{event_type}`, its schema doesn't"))
            .expected(format!("`{event_type}` in the `enum` of `{member}`"))
            .advice("rename the file, or correct the `enum`"));
    }
    let also = types.iter().filter(|known| *known != event_type).cloned().collect();
    let above = folder.map_or([].as_slice(), |folder| &folder.module);
    let source = lowering.library.get(origin).cloned().unwrap_or_default();
    lowering.consumed.insert(origin.file.clone());
    lowering.consume(&source);
    Ok(Some(EventSchema {
        file: origin.file.clone(),
        event_type: event_type.to_owned(),
        also,
        variant,
        // A module for each part of the type, below that of the folder.
        module: names::modules(above, names::bare(lowering.overrides.bare(event_type)).split('.'), &schema.origin)?,
        base: base_of(lowering, &source),
        folder: folder.map(|folder| folder.kind),
        schema,
    }))
}

fn base_of(lowering: &Lowering<'_>, schema: &Schema) -> Base {
    let named = schema.reference.as_ref().map_or(Base::Bare, |target| {
        let below = lowering.library.get(target).map_or(Base::Bare, |target| base_of(lowering, target));
        let own = match target.file.rsplit('/').next() {
            Some("state_event.yaml" | "sync_state_event.yaml") => Base::State,
            Some("room_event.yaml" | "sync_room_event.yaml") => Base::Room,
            _ => Base::Bare,
        };
        own.max(below)
    });
    schema.all_of.iter().map(|part| base_of(lowering, part)).fold(named, Base::max)
}
