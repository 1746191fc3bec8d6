//! Computes the constraints that the validators check. The constraints of level Schema come from the schemas of the release alone.
//! Corrections add constraints from level Strict on.

mod node;
mod pattern;

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::constraints::{
    ConstraintTables, ConstraintsId, EventConstraints, EventForm, RootConstraints, SchemaVariant,
};
use crate::ir::{Docs, Event, EventKey, EventPlace, Ir, Key, Kind, Part, Role, Root, Step};
use crate::model::Model;
use crate::schema::{Parts, Schema};
use crate::source::SCHEMAS;

/// Computes the constraints on every event.
pub(crate) fn constraints(model: &Model, ir: &Ir) -> Result<ConstraintTables, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let mut nodes = node::Nodes::new(&model.schemas);
    let server_members = model.config.server_members.clone();
    let mut tables = ConstraintTables { server_members, ..ConstraintTables::default() };
    let mut types: BTreeMap<EventKey, Vec<&Event>> = BTreeMap::new();
    for event in &ir.events {
        types.entry(event.key()).or_default().push(event);
    }
    // The order of constraints is independent of proposals.
    let is_of_proposal = |events: &[&Event]| events.first().is_some_and(|event| event.proposal().is_some());
    let (of_proposals, others): (Vec<_>, Vec<_>) = types.into_values().partition(|events| is_of_proposal(events));
    for events in others.into_iter().chain(of_proposals) {
        let link = events.first().map(|event| model.link(&event.event_type, &event.file));
        let one = of_type(model, &mut nodes, &events);
        let one = one.map(|one| EventConstraints { docs: Docs { link, ..one.docs }, ..one });
        tables.events.extend(diagnostics.note(one));
    }
    tables.events.sort_by_key(|event| (event.is_edu(), event.event_type.clone()));
    let any = Origin::file(format!("{SCHEMAS}/core-event-schema/event.yaml"));
    if let Some(schema) = model.schemas.get(&any) {
        tables.any_event = diagnostics.note(nodes.of(&schema.into()));
    }
    let edu = model.config.envelopes.iter().find(|envelope| envelope.kind == Kind::Edu);
    if let Some(schema) = edu.and_then(|envelope| model.schemas.get(&envelope.schema)) {
        tables.any_edu = diagnostics.note(nodes.of(&schema.into()));
    }
    for root in &ir.roots {
        tables.roots.extend(diagnostics.note(of_root(model, ir, &mut nodes, root)).flatten());
    }
    tables.nodes = nodes.into_list();
    diagnostics.into_result(tables)
}

/// Computes the constraints on the events of one type, by the base schema and by the schemas of the variants.
fn of_type<'m>(
    model: &'m Model,
    nodes: &mut node::Nodes<'m>,
    events: &[&Event],
) -> Result<EventConstraints, Diagnostic> {
    let schemas = events.iter().map(|event| schema(model, event)).collect::<Result<Vec<_>, Diagnostic>>()?;
    let mut found = Vec::new();
    for (event, own) in events.iter().zip(&schemas) {
        // An event of a variant has to fit the schema of its type as well.
        let of_type = events.iter().zip(&schemas).filter(|(base, _)| base.variant.is_none() && event.variant.is_some());
        let both: Parts<'m> = of_type.map(|(_, base)| *base).chain([*own]).collect();
        let node = nodes.of(&both)?;
        let docs = nodes.get(node).docs.clone();
        let content = nodes.member(node, "content");
        found.push(SchemaVariant {
            value: event.variant.clone().unwrap_or_default(),
            file: event.file.clone(),
            docs,
            event: node,
            content,
        });
    }
    let mut found = found.into_iter();
    let (Some(first), Some(base)) = (events.first(), found.next()) else {
        return Err(bug(&Origin::file(SCHEMAS), "an event type has no schema"));
    };
    let variants: Vec<SchemaVariant> = found.collect();
    let discriminator = model.config.discriminator(&first.event_type).filter(|_| !variants.is_empty());
    let aliases = nodes.other_types(base.event, &first.event_type);
    let aliases_in_use: Vec<String> = first.aliases.iter().filter(|name| !aliases.contains(name)).cloned().collect();
    Ok(EventConstraints {
        event_type: first.event_type.clone(),
        aliases,
        aliases_in_use,
        kinds: first.kinds.clone(),
        added_kinds: first.added_kinds.clone(),
        module: first.content.0.clone(),
        feature: first.feature.clone(),
        docs: base.docs.clone(),
        base,
        discriminator: discriminator.map(str::to_owned),
        variants,
    })
}

