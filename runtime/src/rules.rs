//! What is asked of a JSON value, as data: the tables that the validators walk along, emitted from the schemas.

pub use super::pattern::{Atom, Form as PatternForm, Pattern};
use crate::schema::Version;
use crate::{EventId, MxcUri, RoomAliasId, RoomId, ServerName, UnpaddedBase64, UrlSafeUnpaddedBase64, UserId};

/// What is asked of a value.
#[derive(Debug)]
pub struct Rules {
    /// The JSON types that it can have.
    pub types: Types,
    /// What is asked of it if it is a string.
    pub text: Option<&'static Text>,
    /// What is asked of it if it is a number.
    pub range: Option<&'static Range>,
    /// What is asked of it if it is a list.
    pub list: Option<&'static List>,
    /// What is asked of it if it is an object.
    pub object: Option<&'static Object>,
    /// Alternatives that it has to fit.
    pub choices: &'static [Choice],
    /// What is said of it.
    pub facts: &'static Facts,
}

impl Rules {
    /// Nothing is asked.
    pub const ANY: Self = Self {
        types: Types::ANY,
        text: None,
        range: None,
        list: None,
        object: None,
        choices: &[],
        facts: &Facts::NONE,
    };

    const fn asks_for_types_alone(&self) -> bool {
        let of_text = match self.text {
            Some(text) => {
                text.values.is_some() || !text.patterns.is_empty() || text.least.is_some() || text.most.is_some()
            }
            None => false,
        };
        let of_others = self.range.is_some() || self.list.is_some() || self.object.is_some();
        !of_text && !of_others && self.choices.is_empty()
    }

    /// The rules of a member of the object.
    pub fn member(&self, name: &str) -> Option<&'static Self> {
        Some(self.object?.property(name)?.rules)
    }
}

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    const NONE: Self = Self(0);

    /// `null`
    pub const NULL: Self = Self(1);
    /// `true` and `false`
    pub const BOOLEAN: Self = Self(2);
    /// Whole numbers, however they are written: `1.0` is one.
    pub const INTEGER: Self = Self(4);
    /// Numbers, whole ones included.
    pub const NUMBER: Self = Self(4 | 8);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Lists.
    pub const ARRAY: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// All of them.
    pub const ANY: Self = Self(127);

    const NAMES: [(&'static str, Self); 7] = [
        ("null", Self::NULL),
        ("boolean", Self::BOOLEAN),
        ("integer", Self::INTEGER),
        ("number", Self::NUMBER),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
    ];

    /// Those of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of another set are in this one.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Their names in JSON Schema; none for the set of all.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let numbers = self.has(Self::NUMBER);
        let named = Self::NAMES.into_iter().filter(move |(_, one)| self != Self::ANY && self.has(*one));
        named.map(|(name, _)| name).filter(move |name| !(numbers && *name == "integer"))
    }
}

/// What is asked of a string.
#[derive(Debug)]
pub struct Text {
    /// The strings that it can be, if they are listed.
    pub values: Option<&'static [&'static str]>,
    /// What it has to match.
    pub patterns: &'static [Pattern],
    /// The least number of characters.
    pub least: Option<u64>,
    /// The largest number of characters.
    pub most: Option<u64>,
    /// The grammar that it has to follow, which JSON Schema doesn't assert.
    pub format: Option<Format>,
}

impl Text {
    /// Nothing is asked.
    pub const ANY: Self = Self { values: None, patterns: &[], least: None, most: None, format: None };

    pub(crate) fn fits(&self, text: &str) -> bool {
        self.values.is_none_or(|values| values.contains(&text))
            && self.patterns.iter().all(|pattern| pattern.matches(text))
            && self.has_length(text)
    }

    pub(crate) fn has_length(&self, text: &str) -> bool {
        self.least.is_none() && self.most.is_none() || is_within(text.chars().count(), self.least, self.most)
    }
}

/// The grammars of the specification that a string can have to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `mx-user-id`
    UserId,
    /// `mx-room-id`
    RoomId,
    /// `mx-event-id`
    EventId,
    /// `mx-room-alias`
    RoomAliasId,
    /// `mx-server-name`
    ServerName,
    /// `mx-mxc-uri`
    MxcUri,
    /// `mx-unpadded-base64`
    UnpaddedBase64,
    /// `mx-urlsafe-unpadded-base64`
    UrlSafeUnpaddedBase64,
}

impl Format {
    /// Its name in the schemas.
    pub fn name(self) -> &'static str {
        match self {
            Self::UserId => "mx-user-id",
            Self::RoomId => "mx-room-id",
            Self::EventId => "mx-event-id",
            Self::RoomAliasId => "mx-room-alias",
            Self::ServerName => "mx-server-name",
            Self::MxcUri => "mx-mxc-uri",
            Self::UnpaddedBase64 => "mx-unpadded-base64",
            Self::UrlSafeUnpaddedBase64 => "mx-urlsafe-unpadded-base64",
        }
    }

    /// Checks a text against the grammar.
    pub(crate) fn check(self, text: &str) -> Result<(), crate::InvalidIdentifier> {
        match self {
            Self::UserId => UserId::validate(text),
            Self::RoomId => RoomId::validate(text),
            Self::EventId => EventId::validate(text),
            Self::RoomAliasId => RoomAliasId::validate(text),
            Self::ServerName => ServerName::validate(text),
            Self::MxcUri => MxcUri::validate(text),
            Self::UnpaddedBase64 => UnpaddedBase64::validate(text),
            Self::UrlSafeUnpaddedBase64 => UrlSafeUnpaddedBase64::validate(text),
        }
    }
}

