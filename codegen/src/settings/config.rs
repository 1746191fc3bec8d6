//! The sections of `codegen.yaml`, such as kinds, envelopes, enums, names and modules.

use std::collections::{BTreeMap, BTreeSet};

use super::corrections::{Change, Correction};
use super::entry::Entry;
use super::location::Location;
use super::{changes_nothing, or_write, shared, Reader, Section};
use crate::diagnostics::{nearest, one_of, Diagnostic, Diagnostics, Origin};
use crate::events::EventType;
use crate::ir::constraints::ServerMembers;
use crate::ir::{Feature, Kind, ModulePath};
use crate::names::{self, Case};
use crate::node::Node;
use crate::proposals;
use crate::schema::reader::{text, unexpected};
use crate::schema::{similar_file, Schema};
use crate::source::{short_path, Sources, SCHEMAS};

/// The sections, each with the keys of its entries.
pub(super) const SECTIONS: [Section; 14] = [
    section("prefixes", &["prefix"], prefix),
    of_specification("folders", &["at", "kind", "module", "section"], folder),
    section("features", &["name", "at", "description"], features),
    section("kinds", &["at", "kinds", "section"], kinds),
    section("discriminators", &["at", "property"], discriminator),
    section("names", &["at", "name", "field", "values"], names),
    section("modules", &["at", "module"], module),
    section("same-as", &["at", "name", "module", "description"], shared::same_as),
    section("module-docs", &["module", "description"], module_docs),
    of_specification(
        "envelopes",
        &["name", "kind", "description", "schema", "formats", "references", "omits", "feature", "adds"],
        envelope,
    ),
    of_specification("server-members", &["of", "names"], server_members),
    of_specification("any", &["name", "description", "envelopes", "schema", "sync", "state", "message-like"], any),
    of_specification("contents", &["name", "description", "event-type", "type-description", "of"], contents),
    section("roots", &["at", "name", "module", "feature", "section", "description", "type", "events"], root),
];

