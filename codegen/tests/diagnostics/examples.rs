//! Examples that aren't of an event, or not valid.

use expect_test::expect;

use crate::diagnosed;
use crate::support::Tree;

/// An event that requires a string, and examples of it.
fn examples(examples: &[(&str, &str)]) -> Tree {
    let tree = Tree::new().message("m.test", "type: object\nproperties:\n  one: {type: string}\nrequired: [one]");
    examples.iter().fold(tree, |tree, (name, text)| tree.example(name, *text))
}

const ROOM: &str = "{\n    \"sender\": \"@a:b\",\n    \"room_id\": \"!a:b\"\n}\n";

#[test]
fn example_without_a_schema_is_reported() {
    diagnosed(
        &examples(&[("m.tests.yaml", "{}\n"), ("m.another$one.json", "{}\n")]),
        expect![[r#"
        error: there is no schema of an event `m.another$one`, and no example refers to this file
          --> event-schemas/examples/m.another$one.json
          = expected: a file named after an event type that has a schema, with anything behind a `$`
          = help: Rename the file, add the schema, or remove the example

        error: there is no schema of an event `m.tests`, and no example refers to this file
          --> event-schemas/examples/m.tests.yaml
          = expected: a file named after an event type that has a schema, with anything behind a `$`
          = help: is `m.test` meant? Rename the file, add the schema, or remove the example

        2 errors"#]],
    );
}

#[test]
fn invalid_example_is_reported() {
    let text = "\
{
    \"$ref\": \"core/room.json\",
    \"type\": \"m.test\",
    \"content\": {
        \"one\": 1
    }
}
";
    diagnosed(
        &examples(&[("core/room.json", ROOM), ("m.test.json", text)]),
        expect![[r#"
            error: the example isn't valid for its schema: /content/one: 1 isn't of type string
              --> event-schemas/examples/m.test.json:5:9
              |
            5 |         "one": 1
              |         ^
              = at: /content/one
              = expected: an example that the schema accepts
              = help: fix the example, or list it under `examples` in overrides.yaml with the reason

            1 error"#]],
    );
}

#[test]
fn example_without_a_required_property_is_reported() {
    let text = "{\n    \"type\": \"m.test\",\n    \"content\": {}\n}\n";
    diagnosed(
        &examples(&[("m.test.json", text)]),
        expect![[r#"
            error: the example isn't valid for its schema: required property `sender` is missing; required property `room_id` is missing; /content: required property `one` is missing
              --> event-schemas/examples/m.test.json
              = expected: an example that the schema accepts
              = help: fix the example, or list it under `examples` in overrides.yaml with the reason

            1 error"#]],
    );
}

#[test]
fn valid_example_listed_as_invalid_is_reported() {
    let text = "{\"type\": \"m.test\", \"sender\": \"@a:b\", \"room_id\": \"!a:b\", \"content\": {\"one\": \"\"}}\n";
    let tree = examples(&[("m.test.json", text)]).overrides("examples:\n- {at: m.test.json, why: it has a number}\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: this entry changes nothing in v1.19: there is no invalid example `m.test.json`
              --> overrides.yaml:2:4
              |
            2 | - {at: m.test.json, why: it has a number}
              |    ^
              = at: /examples/0/at
              = expected: an entry that changes something
              = help: remove it if the schemas have been fixed, correct its place, or limit it with `since:` and `until:`

            1 error"#]],
    );
}

#[test]
fn cycle_of_examples_is_reported() {
    let to = |file: &str| format!("{{\n    \"content\": {{\n        \"$ref\": \"{file}\"\n    }}\n}}\n");
    diagnosed(
        &examples(&[("m.test.json", &to("part.json")), ("part.json", &to("m.test.json"))]),
        expect![[r#"
        error: `$ref` leads back to where it came from: event-schemas/examples/part.json -> event-schemas/examples/m.test.json -> event-schemas/examples/part.json
          --> event-schemas/examples/m.test.json:3:9
          |
        3 |         "$ref": "part.json"
          |         ^
          = at: /content/$ref
          = expected: examples that end somewhere
          = help: break the cycle

        error: `$ref` leads back to where it came from: event-schemas/examples/m.test.json -> event-schemas/examples/part.json -> event-schemas/examples/m.test.json
          --> event-schemas/examples/part.json:3:9
          |
        3 |         "$ref": "m.test.json"
          |         ^
          = at: /content/$ref
          = expected: examples that end somewhere
          = help: break the cycle

        2 errors"#]],
    );
}

#[test]
fn reference_to_a_missing_example_is_reported() {
    diagnosed(
        &examples(&[("m.test.json", "{\n    \"$ref\": \"core/rom.json\"\n}\n"), ("core/room.json", ROOM)]),
        expect![[r#"
            error: there is no schema of an event `room`, and no example refers to this file
              --> event-schemas/examples/core/room.json
              = expected: a file named after an event type that has a schema, with anything behind a `$`
              = help: Rename the file, add the schema, or remove the example

            error: the string `core/rom.json` isn't the name of an example
              --> event-schemas/examples/m.test.json:2:5
              |
            2 |     "$ref": "core/rom.json"
              |     ^
              = at: /$ref
              = expected: the path of another example, relative to this one
              = help: correct the path, or add the file

            2 errors"#]],
    );
}

#[test]
fn reference_out_of_the_examples_is_reported() {
    let tree = examples(&[("m.test.json", "{\n    \"$ref\": \"../schema/m.test.yaml\"\n}\n")]);
    diagnosed(
        &tree,
        expect![[r#"
        error: the string `../schema/m.test.yaml` isn't the name of an example
          --> event-schemas/examples/m.test.json:2:5
          |
        2 |     "$ref": "../schema/m.test.yaml"
          |     ^
          = at: /$ref
          = expected: the path of another example, relative to this one
          = help: correct the path, or add the file

        1 error"#]],
    );
}

#[test]
fn reference_to_malformed_json_is_reported() {
    diagnosed(
        &examples(&[("m.test.json", "{\n    \"$ref\": \"room.json\"\n}\n"), ("room.json", "{")]),
        expect![[r#"
        error: this isn't JSON that can be read: EOF while parsing an object
          --> event-schemas/examples/room.json:1:1
          |
        1 | {
          | ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn fields_next_to_a_reference_to_a_list_are_reported() {
    let tree = examples(&[
        ("m.test.json", "{\n    \"$ref\": \"list.json\",\n    \"type\": \"m.test\"\n}\n"),
        ("list.json", "[]\n"),
    ]);
    diagnosed(
        &tree,
        expect![[r#"
        error: what this names isn't an object, and yet members stand beside it
          --> event-schemas/examples/m.test.json:2:5
          |
        2 |     "$ref": "list.json",
          |     ^
          = at: /$ref
          = expected: a `$ref` alone, or one to an object
          = help: remove the members beside the `$ref`

        1 error"#]],
    );
}

/// An ephemeral data unit whose example has this content.
fn edu(content: &str) -> Tree {
    let unit = "\
properties:
  edu_type: {type: string, enum: [m.test]}
  content:
    type: object
    properties:
      user_id: {type: string}
      keys: {type: object, minProperties: 1, maxProperties: 2, additionalProperties: {type: string}}
    required: [user_id]
";
    let base = "\
type: object
properties: {edu_type: {type: string}, content: {type: object}}
required: [edu_type, content]
";
    let config = "\
envelopes:
- {name: RoomEvent, kind: message-like, schema: core-event-schema/room_event.yaml, why: events of rooms}
- {name: StateEvent, kind: state, schema: core-event-schema/state_event.yaml, why: state of rooms}
- {name: Edu, kind: edu, schema: api/edu.yaml, why: data units between servers}
folders:
- {at: api/edus, kind: edu, module: edu, section: 'server-server-api/#edus', why: a folder of their own}
any: []
";
    Tree::new()
        .file("api/edu.yaml", base)
        .file("api/edus/m.test.yaml", format!("allOf:\n- $ref: ../edu.yaml\n{unit}"))
        .example("edu/m.test.json", format!("{{\"edu_type\": \"m.test\", \"content\": {content}}}\n"))
        .config(config)
}

#[test]
fn invalid_example_of_an_edu_is_reported() {
    diagnosed(
        &edu(r#"{"keys": {"k": ""}}"#),
        expect![[r#"
            error: the example isn't valid for its schema: /content: required property `user_id` is missing
              --> event-schemas/examples/edu/m.test.json:1:24
              |
            1 | {"edu_type": "m.test", "content": {"keys": {"k": ""}}}
              |                        ^
              = at: /content
              = expected: an example that the schema accepts
              = help: fix the example, or list it under `examples` in overrides.yaml with the reason

            1 error"#]],
    );
    diagnosed(
        &edu(r#"{"user_id": "@a:b", "keys": {}}"#),
        expect![[r#"
            error: the example isn't valid for its schema: /content/keys: an object of 0 members
              --> event-schemas/examples/edu/m.test.json:1:55
              |
            1 | {"edu_type": "m.test", "content": {"user_id": "@a:b", "keys": {}}}
              |                                                       ^
              = at: /content/keys
              = expected: an example that the schema accepts
              = help: fix the example, or list it under `examples` in overrides.yaml with the reason

            1 error"#]],
    );
    diagnosed(
        &edu(r#"{"user_id": "@a:b", "keys": {"a": "", "b": "", "c": ""}}"#),
        expect![[r#"
            error: the example isn't valid for its schema: /content/keys: an object of 3 members
              --> event-schemas/examples/edu/m.test.json:1:55
              |
            1 | {"edu_type": "m.test", "content": {"user_id": "@a:b", "keys": {"a": "", "b": "", "c": ""}}}
              |                                                       ^
              = at: /content/keys
              = expected: an example that the schema accepts
              = help: fix the example, or list it under `examples` in overrides.yaml with the reason

            1 error"#]],
    );
    assert!(edu(r#"{"user_id": "@a:b", "keys": {"k": ""}}"#).generate().is_ok());
}

/// An event with an optional integer, which has an example.
fn inline(example: &str) -> Tree {
    Tree::new().message("m.test", &format!("type: object\nproperties:\n  one: {{type: integer, {example}}}"))
}

/// The entry for an invalid example of the integer.
const INLINE: &str = "inline-examples:\n- {at: m.test.yaml content.one, why: the example is of another type}\n";

#[test]
fn invalid_example_in_a_schema_is_reported() {
    diagnosed(&inline("example: true"), expect![[""]]);
}

#[test]
fn invalid_item_of_examples_in_a_schema_is_reported() {
    diagnosed(&inline("examples: [1, 2.5]"), expect![[""]]);
}

#[test]
fn examples_in_a_schema_that_are_no_list_are_reported() {
    diagnosed(&inline("examples: 1"), expect![[""]]);
}

#[test]
fn invalid_example_in_a_referenced_part_of_a_schema_is_reported() {
    let tree = Tree::new()
        .schema("parts.yaml", "definitions:\n  a/b: {type: integer, example: 'x'}\n")
        .message("m.test", "type: object\nproperties:\n  one: {$ref: 'parts.yaml#/definitions/a~1b'}");
    diagnosed(&tree, expect![[""]]);
}

#[test]
fn known_invalid_example_in_a_schema_is_accepted() {
    inline("example: true").overrides(INLINE).output();
    // Imports leave out the examples of schemas.
    inline("minimum: 0").overrides(INLINE).output();
}

#[test]
fn entry_for_a_valid_example_in_a_schema_is_reported() {
    diagnosed(&inline("example: 1").overrides(INLINE), expect![[""]]);
}

#[test]
fn violation_in_a_merged_example_is_reported_in_its_file() {
    let tree = examples(&[
        ("core/room.json", "{\n    \"sender\": 5,\n    \"room_id\": \"!a:b\"\n}\n"),
        ("m.test.json", r#"{"$ref": "core/room.json", "type": "m.test", "content": {"one": ""}}"#),
    ]);
    diagnosed(&tree, expect![[""]]);
}

#[test]
fn numbers_of_since_until_and_release_stay_numbers() {
    let content = "type: object\nproperties: {since: {type: integer}, until: {type: integer}, release: {type: integer}}";
    let json = r#"{"type": "m.test", "sender": "@a:b", "room_id": "!a:b", "content": {"since": 5, "until": 6, "release": 7}}"#;
    let yaml =
        "type: m.test\nsender: '@a:b'\nroom_id: '!a:b'\ncontent: {since: 5, until: 6, release: 7}\n";
    for (name, example) in [("m.test.json", json), ("m.test.yaml", yaml)] {
        let output = Tree::new().message("m.test", content).example(name, example).output();
        let value = output.examples.first().map(|example| example.value["content"].to_string());
        assert_eq!(value.as_deref(), Some(r#"{"release":7,"since":5,"until":6}"#), "{name}");
    }
}
