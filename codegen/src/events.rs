//! The events of a tree: which schemas are of one event type, and where its events come from.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::{EventKey, Kind, Namespace};
use crate::model::Model;
use crate::schema::{Parts, Schema, SchemaSet, View};
use crate::settings::{changes_nothing, Config};
use crate::source::SCHEMAS;

/// An event type and its schemas.
#[derive(Debug)]
pub(crate) struct EventType {
    pub(crate) key: EventKey,
    /// Where its events come from; empty if that is unknown.
    pub(crate) kinds: Vec<Kind>,
    /// The property of the content whose value distinguishes the variants.
    pub(crate) discriminator: Option<String>,
    pub(crate) base: EventSchema,
    /// The schemas for values of the discriminator, in the order of the values.
    pub(crate) variants: Vec<EventSchema>,
}

/// A schema of an event.
#[derive(Clone, Debug)]
pub(crate) struct EventSchema {
    pub(crate) origin: Origin,
    /// The place that states the event type.
    pub(crate) stated_at: Origin,
    /// The other values that it allows for the type, or that corrections add, each with its place.
    pub(crate) aliases: Vec<(String, Origin)>,
    /// The only value that it allows for the discriminator, and the place of that property.
    pub(crate) variant: Option<(String, Origin)>,
}

impl EventType {
    /// Its own schema, and those of its variants.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &EventSchema> {
        std::iter::once(&self.base).chain(&self.variants)
    }

    /// The schemas of its events, or of those of one variant.
    pub(crate) fn places<'s>(&self, schemas: &'s SchemaSet, variant: Option<&EventSchema>) -> Parts<'s> {
        let origins = std::iter::once(&self.base).chain(variant).map(|schema| &schema.origin);
        origins.filter_map(|origin| schemas.get(origin)).collect()
    }
}

/// The events of a tree, and the mistakes in them.
#[derive(Debug, Default)]
pub(crate) struct Recognized {
    pub(crate) events: Vec<EventType>,
    pub(crate) diagnostics: Diagnostics,
    /// The events whose kinds are unknown.
    pub(crate) without_kind: Vec<Diagnostic>,
}

/// Finds the events among schemas: a schema is that of an event if it states the value of the type.
pub(crate) fn recognize(schemas: &SchemaSet, config: &Config) -> Recognized {
    let mut recognized = Recognized::default();
    let mut found: BTreeMap<EventKey, Vec<EventSchema>> = BTreeMap::new();
    let is_of_events = |file: &str| file.starts_with(SCHEMAS) || config.folder_of(file).is_some();
    for (origin, schema) in schemas.iter().filter(|(origin, _)| origin.pointer.is_empty() && is_of_events(&origin.file))
    {
        let event = recognized.diagnostics.note(event_of(schemas, config, origin, schema)).flatten();
        if let Some((key, event)) = event {
            found.entry(key).or_default().push(event);
        }
    }
    for (key, list) in found {
        match event_type(schemas, config, key, list) {
            Ok(event) => {
                recognized.without_kind.extend(event.kinds.is_empty().then(|| without_kind(&event)));
                recognized.events.push(event);
            }
            Err(diagnostic) => recognized.diagnostics.push(diagnostic),
        }
    }
    recognized
}

/// The event that a schema describes; `None` if it states no type and so is a definition for others.
fn event_of(
    schemas: &SchemaSet,
    config: &Config,
    origin: &Origin,
    schema: &Schema,
) -> Result<Option<(EventKey, EventSchema)>, Diagnostic> {
    let member = config.folder_of(&origin.file).map_or("type", |folder| folder.kind.type_member());
    let merged = schemas.merge(&schema.into(), View::Release)?;
    let mut types: Vec<(String, Origin)> = Vec::new();
    if let Some(property) = merged.property(member) {
        let values = schemas.merge(property, View::Release)?.values.unwrap_or_default();
        types.extend(values.into_iter().map(|value| (value, property.origin())));
    }
    types.extend(schema.corrections.event_type.iter().map(|event_type| (event_type.clone(), origin.clone())));
    let mut types = types.into_iter();
    let Some((event_type, stated_at)) = types.next() else { return Ok(None) };
    let mut aliases: Vec<(String, Origin)> = types.collect();
    for (name, entry) in &schema.corrections.aliases {
        if *name == event_type || aliases.iter().any(|(alias, _)| alias == name) {
            return Err(Diagnostic::at(entry, format!("`{name}` is a type of this event already"))
                .expected("a type that its schema doesn't allow")
                .help("remove the name"));
        }
        aliases.push((name.clone(), entry.clone()));
    }
    let namespace = if member == Kind::Edu.type_member() { Namespace::Edu } else { Namespace::Event };
    let event = EventSchema { origin: origin.clone(), stated_at, aliases, variant: None };
    Ok(Some((EventKey { namespace, event_type }, event)))
}

