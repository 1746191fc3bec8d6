//! The public error of deserialization: a parse error with its location.

use std::fmt;

use super::cursor::{Cursor, JsonType};
use super::parse_error::{ParseError, ParseErrorKind};
use super::pointer::printable;

impl ParseError {
    /// Converts the error to an [`Error`] with line and column relative to a value that starts at `offset` in the text.
    pub fn explain_within(self, value: &str, offset: usize) -> Error {
        Self { at: self.at.saturating_sub(offset), ..self }.explain(value)
    }

    /// Converts the error to an [`Error`] with line, column and JSON pointer. `text` is the parsed text.
    #[cold]
    pub(crate) fn explain(self, text: &str) -> Error {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        let found = Cursor::new(text.get(self.at..).unwrap_or_default()).json_type().ok();
        let offset = before.len();
        Error {
            kind: self.kind,
            found,
            position: Position { line, column, offset },
            pointer: Cursor::new(text).pointer_at(self.at),
        }
    }
}

/// A position in a text.
///
/// ```
/// let error = matrix_events::from_str::<matrix_events::AnyTimelineEvent>("{\n  \"type\": x}").unwrap_err();
/// let position = error.position();
/// assert_eq!((position.line, position.column, position.offset), (2, 11, 12));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted in characters from 1.
    pub column: usize,
    /// The offset in bytes, counted from 0.
    pub offset: usize,
}

/// The error of deserialization: the expected value, and the location of the error in the text.
///
/// ```
/// use matrix_events::call::invite::CallInviteEventContent;
///
/// let error = matrix_events::from_str::<CallInviteEventContent>(r#"{"offer": {"type": "offer"}}"#).unwrap_err();
/// assert_eq!(error.to_string(), "required property `sdp` is missing at /offer (line 1, column 11)");
/// assert_eq!((error.pointer(), error.line(), error.column()), ("/offer", 1, 11));
///
/// let error = matrix_events::from_str::<CallInviteEventContent>(r#"{"lifetime": "1m"}"#).unwrap_err();
/// assert_eq!(error.to_string(), "expected an integer, found a string at /lifetime (line 1, column 14)");
/// assert!(!error.is_syntax());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ParseErrorKind,
    /// The JSON type of the value at the location.
    found: Option<JsonType>,
    position: Position,
    pointer: String,
}

impl Error {
    /// Returns the JSON pointer (RFC 6901) of the invalid value. It is empty for the whole text.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns the line of the error, counted from 1.
    pub fn line(&self) -> usize {
        self.position.line
    }

    /// Returns the column of the error, counted in characters from 1.
    pub fn column(&self) -> usize {
        self.position.column
    }

    /// Returns the position of the error in the text that was deserialized. The error of a malformed event has the position in
    /// the text of the event.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Returns `true` if the text is not JSON.
    ///
    /// ```
    /// use matrix_events::AnySyncTimelineEvent;
    ///
    /// let error = matrix_events::from_str::<AnySyncTimelineEvent>(r#"{"type": "m.room.name", "content": 1e}"#).unwrap_err();
    /// assert!(error.is_syntax());
    ///
    /// let error = matrix_events::from_str::<AnySyncTimelineEvent>("1").unwrap_err();
    /// assert!(!error.is_syntax());
    /// ```
    pub fn is_syntax(&self) -> bool {
        self.kind.is_syntax()
    }

    /// Displays the error without line and column. A value inside a larger text has a different line and column there.
    pub(crate) fn in_value(&self) -> impl fmt::Display + '_ {
        InValue(self)
    }
}

struct InValue<'e>(&'e Error);

impl fmt::Display for InValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            ParseErrorKind::Syntax(what) => write!(f, "failed to parse JSON: {what}")?,
            ParseErrorKind::Limit(what) => write!(f, "unsupported JSON: {what}")?,
            ParseErrorKind::Expected(what) => match self.0.found {
                Some(found) => write!(f, "expected {what}, found {}", found.with_article())?,
                None => write!(f, "expected {what}")?,
            },
            ParseErrorKind::Missing(name) => write!(f, "required property `{name}` is missing")?,
            ParseErrorKind::RepeatedKey => f.write_str("an object repeats a key")?,
            ParseErrorKind::Constant(name, value) => write!(f, "expected `{name}` to be `{value}`")?,
            ParseErrorKind::Incomplete => f.write_str("expected a value that deserializes completely")?,
        }
        match self.0.pointer() {
            "" => Ok(()),
            pointer => write!(f, " at {}", printable(pointer)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (line {}, column {})", self.in_value(), self.line(), self.column())
    }
}

impl std::error::Error for Error {}
