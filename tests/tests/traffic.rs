//! Events that occur in practice: in captured traffic and in the tests of other projects. Each event deserializes into its
//! type or into `Redacted`, and keeps invalid fields.

use matrix_events::image_pack::rooms::ImagePackRoomsEventContent;
use matrix_events::room::canonical_alias::RoomCanonicalAliasEventContent;
use matrix_events::room::encrypted::Ciphertext;
use matrix_events::room::encryption::RoomEncryptionEventContent;
use matrix_events::room::member::MembershipState;
use matrix_events::room::message::RoomMessageEventContent;
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use matrix_events::{to_string, AnyEdu, AnyGlobalAccountDataEvent, AnySyncTimelineEvent, AnyTimelineEvent, Extra};
use serde_json::{json, Value};
use spec_tests::events::{event, round_trip, state_event};

fn read(value: &Value) -> AnyTimelineEvent {
    round_trip(value)
}

/// Returns the content of an event of a variant. Panics if the event is another variant.
macro_rules! content {
    ($event:expr, $variant:ident) => {
        match $event {
            AnyTimelineEvent::$variant(event) => event.content,
            other => panic!("{other:?} is not {}", stringify!($variant)),
        }
    };
}

fn kept<'e>(extra: &'e Extra, key: &str) -> &'e Value {
    extra.get(key).unwrap_or_else(|| panic!("{extra:?} does not contain {key}"))
}

#[test]
fn null_avatar_url_deserializes_as_none() {
    let value = state_event("m.room.member", "@mira:example.org", &json!({"membership": "join", "avatar_url": null}));
    let content = content!(read(&value), RoomMember);
    assert_eq!((content.membership, content.avatar_url), (MembershipState::Join, None));
    assert_eq!(kept(&content.extra, "avatar_url"), &Value::Null);
}

#[test]
fn empty_content_of_a_redaction_is_redacted() {
    for value in [event("m.room.message", &json!({})), event("m.call.invite", &json!({}))] {
        assert!(matches!(read(&value), AnyTimelineEvent::Redacted(_)), "{value}");
    }
    let value = state_event("m.room.encryption", "", &json!({}));
    assert!(matches!(read(&value), AnyTimelineEvent::Malformed(_)), "{value}");
}

#[test]
fn redacted_member_event_keeps_its_membership() {
    let mut value = state_event("m.room.member", "@mira:example.org", &json!({"membership": "leave"}));
    value["unsigned"] = json!({"redacted_because": event("m.room.redaction", &json!({}))});
    assert_eq!(content!(read(&value), RoomMember).membership, MembershipState::Leave);
}

#[test]
fn redacted_because_with_remaining_keys_is_redacted() {
    let mut value = state_event("m.room.encryption", "", &json!({"org.example.left": 1}));
    assert!(matches!(read(&value), AnyTimelineEvent::Malformed(_)));
    value["unsigned"] = json!({"redacted_because": event("m.room.redaction", &json!({}))});
    assert!(matches!(read(&value), AnyTimelineEvent::Redacted(_)));
}

#[test]
fn invalid_or_missing_field_without_redaction_is_malformed() {
    let without_state_key = event("m.room.member", &json!({"membership": "join"}));
    let invalid = [("m.room.member", json!({"membership": 7})), ("m.room.join_rules", json!({"join_rule": null}))];
    for value in
        invalid.iter().map(|(event_type, content)| state_event(event_type, "", content)).chain([without_state_key])
    {
        assert!(matches!(read(&value), AnyTimelineEvent::Malformed(_)), "{value}");
    }
}

#[test]
fn call_version_0_0_equals_0() {
    let mut content = json!({"call_id": "c", "version": 0.0, "lifetime": 1, "offer": {"type": "offer", "sdp": "v=0"}});
    assert_eq!(content!(read(&event("m.call.invite", &content)), CallInvite).version, Some(0.into()));
    content["version"] = json!(0.5);
    assert_eq!(content!(read(&event("m.call.invite", &content)), CallInvite).version, None);
}