/// Whether a count keeps to its limits.
fn is_within(count: usize, least: Option<u64>, most: Option<u64>) -> bool {
    let count = count as u64;
    least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
}

/// What is asked of a number.
#[derive(Debug)]
pub struct Range {
    /// The least value.
    pub least: Option<f64>,
    /// The largest value.
    pub most: Option<f64>,
}

impl Range {
    pub(crate) fn fits(&self, number: f64) -> bool {
        self.least.is_none_or(|least| number >= least) && self.most.is_none_or(|most| number <= most)
    }
}

/// What is asked of a list.
#[derive(Debug)]
pub struct List {
    /// What is asked of each element.
    pub items: Option<&'static Rules>,
    /// The least number of elements.
    pub least: Option<u64>,
    /// The largest number of elements.
    pub most: Option<u64>,
}

impl List {
    pub(crate) fn has_length(&self, length: usize) -> bool {
        is_within(length, self.least, self.most)
    }
}

/// What is asked of an object.
#[derive(Debug)]
pub struct Object {
    /// The members with a name, in the order of the names.
    pub properties: &'static [Property],
    /// The members whose names match a pattern.
    pub patterns: &'static [(Pattern, &'static Rules)],
    /// The members that neither a name nor a pattern describes.
    pub additional: Additional,
    /// What is asked of all names.
    pub names: Option<&'static Rules>,
    /// The least number of members.
    pub least: Option<u64>,
    /// The largest number of members.
    pub most: Option<u64>,
}

impl Object {
    /// Nothing is asked.
    pub const ANY: Self =
        Self { properties: &[], patterns: &[], additional: Additional::Open, names: None, least: None, most: None };

    pub(crate) fn has_length(&self, length: usize) -> bool {
        is_within(length, self.least, self.most)
    }

    pub(crate) fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// Whether a member that no property describes is left to itself.
    pub(crate) fn is_open(&self) -> bool {
        self.patterns.is_empty() && matches!(self.additional, Additional::Open) && self.names.is_none()
    }
}

/// A member with a name.
#[derive(Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Whether it may not be missing.
    pub need: Need,
    /// What is asked of it.
    pub rules: &'static Rules,
    /// The JSON types that it can have, if nothing else is asked of it: most members are settled by this alone.
    plain: Types,
}

impl Property {
    /// A member of which something is asked.
    pub const fn new(name: &'static str, need: Need, rules: &'static Rules) -> Self {
        let plain = if rules.asks_for_types_alone() { rules.types } else { Types::NONE };
        Self { name, need, rules, plain }
    }

    /// Whether values of a type fit, whatever else they are.
    #[inline]
    pub(crate) fn takes_any(&self, types: Types) -> bool {
        self.plain.has(types)
    }
}

/// Whether an object can be without a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It can.
    Optional,
    /// It can't.
    Required,
    /// It can't, but nothing describes the member: the schema requires what it doesn't declare.
    Undeclared,
}

/// What is asked of the members that neither a name nor a pattern describes.
#[derive(Debug)]
pub enum Additional {
    /// Nothing.
    Open,
    /// That there are none.
    Closed,
    /// The same of each.
    Each(&'static Rules),
}

/// Alternatives, of which exactly one has to fit (`oneOf`) or at least one (`anyOf`).
#[derive(Debug)]
pub struct Choice {
    /// Which of the two it is.
    pub exactly_one: bool,
    /// The alternatives.
    pub alternatives: &'static [&'static Rules],
}

/// What is said of a value, beside what is asked of it.
#[derive(Debug)]
pub struct Facts {
    /// The description.
    pub description: &'static str,
    /// The release of the specification that added it, where its schema says so.
    pub since: Option<Version>,
    /// The releases that changed it, and how.
    pub changed: &'static [(Version, &'static str)],
    /// Whether it is on its way out.
    pub deprecated: bool,
    /// What the key above it has to be, in a map.
    pub key_format: Option<Format>,
    /// The places of the schemas that speak of it.
    pub places: &'static [Place],
}

impl Facts {
    /// Nothing is said.
    pub const NONE: Self =
        Self { description: "", since: None, changed: &[], deprecated: false, key_format: None, places: &[] };

    /// The place that states a keyword.
    pub(crate) fn place_of(&self, keyword: &str) -> &'static str {
        let stating = self.places.iter().rev().find(|place| place.keywords.contains(&keyword));
        stating.map_or("", |place| place.at)
    }

    /// The place that requires a property.
    pub(crate) fn place_requiring(&self, name: &str) -> &'static str {
        let requiring = self.places.iter().rev().find(|place| place.required.contains(&name));
        requiring.map_or("", |place| place.at)
    }
}

/// A place in the schemas.
#[derive(Debug)]
pub struct Place {
    /// The file, and the JSON pointer of the schema in it. Files of the event schemas stand without their folder.
    pub at: &'static str,
    /// The keywords that stand there.
    pub keywords: &'static [&'static str],
    /// The properties that it requires.
    pub required: &'static [&'static str],
}
