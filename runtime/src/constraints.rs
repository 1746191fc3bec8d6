//! Constraints on JSON values as data, emitted from the schemas: the tables that the validators evaluate.
//!
//! A table is built by const functions, one for each keyword of JSON Schema and named after it, and is read-only data.

use serde_json::{json, Number, Value};

pub use crate::identifiers::IdentifierKind::{self, *};
pub use crate::pattern::{atom, Regex, RegexForm};
pub use crate::schema::{Event, Kind, SchemaVariant, ServerMembers, Version};
pub use Allowed::*;
pub use Assertion::*;

use crate::json::integer_in;
use crate::validate::{Level, Rule};

/// The constraints on a value.
#[derive(Debug)]
pub struct Constraints {
    /// The JSON types that the value can have.
    pub types: Types,
    /// The assertions that the value has to pass, in the order of [`Assertion`]'s variants.
    pub assertions: &'static [Assertion],
    /// The constraints on each element of an array.
    pub items: Option<&'static Constraints>,
    /// The constraints on the members of an object.
    pub object: ObjectConstraints,
    /// The alternatives that the value has to match.
    pub choices: &'static [Choice],
    /// The values that are allowed in addition, from level Strict on.
    pub allowed: &'static [Allowed],
    /// The annotations.
    pub annotations: Annotations,
    /// The places of the schemas that state the constraints.
    pub source: SourceLocation,
}

/// The constraints on a value of any type.
pub const fn any() -> Constraints {
    types(Types::ANY)
}

/// The constraints on `null`.
pub const fn null() -> Constraints {
    types(Types::NULL)
}

/// The constraints on a boolean.
pub const fn boolean() -> Constraints {
    types(Types::BOOLEAN)
}

/// The constraints on an integer.
pub const fn integer() -> Constraints {
    types(Types::INTEGER)
}

/// The constraints on a number.
pub const fn number() -> Constraints {
    types(Types::NUMBER)
}

/// The constraints on a string.
pub const fn string() -> Constraints {
    types(Types::STRING)
}

/// The constraints on an array.
pub const fn array() -> Constraints {
    types(Types::ARRAY)
}

/// The constraints on an object.
pub const fn object() -> Constraints {
    types(Types::OBJECT)
}

/// The constraints on a value of one of several types.
pub const fn types(types: Types) -> Constraints {
    Constraints {
        types,
        assertions: &[],
        items: None,
        object: ObjectConstraints {
            properties: &[],
            prose: &[],
            patterns: &[],
            additional: Additional::Open,
            names: None,
        },
        choices: &[],
        allowed: &[],
        annotations: Annotations {
            description: "",
            since: None,
            changed: &[],
            deprecated: false,
            format: None,
            key_format: None,
        },
        source: SourceLocation { at: None, elsewhere: &[] },
    }
}

/// The keywords.
impl Constraints {
    /// No constraints.
    pub const ANY: Self = any();

    /// Adds assertions.
    #[must_use]
    pub const fn assert(self, assertions: &'static [Assertion]) -> Self {
        Self { assertions, ..self }
    }

    /// Adds values that the prose allows although the schema does not. They count from level Strict on.
    #[must_use]
    pub const fn or_by_prose(self, allowed: &'static [Allowed]) -> Self {
        Self { allowed, ..self }
    }

    /// `items`
    #[must_use]
    pub const fn items(self, items: &'static Self) -> Self {
        Self { items: Some(items), ..self }
    }

    /// `properties` and `required`, in the order of the names.
    #[must_use]
    pub const fn properties(self, properties: &'static [Property]) -> Self {
        Self { object: ObjectConstraints { properties, ..self.object }, ..self }
    }

    /// The properties from level Strict on, in the order of the names: those that the prose adds, and those that replace a
    /// property of the same name.
    #[must_use]
    pub const fn prose(self, prose: &'static [Property]) -> Self {
        Self { object: ObjectConstraints { prose, ..self.object }, ..self }
    }

