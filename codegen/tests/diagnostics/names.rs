//! Diagnostics of invalid, reserved and duplicate names.

use expect_test::expect;

use crate::diagnosed;
use crate::support::{event, Tree};

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
            error: duplicate name `Info`
              --> event-schemas/schema/m.test.yaml:11:9
               |
            11 |         two: {title: Info, type: object, properties: {b: {type: string}}}
               |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/two
               = other place: event-schemas/schema/m.test.yaml:10:9
               = expected: different names
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.two, name: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn two_fields_with_one_name_are_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  m.one: {type: string}\n  one: {type: string}"),
        expect![[r#"
            error: duplicate name `one`
              --> event-schemas/schema/m.test.yaml:11:9
               |
            11 |         one: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one
               = other place: event-schemas/schema/m.test.yaml:10:9
               = expected: different names
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.one, field: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn field_named_extra_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  extra: {type: string}\n  one: {type: string}"),
        expect![[r#"
            error: `extra` is a reserved field name: the type has it for undeclared members
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         extra: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/extra
               = expected: a name other than `extra`
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.extra, field: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn field_with_the_name_of_the_map_is_reported() {
    let text = "type: object\nproperties:\n  entries: {type: string}\nadditionalProperties: {type: integer}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: `entries` is a reserved field name: the type has it for undeclared members
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         entries: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/entries
               = expected: a name other than `entries`
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.entries, field: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn two_values_with_one_name_are_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, enum: [m.a_b, m.a.b]}"),
        expect![[r#"
            error: duplicate name `AB`
              --> event-schemas/schema/m.test.yaml:10:43
               |
            10 |         one: {type: string, enum: [m.a_b, m.a.b]}
               |                                           ^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/enum/1
               = other place: event-schemas/schema/m.test.yaml:10:36
               = expected: different names
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.one, values: {m.a.b: …}, why: …}`

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
            error: `Other` is a reserved variant name: the value `m.other` would have it
              --> event-schemas/schema/m.test$m.other.yaml:10:9
               |
            10 |         kind: {type: string, enum: [m.other]}
               |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/kind
               = expected: values with different variant names, none of them `Other`
               = help: change the value, or the names of variants in codegen/src/lower/content.rs

            1 error"#]],
    );
    let alike = tree.message("m.test$m.a_b", &variant("m.a_b")).message("m.test$m.a-b", &variant("m.a-b"));
    diagnosed(
        &alike,
        expect![[r#"
            error: duplicate name `TestABEventContent`
             --> event-schemas/schema/m.test$m.a_b.yaml:7:5
              |
            7 |     content:
              |     ^^^^^^^
              |
              = at: /allOf/1/properties/content
              = other place: event-schemas/schema/m.test$m.a-b.yaml
              = expected: different names
              = help: add an entry under `names` in codegen.yaml: `- {at: m.test$m.a_b.yaml, name: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn event_with_the_name_of_a_module_of_the_crate_is_reported() {
    diagnosed(
        &Tree::new().message("m.schema", "type: object"),
        expect![[r#"
            error: the module `schema` is reserved: matrix-events has a module of that name
             --> event-schemas/schema/m.schema.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.schema]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a name other than `canonical_json`, `display_name`, `event_enum`, `event_ref`, `events`, `ext`, `features`, `hash`, `inspect`, `membership`, `migration`, `parallel`, `poll_results`, `power_levels`, `raw`, `redaction`, `relations`, `room_version_rules`, `schema`, `schemars`, `stream`, `time`, `tools`, `validate`, `voip`
              = help: rename the module in generated/src/lib.rs, and remove its name from `OF_THE_CRATE` in codegen/src/names.rs

            1 error"#]],
    );
}

#[test]
fn two_events_with_one_content_name_are_reported() {
    let text = "type: object\nproperties:\n  one: {type: string}";
    diagnosed(
        &Tree::new().message("m.one_two", text).message("m.oneTwo", text),
        expect![[r#"
            error: duplicate name `OneTwoEventContent`
             --> event-schemas/schema/m.one_two.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.one_two]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = other place: event-schemas/schema/m.oneTwo.yaml
              = expected: different names
              = help: change one of the event types, or the names of contents and modules in codegen/src/lower/event.rs

            1 error"#]],
    );
}

#[test]
fn property_that_gives_no_identifier_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  '1st': {type: string}"),
        expect![[r#"
            error: failed to derive a Rust name from `1st`: `1st` is not a valid Rust name
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         '1st': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/1st
               = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.1st, field: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn property_with_a_reserved_name_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  crate: {type: string}\n  super: {type: string}"),
        expect![[r#"
            error: failed to derive a Rust name from `crate`: `crate` is a reserved name
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         crate: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/crate
               = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.crate, field: …, why: …}`

            error: failed to derive a Rust name from `super`: `super` is a reserved name
              --> event-schemas/schema/m.test.yaml:11:9
               |
            11 |         super: {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/super
               = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.super, field: …, why: …}`

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
            error: `crate` is a reserved name
             --> event-schemas/schema/m.crate.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.crate]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: ASCII letters, digits and underscores, beginning with a letter, and none of `Self`, `crate`, `self`, `super`
              = help: change the event type, or the names of modules in codegen/src/lower/event.rs

            1 error"#]],
    );
}

#[test]
fn event_with_the_name_of_a_shared_file_is_reported() {
    let event = |event_type: &str| Tree::new().message(event_type, "type: object");
    diagnosed(
        &event("m.mod"),
        expect![[r#"
            error: `mod` is a reserved module name
             --> event-schemas/schema/m.mod.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.mod]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a name other than `mod`, `any`, `constraints`, `contents`
              = help: change the event type, or the names of modules in codegen/src/lower/event.rs

            1 error"#]],
    );
    diagnosed(
        &event("m.any"),
        expect![[r#"
            error: `any` is a reserved module name
             --> event-schemas/schema/m.any.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.any]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a name other than `mod`, `any`, `constraints`, `contents`
              = help: change the event type, or the names of modules in codegen/src/lower/event.rs

            1 error"#]],
    );
    diagnosed(
        &event("m.contents"),
        expect![[r#"
            error: `contents` is a reserved module name
             --> event-schemas/schema/m.contents.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.contents]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a name other than `mod`, `any`, `constraints`, `contents`
              = help: change the event type, or the names of modules in codegen/src/lower/event.rs

            1 error"#]],
    );
    diagnosed(
        &event("m.constraints"),
        expect![[r#"
            error: `constraints` is a reserved module name
             --> event-schemas/schema/m.constraints.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.constraints]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a name other than `mod`, `any`, `constraints`, `contents`
              = help: change the event type, or the names of modules in codegen/src/lower/event.rs

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
            error: `Redacted` is a reserved variant name: the event `m.redacted` would have it
             --> event-schemas/schema/m.redacted.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.redacted]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a name other than `Malformed`, `Redacted` and `Unknown`
              = help: change the event type, or the names of variants in codegen/src/lower/any.rs

            1 error"#]],
    );
}

#[test]
fn any_entry_with_an_unknown_envelope_is_reported() {
    diagnosed(
        &Tree::new().config(&any("RoomEvnt", "AnyEvent")),
        expect![[r#"
            error: unknown envelope `RoomEvnt`
             --> codegen.yaml:2:38
              |
            2 | - {name: AnyTest, description: Any., envelopes: RoomEvnt, sync: AnyEvent, why: a test}
              |                                      ^^^^^^^^^^^^^^^^^^^
              |
              = at: /any/0/envelopes
              = expected: one of `RoomEvent`, `StateEvent`, `ToDeviceEvent`
              = help: write `RoomEvent`

            error: unknown envelope `RoomEvnt`
             --> codegen.yaml:3:39
              |
            3 | - {name: AnyEvent, description: Any., envelopes: RoomEvnt, why: a test}
              |                                       ^^^^^^^^^^^^^^^^^^^
              |
              = at: /any/1/envelopes
              = expected: one of `RoomEvent`, `StateEvent`, `ToDeviceEvent`
              = help: write `RoomEvent`

            2 errors"#]],
    );
}

#[test]
fn any_entry_with_an_unknown_sync_enum_is_reported() {
    diagnosed(
        &Tree::new().config(&any("RoomEvent", "AnySyncEvent")),
        expect![[r#"
            error: unknown enum `AnySyncEvent`
             --> codegen.yaml:2:60
              |
            2 | - {name: AnyTest, description: Any., envelopes: RoomEvent, sync: AnySyncEvent, why: a test}
              |                                                            ^^^^^^^^^^^^^^^^^^
              |
              = at: /any/0/sync
              = expected: one of `AnyTest`, `AnyEvent`
              = help: write `AnyEvent`

            1 error"#]],
    );
}

#[test]
fn contents_of_an_unknown_enum_are_reported() {
    diagnosed(
        &Tree::new().config(&contents("AnyEvnt")),
        expect![[r#"
        error: unknown enum `AnyEvnt`
         --> codegen.yaml:5:91
          |
        5 | - {name: AnyContent, description: Any., event-type: EventType, type-description: A type., of: AnyEvnt, why: a test}
          |                                                                                           ^^^^^^^^^^^
          |
          = at: /contents/0/of
          = expected: one of `AnyEvent`, `AnyStateEvent`
          = help: write `AnyEvent`

        1 error"#]],
    );
}

#[test]
fn contents_of_enums_with_different_events_are_reported() {
    diagnosed(
        &Tree::new()
            .schema("m.note.yaml", event("m.note", "room_event.yaml", "{type: object}"))
            .config(&contents("[AnyEvent, AnyStateEvent]")),
        expect![[r#"
            error: `AnyEvent` and `AnyStateEvent` have events of different types
             --> codegen.yaml:5:106
              |
            5 | - {name: AnyContent, description: Any., event-type: EventType, type-description: A type., of: [AnyEvent, AnyStateEvent], why: a test}
              |                                                                                                          ^^^^^^^^^^^^^
              |
              = at: /contents/0/of/1
              = expected: enums over the same event types
              = help: remove `AnyStateEvent`, or add an entry for its contents

            1 error"#]],
    );
}

/// Returns the configuration of two enums over events and an enum over contents. The tree has an event in a room and no state event.
fn contents(of: &str) -> String {
    format!(
        "any:
- {{name: AnyEvent, description: Any., envelopes: RoomEvent, why: a test}}
- {{name: AnyStateEvent, description: Any., envelopes: StateEvent, why: a test}}
contents:
- {{name: AnyContent, description: Any., event-type: EventType, type-description: A type., of: {of}, why: a test}}
"
    )
}

fn any(envelope: &str, sync: &str) -> String {
    format!("any:\n- {{name: AnyTest, description: Any., envelopes: {envelope}, sync: {sync}, why: a test}}\n- {{name: AnyEvent, description: Any., envelopes: {envelope}, why: a test}}\n")
}

#[test]
fn type_with_a_name_that_emitted_code_uses_is_reported() {
    let text = "type: object\nproperties:\n  one: {title: Result, type: object, properties: {a: {type: string}}}";
    diagnosed(
        &content(text),
        expect![[r#"
            error: `Result` is a reserved type name: emitted code uses it
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         one: {title: Result, type: object, properties: {a: {type: string}}}
               |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one
               = expected: a name other than `Box`, `Into`, `Option`, `Result`, `String`, `Vec`
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.one, name: …, why: …}`

            1 error"#]],
    );
    for title in ["Box", "Into", "Option", "String", "Vec"] {
        let diagnostics = content(&text.replace("Result", title)).diagnostics();
        let message = format!("`{title}` is a reserved type name");
        assert!(diagnostics.to_string().contains(&message), "{diagnostics}");
    }
}

#[test]
fn two_events_with_one_table_name_are_reported() {
    let tree = Tree::new().message("m.a.b_c", "type: object").message("m.a_b.c", "type: object").config("any: []\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: duplicate name `a_b_c`
             --> event-schemas/schema/m.a_b.c.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.a_b.c]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = other place: event-schemas/schema/m.a.b_c.yaml
              = expected: different names
              = help: change one of the event types, or the `prefix` that its names omit under `prefixes` in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn property_that_json_escapes_is_reported() {
    let property = |key: &str| content(&format!("type: object\nproperties:\n  {key}: {{type: string}}"));
    diagnosed(
        &property("'a\"b'"),
        expect![[r#"
            error: unsupported property name "a\"b"
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         'a"b': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/a"b
               = expected: a name without quotation marks, backslashes and control characters
               = help: rename or remove the property; undeclared members are in `extra`

            1 error"#]],
    );
    diagnosed(
        &property("'a\\b'"),
        expect![[r#"
            error: unsupported property name "a\\b"
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         'a\b': {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/a\b
               = expected: a name without quotation marks, backslashes and control characters
               = help: rename or remove the property; undeclared members are in `extra`

            1 error"#]],
    );
    diagnosed(
        &property("\"a\\tb\""),
        expect![[r#"
            error: unsupported property name "a\tb"
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         "a\tb": {type: string}
               |         ^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/a    b
               = expected: a name without quotation marks, backslashes and control characters
               = help: rename or remove the property; undeclared members are in `extra`

            1 error"#]],
    );
    let alias = "aliases:\n- {at: 'm.test.yaml content.one', names: ['a\"b'], why: a test}\n";
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string}").overrides(alias),
        expect![[r#"
            error: unsupported property name "a\"b"
             --> overrides.yaml:2:43
              |
            2 | - {at: 'm.test.yaml content.one', names: ['a"b'], why: a test}
              |                                           ^^^^^
              |
              = at: /aliases/0/names/0
              = expected: a name without quotation marks, backslashes and control characters
              = help: rename or remove the property; undeclared members are in `extra`

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
            error: expected at most 63 properties in an object, found 64
             --> event-schemas/schema/m.test.yaml:7:5
              |
            7 |     content:
              |     ^^^^^^^
              |
              = at: /allOf/1/properties/content
              = help: move some properties into an object of their own, or support more in runtime/src/json/object.rs

            1 error"#]],
    );
}

#[test]
fn value_unknown_is_reported() {
    diagnosed(
        &content("type: object\nproperties:\n  one: {type: string, enum: [known, unknown]}"),
        expect![[r#"
            error: `Unknown` is a reserved variant name: open enums have it for other values
              --> event-schemas/schema/m.test.yaml:10:43
               |
            10 |         one: {type: string, enum: [known, unknown]}
               |                                           ^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/one/enum/1
               = expected: a name other than `Unknown`
               = help: add an entry under `names` in codegen.yaml: `- {at: m.test.yaml content.one, values: {unknown: …}, why: …}`

            1 error"#]],
    );
}
