//! The schemas of a document, their descriptions, and the document for spec/.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{ensure, Context, Result};
use matrix_events_codegen::{parse_document, KeywordKind, Node, Origin, SchemaRole, SCHEMAS};
use serde_yaml::{Number, Value};

use super::keywords::{is_known, kind, rank};
use super::{openapi, Errors};

const HEADER: &str = "# Facts: the Matrix specification, Apache-2.0. Descriptions: matrix-events.\n";

/// The descriptions of a file, by the places that they describe.
pub(super) type Descriptions = BTreeMap<Origin, String>;

/// A schema of a document.
struct Schema<'n> {
    origin: Origin,
    role: SchemaRole,
    node: &'n Node,
}

/// Returns every schema of a document, parents before children.
fn schemas<'n>(file: &str, root: &'n Node) -> Vec<Schema<'n>> {
    let roots = match openapi::is_definition(root) {
        true => openapi::schemas(file, root),
        false => vec![(Origin::file(file), root)],
    };
    let roots = roots.into_iter().map(|(origin, node)| Schema { origin, role: SchemaRole::Root, node });
    let mut found: Vec<Schema<'_>> = roots.collect();
    let mut next = 0;
    while let Some(schema) = found.get(next) {
        let mut children = Vec::new();
        for (keyword, value) in entries(schema.node) {
            let origin = schema.origin.child(keyword);
            match (kind(keyword), value) {
                (KeywordKind::Schema(role), node) => children.push(Schema { origin, role, node }),
                (KeywordKind::SchemaMap(role), node) => {
                    children.extend(entries(node).iter().map(|(name, node)| Schema {
                        origin: origin.child(name),
                        role,
                        node,
                    }));
                }
                (KeywordKind::SchemaList, Node::List(list)) => {
                    let part = |(index, node): (usize, _)| Schema {
                        origin: origin.child(&index.to_string()),
                        role: SchemaRole::Part,
                        node,
                    };
                    children.extend(list.iter().enumerate().map(part));
                }
                _ => {}
            }
        }
        next += 1;
        found.splice(next..next, children);
    }
    found
}

fn entries(node: &Node) -> &[(String, Node)] {
    match node {
        Node::Map(entries) => entries,
        _ => &[],
    }
}

impl<'n> Schema<'n> {
    /// Returns the sentences about changes in releases, with their places.
    fn changes(&self) -> Vec<(Origin, &'n Node)> {
        let versions = entries(self.node).iter().filter(|(keyword, _)| kind(keyword) == KeywordKind::Versions);
        let changes = versions.flat_map(|(keyword, node)| {
            let origin = self.origin.child(keyword);
            entries(node).iter().map(move |(version, text)| (origin.child(version), text))
        });
        changes.collect()
    }

    /// Returns `true` if the schema should have a description of our own.
    fn requires_description(&self, is_event: bool) -> bool {
        let Node::Map(keywords) = self.node else { return false };
        let is_reference = matches!(keywords.as_slice(), [(keyword, _)] if keyword == "$ref");
        let is_envelope =
            is_event && matches!(self.origin.pointer.as_str(), "/properties/type" | "/properties/content");
        let is_required = match self.role {
            SchemaRole::Root => true,
            SchemaRole::Property => !is_reference && !is_envelope,
            SchemaRole::Member => self.node.get("properties").is_some(),
            SchemaRole::Part => false,
        };
        is_required || self.node.get("description").is_some()
    }
}

/// Returns the descriptions of a document, including those of changes.
pub(super) fn descriptions(file: &str, root: &Node) -> Descriptions {
    let mut found = Descriptions::new();
    for schema in schemas(file, root) {
        let description = schema.node.get("description").map(|text| (schema.origin.clone(), text));
        for (origin, text) in description.into_iter().chain(schema.changes()) {
            // The style of a YAML string decides whether its text ends with a newline.
            if let Some(text) = text.as_str().map(str::trim_end).filter(|text| !text.is_empty()) {
                found.insert(origin, text.to_owned());
            }
        }
    }
    found
}