    /// `patternProperties`
    #[must_use]
    pub const fn pattern_properties(self, patterns: &'static [(Regex, &'static Self)]) -> Self {
        Self { object: ObjectConstraints { patterns, ..self.object }, ..self }
    }

    /// `additionalProperties` with a schema
    #[must_use]
    pub const fn additional_properties(self, each: &'static Self) -> Self {
        Self { object: ObjectConstraints { additional: Additional::Each(each), ..self.object }, ..self }
    }

    /// `additionalProperties: false`
    #[must_use]
    pub const fn no_additional_properties(self) -> Self {
        Self { object: ObjectConstraints { additional: Additional::Closed, ..self.object }, ..self }
    }

    /// `propertyNames`
    #[must_use]
    pub const fn property_names(self, names: &'static Self) -> Self {
        Self { object: ObjectConstraints { names: Some(names), ..self.object }, ..self }
    }

    /// `oneOf` and `anyOf`
    #[must_use]
    pub const fn choices(self, choices: &'static [Choice]) -> Self {
        Self { choices, ..self }
    }

    /// `description`
    #[must_use]
    pub const fn description(self, description: &'static str) -> Self {
        Self { annotations: Annotations { description, ..self.annotations }, ..self }
    }

    /// `x-addedInMatrixVersion`
    #[must_use]
    pub const fn since(self, major: u16, minor: u16) -> Self {
        Self { annotations: Annotations { since: Some(Version::new(major, minor)), ..self.annotations }, ..self }
    }

    /// `x-changedInMatrixVersion`
    #[must_use]
    pub const fn changed(self, changed: &'static [(Version, &'static str)]) -> Self {
        Self { annotations: Annotations { changed, ..self.annotations }, ..self }
    }

    /// `deprecated`
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { annotations: Annotations { deprecated: true, ..self.annotations }, ..self }
    }

    /// `format`, which JSON Schema does not assert
    #[must_use]
    pub const fn format(self, format: IdentifierKind) -> Self {
        Self { annotations: Annotations { format: Some(format), ..self.annotations }, ..self }
    }

    /// `x-pattern-format`
    #[must_use]
    pub const fn key_format(self, format: IdentifierKind) -> Self {
        Self { annotations: Annotations { key_format: Some(format), ..self.annotations }, ..self }
    }

    /// Sets the place of the schema, where it does not follow from the schema above.
    #[must_use]
    pub const fn at(self, place: &'static str) -> Self {
        Self { source: SourceLocation { at: Some(place), ..self.source }, ..self }
    }

    /// Sets the places of keywords that another schema states.
    #[must_use]
    pub const fn elsewhere(self, elsewhere: &'static [(&'static str, &'static str)]) -> Self {
        Self { source: SourceLocation { elsewhere, ..self.source }, ..self }
    }

    /// Returns the constraints on a member of the object.
    pub fn member(&self, name: &str) -> Option<&'static Self> {
        Some(self.object.property(name)?.constraints)
    }

    /// Returns `true` if a part of a value passes all assertions.
    // Inlined where the kind of the subject is known, so that only the keywords for it are left.
    #[inline(always)]
    pub(crate) fn holds(&self, subject: Subject<'_>) -> bool {
        for assertion in self.assertions {
            if !assertion.holds(subject) {
                return false;
            }
        }
        true
    }

    /// Returns the strings of the `enum`.
    pub(crate) fn values(&self) -> Option<&'static [&'static str]> {
        self.assertions.iter().find_map(|assertion| match assertion {
            Enum(values) => Some(*values),
            _ => None,
        })
    }

    /// Returns the types whose values match, whatever else they are.
    const fn unconstrained_types(&self) -> Types {
        let has_assertions = !self.assertions.is_empty() || !self.choices.is_empty();
        if has_assertions || self.items.is_some() || !self.object.is_any() {
            Types::NONE
        } else {
            self.types
        }
    }
}

/// A keyword that a value passes or fails by itself, apart from its elements and members.
#[derive(Debug)]
pub enum Assertion {
    /// `enum` of strings
    Enum(&'static [&'static str]),
    /// `pattern`
    Pattern(Regex),
    /// `minLength`
    MinLength(u64),
    /// `maxLength`
    MaxLength(u64),
    /// `minimum`
    Minimum(f64),
    /// `maximum`
    Maximum(f64),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
}

