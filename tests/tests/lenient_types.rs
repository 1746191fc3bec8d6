//! Values of existing events that the specification does not allow: each one is typed, and serialized as it was.

use std::collections::BTreeSet;

use matrix_events::call::hangup::CallHangupEventContent;
use matrix_events::call::StreamMetadata;
use matrix_events::room::create::RoomCreateEventContent;
use matrix_events::room::message::RoomMessageEventContent;
use matrix_events::room::power_levels::{Notifications, RoomPowerLevelsEventContent};
use matrix_events::room::server_acl::RoomServerAclEventContent;
use matrix_events::room::TextualRepresentation;
use matrix_events::room_key::RoomKeyEventContent;
use matrix_events::secret_storage::key::PassPhrase;
use matrix_events::space::child::SpaceChildEventContent;
use matrix_events::space::parent::SpaceParentEventContent;
use matrix_events::{
    to_string, AnyEdu, AnyGlobalAccountDataEvent, AnyPresenceEvent, AnyRoomAccountDataEvent, AnyTimelineEvent,
    AnyToDeviceEvent,
};
use matrix_events_codegen::ir::{Event, Presence, Shape};
use serde_json::{json, Value};
use spec_tests::events::{event, round_trip, state_event, with};
use spec_tests::mutate::replaced;
use spec_tests::places::{places, Place};
use spec_tests::spec::{cases, output};
use spec_tests::Case;

/// Deserializes an event, and returns its content if it has the variant. Asserts that it round-trips.
macro_rules! content {
    ($any:ident::$variant:ident, $event:expr) => {
        match round_trip::<$any>(&$event) {
            $any::$variant(event) => event.content,
            other => panic!("{other:?} is not {}", stringify!($variant)),
        }
    };
}

fn account_data(event_type: &str, content: &Value) -> Value {
    json!({"type": event_type, "content": content})
}

#[test]
fn calls_of_version_0_and_msc3077_are_typed() {
    let invite = json!({"call_id": "c", "version": "1", "lifetime": "60000", "offer": {"type": "offer", "sdp": ""}});
    let content = content!(AnyTimelineEvent::CallInvite, event("m.call.invite", &invite));
    assert_eq!(content.lifetime, 60_000);
    let negotiate = json!({"call_id": "c", "lifetime": 1, "description": {"type": "offer", "sdp": ""}});
    let content = content!(AnyTimelineEvent::CallNegotiate, event("m.call.negotiate", &negotiate));
    assert_eq!(content.version, None);
}

#[test]
fn events_without_required_fields_are_typed() {
    let tombstone = json!({"replacement_room": "!new:example.org"});
    let content = content!(AnyTimelineEvent::RoomTombstone, state_event("m.room.tombstone", "", &tombstone));
    assert_eq!((content.body, content.replacement_room.as_str()), (None, "!new:example.org"));
    let sticker = json!({"body": "Leaf", "url": "mxc://example.org/a"});
    assert_eq!(content!(AnyTimelineEvent::Sticker, event("m.sticker", &sticker)).info, None);
    let encrypted = json!({"algorithm": "org.example.mls", "commit": "x"});
    assert_eq!(content!(AnyTimelineEvent::RoomEncrypted, event("m.room.encrypted", &encrypted)).ciphertext, None);
    for pinned in [json!({"pinned": null}), json!({})] {
        let event = state_event("m.room.pinned_events", "", &pinned);
        assert_eq!(content!(AnyTimelineEvent::RoomPinnedEvents, event).pinned, None);
    }
    let cancel = json!({"transaction_id": "t", "code": "m.user"});
    let cancel = account_data("m.key.verification.cancel", &cancel);
    assert_eq!(content!(AnyToDeviceEvent::KeyVerificationCancel, cancel).reason, None);
}

#[test]
fn edit_without_a_fallback_is_typed_and_empty_message_is_redacted() {
    let relation = json!({"rel_type": "m.replace", "event_id": "$a"});
    let edit = json!({"m.relates_to": relation, "m.new_content": {"msgtype": "m.text", "body": "b"}});
    let content = content!(AnyTimelineEvent::RoomMessage, event("m.room.message", &edit));
    assert_eq!((content.msgtype(), content.body()), (None, None));
    assert_eq!(content.relates_to().and_then(|relates_to| relates_to.replaces()).map(|id| id.as_str()), Some("$a"));
    let empty: AnyTimelineEvent = round_trip(&event("m.room.message", &json!({})));
    assert!(matches!(empty, AnyTimelineEvent::Redacted(_)), "{empty:?}");
}

