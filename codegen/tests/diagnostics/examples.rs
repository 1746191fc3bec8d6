//! Diagnostics of examples.

use expect_test::expect;

use crate::support::Tree;
use crate::{diagnosed, summaries};

/// Returns a tree with an event that requires a string, and examples.
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
            error: no schema describes the example `m.another$one`
            --> event-schemas/examples/m.another$one.json
             = expected: a file name with the type of an event and any text after a `$`, or a file that another example refers to
             = help: add the schema, or remove the example

            error: no schema describes the example `m.tests`
            --> event-schemas/examples/m.tests.yaml
             = expected: a file name with the type of an event and any text after a `$`, or a file that another example refers to
             = help: rename the file after `m.test`, add the schema, or remove the example

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
            error: failed to validate the example: 1 is not of type "string"
             --> event-schemas/examples/m.test.json:5:9
              |
            5 |         "one": 1
              |         ^^^^^^^^
              |
              = at: /content/one
              = expected: an example that is valid against its schema
              = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: m.test.json, why: …}`

            1 error"#]],
    );
}

#[test]
fn example_without_a_required_property_is_reported() {
    let text = "{\n    \"type\": \"m.test\",\n    \"content\": {}\n}\n";
    diagnosed(
        &examples(&[("m.test.json", text)]),
        expect![[r#"
            error: failed to validate the example: "room_id" is a required property
            --> event-schemas/examples/m.test.json
             = expected: an example that is valid against its schema
             = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: m.test.json, why: …}`

            error: failed to validate the example: "sender" is a required property
            --> event-schemas/examples/m.test.json
             = expected: an example that is valid against its schema
             = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: m.test.json, why: …}`

            error: failed to validate the example: "one" is a required property
             --> event-schemas/examples/m.test.json:3:5
              |
            3 |     "content": {}
              |     ^^^^^^^^^^^^^
              |
              = at: /content
              = expected: an example that is valid against its schema
              = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: m.test.json, why: …}`

            3 errors"#]],
    );
}

