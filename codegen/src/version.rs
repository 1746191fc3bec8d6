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
    /// Parses `1.19` or `v1.19`.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.strip_prefix('v').unwrap_or(text).split_once('.')?;
        Some(Self { major: major.parse().ok()?, minor: minor.parse().ok()? })
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
