//! The corrected schemas of a tree, the events that they describe, and the configuration.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::events::{self, EventType, Recognized};
use crate::ir::Event;
use crate::schema::{self, Reference, Schema, SchemaSet};
use crate::settings::{self, changes_nothing, Change, Config, Correction, Effects, SettingsEntries};
use crate::source::{Sources, SCHEMAS};
use crate::version::Version;
use crate::Settings;

/// The input of the lowering, the constraints and the comparison.
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
        let mut diagnostics = Diagnostics::default();
        let references = references(sources, release, &config, &corrections);
        let mut schemas = SchemaSet::load(sources, references, &mut diagnostics);
        let unreached = settings::apply(&mut schemas, &corrections);
        let unreached: Vec<Diagnostic> = unreached
            .into_iter()
            .map(|correction| changes_nothing(&correction.entry, release, "no event refers to the place"))
            .collect();
        schemas.find_cycles(&mut diagnostics);
        diagnostics.extend(schemas.iter().flat_map(|(_, schema)| unknown_releases(schema, release)));
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

    /// Returns the URL of the section of the specification about an event type.
    pub(crate) fn link(&self, event_type: &str, file: &str) -> String {
        let release = self.release.map_or("latest".to_owned(), |release| release.to_string());
        let section = match self.config.folder_of(file) {
            Some(folder) => folder.section.clone(),
            None => format!("client-server-api/#{}", event_type.replace('.', "")),
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
                Change::Aliases(_) if correction.at.pointer.is_empty() && !is_event(&correction.at) => {
                    Some("the place is neither an event nor a property".to_owned())
                }
                _ => effects.none_of(correction),
            };
            unused.extend(why.map(|why| changes_nothing(&correction.entry, self.release, &why)));
        }
        unused
    }

    /// Returns the errors of event schemas that no event refers to.
    fn unreached_files(&self) -> Vec<Diagnostic> {
        let events = self.events.iter().flat_map(EventType::schemas).map(|schema| &schema.origin);
        let envelopes = self.config.envelopes.iter().map(|envelope| &envelope.schema);
        let reached = self.schemas.files_reached(events.chain(envelopes));
        let is_of_events = |file: &str| file.starts_with(SCHEMAS) || self.config.folder_of(file).is_some();
        let files: BTreeSet<&String> = self.schemas.iter().map(|(origin, _)| &origin.file).collect();
        let unreached = files.into_iter().filter(|file| is_of_events(file) && !reached.contains(*file));
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
        // Without a known release, an entry may apply to another one.
        stated.iter_mut().for_each(|reference| reference.from = None);
    }
    references.extend(stated);
    references
}
