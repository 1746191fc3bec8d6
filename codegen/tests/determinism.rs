//! Tests that equal inputs give equal outputs, for any order of files, any thread and any run, and that the IR round-trips
//! through JSON.

mod support;

use std::thread;

use matrix_events_codegen::{ir::Ir, Files, Output};
use support::Tree;

/// Returns a tree with events of several modules that share definitions.
fn tree() -> Tree {
    let refers = |to: &str| format!("type: object\nproperties:\n  thing: {{$ref: {to}.yaml}}\n  all: {{$ref: a.yaml}}");
    let mut tree = Tree::new()
        .schema("a.yaml", "title: A\ntype: object\nproperties:\n  b: {$ref: b.yaml}\n")
        .schema("b.yaml", "title: B\ntype: object\nproperties:\n  c: {type: string, enum: [x, y, z]}\n")
        .schema("c.yaml", "title: C\ntype: object\nproperties:\n  b: {$ref: b.yaml}\n")
        .config("modules:\n- {at: b.yaml, module: room, why: a test}\n");
    for (number, to) in ["a", "b", "c"].iter().cycle().take(12).enumerate() {
        tree = tree
            .message(&format!("m.area{}.event{number}", number % 4), &refers(to))
            .state(&format!("m.room.event{number}"), &refers(to))
            .example(&format!("m.room.event{number}.json"), example(number));
    }
    tree
}

fn example(number: usize) -> String {
    format!("{{\"type\": \"m.room.event{number}\", \"content\": {{}}, \"sender\": \"@a:b\", \"room_id\": \"!a:b\", \"state_key\": \"\"}}\n")
}

/// Returns all parts of an output as text.
fn bytes(output: &Output) -> String {
    let ir = serde_json::to_string(&output.ir).expect("the IR can be written as JSON");
    format!("{:?}\n{}\n{ir}\n{:?}\n{:?}", output.events, output.cases, output.examples, output.read)
}

#[test]
fn other_order_of_files_gives_equal_output() {
    let tree = tree();
    let expected = bytes(&tree.output());
    let files: Vec<_> = tree.files.clone().into_iter().collect();
    for rotation in [1, files.len() / 2, files.len() - 1] {
        let mut shuffled = files.clone();
        shuffled.rotate_left(rotation);
        shuffled.reverse();
        let shuffled = Tree { files: shuffled.into_iter().collect::<Files>(), ..tree.clone() };
        assert!(bytes(&shuffled.output()) == expected, "another order of files gives another output");
    }
}

#[test]
fn other_order_of_overrides_gives_equal_output() {
    let entries = ["- {at: a.yaml, module: room, why: a test}\n", "- {at: c.yaml, module: area0, why: a test}\n"];
    let with = |entries: [&str; 2]| bytes(&tree().config(&entries.concat()).output());
    assert!(with(entries) == with([entries[1], entries[0]]), "another order of overrides gives another output");
}

#[test]
fn second_run_and_other_threads_give_equal_output() {
    let expected = bytes(&tree().output());
    assert!(bytes(&tree().output()) == expected, "a second run gives another output");
    let threads: Vec<_> = (0..4).map(|_| thread::spawn(|| bytes(&tree().output()))).collect();
    for thread in threads {
        assert!(thread.join().expect("no panic") == expected, "another thread gives another output");
    }
}

#[test]
fn second_run_gives_equal_diagnostics() {
    let broken =
        || tree().message("m.x", "type: text").message("m.a", "formt: uri\nrequired: {}").schema("b.yaml", "[]");
    let expected = broken().diagnostics().to_string();
    for _ in 0..3 {
        assert_eq!(broken().diagnostics().to_string(), expected);
    }
}

#[test]
fn ir_round_trips_through_json() {
    let ir = tree().output().ir;
    let text = serde_json::to_string(&ir).expect("the IR can be written as JSON");
    let back: Ir = serde_json::from_str(&text).expect("the IR can be read from JSON");
    assert_eq!(back, ir);
    assert_eq!(serde_json::to_string(&back).ok(), Some(text));
}
