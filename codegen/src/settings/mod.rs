//! The settings of a tree of schemas: `codegen.yaml`, the configuration, and `overrides.yaml`, the corrections. Each entry
//! has a reason and may be limited to some releases.

mod apply;
mod config;
mod corrections;
mod effect;
mod entry;
mod location;
mod shared;

use std::collections::BTreeMap;

use crate::diagnostics::{one_of, Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::proposals;
use crate::schema::reader::unexpected;
use crate::source::{flow_string, Sources};
use crate::version::Version;
use crate::{Settings, TextFile};

pub(crate) use apply::apply;
pub(crate) use config::{AnyEntry, Config, ContentsEntry, Envelope, KindsEntry, RootEntry};
pub(crate) use corrections::{Change, Correction};
pub(crate) use effect::{is_property, Effects};
use entry::Entry;
pub(crate) use location::{has_own_location, location_of, quoted_location_of, schema_of};
use location::{Location, NotFound};

/// The entries that apply to the release of a tree.
#[derive(Debug, Default)]
pub(crate) struct SettingsEntries {
    pub(crate) config: Config,
    pub(crate) corrections: Vec<Correction>,
    /// The examples that are known to be invalid, each with its entry.
    pub(crate) invalid_examples: BTreeMap<String, Origin>,
    /// The entries whose place is not in the tree.
    pub(crate) unused: Vec<Diagnostic>,
}

/// A section: its name, the keys of its entries, and the function that reads an entry.
struct Section {
    name: &'static str,
    keys: &'static [&'static str],
    read: fn(&mut Reader<'_, '_>, &mut Entry<'_>) -> Result<(), Diagnostic>,
    /// `false` for a section that only the settings of the specification may have.
    is_for_extensions: bool,
}

impl Section {
    /// Returns an entry with its first keys.
    fn sample(&self) -> String {
        let keys = self.keys.iter().take(2).map(|key| format!("{key}: …, ")).collect::<String>();
        format!("{{{keys}why: …}}")
    }
}

/// Reads settings, and the settings of an extension if there is one.
pub(crate) fn read(
    sources: &mut Sources<'_>,
    release: Option<Version>,
    settings: &Settings,
    extension: Option<&Settings>,
) -> Result<SettingsEntries, Vec<Diagnostic>> {
    let mut reader = Reader {
        sources,
        config: &settings.config.name,
        release,
        is_strict: settings.are_strict_for(release),
        entries: SettingsEntries::default(),
        added: BTreeMap::new(),
        known: BTreeMap::new(),
        diagnostics: Diagnostics::default(),
    };
    let own = reader.sources.own_folders().into_iter().map(|folder| Settings::in_folder(&folder)).collect::<Vec<_>>();
    let further = own.iter().chain(extension).map(|settings| (settings, true));
    // Entries of both files may name properties that `additions` declares, so overrides.yaml is read first.
    for (settings, is_extension) in std::iter::once((settings, false)).chain(further) {
        let Settings { config, overrides, .. } = settings;
        reader.read_file(overrides, &corrections::SECTIONS, is_extension, (config, &config::SECTIONS));
        reader.read_file(config, &config::SECTIONS, is_extension, (overrides, &corrections::SECTIONS));
    }
    reader.diagnostics.into_result(reader.entries)
}

/// The state of reading.
struct Reader<'s, 'f> {
    sources: &'s mut Sources<'f>,
    /// The file of the configuration of the specification.
    config: &'s str,
    release: Option<Version>,
    /// Set if an entry whose place is missing is an error.
    is_strict: bool,
    entries: SettingsEntries,
    /// The properties that `additions` lists: the object, the name, and the place of the property's schema.
    added: location::Added,
    /// The entries so far, by the fact that they state.
    known: BTreeMap<String, Origin>,
    diagnostics: Diagnostics,
}

impl Reader<'_, '_> {
    /// Reads a file. `other` is the other file of the settings, with its sections.
    fn read_file(&mut self, file: &TextFile, sections: &[Section], is_extension: bool, other: (&TextFile, &[Section])) {
        let origin = Origin::file(&file.name);
        let root = self.diagnostics.note(self.sources.document(&file.name)).flatten().cloned();
        let Some(root) = root.filter(|root| *root != Node::Null) else { return };
        let keys = entry::map(&root, &origin, "a map of sections").map_err(|diagnostic| {
            let name = sections.first().map_or("", |section| section.name);
            diagnostic.help(format!("write sections such as `{name}:`, each with a list of entries"))
        });
        let Some(mut keys) = self.diagnostics.note(keys) else { return };
        let sections = || sections.iter().filter(|section| section.is_for_extensions || !is_extension);
        for section in sections() {
            match keys.take(section.name) {
                None | Some((Node::Null, _)) => {}
                Some((Node::List(entries), origin)) => {
                    for (index, node) in entries.iter().enumerate() {
                        self.read_entry(section, node, &origin.child(&index.to_string()));
                    }
                }
                Some((node, origin)) => {
                    let help = format!("write a list such as `{}: [{}]`", section.name, section.sample());
                    self.diagnostics.push(unexpected(node, &origin, "a list of entries").help(help));
                }
            }
        }
        let names: Vec<&str> = sections().map(|section| section.name).collect();
        let (other, others) = other;
        for section in others.iter().filter(|section| section.is_for_extensions || !is_extension) {
            if let Some((_, origin)) = keys.take(section.name) {
                let message = format!("the section `{}` is in the wrong file", section.name);
                self.diagnostics.push(
                    Diagnostic::at(&origin, message)
                        .expected(one_of(&names))
                        .help(format!("move the section to {}", other.name)),
                );
            }
        }
        keys.finish_with(&names, "section", &mut self.diagnostics);
    }

    fn read_entry(&mut self, section: &Section, node: &Node, origin: &Origin) {
        let entry = Entry::new(node, origin, section.sample());
        let Some(mut entry) = self.diagnostics.note(entry) else { return };
        let outcome = entry.read_why();
        self.diagnostics.note(outcome);
        let outcome = entry.is_for(self.release).and_then(|is_for| match is_for {
            true => (section.read)(self, &mut entry),
            false => Ok(()),
        });
        self.diagnostics.note(outcome);
        entry.finish(section.keys, &mut self.diagnostics);
    }

    /// Returns the places that an entry names, each with its position in the entry. Notes the places that the tree does not have.
    fn places(&mut self, entry: &mut Entry<'_>) -> Result<Vec<(Origin, Origin)>, Diagnostic> {
        self.places_of(entry, "at")
    }

    /// Returns the places that a key of an entry names.
    fn places_of(&mut self, entry: &mut Entry<'_>, key: &str) -> Result<Vec<(Origin, Origin)>, Diagnostic> {
        let mut places = Vec::new();
        for (text, origin) in entry.each(key)? {
            match Location::parse(&text, &origin, self.sources).find(self.sources, &self.added)? {
                location::Found::One(place) => places.push((place, origin)),
                location::Found::Several(diagnostic) if self.is_strict => return Err(diagnostic),
                location::Found::Several(diagnostic) => self.entries.unused.push(diagnostic),
                location::Found::None(NotFound { why, expected, near }) => {
                    let mut diagnostic = or_write(changes_nothing(&origin, self.release, &why), near.as_deref());
                    diagnostic.expected = expected.or(diagnostic.expected);
                    self.entries.unused.push(diagnostic);
                }
            }
        }
        Ok(places)
    }

    /// Returns the definition that an entry refers to. `origin` is the place of the reference.
    fn definition(&mut self, text: &str, origin: &Origin) -> Result<Option<Origin>, Diagnostic> {
        let location = Location::parse(text, origin, self.sources);
        match location.find(self.sources, &self.added)? {
            location::Found::One(place) => Ok(Some(place)),
            location::Found::Several(diagnostic) => Err(diagnostic),
            location::Found::None(NotFound { why, near, .. }) if self.is_strict => {
                let help = near.map_or("correct the file or the path".to_owned(), |near| {
                    format!("write `{}`", flow_string(&near))
                });
                Err(Diagnostic::at(origin, why).expected("the place of a definition in the tree").help(help))
            }
            location::Found::None(NotFound { why, .. }) => {
                self.entries.unused.push(changes_nothing(origin, self.release, &why));
                Ok(None)
            }
        }
    }

    /// Returns `true` for the settings of an extension, as opposed to those of the specification and of our own folders.
    fn is_of_extension(&self, file: &str) -> bool {
        file != self.config && proposals::folder_of(file).is_none()
    }

    /// Notes an entry. Fails if an earlier entry states the same fact.
    fn once(&mut self, what: String, origin: &Origin) -> Result<(), Diagnostic> {
        let shown = what.clone();
        self.once_for(what, shown, origin)
    }

    /// Notes an entry with a fact and its text.
    fn once_for(&mut self, fact: String, what: String, origin: &Origin) -> Result<(), Diagnostic> {
        match self.known.get(&fact) {
            Some(first) => Err(Diagnostic::at(origin, format!("duplicate {what}"))
                .other(first)
                .expected("at most one entry for a release")
                .help("remove one of the two, or limit them to different releases with `since:` and `until:`")),
            None => {
                self.known.insert(fact, origin.clone());
                Ok(())
            }
        }
    }
}

/// Adds the advice to write another value to the error of an entry without effect.
pub(crate) fn or_write(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => {
            let help = format!("write `{}`, or remove the entry", flow_string(near));
            diagnostic.help_in_extension(help.clone()).help(help)
        }
        None => diagnostic,
    }
}

/// Creates the error of an entry without effect.
pub(crate) fn changes_nothing(entry: &Origin, release: Option<Version>, why: &str) -> Diagnostic {
    let (name, limits) = match release {
        None => ("this tree".to_owned(), "`until:` or `since:`".to_owned()),
        Some(release) => {
            let Version { major, minor } = release;
            let next = format!("`since: \"{major}.{}\"`", minor.saturating_add(1));
            let limits = match minor.checked_sub(1) {
                Some(last) => format!("`until: \"{major}.{last}\"` or {next}"),
                None => next,
            };
            (release.to_string(), limits)
        }
    };
    Diagnostic::at(entry, format!("this entry changes nothing in {name}: {why}"))
        .expected("an entry that changes the schemas or the types of the release")
        .help(format!("remove the entry, correct the place that it names, or limit it to other releases with {limits}"))
        .help_in_extension("remove the entry, or correct the place that it names")
}
