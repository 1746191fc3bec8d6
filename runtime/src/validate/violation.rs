//! One thing that is wrong with an event.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::json::printable;
use crate::schema::Version;

/// How much is asked of an event. Each level asks for all that the one before it does, except for
/// what the prose allows against the schemas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// What the specification's schemas say, by the letter of JSON Schema 2020-12: an integer may be written `1.0`, a
    /// pattern isn't anchored, and a `format` asserts nothing.
    #[default]
    Schema,
    /// What the specification's prose says as well: the members that it declares, and the values that it allows although the
    /// schemas do not; the grammars of identifiers and of base64; no key twice; for events
    /// that travel in rooms, the integers of canonical JSON and no other numbers, 65,536 bytes for an event and 255 for
    /// its type, state key and identifiers.
    Strict,
    /// What isn't wrong, but deserves a look: fields that no schema declares, what is deprecated, and what is newer than
    /// the release that was asked for.
    Lint,
}

/// What an event can be at odds with: a keyword of JSON Schema, or one of the rules of the levels above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The text is JSON.
    Syntax,
    /// `type`
    Type,
    /// `enum`
    Enum,
    /// `required`
    Required,
    /// `pattern`
    Pattern,
    /// `minLength`
    MinLength,
    /// `maxLength`
    MaxLength,
    /// `minimum`
    Minimum,
    /// `maximum`
    Maximum,
    /// `minItems`
    MinItems,
    /// `maxItems`
    MaxItems,
    /// `minProperties`
    MinProperties,
    /// `maxProperties`
    MaxProperties,
    /// `additionalProperties`
    AdditionalProperties,
    /// `propertyNames`
    PropertyNames,
    /// `oneOf`
    OneOf,
    /// `anyOf`
    AnyOf,
    /// `format`: the grammar of an identifier.
    Format,
    /// No key stands twice in an object.
    DuplicateKey,
    /// Numbers are integers within ±(2^53 − 1), as canonical JSON has them.
    CanonicalJson,
    /// An event's type, state key and identifiers have 255 bytes at most.
    Length,
    /// An event has 65,536 bytes at most.
    Size,
    /// A field is declared by its schema.
    Undeclared,
    /// An event type is one of the specification.
    UnknownType,
    /// A field or an event type isn't deprecated.
    Deprecated,
    /// A field or an event type was there in the release that was asked for.
    Newer,
}

impl Rule {
    /// The keyword of JSON Schema, or a name like one.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Type => "type",
            Self::Enum => "enum",
            Self::Required => "required",
            Self::Pattern => "pattern",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
            Self::MinProperties => "minProperties",
            Self::MaxProperties => "maxProperties",
            Self::AdditionalProperties => "additionalProperties",
            Self::PropertyNames => "propertyNames",
            Self::OneOf => "oneOf",
            Self::AnyOf => "anyOf",
            Self::Format => "format",
            Self::DuplicateKey => "duplicateKey",
            Self::CanonicalJson => "canonicalJson",
            Self::Length => "length",
            Self::Size => "size",
            Self::Undeclared => "undeclared",
            Self::UnknownType => "unknownType",
            Self::Deprecated => "deprecated",
            Self::Newer => "newer",
        }
    }

    /// The level from which on it is asked for, of members that the schemas declare.
    pub fn level(self) -> Level {
        match self {
            Self::Format | Self::DuplicateKey | Self::CanonicalJson | Self::Length | Self::Size => Level::Strict,
            Self::Undeclared | Self::UnknownType | Self::Deprecated | Self::Newer => Level::Lint,
            _ => Level::Schema,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A violation of the specification, and its place in the event.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    pub(super) pointer: String,
    pub(super) rule: Rule,
    pub(super) message: String,
    pub(super) found: String,
    pub(super) expected: String,
    pub(super) place: String,
    pub(super) since: Option<Version>,
    pub(super) suggestion: Option<&'static str>,
}

impl Violation {
    /// One that no schema states.
    pub(super) fn stated_by_none(
        pointer: String,
        rule: Rule,
        message: String,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        let (found, expected) = (found.into(), expected.into());
        Self { pointer, rule, message, found, expected, place: String::new(), since: None, suggestion: None }
    }

    /// The JSON pointer (RFC 6901) of the value that is wrong; empty for the event, or the content, as a whole.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What it is at odds with.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// What is wrong, in a sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What was found: a value, shortened if it is long.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What was expected in its place.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// The file of the schema and the JSON pointer of the rule in it; `None` for what no schema states.
    ///
    /// ```
    /// use matrix_events::{room::topic::RoomTopicEventContent, EventContent};
    ///
    /// let report = RoomTopicEventContent::SCHEMA.validate(br#"{"topic": 7}"#);
    /// let place = report.violations()[0].schema_place();
    /// assert_eq!(place.as_deref(), Some("m.room.topic.yaml#/properties/content/properties/topic/type"));
    /// ```
    pub fn schema_place(&self) -> Option<String> {
        let separator = if self.place.contains('#') { "" } else { "#" };
        (!self.place.is_empty()).then(|| format!("{}{separator}/{}", self.place, self.rule))
    }

    /// The release of the specification that added what isn't kept to, where its schema says so.
    pub fn since(&self) -> Option<Version> {
        self.since
    }

    /// A known name that is near to one that isn't known.
    pub fn suggestion(&self) -> Option<&'static str> {
        self.suggestion
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", printable(&self.pointer))?;
        }
        f.write_str(&self.message)?;
        if let Some(suggestion) = self.suggestion {
            write!(f, "; is `{suggestion}` meant?")?;
        }
        let file = self.place.split('#').next().unwrap_or_default().trim_end_matches(".yaml");
        match (file, self.since) {
            ("", None) => Ok(()),
            ("", Some(since)) => write!(f, " (since {since})"),
            (file, None) => write!(f, " ({file})"),
            (file, Some(since)) => write!(f, " ({file}, since {since})"),
        }
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("pointer", &self.pointer)?;
        map.serialize_entry("rule", self.rule.as_str())?;
        map.serialize_entry("message", &self.message)?;
        map.serialize_entry("found", &self.found)?;
        map.serialize_entry("expected", &self.expected)?;
        map.serialize_entry("schema", &self.schema_place())?;
        map.serialize_entry("since", &self.since.map(|version| version.to_string()))?;
        map.serialize_entry("suggestion", &self.suggestion)?;
        map.end()
    }
}
