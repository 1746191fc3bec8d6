//! Validates the examples in schemas: `example`, and each item of `examples`.

use std::collections::BTreeMap;

use super::{rejected, Checker};
use crate::diagnostics::{Diagnostic, Diagnostics, Origin};
use crate::node::Node;
use crate::schema::reader::unexpected;
use crate::schema::Schema;
use crate::settings::{changes_nothing, location_of, schema_of, Change, Correction};
use crate::validator::Violation;

/// Validates the examples in all loaded schemas. Returns the errors of entries for examples that are valid.
pub(super) fn check(checker: &Checker<'_, '_>, diagnostics: &mut Diagnostics) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    // The examples in API definitions refer to files of examples.
    let is_file = |origin: &&Origin| schema_of(origin).pointer.is_empty();
    for (_, schema) in checker.model.schemas.iter().filter(|(origin, _)| is_file(origin)) {
        visit(checker, schema, &mut seen, diagnostics);
    }
    // An import leaves out all examples in schemas, but keeps the entries for them.
    let has_examples = seen.values().any(|found| *found != Found::None);
    let why = |one: &Correction| match seen.get(&one.at) {
        Some(Found::Valid) => Some("the example is valid"),
        Some(Found::None) if has_examples => Some("the schema has no example"),
        _ => None,
    };
    let corrections = checker.model.corrections.iter();
    let corrections = corrections.filter(|one| matches!(one.change, Change::InvalidExample));
    let unused = corrections.filter_map(|one| Some((one, why(one)?)));
    unused.map(|(one, why)| changes_nothing(&one.entry, checker.model.release, why)).collect()
}

/// The examples in a schema.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    None,
    Valid,
    Invalid,
}

fn visit<'m>(
    checker: &Checker<'m, '_>,
    schema: &'m Schema,
    seen: &mut BTreeMap<&'m Origin, Found>,
    diagnostics: &mut Diagnostics,
) {
    if seen.contains_key(&schema.origin) {
        return;
    }
    let examples = examples(checker, &schema.origin, diagnostics);
    let found: Vec<Diagnostic> = examples.iter().flat_map(|example| validate(checker, schema, example)).collect();
    let state = match (examples.is_empty(), found.is_empty()) {
        (true, _) => Found::None,
        (false, true) => Found::Valid,
        (false, false) => Found::Invalid,
    };
    seen.insert(&schema.origin, state);
    if !schema.corrections.invalid_example {
        diagnostics.extend(found);
    }
    schema.children().for_each(|child| visit(checker, child, seen, diagnostics));
}

/// Returns the examples of a schema, each with its place.
fn examples<'m>(checker: &Checker<'m, '_>, schema: &Origin, diagnostics: &mut Diagnostics) -> Vec<(Origin, &'m Node)> {
    let Some(node) = checker.sources.node(schema) else { return Vec::new() };
    let mut examples = Vec::new();
    // Some examples are references to files of examples.
    let is_reference =
        |node: &Node| matches!(node, Node::Map(entries) if matches!(entries.as_slice(), [(key, _)] if key == "$ref"));
    let example = node.get("example").filter(|example| !is_reference(example));
    examples.extend(example.map(|example| (schema.child("example"), example)));
    let origin = schema.child("examples");
    match node.get("examples") {
        Some(Node::List(list)) => {
            let list = list.iter().enumerate();
            examples.extend(list.map(|(index, example)| (origin.child(&index.to_string()), example)));
        }
        Some(other) => {
            let help = "write a list such as `examples: [a, b]`, or use the keyword `example`";
            diagnostics.push(unexpected(other, &origin, "a list of examples").help(help));
        }
        None => {}
    }
    examples
}

fn validate(checker: &Checker<'_, '_>, schema: &Schema, (origin, example): &(Origin, &Node)) -> Vec<Diagnostic> {
    let violations = match checker.schemas.validate(&schema.origin, &example.to_json()) {
        Ok(violations) => violations.into_iter(),
        Err(diagnostic) => return vec![diagnostic],
    };
    let rejected = violations.map(|Violation { pointer, message }| {
        let origin = Origin { file: origin.file.clone(), pointer: format!("{}{pointer}", origin.pointer) };
        rejected(&origin, &message, "inline-examples", &location_of(&schema.origin))
    });
    rejected.collect()
}
