//! Files that can't be read at all.

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
        error: this isn't YAML that can be read: did not find expected ',' or '}'
           --> event-schemas/schema/m.test.yaml:11:12
           |
        11 |         two: {type: string}
           |            ^
          = help: mend the file; a checker of your editor shows more

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
        error: this isn't JSON that can be read: trailing comma
          --> event-schemas/examples/m.test.json:4:1
          |
        4 | }
          | ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn text_after_json_is_reported() {
    let tree = Tree::new().message("m.test", "type: object").example("m.test.json", "{}\n{}\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: this isn't JSON that can be read: trailing characters
          --> event-schemas/examples/m.test.json:2:1
          |
        2 | {}
          | ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn duplicate_key_in_yaml_is_reported() {
    let content = "type: object\nproperties:\n  one: {type: string}\n  two: {type: string}\n  one: {type: integer}";
    diagnosed(
        &Tree::new().message("m.test", content),
        expect![[r#"
        error: this isn't YAML that can be read: allOf[1].properties.content.properties: the key `one` stands here for the second time
           --> event-schemas/schema/m.test.yaml:12:9
           |
        12 |         one: {type: integer}
           |         ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn duplicate_key_in_json_is_reported() {
    let text = "{\n    \"type\": \"m.test\",\n    \"content\": {},\n    \"content\": {\"a\": 1}\n}\n";
    diagnosed(
        &Tree::new().message("m.test", "type: object").example("m.test.json", text),
        expect![[r#"
        error: this isn't JSON that can be read: the key `content` stands here for the second time
          --> event-schemas/examples/m.test.json:4:13
          |
        4 |     "content": {"a": 1}
          |             ^
          = help: mend the file; a checker of your editor shows more

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
        error: the file isn't UTF-8
          --> event-schemas/schema/m.test.yaml:2:17
          |
        2 | description: Caf�.
          |                 ^
          = expected: text in UTF-8, as YAML and JSON demand
          = help: save the file as UTF-8

        1 error"#]],
    );
}

#[test]
fn yaml_tag_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\ndescription: !secret text"),
        expect![[r#"
        error: this isn't YAML that can be read: allOf[1].properties.content.description: a tag (a word behind a `!`)
          --> event-schemas/schema/m.test.yaml:9:20
          |
        9 |       description: !secret text
          |                    ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn not_a_number_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\nexample: {one: .nan}"),
        expect![[r#"
        error: this isn't YAML that can be read: allOf[1].properties.content.example.one: a number that JSON doesn't have
          --> event-schemas/schema/m.test.yaml:9:22
          |
        9 |       example: {one: .nan}
          |                      ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn number_beyond_64_bits_is_reported() {
    let text = "type: object\nproperties:\n  one: {type: integer, maximum: 18446744073709551616}";
    diagnosed(
        &Tree::new().message("m.test", text),
        expect![[r#"
        error: this isn't YAML that can be read: allOf[1].properties.content.properties.one.maximum: the integer `18446744073709551616`, which takes more than 64 bits
           --> event-schemas/schema/m.test.yaml:10:39
           |
        10 |         one: {type: integer, maximum: 18446744073709551616}
           |                                       ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn control_character_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object\ndescription: one\u{0}two"),
        expect![[r#"
        error: this isn't YAML that can be read: the control character U+0000
          --> event-schemas/schema/m.test.yaml:9:23
          |
        9 |       description: one�two
          |                       ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn two_documents_are_reported() {
    let tree = Tree::new().schema("m.test.yaml", "# The first.\ntype: object\n---\ntype: object\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: this isn't YAML that can be read: more than one document, of which the second begins here
          --> event-schemas/schema/m.test.yaml:3:1
          |
        3 | ---
          | ^
          = help: mend the file; a checker of your editor shows more

        1 error"#]],
    );
}

#[test]
fn merge_key_is_reported() {
    let text = "type: object\nproperties:\n  one: &one {type: string}\n  two: {<<: *one, minLength: 1}";
    diagnosed(
        &Tree::new().message("m.test", text),
        expect![[r#"
        error: `<<`, a merge key, isn't supported
           --> event-schemas/schema/m.test.yaml:11:15
           |
        11 |         two: {<<: *one, minLength: 1}
           |               ^
          = at: /allOf/1/properties/content/properties/two/<<
          = expected: the members themselves, which other readers see as well
          = help: write out in its place the members that it stands for

        1 error"#]],
    );
}