type Read = fn(&mut Reader<'_, '_>, &mut Entry<'_>) -> Result<(), Diagnostic>;

const fn section(name: &'static str, keys: &'static [&'static str], read: Read) -> Section {
    Section { name, keys, read, is_for_extensions: true }
}

/// Creates a section that only the settings of the specification may have.
const fn of_specification(name: &'static str, keys: &'static [&'static str], read: Read) -> Section {
    Section { name, keys, read, is_for_extensions: false }
}

/// The configuration.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The prefixes that Rust names omit, each with its entry.
    pub(crate) prefixes: BTreeMap<String, Origin>,
    /// The folders with event schemas, by their paths, except for the folder of client events.
    pub(crate) folders: BTreeMap<String, Folder>,
    /// The features for the events of areas.
    pub(crate) features: Vec<FeatureEntry>,
    /// The kinds of events by their types. Several entries for a type are those of proposals.
    pub(crate) kinds: BTreeMap<String, Vec<KindsEntry>>,
    /// The sections of the specification about event types, below the release, each with its entry.
    pub(crate) sections: BTreeMap<String, (String, Origin)>,
    /// The properties whose values distinguish the schemas of an event type, each with its entry.
    pub(crate) discriminators: BTreeMap<String, (String, Origin)>,
    /// The documentation of modules, by their paths.
    pub(crate) module_docs: BTreeMap<ModulePath, ModuleDocs>,
    pub(crate) envelopes: Vec<Envelope>,
    pub(crate) any: Vec<AnyEntry>,
    /// The members that servers add to events although no schema declares them.
    pub(crate) server_members: ServerMembers,
    /// The event types to whose contents servers add members, each with its entry.
    pub(crate) server_contents: BTreeMap<String, Origin>,
    pub(crate) contents: Vec<ContentsEntry>,
    pub(crate) roots: Vec<RootEntry>,
}

/// The kinds of an event type.
#[derive(Debug)]
pub(crate) struct KindsEntry {
    pub(crate) kinds: Vec<Kind>,
    /// The place of the event type in the entry.
    pub(crate) origin: Origin,
}

impl KindsEntry {
    /// Returns the proposal that adds the kinds to an event with a schema in another folder.
    pub(crate) fn adding(&self, schema: &str) -> Option<u32> {
        proposals::number_of(&self.origin.file).filter(|number| proposals::number_of(schema) != Some(*number))
    }
}

/// A folder with event schemas.
#[derive(Debug)]
pub(crate) struct Folder {
    /// The kind of all of its events.
    pub(crate) kind: Kind,
    /// The module of its events, and the folder of its examples.
    pub(crate) module: ModulePath,
    /// The section of the specification, below the release.
    pub(crate) section: String,
    /// The entry.
    pub(crate) origin: Origin,
}

/// A feature of the crate for the events of an area.
#[derive(Debug)]
pub(crate) struct FeatureEntry {
    pub(crate) feature: Feature,
    /// The event types, beginnings of event types that end in `*`, and folders, each with its place in the entry.
    pub(crate) events: Vec<(String, Origin)>,
}

impl FeatureEntry {
    /// Returns `true` if one of the events requires the feature.
    pub(crate) fn is_in_use(&self, events: &[EventType]) -> bool {
        events.iter().any(|event| event.feature.as_ref() == Some(&self.feature.name))
    }
}

/// The documentation of a module.
#[derive(Debug)]
pub(crate) struct ModuleDocs {
    /// Markdown for rustdoc, in which brackets are intra-doc links.
    pub(crate) text: String,
    /// The entry.
    pub(crate) origin: Origin,
}

/// An envelope: the schema of the members around the content of events of a kind.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The documentation, if it differs from that of the schema.
    pub(crate) description: Option<String>,
    pub(crate) schema: Origin,
    /// The schemas of the other formats of the events, each with its place in the entry.
    pub(crate) formats: Vec<(Origin, Origin)>,
    /// The members that are lists of references to events, each with its place in the entry.
    pub(crate) references: Vec<(String, Origin)>,
    /// The members of the formats that only one event type has, each with its place in the entry.
    pub(crate) omits: Vec<(String, Origin)>,
    /// The feature of the crate that the type requires.
    pub(crate) feature: Option<String>,
    /// The members that the schema omits.
    pub(crate) adds: Option<Schema>,
    /// The entry.
    pub(crate) origin: Origin,
}

/// An enum over all events of some envelopes.
#[derive(Debug)]
pub(crate) struct AnyEntry {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) envelopes: Vec<(String, Origin)>,
    /// The schema whose type this enum is.
    pub(crate) schema: Option<Origin>,
    /// The enum over the same events without `room_id`.
    pub(crate) sync: Option<(String, Origin)>,
    /// The enum over the state events among them.
    pub(crate) state: Option<(String, Origin)>,
    /// The enum over the message-like events among them.
    pub(crate) message_like: Option<(String, Origin)>,
    /// The entry.
    pub(crate) origin: Origin,
}

/// An enum over the contents of all events of a kind, and the enum over their types.
#[derive(Debug)]
pub(crate) struct ContentsEntry {
    pub(crate) name: String,
    pub(crate) description: String,
    /// The name of the enum over the types.
    pub(crate) event_type: String,
    /// The documentation of the enum over the types.
    pub(crate) type_description: String,
    /// The enums over the events.
    pub(crate) of: Vec<(String, Origin)>,
}

/// A schema other than that of an event, such as the body of a response.
#[derive(Debug)]
pub(crate) struct RootEntry {
    pub(crate) name: String,
    pub(crate) module: ModulePath,
    /// The feature of the crate that the types require.
    pub(crate) feature: Option<String>,
    /// The section of the specification, below the release.
    pub(crate) section: Option<String>,
    /// The documentation, if it differs from that of the schema.
    pub(crate) description: Option<String>,
    pub(crate) schema: Origin,
    /// The enum that is the type of the value, with its place in the entry. The root then has no type of its own.
    pub(crate) any: Option<(String, Origin)>,
    /// The enums of the events in the schema, by the paths of the events, each with its place in the entry.
    pub(crate) events: Vec<(String, String, Origin)>,
    /// The entry.
    pub(crate) origin: Origin,
}

