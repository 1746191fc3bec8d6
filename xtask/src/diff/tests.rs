//! Tests of the comparison of trees in all formats.

use std::path::Path;

use matrix_events_codegen::compare::compare;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{Settings, Version};

use super::{read, render, Format};
use crate::scratch::{error_text, Scratch};

const CONFIG: &str = "\
envelopes:
- {name: RoomEvent, kind: message-like, schema: core/room_event.yaml, why: in a room}
kinds:
- {at: m.new, kinds: [to-device], since: '1.19', why: section New}
";

fn tree(minor: u16, files: &[(&str, String)]) -> Tree {
    let base = "type: object\nproperties: {type: {type: string}, content: {type: object}, sender: {type: string}}\n";
    let core = ("core/room_event.yaml", base.to_owned());
    let files = files.iter().chain([&core]);
    let files = files.map(|(name, text)| (format!("event-schemas/schema/{name}"), text.as_bytes().to_vec())).collect();
    Tree { files, release: Some(Version { major: 1, minor }) }
}

fn event(kind: &str, content: &str) -> String {
    let base = "allOf: [{$ref: core/room_event.yaml}]";
    format!("{base}\nproperties:\n  type: {{enum: [{kind}]}}\n  content: {{type: object, properties: {content}}}\n")
}

#[test]
fn comparison_is_rendered_in_each_format() {
    let thing = |format: &str| format!("title: Thing\ntype: object\nproperties: {{c: {{type: string{format}}}}}\n");
    let before = [
        ("m.a.yaml", event("m.a", "{a: {type: string, enum: [x]}, b: {$ref: thing.yaml}, d: {type: string}}")),
        ("m.b.yaml", event("m.b", "{b: {$ref: thing.yaml}}")),
        ("m.old.yaml", event("m.old", "{}")),
        ("thing.yaml", thing("")),
    ];
    let after = [
        ("m.a.yaml", event("m.a", "{a: {type: string, enum: [x, y]}, b: {$ref: thing.yaml}, e: {type: string}}")),
        ("m.b.yaml", event("m.b", "{b: {$ref: thing.yaml}}")),
        ("m.new.yaml", "properties: {type: {enum: [m.new]}, content: {type: object}}\n".to_owned()),
        ("thing.yaml", thing(", format: mx-user-id")),
    ];
    let settings = Settings::new(CONFIG, "");
    let comparison = compare(&tree(18, &before).input(&settings), &tree(19, &after).input(&settings));
    let comparison = comparison.unwrap_or_else(|unreadable| panic!("{}", unreadable.diagnostics));
    assert!(comparison.problems.is_empty(), "{}", comparison.problems);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, format) in [("text", Format::Text), ("markdown", Format::Markdown), ("json", Format::Json)] {
            insta::assert_snapshot!(name, render(&comparison, format).unwrap_or_default());
        }
    });
}

#[test]
fn tags_of_a_repository_are_read() {
    let scratch = Scratch::new(&[]);
    for (tag, content) in [("v1.18", "{}"), ("v1.19", "{a: {type: string}}")] {
        scratch.write("data/event-schemas/schema/m.a.yaml", &event("m.a", content));
        scratch.tag("", tag);
    }
    let read = |tag: &str| read(Path::new(tag), Some(&scratch.path("")), None).map(|(tree, _)| tree);
    let trees = ["v1.18", "v1.19"].map(|tag| read(tag).unwrap_or_else(|error| panic!("{error:#}")));
    assert_eq!(trees.each_ref().map(|tree| tree.release.map(|release| release.minor)), [Some(18), Some(19)]);
    assert_ne!(trees[0].files, trees[1].files);
    let without_repository = error_text(super::read(Path::new("v1.17"), None, None));
    assert!(without_repository.contains("add `--repo <FOLDER OR URL>`"), "{without_repository}");
    let error = error_text(read("v1.17"));
    assert!(error.starts_with("failed to fetch the tag v1.17 of"), "{error}");
}
