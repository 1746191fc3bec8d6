//! Unstable prefixes of accepted proposals: each alias fills the field, or selects the type, and is serialized again.

use std::collections::BTreeSet;
use std::fmt::Debug;

use matrix_events::call::answer::CallAnswerEventContent;
use matrix_events::call::invite::CallInviteEventContent;
use matrix_events::call::negotiate::CallNegotiateEventContent;
use matrix_events::call::sdp_stream_metadata_changed::CallSdpStreamMetadataChangedEventContent;
use matrix_events::receipt::EventReceipts;
use matrix_events::responses::sync::{JoinedRoom, LeftRoom};
use matrix_events::responses::transactions::TransactionRequest;
use matrix_events::room::create::RoomCreateEventContent;
use matrix_events::room::member::RoomMemberUnsigned;
use matrix_events::room::message::*;
use matrix_events::room::topic::{RoomTopicEventContent, TopicContentBlock};
use matrix_events::room::ImageInfo;
use matrix_events::room_key::RoomKeyEventContent;
use matrix_events::sticker::StickerEventContent;
use matrix_events::{
    AnyEdu, AnyEphemeralEvent, AnyGlobalAccountDataEvent, AnyPresenceEvent, AnyRoomAccountDataEvent, AnySyncStateEvent,
    AnySyncTimelineEvent, AnyToDeviceEvent, BundledRelations, UnsignedData,
};
use matrix_events_codegen::ir::{Kind, Shape};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{json, Value};
use spec_tests::events::{event, round_trip, state_event, with};
use spec_tests::spec::output;

/// The name of a type and an alias of one of its fields.
type Alias = (String, String);

/// Checks an object with a field under an alias: the field has a value, and the same value under its own name.
fn fills<T, F>(alias: &str, name: &str, value: &Value, others: &Value, field: impl Fn(&T) -> &Option<F>) -> Alias
where
    T: Debug + DeserializeOwned + Serialize,
    F: Debug + PartialEq,
{
    let read: T = round_trip(&with(others.clone(), alias, value.clone()));
    let stable: T = round_trip(&with(others.clone(), name, value.clone()));
    assert!(field(&read).is_some(), "{alias}: {read:?}");
    assert_eq!(field(&read), field(&stable), "{alias}");
    let of_type = std::any::type_name::<T>().rsplit("::").next().unwrap_or_default();
    (of_type.to_owned(), alias.to_owned())
}

macro_rules! rows {
    ($($ty:ident . $field:ident: $name:literal, $alias:literal = $value:tt in $others:tt;)*) => {
        vec![$(fills($alias, $name, &json!($value), &json!($others), |object: &$ty| &object.$field)),*]
    };
}

macro_rules! mentions {
    ($($ty:ident $others:tt;)*) => {
        rows! {
            $($ty.mentions: "m.mentions", "org.matrix.msc3952.mentions" = { "user_ids": ["@mira:example.org"] } in $others;)*
        }
    };
}

