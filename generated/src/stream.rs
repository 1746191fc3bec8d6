//! The events in the bodies of responses and requests: in the text of a body, or in a deserialized body.
//!
//! [`Body::events_in`](crate::schema::Body::events_in) iterates over the events in the text of a body in one pass, with constant
//! memory. It suits large responses, and programs that need only some of the events. An [`EventText`] has the place of the event,
//! and [`AnyEvent::deserialize`](crate::AnyEvent::deserialize) deserializes it as the enum of its place.
//!
//! ```
//! use matrix_events::responses::sync::SyncResponse;
//! use matrix_events::AnyEvent;
//!
//! let body = br#"{"next_batch": "s2", "rooms": {"join": {"!garden:example.org": {
//!     "state": {"events": [{"type": "m.room.name", "state_key": "", "content": {"name": "Garden"}}]},
//!     "timeline": {"events": [{"type": "m.room.message", "content": {"msgtype": "m.text", "body": "Hi"}}]}
//! }}}}"#;
//! let mut texts = Vec::new();
//! for event in SyncResponse::BODY.events_in(body) {
//!     let event = event?;
//!     // Other events are not deserialized.
//!     if event.section() == "rooms.join.*.timeline.events[]" {
//!         let AnyEvent::SyncTimeline(message) = AnyEvent::deserialize(&event)? else { panic!("{event:?}") };
//!         texts.push((event.room_id().unwrap_or_default().to_owned(), message.event_type().to_owned()));
//!     }
//! }
//! assert_eq!(texts, [("!garden:example.org".to_owned(), "m.room.message".to_owned())]);
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! The methods `events` and `events_mut` of a deserialized body iterate over its events. An [`InBody`] has an event with its place.
//!
//! ```
//! use matrix_events::responses::sync::SyncResponse;
//! use matrix_events::{AnyEventMut, AnyEventRef};
//!
//! let mut response: SyncResponse = matrix_events::from_str(
//!     r#"{"next_batch": "s2", "rooms": {"join": {"!garden:example.org": {
//!         "timeline": {"events": [{"type": "m.room.name", "state_key": "", "content": {"name": "Garden"}}]}
//!     }}}}"#,
//! )?;
//! for found in response.events() {
//!     let AnyEventRef::SyncTimeline(event) = found.event else { panic!("{found:?}") };
//!     assert_eq!((found.room_id, event.event_type()), (Some("!garden:example.org"), "m.room.name"));
//! }
//! for found in response.events_mut() {
//!     if let AnyEventMut::SyncTimeline(event) = found.event {
//!         *event = matrix_events::from_str("{}")?;
//!     }
//! }
//! assert!(response.events().all(|found| found.event.event_type().is_empty()));
//! # Ok::<(), matrix_events::Error>(())
//! ```

#[doc(inline)]
pub use matrix_events_runtime::schema::{EventText, EventTexts, InBody};
