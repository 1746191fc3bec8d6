//! Both crates, and the counterpart of each name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{bail, ensure, Context, Result};
use matrix_events::schema;

use crate::map::{last, Entry, Form, Map, Section};
use crate::rustdoc::{documentation, quoted, Crate};

/// The counterpart of a name of Ruma in this crate.
#[derive(Clone, Debug)]
pub(crate) struct Counterpart {
    pub(crate) form: Form,
    /// The path, if the form is `Same`.
    pub(crate) path: String,
    /// Our paths, which is empty if the counterpart is missing.
    pub(crate) targets: Vec<String>,
    pub(crate) note: String,
    /// The entry with a `*` that states the counterpart.
    pub(crate) pattern: Option<String>,
}

impl Counterpart {
    /// A counterpart with the same name.
    pub(crate) fn same(path: String) -> Self {
        Self { form: Form::Same, targets: vec![path.clone()], path, note: String::new(), pattern: None }
    }
}

impl Entry {
    /// Returns the counterpart that the entry states, with resolved targets.
    pub(crate) fn counterpart(&self, path: String, targets: Vec<String>) -> Counterpart {
        let (form, note) = (self.form.clone(), self.note.clone());
        Counterpart { form, path, targets, note, pattern: None }
    }
}

/// The counterpart of an event type of Ruma.
pub(crate) enum EventType {
    /// A content, with a note if its events have other kinds than in Ruma.
    Content {
        /// The path of the content.
        path: String,
        /// The feature that the content requires.
        feature: Option<String>,
        /// The note.
        note: String,
    },
    /// No content, with the reason.
    Missing(String),
}

/// The event types of Ruma, with the kinds of their events.
pub(crate) type Kinds = BTreeMap<String, BTreeSet<String>>;

/// The items of both crates, and the hand-written entries.
pub(crate) struct Crates {
    pub(crate) ruma: Crate,
    /// The crate `ruma-common`.
    pub(crate) common: Crate,
    ours: Crate,
    runtime: Crate,
    pub(crate) map: Map,
    /// The paths of our types by name.
    names: BTreeMap<String, String>,
    /// The paths of our contents by event type.
    contents: BTreeMap<String, Vec<String>>,
}

impl Crates {
    /// Loads the JSON of the crates and the entries.
    ///
    /// # Errors
    ///
    /// Returns an error if a file is missing or invalid.
    pub(crate) fn load(target: &Path, map: &Path) -> Result<Self> {
        let ours = Crate::load(target, "matrix_events")?;
        let mut names = BTreeMap::new();
        let mut contents: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (path, item) in ours.types() {
            names.entry(last(path).to_owned()).or_insert_with(|| path.to_owned());
            if let Some(event_type) = ours.event_type(item).filter(|_| path.ends_with("EventContent")) {
                contents.entry(event_type).or_default().push(path.to_owned());
            }
        }
        let runtime = Crate::load(target, "matrix_events_runtime")?;
        for (path, source) in ours.foreign() {
            names.entry(last(path).to_owned()).or_insert_with(|| path.to_owned());
            // The types of a module.
            let prefix = format!("{}::", source.strip_prefix("matrix_events_runtime::").unwrap_or(source));
            for name in runtime.types().filter_map(|(of, _)| of.strip_prefix(&prefix)) {
                names.entry(last(name).to_owned()).or_insert_with(|| format!("{path}::{name}"));
            }
        }
        let (ruma, common) = (Crate::load(target, "ruma_events")?, Crate::load(target, "ruma_common")?);
        Ok(Self { ruma, common, ours, runtime, map: Map::load(map)?, names, contents })
    }

    /// Returns Ruma's event types, from the documentation of the variants of its enums.
    pub(crate) fn ruma_event_types(&self) -> Kinds {
        let mut types = Kinds::new();
        for (path, item) in self.ruma.types() {
            // `TimelineEventType` contains the variants of two other enums.
            let Some(kind) = path.strip_suffix("EventType").filter(|kind| *kind != "Timeline") else { continue };
            for variant in self.ruma.variants(item) {
                let text = documentation(variant);
                let names = text.lines().take(1).chain(quoted(text));
                for name in names.filter(|name| !name.is_empty()) {
                    types.entry(name.to_owned()).or_default().insert(kind.to_owned());
                }
            }
        }
        types
    }

