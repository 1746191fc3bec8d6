//! Finds the events of a tree: their schemas, their variants and their kinds.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{nearest, Diagnostic, Diagnostics, Origin};
use crate::ir::{AddedKind, EventKey, Kind, Namespace};
use crate::model::Model;
use crate::names;
use crate::proposals;
use crate::schema::{Parts, Schema, SchemaSet, View};
use crate::settings::{changes_nothing, or_write, Config, KindsEntry};
use crate::source::{flow_string, SCHEMAS};

/// An event type and its schemas.
#[derive(Debug)]
pub(crate) struct EventType {
    pub(crate) key: EventKey,
    /// The kinds of the events; empty if they are unknown.
    pub(crate) kinds: Vec<Kind>,
    /// The kinds that proposals add, without those in `kinds`.
    pub(crate) added_kinds: Vec<AddedKind>,
    /// The property of the content whose value distinguishes the variants.
    pub(crate) discriminator: Option<String>,
    pub(crate) base: EventSchema,
    /// The schemas for values of the discriminator, in the order of the values.
    pub(crate) variants: Vec<EventSchema>,
    /// The feature of the crate that the events require.
    pub(crate) feature: Option<String>,
}

/// A schema of an event.
#[derive(Clone, Debug)]
pub(crate) struct EventSchema {
    pub(crate) origin: Origin,
    /// The place that states the event type.
    pub(crate) stated_at: Origin,
    /// The other values of the type that the schema allows or corrections add, each with its place.
    pub(crate) aliases: Vec<(String, Origin)>,
    /// The name of the field for the end of the event type.
    pub(crate) suffix: Option<String>,
    /// The only value of the discriminator that the schema allows, and the place of that property.
    pub(crate) variant: Option<(String, Origin)>,
}

impl EventType {
    /// Returns the base schema, and the schemas of the variants.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &EventSchema> {
        std::iter::once(&self.base).chain(&self.variants)
    }

    /// Returns the schemas of the events of the type, or of one variant.
    pub(crate) fn places<'s>(&self, schemas: &'s SchemaSet, variant: Option<&EventSchema>) -> Parts<'s> {
        let origins = std::iter::once(&self.base).chain(variant).map(|schema| &schema.origin);
        origins.filter_map(|origin| schemas.get(origin)).collect()
    }
}

/// The events of a tree, and their errors.
#[derive(Debug, Default)]
pub(crate) struct Recognized {
    pub(crate) events: Vec<EventType>,
    pub(crate) diagnostics: Diagnostics,
    /// The events whose kinds are unknown.
    pub(crate) without_kind: Vec<Diagnostic>,
}

