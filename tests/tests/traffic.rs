//! What real traffic holds: each of these was met in captures and in the tests of other projects, and each is read
//! typed, or as what a redaction leaves, with its odd field kept.

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

/// The content of one variant, or a failure that shows what was read instead.
macro_rules! content {
    ($event:expr, $variant:ident) => {
        match $event {
            AnyTimelineEvent::$variant(event) => event.content,
            other => panic!("{other:?} is not {}", stringify!($variant)),
        }
    };
}

fn kept<'e>(extra: &'e Extra, key: &str) -> &'e Value {
    extra.get(key).unwrap_or_else(|| panic!("{key} isn't kept in {extra:?}"))
}

#[test]
fn an_avatar_url_of_null() {
    let value = state_event("m.room.member", "@mira:example.org", &json!({"membership": "join", "avatar_url": null}));
    let content = content!(read(&value), RoomMember);
    assert_eq!((content.membership, content.avatar_url), (MembershipState::Join, None));
    assert_eq!(kept(&content.extra, "avatar_url"), &Value::Null);
}

#[test]
fn the_empty_content_that_a_redaction_leaves() {
    for value in [
        event("m.room.message", &json!({})),
        state_event("m.room.encryption", "", &json!({})),
        event("m.call.invite", &json!({})),
    ] {
        assert!(matches!(read(&value), AnyTimelineEvent::Redacted(_)), "{value}");
    }
}

#[test]
fn what_a_redaction_leaves_of_a_member_is_still_a_member() {
    let mut value = state_event("m.room.member", "@mira:example.org", &json!({"membership": "leave"}));
    value["unsigned"] = json!({"redacted_because": event("m.room.redaction", &json!({}))});
    assert_eq!(content!(read(&value), RoomMember).membership, MembershipState::Leave);
}

#[test]
fn a_redaction_that_says_so_though_keys_are_left() {
    let mut value = state_event("m.room.encryption", "", &json!({"org.example.left": 1}));
    assert!(matches!(read(&value), AnyTimelineEvent::Malformed(_)));
    value["unsigned"] = json!({"redacted_because": event("m.room.redaction", &json!({}))});
    assert!(matches!(read(&value), AnyTimelineEvent::Redacted(_)));
}

#[test]
fn what_is_odd_or_missing_beside_the_content_is_no_redaction() {
    let whole = event("m.room.member", &json!({"membership": "join"}));
    let odd = [("m.room.member", json!({"membership": 7})), ("m.room.join_rules", json!({"join_rule": null}))];
    for value in odd.iter().map(|(event_type, content)| state_event(event_type, "", content)).chain([whole]) {
        assert!(matches!(read(&value), AnyTimelineEvent::Malformed(_)), "{value}");
    }
}

#[test]
fn the_version_of_a_call_with_a_fraction_of_nothing() {
    let mut content = json!({"call_id": "c", "version": 0.0, "lifetime": 1, "offer": {"type": "offer", "sdp": "v=0"}});
    assert_eq!(content!(read(&event("m.call.invite", &content)), CallInvite).version, "0");
    content["version"] = json!(0.5);
    assert!(matches!(read(&event("m.call.invite", &content)), AnyTimelineEvent::Malformed(_)));
}

