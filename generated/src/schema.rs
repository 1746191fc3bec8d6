//! The event schemas of the specification as data: event types, fields, descriptions and JSON Schema documents.
//!
//! ```
//! use matrix_events::schema::{self, Kind, Version};
//!
//! let invite = schema::event("m.call.invite").expect("an event type of the specification");
//! let metadata = invite.fields().find(|field| field.name == "sdp_stream_metadata").expect("a field of the content");
//! assert_eq!(metadata.since(), Some(Version::new(1, 10)));
//! assert!(!metadata.is_required);
//!
//! let state = schema::events().filter(|event| event.kinds.contains(&Kind::State));
//! let recent = schema::events().filter(|event| event.since() >= Some(Version::new(1, 11)));
//! assert!(state.count() > 20 && recent.count() > 0);
//! ```

#[doc(inline)]
pub use matrix_events_runtime::schema::{Body, Event, Field, Kind, Schema, SchemaVariant, Version};

use crate::__private::EventTable;
use crate::events::constraints::{self, ANY_EDU, ANY_EVENT, BODIES, EDUS, EVENTS, RELEASE, SERVER_MEMBERS};

/// The tables of the validators.
pub(crate) static TABLE: EventTable = EventTable {
    events: EVENTS,
    edus: EDUS,
    find: constraints::named,
    any_event: ANY_EVENT,
    any_edu: ANY_EDU,
    server_members: &SERVER_MEMBERS,
};

/// Returns the release of the specification that this crate is generated from, or `None` for a development version.
///
/// ```
/// use matrix_events::schema::{self, Version};
///
/// assert!(schema::release() >= Some(Version::new(1, 19)));
/// ```
pub const fn release() -> Option<Version> {
    RELEASE
}

/// Iterates over all event types, sorted by name.
///
/// ```
/// use matrix_events::schema;
///
/// assert!(schema::events().any(|event| event.event_type == "m.room.message"));
/// ```
pub fn events() -> impl ExactSizeIterator<Item = &'static Event> {
    EVENTS.iter().copied()
}

/// Iterates over all types of ephemeral data units (EDUs), which servers send to each other.
///
/// ```
/// use matrix_events::schema;
///
/// assert!(schema::edus().any(|edu| edu.event_type == "m.device_list_update"));
/// ```
pub fn edus() -> impl ExactSizeIterator<Item = &'static Event> {
    EDUS.iter().copied()
}

/// Iterates over the schemas of the bodies of responses and requests, sorted by name.
///
/// The bodies of the client-server API require the feature `responses`, and those of the federation require `federation`. A body of a
/// proposal also requires the feature of the proposal. Without these features, the iterator is empty.
///
/// ```
/// use matrix_events::schema;
///
/// let has_sync = schema::bodies().any(|body| body.name == "SyncResponse");
/// assert_eq!(has_sync, cfg!(feature = "responses"));
/// ```
pub fn bodies() -> impl ExactSizeIterator<Item = &'static Body> {
    BODIES.iter().copied()
}

/// Returns the event type with a name. The name can also be another value that the schema allows as the `type`.
///
/// ```
/// use matrix_events::schema;
///
/// let receipt = schema::event("m.receipt.private").expect("a value that the schema of `m.receipt` allows");
/// assert_eq!(receipt.event_type, "m.receipt");
/// assert!(schema::event("org.example.poll").is_none());
/// ```
pub fn event(event_type: &str) -> Option<&'static Event> {
    constraints::named(event_type)
}

/// Returns the type of ephemeral data units with a name. An event type can have the same name.
///
/// ```
/// use matrix_events::schema;
///
/// let fields = |event: &'static schema::Event| event.fields().map(|field| field.name).collect::<Vec<_>>();
/// assert_eq!(schema::edu("m.typing").map(fields), Some(vec!["room_id", "typing", "user_id"]));
/// assert_eq!(schema::event("m.typing").map(fields), Some(vec!["user_ids"]));
/// ```
pub fn edu(edu_type: &str) -> Option<&'static Event> {
    TABLE.edu(edu_type)
}