/// Finds the events among schemas. A schema describes an event if it states the value of the type.
pub(crate) fn recognize(schemas: &SchemaSet, config: &Config) -> Recognized {
    let mut recognized = Recognized::default();
    let mut found: BTreeMap<EventKey, Vec<EventSchema>> = BTreeMap::new();
    let is_root = |origin: &Origin| origin.pointer.is_empty() && config.is_of_events(&origin.file);
    for (origin, schema) in schemas.iter().filter(|(origin, _)| is_root(origin)) {
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

/// Returns the event that a schema describes, or `None` if the schema states no type.
pub(crate) fn event_of(
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
    if types.is_empty() {
        types.extend(schema.corrections.event_type.clone());
    }
    let mut types = types.into_iter();
    let Some((event_type, stated_at)) = types.next() else { return Ok(None) };
    let mut aliases: Vec<(String, Origin)> = types.collect();
    for (name, entry) in &schema.corrections.aliases {
        if *name == event_type || aliases.iter().any(|(alias, _)| alias == name) {
            return Err(Diagnostic::at(entry, format!("duplicate event type `{name}`: the event has it already"))
                .expected("an alias that the schema does not allow as a type")
                .help("remove the alias"));
        }
        aliases.push((name.clone(), entry.clone()));
    }
    let suffix = schema.corrections.type_suffix.clone();
    if let Some((name, entry)) = aliases.iter().find(|(name, _)| suffix.is_some() && names::prefix_of(name).is_none()) {
        return Err(Diagnostic::at(entry, format!("the alias `{name}` of `{event_type}` does not end in `.*`"))
            .expected("an alias that ends in `.*`, like the event type")
            .help(format!("write `{name}.*`, or remove the alias")));
    }
    let namespace = if member == Kind::Edu.type_member() { Namespace::Edu } else { Namespace::Event };
    let event = EventSchema { origin: origin.clone(), stated_at, aliases, suffix, variant: None };
    Ok(Some((EventKey { namespace, event_type }, event)))
}

/// Creates an event type from its schemas: a base schema, and a schema for each value of the discriminator.
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
        return Err(match config.discriminators.get(&key.event_type) {
            Some((property, entry)) if variants.is_empty() => {
                let contents = [&base, &other].map(|schema| content_properties(schemas, &schema.origin));
                wrong_discriminator(&key, property, entry, &contents.concat())
            }
            _ => second_base(&key, discriminator, &base, &other),
        });
    }
    let mut values: BTreeMap<&String, &Origin> = BTreeMap::new();
    for (schema, (value, place)) in variants.iter().filter_map(|schema| Some((schema, schema.variant.as_ref()?))) {
        if let Some(other) = values.insert(value, &schema.origin) {
            let message = format!("duplicate schema for the value `{value}` of `{}`", key.event_type);
            return Err(Diagnostic::at(place, message)
                .other(other)
                .expected("one schema for each value")
                .help("correct the value, or remove one of the two schemas"));
        }
    }
    let kinds = kinds(schemas, config, &key, &base.origin);
    let is_account_data = |kind: &Kind| matches!(kind, Kind::GlobalAccountData | Kind::RoomAccountData);
    let added_kinds = added_kinds(config, &key, &base.origin, &kinds);
    let mut all = kinds.iter().chain(added_kinds.iter().map(|added| &added.kind));
    if base.suffix.is_some() && !all.all(is_account_data) {
        let message = format!("unsupported end of the event type `{}`, which is not account data", key.event_type);
        return Err(Diagnostic::at(&base.stated_at, message)
            .expected("an event of the kinds `global-account-data` and `room-account-data` only")
            .help("state a whole event type")
            .or_in_generator("support other kinds in `type_suffix!` in runtime/src/macros.rs"));
    }
    let feature = feature(config, &key, &base.origin)?;
    Ok(EventType { discriminator: discriminator.map(str::to_owned), kinds, added_kinds, key, base, variants, feature })
}

/// Returns the feature of the crate that the events of a type require.
fn feature(config: &Config, key: &EventKey, origin: &Origin) -> Result<Option<String>, Diagnostic> {
    let event_type = &key.event_type;
    let mut entries = config.features_of(event_type, &origin.file);
    match (entries.next(), entries.next()) {
        (Some((_, first)), Some((_, second))) => Err(Diagnostic::at(
            second,
            format!("duplicate feature of `{event_type}`: two values under `features` match"),
        )
        .other(first)
        .expected("at most one value for each event type")
        .help("remove one of the two values, or write longer event types")),
        (first, _) => Ok(first.map(|(entry, _)| entry.feature.name.clone())),
    }
}

/// Returns the only value of the discriminator that a schema allows, if there is one.
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

/// Returns the names of the properties of the content of an event.
fn content_properties(schemas: &SchemaSet, event: &Origin) -> Vec<String> {
    let names = || {
        let merged = schemas.merge(&schemas.get(event)?.into(), View::Release).ok()?;
        let content = schemas.merge(merged.property("content")?, View::Release).ok()?;
        Some(content.properties.iter().map(|(name, _)| name.clone()).collect())
    };
    names().unwrap_or_default()
}

