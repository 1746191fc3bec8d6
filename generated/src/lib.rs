//! Types and validators for the events of the [Matrix specification](https://spec.matrix.org), generated from its schemas.
//!
//! Deserialization is lenient and lossless. Validation is separate, and reports every violation of the specification.
//!
//! ```
//! use matrix_events::room::message::RoomMessageEventContent;
//! use matrix_events::AnySyncTimelineEvent;
//!
//! let json = r#"{"type": "m.room.message", "event_id": "$Rk1V", "sender": "@mira:example.org",
//!     "origin_server_ts": 1741860298455, "content": {"msgtype": "m.text", "body": "The seedlings are up!"}}"#;
//! let event: AnySyncTimelineEvent = matrix_events::from_str(json)?;
//! if let AnySyncTimelineEvent::RoomMessage(message) = &event {
//!     if let RoomMessageEventContent::Text(text) = &message.content {
//!         assert_eq!(text.body, "The seedlings are up!");
//!     }
//! }
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! # Contents
//!
//! | task | chapter |
//! |---|---|
//! | Deserialize the events of a `/sync` response | [Sync responses](#sync-responses) |
//! | Handle events that do not deserialize as their type | [Unknown, redacted and malformed events](#unknown-redacted-and-malformed-events) |
//! | Select events by type, sender or ID without deserializing them | [`EventRef`] |
//! | Access invalid values and unknown keys | [Invalid fields and `extra`](#invalid-fields-and-extra) |
//! | Create, validate and serialize an event | [Sending events](#sending-events) |
//! | Create messages, replies, threads and edits | [Replies, threads and edits](#replies-threads-and-edits) |
//! | Work with the state of a room | [State and power levels](#state-and-power-levels) |
//! | Evaluate and change push rules | the module [`push`] |
//! | Process the events that servers exchange | the module `federation`, which requires a feature |
//! | Use events and fields that are not in the specification | [Custom events and extensions](#custom-events-and-extensions) |
//! | Use events in your own types, or with formats other than JSON | [Use in your own types](#use-in-your-own-types) |
//! | Use user IDs, room IDs and other identifiers | [Identifiers](#identifiers) |
//! | Choose the rules of validation | [Validation levels](#validation-levels) |
//! | Handle the streams of a call | [Calls](#calls) |
//! | List event types, fields and JSON Schema documents | [Schema metadata](#schema-metadata) |
//! | Migrate from Ruma | [Coming from Ruma](#coming-from-ruma) |
//! | Enable optional features | [Features](#features) |
//! | Find a type or a module | [Types and modules](#types-and-modules) |
//! | Check what this crate does not support | [Limits](#limits) |
//!
//! # Sync responses
//!
//! There is an enum for the events of each part of a response:
//!
//! | part of a `/sync` response | type of the events | [`Form`](validate::Form) for validation |
//! |---|---|---|
//! | `timeline` | [`AnySyncTimelineEvent`] | `Sync` |
//! | `state` | [`AnySyncStateEvent`] | `Sync` |
//! | `invite_state`, `knock_state` | [`AnyStrippedStateEvent`] | `Stripped` |
//! | `ephemeral` | [`AnyEphemeralEvent`] | `ContentOnly` |
//! | `account_data` of a room | [`AnyRoomAccountDataEvent`] | `ContentOnly` |
//! | `account_data` of the user | [`AnyGlobalAccountDataEvent`] | `ContentOnly` |
//! | `presence` | [`AnyPresenceEvent`] | `ContentOnly` |
//! | `to_device` | [`AnyToDeviceEvent`] | `ContentOnly` |
//!
//! Other endpoints return events with a `room_id`. Their types are [`AnyTimelineEvent`] and [`AnyStateEvent`]. The ephemeral data
//! units that servers send to each other have the type [`AnyEdu`]. Application services receive [`AnyEphemeralData`] in `ephemeral`.
//! The `initial_state` of a request that creates a room contains [`AnyInitialStateEvent`], with the form `InitialState`. The plaintext
//! of encrypted events has the types [`AnyDecryptedOlmEvent`] and [`AnyDecryptedMegolmEvent`].
//!
//! ```
//! use matrix_events::AnySyncTimelineEvent;
//! use serde_json::{json, Value};
//!
//! let response: Value = serde_json::from_str(r#"{"rooms": {"join": {"!garden:example.org": {"timeline": {"events": [
//!     {"type": "m.room.topic", "state_key": "", "sender": "@mira:example.org", "content": {"topic": "Seedlings"}},
//!     {"type": "m.room.message", "sender": "@lev:example.org", "content": {"msgtype": "m.text", "body": "They are up!"}}
//! ]}}}}}"#)?;
//! for (room_id, room) in response["rooms"]["join"].as_object().into_iter().flatten() {
//!     let events = room.pointer("/timeline/events").cloned().unwrap_or_else(|| json!([]));
//!     let events: Vec<AnySyncTimelineEvent> = serde_json::from_value(events)?;
//!     for event in &events {
//!         println!("{room_id}: {} by {}", event.event_type(), event.sender().unwrap_or("an unknown sender"));
//!     }
//!     assert!(matches!(events[0], AnySyncTimelineEvent::RoomTopic(_)));
//!     assert!(matches!(events[1], AnySyncTimelineEvent::RoomMessage(_)));
//! }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! With the feature `responses`, the type of the whole response is `responses::sync::SyncResponse`.
//!
//! All types implement `Deserialize`, so your own struct of a response can have fields with these types. In a list of the type
//! [`Events`], an element that is no event does not fail the response. Deserialize your own structs from the text of the response,
//! because `serde_json::Value` cannot represent all JSON. For the types of this crate, [`from_str`] and [`from_slice`] are faster.
//!
//! ```
//! use std::collections::BTreeMap;
//! use matrix_events::{AnySyncTimelineEvent, Events};
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct SyncResponse {
//!     next_batch: String,
//!     rooms: Rooms,
//! }
//!
//! #[derive(Deserialize)]
//! struct Rooms {
//!     join: BTreeMap<String, JoinedRoom>,
//! }
//!
//! #[derive(Deserialize)]
//! struct JoinedRoom {
//!     timeline: Timeline,
//! }
//!
//! #[derive(Deserialize)]
//! struct Timeline {
//!     events: Events<AnySyncTimelineEvent>,
//! }
//!
//! let body = r#"{"next_batch": "s2", "rooms": {"join": {"!garden:example.org": {"timeline": {"events": [
//!     {"type": "m.room.topic", "state_key": "", "sender": "@mira:example.org", "content": {"topic": "Seedlings"}},
//!     {"type": "org.example.measurement", "sender": "@lev:example.org", "content": {"mass": 1e400, "unit": "\ud800"}},
//!     "no event"
//! ]}}}}}"#;
//! let response: SyncResponse = serde_json::from_str(body)?;
//! assert_eq!(response.next_batch, "s2");
//! let events = &response.rooms.join["!garden:example.org"].timeline.events;
//! assert_eq!((events.valid().count(), events.invalid().count()), (2, 1));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Unknown, redacted and malformed events
//!
//! Every JSON object deserializes as an event. Events that cannot be typed are variants of the enums:
//!
//! | variant | event |
//! |---|---|
//! | `Unknown` | an event of an unknown type, as [`UnknownEvent`] |
//! | `Redacted` | a redacted message-like event of a known type, or a redacted state event whose content does not deserialize, as [`RedactedEvent`] |
//! | `Malformed` | an event of a known type in which a required field is missing or invalid, as [`MalformedEvent`] |
//!
//! They contain the JSON of the event. Accessors such as `sender()` work for all variants.
//!
//! ```
//! use matrix_events::AnySyncTimelineEvent;
//!
//! fn describe(json: &str) -> Result<String, matrix_events::Error> {
//!     Ok(match matrix_events::from_str(json)? {
//!         AnySyncTimelineEvent::RoomName(name) => format!("the name {:?}", name.content.name),
//!         AnySyncTimelineEvent::Unknown(event) => format!("unknown, with the answer {}", event.json()["content"]["answer"]),
//!         AnySyncTimelineEvent::Redacted(event) => format!("redacted, of the type {}", event.json()["type"]),
//!         AnySyncTimelineEvent::Malformed(event) => format!("malformed: {}", event.reason()),
//!         other => other.event_type().to_owned(),
//!     })
//! }
//!
//! let unknown = r#"{"type": "org.example.poll", "content": {"answer": 42}}"#;
//! assert_eq!(describe(unknown)?, "unknown, with the answer 42");
//! let redacted = r#"{"type": "m.room.message", "content": {}, "unsigned": {"redacted_because": {"type": "m.room.redaction"}}}"#;
//! assert_eq!(describe(redacted)?, r#"redacted, of the type "m.room.message""#);
//! let malformed = r#"{"type": "m.room.member", "state_key": "@lev:example.org", "content": {"membership": 7}}"#;
//! assert_eq!(
//!     describe(malformed)?,
//!     "malformed: expected a string, found a number at /content/membership (line 1, column 86)",
//! );
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! If the content of a redacted state event still deserializes, the event has the variant of its type, because the content is
//! still the state of the room. [`is_redacted`](AnySyncTimelineEvent::is_redacted) returns `true` for every redacted event.
//! [`redaction`](AnySyncTimelineEvent::redaction) returns the event that redacted it, with the sender and the reason.
//! [`redact`](AnySyncTimelineEvent::redact) redacts an event by the rules of a room version.
//!
//! # Invalid fields and `extra`
//!
//! An invalid optional field does not fail the event. The field is absent, and
//! [`invalid_fields`](AnyStateEvent::invalid_fields) returns its value. An invalid element of a list or a map is skipped in the
//! same way.
//!
//! Every struct has a field [`extra`](Extra), which contains the keys without a Rust field and the invalid values. They are
//! serialized again, so a round trip is lossless.
//!
//! ```
//! use matrix_events::AnyStateEvent;
//!
//! let json = r#"{"type": "m.room.member", "state_key": "@mira:example.org", "sender": "@mira:example.org",
//!     "content": {"membership": "join", "displayname": 7, "org.example.mood": "proud"}}"#;
//! let event: AnyStateEvent = matrix_events::from_str(json)?;
//! let AnyStateEvent::RoomMember(member) = &event else { panic!("{event:?}") };
//! assert_eq!(member.content.displayname, None);
//! assert_eq!(member.content.extra.get("org.example.mood").and_then(|mood| mood.as_str()), Some("proud"));
//! assert_eq!(event.invalid_fields()[0].to_string(), "/content/displayname: invalid value 7");
//!
//! let serialized: serde_json::Value = serde_json::from_str(&matrix_events::to_string(&event)).unwrap();
//! assert_eq!(serialized, serde_json::from_str::<serde_json::Value>(json).unwrap());
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! If you set an optional field, its invalid value is not serialized anymore. If you replace a list or a map, remove the invalid
//! elements of the old value with [`Extra::remove`].
//!
//! # Sending events
//!
//! Every content struct has a function `new` with the fields that the specification requires. Set the other fields directly.
//! An enum of contents converts from each of its structs. [`to_json_checked`](EventContent::to_json_checked) validates a content
//! and serializes it as the body of a request.
//!
//! ```
//! use matrix_events::common::Mentions;
//! use matrix_events::room::message::RoomMessageEventContent;
//! use matrix_events::{user_id, EventContent};
//!
//! let mentions = Mentions::with_user_ids([user_id!("@lev:example.org")]);
//! let mut content = RoomMessageEventContent::text_plain("Lev, the seedlings are up!").with_mentions(mentions);
//! assert_eq!(
//!     content.to_json_checked()?,
//!     r#"{"msgtype":"m.text","body":"Lev, the seedlings are up!","m.mentions":{"user_ids":["@lev:example.org"]}}"#,
//! );
//!
//! if let RoomMessageEventContent::Text(text) = &mut content {
//!     text.extra.insert("org.example.humidity", 0.5);
//! }
//! let report = content.to_json_checked().unwrap_err();
//! assert_eq!(
//!     report.to_string(),
//!     "/org.example.humidity: expected an integer from -(2^53 - 1) to 2^53 - 1 (canonical JSON), found 0.5",
//! );
//! # Ok::<(), matrix_events::Report>(())
//! ```
//!
//! [`to_string`] and [`to_vec`] serialize without validation. The event type for the URL of the request is
//! [`EventContent::TYPE`]. For a state event, the state key is part of the URL too. To validate the state key, validate
//! `{type, state_key, content}` with [`Form::ContentOnly`](validate::Form::ContentOnly).
//!
//! A program that handles events of several types can use an enum over their contents, such as [`AnyMessageLikeEventContent`]. Its
//! [`event_type`](AnyMessageLikeEventContent::event_type) is a value of an enum over event types, such as [`MessageLikeEventType`].
//! The method `content` of an event enum returns the content of an event. `from_parts` deserializes a content from the event type and
//! the text of the content.
//!
//! ```
//! use matrix_events::room::message::RoomMessageEventContent;
//! use matrix_events::{AnyMessageLikeEventContent, MessageLikeEventType};
//!
//! let message = RoomMessageEventContent::text_plain("Hi");
//! let stored = r#"{"m.relates_to": {"rel_type": "m.annotation", "event_id": "$question", "key": "👍"}}"#;
//! let queue: Vec<AnyMessageLikeEventContent> =
//!     vec![message.into(), AnyMessageLikeEventContent::from_parts("m.reaction", stored)?];
//! let types: Vec<MessageLikeEventType> = queue.iter().map(AnyMessageLikeEventContent::event_type).collect();
//! assert_eq!(types, [MessageLikeEventType::RoomMessage, MessageLikeEventType::Reaction]);
//! assert_eq!(queue[0].to_json_checked().unwrap(), r#"{"msgtype":"m.text","body":"Hi"}"#);
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! # Replies, threads and edits
//!
//! [`RoomMessageEventContent`](room::message::RoomMessageEventContent) creates whole messages. A method sets the relation to an event,
//! the mentions and the fallback texts:
//!
//! | message | method |
//! |---|---|
//! | a reply, which is in the thread of the event if there is one | [`reply_to`](room::message::RoomMessageEventContent::reply_to) |
//! | a message in the thread of an event, or in a new thread | [`in_thread`](room::message::RoomMessageEventContent::in_thread) |
//! | a reply in the thread of an event | [`reply_in_thread`](room::message::RoomMessageEventContent::reply_in_thread) |
//! | an edit of a message | [`edit`](room::message::RoomMessageEventContent::edit) |
//! | a reaction | [`ReactionEventContent::annotation`](reaction::ReactionEventContent::annotation) |
//!
//! Replies mention the sender of the event. [`RelatedEvent`](relations::RelatedEvent) makes other choices, such as a reply outside of
//! the thread.
//!
//! ```
//! use matrix_events::relations::RelatedEvent;
//! use matrix_events::room::message::RoomMessageEventContent;
//! use matrix_events::{user_id, AnySyncTimelineEvent};
//!
//! let question: AnySyncTimelineEvent = matrix_events::from_str(
//!     r#"{"type": "m.room.message", "event_id": "$question", "sender": "@mira:example.org", "content": {
//!         "msgtype": "m.text", "body": "Are they up?", "m.relates_to": {"rel_type": "m.thread", "event_id": "$root"}}}"#,
//! )?;
//! let me = user_id!("@lev:example.org");
//!
//! // The own user is not mentioned in a reply to an own message.
//! let event = RelatedEvent::from(&question).with_own_user_id(&me);
//! let reply = RoomMessageEventContent::text_html("Yes, *all*!", "Yes, <em>all</em>!").reply_in_thread(event).expect("a thread");
//! let relation = reply.relates_to().expect("the reply has a relation");
//! assert_eq!(relation.thread_root().unwrap(), "$root");
//! assert_eq!(relation.replies_to().unwrap(), "$question");
//! assert!(reply.mentions_user("@mira:example.org"));
//!
//! let message = RoomMessageEventContent::notice_plain("Next update at noon").in_thread(&question).expect("a thread");
//! assert_eq!(message.relates_to().and_then(|relation| relation.replies_to()), None);
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! An edit notifies only users that the message did not mention before. [`apply_edit`](AnySyncTimelineEvent::apply_edit) checks the edit
//! and replaces the content. Servers add the latest edit to `unsigned`, for
//! [`apply_bundled_edit`](AnySyncTimelineEvent::apply_bundled_edit).
//!
//! ```
//! use matrix_events::common::Mentions;
//! use matrix_events::room::message::{ImageMessageEventContent, RoomMessageEventContent};
//! use matrix_events::{user_id, SyncRoomEvent};
//!
//! let image = ImageMessageEventContent::plain("seedlings.jpg", "mxc://example.org/seedlings").with_caption("Hi Mira");
//! let mira = Mentions::with_user_ids([user_id!("@mira:example.org")]);
//! let content = RoomMessageEventContent::from(image.clone()).with_mentions(mira.clone());
//! let mut message = SyncRoomEvent::new(content, "$image", "@lev:example.org", 1_741_860_298_455);
//!
//! let new_content = RoomMessageEventContent::from(image.with_caption("Hi Mira, hi Noor")).with_mentions(mira);
//! let edit = new_content.add_mentions(Mentions::with_user_ids([user_id!("@noor:example.org")])).edit(&message).expect("a message");
//! assert_eq!(edit.body(), Some("* Hi Mira, hi Noor"));
//! assert!(edit.mentions_user("@noor:example.org") && !edit.mentions_user("@mira:example.org"));
//!
//! let edit = SyncRoomEvent::new(edit, "$edit", "@lev:example.org", 1_741_860_299_124);
//! message.apply_edit(&edit).expect("a valid edit");
//! assert_eq!(message.content.body(), Some("Hi Mira, hi Noor"));
//! assert!(message.content.mentions_user("@mira:example.org"));
//! ```
//!
//! [`RelatesTo`](common::RelatesTo) is the relation of a message, with [`replies_to`](common::RelatesTo::replies_to),
//! [`thread_root`](common::RelatesTo::thread_root) and [`replaces`](common::RelatesTo::replaces). For contents of other types,
//! [`RelatedEvent`](relations::RelatedEvent) returns the relation to an event. Replies of earlier versions of the specification begin with
//! a quotation, which [`remove_reply_fallback`](room::message::RoomMessageEventContent::remove_reply_fallback) removes.
//!
//! # State and power levels
//!
//! A `/sync` response contains state events in `state` and in `timeline`. With
//! [`into_state`](AnySyncTimelineEvent::into_state), the same code can handle both. Servers add the content that a state event
//! replaced to `unsigned`. [`prev_content`](SyncStateEvent::prev_content) returns this content. The module [`membership`] has the
//! changes of memberships, and [`display_name`] has the names of users and rooms. The module [`power_levels`] decides which actions
//! a user is allowed to do.
//!
//! ```
//! use std::collections::HashMap;
//! use matrix_events::room_version_rules::RoomVersionRules;
//! use matrix_events::{AnySyncStateEvent, AnySyncTimelineEvent};
//!
//! let mut state: HashMap<(String, String), AnySyncStateEvent> = HashMap::new();
//! let timeline: Vec<AnySyncTimelineEvent> = serde_json::from_str(
//!     r#"[{"type": "m.room.message", "content": {"msgtype": "m.text", "body": "Hi"}},
//!         {"type": "m.room.power_levels", "state_key": "", "content": {"users": {"@mira:example.org": 50}}}]"#,
//! )?;
//! for event in timeline.into_iter().filter_map(|event| event.into_state().ok()) {
//!     let key = (event.event_type().to_owned(), event.state_key().unwrap_or_default().to_owned());
//!     state.insert(key, event);
//! }
//!
//! let levels = state.remove(&("m.room.power_levels".to_owned(), String::new()));
//! let Some(AnySyncStateEvent::RoomPowerLevels(levels)) = levels else { panic!("{levels:?}") };
//! let levels = levels.power_levels(&RoomVersionRules::V12.authorization, ["@creator:example.org".into()]);
//! assert!(levels.user_can_send_state("@mira:example.org", "m.room.name"));
//! assert!(!levels.user_can_send_state("@lev:example.org", "m.room.name"));
//! assert!(levels.user_can_kick_user("@creator:example.org", "@mira:example.org"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Custom events and extensions
//!
//! An event of a custom type is an [`UnknownEvent`] with its JSON. A custom key in a known event is in [`extra`](Extra). A custom
//! value of a known field, such as a custom `msgtype` or membership, is an `Other` or `Unknown` variant.
//!
//! ```
//! use matrix_events::room::message::RoomMessageEventContent;
//! use matrix_events::AnySyncTimelineEvent;
//!
//! let event: AnySyncTimelineEvent = matrix_events::from_str(
//!     r#"{"type": "m.room.message", "content": {"msgtype": "org.example.dice", "body": "rolled a 4", "org.example.dots": 4}}"#,
//! )?;
//! let AnySyncTimelineEvent::RoomMessage(message) = event else { panic!("{event:?}") };
//! let RoomMessageEventContent::Other(dice) = message.content else { panic!("{message:?}") };
//! assert_eq!(dice.msgtype.as_deref(), Some("org.example.dice"));
//! assert_eq!(dice.extra.get("org.example.dots"), Some(&4.into()));
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! For typed custom events, write a JSON Schema for each event type, and generate a crate with
//! `cargo xtask regen --extend <folder>` in the repository of this crate. The generated enums have a variant for each custom event
//! type, and a variant `Other` with the enum of this crate. The folder `examples/own-events` contains such a crate and
//! instructions.
//!
//! # Use in your own types
//!
//! The types of this crate deserialize from the text of a value. Some attributes of `serde` and some formats give them another
//! input:
//!
//! | use | effect | remedy |
//! |---|---|---|
//! | `#[serde(flatten)]` of a type of this crate | The type takes all keys, so another flattened field gets them too, and both serialize them. | Flatten one type only, and get other keys from [`Extra`]. |
//! | `#[serde(untagged)]` over several event enums | The first variant takes every object. | Deserialize one enum, and call `is_unknown`. |
//! | `#[serde(tag = "msgtype")]` over contents | `serde` removes the key that the content requires. | Use the enum of this crate, such as [`RoomMessageEventContent`](room::message::RoomMessageEventContent). |
//! | any of these attributes | `serde_json` parses the value before this crate, and fails for JSON that `Value` cannot represent. | Deserialize a field without these attributes. |
//! | formats without types, such as postcard and bincode | Identifiers and open enums are strings. Other types fail. | Store the text of [`to_string`]. |
//!
//! ```
//! use matrix_events::{AnySyncTimelineEvent, AnyToDeviceEvent, UserId};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize)]
//! struct Stored {
//!     received_by: UserId,
//!     #[serde(flatten)]
//!     event: AnySyncTimelineEvent,
//! }
//!
//! let json = r#"{"received_by":"@lev:example.org","type":"m.room.topic","content":{"topic":"Seedlings"},"state_key":""}"#;
//! let stored: Stored = serde_json::from_str(json)?;
//! assert_eq!(stored.event.state_key(), Some(""));
//! assert_eq!(serde_json::to_string(&stored)?, json);
//!
//! // Instead of an untagged enum over both types:
//! let json = r#"{"type": "m.dummy", "sender": "@mira:example.org", "content": {}}"#;
//! let to_device: AnyToDeviceEvent = serde_json::from_str(json)?;
//! let timeline: Option<AnySyncTimelineEvent> = match to_device.is_unknown() {
//!     true => Some(serde_json::from_str(json)?),
//!     false => None,
//! };
//! assert!(timeline.is_none());
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! This crate enables the features `raw_value` and `float_roundtrip` of `serde_json`. With `raw_value`, the key
//! `$serde_json::private::RawValue` has a meaning for `serde_json`, and a remote event can contain the key. A program then fails to
//! deserialize a `Value` with `serde_json`. [`from_str`] of this crate deserializes such a `Value`.
//!
//! ```
//! use serde_json::Value;
//!
//! let json = r#"{"$serde_json::private::RawValue": "no JSON"}"#;
//! assert!(serde_json::from_str::<Value>(json).is_err());
//! let value: Value = matrix_events::from_str(json)?;
//! assert_eq!(value["$serde_json::private::RawValue"], "no JSON");
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! # Identifiers
//!
//! Types such as [`UserId`] and [`RoomId`] accept any string, because existing rooms contain invalid identifiers. Use `parse`,
//! `validate` or `is_valid` to check the grammar.
//!
//! ```
//! use matrix_events::UserId;
//!
//! let user_id = UserId::from("mira");
//! assert!(!user_id.is_valid());
//!
//! let error = UserId::parse("mira").unwrap_err();
//! assert_eq!(error.to_string(), "invalid user ID: expected `@` at the start");
//!
//! let user_id = UserId::parse("@mira:example.org")?;
//! assert_eq!((user_id.localpart(), user_id.server_name()), (Some("mira"), Some("example.org")));
//! # Ok::<(), matrix_events::InvalidIdentifier>(())
//! ```
//!
//! # Validation levels
//!
//! [`validate`](fn@validate) checks an event against the schemas of the specification. A [`Validator`](validate::Validator) also
//! checks the prose of the specification ([`Level::Strict`](validate::Level::Strict)), and reports findings about valid events
//! ([`Level::Lint`](validate::Level::Lint)). A [`Form`](validate::Form) states which fields can be missing, such as `room_id` in
//! `/sync`. A report of the level Lint can contain findings about an event that is valid at the other levels.
//!
//! The schemas describe events before a redaction. A redacted event therefore violates its schema if a required field was removed.
//! [`Report::is_redacted`] reports such events, and the levels `Strict` and `Lint` accept that the field is missing.
//!
//! ```
//! use matrix_events::validate::{Form, Level, Validator};
//!
//! let json = br#"{"type": "m.room.name", "state_key": "", "event_id": "$Rk1V", "sender": "@mira", "origin_server_ts": 1,
//!     "content": {"name": "Lobby", "nmae": "Lobby"}}"#;
//! assert_eq!(
//!     matrix_events::validate(json).to_string(),
//!     "required property `room_id` is missing (core-event-schema/room_event)",
//! );
//!
//! let validator = Validator::new().form(Form::Sync);
//! assert!(validator.validate(json).is_valid());
//! assert_eq!(
//!     validator.level(Level::Strict).validate(json).to_string(),
//!     "/sender: invalid user ID `@mira`: expected `:` and a server name (core-event-schema/sync_room_event)",
//! );
//! assert!(validator.level(Level::Lint).validate(json).to_string().starts_with(
//!     "/content/nmae: undeclared property `nmae`; did you mean `name`? (m.room.name)",
//! ));
//! ```
//!
//! # Calls
//!
//! The module [`voip`] implements the rules for calls with several streams. It decides which remote streams to present, and
//! describes local streams in `sdp_stream_metadata`.
//!
//! ```
//! use matrix_events::call::answer::CallAnswerEventContent;
//! use matrix_events::call::SessionDescription;
//! use matrix_events::voip::{OutgoingStreams, Purpose, StreamId, StreamSupport};
//!
//! let mut local = OutgoingStreams::with_peer_support(StreamSupport::Many);
//! local.add(StreamId::new("camera")?, Purpose::UserMedia)?;
//! local.add(StreamId::new("screen")?, Purpose::ScreenShare)?;
//!
//! let sdp = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:camera 1\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:screen 2\r\n";
//! let mut answer = CallAnswerEventContent::new("c1", "1", "p2", SessionDescription::answer(sdp));
//! local.describe_in(&mut answer)?;
//! assert_eq!(answer.sdp_stream_metadata.expect("it was set")["screen"].purpose.as_str(), "m.screenshare");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Schema metadata
//!
//! The module [`schema`] contains the schemas of the specification as data: event types, fields, descriptions, releases and JSON
//! Schema documents.
//!
//! ```
//! use matrix_events::schema;
//!
//! let topic = schema::event("m.room.topic").expect("an event type of the specification");
//! for field in topic.fields() {
//!     println!("{} ({}): {}", field.name, field.json_types().join(" or "), field.description());
//! }
//! assert_eq!(topic.schema().json_schema()["properties"]["content"]["required"][0], "topic");
//! ```
//!
//! # Coming from Ruma
//!
//! The module [`migration`] contains an example in both crates and a table of the corresponding names. A `Raw<…>` of Ruma contains
//! a `RawValue` of `serde_json`, whose text this crate deserializes. To use `RawValue`, enable the feature `raw_value` of
//! `serde_json`.
//!
//! ```
//! use matrix_events::AnySyncTimelineEvent;
//! use serde_json::value::RawValue;
//!
//! // With Ruma: `let raw: &RawValue = event.json();`
//! let raw: &RawValue = serde_json::from_str(r#"{"type": "m.room.topic", "state_key": "", "content": {"topic": "Seedlings"}}"#)?;
//! let event: AnySyncTimelineEvent = matrix_events::from_str(raw.get())?;
//! assert_eq!(event.event_type(), "m.room.topic");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! The features of areas are enabled by default: `calls`, `edus`, `encryption`, `policy` and `push`. All other features are disabled
//! by default.
//!
//! | feature | effect |
//! |---|---|
//! | `calls` | the events `m.call.*`, and the module [`voip`] |
//! | `edus` | the ephemeral data units (EDUs) that servers send to each other, in the module [`edu`] |
//! | `encryption` | the events about room keys, key verification, cross-signing, key backup and secrets, such as `m.room_key`, `m.key.verification.start` and `m.secret_storage.key.*` |
//! | `policy` | the events `m.policy.rule.*`, in the module [`policy`] |
//! | `push` | the event `m.push_rules`, and the module [`push`] |
//! | `schemars` | `JsonSchema` of `schemars` 1 for all contents, and the macro `json_schema!` for custom contents |
//! | `arbitrary` | `Arbitrary` of `arbitrary` 1 for events, contents, identifiers and [`Extra`], to fuzz programs |
//! | `federation` | the types of PDUs, such as `AnyPdu`, and of the bodies of requests and responses between servers |
//! | `hash` | the module `hash`: content hashes, reference hashes and event IDs |
//! | `markdown` | messages from Markdown, such as [`text_markdown`](room::message::RoomMessageEventContent) |
//! | `parallel` | the module `parallel`, which handles the lines or elements of a large text on all cores |
//! | `responses` | types of the bodies of responses and requests that contain events, such as `responses::sync::SyncResponse`, and the module `stream` for the events in them |
//! | `ruma` | conversions between the identifiers of this crate and of `ruma-common` 0.20 |
//! | `tools` | the module `tools`: recognition of responses, and findings with their ranges in the text |
//! | `unstable-msc3381` and others | the types and fields of a proposal (MSC), such as polls. Cargo.toml lists these features. |
//! | `unstable` | the types of all proposals |
//!
//! Without its feature, an event is unknown and lossless: its variant is `Unknown`, and a field that a proposal adds is in `extra`.
//! The validators compare such an event with the schema of all events only. With `default-features = false`, a program enables the
//! areas that it handles, which shortens its build.
//!
//! `m.room.encrypted` and `m.room.encryption` require no feature, so every program recognizes encrypted events and rooms. The same
//! applies to verification requests in `m.room.message`, to `m.room.server_acl`, and to types that events of several areas share.
//!
//! A new version of this crate can change the types of proposals.
//!
//! # Types and modules
//!
//! Contents and their parts are in the module of their event type, or in a module that several event types share. Envelopes,
//! event enums and identifiers are in the crate root.
//!
//! | group | types |
//! |---|---|
//! | contents | modules such as [`room::member`], [`call::invite`] and [`key::verification::start`] |
//! | envelopes, generic over the content | [`RoomEvent`], [`SyncRoomEvent`], [`StateEvent`], [`SyncStateEvent`], [`StrippedStateEvent`], [`InitialStateEvent`], [`ToDeviceEvent`], [`DecryptedOlmEvent`], [`DecryptedMegolmEvent`], [`EphemeralEvent`], [`EphemeralRoomEvent`], [`PresenceEvent`], [`GlobalAccountDataEvent`], [`RoomAccountDataEvent`], [`Edu`] |
//! | event enums, with a variant for each event type | [`AnyTimelineEvent`], [`AnySyncTimelineEvent`], [`AnyMessageLikeEvent`], [`AnySyncMessageLikeEvent`], [`AnyStateEvent`], [`AnySyncStateEvent`], [`AnyStrippedStateEvent`], [`AnyInitialStateEvent`], [`AnyToDeviceEvent`], [`AnyDecryptedOlmEvent`], [`AnyDecryptedMegolmEvent`], [`AnyEphemeralEvent`], [`AnyPresenceEvent`], [`AnyEphemeralData`], [`AnyGlobalAccountDataEvent`], [`AnyRoomAccountDataEvent`], [`AnyEdu`] |
//! | events between servers, with the feature `federation` | `Pdu`, `StatePdu`, `AnyPdu`, and [`EventReference`] |
//! | enums over contents | [`AnyTimelineEventContent`], [`AnyMessageLikeEventContent`], [`AnyStateEventContent`], [`AnyToDeviceEventContent`], [`AnyEphemeralEventContent`], [`AnyGlobalAccountDataEventContent`], [`AnyRoomAccountDataEventContent`] |
//! | event types | [`TimelineEventType`], [`MessageLikeEventType`], [`StateEventType`], [`ToDeviceEventType`], [`EphemeralEventType`], [`GlobalAccountDataEventType`], [`RoomAccountDataEventType`] |
//! | identifiers | [`UserId`], [`RoomId`], [`EventId`], [`RoomAliasId`], [`RoomOrAliasId`], [`ServerName`], [`MxcUri`], [`DeviceId`], [`TransactionId`], [`SessionId`], [`VoipId`], [`KeyId`], [`ServerSigningKeyId`], [`RoomVersionId`], [`SpaceChildOrder`], [`UnpaddedBase64`], [`UrlSafeUnpaddedBase64`] |
//! | room versions | [`RoomVersionId`], and their rules in [`room_version_rules`]; [`redaction`], [`canonical_json`] |
//! | timestamps and durations | [`time`], and methods such as [`sent_at`](AnyTimelineEvent::sent_at) of events |
//! | URIs of users, rooms and events | [`MatrixToUri`], [`MatrixUri`], [`MatrixId`] |
//! | identifiers from literals, checked by the compiler | macros such as [`user_id!`], [`room_id!`] and [`event_id!`] |
//!
//! # Limits
//!
//! - `serde_json::Value` cannot represent all JSON. Exceptions are numbers without an equal `i64`, `u64` or `f64`, lone surrogates in
//!   strings and keys, and arrays and objects below 127 levels. Deserialization keeps their text, and [`kept_text`] returns it.
//!   Serialization writes the text again. A required field with such a value makes an event `Malformed`, and the validators
//!   report a number beyond `f64`, a lone surrogate or a deeper value as [`Rule::Syntax`](validate::Rule::Syntax).
//! - Serializers other than the serializer of JSON text cannot represent kept values. For example, `serde_json::to_value` returns an
//!   error.
//! - A value that is not an object is not an event, and fails a `Vec` of events. [`Events`] is a list without this limit.
//! - A message without a required field of its `msgtype` has the variant `Other` of
//!   [`RoomMessageEventContent`](room::message::RoomMessageEventContent), and is not `Malformed`.
//! - The order of keys and the white space of the text are not kept. If a key is repeated, the last value wins. Numbers keep
//!   their value.
//! - The enums over event types have no variant for an event type whose end is in the content, such as `m.secret_storage.key.*`. The
//!   type is a value of `Unknown`.
//! - [`to_json_checked`](EventContent::to_json_checked) does not check requirements on several fields together, such as
//!   `formatted_body` next to `format`.
//! - Fields that the specification declares in prose alone, such as `m.mentions`, `m.relates_to` and `m.new_content` of messages, are
//!   validated from [`Level::Strict`](validate::Level::Strict) on. Identifiers are validated where a schema or the prose states their
//!   grammar. The validators do not check requirements on several events, such as the sender of an edit.
//! - Deserialization and validation use up to 150 times the size of the text in memory. A [`Report`] adds up to 3 MB. A report
//!   contains up to 1,000 violations, and [`Report::omitted`] counts the others.
//!
//! ```
//! use matrix_events::AnyGlobalAccountDataEvent;
//!
//! let deep = format!(r#"{{"content":{{"a":{}{}}},"type":"org.example.tree"}}"#, "[".repeat(500), "]".repeat(500));
//! let tree: AnyGlobalAccountDataEvent = matrix_events::from_str(&deep)?;
//! assert_eq!(matrix_events::to_string(&tree), deep);
//! # Ok::<(), matrix_events::Error>(())
//! ```

// docs.rs shows the feature that an item requires.
#![cfg_attr(docsrs, feature(doc_cfg))]
// No function panics, whatever the input is.
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

pub mod display_name;
mod event_enum;
mod event_ref;
// Emitted code has another formatter, and some functions are as long as their objects have fields. The tables of constraints
// are private here and public in crates with custom events, so `pub` can be unreachable.
#[rustfmt::skip]
#[allow(clippy::too_many_lines, unreachable_pub)]
mod events;
mod ext;
mod features;
pub mod inspect;
pub mod membership;
// This module contains only documentation.
#[cfg(any(doc, doctest))]
pub mod migration;
#[cfg(feature = "parallel")]
pub mod parallel;
#[cfg(feature = "unstable-msc3381")]
pub mod poll_results;
pub mod power_levels;
// The module replaces the emitted one, whose types it reexports.
#[cfg(feature = "push")]
pub mod push;
mod raw;
pub mod relations;
pub mod schema;
#[cfg(any(feature = "federation", feature = "responses"))]
pub mod stream;
pub mod time;
#[cfg(feature = "tools")]
pub mod tools;
pub mod validate;
#[cfg(feature = "calls")]
pub mod voip;

/// The crate `schemars`, for the macro `json_schema!`.
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use ::schemars;
pub use event_enum::{event_of_kind, EventEnum};
pub use event_ref::EventRef;
pub use events::any::*;
pub use events::envelope::*;
pub use events::*;
#[cfg(feature = "unstable-msc3401")]
pub use ext::CallMembership;
#[cfg(feature = "federation")]
pub use ext::StatusAndBody;
pub use ext::{MediaSource, ReceiptThread, ReceiptType};
#[cfg(feature = "push")]
pub use ext::{RoomMemberCount, Tweak, TypedPushCondition};
pub use ext::{RECOMMENDED_STRIPPED_STATE_EVENT_TYPES, RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES};
#[cfg(feature = "hash")]
#[doc(inline)]
pub use matrix_events_runtime::hash;
#[doc(inline)]
pub use matrix_events_runtime::{canonical_json, redaction, room_version_rules};
#[doc(inline)]
pub use matrix_events_runtime::{
    device_id, event_id, from_slice, from_str, kept_text, key_id, locate, mxc_uri, room_alias_id, room_id,
    room_or_alias_id, room_version_id, server_name, server_signing_key_id, session_id, space_child_order, to_string,
    to_vec, transaction_id, unpadded_base64, url_safe_unpadded_base64, user_id, voip_id, DeviceId, EduContent,
    EphemeralRoomEventContent, Error, EventContent, EventId, EventReference, Events, Extra,
    GlobalAccountDataEventContent, IdentifierKind, IntOrString, InvalidEvent, InvalidField, InvalidIdentifier,
    InvalidReason, InvalidUri, JsonObject, KeyId, Location, Map, MatrixId, MatrixToUri, MatrixUri,
    MessageLikeEventContent, MxcUri, Nullable, Position, PresenceContent, RoomAccountDataEventContent, RoomAliasId,
    RoomEventContent, RoomId, RoomOrAliasId, RoomVersionId, ServerName, ServerSigningKeyId, SessionId, SpaceChildOrder,
    SpaceChildPosition, StateEventContent, StringOrInt, ToDeviceEventContent, TransactionId, TypeSuffix, UnknownValue,
    UnpaddedBase64, UriAction, UrlSafeUnpaddedBase64, UsedAlias, UserId, VoipId,
};
pub use raw::{MalformedEdu, MalformedEvent, RedactedEvent, UnknownContent, UnknownEdu, UnknownEvent};
#[doc(inline)]
pub use validate::{is_valid, validate, validate_value, Report, Violation};

/// The items that emitted code uses, in this crate and in crates with custom events. They can change in every version, so
/// regenerate custom events after an update of this crate.
#[doc(hidden)]
pub mod __private {
    pub use matrix_events_runtime::__private::*;
}

/// The examples in the README, which are tested as doctests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
