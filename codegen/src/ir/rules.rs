//! What the validators check: the schemas as they stand, without what overrides say of the types.

use serde::{Deserialize, Serialize};

use super::{Docs, Kind, ModulePath};
use crate::diagnostics::Origin;

/// The rules of every schema that an event reaches.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// What is asked of the values, those inside another one before it.
    pub nodes: Vec<Node>,
    /// What is asked of the events, in the order of their types.
    pub events: Vec<EventRules>,
    /// What is asked of an event of a type that no schema describes.
    pub any_event: Option<NodeId>,
    /// What all ephemeral data units have in common.
    pub any_edu: Option<NodeId>,
}

impl Rules {
    /// The node of an id, which one of these rules has given.
    // Ids are made where their nodes are put into the list, and nothing takes any out.
    #[allow(clippy::indexing_slicing)]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }
}

/// An index into [`Rules::nodes`].
pub type NodeId = usize;

/// What is asked of the events of a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRules {
    /// Their `type`.
    pub event_type: String,
    /// Other values of `type` that their schema allows.
    pub also: Vec<String>,
    /// Where they can come from.
    pub kinds: Vec<Kind>,
    /// The module of their content.
    pub module: ModulePath,
    /// What is said of them.
    pub docs: Docs,
    /// The schema for the type as a whole.
    pub base: Exact,
    /// The key in the content whose value picks one of the variants.
    pub discriminator: Option<String>,
    /// The schemas for the values of the discriminator, each together with that of the type.
    pub variants: Vec<Exact>,
    /// The members of their content that overrides add to what the schemas declare.
    pub additions: Vec<String>,
}

impl EventRules {
    /// Whether they are ephemeral data units, which may have the type of an event without being one.
    pub fn is_edu(&self) -> bool {
        self.kinds.contains(&Kind::Edu)
    }
}

/// What one file asks of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exact {
    /// The value of the discriminator; empty for the schema of the type as a whole.
    pub value: String,
    /// The file.
    pub file: String,
    /// What is said of it.
    pub docs: Docs,
    /// What is asked of the event.
    pub event: NodeId,
    /// What is asked of its content.
    pub content: Option<NodeId>,
}

/// What is asked of a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The JSON types that it can have; `None` for any.
    pub types: Option<Vec<String>>,
    /// The strings that it can be.
    pub values: Option<Vec<String>>,
    /// What a string has to match.
    pub patterns: Vec<Pattern>,
    /// The least and the largest number of characters of a string.
    pub length: (Option<u64>, Option<u64>),
    /// The identifier whose grammar a string has to follow, which JSON Schema doesn't assert.
    pub format: Option<String>,
    /// The least and the largest value of a number.
    pub range: (Option<f64>, Option<f64>),
    /// What is asked of the elements of a list.
    pub items: Option<NodeId>,
    /// The least and the largest number of elements of a list.
    pub count: (Option<u64>, Option<u64>),
    /// What is asked of the members of an object.
    pub object: Option<Object>,
    /// Lists of alternatives.
    pub choices: Vec<Choice>,
    /// The identifier whose grammar the key above has to follow, where a map describes the value.
    pub key_format: Option<String>,
    /// What is said of the value.
    pub docs: Docs,
    /// The places that state all this.
    pub places: Vec<Place>,
}

impl Node {
    /// The nodes that it mentions.
    pub fn children(&self) -> Vec<NodeId> {
        let object = self.object.iter().flat_map(|object| {
            let each = match object.additional {
                Additional::Each(id) => Some(id),
                _ => None,
            };
            let named = object.properties.iter().map(|property| property.node);
            named.chain(object.patterns.iter().map(|(_, id)| *id)).chain(each).chain(object.names)
        });
        object
            .chain(self.items)
            .chain(self.choices.iter().flat_map(|choice| choice.alternatives.iter().copied()))
            .collect()
    }
}

/// What is asked of the members of an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// The members with a name, in the order of the names.
    pub properties: Vec<Property>,
    /// The members whose names match a pattern.
    pub patterns: Vec<(Pattern, NodeId)>,
    /// The members that nothing above describes.
    pub additional: Additional,
    /// What is asked of the names.
    pub names: Option<NodeId>,
    /// The least and the largest number of members.
    pub count: (Option<u64>, Option<u64>),
}

/// A member with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What is asked of it.
    pub node: NodeId,
    /// Whether it may not be missing.
    pub required: bool,
    /// Whether a schema describes it, as opposed to merely requiring it.
    pub declared: bool,
}

/// What is asked of the members that no name and no pattern describes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Additional {
    /// Nothing.
    #[default]
    Open,
    /// That there are none.
    Closed,
    /// The same of each.
    Each(NodeId),
}

/// A list of alternatives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Whether exactly one has to fit (`oneOf`), or at least one (`anyOf`).
    pub exactly_one: bool,
    /// The alternatives.
    pub alternatives: Vec<NodeId>,
}

/// A place of the schemas, and the keywords that stand there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The place.
    pub origin: Origin,
    /// The keywords.
    pub keywords: Vec<String>,
    /// The properties that it requires.
    pub required: Vec<String>,
}

/// A regular expression, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pattern {
    /// As it stands in the schema.
    pub source: String,
    /// Whether it begins with `^`.
    pub from_start: bool,
    /// Whether it ends with `$`.
    pub to_end: bool,
    /// Its parts, one after the other.
    pub atoms: Vec<Atom>,
}

/// Characters of one class, so and so many of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Atom {
    /// The characters of the class, first and last of each range.
    pub ranges: Vec<(char, char)>,
    /// How many there have to be.
    pub least: u32,
    /// How many there can be; `None` without an end.
    pub most: Option<u32>,
}

impl Pattern {
    /// The text that it stands for, if every part of it is one character.
    pub fn literal(&self) -> Option<String> {
        let one = |atom: &Atom| match atom.ranges.as_slice() {
            [(first, last)] if first == last && atom.least == 1 && atom.most == Some(1) => Some(*first),
            _ => None,
        };
        self.atoms.iter().map(one).collect()
    }
}
