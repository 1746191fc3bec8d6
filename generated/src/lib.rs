//! Types for all events that the [Matrix specification](https://spec.matrix.org) has a schema for, generated from those schemas.
//! What it names in prose alone, such as `m.secret_storage.default_key`, is an event of an unknown type here.
//!
//! # Reading anything
//!
//! There is an enum for each place that events come from, over all events that can come from there. Reading one never
//! loses an event: what has an unknown type, what a redaction has emptied and what lacks something its type can't do
//! without are variants of their own, with the JSON that they are. What isn't an object is an error, and so is a text that
//! can't be read as JSON: for `serde_json` and here that includes a number beyond `f64`, half of a surrogate pair, and lists and
//! objects 128 deep. Such an event in a list makes an error of the whole list.
//!
//! ```
//! use matrix_events::{call::StreamPurpose, AnyTimelineEvent};
//!
//! let json = r#"{
//!     "type": "m.call.invite", "event_id": "$Rk1V", "room_id": "!calls:example.org", "sender": "@mira:example.org",
//!     "origin_server_ts": 1741860298455,
//!     "content": {
//!         "call_id": "c1", "party_id": "p1", "version": "1", "lifetime": 60000,
//!         "offer": {"type": "offer", "sdp": "v=0"},
//!         "sdp_stream_metadata": {"8140927536": {"purpose": "m.screenshare", "org.example.fps": 5}}
//!     }
//! }"#;
//! let event: AnyTimelineEvent = serde_json::from_str(json)?;
//! assert_eq!((event.event_type(), event.sender()), ("m.call.invite", Some("@mira:example.org")));
//!
//! if let AnyTimelineEvent::CallInvite(invite) = &event {
//!     let streams = invite.content.sdp_stream_metadata.as_ref().expect("the invite describes its streams");
//!     assert_eq!(streams["8140927536"].purpose, StreamPurpose::ScreenShare);
//! }
//!
//! // What the types don't know is kept, and written back.
//! assert_eq!(serde_json::to_value(&event)?, serde_json::from_str::<serde_json::Value>(json)?);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! [`from_str`] and [`from_slice`] read the same without the way through `serde`, in four fifths of the time;
//! [`to_string`] and [`to_vec`] write the same.
//!
//! # One odd field costs only itself
//!
//! An optional field of another JSON type reads as absent. Its JSON is kept, written back, and can be asked for.
//!
//! ```
//! use matrix_events::AnyStateEvent;
//!
//! let event: AnyStateEvent = serde_json::from_str(
//!     r#"{"type": "m.room.member", "state_key": "@mira:example.org", "sender": "@mira:example.org",
//!         "content": {"membership": "join", "displayname": 7, "avatar_url": null}}"#,
//! )?;
//! let odd: Vec<String> = event.invalid_fields().iter().map(ToString::to_string).collect();
//! assert_eq!(odd, ["/content/avatar_url: null doesn't fit its type", "/content/displayname: 7 doesn't fit its type"]);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Unknown, redacted and malformed events
//!
//! They are events as well. Each has the JSON that it was read from, and the members of an envelope that are there.
//!
//! ```
//! use matrix_events::AnySyncTimelineEvent;
//!
//! fn headline(json: &str) -> Result<String, serde_json::Error> {
//!     Ok(match serde_json::from_str(json)? {
//!         AnySyncTimelineEvent::RoomName(name) => format!("the room is called {:?}", name.content.name),
//!         AnySyncTimelineEvent::Redacted(event) => format!("a redacted {}", event.json()["type"]),
//!         AnySyncTimelineEvent::Malformed(event) => format!("malformed: {}", event.reason()),
//!         AnySyncTimelineEvent::Unknown(event) => format!("{}", event.json()["content"]["answer"]),
//!         other => other.event_type().to_owned(),
//!     })
//! }
//!
//! assert_eq!(headline(r#"{"type": "org.example.poll", "content": {"answer": 42}}"#)?, "42");
//! let redacted = r#"{"type": "m.room.message", "event_id": "$1", "sender": "@mira:example.org", "origin_server_ts": 1,
//!     "content": {}, "unsigned": {"redacted_because": {"type": "m.room.redaction", "content": {}}}}"#;
//! assert_eq!(headline(redacted)?, r#"a redacted "m.room.message""#);
//! let malformed = headline(r#"{"type": "m.room.member", "state_key": "@lev:example.org", "content": {"membership": 7}}"#)?;
//! assert!(malformed.starts_with("malformed: ") && malformed.contains("/content/membership"), "{malformed}");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! State comes from two places of `/sync`, the timeline among them: [`AnySyncTimelineEvent::into_state`] makes one of both.
//!
//! # Writing
//!
//! Every content has a `new` with what the specification requires; the other fields are public.
//!
//! ```
//! use matrix_events::room::message::{RoomMessageEventContent, TextMessageEventContent};
//!
//! let mut text = TextMessageEventContent::new("The seedlings are up!");
//! text.extra.insert("org.example.mood", "proud");
//! let content = RoomMessageEventContent::from(text);
//! assert_eq!(
//!     serde_json::to_string(&content)?,
//!     r#"{"msgtype":"m.text","body":"The seedlings are up!","org.example.mood":"proud"}"#,
//! );
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! What didn't fit a field, or an element of a list, stays with it until it is read anew or [removed](Extra::remove): odd
//! elements keep their places in a list that is changed, odd entries stand beside those of a map. Whoever replaces a list
//! or a map as a whole takes out what was left of the old one.
//!
//! ```
//! use matrix_events::room::pinned_events::RoomPinnedEventsEventContent;
//!
//! let mut content: RoomPinnedEventsEventContent = serde_json::from_str(r#"{"pinned": ["$old", 7]}"#)?;
//! content.pinned = vec!["$new".into()];
//! assert_eq!(serde_json::to_string(&content)?, r#"{"pinned":["$new",7]}"#);
//! content.extra.remove("pinned");
//! assert_eq!(serde_json::to_string(&content)?, r#"{"pinned":["$new"]}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Replies, messages of a thread and edits say so in their `relates_to`: [`RelatesTo`](common::RelatesTo) makes it, and tells
//! of one that was read what it is.
//!
//! # Checking
//!
//! Reading says nothing of whether an event is what the specification asks for. [`validate`](mod@validate) does: all that
//! is wrong, each with its place, from the bytes or from a value. The module says how to ask for more than the schemas do,
//! or for the forms of an event that lack some members.
//!
//! ```
//! use matrix_events::{call::hangup::CallHangupEventContent, EventContent};
//!
//! let report = CallHangupEventContent::SCHEMA.validate(br#"{"call_id": "c1", "version": "1", "reason": "bored"}"#);
//! let places: Vec<&str> = report.iter().map(|violation| violation.pointer()).collect();
//! assert_eq!(places, ["", "/reason"]); // `party_id` is missing, and nobody hangs up for that reason
//! ```
//!
//! What is to be sent can be checked on its way out: [`to_json_checked`](EventContent::to_json_checked) of a content or an
//! event gives the JSON, or all that the specification has against it.
//!
//! ```
//! use matrix_events::{room::topic::RoomTopicEventContent, EventContent};
//!
//! let mut content = RoomTopicEventContent::new("Seedlings");
//! assert_eq!(content.to_json_checked()?, r#"{"topic":"Seedlings"}"#);
//!
//! content.extra.insert("org.example.humidity", 0.5);
//! let report = content.to_json_checked().unwrap_err();
//! assert!(report.to_string().starts_with("/org.example.humidity: 0.5 is no number of canonical JSON"));
//! # Ok::<(), matrix_events::Report>(())
//! ```
//!
//! [`schema`] has the same facts as data: every event type, its fields, and the JSON Schema of each.
//!
//! # Calls
//!
//! [`voip`] says which streams of a call to show and as what, and describes one's own. An invite that tells a client which
//! of two streams is the screen:
//!
//! ```
//! use matrix_events::voip::{OutgoingStreams, Purpose, StreamId, StreamSupport};
//!
//! let mut ours = OutgoingStreams::with_peer_support(StreamSupport::Many);
//! ours.add(StreamId::new("6091738254")?, Purpose::UserMedia)?;
//! ours.add(StreamId::new("3386150472")?, Purpose::ScreenShare)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What input can cost
//!
//! Reading takes at most a hundred and fifty times the size of the text in memory, whatever the text is made of;
//! `serde_json::Value` takes as much, for many small objects in each other. A long string is held once. Validating takes no
//! more than that, and three megabytes for the report at most, if no key is longer than that: [`Report::omitted`] tells how many
//! violations it leaves out.
//!
//! # Your own events
//!
//! A crate of your own can have types like these for events that the specification doesn't know, generated from schemas
//! of your own: `cargo xtask regen --extend <folder>` in the repository of this crate. Its enums have a variant for each
//! of those events, and one, `Other`, that holds the enum of this crate. The folder `examples/own-events` of the repository
//! is such a crate, and its README says how to make one.
//!
//! # Features
//!
//! None is on unless it is asked for.
//!
//! - `schemars`: `JsonSchema` of `schemars` 1 for every content, and a macro `json_schema` for contents of your own.
//! - `arbitrary`: `Arbitrary` for events, contents, identifiers and [`Extra`], to fuzz programs that take events.
//! - `ruma`: conversions to and from the identifiers of `ruma-common` 0.20. [`migration`] describes their use.
//!
//! # What stands where
//!
//! - A module for each event type: [`call::invite`], [`room::member`], [`key::verification::start`] and so on.
//! - The envelopes, generic over the content: [`RoomEvent`], [`SyncRoomEvent`], [`StateEvent`], [`SyncStateEvent`],
//!   [`StrippedStateEvent`], [`ToDeviceEvent`], [`EphemeralEvent`], [`PresenceEvent`], [`GlobalAccountDataEvent`],
//!   [`RoomAccountDataEvent`], and [`Edu`] for what servers send each other.
//! - The enums over all events of a place: [`AnyTimelineEvent`], [`AnySyncTimelineEvent`], [`AnyStateEvent`],
//!   [`AnySyncStateEvent`], [`AnyStrippedStateEvent`], [`AnyToDeviceEvent`], [`AnyEphemeralEvent`],
//!   [`AnyPresenceEvent`], [`AnyGlobalAccountDataEvent`], [`AnyRoomAccountDataEvent`], [`AnyEdu`].
//! - Identifiers such as [`UserId`]: any string is read, and whether it is valid can be asked.

