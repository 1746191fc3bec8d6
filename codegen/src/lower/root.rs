//! The roots: schemas other than those of events, such as the bodies of responses.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{docs, Destination, Lowering};
use crate::diagnostics::{one_of, Diagnostic, Origin};
use crate::ir::{Docs, EventPlace, ModulePath, Presence, Root, Step, Type, ANY};
use crate::proposals;
use crate::schema::{MergedSchema, Parts, View};
use crate::settings::{changes_nothing, Change, Correction, RootEntry};
use crate::source::flow_string;

/// The root that is lowered.
pub(super) struct State<'m> {
    entry: &'m RootEntry,
    /// The enums of events, by the paths of the events. `None` for events that no path leads to.
    found: BTreeMap<Option<Vec<Step>>, String>,
    /// The places of the schemas of envelopes.
    envelopes: Rc<BTreeSet<Origin>>,
}

impl State<'_> {
    /// Returns the module of the definitions that several roots share, which is the module that contains those of the roots.
    pub(super) fn shared_module(&self) -> ModulePath {
        self.entry.module.iter().take(1).cloned().collect()
    }
}

pub(super) fn lower(lowering: &mut Lowering<'_>) {
    let model = lowering.model;
    lowering.referenced_once = model.schemas.referenced_once(&model.schemas.origins(), model.specification.as_ref());
    let outcome = envelopes(lowering);
    let envelopes = Rc::new(lowering.diagnostics.note(outcome).unwrap_or_default());
    for entry in &model.config.roots {
        lowering.root = Some(State { entry, found: BTreeMap::new(), envelopes: Rc::clone(&envelopes) });
        let outcome = one(lowering, entry);
        let root = lowering.diagnostics.note(outcome).flatten();
        let outcome = root.iter().try_for_each(|root| has_fields(lowering, entry, root));
        lowering.diagnostics.note(outcome);
        lowering.ir.roots.extend(root);
    }
    lowering.root = None;
}

/// Checks that each place of events in a root is in a field, in the values of a map, or in a list.
fn has_fields(lowering: &Lowering<'_>, entry: &RootEntry, root: &Root) -> Result<(), Diagnostic> {
    // A root whose type is an enum of events has no other type to iterate over.
    let mut places = root.events.iter().filter(|_| root.any.is_none());
    match places.find(|place| lowering.ir.parts_on(root, &place.path).is_none()) {
        None => Ok(()),
        Some(place) => {
            let path = Step::text(&place.path);
            Err(Diagnostic::at(&entry.origin, format!("unsupported place of events: `{path}` is not a path of fields"))
                .expected("objects with declared properties, maps and lists on the path")
                .help("remove the path from `events` of the entry")
                .or_in_generator("support the types on the path in `Ir::parts_on` and in codegen/src/emit/root.rs"))
        }
    }
}

/// Returns the places of the schemas of envelopes, and of the schemas that they refer to.
fn envelopes(lowering: &Lowering<'_>) -> Result<BTreeSet<Origin>, Diagnostic> {
    let envelopes = lowering.model.config.envelopes.iter();
    let schemas = envelopes.filter_map(|envelope| lowering.schemas.get(&envelope.schema));
    let parts = schemas.map(|schema| lowering.schemas.expand(&schema.into(), View::Release));
    let parts = parts.collect::<Result<Vec<_>, Diagnostic>>()?;
    Ok(parts.into_iter().flatten().map(|part| part.origin.clone()).collect())
}

