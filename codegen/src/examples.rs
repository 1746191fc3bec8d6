//! Collects and validates examples. Examples in files are merged with the examples that they refer to. Examples in schemas are
//! validated only.

mod inline;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::diagnostics::{nearest, Diagnostic, Diagnostics, Origin};
use crate::events::{EventSchema, EventType};
use crate::ir::{ModulePath, Namespace};
use crate::model::Model;
use crate::names;
use crate::node::Node;
use crate::proposals;
use crate::schema::missing;
use crate::schema::reader::unexpected;
use crate::settings::{changes_nothing, or_write, RootEntry};
use crate::source::{flow_string, Sources, EXAMPLES};
use crate::validator::{Schemas, Violation};

/// An example of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The name of its file below the folder of the examples. An example in a folder of our own has its path in the tree.
    pub file: String,
    /// `true` for an example of an ephemeral data unit. Ephemeral data units and events may have equal types.
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
        match proposals::folder_of(&self.file) {
            Some(_) => self.file.clone(),
            None => format!("{EXAMPLES}/{}", self.file),
        }
    }
}

/// An example of a root, such as the body of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct RootExample {
    /// The name of its file below the folder of the examples.
    pub file: String,
    /// The module of the type.
    pub module: ModulePath,
    /// The name of the type.
    pub name: String,
    /// The enum that is the type, if the root has none of its own.
    pub any: Option<String>,
    /// The value.
    pub value: Value,
}

/// The examples of a tree.
#[derive(Debug)]
pub(crate) struct Examples {
    pub(crate) list: Vec<Example>,
    pub(crate) of_roots: Vec<RootExample>,
    /// The errors of entries for examples that are valid or missing.
    pub(crate) unused: Vec<Diagnostic>,
    /// The errors of the examples of an older release.
    pub(crate) of_older: Vec<Diagnostic>,
}

/// Collects the examples in files, and validates all examples. The file of an example has to belong to an event or to be a
/// part of another example.
pub(crate) fn collect(sources: &mut Sources<'_>, model: &Model) -> Result<Examples, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let mut parts = BTreeSet::new();
    let mut subjects = BTreeMap::new();
    // An example with an error may refer to a file that seems to be unused.
    let mut is_whole = true;
    for path in sources.examples() {
        if diagnostics.note(sources.document(&path)).flatten().is_none() {
            is_whole = false;
            continue;
        }
        let subject = subject_of(&path, model);
        let value = resolve(sources, &Origin::file(&path), &mut Vec::new(), &mut parts);
        match diagnostics.note(value).flatten() {
            Some(value) => drop(subjects.insert(path, (subject, value))),
            None => is_whole = false,
        }
    }
    let files: BTreeSet<&str> = model.schemas.iter().map(|(origin, _)| origin.file.as_str()).collect();
    let schemas = Schemas::new(sources, &files).map_err(|diagnostic| vec![diagnostic])?;
    let checker = Checker { sources, model, schemas: &schemas };
    let (mut list, mut of_roots) = (Vec::new(), Vec::new());
    let mut invalid = BTreeSet::new();
    let mut rejected_examples = Diagnostics::default();
    // An error in a part of several examples is reported once.
    let mut reported = BTreeSet::new();
    for (path, (subject, value)) in subjects {
        match subject {
            Some(subject) => {
                let file = short_name(&path).to_owned();
                let found = checker.example(&path, subject, &value);
                match model.invalid_examples.contains_key(&file) {
                    true if !found.is_empty() => drop(invalid.insert(file.clone())),
                    _ => {
                        let is_new = |one: &Diagnostic| reported.insert((one.origin.clone(), one.message.clone()));
                        rejected_examples.extend(found.into_iter().filter(is_new).collect::<Vec<_>>());
                    }
                }
                match subject {
                    Subject::Event(event, variant) => {
                        let is_edu = event.key.namespace == Namespace::Edu;
                        let variant = variant.map(|(value, _)| value.clone());
                        list.push(Example { file, is_edu, event_type: event.key.event_type.clone(), variant, value });
                    }
                    Subject::Root(root) => {
                        let (module, name) = (root.module.clone(), root.name.clone());
                        let any = root.any.as_ref().map(|(any, _)| any.clone());
                        of_roots.push(RootExample { file, module, name, any, value });
                    }
                }
            }
            None if parts.contains(&path) || !is_whole => {}
            None => rejected_examples.push(without_schema(&path, model)),
        }
    }
    let unused = model.invalid_examples.iter().filter(|(file, _)| !invalid.contains(*file));
    let known = sources.examples();
    let unused = unused.map(|(file, entry)| unused_entry(file, entry, &known, model));
    let unused = unused.chain(inline::check(&checker, &mut rejected_examples)).collect();
    let of_older = if model.is_older { std::mem::take(&mut rejected_examples.0) } else { Vec::new() };
    diagnostics.extend(rejected_examples.0);
    diagnostics.into_result(Examples { list, of_roots, unused, of_older })
}

