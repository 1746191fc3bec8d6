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
//! | `AnySyncStateEvent`, `AnyToDeviceEvent` and so on | the same names; `AnySyncEphemeralRoomEvent` is [`AnyEphemeralEvent`](crate::AnyEphemeralEvent) |
//! | `EphemeralData` of `ruma-appservice-api` | [`AnyEphemeralData`](crate::AnyEphemeralData) |
//! | `SyncEphemeralRoomEvent<C>`, `EphemeralRoomEvent<C>` | [`EphemeralEvent<C>`](crate::EphemeralEvent), [`EphemeralRoomEvent<C>`](crate::EphemeralRoomEvent) |
//! | `AnySyncTimelineEvent::event_type` | [`TimelineEventType::from(event.event_type())`](crate::TimelineEventType), because `event_type` returns the text |
//! | `MessageLikeEventType`, `StateEventType`, `ToDeviceEventType` and so on | the same names; `EphemeralRoomEventType` is [`EphemeralEventType`](crate::EphemeralEventType) |
//! | `AnyMessageLikeEventContent`, `AnyStateEventContent` and so on | the same names, with the same `event_type`; `AnyEphemeralRoomEventContent` is [`AnyEphemeralEventContent`](crate::AnyEphemeralEventContent) |
//! | `AnyMessageLikeEventContent::from_parts` | [`AnyMessageLikeEventContent::from_parts`](crate::AnyMessageLikeEventContent::from_parts), with the content as text; an invalid content is in the variant `Unknown` |
//! | the hidden variant `_Custom` | the variant `Unknown` with an [`UnknownEvent`](crate::UnknownEvent), which contains the JSON |
//! | `SyncMessageLikeEvent::Redacted` | the variant `Redacted` with a [`RedactedEvent`](crate::RedactedEvent), which contains the JSON; [`is_redacted`](crate::AnySyncTimelineEvent::is_redacted) for every variant |
//! | `sender`, `event_id`, `origin_server_ts` of events | the same fields, which are optional, because deserialization is lenient |
//! | `OriginalMessageLikeEvent<C>`, `OriginalSyncMessageLikeEvent<C>` | [`RoomEvent<C>`](crate::RoomEvent), [`SyncRoomEvent<C>`](crate::SyncRoomEvent) |
//! | `OriginalStateEvent<C>`, `OriginalSyncStateEvent<C>` | [`StateEvent<C>`](crate::StateEvent), [`SyncStateEvent<C>`](crate::SyncStateEvent) |
//! | `BTreeMap<K, V>` as the type of a field | [`Map<K, V>`](crate::Map), which has the same methods, except for `entry` and ranges |
//! | `InitialStateEvent<C>`, `AnyInitialStateEvent` | the same names, with [`with_empty_state_key`](crate::InitialStateEvent::with_empty_state_key); `new` takes the content first |
//! | `DecryptedOlmV1Event<C>`, `DecryptedMegolmV1Event<C>` | [`DecryptedOlmEvent<C>`](crate::DecryptedOlmEvent), [`DecryptedMegolmEvent<C>`](crate::DecryptedMegolmEvent), and [`AnyDecryptedOlmEvent`](crate::AnyDecryptedOlmEvent), [`AnyDecryptedMegolmEvent`](crate::AnyDecryptedMegolmEvent) for any type |
//! | `MessageLikeUnsigned<C>`, `StateUnsigned<C>` | [`UnsignedData`](crate::UnsignedData), with `redacted_because` as a [`JsonObject`](crate::JsonObject); [`StateEvent::prev_content`](crate::StateEvent::prev_content) |
//! | `AnySyncTimelineEvent::transaction_id` | [`AnySyncTimelineEvent::transaction_id`](crate::AnySyncTimelineEvent::transaction_id), [`redacted_because`](crate::AnySyncTimelineEvent::redacted_because), [`redaction`](crate::AnySyncTimelineEvent::redaction) |
//! | `SyncRoomRedactionEvent::redacts` | [`SyncRoomEvent::redacts`](crate::SyncRoomEvent::redacts) |
//! | `SyncRoomRedactionEvent::redacts(&rules)` | [`SyncRoomEvent::redacts_by`](crate::SyncRoomEvent::redacts_by); [`redacts`](crate::SyncRoomEvent::redacts) requires no rules |
//! | `RoomVersionId::rules`, `RoomVersionRules` | [`RoomVersionId::rules`](crate::RoomVersionId::rules), [`RoomVersionRules`](crate::room_version_rules::RoomVersionRules) with the same names of flags; [`RedactionRules`](crate::room_version_rules::RedactionRules) has lists of keys in place of flags |
//! | `canonical_json::{redact, redact_in_place}` | [`redaction::redact`](crate::redaction::redact), [`redact_str`](crate::redaction::redact_str), [`AnySyncTimelineEvent::redact`](crate::AnySyncTimelineEvent::redact) |
//! | `canonical_json::redact_content_in_place`, `RedactContent::redact` | [`redaction::redact_content`](crate::redaction::redact_content), [`SyncRoomEvent::to_redacted`](crate::SyncRoomEvent::to_redacted) |
//! | `CanonicalJsonValue`, `to_canonical_value`, `try_from_json_map` | [`canonical_json::to_string`](crate::canonical_json::to_string), [`canonicalize`](crate::canonical_json::canonicalize), [`check`](crate::canonical_json::check) |
//! | `ruma_signatures::{content_hash, reference_hash, add_content_hash_to_event}` | `hash::content_hash`, `hash::reference_hash`, `hash::add_content_hash`, and `hash::event_id`, with the feature `hash` |
//! | `pdu::Pdu`, `pdu::RoomV1Pdu`, `pdu::RoomV3Pdu` of earlier versions | `AnyPdu`, with `Pdu<C>` and `StatePdu<C>` for the formats of all room versions, with the feature `federation` |
//! | `hash_and_sign_event`, `verify_event` | `AnyPdu::add_content_hash`, `AnyPdu::to_string_for_signing`, `AnyPdu::add_signature`, `AnyPdu::is_content_hash_valid`; this crate does not sign |
//! | `to_canonical_json_string_for_signing` | [`canonical_json::to_string_for_signing`](crate::canonical_json::to_string_for_signing), [`event_to_string_for_signing`](crate::canonical_json::event_to_string_for_signing) |
//! | `Relation::Reply`, `::Thread`, `::Replacement` | [`replies_to`](crate::common::RelatesTo::replies_to), [`thread_root`](crate::common::RelatesTo::thread_root), [`replaces`](crate::common::RelatesTo::replaces) of a [`RelatesTo`](crate::common::RelatesTo) |
//! | `RoomPowerLevels`, `UserPowerLevel`, `PowerLevelAction` | [`RoomPowerLevels`](crate::power_levels::RoomPowerLevels), [`UserPowerLevel`](crate::power_levels::UserPowerLevel), [`PowerLevelAction`](crate::power_levels::PowerLevelAction); the methods have the same names, and take texts instead of `UserId` and `StateEventType` |
//! | `RoomPowerLevels::for_user`, `::for_action`, `::max` | the same names, which return an `Option`, because a room can have invalid levels |
//! | `RoomPowerLevelsEvent::power_levels` | [`SyncStateEvent::power_levels`](crate::SyncStateEvent::power_levels), with the creators that [`SyncStateEvent::creators`](crate::SyncStateEvent::creators) returns |
//! | `RoomPowerLevelsEventContent::try_from(levels)` | [`RoomPowerLevels::check_change`](crate::power_levels::RoomPowerLevels::check_change), which reports all violations of the authorization rules |
//! | `push::Ruleset`, with `get_match`, `get_actions`, `server_default`, `insert`, `remove`, `set_enabled`, `set_actions`, `get`, `iter` | [`push::PushRuleset`](crate::push::PushRuleset), with the same methods, and [`move_rule`](crate::push::PushRuleset::move_rule); the methods are not `async`, and `insert` takes the kind |
//! | `push::FlattenedJson::from_raw`, `push::PushConditionRoomCtx`, `push::RuleKind`, `push::AnyPushRuleRef` | [`FlattenedJson::from_json`](crate::push::FlattenedJson::from_json) and [`from_event`](crate::push::FlattenedJson::from_event), and the same names |
//! | `push::ConditionalPushRule`, `push::PatternedPushRule`, `push::SimplePushRule`, and the types of `push::NewPushRule` | [`push::PushRule`](crate::push::PushRule), with [`conditional`](crate::push::PushRule::conditional), [`patterned`](crate::push::PushRule::patterned) and [`simple`](crate::push::PushRule::simple) |
//! | `push::PredefinedOverrideRuleId` and similar types | [`push::PredefinedRuleId`](crate::push::PredefinedRuleId) |
//! | `push::PushCondition`, `push::RoomMemberCountIs` | [`PushCondition::typed`](crate::push::PushCondition::typed), [`RoomMemberCount`](crate::RoomMemberCount) |
//! | `OriginalSyncRoomMemberEvent::membership_change`, `MembershipChange` | [`SyncStateEvent::membership_change`](crate::SyncStateEvent::membership_change), [`MembershipChange`](crate::membership::MembershipChange), with the same variants |
//! | `membership_change` of redacted and stripped events, with `MembershipDetails` | [`membership_change_from`](crate::StrippedStateEvent::membership_change_from), with the previous content |
//! | `RoomDisplayName`, `AmbiguityMap` of `matrix-sdk-base` | [`RoomDisplayName`](crate::display_name::RoomDisplayName), [`DisplayNames`](crate::display_name::DisplayNames) |
//! | `StaticEventContent::TYPE` | [`EventContent::TYPE`](crate::EventContent::TYPE) |
//! | `ToDeviceKeyVerificationStartEventContent`, `ToDeviceRoomEncryptedEventContent`, `StateRoomEncryptedEventContent` and so on | the name without `ToDevice` or `State`, because one content type is for all kinds of events |
//! | `MediaSource`, `receipt::ReceiptThread` | [`MediaSource`](crate::MediaSource), [`ReceiptThread`](crate::ReceiptThread), which accessors of the contents return |
//! | `MessageType::Image(…)` | [`RoomMessageEventContent::Image`](crate::room::message::RoomMessageEventContent::Image) |
//! | `RoomMessageEventContent::text_plain`, `notice_html`, `emote_markdown` and so on | the same names, such as [`text_plain`](crate::room::message::RoomMessageEventContent::text_plain); Markdown requires the feature `markdown` |
//! | `make_reply_to(event, ForwardThread::Yes, AddMentions::Yes)` | [`reply_to`](crate::room::message::RoomMessageEventContent::reply_to); [`outside_thread`](crate::relations::RelatedEvent::outside_thread) and [`without_mention`](crate::relations::RelatedEvent::without_mention) of the event are `ForwardThread::No` and `AddMentions::No` |
//! | `make_for_thread(event, ReplyWithinThread::No, …)`, `::Yes` | [`in_thread`](crate::room::message::RoomMessageEventContent::in_thread), [`reply_in_thread`](crate::room::message::RoomMessageEventContent::reply_in_thread) |
//! | `make_replacement`, `apply_replacement` | [`edit`](crate::room::message::RoomMessageEventContent::edit), [`apply_edit`](crate::room::message::RoomMessageEventContent::apply_edit), which exists for events too |
//! | `ReplyMetadata`, `ReplacementMetadata` | [`RelatedEvent`](crate::relations::RelatedEvent), to which a reference to an event converts |
//! | `add_mentions`, `Mentions::with_user_ids`, `::with_room_mention` | [`add_mentions`](crate::room::message::RoomMessageEventContent::add_mentions), [`with_user_ids`](crate::common::Mentions::with_user_ids), [`with_room`](crate::common::Mentions::with_room) |
//! | `RoomMessageEventContentWithoutRelation` | [`RoomMessageEventContent`](crate::room::message::RoomMessageEventContent); [`take_relation`](crate::room::message::RoomMessageEventContent::take_relation) removes the relation, [`with_relation`](crate::room::message::RoomMessageEventContent::with_relation) sets it |
//! | `FormattedBody` | [`formatted_body`](crate::room::message::RoomMessageEventContent::formatted_body), if the format is HTML |
//! | `ImageMessageEventContent::plain`, `encrypted`, `info`, `filename`, `caption` and so on | the same names, such as [`ImageMessageEventContent::plain`](crate::room::message::ImageMessageEventContent::plain); `formatted_caption` returns the HTML |
//! | `sanitize::remove_plain_reply_fallback`, `ruma_html::remove_html_reply_fallback` | [`remove_plain_reply_fallback`](crate::relations::remove_plain_reply_fallback), [`remove_html_reply_fallback`](crate::relations::remove_html_reply_fallback) |
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
//! # Methods
//!
//! The file `docs/ruma.md` in the repository lists all methods of Ruma's types, with their counterparts. This table has the methods
//! that five projects call most: the Matrix Rust SDK, two homeservers and two clients. Calls are counted by name, as the file
//! describes, and the count is that of the first method in the row. Names that many types have, such as `new`, `get`, `content` and
//! `sender`, are not counted.
//!
//! | Ruma | calls | this crate |
//! |---|---|---|
//! | `server_name` of identifiers | 400 | the same, such as [`UserId::server_name`](crate::UserId::server_name), which returns an `Option` |
//! | `RoomMessageEventContent::text_plain`, `notice_html` and so on | 324 | the same names, such as [`text_plain`](crate::room::message::RoomMessageEventContent::text_plain) |
//! | `event_type` of events and contents | 259 | the same for the enums, such as [`AnyTimelineEvent::event_type`](crate::AnyTimelineEvent::event_type), which return the text; [`EventContent::TYPE`](crate::EventContent::TYPE) for a content |
//! | `plain` of messages, `encrypted` of media | 253 | the same, such as [`ImageMessageEventContent::plain`](crate::room::message::ImageMessageEventContent::plain); [`RelatesTo::in_thread`](crate::common::RelatesTo::in_thread) for `Thread::plain` |
//! | `state_key` of events | 251 | the same, such as [`AnyStateEvent::state_key`](crate::AnyStateEvent::state_key) |
//! | `Raw::cast_unchecked`, `cast`, `cast_ref` | 150 | – (an event has one type, and serializes as equal JSON) |
//! | `Raw::get_field` | 132 | an accessor of the enum, or `get` of a [`JsonObject`](crate::JsonObject) |
//! | `from_parts` of the enums over contents | 93 | the same, such as [`AnyStateEventContent::from_parts`](crate::AnyStateEventContent::from_parts), with the content as text |
//! | `Raw::deserialize_as_unchecked`, `deserialize_as` | 88 | [`from_str`](crate::from_str), or `serde_json::from_str` |
//! | `MessageType::msgtype`, `body` | 77 | [`RoomMessageEventContent::msgtype`](crate::room::message::RoomMessageEventContent::msgtype), [`body`](crate::room::message::RoomMessageEventContent::body) |
//! | `RoomVersionId::rules` | 77 | [`RoomVersionId::rules`](crate::RoomVersionId::rules) |
//! | `UserId::localpart` | 76 | [`UserId::localpart`](crate::UserId::localpart), which returns an `Option` |
//! | `redact` | 74 | [`AnyTimelineEvent::redact`](crate::AnyTimelineEvent::redact), [`redaction::redact`](crate::redaction::redact) for JSON |
//! | `UserId::parse_with_server_name` | 66 | [`UserId::parse_with_server_name`](crate::UserId::parse_with_server_name) |
//! | `as_original` of events | 62 | – (an event that is not redacted has the variant of its type) |
//! | `origin_server_ts` of events | 58 | the same, such as [`AnyTimelineEvent::origin_server_ts`](crate::AnyTimelineEvent::origin_server_ts); [`StateEvent::sent_at`](crate::StateEvent::sent_at) for a `SystemTime` |
//! | `filename`, `caption`, `formatted_caption` of media | 57 | the same, such as [`ImageMessageEventContent::caption`](crate::room::message::ImageMessageEventContent::caption) |
//! | `is_redacted` of events | 45 | the same, such as [`AnyTimelineEvent::is_redacted`](crate::AnyTimelineEvent::is_redacted) |
//! | `power_levels` of events | 44 | the same, such as [`SyncStateEvent::power_levels`](crate::SyncStateEvent::power_levels) |
//! | `Raw::from_json_string` | 42 | [`from_str`](crate::from_str) |
//! | `Ruleset::server_default` | 29 | [`PushRuleset::server_default`](crate::push::PushRuleset::server_default) |
//! | `TextMessageEventContent::html`, `RoomTopicEventContent::html` | 28 | [`TextMessageEventContent::html`](crate::room::message::TextMessageEventContent::html), [`RoomTopicEventContent::html`](crate::room::topic::RoomTopicEventContent::html) |
//! | `redacts` of redactions | 26 | [`SyncRoomEvent::redacts`](crate::SyncRoomEvent::redacts) |
//! | `MilliSecondsSinceUnixEpoch::from_system_time`, `now`, `to_system_time` | 24 | [`time::from_system_time`](crate::time::from_system_time), [`to_system_time`](crate::time::to_system_time) |
//! | `BeaconInfoEventContent::is_live` | 24 | `is_live` with the current time, with the feature `unstable-msc3489` |
//! | `InitialStateEvent::to_raw`, `to_raw_any` | 21 | [`to_string`](crate::to_string), or `serde_json::to_string` |
//! | `join_rule`, `history_visibility` of events | 18 | the fields of the content, such as [`RoomJoinRulesEventContent::join_rule`](crate::room::join_rules::RoomJoinRulesEventContent::join_rule) |
//! | `to_canonical_value` | 18 | [`canonical_json::to_string`](crate::canonical_json::to_string) |
//! | `Mentions::with_user_ids` | 18 | [`Mentions::with_user_ids`](crate::common::Mentions::with_user_ids) |
//! | `new_v11` of contents | 17 | [`RoomCreateEventContent::new_v11`](crate::room::create::RoomCreateEventContent::new_v11), [`RoomRedactionEventContent::new_v11`](crate::room::redaction::RoomRedactionEventContent::new_v11) |
//! | `InitialStateEvent::with_empty_state_key` | 17 | [`InitialStateEvent::with_empty_state_key`](crate::InitialStateEvent::with_empty_state_key) |
//! | `original_content` of events | 16 | [`AnySyncStateEvent::content`](crate::AnySyncStateEvent::content) |
//! | `RoomPowerLevels::user_can_send_state`, `user_can_ban` and so on | 15 | the same names, such as [`user_can_send_state`](crate::power_levels::RoomPowerLevels::user_can_send_state) |
//! | `relations` of events | 15 | [`AnySyncTimelineEvent::relations`](crate::AnySyncTimelineEvent::relations) |
//! | `transaction_id` of events | 13 | [`AnySyncTimelineEvent::transaction_id`](crate::AnySyncTimelineEvent::transaction_id) |
//! | `RoomMessageEventContent::text_markdown` | 11 | the same, with the feature `markdown` |
//! | `matrix_to_uri` of identifiers | 10 | the same, such as [`RoomId::matrix_to_uri`](crate::RoomId::matrix_to_uri) |
//! | `RoomEncryptionEventContent::with_recommended_defaults` | 10 | [`RoomEncryptionEventContent::with_recommended_defaults`](crate::room::encryption::RoomEncryptionEventContent::with_recommended_defaults) |
//! | `membership_change` of events and contents | 9 | [`SyncStateEvent::membership_change`](crate::SyncStateEvent::membership_change) |
//! | `UserId::validate_strict` | 9 | [`UserId::is_strict`](crate::UserId::is_strict) |
//! | `RoomMessageEventContent::add_mentions` | 8 | [`RoomMessageEventContent::add_mentions`](crate::room::message::RoomMessageEventContent::add_mentions) |
//! | `Ruleset::get_actions` | 8 | [`PushRuleset::get_actions`](crate::push::PushRuleset::get_actions) |
//! | `into_full_event` of events | 8 | [`AnySyncTimelineEvent::with_room_id`](crate::AnySyncTimelineEvent::with_room_id) |
//! | `RoomServerAclEventContent::is_allowed` | 8 | [`RoomServerAclEventContent::is_allowed`](crate::room::server_acl::RoomServerAclEventContent::is_allowed) |
//! | `version_1` of call events | 8 | the same, such as [`CallRejectEventContent::version_1`](crate::call::reject::CallRejectEventContent::version_1); the arguments are in the order of `new` |
//! | `make_for_thread`, `make_reply_to`, `make_replacement` | 4 | [`in_thread`](crate::room::message::RoomMessageEventContent::in_thread), [`reply_to`](crate::room::message::RoomMessageEventContent::reply_to), [`edit`](crate::room::message::RoomMessageEventContent::edit) |
//!
//! For example, a reply with the sender in its mentions, and the text of a message:
//!
//! ```
//! use matrix_events::room::message::RoomMessageEventContent;
//! use matrix_events::AnySyncTimelineEvent;
//!
//! let event: AnySyncTimelineEvent = matrix_events::from_str(
//!     r#"{"type": "m.room.message", "event_id": "$Rk1V", "sender": "@mira:example.org", "origin_server_ts": 1,
//!         "content": {"msgtype": "m.text", "body": "The seedlings are up!"}}"#,
//! )?;
//! assert_eq!((event.event_type(), event.is_redacted()), ("m.room.message", false));
//! // Ruma: `RoomMessageEventContent::text_plain("Nice!").make_reply_to(&event, ForwardThread::Yes, AddMentions::Yes)`.
//! let reply = RoomMessageEventContent::text_plain("Nice!").reply_to(&event).expect("the event has an ID");
//! assert!(reply.mentions_user("@mira:example.org"));
//! assert_eq!((reply.msgtype(), reply.body()), (Some("m.text"), Some("Nice!")));
//! # Ok::<(), matrix_events::Error>(())
//! ```
//!
//! # Features of Ruma that this crate does not have
//!
//! | feature | Ruma | this crate |
//! |---|---|---|
//! | relations | an enum of all relations | [`RelatesTo`](crate::common::RelatesTo); bundled relations are a field of [`UnsignedData`](crate::UnsignedData), with [`replacement`](crate::BundledRelations::replacement) and [`latest`](crate::BundledThread::latest) for their events |
//! | sanitization of HTML | `ruma-html` | – |
//! | endpoints, signatures, authorization rules, state resolution | other crates of Ruma | – |
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
