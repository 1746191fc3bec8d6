//! The files of a release to import: the event schemas, and the files that they and the settings refer to.

use anyhow::Result;
use matrix_events_codegen::{Files, Node, Origin, Settings, EXAMPLES, SCHEMAS};

use super::document::{check, references};
use super::{Documents, Errors};

/// Parses the files to import.
pub(super) fn collect(files: &Files, settings: &Settings) -> Result<Documents> {
    let mut errors = Errors::default();
    let mut named = Vec::new();
    for file in [&settings.config, &settings.overrides] {
        if let Some(root) = errors.parse(&file.name, file.text.as_bytes()) {
            paths(&file.name, &root, &mut named);
        }
    }
    // The settings may name files that only other releases have.
    let is_named = |file: &str| {
        let is_in = |path: &String| {
            file.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        file.starts_with(SCHEMAS) || named.iter().any(is_in)
    };
    let mut waiting: Vec<String> = files.keys().filter(|file| is_named(file)).cloned().collect();
    let mut collected = Documents::new();
    while let Some(file) = waiting.pop() {
        if collected.contains_key(&file) {
            continue;
        }
        let root = read(&file, files, &mut errors).unwrap_or(Node::Map(Vec::new()));
        for (origin, reference) in references(&file, &root) {
            match resolve(&file, reference) {
                Some(target) if files.contains_key(&target) => waiting.push(target),
                Some(target) => errors.add(
                    &origin,
                    &format!("there is no file {target} in the release"),
                    "the path of a file of the release, relative to this file",
                    "check that the release is complete: a checkout has event-schemas and api in one folder",
                ),
                None => errors.add(
                    &origin,
                    &format!("expected the path of a schema, found `{reference}`"),
                    "the path of a file in event-schemas or api, relative to this file",
                    "check whether the release moved its schemas, and support the folder in xtask/src/import/collect.rs",
                ),
            }
        }
        collected.insert(file, root);
    }
    errors.finish(collected)
}

fn read(file: &str, files: &Files, errors: &mut Errors) -> Option<Node> {
    if !file.ends_with(".yaml") {
        let message = "expected a schema in YAML, found a file with another extension";
        errors.add(&Origin::file(file), message, "a file with the extension `.yaml`", "rename the file");
        return None;
    }
    let root = errors.parse(file, files.get(file)?)?;
    check(file, &root, errors);
    Some(root)
}

/// Collects the files and folders that settings name, except in reasons. A property path may follow the name.
fn paths(settings: &str, node: &Node, found: &mut Vec<String>) {
    match node {
        Node::String(text) => found.extend(resolve(settings, text.split(' ').next().unwrap_or_default())),
        Node::List(list) => list.iter().for_each(|node| paths(settings, node, found)),
        Node::Map(entries) => {
            entries.iter().filter(|(key, _)| key != "why").for_each(|(_, node)| paths(settings, node, found));
        }
        Node::Null | Node::Boolean(_) | Node::Number(_) => {}
    }
}

/// Returns the file that a reference leads to, if imports may write the file.
pub(super) fn resolve(file: &str, reference: &str) -> Option<String> {
    Origin::file(file).resolve(reference).map(|target| target.file).filter(|target| is_imported(target))
}

/// Returns `true` if imports may write a file. Examples are our own.
pub(super) fn is_imported(file: &str) -> bool {
    let is_schema = file.starts_with("event-schemas/") && !file.starts_with(EXAMPLES);
    is_schema || file.starts_with("api/")
}
