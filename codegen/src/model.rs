//! The corrected schemas of a tree, the events that they describe, and the configuration.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::events::{self, EventType, Recognized};
use crate::ir::{Event, ModulePath, Proposal};
use crate::names;
use crate::proposals;
use crate::schema::{self, Reference, Schema, SchemaSet};
use crate::settings::{
    self, changes_nothing, is_property, schema_of, Change, Config, Correction, Effects, SettingsEntries,
};
use crate::source::{Sources, SCHEMAS};
use crate::version::Version;
use crate::Settings;

/// The input of the lowering, the constraints and the comparison.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) release: Option<Version>,
    /// Set for a release before that of the settings. Its files do not change any more.
    pub(crate) is_older: bool,
    pub(crate) config: Config,
    /// The proposals of the tree, in the order of their numbers.
    pub(crate) proposals: Vec<Proposal>,
    pub(crate) schemas: SchemaSet,
    /// The places of the schemas of events, and of the schemas that they and the settings refer to.
    pub(crate) of_events: BTreeSet<Origin>,
    /// The files of the specification, if the tree has files of an extension or of proposals too.
    pub(crate) specification: Option<BTreeSet<String>>,
    /// The event types, in the order of their keys.
    pub(crate) events: Vec<EventType>,
    pub(crate) corrections: Vec<Correction>,
    /// The examples that are known to be invalid, each with its entry.
    pub(crate) invalid_examples: BTreeMap<String, Origin>,
    /// The errors of events that are missing here.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The files of event schemas that no event refers to.
    pub(crate) unreached: Vec<Diagnostic>,
    /// The events whose kinds are unknown.
    pub(crate) without_kind: Vec<Diagnostic>,
    /// The entries of the settings that change nothing.
    pub(crate) unused: Vec<Diagnostic>,
}

impl Model {
    /// Loads the schemas of a tree and applies its settings.
    ///
    /// # Errors
    ///
    /// Returns the errors of settings and schemas that cannot be parsed, and of references without a target.
    pub(crate) fn load(
        sources: &mut Sources<'_>,
        release: Option<Version>,
        settings: &Settings,
        extension: Option<&Settings>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let SettingsEntries { config, corrections, invalid_examples, unused } =
            settings::read(sources, release, settings, extension)?;
        let proposals = proposals::read(sources)?;
        let is_strict = settings.are_strict_for(release);
        let mut diagnostics = Diagnostics::default();
        let mut schemas = SchemaSet::default();
        schemas.load(sources, references(sources, is_strict, &config, &corrections), &mut diagnostics);
        let of_events = schemas.origins();
        schemas.load(sources, roots(is_strict, &config, &corrections), &mut diagnostics);
        schemas.find_cycles(&mut diagnostics);
        diagnostics.extend(schemas.iter().flat_map(|(_, schema)| unknown_releases(schema, release)));
        diagnostics.into_result(())?;
        let is_older = release.is_some() && !is_strict;
        let mut model = Self {
            release,
            is_older,
            config,
            proposals,
            schemas,
            of_events,
            specification: None,
            events: Vec::new(),
            corrections,
            invalid_examples,
            diagnostics: Vec::new(),
            unreached: Vec::new(),
            without_kind: Vec::new(),
            unused,
        };
        let released = (!is_strict).then(|| model.schemas.clone());
        let mut without_effect = model.correct()?;
        if let Some(released) = released.filter(|_| !without_effect.is_empty()) {
            // A correction without effect may be wrong for this release, for example a default of another type.
            let unused: Vec<Origin> = without_effect.iter().map(|diagnostic| diagnostic.origin.clone()).collect();
            let is_unused = |one: &Correction| unused.contains(&one.entry) || unused.contains(&one.key("value"));
            model.corrections.retain(|correction| !is_unused(correction));
            model.schemas = released;
            without_effect.extend(model.correct()?);
        }
        model.unused.extend(without_effect);
        if model.diagnostics.is_empty() {
            model.unused.extend(events::unused(&model));
            model.unused.extend(model.missing_schemas());
            let unreached = model.unreached_files();
            // An event schema of an older release that no event refers to is no longer in use.
            if is_older { &mut model.unused } else { &mut model.unreached }.extend(unreached);
        }
        Ok(model)
    }

    /// Applies the corrections to the schemas of the release, and finds the events. Returns the corrections without effect.
    fn correct(&mut self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let unreached = settings::apply(&mut self.schemas, &self.corrections);
        let nothing =
            |correction: &Correction| changes_nothing(&correction.entry, self.release, "no event refers to the place");
        let mut unused: Vec<Diagnostic> = unreached.into_iter().map(nothing).collect();
        let mut diagnostics = Diagnostics::default();
        self.schemas.find_cycles(&mut diagnostics);
        diagnostics.into_result(())?;
        let Recognized { events, diagnostics, without_kind } = events::recognize(&self.schemas, &self.config);
        self.events = events;
        self.diagnostics = diagnostics.0;
        self.without_kind = without_kind;
        if self.diagnostics.is_empty() {
            unused.extend(self.without_effect());
        }
        Ok(unused)
    }

