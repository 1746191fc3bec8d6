//! Diagnostics of entries about types that several places share.

use expect_test::expect;

use crate::support::Tree;
use crate::{diagnosed, summaries};

/// Returns a tree with properties of several types.
fn tree() -> Tree {
    let content = "\
type: object
properties:
  one: {type: string}
  listed: {type: string, enum: [red, green]}
  other: {type: string, enum: [red, blue]}
  id: {type: string, format: mx-user-id}
  count: {type: integer}
  map: {type: object, additionalProperties: {type: integer}}
  by_user: {type: object, patternProperties: {^@: {type: integer}}}
  first: {title: First, type: object, properties: {a: {type: string}, b: {type: integer}}, required: [a]}
  second: {title: Second, type: object, properties: {a: {type: string}, c: {type: integer}}, required: [a]}
  third: {title: Third, type: object, properties: {a: {type: string}, b: {type: string}}, required: [a]}
  referred: {$ref: part.yaml}
";
    Tree::new()
        .schema("part.yaml", "title: Part\ntype: object\nproperties: {a: {type: string}}\n")
        .message("m.test", content)
}

/// Returns an entry under `values` with other keys.
fn values(rest: &str) -> Tree {
    tree()
        .overrides(&format!("values:\n- {{name: Color, module: paint, description: A color., why: a test, {rest}}}\n"))
}

/// Returns an entry under `same-as` with other keys.
fn same_as(rest: &str) -> Tree {
    tree().config(&format!("same-as:\n- {{name: Shared, module: paint, description: A type., why: a test, {rest}}}\n"))
}

