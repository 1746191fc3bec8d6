//! Constraints on JSON values, as tables that are emitted from the schemas and evaluated by the validators.
//!
//! Const functions create the tables. There is a function for each keyword of JSON Schema, named after the keyword.

use std::cmp::Ordering;

use serde_json::{json, Number, Value};

pub use crate::identifiers::IdentifierKind::{self, *};
pub use crate::pattern::{atom, Regex, RegexForm};
pub use crate::schema::{Body, Event, EventPlace, Kind, SchemaVariant, ServerMembers, Step, Version};
pub use crate::validate::Form;
pub use Allowed::*;
pub use Assertion::*;

use crate::json::{first_bytes, integer_in, is_equal_in_length};
use crate::validate::{Level, Rule};

/// The constraints on a value.
#[derive(Debug)]
pub struct Constraints {
    /// The valid JSON types.
    pub types: Types,
    /// The assertions, in the order of the variants of [`Assertion`].
    pub assertions: &'static [Assertion],
    /// The constraints on each element of an array.
    pub items: Option<&'static Constraints>,
    /// The constraints on the members of an object.
    pub object: ObjectConstraints,
    /// The `oneOf` and `anyOf` keywords.
    pub choices: &'static [Choice],
    /// The values that are allowed in addition, from level Strict on.
    pub allowed: &'static [Allowed],
    /// The annotations.
    pub annotations: Annotations,
    /// The locations of the schemas that state the constraints.
    pub source: SourceLocation,
}

/// Creates constraints for a value of any type.
pub const fn any() -> Constraints {
    types(Types::ANY)
}

/// Creates constraints for `null`.
pub const fn null() -> Constraints {
    types(Types::NULL)
}

/// Creates constraints for a boolean.
pub const fn boolean() -> Constraints {
    types(Types::BOOLEAN)
}

/// Creates constraints for an integer.
pub const fn integer() -> Constraints {
    types(Types::INTEGER)
}

/// Creates constraints for a number.
pub const fn number() -> Constraints {
    types(Types::NUMBER)
}

/// Creates constraints for a string.
pub const fn string() -> Constraints {
    types(Types::STRING)
}

/// Creates constraints for an array.
pub const fn array() -> Constraints {
    types(Types::ARRAY)
}

/// Creates constraints for an object.
pub const fn object() -> Constraints {
    types(Types::OBJECT)
}

