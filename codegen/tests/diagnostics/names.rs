//! Names that can't be made, or that two things would have.

use expect_test::expect;

use crate::diagnosed;
use crate::support::Tree;

fn content(text: &str) -> Tree {
    Tree::new().message("m.test", text)
}

#[test]
fn two_types_with_one_name_are_reported() {
    let text = "\
type: object
properties:
  one: {title: Info, type: object, properties: {a: {type: string}}}
  two: {title: Info, type: object, properties: {b: {type: string}}}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: two things would have the name `Info`: this one, and that of event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one
              --> event-schemas/schema/m.test.yaml:11:9
               |
            11 |         two: {title: Info, type: object, properties: {b: {type: string}}}
               |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/two
               = expected: a name for each
               = help: give one of them another name under `names` in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn two_fields_with_one_name_are_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  m.one: {type: string}\n  one: {type: string}"),
        expect![[r#"
            error: two things would have the name `one`: this one, and that of event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/m.one
              --> event-schemas/schema/m.test.yaml:11:9
               |
            11 |         one: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one
               = expected: a name for each
               = help: give one of them another name under `names` in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn field_named_extra_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  extra: {type: string}\n  one: {type: string}"),
        expect![[r#"
            error: a field can't have the name `extra`, which its type has for other members
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         extra: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/extra
               = expected: a name of its own
               = help: give it another under `names`, `field:`, in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn field_with_the_name_of_the_map_is_reported() {
    let text = "type: object\nproperties:\n  entries: {type: string}\nadditionalProperties: {type: integer}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: a field can't have the name `entries`, which its type has for other members
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         entries: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/entries
               = expected: a name of its own
               = help: give it another under `names`, `field:`, in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn two_values_with_one_name_are_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, enum: [m.a_b, m.a.b]}"),
        expect![[r#"
            error: two things would have the name `AB`: this one, and that of event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/one/enum/0
              --> event-schemas/schema/m.test.yaml:10:43
               |
            10 |         one: {type: string, enum: [m.a_b, m.a.b]}
               |                                           ^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/enum/1
               = expected: a name for each
               = help: give one of them another name under `names`, `values:`, in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn two_variants_with_one_name_are_reported() {
    let variant = |value: &str| {
        format!("type: object\nproperties:\n  kind: {{type: string, enum: [{value}]}}\n  a{value}: {{type: string}}")
    };
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .config("discriminators: [{at: m.test, property: kind, why: a test}]\n");
    diagnosed(
        &tree.clone().message("m.test$m.other", &variant("m.other")),
        expect![[r#"
            error: a variant for `m.other` can't have the name `Other`, which another has
            --> event-schemas/schema/m.test$m.other.yaml
             = expected: values that make different names, none of them `Other`
             = help: codegen/src/lower/content.rs names the variants

            1 error"#]],
    );
    let alike = tree.message("m.test$m.a_b", &variant("m.a_b")).message("m.test$m.a-b", &variant("m.a-b"));
    diagnosed(
        &alike,
        expect![[r#"
            error: two things would have the name `TestABEventContent`: this one, and that of event-schemas/schema/m.test$m.a-b.yaml
            --> event-schemas/schema/m.test$m.a_b.yaml
             = expected: a name for each
             = help: give one of them another name under `names` in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn event_with_the_name_of_a_module_of_the_crate_is_reported() {
    diagnosed(
        &Tree::new().message("m.schema", "type: object"),
        expect![[r#"
            error: the module `schema` would hide behind the one of that name that the crate has
            --> event-schemas/schema/m.schema.yaml
             = expected: a name that the crate itself doesn't have
             = help: codegen/src/names.rs lists the crate's modules: another name there and in generated/src/lib.rs makes room

            1 error"#]],
    );
}

#[test]
fn two_events_with_one_content_name_are_reported() {
    let text = "type: object\nproperties:\n  one: {type: string}";
    diagnosed(
        &Tree::new().message("m.one_two", text).message("m.oneTwo", text),
        expect![[r#"
            error: two things would have the name `OneTwoEventContent`: this one, and that of event-schemas/schema/m.oneTwo.yaml
             --> event-schemas/schema/m.one_two.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.one_two]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a name for each
              = help: codegen/src/lower/event.rs names contents and their modules after the types of events

            1 error"#]],
    );
}

#[test]
fn property_that_gives_no_identifier_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  '1st': {type: string}"),
        expect![[r#"
            error: no name for Rust can be made from `1st`
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         '1st': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/1st
               = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
               = help: give it a name under `names` in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn property_with_a_reserved_name_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  crate: {type: string}\n  super: {type: string}"),
        expect![[r#"
            error: no name for Rust can be made from `crate`
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         crate: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/crate
               = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
               = help: give it a name under `names` in codegen.yaml

            error: no name for Rust can be made from `super`
              --> event-schemas/schema/m.test.yaml:11:9
               |
            11 |         super: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/super
               = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
               = help: give it a name under `names` in codegen.yaml

            2 errors"#]],
    );
}

#[test]
fn all_properties_without_a_field_name_are_reported() {
    let inner = "{type: object, properties: {crate: {type: string}, b: {type: string}}}";
    let text = format!(
        "type: object\nproperties:\n  1abc: {{type: string}}\n  self: {{type: string}}\n  extra: {{type: string}}\n  a: {inner}"
    );
    let tree = content(&text).message("m.other", "type: object\nproperties:\n  super: {type: string}");
    assert_eq!(tree.diagnostics().len(), 5, "{}", tree.diagnostics());
}

#[test]
fn event_with_a_reserved_name_is_reported() {
    diagnosed(
        &Tree::new().message("m.crate", "type: object"),
        expect![[r#"
            error: `crate` can't be the name of a module
             --> event-schemas/schema/m.crate.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.crate]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
              = help: codegen/src/lower/event.rs makes modules from the types of events

            1 error"#]],
    );
}

#[test]
fn event_with_the_name_of_a_shared_file_is_reported() {
    let event = |event_type: &str| Tree::new().message(event_type, "type: object");
    diagnosed(
        &event("m.mod"),
        expect![[r#"
            error: `mod` can't be the name of a module
             --> event-schemas/schema/m.mod.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.mod]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
              = help: codegen/src/lower/event.rs makes modules from the types of events

            1 error"#]],
    );
    diagnosed(
        &event("m.any"),
        expect![[r#"
            error: `any` can't be the name of a module
             --> event-schemas/schema/m.any.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.any]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
              = help: codegen/src/lower/event.rs makes modules from the types of events

            1 error"#]],
    );
    diagnosed(
        &event("m.contents"),
        expect![[r#"
            error: `contents` can't be the name of a module
             --> event-schemas/schema/m.contents.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.contents]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
              = help: codegen/src/lower/event.rs makes modules from the types of events

            1 error"#]],
    );
    diagnosed(
        &event("m.constraints"),
        expect![[r#"
            error: `constraints` can't be the name of a module
             --> event-schemas/schema/m.constraints.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.constraints]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a word of ASCII letters, digits and underscores that begins with a letter and isn't reserved
              = help: codegen/src/lower/event.rs makes modules from the types of events

            1 error"#]],
    );
    // Files below the root have other names.
    for name in ["any", "constraints", "contents"] {
        assert!(event(&format!("m.room.{name}")).generate().is_ok());
    }
}

#[test]
fn event_with_the_name_of_the_variant_redacted_is_reported() {
    let tree = Tree::new().message("m.redacted", "type: object");
    diagnosed(
        &tree.config(&any("RoomEvent", "AnyEvent")),
        expect![[r#"
            error: a variant for `m.redacted` can't be `Redacted`
             --> event-schemas/schema/m.redacted.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.redacted]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a name that `any` enums don't have for other events
              = help: codegen/src/lower/any.rs names the variants

            1 error"#]],
    );
}

#[test]
fn any_entry_with_an_unknown_envelope_is_reported() {
    diagnosed(
        &Tree::new().config(&any("RoomEvnt", "AnyEvent")),
        expect![[r#"
            error: there is no envelope `RoomEvnt`
             --> codegen.yaml:2:39
              |
            2 | - {name: AnyEvent, description: Any., envelopes: RoomEvnt, sync: AnyEvent, why: a test}
              |                                       ^^^^^^^^^^^^^^^^^^^
              |
              = at: /any/0/envelopes
              = expected: the name of an entry under `envelopes`
              = help: correct the name, or add the envelope

            1 error"#]],
    );
}

#[test]
fn any_entry_with_an_unknown_sync_enum_is_reported() {
    diagnosed(
        &Tree::new().config(&any("RoomEvent", "AnySyncEvent")),
        expect![[r#"
            error: there is no enum `AnySyncEvent`
             --> codegen.yaml:2:61
              |
            2 | - {name: AnyEvent, description: Any., envelopes: RoomEvent, sync: AnySyncEvent, why: a test}
              |                                                             ^^^^^^^^^^^^^^^^^^
              |
              = at: /any/0/sync
              = expected: the name of another entry under `any`
              = help: correct the name, or add the entry

            1 error"#]],
    );
}

fn any(envelope: &str, sync: &str) -> String {
    format!("any:\n- {{name: AnyEvent, description: Any., envelopes: {envelope}, sync: {sync}, why: a test}}\n")
}

#[test]
fn type_with_a_name_that_emitted_code_uses_is_reported() {
    let text = "type: object\nproperties:\n  one: {title: Result, type: object, properties: {a: {type: string}}}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: a type can't have the name `Result`, which the code around it uses
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         one: {title: Result, type: object, properties: {a: {type: string}}}
               |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one
               = expected: a name of its own
               = help: give it one under `names` in codegen.yaml

            1 error"#]],
    );
    for title in ["Box", "Into", "Option", "String", "Vec"] {
        let diagnostics = content(&text.replace("Result", title)).diagnostics();
        let message = format!("a type can't have the name `{title}`");
        assert!(diagnostics.to_string().contains(&message), "{diagnostics}");
    }
}

#[test]
fn two_events_with_one_table_name_are_reported() {
    let tree = Tree::new().message("m.a.b_c", "type: object").message("m.a_b.c", "type: object").config("any: []\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: two things would have the name `a_b_c`: this one, and that of event-schemas/schema/m.a.b_c.yaml
            --> event-schemas/schema/m.a_b.c.yaml
             = expected: a name for each
             = help: it comes from the type of the event: one of them needs another, or another `prefix` under `prefixes` in overrides.yaml

            1 error"#]],
    );
}

#[test]
fn property_that_json_escapes_is_reported() {
    let property = |key: &str| content(&format!("type: object\nproperties:\n  {key}: {{type: string}}"));
    diagnosed(
        &property("'a\"b'"),
        expect![[r#"
            error: a field can't stand for a member called "a\"b", which JSON has to escape
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         'a"b': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/a"b
               = expected: a name without quotation marks, backslashes and control characters
               = help: rename the property, or leave it out: what has no field is kept in `extra`

            1 error"#]],
    );
    diagnosed(
        &property("'a\\b'"),
        expect![[r#"
            error: a field can't stand for a member called "a\\b", which JSON has to escape
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         'a\b': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/a\b
               = expected: a name without quotation marks, backslashes and control characters
               = help: rename the property, or leave it out: what has no field is kept in `extra`

            1 error"#]],
    );
    diagnosed(
        &property("\"a\\tb\""),
        expect![[r#"
            error: a field can't stand for a member called "a\tb", which JSON has to escape
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         "a\tb": {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/a    b
               = expected: a name without quotation marks, backslashes and control characters
               = help: rename the property, or leave it out: what has no field is kept in `extra`

            1 error"#]],
    );
    let alias = "aliases:\n- {at: 'm.test.yaml content.one', names: ['a\"b'], why: a test}\n";
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string}").overrides(alias),
        expect![[r#"
            error: a field can't stand for a member called "a\"b", which JSON has to escape
             --> overrides.yaml:2:43
              |
            2 | - {at: 'm.test.yaml content.one', names: ['a"b'], why: a test}
              |                                           ^^^^^
              |
              = at: /aliases/0/names/0
              = expected: a name without quotation marks, backslashes and control characters
              = help: rename the property, or leave it out: what has no field is kept in `extra`

            1 error"#]],
    );
}

#[test]
fn object_with_64_fields_is_reported() {
    let text = |count: usize| {
        let fields: String = (0..count).map(|index| format!("\n  a{index}: {{type: string}}")).collect();
        format!("type: object\nproperties:{fields}")
    };
    assert!(content(&text(63)).generate().is_ok());
    diagnosed(
        &content(&text(64)),
        expect![[r#"
            error: an object with 64 members that are fields of its type
             --> event-schemas/schema/m.test.yaml:7:5
              |
            7 |     content:
              |     ^^^^^^^
              |
              = at: /allOf/1/properties/content
              = expected: at most 63
              = help: put some of them into an object of their own; more of them need support in runtime/src/json/object.rs

            1 error"#]],
    );
}

#[test]
fn value_unknown_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, enum: [known, unknown]}"),
        expect![[r#"
            error: a variant for `unknown` can't have the name `Unknown`
              --> event-schemas/schema/m.test.yaml:10:43
               |
            10 |         one: {type: string, enum: [known, unknown]}
               |                                           ^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/enum/1
               = expected: a name that isn't in use
               = help: give it one under `names`, `values:`, in codegen.yaml

            1 error"#]],
    );
}