impl Config {
    /// Removes the longest of the prefixes that Rust names omit.
    pub(crate) fn strip_prefix<'t>(&self, text: &'t str) -> &'t str {
        let without = |prefix: &String| text.strip_prefix(prefix.as_str()).filter(|rest| !rest.is_empty());
        self.prefixes.keys().filter_map(without).min_by_key(|rest| rest.len()).unwrap_or(text)
    }

    /// Returns the folder of a file, unless the file is in the folder of client events.
    pub(crate) fn folder_of(&self, file: &str) -> Option<&Folder> {
        let (folder, _) = file.rsplit_once('/')?;
        self.folders.get(folder)
    }

    /// Returns the entries that name the feature of an event, each with the place of the event type or of the folder. The events of a
    /// proposal are in no entry.
    pub(crate) fn features_of<'c>(
        &'c self,
        event_type: &'c str,
        file: &str,
    ) -> impl Iterator<Item = (&'c FeatureEntry, &'c Origin)> {
        let is_of_proposal = proposals::number_of(file).is_some();
        // An event in a folder may have the type of another event.
        let folder =
            file.rsplit_once('/').map(|(folder, _)| folder).and_then(|folder| self.folders.get_key_value(folder));
        let is_of = move |at: &str| match (folder, at.strip_suffix('*')) {
            (Some((folder, _)), _) => folder == at,
            (None, Some(start)) => event_type.starts_with(start),
            (None, None) => event_type == at,
        };
        let all = self.features.iter().flat_map(|entry| entry.events.iter().map(move |(at, place)| (entry, at, place)));
        all.filter(move |(_, at, _)| !is_of_proposal && is_of(at)).map(|(entry, _, place)| (entry, place))
    }

    /// Returns `true` for a file in a folder with event schemas.
    pub(crate) fn is_of_events(&self, file: &str) -> bool {
        file.starts_with(SCHEMAS) || proposals::is_schema(file) || self.folder_of(file).is_some()
    }

    /// Returns the module whose events have their examples in a folder, unless the folder has the examples of client events.
    pub(crate) fn module_of_examples(&self, folder: &str) -> Option<&ModulePath> {
        self.folders.values().map(|entry| &entry.module).find(|module| module.join("/") == folder)
    }

    /// Returns the property whose values distinguish the schemas of an event type.
    pub(crate) fn discriminator(&self, event_type: &str) -> Option<&str> {
        self.discriminators.get(event_type).map(|(property, _)| property.as_str())
    }
}

fn prefix(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    for (prefix, origin) in entry.each("prefix")? {
        // The name of a module is a part between dots.
        if !prefix.ends_with('.') || prefix == "m." {
            let help = match prefix.as_str() {
                "m." => "remove the entry".to_owned(),
                prefix => format!("write `{prefix}.`"),
            };
            return Err(Diagnostic::at(&origin, format!("`{prefix}` is not a valid prefix"))
                .expected("a prefix that ends in `.`, other than `m.`, which all names omit")
                .help(help));
        }
        reader.once(format!("prefix `{prefix}`"), &origin)?;
        reader.entries.config.prefixes.insert(prefix, origin);
    }
    Ok(())
}

fn folder(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let (at, kind_name) = (entry.required("at")?, entry.required("kind")?);
    let at = at.trim_end_matches('/').to_owned();
    let folder = Folder {
        kind: kind(&kind_name, &entry.origin.child("kind"))?,
        module: names::explicit_module(&entry.required("module")?, &entry.origin.child("module"))?,
        section: section_of(&entry.required("section")?, &entry.origin.child("section"))?,
        origin: entry.origin.clone(),
    };
    reader.once(format!("folder `{at}`"), &entry.origin)?;
    if reader.sources.below(&at).is_empty() {
        let files = reader.sources.below("api").into_iter().chain(reader.sources.below("event-schemas"));
        let folders: BTreeSet<String> = files.filter_map(|file| Some(file.rsplit_once('/')?.0.to_owned())).collect();
        let near = nearest(&at, folders.iter().map(String::as_str));
        let why = format!("there is no folder {at} with schemas");
        let unused = changes_nothing(&entry.origin.child("at"), reader.release, &why);
        reader.entries.unused.push(or_write(unused, near));
    }
    reader.entries.config.folders.insert(at, folder);
    Ok(())
}

