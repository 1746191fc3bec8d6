//! The event schemas of the specification as data: the event types, their fields with descriptions, and JSON Schemas.
//!
//! ```
//! use matrix_events::schema;
//!
//! let invite = schema::event("m.call.invite").expect("the specification has it");
//! let metadata = invite.fields().find(|field| field.name == "sdp_stream_metadata").expect("an invite has it");
//! assert_eq!(metadata.since().map(|version| version.to_string()).as_deref(), Some("v1.10"));
//! assert!(!metadata.is_required);
//!
//! // Every event type that a room's state can have, and what was added to the specification lately.
//! let state = schema::events().filter(|event| event.kinds.contains(&schema::Kind::State)).count();
//! let new = schema::events().filter(|event| event.since() >= Some(schema::Version::new(1, 11)));
//! assert!(state > 20 && new.count() > 0);
//! ```

#[doc(inline)]
pub use matrix_events_runtime::schema::{Event, Field, Kind, Schema, SchemaVariant, Version};

use crate::__private::EventTable;
use crate::events::constraints::{self, ANY_EDU, ANY_EVENT, EDUS, EVENTS, RELEASE, SERVER_MEMBERS};

/// What the validators know of the release.
pub(crate) static TABLE: EventTable = EventTable {
    events: EVENTS,
    edus: EDUS,
    find: constraints::named,
    any_event: ANY_EVENT,
    any_edu: ANY_EDU,
    server_members: &SERVER_MEMBERS,
};

/// The release of the specification that the types and validators are generated from.
pub const fn release() -> Option<Version> {
    RELEASE
}

/// All event types, in the order of their names.
pub fn events() -> impl ExactSizeIterator<Item = &'static Event> {
    EVENTS.iter().copied()
}

/// All types of ephemeral data units, which servers send each other.
pub fn edus() -> impl ExactSizeIterator<Item = &'static Event> {
    EDUS.iter().copied()
}

/// The event type of a name, or of one that its schema takes for the same.
pub fn event(event_type: &str) -> Option<&'static Event> {
    constraints::named(event_type)
}

/// The type of ephemeral data units of a name. Such a unit may have the type of an event without being one.
pub fn edu(edu_type: &str) -> Option<&'static Event> {
    TABLE.edu(edu_type)
}