/// The part of a value that assertions are about.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'v> {
    /// A string.
    String(&'v str),
    /// A number.
    Number(&'v Number),
    /// The number of elements of an array.
    Array(usize),
    /// The number of members of an object.
    Object(usize),
    /// A boolean or `null`.
    Other,
}

impl Assertion {
    /// Returns `true` if the subject passes by JSON Schema, as each does that the keyword is not about.
    #[inline(always)]
    pub(crate) fn holds(&self, subject: Subject<'_>) -> bool {
        match (self, subject) {
            (Enum(values), Subject::String(text)) => values.contains(&text),
            (Enum(_), _) => false,
            (Pattern(regex), Subject::String(text)) => regex.matches(text),
            (MinLength(least), Subject::String(text)) => text.chars().count() as u64 >= *least,
            (MaxLength(most), Subject::String(text)) => text.chars().count() as u64 <= *most,
            (Minimum(least), Subject::Number(number)) => as_f64(number) >= *least,
            (Maximum(most), Subject::Number(number)) => as_f64(number) <= *most,
            (MinItems(least), Subject::Array(length)) | (MinProperties(least), Subject::Object(length)) => {
                length as u64 >= *least
            }
            (MaxItems(most), Subject::Array(length)) | (MaxProperties(most), Subject::Object(length)) => {
                length as u64 <= *most
            }
            _ => true,
        }
    }
}

/// A keyword, as JSON Schema writes it and as messages describe it.
pub(crate) struct Keyword {
    /// The keyword.
    pub(crate) rule: Rule,
    /// The value of the keyword.
    pub(crate) value: Value,
    /// The words before a limit.
    pub(crate) comparison: &'static str,
}

impl Assertion {
    /// Returns the keyword.
    pub(crate) fn keyword(&self) -> Keyword {
        let (rule, comparison, value) = match self {
            Enum(values) => (Rule::Enum, "one of", json!(values)),
            Pattern(regex) => (Rule::Pattern, "a string that matches", json!(regex.source)),
            MinLength(limit) => (Rule::MinLength, "at least", json!(limit)),
            MaxLength(limit) => (Rule::MaxLength, "at most", json!(limit)),
            Minimum(limit) => (Rule::Minimum, "at least", without_fraction(*limit)),
            Maximum(limit) => (Rule::Maximum, "at most", without_fraction(*limit)),
            MinItems(limit) => (Rule::MinItems, "at least", json!(limit)),
            MaxItems(limit) => (Rule::MaxItems, "at most", json!(limit)),
            MinProperties(limit) => (Rule::MinProperties, "at least", json!(limit)),
            MaxProperties(limit) => (Rule::MaxProperties, "at most", json!(limit)),
        };
        Keyword { rule, value, comparison }
    }
}

/// Returns a limit as a person writes it: an integer without a fraction.
fn without_fraction(limit: f64) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    let whole = limit as i64;
    #[allow(clippy::cast_precision_loss)]
    let is_whole = whole as f64 == limit;
    if is_whole {
        whole.into()
    } else {
        json!(limit)
    }
}

/// Returns a number as assertions compare it.
pub(crate) fn as_f64(number: &Number) -> f64 {
    number.as_f64().unwrap_or(f64::NAN)
}

/// A value that the prose of the specification allows, although the schema does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Allowed {
    /// Returns `true` if a value is the allowed one.
    pub(crate) fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::EmptyString, Value::String(text)) => text.is_empty(),
            (Self::Integer(wanted), Value::Number(number)) => {
                number.as_i64().is_some_and(|found| wanted.is_none_or(|wanted| wanted == found))
            }
            (Self::IntegerInString, Value::String(text)) => integer_in(text).is_some(),
            _ => false,
        }
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
    /// Numbers without a fraction, `1.0` among them.
    pub const INTEGER: Self = Self(4);
    /// Numbers, integers among them.
    pub const NUMBER: Self = Self(4 | 8);
    /// Strings.
    pub const STRING: Self = Self(16);
    /// Arrays.
    pub const ARRAY: Self = Self(32);
    /// Objects.
    pub const OBJECT: Self = Self(64);
    /// All types.
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

    /// Returns the types of both sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns `true` if all of another set are in this one.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns their names in JSON Schema, and none for the set of all.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let numbers = self.has(Self::NUMBER);
        let named = Self::NAMES.into_iter().filter(move |(_, one)| self != Self::ANY && self.has(*one));
        named.map(|(name, _)| name).filter(move |name| !(numbers && *name == "integer"))
    }
}

/// The constraints on the members of an object.
#[derive(Debug)]
pub struct ObjectConstraints {
    /// The members with a name, in the order of the names.
    pub properties: &'static [Property],
    /// The members with a name from level Strict on: those that the prose adds, and those that replace a row of the same name.
    pub prose: &'static [Property],
    /// The constraints on the members whose names match a pattern.
    pub patterns: &'static [(Regex, &'static Constraints)],
    /// The constraints on the members that neither a name nor a pattern describes.
    pub additional: Additional,
    /// The constraints on all names.
    pub names: Option<&'static Constraints>,
}

impl ObjectConstraints {
    /// Returns `true` if there are no constraints on members.
    pub(crate) const fn is_any(&self) -> bool {
        self.properties.is_empty() && self.is_open()
    }

