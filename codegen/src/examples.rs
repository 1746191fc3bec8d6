//! The examples: those in files, with the examples that they refer to merged in, and those in schemas. Each is validated
//! against its schema.

mod inline;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::diagnostics::{nearest, Diagnostic, Diagnostics, Origin};
use crate::ir::{Event, Ir};
use crate::node::Node;
use crate::overrides::Overrides;
use crate::resolve::Library;
use crate::schema::reader::unexpected;
use crate::source::{Sources, EXAMPLES, SCHEMAS};
use crate::validator::{Schemas, Violation};

/// An example of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The name of its file, below the folder of the examples.
    pub file: String,
    /// `true` for an example of an ephemeral data unit, which may have the type of an event.
    pub is_edu: bool,
    /// The type of the event.
    pub event_type: String,
    /// The schema of the event, if the event has several.
    pub variant: Option<String>,
    /// The event.
    pub value: Value,
}

impl Example {
    /// Returns the path below the root of the tree.
    pub(crate) fn path(&self) -> String {
        format!("{EXAMPLES}/{}", self.file)
    }
}

/// Collects the examples in files, and validates all examples. The file of an example has to belong to an event or to be a
/// part of another example.
pub(crate) fn collect(
    sources: &mut Sources<'_>,
    library: &Library,
    ir: &Ir,
    overrides: &Overrides,
) -> Result<Vec<Example>, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let mut parts = BTreeSet::new();
    let mut events = BTreeMap::new();
    for path in sources.below(EXAMPLES) {
        if diagnostics.note(sources.document(&path)).flatten().is_none() {
            continue;
        }
        let event = event_of(&path, ir, overrides);
        if let Some(value) = diagnostics.note(resolve(sources, &Origin::file(&path), &mut Vec::new(), &mut parts)) {
            events.insert(path, (event, value));
        }
    }
    let files: BTreeSet<&str> = library.iter().map(|(origin, _)| origin.file.as_str()).collect();
    let schemas = Schemas::new(sources, &files).map_err(|diagnostic| vec![diagnostic])?;
    let checker = Checker { sources, library, ir, overrides, schemas: &schemas };
    let mut examples = Vec::new();
    for (path, (event, value)) in events {
        match event {
            Some(event) => {
                let file = path.trim_start_matches(EXAMPLES).trim_start_matches('/').to_owned();
                checker.example(&path, &file, event, &value, &mut diagnostics);
                let variant = event.variant.clone();
                let (event_type, is_edu) = (event.event_type.clone(), event.is_edu());
                examples.push(Example { file, is_edu, event_type, variant, value });
            }
            None if parts.contains(&path) => {}
            None => diagnostics.push(without_schema(&path, ir)),
        }
    }
    inline::check(&checker, &mut diagnostics);
    diagnostics.none(examples)
}

/// Returns the event of an example by the name of its file: the type, with the variant or any other text after a `$`. The
/// examples of a further folder of schemas are in a folder with the name of the module of its events.
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

fn without_schema(path: &str, ir: &Ir) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").trim_end_matches(".json");
    let near = nearest(name, ir.events.iter().map(|event| event.event_type.as_str()));
    let help = near.map(|near| format!("rename the file if `{near}` is meant; otherwise, ")).unwrap_or_default();
    Diagnostic::at(&Origin::file(path), format!("expected an example of an event, found `{name}`, which has no schema"))
        .expected("the type of an event, with any text after a `$`, or an example that another one refers to")
        .help(format!("{help}add the schema, or remove the example"))
}

