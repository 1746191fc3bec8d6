//! All that is wrong with an event.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::violation::{Rule, Violation};
use super::walk::MOST;
use crate::json::Error;

/// The violations of an event, in the order of their places in it. At most a thousand of them are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    violations: Vec<Violation>,
    omitted: usize,
}

impl Report {
    pub(super) const fn empty() -> Self {
        Self { violations: Vec::new(), omitted: 0 }
    }

    pub(super) fn of(mut violations: Vec<Violation>, omitted: usize) -> Self {
        violations.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        Self { violations, omitted }
    }

    pub(super) fn not_json(error: &Error) -> Self {
        let found = format!("a text that isn't JSON at line {}, column {}", error.line(), error.column());
        let pointer = error.pointer().to_owned();
        Self::of(vec![Violation::stated_by_none(pointer, Rule::Syntax, error.to_string(), found, "a JSON text")], 0)
    }

    pub(super) fn not_utf8(bytes: &[u8], valid: usize) -> Self {
        let before = bytes.get(..valid).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let message = format!("not JSON: byte {valid} of the text isn't UTF-8 (line {line})");
        let (found, expected) = ("a byte that isn't UTF-8", "a JSON text in UTF-8");
        Self::of(vec![Violation::stated_by_none(String::new(), Rule::Syntax, message, found, expected)], 0)
    }

    /// Adds what another walk has found, as far as there is room.
    pub(super) fn extend(&mut self, more: Vec<Violation>, omitted: usize) {
        let room = MOST.saturating_sub(self.violations.len()).min(more.len());
        let omitted = self.omitted + omitted + more.len() - room;
        let all = std::mem::take(&mut self.violations).into_iter().chain(more.into_iter().take(room));
        *self = Self::of(all.collect(), omitted);
    }

    /// Whether nothing is wrong.
    pub fn is_valid(&self) -> bool {
        self.violations.is_empty()
    }

    /// What is wrong, in the order of the places.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// How many violations there are beyond those that the report holds.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// Walks through what is wrong.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.violations.iter()
    }

    /// How many violations the report holds.
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

/// A line for each violation, and one for those that are left out.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{violation}")?;
        }
        if self.omitted > 0 {
            write!(f, "\nand {} more", self.omitted)?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// `{"valid": …, "violations": […], "omitted": …}`
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("valid", &self.is_valid())?;
        map.serialize_entry("violations", &self.violations)?;
        map.serialize_entry("omitted", &self.omitted)?;
        map.end()
    }
}
