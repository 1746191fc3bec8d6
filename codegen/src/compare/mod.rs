//! Compares the meaning of two spec trees: the generated types and the valid values.
//!
//! Schemas are compared after `$ref` and `allOf` are merged. A definition that moves to another file is not a change. Types are
//! compared in the IR.

mod api;
mod finding;
mod group;
mod join;
mod place;
mod shape;
mod sides;
mod since;
mod value;
mod walk;

use std::collections::BTreeSet;

pub use finding::{Api, Comparison, Disagreement, Finding, SchemaChange, Subject, Validation};

use self::place::SchemaPath;
use self::sides::Sides;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::events::EventType;
use crate::ir::Root;
use crate::lower::{self, Lowered};
use crate::model::Model;
use crate::pipeline::{all_files, unused_fixes};
use crate::proposals;
use crate::schema::Parts;
use crate::source::Sources;
use crate::Input;

/// The error of a tree whose schemas cannot be parsed.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Set if the later tree has the errors.
    pub is_later: bool,
    /// The errors.
    pub diagnostics: Diagnostics,
}

/// A tree, and the types that could be decided from it.
struct ComparedTree<'m> {
    model: &'m Model,
    lowered: Lowered<'m>,
}

/// Compares two trees. If the schemas of the later tree can be parsed, the tree may have other errors.
///
/// # Errors
///
/// Returns the errors of the schemas that cannot be parsed.
pub fn compare(before: &Input<'_>, after: &Input<'_>) -> Result<Comparison, Unreadable> {
    // A release has neither proposals nor schemas of the prose.
    let released = Sides { before, after }.map(|input| proposals::without(input.files, |_| true));
    let before = Input { files: &released.before, ..*before };
    let after = Input { files: &released.after, ..*after };
    let inputs = Sides { before: &before, after: &after };
    let files = inputs.map(|input| all_files(input, None));
    let Sides { before: mut old_sources, after: mut new_sources } = files.as_ref().map(Sources::new);
    let models =
        Sides { before: load(&before, &mut old_sources, false)?, after: load(&after, &mut new_sources, true)? };
    let trees = models.as_ref().map(|model| ComparedTree { model, lowered: lower::lower(model) });
    let walked = walk(trees.as_ref());
    let mut rust = api::changes(trees.as_ref().map(|tree| &tree.lowered.ir));
    let Sides { after: ComparedTree { model, lowered }, .. } = trees;
    let diagnostics = [model.diagnostics.clone(), lowered.diagnostics].concat();
    let is_whole = diagnostics.is_empty();
    if !is_whole {
        // A missing type may be a type that could not be decided.
        rust.retain(|change| change.origins.after.is_some());
    }
    let unknown = |name: &str| !lowered.ir.events.iter().any(|event| file_name(&event.file) == name);
    let findings = group::group(join::join(walked.changes, rust, &unknown));
    let releases = inputs.map(|input| input.release);
    let disagreements = match releases {
        Sides { before: Some(before), after: Some(after) } => since::disagreements(&walked.dated, before, after),
        _ => Vec::new(),
    };
    let unused = [model.unused.clone(), lowered.unused, unused_fixes(&new_sources, releases.after)].concat();
    Ok(Comparison {
        before: releases.before,
        after: releases.after,
        findings,
        disagreements,
        unplaced: new_sources.diagnose(model.without_kind.clone()),
        problems: new_sources.diagnose([diagnostics, model.unreached.clone(), walked.diagnostics].concat()),
        unused: new_sources.diagnose(unused),
        is_whole,
    })
}

fn load(input: &Input<'_>, sources: &mut Sources<'_>, is_later: bool) -> Result<Model, Unreadable> {
    let model = Model::load(sources, input.release, input.settings, None);
    model.map_err(|diagnostics| Unreadable { is_later, diagnostics: sources.diagnose(diagnostics) })
}

impl<'m> ComparedTree<'m> {
    /// Returns the names of the files that describe events.
    fn names(&self) -> impl Iterator<Item = &'m str> {
        let files = self.model.events.iter().flat_map(EventType::schemas).map(|schema| &schema.origin.file);
        files.map(|file| file_name(file))
    }

    /// Returns the schema of an event by the name of its file.
    fn event(&self, name: &str) -> Option<Parts<'m>> {
        let mut schemas = self.model.events.iter().flat_map(EventType::schemas);
        let schema = schemas.find(|schema| file_name(&schema.origin.file) == name)?;
        self.model.schemas.get(&schema.origin).map(Parts::from)
    }

    /// Returns the roots, which are the bodies.
    fn roots(&self) -> impl Iterator<Item = &Root> {
        self.lowered.ir.roots.iter()
    }

    /// Returns the schema of a body by its name.
    fn body(&self, name: &str) -> Option<Parts<'m>> {
        let root = self.roots().find(|root| root.name == name)?;
        self.model.schemas.get(&root.origin).map(Parts::from)
    }

    fn kinds(&self, name: &str) -> Vec<String> {
        let event = self.lowered.ir.events.iter().find(|event| file_name(&event.file) == name);
        let kinds = event.map(|event| event.kinds.as_slice()).unwrap_or_default();
        kinds.iter().map(|kind| kind.name().to_owned()).collect()
    }
}

