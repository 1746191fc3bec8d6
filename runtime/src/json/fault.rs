//! What can be wrong with a JSON text, cheap to raise and to throw away: an optional field that doesn't fit raises
//! one, and most of those are caught a line later.

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
    /// The text is JSON, but more than this crate reads.
    Limit(&'static str),
    /// The text is JSON, but not what the type wants here.
    Expected(&'static str),
    /// An object lacks a property that its type can't do without.
    Missing(&'static str),
    /// A property that has one possible value has another.
    Constant(&'static str, &'static str),
}

impl FaultKind {
    pub(super) fn is_syntax(self) -> bool {
        matches!(self, Self::Syntax(_) | Self::Limit(_))
    }
}

impl Fault {
    pub(crate) fn syntax(what: &'static str, at: usize) -> Self {
        Self { kind: FaultKind::Syntax(what), at }
    }

    pub(crate) fn limit(what: &'static str, at: usize) -> Self {
        Self { kind: FaultKind::Limit(what), at }
    }

    /// Whether nothing can be made of the text.
    pub fn is_syntax(&self) -> bool {
        self.kind.is_syntax()
    }
}
