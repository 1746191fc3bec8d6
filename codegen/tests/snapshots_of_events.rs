//! What is decided (the IR) and what is written (Rust) for what events have beside their content, and for what overrides
//! say.

mod support;

use support::{event, indent, readable, shown, snapshot, Tree};

#[test]
fn member_beside_the_content() {
    let beside = "    redacts: {description: What it takes back., type: string, format: mx-event-id}\n";
    let tree = Tree::new().schema("m.test.yaml", event("m.test", "room_event.yaml", "type: object") + beside);
    let output = tree.output();
    shown("top_level", &output, "test");
    shown("envelopes", &output, "envelope");
}

#[test]
fn own_unsigned() {
    let unsigned = "\
unsigned:
  allOf:
  - $ref: core-event-schema/unsigned_prop.yaml
  - properties:
      invited_by: {description: Who asked them in., type: string, format: mx-user-id}";
    let text = event("m.test", "state_event.yaml", "type: object") + &indent(unsigned, 4);
    let tree = Tree::new().schema("m.test.yaml", text);
    shown("unsigned", &tree.output(), "test");
}

#[test]
fn state_key_with_a_format() {
    let beside = "    state_key: {description: Whose state it is., type: string, format: mx-user-id}\n";
    let tree = Tree::new().schema("m.test.yaml", event("m.test", "state_event.yaml", "type: object") + beside);
    shown("state_key", &tree.output(), "test");
}

#[test]
fn in_rooms_and_to_devices() {
    let tree = Tree::new()
        .schema("m.test.yaml", event("m.test", "event.yaml", "type: object"))
        .config("kinds:\n- {at: m.test, kinds: [message-like, to-device], why: section Test}\n");
    shown("room_and_to_device", &tree.output(), "test");
}

#[test]
fn other_types_of_the_same_event() {
    let text = event("m.test", "room_event.yaml", "type: object").replace("[m.test]", "[m.test, m.test.old]");
    shown("also", &Tree::new().schema("m.test.yaml", text).output(), "test");
}

#[test]
fn other_names() {
    let one = "at: 'm.test.yaml content.one'";
    let two = one.replace(".one", ".two");
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string}\n  two: {type: integer}\n  three: {type: integer}\nrequired: [three, one]")
        .overrides(&format!(
            "\
aliases:
- {{{one}, names: [org.test.one, org.older.one], why: unstable prefixes}}
- {{{two}, names: org.test.two, why: an unstable prefix}}
- {{at: m.test.yaml, names: org.test, why: an unstable prefix}}
"
        ));
    shown("other_names", &tree.output(), "test");
}

const ONE: &str = "m.test.yaml content.one";

#[test]
fn required_field_that_is_missing_in_practice() {
    let tree = Tree::new()
        .message(
            "m.test",
            "type: object\nproperties:\n  one: {type: string}\n  two: {type: string}\nrequired: [one, two]",
        )
        .overrides(&format!("optional:\n- {{at: '{ONE}', why: old ones have none}}\n"));
    shown("lenient", &tree.output(), "test");
}

#[test]
fn what_is_deprecated_for_others_alone() {
    let tree = Tree::new()
        .message(
            "m.test",
            "type: object\nproperties:\n  one: {type: string, deprecated: true}\n  two: {type: string, deprecated: true}",
        )
        .overrides(&format!("in-use:\n- {{at: '{ONE}', why: with one algorithm alone}}\n"));
    shown("in_use", &tree.output(), "test");
}

#[test]
fn format_that_stands_in_prose() {
    let tree = Tree::new()
        .message(
            "m.test",
            "type: object\nproperties:\n  one: {type: string}\n  two: {type: array, items: {type: string}}",
        )
        .overrides(&format!(
            "formats:\n- {{at: ['{ONE}', '{}'], format: mx-room-id, why: in the prose}}\n",
            ONE.replace("one", "two[]")
        ));
    shown("format", &tree.output(), "test");
}

#[test]
fn addition() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string}\nrequired: [one, two]")
        .file(
            "api/relation.yaml",
            "description: What it relates to.\ntype: object\nproperties:\n  id: {type: string}\n",
        )
        .overrides(
            "\
additions:
- {at: m.test.yaml content, property: two, schema: {description: Not declared., type: integer}, why: required and not declared}
- {at: m.test.yaml content, property: m.relation, definition: api/relation.yaml, why: stands in prose alone}
",
        );
    shown("addition", &tree.output(), "test");
}

#[test]
fn definition_of_an_opaque_object() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {description: A file., type: object}")
        .file(
            "api/file.yaml",
            "title: EncryptedFile\ntype: object\nproperties:\n  url: {type: string}\nrequired: [url]\n",
        )
        .overrides(&format!("definitions:\n- {{at: '{ONE}', definition: api/file.yaml, why: named in prose}}\n"));
    let output = tree.output();
    shown("definition", &output, "test");
    shown("definition_defined", &output, "common");
}

#[test]
fn definition_of_what_others_build_on() {
    let built = "{allOf: [{$ref: part.yaml}, {type: object, properties: {two: {type: string}}}]}";
    let tree = Tree::new()
        .message("m.test", &format!("type: object\nproperties:\n  one: {built}"))
        .file("event-schemas/schema/part.yaml", "type: object\nproperties:\n  some: {type: integer}\n")
        .file("api/whole.yaml", "type: object\nproperties:\n  some: {type: integer}\n  more: {type: string}\n")
        .overrides(
            "\
definitions:
- {at: part.yaml, definition: api/whole.yaml, why: the other says more}
additions:
- {at: api/whole.yaml, property: most, schema: {type: boolean}, why: stands in prose alone}
",
        );
    shown("definition_of_a_part", &tree.output(), "test");
}

#[test]
fn names() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: string, enum: [a, 'null', '==']}\n  other: {type: [string, integer]}")
        .config(&format!(
            "\
names:
- at: '{ONE}'
  name: Choice
  field: choice
  values: {{'==': Equal, 'null': Nothing}}
  why: reads better
- at: {}
  values: {{string: Name, integer: Number}}
  why: reads better
",
            ONE.replace("one", "other")
        ));
    shown("names", &tree.output(), "test");
}

#[test]
fn what_else_is_accepted_and_what_is_the_default() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  one: {type: integer}\n  two: {type: string}\nrequired: [two]")
        .overrides(&format!(
            "\
accepts:
- {{at: '{ONE}', type: string, why: old ones}}
- {{at: '{}', type: integer, why: old ones}}
defaults:
- {{at: '{ONE}', value: 50, why: stands in prose}}
",
            ONE.replace("one", "two")
        ));
    shown("accepts", &tree.output(), "test");
}

#[test]
fn any_event_of_a_place() {
    let tree = Tree::new().message("m.talk", "type: object").state("m.topic", "type: object").config(
        "any:\n- {name: AnyTimelineEvent, description: Any event., envelopes: [RoomEvent, StateEvent], why: a test}\n",
    );
    let output = tree.output();
    snapshot("ir", "any", &readable(&output.ir.any));
    snapshot("rust", "any", &output.events["any.rs"]);
    assert!(syn::parse_file(&output.events["any.rs"]).is_ok());
    snapshot("rust", "contents", &output.events["contents.rs"]);
}
