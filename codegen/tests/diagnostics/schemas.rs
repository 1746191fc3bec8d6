//! Schemas that say something that the generator doesn't understand, or that can't be.

use crate::diagnosed;
use crate::support::Tree;

fn content(text: &str) -> Tree {
    Tree::new().message("m.test", text)
}

#[test]
fn unknown_keyword() {
    diagnosed("unknown_keyword", &content("type: object\npropreties:\n  one: {type: string}"));
}

#[test]
fn keyword_of_json_schema_that_is_not_supported() {
    diagnosed("unsupported_keyword", &content("type: object\nproperties:\n  one: {const: 1}"));
}

#[test]
fn unknown_format() {
    // What stands behind it is left unread, but not unknown.
    let text = "type: object\nproperties:\n  one: {type: string, format: mx-user, pattern: '^@', maxLenght: 3}";
    diagnosed("unknown_format", &content(text));
}

#[test]
fn unknown_type_name() {
    diagnosed("unknown_type", &content("type: object\nproperties:\n  one: {type: [string, text]}"));
}

#[test]
fn list_in_place_of_properties() {
    diagnosed("list_of_properties", &content("type: object\nproperties:\n- one: {type: string}"));
}

#[test]
fn list_in_place_of_a_schema() {
    diagnosed("list_for_schema", &content("type: object\nproperties:\n  one: [{type: string}]"));
}

#[test]
fn nothing_in_place_of_a_schema() {
    diagnosed("nothing_for_schema", &content("type: object\nproperties:\n  one:\n  two: {type: string}"));
}

#[test]
fn value_that_yaml_takes_for_something_else() {
    diagnosed("not_a_string", &content("type: object\nproperties:\n  one: {type: string, enum: [yes, on, true]}"));
}

#[test]
fn enum_value_twice() {
    diagnosed("enum_value_twice", &content("type: object\nproperties:\n  one: {type: string, enum: [a, b, a]}"));
}

#[test]
fn negative_count() {
    diagnosed("negative_count", &content("type: object\nproperties:\n  one: {type: string, maxLength: -1}"));
}

#[test]
fn bad_pattern() {
    diagnosed("bad_pattern", &content("type: object\nproperties:\n  one: {type: string, pattern: '^[a-z'}"));
}

#[test]
fn bad_pattern_for_keys() {
    diagnosed("bad_key_pattern", &content("type: object\npatternProperties:\n  '(': {type: string}"));
}

#[test]
fn pattern_that_no_type_of_keys_checks() {
    diagnosed("key_pattern", &content("type: object\npatternProperties:\n  '^x-': {type: string}"));
}

#[test]
fn bad_version() {
    let text = "type: object\nproperties:\n  one:\n    type: string\n    x-addedInMatrixVersion: next";
    diagnosed("bad_version", &content(text));
}

#[test]
fn bad_version_of_a_change() {
    let text = "type: object\nproperties:\n  one:\n    x-changedInMatrixVersion:\n      '2': It grew.";
    diagnosed("bad_changed_version", &content(text));
}

#[test]
fn required_property_not_declared() {
    let text = "type: object\nproperties:\n  one: {type: string}\nrequired:\n- one\n- other";
    diagnosed("required_not_declared", &content(text));
}

#[test]
fn required_property_not_declared_where_no_property_is() {
    let text = "type: object\nproperties:\n  inner:\n    type: object\n    required: [other]";
    diagnosed("required_of_opaque", &content(text));
}

#[test]
fn required_property_not_declared_by_the_schema_that_others_build_on() {
    let base = "type: object\nproperties:\n  one: {type: string}\nrequired:\n- other\n";
    let text = "allOf:\n- $ref: base.yaml\n- properties:\n    two: {type: string}\n  required: [two]";
    diagnosed("required_not_declared_in_base", &content(text).schema("base.yaml", base));
}

#[test]
fn alternatives_of_one_type() {
    let text = "\
type: object
properties:
  one:
    oneOf:
    - {type: object, properties: {a: {type: string}}}
    - {type: object, properties: {b: {type: string}}}";
    diagnosed("alternatives_of_one_type", &content(text));
}

#[test]
fn alternatives_beside_properties() {
    let text = "\
type: object
properties:
  one:
    properties:
      lost: {type: string}
    oneOf:
    - {type: object}
    - {type: string}";
    diagnosed("alternatives_beside_properties", &content(text));
}

#[test]
fn content_of_alternatives() {
    diagnosed("content_of_alternatives", &content("oneOf:\n- {type: object}\n- {type: string}"));
}

#[test]
fn content_that_is_no_object() {
    diagnosed("content_no_object", &content("type: string"));
}

#[test]
fn conflicting_types_in_all_of() {
    let text = "\
type: object
properties:
  one:
    allOf:
    - {type: string}
    - {type: integer}";
    diagnosed("conflicting_types", &content(text));
}

#[test]
fn conflicting_patterns_across_files() {
    let tree = Tree::new()
        .schema("base.yaml", "type: object\nproperties:\n  one: {type: string, pattern: '^a'}\n")
        .message("m.test", "allOf:\n- $ref: base.yaml\n- properties:\n    one: {pattern: '^b'}");
    diagnosed("conflicting_patterns", &tree);
}

#[test]
fn property_added_to_a_closed_object() {
    let text = "\
allOf:
- type: object
  properties:
    one: {type: string}
  additionalProperties: false
- properties:
    two: {type: string}";
    diagnosed("added_to_closed", &content(text));
}

#[test]
fn two_schemas_for_unnamed_members() {
    let text = "\
type: object
patternProperties:
  '^@': {type: string}
additionalProperties: {type: integer}";
    diagnosed("two_maps", &content(text));
}

#[test]
fn nothing_is_allowed() {
    diagnosed("no_types", &content("type: object\nproperties:\n  one: {type: []}"));
    diagnosed("no_values", &content("type: object\nproperties:\n  one: {type: string, enum: []}"));
}

#[test]
fn limits_that_nothing_keeps() {
    let text = "\
type: object
properties:
  one: {type: string, minLength: 3, maxLength: 2}
  two: {type: array, minItems: 3, maxItems: 2}
  three: {type: object, minProperties: 3, maxProperties: 2}
  four: {type: integer, minimum: 0.5, maximum: 0}
  same: {type: integer, minimum: 1, maximum: 1}";
    diagnosed("limits", &content(text));
}

#[test]
fn list_of_no_schemas() {
    let text = "\
type: object
properties:
  one: {oneOf: []}
  any: {anyOf: []}
  all: {allOf: []}";
    diagnosed("no_schemas", &content(text));
}
