//! The schemas of a tree, corrected, with the events that they describe and the configuration.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::events::{self, EventType, Recognized};
use crate::schema::{self, Reference, SchemaSet};
use crate::settings::{self, changes_nothing, Change, Config, Correction, Effects, Entries};
use crate::source::{Sources, SCHEMAS};
use crate::version::Version;
use crate::Settings;

/// All that types and constraints are made from.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) release: Option<Version>,
    pub(crate) config: Config,
    pub(crate) schemas: SchemaSet,
    /// The event types, in the order of their keys.
    pub(crate) events: Vec<EventType>,
    pub(crate) corrections: Vec<Correction>,
    /// The examples that are known to be invalid, each with its entry.
    pub(crate) invalid_examples: BTreeMap<String, Origin>,
    /// The mistakes because of which events are missing.
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
    /// Settings and schemas that can't be parsed, and references to nowhere.
    pub(crate) fn load(
        sources: &mut Sources<'_>,
        release: Option<Version>,
        settings: &Settings,
        extension: Option<&Settings>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let Entries { config, corrections, invalid_examples, unused } =
            settings::read(sources, release, settings, extension)?;
        let mut diagnostics = Diagnostics::default();
        let references = references(sources, release, &config, &corrections);
        let mut schemas = SchemaSet::load(sources, references, &mut diagnostics);
        let unreached = settings::apply(&mut schemas, &corrections);
        let unreached: Vec<Diagnostic> = unreached
            .into_iter()
            .map(|correction| changes_nothing(&correction.entry, release, "no event reaches its place"))
            .collect();
        schemas.find_cycles(&mut diagnostics);
        diagnostics.into_result(())?;
        let Recognized { events, diagnostics, without_kind } = events::recognize(&schemas, &config);
        let mut model = Self {
            release,
            config,
            schemas,
            events,
            corrections,
            invalid_examples,
            diagnostics: diagnostics.0,
            unreached: Vec::new(),
            without_kind,
            unused: [unused, unreached].concat(),
        };
        if model.diagnostics.is_empty() {
            let without_effect = [events::unused(&model), model.without_effect()].concat();
            model.unused.extend(without_effect);
            model.unreached = model.unreached_files();
        }
        Ok(model)
    }

    /// The address of the section of the specification on an event type.
    pub(crate) fn link(&self, event_type: &str, file: &str) -> String {
        let release = self.release.map_or("latest".to_owned(), |release| release.to_string());
        let section = match self.config.folder_of(file) {
            Some(folder) => folder.section.clone(),
            None => format!("client-server-api/#{}", event_type.replace('.', "")),
        };
        format!("https://spec.matrix.org/{release}/{section}")
    }

    /// The corrections that change nothing.
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
                Change::Aliases(_) if correction.at.pointer.is_empty() && !is_event(&correction.at) => {
                    Some("its place is neither an event nor a property".to_owned())
                }
                _ => effects.none_of(correction),
            };
            unused.extend(why.map(|why| changes_nothing(&correction.entry, self.release, &why)));
        }
        unused
    }

    /// The files of event schemas that no event refers to.
    fn unreached_files(&self) -> Vec<Diagnostic> {
        let events = self.events.iter().flat_map(EventType::schemas).map(|schema| &schema.origin);
        let envelopes = self.config.envelopes.iter().map(|envelope| &envelope.schema);
        let reached = self.schemas.files_reached(events.chain(envelopes));
        let is_of_events = |file: &str| file.starts_with(SCHEMAS) || self.config.folder_of(file).is_some();
        let files: BTreeSet<&String> = self.schemas.iter().map(|(origin, _)| &origin.file).collect();
        let unreached = files.into_iter().filter(|file| is_of_events(file) && !reached.contains(*file));
        let diagnostic = |file: &String| {
            Diagnostic::at(&Origin::file(file), "no event refers to this file, and it states no event `type`")
                .expected("an event schema with an `enum` for its `type`, or a definition that one refers to")
                .help("state the `type` under `properties`, refer to the file, or remove it")
        };
        unreached.map(diagnostic).collect()
    }
}

/// The schemas to be loaded: those of the events, and those that the settings refer to.
fn references(
    sources: &Sources<'_>,
    release: Option<Version>,
    config: &Config,
    corrections: &[Correction],
) -> Vec<Reference> {
    let folders = std::iter::once(SCHEMAS).chain(config.folders.keys().map(String::as_str));
    let files = folders.flat_map(|folder| sources.below(folder));
    let mut references: Vec<Reference> =
        files.map(|file| Reference { target: Origin::file(file), from: None }).collect();
    let envelopes = config.envelopes.iter().flat_map(|envelope| {
        let schema = Reference { target: envelope.schema.clone(), from: Some(envelope.origin.child("schema")) };
        envelope.adds.iter().flat_map(schema::references).chain([schema])
    });
    let mut stated: Vec<Reference> = envelopes.chain(corrections.iter().flat_map(Correction::references)).collect();
    if release.is_none() {
        // An entry may be for another release.
        stated.iter_mut().for_each(|reference| reference.from = None);
    }
    references.extend(stated);
    references
}
