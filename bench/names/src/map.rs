//! The names that do not match: `map.json`, written by hand.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{bail, Context, Result};
use serde_json::{Map as Object, Value};

/// The form in which this crate has a name of Ruma.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// A type with the same name, if only a note is missing.
    Same,
    /// A type for the same purpose with another name.
    Name(Vec<String>),
    /// Types, accessors or fields that replace the type.
    Other(Vec<String>),
    /// No counterpart.
    Missing,
}

/// An entry of the file, with a note or the reason.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) form: Form,
    pub(crate) note: String,
}

/// The entries of a section by Ruma's names, which report unused entries.
pub(crate) struct Section {
    entries: BTreeMap<String, Entry>,
    used: RefCell<BTreeSet<String>>,
}

/// The sections of the file.
pub(crate) struct Map {
    pub(crate) event_types: Section,
    pub(crate) names: Section,
    pub(crate) methods: Section,
}

impl Map {
    /// Loads the file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file is missing or contains an invalid entry.
    pub(crate) fn load(file: &Path) -> Result<Self> {
        let json: Object<String, Value> = serde_json::from_slice(&fs_err::read(file)?)?;
        let section = |name: &str| Section::new(json.get(name)).with_context(|| format!("failed to load `{name}`"));
        Ok(Self { event_types: section("event-types")?, names: section("names")?, methods: section("methods")? })
    }
}

impl Section {
    fn new(json: Option<&Value>) -> Result<Self> {
        let json = json.and_then(Value::as_object).context("expected an object")?;
        let entries = json.iter().map(|(name, value)| {
            let entry = Entry::new(value).with_context(|| format!("invalid entry `{name}`"))?;
            Ok((name.clone(), entry))
        });
        Ok(Self { entries: entries.collect::<Result<_>>()?, used: RefCell::default() })
    }

    /// Returns the entry of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&Entry> {
        let entry = self.entries.get(name)?;
        self.used.borrow_mut().insert(name.to_owned());
        Some(entry)
    }

    /// Returns the longest entry with a `*` that matches one of the names, and the text that the `*` matches.
    pub(crate) fn pattern<'p>(&self, names: &[&'p str]) -> Option<(&str, &Entry, &'p str)> {
        let mut patterns: Vec<_> = self
            .entries
            .iter()
            .filter_map(|(key, entry)| {
                let (start, end) = key.split_once('*')?;
                let matched = names.iter().find_map(|name| name.strip_prefix(start)?.strip_suffix(end))?;
                Some((key.as_str(), entry, matched))
            })
            .collect();
        patterns.sort_by_key(|(key, ..)| key.len());
        let found = patterns.pop()?;
        self.used.borrow_mut().insert(found.0.to_owned());
        Some(found)
    }

    /// Returns the entries that nothing required.
    pub(crate) fn unused(&self) -> Vec<&str> {
        let used = self.used.borrow();
        self.entries.keys().map(String::as_str).filter(|name| !used.contains(*name)).collect()
    }
}

impl Entry {
    fn new(value: &Value) -> Result<Self> {
        let object = value.as_object().context("expected an object")?;
        let note = object.get("note").and_then(Value::as_str).unwrap_or_default().to_owned();
        let forms: Vec<_> = object.iter().filter(|(key, _)| *key != "note").collect();
        let (form, note) = match forms.as_slice() {
            [] => (Form::Same, note),
            [(key, value)] if *key == "name" => (Form::Name(paths(value)?), note),
            [(key, value)] if *key == "form" => (Form::Other(paths(value)?), note),
            [(key, reason)] if *key == "missing" && note.is_empty() => {
                (Form::Missing, reason.as_str().context("expected a reason")?.to_owned())
            }
            _ => bail!("expected one of `name`, `form` and `missing`, with a `note` for the first two"),
        };
        if note.is_empty() && matches!(form, Form::Same | Form::Missing) {
            bail!("expected a note or a reason");
        }
        Ok(Self { form, note })
    }
}

fn paths(value: &Value) -> Result<Vec<String>> {
    let list = match value {
        Value::String(path) => vec![path.clone()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => bail!("expected a path or a list of paths"),
    };
    Ok(list)
}

/// Returns the last name of a path.
pub(crate) fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}