/// Creates the error of an entry for an example that is valid or missing.
fn unused_entry(file: &str, entry: &Origin, known: &[String], model: &Model) -> Diagnostic {
    let names: Vec<&str> = known.iter().map(|path| short_name(path)).collect();
    if names.contains(&file) {
        return changes_nothing(entry, model.release, &format!("the example `{file}` is valid"));
    }
    let name = file.rsplit_once("examples/").map_or(file, |(_, name)| name).split(' ').next().unwrap_or_default();
    let stem = |name: &str| name.trim_end_matches(".json").trim_end_matches(".yaml").to_owned();
    let same = names.iter().find(|known| stem(known) == stem(name)).copied();
    let near = same.or_else(|| nearest(name, names.iter().copied()));
    let unused = changes_nothing(entry, model.release, &format!("there is no example `{file}`"));
    or_write(unused.expected("the name of a file in event-schemas/examples"), near)
}

/// The event type or the root that an example is of.
#[derive(Clone, Copy)]
enum Subject<'m> {
    Event(&'m EventType, Option<&'m (String, Origin)>),
    Root(&'m RootEntry),
}

/// Returns the event type or the root that an example is of.
fn subject_of<'m>(path: &str, model: &'m Model) -> Option<Subject<'m>> {
    let event = event_of(path, model).map(|(event, variant)| Subject::Event(event, variant));
    event.or_else(|| root_of(path, model).map(Subject::Root))
}

/// The event type of an example, and the variant.
type EventOf<'m> = (&'m EventType, Option<&'m (String, Origin)>);

/// Returns the event of an example. The name of the file is the event type, with a variant or other text after a `$`. The
/// examples for a folder of `codegen.yaml` are in a folder that is named after the module of the events.
fn event_of<'m>(path: &str, model: &'m Model) -> Option<EventOf<'m>> {
    let (folder, name) = path.rsplit_once('/')?;
    let folder = match proposals::folder_of(path) {
        Some(_) => "",
        None => folder.strip_prefix(EXAMPLES)?.trim_start_matches('/'),
    };
    let name = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".json"))?;
    let (event_type, variant) = match name.split_once('$') {
        Some((event_type, variant)) => (event_type, Some(variant)),
        None => (name, None),
    };
    let module = model.config.module_of_examples(folder);
    let module_of = |event: &EventType| model.config.folder_of(&event.base.origin.file).map(|folder| &folder.module);
    // A `*` is not valid in all names of files.
    let is_of_type = |event: &&EventType| names::without_end(&event.key.event_type) == event_type;
    let event = model.events.iter().filter(is_of_type).find(|event| module_of(event) == module)?;
    let variants = event.variants.iter().filter_map(|schema| schema.variant.as_ref());
    let of_name = variants.clone().find(|(value, _)| Some(value.as_str()) == variant);
    Some((event, of_name))
}

/// Returns the root of an example. The examples of roots are in a folder that is named after the first part of their module. The name
/// of the file is that of the type, with other text after a `$`.
fn root_of<'m>(path: &str, model: &'m Model) -> Option<&'m RootEntry> {
    let (folder, name) = path.rsplit_once('/')?;
    let folder = match proposals::folder_of(path) {
        Some(own) => folder.strip_prefix(own)?.strip_prefix("/examples")?,
        None => folder.strip_prefix(EXAMPLES)?,
    };
    let name = name.split(['.', '$']).next()?;
    let is_in = |root: &&RootEntry| root.module.first().map(String::as_str) == Some(folder.trim_start_matches('/'));
    model.config.roots.iter().filter(is_in).find(|root| root.name == name && model.schemas.get(&root.schema).is_some())
}

fn without_schema(path: &str, model: &Model) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").trim_end_matches(".json");
    let event_type = name.split('$').next().unwrap_or_default();
    let near = nearest(event_type, model.events.iter().map(|event| event.key.event_type.as_str()));
    let help = near.map(|near| format!("rename the file after `{near}`, ")).unwrap_or_default();
    Diagnostic::at(&Origin::file(path), format!("no schema describes the example `{name}`"))
        .expected(
            "a file name with the type of an event and any text after a `$`, or a file that another example refers to",
        )
        .help(format!("{help}add the schema, or remove the example"))
}