    /// Returns the content and the feature of an event type, or the reason why this crate lacks it.
    ///
    /// # Errors
    ///
    /// Returns an error if the event type has neither a content nor an entry, or another kind than in Ruma and no entry.
    pub(crate) fn event_type(&self, name: &str, kinds: &BTreeSet<String>) -> Result<EventType> {
        let entry = self.map.event_types.get(name);
        let Some(event) = event_of(name) else {
            let entry = entry.with_context(|| format!("expected a content or an entry for the event type `{name}`"))?;
            ensure!(matches!(entry.form, Form::Missing), "expected `missing` in the entry of `{name}`");
            return Ok(EventType::Missing(entry.note.clone()));
        };
        let content = self.content(event).with_context(|| format!("expected one content of `{name}`"))?;
        let ours: BTreeSet<_> = event.kinds.iter().filter_map(|kind| ruma_kind(*kind)).collect();
        let missing: Vec<_> = kinds.iter().map(String::as_str).filter(|kind| !ours.contains(kind)).collect();
        let note = match entry {
            None if missing.is_empty() => String::new(),
            Some(Entry { form: Form::Same, note }) if !missing.is_empty() => note.clone(),
            None => {
                bail!("expected an entry with a note for `{name}`, which has the further kinds {missing:?} in Ruma")
            }
            Some(_) => bail!("the entry of the event type `{name}` is unnecessary"),
        };
        let feature = self.feature(content).map(str::to_owned);
        Ok(EventType::Content { path: content.to_owned(), feature, note })
    }

    /// Returns the path of the content of an event type. If the type has variants with contents, this is the enum.
    fn content(&self, event: &schema::Event) -> Option<&str> {
        let contents = self.contents.get(event.event_type)?;
        let is_enum = |path: &&String| self.ours.item_at(path).is_some_and(|item| !item["inner"]["enum"].is_null());
        match contents.as_slice() {
            [content] => Some(content),
            _ => contents.iter().find(is_enum).map(String::as_str),
        }
    }

    /// Returns the feature that a type requires.
    fn feature(&self, path: &str) -> Option<&str> {
        let text = documentation(self.ours.item_at(path)?);
        let (_, after) = text.split_once("Requires the feature ")?;
        quoted(after).next()
    }

    /// Returns the counterpart of a type of Ruma.
    ///
    /// # Errors
    ///
    /// Returns an error if the name has neither a match nor an entry, or if its entry is unnecessary or wrong.
    pub(crate) fn name(&self, path: &str) -> Result<Counterpart> {
        self.find(path)?.with_context(|| format!("expected a type of the same name or an entry for `{path}`"))
    }

    /// Returns the counterpart of a type of Ruma, or `None` if the name has neither a match nor an entry.
    ///
    /// # Errors
    ///
    /// Returns an error if the entry is unnecessary or wrong.
    pub(crate) fn find(&self, path: &str) -> Result<Option<Counterpart>> {
        let matching = self.matching(path)?;
        match (self.map.names.get(path), matching) {
            (None, None) => self.by_pattern(path),
            (None, Some(found)) => Ok(Some(Counterpart::same(found))),
            (Some(entry), matching) => self.by_entry(path, entry, matching).map(Some),
        }
    }

    /// Returns the path of the type with the same name, in the same module if possible.
    fn matching(&self, path: &str) -> Result<Option<String>> {
        let same = self.ours.types().any(|(found, _)| found == path);
        let Some(found) = (if same { Some(path) } else { self.names.get(last(path)).map(String::as_str) }) else {
            return Ok(None);
        };
        let type_of = |of: &Crate, path: &str| of.item_at(path).and_then(|item| of.event_type(item));
        if let (Some(ruma), Some(ours)) = (type_of(&self.ruma, path), type_of(&self.ours, found)) {
            let ruma = ruma.strip_suffix('.').map_or_else(|| ruma.clone(), |prefix| format!("{prefix}.*"));
            let equal = event_of(&ruma).is_some_and(|event| event.event_type == ours);
            ensure!(equal, "`{path}` has the type `{ruma}`, and `{found}` has the type `{ours}`");
        }
        Ok(Some(found.to_owned()))
    }

