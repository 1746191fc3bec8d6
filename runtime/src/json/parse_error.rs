//! The error of the cursor. It is cheap to create, because invalid values of optional fields cause errors that are discarded.

/// The error of parsing a value, with its offset in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub(crate) kind: ParseErrorKind,
    pub(crate) at: usize,
}

/// The kinds of parse errors. The whole text fails with the kind `Syntax`, and is parsed again after `RepeatedKey`. After the
/// other kinds, the value can be kept as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParseErrorKind {
    /// The text is not JSON.
    Syntax(&'static str),
    /// The value is JSON that no Rust type represents. [`kept_text`](super::kept_text) describes such values.
    Limit(&'static str),
    /// The value is invalid for the type.
    Expected(&'static str),
    /// A required property of an object is missing.
    Missing(&'static str),
    /// A property with one valid value has another value.
    Constant(&'static str, &'static str),
    /// The value has an unparsed part that no `extra` can keep, such as an invalid element of a list.
    Incomplete,
    /// An object repeats a key. [`from_str`](super::from_str) then parses the text again without the earlier members. The last
    /// value of a key wins, and it wins before a type is chosen.
    RepeatedKey,
}

impl ParseErrorKind {
    pub(super) fn is_syntax(self) -> bool {
        matches!(self, Self::Syntax(_))
    }

    /// Returns `true` if the value cannot be kept as JSON.
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

    /// Returns `true` if the value cannot be kept as JSON.
    pub fn is_fatal(&self) -> bool {
        self.kind.is_fatal()
    }
}