    /// Returns `true` if there are no constraints on a member that no property describes.
    pub(crate) const fn is_open(&self) -> bool {
        self.patterns.is_empty() && matches!(self.additional, Additional::Open) && self.names.is_none()
    }

    /// Returns the property of a name.
    pub(crate) fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// Returns the properties at a level.
    pub(crate) fn rows(&self, level: Level) -> impl Iterator<Item = &'static Property> {
        let prose = if level >= Level::Strict { self.prose } else { &[] };
        let is_replaced = |row: &&Property| prose.iter().any(|one| one.name == row.name);
        self.properties.iter().filter(move |row| !is_replaced(row)).chain(prose)
    }

    /// Returns the property of a name at a level.
    pub(crate) fn row(&self, name: &str, level: Level) -> Option<&'static Property> {
        let mut prose = self.prose.iter().filter(|_| level >= Level::Strict);
        prose.find(|row| row.name == name).or_else(|| self.property(name))
    }
}

/// A member with a name.
#[derive(Debug)]
pub struct Property {
    /// The name.
    pub name: &'static str,
    /// Whether an object can be without the member.
    pub presence: Presence,
    /// The constraints on the value.
    pub constraints: &'static Constraints,
    /// The place of the schema that requires the member, where it is not the one that declares it.
    pub required_by: Option<&'static str>,
    /// The types whose values match, whatever else they are: most members need no other check.
    unconstrained: Types,
}

/// A member that an object can be without.
pub const fn optional(name: &'static str, constraints: &'static Constraints) -> Property {
    Property {
        name,
        presence: Presence::Optional,
        constraints,
        required_by: None,
        unconstrained: constraints.unconstrained_types(),
    }
}

/// A member that an object needs.
pub const fn required(name: &'static str, constraints: &'static Constraints) -> Property {
    Property { presence: Presence::Required, ..optional(name, constraints) }
}

/// A member that an object needs, although no schema declares it.
pub const fn undeclared(name: &'static str) -> Property {
    Property { presence: Presence::Undeclared, ..optional(name, &Constraints::ANY) }
}

impl Property {
    /// Sets the place of the schema that requires the member.
    #[must_use]
    pub const fn by(self, place: &'static str) -> Self {
        Self { required_by: Some(place), ..self }
    }

    /// Returns `true` if all values of a type match.
    #[inline]
    pub(crate) fn takes_any(&self, types: Types) -> bool {
        self.unconstrained.has(types)
    }
}

/// Whether an object can be without a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It can.
    Optional,
    /// It cannot.
    Required,
    /// It cannot, and no schema declares the member.
    Undeclared,
}

/// The constraints on the members that neither a name nor a pattern describes.
#[derive(Debug)]
pub enum Additional {
    /// None.
    Open,
    /// There are no such members.
    Closed,
    /// Each has these constraints.
    Each(&'static Constraints),
}

/// Alternatives, of which exactly one has to match (`oneOf`) or at least one (`anyOf`).
#[derive(Debug)]
pub struct Choice {
    /// Whether exactly one has to match.
    pub exactly_one: bool,
    /// The alternatives.
    pub alternatives: &'static [&'static Constraints],
}

/// `oneOf`
pub const fn one_of(alternatives: &'static [&'static Constraints]) -> Choice {
    Choice { exactly_one: true, alternatives }
}

/// `anyOf`
pub const fn any_of(alternatives: &'static [&'static Constraints]) -> Choice {
    Choice { exactly_one: false, alternatives }
}

/// The annotations of a value.
#[derive(Debug)]
pub struct Annotations {
    /// The description.
    pub description: &'static str,
    /// The release of the specification that added the value, where its schema says so.
    pub since: Option<Version>,
    /// The releases that changed the value, and how.
    pub changed: &'static [(Version, &'static str)],
    /// Whether the value is deprecated.
    pub deprecated: bool,
    /// The format of a string.
    pub format: Option<IdentifierKind>,
    /// The format of the key of the value, in a map.
    pub key_format: Option<IdentifierKind>,
}

/// The places of the schemas that state constraints: a file and a JSON pointer, as in `m.tag.yaml#/properties/content`.
/// Files of the event schemas are named without their folder.
#[derive(Debug)]
pub struct SourceLocation {
    /// The place of the schema, where it does not follow from the schema above.
    pub at: Option<&'static str>,
    /// The keywords that another schema states, and its place.
    pub elsewhere: &'static [(&'static str, &'static str)],
}