/// Returns the places of a document of the specification that should have a description. In an API definition, these are in the
/// schemas that the settings name.
pub(super) fn required_descriptions(file: &str, root: &Node, named: &BTreeSet<Origin>) -> Vec<Origin> {
    // The schema of an event fixes the event type.
    let event_type = root.get("properties").and_then(|properties| properties.get("type"));
    let is_fixed = event_type.is_some_and(|node| node.get("enum").is_some() || node.get("const").is_some());
    let is_event = file.starts_with(SCHEMAS) && is_fixed;
    let mut required = Vec::new();
    for schema in schemas(file, root) {
        required.extend(schema.requires_description(is_event).then(|| schema.origin.clone()));
        required.extend(schema.changes().into_iter().map(|(origin, _)| origin));
    }
    required.retain(|place| is_read(root, place, named));
    required
}

/// Returns `true` for a place of a document that the generator reads. The generator reads the named schemas of an API definition.
fn is_read(root: &Node, place: &Origin, named: &BTreeSet<Origin>) -> bool {
    !openapi::is_definition(root) || openapi::is_in(place, named)
}

/// Returns the references of a document, with their places. In an API definition, these are in the schemas that the settings name.
pub(super) fn references<'n>(file: &str, root: &'n Node, named: &BTreeSet<Origin>) -> Vec<(Origin, &'n str)> {
    let mut found = Vec::new();
    for schema in schemas(file, root) {
        let references = entries(schema.node).iter().filter(|(keyword, _)| kind(keyword) == KeywordKind::Reference);
        found.extend(references.filter_map(|(keyword, node)| Some((schema.origin.child(keyword), node.as_str()?))));
    }
    found.retain(|(place, _)| is_read(root, place, named));
    found
}

/// Returns the document for spec/: the facts of a document of the specification in a fixed order, with our descriptions.
pub(super) fn compose(file: &str, root: &Node, descriptions: &Descriptions) -> Node {
    let schema = |node: &Node, origin: &Origin| compose_schema(node, origin, descriptions);
    match openapi::is_definition(root) {
        true => openapi::compose(file, root, &schema),
        false => schema(root, &Origin::file(file)),
    }
}

fn compose_schema(node: &Node, origin: &Origin, descriptions: &Descriptions) -> Node {
    let Node::Map(keywords) = node else { return node.clone() };
    let facts = keywords.iter().filter(|(keyword, _)| kind(keyword) != KeywordKind::Prose);
    let value = |(keyword, node): &(String, Node)| {
        (keyword.clone(), compose_value(kind(keyword), node, &origin.child(keyword), descriptions))
    };
    let mut keywords: Vec<(String, Node)> = facts.map(value).collect();
    keywords.extend(descriptions.get(origin).map(|text| ("description".to_owned(), Node::String(text.clone()))));
    keywords.sort_by(|(a, _), (b, _)| rank(a).cmp(&rank(b)));
    Node::Map(keywords)
}

fn compose_value(kind: KeywordKind, node: &Node, origin: &Origin, descriptions: &Descriptions) -> Node {
    let map = |entry: &dyn Fn(&Node, &Origin) -> Node| {
        Node::Map(entries(node).iter().map(|(name, node)| (name.clone(), entry(node, &origin.child(name)))).collect())
    };
    match (kind, node) {
        (KeywordKind::Schema(_), node) => compose_schema(node, origin, descriptions),
        (KeywordKind::SchemaMap(_), Node::Map(_)) => map(&|node, origin| compose_schema(node, origin, descriptions)),
        (KeywordKind::Versions, Node::Map(_)) => {
            map(&|_, origin| Node::String(descriptions.get(origin).cloned().unwrap_or_default()))
        }
        (KeywordKind::SchemaList, Node::List(schemas)) => {
            let part =
                |(index, node): (usize, _)| compose_schema(node, &origin.child(&index.to_string()), descriptions);
            Node::List(schemas.iter().enumerate().map(part).collect())
        }
        // As a number, the release 1.10 would become 1.1.
        (KeywordKind::Version, Node::Number(number)) => Node::String(number.text().to_owned()),
        _ => node.clone(),
    }
}

