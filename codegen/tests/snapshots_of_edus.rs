//! What is decided (the IR) and what is written (Rust) for ephemeral data units: events of another folder, which say their
//! type by another member.

mod support;

use support::{shown, snapshot, Tree};

const EDU: &str = "\
description: What servers tell each other.
type: object
properties:
  edu_type: {description: Says what it is., type: string}
  content: {description: Depends on the type., type: object}
required: [edu_type, content]
";

const TYPING: &str = "\
description: Whether somebody writes.
allOf:
- $ref: ../edu.yaml
- type: object
  properties:
    edu_type: {type: string, enum: [m.test]}
    content:
      type: object
      properties:
        user_id: {description: Who., type: string}
        keys: {description: By name., type: object, minProperties: 1, maxProperties: 2, additionalProperties: {type: string}}
      required: [user_id]
";

const OVERRIDES: &str = "\
  # One more envelope, in the section that the core schemas end with.
- {name: Edu, kind: edu, schema: api/edu.yaml, why: between servers}
folders:
- {folder: api/edus, kind: edu, module: edu, section: 'server-server-api/#edus', why: stand apart}
any:
- {name: AnyEdu, description: Any of them., envelopes: Edu, why: a test}
- {name: AnyTimelineEvent, description: Any event., envelopes: RoomEvent, why: a test}
";

/// An event, and an ephemeral data unit of the same type.
fn tree() -> Tree {
    Tree::new()
        .message("m.test", "type: object")
        .file("api/edu.yaml", EDU)
        .file("api/edus/m.test.yaml", TYPING)
        .example("m.test.json", r#"{"type": "m.test", "content": {}, "sender": "@a:b", "room_id": "!r"}"#)
        .example("edu/m.test.json", r#"{"edu_type": "m.test", "content": {"user_id": "@a:b", "keys": {"k": ""}}}"#)
        .overrides(OVERRIDES)
}

#[test]
fn edu_of_the_type_of_an_event() {
    let output = tree().output();
    shown("edu", &output, "edu::test");
    snapshot("rust", "edu_any", &output.events["any.rs"]);
    let examples: Vec<_> = output.examples.iter().map(|example| (example.file.as_str(), example.is_edu)).collect();
    assert_eq!(examples, [("edu/m.test.json", true), ("m.test.json", false)]);
    for (envelope, member) in [("Edu", "edu_type"), ("RoomEvent", "type")] {
        let text = &output.events["envelope.rs"];
        let shape = format!("> {envelope}<C> {{\n    const SHAPE");
        let from = text.split(&shape).nth(1).unwrap_or_else(|| panic!("no shape of {envelope} in {text}"));
        let constant = format!("Constant::one_of(\"{member}\", C::TYPE, C::ALSO)");
        assert!(from.split("impl").next().is_some_and(|code| code.contains(&constant)), "{from}");
    }
}

#[test]
fn examples_of_edus_are_held_against_their_schemas() {
    for (content, wrong) in [
        (r#"{"keys": {"k": ""}}"#, r#""user_id" is a required property"#),
        (r#"{"user_id": "@a:b", "keys": {}}"#, "{} has less than 1 property"),
        (r#"{"user_id": "@a:b", "keys": {"a": "", "b": "", "c": ""}}"#, "has more than 2 properties"),
    ] {
        let example = format!(r#"{{"edu_type": "m.test", "content": {content}}}"#);
        let told = tree().example("edu/m.test.json", example).diagnostics().to_string();
        assert!(told.contains(wrong), "{told}");
    }
}

#[test]
fn folder_that_is_not_there() {
    let gone = Tree::new()
        .message("m.test", "type: object")
        .overrides("folders:\n- {folder: api/edus, kind: edu, module: edu, section: x, why: stand apart}\n");
    snapshot("diagnostics", "unused_folder", &gone.diagnostics().to_string());
}

#[test]
fn file_of_a_folder_that_is_no_edu() {
    let tree = tree().file("api/edus/m.other.yaml", "description: Nothing.\ntype: object\n");
    snapshot("diagnostics", "surplus_in_folder", &tree.diagnostics().to_string());
}
