//! The kinds of push rules.

use std::fmt;

/// The [kind](https://spec.matrix.org/latest/client-server-api/#push-rules) of a push rule, which determines when the rule is
/// checked. The variants are in the order in which the kinds are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RuleKind {
    /// A rule with conditions that is checked first.
    Override,
    /// A rule with a pattern for the body of messages.
    Content,
    /// A rule for a room. The rule ID is the room ID.
    Room,
    /// A rule for a sender. The rule ID is the user ID.
    Sender,
    /// A rule with conditions that is checked last.
    Underride,
}

impl RuleKind {
    /// The kinds, in the order in which they are checked.
    pub const ALL: [Self; 5] = [Self::Override, Self::Content, Self::Room, Self::Sender, Self::Underride];

    /// Returns the name of the kind in URLs and in rule sets.
    #[inline]
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Override => "override",
            Self::Content => "content",
            Self::Room => "room",
            Self::Sender => "sender",
            Self::Underride => "underride",
        }
    }

    /// Returns the kind with a name. Returns `None` for any other text.
    ///
    /// ```
    /// use matrix_events::push::RuleKind;
    ///
    /// assert_eq!(RuleKind::parse("underride"), Some(RuleKind::Underride));
    /// assert_eq!(RuleKind::parse("Underride"), None);
    /// ```
    #[inline]
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl fmt::Display for RuleKind {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