/// Adds an error for each value that its keyword cannot have, and for text under an unknown keyword. Otherwise, the import could
/// copy sentences of the specification.
pub(super) fn check(file: &str, root: &Node, errors: &mut Errors) {
    if !matches!(root, Node::Map(_)) {
        let message = format!("expected a schema, found {}", root.kind());
        errors.add(
            &Origin::file(file),
            &message,
            "a map of keywords",
            "check whether the release has schemas in a new form, and support the form in xtask/src/import/document.rs",
        );
    }
    if openapi::is_definition(root) {
        openapi::check(file, root, errors);
    }
    for schema in schemas(file, root) {
        for (keyword, node) in entries(schema.node) {
            let origin = schema.origin.child(keyword);
            if let Some(expected) = unexpected(keyword, node) {
                let message = format!("expected {expected}, found {} under `{keyword}`", node.kind());
                errors.add(&origin, &message, expected, "check the indentation of the lines around this place");
            } else if !is_known(keyword) && has_text(node) {
                let message =
                    format!("unknown keyword `{keyword}`, with text that may be a sentence of the specification");
                let help = "add the keyword to `KEYWORDS` in codegen/src/schema/keywords.rs: as `Data` to import its values, or as `Prose` to leave them out";
                errors.add(&origin, &message, "a keyword of the list `KEYWORDS`", help);
            }
        }
    }
}

fn has_text(node: &Node) -> bool {
    match node {
        Node::String(_) => true,
        Node::List(list) => list.iter().any(has_text),
        node => entries(node).iter().any(|(_, node)| has_text(node)),
    }
}

/// Returns a description of the expected value if a keyword has another value.
fn unexpected(keyword: &str, node: &Node) -> Option<&'static str> {
    let is_schema = |node: &Node| matches!(node, Node::Map(_) | Node::Boolean(_));
    let (is_valid, expected) = match (kind(keyword), node) {
        (KeywordKind::Schema(_), node) => (is_schema(node), "a schema"),
        (KeywordKind::SchemaMap(_), Node::Map(map)) => {
            (map.iter().all(|(_, node)| is_schema(node)), "a map of schemas")
        }
        (KeywordKind::SchemaMap(_), _) => (false, "a map of schemas"),
        (KeywordKind::SchemaList, Node::List(list)) => (list.iter().all(is_schema), "a list of schemas"),
        (KeywordKind::SchemaList, _) => (false, "a list of schemas"),
        (KeywordKind::Versions, node) => (matches!(node, Node::Map(_)), "a map from releases to changes"),
        (KeywordKind::Reference, node) => (node.as_str().is_some(), "the path of a file"),
        (KeywordKind::Prose | KeywordKind::Version | KeywordKind::Data, _) => return None,
    };
    (!is_valid).then_some(expected)
}

/// Returns the text of a document for spec/.
pub(super) fn to_yaml(file: &str, root: &Node) -> Result<String> {
    let yaml = serde_yaml::to_string(&value(root)).with_context(|| format!("failed to write {file} as YAML"))?;
    let text = format!("{HEADER}{yaml}");
    // The YAML writer decides which strings require quotes.
    let is_equal = parse_document(file, text.as_bytes()).is_ok_and(|read| read == *root);
    ensure!(
        is_equal,
        "failed to write {file} as YAML: parsing the text gives other values\n  = expected: values that YAML can represent\n  = help: remove control characters from the file. No file was changed"
    );
    Ok(text)
}

fn value(node: &Node) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Boolean(value) => Value::Bool(*value),
        Node::Number(number) => Value::Number(match (number.value().as_u64(), number.value().as_i64()) {
            (Some(number), _) => Number::from(number),
            (None, Some(number)) => number.into(),
            (None, None) => number.value().as_f64().unwrap_or_default().into(),
        }),
        Node::String(text) => Value::String(text.clone()),
        Node::List(list) => Value::Sequence(list.iter().map(value).collect()),
        Node::Map(map) => {
            Value::Mapping(map.iter().map(|(key, node)| (Value::String(key.clone()), value(node))).collect())
        }
    }
}