#[test]
fn encrypted_sticker_is_typed() {
    let key = json!({"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "k": "aWF6-32KGYaC3A_FEUCk1Bt0JA37zP0wrStgmdCaW-0", "ext": true});
    let file = json!({"url": "mxc://example.org/a", "key": key, "iv": "w+sE15fzSc0AAAAAAAAAAA", "hashes": {"sha256": "x"}, "v": "v2"});
    let sticker = json!({"body": "Leaf", "info": {}, "file": file});
    let content = content!(AnyTimelineEvent::Sticker, event("m.sticker", &sticker));
    assert_eq!((content.url, content.file.map(|file| file.v)), (None, Some("v2".to_owned())));
}

#[test]
fn numbers_in_strings_are_typed() {
    let tags = json!({"tags": {"m.favourite": {"order": "0.5"}, "u.work": {"order": 1}, "u.none": {"order": "first"}}});
    let tags = content!(AnyRoomAccountDataEvent::Tag, account_data("m.tag", &tags)).tags.expect("tags");
    let orders: Vec<Option<f64>> = tags.values().map(|tag| tag.order).collect();
    assert_eq!(orders, [Some(0.5), None, Some(1.0)]);
    let info = json!({"w": "480", "h": 320.0, "size": 3.0e4});
    let image = json!({"msgtype": "m.image", "body": "b", "url": "mxc://example.org/a", "info": info});
    let content = content!(AnyTimelineEvent::RoomMessage, event("m.room.message", &image));
    let RoomMessageEventContent::Image(image) = content else { panic!("{content:?} is an image") };
    let info = image.info.expect("info");
    assert_eq!((info.w, info.h, info.size), (Some(480), Some(320), Some(30_000)));
}

#[test]
fn replaced_number_is_serialized_as_a_number() {
    let mut content: matrix_events::tag::Tag = matrix_events::from_str(r#"{"order":"0.5"}"#).expect("a tag");
    content.order = Some(0.25);
    assert_eq!(to_string(&content), r#"{"order":0.25}"#);
    let mut content: matrix_events::room::ImageInfo = matrix_events::from_str(r#"{"h":"1","w":2.0}"#).expect("info");
    (content.h, content.w) = (Some(3), Some(4));
    assert_eq!(to_string(&content), r#"{"h":3,"w":4}"#);
}

/// Returns the fields of an example.
fn places_of(case: &Case, example: &Value) -> Vec<Place> {
    let of_case = |event: &&Event| event.file == case.schema && case.name.contains(&format!("<{}>", event.content.1));
    let event = output().ir.events.iter().find(of_case).unwrap_or_else(|| panic!("{} has an event", case.name));
    places(&output().ir, event, case.name.split('<').next().unwrap_or_default(), example)
}

#[test]
fn null_of_every_field_that_can_be_null_is_kept_and_valid() {
    let mut tried = BTreeSet::new();
    for (case, example) in cases() {
        for place in places_of(case, example).iter().filter(|place| place.can_be_null) {
            let value = replaced(example, &place.pointer, Value::Null);
            assert_eq!((case.invalid)(&value.to_string()), Ok(vec![]), "{} at {}", case.name, place.pointer);
            assert_eq!((case.through)(&value.to_string()), Ok(value), "{} at {}", case.name, place.pointer);
            tried.insert(place.pointer.clone());
        }
    }
    let expected = ["alias", "base_url", "displayname", "name", "topic"];
    assert!(expected.iter().all(|name| tried.contains(&format!("/content/{name}"))), "{tried:?}");
    // The specification does not allow this one.
    let member = state_event("m.room.member", "@mira:example.org", &json!({"membership": "join", "avatar_url": null}));
    assert_eq!(round_trip::<AnyTimelineEvent>(&member).invalid_fields().len(), 1);
}

#[test]
fn numbers_of_every_event_deserialize_from_every_form() {
    let mut tried = 0;
    for (case, example) in cases() {
        for place in places_of(case, example).iter().filter(|place| place.is_number) {
            let number = example.pointer(&place.pointer).and_then(Value::as_f64).expect("a number");
            for form in [json!(number.to_string()), json!(format!(" {number} ")), json!(number)] {
                let value = replaced(example, &place.pointer, form);
                assert_eq!((case.invalid)(&value.to_string()), Ok(vec![]), "{} at {}", case.name, place.pointer);
                assert_eq!((case.through)(&value.to_string()), Ok(value), "{} at {}", case.name, place.pointer);
                tried += 1;
            }
            for invalid in [json!("many"), json!(""), json!("1e999"), json!("NaN"), json!([1]), json!(true)] {
                let value = replaced(example, &place.pointer, invalid);
                let fails = (case.invalid)(&value.to_string()).map_or(true, |found| !found.is_empty());
                assert!(fails, "{} at {}: {value}", case.name, place.pointer);
            }
        }
    }
    assert!(tried > 200, "{tried} numbers");
}

#[test]
fn integer_room_version_is_typed() {
    let content = content!(AnyTimelineEvent::RoomCreate, state_event("m.room.create", "", &json!({"room_version": 6})));
    assert_eq!(content.effective_room_version(), Some("6"));
}

#[test]
fn push_rules_without_default_and_enabled_are_typed() {
    let rules = json!({"global": {"override": [{"rule_id": "a", "actions": ["notify"]}]}});
    let content = content!(AnyGlobalAccountDataEvent::PushRules, account_data("m.push_rules", &rules));
    let rules = content.global.and_then(|rules| rules.r#override).expect("rules");
    assert_eq!(rules.iter().map(|rule| (rule.default, rule.enabled)).collect::<Vec<_>>(), [(None, None)]);
}

#[test]
fn direct_chats_of_email_addresses_are_typed() {
    let direct = json!({"mira@example.org": ["!a:example.org"], "@lev:example.org": ["!b:example.org"]});
    let content = content!(AnyGlobalAccountDataEvent::Direct, account_data("m.direct", &direct));
    assert_eq!(content.entries.keys().collect::<Vec<_>>(), ["@lev:example.org", "mira@example.org"]);
}

#[test]
fn third_party_invite_of_a_redacted_member_is_typed() {
    let signed = json!({"mxid": "@mira:example.org", "token": "t", "signatures": {}});
    let member = json!({"membership": "invite", "third_party_invite": {"signed": signed}});
    let member = state_event("m.room.member", "@mira:example.org", &member);
    let redacted = with(member.clone(), "unsigned", json!({"redacted_because": {"type": "m.room.redaction"}}));
    for member in [member, redacted] {
        let invite = content!(AnyTimelineEvent::RoomMember, member).third_party_invite.expect("an invite");
        assert_eq!((invite.display_name, invite.signed.token.as_str()), (None, "t"));
    }
}

#[test]
fn presence_without_required_fields_is_typed() {
    let presence: AnyPresenceEvent = round_trip(&json!({"type": "m.presence", "content": {"status_msg": "Away"}}));
    let AnyPresenceEvent::Presence(presence) = presence else { panic!("{presence:?}") };
    assert_eq!((presence.sender, presence.content.presence), (None, None));
    let push = json!([{"user_id": "@mira:example.org"}]);
    let edu: AnyEdu = round_trip(&json!({"edu_type": "m.presence", "content": {"push": push}}));
    let AnyEdu::Presence(edu) = edu else { panic!("{edu:?}") };
    assert_eq!(edu.content.push.iter().map(|update| &update.presence).collect::<Vec<_>>(), [&None]);
}

/// Checks the accessor of a field: of an object without the field, with `null`, with a value, and with an invalid value.
macro_rules! accessors {
    ($($ty:ident.$accessor:ident, $name:literal: default $default:expr, $valid:tt gives $value:expr, $invalid:tt gives $of_invalid:expr, in $others:tt;)*) => {{
        let mut names = Vec::new();
        $(
            let read = |value: Value| round_trip::<$ty>(&with(json!($others), $name, value));
            let absent: $ty = round_trip(&json!($others));
            assert_eq!(absent.$accessor(), $default, "{} is absent", $name);
            assert_eq!(read(Value::Null).$accessor(), $default, "{} is null", $name);
            assert_eq!(read(json!($valid)).$accessor(), $value, "{} is valid", $name);
            assert_eq!(read(json!($invalid)).$accessor(), $of_invalid, "{} is invalid", $name);
            names.push((stringify!($ty).to_owned(), $name.to_owned()));
        )*
        names
    }};
}

#[test]
fn accessors_return_the_default_for_absent_fields_only() {
    type Levels = RoomPowerLevelsEventContent;
    let mut found = accessors! {
        RoomCreateEventContent.effective_federate, "m.federate": default Some(true), false gives Some(false), "no" gives None, in {};
        RoomCreateEventContent.effective_room_version, "room_version": default Some("1"), "9" gives Some("9"), [6] gives None, in {};
        CallHangupEventContent.effective_reason, "reason": default Some("user_hangup".into()), "user_busy" gives Some("user_busy".into()),
            7 gives None, in { "call_id": "c", "version": "1" };
        StreamMetadata.effective_audio_muted, "audio_muted": default Some(false), true gives Some(true), 1 gives None, in { "purpose": "m.usermedia" };
        StreamMetadata.effective_video_muted, "video_muted": default Some(false), true gives Some(true), 1 gives None, in { "purpose": "m.usermedia" };
        TextualRepresentation.effective_mimetype, "mimetype": default Some("text/plain"), "text/html" gives Some("text/html"), 7 gives None, in { "body": "b" };
        SpaceChildEventContent.effective_suggested, "suggested": default Some(false), true gives Some(true), "yes" gives None, in {};
        SpaceParentEventContent.effective_canonical, "canonical": default Some(false), true gives Some(true), "yes" gives None, in {};
        Notifications.effective_room, "room": default Some(50), "20" gives Some(20), "many" gives None, in {};
        PassPhrase.effective_bits, "bits": default Some(256), 512 gives Some(512), "many" gives None, in
            { "algorithm": "m.pbkdf2", "salt": "s", "iterations": 1 };
        // The prose states the default for invalid values too.
        RoomServerAclEventContent.effective_allow_ip_literals, "allow_ip_literals": default true, false gives false, "no" gives true, in {};
        RoomKeyEventContent.effective_shared_history, "shared_history": default false, true gives true, "yes" gives false, in
            { "algorithm": "a", "room_id": "!r:example.org", "session_id": "i", "session_key": "k" };
    };
    let levels = accessors! {
        Levels.effective_ban, "ban": default Some(50), 20 gives Some(20), "many" gives None, in {};
        Levels.effective_events_default, "events_default": default Some(0), 20 gives Some(20), "many" gives None, in {};
        Levels.effective_invite, "invite": default Some(0), 20 gives Some(20), "many" gives None, in {};
        Levels.effective_kick, "kick": default Some(50), 20 gives Some(20), "many" gives None, in {};
        Levels.effective_redact, "redact": default Some(50), 20 gives Some(20), "many" gives None, in {};
        Levels.effective_state_default, "state_default": default Some(50), 20 gives Some(20), "many" gives None, in {};
        Levels.effective_users_default, "users_default": default Some(0), "20" gives Some(20), "many" gives None, in {};
    };
    found.extend(levels.into_iter().map(|(_, name)| ("RoomPowerLevelsEventContent".to_owned(), name)));
    let mut expected = Vec::new();
    let items = output().ir.modules.values().flat_map(|module| &module.items);
    for item in items.filter(|item| item.proposal().is_none()) {
        let Shape::Struct(shape) = &item.shape else { continue };
        let with_default = shape.fields.iter().filter(|field| {
            matches!(field.presence, Presence::Default(_) | Presence::Lenient { default: Some(_), .. })
        });
        expected.extend(with_default.map(|field| (item.name.clone(), field.wire.clone())));
    }
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn invalid_power_level_of_a_key_has_no_default() {
    let read = |json: Value| round_trip::<RoomPowerLevelsEventContent>(&json);
    let levels = read(json!({"users": {"@a:b": "many", "@c:d": null}, "events": {"m.room.name": [], "m.reaction": 7}}));
    assert_eq!((levels.for_user("@a:b"), levels.for_user("@c:d"), levels.for_user("@e:f")), (None, Some(0), Some(0)));
    assert_eq!((levels.for_state("m.room.name"), levels.for_state("m.room.topic")), (None, Some(50)));
    assert_eq!((levels.for_message("m.reaction"), levels.for_message("m.sticker")), (Some(7), Some(0)));
    let levels = read(json!({"users": 7, "events": [], "users_default": "many"}));
    assert_eq!((levels.for_user("@a:b"), levels.for_state("m.room.name")), (None, None));
}
