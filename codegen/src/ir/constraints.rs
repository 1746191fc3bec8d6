//! The constraints that the validators check. They come from the schemas of the release. Corrections add constraints that hold from
//! level Strict on.

use serde::{Deserialize, Serialize};

use super::{AddedKind, Docs, Form, Kind, ModulePath, Step};
use crate::diagnostics::Origin;
use crate::proposals;
use crate::schema::Identifier;
pub use crate::schema::{JsonType, JsonTypes, Limit, LimitValue};

/// The constraints of every schema that an event reaches.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConstraintTables {
    /// The constraints on values. The constraints on the parts of a value precede those on the value.
    pub nodes: Vec<Constraints>,
    /// The constraints on events, in the order of their types.
    pub events: Vec<EventConstraints>,
    /// The constraints on all events. An event of an unknown type has no other constraints.
    pub any_event: Option<ConstraintsId>,
    /// The constraints on all ephemeral data units. A unit of an unknown type has no other constraints.
    pub any_edu: Option<ConstraintsId>,
    /// The members that servers add to events although no schema declares them.
    pub server_members: ServerMembers,
    /// The constraints on roots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roots: Vec<RootConstraints>,
}

/// The constraints on a root, such as the body of a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RootConstraints {
    /// The name of the type.
    pub name: String,
    /// The module of the type.
    pub module: ModulePath,
    /// The URL of the section of the specification.
    pub link: Option<String>,
    /// The place of the schema.
    pub origin: Origin,
    /// The constraints.
    pub constraints: ConstraintsId,
    /// The places of the events.
    pub events: Vec<EventForm>,
}

/// A place of events in a root.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventForm {
    /// The path from the root to the events. Another place has each alias of the properties.
    pub path: Vec<Step>,
    /// The path without aliases, as text.
    pub section: String,
    /// The first characters of the keys of each map on the path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sigils: Vec<Option<char>>,
    /// The form of the events.
    pub form: Form,
    /// The name of the enum of the events.
    pub any: String,
    /// The number of the proposal that adds the property of the events to a root of the specification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<u32>,
}

impl RootConstraints {
    /// Returns the number of the proposal that the schema is part of.
    pub fn proposal(&self) -> Option<u32> {
        proposals::number_of(&self.origin.file)
    }
}

/// The members that servers add to events although no schema declares them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServerMembers {
    /// The members of an event.
    pub event: Vec<String>,
    /// The members of `unsigned`.
    pub unsigned: Vec<String>,
    /// The members of the content of an event type, each with the event type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<(String, String)>,
}

impl ConstraintTables {
    /// Returns the constraints with an ID of these tables.
    // An ID is created when its node is added to the list. Nodes are never removed.
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
    /// The value of `type`.
    pub event_type: String,
    /// Other values of `type` that the schema allows.
    pub aliases: Vec<String>,
    /// Further values of `type` that events in practice have. The validators use them from level Strict on.
    pub aliases_in_use: Vec<String>,
    /// The kinds of the events.
    pub kinds: Vec<Kind>,
    /// The kinds that proposals add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added_kinds: Vec<AddedKind>,
    /// The module of the content.
    pub module: ModulePath,
    /// The feature of the crate that the events require.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// The documentation.
    pub docs: Docs,
    /// The schema of the type.
    pub base: SchemaVariant,
    /// The key in the content whose value selects a variant.
    pub discriminator: Option<String>,
    /// The schemas for the values of the discriminator, each merged with the schema of the type.
    pub variants: Vec<SchemaVariant>,
}

impl EventConstraints {
    /// Returns the kinds, each with the number of the proposal that adds the kind.
    pub fn all_kinds(&self) -> impl Iterator<Item = (Kind, Option<u32>)> + '_ {
        super::all_kinds(&self.kinds, &self.added_kinds)
    }

    /// Returns `true` for ephemeral data units.
    pub fn is_edu(&self) -> bool {
        self.kinds.contains(&Kind::Edu)
    }

    /// Returns the number of the proposal that the event is part of.
    pub fn proposal(&self) -> Option<u32> {
        self.base.proposal()
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

impl SchemaVariant {
    /// Returns the number of the proposal that the schema is part of.
    pub fn proposal(&self) -> Option<u32> {
        proposals::number_of(&self.file)
    }
}

/// The constraints on a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraints {
    /// The JSON types that the value can have.
    pub types: JsonTypes,
    /// The keywords about the value without its elements and members, in the order of the variants of [`Assertion`] and [`Limit`].
    pub assertions: Vec<Assertion>,
    /// The constraints on the elements of an array.
    pub items: Option<ConstraintsId>,
    /// The constraints on the members of an object.
    pub object: Option<ObjectConstraints>,
    /// Lists of alternatives.
    pub choices: Vec<Choice>,
    /// The values that are allowed in addition, from level Strict on.
    pub allowed: Vec<Allowed>,
    /// The identifier whose grammar the string has to follow. JSON Schema does not assert formats.
    pub format: Option<Identifier>,
    /// The identifier whose grammar the key of the value in a map has to follow.
    pub key_format: Option<Identifier>,
    /// The value that the absence of the value means.
    pub default: Option<serde_json::Value>,
    /// The documentation.
    pub docs: Docs,
    /// The schema that states the constraints. The last one, if there are several.
    pub location: Option<Origin>,
    /// The keywords that other schemas state.
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

    /// Returns the constraints on elements, members and alternatives.
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

/// A keyword about a value without its elements and members.
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
    /// The aliases that can replace required members from level Strict on, each with the name of the member.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<(String, String)>,
    /// The constraints on the members whose names match a pattern.
    pub patterns: Vec<(Regex, ConstraintsId)>,
    /// The constraints on the members that match neither a name nor a pattern.
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
    /// Set if the member is required.
    pub required: bool,
    /// Set if redactions in all room versions keep the member.
    pub is_kept: bool,
    /// The schema that requires the member. The last one, if there are several. `None` if only the prose requires the member.
    pub required_by: Option<Origin>,
    /// Set if a schema declares the member. A schema may require a member without declaring the member.
    pub declared: bool,
    /// The number of the proposal that adds the member to an event of the specification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<u32>,
}

/// The constraints on the members that match neither a name nor a pattern.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum AdditionalProperties {
    /// The members have no constraints.
    #[default]
    Open,
    /// The members are forbidden.
    Closed,
    /// Each member has these constraints.
    Each(ConstraintsId),
}

/// A list of alternatives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Set for `oneOf`, where exactly one alternative has to match. Cleared for `anyOf`, where at least one has to match.
    pub exactly_one: bool,
    /// The alternatives.
    pub alternatives: Vec<ConstraintsId>,
}

/// A parsed regular expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Regex {
    /// The text in the schema.
    pub source: String,
    /// Set if the pattern begins with `^`.
    pub from_start: bool,
    /// Set if the pattern ends with `$`.
    pub to_end: bool,
    /// The parts of the pattern, in order.
    pub atoms: Vec<Atom>,
}

/// A character class with a count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Atom {
    /// The ranges of the class: the first and the last character of each.
    pub ranges: Vec<(char, char)>,
    /// The minimum number of characters.
    pub least: u32,
    /// The maximum number of characters, or `None` if there is no maximum.
    pub most: Option<u32>,
}

impl Regex {
    /// Returns the text that the pattern matches, if every part of the pattern is a single character.
    pub fn literal(&self) -> Option<String> {
        let one = |atom: &Atom| match atom.ranges.as_slice() {
            [(first, last)] if first == last && atom.least == 1 && atom.most == Some(1) => Some(*first),
            _ => None,
        };
        self.atoms.iter().map(one).collect()
    }
}