/// Creates the error of a discriminator that no schema of the event has.
fn wrong_discriminator(key: &EventKey, property: &str, entry: &Origin, known: &[String]) -> Diagnostic {
    // The place of the event type is a value of `at`, or an item of the list.
    let entry = entry.keys().take(2).fold(Origin::file(&entry.file), |above, key| above.child(&key));
    let help = nearest(property, known.iter().map(String::as_str))
        .map_or("write a property of the content that has one value in each schema".to_owned(), |near| {
            format!("write `property: {}`", flow_string(near))
        });
    let message = format!("no schema of `{}` fixes a value of `{property}`", key.event_type);
    Diagnostic::at(&entry.child("property"), message)
        .expected("a property of the content with an `enum` of one value in each schema of a variant")
        .help(help)
}

fn without_base(key: &EventKey, discriminator: Option<&str>, variants: &[EventSchema]) -> Diagnostic {
    let origin = variants.first().map(|variant| variant.stated_at.clone()).unwrap_or_default();
    let (event_type, property) = (&key.event_type, discriminator.unwrap_or_default());
    Diagnostic::at(
        &origin,
        format!("`{event_type}` has no base schema: each of its schemas fixes a value of `{property}`"),
    )
    .expected(format!("a schema of `{event_type}` that allows any value of `{property}`"))
    .help(format!("add {SCHEMAS}/{event_type}.yaml with the properties that all variants share"))
}

fn second_base(key: &EventKey, discriminator: Option<&str>, base: &EventSchema, other: &EventSchema) -> Diagnostic {
    let event_type = &key.event_type;
    match discriminator {
        None => Diagnostic::at(&other.stated_at, format!("duplicate schema of `{event_type}`"))
            .other(&base.stated_at)
            .expected("one schema for each event type, or an entry under `discriminators` in codegen.yaml")
            .help(format!(
                "remove one of the two schemas, or add an entry under `discriminators` in codegen.yaml that names the property \
                 of the content by which they differ: `- {{at: {}, property: …, why: …}}`",
                flow_string(event_type)
            ))
            .help_in_extension(format!(
                "change one of the two event types, or add an entry under `discriminators` in your codegen.yaml that names the \
                 property of the content by which the schemas differ: `- {{at: {}, property: …, why: …}}`",
                flow_string(event_type)
            )),
        Some(property) => {
            let message =
                format!("duplicate base schema of `{event_type}`: neither this schema nor the first one fixes a value of `{property}`");
            Diagnostic::at(&other.stated_at, message)
                .other(&base.stated_at)
                .expected(format!("an `enum` with one value for `{property}` in one of the two schemas"))
                .help("correct the `enum`, or name another property under `discriminators` in codegen.yaml")
        }
    }
}

/// Returns the kinds of the events of a type: the kind of the folder, the kind of the envelope that the schema refers to, or the
/// kinds in the configuration.
fn kinds(schemas: &SchemaSet, config: &Config, key: &EventKey, origin: &Origin) -> Vec<Kind> {
    if let Some(kind) = stated_kind(schemas, config, origin) {
        return vec![kind];
    }
    let mut entries = config.kinds.get(&key.event_type).into_iter().flatten();
    entries.find(|entry| entry.adding(&origin.file).is_none()).map(|entry| entry.kinds.clone()).unwrap_or_default()
}

/// Returns the kinds that proposals add to the kinds of an event.
fn added_kinds(config: &Config, key: &EventKey, origin: &Origin, kinds: &[Kind]) -> Vec<AddedKind> {
    if key.namespace == Namespace::Edu {
        return Vec::new();
    }
    let entries = config.kinds.get(&key.event_type).into_iter().flatten();
    let of_proposals = entries.filter_map(|entry| Some((entry.adding(&origin.file)?, &entry.kinds)));
    let all =
        of_proposals.flat_map(|(proposal, kinds)| kinds.iter().map(move |kind| AddedKind { kind: *kind, proposal }));
    let mut added: Vec<AddedKind> = all.filter(|added| !kinds.contains(&added.kind)).collect();
    added.sort();
    added.dedup_by_key(|added| added.kind);
    added
}

