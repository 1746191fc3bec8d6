//! A violation of the specification, with the rules and the levels of validation.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::json::{printable, Position};
use crate::schema::Version;

/// The level of validation. Each level includes the requirements of the levels before it, with one exception.
///
/// `Strict` accepts values that the prose of the specification allows although the schemas do not, such as a room name that is
/// `null`.
///
/// ```
/// use matrix_events::validate::{Level, Validator};
/// use matrix_events::{room::name::RoomNameEventContent, EventContent};
/// use serde_json::json;
///
/// let validator = Validator::new().of(RoomNameEventContent::SCHEMA);
/// let content = json!({"name": "Lobby", "org.example.height": 2.5});
/// let violations = [Level::Schema, Level::Strict, Level::Lint].map(|level| validator.level(level).validate_value(&content).len());
/// // `Strict` reports the number, which is not an integer. `Lint` also reports the undeclared property.
/// assert_eq!(violations, [0, 1, 2]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The schemas of the specification, by the rules of JSON Schema 2020-12.
    ///
    /// `1.0` is an integer, patterns are not anchored, and `format` is an annotation.
    #[default]
    Schema,
    /// The requirements that the specification states in prose.
    ///
    /// Members that only the prose declares, such as `m.mentions`, are validated. Values that only the prose allows are accepted, and
    /// so are the fields that a redaction removes. An event of an aliased type is validated as the type that it aliases.
    ///
    /// Identifiers and base64 follow their grammars, and the keys in a text are unique. For room events, all numbers are
    /// integers of canonical JSON. A room event has up to 65,536 bytes. Its type, its state key and its identifiers have up to
    /// 255 bytes each.
    Strict,
    /// Recommendations. An event that violates only this level is valid.
    ///
    /// These are undeclared properties and unknown event types. They are also properties and event types that are deprecated, or
    /// newer than the release of the validator.
    Lint,
}

impl Level {
    /// Returns the name of the level: `schema`, `strict` or `lint`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Strict => "strict",
            Self::Lint => "lint",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The rules of validation: the keywords of JSON Schema, and further rules of the stricter levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The text is JSON that this crate supports.
    Syntax,
    /// The keyword `type`.
    Type,
    /// The keyword `enum`.
    Enum,
    /// The keyword `required`.
    Required,
    /// The keyword `pattern`.
    Pattern,
    /// The keyword `minLength`.
    MinLength,
    /// The keyword `maxLength`.
    MaxLength,
    /// The keyword `minimum`.
    Minimum,
    /// The keyword `maximum`.
    Maximum,
    /// The keyword `minItems`.
    MinItems,
    /// The keyword `maxItems`.
    MaxItems,
    /// The keyword `minProperties`.
    MinProperties,
    /// The keyword `maxProperties`.
    MaxProperties,
    /// The keyword `additionalProperties`.
    AdditionalProperties,
    /// The keyword `propertyNames`.
    PropertyNames,
    /// The keyword `oneOf`.
    OneOf,
    /// The keyword `anyOf`.
    AnyOf,
    /// The keyword `format`: an identifier follows its grammar.
    Format,
    /// The keys of an object are unique.
    DuplicateKey,
    /// Numbers are integers from −(2^53 − 1) to 2^53 − 1, as in canonical JSON.
    CanonicalJson,
    /// The type, the state key and the identifiers of an event have up to 255 bytes.
    Length,
    /// An event has up to 65,536 bytes.
    Size,
    /// A schema declares the property.
    Undeclared,
    /// The specification has a schema for the event type.
    UnknownType,
    /// The property or the event type is not deprecated.
    Deprecated,
    /// The release of the validator has the property or the event type.
    Newer,
}

impl Rule {
    /// Returns the keyword of the schema that states the rule. Returns `None` for a rule that is no assertion of JSON Schema. The
    /// settings of the generator can state such a rule for a schema.
    fn keyword(self) -> Option<&'static str> {
        match self {
            Self::Format | Self::Undeclared | Self::Deprecated | Self::Newer => None,
            rule => Some(rule.as_str()),
        }
    }

    /// Returns the keyword of JSON Schema, or a similar name for a rule that is not a keyword.
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

    /// Returns the lowest level that includes the rule, for members that the schemas declare.
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

/// A violation of the specification, with its location in the event.
///
/// ```
/// use matrix_events::validate::Rule;
///
/// let report = matrix_events::validate(br#"{"type": "m.room.name", "content": {"name": ["Lobby"]}, "state_key": "",
///     "event_id": "$Rk1V", "room_id": "!calls:example.org", "sender": "@mira:example.org", "origin_server_ts": 1}"#);
/// let violation = &report.violations()[0];
/// assert_eq!((violation.pointer(), violation.rule()), ("/content/name", Rule::Type));
/// assert_eq!((violation.expected(), violation.found()), ("a string", r#"["Lobby"]"#));
/// assert_eq!(violation.message(), "expected a string, found an array");
/// assert_eq!(violation.to_string(), "/content/name: expected a string, found an array (m.room.name)");
///
/// let json = serde_json::to_value(violation)?;
/// assert_eq!((json["rule"].as_str(), json["level"].as_str()), (Some("type"), Some("schema")));
/// # Ok::<(), serde_json::Error>(())
/// ```
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
    pub(super) position: Option<Position>,
}

impl Violation {
    /// Creates a violation of a rule that no schema states.
    pub(super) fn stated_by_none(
        pointer: String,
        rule: Rule,
        message: String,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        let (found, expected) = (found.into(), expected.into());
        let place = String::new();
        Self { pointer, rule, message, found, expected, place, since: None, suggestion: None, position: None }
    }

    /// Returns the JSON pointer (RFC 6901) of the invalid value. It is empty for the whole event or content.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns the violated rule.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns a description of the violation, without its location.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns a description of the invalid value. Long values are shortened.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Returns a description of the expected value.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// Returns the location of the violated keyword: the file of the schema and the JSON pointer in it. For a rule that is no
    /// assertion of JSON Schema, such as [`Rule::Format`] or [`Rule::Undeclared`], this is the schema of the value or the object.
    /// Returns `None` if no schema states the rule.
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
        let keyword = self.rule.keyword().map_or(String::new(), |keyword| format!("/{keyword}"));
        (!self.place.is_empty()).then(|| format!("{}{separator}{keyword}", self.place))
    }

    /// Returns the release of the specification that added the value, if the schema states one.
    pub fn since(&self) -> Option<Version> {
        self.since
    }

    /// Returns the position of a syntax error in the text. [`locate`](crate::locate) returns the location of other violations.
    ///
    /// ```
    /// let report = matrix_events::validate(b"{\n  \"type\": x}");
    /// let position = report.violations()[0].position().expect("a syntax error");
    /// assert_eq!((position.line, position.column, position.offset), (2, 11, 12));
    /// ```
    pub fn position(&self) -> Option<Position> {
        self.position
    }

    /// Returns the known name that is most similar to an unknown name.
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
            write!(f, "; did you mean `{suggestion}`?")?;
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
        map.serialize_entry("level", self.rule.level().as_str())?;
        map.serialize_entry("message", &self.message)?;
        map.serialize_entry("found", &self.found)?;
        map.serialize_entry("expected", &self.expected)?;
        map.serialize_entry("schema", &self.schema_place())?;
        map.serialize_entry("since", &self.since.map(|version| version.to_string()))?;
        map.serialize_entry("suggestion", &self.suggestion)?;
        if let Some(Position { line, column, offset }) = self.position {
            map.serialize_entry("position", &json!({"line": line, "column": column, "offset": offset}))?;
        }
        map.end()
    }
}
