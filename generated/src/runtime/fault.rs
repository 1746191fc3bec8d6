//! What can be wrong with a JSON text, cheap to raise and to throw away: an optional field that doesn't fit raises
//! one, and most of those are caught a line later.

use std::fmt;

use super::cursor::Cursor;
use super::pointer::printable;

/// Why a value couldn't be read, and at which byte of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) at: usize,
}

/// The two families matter: a text that isn't JSON is lost, a value of another shape can be kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The text isn't JSON.
    Syntax(&'static str),
    /// The text is JSON, but not what the type wants here.
    Expected(&'static str),
    /// An object lacks a property that its type can't do without.
    Missing(&'static str),
    /// A property that has one possible value has another.
    Constant(&'static str, &'static str),
}

impl Fault {
    pub(crate) fn syntax(what: &'static str, at: usize) -> Self {
        Self { kind: FaultKind::Syntax(what), at }
    }

    pub(crate) fn is_syntax(&self) -> bool {
        matches!(self.kind, FaultKind::Syntax(_))
    }

    /// The same for a value in the middle of a text: places are told from the beginning of the value.
    pub(crate) fn explain_within(self, value: &str, offset: usize) -> Error {
        Self { at: self.at.saturating_sub(offset), ..self }.explain(value)
    }

    /// Turns the fault into an [`Error`], which knows line, column and JSON pointer; `text` is what was read.
    #[cold]
    pub(crate) fn explain(self, text: &str) -> Error {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        Error { kind: self.kind, line, column, pointer: Cursor::new(text).pointer_at(self.at) }
    }
}

/// Why a text couldn't be read into a type: what was expected, and where.
///
/// ```
/// use matrix_events::call::invite::CallInviteEventContent;
///
/// let error = matrix_events::from_str::<CallInviteEventContent>(r#"{"offer": {"type": "offer"}}"#).unwrap_err();
/// assert_eq!(error.to_string(), "required property `sdp` is missing at /offer (line 1, column 11)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: FaultKind,
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

    /// Whether the text isn't JSON at all, as opposed to JSON of another shape.
    pub fn is_syntax(&self) -> bool {
        matches!(self.kind, FaultKind::Syntax(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FaultKind::Syntax(what) => write!(f, "not JSON: {what}")?,
            FaultKind::Expected(what) => write!(f, "expected {what}")?,
            FaultKind::Missing(name) => write!(f, "required property `{name}` is missing")?,
            FaultKind::Constant(name, value) => write!(f, "expected `{name}` to be `{value}`")?,
        }
        if !self.pointer.is_empty() {
            write!(f, " at {}", printable(&self.pointer))?;
        }
        write!(f, " (line {}, column {})", self.line, self.column)
    }
}

impl std::error::Error for Error {}
