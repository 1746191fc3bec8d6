//! One case for each thing that can be wrong with the input, and what a person is told about it.

mod events;
mod examples;
mod files;
mod names;
mod overrides;
mod references;
mod schemas;
#[path = "../support/mod.rs"]
mod support;

use support::{snapshot, Tree, SCHEMAS};

/// What the generator says about a tree, held against the snapshot of that name.
fn diagnosed(name: &str, tree: &Tree) {
    snapshot("diagnostics", name, &tree.diagnostics().to_string());
}

#[test]
fn all_mistakes_of_a_run_are_reported_in_the_order_of_files_and_lines() {
    let tree = Tree::new()
        .message("m.b", "type: object\nproperties:\n  one: {type: text}\n  two: {format: mail}\n  three: [string]")
        .message("m.a", "type: object\nrequirred: [x]\nproperties:\n  one: {$ref: nowhere.yaml}")
        .schema("m.c.yaml", "type: object\n  properties: {}\n");
    let diagnostics = tree.diagnostics();
    let places: Vec<_> = diagnostics.iter().map(|one| (one.origin.file.clone(), one.line)).collect();
    let mut sorted = places.clone();
    sorted.sort();
    assert_eq!(places, sorted);
    diagnosed("several", &tree);
}

#[test]
fn a_mistake_made_in_one_place_and_used_in_many_is_reported_once() {
    let tree = Tree::new()
        .schema("shared.yaml", "type: object\nproperties:\n  one: {typ: string}\n")
        .message("m.a", "type: object\nproperties:\n  one: {$ref: shared.yaml}\n  two: {$ref: shared.yaml}")
        .message("m.b", "type: object\nproperties:\n  one: {$ref: shared.yaml}");
    let diagnostics = tree.diagnostics();
    assert_eq!(diagnostics.len(), 1, "{diagnostics}");
    let only = diagnostics.iter().next().map(|only| (only.origin.file.clone(), only.line));
    assert_eq!(only, Some((format!("{SCHEMAS}/shared.yaml"), 3)));
}