/// Creates constraints for a value of one of several types.
pub const fn types(types: Types) -> Constraints {
    Constraints {
        types,
        assertions: &[],
        items: None,
        object: ObjectConstraints {
            properties: &[],
            prose: &[],
            replaced: 0,
            aliases: &[],
            patterns: &[],
            additional: Additional::Open,
            names: None,
        },
        choices: &[],
        allowed: &[],
        annotations: Annotations {
            description: "",
            default: None,
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

    /// Sets `items`.
    #[must_use]
    pub const fn items(self, items: &'static Self) -> Self {
        Self { items: Some(items), ..self }
    }

    /// Sets `properties` and `required`, sorted by name.
    #[must_use]
    pub const fn properties(self, properties: &'static [Property]) -> Self {
        Self { object: ObjectConstraints { properties, ..self.object }, ..self }
    }

    /// Sets the properties that hold from level Strict on, in the order of the names. They are additions of the prose, and
    /// replacements for properties of the same name.
    #[must_use]
    pub const fn prose(self, prose: &'static [Property]) -> Self {
        let replaced = replaced(self.object.properties, prose);
        Self { object: ObjectConstraints { prose, replaced, ..self.object }, ..self }
    }

    /// Sets the aliases that can replace required properties from level Strict on, each with the name of the property.
    #[must_use]
    pub const fn aliases(self, aliases: &'static [(&'static str, &'static str)]) -> Self {
        Self { object: ObjectConstraints { aliases, ..self.object }, ..self }
    }

    /// Sets `patternProperties`.
    #[must_use]
    pub const fn pattern_properties(self, patterns: &'static [(Regex, &'static Self)]) -> Self {
        Self { object: ObjectConstraints { patterns, ..self.object }, ..self }
    }

    /// Sets `additionalProperties` to a schema.
    #[must_use]
    pub const fn additional_properties(self, each: &'static Self) -> Self {
        Self { object: ObjectConstraints { additional: Additional::Each(each), ..self.object }, ..self }
    }

    /// Sets `additionalProperties` to `false`.
    #[must_use]
    pub const fn no_additional_properties(self) -> Self {
        Self { object: ObjectConstraints { additional: Additional::Closed, ..self.object }, ..self }
    }

    /// Sets `propertyNames`.
    #[must_use]
    pub const fn property_names(self, names: &'static Self) -> Self {
        Self { object: ObjectConstraints { names: Some(names), ..self.object }, ..self }
    }

    /// Sets `oneOf` and `anyOf`.
    #[must_use]
    pub const fn choices(self, choices: &'static [Choice]) -> Self {
        Self { choices, ..self }
    }

    /// Sets `description`.
    #[must_use]
    pub const fn description(self, description: &'static str) -> Self {
        Self { annotations: Annotations { description, ..self.annotations }, ..self }
    }

    /// Sets `default`, as JSON text.
    #[must_use]
    pub const fn default(self, json: &'static str) -> Self {
        Self { annotations: Annotations { default: Some(json), ..self.annotations }, ..self }
    }

    /// Sets `x-addedInMatrixVersion`.
    #[must_use]
    pub const fn since(self, major: u16, minor: u16) -> Self {
        Self { annotations: Annotations { since: Some(Version::new(major, minor)), ..self.annotations }, ..self }
    }

    /// Sets `x-changedInMatrixVersion`.
    #[must_use]
    pub const fn changed(self, changed: &'static [(Version, &'static str)]) -> Self {
        Self { annotations: Annotations { changed, ..self.annotations }, ..self }
    }

    /// Sets `deprecated`.
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { annotations: Annotations { deprecated: true, ..self.annotations }, ..self }
    }

    /// Sets `format`, which is an annotation in JSON Schema.
    #[must_use]
    pub const fn format(self, format: IdentifierKind) -> Self {
        Self { annotations: Annotations { format: Some(format), ..self.annotations }, ..self }
    }

    /// Sets `x-pattern-format`.
    #[must_use]
    pub const fn key_format(self, format: IdentifierKind) -> Self {
        Self { annotations: Annotations { key_format: Some(format), ..self.annotations }, ..self }
    }

    /// Sets the location of the schema, if the location does not follow from the parent schema.
    #[must_use]
    pub const fn at(self, place: &'static str) -> Self {
        Self { source: SourceLocation { at: Some(place), ..self.source }, ..self }
    }

    /// Sets the locations of keywords that other schemas state.
    #[must_use]
    pub const fn elsewhere(self, elsewhere: &'static [(&'static str, &'static str)]) -> Self {
        Self { source: SourceLocation { elsewhere, ..self.source }, ..self }
    }

    /// Returns the constraints on a member of the object.
    pub fn member(&self, name: &str) -> Option<&'static Self> {
        Some(self.object.property(name)?.constraints)
    }

    /// Returns `true` if the subject passes all assertions.
    // Inlined where the kind of the subject is known, so that only the keywords for this kind remain.
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

    /// Returns `true` if the constraints have choices, or values that the prose allows in addition.
    #[inline(always)]
    pub(crate) fn is_unusual(&self) -> bool {
        !self.choices.is_empty() || !self.allowed.is_empty()
    }

    /// Returns `true` if a value has no constraints except for `oneOf` and `anyOf`.
    pub(crate) fn has_choices_alone(&self) -> bool {
        self.types == Types::ANY
            && self.assertions.is_empty()
            && self.items.is_none()
            && self.object.is_any()
            && self.object.prose.is_empty()
            && self.annotations.format.is_none()
    }

    /// Returns the types without further constraints at any level, except for values that the prose allows in addition.
    const fn free_types(&self) -> Types {
        match (self.annotations.format, self.object.prose) {
            (None, []) => self.unconstrained_types(),
            _ => Types::NONE,
        }
    }

    /// Returns the types without further constraints.
    const fn unconstrained_types(&self) -> Types {
        let has_assertions = !self.assertions.is_empty() || !self.choices.is_empty();
        if has_assertions || self.items.is_some() || !self.object.is_any() {
            Types::NONE
        } else {
            self.types
        }
    }
}

