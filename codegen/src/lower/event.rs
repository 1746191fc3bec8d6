//! The events: their contents, and the members of events that neither the content nor the envelope has.

use super::{docs, types, Destination, Lowering};
use crate::diagnostics::{Diagnostic, Origin};
use crate::events::{EventSchema, EventType};
use crate::ir::{self, Docs, Event, Item, Kind, ModulePath, Namespace, Presence, Role, Shape, Struct, Type};
use crate::names;
use crate::proposals;
use crate::schema::{Chosen, MergedSchema, Parts};
use crate::settings::quoted_location_of;

pub(super) fn lower(lowering: &mut Lowering<'_>) {
    // The order of types is independent of proposals.
    let is_of_proposal = |event: &&EventType| proposals::number_of(&event.base.origin.file).is_some();
    let (of_proposals, others): (Vec<_>, Vec<_>) = lowering.model.events.iter().partition(is_of_proposal);
    for event in others.into_iter().chain(of_proposals) {
        let outcome = one_type(lowering, event);
        lowering.diagnostics.note(outcome);
    }
    lowering.ir.events.sort_by_key(Event::key);
}

/// A merged schema of an event type.
pub(super) struct Merged<'e, 'm> {
    pub(super) event: &'e EventType,
    pub(super) schema: MergedSchema<'m>,
    pub(super) module: &'e ModulePath,
}

fn one_type(lowering: &mut Lowering<'_>, event: &EventType) -> Result<(), Diagnostic> {
    let event_type = &event.key.event_type;
    let module = module(lowering, event)?;
    let base = merged(lowering, event, &event.base, &module)?;
    let docs = event_docs(lowering, &base);
    let name = base_name(lowering, &base)?;
    let mut contents = vec![(None, name.clone(), &event.base)];
    if let Some(property) = event.discriminator.as_ref().filter(|_| !event.variants.is_empty()) {
        let names = lowering.tagged_content(&base, property, &name, &docs)?;
        let value = |schema: &EventSchema| schema.variant.as_ref().map(|(value, _)| value.clone());
        contents.extend(event.variants.iter().zip(names).map(|(schema, name)| (value(schema), name, schema)));
    } else {
        lowering.content(&base, &name, &docs)?;
    }
    let TopLevel { unsigned, state_key, other } = top_level(lowering, &base, &name)?;
    let mut all_kinds = ir::all_kinds(&event.kinds, &event.added_kinds);
    let in_room = all_kinds.any(|(kind, _)| kind.is_in_room());
    let unsigned = unsigned.or_else(|| lowering.unsigned.clone()).filter(|_| in_room);
    for (variant, content, schema) in contents {
        let content = (module.clone(), content);
        if let Some(known) = lowering.ir.events.iter().find(|known| known.content == content) {
            let help = "change one of the event types";
            let file = Origin::file(&known.file);
            let clash = names::clash(&content.1, (&schema.stated_at).into(), (&file).into(), help);
            return Err(clash.or_in_generator("the names of contents and modules in codegen/src/lower/event.rs"));
        }
        lowering.ir.events.push(Event {
            event_type: event_type.clone(),
            aliases: event.base.aliases.iter().map(|(name, _)| name.clone()).collect(),
            variant,
            kinds: event.kinds.clone(),
            added_kinds: event.added_kinds.clone(),
            suffix: event.base.suffix.clone(),
            content,
            unsigned: unsigned.clone(),
            state_key: state_key.clone(),
            top_level: other.clone(),
            file: schema.origin.file.clone(),
            feature: event.feature.clone(),
        });
    }
    Ok(())
}

/// Returns the module of an event, from the configuration, or else a module for each part of the event type in the module of the
/// folder.
fn module(lowering: &mut Lowering<'_>, event: &EventType) -> Result<ModulePath, Diagnostic> {
    let config = &lowering.model.config;
    let origin = &event.base.stated_at;
    let above = config.folder_of(&origin.file).map_or([].as_slice(), |folder| &folder.module);
    let parts = names::strip_m(config.strip_prefix(names::without_end(&event.key.event_type))).split('.');
    let default = names::modules(above, parts, origin).map_err(|diagnostic| {
        let generator = "the names of modules in codegen/src/lower/event.rs";
        diagnostic.help("change the event type").or_in_generator(generator)
    });
    let chosen = lowering.schemas.get(&event.base.origin).and_then(|schema| schema.corrections.module.clone());
    lowering.chosen(chosen, default)
}

