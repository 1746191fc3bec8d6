//! Versions of the specification.

use std::fmt;
use std::str::FromStr;

/// The version of a release of the Matrix specification, such as `v1.19`.
///
/// ```
/// use matrix_events::schema::Version;
///
/// let version: Version = "v1.10".parse()?;
/// assert_eq!(version, Version::new(1, 10));
/// assert!(version > Version::new(1, 9));
/// assert_eq!(version.to_string(), "v1.10");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The major version.
    pub major: u16,
    /// The minor version.
    pub minor: u16,
}

impl Version {
    /// Creates a version from its numbers.
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

    /// Parses a version such as `v1.19` or `1.19`.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not two numbers that are separated by a dot.
    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let (major, minor) = text.strip_prefix('v').unwrap_or(text).split_once('.').ok_or(NotAVersion)?;
        let number = |digits: &str| digits.parse().map_err(|_| NotAVersion);
        Ok(Self::new(number(major)?, number(minor)?))
    }
}

/// The error of parsing a [`Version`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAVersion;

impl fmt::Display for NotAVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a release of the specification, such as v1.19")
    }
}

impl std::error::Error for NotAVersion {}
