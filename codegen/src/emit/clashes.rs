//! Names that are each right where they stand, and would meet in the files that use them.

use std::collections::{BTreeMap, BTreeSet};

use super::{constraints, module};
use crate::diagnostics::{Origin, Problem, Problems};
use crate::ir::{Ir, Module};
use crate::names;

/// Finds the names that would meet in the files for `shown`, which is all of `whole` or what is somebody's own of it.
pub(crate) fn clashes(shown: &Ir, whole: &Ir) -> Result<(), Vec<Problem>> {
    let mut problems = contents(shown);
    problems.extend(modules_of_constraints(shown));
    problems.extend(imports(shown, whole));
    Problems(problems).none(())
}

/// A type of another module is used by its name, which no type of the module may have.
fn imports(shown: &Ir, whole: &Ir) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (path, module) in &shown.modules {
        let mut known: BTreeMap<&str, &[String]> =
            module.items.iter().map(|item| (item.name.as_str(), path.as_slice())).collect();
        let named: BTreeSet<_> = module::named(module, path, whole).into_iter().collect();
        for (from, name) in named {
            let other = *known.entry(name).or_insert(from);
            if other != from {
                let [one, two] = [other, from].map(|path| origin(whole, path, name));
                let at = if other == path { one.clone() } else { first(module) };
                let message = format!(
                    "the module `{}` would have two types `{name}`: that of {one}, and that of {two}",
                    path.join("::")
                );
                problems.push(
                    Problem::at(&at, message)
                        .expected("a name for each")
                        .advice("give one of them another name under `names` in overrides.yaml"),
                );
            }
        }
    }
    problems
}

/// The enums over all events of a place use all contents by their names.
fn contents(shown: &Ir) -> Vec<Problem> {
    let mut known = BTreeMap::new();
    let mut problems = Vec::new();
    for event in &shown.events {
        let (module, name) = &event.content;
        let (other, file) = *known.entry(name).or_insert((module, &event.file));
        if other != module {
            problems.push(names::clash(name, &Origin::file(&event.file), &Origin::file(file)).advice(OTHER_TYPE));
        }
    }
    problems
}

/// The modules of the constraints on events are siblings.
fn modules_of_constraints(shown: &Ir) -> Vec<Problem> {
    let mut known = BTreeMap::new();
    let mut problems = Vec::new();
    for event in &shown.events {
        let (origin, path) = (Origin::file(&event.file), &event.content.0);
        let name = constraints::module_name(path);
        if names::modules(&[], std::iter::once(name.as_str()), &origin).is_err() {
            let message =
                format!("the constraints on the event would have the module `{name}`, which is that of a crate");
            problems.push(Problem::at(&origin, message).expected("another name").advice(OTHER_TYPE));
        }
        let (other, file) = *known.entry(name.clone()).or_insert((path, &event.file));
        if other != path {
            problems.push(names::clash(&name, &origin, &Origin::file(file)).advice(OTHER_TYPE));
        }
    }
    problems
}

const OTHER_TYPE: &str = "it comes from the type of the event: one of them needs another, or another `prefix` under `prefixes` in overrides.yaml";

fn origin(whole: &Ir, path: &[String], name: &str) -> Origin {
    let module = whole.modules.get(path);
    let item = module.and_then(|module| module.items.iter().find(|item| item.name == name));
    item.map(|item| item.origin.clone()).unwrap_or_default()
}

fn first(module: &Module) -> Origin {
    module.items.first().map(|item| item.origin.clone()).unwrap_or_default()
}
