//! Level Strict against the independent validator: the corrections of `overrides.yaml` are merged into the schemas, and both
//! have the same verdict on every change of every example.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::Write;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::LazyLock;
use std::thread;

use matrix_events::schema::{Event, Schema};
use matrix_events::validate::{Level, Rule, Validator};
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{parse_document, Version, PROPOSALS, SCHEMAS};
use serde_json::{json, Map, Value};
use spec_tests::mutate::{objects, replaced};
use spec_tests::spec::{folder, from, read, releases, settings};
use spec_tests::tables;

use crate::mutations;
use crate::oracle::{event_of, Documents, Oracle, BASE};

/// A place as `overrides.yaml` names it: the file, and the path in it.
fn location(text: &str) -> (String, &str) {
    let (file, path) = text.split_once(' ').unwrap_or((text, ""));
    let is_whole = file.starts_with("api/") || file.starts_with("event-schemas/");
    (if is_whole { file.to_owned() } else { format!("{SCHEMAS}/{file}") }, path)
}

/// Calls a function with every schema that a path leads to.
fn each(schema: &mut Value, path: &str, change: &mut dyn FnMut(&mut Value)) {
    if path.is_empty() {
        return change(schema);
    }
    for part in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        each(part, path, change);
    }
    let rest = |rest: &str| {
        rest.strip_prefix('.')
            .map(str::to_owned)
            .or((rest.is_empty() || rest.starts_with('[')).then(|| rest.to_owned()))
    };
    if let (Some(after), Some(items)) = (path.strip_prefix("[]").and_then(rest), schema.get_mut("items")) {
        each(items, &after, change);
    }
    if let Some(after) = path.strip_prefix('*').and_then(rest) {
        for one in schema.get_mut("patternProperties").and_then(Value::as_object_mut).into_iter().flatten() {
            each(one.1, &after, change);
        }
        schema.get_mut("additionalProperties").into_iter().for_each(|one| each(one, &after, change));
    }
    for (name, one) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        if let Some(after) = path.strip_prefix(name.as_str()).and_then(rest) {
            each(one, &after, change);
        }
    }
}

/// Calls a function with every object that declares or requires the property at the end of a path, and with its name.
fn each_object(schema: &mut Value, path: &str, change: &mut dyn FnMut(&mut Value, &str)) {
    let splits = path.match_indices('.').map(|(at, _)| (&path[..at], &path[at + 1..]));
    for (above, name) in splits.chain([("", path)]) {
        each(schema, above, &mut |object| {
            let parts = object.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
            let pointers = (0..parts).map(|index| format!("/allOf/{index}")).chain([String::new()]);
            for pointer in pointers {
                let Some(object) = object.pointer_mut(&pointer) else { continue };
                let is_declared = object.pointer(&format!("/properties/{}", name.replace('/', "~1"))).is_some();
                if is_declared {
                    change(object, name);
                }
            }
        });
    }
}

/// Returns a reference to a place.
fn reference(text: &str) -> Value {
    let (file, path) = location(text);
    let pointer: String =
        path.split('.').filter(|name| !name.is_empty()).map(|name| format!("/properties/{name}")).collect();
    json!({"$ref": format!("{BASE}{file}{}{pointer}", if pointer.is_empty() { "" } else { "#" })})
}

fn accepted(entry: &Value) -> Vec<Value> {
    let integer =
        entry.get("value").map_or(json!({"type": "integer"}), |value| json!({"type": "integer", "const": value}));
    match entry["type"].as_str().expect("a type") {
        "integer" => vec![integer],
        "string" => vec![json!({"type": "string", "pattern": r"^\s*[-+]?[0-9]+\s*$"})],
        "null" => vec![json!({"type": "null"})],
        _ => vec![json!({"type": "null"}), json!({"const": ""})],
    }
}

fn set<'v>(object: &'v mut Value, keyword: &str) -> &'v mut Map<String, Value> {
    let object = object.as_object_mut().expect("a schema");
    object.entry(keyword).or_insert_with(|| json!({})).as_object_mut().expect("a map")
}

/// Requires a property or its alias, if the object requires the property.
fn require_one_of(object: &mut Value, property: &str, alias: &str) {
    let Some(required) = object.get_mut("required").and_then(Value::as_array_mut) else { return };
    if required.iter().any(|one| one == property) {
        required.retain(|one| one != property);
        let either = json!({"anyOf": [{"required": [property]}, {"required": [alias]}]});
        let parts = object.as_object_mut().expect("a schema").entry("allOf").or_insert_with(|| json!([]));
        parts.as_array_mut().expect("a list").push(either);
    }
}