/// Computes the constraints on a root.
fn of_root<'m>(
    model: &'m Model,
    ir: &Ir,
    nodes: &mut node::Nodes<'m>,
    root: &Root,
) -> Result<Option<RootConstraints>, Diagnostic> {
    let Some(schema) = model.schemas.get(&root.origin) else { return Ok(None) };
    let form = |any: &str| {
        let any = ir.any.iter().find(|known| known.name == any)?;
        match ir.envelope(any.envelopes.first()?)?.role {
            Role::Envelope { form, .. } => Some(form),
            _ => None,
        }
    };
    let event = |place: &EventPlace| {
        let parts = ir.parts_on(root, &place.path).unwrap_or_default();
        let proposal = parts.iter().filter_map(|part| part.field()).find_map(|field| field.docs.proposal);
        let sigil = |part: &Part<'_>| match part {
            Part::Entries(Key::Identifier(identifier), _) => Some(identifier.sigil()),
            Part::Entries(..) => Some(None),
            _ => None,
        };
        let first = EventForm {
            path: place.path.clone(),
            section: Step::text(&place.path),
            form: form(&place.any)?,
            any: place.any.clone(),
            sigils: parts.iter().filter_map(sigil).collect(),
            proposal,
        };
        let paths = with_aliases(&place.path, &parts).into_iter();
        Some(paths.map(move |path| EventForm { path, ..first.clone() }))
    };
    let mut events: Vec<EventForm> = root.events.iter().filter_map(event).flatten().collect();
    events.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Some(RootConstraints {
        name: root.name.clone(),
        module: root.module.clone(),
        link: root.docs.link.clone(),
        origin: root.origin.clone(),
        constraints: nodes.of(&schema.into())?,
        events,
    }))
}

/// Returns a path, and the paths with the aliases of its fields.
fn with_aliases(path: &[Step], parts: &[Part<'_>]) -> Vec<Vec<Step>> {
    let mut paths = vec![Vec::new()];
    for (step, part) in path.iter().zip(parts) {
        let aliases =
            part.field().into_iter().flat_map(|field| &field.aliases).map(|alias| Step::Property(alias.clone()));
        let names: Vec<Step> = std::iter::once(step.clone()).chain(aliases).collect();
        let longer =
            |path: Vec<Step>| names.iter().map(move |name| [path.as_slice(), std::slice::from_ref(name)].concat());
        paths = paths.into_iter().flat_map(longer).collect();
    }
    paths
}

fn schema<'m>(model: &'m Model, event: &Event) -> Result<&'m Schema, Diagnostic> {
    let origin = Origin::file(&event.file);
    model.schemas.get(&origin).ok_or_else(|| bug(&origin, "the schema of the event is not loaded"))
}

/// Creates the error of a bug of the generator.
fn bug(origin: &Origin, cause: &str) -> Diagnostic {
    Diagnostic::at(origin, format!("failed to compute the constraints: {cause}"))
        .expected("a loaded schema for each event")
        .help("report this bug of the generator, or fix it in codegen/src/constraints")
}

impl node::Nodes<'_> {
    /// Returns the other values that the schema of an event allows for `type`.
    fn other_types(&self, id: ConstraintsId, event_type: &str) -> Vec<String> {
        let values = self.member(id, "type").and_then(|id| self.get(id).values()).unwrap_or_default();
        values.iter().filter(|value| *value != event_type).cloned().collect()
    }

    /// Returns the node of a member of an object.
    fn member(&self, id: ConstraintsId, name: &str) -> Option<ConstraintsId> {
        let properties = &self.get(id).object.as_ref()?.properties;
        properties.iter().find(|property| property.name == name).map(|property| property.constraints)
    }
}