/// The schemas of one event type: one of its own, and one for each value of the discriminator.
fn event_type(
    schemas: &SchemaSet,
    config: &Config,
    key: EventKey,
    list: Vec<EventSchema>,
) -> Result<EventType, Diagnostic> {
    let (mut bases, mut variants): (Vec<EventSchema>, Vec<EventSchema>) = (Vec::new(), Vec::new());
    let discriminator = config.discriminator(&key.event_type).filter(|_| list.len() > 1);
    for schema in list {
        let variant =
            discriminator.map(|property| variant_of(schemas, &schema.origin, property)).transpose()?.flatten();
        let list = if variant.is_some() { &mut variants } else { &mut bases };
        list.push(EventSchema { variant, ..schema });
    }
    variants.sort_by(|a, b| a.variant.cmp(&b.variant));
    let mut bases = bases.into_iter();
    let base = bases.next().ok_or_else(|| without_base(&key, discriminator, &variants))?;
    if let Some(other) = bases.next() {
        return Err(second_base(&key, discriminator, &base, &other));
    }
    let mut values: BTreeMap<&String, &Origin> = BTreeMap::new();
    for (schema, (value, place)) in variants.iter().filter_map(|schema| Some((schema, schema.variant.as_ref()?))) {
        if let Some(other) = values.insert(value, &schema.origin) {
            let message = format!("`{}` has a schema for the value `{value}` in {other} already", key.event_type);
            return Err(Diagnostic::at(place, message)
                .expected("one schema for each value")
                .help("correct the value, or remove one of the two"));
        }
    }
    let kinds = kinds(schemas, config, &key, &base.origin);
    Ok(EventType { discriminator: discriminator.map(str::to_owned), kinds, key, base, variants })
}

/// The only value of the discriminator that a schema allows.
fn variant_of(schemas: &SchemaSet, origin: &Origin, property: &str) -> Result<Option<(String, Origin)>, Diagnostic> {
    let Some(schema) = schemas.get(origin) else { return Ok(None) };
    let merged = schemas.merge(&schema.into(), View::Release)?;
    let Some(content) = merged.property("content") else { return Ok(None) };
    let content = schemas.merge(content, View::Release)?;
    let Some(property) = content.property(property) else { return Ok(None) };
    Ok(match schemas.merge(property, View::Release)?.values.as_deref() {
        Some([only]) => Some((only.clone(), property.origin())),
        _ => None,
    })
}

fn without_base(key: &EventKey, discriminator: Option<&str>, variants: &[EventSchema]) -> Diagnostic {
    let origin = variants.first().map(|variant| variant.origin.clone()).unwrap_or_default();
    let property = discriminator.unwrap_or_default();
    Diagnostic::at(&origin, format!("`{}` has schemas for values of `{property}`, and none of its own", key.event_type))
        .expected(format!("a schema of `{}` that allows any value of `{property}`", key.event_type))
        .help("add the schema that all variants share")
}

fn second_base(key: &EventKey, discriminator: Option<&str>, base: &EventSchema, other: &EventSchema) -> Diagnostic {
    let event_type = &key.event_type;
    let diagnostic = match discriminator {
        None => Diagnostic::at(&other.stated_at, format!("`{event_type}` has a schema in {} already", base.origin))
            .expected("one schema for each event type, or an entry under `discriminators` in codegen.yaml")
            .help("remove one of the two, or name the property of the content whose value distinguishes them"),
        Some(property) => {
            let message = format!(
                "`{event_type}` has a schema in {} already, and neither is for one value of `{property}`",
                base.origin
            );
            Diagnostic::at(&other.stated_at, message)
                .expected(format!("an `enum` of `{property}` with one value"))
                .help("correct the `enum`, or name another property under `discriminators` in codegen.yaml")
        }
    };
    diagnostic
}

