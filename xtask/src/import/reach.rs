//! Which files of a release are imported: the event schemas, and whatever they and our overrides refer to.

use std::collections::BTreeMap;

use matrix_events_codegen::{parse_document, Files, KeywordKind, Node, Origin};

use super::keywords::kind;
use super::mistakes::{check, Mistakes};
use super::places::{keywords, places};
use crate::Outcome;

/// The folder whose files are all imported.
const SCHEMAS: &str = "event-schemas/schema/";

/// The name that the overrides have in messages, and what paths in them start from.
const OVERRIDES: &str = "overrides.yaml";

/// Reads the files that are to be imported.
pub(crate) fn reach(files: &Files, overrides: &[u8]) -> Outcome<BTreeMap<String, Node>> {
    let mut mistakes = Mistakes::default();
    let mut reached = BTreeMap::new();
    let mut waiting: Vec<String> = files.keys().filter(|file| file.starts_with(SCHEMAS)).cloned().collect();
    if let Some(overrides) = mistakes.note(parse_document(OVERRIDES, overrides)) {
        let folders = folders(&overrides);
        waiting.extend(files.keys().filter(|file| folders.iter().any(|folder| file.starts_with(folder))).cloned());
        // A definition that only a later release has is none of this one's.
        waiting.extend(named(&overrides).into_iter().filter(|file| files.contains_key(file)));
    }
    while let Some(file) = waiting.pop() {
        if reached.contains_key(&file) {
            continue;
        }
        let root = read(&file, files, &mut mistakes);
        waiting.extend(references(&file, &root, files, &mut mistakes));
        reached.insert(file, root);
    }
    mistakes.none(reached)
}

/// Reads a file. One that can't be read counts as empty, its mistakes noted.
fn read(file: &str, files: &Files, mistakes: &mut Mistakes) -> Node {
    let empty = Node::Map(Vec::new());
    if !file.ends_with(".yaml") {
        mistakes.at(
            &Origin::file(file),
            "this schema isn't YAML",
            "a file named `.yaml`",
            "an import writes YAML alone",
        );
        return empty;
    }
    let bytes = files.get(file).map(Vec::as_slice).unwrap_or_default();
    let Some(root) = mistakes.note(parse_document(file, bytes)) else { return empty };
    check(file, &root, mistakes);
    root
}

/// The files that a document refers to.
fn references(file: &str, root: &Node, files: &Files, mistakes: &mut Mistakes) -> Vec<String> {
    let mut found = Vec::new();
    for (origin, reference) in stated_references(file, root) {
        match resolve(file, reference) {
            Some(target) if files.contains_key(&target) => found.push(target),
            Some(target) => mistakes.at(
                &origin,
                &format!("the release has no file {target}"),
                "the path of a file of the release, relative to this one",
                "is the release complete? In a checkout, event-schemas and api stand in the same folder",
            ),
            None => mistakes.at(
                &origin,
                &format!("`{reference}` leads to where no schemas are"),
                "the path of a file of event-schemas (its examples apart) or api, relative to this one",
                "the reference can't be imported; has the specification moved its schemas?",
            ),
        }
    }
    found
}

fn stated_references<'n>(file: &str, root: &'n Node) -> Vec<(Origin, &'n str)> {
    let mut found = Vec::new();
    for place in places(file, root) {
        for (keyword, node) in
            keywords(place.node).iter().filter(|(keyword, _)| kind(keyword) == KeywordKind::Reference)
        {
            found.extend(node.as_str().map(|reference| (place.origin.child(keyword), reference)));
        }
    }
    found
}

/// The file that a reference leads to, if it is one that may be imported.
pub(crate) fn resolve(file: &str, reference: &str) -> Option<String> {
    let path = reference.split_once('#').map_or(reference, |(path, _)| path);
    if path.is_empty() {
        return Some(file.to_owned());
    }
    if path.starts_with('/') || path.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let target = parts.join("/");
    is_imported(&target).then_some(target)
}

/// Whether a file is of the part of the tree that imports write. Examples are our own.
pub(crate) fn is_imported(file: &str) -> bool {
    let is_schema = file.starts_with("event-schemas/") && !file.starts_with("event-schemas/examples/");
    is_schema || file.starts_with("api/")
}

