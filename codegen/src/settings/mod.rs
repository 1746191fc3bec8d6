//! The settings of a tree of schemas: `codegen.yaml`, the configuration, and `overrides.yaml`, the corrections. Each entry
//! has a reason and may be limited to some releases.

mod apply;
mod config;
mod corrections;
mod effect;
mod entry;
mod location;

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::schema::reader::unexpected;
use crate::source::Sources;
use crate::version::Version;
use crate::{Settings, TextFile};

pub(crate) use apply::apply;
pub(crate) use config::{Any, Config, Envelope};
pub(crate) use corrections::{Change, Correction};
pub(crate) use effect::Effects;
use entry::Entry;
use location::Location;

/// All entries that are for the release of a tree.
#[derive(Debug, Default)]
pub(crate) struct Entries {
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
    /// Cleared for what only the specification decides.
    is_for_extensions: bool,
}

/// Reads settings, and then those of an extension, if there is one.
pub(crate) fn read(
    sources: &mut Sources<'_>,
    release: Option<Version>,
    settings: &Settings,
    extension: Option<&Settings>,
) -> Result<Entries, Vec<Diagnostic>> {
    let mut reader = Reader {
        sources,
        release,
        entries: Entries::default(),
        added: BTreeMap::new(),
        known: BTreeMap::new(),
        diagnostics: Diagnostics::default(),
    };
    // Entries of both files may be about the properties that `additions` lists first.
    for (settings, is_extension) in std::iter::once((settings, false)).chain(extension.map(|settings| (settings, true)))
    {
        reader.read_file(&settings.overrides, &corrections::SECTIONS, is_extension);
        reader.read_file(&settings.config, &config::SECTIONS, is_extension);
    }
    reader.diagnostics.into_result(reader.entries)
}

/// The state of reading.
struct Reader<'s, 'f> {
    sources: &'s mut Sources<'f>,
    release: Option<Version>,
    entries: Entries,
    /// The properties that `additions` lists: the object, the name, and the place of the property's schema.
    added: location::Added,
    /// The entries so far, by what they are for.
    known: BTreeMap<String, Origin>,
    diagnostics: Diagnostics,
}

impl Reader<'_, '_> {
    fn read_file(&mut self, file: &TextFile, sections: &[Section], is_extension: bool) {
        let origin = Origin::file(&file.name);
        let root = self.diagnostics.note(self.sources.document(&file.name)).flatten().cloned();
        let Some(root) = root.filter(|root| *root != Node::Null) else { return };
        let Some(mut keys) = self.diagnostics.note(entry::map(&root, &origin, "a map with sections")) else { return };
        let sections = || sections.iter().filter(|section| section.is_for_extensions || !is_extension);
        for section in sections() {
            match keys.take(section.name) {
                None | Some((Node::Null, _)) => {}
                Some((Node::List(entries), origin)) => {
                    for (index, node) in entries.iter().enumerate() {
                        let outcome = self.read_entry(section, node, &origin.child(&index.to_string()));
                        self.diagnostics.note(outcome);
                    }
                }
                Some((node, origin)) => self.diagnostics.push(unexpected(node, &origin, "a list of entries")),
            }
        }
        let names: Vec<&str> = sections().map(|section| section.name).collect();
        let what = format!("a section of {}", file.name);
        keys.finish_with(&names, &what, "codegen/src/settings lists the sections", &mut self.diagnostics);
    }

    fn read_entry(&mut self, section: &Section, node: &Node, origin: &Origin) -> Result<(), Diagnostic> {
        let mut entry = Entry::new(node, origin)?;
        if !entry.is_for(self.release)? {
            return Ok(());
        }
        (section.read)(self, &mut entry)?;
        entry.finish(section.keys, &mut self.diagnostics);
        Ok(())
    }

    /// The places that an entry is for, each with the place where the entry names it. What the tree does not have is noted.
    fn places(&mut self, entry: &mut Entry<'_>) -> Result<Vec<(Origin, Origin)>, Diagnostic> {
        let mut places = Vec::new();
        for (text, origin) in entry.each("at")? {
            match Location::parse(&text, &origin).find(self.sources, &self.added)? {
                location::Found::One(place) => places.push((place, origin)),
                location::Found::None(why) => {
                    let diagnostic = changes_nothing(&origin, self.release, &why);
                    self.entries.unused.push(diagnostic);
                }
            }
        }
        Ok(places)
    }

    /// The definition that an entry refers to, from the place where the entry names it.
    fn definition(&mut self, text: &str, origin: &Origin) -> Result<Option<Origin>, Diagnostic> {
        let location = Location::parse(text, origin);
        if location.path.is_empty() {
            return Ok(Some(Origin::file(location.file)));
        }
        match location.find(self.sources, &self.added)? {
            location::Found::One(place) => Ok(Some(place)),
            location::Found::None(why) if self.release.is_some() => {
                Err(Diagnostic::at(origin, why).expected("a definition of the tree").help("correct the place"))
            }
            location::Found::None(_) => Ok(None),
        }
    }

    /// Notes that there is an entry for something, of which there can be one.
    fn once(&mut self, what: String, origin: &Origin) -> Result<(), Diagnostic> {
        match self.known.get(&what) {
            Some(known) => {
                Err(Diagnostic::at(origin, format!("there is an entry for this already, at {}", known.pointer))
                    .expected("one entry for each")
                    .help("remove one of them, or limit them to different releases with `since:` and `until:`"))
            }
            None => {
                self.known.insert(what, origin.clone());
                Ok(())
            }
        }
    }
}

/// The diagnostic of an entry without effect.
pub(crate) fn changes_nothing(entry: &Origin, release: Option<Version>, why: &str) -> Diagnostic {
    let release = release.map_or("this tree".to_owned(), |release| release.to_string());
    Diagnostic::at(entry, format!("this entry changes nothing in {release}: {why}"))
        .expected("an entry that changes something")
        .help("remove it if the schemas have been fixed, correct its place, or limit it with `since:` and `until:`")
}
