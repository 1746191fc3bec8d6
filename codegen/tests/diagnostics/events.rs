//! Files that aren't quite an event.

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
        error: nothing says where `m.test` events come from
          --> event-schemas/schema/m.test.yaml
          = expected: a schema that builds on room_event.yaml or state_event.yaml, or an entry under `kinds` in overrides.yaml
          = help: read the section of the specification on it, and add an entry with one or more of `message-like`, `state`, `ephemeral`, `presence`, `global account data`, `room account data`, `to-device`, `edu`

        1 error"#]],
    );
}

#[test]
fn variant_without_a_base_is_reported() {
    diagnosed(
        &Tree::new().message("m.test$m.a", KIND),
        expect![[r#"
        error: a variant of `m.test`, of which there is no schema
          --> event-schemas/schema/m.test$m.a.yaml
          = expected: a file event-schemas/schema/m.test.yaml
          = help: add the schema that all variants share

        1 error"#]],
    );
}

#[test]
fn variant_without_a_discriminator_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object").message("m.test$m.a", KIND),
        expect![[r#"
        error: `m.test` has variants, but nothing says by which property
          --> event-schemas/schema/m.test.yaml
          = expected: an entry under `discriminators` in overrides.yaml
          = help: name the property whose value stands behind the `$` of the file names

        1 error"#]],
    );
}

#[test]
fn variant_of_a_discriminator_that_is_no_string_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: object}")
        .message("m.test$m.a", KIND)
        .overrides("discriminators: [{event: m.test, property: kind, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: no value has this type and that of event-schemas/schema/m.test.yaml#/allOf/1/properties/content/properties/kind
           --> event-schemas/schema/m.test$m.a.yaml:10:16
           |
        10 |         kind: {type: string, enum: [m.a]}
           |                ^
          = at: /allOf/1/properties/content/properties/kind/type
          = expected: object
          = help: correct one of the two

        1 error"#]],
    );
}

#[test]
fn variant_with_another_value_is_reported() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .message("m.test$m.b", KIND)
        .overrides("discriminators: [{event: m.test, property: kind, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: the file's name says `kind: m.b`, its schema doesn't
          --> event-schemas/schema/m.test$m.b.yaml:7:5
          |
        7 |     content:
          |     ^
          = at: /allOf/1/properties/content
          = expected: an `enum` of `kind` with the one value `m.b`
          = help: rename the file, correct the `enum`, or name another property under `discriminators` in overrides.yaml

        1 error"#]],
    );
}

#[test]
fn file_name_other_than_the_type_is_reported() {
    let tree = Tree::new().schema("m.test.yaml", event("m.tests", "room_event.yaml", "type: object"));
    diagnosed(
        &tree,
        expect![[r#"
        error: the file's name says `m.test`, its schema doesn't
          --> event-schemas/schema/m.test.yaml:6:5
          |
        6 |     type: {type: string, enum: [m.tests]}
          |     ^
          = at: /allOf/1/properties/type
          = expected: `m.test` in the `enum` of `type`
          = help: rename the file, or correct the `enum`

        1 error"#]],
    );
}

#[test]
fn one_event_in_two_files_is_reported() {
    let json = r#"{"properties": {"type": {"enum": ["m.test"]}, "content": {"type": "object"}}}"#;
    diagnosed(
        &Tree::new().message("m.test", "type: object").schema("m.test.json", json),
        expect![[r#"
        error: the same event has a schema in event-schemas/schema/m.test.json already
          --> event-schemas/schema/m.test.yaml
          = expected: one file for each event
          = help: remove one of the two

        1 error"#]],
    );
}

#[test]
fn event_without_content_is_reported() {
    let text = "allOf:\n- $ref: base.yaml\n- properties:\n    type: {enum: [m.test]}\n";
    let tree = Tree::new()
        .schema("base.yaml", "type: object\nproperties: {type: {type: string}}\n")
        .schema("m.test.yaml", text)
        .overrides("kinds: [{events: m.test, kinds: message-like, why: a test}]\n");
    diagnosed(
        &tree,
        expect![[r#"
        error: the schema of the event doesn't say what its content is
          --> event-schemas/schema/m.test.yaml
          = expected: `properties`, `content`
          = help: declare it, if only as an object without properties

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
        error: `redacts` is required at the top level of the event
          --> event-schemas/schema/m.test.yaml:9:5
          |
        9 |     redacts: {type: string}
          |     ^
          = at: /allOf/1/properties/redacts
          = expected: required members in the content, or in the envelope
          = help: add it to the envelope of its kind under `envelopes` in overrides.yaml

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
        error: no event refers to this file, and it states no event `type`
          --> event-schemas/schema/core-event-schema/forgotten.yaml
          = expected: an event schema with an `enum` for its `type`, or a definition that one refers to
          = help: state the `type` under `properties`, refer to the file, or remove it

        error: no event refers to this file, and it states no event `type`
          --> event-schemas/schema/m.forgotten.yaml
          = expected: an event schema with an `enum` for its `type`, or a definition that one refers to
          = help: state the `type` under `properties`, refer to the file, or remove it

        2 errors"#]],
    );
}

const EDUS: &str = "\
folders:
- {folder: api/edus, kind: edu, module: edu, section: 'server-server-api/#edus', why: a folder of their own}
";

#[test]
fn folder_without_files_is_reported() {
    diagnosed(
        &Tree::new().message("m.test", "type: object").overrides(EDUS),
        expect![[r#"
        error: this entry doesn't apply to anything in v1.19
          --> overrides.yaml:2:3
          |
        2 | - {folder: api/edus, kind: edu, module: edu, section: 'server-server-api/#edus', why: a folder of their own}
          |   ^
          = at: /folders/0
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        1 error"#]],
    );
}

#[test]
fn schema_without_edu_type_in_folder_of_edus_is_reported() {
    let tree = Tree::new().file("api/edus/m.other.yaml", "description: No unit.\ntype: object\n").overrides(EDUS);
    diagnosed(
        &tree,
        expect![[r#"
        error: no event refers to this file, and it states no event `type`
          --> api/edus/m.other.yaml
          = expected: an event schema with an `enum` for its `type`, or a definition that one refers to
          = help: state the `type` under `properties`, refer to the file, or remove it

        1 error"#]],
    );
}