    /// Returns the counterpart that an entry states.
    ///
    /// # Errors
    ///
    /// Returns an error if the entry is unnecessary, or if a target does not exist.
    pub(crate) fn by_entry(&self, path: &str, entry: &Entry, matching: Option<String>) -> Result<Counterpart> {
        let (Form::Name(targets) | Form::Other(targets)) = &entry.form else {
            match (&entry.form, &matching) {
                (Form::Same, None) => bail!("the entry of `{path}` has only a note, and nothing has the same name"),
                (Form::Missing, Some(found)) => bail!("the entry of `{path}` is unnecessary, because `{found}` exists"),
                _ => {}
            }
            let targets = matching.iter().cloned().collect();
            return Ok(entry.counterpart(matching.unwrap_or_default(), targets));
        };
        if let Some(matching) = matching {
            let same = matching == path || targets.as_slice() == [matching.as_str()];
            ensure!(!same, "the entry of `{path}` is unnecessary, because `{matching}` has the same name");
        }
        for target in targets {
            ensure!(self.exists(target), "the entry of `{path}` has the unknown target `{target}`");
        }
        Ok(entry.counterpart(String::new(), targets.clone()))
    }

    fn by_pattern(&self, path: &str) -> Result<Option<Counterpart>> {
        let Some((key, entry, matched)) = self.map.names.pattern(&[last(path)]) else { return Ok(None) };
        // A form of a content that is missing is missing too.
        let base = format!("{}{matched}EventContent", path.strip_suffix(last(path)).unwrap_or_default());
        if self.ruma.item_at(&base).is_some() {
            let base = self.name(&base)?;
            if matches!(base.form, Form::Missing) {
                return Ok(Some(base));
            }
        }
        let (Form::Name(targets) | Form::Other(targets)) = &entry.form else {
            bail!("expected a target in the entry `{key}`");
        };
        let mut found = entry.counterpart(String::new(), Vec::new());
        for target in targets {
            let name = target.replace('*', matched);
            let exists = if target.contains('*') { self.names.get(&name) } else { Some(&name) };
            let exists = exists.filter(|path| self.exists(path));
            let path =
                exists.with_context(|| format!("the entry `{key}` has the unknown target `{name}` for `{path}`"))?;
            found.targets.push(path.clone());
        }
        found.pattern = Some(key.to_owned());
        Ok(Some(found))
    }

    /// Returns `true` if a path of this crate, or a member of a type at a path, exists.
    pub(crate) fn exists(&self, path: &str) -> bool {
        let item = self.ours.item_at(path).is_some() || self.foreign(path).is_some();
        item || path.rsplit_once("::").is_some_and(|(owner, member)| self.has_member(owner, member, true))
    }

    /// Returns `true` if a type of this crate has a member. `with_traits` adds the items of implemented traits.
    pub(crate) fn has_member(&self, owner: &str, member: &str, with_traits: bool) -> bool {
        let has =
            |of: &Crate, path: &str| of.item_at(path).is_some_and(|item| of.has_member(item, member, with_traits));
        has(&self.ours, owner) || self.foreign(owner).is_some_and(|owner| has(&self.runtime, &owner))
    }

    /// Returns the path in the runtime of an item that this crate re-exports itself, or in a module.
    fn foreign(&self, path: &str) -> Option<String> {
        self.ours.foreign().find_map(|(found, source)| {
            let rest = path.strip_prefix(found).filter(|rest| rest.is_empty() || rest.starts_with("::"))?;
            let source = format!("{}{rest}", source.strip_prefix("matrix_events_runtime::")?);
            (rest.is_empty() || self.runtime.item_at(&source).is_some()).then_some(source)
        })
    }

    /// Checks that each entry is necessary.
    ///
    /// # Errors
    ///
    /// Returns an error with the unnecessary entries.
    pub(crate) fn check_entries(&self) -> Result<()> {
        for section in [&self.map.event_types, &self.map.names, &self.map.methods] {
            let unused = Section::unused(section);
            ensure!(unused.is_empty(), "Ruma does not have the names of these entries: {}", unused.join(", "));
        }
        Ok(())
    }
}

/// Returns the event type with a name or an alias.
fn event_of(name: &str) -> Option<&'static schema::Event> {
    schema::events()
        .find(|event| event.event_type == name || event.aliases.contains(&name) || event.aliases_in_use.contains(&name))
}

/// Returns the name of a kind in the names of Ruma's enums.
fn ruma_kind(kind: schema::Kind) -> Option<&'static str> {
    Some(match kind {
        schema::Kind::MessageLike => "MessageLike",
        schema::Kind::State => "State",
        schema::Kind::Ephemeral => "EphemeralRoom",
        schema::Kind::ToDevice => "ToDevice",
        schema::Kind::GlobalAccountData => "GlobalAccountData",
        schema::Kind::RoomAccountData => "RoomAccountData",
        _ => return None,
    })
}
