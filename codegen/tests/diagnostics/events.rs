//! Files that aren't quite an event.

use crate::diagnosed;
use crate::support::{event, Tree};

const KIND: &str = "type: object\nproperties:\n  kind: {type: string, enum: [m.a]}";

#[test]
fn event_without_a_kind() {
    let tree = Tree::new().schema("m.test.yaml", event("m.test", "event.yaml", "type: object"));
    diagnosed("without_kind", &tree);
}

#[test]
fn variant_without_a_base() {
    diagnosed("variant_without_base", &Tree::new().message("m.test$m.a", KIND));
}

#[test]
fn variant_without_a_discriminator() {
    diagnosed(
        "variant_without_discriminator",
        &Tree::new().message("m.test", "type: object").message("m.test$m.a", KIND),
    );
}

#[test]
fn variant_of_another_type() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: object}")
        .message("m.test$m.a", KIND)
        .overrides("discriminators: [{event: m.test, property: kind, why: a test}]\n");
    diagnosed("variant_of_another_type", &tree);
}

#[test]
fn variant_of_another_value() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .message("m.test$m.b", KIND)
        .overrides("discriminators: [{event: m.test, property: kind, why: a test}]\n");
    diagnosed("variant_of_another_value", &tree);
}

#[test]
fn file_name_that_contradicts_the_type() {
    let tree = Tree::new().schema("m.test.yaml", event("m.tests", "room_event.yaml", "type: object"));
    diagnosed("file_name", &tree);
}

#[test]
fn one_event_in_two_files() {
    let json = r#"{"properties": {"type": {"enum": ["m.test"]}, "content": {"type": "object"}}}"#;
    diagnosed("two_files", &Tree::new().message("m.test", "type: object").schema("m.test.json", json));
}

#[test]
fn event_without_content() {
    let text = "allOf:\n- $ref: base.yaml\n- properties:\n    type: {enum: [m.test]}\n";
    let tree = Tree::new()
        .schema("base.yaml", "type: object\nproperties: {type: {type: string}}\n")
        .schema("m.test.yaml", text)
        .overrides("kinds: [{events: m.test, kinds: message-like, why: a test}]\n");
    diagnosed("without_content", &tree);
}

#[test]
fn required_beside_the_content() {
    let text =
        event("m.test", "room_event.yaml", "type: object") + "    redacts: {type: string}\n  required: [redacts]\n";
    diagnosed("required_beside_content", &Tree::new().schema("m.test.yaml", text));
}

#[test]
fn file_that_nothing_uses() {
    let tree = Tree::new()
        .message("m.test", "type: object")
        .schema("core-event-schema/forgotten.yaml", "type: object\n")
        .schema("m.forgotten.yaml", "type: object\n");
    diagnosed("surplus", &tree);
}