#[test]
fn null_ciphertext_of_one_device_keeps_the_others() {
    let content = json!({"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "k", "ciphertext": {"ours": {"type": 0, "body": "x"}, "theirs": null}});
    let content = content!(read(&event("m.room.encrypted", &content)), RoomEncrypted);
    let Some(Ciphertext::Olm(ciphertext)) = content.ciphertext else { panic!("{:?}", content.ciphertext) };
    assert_eq!(ciphertext.keys().collect::<Vec<_>>(), ["ours"]);
}

#[test]
fn map_entry_with_the_name_of_a_field_is_serialized_once() {
    let mut levels: RoomPowerLevelsEventContent =
        matrix_events::from_str(r#"{"notifications": {"room": 20}}"#).unwrap();
    let notifications = levels.notifications.as_mut().unwrap();
    notifications.entries.insert("room".to_owned(), 50.into());
    notifications.entries.insert("space".to_owned(), 60.into());
    assert_eq!(to_string(&levels), r#"{"notifications":{"room":20,"space":60}}"#);
}

#[test]
fn removed_unparsed_value_is_not_serialized() {
    let mut levels: RoomPowerLevelsEventContent =
        matrix_events::from_str(r#"{"users": {"@a:b": "50", "@b:b": "x"}}"#).unwrap();
    levels.users = Some([("@c:b".into(), 1.into())].into());
    assert_eq!(to_string(&levels), r#"{"users":{"@c:b":1,"@b:b":"x"}}"#);
    assert_eq!(levels.extra.unparsed("users"), Some(&json!({"@b:b": "x"})));
    assert_eq!(levels.extra.remove("users"), Some(json!({"@b:b": "x"})));
    assert_eq!(to_string(&levels), r#"{"users":{"@c:b":1}}"#);
    let mut fresh = RoomPowerLevelsEventContent::new();
    fresh.users = levels.users.clone();
    assert_eq!(levels, fresh, "an empty `extra` equals a new one");
}

#[test]
fn removed_map_entry_removes_its_unparsed_values() {
    let text = r#"{"rooms": {"!r:b": {"one": {}, "two": 7}, "!s:b": 8}}"#;
    let mut content: ImagePackRoomsEventContent = matrix_events::from_str(text).unwrap();
    assert_eq!(to_string(&content), text.replace(' ', ""));
    content.rooms = Some(matrix_events::Map::new());
    assert_eq!(to_string(&content), r#"{"rooms":{"!s:b":8}}"#);
}

#[test]
fn invalid_fields_of_maps_and_lists_have_pointers() {
    let pointers = |event_type: &str, content: Value| {
        let invalid = AnyGlobalAccountDataEvent::invalid_fields(
            &serde_json::from_value(json!({"type": event_type, "content": content})).unwrap(),
        );
        invalid.into_iter().map(|field| field.pointer).collect::<Vec<_>>()
    };
    assert_eq!(pointers("m.direct", json!({"@a:b": 7, "@c:b": ["!r:b"]})), ["/content/@a:b"]);
    let rooms = json!({"rooms": {"!r": {"ok": {}, "bad": 7}, "!s": 8}});
    assert_eq!(pointers("m.image_pack.rooms", rooms), ["/content/rooms/!r/bad", "/content/rooms/!s"]);
    let candidates =
        json!({"call_id": "c", "version": "1", "candidates": [7, {"candidate": "x", "sdpMLineIndex": "x"}, 8]});
    let read: AnyTimelineEvent = read(&event("m.call.candidates", &candidates));
    let pointers: Vec<_> = read.invalid_fields().into_iter().map(|field| field.pointer).collect();
    assert_eq!(pointers, ["/content/candidates/0", "/content/candidates/1/sdpMLineIndex", "/content/candidates/2"]);
}

#[test]
fn duplicate_list_leaves_no_unparsed_items() {
    let text = r#"{"alt_aliases": [7], "alt_aliases": null}"#;
    let mut content: RoomCanonicalAliasEventContent = matrix_events::from_str(text).unwrap();
    content.alt_aliases = Some(vec!["#a:b".into()]);
    assert_eq!(to_string(&content), r##"{"alt_aliases":["#a:b"]}"##);
}

#[test]
fn replaced_integer_is_serialized_exactly() {
    let text = r#"{"algorithm": "a", "rotation_period_ms": 9007199254740992.0}"#;
    let mut content: RoomEncryptionEventContent = matrix_events::from_str(text).unwrap();
    content.rotation_period_ms = Some(9_007_199_254_740_993);
    assert_eq!(to_string(&content), r#"{"algorithm":"a","rotation_period_ms":9007199254740993}"#);
}

#[test]
fn absent_or_null_name_and_topic_deserialize_as_none() {
    for unset in [json!({}), json!({"name": null, "topic": null}), json!({"org.example.left": 1})] {
        assert_eq!(content!(read(&state_event("m.room.name", "", &unset)), RoomName).name, None, "{unset}");
        assert_eq!(content!(read(&state_event("m.room.topic", "", &unset)), RoomTopic).topic, None, "{unset}");
    }
    let block = json!({"m.topic": {"m.text": [{"body": "Seedlings"}]}});
    assert!(content!(read(&state_event("m.room.topic", "", &block)), RoomTopic).topic_block.is_some());
}

#[test]
fn revoked_third_party_invite_has_no_fields() {
    let content = content!(read(&state_event("m.room.third_party_invite", "token", &json!({}))), RoomThirdPartyInvite);
    assert_eq!((content.display_name, content.public_key), (None, None));
}

#[test]
fn policy_rule_under_its_unstable_type_is_typed() {
    let rule = json!({"entity": "@spam*:example.org", "reason": "spam", "recommendation": "org.matrix.mjolnir.ban"});
    for old in ["m.room.rule.user", "org.matrix.mjolnir.rule.user"] {
        let content = content!(read(&state_event(old, "rule:1", &rule)), PolicyRuleUser);
        assert_eq!(content.entity.as_deref(), Some("@spam*:example.org"), "{old}");
    }
}

#[test]
fn presence_without_last_active_ago_deserializes_as_none() {
    let value = json!({"edu_type": "m.presence", "content": {"push": [{"user_id": "@ghost:example.org", "presence": "offline"}]}});
    let edu: AnyEdu = serde_json::from_value(value.clone()).expect("an object");
    assert_eq!(serde_json::to_value(&edu).expect("JSON"), value);
    let AnyEdu::Presence(presence) = edu else { panic!("{edu:?} is presence") };
    assert_eq!(presence.content.push.len(), 1);
    assert_eq!(presence.content.push[0].last_active_ago, None);
}

#[test]
fn integers_with_zero_fractions_in_a_list_keep_their_text() {
    let read = |list: &Value| {
        let content = json!({"user_id": "@a:b", "device_id": "D", "stream_id": 6.0, "prev_id": list});
        let value = json!({"edu_type": "m.device_list_update", "content": content});
        let edu: AnyEdu = serde_json::from_str(&value.to_string()).expect("an object");
        assert_eq!(serde_json::to_value(&edu).expect("JSON"), value);
        assert_eq!(serde_json::from_str::<Value>(&to_string(&edu)).expect("JSON"), value);
        let places: Vec<String> = edu.invalid_fields().into_iter().map(|field| field.pointer).collect();
        let AnyEdu::DeviceListUpdate(update) = edu else { panic!("{edu:?} is an update") };
        (update.content, places)
    };
    let (mut content, places) = read(&json!([5.0, 6, "x", 7.0, 0.5]));
    assert_eq!(content.prev_id, Some(vec![5, 6, 7]));
    assert_eq!(places, ["/content/prev_id/2", "/content/prev_id/4"]);
    content.prev_id = Some(vec![1, 6]);
    assert!(to_string(&content).contains(r#""prev_id":[1,6,"x",0.5]"#), "{}", to_string(&content));
    content.prev_id = Some(vec![5]);
    assert!(to_string(&content).contains(r#""prev_id":[5.0,"x",0.5]"#), "{}", to_string(&content));
}

#[test]
fn unsigned_that_is_a_list_is_not_a_redaction() {
    let mut value = state_event("m.room.encryption", "", &json!({"org.example.left": 1}));
    value["unsigned"] = json!(["redacted_because"]);
    assert!(matches!(read(&value), AnyTimelineEvent::Malformed(_)));
}

#[test]
fn message_without_msgtype_is_other() {
    let content = content!(read(&event("m.room.message", &json!({"body": "hello"}))), RoomMessage);
    assert_eq!((content.msgtype(), content.body()), (None, Some("hello")));
    assert!(matches!(content, RoomMessageEventContent::Other(_)));
}

#[test]
fn unknown_msgtype_is_other() {
    let value = event("m.room.message", &json!({"msgtype": "org.example.poll", "body": "?", "answers": [1, 2]}));
    let content = content!(read(&value), RoomMessage);
    assert_eq!((content.msgtype(), content.body()), (Some("org.example.poll"), Some("?")));
}

#[test]
fn integer_call_version_deserializes_as_a_string() {
    let value = event("m.call.hangup", &json!({"call_id": "c", "version": 0}));
    let content = content!(read(&value), CallHangup);
    assert_eq!(content.version, Some(0.into()));
    assert!(content.version.is_some_and(|version| version.is_integer()));
}

#[test]
fn missing_party_id_deserializes_as_none() {
    let offer = json!({"type": "offer", "sdp": "v=0"});
    let value = event("m.call.invite", &json!({"call_id": "c", "version": 0, "lifetime": 60000, "offer": offer}));
    assert_eq!(content!(read(&value), CallInvite).party_id, None);
}

#[test]
fn absent_hangup_reason_defaults_to_user_hangup() {
    let content = content!(read(&event("m.call.hangup", &json!({"call_id": "c", "version": 0}))), CallHangup);
    assert_eq!((content.reason.clone(), content.effective_reason()), (None, Some("user_hangup".into())));
}

#[test]
fn string_power_levels_deserialize_as_integers() {
    let levels =
        json!({"ban": "50", "users": {"@mira:example.org": "100", "@tomas:example.net": 50}, "users_default": " 0 "});
    let content = content!(read(&state_event("m.room.power_levels", "", &levels)), RoomPowerLevels);
    assert_eq!(
        (content.effective_ban(), content.effective_users_default(), content.effective_kick()),
        (Some(50), Some(0), Some(50))
    );
    assert_eq!(content.users.expect("users")["@mira:example.org"], 100);
}

#[test]
fn invalid_power_level_keeps_the_others() {
    let levels = json!({"users": {"@mira:example.org": 100, "@tomas:example.net": "many", "mira": 1}});
    let event = read(&state_event("m.room.power_levels", "", &levels));
    let invalid: Vec<String> = event.invalid_fields().into_iter().map(|field| field.pointer).collect();
    assert_eq!(invalid, ["/content/users/@tomas:example.net", "/content/users/mira"]);
    assert_eq!(content!(event, RoomPowerLevels).users.expect("users").len(), 1);
}

#[test]
fn null_image_height_deserializes_as_none() {
    let info = json!({"w": 640, "h": null, "mimetype": "image/png", "thumbnail_info": null});
    let value = event(
        "m.room.message",
        &json!({"msgtype": "m.image", "body": "leaf.png", "url": "mxc://e.org/a", "info": info}),
    );
    let RoomMessageEventContent::Image(image) = content!(read(&value), RoomMessage) else { panic!("not an image") };
    let info = image.info.expect("the rest of the info is typed");
    assert_eq!((info.w, info.h, info.mimetype.as_deref()), (Some(640), None, Some("image/png")));
}

#[test]
fn space_child_without_via_deserializes_as_none() {
    let content = content!(read(&state_event("m.space.child", "!r:example.org", &json!({}))), SpaceChild);
    assert_eq!((content.via, content.suggested), (None, None));
}

#[test]
fn list_displayname_deserializes_as_none() {
    let value =
        state_event("m.room.member", "@mira:example.org", &json!({"membership": "join", "displayname": ["Mira"]}));
    let content = content!(read(&value), RoomMember);
    assert_eq!((content.membership, content.displayname), (MembershipState::Join, None));
}

#[test]
fn empty_third_party_invite_is_kept_in_extra() {
    let value =
        state_event("m.room.member", "@mira:example.org", &json!({"membership": "invite", "third_party_invite": {}}));
    let content = content!(read(&value), RoomMember);
    assert_eq!(kept(&content.extra, "third_party_invite"), &json!({}));
}

#[test]
fn unlisted_membership_is_kept() {
    let value = state_event("m.room.member", "@mira:example.org", &json!({"membership": "org.example.lurk"}));
    let content = content!(read(&value), RoomMember);
    assert_eq!((content.membership.as_str(), content.membership.is_known()), ("org.example.lurk", false));
}

#[test]
fn number_in_a_list_of_emoji_keeps_the_others() {
    use matrix_events::AnyGlobalAccountDataEvent as Any;
    let list = json!([{"emoji": "🌱", "total": 3}, {"emoji": 7, "total": 1}, {"emoji": "🍅", "total": 2}]);
    let value = json!({"type": "m.recent_emoji", "content": {"recent_emoji": list}});
    let event: Any = serde_json::from_value(value.clone()).expect("an object");
    assert_eq!(serde_json::to_value(&event).expect("JSON"), value);
    let Any::RecentEmoji(event) = event else { panic!("{event:?}") };
    assert_eq!(event.content.recent_emoji.len(), 2);
}

#[test]
fn pairs_in_a_list_of_emoji_are_kept_and_returned() {
    use matrix_events::AnyGlobalAccountDataEvent as Any;
    let list = json!([["🌱", 3], {"emoji": "🍅", "total": 2}, ["🥕"], ["🌻", 1]]);
    for event_type in ["io.element.recent_emoji", "m.recent_emoji"] {
        let event: Any = round_trip(&json!({"type": event_type, "content": {"recent_emoji": list}}));
        let Any::RecentEmoji(event) = event else { panic!("{event:?}") };
        assert_eq!(event.content.recent_emoji.len(), 1);
        let uses: Vec<(String, i64)> = event.content.uses().into_iter().map(|one| (one.emoji, one.total)).collect();
        assert_eq!(uses, [("🌱".to_owned(), 3), ("🍅".to_owned(), 2), ("🌻".to_owned(), 1)]);
    }
}

#[test]
fn string_timestamp_keeps_the_event_typed() {
    let mut value = event("m.room.message", &json!({"msgtype": "m.text", "body": "hi"}));
    value["origin_server_ts"] = "1741860345127".into();
    value["event_id"] = "no-sigil".into();
    value["user_id"] = "@mira:example.org".into();
    value["age"] = 12.into();
    let read = read(&value);
    assert_eq!(
        (read.origin_server_ts(), read.event_id(), read.sender()),
        (Some(1_741_860_345_127), Some("no-sigil"), Some("@mira:example.org"))
    );
    assert!(matches!(read, AnyTimelineEvent::RoomMessage(_)));
}

#[test]
fn custom_event_type_is_unknown() {
    let event = read(&event("org.example.harvest", &json!({"kg": 3.5})));
    assert_eq!(event.event_type(), "org.example.harvest");
    assert_eq!(event.content_json(), json!({"kg": 3.5}));
    assert!(matches!(event, AnyTimelineEvent::Unknown(_)));
}

#[test]
fn malformed_event_has_a_reason_and_its_envelope() {
    let event =
        read(&event("m.call.invite", &json!({"call_id": "c", "version": "1", "lifetime": "long", "offer": {}})));
    assert_eq!((event.event_type(), event.sender()), ("m.call.invite", Some("@mira:example.org")));
    let AnyTimelineEvent::Malformed(malformed) = event else { panic!("{event:?}") };
    assert!(malformed.reason().pointer().starts_with("/content/"), "{}", malformed.reason());
}

#[test]
fn reason_of_a_malformed_event_in_a_list_has_a_pointer_in_the_event() {
    let malformed = event("m.key.verification.key", &json!({"key": 5}));
    let json = json!([event("m.dummy", &json!({})), malformed]).to_string();
    let events: Vec<AnySyncTimelineEvent> = serde_json::from_str(&json).expect("a list of events");
    let AnySyncTimelineEvent::Malformed(event) = &events[1] else { panic!("{events:?}") };
    assert_eq!(event.reason().pointer(), "/content/key");
}
