//! How a comparison is printed.

use matrix_events_codegen::{Files, Version};

use super::{json, markdown, of_trees, text};
use crate::tree::Tree;

const OVERRIDES: &str = "\
envelopes:
- {name: RoomEvent, kind: message-like, schema: core/room_event.yaml, why: in a room}
kinds:
- {events: m.new, kinds: [to-device], since: '1.19', why: section New}
";

fn tree(minor: u16, files: &[(&str, &str)]) -> Tree {
    let base = "type: object\nproperties: {type: {type: string}, content: {type: object}, sender: {type: string}}\n";
    let core = ("core/room_event.yaml", base);
    let files = files.iter().chain([&core]);
    let files: Files =
        files.map(|(name, text)| (format!("event-schemas/schema/{name}"), text.as_bytes().to_vec())).collect();
    Tree { files, release: Some(Version { major: 1, minor }) }
}

fn event(kind: &str, content: &str) -> String {
    let base = "allOf: [{$ref: core/room_event.yaml}]";
    format!("{base}\nproperties:\n  type: {{enum: [{kind}]}}\n  content: {{type: object, properties: {content}}}\n")
}

#[test]
fn each_format() {
    let before = [
        ("m.a.yaml", event("m.a", "{a: {type: string, enum: [x]}, b: {$ref: thing.yaml}, d: {type: string}}")),
        ("m.b.yaml", event("m.b", "{b: {$ref: thing.yaml}}")),
        ("m.old.yaml", event("m.old", "{}")),
        ("thing.yaml", "title: Thing\ntype: object\nproperties: {c: {type: string}}\n".to_owned()),
    ];
    let after = [
        ("m.a.yaml", event("m.a", "{a: {type: string, enum: [x, y]}, b: {$ref: thing.yaml}, e: {type: string}}")),
        ("m.b.yaml", event("m.b", "{b: {$ref: thing.yaml}}")),
        ("m.new.yaml", "properties: {type: {enum: [m.new]}, content: {type: object}}\n".to_owned()),
        ("thing.yaml", "title: Thing\ntype: object\nproperties: {c: {type: string, format: mx-user-id}}\n".to_owned()),
    ];
    let [before, after] = [(18, &before[..]), (19, &after[..])].map(|(minor, files)| {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        tree(minor, &files)
    });
    let comparison = match of_trees(&before, &after, OVERRIDES) {
        Ok(comparison) => comparison,
        Err(unreadable) => panic!("{}", unreadable.diagnostics),
    };
    assert!(comparison.problems.is_empty(), "{}", comparison.problems);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!("text", text(&comparison));
        insta::assert_snapshot!("markdown", markdown(&comparison));
        insta::assert_snapshot!("json", json::json(&comparison));
    });
}