/// Defines [`Assertion`] from the keywords that limit a number, a length or a count.
///
/// A row contains the keyword, the type of its value, the subject with the function that measures it, the comparison, and the
/// words before the limit in a message.
macro_rules! assertions {
    ($($limit:ident($number:ident): $subject:ident by $measure:ident $comparison:tt, $words:literal;)+) => {
        /// A keyword that does not depend on the elements or members of a value.
        #[derive(Debug)]
        pub enum Assertion {
            /// The keyword `enum`, with strings only.
            Enum(&'static [&'static str]),
            /// The keyword `pattern`.
            Pattern(Regex),
            $(#[allow(missing_docs)] $limit($number),)+
        }

        impl Assertion {
            /// Creates a limit from the name of its variant and its value. Returns `None` if there is no such limit.
            pub fn limit(name: &str, value: &str) -> Option<Self> {
                match name {
                    $(stringify!($limit) => value.parse().ok().map($limit),)+
                    _ => None,
                }
            }

            /// Returns `true` if the subject passes. A subject of a type that the keyword does not apply to passes.
            #[inline(always)]
            pub(crate) fn holds(&self, subject: Subject<'_>) -> bool {
                match (self, subject) {
                    (Enum(values), Subject::String(text)) => values.contains(&text),
                    (Enum(_), _) => false,
                    (Pattern(regex), Subject::String(text)) => regex.matches(text),
                    $(($limit(limit), Subject::$subject(value)) => $measure(value) $comparison *limit,)+
                    _ => true,
                }
            }

            /// Returns the keyword.
            pub(crate) fn keyword(&self) -> Keyword {
                let (rule, comparison, value) = match self {
                    Enum(values) => (Rule::Enum, "one of", json!(values)),
                    Pattern(regex) => (Rule::Pattern, "a string that matches", json!(regex.source)),
                    $($limit(limit) => (Rule::$limit, $words, limit_to_json(*limit as f64)),)+
                };
                Keyword { rule, value, comparison }
            }
        }
    };
}

assertions! {
    MinLength(u64): String by characters >=, "at least";
    MaxLength(u64): String by characters <=, "at most";
    Minimum(f64): Number by as_f64 >=, "at least";
    Maximum(f64): Number by as_f64 <=, "at most";
    MinItems(u64): Array by count >=, "at least";
    MaxItems(u64): Array by count <=, "at most";
    MinProperties(u64): Object by count >=, "at least";
    MaxProperties(u64): Object by count <=, "at most";
}

/// The part of a value that assertions check.
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

/// A keyword of JSON Schema, for documents and for messages.
pub(crate) struct Keyword {
    /// The keyword.
    pub(crate) rule: Rule,
    /// The value of the keyword.
    pub(crate) value: Value,
    /// The words before the value in a message.
    pub(crate) comparison: &'static str,
}

/// Returns the number of characters of a text.
fn characters(text: &str) -> u64 {
    text.chars().count() as u64
}

/// Returns the number of elements or members.
fn count(length: usize) -> u64 {
    length as u64
}

/// Converts a limit to JSON, as an integer if the limit has no fraction.
fn limit_to_json(limit: f64) -> Value {
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

/// Converts a number to `f64`, for comparison.
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
    /// Integers, including numbers such as `1.0`.
    pub const INTEGER: Self = Self(4);
    /// Numbers, including integers.
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

    /// Returns the union of two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns `true` if another set is a subset of this set.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns `true` if another set has a common type with this set.
    #[inline]
    pub(crate) const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Iterates over the names of the types in JSON Schema. The set of all types gives no names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let numbers = self.has(Self::NUMBER);
        let named = Self::NAMES.into_iter().filter(move |(_, one)| self != Self::ANY && self.has(*one));
        named.map(|(name, _)| name).filter(move |name| !(numbers && *name == "integer"))
    }
}

/// The constraints on the members of an object.
#[derive(Debug)]
pub struct ObjectConstraints {
    /// The properties, sorted by name.
    pub properties: &'static [Property],
    /// The properties that hold from level Strict on, sorted by name. They are additions of the prose, and replacements for
    /// properties of the same name.
    pub prose: &'static [Property],
    /// The bits of the properties that the prose replaces. The bit of the first property is the lowest.
    replaced: u64,
    /// The aliases that can replace required properties from level Strict on, each with the name of the property.
    pub aliases: &'static [(&'static str, &'static str)],
    /// The constraints on the members whose keys match a pattern (`patternProperties`).
    pub patterns: &'static [(Regex, &'static Constraints)],
    /// The constraints on all other members (`additionalProperties`).
    pub additional: Additional,
    /// The constraints on all keys (`propertyNames`).
    pub names: Option<&'static Constraints>,
}

impl ObjectConstraints {
    /// Returns `true` if there are no constraints on members.
    pub(crate) const fn is_any(&self) -> bool {
        self.properties.is_empty() && self.is_open()
    }

    /// Returns `true` if there are no constraints on members without a property.
    pub(crate) const fn is_open(&self) -> bool {
        self.patterns.is_empty() && matches!(self.additional, Additional::Open) && self.names.is_none()
    }

