//! The events for which the tests of this package compare `matrix-events` with Ruma.

use std::path::{Path, PathBuf};

use matrix_events::room_version_rules::RoomVersionRules;
use matrix_events::RoomVersionId;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, Output, Settings};
use serde_json::{json, Value};
use spec_tests::mutate::{below, removed, replaced};

/// Returns the path of a file of the repository.
#[must_use]
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Returns the example events of `spec/`, with those of proposals.
///
/// # Panics
///
/// Panics if the generator fails.
#[must_use]
pub fn examples() -> Vec<Value> {
    output().examples.into_iter().map(|example| example.value).filter(is_event).collect()
}

fn output() -> Output {
    let spec = repository("spec");
    let tree = Tree::read(&spec, None).unwrap_or_else(|error| panic!("{error}"));
    let settings = Settings::read(&spec).unwrap_or_else(|error| panic!("{error}"));
    generate(&tree.input(&settings)).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// Returns the PDUs in the examples of `spec/`.
///
/// # Panics
///
/// Panics if the generator fails.
#[must_use]
pub fn pdus() -> Vec<Value> {
    let mut pdus = Vec::new();
    let output = output();
    let bodies = output.root_examples.iter().filter(|example| example.file.starts_with("federation/"));
    bodies.for_each(|example| collect_events(&example.value, &mut pdus));
    pdus
}

/// Returns the events in the responses that were recorded from a homeserver, or an empty list if `../shared/traffic` does not
/// exist.
///
/// # Panics
///
/// Panics if a response is no JSON.
#[must_use]
pub fn recorded() -> Vec<Value> {
    let mut files = Vec::new();
    collect_files(&repository("../shared/traffic"), &mut files);
    files.sort();
    let mut events = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let response = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        collect_events(&response, &mut events);
    }
    events
}

/// The room versions with our rules and those of Ruma.
pub type Versions = Vec<(String, &'static RoomVersionRules, ruma_common::room_version_rules::RoomVersionRules)>;

/// Returns the room versions of the specification with our rules and those of Ruma.
///
/// # Panics
///
/// Panics if one of the crates does not know a version.
#[must_use]
pub fn versions() -> Versions {
    (1..=12)
        .map(|version| {
            let version = version.to_string();
            let ours = RoomVersionId::new(version.as_str()).rules().expect("our rules");
            let theirs = ruma_common::RoomVersionId::try_from(version.as_str()).expect("a version");
            (version, ours, theirs.rules().expect("their rules"))
        })
        .collect()
}

/// Calls a function for each change of an event: each value inside is removed, and replaced by a value of each JSON type.
pub fn each_mutation(event: &Value, mut visit: impl FnMut(Value)) {
    let replacements =
        [json!(null), json!(true), json!(0), json!(-1), json!("50"), json!("x"), json!([]), json!({}), json!(["a"])];
    for pointer in below(event) {
        visit(removed(event, &pointer));
        replacements.iter().for_each(|replacement| visit(replaced(event, &pointer, replacement.clone())));
    }
}

fn is_event(value: &Value) -> bool {
    value.get("type").is_some_and(Value::is_string) && value.get("content").is_some_and(Value::is_object)
}

fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        match path.is_dir() {
            true => collect_files(&path, files),
            false if path.extension().is_some_and(|extension| extension == "json") => files.push(path),
            false => {}
        }
    }
}

fn collect_events(value: &Value, events: &mut Vec<Value>) {
    if is_event(value) {
        events.push(value.clone());
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect_events(value, events)),
        Value::Object(members) => members.values().for_each(|value| collect_events(value, events)),
        _ => {}
    }
}
