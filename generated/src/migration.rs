//! Migration from Ruma: the same program with both crates, the names of both, and the use of both in one program.
//!
//! This module contains documentation only.
//!
//! What is said of Ruma was checked with `ruma-events` 0.35.2 and `ruma-common` 0.20.2.
//!
//! # The same program in both
//!
//! The text of a message as `/sync` brings it. With Ruma:
//!
//! ```ignore
//! use ruma_common::serde::Raw;
//! use ruma_events::room::message::MessageType;
//! use ruma_events::{AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent};
//!
//! fn text(event: &Raw<AnySyncTimelineEvent>) -> Option<String> {
//!     let event = event.deserialize().ok()?;
//!     let AnySyncTimelineEvent::MessageLike(AnySyncMessageLikeEvent::RoomMessage(message)) = event else { return None };
//!     let SyncMessageLikeEvent::Original(message) = message else { return None };
//!     match message.content.msgtype {
//!         MessageType::Text(text) => Some(text.body),
//!         _ => None,
//!     }
//! }
//! ```
//!
//! With this crate:
//!
//! ```
//! use matrix_events::room::message::RoomMessageEventContent;
//! use matrix_events::AnySyncTimelineEvent;
//!
//! fn text(event: AnySyncTimelineEvent) -> Option<String> {
//!     let AnySyncTimelineEvent::RoomMessage(message) = event else { return None };
//!     match message.content {
//!         RoomMessageEventContent::Text(text) => Some(text.body),
//!         _ => None,
//!     }
//! }
//!
//! let json = r#"{"type": "m.room.message", "event_id": "$Rk1V", "sender": "@mira:example.org", "origin_server_ts": 1,
//!     "content": {"msgtype": "m.text", "body": "The seedlings are up!"}}"#;
//! assert_eq!(text(serde_json::from_str(json)?).as_deref(), Some("The seedlings are up!"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! There is no `Raw` to keep an event in until it can be read: an object that can be read as JSON at all is an event, and
//! writing it gives the JSON that it was read from. Where somebody else decides what is in a list, and one element that isn't
//! even that must not cost the others, read a `Vec<Box<serde_json::value::RawValue>>` first.
//!
//! # Names
//!
//! | Ruma | here |
//! |---|---|
//! | `Raw<AnySyncTimelineEvent>` | [`AnySyncTimelineEvent`](crate::AnySyncTimelineEvent), or [`JsonObject`](crate::JsonObject) |
//! | an error of `Raw::deserialize` | the variant `Malformed`, with a [reason](crate::MalformedEvent::reason) |
//! | `AnySyncTimelineEvent::MessageLike(…)`, `::State(…)` | one enum: [`AnySyncTimelineEvent`](crate::AnySyncTimelineEvent) has a variant for each type |
//! | `AnySyncStateEvent`, `AnyToDeviceEvent` and so on | the same names; `AnyEphemeralRoomEvent` is [`AnyEphemeralEvent`](crate::AnyEphemeralEvent) |
//! | the hidden variant `_Custom` | the variant `Unknown`, with its JSON in an [`UnknownEvent`](crate::UnknownEvent) |
//! | `SyncMessageLikeEvent::Redacted` | the variant `Redacted`, with its JSON in a [`RedactedEvent`](crate::RedactedEvent) |
//! | `OriginalMessageLikeEvent<C>`, `OriginalSyncMessageLikeEvent<C>` | [`RoomEvent<C>`](crate::RoomEvent), [`SyncRoomEvent<C>`](crate::SyncRoomEvent) |
//! | `OriginalStateEvent<C>`, `OriginalSyncStateEvent<C>` | [`StateEvent<C>`](crate::StateEvent), [`SyncStateEvent<C>`](crate::SyncStateEvent) |
//! | `MessageLikeUnsigned<C>`, `StateUnsigned<C>` | [`UnsignedData`](crate::UnsignedData), with `redacted_because` as a [`JsonObject`](crate::JsonObject); [`StateEvent::prev_content`](crate::StateEvent::prev_content) |
//! | `AnySyncTimelineEvent::transaction_id` | [the same](crate::AnySyncTimelineEvent::transaction_id), and [`redacted_because`](crate::AnySyncTimelineEvent::redacted_because) |
//! | `Relation::Reply`, `::Thread`, `::Replacement` | [`replies_to`](crate::common::RelatesTo::replies_to), [`thread_root`](crate::common::RelatesTo::thread_root), [`replaces`](crate::common::RelatesTo::replaces) of a [`RelatesTo`](crate::common::RelatesTo) |
//! | `RoomPowerLevels::for_user`, `::for_message`, `::for_state` | the same of [`RoomPowerLevelsEventContent`](crate::room::power_levels::RoomPowerLevelsEventContent::for_user) |
//! | `MessageType::Image(…)` | [`RoomMessageEventContent::Image`](crate::room::message::RoomMessageEventContent::Image) |
//! | `TextMessageEventContent::plain(body)` | [`TextMessageEventContent::new(body)`](crate::room::message::TextMessageEventContent::new) |
//! | `OwnedUserId`, `OwnedRoomId`, `OwnedMxcUri` | [`UserId`](crate::UserId), [`RoomId`](crate::RoomId), [`MxcUri`](crate::MxcUri): they hold any text |
//! | `UserId::parse` | [`UserId::parse`](crate::UserId::parse) |
//! | `MilliSecondsSinceUnixEpoch`, `Int`, `UInt` | `i64` |
//! | `#[derive(EventContent)]` | `cargo xtask regen --extend`, from a schema |
//!
//! # What Ruma does, and this crate doesn't
//!
//! - **Relations.** Ruma's messages have functions that make a whole reply or edit of one, whom it mentions included, and
//!   one enum over all relations. Here [`RelatesTo`](crate::common::RelatesTo) makes and tells replies, threads and edits;
//!   the rest of the message is for its author. What servers bundle with an event is a field of
//!   [`UnsignedData`](crate::UnsignedData), events in it as [`JsonObject`](crate::JsonObject)s.
//! - **Redaction by room version.** `ruma_common::canonical_json::redact` takes from an event what a room version takes.
//!   This crate recognises redacted events, and redacts none.
//! - **Sanitising HTML.** `ruma-html` does so for formatted bodies.
//! - **Everything that isn't an event**: the endpoints of the APIs, signatures, authorization and resolution of state,
//!   evaluation of push rules, the rules of room versions.
//! - **Proposals that aren't in the specification yet**, behind features of Ruma's.
//!
//! # Both
//!
//! A program that has its events from Ruma, or from the Matrix SDK on top of it, has a `Raw<…>` of each. Its text goes into
//! this crate as it is:
//!
//! ```ignore
//! let report = matrix_events::validate(raw.json().get().as_bytes());
//! let event: matrix_events::AnySyncTimelineEvent = matrix_events::from_str(raw.json().get())?;
//! ```
//!
//! An event of this crate becomes one of Ruma's by its JSON: `Raw::from_json(serde_json::value::to_raw_value(&event)?)`.
//!
//! With the feature `ruma` identifiers become each other. From Ruma's to ours nothing can fail; the other way Ruma's grammar
//! has a say, because ours hold any text.
//!
//! ```ignore
//! use matrix_events::UserId;
//! use ruma_common::OwnedUserId;
//!
//! let theirs = OwnedUserId::try_from(UserId::new("@mira:example.org"))?;
//! assert_eq!(UserId::from(theirs), "@mira:example.org");
//! assert!(OwnedUserId::try_from(UserId::new("mira")).is_err());
//! # Ok::<(), ruma_common::IdParseError>(())
//! ```
