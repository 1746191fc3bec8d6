//! Files that can't be read at all.

use crate::diagnosed;
use crate::support::Tree;

#[test]
fn malformed_yaml() {
    let text = "type: object
properties:
  one: {type: string
  two: {type: string}
required: [one]";
    diagnosed("malformed_yaml", &Tree::new().message("m.test", text));
}

#[test]
fn malformed_json() {
    let tree = Tree::new()
        .message("m.test", "type: object")
        .example("m.test.json", "{\n    \"type\": \"m.test\",\n    \"content\": {},\n}\n");
    diagnosed("malformed_json", &tree);
}

#[test]
fn text_behind_the_end_of_json() {
    let tree = Tree::new().message("m.test", "type: object").example("m.test.json", "{}\n{}\n");
    diagnosed("text_behind_json", &tree);
}

#[test]
fn duplicate_key() {
    let content = "type: object\nproperties:\n  one: {type: string}\n  two: {type: string}\n  one: {type: integer}";
    diagnosed("duplicate_key", &Tree::new().message("m.test", content));
}

#[test]
fn duplicate_key_in_json() {
    let text = "{\n    \"type\": \"m.test\",\n    \"content\": {},\n    \"content\": {\"a\": 1}\n}\n";
    diagnosed("duplicate_key_in_json", &Tree::new().message("m.test", "type: object").example("m.test.json", text));
}

#[test]
fn not_utf8() {
    let mut text = b"type: object\ndescription: Caf".to_vec();
    text.extend(b"\xE9.\n");
    diagnosed("not_utf8", &Tree::new().schema("m.test.yaml", text));
}

#[test]
fn tag() {
    diagnosed("tag", &Tree::new().message("m.test", "type: object\ndescription: !secret text"));
}

#[test]
fn a_number_that_json_does_not_have() {
    diagnosed("not_a_json_number", &Tree::new().message("m.test", "type: object\nexample: {one: .nan}"));
}

#[test]
fn a_number_of_more_than_64_bits() {
    let text = "type: object\nproperties:\n  one: {type: integer, maximum: 18446744073709551616}";
    diagnosed("more_than_64_bits", &Tree::new().message("m.test", text));
}

#[test]
fn a_control_character() {
    diagnosed("control_character", &Tree::new().message("m.test", "type: object\ndescription: one\u{0}two"));
}

#[test]
fn two_documents() {
    let tree = Tree::new().schema("m.test.yaml", "# The first.\ntype: object\n---\ntype: object\n");
    diagnosed("two_documents", &tree);
}

#[test]
fn a_merge_key() {
    let text = "type: object\nproperties:\n  one: &one {type: string}\n  two: {<<: *one, minLength: 1}";
    diagnosed("merge_key", &Tree::new().message("m.test", text));
}
