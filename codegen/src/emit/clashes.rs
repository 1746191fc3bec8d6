//! Finds modules of constraint tables with the same name.

use std::collections::BTreeMap;

use super::constraints;
use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::ir::{Event, Ir};
use crate::names;

/// Reports modules of constraint tables with the same name. The modules of all events are in one folder. `place` returns the
/// place that states the type of an event.
pub(crate) fn clashes(shown: &Ir, place: impl Fn(&Event) -> Origin) -> Result<(), Vec<Diagnostic>> {
    let mut known = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for event in &shown.events {
        let path = &event.content.0;
        let name = constraints::module_name(path);
        let (other, file) = *known.entry(name.clone()).or_insert((path, &event.file));
        if other != path {
            diagnostics.push(names::clash(&name, (&place(event)).into(), (&Origin::file(file)).into(), HELP));
        }
    }
    Diagnostics(diagnostics).into_result(())
}

const HELP: &str =
    "change one of the event types, or the `prefix` that its names omit under `prefixes` in codegen.yaml";
