//! The table of the event types that a validator knows.

use std::fmt;

use super::Event;
use crate::constraints::Constraints;

/// The event types of one release, as `matrix-events` emits them.
#[doc(hidden)]
pub struct EventTable {
    /// All event types, sorted by name.
    pub events: &'static [&'static Event],
    /// All types of ephemeral data units, sorted by name.
    pub edus: &'static [&'static Event],
    /// Finds an event type by a value that its schema allows as the `type`.
    pub find: fn(&str) -> Option<&'static Event>,
    /// The constraints on every event.
    pub any_event: &'static Constraints,
    /// The constraints on every ephemeral data unit.
    pub any_edu: &'static Constraints,
    /// The members that servers add to events although no schema declares them.
    pub server_members: &'static ServerMembers,
}

/// The members that servers add to events although no schema declares them.
#[doc(hidden)]
#[derive(Debug)]
pub struct ServerMembers {
    /// The members of an event.
    pub event: &'static [&'static str],
    /// The members of `unsigned`.
    pub unsigned: &'static [&'static str],
    /// The members of the content of an event type, each with the event type.
    pub content: &'static [(&'static str, &'static str)],
}

impl EventTable {
    /// A table without an event type.
    pub const EMPTY: Self = Self {
        events: &[],
        edus: &[],
        find: |_| None,
        any_event: &Constraints::ANY,
        any_edu: &Constraints::ANY,
        server_members: &ServerMembers { event: &[], unsigned: &[], content: &[] },
    };

    /// Returns the type of ephemeral data units with a name. A type of events can have the same name.
    pub fn edu(&self, edu_type: &str) -> Option<&'static Event> {
        self.edus.iter().copied().find(|edu| edu.is_of(edu_type))
    }
}

impl fmt::Debug for EventTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventTable").finish_non_exhaustive()
    }
}