/// Changes the document of a place.
fn apply(documents: &mut Documents, section: &str, entry: &Value, at: &str) {
    let (file, path) = location(at);
    let definition = entry.get("definition").and_then(Value::as_str);
    if definition.is_some_and(|definition| !documents.contains_key(&location(definition).0)) {
        // An older release lacks the definition.
        return;
    }
    let Some(document) = documents.get_mut(&file) else { return };
    let is_prose = entry.get("allowed-by").is_some();
    match section {
        "additions" => {
            let schema = entry
                .get("definition")
                .map_or(entry["schema"].clone(), |one| reference(one.as_str().expect("a place")));
            let name = entry["property"].as_str().expect("a name");
            each(document, path, &mut |object| drop(set(object, "properties").insert(name.to_owned(), schema.clone())));
        }
        "definitions" => {
            let definition = reference(entry["definition"].as_str().expect("a place"));
            each(document, path, &mut |schema| *schema = json!({"allOf": [schema.take(), definition.clone()]}));
        }
        "accepts" if is_prose => each(document, path, &mut |schema| {
            let alternatives: Vec<Value> = std::iter::once(schema.take()).chain(accepted(entry)).collect();
            *schema = json!({ "anyOf": alternatives });
        }),
        "optional" if is_prose => each_object(document, path, &mut |object, name| {
            if let Some(required) = object.get_mut("required").and_then(Value::as_array_mut) {
                required.retain(|one| one != name);
            }
        }),
        "required" => each_object(document, path, &mut |object, name| {
            let required = object.as_object_mut().expect("a schema").entry("required").or_insert_with(|| json!([]));
            required.as_array_mut().expect("a list").push(json!(name));
        }),
        "aliases" => {
            let names: Vec<&str> =
                entry["names"].as_array().map_or(vec![entry["names"].as_str().unwrap_or("")], |names| {
                    names.iter().filter_map(Value::as_str).collect()
                });
            for name in names {
                match path {
                    "" => ["type", "edu_type"].iter().for_each(|member| {
                        each(document, member, &mut |schema| {
                            if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                                values.push(json!(name));
                            }
                        });
                    }),
                    path => each_object(document, path, &mut |object, property| {
                        let schema = object["properties"][property].clone();
                        set(object, "properties").insert(name.to_owned(), schema);
                        require_one_of(object, property, name);
                    }),
                }
            }
        }
        _ => {}
    }
}

/// Returns `true` if an entry is for a release.
fn is_for(entry: &Value, release: Version) -> bool {
    let version = |key: &str| -> Option<Version> {
        let (major, minor) = entry.get(key)?.as_str()?.split_once('.')?;
        Some(Version { major: major.parse().ok()?, minor: minor.parse().ok()? })
    };
    version("since").is_none_or(|since| since <= release) && version("until").is_none_or(|until| release <= until)
}

/// Returns the documents of a tree with the corrections merged in.
fn corrected(tree: &Tree, read: &[String]) -> Documents {
    let mut documents = Oracle::documents(&tree.input(&settings()), read);
    let overrides = parse_document("overrides.yaml", settings().overrides.text.as_bytes()).expect("YAML").to_json();
    let release = tree.release.expect("a release");
    // Properties are added before others refer to them, and requirements change before their places do. Aliases copy the result, the
    // deepest first, because an alias can contain others.
    for section in ["additions", "required", "optional", "accepts", "definitions", "aliases"] {
        let entries = overrides[section].as_array().into_iter().flatten().filter(|entry| is_for(entry, release));
        let mut entries: Vec<&Value> = entries.collect();
        if section == "aliases" {
            entries.sort_by_key(|entry| Reverse(entry["at"].to_string().matches('.').count()));
        }
        for entry in entries {
            match &entry["at"] {
                Value::Array(places) => {
                    places.iter().filter_map(Value::as_str).for_each(|at| apply(&mut documents, section, entry, at));
                }
                at => apply(&mut documents, section, entry, at.as_str().expect("a place")),
            }
        }
    }
    documents
}

/// The places that are invalid from level Strict on, apart from the grammars of identifiers and the like.
fn expected_at_strict(oracle: &Oracle, event: &Event, value: &Value) -> BTreeSet<String> {
    let mut places = oracle.expected(event, value);
    if !event.is_room_event() || value.get("state_key").is_some() {
        return places;
    }
    let Some(content) = value.get("content") else { return places };
    let is_edit = content.pointer("/m.relates_to/rel_type") == Some(&json!("m.replace"));
    match content.get("m.new_content") {
        None if is_edit && event.event_type != "m.room.encrypted" => drop(places.insert("/content".to_owned())),
        Some(new) => {
            let mut inner = value.clone();
            inner["content"] = new.clone();
            let of_content = expected_at_strict(oracle, event, &inner);
            // The rule on edits concerns only the event itself.
            let below = of_content.iter().filter_map(|place| place.strip_prefix("/content"));
            places.extend(below.map(|place| format!("/content/m.new_content{place}")));
        }
        None => {}
    }
    places
}

