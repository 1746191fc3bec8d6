//! The files of a release to import: the event schemas, and the files that they and the settings refer to.

use std::collections::BTreeSet;

use anyhow::Result;
use matrix_events_codegen::{Files, Node, Origin, Settings, EXAMPLES, SCHEMAS};

use super::document::{check, references};
use super::{openapi, Documents, Errors};

/// The files to import, and the schemas in API definitions that the settings name.
pub(super) struct Collected {
    pub(super) documents: Documents,
    pub(super) named: BTreeSet<Origin>,
}

/// Parses the files to import.
pub(super) fn collect(files: &Files, settings: &Settings) -> Result<Collected> {
    let mut errors = Errors::default();
    let mut named = Vec::new();
    for file in [&settings.config, &settings.overrides] {
        if let Some(root) = errors.parse(&file.name, file.text.as_bytes()) {
            paths(&file.name, &root, &mut named);
        }
    }
    // The settings may name files that only other releases have.
    let is_named = |file: &str| {
        let is_in = |path: &Origin| {
            file.strip_prefix(path.file.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        file.starts_with(SCHEMAS) || named.iter().any(is_in)
    };
    let mut schemas: BTreeSet<Origin> = named.iter().filter(|origin| !origin.pointer.is_empty()).cloned().collect();
    let mut waiting: Vec<String> = files.keys().filter(|file| is_named(file)).cloned().collect();
    let mut collected = Documents::new();
    while let Some(file) = waiting.pop() {
        if collected.contains_key(&file) {
            continue;
        }
        let root = read(&file, files, &mut errors).unwrap_or(Node::Map(Vec::new()));
        if openapi::is_old_definition(&root) {
            continue;
        }
        add_components(&file, &root, &mut schemas);
        for (origin, reference) in references(&file, &root, &schemas) {
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
    errors.finish(Collected { documents: collected, named: schemas })
}

/// Adds the schemas of an API definition that its named schemas refer to.
fn add_components(file: &str, root: &Node, named: &mut BTreeSet<Origin>) {
    let mut count = 0;
    while openapi::is_definition(root) && count < named.len() {
        count = named.len();
        let targets = references(file, root, named).into_iter().filter(|(_, reference)| reference.starts_with('#'));
        named.extend(targets.filter_map(|(_, reference)| target(file, reference)).collect::<Vec<_>>());
    }
}

fn read(file: &str, files: &Files, errors: &mut Errors) -> Option<Node> {
    if !file.ends_with(".yaml") {
        let message = "expected a schema in YAML, found a file with another extension";
        errors.add(&Origin::file(file), message, "a file with the extension `.yaml`", "rename the file");
        return None;
    }
    let root = errors.parse(file, files.get(file)?)?;
    if !openapi::is_old_definition(&root) {
        check(file, &root, errors);
    }
    Some(root)
}

/// Collects the files and folders that settings name, except in reasons. A property path may follow the name.
fn paths(settings: &str, node: &Node, found: &mut Vec<Origin>) {
    match node {
        Node::String(text) => found.extend(target(settings, text.split(' ').next().unwrap_or_default())),
        Node::List(list) => list.iter().for_each(|node| paths(settings, node, found)),
        Node::Map(entries) => {
            entries.iter().filter(|(key, _)| key != "why").for_each(|(_, node)| paths(settings, node, found));
        }
        Node::Null | Node::Boolean(_) | Node::Number(_) => {}
    }
}

/// Returns the file that a reference leads to, if imports may write the file.
pub(super) fn resolve(file: &str, reference: &str) -> Option<String> {
    target(file, reference).map(|target| target.file)
}

fn target(file: &str, reference: &str) -> Option<Origin> {
    Origin::file(file).resolve(reference).filter(|target| is_imported(&target.file))
}

/// Returns `true` if imports may write a file. Examples are our own.
pub(super) fn is_imported(file: &str) -> bool {
    let is_schema = file.starts_with("event-schemas/") && !file.starts_with(EXAMPLES);
    is_schema || file.starts_with("api/")
}