/// Where the events of a type come from: the kind of its folder or of the envelope that its schema builds on, or what
/// the configuration states.
fn kinds(schemas: &SchemaSet, config: &Config, key: &EventKey, origin: &Origin) -> Vec<Kind> {
    if let Some(kind) = stated_kind(schemas, config, origin) {
        return vec![kind];
    }
    config.kinds.get(&key.event_type).map(|(kinds, _)| kinds.clone()).unwrap_or_default()
}

fn stated_kind(schemas: &SchemaSet, config: &Config, origin: &Origin) -> Option<Kind> {
    if let Some(folder) = config.folder_of(&origin.file) {
        return Some(folder.kind);
    }
    let mut built_on = BTreeSet::new();
    add_references(schemas, schemas.get(origin)?, &mut built_on);
    // The envelopes of state events build on those of all room events.
    [Kind::State, Kind::MessageLike].into_iter().find(|kind| {
        let envelopes = config.envelopes.iter().filter(|envelope| envelope.kind == *kind);
        envelopes.clone().any(|envelope| built_on.contains(&envelope.schema))
    })
}

/// The schemas that a schema builds on: the targets of its own `$ref`, and of those in its `allOf`.
fn add_references(schemas: &SchemaSet, schema: &Schema, found: &mut BTreeSet<Origin>) {
    if let Some(target) = schema.reference.as_ref().filter(|target| found.insert((*target).clone())) {
        if let Some(target) = schemas.get(target) {
            add_references(schemas, target, found);
        }
    }
    schema.all_of.iter().for_each(|part| add_references(schemas, part, found));
}

fn without_kind(event: &EventType) -> Diagnostic {
    let names = Kind::ALL.map(|(name, _)| format!("`{name}`")).join(", ");
    let message = format!("nothing states where `{}` events come from", event.key.event_type);
    Diagnostic::at(&event.base.stated_at, message)
        .expected(
            "a schema that builds on room_event.yaml or state_event.yaml, or an entry under `kinds` in codegen.yaml",
        )
        .help(format!("read the section of the specification on it, and add an entry with one or more of {names}"))
}

/// The entries of the configuration that are about none of the events.
pub(crate) fn unused(model: &Model) -> Vec<Diagnostic> {
    let Model { config, events, schemas, release, .. } = model;
    let mut unused = Vec::new();
    for (event_type, (_, entry)) in &config.kinds {
        let needs = |event: &EventType| stated_kind(schemas, config, &event.base.origin).is_none();
        let why = match of_type(events, event_type).next() {
            None => format!("there is no event `{event_type}`"),
            Some(event) if !needs(event) => format!("the schema of `{event_type}` states its kind"),
            Some(_) => continue,
        };
        unused.push(changes_nothing(entry, *release, &why));
    }
    for (event_type, (_, entry)) in &config.discriminators {
        if of_type(events, event_type).all(|event| event.variants.is_empty()) {
            unused.push(changes_nothing(entry, *release, &format!("`{event_type}` has no variants")));
        }
    }
    for (path, folder) in &config.folders {
        if !schemas.iter().any(|(origin, _)| origin.file.rsplit_once('/').is_some_and(|(folder, _)| folder == path)) {
            unused.push(changes_nothing(&folder.origin, *release, &format!("there are no schemas in {path}")));
        }
    }
    let names = names(model);
    for (prefix, entry) in &config.prefixes {
        if !names.iter().any(|name| name.len() > prefix.len() && name.starts_with(prefix)) {
            unused.push(changes_nothing(entry, *release, &format!("no name begins with `{prefix}`")));
        }
    }
    unused
}

/// The event types of a name: that of events, and that of ephemeral data units.
fn of_type<'e>(events: &'e [EventType], event_type: &'e str) -> impl Iterator<Item = &'e EventType> {
    events.iter().filter(move |event| event.key.event_type == event_type)
}

/// The texts that names in Rust are made from.
fn names(model: &Model) -> BTreeSet<&str> {
    fn add<'m>(schema: &'m Schema, names: &mut BTreeSet<&'m str>) {
        names.extend(schema.title.as_deref());
        names.extend(schema.values.iter().flatten().map(String::as_str));
        names.extend(schema.properties.iter().map(|(name, _)| name.as_str()));
        schema.children().for_each(|child| add(child, names));
    }
    let mut names: BTreeSet<&str> = model.events.iter().map(|event| event.key.event_type.as_str()).collect();
    model.schemas.iter().for_each(|(_, schema)| add(schema, &mut names));
    names
}
