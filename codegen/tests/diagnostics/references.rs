//! References that lead nowhere, or back.

use crate::diagnosed;
use crate::support::Tree;

fn refers_to(target: &str) -> Tree {
    Tree::new().message("m.test", &format!("type: object\nproperties:\n  one:\n    $ref: '{target}'"))
}

#[test]
fn missing_file() {
    diagnosed("missing_file", &refers_to("core-event-schema/unsigned.yaml"));
}

#[test]
fn missing_file_that_is_in_another_folder() {
    let tree = refers_to("definitions/thing.yaml").file("api/definitions/thing.yaml", "type: object\n");
    diagnosed("missing_file_elsewhere", &tree);
}

#[test]
fn missing_pointer() {
    diagnosed("missing_pointer", &refers_to("core-event-schema/unsigned_prop.yaml#/properties/years"));
}

#[test]
fn missing_pointer_in_the_same_file() {
    diagnosed("missing_local_pointer", &refers_to("#/definitions/thing"));
}

#[test]
fn anchor_in_place_of_a_pointer() {
    diagnosed("anchor", &refers_to("core-event-schema/unsigned_prop.yaml#age"));
}

#[test]
fn cycle() {
    let to = |target: &str| format!("type: object\nproperties:\n  next:\n    $ref: {target}\n");
    let tree = refers_to("a.yaml").schema("a.yaml", to("b.yaml")).schema("b.yaml", to("a.yaml"));
    diagnosed("cycle", &tree);
}

#[test]
fn cycle_through_all_of() {
    let tree =
        refers_to("a.yaml").schema("a.yaml", "allOf:\n- $ref: b.yaml\n").schema("b.yaml", "allOf:\n- $ref: a.yaml\n");
    diagnosed("cycle_all_of", &tree);
}

#[test]
fn reference_to_itself() {
    diagnosed("itself", &refers_to("m.test.yaml"));
}

#[test]
fn reference_to_what_it_stands_in() {
    let text = "type: object\nproperties:\n  children:\n    type: array\n    items: {$ref: '#/properties/children'}\n";
    diagnosed("around_itself", &refers_to("a.yaml").schema("a.yaml", text));
}

#[test]
fn reference_out_of_the_tree() {
    diagnosed("out_of_tree", &refers_to("../../../../etc/passwd"));
}

#[test]
fn reference_to_the_web() {
    diagnosed("web", &refers_to("http://example.org/schema.yaml"));
}

#[test]
fn reference_to_the_root_of_the_disk() {
    diagnosed("root_of_disk", &refers_to("/etc/passwd"));
}

#[test]
fn reference_to_a_file_that_can_not_be_read() {
    diagnosed("to_malformed", &refers_to("a.yaml").schema("a.yaml", "type: [object\n"));
}

#[test]
fn reference_that_is_no_string() {
    let tree = Tree::new().message("m.test", "type: object\nproperties:\n  one: {$ref: [a.yaml]}");
    diagnosed("no_string", &tree);
}
