//! Validates the examples in schemas: `example`, and each item of `examples`.

use std::collections::BTreeSet;

use super::{rejected, Checker};
use crate::diagnostics::{Diagnostics, Origin};
use crate::node::Node;
use crate::schema::reader::unexpected;
use crate::schema::Schema;
use crate::source::SCHEMAS;
use crate::validator::Violation;

/// Validates each example in the schemas that events reach.
pub(super) fn check(checker: &Checker<'_, '_>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for (_, schema) in checker.library.iter() {
        visit(checker, schema, &mut seen, diagnostics);
    }
    for name in checker.overrides.known_defects() {
        // An import leaves out the examples of schemas, and keeps the entries for them.
        if place(name).is_some_and(|place| {
            checker.sources.parsed(&place.file).is_some() && checker.sources.node(&place).is_none()
        }) {
            checker.overrides.is_known_defect(name);
        }
    }
}

fn visit<'l>(
    checker: &Checker<'l, '_>,
    schema: &'l Schema,
    seen: &mut BTreeSet<&'l Origin>,
    diagnostics: &mut Diagnostics,
) {
    if seen.insert(&schema.origin) {
        for (origin, example) in examples(checker, &schema.origin, diagnostics) {
            validate(checker, schema, (&origin, example), diagnostics);
        }
        schema.children().for_each(|child| visit(checker, child, seen, diagnostics));
    }
}

/// The examples of a schema, each with its place.
fn examples<'l>(checker: &Checker<'l, '_>, schema: &Origin, diagnostics: &mut Diagnostics) -> Vec<(Origin, &'l Node)> {
    let Some(node) = checker.sources.node(schema) else { return Vec::new() };
    let mut examples = Vec::new();
    examples.extend(node.get("example").map(|example| (schema.child("example"), example)));
    let origin = schema.child("examples");
    match node.get("examples") {
        Some(Node::List(list)) => {
            let list = list.iter().enumerate();
            examples.extend(list.map(|(index, example)| (origin.child(&index.to_string()), example)));
        }
        Some(other) => diagnostics.push(unexpected(other, &origin, "a list of examples")),
        None => {}
    }
    examples
}

fn validate(
    checker: &Checker<'_, '_>,
    schema: &Schema,
    (origin, example): (&Origin, &Node),
    diagnostics: &mut Diagnostics,
) {
    let outcome = checker.schemas.validate(&schema.origin, &example.to_json());
    let violations = diagnostics.note(outcome).unwrap_or_default();
    let name = name(origin);
    if violations.is_empty() || checker.overrides.is_known_defect(&name) {
        return;
    }
    for Violation { pointer, message } in violations {
        let origin = Origin { file: origin.file.clone(), pointer: format!("{}{pointer}", origin.pointer) };
        diagnostics.push(rejected(&origin, &message, &name));
    }
}

/// The name of an example in the overrides: its place, with the file below the folder of the event schemas.
fn name(place: &Origin) -> String {
    let name = place.to_string();
    name.strip_prefix(SCHEMAS).map_or(name.as_str(), |name| name.trim_start_matches('/')).to_owned()
}

/// The place of an example by its name in the overrides. The examples in files have no pointer.
fn place(name: &str) -> Option<Origin> {
    let (file, pointer) = name.split_once('#')?;
    let is_path = file.starts_with("api/") || file.starts_with("event-schemas/");
    let file = if is_path { file.to_owned() } else { format!("{SCHEMAS}/{file}") };
    Some(Origin { file, pointer: pointer.to_owned() })
}
