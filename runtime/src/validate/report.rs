//! The report of the violations of an event.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::violation::{Rule, Violation};
use super::walk::MOST;
use crate::json::{Error, Position};
use crate::sort::sort_by;

/// The violations of an event, sorted by JSON pointer.
///
/// A report contains up to 1,000 violations. [`omitted`](Self::omitted) returns the number of further violations.
///
/// ```
/// let report = matrix_events::validate(br#"{"type": "m.room.name", "content": {"name": ["Lobby"]}, "state_key": "",
///     "event_id": "$Rk1V", "room_id": "!calls:example.org", "sender": "@mira:example.org"}"#);
/// assert!(!report.is_valid());
/// assert_eq!(report.len(), 2);
/// for violation in &report {
///     println!("{}: {}", violation.pointer(), violation.message());
/// }
/// assert_eq!(report.to_string(), "\
///     required property `origin_server_ts` is missing (core-event-schema/sync_room_event)\n\
///     /content/name: expected a string, found an array (m.room.name)");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    violations: Vec<Violation>,
    omitted: usize,
    is_redacted: bool,
    is_unknown_type: bool,
}

impl Report {
    pub(super) const fn empty() -> Self {
        Self { violations: Vec::new(), omitted: 0, is_redacted: false, is_unknown_type: false }
    }

    pub(super) fn of(mut violations: Vec<Violation>, omitted: usize) -> Self {
        sort_by(&mut violations, |one, other| one.pointer.cmp(&other.pointer));
        Self { violations, omitted, ..Self::empty() }
    }

    pub(super) fn redacted(self, is_redacted: bool) -> Self {
        Self { is_redacted, ..self }
    }

    pub(super) fn unknown_type(self, is_unknown_type: bool) -> Self {
        Self { is_unknown_type, ..self }
    }

    pub(super) fn not_json(error: &Error) -> Self {
        let found = format!("invalid JSON at line {}, column {}", error.line(), error.column());
        let pointer = error.pointer().to_owned();
        let violation = Violation::stated_by_none(pointer, Rule::Syntax, error.to_string(), found, "JSON");
        Self::of(vec![Violation { position: Some(error.position()), ..violation }], 0)
    }

    pub(super) fn not_utf8(bytes: &[u8], valid: usize) -> Self {
        let before = bytes.get(..valid).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        let column = String::from_utf8_lossy(last).chars().count() + 1;
        let position = Some(Position { line, column, offset: valid });
        let message = format!("failed to parse JSON: invalid UTF-8 at byte {valid} (line {line})");
        let (found, expected) = ("invalid UTF-8", "JSON in UTF-8");
        let violation = Violation::stated_by_none(String::new(), Rule::Syntax, message, found, expected);
        Self::of(vec![Violation { position, ..violation }], 0)
    }

    /// Adds further violations, up to the limit of a report.
    pub(super) fn extend(&mut self, more: Vec<Violation>, omitted: usize) {
        let room = MOST.saturating_sub(self.violations.len()).min(more.len());
        let omitted = self.omitted + omitted + more.len() - room;
        let all = std::mem::take(&mut self.violations).into_iter().chain(more.into_iter().take(room));
        *self = Self::of(all.collect(), omitted).redacted(self.is_redacted).unknown_type(self.is_unknown_type);
    }

    /// Removes the violations that a function does not accept.
    #[inline]
    pub(super) fn retain(&mut self, is_kept: impl FnMut(&Violation) -> bool) {
        self.violations.retain(is_kept);
    }

    /// Returns `true` if the report has no violations. At [`Level::Lint`](super::Level::Lint), an event that is valid at the other
    /// levels can have violations.
    pub fn is_valid(&self) -> bool {
        self.violations.is_empty()
    }

    /// Returns `true` if the event is redacted: `unsigned.redacted_because` is an object.
    ///
    /// A redaction removes most fields of the content. From [`Level::Strict`](super::Level::Strict) on, a redacted event is valid
    /// without them. [`Level::Schema`](super::Level::Schema) has the verdict of the schemas, and reports a redaction only together
    /// with violations.
    ///
    /// ```
    /// use matrix_events::validate::{Level, Validator};
    /// use serde_json::json;
    ///
    /// let mut event = json!({
    ///     "type": "m.room.message", "event_id": "$1", "room_id": "!calls:example.org", "sender": "@mira:example.org",
    ///     "origin_server_ts": 1, "content": {}
    /// });
    /// let redaction = event.clone();
    /// event["unsigned"] = json!({"redacted_because": redaction});
    /// let validator = Validator::new();
    /// let report = validator.validate_value(&event);
    /// assert!(!report.is_valid() && report.is_redacted());
    /// assert!(validator.level(Level::Strict).is_valid(&event));
    /// ```
    pub fn is_redacted(&self) -> bool {
        self.is_redacted
    }

    /// Returns `true` if the event type has no schema. Such an event is validated against the schema that all events have in
    /// common, so its content can have any members.
    ///
    /// From [`Level::Strict`](super::Level::Strict) on, unstable names of an event type select the schema of the type.
    ///
    /// ```
    /// use matrix_events::validate::{Form, Validator};
    ///
    /// let validator = Validator::new().form(Form::ContentOnly);
    /// assert!(!validator.validate(br#"{"type": "m.direct", "content": {}}"#).is_unknown_type());
    ///
    /// let report = validator.validate(br#"{"type": "m.drect", "content": {}}"#);
    /// assert!(report.is_valid() && report.is_unknown_type());
    /// ```
    pub fn is_unknown_type(&self) -> bool {
        self.is_unknown_type
    }

    /// Returns the violations, sorted by JSON pointer.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Returns the number of violations that the report does not contain.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// Iterates over the violations, sorted by JSON pointer.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.violations.iter()
    }

    /// Returns the number of violations in the report.
    pub fn len(&self) -> usize {
        self.violations.len()
    }

    /// Returns `true` if the event has no violations, as [`is_valid`](Self::is_valid) does.
    pub fn is_empty(&self) -> bool {
        self.violations.is_empty()
    }
}

impl<'r> IntoIterator for &'r Report {
    type Item = &'r Violation;
    type IntoIter = std::slice::Iter<'r, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Report {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.violations.into_iter()
    }
}

/// Formats each violation on a line, followed by the number of omitted violations, and by a line for a redacted event.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{violation}")?;
        }
        if self.omitted > 0 {
            write!(f, "\nand {} more", self.omitted)?;
        }
        if self.is_redacted && !self.is_valid() {
            write!(f, "\nthe event is redacted")?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// Serializes the report as `{"valid": …, "redacted": …, "violations": […], "omitted": …}`.
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("valid", &self.is_valid())?;
        map.serialize_entry("redacted", &self.is_redacted)?;
        map.serialize_entry("violations", &self.violations)?;
        map.serialize_entry("omitted", &self.omitted)?;
        map.end()
    }
}
