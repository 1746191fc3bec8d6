//! The error of the cursor. It is cheap to create, since an invalid value of an optional field is an error that is discarded.

/// The reason why a value did not parse, and the byte of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub(crate) kind: ParseErrorKind,
    pub(crate) at: usize,
}

/// The kinds of errors. After a syntax error the text is lost. After any other, the value can be kept as it is.
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
}

impl ParseErrorKind {
    pub(super) fn is_syntax(self) -> bool {
        matches!(self, Self::Syntax(_) | Self::Limit(_))
    }
}

impl ParseError {
    pub(crate) fn syntax(what: &'static str, at: usize) -> Self {
        Self { kind: ParseErrorKind::Syntax(what), at }
    }

    pub(crate) fn limit(what: &'static str, at: usize) -> Self {
        Self { kind: ParseErrorKind::Limit(what), at }
    }

    /// Returns `true` if the text is not supported JSON.
    pub fn is_syntax(&self) -> bool {
        self.kind.is_syntax()
    }
}
