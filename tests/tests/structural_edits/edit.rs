//! Structural edits: an editor of the specification writes the same schemas in another way.

use std::collections::BTreeSet;

use fastrand::Rng;
use matrix_events_codegen::{escape_pointer_token, Files, Keyword, KeywordKind, Node, Origin, SCHEMAS};

/// The parsed files of schemas, by their paths.
pub(crate) type Documents = std::collections::BTreeMap<String, Node>;

/// The folder of components that an edit moves to files of their own.
pub(crate) const SPLIT: &str = "split";

/// A kind of edit.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    /// Edits a file of the documents. Returns `false` if the file has no place for the edit.
    apply: fn(&mut Documents, &str, &mut Rng) -> bool,
}

impl Edit {
    /// All kinds.
    pub(crate) const ALL: [Self; 11] = [
        Self { name: "written as JSON", apply: |_, _, _| true },
        Self { name: "renamed to `.json`", apply: to_json_file },
        Self { name: "renamed with references", apply: renamed },
        Self { name: "keywords reordered", apply: |documents, file, _| on(documents, file, reorder_keywords) },
        Self { name: "properties reordered", apply: |documents, file, _| on(documents, file, reorder_properties) },
        Self { name: "`x-` keyword added", apply: annotate },
        Self { name: "schema moved into `allOf`", apply: wrap },
        Self { name: "property moved into `allOf`", apply: move_property },
        Self { name: "`allOf` around a `$ref`", apply: wrap_reference },
        Self { name: "level of `$ref` added", apply: add_level },
        Self { name: "component split", apply: split },
    ];

    /// Returns files with one edit of this kind, or `None` if the file has no place for the edit.
    pub(crate) fn apply(&self, files: &Files, documents: &Documents, file: &str, rng: &mut Rng) -> Option<Files> {
        let mut edited = documents.clone();
        if !(self.apply)(&mut edited, file, rng) {
            return None;
        }
        let mut files = files.clone();
        files.retain(|name, _| !documents.contains_key(name) || edited.contains_key(name));
        for (name, node) in &edited {
            // The edited file is written again even if its values are the same.
            if documents.get(name) != Some(node) || name == file {
                files.insert(name.clone(), text(node).into_bytes());
            }
        }
        Some(files)
    }
}

/// Returns a node as JSON, which is YAML. The keys keep their order.
fn text(node: &Node) -> String {
    match node {
        Node::List(list) => format!("[{}]", list.iter().map(text).collect::<Vec<_>>().join(", ")),
        Node::Map(map) => {
            let member =
                |(key, value): &(String, Node)| format!("{}: {}", serde_json::Value::from(key.as_str()), text(value));
            format!("{{{}}}", map.iter().map(member).collect::<Vec<_>>().join(",\n"))
        }
        Node::Number(number) => number.text().to_owned(),
        node => node.to_json().to_string(),
    }
}

