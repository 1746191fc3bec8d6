//! Releases of the specification.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::node::Node;

/// A release of the Matrix specification, such as v1.19.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version {
    /// The number before the dot.
    pub major: u16,
    /// The number after the dot.
    pub minor: u16,
}

impl Version {
    /// The first release with schemas of events in this form.
    pub(crate) const FIRST: Self = Self { major: 1, minor: 1 };

    /// Parses `1.19` or `v1.19`.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| {
            let is_canonical = text == "0" || text.starts_with(|first: char| matches!(first, '1'..='9'));
            text.parse().ok().filter(|_| is_canonical)
        };
        let (major, minor) = text.strip_prefix('v').unwrap_or(text).split_once('.')?;
        Some(Self { major: number(major)?, minor: number(minor)? })
    }

    /// Returns the release after this one.
    pub(crate) fn next(self) -> Self {
        Self { minor: self.minor.saturating_add(1), ..self }
    }

    /// Parses a string or the text of a number. The number `1.10` is the release v1.10, and not v1.1.
    pub fn of(node: &Node) -> Option<Self> {
        match node {
            Node::String(text) => Self::parse(text),
            Node::Number(number) => Self::parse(number.text()),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}.{}", self.major, self.minor)
    }
}