    /// Returns the proposal that a file is part of.
    pub(crate) fn proposal_of(&self, file: &str) -> Option<&Proposal> {
        let number = proposals::number_of(file)?;
        self.proposals.iter().find(|proposal| proposal.number == number)
    }

    /// Returns the URL of the proposal or of the section of the specification about an event type.
    pub(crate) fn link(&self, event_type: &str, file: &str) -> String {
        if let Some(proposal) = self.proposal_of(file) {
            return proposal.url.clone();
        }
        let release = self.release.map_or("latest".to_owned(), |release| release.to_string());
        let stated = self.config.sections.get(event_type).map(|(section, _)| section);
        let section = match self.config.folder_of(file) {
            Some(folder) => folder.section.clone(),
            None if stated.is_some() => stated.cloned().unwrap_or_default(),
            None => format!("client-server-api/#{}", names::without_end(event_type).replace('.', "")),
        };
        format!("https://spec.matrix.org/{release}/{section}")
    }

    /// Returns the place that states the type of an event, or an alias of the type.
    pub(crate) fn type_place(&self, event: &Event, name: &str) -> Origin {
        let key = event.key();
        let Some(known) = self.events.iter().find(|known| known.key == key) else { return Origin::file(&event.file) };
        let alias = known.base.aliases.iter().find(|(alias, _)| alias == name);
        alias.map_or(&known.base.stated_at, |(_, place)| place).clone()
    }

    /// Returns the entry that chooses a module.
    pub(crate) fn entry_of_module(&self, module: &ModulePath) -> Option<Origin> {
        let chooses = |one: &&Correction| matches!(&one.change, Change::Module(chosen) if chosen == module);
        self.corrections.iter().find(chooses).map(|one| one.key("module"))
    }

    /// Returns the errors of corrections that change nothing.
    fn without_effect(&self) -> Vec<Diagnostic> {
        let of_variant = |event: &EventType| {
            let variants = event.variants.iter();
            variants.map(|variant| event.places(&self.schemas, Some(variant))).collect::<Vec<_>>()
        };
        let effects = Effects::of(&self.schemas, self.events.iter().flat_map(of_variant));
        let is_event = |place: &Origin| self.events.iter().any(|event| event.base.origin == *place);
        let mut unused = Vec::new();
        for correction in &self.corrections {
            let why = match &correction.change {
                Change::Aliases(_) if !is_property(&correction.at) && !is_event(&correction.at) => {
                    Some("the place is neither an event nor a property".to_owned())
                }
                _ => effects.none_of(correction),
            };
            if let Some(error) = effects.invalid_value(correction).filter(|_| why.is_none()) {
                unused.push(error);
            } else if let Some(why) = why {
                unused.push(match effects.advice(correction) {
                    Some((place, help)) => changes_nothing(&place, self.release, &why).help(help),
                    None => changes_nothing(&correction.entry, self.release, &why),
                });
            }
        }
        unused
    }

    /// Returns `true` if the schema of an envelope is missing.
    pub(crate) fn lacks(&self, envelope: &str) -> bool {
        let mut envelopes = self.config.envelopes.iter();
        envelopes.any(|known| known.name == envelope && self.schemas.get(&known.schema).is_none())
    }

    /// Returns the errors of envelopes and roots whose schemas are missing.
    fn missing_schemas(&self) -> Vec<Diagnostic> {
        let envelopes = self.config.envelopes.iter().flat_map(|one| {
            let formats = one.formats.iter().filter(|_| self.schemas.get(&one.schema).is_some());
            let formats = formats.map(|(schema, origin)| (schema, origin.clone()));
            formats.chain([(&one.schema, one.origin.child("schema"))])
        });
        let roots = self.config.roots.iter().map(|one| (&one.schema, one.origin.child("at")));
        let missing = envelopes.chain(roots).filter(|(schema, _)| self.schemas.get(schema).is_none());
        let why = |schema: &Origin| match schema.pointer.as_str() {
            "" => format!("there is no file {}", schema.file),
            _ => format!("there is no schema {schema}"),
        };
        missing.map(|(schema, entry)| changes_nothing(&entry, self.release, &why(schema))).collect()
    }