#[test]
fn valid_example_listed_as_invalid_is_reported() {
    let text = "{\"type\": \"m.test\", \"sender\": \"@a:b\", \"room_id\": \"!a:b\", \"content\": {\"one\": \"\"}}\n";
    let tree = examples(&[("m.test.json", text)]).overrides("examples:\n- {at: m.test.json, why: it has a number}\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: this entry changes nothing in v1.19: the example `m.test.json` is valid
             --> overrides.yaml:2:4
              |
            2 | - {at: m.test.json, why: it has a number}
              |    ^^^^^^^^^^^^^^^
              |
              = at: /examples/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn cycle_of_examples_is_reported() {
    let to = |file: &str| format!("{{\n    \"content\": {{\n        \"$ref\": \"{file}\"\n    }}\n}}\n");
    diagnosed(
        &examples(&[("m.test.json", &to("part.json")), ("part.json", &to("m.test.json"))]),
        expect![[r#"
            error: failed to merge the example: `$ref` forms the cycle event-schemas/examples/part.json -> event-schemas/examples/m.test.json -> event-schemas/examples/part.json
             --> event-schemas/examples/m.test.json:3:9
              |
            3 |         "$ref": "part.json"
              |         ^^^^^^^^^^^^^^^^^^^
              |
              = at: /content/$ref
              = expected: references without a cycle
              = help: remove one of the references

            error: failed to merge the example: `$ref` forms the cycle event-schemas/examples/m.test.json -> event-schemas/examples/part.json -> event-schemas/examples/m.test.json
             --> event-schemas/examples/part.json:3:9
              |
            3 |         "$ref": "m.test.json"
              |         ^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /content/$ref
              = expected: references without a cycle
              = help: remove one of the references

            2 errors"#]],
    );
}

#[test]
fn reference_to_a_missing_example_is_reported() {
    diagnosed(
        &examples(&[("m.test.json", "{\n    \"$ref\": \"core/rom.json\"\n}\n"), ("core/room.json", ROOM)]),
        expect![[r#"
            error: there is no file event-schemas/examples/core/rom.json
             --> event-schemas/examples/m.test.json:2:5
              |
            2 |     "$ref": "core/rom.json"
              |     ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /$ref
              = expected: the path of a file of the tree, relative to this file
              = help: write `core/room.json`, or add the file

            1 error"#]],
    );
}

#[test]
fn reference_out_of_the_examples_is_reported() {
    let tree = examples(&[("m.test.json", "{\n    \"$ref\": \"../schema/m.test.yaml\"\n}\n")]);
    diagnosed(
        &tree,
        expect![[r#"
            error: there is no file event-schemas/schema/m.test.yaml
             --> event-schemas/examples/m.test.json:2:5
              |
            2 |     "$ref": "../schema/m.test.yaml"
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /$ref
              = expected: the path of a file of the tree, relative to this file
              = help: correct the path, or add the file

            1 error"#]],
    );
}

#[test]
fn reference_to_malformed_json_is_reported() {
    diagnosed(
        &examples(&[("m.test.json", "{\n    \"$ref\": \"room.json\"\n}\n"), ("room.json", "{")]),
        expect![[r#"
            error: failed to parse the file as JSON: EOF while parsing an object
             --> event-schemas/examples/room.json:1:1
              |
            1 | {
              | ^
              |
              = expected: valid JSON (RFC 8259)
              = help: correct the text before or at this place: JSON has double quotes around each key and string, a `,` between two values, none after the last, and no comments

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
            error: expected a `$ref` to an object, found event-schemas/examples/list.json
             --> event-schemas/examples/m.test.json:2:5
              |
            2 |     "$ref": "list.json",
              |     ^^^^^^^^^^^^^^^^^^^
              |
              = at: /$ref
              = expected: a `$ref` without siblings, or an object
              = help: remove the members next to the `$ref`

            1 error"#]],
    );
}

/// Returns a tree with an ephemeral data unit whose example has a content.
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
            error: failed to validate the example: "user_id" is a required property
             --> event-schemas/examples/edu/m.test.json:1:24
              |
            1 | {"edu_type": "m.test", "content": {"keys": {"k": ""}}}
              |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /content
              = expected: an example that is valid against its schema
              = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: edu/m.test.json, why: …}`

            1 error"#]],
    );
    diagnosed(
        &edu(r#"{"user_id": "@a:b", "keys": {}}"#),
        expect![[r#"
            error: failed to validate the example: {} has less than 1 property
             --> event-schemas/examples/edu/m.test.json:1:55
              |
            1 | {"edu_type": "m.test", "content": {"user_id": "@a:b", "keys": {}}}
              |                                                       ^^^^^^^^^^
              |
              = at: /content/keys
              = expected: an example that is valid against its schema
              = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: edu/m.test.json, why: …}`

            1 error"#]],
    );
    diagnosed(
        &edu(r#"{"user_id": "@a:b", "keys": {"a": "", "b": "", "c": ""}}"#),
        expect![[r#"
            error: failed to validate the example: {"a":"","b":"","c":""} has more than 2 properties
             --> event-schemas/examples/edu/m.test.json:1:55
              |
            1 | {"edu_type": "m.test", "content": {"user_id": "@a:b", "keys": {"a": "", "b": "", "c": ""}}}
              |                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /content/keys
              = expected: an example that is valid against its schema
              = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: edu/m.test.json, why: …}`

            1 error"#]],
    );
    assert!(edu(r#"{"user_id": "@a:b", "keys": {"k": ""}}"#).generate().is_ok());
}

/// Returns a tree with an event that has an optional integer with an example.
fn inline(example: &str) -> Tree {
    Tree::new().message("m.test", &format!("type: object\nproperties:\n  one: {{type: integer, {example}}}"))
}

/// The entry for an invalid example of the integer.
const INLINE: &str = "inline-examples:\n- {at: m.test.yaml content.one, why: the example is of another type}\n";

#[test]
fn invalid_example_in_a_schema_is_reported() {
    diagnosed(
        &inline("example: true"),
        expect![[r#"
            error: failed to validate the example: true is not of type "integer"
              --> event-schemas/schema/m.test.yaml:10:30
               |
            10 |         one: {type: integer, example: true}
               |                              ^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/example
               = expected: an example that is valid against its schema
               = help: fix the example, or add an entry under `inline-examples` in overrides.yaml: `- {at: m.test.yaml content.one, why: …}`

            1 error"#]],
    );
}

#[test]
fn invalid_item_of_examples_in_a_schema_is_reported() {
    diagnosed(
        &inline("examples: [1, 2.5]"),
        expect![[r#"
            error: failed to validate the example: 2.5 is not of type "integer"
              --> event-schemas/schema/m.test.yaml:10:44
               |
            10 |         one: {type: integer, examples: [1, 2.5]}
               |                                            ^^^
               |
               = at: /allOf/1/properties/content/properties/one/examples/1
               = expected: an example that is valid against its schema
               = help: fix the example, or add an entry under `inline-examples` in overrides.yaml: `- {at: m.test.yaml content.one, why: …}`

            1 error"#]],
    );
}

#[test]
fn examples_in_a_schema_that_are_no_list_are_reported() {
    diagnosed(
        &inline("examples: 1"),
        expect![[r#"
            error: expected a list of examples, found the number `1`
              --> event-schemas/schema/m.test.yaml:10:30
               |
            10 |         one: {type: integer, examples: 1}
               |                              ^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/examples
               = help: write a list such as `examples: [a, b]`, or use the keyword `example`

            1 error"#]],
    );
}

#[test]
fn invalid_example_in_a_referenced_part_of_a_schema_is_reported() {
    let tree = Tree::new()
        .file("api/parts.yaml", "definitions:\n  a/b: {type: integer, example: 'x'}\n")
        .message("m.test", "type: object\nproperties:\n  one: {$ref: '../../api/parts.yaml#/definitions/a~1b'}");
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to validate the example: "x" is not of type "integer"
             --> api/parts.yaml:2:24
              |
            2 |   a/b: {type: integer, example: 'x'}
              |                        ^^^^^^^^^^^^
              |
              = at: /definitions/a~1b/example
              = expected: an example that is valid against its schema
              = help: fix the example, or add an entry under `inline-examples` in overrides.yaml: `- {at: api/parts.yaml, why: …}`

            1 error"#]],
    );
}

#[test]
fn known_invalid_example_in_a_schema_is_accepted() {
    inline("example: true").overrides(INLINE).output();
    // Imports leave out the examples in schemas.
    inline("minimum: 0").overrides(INLINE).output();
}

#[test]
fn entry_for_a_valid_example_in_a_schema_is_reported() {
    diagnosed(
        &inline("example: 1").overrides(INLINE),
        expect![[r#"
            error: this entry changes nothing in v1.19: the example is valid
             --> overrides.yaml:2:4
              |
            2 | - {at: m.test.yaml content.one, why: the example is of another type}
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /inline-examples/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn violation_in_a_merged_example_is_reported_in_its_file() {
    let tree = examples(&[
        ("core/room.json", "{\n    \"sender\": 5,\n    \"room_id\": \"!a:b\"\n}\n"),
        ("m.test.json", r#"{"$ref": "core/room.json", "type": "m.test", "content": {"one": ""}}"#),
    ]);
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to validate the example: 5 is not of type "string"
             --> event-schemas/examples/core/room.json:2:5
              |
            2 |     "sender": 5,
              |     ^^^^^^^^^^^
              |
              = at: /sender
              = expected: an example that is valid against its schema
              = help: fix this file. The example `m.test.json` refers to it

            1 error"#]],
    );
}

#[test]
fn numbers_of_since_until_and_release_stay_numbers() {
    let content =
        "type: object\nproperties: {since: {type: integer}, until: {type: integer}, release: {type: integer}}";
    let json =
        r#"{"type": "m.test", "sender": "@a:b", "room_id": "!a:b", "content": {"since": 5, "until": 6, "release": 7}}"#;
    let yaml = "type: m.test\nsender: '@a:b'\nroom_id: '!a:b'\ncontent: {since: 5, until: 6, release: 7}\n";
    for (name, example) in [("m.test.json", json), ("m.test.yaml", yaml)] {
        let output = Tree::new().message("m.test", content).example(name, example).output();
        let value = output.examples.first().map(|example| example.value["content"].to_string());
        assert_eq!(value.as_deref(), Some(r#"{"release":7,"since":5,"until":6}"#), "{name}");
    }
}

const MEMBERS: &str = "sender: '@a:b'\nevent_id: '$a'\norigin_server_ts: 1\nroom_id: '!a:b'\n";

#[test]
fn error_in_a_part_of_several_examples_is_reported_once() {
    let tree = ["a", "b", "c"].iter().fold(Tree::new().message("m.test", "type: object"), |tree, name| {
        tree.example(&format!("m.test${name}.yaml"), "$ref: core/part.yaml\ntype: m.test\ncontent: {}\n")
    });
    diagnosed(
        &tree.clone().example("core/part.yaml", MEMBERS.replace("'@a:b'", "5")),
        expect![[r#"
        error: failed to validate the example: 5 is not of type "string"
         --> event-schemas/examples/core/part.yaml:1:1
          |
        1 | sender: 5
          | ^^^^^^^^^
          |
          = at: /sender
          = expected: an example that is valid against its schema
          = help: fix this file. The example `m.test$a.yaml` refers to it

        1 error"#]],
    );
    diagnosed(
        &tree.example("core/part.yaml", "sender: [\n"),
        expect![[r#"
        error: failed to parse the file as YAML: found `[` without `]`
         --> event-schemas/examples/core/part.yaml:1:9
          |
        1 | sender: [
          |         ^
          |
          = expected: valid YAML 1.2
          = help: write `]` at the end of the values after `[`. If `[` is part of a text, put the text in quotes

        1 error"#]],
    );
}

#[test]
fn invalid_reference_of_an_example_is_reported() {
    let references =
        ["core/prat.yaml", "core/part.yml", "/core/part.yaml", "https://example.org/a", "'core/part.yaml#/a'", "1"];
    let tree = |reference: &str| {
        let text = format!("$ref: {reference}\ntype: m.test\ncontent: {{}}\n");
        let tree = Tree::new().message("m.test", "type: object").example("core/part.yaml", MEMBERS);
        tree.example("m.test.yaml", text)
    };
    expect![[r#"
        core/prat.yaml
            1:1 there is no file event-schemas/examples/core/prat.yaml
            help: write `core/part.yaml`, or add the file
        core/part.yml
            1:1 there is no file event-schemas/examples/core/part.yml
            help: write `core/part.yaml`, or add the file
        /core/part.yaml
            1:1 expected the path of another example, relative to this file, found the string `/core/part.yaml`
            help: write a path such as `core/room_event.json`, without a URL and without `#`
        https://example.org/a
            1:1 expected the path of another example, relative to this file, found the string `https://example.org/a`
            help: write a path such as `core/room_event.json`, without a URL and without `#`
        'core/part.yaml#/a'
            1:1 expected the path of another example, relative to this file, found the string `core/part.yaml#/a`
            help: write a path such as `core/room_event.json`, without a URL and without `#`
        1
            1:1 expected the path of another example, relative to this file, found the number `1`
            help: write a path such as `core/room_event.json`, without a URL and without `#`
    "#]]
    .assert_eq(&summaries(references.map(|one| (one, tree(one)))));
}
