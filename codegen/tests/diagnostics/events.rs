//! Diagnostics of the schemas of events.

use expect_test::expect;

use crate::diagnosed;
use crate::support::{event, Tree};

const KIND: &str = "type: object\nproperties:\n  kind: {type: string, enum: [m.a]}";

#[test]
fn event_without_a_kind_is_reported() {
    let tree = Tree::new().schema("m.test.yaml", event("m.test", "event.yaml", "type: object"));
    diagnosed(
        &tree,
        expect![[r#"
            error: failed to determine the kind of the event `m.test`
             --> event-schemas/schema/m.test.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.test]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a schema that refers to room_event.yaml or state_event.yaml, or an entry under `kinds` in codegen.yaml
              = help: add an entry under `kinds` in codegen.yaml, `- {at: m.test, kinds: […], why: …}`, with the kinds that the specification states: `message-like`, `state`, `ephemeral`, `presence`, `global-account-data`, `room-account-data`, `to-device`, `edu`

            1 error"#]],
    );
}

/// The property of the content that distinguishes the schemas of `m.test`.
const DISCRIMINATOR: &str = "discriminators: [{at: m.test, property: kind, why: a test}]\n";

#[test]
fn variant_without_a_base_is_reported() {
    let other = KIND.replace("m.a", "m.b");
    diagnosed(
        &Tree::new().message("m.test$m.a", KIND).message("m.test$m.b", &other).config(DISCRIMINATOR),
        expect![[r#"
            error: `m.test` has no base schema: each of its schemas fixes a value of `kind`
             --> event-schemas/schema/m.test$m.a.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.test]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = expected: a schema of `m.test` that allows any value of `kind`
              = help: add event-schemas/schema/m.test.yaml with the properties that all variants share

            1 error"#]],
    );
}

#[test]
fn variant_without_a_discriminator_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object").message("m.test$m.a", KIND),
        expect![[r#"
            error: duplicate schema of `m.test`
             --> event-schemas/schema/m.test.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.test]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = other place: event-schemas/schema/m.test$m.a.yaml:6:5
              = expected: one schema for each event type, or an entry under `discriminators` in codegen.yaml
              = help: remove one of the two schemas, or add an entry under `discriminators` in codegen.yaml that names the property of the content by which they differ: `- {at: m.test, property: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn variant_of_a_discriminator_that_is_no_string_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: object}")
        .message("m.test$m.a", KIND)
        .config(DISCRIMINATOR);
    diagnosed(
        &tree,
        expect![[r#"
            error: `kind` is not a valid discriminator
              --> event-schemas/schema/m.test.yaml:10:9
               |
            10 |         kind: {type: object}
               |         ^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/kind
               = expected: a property of type `string`, without `enum` and `format`
               = help: name another property of the content under `discriminators` in codegen.yaml

            1 error"#]],
    );
}

#[test]
fn variant_with_several_values_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .message("m.test$m.a", &KIND.replace("m.a", "m.a, m.b"))
        .config(DISCRIMINATOR);
    diagnosed(
        &tree,
        expect![[r#"
            error: no schema of `m.test` fixes a value of `kind`
             --> codegen.yaml:1:31
              |
            1 | discriminators: [{at: m.test, property: kind, why: a test}]
              |                               ^^^^^^^^^^^^^^
              |
              = at: /discriminators/0/property
              = expected: a property of the content with an `enum` of one value in each schema of a variant
              = help: write a property of the content that has one value in each schema

            1 error"#]],
    );
}

#[test]
fn two_variants_of_one_value_are_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .message("m.test$m.a", KIND)
        .message("m.test$m.b", KIND)
        .config(DISCRIMINATOR);
    diagnosed(
        &tree,
        expect![[r#"
            error: duplicate schema for the value `m.a` of `m.test`
              --> event-schemas/schema/m.test$m.b.yaml:10:9
               |
            10 |         kind: {type: string, enum: [m.a]}
               |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = at: /allOf/1/properties/content/properties/kind
               = other place: event-schemas/schema/m.test$m.a.yaml
               = expected: one schema for each value
               = help: correct the value, or remove one of the two schemas

            1 error"#]],
    );
}

#[test]
fn event_type_and_variant_are_independent_of_file_names() {
    let text = |value: &str| format!("type: object\nproperties:\n  kind: {{type: string{value}}}\nrequired: [kind]");
    let tree = Tree::new()
        .schema("one.yaml", event("m.test", "room_event.yaml", &text("")))
        .schema("two.yaml", event("m.test", "room_event.yaml", &text(", enum: [m.a]")))
        .config(DISCRIMINATOR);
    let events = tree.output().ir.events;
    let found: Vec<_> =
        events.iter().map(|event| (event.event_type.as_str(), event.variant.as_deref(), event.file.as_str())).collect();
    let [one, two] = ["event-schemas/schema/one.yaml", "event-schemas/schema/two.yaml"];
    assert_eq!(found, [("m.test", None, one), ("m.test", Some("m.a"), two)]);
}

#[test]
fn one_event_in_two_files_is_reported() {
    let json = r#"{"properties": {"type": {"enum": ["m.test"]}, "content": {"type": "object"}}}"#;
    diagnosed(
        &Tree::new().message("m.test", "type: object").schema("m.test.json", json),
        expect![[r#"
            error: duplicate schema of `m.test`
             --> event-schemas/schema/m.test.yaml:6:5
              |
            6 |     type: {type: string, enum: [m.test]}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/type
              = other place: event-schemas/schema/m.test.json:1:17
              = expected: one schema for each event type, or an entry under `discriminators` in codegen.yaml
              = help: remove one of the two schemas, or add an entry under `discriminators` in codegen.yaml that names the property of the content by which they differ: `- {at: m.test, property: …, why: …}`

            1 error"#]],
    );
}

#[test]
fn event_without_content_is_reported() {
    let text = "allOf:\n- $ref: base.yaml\n- properties:\n    type: {enum: [m.test]}\n";
    let tree = Tree::new()
        .schema("base.yaml", "type: object\nproperties: {type: {type: string}}\n")
        .schema("m.test.yaml", text)
        .config("kinds: [{at: m.test, kinds: message-like, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: the schema of the event has no property `content`
            --> event-schemas/schema/m.test.yaml
             = expected: `content` under `properties`
             = help: add `content: {type: object}` under `properties`

            1 error"#]],
    );
}

#[test]
fn required_field_next_to_content_is_reported() {
    let text =
        event("m.test", "room_event.yaml", "type: object") + "    redacts: {type: string}\n  required: [redacts]\n";
    diagnosed(
        &Tree::new().schema("m.test.yaml", text),
        expect![[r#"
            error: unsupported required property `redacts` at the top level of the event
             --> event-schemas/schema/m.test.yaml:9:5
              |
            9 |     redacts: {type: string}
              |     ^^^^^^^^^^^^^^^^^^^^^^^
              |
              = at: /allOf/1/properties/redacts
              = expected: required properties in the content, or in the envelope
              = help: add `redacts` to `adds` of the envelope of the event under `envelopes` in codegen.yaml, or add an entry under `optional` in overrides.yaml: `- {at: m.test.yaml redacts, seen-in: history, why: …}`

            1 error"#]],
    );
}

#[test]
fn unused_file_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object")
        .schema("core-event-schema/forgotten.yaml", "type: object\n")
        .schema("m.forgotten.yaml", "type: object\n");
    diagnosed(
        &tree,
        expect![[r#"
            error: the file states no event `type`, and no event refers to it
            --> event-schemas/schema/core-event-schema/forgotten.yaml
             = expected: the schema of an event with an `enum` for `type`, or a schema that an event refers to
             = help: add `type: {type: string, enum: [<event type>]}` under `properties`, refer to the file, or remove it

            error: the file states no event `type`, and no event refers to it
            --> event-schemas/schema/m.forgotten.yaml
             = expected: the schema of an event with an `enum` for `type`, or a schema that an event refers to
             = help: add `type: {type: string, enum: [<event type>]}` under `properties`, refer to the file, or remove it

            2 errors"#]],
    );
}

const EDUS: &str = "\
folders:
- {at: api/edus, kind: edu, module: edu, section: 'server-server-api/#edus', why: a folder of their own}
";

#[test]
fn folder_without_files_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object").config(EDUS),
        expect![[r#"
            error: this entry changes nothing in v1.19: there is no folder api/edus with schemas
             --> codegen.yaml:2:4
              |
            2 | - {at: api/edus, kind: edu, module: edu, section: 'server-server-api/#edus', why: a folder of their own}
              |    ^^^^^^^^^^^^
              |
              = at: /folders/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            1 error"#]],
    );
}

#[test]
fn schema_without_edu_type_in_folder_of_edus_is_reported() {
    let tree = Tree::new().file("api/edus/m.other.yaml", "description: No unit.\ntype: object\n").config(EDUS);
    diagnosed(
        &tree,
        expect![[r#"
            error: the file states no event `edu_type`, and no event refers to it
            --> api/edus/m.other.yaml
             = expected: the schema of an event with an `enum` for `edu_type`, or a schema that an event refers to
             = help: add `edu_type: {type: string, enum: [<event type>]}` under `properties`, refer to the file, or remove it

            error: this entry changes nothing in v1.19: there are no schemas of events in api/edus
             --> codegen.yaml:2:4
              |
            2 | - {at: api/edus, kind: edu, module: edu, section: 'server-server-api/#edus', why: a folder of their own}
              |    ^^^^^^^^^^^^
              |
              = at: /folders/0/at
              = expected: an entry that changes the schemas or the types of the release
              = help: remove the entry, correct the place that it names, or limit it to other releases with `until: "1.18"` or `since: "1.20"`

            2 errors"#]],
    );
}
