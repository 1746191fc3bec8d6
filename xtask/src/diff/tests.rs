//! How trees are read, and how a comparison is printed.

use std::fs;
use std::path::Path;
use std::process::Command;

use matrix_events_codegen::{Files, Settings, Version};

use super::{json, markdown, of_trees, read, text};
use crate::scratch::Scratch;
use crate::tree::Tree;

const CONFIG: &str = "\
envelopes:
- {name: RoomEvent, kind: message-like, schema: core/room_event.yaml, why: in a room}
kinds:
- {at: m.new, kinds: [to-device], since: '1.19', why: section New}
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
    let comparison = match of_trees(&before, &after, &Settings::new(CONFIG, "")) {
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

#[test]
fn tags_of_a_repository_are_read() {
    let Ok(scratch) = Scratch::new() else { panic!("no temporary folder can be made") };
    let folder = scratch.path();
    let git = |arguments: &[&str]| {
        let settings = ["user.name=a", "user.email=a@example.org", "commit.gpgsign=false", "tag.gpgsign=false"];
        let settings = settings.iter().flat_map(|setting| ["-c", setting]);
        let output = Command::new("git").current_dir(folder).args(settings).args(arguments).output();
        assert!(output.is_ok_and(|output| output.status.success()), "git {arguments:?}");
    };
    git(&["init", "--quiet"]);
    for (tag, content) in [("v1.18", "{}"), ("v1.19", "{a: {type: string}}")] {
        let path = folder.join("data/event-schemas/schema/m.a.yaml");
        let written =
            path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, event("m.a", content)));
        assert!(written.is_ok());
        git(&["add", "."]);
        git(&["commit", "--quiet", "-m", tag]);
        git(&["tag", tag]);
    }
    let trees = ["v1.18", "v1.19"].map(|tag| match read(Path::new(tag), Some(folder)) {
        Ok(tree) => tree,
        Err(failure) => panic!("{failure}"),
    });
    assert_eq!(trees.each_ref().map(|tree| tree.release.map(|release| release.minor)), [Some(18), Some(19)]);
    assert_ne!(trees[0].files, trees[1].files);
    let told = read(Path::new("v1.17"), Some(folder)).err().map(|failure| failure.to_string()).unwrap_or_default();
    assert!(told.contains("git can't fetch the tag v1.17"), "{told}");
}
