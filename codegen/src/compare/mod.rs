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

use std::collections::{BTreeMap, BTreeSet};

pub use finding::{Api, Change, Comparison, Disagreement, Finding, Subject, Validation};

use crate::diagnostics::{Diagnostics, Origin, Problem};
use crate::ir::{Ir, Kind};
use crate::lower::{self, Partly};
use crate::resolve::{self, Library};
use crate::schema::Schema;
use crate::source::Sources;
use crate::source::SCHEMAS;
use crate::{overrides, Input};

/// A tree that can't be compared: its schemas can't be read.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Whether it is the later one.
    pub is_later: bool,
    /// Why.
    pub diagnostics: Diagnostics,
}

/// What a tree means.
struct Side {
    library: Library,
    ir: Ir,
    /// The schemas of events, by the names of their files.
    events: BTreeMap<String, Origin>,
    problems: Vec<Problem>,
    unplaced: Vec<Problem>,
    unused: Vec<Problem>,
    is_whole: bool,
}

/// Compares what two trees mean. The later one may have mistakes that keep its types from being generated, as long as its
/// schemas can be read.
///
/// # Errors
///
/// Schemas that can't be read, and which of the trees has them.
pub fn compare(before: &Input<'_>, after: &Input<'_>) -> Result<Comparison, Unreadable> {
    let files = [before, after].map(Input::all_files);
    let [mut old_sources, mut new_sources] = files.each_ref().map(Sources::new);
    let unreadable = |is_later: bool| move |diagnostics| Unreadable { is_later, diagnostics };
    let old = read(before, &mut old_sources).map_err(|all| old_sources.diagnose(all)).map_err(unreadable(false))?;
    let new = read(after, &mut new_sources).map_err(|all| new_sources.diagnose(all)).map_err(unreadable(true))?;
    let walked = walk(&old, &new);
    let mut rust = api::changes(&old.ir, &new.ir);
    if !new.problems.is_empty() {
        // A type that isn't there may be one that only couldn't be made.
        rust.retain(|change| change.after.is_some());
    }
    let unknown = |name: &str| !new.ir.events.iter().any(|event| file_name(&event.file) == name);
    let findings = group::group(join::join(walked.changes, rust, &unknown));
    let disagreements = match (before.release, after.release) {
        (Some(before), Some(after)) => since::disagreements(&walked.dated, before, after),
        _ => Vec::new(),
    };
    let problems = new_sources.diagnose(new.problems.into_iter().chain(walked.problems).collect());
    let [unplaced, unused] = [new.unplaced, new.unused].map(|problems| new_sources.diagnose(problems));
    let (before, after) = (before.release, after.release);
    Ok(Comparison { before, after, findings, disagreements, unplaced, problems, unused, is_whole: new.is_whole })
}

fn read(input: &Input<'_>, sources: &mut Sources<'_>) -> Result<Side, Vec<Problem>> {
    let overrides = overrides::read(sources, input.overrides.0, input.release)?;
    let library = resolve::resolve(sources, &overrides)?;
    let Partly { ir, problems, unplaced, is_whole, .. } = lower::partly(&library, &overrides, input.release);
    // What examples ask for is asked with them alone, and isn't a matter of meaning.
    let unused = match is_whole {
        true => overrides.unused_by_schemas(),
        // Of what couldn't be decided, nobody has asked what overrides say.
        false => overrides.unused_without_file(|file| sources.exists(file)),
    };
    let events = events(&library, &ir);
    Ok(Side { library, ir, events, problems, unplaced, unused, is_whole })
}

/// The files that describe events: those that the IR has, and those that pin a type but couldn't be understood.
fn events(library: &Library, ir: &Ir) -> BTreeMap<String, Origin> {
    let known: BTreeSet<&str> = ir.events.iter().map(|event| event.file.as_str()).collect();
    let is_event = |origin: &Origin, schema: &Schema| {
        let is_there = origin.file.rsplit_once('/').is_some_and(|(folder, _)| folder == SCHEMAS);
        let pinned = || {
            let flat = library.flatten(schema).ok()?;
            library.flatten(flat.property("type")?).ok()?.values
        };
        known.contains(origin.file.as_str()) || (is_there && pinned().is_some())
    };
    let roots = library.iter().filter(|(origin, _)| origin.pointer.is_empty());
    let events = roots.filter(|(origin, schema)| is_event(origin, schema));
    events.map(|(origin, _)| (file_name(&origin.file).to_owned(), origin.clone())).collect()
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
    problems: Vec<Problem>,
}

/// Walks through all events, and then through the definitions that no event of theirs leads to.
fn walk(old: &Side, new: &Side) -> Walked {
    let mut walked = Walked { changes: Vec::new(), dated: Vec::new(), problems: Vec::new() };
    let mut seen = BTreeSet::new();
    let names: BTreeSet<&String> = old.events.keys().chain(new.events.keys()).collect();
    for name in names {
        let [before, after] = [old, new].map(|side| side.events.get(name).and_then(|origin| side.library.get(origin)));
        let mut walk = walk::Walk::new(&old.library, &new.library);
        event(&mut walk, (old, new), name, (before, after));
        walked.add(walk, &Subject::Event(name.clone()), &mut seen);
    }
    for (origin, before) in old.library.iter().filter(|(origin, _)| origin.pointer.is_empty()) {
        let is_event = old.events.values().any(|event| event == origin);
        if let Some(after) = new.library.get(origin).filter(|_| !is_event && !seen.contains(&origin.file)) {
            let mut walk = walk::Walk::new(&old.library, &new.library);
            walk.pair(before, after, &place::Place::root(Some(before), Some(after), &origin.file));
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
        self.problems.extend(walk.problems);
        seen.extend(walk.files);
    }
}

fn event(
    walk: &mut walk::Walk<'_>,
    (old, new): (&Side, &Side),
    name: &str,
    (before, after): (Option<&Schema>, Option<&Schema>),
) {
    let kinds = [old, new].map(|side| kinds(&side.ir, name));
    let file = after.or(before).map(|schema| schema.origin.file.clone()).unwrap_or_default();
    let place = place::Place::root(before, after, &file);
    let [old_kinds, new_kinds] = kinds;
    match (before, after) {
        (Some(before), Some(after)) => {
            // A tree that isn't understood says nothing of kinds.
            if old_kinds != new_kinds && !new_kinds.is_empty() {
                let change = Change::Kinds { before: old_kinds, after: new_kinds };
                walk.note(&place, change, Validation::Same);
            }
            walk.pair(before, after, &place);
        }
        (None, Some(after)) => {
            walk.new_event(after, &place);
            walk.note(&place, Change::EventAdded { kinds: new_kinds }, Validation::Stricter);
        }
        (Some(_), None) => walk.note(&place, Change::EventRemoved { kinds: old_kinds }, Validation::Looser),
        (None, None) => {}
    }
}

fn kinds(ir: &Ir, name: &str) -> Vec<String> {
    let event = ir.events.iter().find(|event| file_name(&event.file) == name);
    let kinds = event.map(|event| event.kinds.as_slice()).unwrap_or_default();
    let named = |kind: &Kind| Kind::ALL.iter().find(|(_, known)| known == kind).map(|(name, _)| (*name).to_owned());
    kinds.iter().filter_map(named).collect()
}