/// Returns the name of a file without its folder and extension. Files in `api` keep the folder, because ephemeral data units
/// and events may have equal types.
fn file_name(file: &str) -> &str {
    let name = file.strip_prefix("api/").or_else(|| file.rsplit('/').next()).unwrap_or_default();
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".json")).unwrap_or(name)
}

/// Values with the event or definition that each was found in.
type Of<T> = Vec<(Subject, T)>;

struct Walked {
    changes: Of<walk::Changed>,
    dated: Of<walk::Dated>,
    diagnostics: Vec<Diagnostic>,
}

/// Walks through all events and bodies, and then through the definitions that none of them refers to.
fn walk(trees: Sides<&ComparedTree<'_>>) -> Walked {
    let mut walked = Walked { changes: Vec::new(), dated: Vec::new(), diagnostics: Vec::new() };
    let mut seen = BTreeSet::new();
    let schemas = trees.map(|tree| &tree.model.schemas);
    let names: BTreeSet<&str> = trees.before.names().chain(trees.after.names()).collect();
    for name in names {
        let mut walk = walk::Walk::new(schemas);
        event(&mut walk, trees, name);
        walked.add(walk, &Subject::Event(name.to_owned()), &mut seen);
    }
    let roots: BTreeSet<&str> =
        trees.before.roots().chain(trees.after.roots()).map(|root| root.name.as_str()).collect();
    for name in roots {
        let mut walk = walk::Walk::new(schemas);
        body(&mut walk, trees, name);
        walked.add(walk, &Subject::Body(name.to_owned()), &mut seen);
    }
    for (origin, before) in schemas.before.iter().filter(|(origin, _)| origin.pointer.is_empty()) {
        let is_event = trees.before.names().any(|name| name == file_name(&origin.file));
        if let Some(after) = schemas.after.get(origin).filter(|_| !is_event && !seen.contains(&origin.file)) {
            let mut walk = walk::Walk::new(schemas);
            let pair = Sides { before: Parts::from(before), after: Parts::from(after) };
            walk.pair(pair.as_ref(), &SchemaPath::root(pair.as_ref().map(Some), &origin.file));
            let subject = Subject::Shared { file: origin.file.clone(), events: Vec::new() };
            walked.add(walk, &subject, &mut BTreeSet::new());
        }
    }
    walked
}

impl Walked {
    fn add(&mut self, walk: walk::Walk<'_>, subject: &Subject, seen: &mut BTreeSet<String>) {
        self.changes.extend(walk.changes.into_iter().map(|change| (subject.clone(), change)));
        self.dated.extend(walk.dated.into_iter().map(|dated| (subject.clone(), dated)));
        self.diagnostics.extend(walk.diagnostics);
        seen.extend(walk.files);
    }
}

fn event<'m>(walk: &mut walk::Walk<'m>, trees: Sides<&ComparedTree<'m>>, name: &str) {
    let schemas = trees.map(|tree| tree.event(name));
    let kinds = trees.map(|tree| tree.kinds(name));
    let file = schemas.as_ref().map(Option::as_ref).latest().map(|schemas| schemas.origin().file).unwrap_or_default();
    let place = SchemaPath::root(schemas.as_ref().map(Option::as_ref), &file);
    match schemas.as_ref().map(Option::as_ref) {
        Sides { before: Some(before), after: Some(after) } => {
            // An event that could not be lowered has no kinds.
            if kinds.differ() && !kinds.after.is_empty() {
                let change = SchemaChange::Kinds { before: kinds.before, after: kinds.after };
                walk.note(&place, change, Validation::Same);
            }
            walk.pair(Sides { before, after }, &place);
        }
        Sides { before: None, after: Some(after) } => {
            walk.new_event(after, &place);
            walk.note(&place, SchemaChange::EventAdded { kinds: kinds.after }, Validation::Stricter);
        }
        Sides { before: Some(_), after: None } => {
            walk.note(&place, SchemaChange::EventRemoved { kinds: kinds.before }, Validation::Looser);
        }
        Sides { before: None, after: None } => {}
    }
}

fn body<'m>(walk: &mut walk::Walk<'m>, trees: Sides<&ComparedTree<'m>>, name: &str) {
    let schemas = trees.map(|tree| tree.body(name));
    let file = schemas.as_ref().map(Option::as_ref).latest().map(|schemas| schemas.origin().file).unwrap_or_default();
    let place = SchemaPath::root(schemas.as_ref().map(Option::as_ref), &file);
    match schemas.as_ref().map(Option::as_ref) {
        Sides { before: Some(before), after: Some(after) } => walk.pair(Sides { before, after }, &place),
        Sides { before: None, after: Some(_) } => walk.note(&place, SchemaChange::BodyAdded, Validation::Stricter),
        Sides { before: Some(_), after: None } => walk.note(&place, SchemaChange::BodyRemoved, Validation::Looser),
        Sides { before: None, after: None } => {}
    }
}
