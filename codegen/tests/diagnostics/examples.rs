//! Examples that aren't of an event, or not valid.

use crate::diagnosed;
use crate::support::Tree;

/// An event that requires a string, and examples of it.
fn examples(examples: &[(&str, &str)]) -> Tree {
    let tree = Tree::new().message("m.test", "type: object\nproperties:\n  one: {type: string}\nrequired: [one]");
    examples.iter().fold(tree, |tree, (name, text)| tree.example(name, *text))
}

const ROOM: &str = "{\n    \"sender\": \"@a:b\",\n    \"room_id\": \"!a:b\"\n}\n";

#[test]
fn without_a_schema() {
    diagnosed("example_without_schema", &examples(&[("m.tests.yaml", "{}\n"), ("m.another$one.json", "{}\n")]));
}

#[test]
fn that_its_schema_rejects() {
    let text = "\
{
    \"$ref\": \"core/room.json\",
    \"type\": \"m.test\",
    \"content\": {
        \"one\": 1
    }
}
";
    diagnosed("example_rejected", &examples(&[("core/room.json", ROOM), ("m.test.json", text)]));
}

#[test]
fn without_what_its_schema_requires() {
    let text = "{\n    \"type\": \"m.test\",\n    \"content\": {}\n}\n";
    diagnosed("example_incomplete", &examples(&[("m.test.json", text)]));
}

#[test]
fn listed_as_a_known_defect_by_now_mended() {
    let text = "{\"type\": \"m.test\", \"sender\": \"@a:b\", \"room_id\": \"!a:b\", \"content\": {\"one\": \"\"}}\n";
    let tree =
        examples(&[("m.test.json", text)]).overrides("examples:\n- {at: m.test.json, why: it has a number}\n");
    diagnosed("example_mended", &tree);
}

#[test]
fn refers_to_itself_by_another() {
    let to = |file: &str| format!("{{\n    \"content\": {{\n        \"$ref\": \"{file}\"\n    }}\n}}\n");
    diagnosed("example_cycle", &examples(&[("m.test.json", &to("part.json")), ("part.json", &to("m.test.json"))]));
}

#[test]
fn refers_to_nothing() {
    diagnosed(
        "example_missing_ref",
        &examples(&[("m.test.json", "{\n    \"$ref\": \"core/rom.json\"\n}\n"), ("core/room.json", ROOM)]),
    );
}

#[test]
fn refers_out_of_the_examples() {
    let tree = examples(&[("m.test.json", "{\n    \"$ref\": \"../schema/m.test.yaml\"\n}\n")]);
    diagnosed("example_ref_outside", &tree);
}

#[test]
fn refers_to_a_file_that_can_not_be_read() {
    diagnosed(
        "example_malformed_ref",
        &examples(&[("m.test.json", "{\n    \"$ref\": \"room.json\"\n}\n"), ("room.json", "{")]),
    );
}

#[test]
fn members_beside_a_reference_to_a_list() {
    let tree = examples(&[
        ("m.test.json", "{\n    \"$ref\": \"list.json\",\n    \"type\": \"m.test\"\n}\n"),
        ("list.json", "[]\n"),
    ]);
    diagnosed("example_beside_list", &tree);
}