/// Merges an example with the example that it refers to. Members next to a `$ref` replace members of its target.
fn resolve(
    sources: &mut Sources<'_>,
    origin: &Origin,
    path: &mut Vec<String>,
    parts: &mut BTreeSet<String>,
) -> Result<Value, Diagnostic> {
    let Some(node) = sources.document(&origin.file)?.cloned() else {
        let message = format!("failed to read {}: the file has other errors", origin.file);
        return Err(Diagnostic::at(origin, message).help("fix that file first"));
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
) -> Result<Value, Diagnostic> {
    match node {
        Node::List(list) => {
            let merge =
                |(index, node): (usize, &Node)| merge(sources, node, &origin.child(&index.to_string()), path, parts);
            Ok(Value::Array(list.iter().enumerate().map(merge).collect::<Result<_, _>>()?))
        }
        Node::Map(members) => {
            let mut merged = Map::new();
            if let Some(target) = node.get("$ref") {
                let at = origin.child("$ref");
                let file = target_of(sources, target, origin, &at)?;
                if path.contains(&file) {
                    let round = path.iter().skip_while(|on_path| **on_path != file).chain([&file]);
                    let cycle: Vec<&str> = round.map(String::as_str).collect();
                    let message = format!("failed to merge the example: `$ref` forms the cycle {}", cycle.join(" -> "));
                    return Err(Diagnostic::at(&at, message).help("remove one of the references"));
                }
                parts.insert(file.clone());
                match resolve(sources, &Origin::file(&file), path, parts)? {
                    Value::Object(base) => merged = base,
                    other if members.len() == 1 => return Ok(other),
                    _ => {
                        return Err(Diagnostic::at(&at, format!("expected a `$ref` to an object, found {file}"))
                            .expected("a `$ref` without siblings, or an object")
                            .help("remove the members next to the `$ref`"));
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

fn target_of(sources: &Sources<'_>, target: &Node, origin: &Origin, at: &Origin) -> Result<String, Diagnostic> {
    let file = target.as_str().map(|target| relative(&origin.file, target));
    match file {
        Some(file) if sources.exists(&file) && file.starts_with(EXAMPLES) => Ok(file),
        _ => Err(unexpected(target, at, "the path of another example, relative to this one")
            .help("correct the path, or add the file")),
    }
}

/// The path of a file that another file names.
fn relative(file: &str, target: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{target}")
}

/// Validates examples.
struct Checker<'a, 'f> {
    sources: &'a Sources<'f>,
    library: &'a Library,
    ir: &'a Ir,
    overrides: &'a Overrides,
    schemas: &'a Schemas,
}

impl Checker<'_, '_> {
    /// Validates an example against the schema of its type and that of its variant: the variant in the name of the file, and
    /// the variant in the content.
    fn example(&self, path: &str, file: &str, event: &Event, value: &Value, diagnostics: &mut Diagnostics) {
        let folder = event.file.rsplit_once('/').map_or(SCHEMAS, |(folder, _)| folder);
        let base = format!("{folder}/{}.yaml", event.event_type);
        let mut rules = self.ir.rules.events.iter();
        let rules = rules.find(|rules| rules.event_type == event.event_type && rules.is_edu() == event.is_edu());
        let stated = rules.and_then(|rules| {
            let value = value.get("content")?.get(rules.discriminator.as_ref()?)?.as_str()?;
            rules.variants.iter().find(|variant| variant.value == value)
        });
        let schemas: BTreeSet<&String> =
            [&base, &event.file].into_iter().chain(stated.map(|variant| &variant.file)).collect();
        let mut violations = BTreeSet::new();
        for schema in schemas.into_iter().map(Origin::file).filter(|schema| self.library.get(schema).is_some()) {
            violations.extend(diagnostics.note(self.schemas.validate(&schema, value)).unwrap_or_default());
        }
        if violations.is_empty() || self.overrides.is_known_defect(file) {
            return;
        }
        for Violation { pointer, message } in violations {
            let origin = self.origin_of(Origin { file: path.to_owned(), pointer });
            diagnostics.push(rejected(&origin, &message, file));
        }
    }

    /// Returns the place of a value of a merged example: in the file itself, or in one that the file refers to.
    fn origin_of(&self, merged: Origin) -> Origin {
        let mut origin = Origin::file(&merged.file);
        let mut node = self.sources.parsed(&origin.file);
        for key in merged.keys() {
            while let (Some(Node::Map(_)), None) = (node, node.and_then(|node| node.step(&key))) {
                let Some(target) = node.and_then(|node| node.get("$ref")?.as_str()) else { break };
                origin = Origin::file(relative(&origin.file, target));
                node = self.sources.parsed(&origin.file);
            }
            node = node.and_then(|node| node.step(&key));
            origin = origin.child(&key);
        }
        origin
    }
}

fn rejected(origin: &Origin, violation: &str, name: &str) -> Diagnostic {
    Diagnostic::at(origin, format!("failed to validate the example: {violation}"))
        .expected("an example that its schema accepts")
        .help(format!("fix the example, or add `{name}` with a reason to `examples` in overrides.yaml"))
}
