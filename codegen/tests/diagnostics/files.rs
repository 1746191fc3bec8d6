//! Diagnostics of files that cannot be parsed.

use expect_test::expect;

use crate::diagnosed;
use crate::support::Tree;

#[test]
fn malformed_yaml_is_reported() {
    let text = "type: object
properties:
  one: {type: string
  two: {type: string}
required: [one]";
    diagnosed(
        &Tree::new().message("m.test", text),
        expect![[r#"
            error: failed to parse the file as YAML: while parsing a flow mapping, did not find expected ',' or '}'
              --> event-schemas/schema/m.test.yaml:11:12
               |
            11 |         two: {type: string}
               |            ^
               |
               = expected: valid YAML 1.2
               = help: fix the syntax at this place

            1 error"#]],
    );
}

#[test]
fn malformed_json_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object")
        .example("m.test.json", "{\n    \"type\": \"m.test\",\n    \"content\": {},\n}\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to parse the file as JSON: key must be a string
             --> event-schemas/examples/m.test.json:4:1
              |
            4 | }
              | ^
              |
              = expected: valid JSON (RFC 8259)
              = help: fix the syntax at this place

            1 error"#]],
    );
}

#[test]
fn text_after_json_is_reported() {
    let tree = Tree::new().message("m.test", "type: object").example("m.test.json", "{}\n{}\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to parse the file as JSON: trailing characters
             --> event-schemas/examples/m.test.json:2:1
              |
            2 | {}
              | ^
              |
              = expected: valid JSON (RFC 8259)
              = help: fix the syntax at this place

            1 error"#]],
    );
}

#[test]
fn duplicate_key_in_yaml_is_reported() {
    let content = "type: object\nproperties:\n  one: {type: string}\n  two: {type: string}\n  one: {type: integer}";
    diagnosed(
        &Tree::new().message("m.test", content),
        expect![[r#"
            error: failed to parse the file as YAML: found the key `one` for the second time
              --> event-schemas/schema/m.test.yaml:12:9
               |
            12 |         one: {type: integer}
               |         ^^^
               |
               = expected: each key once in a map
               = help: remove or rename one of the two keys

            1 error"#]],
    );
}

#[test]
fn duplicate_key_in_json_is_reported() {
    let text = "{\n    \"type\": \"m.test\",\n    \"content\": {},\n    \"content\": {\"a\": 1}\n}\n";
    diagnosed(
        &Tree::new().message("m.test", "type: object").example("m.test.json", text),
        expect![[r#"
            error: failed to parse the file as JSON: found the key `content` for the second time
             --> event-schemas/examples/m.test.json:4:5
              |
            4 |     "content": {"a": 1}
              |     ^^^^^^^^^
              |
              = expected: each key once in a map
              = help: remove or rename one of the two keys

            1 error"#]],
    );
}

#[test]
fn latin_1_is_reported() {
    let mut text = b"type: object\ndescription: Caf".to_vec();
    text.extend(b"\xE9.\n");
    diagnosed(
        &Tree::new().schema("m.test.yaml", text),
        expect![[r#"
            error: failed to parse the file: found a byte that is not UTF-8
             --> event-schemas/schema/m.test.yaml:2:17
              |
            2 | description: Caf�.
              |                 ^
              |
              = expected: text in UTF-8
              = help: save the file as UTF-8

            1 error"#]],
    );
}

#[test]
fn yaml_tag_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\ndescription: !secret text"),
        expect![[r#"
            error: failed to parse the file as YAML: found the tag `!secret`, which JSON does not have
             --> event-schemas/schema/m.test.yaml:9:20
              |
            9 |       description: !secret text
              |                    ^^^^^^^
              |
              = expected: a value without a tag
              = help: remove the tag

            1 error"#]],
    );
}

#[test]
fn not_a_number_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\nexample: {one: .nan}"),
        expect![[r#"
            error: failed to parse the file as YAML: found a number that JSON does not have
             --> event-schemas/schema/m.test.yaml:9:22
              |
            9 |       example: {one: .nan}
              |                      ^^^^
              |
              = expected: a number of JSON with at most 64 bits
              = help: write such a number, or put the value in quotes

            1 error"#]],
    );
}

#[test]
fn number_beyond_64_bits_is_reported() {
    let text = "type: object\nproperties:\n  one: {type: integer, maximum: 18446744073709551616}";
    diagnosed(
        &Tree::new().message("m.test", text),
        expect![[r#"
            error: failed to parse the file as YAML: found the integer `18446744073709551616`, which has more than 64 bits
              --> event-schemas/schema/m.test.yaml:10:39
               |
            10 |         one: {type: integer, maximum: 18446744073709551616}
               |                                       ^^^^^^^^^^^^^^^^^^^^
               |
               = expected: a number of JSON with at most 64 bits
               = help: write such a number, or put the value in quotes

            1 error"#]],
    );
}

#[test]
fn control_character_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\ndescription: one\u{0}two"),
        expect![[r#"
            error: failed to parse the file as YAML: found the control character U+0000
             --> event-schemas/schema/m.test.yaml:9:23
              |
            9 |       description: one␀two
              |                       ^
              |
              = expected: valid YAML 1.2
              = help: fix the syntax at this place

            1 error"#]],
    );
}

#[test]
fn two_documents_are_reported() {
    let tree = Tree::new().schema("m.test.yaml", "# The first.\ntype: object\n---\ntype: object\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to parse the file as YAML: found the start of a second document
             --> event-schemas/schema/m.test.yaml:3:1
              |
            3 | ---
              | ^^^
              |
              = expected: one document in the file
              = help: move the second document to a file of its own

            1 error"#]],
    );
}

#[test]
fn merge_key_is_reported() {
    let text = "type: object\nproperties:\n  one: &one {type: string}\n  two: {<<: *one, minLength: 1}";
    diagnosed(
        &Tree::new().message("m.test", text),
        expect![[r#"
            error: failed to parse the file as YAML: found `<<`, a merge key, which JSON does not have
              --> event-schemas/schema/m.test.yaml:11:15
               |
            11 |         two: {<<: *one, minLength: 1}
               |               ^^
               |
               = expected: a map without merge keys
               = help: write the members in place of the merge key

            1 error"#]],
    );
}

#[test]
fn malformed_yaml_in_a_file_that_settings_name_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string\nrequired: [one]")
        .overrides("optional: [{at: m.test.yaml content.one, seen-in: history, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: failed to parse the file as YAML: while parsing a flow mapping, did not find expected ',' or '}'
          --> event-schemas/schema/m.test.yaml:11:15
           |
        11 |       required: [one]
           |               ^
           |
           = expected: valid YAML 1.2
           = help: fix the syntax at this place

        1 error"#]],
    );
}
