//! What changed in meaning from one spec tree to another: for those who use the types, and for what is valid.
//!
//! The schemas are compared as they are after `$ref` and `allOf`, so that a definition that moves to another file is no
//! change; the types as they are in the IR.

mod api;
mod finding;
mod group;
mod join;
mod place;
mod shape;
mod since;
mod value;
mod walk;

use std::collections::BTreeSet;

pub use finding::{Api, Change, Comparison, Disagreement, Finding, Subject, Validation};

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::events::EventType;
use crate::lower::{self, Lowered};
use crate::model::Model;
use crate::pipeline::all_files;
use crate::schema::Parts;
use crate::source::Sources;
use crate::Input;

/// A tree that can't be compared: its schemas can't be read.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Whether it is the later one.
    pub is_later: bool,
    /// Why.
    pub diagnostics: Diagnostics,
}

/// A tree, and the types that could be decided from it.
struct Side<'m> {
    model: &'m Model,
    lowered: Lowered<'m>,
}

/// Compares what two trees mean. The later one may have mistakes that keep its types from being generated, as long as its
/// schemas can be read.
///
/// # Errors
///
/// Schemas that can't be read, and which of the trees has them.
pub fn compare(before: &Input<'_>, after: &Input<'_>) -> Result<Comparison, Unreadable> {
    let files = [before, after].map(|input| all_files(input, None));
    let [mut old_sources, mut new_sources] = files.each_ref().map(Sources::new);
    let old = load(before, &mut old_sources, false)?;
    let new = load(after, &mut new_sources, true)?;
    let [old, new] = [&old, &new].map(|model| Side { model, lowered: lower::lower(model) });
    let walked = walk(&old, &new);
    let mut rust = api::changes(&old.lowered.ir, &new.lowered.ir);
    let diagnostics = [new.model.diagnostics.clone(), new.lowered.diagnostics.clone()].concat();
    let is_whole = diagnostics.is_empty();
    if !is_whole {
        // A type that isn't there may be one that only couldn't be made.
        rust.retain(|change| change.after.is_some());
    }
    let unknown = |name: &str| !new.lowered.ir.events.iter().any(|event| file_name(&event.file) == name);
    let findings = group::group(join::join(walked.changes, rust, &unknown));
    let disagreements = match (before.release, after.release) {
        (Some(before), Some(after)) => since::disagreements(&walked.dated, before, after),
        _ => Vec::new(),
    };
    Ok(Comparison {
        before: before.release,
        after: after.release,
        findings,
        disagreements,
        unplaced: new_sources.diagnose(new.model.without_kind.clone()),
        diagnostics: new_sources.diagnose([diagnostics, new.model.unreached.clone(), walked.diagnostics].concat()),
        unused: new_sources.diagnose([new.model.unused.clone(), new.lowered.unused.clone()].concat()),
        is_whole,
    })
}

fn load(input: &Input<'_>, sources: &mut Sources<'_>, is_later: bool) -> Result<Model, Unreadable> {
    let model = Model::load(sources, input.release, input.settings, None);
    model.map_err(|diagnostics| Unreadable { is_later, diagnostics: sources.diagnose(diagnostics) })
}

impl<'m> Side<'m> {
    /// The names of the files that describe events.
    fn names(&self) -> impl Iterator<Item = &'m str> {
        let files = self.model.events.iter().flat_map(EventType::schemas).map(|schema| &schema.origin.file);
        files.map(|file| file_name(file))
    }

    /// The schema of an event by the name of its file.
    fn event(&self, name: &str) -> Option<Parts<'m>> {
        let mut schemas = self.model.events.iter().flat_map(EventType::schemas);
        let schema = schemas.find(|schema| file_name(&schema.origin.file) == name)?;
        self.model.schemas.get(&schema.origin).map(Parts::from)
    }

    fn kinds(&self, name: &str) -> Vec<String> {
        let event = self.lowered.ir.events.iter().find(|event| file_name(&event.file) == name);
        let kinds = event.map(|event| event.kinds.as_slice()).unwrap_or_default();
        kinds.iter().map(|kind| kind.name().to_owned()).collect()
    }
}

/// The type of an event, and the variant, as the name of its file has them. Ephemeral data units, of which the types may be
/// those of events, keep their folder.
fn file_name(file: &str) -> &str {
    let name = file.strip_prefix("api/").or_else(|| file.rsplit('/').next()).unwrap_or_default();
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".json")).unwrap_or(name)
}

/// A change, and the event or definition that it was found in.
type Of<T> = Vec<(Subject, T)>;

struct Walked {
    changes: Of<walk::Changed>,
    dated: Of<walk::Dated>,
    diagnostics: Vec<Diagnostic>,
}

/// Walks through all events, and then through the definitions that no event of theirs leads to.
fn walk(old: &Side<'_>, new: &Side<'_>) -> Walked {
    let mut walked = Walked { changes: Vec::new(), dated: Vec::new(), diagnostics: Vec::new() };
    let mut seen = BTreeSet::new();
    let names: BTreeSet<&str> = old.names().chain(new.names()).collect();
    for name in &names {
        let mut walk = walk::Walk::new(&old.model.schemas, &new.model.schemas);
        event(&mut walk, old, new, name);
        walked.add(walk, &Subject::Event((*name).to_owned()), &mut seen);
    }
    for (origin, before) in old.model.schemas.iter().filter(|(origin, _)| origin.pointer.is_empty()) {
        let is_event = old.names().any(|name| name == file_name(&origin.file));
        if let Some(after) = new.model.schemas.get(origin).filter(|_| !is_event && !seen.contains(&origin.file)) {
            let mut walk = walk::Walk::new(&old.model.schemas, &new.model.schemas);
            let (before, after) = (before.into(), after.into());
            walk.pair(&before, &after, &place::Place::root(Some(&before), Some(&after), &origin.file));
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

fn event<'m>(walk: &mut walk::Walk<'m>, old: &Side<'m>, new: &Side<'m>, name: &str) {
    let (before, after) = (old.event(name), new.event(name));
    let (old_kinds, new_kinds) = (old.kinds(name), new.kinds(name));
    let file = after.as_ref().or(before.as_ref()).map(|schemas| schemas.origin().file).unwrap_or_default();
    let place = place::Place::root(before.as_ref(), after.as_ref(), &file);
    match (before, after) {
        (Some(before), Some(after)) => {
            // A tree that isn't understood says nothing of kinds.
            if old_kinds != new_kinds && !new_kinds.is_empty() {
                let change = Change::Kinds { before: old_kinds, after: new_kinds };
                walk.note(&place, change, Validation::Same);
            }
            walk.pair(&before, &after, &place);
        }
        (None, Some(after)) => {
            walk.new_event(&after, &place);
            walk.note(&place, Change::EventAdded { kinds: new_kinds }, Validation::Stricter);
        }
        (Some(_), None) => walk.note(&place, Change::EventRemoved { kinds: old_kinds }, Validation::Looser),
        (None, None) => {}
    }
}
