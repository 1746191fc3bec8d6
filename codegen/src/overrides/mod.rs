//! `overrides.yaml`: what the schemas leave out or get wrong, each entry with its reason. An entry that no longer
//! applies is an error, so that nothing here outlives what it was for.

mod parse;

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostics::{Checked, Origin, Problem};
use crate::ir::Kind;
use crate::schema::{Format, Schema};
use crate::version::Version;

pub(crate) use parse::{read, read_own};

/// One entry, of one of the sections.
#[derive(Debug)]
pub(crate) struct Entry<T> {
    origin: Origin,
    used: Cell<bool>,
    data: T,
}

/// The entries of a section, by what they are for.
#[derive(Debug)]
struct Section<K, T>(BTreeMap<K, Entry<T>>);

/// An envelope: the schema of its members, and what is added to them.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) schema: Origin,
    pub(crate) adds: Option<Schema>,
}

/// An enum over all events of a place: the envelopes that they have there.
#[derive(Debug)]
pub(crate) struct Any {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) envelopes: Vec<(String, Origin)>,
    /// The schema that this enum is the type of.
    pub(crate) schema: Option<Origin>,
    /// The enum over the same events without their room.
    pub(crate) sync: Option<(String, Origin)>,
    /// The enum over those of them that are of a room's state.
    pub(crate) state: Option<(String, Origin)>,
}

/// A folder with event schemas beside that of the events of clients.
#[derive(Debug)]
pub(crate) struct Folder {
    /// Where all of its events come from.
    pub(crate) kind: Kind,
    /// The module that theirs stand in, and the folder of their examples.
    pub(crate) module: Vec<String>,
    /// The section of the specification, below the release.
    pub(crate) section: String,
}

/// What a value may be beside what its schema says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepts {
    /// An integer in place of a string.
    Integer,
    /// An integer in a string, in place of an integer.
    String,
}

/// All entries that are for the release at hand.
#[derive(Debug, Default)]
pub(crate) struct Overrides {
    release: Option<Version>,
    prefixes: Section<String, ()>,
    folders: Section<String, Folder>,
    kinds: Section<String, Vec<Kind>>,
    discriminators: Section<String, String>,
    type_names: Section<Origin, String>,
    field_names: Section<Origin, String>,
    /// By the place and the value of an open enum, or the JSON type of an alternative.
    value_names: Section<(Origin, String), String>,
    modules: Section<Origin, Vec<String>>,
    optional: Section<Origin, ()>,
    in_use: Section<Origin, ()>,
    formats: Section<Origin, Format>,
    accepts: Section<Origin, Accepts>,
    defaults: Section<Origin, Value>,
    /// By the place of a property, or the file of an event.
    aliases: Section<Origin, Vec<(String, Origin)>>,
    /// Each with the place that names it.
    definitions: Section<Origin, (Origin, Origin)>,
    /// By the file of an event or the place of a definition, and the property.
    additions: Section<(Origin, String), Schema>,
    second_opinion: Section<Origin, ()>,
    examples: Section<String, ()>,
    envelopes: Vec<Entry<Envelope>>,
    any: Vec<Entry<Any>>,
}

impl<K, T> Default for Section<K, T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Entry<T> {
    fn new(origin: &Origin, data: T) -> Self {
        Self { origin: origin.clone(), used: Cell::new(false), data }
    }

    fn take(&self) -> &T {
        self.used.set(true);
        &self.data
    }
}

impl<K: Ord, T> Section<K, T> {
    fn add(&mut self, key: K, origin: &Origin, data: T) -> Checked<()> {
        if let Some(known) = self.0.get(&key) {
            return Err(Problem::at(
                origin,
                format!("there is an entry for this already, at {}", known.origin.pointer),
            )
            .expected("one entry for each")
            .advice("remove one of them, or limit them to different releases with `since:` and `until:`"));
        }
        self.0.insert(key, Entry::new(origin, data));
        Ok(())
    }

    fn get(&self, key: &K) -> Option<&T> {
        self.0.get(key).map(Entry::take)
    }

    fn unused(&self) -> impl Iterator<Item = &Origin> {
        self.unused_for(|_| true)
    }

    fn unused_for(&self, is_meant: impl Fn(&K) -> bool) -> impl Iterator<Item = &Origin> {
        let unused = self.0.iter().filter(move |(key, entry)| !entry.used.get() && is_meant(key));
        unused.map(|(_, entry)| &entry.origin)
    }
}