/// Returns the pointers of all schemas of a document.
fn schemas(node: &Node) -> Vec<String> {
    fn walk(node: &Node, pointer: &str, found: &mut Vec<String>) {
        let Node::Map(keywords) = node else { return };
        found.push(pointer.to_owned());
        for (keyword, value) in keywords {
            let pointer = format!("{pointer}/{}", escape_pointer_token(keyword));
            let kind = Keyword::named(keyword).map(|keyword| keyword.kind);
            match (kind, value) {
                (Some(KeywordKind::Schema(_)), value) => walk(value, &pointer, found),
                (Some(KeywordKind::SchemaMap(_)), Node::Map(map)) => map
                    .iter()
                    .for_each(|(name, value)| walk(value, &format!("{pointer}/{}", escape_pointer_token(name)), found)),
                (Some(KeywordKind::SchemaList), Node::List(list)) => {
                    list.iter()
                        .enumerate()
                        .for_each(|(index, value)| walk(value, &format!("{pointer}/{index}"), found));
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(node, "", &mut found);
    found
}

fn at<'n>(node: &'n mut Node, pointer: &str) -> &'n mut Node {
    let origin = Origin { file: String::new(), pointer: pointer.to_owned() };
    origin.keys().fold(node, |node, key| match node {
        Node::List(list) => &mut list[key.parse::<usize>().expect("an index")],
        Node::Map(map) => map.iter_mut().find(|(name, _)| *name == key).map(|(_, node)| node).expect("a key"),
        _ => panic!("no value at {pointer}"),
    })
}

/// Returns the pointer of a random schema that fulfils a condition.
fn choose(node: &Node, rng: &mut Rng, is_suitable: impl Fn(&str, &Node) -> bool) -> Option<String> {
    let mut copy = node.clone();
    let suitable: Vec<String> =
        schemas(node).into_iter().filter(|pointer| is_suitable(pointer, at(&mut copy, pointer))).collect();
    rng.choice(suitable)
}

fn members(node: &mut Node) -> &mut Vec<(String, Node)> {
    match node {
        Node::Map(members) => members,
        _ => panic!("expected a map"),
    }
}

fn map(members: impl IntoIterator<Item = (&'static str, Node)>) -> Node {
    Node::Map(members.into_iter().map(|(key, node)| (key.to_owned(), node)).collect())
}

fn on(documents: &mut Documents, file: &str, edit: fn(&mut Node)) -> bool {
    let Some(node) = documents.get_mut(file) else { return false };
    for pointer in schemas(&node.clone()) {
        edit(at(node, &pointer));
    }
    true
}

fn reorder_keywords(schema: &mut Node) {
    members(schema).reverse();
    // The pointers of schemas are independent of the order.
}

fn reorder_properties(schema: &mut Node) {
    let properties = members(schema).iter_mut().find(|(keyword, _)| keyword == "properties");
    if let Some((_, Node::Map(properties))) = properties {
        properties.reverse();
    }
}

fn annotate(documents: &mut Documents, file: &str, rng: &mut Rng) -> bool {
    let Some(node) = documents.get_mut(file) else { return false };
    let Some(pointer) = choose(node, rng, |_, _| true) else { return false };
    let value = if rng.bool() { Node::String("A note.".to_owned()) } else { map([("reviewed", Node::Boolean(true))]) };
    members(at(node, &pointer)).push(("x-org-example-note".to_owned(), value));
    true
}

/// Returns `true` for a schema that is not a part of an `allOf`, `oneOf` or `anyOf`, and not the root of a file.
fn is_value(pointer: &str) -> bool {
    let last = Origin { file: String::new(), pointer: pointer.to_owned() }.keys().collect::<Vec<_>>();
    let keyword = last.iter().rev().nth(1).map(String::as_str);
    keyword == Some("properties") || matches!(last.last().map(String::as_str), Some("items"))
}

fn wrap(documents: &mut Documents, file: &str, rng: &mut Rng) -> bool {
    let Some(node) = documents.get_mut(file) else { return false };
    let Some(pointer) = choose(node, rng, |pointer, _| is_value(pointer)) else { return false };
    let schema = at(node, &pointer);
    *schema = map([("allOf", Node::List(vec![schema.clone()]))]);
    true
}

fn move_property(documents: &mut Documents, file: &str, rng: &mut Rng) -> bool {
    let Some(node) = documents.get_mut(file) else { return false };
    let is_object = |_: &str, node: &Node| {
        matches!(node.get("properties"), Some(Node::Map(properties)) if properties.len() > 1)
            && ["additionalProperties", "patternProperties", "oneOf", "anyOf"].iter().all(|key| node.get(key).is_none())
    };
    let Some(pointer) = choose(node, rng, is_object) else { return false };
    let schema = members(at(node, &pointer));
    let mut moved = Vec::new();
    let mut required = false;
    for (keyword, value) in schema.iter_mut() {
        if let ("properties", Node::Map(properties)) = (keyword.as_str(), value) {
            moved.push(properties.remove(rng.usize(..properties.len())));
        }
    }
    let name = moved.first().map(|(name, _)| name.clone()).unwrap_or_default();
    for (keyword, value) in schema.iter_mut() {
        if let ("required", Node::List(names)) = (keyword.as_str(), value) {
            let before = names.len();
            names.retain(|one| one.as_str() != Some(name.as_str()));
            required = names.len() < before;
        }
    }
    let mut part = map([("properties", Node::Map(moved))]);
    if required {
        members(&mut part).push(("required".to_owned(), Node::List(vec![Node::String(name)])));
    }
    match schema.iter_mut().find(|(keyword, _)| keyword == "allOf") {
        Some((_, Node::List(parts))) => parts.push(part),
        _ => schema.push(("allOf".to_owned(), Node::List(vec![part]))),
    }
    true
}

fn wrap_reference(documents: &mut Documents, file: &str, rng: &mut Rng) -> bool {
    let Some(node) = documents.get_mut(file) else { return false };
    let Some(pointer) = choose(node, rng, |_, node| node.get("$ref").is_some()) else { return false };
    let schema = members(at(node, &pointer));
    let place = schema.iter().position(|(keyword, _)| keyword == "$ref").expect("a reference");
    let (_, target) = schema.remove(place);
    let part = map([("$ref", target)]);
    match schema.iter_mut().find(|(keyword, _)| keyword == "allOf") {
        Some((_, Node::List(parts))) => parts.insert(0, part),
        _ => schema.push(("allOf".to_owned(), Node::List(vec![part]))),
    }
    true
}

/// Returns the path of a new file in the folder of a file. References from both files are equal.
fn sibling(documents: &Documents, file: &str, name: &str) -> String {
    let (folder, _) = file.rsplit_once('/').unwrap_or_default();
    let path = format!("{folder}/{name}.yaml");
    assert!(!documents.contains_key(&path), "{path}");
    path
}

fn add_level(documents: &mut Documents, file: &str, rng: &mut Rng) -> bool {
    let path = sibling(documents, file, "added_level");
    let Some(node) = documents.get_mut(file) else { return false };
    let is_outside =
        |node: &Node| node.get("$ref").and_then(Node::as_str).is_some_and(|target| !target.starts_with('#'));
    let Some(pointer) = choose(node, rng, |_, node| is_outside(node)) else { return false };
    let schema = members(at(node, &pointer));
    let (_, target) = schema.iter_mut().find(|(keyword, _)| keyword == "$ref").expect("a reference");
    let old = std::mem::replace(target, Node::String("added_level.yaml".to_owned()));
    documents.insert(path, map([("$ref", old)]));
    true
}

/// Moves the schema of a property to a new file with the name of the property.
fn split(documents: &mut Documents, file: &str, rng: &mut Rng) -> bool {
    let Some(node) = documents.get(file) else { return false };
    // The name of a type for `type` and for the items of a list depends on the name of the object around them.
    let is_component = |pointer: &str, node: &Node| {
        is_value(pointer) && !pointer.ends_with("/items") && !pointer.ends_with("/type") && node.get("$ref").is_none()
    };
    let Some(pointer) = choose(node, rng, is_component) else { return false };
    let name = Origin { file: String::new(), pointer: pointer.clone() }.keys().last().unwrap_or_default();
    let (folder, _) = file.rsplit_once('/').unwrap_or_default();
    let path = format!("{folder}/{SPLIT}/{name}.yaml");
    let mut component = at(documents.get_mut(file).expect("the file"), &pointer).clone();
    for pointer in schemas(&component.clone()) {
        for (keyword, target) in members(at(&mut component, &pointer)) {
            if let ("$ref", Some(text)) = (keyword.as_str(), target.as_str()) {
                *target = Node::String(format!("../{text}"));
            }
        }
    }
    let reference = map([("$ref", Node::String(format!("{SPLIT}/{name}.yaml")))]);
    *at(documents.get_mut(file).expect("the file"), &pointer) = reference;
    documents.insert(path, component);
    true
}

fn to_json_file(documents: &mut Documents, file: &str, _: &mut Rng) -> bool {
    let Some(stem) = file.strip_suffix(".yaml") else { return false };
    rename(documents, file, &format!("{stem}.json"))
}

fn renamed(documents: &mut Documents, file: &str, _: &mut Rng) -> bool {
    let Some((folder, name)) = file.rsplit_once('/') else { return false };
    rename(documents, file, &format!("{folder}/renamed_{name}"))
}

/// Renames a file, and changes all references to the file.
fn rename(documents: &mut Documents, from: &str, to: &str) -> bool {
    let Some(moved) = documents.remove(from) else { return false };
    let name = to.rsplit('/').next().unwrap_or_default();
    for (file, node) in documents.iter_mut() {
        for pointer in schemas(&node.clone()) {
            let schema = at(node, &pointer);
            let Some(target) = schema.get("$ref").and_then(Node::as_str).map(str::to_owned) else { continue };
            if Origin::file(file.as_str()).resolve(&target).is_some_and(|target| target.file == from) {
                let (path, fragment) =
                    target.split_once('#').map_or((target.as_str(), None), |(path, rest)| (path, Some(rest)));
                let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                let fragment = fragment.map_or(String::new(), |rest| format!("#{rest}"));
                let reference = members(schema).iter_mut().find(|(keyword, _)| keyword == "$ref").expect("a reference");
                reference.1 = Node::String(format!("{folder}{name}{fragment}"));
            }
        }
    }
    documents.insert(to.to_owned(), moved);
    true
}

#[test]
fn every_edit_changes_a_file_and_keeps_its_references() {
    let folder = |file: &str| format!("{SCHEMAS}/{file}");
    let parse = |text: &str| matrix_events_codegen::parse_document("a.yaml", text.as_bytes()).expect("YAML");
    let documents = Documents::from([
        (folder("a.yaml"), parse("type: object\nproperties: {b: {$ref: b.yaml}, c: {type: string}, d: {type: object, properties: {e: {}, f: {}}}}\nrequired: [c]")),
        (folder("b.yaml"), parse("type: object")),
    ]);
    let files: Files = documents.iter().map(|(name, node)| (name.clone(), text(node).into_bytes())).collect();
    let mut seen = BTreeSet::new();
    for edit in Edit::ALL {
        let edited = edit.apply(&files, &documents, &folder("a.yaml"), &mut Rng::with_seed(1)).expect(edit.name);
        assert!(edit.name == "written as JSON" || edited != files, "{}", edit.name);
        assert!(edit.name == "written as JSON" || seen.insert(edited), "{}", edit.name);
    }
    let mut renamed = documents;
    assert!(rename(&mut renamed, &folder("b.yaml"), &folder("x.json")));
    let target = renamed[&folder("a.yaml")].get("properties").and_then(|all| all.get("b")?.get("$ref")?.as_str());
    assert_eq!(target, Some("x.json"));
}
