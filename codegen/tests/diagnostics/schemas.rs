//! Diagnostics of invalid schemas, and of schemas that the generator does not support.

use expect_test::expect;

use crate::support::Tree;
use crate::{diagnosed, summaries};

fn content(text: &str) -> Tree {
    Tree::new().message("m.test", text)
}

#[test]
fn unknown_keyword_is_reported_with_a_suggestion() {
    diagnosed(
        &content("type: object\npropreties:\n  one: {type: string}"),
        expect![[r#"
            error: unknown keyword `propreties`
             --> event-schemas/schema/m.test.yaml:9:7
              |
            9 |       propreties:
              |       ^^^^^^^^^^
              |
              = at: /allOf/1/properties/content/propreties
              = expected: one of `$schema`, `title`, `description`, `x-addedInMatrixVersion`, `x-changedInMatrixVersion`, `deprecated`, `$ref`, `allOf`, `oneOf`, `anyOf`, `type`, `format`, `x-pattern-format`, `pattern`, `enum`, `minLength`, `maxLength`, `minimum`, `maximum`, `minItems`, `maxItems`, `minProperties`, `maxProperties`, `items`, `properties`, `required`, `patternProperties`, `propertyNames`, `additionalProperties`, `example`, `examples`, `x-pattern`, `x-weight`
              = help: write `properties` in place of `propreties`. Otherwise, remove `propreties`, or support it in `KEYWORDS` in codegen/src/schema/keywords.rs and in codegen/src/schema/parse.rs

            1 error"#]],
    );
}

#[test]
fn unsupported_keyword_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {const: 1}"),
        expect![[r#"
            error: unsupported keyword `const`
              --> event-schemas/schema/m.test.yaml:10:15
               |
            10 |         one: {const: 1}
               |               ^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/const
               = expected: one of `$schema`, `title`, `description`, `x-addedInMatrixVersion`, `x-changedInMatrixVersion`, `deprecated`, `$ref`, `allOf`, `oneOf`, `anyOf`, `type`, `format`, `x-pattern-format`, `pattern`, `enum`, `minLength`, `maxLength`, `minimum`, `maximum`, `minItems`, `maxItems`, `minProperties`, `maxProperties`, `items`, `properties`, `required`, `patternProperties`, `propertyNames`, `additionalProperties`, `example`, `examples`, `x-pattern`, `x-weight`
               = help: remove `const`, or support it in `KEYWORDS` in codegen/src/schema/keywords.rs and in codegen/src/schema/parse.rs

            1 error"#]],
    );
}

#[test]
fn unknown_format_is_reported() {
    // The supported keywords after the error are not reported as unknown.
    let text = "type: object\nproperties:\n  one: {type: string, format: mx-user, pattern: '^@', maxLenght: 3}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: unknown format `mx-user`
              --> event-schemas/schema/m.test.yaml:10:29
               |
            10 |         one: {type: string, format: mx-user, pattern: '^@', maxLenght: 3}
               |                             ^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/format
               = expected: one of `mx-user-id`, `mx-room-id`, `mx-event-id`, `mx-room-alias`, `mx-room-or-alias`, `mx-server-name`, `mx-mxc-uri`, `mx-device-id`, `mx-transaction-id`, `mx-session-id`, `mx-voip-id`, `mx-key-id`, `mx-server-signing-key-id`, `mx-room-version`, `mx-space-child-order`, `mx-unpadded-base64`, `mx-urlsafe-unpadded-base64`, `uri`, `int64`, `float`
               = help: write one of these formats, or support the format in `identifiers!` in codegen/src/schema/types.rs

            error: unknown keyword `maxLenght`
              --> event-schemas/schema/m.test.yaml:10:61
               |
            10 |         one: {type: string, format: mx-user, pattern: '^@', maxLenght: 3}
               |                                                             ^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/maxLenght
               = expected: one of `$schema`, `title`, `description`, `x-addedInMatrixVersion`, `x-changedInMatrixVersion`, `deprecated`, `$ref`, `allOf`, `oneOf`, `anyOf`, `type`, `format`, `x-pattern-format`, `pattern`, `enum`, `minLength`, `maxLength`, `minimum`, `maximum`, `minItems`, `maxItems`, `minProperties`, `maxProperties`, `items`, `properties`, `required`, `patternProperties`, `propertyNames`, `additionalProperties`, `example`, `examples`, `x-pattern`, `x-weight`
               = help: write `maxLength` in place of `maxLenght`. Otherwise, remove `maxLenght`, or support it in `KEYWORDS` in codegen/src/schema/keywords.rs and in codegen/src/schema/parse.rs

            2 errors"#]],
    );
}

#[test]
fn unknown_type_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: [string, text]}"),
        expect![[r#"
            error: expected a JSON type, found the string `text`
              --> event-schemas/schema/m.test.yaml:10:30
               |
            10 |         one: {type: [string, text]}
               |                              ^^^^
               |
               = at: /allOf/1/properties/content/properties/one/type/1
               = expected: one of `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`
               = help: write `string`

            1 error"#]],
    );
}