#[test]
fn known_values_without_effect_are_reported() {
    let with = |at: &str| values(&format!("{at}, values: {{red: {{description: Red.}}}}"));
    let trees = [
        ("a string", with("at: m.test.yaml content.one")),
        ("keys", with("keys-of: m.test.yaml content.map")),
        ("a list with another value", with("at: m.test.yaml content.listed")),
        ("a format", with("at: m.test.yaml content.id")),
        ("an integer", with("at: m.test.yaml content.count")),
        ("no map", with("keys-of: m.test.yaml content.one")),
        ("keys with a pattern", with("keys-of: m.test.yaml content.by_user")),
        ("a missing place", with("at: m.test.yaml content.onne")),
        ("the type of the event", with("at: m.test.yaml type")),
        (
            "a format of an entry",
            with("at: m.test.yaml content.one")
                .overrides("formats:\n- {at: m.test.yaml content.one, format: mx-user-id, why: a test}\n"),
        ),
        (
            "a name of a variant",
            with("at: m.test.yaml content.one")
                .config("names:\n- {at: m.test.yaml content.one, values: {red: Rouge}, why: a test}\n"),
        ),
    ];
    expect![[r#"
        a string
            accepted
        keys
            accepted
        a list with another value
            2:68 this entry changes nothing in v1.19: the schema lists the value `green`, which the entry does not list
            help: add `green: {description: …}` to `values` of the entry
        a format
            2:68 this entry changes nothing in v1.19: the schema states the format `mx-user-id`
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        an integer
            2:68 this entry changes nothing in v1.19: the schema is not of type `string`
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        no map
            2:68 this entry changes nothing in v1.19: the schema does not describe the values of all keys
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        keys with a pattern
            2:68 this entry changes nothing in v1.19: the schema does not describe the values of all keys
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a missing place
            2:68 this entry changes nothing in v1.19: event-schemas/schema/m.test.yaml has no property `content.onne`
            help: write `m.test.yaml content.one`, or remove the entry
        the type of the event
            2:68 this entry changes nothing in v1.19: the schema lists the value `m.test`, which the entry does not list
            help: add `m.test: {description: …}` to `values` of the entry
        a format of an entry
            2:68 this entry changes nothing in v1.19: an entry under `formats`, `accepts` or `definitions` decides the type of the place
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
            4:4 this entry changes nothing in v1.19: an entry under `values` decides the type of the place
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a name of a variant
            2:42 this entry changes nothing in v1.19: the schema has no such value
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
    "#]].assert_eq(&summaries(trees));
}

#[test]
fn invalid_known_values_are_reported() {
    let with = |rest: &str| values(&format!("at: m.test.yaml content.one, {rest}"));
    let trees = [
        ("no values", with("values: {}")),
        ("a list of values", with("values: [red]")),
        ("a value without a map", with("values: {red: Red.}")),
        ("a value without a description", with("values: {red: {name: Red}}")),
        ("an empty description", with("values: {red: {description: ' '}}")),
        ("an unknown key", with("values: {red: {description: Red., since: 1}}")),
        ("a name in lower case", with("values: {red: {name: red, description: Red.}}")),
        ("a reserved name", with("values: {red: {name: Unknown, description: Red.}}")),
        ("a value that is no name", with("values: {'==': {description: Equal.}}")),
        ("two values with one name", with("values: {red: {description: Red.}, m.red: {description: Red.}}")),
        ("no place", values("values: {red: {description: Red.}}")),
    ];
    expect![[r#"
        no values
            2:97 expected a map from values to descriptions, found a map
            help: write a map such as `values: {m.text: {description: …}}`
        a list of values
            2:97 expected a map from values to descriptions, found a list
            help: write a map such as `values: {m.text: {description: …}}`
        a value without a map
            2:106 expected a map with a description, found the string `Red.`
            help: write a map such as `{description: …}`
        a value without a description
            2:106 the value `red` has no description
            help: add `description: …`
        an empty description
            2:106 the value `red` has no description
            help: add `description: …`
        an unknown key
            2:131 unknown key `since`
            help: remove `since`
        a name in lower case
            2:112 the name `red` is not in `UpperCamelCase`
            help: write `Red`
        a reserved name
            2:112 `Unknown` is a reserved variant name: open enums have it for other values
            help: write another name
        a value that is no name
            2:106 failed to derive a Rust name from `==`: `` is not a valid Rust name
            help: add `name: …` to the value
        two values with one name
            2:132 duplicate name `Red`
            help: add `name: …` to one of the two values
        no place
            2:3 the entry has no `at`
            help: add `at: …` to the entry
    "#]]
    .assert_eq(&summaries(trees));
}

#[test]
fn names_of_shared_types_are_checked() {
    let entry = |keys: &str| {
        tree().overrides(&format!(
            "values:\n- {{at: m.test.yaml content.one, values: {{red: {{description: Red.}}}}, why: a test, {keys}}}\n"
        ))
    };
    let complete = "name: Color, module: paint, description: A color.";
    let trees = [
        ("no name", entry("module: paint, description: A color.")),
        ("no module", entry("name: Color, description: A color.")),
        ("no description", entry("name: Color, module: paint")),
        ("a name in lower case", entry("name: color, module: paint, description: A color.")),
        ("a reserved name", entry("name: String, module: paint, description: A color.")),
        ("a module with a dot", entry("name: Color, module: paint.color, description: A color.")),
        ("the name of another type", entry("name: First, module: test, description: A color.")),
        (
            "the name of another entry",
            entry(complete).config("same-as:\n- {name: Color, module: paint, description: A type., at: [m.test.yaml content.first, m.test.yaml content.second], why: a test}\n"),
        ),
    ];
    expect![[r#"
        no name
            2:3 the entry has no `name`
            help: add `name: …` to the entry
        no module
            2:3 the entry has no `module`
            help: add `module: …` to the entry
        no description
            2:3 the entry has no `description`
            help: add `description: …` to the entry
        a name in lower case
            2:82 the name `color` is not in `UpperCamelCase`
            help: write `Color`
        a reserved name
            2:82 `String` is a reserved type name: emitted code uses it
            help: write another name
        a module with a dot
            2:95 `paint.color` is not a valid Rust name
            help: write `paint::color`
        the name of another type
            2:82 duplicate name `First`
            help: write another name
        the name of another entry
            2:4 duplicate shared type `Color` in the module `paint`
            help: remove one of the two, or limit them to different releases with `since:` and `until:`
    "#]]
    .assert_eq(&summaries(trees));
}

#[test]
fn types_that_are_not_the_same_are_reported() {
    let trees = [
        ("other fields", same_as("at: [m.test.yaml content.first, m.test.yaml content.second]")),
        ("other types of fields", same_as("at: [m.test.yaml content.first, m.test.yaml content.third]")),
        ("other values", same_as("at: [m.test.yaml content.listed, m.test.yaml content.other]")),
        ("an object and a string", same_as("at: [m.test.yaml content.first, m.test.yaml content.other]")),
        ("one place", same_as("at: m.test.yaml content.first")),
        ("strings", same_as("at: [m.test.yaml content.one, m.test.yaml content.id]")),
        ("a reference", same_as("at: [m.test.yaml content.referred, m.test.yaml content.first]")),
        ("a content", same_as("at: [m.test.yaml content, m.test.yaml content.first]")),
        (
            "a chosen name",
            same_as("at: [m.test.yaml content.listed, m.test.yaml content.other]")
                .config("names:\n- {at: m.test.yaml content.listed, name: Listed, why: a test}\n"),
        ),
    ];
    expect![[r#"
        other fields
            2:100 the types of m.test.yaml content.first and m.test.yaml content.second differ: only one of them has the field `b`, only one of them has the field `c`
            help: remove the place from the entry, or limit the entry to other releases with `since:` and `until:`
        other types of fields
            2:100 the types of m.test.yaml content.first and m.test.yaml content.third differ: the field `b` has another type or presence
            help: remove the place from the entry, or limit the entry to other releases with `since:` and `until:`
        other values
            2:101 the types of m.test.yaml content.listed and m.test.yaml content.other differ: only one of them has `Green` for `green`, only one of them has `Blue` for `blue`
            help: remove the place from the entry, or limit the entry to other releases with `since:` and `until:`
        an object and a string
            2:73 the types of m.test.yaml content.other and m.test.yaml content.first differ: they are not objects or strings with equal parts
            help: remove the place from the entry, or limit the entry to other releases with `since:` and `until:`
        one place
            2:68 this entry changes nothing in v1.19: a type needs at least two places to share it
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        strings
            2:73 this entry changes nothing in v1.19: the schema has no Rust type
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
            2:98 this entry changes nothing in v1.19: the schema has no Rust type
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a reference
            2:73 this entry changes nothing in v1.19: the schema refers to a definition, which is the place of the type
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a content
            2:73 this entry changes nothing in v1.19: the schema has no Rust type
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a chosen name
            2:101 the types of m.test.yaml content.listed and m.test.yaml content.other differ: only one of them has `Green` for `green`, only one of them has `Blue` for `blue`
            help: remove the place from the entry, or limit the entry to other releases with `since:` and `until:`
    "#]].assert_eq(&summaries(trees));
}

#[test]
fn list_with_a_value_that_the_entry_lacks_is_shown() {
    diagnosed(
        &values("at: m.test.yaml content.listed, values: {red: {description: Red.}}"),
        expect![[r#"
            error: this entry changes nothing in v1.19: the schema lists the value `green`, which the entry does not list
             --> overrides.yaml:2:68
              |
            2 | - {name: Color, module: paint, description: A color., why: a test, at: m.test.yaml content.listed, values: {red: {description: Red.}}}
              |                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /values/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: add `green: {description: …}` to `values` of the entry

            1 error"#]],
    );
}

#[test]
fn secrets_without_a_field_are_reported() {
    let secret = |at: &str| tree().overrides(&format!("secret:\n- {{at: {at}, why: a test}}\n"));
    let trees = [
        ("a field", secret("m.test.yaml content.one")),
        ("a field of an object", secret("m.test.yaml content.first.a")),
        ("values of a map", secret("m.test.yaml content.map.*")),
        ("the type of the event", secret("m.test.yaml type")),
        ("a field of the envelope", secret("core-event-schema/room_event.yaml room_id")),
        ("a content", secret("m.test.yaml content")),
    ];
    expect![[r#"
        a field
            accepted
        a field of an object
            accepted
        values of a map
            2:4 this entry changes nothing in v1.19: the place is not a property
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        the type of the event
            2:4 this entry changes nothing in v1.19: the property has no Rust field
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a field of the envelope
            2:4 this entry changes nothing in v1.19: the property has no Rust field
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
        a content
            2:4 this entry changes nothing in v1.19: the property has no Rust field
            help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`
    "#]].assert_eq(&summaries(trees));
}
