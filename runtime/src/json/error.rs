//! The public error of deserialization: a parse error with its place.

use std::fmt;

use super::cursor::Cursor;
use super::parse_error::{ParseError, ParseErrorKind};
use super::pointer::printable;

impl ParseError {
    /// Explains the error for a value in the middle of a text. The place is relative to the start of the value.
    pub fn explain_within(self, value: &str, offset: usize) -> Error {
        Self { at: self.at.saturating_sub(offset), ..self }.explain(value)
    }

    /// Converts the error to an [`Error`] with line, column and JSON pointer. `text` is the parsed text.
    #[cold]
    pub(crate) fn explain(self, text: &str) -> Error {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        Error { kind: self.kind, line, column, pointer: Cursor::new(text).pointer_at(self.at) }
    }
}

/// The error of a failed deserialization: the expected JSON, and the place of the value.
///
/// ```
/// use matrix_events::call::invite::CallInviteEventContent;
///
/// let error = matrix_events::from_str::<CallInviteEventContent>(r#"{"offer": {"type": "offer"}}"#).unwrap_err();
/// assert_eq!(error.to_string(), "required property `sdp` is missing at /offer (line 1, column 11)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ParseErrorKind,
    line: usize,
    column: usize,
    pointer: String,
}

impl Error {
    /// The JSON pointer (RFC 6901) of the value that doesn't fit; empty for the text as a whole.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The line of the text, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in the line, counted in characters from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Whether the text can't be read as JSON at all, as opposed to JSON of another shape. What RFC 8259 allows and this crate
    /// doesn't read is among that: a number beyond `f64`, half of a surrogate pair, lists and objects 128 deep.
    pub fn is_syntax(&self) -> bool {
        self.kind.is_syntax()
    }

    /// Whether an object lacks a member.
    #[doc(hidden)]
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, ParseErrorKind::Missing(_))
    }

    /// What is wrong and in which value, without line and column: those mean nothing where the text is a part of another.
    pub(crate) fn in_value(&self) -> impl fmt::Display + '_ {
        InValue(self)
    }
}

struct InValue<'e>(&'e Error);

impl fmt::Display for InValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            ParseErrorKind::Syntax(what) => write!(f, "not JSON: {what}")?,
            ParseErrorKind::Limit(what) => write!(f, "not to be read: {what}")?,
            ParseErrorKind::Expected(what) => write!(f, "expected {what}")?,
            ParseErrorKind::Missing(name) => write!(f, "required property `{name}` is missing")?,
            ParseErrorKind::RepeatedKey => f.write_str("an object repeats a key")?,
            ParseErrorKind::Constant(name, value) => write!(f, "expected `{name}` to be `{value}`")?,
        }
        match self.0.pointer() {
            "" => Ok(()),
            pointer => write!(f, " at {}", printable(pointer)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (line {}, column {})", self.in_value(), self.line, self.column)
    }
}

impl std::error::Error for Error {}