/// Lowers a root. An older release may lack its schema.
fn one<'m>(lowering: &mut Lowering<'m>, entry: &'m RootEntry) -> Result<Option<Root>, Diagnostic> {
    let Some(schema) = lowering.schemas.get(&entry.schema) else { return Ok(None) };
    let mut merged = lowering.merge(&Parts::from(schema))?;
    if let Some((any, origin)) = &entry.any {
        lowering.known_enum(any, origin)?;
        return Ok(Some(of_enum(lowering, entry, any, &merged)));
    }
    merged.title = Some(entry.name.clone());
    merged.description = entry.description.clone().or(merged.description);
    let to = Destination { path: Some(Vec::new()), ..Destination::new(entry.module.clone(), &entry.name) };
    let ty = lowering.type_of_merged(&merged, &to)?;
    let list = match ty {
        Type::Named(module, name) if (&module, &name) == (&entry.module, &entry.name) => None,
        list @ Type::Events(_) => Some(list),
        _ => {
            let is_name = |one: &&Correction| one.at == entry.schema && matches!(one.change, Change::TypeName(_));
            if let Some(name) = lowering.model.corrections.iter().find(is_name) {
                return Err(Diagnostic::at(&name.entry, "the place is a root, whose entry has its name")
                    .other(&entry.origin)
                    .expected("a place below a root, or of another schema")
                    .help("remove the entry, and write the name in the entry under `roots`"));
            }
            let message = "unsupported root: the schema has neither properties nor a list of events";
            return Err(Diagnostic::at(&entry.origin.child("at"), message)
                .expected("the schema of an object with properties, or of a list of events")
                .help("name the schema of an object")
                .or_in_generator("support the schema in codegen/src/lower/root.rs"));
        }
    };
    // The module of a list may have no other type.
    let module = lowering.ir.modules.entry(entry.module.clone()).or_default();
    if list.is_some() && !module.files.contains(&entry.schema.file) {
        module.files.push(entry.schema.file.clone());
        module.files.sort();
    }
    let events = events(lowering, entry)?;
    let docs = Docs { link: link(lowering, entry), ..docs(&merged, None) };
    let item = lowering
        .ir
        .modules
        .get_mut(&entry.module)
        .and_then(|module| module.items.iter_mut().find(|item| item.name == entry.name));
    if let Some(item) = item {
        item.docs.link.clone_from(&docs.link);
    }
    let number = proposals::number_of(&entry.schema.file);
    let proposal = lowering.ir.proposals.iter_mut().find(|proposal| Some(proposal.number) == number);
    proposal.into_iter().for_each(|proposal| proposal.features.extend(entry.feature.clone()));
    Ok(Some(Root {
        name: entry.name.clone(),
        module: entry.module.clone(),
        feature: entry.feature.clone(),
        docs,
        origin: entry.schema.clone(),
        events,
        any: None,
        list,
    }))
}

/// Returns the URL of the section of the specification, or of the proposal.
fn link(lowering: &Lowering<'_>, entry: &RootEntry) -> Option<String> {
    let model = lowering.model;
    let release = model.release.map_or("latest".to_owned(), |release| release.to_string());
    let section = entry.section.as_ref().map(|section| format!("https://spec.matrix.org/{release}/{section}"));
    model.proposal_of(&entry.schema.file).map(|proposal| proposal.url.clone()).or(section)
}

/// Lowers a root whose type is an enum of events. The code has the schema alone, in the module of the root.
fn of_enum(lowering: &mut Lowering<'_>, entry: &RootEntry, any: &str, merged: &MergedSchema<'_>) -> Root {
    let docs = Docs { link: link(lowering, entry), ..docs(merged, None) };
    let files = &mut lowering.ir.modules.entry(entry.module.clone()).or_default().files;
    if !files.contains(&entry.schema.file) {
        files.push(entry.schema.file.clone());
        files.sort();
    }
    Root {
        name: entry.name.clone(),
        module: entry.module.clone(),
        feature: entry.feature.clone(),
        docs: Docs { text: entry.description.clone().or(docs.text.clone()), ..docs },
        origin: entry.schema.clone(),
        events: vec![EventPlace { path: Vec::new(), any: any.to_owned() }],
        any: Some(any.to_owned()),
        list: None,
    }
}

/// Returns the places of the events in a root. Fails if the schema has no place for an entry, or an event has no path.
fn events(lowering: &mut Lowering<'_>, entry: &RootEntry) -> Result<Vec<EventPlace>, Diagnostic> {
    let Some(State { found, .. }) = &lowering.root else { return Ok(Vec::new()) };
    if let Some(any) = found.get(&None) {
        return Err(Diagnostic::at(&entry.origin, format!("a definition contains events of the type `{any}`"))
            .expected("the path of each event under `events`")
            .help("add the paths of these events to `events` of the entry"));
    }
    let has = |text: &String| found.keys().flatten().any(|path| Step::text(path) == *text);
    let unused = entry.events.iter().filter(|(path, ..)| !has(path));
    let unused = unused.map(|(path, _, origin)| {
        changes_nothing(origin, lowering.model.release, &format!("the schema has no list and no event at `{path}`"))
    });
    let unused: Vec<Diagnostic> = unused.collect();
    let places = found.iter().filter_map(|(path, any)| Some((path.clone()?, any.clone())));
    let places = places.map(|(path, any)| EventPlace { path, any }).collect();
    lowering.unused_roots.extend(unused);
    Ok(places)
}

