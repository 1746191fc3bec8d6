//! The schemas of a document, each with its place.

use matrix_events_codegen::{KeywordKind, Node, Origin, SchemaRole};

use super::keywords::kind;

/// A schema of a document.
#[derive(Clone, Debug)]
pub(crate) struct Place<'n> {
    pub(crate) origin: Origin,
    pub(crate) role: SchemaRole,
    pub(crate) node: &'n Node,
}

/// Every schema of a document, in its order, the document itself being the first.
pub(crate) fn places<'n>(file: &str, root: &'n Node) -> Vec<Place<'n>> {
    let mut found = Vec::new();
    visit(Place { origin: Origin::file(file), role: SchemaRole::Root, node: root }, &mut found);
    found
}

fn visit<'n>(place: Place<'n>, found: &mut Vec<Place<'n>>) {
    let children = children(&place);
    found.push(place);
    for child in children {
        visit(child, found);
    }
}

fn children<'n>(place: &Place<'n>) -> Vec<Place<'n>> {
    let mut children = Vec::new();
    for (keyword, node) in keywords(place.node) {
        let origin = place.origin.child(keyword);
        match (kind(keyword), node) {
            (KeywordKind::Schema(role), node) => children.push(Place { origin, role, node }),
            (KeywordKind::SchemaMap(role), Node::Map(schemas)) => {
                children.extend(schemas.iter().map(|(name, node)| Place { origin: origin.child(name), role, node }));
            }
            (KeywordKind::SchemaList, Node::List(schemas)) => {
                let part =
                    |(index, node)| Place { origin: origin.child(&format!("{index}")), role: SchemaRole::Part, node };
                children.extend(schemas.iter().enumerate().map(part));
            }
            _ => {}
        }
    }
    children
}

/// The keywords of a schema and what stands under them.
pub(crate) fn keywords(schema: &Node) -> &[(String, Node)] {
    match schema {
        Node::Map(entries) => entries,
        _ => &[],
    }
}

impl<'n> Place<'n> {
    /// The releases that changed what stands here: the place of the sentence about each, and the sentence.
    pub(crate) fn changes(&self) -> Vec<(Origin, &'n Node)> {
        let of_keyword = |(keyword, node): &'n (String, Node)| match kind(keyword) {
            KeywordKind::Versions => {
                let origin = self.origin.child(keyword);
                keywords(node).iter().map(|(version, text)| (origin.child(version), text)).collect()
            }
            _ => Vec::new(),
        };
        keywords(self.node).iter().flat_map(of_keyword).collect()
    }
}
