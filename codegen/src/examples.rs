//! The specification's examples: `$ref`s to other examples merged in, each held against its schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::check::Checker;
use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::events::{EventSchema, EventType};
use crate::ir::Namespace;
use crate::model::Model;
use crate::node::Node;
use crate::schema::keywords::nearest;
use crate::settings::changes_nothing;
use crate::source::Sources;

const EXAMPLES: &str = "event-schemas/examples";

/// An example of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The name of its file, below the folder of the examples.
    pub file: String,
    /// Whether it is one of an ephemeral data unit, which may have the type of an event without being one.
    pub is_edu: bool,
    /// The type of the event.
    pub event_type: String,
    /// For an event with several schemas: which of them.
    pub variant: Option<String>,
    /// The event.
    pub value: Value,
}

impl Example {
    /// Its path below the root of the tree.
    pub(crate) fn path(&self) -> String {
        format!("{EXAMPLES}/{}", self.file)
    }
}

/// The examples of a tree.
#[derive(Debug)]
pub(crate) struct Examples {
    pub(crate) list: Vec<Example>,
    /// The entries of the settings for examples that are valid, or not there.
    pub(crate) unused: Vec<Problem>,
}

/// Reads every example. Each has to be of an event that has a schema, and valid, or be part of another.
pub(crate) fn collect(sources: &mut Sources<'_>, model: &Model) -> Result<Examples, Vec<Problem>> {
    let mut problems = Problems::default();
    let mut parts = BTreeSet::new();
    let mut events = BTreeMap::new();
    for path in sources.below(EXAMPLES) {
        if problems.note(sources.document(&path)).flatten().is_none() {
            continue;
        }
        let event = event_of(&path, model);
        if let Some(value) = problems.note(resolve(sources, &Origin::file(&path), &mut Vec::new(), &mut parts)) {
            events.insert(path, (event, value));
        }
    }
    let mut list = Vec::new();
    let mut invalid = BTreeSet::new();
    for (path, (event, value)) in events {
        match event {
            Some((event, variant)) => {
                let file = path.trim_start_matches(EXAMPLES).trim_start_matches('/').to_owned();
                match check(model, &path, (event, variant), &value) {
                    Ok(()) => {}
                    Err(_) if model.invalid_examples.contains_key(&file) => {
                        invalid.insert(file.clone());
                    }
                    Err(problem) => problems.push(problem),
                }
                let is_edu = event.key.namespace == Namespace::Edu;
                let variant = variant.map(|(value, _)| value.clone());
                list.push(Example { file, is_edu, event_type: event.key.event_type.clone(), variant, value });
            }
            None if parts.contains(&path) => {}
            None => problems.push(without_schema(&path, model)),
        }
    }
    let unused = model.invalid_examples.iter().filter(|(file, _)| !invalid.contains(*file));
    let unused = unused
        .map(|(file, entry)| changes_nothing(entry, model.release, &format!("there is no invalid example `{file}`")));
    let unused = unused.collect();
    problems.none(Examples { list, unused })
}

/// The event type of an example, and the variant.
type EventOf<'m> = (&'m EventType, Option<&'m (String, Origin)>);

/// The event that an example is of, by the name of its file: the type, and behind a `$` the variant or anything else.
/// The examples of other folders than that of the events of clients are in one that is called after their module.
fn event_of<'m>(path: &str, model: &'m Model) -> Option<EventOf<'m>> {
    let (folder, name) = path.rsplit_once('/')?;
    let folder = folder.strip_prefix(EXAMPLES)?.trim_start_matches('/');
    let name = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".json"))?;
    let (event_type, variant) = match name.split_once('$') {
        Some((event_type, variant)) => (event_type, Some(variant)),
        None => (name, None),
    };
    let module = model.config.module_of_examples(folder);
    let module_of = |event: &EventType| model.config.folder_of(&event.base.origin.file).map(|folder| &folder.module);
    let event = model.events.iter().find(|event| event.key.event_type == event_type && module_of(event) == module)?;
    let variants = event.variants.iter().filter_map(|schema| schema.variant.as_ref());
    let of_name = variants.clone().find(|(value, _)| Some(value.as_str()) == variant);
    Some((event, of_name))
}

fn without_schema(path: &str, model: &Model) -> Problem {
    let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").trim_end_matches(".json");
    let near = nearest(name, model.events.iter().map(|event| event.key.event_type.as_str()));
    let advice = near.map(|near| format!("is `{near}` meant? ")).unwrap_or_default();
    Problem::at(
        &Origin::file(path),
        format!("there is no schema of an event `{name}`, and no example refers to this file"),
    )
    .expected("a file named after an event type that has a schema, with anything behind a `$`")
    .advice(format!("{advice}Rename the file, add the schema, or remove the example"))
}