    /// Returns `true` if the prose replaces the property at an index.
    #[inline]
    pub(crate) const fn is_replaced(&self, index: usize) -> bool {
        self.replaced >> index & 1 == 1
    }

    /// Returns the property with a name.
    pub(crate) fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// Returns the properties at a level.
    pub(crate) fn rows(&self, level: Level) -> impl Iterator<Item = &'static Property> {
        let prose = if level >= Level::Strict { self.prose } else { &[] };
        let is_replaced = |row: &&Property| prose.iter().any(|one| one.is_named(row.name()));
        self.properties.iter().filter(move |row| !is_replaced(row)).chain(prose)
    }

    /// Returns the property of a name at a level.
    pub(crate) fn row(&self, name: &str, level: Level) -> Option<&'static Property> {
        let name = Name::new(name);
        let mut prose = self.prose.iter().filter(|_| level >= Level::Strict);
        prose.find(|row| row.is_named(name)).or_else(|| self.properties.iter().find(|row| row.is_named(name)))
    }

    /// Returns `true` if an object has an alias that can replace a required property at a level.
    pub(crate) fn has_alias(&self, name: &str, has: impl Fn(&str) -> bool, level: Level) -> bool {
        let mut aliases = self.aliases.iter().filter(|(_, of)| level >= Level::Strict && *of == name);
        aliases.any(|(alias, _)| has(alias))
    }
}

/// Returns the bits of the properties with the name of another property. Properties beyond the 64th have no bit.
const fn replaced(mut properties: &[Property], prose: &[Property]) -> u64 {
    let (mut bits, mut bit) = (0, 1_u64);
    while let [property, rest @ ..] = properties {
        let mut others = prose;
        while let [other, after @ ..] = others {
            if is_equal(property.name.as_bytes(), other.name.as_bytes()) {
                bits |= bit;
            }
            others = after;
        }
        (properties, bit) = (rest, bit << 1);
    }
    bits
}

/// Returns `true` if a text has no escapes in JSON.
const fn is_plain(mut text: &[u8]) -> bool {
    while let [byte, rest @ ..] = text {
        if matches!(*byte, b'"' | b'\\' | 0..=0x1f) {
            return false;
        }
        text = rest;
    }
    true
}

/// Compares two texts. The comparison of the standard library is not `const`.
const fn is_equal(mut one: &[u8], mut other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    while let ([first, one_rest @ ..], [second, other_rest @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (one_rest, other_rest);
    }
    true
}

/// A property of an object.
#[derive(Debug)]
pub struct Property {
    /// The name.
    pub name: &'static str,
    /// The presence of the property: required or optional.
    pub presence: Presence,
    /// The constraints on the value.
    pub constraints: &'static Constraints,
    /// `true` if redactions in all room versions keep the property.
    pub is_kept: bool,
    /// The location of the schema that requires the property, if another schema declares the property.
    pub required_by: Option<&'static str>,
    /// The types without further constraints. Most values need no other check.
    unconstrained: Types,
    /// The types without further constraints at any level.
    free: Types,
    /// `true` if the name has no escapes in JSON.
    has_plain_name: bool,
    /// The first bytes of the name, as [`Name`] has them. Most names differ in these bytes. A WebAssembly module calculates them, because
    /// its size matters more than the time.
    #[cfg(not(target_family = "wasm"))]
    first: u64,
}

/// A name, with its first eight bytes as a number. Zeros follow a shorter name. Names are in the order of these numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    pub(crate) bytes: &'a [u8],
    first: u64,
}

impl<'a> Name<'a> {
    /// Creates a name.
    #[inline(always)]
    pub(crate) const fn new(name: &'a str) -> Self {
        Self::with_first_bytes(name.as_bytes(), first_bytes(name))
    }

    /// Creates a name from its bytes, and from the number that `first_bytes` returns.
    #[inline(always)]
    pub(crate) const fn with_first_bytes(bytes: &'a [u8], first: u64) -> Self {
        Self { bytes, first: first.swap_bytes() }
    }
}

/// Creates an optional property.
pub const fn optional(name: &'static str, constraints: &'static Constraints) -> Property {
    Property {
        name,
        presence: Presence::Optional,
        constraints,
        is_kept: false,
        required_by: None,
        unconstrained: constraints.unconstrained_types(),
        free: constraints.free_types(),
        has_plain_name: is_plain(name.as_bytes()),
        #[cfg(not(target_family = "wasm"))]
        first: Name::new(name).first,
    }
}

/// Creates a required property.
pub const fn required(name: &'static str, constraints: &'static Constraints) -> Property {
    Property { presence: Presence::Required, ..optional(name, constraints) }
}