pub(super) fn merged<'e, 'm>(
    lowering: &Lowering<'m>,
    event: &'e EventType,
    schema: &EventSchema,
    module: &'e ModulePath,
) -> Result<Merged<'e, 'm>, Diagnostic> {
    let place: Parts<'m> = lowering.schemas.get(&schema.origin).into_iter().collect();
    Ok(Merged { event, schema: lowering.merge(&place)?, module })
}

/// Returns the documentation of an event, with a link to the section of the specification.
pub(super) fn event_docs(lowering: &Lowering<'_>, merged: &Merged<'_, '_>) -> Docs {
    let file = &merged.schema.origin.file;
    let link = lowering.model.link(&merged.event.key.event_type, file);
    Docs { proposal: proposals::number_of(file), ..docs(&merged.schema, Some(link)) }
}

/// Returns the end of the names of contents.
fn suffix(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Edu => "EduContent",
        Namespace::Event => "EventContent",
    }
}

/// Returns the name of the content of an event type, from the configuration or from the event type.
fn base_name<'m>(lowering: &mut Lowering<'m>, base: &Merged<'_, 'm>) -> Result<String, Diagnostic> {
    let Merged { event, schema, .. } = base;
    let short = lowering.model.config.strip_prefix(names::without_end(&event.key.event_type));
    let default = content_name(event, &schema.origin, short);
    let chosen = schema.place.correction(|one| one.type_name.clone());
    let end = suffix(event.key.namespace);
    match &chosen {
        Some(Chosen { name, entry, .. }) if name.strip_suffix(end).is_none_or(str::is_empty) => {
            Err(Diagnostic::at(entry, format!("the name `{name}` does not end in `{end}`"))
                .expected(format!("the name of a content, such as `PollStart{end}`"))
                .help(format!("write `{name}{end}`")))
        }
        _ => lowering.chosen(chosen, default),
    }
}

/// Returns the name of an event type in enums, which is that of its content without the end.
pub(super) fn variant_name(lowering: &Lowering<'_>, event: &Event) -> Result<String, Diagnostic> {
    let schema = lowering.schemas.get(&Origin::file(&event.file));
    if schema.is_some_and(|schema| schema.corrections.type_name.is_some()) {
        let (_, content) = &event.content;
        return Ok(content.strip_suffix(suffix(event.key().namespace)).unwrap_or(content).to_owned());
    }
    let place = lowering.model.type_place(event, &event.event_type);
    let short = lowering.model.config.strip_prefix(names::without_end(&event.event_type));
    names::variant(short, &place)
}

/// Returns the name of a content.
pub(super) fn content_name(event: &EventType, origin: &Origin, hint: &str) -> Result<String, Diagnostic> {
    let help = "change the event type, or the `prefix` that its names omit under `prefixes` in codegen.yaml";
    let name = names::type_name(hint, origin).map_err(|diagnostic| diagnostic.help(help))?;
    let name = format!("{name}{}", suffix(event.key.namespace));
    names::free(&name, origin, || help.to_owned())?;
    Ok(name)
}

/// The members of an event outside of its content.
struct TopLevel {
    unsigned: Option<Type>,
    state_key: Option<Type>,
    /// The type of the members that the envelope does not have.
    other: Option<String>,
}

