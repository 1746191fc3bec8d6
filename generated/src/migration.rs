//! Guide for users of Ruma: an example in both crates, the corresponding names, and the use of both crates in one program.
//!
//! This module contains only documentation. The statements about Ruma apply to `ruma-events` 0.35.2 and `ruma-common` 0.20.2.
//!
//! # Example in both crates
//!
//! These functions return the text of a message from `/sync`. With Ruma:
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
//! This crate has no `Raw`. Every JSON object deserializes as an event, and serializes as equal JSON. An array element that is not
//! an object fails a `Vec` of events. In a list of the type [`Events`](crate::Events), it does not fail the list.
//!
//! # Names
//!
//! The file `docs/ruma.md` in the repository lists all event types and content types of Ruma, with their counterparts. This table
//! has the names that differ most.
//!
//! | Ruma | this crate |
//! |---|---|
//! | `Raw<AnySyncTimelineEvent>` | [`AnySyncTimelineEvent`](crate::AnySyncTimelineEvent), or [`JsonObject`](crate::JsonObject) |
//! | an error of `Raw::deserialize` | the variant `Malformed`, with a [reason](crate::MalformedEvent::reason) |
//! | `AnySyncTimelineEvent::MessageLike(…)`, `::State(…)` | [`AnySyncTimelineEvent`](crate::AnySyncTimelineEvent), with a variant for each event type |
//! | `AnySyncStateEvent`, `AnyToDeviceEvent` and so on | the same names; `AnyEphemeralRoomEvent` is [`AnyEphemeralEvent`](crate::AnyEphemeralEvent) |
//! | `AnySyncTimelineEvent::event_type` | [`TimelineEventType::from(event.event_type())`](crate::TimelineEventType), because `event_type` returns the text |
//! | `MessageLikeEventType`, `StateEventType`, `ToDeviceEventType` and so on | the same names; `EphemeralRoomEventType` is [`EphemeralEventType`](crate::EphemeralEventType) |
//! | `AnyMessageLikeEventContent`, `AnyStateEventContent` and so on | the same names, with the same `event_type`; `AnyEphemeralRoomEventContent` is [`AnyEphemeralEventContent`](crate::AnyEphemeralEventContent) |
//! | `AnyMessageLikeEventContent::from_parts` | [`AnyMessageLikeEventContent::from_parts`](crate::AnyMessageLikeEventContent::from_parts), with the content as text; an invalid content is in the variant `Unknown` |
//! | the hidden variant `_Custom` | the variant `Unknown` with an [`UnknownEvent`](crate::UnknownEvent), which contains the JSON |
//! | `SyncMessageLikeEvent::Redacted` | the variant `Redacted` with a [`RedactedEvent`](crate::RedactedEvent), which contains the JSON; [`is_redacted`](crate::AnySyncTimelineEvent::is_redacted) for every variant |
//! | `sender`, `event_id`, `origin_server_ts` of events | the same fields, which are optional, because deserialization is lenient |
//! | `OriginalMessageLikeEvent<C>`, `OriginalSyncMessageLikeEvent<C>` | [`RoomEvent<C>`](crate::RoomEvent), [`SyncRoomEvent<C>`](crate::SyncRoomEvent) |
//! | `OriginalStateEvent<C>`, `OriginalSyncStateEvent<C>` | [`StateEvent<C>`](crate::StateEvent), [`SyncStateEvent<C>`](crate::SyncStateEvent) |
//! | `InitialStateEvent<C>`, `AnyInitialStateEvent` | the same names, with [`with_empty_state_key`](crate::InitialStateEvent::with_empty_state_key); `new` takes the content first |
//! | `DecryptedOlmV1Event<C>`, `DecryptedMegolmV1Event<C>` | [`DecryptedOlmEvent<C>`](crate::DecryptedOlmEvent), [`DecryptedMegolmEvent<C>`](crate::DecryptedMegolmEvent), and [`AnyDecryptedOlmEvent`](crate::AnyDecryptedOlmEvent), [`AnyDecryptedMegolmEvent`](crate::AnyDecryptedMegolmEvent) for any type |
//! | `MessageLikeUnsigned<C>`, `StateUnsigned<C>` | [`UnsignedData`](crate::UnsignedData), with `redacted_because` as a [`JsonObject`](crate::JsonObject); [`StateEvent::prev_content`](crate::StateEvent::prev_content) |
//! | `AnySyncTimelineEvent::transaction_id` | [`AnySyncTimelineEvent::transaction_id`](crate::AnySyncTimelineEvent::transaction_id), [`redacted_because`](crate::AnySyncTimelineEvent::redacted_because), [`redaction`](crate::AnySyncTimelineEvent::redaction) |
//! | `SyncRoomRedactionEvent::redacts` | [`SyncRoomEvent::redacts`](crate::SyncRoomEvent::redacts) |
//! | `Relation::Reply`, `::Thread`, `::Replacement` | [`replies_to`](crate::common::RelatesTo::replies_to), [`thread_root`](crate::common::RelatesTo::thread_root), [`replaces`](crate::common::RelatesTo::replaces) of a [`RelatesTo`](crate::common::RelatesTo) |
//! | `RoomPowerLevels::for_user`, `::for_message`, `::for_state` | [`RoomPowerLevelsEventContent::for_user`](crate::room::power_levels::RoomPowerLevelsEventContent::for_user), `::for_message`, `::for_state`. From room version 12 on, creators have unlimited power, which these methods do not know: compare the user with the `sender` and `additional_creators` of `m.room.create` first |
//! | `StaticEventContent::TYPE` | [`EventContent::TYPE`](crate::EventContent::TYPE) |
//! | `ToDeviceKeyVerificationStartEventContent`, `ToDeviceRoomEncryptedEventContent` and so on | the name without `ToDevice`, because one content type is for rooms and for devices |
//! | `MediaSource`, `receipt::ReceiptThread` | [`MediaSource`](crate::MediaSource), [`ReceiptThread`](crate::ReceiptThread), which accessors of the contents return |
//! | `MessageType::Image(…)` | [`RoomMessageEventContent::Image`](crate::room::message::RoomMessageEventContent::Image) |
//! | `TextMessageEventContent::plain(body)` | [`TextMessageEventContent::new(body)`](crate::room::message::TextMessageEventContent::new) |
//! | `OwnedUserId`, `OwnedRoomId`, `OwnedMxcUri` | [`UserId`](crate::UserId), [`RoomId`](crate::RoomId), [`MxcUri`](crate::MxcUri), which accept any text |
//! | `OwnedDeviceId`, `OwnedTransactionId`, `OwnedVoipId` | [`DeviceId`](crate::DeviceId), [`TransactionId`](crate::TransactionId), [`VoipId`](crate::VoipId) |
//! | `OwnedDeviceKeyId`, `OwnedCrossSigningKeyId` | [`KeyId`](crate::KeyId) |
//! | `user_id!`, `owned_user_id!` | [`user_id!`](crate::user_id), which creates a [`UserId`](crate::UserId) |
//! | `MatrixToUri`, `MatrixUri`, `matrix_uri::MatrixId` | [`MatrixToUri`](crate::MatrixToUri), [`MatrixUri`](crate::MatrixUri), [`MatrixId`](crate::MatrixId) |
//! | `SpaceChildOrd` | [`SpaceChildPosition`](crate::SpaceChildPosition) |
//! | `RoomServerAclEventContent::is_allowed` | [the same name](crate::room::server_acl::RoomServerAclEventContent::is_allowed) |
//! | `ReceiptEventContent::user_receipt`, `receipt::ReceiptType` | [`user_receipt`](crate::receipt::ReceiptEventContent::user_receipt) with the thread as a parameter, and [`ReceiptType`](crate::ReceiptType) |
//! | `SpaceChildEventContent::is_valid`, `SpaceParentEventContent::is_valid` | the [same](crate::space::child::SpaceChildEventContent::is_valid) [names](crate::space::parent::SpaceParentEventContent::is_valid), which return `false` for an empty list; [`is_confirmed`](crate::StateEvent::is_confirmed) of parents |
//! | `RoomJoinRulesEventContent::restricted`, `::knock_restricted`, `AllowRule` | the [same](crate::room::join_rules::RoomJoinRulesEventContent::restricted) [names](crate::room::join_rules::RoomJoinRulesEventContent::knock_restricted), [`AllowCondition`](crate::room::join_rules::AllowCondition), [`allowed_rooms`](crate::room::join_rules::RoomJoinRulesEventContent::allowed_rooms) |
//! | `RoomEncryptionEventContent::with_recommended_defaults` | [the same name](crate::room::encryption::RoomEncryptionEventContent::with_recommended_defaults) |
//! | `RoomCreateEventContent::new_v1`, `::new_v11` | [`with_version`](crate::room::create::RoomCreateEventContent::with_version) |
//! | `RoomTopicEventContent::html`, `TextContentBlock::find_plain`, `::find_html` | the [same name](crate::room::topic::RoomTopicEventContent::html), and methods of [`TextualRepresentation`](crate::room::TextualRepresentation) |
//! | `IgnoredUserListEventContent::users` | [the same name](crate::ignored_user_list::IgnoredUserListEventContent::users), with [`is_ignored`](crate::ignored_user_list::IgnoredUserListEventContent::is_ignored) |
//! | `RecentEmojiEventContent::increment_emoji_total`, `::recent_emoji_sorted_by_total` | the [same](crate::recent_emoji::RecentEmojiEventContent::increment_emoji_total) [names](crate::recent_emoji::RecentEmojiEventContent::recent_emoji_sorted_by_total) |
//! | `RoomKeyWithheldCodeInfo` | [`RoomKeyWithheldEventContent::session`](crate::room_key::withheld::RoomKeyWithheldEventContent::session), [`for_session`](crate::room_key::withheld::RoomKeyWithheldEventContent::for_session) and [`no_olm`](crate::room_key::withheld::RoomKeyWithheldEventContent::no_olm) |
//! | `RECOMMENDED_STRIPPED_STATE_EVENT_TYPES`, `RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES` | the [same](crate::RECOMMENDED_STRIPPED_STATE_EVENT_TYPES) [names](crate::RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES), with texts |
//! | `poll::compile_poll_results`, `compile_unstable_poll_results`, `PollResponseData` | `results` of the polls and the module `poll_results`, with the feature `unstable-msc3381` |
//! | `BeaconInfoEventContent::is_live()` | `is_live(SystemTime::now())`, with the feature `unstable-msc3489` |
//! | `CallMemberEventContent::active_memberships`, `MembershipData::expires_ts`, `CallMemberStateKey::user_id` | `active_memberships` with the current time, `CallMembership::expires_at` and `user_id` of the event, with the feature `unstable-msc3401` |
//! | `RtcNotificationEventContent::expiration_ts` | `expires_at`, with the feature `unstable-msc4075` |
//! | `MediaPreviewConfigEventContent::merge_global_and_room_config` | the same name, with the feature `unstable-msc4278` |
//! | `RoomMemberEvent::should_redact_events` | the same name, with the feature `unstable-msc4293` |
//! | `UserId::parse` | [`UserId::parse`](crate::UserId::parse) |
//! | `MilliSecondsSinceUnixEpoch`, `Duration` in fields | `i64`, with methods that return `SystemTime` and `Duration`, see [`time`](crate::time) |
//! | `Int`, `UInt` | `i64` |
//! | `#[derive(EventContent)]` | `cargo xtask regen --extend`, which generates types from a schema |
//!
//! # Features of Ruma that this crate does not have
//!
//! | feature | Ruma | this crate |
//! |---|---|---|
//! | replies and edits | functions that create a complete reply or edit of a message, including its mentions | [`RelatesTo`](crate::common::RelatesTo) creates and recognizes the relation; the caller sets the other fields |
//! | relations | an enum of all relations | [`RelatesTo`](crate::common::RelatesTo); bundled relations are a field of [`UnsignedData`](crate::UnsignedData), with [`replacement`](crate::BundledRelations::replacement) and [`latest`](crate::BundledThread::latest) for their events |
//! | membership changes, such as a kick | `membership_change` | compare [`prev_content`](crate::SyncStateEvent::prev_content), the `sender` and the state key |
//! | permissions, such as the right to ban a user | `RoomPowerLevels::user_can_ban_user` and similar methods | compare the power levels of the users and of the action |
//! | redaction by the rules of a room version | `ruma_common::canonical_json::redact` | recognizes redacted events, does not redact events |
//! | sanitization of HTML | `ruma-html` | – |
//! | endpoints, signatures, authorization rules, state resolution, push rule evaluation, room version rules | other crates of Ruma | – |
//! | proposals without clients, such as message types as event types | behind features | unknown events; other proposals have features, such as `unstable-msc3381` |
//!
//! # Both crates in one program
//!
//! Ruma and the Matrix Rust SDK return events as `Raw<…>`. This crate deserializes and validates the JSON text of a `Raw`.
//!
//! ```ignore
//! let report = matrix_events::validate(raw.json().get().as_bytes());
//! let event: matrix_events::AnySyncTimelineEvent = matrix_events::from_str(raw.json().get())?;
//! ```
//!
//! `Raw::from_json(serde_json::value::to_raw_value(&event)?)` converts an event of this crate to an event of Ruma.
//!
//! With the feature `ruma`, identifiers convert in both directions. Converting from Ruma is infallible. Converting to Ruma can
//! fail, because Ruma validates identifiers and this crate does not.
//!
//! ```ignore
//! use matrix_events::UserId;
//! use ruma_common::OwnedUserId;
//!
//! let user_id = OwnedUserId::try_from(UserId::new("@mira:example.org"))?;
//! assert_eq!(UserId::from(user_id), "@mira:example.org");
//! assert!(OwnedUserId::try_from(UserId::new("mira")).is_err());
//! # Ok::<(), ruma_common::IdParseError>(())
//! ```