/// The folders with event schemas that the overrides name, each with a `/` behind it.
fn folders(overrides: &Node) -> Vec<String> {
    let entries = match overrides.get("folders") {
        Some(Node::List(entries)) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().filter_map(|entry| Some(format!("{}/", entry.get("folder")?.as_str()?))).collect()
}

/// The files that the entries of the overrides name as definitions, or refer to from schemas of their own.
fn named(overrides: &Node) -> Vec<String> {
    let entries = keywords(overrides).iter().filter_map(|(_, section)| match section {
        Node::List(entries) => Some(entries),
        _ => None,
    });
    let mut named = Vec::new();
    for entry in entries.flatten() {
        for node in ["definition", "schema", "adds"].iter().filter_map(|key| entry.get(key)) {
            match node.as_str() {
                Some(path) => named.extend(resolve(OVERRIDES, path)),
                None => named.extend(
                    stated_references(OVERRIDES, node).into_iter().filter_map(|(_, path)| resolve(OVERRIDES, path)),
                ),
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::Files;

    use super::{reach, resolve};

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn reached(list: &[(&str, &str)], overrides: &str) -> Result<Vec<String>, String> {
        match reach(&files(list), overrides.as_bytes()) {
            Ok(reached) => Ok(reached.into_keys().collect()),
            Err(failure) => Err(failure.0),
        }
    }

    #[test]
    fn references_are_followed_from_file_to_file() {
        let list = [
            ("api/unasked.yaml", "type: object"),
            ("api/definitions/ruleset.yaml", "items: {$ref: rule.yaml}"),
            ("api/definitions/rule.yaml", "type: object\nexample: {$ref: nowhere.yaml}"),
            ("event-schemas/rule.yaml", "type: object"),
            ("event-schemas/examples/m.a.yaml", "{}"),
            ("event-schemas/schema/m.a.yaml", "allOf: [{$ref: ../rule.yaml}, {$ref: '#/properties/a'}]"),
            ("event-schemas/schema/core/b.yaml", "properties: {$ref: {$ref: ../../../api/definitions/ruleset.yaml}}"),
        ];
        let expected = [
            "api/definitions/rule.yaml",
            "api/definitions/ruleset.yaml",
            "event-schemas/rule.yaml",
            "event-schemas/schema/core/b.yaml",
            "event-schemas/schema/m.a.yaml",
        ];
        assert_eq!(reached(&list, ""), Ok(expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn overrides_add_definitions_that_the_release_has() {
        let list = [
            ("api/a.yaml", "items: {$ref: b.yaml}"),
            ("api/b.yaml", "type: object"),
            ("api/c.yaml", "type: object"),
            ("api/d.yaml", "type: object"),
        ];
        let overrides = "\
definitions:
  - {definition: api/a.yaml, why: x}
  - {definition: 'api/none.yaml#/a', why: x}
additions:
  - {schema: {type: object, properties: {c: {$ref: api/c.yaml}}}, why: api/d.yaml}
envelopes:
  - {schema: core-event-schema/event.yaml}
";
        assert_eq!(
            reached(&list, overrides),
            Ok(["api/a.yaml", "api/b.yaml", "api/c.yaml"].map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn overrides_add_folders() {
        let list = [
            ("api/edus/deep/c.yaml", "type: object"),
            ("api/edus/m.a.yaml", "allOf: [{$ref: ../edu.yaml}]"),
            ("api/edu.yaml", "type: object"),
            ("api/other/b.yaml", "type: object"),
        ];
        let expected = ["api/edu.yaml", "api/edus/deep/c.yaml", "api/edus/m.a.yaml"];
        let overrides = "folders: [{folder: api/edus, kind: edu, why: x}]";
        assert_eq!(reached(&list, overrides), Ok(expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let list = [
            ("event-schemas/schema/m.a.yaml", "allOf: [{$ref: gone.yaml}, {$ref: ../examples/m.a.yaml}]"),
            ("event-schemas/schema/m.b.yaml", "a: ["),
            ("event-schemas/schema/m.c.json", "{}"),
        ];
        let told = reached(&list, "").err().unwrap_or_default();
        for part in ["no file event-schemas/schema/gone.yaml", "/allOf/1/$ref", "m.b.yaml:", "m.c.json", "4 errors"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }

    #[test]
    fn references_stay_in_the_tree() {
        assert_eq!(resolve("api/x/a.yaml", ".././b.yaml#/c").as_deref(), Some("api/b.yaml"));
        for outside in
            ["../../../b.yaml", "/etc/b.yaml", "https://example.org/b.yaml", "../../b.yaml", "../../spec/b.yaml"]
        {
            assert_eq!(resolve("api/x/a.yaml", outside), None, "{outside}");
        }
    }
}
