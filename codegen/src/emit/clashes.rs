//! Names that are each right where they stand, and would meet in the files that use them.

use std::collections::BTreeMap;

use super::constraints;
use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::Ir;
use crate::names;

/// Finds the modules of constraints that would have one name: they are in one folder, whatever the modules of their events.
pub(crate) fn clashes(shown: &Ir) -> Result<(), Vec<Diagnostic>> {
    let mut known = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for event in &shown.events {
        let (origin, path) = (Origin::file(&event.file), &event.content.0);
        let name = constraints::module_name(path);
        let (other, file) = *known.entry(name.clone()).or_insert((path, &event.file));
        if other != path {
            diagnostics.push(names::clash(&name, &origin, &Origin::file(file)).help(OTHER_TYPE));
        }
    }
    Diagnostics(diagnostics).into_result(())
}

const OTHER_TYPE: &str = "it comes from the type of the event: one of them needs another, or another `prefix` under `prefixes` in overrides.yaml";