fn top_level<'m>(lowering: &mut Lowering<'m>, base: &Merged<'_, 'm>, content: &str) -> Result<TopLevel, Diagnostic> {
    let event = base.event;
    let event_type = &event.key.event_type;
    let prefix = content.strip_suffix(suffix(event.key.namespace)).unwrap_or(content);
    let to = Destination::new(base.module.clone(), prefix);
    let mut top_level = TopLevel { unsigned: None, state_key: None, other: None };
    let mut other = Vec::new();
    for (name, property) in &base.schema.properties {
        // Other properties are declared only in the files that the schema refers to.
        let is_declared = property.origins().iter().any(|origin| origin.file == event.base.origin.file);
        match name.as_str() {
            "content" => {}
            name if event.kinds.iter().all(|kind| kind.type_member() == name) => {}
            "state_key" if event.kinds.contains(&Kind::State) => {
                top_level.state_key = Some(lowering.type_of(property, &to.named("StateKey"))?);
            }
            "unsigned" if is_declared => top_level.unsigned = Some(unsigned(lowering, property, &to)?),
            _ if !is_declared || in_envelope(lowering, &event.kinds, name) => {}
            _ if types::presence(name, property, &base.schema) == Presence::Required => {
                let message = format!("unsupported required property `{name}` at the top level of the event");
                return Err(Diagnostic::at(&property.origin(), message)
                    .expected("required properties in the content, or in the envelope")
                    .help(format!(
                        "add `{name}` to `adds` of the envelope of the event under `envelopes` in codegen.yaml, or add an entry \
                         under `optional` in overrides.yaml: `- {{at: {}, seen-in: history, why: …}}`",
                        quoted_location_of(&property.origin())
                    ))
                    .help_in_extension(format!("move `{name}` to the content, or remove it from `required`")));
            }
            _ => other.push((name.clone(), property.clone())),
        }
    }
    if !other.is_empty() {
        let origin = base.schema.origin.clone();
        let schema = MergedSchema { origin, properties: other, ..MergedSchema::default() };
        top_level.other = Some(other_members(lowering, event_type, &schema, &to)?);
    }
    Ok(top_level)
}

/// Returns the type of an `unsigned` that the schema of the event itself declares.
fn unsigned<'m>(lowering: &mut Lowering<'m>, property: &Parts<'m>, to: &Destination) -> Result<Type, Diagnostic> {
    if let Some(target) = lowering.definition(property) {
        return lowering.shared(target, &property.origin(), &to.module);
    }
    let hint = format!("{}Unsigned", to.hint);
    let mut schema = lowering.merge(property)?;
    schema.title = Some(hint.clone());
    lowering.type_of_merged(&schema, &to.named(hint))
}

/// Returns the place of the first alias of a property.
pub(super) fn alias_place(schema: &MergedSchema<'_>, property: &str) -> Option<Origin> {
    let stated = schema.property(property)?.stated();
    stated.iter().find_map(|schema| schema.corrections.aliases.first()).map(|(_, place)| place.clone())
}

/// Defines the type of the members that neither the content nor the envelope has, and returns its name.
fn other_members<'m>(
    lowering: &mut Lowering<'m>,
    event_type: &str,
    schema: &MergedSchema<'m>,
    to: &Destination,
) -> Result<String, Diagnostic> {
    let shape = lowering.structure(schema, to, None)?;
    if let Some(field) = shape.fields.iter().find(|field| !field.aliases.is_empty()) {
        let message = format!("unsupported aliases of `{}`, a property at the top level of the event", field.wire);
        let place = alias_place(schema, &field.wire).unwrap_or_else(|| field.origin.clone());
        return Err(Diagnostic::at(&place, message)
            .expected("aliases of properties in the content")
            .help("remove the entry under `aliases` in overrides.yaml")
            .or_in_generator("support it in codegen/src/emit/top_level.rs"));
    }
    let name = format!("{}TopLevel", to.hint);
    let text = format!("The members that only `{event_type}` events have at the top level.");
    let docs = Docs { text: Some(text), ..Docs::default() };
    let shape = Shape::Struct(Struct { role: Role::TopLevel, ..shape });
    let item = Item::new(&name, docs, schema.origin.clone(), shape);
    lowering.define(&to.module, item, schema)?;
    Ok(name)
}

/// Returns `true` if the envelopes of all kinds of an event have a member.
fn in_envelope(lowering: &Lowering<'_>, kinds: &[Kind], name: &str) -> bool {
    let has = |(_, _, shape): &(&str, Kind, &Struct)| shape.fields.iter().any(|field| field.wire == name);
    let with: Vec<Kind> = lowering.ir.envelopes().filter(has).map(|(_, kind, _)| kind).collect();
    kinds.iter().all(|kind| with.contains(kind))
}