/// Reads a feature, or further events of a feature if the entry has no description.
fn features(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    if reader.is_of_extension(&entry.origin.file) || proposals::number_of(&entry.origin.file).is_some() {
        return Err(Diagnostic::at(&entry.origin, "unsupported feature of an extension or a proposal")
            .expected("features in the settings of the specification")
            .help("remove the entry"));
    }
    let (name, origin) = (entry.required("name")?, entry.origin.child("name"));
    let events = events_of_feature(reader, entry)?;
    let Some(description) = entry.optional("description")? else {
        let known = reader.entries.config.features.iter_mut();
        let known = known.map(|entry| (entry.feature.name.clone(), &mut entry.events)).collect::<BTreeMap<_, _>>();
        return add_events(known, &name, &origin, events);
    };
    let is_valid = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.chars().all(is_valid) {
        return Err(Diagnostic::at(&origin, format!("`{name}` is not a valid name of a feature"))
            .expected("lowercase letters, digits and `-`, with a letter at the start")
            .help("write such a name, for example `calls`"));
    }
    if name == "default" || name.starts_with("unstable") {
        return Err(Diagnostic::at(&origin, format!("`{name}` is a reserved name of a feature"))
            .expected("a name other than `default` that does not begin with `unstable`, as those of proposals do")
            .help("write another name"));
    }
    if description.trim_end().contains('\n') {
        return Err(Diagnostic::at(&entry.origin.child("description"), "the description has several lines")
            .expected("one line, which is a comment in Cargo.toml")
            .help("write one line"));
    }
    reader.once(format!("feature `{name}`"), &origin)?;
    let feature = Feature { name, description: description.trim_end().to_owned() };
    reader.entries.config.features.push(FeatureEntry { feature, events });
    Ok(())
}