impl Overrides {
    /// A name of the specification or of somebody's own without the prefix that says nothing among others of theirs.
    pub(crate) fn bare<'t>(&self, text: &'t str) -> &'t str {
        let without = |(prefix, entry)| Some((text.strip_prefix(String::as_str(prefix))?, entry));
        let shortest = self.prefixes.0.iter().filter_map(without).min_by_key(|(rest, _)| rest.len());
        match shortest.filter(|(rest, _)| !rest.is_empty()) {
            Some((rest, entry)) => {
                entry.take();
                rest
            }
            None => text,
        }
    }

    /// The folder with event schemas that a file stands in.
    pub(crate) fn folder_of(&self, file: &str) -> Option<&Folder> {
        let (folder, _) = file.rsplit_once('/')?;
        self.folders.get(&folder.to_owned())
    }

    /// The module whose events have their examples in a folder, if it isn't that of the events of clients.
    pub(crate) fn module_of_examples(&self, folder: &str) -> Option<&Vec<String>> {
        self.folders.0.values().map(|entry| &entry.data.module).find(|module| module.join("/") == folder)
    }

    /// The folders with event schemas beside that of the events of clients.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.0.keys().map(String::as_str)
    }

    /// Where events of a type come from.
    pub(crate) fn kinds(&self, event_type: &str) -> Option<&[Kind]> {
        self.kinds.get(&event_type.to_owned()).map(Vec::as_slice)
    }

    /// The property that tells the schemas of a type apart.
    pub(crate) fn discriminator(&self, event_type: &str) -> Option<&str> {
        self.discriminators.get(&event_type.to_owned()).map(String::as_str)
    }

    /// The name for the type of a schema.
    pub(crate) fn type_name(&self, place: &Origin) -> Option<&str> {
        self.type_names.get(place).map(String::as_str)
    }

    /// The name for the field of a property.
    pub(crate) fn field_name(&self, place: &Origin) -> Option<&str> {
        self.field_names.get(place).map(String::as_str)
    }

    /// The name for a value of an open enum, or for the alternative of a JSON type.
    pub(crate) fn value_name(&self, place: &Origin, value: &str) -> Option<&str> {
        self.value_names.get(&(place.clone(), value.to_owned())).map(String::as_str)
    }

    /// The module for the types of a shared definition.
    pub(crate) fn module(&self, place: &Origin) -> Option<&[String]> {
        self.modules.get(place).map(Vec::as_slice)
    }

    /// Whether a required property is missing in practice.
    pub(crate) fn is_lenient(&self, place: &Origin) -> bool {
        self.optional.get(place).is_some()
    }

    /// Whether a property is in use, though its schema says that it is deprecated.
    pub(crate) fn is_in_use(&self, place: &Origin) -> bool {
        self.in_use.get(place).is_some()
    }

    /// The format of a string whose schema states none.
    pub(crate) fn format(&self, place: &Origin) -> Option<Format> {
        self.formats.get(place).copied()
    }

    /// What a value may be beside what its schema says.
    pub(crate) fn accepts(&self, place: &Origin) -> Option<Accepts> {
        self.accepts.get(place).copied()
    }

    /// What a property is taken to be where it is absent.
    pub(crate) fn default_of(&self, place: &Origin) -> Option<&Value> {
        self.defaults.get(place)
    }

    /// The other names of a property, or the other types of the event of a file, each with its place.
    pub(crate) fn aliases(&self, place: &Origin) -> &[(String, Origin)] {
        self.aliases.get(place).map(Vec::as_slice).unwrap_or_default()
    }

    /// The definition that says of a value what its schema leaves out.
    pub(crate) fn definition(&self, place: &Origin) -> Option<&Origin> {
        self.definitions.get(place).map(|(definition, _)| definition)
    }

    /// The properties that the contents of an event's file, or the objects of a definition, may have without its saying
    /// so; those that it does declare aren't among them.
    pub(crate) fn additions(&self, to: &Origin, declared: &[(String, Schema)]) -> Vec<(&str, &Schema)> {
        let all = self.additions.0.iter().filter(|((place, _), _)| place == to);
        let missing = all.filter(|((_, property), _)| !declared.iter().any(|(name, _)| name == property));
        missing.map(|((_, property), entry)| (property.as_str(), entry.take())).collect()
    }

    /// The names of those properties, declared by now or not. To ask for them uses no entry.
    pub(crate) fn added(&self, to: Origin) -> impl Iterator<Item = &str> {
        self.additions.0.keys().filter(move |(place, _)| *place == to).map(|(_, property)| property.as_str())
    }

    /// The envelopes, in the order of the file.
    pub(crate) fn envelopes(&self) -> impl Iterator<Item = &Envelope> {
        self.envelopes.iter().map(Entry::take)
    }

    /// The enums over all events of a place, in the order of the file.
    pub(crate) fn any(&self) -> impl Iterator<Item = &Any> {
        self.any.iter().map(Entry::take)
    }

    /// Whether the second opinion may differ at a place.
    pub(crate) fn may_differ(&self, place: &Origin) -> bool {
        self.second_opinion.get(place).is_some()
    }

    /// The examples that are known not to be valid. To ask for them uses no entry.
    pub(crate) fn known_defects(&self) -> impl Iterator<Item = &str> {
        self.examples.0.keys().map(String::as_str)
    }

    /// Whether an example is known not to be valid.
    pub(crate) fn is_known_defect(&self, example: &str) -> bool {
        self.examples.get(&example.to_owned()).is_some()
    }

    /// What the entries refer to, and which of them has to find it: where the release is unknown, an entry may be for
    /// another.
    pub(crate) fn references(&self) -> Vec<(Origin, Option<Origin>)> {
        let from = |origin: &Origin| self.release.map(|_| origin.clone());
        let definitions = self.definitions.0.values().map(|entry| (entry.data.0.clone(), from(&entry.data.1)));
        let additions = self.additions.0.values().map(|entry| &entry.data);
        let additions = additions.filter_map(|schema| Some((schema.reference.clone()?, from(&schema.origin))));
        let envelopes = self.envelopes.iter().map(|entry| (&entry.data.schema, entry.origin.child("schema")));
        let envelopes = envelopes.map(|(schema, origin)| (schema.clone(), from(&origin)));
        definitions.chain(additions).chain(envelopes).collect()
    }

    /// The entries that nothing has asked for: errors where the release is known, to be listed where it isn't.
    pub(crate) fn settle(&self) -> Result<Vec<Problem>, Vec<Problem>> {
        let unused = self.unused();
        match self.release {
            Some(_) if !unused.is_empty() => Err(unused),
            _ => Ok(unused),
        }
    }

    fn unused(&self) -> Vec<Problem> {
        let mut unused = self.unused_by_schemas();
        unused.extend(self.second_opinion.unused().chain(self.examples.unused()).map(|origin| self.unasked(origin)));
        unused
    }

    /// The entries that the schemas alone haven't asked for.
    pub(crate) fn unused_by_schemas(&self) -> Vec<Problem> {
        let mut origins: Vec<&Origin> = self.kinds.unused().chain(self.discriminators.unused()).collect();
        origins.extend(self.folders.unused().chain(self.prefixes.unused()));
        origins.extend(self.unused_at(|_| true));
        origins.into_iter().map(|origin| self.unasked(origin)).collect()
    }

    /// The entries for places in files that aren't there: that they don't apply is sure, whatever else of a tree can't be
    /// decided.
    pub(crate) fn unused_without_file(&self, exists: impl Fn(&str) -> bool) -> Vec<Problem> {
        self.unused_at(|place| !exists(&place.file)).into_iter().map(|origin| self.unasked(origin)).collect()
    }

    /// The entries for places of schemas that the schemas alone haven't asked for.
    fn unused_at(&self, is_meant: impl Fn(&Origin) -> bool) -> Vec<&Origin> {
        let mut origins: Vec<&Origin> = self.type_names.unused_for(&is_meant).collect();
        origins.extend(self.field_names.unused_for(&is_meant));
        origins.extend(self.value_names.unused_for(|(place, _)| is_meant(place)));
        origins.extend(self.modules.unused_for(&is_meant));
        origins.extend(self.optional.unused_for(&is_meant).chain(self.in_use.unused_for(&is_meant)));
        origins.extend(self.formats.unused_for(&is_meant));
        origins.extend(self.accepts.unused_for(&is_meant).chain(self.defaults.unused_for(&is_meant)));
        origins.extend(self.aliases.unused_for(&is_meant).chain(self.definitions.unused_for(&is_meant)));
        origins.extend(self.additions.unused_for(|(place, _)| is_meant(place)));
        origins
    }

    fn unasked(&self, origin: &Origin) -> Problem {
        let release = self.release.map_or("this tree".to_owned(), |release| release.to_string());
        let advice =
            "remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`";
        Problem::at(origin, format!("this entry doesn't apply to anything in {release}"))
            .expected("an entry that changes something")
            .advice(advice)
    }
}
