//! The constraints that the validators check: those of the schemas, and next to them those that hold from level Strict on.

use serde::{Deserialize, Serialize};

use super::{Docs, Kind, ModulePath};
use crate::diagnostics::Origin;
use crate::schema::Identifier;
pub use crate::schema::{JsonType, JsonTypes, Limit, LimitValue};

/// The constraints of every schema that an event reaches.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConstraintTables {
    /// The constraints on values, those on the parts of a value before those on the value.
    pub nodes: Vec<Constraints>,
    /// The constraints on events, in the order of their types.
    pub events: Vec<EventConstraints>,
    /// The constraints on an event of a type that no schema describes.
    pub any_event: Option<ConstraintsId>,
    /// The constraints that all ephemeral data units share.
    pub any_edu: Option<ConstraintsId>,
    /// The members that servers add to events although no schema declares them.
    pub server_members: ServerMembers,
}

/// The members that servers add to events although no schema declares them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServerMembers {
    /// The members of an event.
    pub event: Vec<String>,
    /// The members of `unsigned`.
    pub unsigned: Vec<String>,
}

impl ConstraintTables {
    /// Returns the constraints of an id that these tables contain.
    // Ids are made where their nodes are put into the list, and nothing takes any out.
    #[allow(clippy::indexing_slicing)]
    pub fn node(&self, id: ConstraintsId) -> &Constraints {
        &self.nodes[id]
    }
}

/// An index into [`ConstraintTables::nodes`].
pub type ConstraintsId = usize;

/// The constraints on the events of a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventConstraints {
    /// Their `type`.
    pub event_type: String,
    /// Other values of `type` that their schema allows.
    pub aliases: Vec<String>,
    /// Other values of `type` that events in practice have: they are of this type from level Strict on.
    pub aliases_in_use: Vec<String>,
    /// Where they can come from.
    pub kinds: Vec<Kind>,
    /// The module of their content.
    pub module: ModulePath,
    /// The documentation.
    pub docs: Docs,
    /// The schema of the type.
    pub base: SchemaVariant,
    /// The key in the content whose value picks one of the variants.
    pub discriminator: Option<String>,
    /// The schemas for the values of the discriminator, each together with that of the type.
    pub variants: Vec<SchemaVariant>,
}

impl EventConstraints {
    /// Returns `true` for ephemeral data units, which may have the type of an event without being one.
    pub fn is_edu(&self) -> bool {
        self.kinds.contains(&Kind::Edu)
    }
}

/// The constraints of one file on an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchemaVariant {
    /// The value of the discriminator; empty for the schema of the type.
    pub value: String,
    /// The file.
    pub file: String,
    /// The documentation.
    pub docs: Docs,
    /// The constraints on the event.
    pub event: ConstraintsId,
    /// The constraints on its content.
    pub content: Option<ConstraintsId>,
}

/// The constraints on a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraints {
    /// The JSON types that the value can have.
    pub types: JsonTypes,
    /// The keywords that the value passes or fails by itself, in the order of the variants of [`Assertion`] and [`Limit`].
    pub assertions: Vec<Assertion>,
    /// The constraints on the elements of an array.
    pub items: Option<ConstraintsId>,
    /// The constraints on the members of an object.
    pub object: Option<ObjectConstraints>,
    /// Lists of alternatives.
    pub choices: Vec<Choice>,
    /// The values that are allowed in addition, from level Strict on.
    pub allowed: Vec<Allowed>,
    /// The identifier whose grammar a string has to follow, which JSON Schema does not assert.
    pub format: Option<Identifier>,
    /// The identifier whose grammar the key of the value has to follow, in a map.
    pub key_format: Option<Identifier>,
    /// The documentation.
    pub docs: Docs,
    /// The schema that states the constraints; the last of them, if there are several.
    pub location: Option<Origin>,
    /// The keywords that another schema states.
    pub elsewhere: Vec<(String, Origin)>,
}