impl<'m> Lowering<'m> {
    /// Returns the enum of the events at a place, if an entry names one.
    pub(super) fn event_at(&mut self, to: &Destination) -> Result<Option<Type>, Diagnostic> {
        let (Some(State { entry, found, .. }), Some(path)) = (&mut self.root, &to.path) else { return Ok(None) };
        let Some((_, any, origin)) = entry.events.iter().find(|(known, ..)| *known == Step::text(path)) else {
            return Ok(None);
        };
        found.insert(Some(path.clone()), any.clone());
        self.known_enum(any, origin)?;
        Ok(Some(Type::Named(vec![ANY.to_owned()], any.clone())))
    }

    /// Checks that an enum of events exists.
    fn known_enum(&self, any: &str, origin: &Origin) -> Result<(), Diagnostic> {
        let known: Vec<&str> = self.model.config.any.iter().map(|any| any.name.as_str()).collect();
        match known.contains(&any) {
            true => Ok(()),
            false => Err(Diagnostic::at(origin, format!("unknown enum `{any}`"))
                .expected(one_of(&known))
                .help("write the name of an enum, or add an entry under `any`")),
        }
    }

    /// Returns `true` if an entry names the enum of events below a place.
    pub(super) fn has_events_below(&self, to: &Destination) -> bool {
        let (Some(State { entry, .. }), Some(path)) = (&self.root, &to.path) else { return false };
        let path = Step::text(path);
        let is_below = |(known, ..): &(String, String, Origin)| {
            known.strip_prefix(path.as_str()).is_some_and(|rest| path.is_empty() || rest.starts_with(['.', '[']))
        };
        entry.events.iter().any(is_below)
    }

    /// Returns `true` for the list of events of a root, in which an invalid element does not fail the list. Notes the place of the
    /// events.
    pub(super) fn is_list_of_events(&mut self, items: &Type, to: &Destination) -> bool {
        match (&mut self.root, items) {
            (Some(State { found, .. }), Type::Named(module, any)) if *module == [ANY] => {
                found.insert(to.path.clone(), any.clone());
                true
            }
            _ => false,
        }
    }

    /// Checks that the schema of an object in a root is not that of an event. Types for events exist.
    pub(super) fn no_event(&self, schema: &MergedSchema<'m>, to: &Destination) -> Result<(), Diagnostic> {
        let Some(State { entry, envelopes, .. }) = &self.root else { return Ok(()) };
        if !schema.parts.iter().any(|part| envelopes.contains(&part.origin)) {
            return Ok(());
        }
        let path = to.path.as_deref().map_or("the path of the event".to_owned(), Step::text);
        Err(Diagnostic::at(&entry.origin, format!("the root `{}` has events without an enum", entry.name))
            .other(&schema.origin)
            .expected("the enum of each event under `events`")
            .help(format!("add `{}: Any…` under `events` of the entry", flow_string(&path))))
    }

    /// Checks that a definition in a root is not the schema of an event, unless an enum has the schema.
    pub(super) fn no_definition_of_event(&self, target: &Origin, to: &Destination) -> Result<(), Diagnostic> {
        let has_enum = |target| self.model.config.any.iter().any(|any| any.schema.as_ref() == Some(target));
        match self.schemas.get(target).filter(|_| self.root.is_some() && !has_enum(target)) {
            Some(schema) => self.no_event(&self.merge(&schema.into())?, to),
            None => Ok(()),
        }
    }

    /// Returns the presence of a field of a root, which is never required, so that an invalid value costs the field alone.
    pub(super) fn presence_in_root(&self, presence: Presence) -> Presence {
        match presence {
            Presence::Required if self.root.is_some() => Presence::Expected,
            presence => presence,
        }
    }
}
