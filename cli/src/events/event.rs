//! An event with its origin and its position.

use std::borrow::Cow;
use std::collections::BTreeMap;

use matrix_events::tools::{FoundEvent, Origin};
use serde_json::value::RawValue;

use super::position::{Position, Tracker};

/// An event, or a text that should contain an event.
#[derive(Clone, Debug)]
pub(crate) struct Event<'t> {
    pub(crate) text: &'t str,
    pub(crate) origin: Origin,
    /// The JSON pointer of the event in its document or in its line.
    pub(crate) pointer: Cow<'t, str>,
    /// The position of the event in the file.
    pub(crate) position: Position,
}

/// The members of an object as JSON text.
pub(crate) type Members<'t> = BTreeMap<String, &'t RawValue>;

impl<'t> Event<'t> {
    /// Creates an event that was found in a document.
    pub(crate) fn found(found: &'t FoundEvent, document: &'t str, position: Position) -> Self {
        let text = document.get(found.range.clone()).unwrap_or_default();
        Self { text, origin: found.origin, pointer: found.pointer(), position }
    }

    /// Returns the position of an offset in the event.
    pub(crate) fn position_of(&self, offset: usize) -> Position {
        Tracker::new(self.text.as_bytes(), 0, self.position).advance(offset)
    }

    /// Returns the members, or no members if the value is not an object.
    pub(crate) fn members(&self) -> Members<'_> {
        serde_json::from_str(self.text).unwrap_or_default()
    }
}

/// Returns a member that is a string.
pub(crate) fn string_in(members: &Members<'_>, key: &str) -> Option<String> {
    serde_json::from_str(members.get(key)?.get()).ok()
}