fn stated_kind(schemas: &SchemaSet, config: &Config, origin: &Origin) -> Option<Kind> {
    if let Some(folder) = config.folder_of(&origin.file) {
        return Some(folder.kind);
    }
    let mut built_on = BTreeSet::new();
    add_references(schemas, schemas.get(origin)?, &mut built_on);
    // The envelopes of state events refer to those of all room events.
    [Kind::State, Kind::MessageLike].into_iter().find(|kind| {
        let envelopes = config.envelopes.iter().filter(|envelope| envelope.kind == *kind);
        envelopes
            .clone()
            .any(|envelope| built_on.contains(&envelope.schema) && is_of_one_kind(config, &envelope.schema))
    })
}

/// Returns `true` if all envelopes with a schema are of one kind. Otherwise, the schema states no kind.
fn is_of_one_kind(config: &Config, schema: &Origin) -> bool {
    let mut kinds = config.envelopes.iter().filter(|envelope| envelope.schema == *schema).map(|envelope| envelope.kind);
    let first = kinds.next();
    kinds.all(|kind| Some(kind) == first)
}

/// Collects the schemas that a schema refers to by `$ref`, itself or in `allOf`.
fn add_references(schemas: &SchemaSet, schema: &Schema, found: &mut BTreeSet<Origin>) {
    if let Some(target) = schema.reference.as_ref().filter(|target| found.insert((*target).clone()))
        && let Some(target) = schemas.get(target)
    {
        add_references(schemas, target, found);
    }
    schema.all_of.iter().for_each(|part| add_references(schemas, part, found));
}

fn without_kind(event: &EventType) -> Diagnostic {
    let names = Kind::ALL.map(|(name, _)| format!("`{name}`")).join(", ");
    let event_type = &event.key.event_type;
    Diagnostic::at(&event.base.stated_at, format!("failed to determine the kind of the event `{event_type}`"))
        .expected(
            "a schema that refers to room_event.yaml or state_event.yaml, or an entry under `kinds` in codegen.yaml",
        )
        .help(format!(
            "add an entry under `kinds` in codegen.yaml, `- {{at: {}, kinds: […], why: …}}`, with the kinds that the \
             specification states: {names}",
            flow_string(event_type)
        ))
        .help_in_extension(format!(
            "refer to core-event-schema/room_event.yaml or state_event.yaml in `allOf`, or add an entry under `kinds` in your \
             codegen.yaml: `- {{at: {}, kinds: to-device, why: …}}`, with one of {names}",
            flow_string(event_type)
        ))
}