/// Returns the events of an entry under `features`, each with its place in the entry.
fn events_of_feature(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<Vec<(String, Origin)>, Diagnostic> {
    let events = entry.each("at")?;
    for (at, origin) in &events {
        if at.find('*').is_some_and(|star| star + 1 < at.len()) || at == "*" {
            return Err(Diagnostic::at(origin, format!("`{at}` is not a valid event type"))
                .expected("an event type, the beginning of event types with `*` at the end, or a folder")
                .help("write a value such as `m.call.*`"));
        }
        reader.once(format!("feature of `{at}`"), origin)?;
    }
    Ok(events)
}

/// Adds events to one of the features so far.
fn add_events(
    mut known: BTreeMap<String, &mut Vec<(String, Origin)>>,
    name: &str,
    origin: &Origin,
    events: Vec<(String, Origin)>,
) -> Result<(), Diagnostic> {
    let near = nearest(name, known.keys().map(String::as_str)).map(|near| format!("write `{near}`"));
    match known.get_mut(name) {
        Some(all) => {
            all.extend(events);
            Ok(())
        }
        None => Err(Diagnostic::at(origin, format!("unknown feature `{name}`"))
            .expected("the name of a feature above, or `description:` for a new feature")
            .help(near.unwrap_or_else(|| "add `description: …` to the entry".to_owned()))),
    }
}

/// Checks that a section of the specification is a path below the release.
fn section_of(section: &str, origin: &Origin) -> Result<String, Diagnostic> {
    let Some((_, path)) = section.split_once("://") else { return Ok(section.to_owned()) };
    let below = path.splitn(3, '/').nth(2).filter(|below| !below.is_empty());
    let help = below.map_or("write such a path".to_owned(), |below| format!("write `{below}`"));
    Err(Diagnostic::at(origin, format!("expected a section of the specification, found the URL `{section}`"))
        .expected("a path below the release, such as `server-server-api/#edus`")
        .help(help))
}

fn kinds(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let kinds = entry.each("kinds")?;
    let of_event = |(name, origin): &(String, Origin)| match kind(name, origin)? {
        Kind::Edu => Err(Diagnostic::at(origin, "`edu` is not a kind of events with a `type`")
            .expected("another kind: the type of an EDU is in `edu_type`")
            .help("write another kind, or move the schema to a folder under `folders`")),
        kind => Ok(kind),
    };
    let kinds = kinds.iter().map(of_event).collect::<Result<Vec<_>, Diagnostic>>()?;
    let section = entry.optional("section")?.map(|section| section_of(&section, &entry.origin.child("section")));
    let section = section.transpose()?;
    let adding = proposals::number_of(&entry.origin.file);
    if let (Some(number), Some(_)) = (adding, &section) {
        let origin = entry.origin.child("section");
        return Err(Diagnostic::at(&origin, "unsupported section for the events of a proposal")
            .expected(format!("no section, because the links are those of MSC{number}"))
            .help("remove the section"));
    }
    for (event_type, origin) in entry.each("at")? {
        // A proposal adds kinds to events of the specification, which may have an entry.
        let what = format!("entry for the kinds of `{event_type}`");
        let fact = adding.map_or(what.clone(), |number| format!("{what} in MSC{number}"));
        reader.once_for(fact, what, &origin)?;
        if let Some(section) = &section {
            let section = (section.clone(), entry.origin.child("section"));
            reader.entries.config.sections.insert(event_type.clone(), section);
        }
        let entry = KindsEntry { kinds: kinds.clone(), origin };
        reader.entries.config.kinds.entry(event_type).or_default().push(entry);
    }
    Ok(())
}

fn discriminator(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let property = entry.required("property")?;
    for (event_type, origin) in entry.each("at")? {
        reader.once(format!("discriminator of `{event_type}`"), &origin)?;
        reader.entries.config.discriminators.insert(event_type, (property.clone(), origin));
    }
    Ok(())
}

fn names(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let [name, field, values] = ["name", "field", "values"].map(|key| entry.keys.take(key));
    if name.is_none() && field.is_none() && values.is_none() {
        return Err(Diagnostic::at(&entry.origin, "the entry has no name")
            .expected("`name:` for a type, `field:` for a field, or `values:` for variants")
            .help("add one of these keys, or remove the entry"));
    }
    let mut changes: Vec<(Change, Origin)> = Vec::new();
    if let Some((node, origin)) = name {
        let name = explicit(node, Case::Camel, &origin)?;
        names::free(&name, &origin, names::another)?;
        changes.push((Change::TypeName(name), origin));
    }
    if let Some((node, origin)) = field {
        changes.push((Change::FieldName(explicit(node, Case::Snake, &origin)?), origin));
    }
    match values {
        None => {}
        Some((Node::Map(values), origin)) if !values.is_empty() => {
            for (value, node) in values {
                let origin = origin.child(value);
                let name = explicit(node, Case::Camel, &origin)?;
                names::known(&name, &origin, names::another)?;
                changes.push((Change::VariantName(value.clone(), name), origin));
            }
        }
        Some((Node::Map(_), origin)) => {
            return Err(Diagnostic::at(&origin, "expected a map from values to names, found an empty map")
                .help("write a map such as `values: {m.text: Text}`, or remove `values`"));
        }
        Some((node, origin)) => {
            let help = "write a map such as `values: {m.text: Text}`";
            return Err(unexpected(node, &origin, "a map from values to names").help(help));
        }
    }
    for (place, _) in reader.places(entry)? {
        for (change, origin) in &changes {
            reader.correct(Correction { at: place.clone(), entry: origin.clone(), change: change.clone() })?;
        }
    }
    Ok(())
}

fn explicit(node: &Node, case: Case, origin: &Origin) -> Result<String, Diagnostic> {
    let name = text(node, origin)?;
    names::explicit(&name, case, origin)?;
    Ok(name)
}

fn module(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let module = names::explicit_module(&entry.required("module")?, &entry.origin.child("module"))?;
    reader.correct_each(entry, |_| Change::Module(module.clone()))
}

fn module_docs(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let name = entry.required("module")?;
    let module = names::explicit_module(&name, &entry.origin.child("module"))?;
    let docs = ModuleDocs { text: entry.required("description")?, origin: entry.origin.clone() };
    // An extension may have a module with the path of a module of the specification.
    reader.once(format!("documentation of module {name} in {}", entry.origin.file), &entry.origin)?;
    reader.entries.config.module_docs.insert(module, docs);
    Ok(())
}

fn envelope(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let (kind_name, name) = (entry.required("kind")?, entry.required("name")?);
    names::explicit(&name, Case::Camel, &entry.origin.child("name"))?;
    names::free(&name, &entry.origin.child("name"), names::another)?;
    reader.once(format!("name `{name}` of an envelope or enum"), &entry.origin.child("name"))?;
    let envelope = Envelope {
        name,
        kind: kind(&kind_name, &entry.origin.child("kind"))?,
        description: entry.optional("description")?,
        schema: file_of(entry.required("schema")?, &entry.origin.child("schema"), reader.sources)?,
        formats: each_if_any(entry, "formats")?
            .into_iter()
            .map(|(file, origin)| Ok((file_of(file, &origin, reader.sources)?, origin)))
            .collect::<Result<_, Diagnostic>>()?,
        references: each_if_any(entry, "references")?,
        omits: each_if_any(entry, "omits")?,
        feature: entry.optional("feature")?,
        adds: adds(entry, &mut reader.diagnostics)?,
        origin: entry.origin.clone(),
    };
    reader.entries.config.envelopes.push(envelope);
    Ok(())
}

/// Returns the texts of a key that the entry may have.
fn each_if_any(entry: &mut Entry<'_>, key: &str) -> Result<Vec<(String, Origin)>, Diagnostic> {
    match entry.keys.find(key) {
        Some(_) => entry.each(key),
        None => Ok(Vec::new()),
    }
}

fn server_members(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let (of, names) = (entry.required("of")?, entry.each("names")?);
    if of.contains('.') {
        reader.entries.config.server_contents.insert(of.clone(), entry.origin.child("of"));
    }
    for (name, origin) in names {
        reader.once(format!("member {name} of {of}"), &origin)?;
        let members = &mut reader.entries.config.server_members;
        match of.as_str() {
            "event" => members.event.push(name),
            "unsigned" => members.unsigned.push(name),
            of if of.contains('.') => members.content.push((of.to_owned(), name)),
            _ => {
                return Err(Diagnostic::at(&entry.origin.child("of"), format!("no server adds members to `{of}`"))
                    .expected("`event`, `unsigned` or an event type")
                    .help("correct the value"));
            }
        }
    }
    Ok(())
}

fn any(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let name = entry.required("name")?;
    let origin = entry.origin.child("name");
    names::explicit(&name, Case::Camel, &origin)?;
    names::free(&name, &origin, names::another)?;
    reader.once(format!("name `{name}` of an envelope or enum"), &origin)?;
    let mut other = |key| match (entry.optional(key)?, entry.origin.child(key)) {
        (Some(other), origin) if other == name => Err(Diagnostic::at(&origin, format!("`{name}` refers to itself"))
            .expected("the name of another enum")
            .help(format!("write the name of another enum, or remove `{key}`"))),
        (other, origin) => Ok(other.map(|name| (name, origin))),
    };
    let (sync, state, message_like) = (other("sync")?, other("state")?, other("message-like")?);
    let schema = entry
        .optional("schema")?
        .map(|file| file_of(file, &entry.origin.child("schema"), reader.sources))
        .transpose()?;
    if let Some(file) = schema.as_ref().filter(|file| !reader.sources.exists(&file.file)) {
        let near = similar_file(reader.sources, &file.file, "");
        let unused =
            changes_nothing(&entry.origin.child("schema"), reader.release, &format!("there is no file {file}"));
        reader.entries.unused.push(or_write(unused, near.as_deref().map(short_path)));
    }
    let any = AnyEntry {
        name,
        description: entry.required("description")?,
        envelopes: entry.each("envelopes")?,
        schema,
        sync,
        state,
        message_like,
        origin: entry.origin.clone(),
    };
    reader.entries.config.any.push(any);
    Ok(())
}

fn contents(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    let [name, event_type] = ["name", "event-type"].map(|key| {
        let (name, origin) = (entry.required(key)?, entry.origin.child(key));
        names::explicit(&name, Case::Camel, &origin)?;
        names::free(&name, &origin, names::another).map(|()| name)
    });
    let (name, event_type) = (name?, event_type?);
    for name in [&name, &event_type] {
        reader.once(format!("name `{name}` of an envelope or enum"), &entry.origin)?;
    }
    let of = entry.each("of")?;
    for (any, origin) in &of {
        reader.once(format!("entry for the contents of `{any}`"), origin)?;
    }
    let contents = ContentsEntry {
        name,
        description: entry.required("description")?,
        event_type,
        type_description: entry.required("type-description")?,
        of,
    };
    reader.entries.config.contents.push(contents);
    Ok(())
}

fn root(reader: &mut Reader<'_, '_>, entry: &mut Entry<'_>) -> Result<(), Diagnostic> {
    if reader.is_of_extension(&entry.origin.file) {
        return Err(Diagnostic::at(&entry.origin, "unsupported root of an extension")
            .expected("roots in the settings of the specification, and of proposals")
            .help("remove the entry"));
    }
    let (place, at) = (entry.required("at")?, entry.origin.child("at"));
    let schema = Location::parse(&place, &at, reader.sources).schema()?;
    let known = reader.entries.config.roots.iter_mut().find(|root| root.schema == schema);
    // A proposal may add events to a root of the specification.
    if let Some(known) = known.filter(|_| proposals::folder_of(&entry.origin.file).is_some()) {
        known.events.extend(events(entry)?);
        return Ok(());
    }
    let (name, name_at) = (entry.required("name")?, entry.origin.child("name"));
    names::explicit(&name, Case::Camel, &name_at)?;
    names::free(&name, &name_at, names::another)?;
    let module = names::explicit_module(&entry.required("module")?, &entry.origin.child("module"))?;
    reader.once(format!("root `{schema}`"), &at)?;
    let section = entry.optional("section")?.map(|section| section_of(&section, &entry.origin.child("section")));
    let any = entry.optional("type")?.map(|any| (any, entry.origin.child("type")));
    if let (Some((any, origin)), Some(_)) = (&any, entry.keys.find("events")) {
        return Err(Diagnostic::at(origin, format!("the root has the type `{any}`, and also `events`"))
            .expected("`type` for a value that is an event, or `events` for a value that contains events")
            .help("remove one of the two keys"));
    }
    let root = RootEntry {
        name,
        module,
        feature: entry.optional("feature")?,
        section: section.transpose()?,
        description: entry.optional("description")?,
        schema,
        any,
        events: events(entry)?,
        origin: entry.origin.clone(),
    };
    reader.entries.config.roots.push(root);
    Ok(())
}

/// Returns the enums of the events in a root, by the paths of the events.
fn events(entry: &mut Entry<'_>) -> Result<Vec<(String, String, Origin)>, Diagnostic> {
    match entry.keys.take("events") {
        None => Ok(Vec::new()),
        Some((Node::Map(events), origin)) => {
            let event = |(path, node): &(String, Node)| {
                let origin = origin.child(path);
                Ok((path.clone(), text(node, &origin)?, origin))
            };
            events.iter().map(event).collect()
        }
        Some((node, origin)) => Err(unexpected(node, &origin, "a map from the paths of events to enums")
            .help("write a map such as `events: {'chunk[]': AnyTimelineEvent}`")),
    }
}

/// Returns the members that the schema of an envelope omits.
fn adds(entry: &mut Entry<'_>, diagnostics: &mut Diagnostics) -> Result<Option<Schema>, Diagnostic> {
    let count = diagnostics.0.len();
    match entry.schema("adds", diagnostics) {
        Some(adds) if adds.properties.is_empty() && diagnostics.0.len() == count => {
            Err(Diagnostic::at(&adds.origin, "the schema adds no member")
                .expected("a schema with `properties`")
                .help("write a schema such as `adds: {properties: {sender: {type: string}}}`, or remove `adds`"))
        }
        adds => Ok(adds),
    }
}

/// Returns the place of a schema that is a file.
fn file_of(text: String, origin: &Origin, sources: &Sources<'_>) -> Result<Origin, Diagnostic> {
    Location::parse(&text, origin, sources).schema()
}

fn kind(name: &str, origin: &Origin) -> Result<Kind, Diagnostic> {
    let known = Kind::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    known.ok_or_else(|| {
        let near = nearest(name, Kind::ALL.iter().map(|(known, _)| *known));
        let help = near.map_or("write one of these kinds".to_owned(), |near| format!("write `{near}`"));
        Diagnostic::at(origin, format!("unknown kind of event `{name}`"))
            .expected(one_of(Kind::ALL.map(|(name, _)| name)))
            .help(help)
    })
}