/// The aliases of fields: type and field, own name, alias, value, other members of the object.
fn fields() -> Vec<Alias> {
    let mut found = rows! {
        // MSC3077, and MSC3291 for the last
        CallInviteEventContent.sdp_stream_metadata: "sdp_stream_metadata", "org.matrix.msc3077.sdp_stream_metadata" =
            { "s": { "purpose": "m.usermedia" } } in
            { "call_id": "c", "version": "1", "lifetime": 1, "offer": { "type": "offer", "sdp": "" } };
        CallAnswerEventContent.sdp_stream_metadata: "sdp_stream_metadata", "org.matrix.msc3077.sdp_stream_metadata" =
            { "s": { "purpose": "m.usermedia" } } in
            { "call_id": "c", "version": "1", "answer": { "type": "answer", "sdp": "" } };
        CallNegotiateEventContent.sdp_stream_metadata: "sdp_stream_metadata", "org.matrix.msc3077.sdp_stream_metadata" =
            { "s": { "purpose": "m.usermedia" } } in
            { "call_id": "c", "version": "1", "lifetime": 1, "description": { "type": "offer", "sdp": "" } };
        // MSC3061
        RoomKeyEventContent.shared_history: "shared_history", "m.shared_history" = true in
            { "algorithm": "m.megolm.v1.aes-sha2", "room_id": "!r:example.org", "session_id": "i", "session_key": "k" };
        RoomKeyEventContent.shared_history: "shared_history", "org.matrix.msc3061.shared_history" = true in
            { "algorithm": "m.megolm.v1.aes-sha2", "room_id": "!r:example.org", "session_id": "i", "session_key": "k" };
        // MSC1772
        RoomCreateEventContent.r#type: "type", "org.matrix.msc1772.type" = "org.matrix.msc1772.space" in {};
        // MSC2285
        EventReceipts.read_private: "m.read.private", "org.matrix.msc2285.read.private" =
            { "@mira:example.org": { "ts": 1 } } in {};
        // MSC3765 and MSC1767
        RoomTopicEventContent.topic_block: "m.topic", "org.matrix.msc3765.topic" =
            { "org.matrix.msc1767.text": [{ "body": "Seedlings" }] } in { "topic": "Seedlings" };
        TopicContentBlock.text: "m.text", "org.matrix.msc1767.text" = [{ "body": "Seedlings" }] in {};
        // MSC4230
        ImageInfo.is_animated: "is_animated", "org.matrix.msc4230.is_animated" = true in {};
        // MSC4115
        UnsignedData.membership: "membership", "io.element.msc4115.membership" = "join" in {};
        RoomMemberUnsigned.membership: "membership", "io.element.msc4115.membership" = "join" in {};
        // MSC3440
        BundledRelations.thread: "m.thread", "io.element.thread" =
            { "latest_event": {}, "count": 1, "current_user_participated": true } in {};
        // MSC4222
        JoinedRoom.state_after: "state_after", "org.matrix.msc4222.state_after" =
            { "events": [{ "type": "m.room.name", "state_key": "", "content": { "name": "Lobby" } }] } in {};
        LeftRoom.state_after: "state_after", "org.matrix.msc4222.state_after" =
            { "events": [{ "type": "m.room.name", "state_key": "", "content": { "name": "Lobby" } }] } in {};
        // MSC2409
        TransactionRequest.ephemeral: "ephemeral", "de.sorunome.msc2409.ephemeral" =
            [{ "type": "m.typing", "content": { "user_ids": [] } }] in { "events": [] };
    };
    found.extend(messages());
    found
}

/// The aliases of `m.mentions`, by MSC3952.
fn messages() -> Vec<Alias> {
    mentions! {
        AudioMessageEventContent { "msgtype": "m.audio", "body": "b" };
        EmoteMessageEventContent { "msgtype": "m.emote", "body": "b" };
        FileMessageEventContent { "msgtype": "m.file", "body": "b" };
        ImageMessageEventContent { "msgtype": "m.image", "body": "b" };
        KeyVerificationRequestMessageEventContent {
            "msgtype": "m.key.verification.request", "body": "b", "from_device": "D", "methods": [], "to": "@mira:example.org"
        };
        LocationMessageEventContent { "msgtype": "m.location", "body": "b", "geo_uri": "geo:1,2" };
        NoticeMessageEventContent { "msgtype": "m.notice", "body": "b" };
        ServerNoticeMessageEventContent { "msgtype": "m.server_notice", "body": "b", "server_notice_type": "m" };
        TextMessageEventContent { "msgtype": "m.text", "body": "b" };
        VideoMessageEventContent { "msgtype": "m.video", "body": "b" };
        OtherRoomMessageEventContent { "msgtype": "org.example.poll", "body": "b" };
        StickerEventContent { "body": "b", "info": {}, "url": "mxc://example.org/a" };
    }
}

/// The field of `m.call.sdp_stream_metadata_changed` is required, so it has no `Option`.
fn required_fields() -> Vec<Alias> {
    let alias = "org.matrix.msc3077.sdp_stream_metadata";
    let streams = json!({"s": {"purpose": "m.usermedia"}});
    let content = json!({"call_id": "c", "version": "1", "party_id": "p", alias: streams});
    let read: CallSdpStreamMetadataChangedEventContent = round_trip(&content);
    assert_eq!(read.sdp_stream_metadata.len(), 1);
    vec![("CallSdpStreamMetadataChangedEventContent".to_owned(), alias.to_owned())]
}

#[test]
fn alias_of_every_field_fills_the_field() {
    let covered: BTreeSet<Alias> = fields().into_iter().chain(required_fields()).collect();
    let mut declared = BTreeSet::new();
    // The aliases of proposals are in their settings alone.
    let items = output().ir.modules.values().flat_map(|module| &module.items);
    for item in items.filter(|item| item.proposal().is_none()) {
        let Shape::Struct(shape) = &item.shape else { continue };
        let released = shape.fields.iter().filter(|field| field.docs.proposal.is_none());
        let aliases = released.flat_map(|field| &field.aliases);
        declared.extend(aliases.map(|alias| (item.name.clone(), alias.clone())));
    }
    assert_eq!(covered, declared);
}

