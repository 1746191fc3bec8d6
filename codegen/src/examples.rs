//! The specification's examples: `$ref`s to other examples merged in, each held against its schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::check::Checker;
use crate::diagnostics::{Checked, Origin, Problem, Problems};
use crate::ir::constraints::EventConstraints;
use crate::ir::{Event, Ir};
use crate::node::Node;
use crate::overrides::Overrides;
use crate::resolve::Library;
use crate::schema::keywords::nearest;
use crate::source::Sources;
use crate::source::SCHEMAS;

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

/// Reads every example. Each has to be of an event that has a schema, and valid, or be part of another.
pub(crate) fn collect(
    sources: &mut Sources<'_>,
    library: &Library,
    ir: &Ir,
    overrides: &Overrides,
) -> Result<Vec<Example>, Vec<Problem>> {
    let mut problems = Problems::default();
    let mut parts = BTreeSet::new();
    let mut events = BTreeMap::new();
    for path in sources.below(EXAMPLES) {
        if problems.note(sources.document(&path)).flatten().is_none() {
            continue;
        }
        let event = event_of(&path, ir, overrides);
        if let Some(value) = problems.note(resolve(sources, &Origin::file(&path), &mut Vec::new(), &mut parts)) {
            events.insert(path, (event, value));
        }
    }
    let mut examples = Vec::new();
    for (path, (event, value)) in events {
        match event {
            Some(event) => {
                let file = path.trim_start_matches(EXAMPLES).trim_start_matches('/').to_owned();
                let outcome = check(library, ir, overrides, &path, &file, event, &value);
                problems.note(outcome);
                let variant = event.variant.clone();
                let (event_type, is_edu) = (event.event_type.clone(), event.is_edu());
                examples.push(Example { file, is_edu, event_type, variant, value });
            }
            None if parts.contains(&path) => {}
            None => problems.push(without_schema(&path, ir)),
        }
    }
    problems.none(examples)
}

/// The event that an example is of, by the name of its file: the type, and behind a `$` the variant or anything else.
/// The examples of other folders than that of the events of clients stand in one that is called after their module.
fn event_of<'i>(path: &str, ir: &'i Ir, overrides: &Overrides) -> Option<&'i Event> {
    let (folder, name) = path.rsplit_once('/')?;
    let folder = folder.strip_prefix(EXAMPLES)?.trim_start_matches('/');
    let name = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".json"))?;
    let (event_type, variant) = match name.split_once('$') {
        Some((event_type, variant)) => (event_type, Some(variant)),
        None => (name, None),
    };
    let module = overrides.module_of_examples(folder);
    let is_in_place = |event: &Event| overrides.folder_of(&event.file).map(|folder| &folder.module) == module;
    let of_type = || ir.events.iter().filter(|event| event.event_type == event_type && is_in_place(event));
    let exact = of_type().find(|event| event.variant.as_deref() == variant);
    exact.or_else(|| of_type().find(|event| event.variant.is_none()))
}

fn without_schema(path: &str, ir: &Ir) -> Problem {
    let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").trim_end_matches(".json");
    let near = nearest(name, ir.events.iter().map(|event| event.event_type.as_str()));
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

/// Holds an example against the schema of its type, and against that of its variant: the one that its file is called after
/// and the one that its content says.
fn check(
    library: &Library,
    ir: &Ir,
    overrides: &Overrides,
    path: &str,
    file: &str,
    event: &Event,
    value: &Value,
) -> Checked<()> {
    let folder = event.file.rsplit_once('/').map_or(SCHEMAS, |(folder, _)| folder);
    let base = format!("{folder}/{}.yaml", event.event_type);
    let is_its = |one: &&EventConstraints| one.event_type == event.event_type && one.is_edu() == event.is_edu();
    let said = ir.constraints.events.iter().find(is_its).and_then(|one| {
        let value = value.get("content")?.get(one.discriminator.as_ref()?)?.as_str()?;
        one.variants.iter().find(|variant| variant.value == value)
    });
    let schemas: BTreeSet<&String> =
        [&base, &event.file].into_iter().chain(said.map(|variant| &variant.file)).collect();
    let checker = Checker { library };
    let mut found = Vec::new();
    for schema in schemas {
        let Some(schema) = library.get(&Origin::file(schema)) else { continue };
        found.extend(checker.check(schema, value)?);
    }
    let Some(first) = found.first().filter(|_| !overrides.is_known_defect(file)) else { return Ok(()) };
    let list: Vec<String> = found
        .iter()
        .map(|violation| format!("{}: {}", violation.pointer, violation.message).trim_start_matches(": ").to_owned())
        .collect();
    let mut origin = Origin::file(path);
    origin.pointer.clone_from(&first.pointer);
    Err(Problem::at(&origin, format!("the example isn't valid for its schema: {}", list.join("; ")))
        .expected("an example that the schema accepts")
        .advice("mend the example, or list it under `examples` in overrides.yaml with the reason"))
}