/// Returns the errors of entries of the configuration that apply to no event.
pub(crate) fn unused(model: &Model) -> Vec<Diagnostic> {
    let Model { config, events, schemas, release, .. } = model;
    let mut unused = Vec::new();
    let near = |event_type: &str| {
        let known = || events.iter().map(|event| event.key.event_type.as_str());
        // The text may be the name of a file.
        let name = event_type.split(' ').next().unwrap_or_default().trim_end_matches(".yaml");
        known().find(|known| *known == name).or_else(|| nearest(name, known()))
    };
    let missing = |event_type: &str, entry: &Origin| {
        let unused = changes_nothing(entry, *release, &format!("there is no event `{event_type}`"));
        or_write(unused, near(event_type))
    };
    for (event_type, entry) in config.kinds.iter().flat_map(|(name, list)| list.iter().map(move |entry| (name, entry)))
    {
        let why = match of_type(events, event_type).next() {
            None => {
                unused.push(missing(event_type, &entry.origin));
                continue;
            }
            Some(event) => kinds_without_effect(schemas, config, event, entry),
        };
        unused.extend(why.map(|why| changes_nothing(&entry.origin, *release, &why)));
    }
    for (event_type, (_, entry)) in &config.discriminators {
        if of_type(events, event_type).next().is_none() {
            unused.push(missing(event_type, entry));
        } else if of_type(events, event_type).all(|event| event.variants.is_empty()) {
            unused.push(changes_nothing(entry, *release, &format!("`{event_type}` has no variants")));
        }
    }
    unused.extend(features_without_events(model, missing));
    let without_event = config.server_contents.iter().filter(|(name, _)| of_type(events, name).next().is_none());
    unused.extend(without_event.map(|(event_type, entry)| missing(event_type, entry)));
    for (path, folder) in &config.folders {
        let is_in = |file: &str| file.rsplit_once('/').is_some_and(|(folder, _)| folder == path);
        let why = match path.as_str() {
            SCHEMAS => "the events in this folder need no entry".to_owned(),
            _ if events.iter().any(|event| is_in(&event.base.origin.file)) => continue,
            path => format!("there are no schemas of events in {path}"),
        };
        unused.push(changes_nothing(&folder.origin.child("at"), *release, &why));
    }
    let names = names(model);
    for (prefix, entry) in &config.prefixes {
        if !names.iter().any(|name| name.len() > prefix.len() && name.starts_with(prefix)) {
            unused.push(changes_nothing(entry, *release, &format!("no name begins with `{prefix}`")));
        }
    }
    unused
}

/// Returns the errors of the values under `features` that no event has. `missing` creates the error of an unknown event type.
fn features_without_events(model: &Model, missing: impl Fn(&str, &Origin) -> Diagnostic) -> Vec<Diagnostic> {
    let Model { events, config, release, .. } = model;
    let is_in_use = |entry: &Origin| {
        let is_of = |event: &EventType| {
            let mut values = config.features_of(&event.key.event_type, &event.base.origin.file);
            values.any(|(_, other)| other == entry)
        };
        events.iter().any(is_of)
    };
    let values = config.features.iter().flat_map(|entry| &entry.events);
    let diagnostic = |(at, entry): &(String, Origin)| {
        let number = of_type(events, at).find_map(|event| proposals::number_of(&event.base.origin.file));
        let why = match (at.strip_suffix('*'), number) {
            (Some(start), _) => format!("no event type of the specification begins with `{start}`"),
            (None, Some(number)) => format!("`{at}` requires the feature of MSC{number}"),
            (None, None) if at.contains('/') => format!("`folders` has no entry for a folder `{at}` with events"),
            (None, None) => return missing(at, entry),
        };
        changes_nothing(entry, *release, &why)
    };
    values.filter(|(_, entry)| !is_in_use(entry)).map(diagnostic).collect()
}

/// Returns the reason why an entry for the kinds of an event changes nothing.
fn kinds_without_effect(schemas: &SchemaSet, config: &Config, event: &EventType, entry: &KindsEntry) -> Option<String> {
    let event_type = &event.key.event_type;
    match entry.adding(&event.base.origin.file) {
        Some(proposal) => {
            let is_added = |kind: &&Kind| event.added_kinds.contains(&AddedKind { kind: **kind, proposal });
            let known = entry.kinds.iter().find(|kind| !is_added(kind))?;
            Some(format!("`{event_type}` has the kind `{}` without the entry", known.name()))
        }
        None => {
            let stated = stated_kind(schemas, config, &event.base.origin);
            stated.map(|_| format!("the schema of `{event_type}` states the kind"))
        }
    }
}

/// Returns the event types with a name. An event and an ephemeral data unit may have equal types.
fn of_type<'e>(events: &'e [EventType], event_type: &'e str) -> impl Iterator<Item = &'e EventType> {
    events.iter().filter(move |event| event.key.event_type == event_type)
}

/// Returns the texts that Rust names are derived from.
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