#[test]
fn list_in_place_of_properties_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n- one: {type: string}"),
        expect![[r#"
            error: expected a map from names to schemas, found a list
             --> event-schemas/schema/m.test.yaml:9:7
              |
            9 |       properties:
              |       ^^^^^^^^^^
              |
              = at: /allOf/1/properties/content/properties
              = help: write a map such as `{name: {type: string}}`

            1 error"#]],
    );
}

#[test]
fn list_in_place_of_a_schema_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: [{type: string}]"),
        expect![[r#"
            error: expected a schema, found a list
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         one: [{type: string}]
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one
               = help: write the keywords of one schema, without `-` and without brackets

            1 error"#]],
    );
}

#[test]
fn null_in_place_of_a_schema_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one:\n  two: {type: string}"),
        expect![[r#"
            error: expected a schema, found null
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         one:
               |         ^^^
               |
               = at: /allOf/1/properties/content/properties/one
               = help: indent the keywords of the schema more than `one`, or write `{}` to allow every value

            1 error"#]],
    );
}

#[test]
fn boolean_in_a_string_enum_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, enum: [yes, on, true]}"),
        expect![[r#"
            error: expected a string, found the boolean `true`
              --> event-schemas/schema/m.test.yaml:10:45
               |
            10 |         one: {type: string, enum: [yes, on, true]}
               |                                             ^^^^
               |
               = at: /allOf/1/properties/content/properties/one/enum/2
               = help: put the value in quotes

            1 error"#]],
    );
}

#[test]
fn duplicate_enum_value_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, enum: [a, b, a]}"),
        expect![[r#"
            error: expected each value once, found `a` for the second time
              --> event-schemas/schema/m.test.yaml:10:42
               |
            10 |         one: {type: string, enum: [a, b, a]}
               |                                          ^
               |
               = at: /allOf/1/properties/content/properties/one/enum/2
               = help: remove one of the two values

            1 error"#]],
    );
}

#[test]
fn negative_length_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, maxLength: -1}"),
        expect![[r#"
            error: expected an integer that is not negative, found the number `-1`
              --> event-schemas/schema/m.test.yaml:10:29
               |
            10 |         one: {type: string, maxLength: -1}
               |                             ^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/maxLength
               = help: write such an integer, without quotes and without a fraction

            1 error"#]],
    );
}

#[test]
fn malformed_pattern_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, pattern: '^[a-z'}"),
        expect![[r#"
            error: failed to parse the pattern `^[a-z`: Unbalanced bracket
              --> event-schemas/schema/m.test.yaml:10:29
               |
            10 |         one: {type: string, pattern: '^[a-z'}
               |                             ^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/pattern
               = expected: a regular expression of ECMA-262
               = help: fix the syntax of the pattern

            1 error"#]],
    );
}