    /// Returns the errors of event schemas that no event refers to.
    fn unreached_files(&self) -> Vec<Diagnostic> {
        let events = self.events.iter().flat_map(EventType::schemas).map(|schema| &schema.origin);
        let envelopes = self
            .config
            .envelopes
            .iter()
            .flat_map(|envelope| envelope.formats.iter().map(|(schema, _)| schema).chain([&envelope.schema]));
        let roots = self.config.roots.iter().map(|root| &root.schema);
        let reached = self.schemas.reached(events.chain(envelopes).chain(roots));
        let reached: BTreeSet<&String> = reached.iter().map(|origin| &origin.file).collect();
        let is_of_events = |file: &str| self.config.is_of_events(file);
        let files: BTreeSet<&String> = self.schemas.iter().map(|(origin, _)| &origin.file).collect();
        let unreached = files.into_iter().filter(|file| is_of_events(file) && !reached.contains(file));
        let diagnostic = |file: &String| {
            let member = self.config.folder_of(file).map_or("type", |folder| folder.kind.type_member());
            Diagnostic::at(&Origin::file(file), format!("the file states no event `{member}`, and no event refers to it"))
                .expected(format!("the schema of an event with an `enum` for `{member}`, or a schema that an event refers to"))
                .help(format!("add `{member}: {{type: string, enum: [<event type>]}}` under `properties`, refer to the file, or remove it"))
        };
        unreached.map(diagnostic).collect()
    }
}

/// Returns the errors of releases in schemas that do not exist. The development branch of a release states the next release.
fn unknown_releases(schema: &Schema, release: Option<Version>) -> Vec<Diagnostic> {
    let added = schema.added.iter().map(|added| (*added, schema.origin.child("x-addedInMatrixVersion")));
    let changed = schema.changed.iter().map(|(changed, _)| *changed);
    let changes = schema.origin.child("x-changedInMatrixVersion");
    let changed = changed.map(|changed| (changed, changes.child(&format!("{}.{}", changed.major, changed.minor))));
    let newest = release.map(Version::next);
    let is_unknown = |stated: &Version| *stated < Version::FIRST || newest.is_some_and(|newest| *stated > newest);
    let own = added.chain(changed).filter(|(stated, _)| is_unknown(stated)).map(|(stated, origin)| {
        let last = newest.map(|newest| format!(" to {newest}")).unwrap_or_default();
        let tree = release.map(|release| format!(", because the tree is of {release}")).unwrap_or_default();
        Diagnostic::at(&origin, format!("the release {stated} does not exist{tree}"))
            .expected(format!("a release from {}{last}", Version::FIRST))
            .help("correct the release")
    });
    own.chain(schema.children().flat_map(|child| unknown_releases(child, release))).collect()
}

/// Returns the schemas to load: those of the events, and those that the settings refer to.
fn references(sources: &Sources<'_>, is_strict: bool, config: &Config, corrections: &[Correction]) -> Vec<Reference> {
    let files =
        sources.below(SCHEMAS).into_iter().chain(config.folders.keys().flat_map(|folder| sources.below(folder)));
    let files = files.chain(sources.schemas().into_iter().filter(|file| proposals::is_schema(file)));
    let mut references: Vec<Reference> =
        files.map(|file| Reference { target: Origin::file(file), from: None }).collect();
    let envelopes = config.envelopes.iter().flat_map(|envelope| {
        let schema = Reference { target: envelope.schema.clone(), from: Some(envelope.origin.child("schema")) };
        let format = |(target, from): &(Origin, Origin)| Reference { target: target.clone(), from: Some(from.clone()) };
        // A release without the newest format has no PDUs, and may have other files with the names of the older formats.
        let formats = envelope.formats.iter().filter(|_| sources.exists(&envelope.schema.file)).map(format);
        envelope.adds.iter().flat_map(schema::references).chain([schema]).chain(formats)
    });
    let corrections = corrections.iter().filter(|correction| !is_of_root(correction)).flat_map(Correction::references);
    references.extend(stated(envelopes.chain(corrections), is_strict));
    references
}

/// Returns the schemas other than those of events to load.
fn roots(is_strict: bool, config: &Config, corrections: &[Correction]) -> Vec<Reference> {
    let roots =
        config.roots.iter().map(|root| Reference { target: root.schema.clone(), from: Some(root.origin.child("at")) });
    let corrections = corrections.iter().filter(|correction| is_of_root(correction)).flat_map(Correction::references);
    stated(roots.chain(corrections), is_strict).collect()
}

/// Returns `true` for a correction of a schema in an API definition. Events refer to none.
fn is_of_root(correction: &Correction) -> bool {
    !schema_of(&correction.at).pointer.is_empty()
}

/// Returns the references of settings. In an older release, the files of these may be missing.
fn stated(references: impl Iterator<Item = Reference>, is_strict: bool) -> impl Iterator<Item = Reference> {
    references.map(move |one| Reference { from: one.from.filter(|_| is_strict), ..one })
}
