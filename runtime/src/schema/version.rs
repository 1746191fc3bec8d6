//! Releases of the specification.

use std::fmt;
use std::str::FromStr;

/// A release of the Matrix specification. Written as `v1.19`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The first number.
    pub major: u16,
    /// The second number: `v1.10` is newer than `v1.9`.
    pub minor: u16,
}

impl Version {
    /// A release by its two numbers.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = NotAVersion;

    /// Reads `v1.19` or `1.19`.
    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let (major, minor) = text.strip_prefix('v').unwrap_or(text).split_once('.').ok_or(NotAVersion)?;
        let number = |digits: &str| digits.parse().map_err(|_| NotAVersion);
        Ok(Self::new(number(major)?, number(minor)?))
    }
}

/// A text that names no release of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAVersion;

impl fmt::Display for NotAVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a release of the specification, such as v1.19")
    }
}

impl std::error::Error for NotAVersion {}