// No input gets anything here to panic.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

// Emitted: laid out by another formatter, and with a reader as long as its object has fields. The tables of constraints
// are not public, and those of custom events are: both are emitted alike.
#[rustfmt::skip]
#[allow(clippy::too_many_lines, unreachable_pub)]
mod events;
mod ext;
mod features;
// Documentation without code.
#[cfg(any(doc, doctest))]
pub mod migration;
mod raw;
pub mod schema;
pub mod validate;
pub mod voip;

/// `schemars`, whose `JsonSchema` the feature of that name implements for every content.
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use ::schemars;
pub use events::any::*;
pub use events::envelope::*;
pub use events::*;
#[doc(inline)]
pub use matrix_events_runtime::{
    from_slice, from_str, to_string, to_vec, EduContent, EphemeralRoomEventContent, Error, EventContent, EventId,
    Extra, GlobalAccountDataEventContent, IdentifierKind, IntOrString, InvalidField, InvalidIdentifier, InvalidReason,
    JsonObject, MessageLikeEventContent, MxcUri, Nullable, PresenceContent, RoomAccountDataEventContent, RoomAliasId,
    RoomEventContent, RoomId, ServerName, StateEventContent, StringOrInt, ToDeviceEventContent, UnknownValue,
    UnpaddedBase64, UrlSafeUnpaddedBase64, UserId,
};
pub use raw::{MalformedEdu, MalformedEvent, RedactedEvent, UnknownEdu, UnknownEvent};
#[doc(inline)]
pub use validate::{is_valid, validate, validate_value, Report, Violation};

/// What emitted code needs, here and in crates with event types of their own. It changes with that code: after an update of
/// this crate such a crate is generated anew.
#[doc(hidden)]
pub mod __private {
    pub use matrix_events_runtime::__private::*;
}

/// The example of the README, which has to compile and hold.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