impl Constraints {
    /// Returns the strings of the `enum`.
    pub fn values(&self) -> Option<&[String]> {
        self.assertions.iter().find_map(|assertion| match assertion {
            Assertion::Enum(values) => Some(values.as_slice()),
            _ => None,
        })
    }

    /// Returns the constraints that these mention.
    pub fn children(&self) -> Vec<ConstraintsId> {
        let object = self.object.iter().flat_map(|object| {
            let each = match object.additional {
                AdditionalProperties::Each(id) => Some(id),
                _ => None,
            };
            let named = object.properties.iter().chain(&object.prose).map(|property| property.constraints);
            named.chain(object.patterns.iter().map(|(_, id)| *id)).chain(each).chain(object.names)
        });
        object
            .chain(self.items)
            .chain(self.choices.iter().flat_map(|choice| choice.alternatives.iter().copied()))
            .collect()
    }
}

/// A keyword that a value passes or fails by itself, apart from its elements and members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Assertion {
    /// `enum` of strings
    Enum(Vec<String>),
    /// `pattern`
    Pattern(Regex),
    /// A limit of a number, a length or a count
    Limit(Limit, LimitValue),
}

impl Assertion {
    /// Returns the name of the keyword.
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Enum(_) => "enum",
            Self::Pattern(_) => "pattern",
            Self::Limit(limit, _) => limit.name(),
        }
    }
}

/// A value that the prose of the specification allows, although the schema does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowed {
    /// `null`
    Null,
    /// The empty string.
    EmptyString,
    /// An integer; `None` for any.
    Integer(Option<i64>),
    /// A string that contains an integer.
    IntegerInString,
}

/// The constraints on the members of an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ObjectConstraints {
    /// The members with a name, in the order of the names.
    pub properties: Vec<Property>,
    /// The members with a name from level Strict on: those that the prose adds, and those that replace a row of the same name.
    pub prose: Vec<Property>,
    /// The constraints on the members whose names match a pattern.
    pub patterns: Vec<(Regex, ConstraintsId)>,
    /// The constraints on the members that neither a name nor a pattern describes.
    pub additional: AdditionalProperties,
    /// The constraints on the names.
    pub names: Option<ConstraintsId>,
}

/// A member with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Property {
    /// The name.
    pub name: String,
    /// The constraints on the value.
    pub constraints: ConstraintsId,
    /// Whether an object needs the member.
    pub required: bool,
    /// The schema that requires the member; the last of them, if there are several. `None` if only the prose does.
    pub required_by: Option<Origin>,
    /// Whether a schema declares the member, as opposed to merely requiring it.
    pub declared: bool,
}

/// The constraints on the members that neither a name nor a pattern describes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum AdditionalProperties {
    /// None.
    #[default]
    Open,
    /// There are no such members.
    Closed,
    /// Each has these constraints.
    Each(ConstraintsId),
}

/// A list of alternatives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Whether exactly one has to match (`oneOf`), or at least one (`anyOf`).
    pub exactly_one: bool,
    /// The alternatives.
    pub alternatives: Vec<ConstraintsId>,
}

/// A regular expression, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Regex {
    /// The text in the schema.
    pub source: String,
    /// Whether it begins with `^`.
    pub from_start: bool,
    /// Whether it ends with `$`.
    pub to_end: bool,
    /// Its parts, one after the other.
    pub atoms: Vec<Atom>,
}

/// Characters of one class, with the numbers of them that match.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Atom {
    /// The characters of the class, first and last of each range.
    pub ranges: Vec<(char, char)>,
    /// The least number of characters.
    pub least: u32,
    /// The largest number of characters; `None` without an end.
    pub most: Option<u32>,
}

impl Regex {
    /// Returns the text that it stands for, if every part of it is one character.
    pub fn literal(&self) -> Option<String> {
        let one = |atom: &Atom| match atom.ranges.as_slice() {
            [(first, last)] if first == last && atom.least == 1 && atom.most == Some(1) => Some(*first),
            _ => None,
        };
        self.atoms.iter().map(one).collect()
    }
}
