//! API definitions: the keys of OpenAPI around the schemas of bodies.

use std::collections::BTreeSet;

use matrix_events_codegen::{Node, Origin};
use Kind::{Each, Fact, Object, Prose, Schema, Schemas, Sequence, Version, Versions};

use super::Errors;

/// The kind of the value of a key.
#[derive(Clone, Copy)]
enum Kind {
    /// A fact of any JSON type.
    Fact,
    /// A text, an example, or a hint for the presentation.
    Prose,
    /// A release of the specification.
    Version,
    /// A map from releases to texts.
    Versions,
    /// An object with known keys.
    Object(&'static Keys),
    /// A map from names to objects with known keys.
    Each(&'static Keys),
    /// A list of objects with known keys.
    Sequence(&'static Keys),
    /// A schema.
    Schema,
    /// A map from names to schemas.
    Schemas,
}

/// The known keys of an object. Every other key is an error.
struct Keys(&'static [(&'static str, Kind)]);

static DEFINITION: Keys = Keys(&[
    ("openapi", Fact),
    ("info", Object(&INFO)),
    ("paths", Each(&PATH)),
    ("servers", Fact),
    ("components", Object(&COMPONENTS)),
]);

static COMPONENTS: Keys = Keys(&[
    ("examples", Prose),
    ("securitySchemes", Fact),
    ("parameters", Each(&PARAMETER)),
    ("responses", Each(&BODY)),
    ("schemas", Schemas),
]);

static INFO: Keys = Keys(&[("title", Fact), ("version", Fact), ("description", Prose)]);

static PATH: Keys = Keys(&[
    ("delete", Object(&OPERATION)),
    ("get", Object(&OPERATION)),
    ("post", Object(&OPERATION)),
    ("put", Object(&OPERATION)),
]);

static OPERATION: Keys = Keys(&[
    ("operationId", Fact),
    ("summary", Fact),
    ("description", Prose),
    ("x-addedInMatrixVersion", Version),
    ("x-changedInMatrixVersion", Versions),
    ("deprecated", Fact),
    ("security", Fact),
    ("tags", Fact),
    ("parameters", Sequence(&PARAMETER)),
    ("requestBody", Object(&BODY)),
    ("responses", Each(&BODY)),
]);

static PARAMETER: Keys = Keys(&[
    ("$ref", Fact),
    ("in", Fact),
    ("name", Fact),
    ("description", Prose),
    ("x-addedInMatrixVersion", Version),
    ("x-changedInMatrixVersion", Versions),
    ("required", Fact),
    ("deprecated", Fact),
    ("explode", Fact),
    ("style", Fact),
    ("example", Prose),
    ("examples", Prose),
    ("schema", Schema),
]);

static BODY: Keys = Keys(&[
    ("$ref", Fact),
    ("description", Prose),
    ("required", Fact),
    ("x-addedInMatrixVersion", Version),
    ("x-changedInMatrixVersion", Versions),
    ("headers", Each(&PARAMETER)),
    ("content", Each(&CONTENT)),
]);

static CONTENT: Keys = Keys(&[("example", Prose), ("examples", Prose), ("schema", Schema)]);

/// Returns `true` for an API definition.
pub(super) fn is_definition(root: &Node) -> bool {
    root.get("openapi").is_some()
}

/// Returns `true` for an API definition of a release before v1.7, which has another format.
pub(super) fn is_old_definition(root: &Node) -> bool {
    root.get("swagger").is_some()
}

/// Returns `true` for a place in one of several schemas.
pub(super) fn is_in(place: &Origin, schemas: &BTreeSet<Origin>) -> bool {
    schemas.iter().any(|schema| {
        let below = place.pointer.strip_prefix(&schema.pointer);
        schema.file == place.file && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Returns the schemas of a definition, each with its place.
pub(super) fn schemas<'n>(file: &str, root: &'n Node) -> Vec<(Origin, &'n Node)> {
    let mut found = Vec::new();
    visit(root, &Origin::file(file), &DEFINITION, &mut |Visited { kind, node, origin }| match (kind, node) {
        (Some(Schema), node) => found.push((origin.clone(), node)),
        (Some(Schemas), Node::Map(schemas)) => {
            found.extend(schemas.iter().map(|(name, node)| (origin.child(name), node)));
        }
        _ => {}
    });
    found
}

/// Adds an error for each unknown key of a definition. Otherwise, the import could copy sentences of the specification.
pub(super) fn check(file: &str, root: &Node, errors: &mut Errors) {
    visit(root, &Origin::file(file), &DEFINITION, &mut |key| {
        if key.kind.is_none() {
            let name = key.origin.keys().last().unwrap_or_default();
            errors.add(
                key.origin,
                &format!("unknown key `{name}` of an API definition"),
                "a key of the lists in xtask/src/import/openapi.rs",
                "add the key to one of the lists: as `Fact` to import its values, or as `Prose` to leave them out",
            );
        }
    });
}

/// Returns the facts of a definition. `schema` returns the facts of a schema.
pub(super) fn compose(file: &str, root: &Node, schema: &dyn Fn(&Node, &Origin) -> Node) -> Node {
    object(root, &Origin::file(file), &DEFINITION, schema)
}

fn object(node: &Node, origin: &Origin, Keys(keys): &Keys, schema: &dyn Fn(&Node, &Origin) -> Node) -> Node {
    let Node::Map(entries) = node else { return node.clone() };
    let facts = entries.iter().filter_map(|(key, node)| {
        let (_, kind) = keys.iter().find(|(known, _)| known == key)?;
        Some((key.clone(), value(*kind, node, &origin.child(key), schema)?))
    });
    Node::Map(facts.collect())
}

fn value(kind: Kind, node: &Node, origin: &Origin, schema: &dyn Fn(&Node, &Origin) -> Node) -> Option<Node> {
    Some(match (kind, node) {
        (Prose, _) => return None,
        (Schema, node) => schema(node, origin),
        (Schemas, Node::Map(entries)) => {
            Node::Map(entries.iter().map(|(name, node)| (name.clone(), schema(node, &origin.child(name)))).collect())
        }
        (Object(keys), node) => object(node, origin, keys, schema),
        (Each(keys), Node::Map(entries)) => {
            let each =
                entries.iter().map(|(name, node)| (name.clone(), object(node, &origin.child(name), keys, schema)));
            Node::Map(each.collect())
        }
        (Sequence(keys), Node::List(list)) => {
            let each = list.iter().enumerate();
            Node::List(
                each.map(|(index, node)| object(node, &origin.child(&index.to_string()), keys, schema)).collect(),
            )
        }
        // As a number, the release 1.10 would become 1.1.
        (Version, Node::Number(number)) => Node::String(number.text().to_owned()),
        (Versions, Node::Map(entries)) => {
            Node::Map(entries.iter().map(|(version, _)| (version.clone(), Node::String(String::new()))).collect())
        }
        (Fact | Version | Versions | Schemas | Each(_) | Sequence(_), node) => node.clone(),
    })
}

/// A key of a definition, with its value.
struct Visited<'n, 'o> {
    /// The kind of the value, or `None` if the key is unknown.
    kind: Option<Kind>,
    node: &'n Node,
    origin: &'o Origin,
}

fn visit<'n>(node: &'n Node, origin: &Origin, Keys(keys): &Keys, found: &mut dyn FnMut(Visited<'n, '_>)) {
    let Node::Map(entries) = node else { return };
    for (key, node) in entries {
        let origin = origin.child(key);
        let kind = keys.iter().find(|(known, _)| known == key).map(|(_, kind)| *kind);
        found(Visited { kind, node, origin: &origin });
        match (kind, node) {
            (Some(Object(keys)), node) => visit(node, &origin, keys, found),
            (Some(Each(keys)), Node::Map(entries)) => {
                entries.iter().for_each(|(name, node)| visit(node, &origin.child(name), keys, found));
            }
            (Some(Sequence(keys)), Node::List(list)) => {
                let list = list.iter().enumerate();
                list.for_each(|(index, node)| visit(node, &origin.child(&index.to_string()), keys, found));
            }
            _ => {}
        }
    }
}
