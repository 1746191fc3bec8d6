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
    let discriminators = "discriminators: [{at: m.test, property: kind, why: a test}]\n";
    let variants = Tree::new().message("m.test$m.a", KIND).message("m.test$m.b", &KIND.replace("m.a", "m.b"));
    diagnosed("variant_without_base", &variants.config(discriminators));
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
        .config("discriminators: [{at: m.test, property: kind, why: a test}]\n");
    diagnosed("variant_of_another_type", &tree);
}

#[test]
fn variant_of_several_values() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .message("m.test$m.a", &KIND.replace("m.a", "m.a, m.b"))
        .config("discriminators: [{at: m.test, property: kind, why: a test}]\n");
    diagnosed("variant_of_several_values", &tree);
}

#[test]
fn two_variants_of_one_value() {
    let tree = Tree::new()
        .message("m.test", "type: object\nproperties:\n  kind: {type: string}")
        .message("m.test$m.a", KIND)
        .message("m.test$m.b", KIND)
        .config("discriminators: [{at: m.test, property: kind, why: a test}]\n");
    diagnosed("two_variants_of_one_value", &tree);
}

#[test]
fn type_and_variant_come_from_the_schema_and_not_from_the_file_name() {
    let text = |value: &str| format!("type: object\nproperties:\n  kind: {{type: string{value}}}\nrequired: [kind]");
    let tree = Tree::new()
        .schema("one.yaml", event("m.test", "room_event.yaml", &text("")))
        .schema("two.yaml", event("m.test", "room_event.yaml", &text(", enum: [m.a]")))
        .config("discriminators: [{at: m.test, property: kind, why: a test}]\n");
    let events = tree.output().ir.events;
    let found: Vec<_> =
        events.iter().map(|event| (event.event_type.as_str(), event.variant.as_deref(), event.file.as_str())).collect();
    let [one, two] = ["event-schemas/schema/one.yaml", "event-schemas/schema/two.yaml"];
    assert_eq!(found, [("m.test", None, one), ("m.test", Some("m.a"), two)]);
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
        .config("kinds: [{at: m.test, kinds: message-like, why: a test}]\n");
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