/// An example with what it refers to: beside a `$ref`, members replace those of the file that it names.
fn resolve(
    sources: &mut Sources<'_>,
    origin: &Origin,
    path: &mut Vec<String>,
    parts: &mut BTreeSet<String>,
) -> Checked<Value> {
    let Some(node) = sources.document(&origin.file)?.cloned() else {
        return Err(Problem::at(origin, format!("{} could not be read", origin.file)).advice("mend that file first"));
    };
    path.push(origin.file.clone());
    let value = merge(sources, &node, origin, path, parts);
    path.pop();
    value
}

fn merge(
    sources: &mut Sources<'_>,
    node: &Node,
    origin: &Origin,
    path: &mut Vec<String>,
    parts: &mut BTreeSet<String>,
) -> Checked<Value> {
    match node {
        Node::List(list) => {
            let merge =
                |(index, node): (usize, &Node)| merge(sources, node, &origin.child(&index.to_string()), path, parts);
            Ok(Value::Array(list.iter().enumerate().map(merge).collect::<Checked<_>>()?))
        }
        Node::Map(members) => {
            let mut merged = Map::new();
            if let Some(target) = node.get("$ref") {
                let at = origin.child("$ref");
                let file = target_of(sources, target, origin, &at)?;
                if path.contains(&file) {
                    let round = path.iter().skip_while(|on_path| **on_path != file).chain([&file]);
                    let cycle: Vec<&str> = round.map(String::as_str).collect();
                    let message = format!("`$ref` leads back to where it came from: {}", cycle.join(" -> "));
                    return Err(Problem::at(&at, message)
                        .expected("examples that end somewhere")
                        .advice("break the cycle"));
                }
                parts.insert(file.clone());
                match resolve(sources, &Origin::file(file), path, parts)? {
                    Value::Object(base) => merged = base,
                    other if members.len() == 1 => return Ok(other),
                    _ => {
                        return Err(Problem::at(
                            &at,
                            "what this names isn't an object, and yet members stand beside it",
                        )
                        .expected("a `$ref` alone, or one to an object")
                        .advice("remove the members beside the `$ref`"));
                    }
                }
            }
            for (key, node) in members.iter().filter(|(key, _)| key != "$ref") {
                merged.insert(key.clone(), merge(sources, node, &origin.child(key), path, parts)?);
            }
            Ok(Value::Object(merged))
        }
        plain => Ok(plain.to_json()),
    }
}

fn target_of(sources: &Sources<'_>, target: &Node, origin: &Origin, at: &Origin) -> Checked<String> {
    let folder = origin.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = target.as_str().map(|target| format!("{folder}/{target}"));
    match file {
        Some(file) if sources.exists(&file) && file.starts_with(EXAMPLES) => Ok(file),
        _ => Err(Problem::at(at, format!("{} isn't the name of an example", target.describe()))
            .expected("the path of another example, relative to this one")
            .advice("correct the path, or add the file")),
    }
}

/// Checks an example against the schema of its type, and against those of its variants: the one that its file is called
/// after and the one that its content states.
fn check(model: &Model, path: &str, (event, variant): EventOf<'_>, value: &Value) -> Checked<()> {
    let stated = || value.get("content")?.get(event.discriminator.as_ref()?)?.as_str();
    let is_of = |schema: &&EventSchema| {
        let value = schema.variant.as_ref().map(|(value, _)| value.as_str());
        value.is_some() && (value == stated() || value == variant.map(|(value, _)| value.as_str()))
    };
    let checker = Checker { schemas: &model.schemas };
    let mut found = Vec::new();
    for schema in std::iter::once(&event.base).chain(event.variants.iter().filter(is_of)) {
        let Some(schema) = model.schemas.get(&schema.origin) else { continue };
        found.extend(checker.check(schema, value)?);
    }
    let Some(first) = found.first() else { return Ok(()) };
    let list: Vec<String> = found
        .iter()
        .map(|violation| format!("{}: {}", violation.pointer, violation.message).trim_start_matches(": ").to_owned())
        .collect();
    let mut origin = Origin::file(path);
    origin.pointer.clone_from(&first.pointer);
    Err(Problem::at(&origin, format!("the example isn't valid for its schema: {}", list.join("; ")))
        .expected("an example that the schema accepts")
        .advice("fix the example, or list it under `examples` in overrides.yaml with the reason"))
}