/// Merges an example with the example that it refers to. Members next to a `$ref` replace members of its target. Returns `None` if a
/// file cannot be parsed, which is reported for that file.
fn resolve(
    sources: &mut Sources<'_>,
    origin: &Origin,
    path: &mut Vec<String>,
    parts: &mut BTreeSet<String>,
) -> Result<Option<Value>, Diagnostic> {
    let Some(node) = sources.document(&origin.file)?.cloned() else { return Ok(None) };
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
) -> Result<Option<Value>, Diagnostic> {
    match node {
        Node::List(list) => {
            let mut merged = Vec::new();
            for (index, node) in list.iter().enumerate() {
                let item = merge(sources, node, &origin.child(&index.to_string()), path, parts)?;
                let Some(item) = item else { return Ok(None) };
                merged.push(item);
            }
            Ok(Some(Value::Array(merged)))
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
                    let diagnostic = Diagnostic::at(&at, message).expected("references without a cycle");
                    return Err(diagnostic.help("remove one of the references"));
                }
                parts.insert(file.clone());
                match resolve(sources, &Origin::file(&file), path, parts)? {
                    None => return Ok(None),
                    Some(Value::Object(base)) => merged = base,
                    other if members.len() == 1 => return Ok(other),
                    _ => {
                        return Err(Diagnostic::at(&at, format!("expected a `$ref` to an object, found {file}"))
                            .expected("a `$ref` without siblings, or an object")
                            .help("remove the members next to the `$ref`"));
                    }
                }
            }
            for (key, node) in members.iter().filter(|(key, _)| key != "$ref") {
                let Some(member) = merge(sources, node, &origin.child(key), path, parts)? else { return Ok(None) };
                merged.insert(key.clone(), member);
            }
            Ok(Some(Value::Object(merged)))
        }
        plain => Ok(Some(plain.to_json())),
    }
}

fn target_of(sources: &Sources<'_>, target: &Node, origin: &Origin, at: &Origin) -> Result<String, Diagnostic> {
    let resolved = target.as_str().and_then(|target| origin.resolve(target));
    let Some(resolved) = resolved.filter(|target| target.pointer.is_empty()) else {
        return Err(unexpected(target, at, "the path of another example, relative to this file")
            .help("write a path such as `core/room_event.json`, without a URL and without `#`"));
    };
    match sources.has_example(&resolved.file) {
        true => Ok(resolved.file),
        false => Err(missing(sources.examples(), &resolved.file, at)),
    }
}

/// Returns the path of an example without the folder of the examples.
fn short_name(path: &str) -> &str {
    path.strip_prefix(EXAMPLES).map_or(path, |rest| rest.trim_start_matches('/'))
}

/// Returns the schemas of the type of an example, and those of the variants that the file name and the content state.
fn event_schemas<'m>((event, variant): EventOf<'m>, value: &Value) -> Vec<&'m Origin> {
    let stated = || value.get("content")?.get(event.discriminator.as_ref()?)?.as_str();
    let is_of = |schema: &&EventSchema| {
        let value = schema.variant.as_ref().map(|(value, _)| value.as_str());
        value.is_some() && (value == stated() || value == variant.map(|(value, _)| value.as_str()))
    };
    let schemas = std::iter::once(&event.base).chain(event.variants.iter().filter(is_of));
    schemas.map(|schema| &schema.origin).collect()
}

/// Validates examples.
struct Checker<'a, 'f> {
    sources: &'a Sources<'f>,
    model: &'a Model,
    schemas: &'a Schemas,
}

impl Checker<'_, '_> {
    /// Validates an example against the schemas of its type, or of its root.
    fn example(&self, path: &str, subject: Subject<'_>, value: &Value) -> Vec<Diagnostic> {
        let schemas = match subject {
            Subject::Event(event, variant) => event_schemas((event, variant), value),
            Subject::Root(root) => vec![&root.schema],
        };
        let mut violations = BTreeSet::new();
        for schema in schemas {
            match self.schemas.validate(schema, value) {
                Ok(found) => violations.extend(found),
                Err(diagnostic) => return vec![diagnostic],
            }
        }
        let violations = violations.into_iter().map(|Violation { pointer, message }| {
            let origin = self.origin_of(&Origin { file: path.to_owned(), pointer });
            let rejected = rejected(&origin, &message, "examples", short_name(path));
            match origin.file == path {
                true => rejected,
                false => rejected.help(format!("fix this file. The example `{}` refers to it", short_name(path))),
            }
        });
        violations.collect()
    }

    /// Returns the place of a value of a merged example, in its file or in a file that this file refers to.
    fn origin_of(&self, merged: &Origin) -> Origin {
        let mut origin = Origin::file(&merged.file);
        let mut node = self.sources.parsed(&origin.file);
        for key in merged.keys() {
            while let (Some(Node::Map(_)), None) = (node, node.and_then(|node| node.step(&key))) {
                let target = node.and_then(|node| origin.resolve(node.get("$ref")?.as_str()?));
                let Some(target) = target else { break };
                origin = target;
                node = self.sources.parsed(&origin.file);
            }
            node = node.and_then(|node| node.step(&key));
            origin = origin.child(&key);
        }
        origin
    }
}

/// Creates the error of an invalid example. `at` names the example in an entry of `section`.
fn rejected(origin: &Origin, violation: &str, section: &str, at: &str) -> Diagnostic {
    Diagnostic::at(origin, format!("failed to validate the example: {violation}"))
        .expected("an example that is valid against its schema")
        .help(format!(
            "fix the example, or add an entry under `{section}` in overrides.yaml: `- {{at: {}, why: …}}`",
            flow_string(at)
        ))
}
