//! All that is wrong with an event.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::violation::{Rule, Violation};
use crate::runtime::Error;

/// All that is wrong with an event, in the order of the places in it; empty if nothing is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    violations: Vec<Violation>,
}

impl Report {
    pub(super) const fn empty() -> Self {
        Self { violations: Vec::new() }
    }

    pub(super) fn of(mut violations: Vec<Violation>) -> Self {
        violations.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        Self { violations }
    }

    pub(super) fn not_json(error: &Error) -> Self {
        Self::of(vec![Violation {
            pointer: error.pointer().to_owned(),
            rule: Rule::Syntax,
            message: error.to_string(),
            found: format!("a text that isn't JSON at line {}, column {}", error.line(), error.column()),
            expected: "a JSON text".to_owned(),
            place: "",
            since: None,
            suggestion: None,
        }])
    }

    pub(super) fn not_utf8(bytes: &[u8], valid: usize) -> Self {
        let before = bytes.get(..valid).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Self::of(vec![Violation {
            pointer: String::new(),
            rule: Rule::Syntax,
            message: format!("not JSON: byte {valid} of the text isn't UTF-8 (line {line})"),
            found: "a byte that isn't UTF-8".to_owned(),
            expected: "a JSON text in UTF-8".to_owned(),
            place: "",
            since: None,
            suggestion: None,
        }])
    }

    pub(super) fn extend(&mut self, more: Vec<Violation>) {
        let all = std::mem::take(&mut self.violations).into_iter().chain(more);
        *self = Self::of(all.collect());
    }

    /// Whether nothing is wrong.
    pub fn is_valid(&self) -> bool {
        self.violations.is_empty()
    }

    /// What is wrong, in the order of the places.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Walks through what is wrong.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.violations.iter()
    }

    /// How many things are wrong.
    pub fn len(&self) -> usize {
        self.violations.len()
    }

    /// Whether nothing is wrong: the same as [`is_valid`](Self::is_valid).
    pub fn is_empty(&self) -> bool {
        self.violations.is_empty()
    }
}

impl<'r> IntoIterator for &'r Report {
    type Item = &'r Violation;
    type IntoIter = std::slice::Iter<'r, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Report {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.violations.into_iter()
    }
}

/// A line for each violation.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// `{"valid": …, "violations": […]}`
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("valid", &self.is_valid())?;
        map.serialize_entry("violations", &self.violations)?;
        map.end()
    }
}