/// Asserts that an event has a type of its own, and that it keeps its alias.
fn typed<T: Debug + DeserializeOwned + Serialize>(value: &Value) {
    let shown = format!("{:?}", round_trip::<T>(value));
    let variant = shown.split('(').next().unwrap_or_default();
    assert!(!["Unknown", "Malformed", "Redacted"].contains(&variant), "{shown}");
}

/// The contents of event types that have an alias, and no example.
fn content(event_type: &str) -> Value {
    let examples = output().examples.iter().filter(|example| example.event_type == event_type);
    let mut contents = examples.map(|example| example.value["content"].clone());
    contents.next().unwrap_or_else(|| panic!("{event_type} has no example"))
}

#[test]
fn alias_of_every_event_type_selects_the_type() {
    let mut aliases = BTreeSet::new();
    for event_of in output().ir.events.iter().filter(|event| event.proposal().is_none()) {
        for (alias, kind) in
            event_of.aliases.iter().flat_map(|alias| event_of.kinds.iter().map(move |kind| (alias, kind)))
        {
            let content = content(&event_of.event_type);
            let bare = json!({"type": alias, "sender": "@mira:example.org", "content": content});
            match kind {
                Kind::MessageLike => typed::<AnySyncTimelineEvent>(&event(alias, &content)),
                Kind::State => typed::<AnySyncStateEvent>(&state_event(alias, "", &content)),
                Kind::Ephemeral => typed::<AnyEphemeralEvent>(&bare),
                Kind::Presence => typed::<AnyPresenceEvent>(&bare),
                Kind::GlobalAccountData => typed::<AnyGlobalAccountDataEvent>(&bare),
                Kind::RoomAccountData => typed::<AnyRoomAccountDataEvent>(&bare),
                Kind::ToDevice => typed::<AnyToDeviceEvent>(&bare),
                Kind::Edu => typed::<AnyEdu>(&json!({"edu_type": alias, "content": content})),
            }
            aliases.insert(alias.as_str());
        }
    }
    let expected = [
        "com.famedly.marked_unread",                   // MSC2867
        "im.ponies.emote_rooms",                       // MSC2545
        "im.ponies.room_emotes",                       // MSC2545
        "io.element.msc4268.room_key_bundle",          // MSC4268
        "io.element.recent_emoji",                     // MSC4356
        "io.github.johennes.msc4356.recent_emoji",     // MSC4356
        "m.receipt.private",                           // listed in the schema
        "m.room.rule.room",                            // MSC2313
        "m.room.rule.server",                          // MSC2313
        "m.room.rule.user",                            // MSC2313
        "org.matrix.call.sdp_stream_metadata_changed", // MSC3291
        "org.matrix.mjolnir.rule.room",                // MSC2313
        "org.matrix.mjolnir.rule.server",              // MSC2313
        "org.matrix.mjolnir.rule.user",                // MSC2313
        "org.matrix.msc1772.space.child",              // MSC1772
        "org.matrix.msc1772.space.parent",             // MSC1772
        "org.matrix.msc4155.invite_permission_config", // MSC4155
        "org.matrix.msc4284.policy",                   // MSC4284
        "org.matrix.msc4380.invite_permission_config", // MSC4380
        "org.matrix.room_key.withheld",                // MSC2399
        "org.matrix.signing_key_update",               // MSC1756
    ];
    assert_eq!(aliases.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn other_forms_under_an_alias_are_typed() {
    let policy = json!({"via": "example.org", "public_key": "6yhHGKhCiXTSEN2ksjV7kX_N6rBQZ3Xb-M7LlC6NS-s"});
    let read: AnySyncStateEvent = round_trip(&state_event("org.matrix.msc4284.policy", "", &policy));
    let AnySyncStateEvent::RoomPolicy(policy) = read else { panic!("{read:?}") };
    assert_eq!(policy.content.via, Some("example.org".into()));
    assert!(policy.content.public_key.is_some() && policy.content.public_keys.is_none());
    let config = json!({"type": "org.matrix.msc4380.invite_permission_config", "content": {"block_all": true}});
    let read: AnyGlobalAccountDataEvent = round_trip(&config);
    let AnyGlobalAccountDataEvent::InvitePermissionConfig(config) = read else { panic!("{read:?}") };
    assert_eq!(config.content.block_all, Some(true));
}