#[test]
fn a_message_for_several_devices_of_which_one_is_odd() {
    let content = json!({"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "k", "ciphertext": {"ours": {"type": 0, "body": "x"}, "theirs": null}});
    let content = content!(read(&event("m.room.encrypted", &content)), RoomEncrypted);
    let Ciphertext::Olm(ciphertext) = content.ciphertext else { panic!("{:?}", content.ciphertext) };
    assert_eq!(ciphertext.keys().collect::<Vec<_>>(), ["ours"]);
}

#[test]
fn a_field_and_an_entry_of_one_name_are_written_once() {
    let mut levels: RoomPowerLevelsEventContent =
        matrix_events::from_str(r#"{"notifications": {"room": 20}}"#).unwrap();
    let notifications = levels.notifications.as_mut().unwrap();
    notifications.entries.insert("room".to_owned(), 50.into());
    notifications.entries.insert("space".to_owned(), 60.into());
    assert_eq!(to_string(&levels), r#"{"notifications":{"room":20,"space":60}}"#);
}

#[test]
fn what_is_left_of_a_field_goes_when_it_is_taken_out() {
    let mut levels: RoomPowerLevelsEventContent =
        matrix_events::from_str(r#"{"users": {"@a:b": "50", "@b:b": "x"}}"#).unwrap();
    levels.users = Some([("@c:b".into(), 1.into())].into());
    assert_eq!(to_string(&levels), r#"{"users":{"@c:b":1,"@b:b":"x"}}"#);
    assert_eq!(levels.extra.unparsed("users"), Some(&json!({"@b:b": "x"})));
    assert_eq!(levels.extra.remove("users"), Some(json!({"@b:b": "x"})));
    assert_eq!(to_string(&levels), r#"{"users":{"@c:b":1}}"#);
    let mut fresh = RoomPowerLevelsEventContent::new();
    fresh.users = levels.users.clone();
    assert_eq!(levels, fresh, "an `extra` that has become empty is as if it had never held anything");
}

#[test]
fn an_entry_that_is_removed_takes_what_was_odd_in_it_along() {
    let text = r#"{"rooms": {"!r:b": {"one": {}, "two": 7}, "!s:b": 8}}"#;
    let mut content: ImagePackRoomsEventContent = matrix_events::from_str(text).unwrap();
    assert_eq!(to_string(&content), text.replace(' ', ""));
    content.rooms.clear();
    assert_eq!(to_string(&content), r#"{"rooms":{"!s:b":8}}"#);
}

#[test]
fn what_was_passed_over_is_told_with_its_place_in_the_json() {
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
        json!({"call_id": "c", "version": "1", "candidates": [7, {"candidate": "x", "sdpMLineIndex": "odd"}, 8]});
    let read: AnyTimelineEvent = read(&event("m.call.candidates", &candidates));
    let pointers: Vec<_> = read.invalid_fields().into_iter().map(|field| field.pointer).collect();
    assert_eq!(pointers, ["/content/candidates/0", "/content/candidates/1/sdpMLineIndex", "/content/candidates/2"]);
}

#[test]
fn of_two_lists_with_one_key_only_the_last_leaves_anything() {
    let text = r#"{"alt_aliases": [7], "alt_aliases": null}"#;
    let mut content: RoomCanonicalAliasEventContent = matrix_events::from_str(text).unwrap();
    content.alt_aliases = Some(vec!["#a:b".into()]);
    assert_eq!(to_string(&content), r##"{"alt_aliases":["#a:b"]}"##);
}

#[test]
fn an_integer_that_is_set_is_written_where_its_neighbour_had_a_fraction() {
    let text = r#"{"algorithm": "a", "rotation_period_ms": 9007199254740992.0}"#;
    let mut content: RoomEncryptionEventContent = matrix_events::from_str(text).unwrap();
    content.rotation_period_ms = Some(9_007_199_254_740_993);
    assert_eq!(to_string(&content), r#"{"algorithm":"a","rotation_period_ms":9007199254740993}"#);
}

#[test]
fn a_name_or_topic_that_is_taken_back() {
    for unset in [json!({}), json!({"name": null, "topic": null}), json!({"org.example.left": 1})] {
        assert_eq!(content!(read(&state_event("m.room.name", "", &unset)), RoomName).name, None, "{unset}");
        assert_eq!(content!(read(&state_event("m.room.topic", "", &unset)), RoomTopic).topic, None, "{unset}");
    }
    let block = json!({"m.topic": {"m.text": [{"body": "Seedlings"}]}});
    assert!(content!(read(&state_event("m.room.topic", "", &block)), RoomTopic).topic_block.is_some());
}

#[test]
fn an_invitation_by_email_that_is_revoked() {
    let content = content!(read(&state_event("m.room.third_party_invite", "token", &json!({}))), RoomThirdPartyInvite);
    assert_eq!((content.display_name, content.public_key), (None, None));
}

#[test]
fn a_rule_of_a_ban_list_from_before_the_specification() {
    let rule = json!({"entity": "@spam*:example.org", "reason": "spam", "recommendation": "org.matrix.mjolnir.ban"});
    for old in ["m.room.rule.user", "org.matrix.mjolnir.rule.user"] {
        let content = content!(read(&state_event(old, "rule:1", &rule)), PolicyRuleUser);
        assert_eq!(content.entity.as_deref(), Some("@spam*:example.org"), "{old}");
    }
}

#[test]
fn the_presence_of_somebody_who_was_never_active() {
    let value = json!({"edu_type": "m.presence", "content": {"push": [{"user_id": "@ghost:example.org", "presence": "offline"}]}});
    let edu: AnyEdu = serde_json::from_value(value.clone()).expect("an object");
    assert_eq!(serde_json::to_value(&edu).expect("JSON"), value);
    let AnyEdu::Presence(presence) = edu else { panic!("{edu:?} is presence") };
    assert_eq!(presence.content.push.len(), 1);
    assert_eq!(presence.content.push[0].last_active_ago, None);
}

#[test]
fn a_list_of_integers_of_which_some_have_a_fraction_of_nothing() {
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
fn a_list_is_no_redaction() {
    let mut value = state_event("m.room.encryption", "", &json!({"org.example.left": 1}));
    value["unsigned"] = json!(["redacted_because"]);
    assert!(matches!(read(&value), AnyTimelineEvent::Malformed(_)));
}

#[test]
fn a_message_without_a_msgtype() {
    let content = content!(read(&event("m.room.message", &json!({"body": "hello"}))), RoomMessage);
    assert_eq!((content.msgtype(), content.body()), (None, Some("hello")));
    assert!(matches!(content, RoomMessageEventContent::Other(_)));
}

#[test]
fn a_message_of_a_kind_that_nobody_knows() {
    let value = event("m.room.message", &json!({"msgtype": "org.example.poll", "body": "?", "answers": [1, 2]}));
    let content = content!(read(&value), RoomMessage);
    assert_eq!((content.msgtype(), content.body()), (Some("org.example.poll"), Some("?")));
}

#[test]
fn an_integer_for_the_version_of_a_call() {
    let value = event("m.call.hangup", &json!({"call_id": "c", "version": 0}));
    let content = content!(read(&value), CallHangup);
    assert_eq!(content.version, "0");
    assert!(content.version.is_integer());
}

#[test]
fn a_call_without_a_party() {
    let offer = json!({"type": "offer", "sdp": "v=0"});
    let value = event("m.call.invite", &json!({"call_id": "c", "version": 0, "lifetime": 60000, "offer": offer}));
    assert_eq!(content!(read(&value), CallInvite).party_id, None);
}

#[test]
fn a_hang_up_without_a_reason_is_one_by_the_user() {
    let content = content!(read(&event("m.call.hangup", &json!({"call_id": "c", "version": 0}))), CallHangup);
    assert_eq!((content.reason.clone(), content.effective_reason().as_str()), (None, "user_hangup"));
}

#[test]
fn power_levels_in_strings() {
    let levels =
        json!({"ban": "50", "users": {"@mira:example.org": "100", "@tomas:example.net": 50}, "users_default": " 0 "});
    let content = content!(read(&state_event("m.room.power_levels", "", &levels)), RoomPowerLevels);
    assert_eq!((content.effective_ban(), content.effective_users_default(), content.effective_kick()), (50, 0, 50));
    assert_eq!(content.users.expect("users")["@mira:example.org"], 100);
}

#[test]
fn one_odd_power_level_costs_only_itself() {
    let levels = json!({"users": {"@mira:example.org": 100, "@tomas:example.net": "many", "nobody": 1}});
    let event = read(&state_event("m.room.power_levels", "", &levels));
    let invalid: Vec<String> = event.invalid_fields().into_iter().map(|field| field.pointer).collect();
    assert_eq!(invalid, ["/content/users/@tomas:example.net", "/content/users/nobody"]);
    assert_eq!(content!(event, RoomPowerLevels).users.expect("users").len(), 1);
}

#[test]
fn null_in_the_info_of_an_image() {
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
fn a_child_of_a_space_without_servers() {
    let content = content!(read(&state_event("m.space.child", "!r:example.org", &json!({}))), SpaceChild);
    assert_eq!((content.via, content.suggested), (None, None));
}

#[test]
fn a_display_name_that_is_no_string() {
    let value =
        state_event("m.room.member", "@mira:example.org", &json!({"membership": "join", "displayname": ["Mira"]}));
    let content = content!(read(&value), RoomMember);
    assert_eq!((content.membership, content.displayname), (MembershipState::Join, None));
}

#[test]
fn an_invite_by_third_party_pruned_to_nothing() {
    let value =
        state_event("m.room.member", "@mira:example.org", &json!({"membership": "invite", "third_party_invite": {}}));
    let content = content!(read(&value), RoomMember);
    assert_eq!(kept(&content.extra, "third_party_invite"), &json!({}));
}

#[test]
fn a_membership_that_nobody_listed() {
    let value = state_event("m.room.member", "@mira:example.org", &json!({"membership": "org.example.lurk"}));
    let content = content!(read(&value), RoomMember);
    assert_eq!((content.membership.as_str(), content.membership.is_known()), ("org.example.lurk", false));
}

#[test]
fn an_emoji_that_is_a_number_costs_only_itself() {
    use matrix_events::AnyGlobalAccountDataEvent as Any;
    let list = json!([{"emoji": "🌱", "total": 3}, {"emoji": 7, "total": 1}, {"emoji": "🍅", "total": 2}]);
    let value = json!({"type": "m.recent_emoji", "content": {"recent_emoji": list}});
    let event: Any = serde_json::from_value(value.clone()).expect("an object");
    assert_eq!(serde_json::to_value(&event).expect("JSON"), value);
    let Any::RecentEmoji(event) = event else { panic!("{event:?}") };
    assert_eq!(event.content.recent_emoji.len(), 2);
}

#[test]
fn a_timestamp_in_a_string_and_keys_of_old() {
    let mut value = event("m.room.message", &json!({"msgtype": "m.text", "body": "hi"}));
    value["origin_server_ts"] = "1741860345127".into();
    value["event_id"] = "no-sigil".into();
    value["user_id"] = "@mira:example.org".into();
    value["age"] = 12.into();
    let read = read(&value);
    assert_eq!(
        (read.origin_server_ts(), read.event_id(), read.sender()),
        (None, Some("no-sigil"), Some("@mira:example.org"))
    );
    assert!(matches!(read, AnyTimelineEvent::RoomMessage(_)));
}

#[test]
fn an_event_of_a_type_of_ones_own() {
    let event = read(&event("org.example.harvest", &json!({"kg": 3.5})));
    assert_eq!(event.event_type(), "org.example.harvest");
    assert_eq!(event.content_json(), json!({"kg": 3.5}));
    assert!(matches!(event, AnyTimelineEvent::Unknown(_)));
}

#[test]
fn a_malformed_event_says_why_and_keeps_its_envelope() {
    let event =
        read(&event("m.call.invite", &json!({"call_id": "c", "version": "1", "lifetime": "long", "offer": {}})));
    assert_eq!((event.event_type(), event.sender()), ("m.call.invite", Some("@mira:example.org")));
    let AnyTimelineEvent::Malformed(malformed) = event else { panic!("{event:?}") };
    assert!(malformed.reason().pointer().starts_with("/content/"), "{}", malformed.reason());
}

#[test]
fn the_reason_names_its_place_inside_the_event_wherever_the_event_stands() {
    let malformed = event("m.room.message", &json!({"msgtype": "m.text", "body": 5}));
    let json = json!([event("m.dummy", &json!({})), malformed]).to_string();
    let events: Vec<AnySyncTimelineEvent> = serde_json::from_str(&json).expect("a list of events");
    let AnySyncTimelineEvent::Malformed(event) = &events[1] else { panic!("{events:?}") };
    assert_eq!(event.reason().pointer(), "/content/body");
}
