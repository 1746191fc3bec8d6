//! Custom events, generated on top of `matrix-events`: polls, for which the specification has no events.
//!
//! ```
//! use own_events::poll::start::PollStartEventContent;
//! use own_events::AnyTimelineEvent;
//!
//! let json = r#"{"type": "org.example.poll.start", "event_id": "$p", "sender": "@mira:example.org", "room_id": "!r:example.org",
//!     "origin_server_ts": 1, "content": {"kind": "disclosed", "question": "Which bed gets the tomatoes?",
//!     "answers": [{"id": "south", "text": "The southern one"}], "org.example.colour": "teal"}}"#;
//! let event: AnyTimelineEvent = matrix_events::from_str(json).unwrap();
//! match &event {
//!     AnyTimelineEvent::PollStart(poll) => match &poll.content {
//!         PollStartEventContent::Disclosed(poll) => assert_eq!(poll.answers[0].text, "The southern one"),
//!         other => panic!("{other:?}"),
//!     },
//!     // Events of the specification, and untyped events.
//!     AnyTimelineEvent::Other(matrix_events::AnyTimelineEvent::RoomMessage(message)) => panic!("{message:?}"),
//!     other => panic!("{other:?}"),
//! }
//! assert_eq!(serde_json::to_value(&event).unwrap(), serde_json::from_str::<serde_json::Value>(json).unwrap());
//! ```

// Emitted files have a different format, and their test is as long as the list of examples.
#[rustfmt::skip]
#[allow(clippy::too_many_lines)]
mod events;

pub use events::any::*;
pub use events::*;