#[test]
fn malformed_key_pattern_is_reported() {
    diagnosed(
        &content("type: object\npatternProperties:\n  '(': {type: string}"),
        expect![[r#"
            error: failed to parse the pattern `(`: Unbalanced parenthesis
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         '(': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/patternProperties/(
               = expected: a regular expression of ECMA-262
               = help: fix the syntax of the pattern

            1 error"#]],
    );
}

#[test]
fn key_pattern_without_a_format_is_reported() {
    diagnosed(
        &content("type: object\npatternProperties:\n  '^x-': {type: string}"),
        expect![[r#"
            error: unsupported pattern of keys `^x-`
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         '^x-': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/patternProperties/^x-
               = expected: `^@`, `^!`, `^\$`, `^#` or an empty pattern, in agreement with `x-pattern-format`
               = help: correct the pattern or the format, or support the pattern in codegen/src/lower/types.rs

            1 error"#]],
    );
}

#[test]
fn malformed_version_is_reported() {
    let text = "type: object\nproperties:\n  one:\n    type: string\n    x-addedInMatrixVersion: next";
    diagnosed(
        &content(text),
        expect![[r#"
            error: expected a release of the specification, found the string `next`
              --> event-schemas/schema/m.test.yaml:12:11
               |
            12 |           x-addedInMatrixVersion: next
               |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/x-addedInMatrixVersion
               = help: write the release in quotes, such as `"1.19"`

            1 error"#]],
    );
}

#[test]
fn malformed_version_of_a_change_is_reported() {
    let text = "type: object\nproperties:\n  one:\n    x-changedInMatrixVersion:\n      '2': It grew.";
    diagnosed(
        &content(text),
        expect![[r#"
            error: expected a release of the specification, found the string `2`
              --> event-schemas/schema/m.test.yaml:12:13
               |
            12 |             '2': It grew.
               |             ^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/x-changedInMatrixVersion/2
               = help: write the release in quotes, such as `"1.19"`

            1 error"#]],
    );
}

#[test]
fn undeclared_required_property_is_reported() {
    let text = "type: object\nproperties:\n  one: {type: string}\nrequired:\n- one\n- other";
    diagnosed(
        &content(text),
        expect![[r#"
            error: undeclared required property `other`
              --> event-schemas/schema/m.test.yaml:13:9
               |
            13 |       - other
               |         ^^^^^
               |
               = at: /allOf/1/properties/content/required/1
               = expected: `other` under `properties`
               = help: correct the name, or add an entry under `additions` in overrides.yaml: `- {at: m.test.yaml content, property: other, schema: {…}, why: …}`

            1 error"#]],
    );
}

#[test]
fn required_property_of_an_opaque_object_is_reported() {
    let text = "type: object\nproperties:\n  inner:\n    type: object\n    required: [other]";
    diagnosed(
        &content(text),
        expect![[r#"
            error: undeclared required property `other`
              --> event-schemas/schema/m.test.yaml:12:22
               |
            12 |           required: [other]
               |                      ^^^^^
               |
               = at: /allOf/1/properties/content/properties/inner/required/0
               = expected: `other` under `properties`
               = help: correct the name, or add an entry under `additions` in overrides.yaml: `- {at: m.test.yaml content.inner, property: other, schema: {…}, why: …}`

            1 error"#]],
    );
}

#[test]
fn undeclared_required_property_of_a_base_is_reported() {
    let base = "type: object\nproperties:\n  one: {type: string}\nrequired:\n- other\n";
    let text = "allOf:\n- $ref: base.yaml\n- properties:\n    two: {type: string}\n  required: [two]";
    diagnosed(
        &content(text).schema("base.yaml", base),
        expect![[r#"
            error: undeclared required property `other`
             --> event-schemas/schema/base.yaml:5:3
              |
            5 | - other
              |   ^^^^^
              |
              = at: /required/0
              = expected: `other` under `properties`
              = help: correct the name, or add an entry under `additions` in overrides.yaml: `- {at: base.yaml, property: other, schema: {…}, why: …}`

            1 error"#]],
    );
}

#[test]
fn alternatives_of_one_type_are_reported() {
    let text = "\
type: object
properties:
  one:
    oneOf:
    - {type: object, properties: {a: {type: string}}}
    - {type: object, properties: {b: {type: string}}}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: unsupported alternative: its JSON type does not distinguish it from the others
              --> event-schemas/schema/m.test.yaml:13:13
               |
            13 |           - {type: object, properties: {b: {type: string}}}
               |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/oneOf/1
               = expected: alternatives with one `type` each, all of them different
               = help: merge the alternatives of one type, or support them in codegen/src/lower/types.rs

            1 error"#]],
    );
}

#[test]
fn properties_next_to_alternatives_are_reported() {
    let text = "\
type: object
properties:
  one:
    properties:
      lost: {type: string}
    oneOf:
    - {type: object}
    - {type: string}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: unsupported combination of `oneOf` or `anyOf` with other keywords
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         one:
               |         ^^^
               |
               = at: /allOf/1/properties/content/properties/one
               = expected: one `oneOf` or `anyOf`, without keywords about properties
               = help: move the other keywords into the alternatives, or support the combination in codegen/src/lower/types.rs

            1 error"#]],
    );
}

#[test]
fn content_with_alternatives_is_reported() {
    diagnosed(
        &content("oneOf:\n- {type: object}\n- {type: string}"),
        expect![[r#"
            error: unsupported `oneOf` or `anyOf` in the content of an event
             --> event-schemas/schema/m.test.yaml:7:5
              |
            7 |     content:
              |     ^^^^^^^
              |
              = at: /allOf/1/properties/content
              = expected: an object with properties, or a schema in a file of its own for each variant
              = help: write a schema for each variant, or support alternatives in codegen/src/lower/content.rs

            1 error"#]],
    );
}

#[test]
fn content_that_is_a_string_is_reported() {
    diagnosed(
        &content("type: string"),
        expect![[r#"
            error: `type` is `string` here, but `object` in event-schemas/schema/core-event-schema/event.yaml#/properties/content
             --> event-schemas/schema/m.test.yaml:8:7
              |
            8 |       type: string
              |       ^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/content/type
              = other place: event-schemas/schema/core-event-schema/event.yaml:5:57
              = expected: schemas with a type in common
              = help: correct one of the two values of `type`

            1 error"#]],
    );
}

#[test]
fn conflicting_types_in_all_of_are_reported() {
    let text = "\
type: object
properties:
  one:
    allOf:
    - {type: string}
    - {type: integer}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: `type` is `integer` here, but `string` in event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one/allOf/0
              --> event-schemas/schema/m.test.yaml:13:14
               |
            13 |           - {type: integer}
               |              ^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/allOf/1/type
               = other place: event-schemas/schema/m.test.yaml:12:14
               = expected: schemas with a type in common
               = help: correct one of the two values of `type`

            1 error"#]],
    );
}

#[test]
fn conflicting_patterns_of_two_files_are_reported() {
    let tree = Tree::new()
        .schema("base.yaml", "type: object\nproperties:\n  one: {type: string, pattern: '^a'}\n")
        .message("m.test", "allOf:\n- $ref: base.yaml\n- properties:\n    one: {pattern: '^b'}");
    diagnosed(
        &tree,
        expect![[r#"
            error: `pattern` is `^b` here, but `^a` in event-schemas/schema/base.yaml#/properties/one
              --> event-schemas/schema/m.test.yaml:11:17
               |
            11 |           one: {pattern: '^b'}
               |                 ^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/allOf/1/properties/one/pattern
               = other place: event-schemas/schema/base.yaml:3:23
               = expected: one value of `pattern` in all schemas of a place
               = help: correct one of the two values of `pattern`

            1 error"#]],
    );
}

#[test]
fn property_added_to_a_closed_object_is_reported() {
    let text = "\
allOf:
- type: object
  properties:
    one: {type: string}
  additionalProperties: false
- properties:
    two: {type: string}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: the property `two` is added to event-schemas/schema/m.test.yaml#/allOf/1/properties/content/allOf/0, which has `additionalProperties`
              --> event-schemas/schema/m.test.yaml:14:11
               |
            14 |           two: {type: string}
               |           ^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/allOf/1/properties/two
               = expected: all properties and patterns of the object next to its `additionalProperties`
               = help: declare `two` in event-schemas/schema/m.test.yaml#/allOf/1/properties/content/allOf/0

            1 error"#]],
    );
}

#[test]
fn two_schemas_for_additional_properties_are_reported() {
    let text = "\
type: object
patternProperties:
  '^@': {type: string}
additionalProperties: {type: integer}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: unsupported second schema for undeclared members
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         '^@': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/patternProperties/^@
               = expected: one pattern under `patternProperties`, or `additionalProperties` with a schema
               = help: remove one of the two schemas, or support several in codegen/src/lower/types.rs

            1 error"#]],
    );
}

#[test]
fn empty_type_and_empty_enum_are_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: []}"),
        expect![[r#"
            error: expected at least one JSON type, found an empty list
              --> event-schemas/schema/m.test.yaml:10:15
               |
            10 |         one: {type: []}
               |               ^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/type
               = help: list the allowed types, or remove the `type`

            1 error"#]],
    );
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, enum: []}"),
        expect![[r#"
            error: expected at least one value, found an empty list
              --> event-schemas/schema/m.test.yaml:10:29
               |
            10 |         one: {type: string, enum: []}
               |                             ^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/enum
               = help: list the allowed values, or remove the `enum`

            1 error"#]],
    );
}

#[test]
fn lower_limit_above_the_upper_limit_is_reported() {
    let text = "\
type: object
properties:
  one: {type: string, minLength: 3, maxLength: 2}
  two: {type: array, minItems: 3, maxItems: 2}
  three: {type: object, minProperties: 3, maxProperties: 2}
  four: {type: integer, minimum: 0.5, maximum: 0}
  same: {type: integer, minimum: 1, maximum: 1}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: `minLength` is 3, but `maxLength` is 2
              --> event-schemas/schema/m.test.yaml:10:29
               |
            10 |         one: {type: string, minLength: 3, maxLength: 2}
               |                             ^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/minLength
               = expected: a value of `minLength` that is at most `maxLength`
               = help: decrease `minLength`, or increase `maxLength`

            error: `minItems` is 3, but `maxItems` is 2
              --> event-schemas/schema/m.test.yaml:11:28
               |
            11 |         two: {type: array, minItems: 3, maxItems: 2}
               |                            ^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/two/minItems
               = expected: a value of `minItems` that is at most `maxItems`
               = help: decrease `minItems`, or increase `maxItems`

            error: `minProperties` is 3, but `maxProperties` is 2
              --> event-schemas/schema/m.test.yaml:12:31
               |
            12 |         three: {type: object, minProperties: 3, maxProperties: 2}
               |                               ^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/three/minProperties
               = expected: a value of `minProperties` that is at most `maxProperties`
               = help: decrease `minProperties`, or increase `maxProperties`

            error: `minimum` is 0.5, but `maximum` is 0
              --> event-schemas/schema/m.test.yaml:13:31
               |
            13 |         four: {type: integer, minimum: 0.5, maximum: 0}
               |                               ^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/four/minimum
               = expected: a value of `minimum` that is at most `maximum`
               = help: decrease `minimum`, or increase `maximum`

            4 errors"#]],
    );
}

#[test]
fn empty_list_of_schemas_is_reported() {
    let text = "\
type: object
properties:
  one: {oneOf: []}
  any: {anyOf: []}
  all: {allOf: []}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: expected at least one schema, found an empty list
              --> event-schemas/schema/m.test.yaml:10:15
               |
            10 |         one: {oneOf: []}
               |               ^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/oneOf
               = help: list the schemas, or remove the keyword

            error: expected at least one schema, found an empty list
              --> event-schemas/schema/m.test.yaml:11:15
               |
            11 |         any: {anyOf: []}
               |               ^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/any/anyOf
               = help: list the schemas, or remove the keyword

            error: expected at least one schema, found an empty list
              --> event-schemas/schema/m.test.yaml:12:15
               |
            12 |         all: {allOf: []}
               |               ^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/all/allOf
               = help: list the schemas, or remove the keyword

            3 errors"#]],
    );
}

/// Summarizes the errors of schemas of a property.
fn of_property(schemas: &[&'static str]) -> String {
    let tree = |schema: &&'static str| (*schema, content(&format!("type: object\nproperties:\n  one: {schema}")));
    summaries(schemas.iter().map(tree))
}

#[test]
fn value_of_another_type_is_reported_with_a_fix_that_works() {
    let schemas = [
        "{type: null}",
        "{type: [string, null]}",
        "{type: [string, string]}",
        "{type: true}",
        "{type: {a: b}}",
        "{type: String}",
        "{type: strign}",
        "{type: int}",
        "{type: dict}",
        "{format: 1}",
        "{format: mx-user-di}",
        "{minLength: '3'}",
        "{minLength: 3.0}",
        "{minimum: '3'}",
        "{additionalProperties: maybe}",
        "{additionalProperties: }",
        "{items: }",
        "{items: [{type: string}]}",
        "{items: true}",
        "{properties: {a: string}}",
        "{properties: {a: 'type:string'}}",
        "{$ref: }",
        "{$ref: 1}",
        "{$ref: ''}",
        "{tyep: string}",
        "{requierd: [a]}",
        "{$schema: 'https://json-schema.org/draft/2019-09/schema'}",
    ];
    expect![[r#"
        {type: null}
            10:15 expected a JSON type, found null
            help: write `'null'` in quotes, because `null` without quotes is no string in YAML
        {type: [string, null]}
            10:30 expected a JSON type, found null
            help: write `'null'` in quotes, because `null` without quotes is no string in YAML
        {type: [string, string]}
            10:30 expected each value once, found `string` for the second time
            help: remove one of the two values
        {type: true}
            10:15 expected a JSON type, found the boolean `true`
            help: write one of these types, or a list of them
        {type: {a: b}}
            10:15 expected a JSON type, found a map
            help: write one of these types, or a list of them
        {type: String}
            10:15 expected a JSON type, found the string `String`
            help: write `string`
        {type: strign}
            10:15 expected a JSON type, found the string `strign`
            help: write `string`
        {type: int}
            10:15 expected a JSON type, found the string `int`
            help: write `integer`
        {type: dict}
            10:15 expected a JSON type, found the string `dict`
            help: write `object`
        {format: 1}
            10:15 expected the name of a format, found the number `1`
            help: write one of these formats, or remove the keyword
        {format: mx-user-di}
            10:15 unknown format `mx-user-di`
            help: write `mx-user-id`, or support the format in `identifiers!` in codegen/src/schema/types.rs
        {minLength: '3'}
            10:15 expected an integer that is not negative, found the string `3`
            help: write such an integer, without quotes and without a fraction
        {minLength: 3.0}
            10:15 expected an integer that is not negative, found the number `3.0`
            help: write such an integer, without quotes and without a fraction
        {minimum: '3'}
            10:15 expected a number, found the string `3`
            help: write a number without quotes
        {additionalProperties: maybe}
            10:15 expected a schema, `true` or `false`, found the string `maybe`
            help: write `true`, `false`, or a schema such as `{type: string}`
        {additionalProperties: }
            10:15 expected a schema, `true` or `false`, found null
            help: write `true`, `false`, or a schema such as `{type: string}`
        {items: }
            10:15 expected a schema, found null
            help: indent the keywords of the schema more than `items`, or write `{}` to allow every value
        {items: [{type: string}]}
            10:15 expected a schema, found a list
            help: write the keywords of one schema, without `-` and without brackets
        {items: true}
            10:15 expected a schema, found the boolean `true`
            help: write `{}` to allow every value
        {properties: {a: string}}
            10:28 expected a schema, found the string `string`
            help: write `{type: string}`
        {properties: {a: 'type:string'}}
            10:28 expected a schema, found the string `type:string`
            help: write keywords such as `type: object`, each with a space after the `:`
        {$ref: }
            10:15 expected the path of a schema, relative to this file, found null
            help: write a path such as `components/name.yaml`
        {$ref: 1}
            10:15 expected the path of a schema, relative to this file, found the number `1`
            help: write a path such as `components/name.yaml`
        {$ref: ''}
            10:15 expected the path of a file of the tree, found ``
            help: write a relative path such as `components/name.yaml`. If the file is not in the tree, copy the definition to a file next to this one
        {tyep: string}
            10:15 unknown keyword `tyep`
            help: write `type` in place of `tyep`. Otherwise, remove `tyep`, or support it in `KEYWORDS` in codegen/src/schema/keywords.rs and in codegen/src/schema/parse.rs
        {requierd: [a]}
            10:15 unknown keyword `requierd`
            help: write `required` in place of `requierd`. Otherwise, remove `requierd`, or support it in `KEYWORDS` in codegen/src/schema/keywords.rs and in codegen/src/schema/parse.rs
        {$schema: 'https://json-schema.org/draft/2019-09/schema'}
            10:15 expected the draft 2020-12 of JSON Schema, found the string `https://json-schema.org/draft/2019-09/schema`
            help: write `https://json-schema.org/draft/2020-12/schema`, or remove `$schema`
    "#]].assert_eq(&of_property(&schemas));
}

#[test]
fn schema_without_valid_values_is_reported() {
    let schemas = [
        "{type: integer, enum: [a]}",
        "{type: integer, enum: [1, 2]}",
        "{type: [string, 'null'], enum: [a]}",
        "{allOf: [{type: string, enum: [a, b]}, {enum: [c]}]}",
        "{allOf: [{type: string, minLength: 5}, {maxLength: 3}]}",
        "{allOf: [{type: integer, maximum: 3}, {minimum: 5}]}",
        "{allOf: [{type: string}, {type: integer}]}",
        "{oneOf: [{type: string}, {type: integer}], type: object}",
        "{type: string, enum: [a, b], pattern: '^a'}",
        "{type: string, enum: [abc], maxLength: 2}",
        "{type: string, enum: [abc], minLength: 4}",
        "{required: [a, b], maxProperties: 1}",
        "{type: integer, minimum: 0.5, maximum: 0.7}",
    ];
    expect![[r#"
        {type: integer, enum: [a]}
            10:30 unsupported `enum` of the type `integer`
            help: write `type: string`, or remove the `enum`, or support such values in codegen/src/schema/parse.rs
        {type: integer, enum: [1, 2]}
            10:30 unsupported `enum` of the type `integer`
            help: write `type: string`, or remove the `enum`, or support such values in codegen/src/schema/parse.rs
        {type: [string, 'null'], enum: [a]}
            10:39 unsupported `enum` of the type `null`
            help: write `type: string`, or remove the `enum`, or support such values in codegen/src/schema/parse.rs
        {allOf: [{type: string, enum: [a, b]}, {enum: [c]}]}
            10:54 `enum` is `c` here, but `a`, `b` in event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one/allOf/0
            help: correct one of the two values of `enum`
        {allOf: [{type: string, minLength: 5}, {maxLength: 3}]}
            10:54 `maxLength` is 3, but `minLength` is 5 in event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one/allOf/0
            help: decrease `minLength`, or increase `maxLength`
        {allOf: [{type: integer, maximum: 3}, {minimum: 5}]}
            10:53 `minimum` is 5, but `maximum` is 3 in event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one/allOf/0
            help: decrease `minimum`, or increase `maximum`
        {allOf: [{type: string}, {type: integer}]}
            10:40 `type` is `integer` here, but `string` in event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one/allOf/0
            help: correct one of the two values of `type`
        {oneOf: [{type: string}, {type: integer}], type: object}
            10:23 `type` is `string` here, but `object` next to the alternatives
            help: remove the `type` next to the alternatives, or correct the `type` of this alternative
        {type: string, enum: [a, b], pattern: '^a'}
            10:39 `pattern` excludes the value `b` of the `enum`
            help: remove `b`, or remove `pattern`
        {type: string, enum: [abc], maxLength: 2}
            10:36 `maxLength` excludes the value `abc` of the `enum`
            help: remove `abc`, or remove `maxLength`
        {type: string, enum: [abc], minLength: 4}
            10:36 `minLength` excludes the value `abc` of the `enum`
            help: remove `abc`, or remove `minLength`
        {required: [a, b], maxProperties: 1}
            10:33 `maxProperties` is 1, but `required` lists 2 properties
            help: write `maxProperties: 2`, or remove names from `required`
        {type: integer, minimum: 0.5, maximum: 0.7}
            10:30 no integer is between the `minimum` 0.5 and the `maximum` 0.7
            help: decrease `minimum`, or increase `maximum`
    "#]].assert_eq(&of_property(&schemas));
}

#[test]
fn keyword_without_effect_is_reported() {
    let schemas = [
        "{type: integer, pattern: '^a'}",
        "{type: integer, format: mx-user-id}",
        "{type: string, format: int64}",
        "{type: string, minimum: 1}",
        "{type: string, items: {}}",
        "{type: string, minItems: 1}",
        "{type: string, properties: {a: {}}}",
        "{type: array, required: [a]}",
        "{type: array, patternProperties: {'^@': {}}}",
        "{type: array, propertyNames: {}}",
        "{type: array, additionalProperties: false}",
        "{type: [integer, boolean], maxLength: 3}",
    ];
    expect![[r#"
        {type: integer, pattern: '^a'}
            10:30 `pattern` has no effect on values of the type `integer`
            help: remove `pattern`, or write `type: string`
        {type: integer, format: mx-user-id}
            10:30 `format` has no effect on values of the type `integer`
            help: remove `format`, or write `type: string`
        {type: string, format: int64}
            10:29 `format` has no effect on values of the type `string`
            help: remove `format`, or write `type: number`
        {type: string, minimum: 1}
            10:29 `minimum` has no effect on values of the type `string`
            help: remove `minimum`, or write `type: number`
        {type: string, items: {}}
            10:29 `items` has no effect on values of the type `string`
            help: remove `items`, or write `type: array`
        {type: string, minItems: 1}
            10:29 `minItems` has no effect on values of the type `string`
            help: remove `minItems`, or write `type: array`
        {type: string, properties: {a: {}}}
            10:29 `properties` has no effect on values of the type `string`
            help: remove `properties`, or write `type: object`
        {type: array, required: [a]}
            10:28 `required` has no effect on values of the type `array`
            help: remove `required`, or write `type: object`
        {type: array, patternProperties: {'^@': {}}}
            10:28 `patternProperties` has no effect on values of the type `array`
            help: remove `patternProperties`, or write `type: object`
        {type: array, propertyNames: {}}
            10:28 `propertyNames` has no effect on values of the type `array`
            help: remove `propertyNames`, or write `type: object`
        {type: array, additionalProperties: false}
            10:28 `additionalProperties` has no effect on values of the type `array`
            help: remove `additionalProperties`, or write `type: object`
        {type: [integer, boolean], maxLength: 3}
            10:41 `maxLength` has no effect on values of the type `integer` or `boolean`
            help: remove `maxLength`, or write `type: string`
    "#]]
    .assert_eq(&of_property(&schemas));
}

#[test]
fn consistent_schemas_are_accepted() {
    let schemas = [
        "{type: [string, integer], pattern: '^a', minimum: 1}",
        "{type: integer, format: float, minimum: 1}",
        "{minLength: 1}",
        "{allOf: [{type: string, enum: [a, b]}, {enum: [b]}]}",
        "{oneOf: [{type: string}, {type: integer}], type: [string, number]}",
        "{type: string, $schema: 'https://json-schema.org/draft/2020-12/schema'}",
        // Releases before v1.11 state this draft.
        "{type: string, $schema: 'http://json-schema.org/draft-04/schema#'}",
        // The development branch states the next release.
        "{type: string, x-addedInMatrixVersion: '1.20', x-changedInMatrixVersion: {1.10: Text.}}",
    ];
    let summary = of_property(&schemas);
    assert_eq!(summary.matches("    accepted\n").count(), schemas.len(), "{summary}");
}

#[test]
fn release_that_does_not_exist_is_reported() {
    let schemas = [
        "{type: string, x-addedInMatrixVersion: '1.21'}",
        "{type: string, x-addedInMatrixVersion: '1.0'}",
        "{type: string, x-addedInMatrixVersion: '2.0'}",
        "{type: string, x-addedInMatrixVersion: 1.01}",
        "{type: string, x-changedInMatrixVersion: {'1.25': Text.}}",
    ];
    expect![[r#"
        {type: string, x-addedInMatrixVersion: '1.21'}
            10:29 the release v1.21 does not exist, because the tree is of v1.19
            help: correct the release
        {type: string, x-addedInMatrixVersion: '1.0'}
            10:29 the release v1.0 does not exist, because the tree is of v1.19
            help: correct the release
        {type: string, x-addedInMatrixVersion: '2.0'}
            10:29 the release v2.0 does not exist, because the tree is of v1.19
            help: correct the release
        {type: string, x-addedInMatrixVersion: 1.01}
            10:29 expected a release of the specification, found the number `1.01`
            help: write the release in quotes, such as `"1.19"`
        {type: string, x-changedInMatrixVersion: {'1.25': Text.}}
            10:56 the release v1.25 does not exist, because the tree is of v1.19
            help: correct the release
    "#]]
    .assert_eq(&of_property(&schemas));
}

#[test]
fn contradicting_schemas_in_two_files_are_both_named() {
    let tree = content("type: object\nproperties:\n  one:\n    allOf: [{$ref: shared.yaml}, {enum: [b]}]")
        .schema("shared.yaml", "type: string\nenum: [a]\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: `enum` is `b` here, but `a` in event-schemas/schema/shared.yaml
          --> event-schemas/schema/m.test.yaml:11:41
           |
        11 |           allOf: [{$ref: shared.yaml}, {enum: [b]}]
           |                                         ^^^^^^^^^
           |
           = at: /allOf/1/properties/content/properties/one/allOf/1/enum
           = other place: event-schemas/schema/shared.yaml:2:1
           = expected: schemas with a value in common
           = help: correct one of the two values of `enum`

        1 error"#]],
    );
}
