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
        examples(&[("m.test.json", text)]).overrides("examples:\n- {files: m.test.json, why: it has a number}\n");
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

/// A schema with a boolean as the example of an integer, as once in `m.typing`.
fn inline(example: &str) -> Tree {
    Tree::new().message("m.test", &format!("type: object\nproperties:\n  one: {{type: integer, {example}}}"))
}

const INLINE: &str = "m.test.yaml#/allOf/1/properties/content/properties/one/example";

#[test]
fn inline_example_that_its_schema_rejects() {
    diagnosed("example_inline", &inline("example: true"));
}

#[test]
fn item_of_inline_examples_that_its_schema_rejects() {
    diagnosed("example_inline_item", &inline("examples: [1, 2.5]"));
}

#[test]
fn inline_examples_that_are_no_list() {
    diagnosed("example_inline_no_list", &inline("examples: 1"));
}

#[test]
fn inline_example_of_a_place_that_another_schema_refers_to() {
    let tree = Tree::new()
        .schema("parts.yaml", "definitions:\n  a/b: {type: integer, example: 'x'}\n")
        .message("m.test", "type: object\nproperties:\n  one: {$ref: 'parts.yaml#/definitions/a~1b'}");
    assert!(tree.generate().is_err());
}

#[test]
fn inline_example_listed_as_a_known_defect_is_accepted() {
    let entry = format!("examples:\n- {{files: '{INLINE}', why: it is of another type}}\n");
    inline("example: true").overrides(&entry).output();
    // Imports leave out the examples of schemas.
    inline("minimum: 0").overrides(&entry).output();
}

#[test]
fn inline_example_listed_as_a_known_defect_and_valid() {
    let entry = format!("examples:\n- {{files: '{INLINE}', why: it is of another type}}\n");
    diagnosed("example_inline_fixed", &inline("example: 1").overrides(&entry));
}

#[test]
fn number_under_a_key_that_other_files_have_for_releases_stays_a_number() {
    let content =
        "type: object\nproperties: {since: {type: integer}, until: {type: integer}, release: {type: integer}}";
    for (name, example) in [
        (
            "m.test.json",
            r#"{"type": "m.test", "sender": "@a:b", "room_id": "!a:b", "content": {"since": 5, "until": 6, "release": 7}}"#,
        ),
        ("m.test.yaml", "type: m.test\nsender: '@a:b'\nroom_id: '!a:b'\ncontent: {since: 5, until: 6, release: 7}\n"),
    ] {
        let output = Tree::new().message("m.test", content).example(name, example).output();
        let value = output.examples.first().map(|example| example.value["content"].to_string());
        assert_eq!(value.as_deref(), Some(r#"{"release":7,"since":5,"until":6}"#), "{name}");
    }
}
