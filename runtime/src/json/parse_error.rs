//! The error of the cursor. It is cheap to create, since an invalid value of an optional field is an error that is discarded.

/// The reason why a value did not parse, and the byte of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub(crate) kind: ParseErrorKind,
    pub(crate) at: usize,
}

/// The kinds of errors. After a syntax error the text is lost, and after a repeated key it is parsed anew. After any other, the
/// value can be kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParseErrorKind {
    /// The text is not JSON.
    Syntax(&'static str),
    /// The text is JSON that this crate does not support.
    Limit(&'static str),
    /// The value has another form than the type expects.
    Expected(&'static str),
    /// A required property of an object is missing.
    Missing(&'static str),
    /// A property that has one possible value has another.
    Constant(&'static str, &'static str),
    /// An object repeats a key. [`from_str`](super::from_str) then starts again without the earlier members, since the last of
    /// several members with one key counts, and counts before any type is chosen.
    RepeatedKey,
}

impl ParseErrorKind {
    pub(super) fn is_syntax(self) -> bool {
        matches!(self, Self::Syntax(_) | Self::Limit(_))
    }

    /// Returns `true` if nothing in the text can be kept.
    pub(super) fn is_fatal(self) -> bool {
        self.is_syntax() || self == Self::RepeatedKey
    }
}

impl ParseError {
    pub(crate) fn syntax(what: &'static str, at: usize) -> Self {
        Self { kind: ParseErrorKind::Syntax(what), at }
    }

    pub(crate) fn limit(what: &'static str, at: usize) -> Self {
        Self { kind: ParseErrorKind::Limit(what), at }
    }

    pub(crate) fn repeated_key(at: usize) -> Self {
        Self { kind: ParseErrorKind::RepeatedKey, at }
    }

    /// Returns `true` if the value cannot be kept as it is.
    pub fn is_fatal(&self) -> bool {
        self.kind.is_fatal()
    }
}
