//! The schemas of a document, each with its place.

use matrix_events_codegen::{Node, Origin};

use super::keywords::{holds, Holds, Role};

/// A schema of a document.
#[derive(Clone, Debug)]
pub(crate) struct Place<'n> {
    pub(crate) origin: Origin,
    pub(crate) role: Role,
    pub(crate) node: &'n Node,
}

/// Every schema of a document, in its order, the document itself being the first.
pub(crate) fn places<'n>(file: &str, root: &'n Node) -> Vec<Place<'n>> {
    let mut found = Vec::new();
    visit(Place { origin: Origin::file(file), role: Role::Root, node: root }, &mut found);
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
        match (holds(keyword), node) {
            (Holds::Schema(role), node) => children.push(Place { origin, role, node }),
            (Holds::Named(role), Node::Map(schemas)) => {
                children.extend(schemas.iter().map(|(name, node)| Place { origin: origin.child(name), role, node }));
            }
            (Holds::Listed, Node::List(schemas)) => {
                let part = |(index, node)| Place { origin: origin.child(&format!("{index}")), role: Role::Part, node };
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
        let of_keyword = |(keyword, node): &'n (String, Node)| match holds(keyword) {
            Holds::Versions => {
                let origin = self.origin.child(keyword);
                keywords(node).iter().map(|(version, text)| (origin.child(version), text)).collect()
            }
            _ => Vec::new(),
        };
        keywords(self.node).iter().flat_map(of_keyword).collect()
    }
}