/// An example with members that only the corrections declare.
fn with_additions(example: &Value, event: &Event) -> Vec<Value> {
    let mut found = vec![example.clone()];
    let Some(Value::Object(content)) = example.get("content") else { return found };
    if !event.is_room_event() {
        return found;
    }
    let mut full = example.clone();
    full["unsigned"] = json!({
        "age": 1, "membership": "join", "prev_content": {}, "transaction_id": "t", "replaces_state": "$e",
        "m.relations": {
            "m.reference": {"chunk": [{"event_id": "$e"}]}, "m.replace": {},
            "m.thread": {"count": 1, "current_user_participated": true, "latest_event": {}},
        },
    });
    if ["m.room.message", "m.sticker", "m.room.encrypted"].contains(&event.event_type) {
        full["content"]["m.mentions"] = json!({"room": true, "user_ids": ["@a:b"]});
        full["content"]["m.relates_to"] = json!({"rel_type": "m.thread", "event_id": "$e", "is_falling_back": true, "m.in_reply_to": {"event_id": "$e"}});
        found.push(full.clone());
        let mut new = content.clone();
        new.remove("m.relates_to");
        full["content"]["m.relates_to"] = json!({"rel_type": "m.replace", "event_id": "$e"});
        full["content"]["m.new_content"] = Value::Object(new);
    }
    found.push(full);
    found
}

/// The mutations of a member of an event under each of its aliases, for each member that can have one.
fn under_aliases(example: &Value) -> Vec<Value> {
    static OVERRIDES: LazyLock<Value> = LazyLock::new(|| {
        parse_document("overrides.yaml", settings().overrides.text.as_bytes()).expect("YAML").to_json()
    });
    let texts = |value: &Value| -> Vec<String> {
        let list = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut found = Vec::new();
    for entry in OVERRIDES["aliases"].as_array().into_iter().flatten() {
        for pointer in objects(example) {
            let object = example.pointer(&pointer).expect("an object");
            let is_its = |name: &String| texts(&entry["at"]).iter().any(|at| at.ends_with(&format!(".{name}")));
            for (name, value) in object.as_object().into_iter().flatten().filter(|(name, _)| is_its(name)) {
                for alias in texts(&entry["names"]) {
                    let mut renamed = object.clone();
                    renamed.as_object_mut().expect("an object").remove(name);
                    renamed[&alias] = value.clone();
                    found.extend(mutations::at(&replaced(example, &pointer, renamed), &format!("{pointer}/{alias}")));
                }
            }
        }
    }
    found
}

/// The numbers of compared events.
#[derive(Clone, Copy, Debug, Default)]
struct Compared {
    all: usize,
    /// Those that level Strict alone rejects.
    rejected: usize,
    /// Those that level Strict accepts, although level Schema rejects them.
    accepted: usize,
}

/// The step from one compared change of an example of a release to the next.
const STEP_OF_RELEASES: usize = 7;

/// Compares both validators on the changes of the examples of a tree, from one to the next in steps.
fn compare(tree: &Tree, name: &str, step: usize) -> Compared {
    let output = from(tree);
    let events = tables::events(&output.ir);
    let documents = corrected(tree, &output.read);
    let oracle = Oracle::of(documents, output.ir.events.iter().map(|event| event.file.as_str()));
    let mut compared = Compared::default();
    // `corrected` reads the corrections of the specification only.
    let released = output.examples.iter().filter(|example| !example.file.starts_with(PROPOSALS));
    for example in released {
        let event = event_of(&events, example);
        let validator = Validator::new().of(Schema::of_content(event, None).with_envelope());
        let examples = with_additions(&example.value, event);
        let changed = examples.iter().flat_map(mutations::of).chain(examples.iter().flat_map(under_aliases));
        for value in changed.step_by(step) {
            let expected = expected_at_strict(&oracle, event, &value);
            let report = validator.level(Level::Strict).validate_value(&value);
            let ours: BTreeSet<String> = report
                .iter()
                .filter(|one| {
                    let is_of_schema = one.rule().level() == Level::Schema;
                    is_of_schema || (one.rule() == Rule::Format && expected.contains(one.pointer()))
                })
                .map(|one| one.pointer().to_owned())
                .collect();
            assert_eq!(ours, expected, "{name}, {}: {value}\n{report}", example.file);
            compared.all += 1;
            match (validator.is_valid(&value), expected.is_empty()) {
                (true, false) => compared.rejected += 1,
                (false, true) => compared.accepted += 1,
                _ => {}
            }
        }
    }
    compared
}

#[test]
fn mutated_examples_have_the_violations_of_the_corrected_schemas() {
    let trees: Vec<_> = std::iter::once(folder("spec")).chain(releases()).collect();
    let compared: Vec<Compared> = thread::scope(|scope| {
        // The releases share most schemas, so a part of their changes is enough.
        let compare = |tree: &Path| {
            let step = if *tree == folder("spec") { 1 } else { STEP_OF_RELEASES };
            compare(&read(tree), &tree.display().to_string(), step)
        };
        let running: Vec<_> = trees.iter().map(|tree| scope.spawn(move || compare(tree))).collect();
        running.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    for (index, one) in compared.into_iter().enumerate() {
        let _ = writeln!(std::io::stderr(), "level Strict: {one:?}, 0 disagreements");
        let step = if index == 0 { 1 } else { STEP_OF_RELEASES };
        assert!(one.all * step > 50_000 && one.rejected * step > 5_000 && one.accepted * step > 80, "{one:?}");
    }
}