/// Creates a required property that no schema declares.
pub const fn undeclared(name: &'static str) -> Property {
    Property { presence: Presence::Undeclared, ..optional(name, &Constraints::ANY) }
}

impl Property {
    /// Marks a property that redactions in all room versions keep.
    #[must_use]
    pub const fn kept(self) -> Self {
        Self { is_kept: true, ..self }
    }

    /// Sets the location of the schema that requires the property.
    #[must_use]
    pub const fn by(self, place: &'static str) -> Self {
        Self { required_by: Some(place), ..self }
    }

    /// Returns `true` if every value of the types is valid at every level.
    #[inline(always)]
    pub(crate) fn is_free(&self, types: Types) -> bool {
        self.free.has(types)
    }

    /// Returns the name with its first bytes.
    #[cfg(not(target_family = "wasm"))]
    #[inline(always)]
    fn name(&self) -> Name<'static> {
        Name { bytes: self.name.as_bytes(), first: self.first }
    }

    /// Returns the name with its first bytes.
    #[cfg(target_family = "wasm")]
    fn name(&self) -> Name<'static> {
        Name::new(self.name)
    }

    /// Returns `true` if the property has a name.
    #[inline(always)]
    pub(crate) fn is_named(&self, name: Name<'_>) -> bool {
        let own = self.name();
        own.first == name.first
            && own.bytes.len() == name.bytes.len()
            && (own.bytes.len() <= size_of_val(&own.first) || is_equal_in_length(own.bytes, name.bytes))
    }

    /// Compares the name of the property with a name, in the order of properties.
    #[inline(always)]
    pub(crate) fn order(&self, name: Name<'_>) -> Ordering {
        match self.name().first.cmp(&name.first) {
            Ordering::Equal if self.is_named(name) => Ordering::Equal,
            Ordering::Equal => self.name.as_bytes().cmp(name.bytes),
            other => other,
        }
    }

    /// Returns `true` if the name has no escapes in JSON.
    #[inline(always)]
    pub(crate) fn has_plain_name(&self) -> bool {
        self.has_plain_name
    }

    /// Returns `true` if every value of the types is valid.
    #[inline]
    pub(crate) fn takes_any(&self, types: Types) -> bool {
        self.unconstrained.has(types)
    }
}

/// The presence of a property in an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The property is optional.
    Optional,
    /// The property is required.
    Required,
    /// The property is required, and no schema declares it.
    Undeclared,
}

/// The constraints on members without a property and without a matching pattern (`additionalProperties`).
#[derive(Debug)]
pub enum Additional {
    /// No constraints.
    Open,
    /// Such members are invalid.
    Closed,
    /// Constraints on the value of each such member.
    Each(&'static Constraints),
}

/// A set of alternatives: `oneOf` or `anyOf`.
#[derive(Debug)]
pub struct Choice {
    /// `true` for `oneOf`, `false` for `anyOf`.
    pub exactly_one: bool,
    /// The alternatives.
    pub alternatives: &'static [&'static Constraints],
}

/// Creates a `oneOf`.
pub const fn one_of(alternatives: &'static [&'static Constraints]) -> Choice {
    Choice { exactly_one: true, alternatives }
}

/// Creates an `anyOf`.
pub const fn any_of(alternatives: &'static [&'static Constraints]) -> Choice {
    Choice { exactly_one: false, alternatives }
}

/// The annotations of a value.
#[derive(Debug)]
pub struct Annotations {
    /// The description.
    pub description: &'static str,
    /// The JSON text of the value that the absence of the value means.
    pub default: Option<&'static str>,
    /// The release of the specification that added the value, if the schema states one.
    pub since: Option<Version>,
    /// The releases that changed the value, each with a description of the change.
    pub changed: &'static [(Version, &'static str)],
    /// `true` if the value is deprecated.
    pub deprecated: bool,
    /// The format of a string.
    pub format: Option<IdentifierKind>,
    /// The format of the key of the value, in a map.
    pub key_format: Option<IdentifierKind>,
}

/// The locations of the schemas that state constraints.
///
/// A location is a file and a JSON pointer, such as `m.tag.yaml#/properties/content`. The files of the event schemas have no
/// folder.
#[derive(Debug)]
pub struct SourceLocation {
    /// The location of the schema, if the location does not follow from the parent schema.
    pub at: Option<&'static str>,
    /// The keywords that other schemas state, each with its location.
    pub elsewhere: &'static [(&'static str, &'static str)],
}
