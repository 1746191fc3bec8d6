//! The fields of `unsigned`, which servers add to events.

use matrix_events::room::member::MembershipState;
use matrix_events::{AnyStateEvent, AnySyncTimelineEvent};
use serde_json::{json, Value};
use spec_tests::events::{self, round_trip, with};
use spec_tests::mutate::removed;

/// Returns an event of `/sync`, which has no `room_id`.
fn sync_event(event_type: &str, content: &Value, unsigned: &Value) -> Value {
    removed(&with(events::event(event_type, content), "unsigned", unsigned.clone()), "/room_id")
}

fn read(value: &Value) -> AnySyncTimelineEvent {
    round_trip(value)
}

fn redaction() -> Value {
    sync_event("m.room.redaction", &json!({"reason": "spam"}), &json!({}))
}

#[test]
fn unsigned_data_has_fields() {
    let unsigned = json!({
        "age": -3, "membership": "org.example.lurk", "prev_content": {"topic": "Seeds"}, "replaces_state": "$before",
        "transaction_id": "m17.1", "org.example.seen": true,
    });
    let mut value = sync_event("m.room.topic", &json!({"topic": "Seedlings"}), &unsigned);
    value["state_key"] = "".into();
    let AnySyncTimelineEvent::RoomTopic(topic) = read(&value) else { panic!("{value} is a topic") };
    let unsigned = topic.unsigned.expect("present");
    assert_eq!((unsigned.age, unsigned.transaction_id.as_ref().map(|id| id.as_str())), (Some(-3), Some("m17.1")));
    assert_eq!(unsigned.membership.expect("present"), "org.example.lurk");
    assert_eq!(unsigned.replaces_state.expect("present"), "$before");
    assert_eq!(unsigned.prev_content.expect("present")["topic"], "Seeds");
    assert_eq!(unsigned.extra.get("org.example.seen"), Some(&json!(true)));
}

#[test]
fn unsigned_data_of_a_member_has_common_and_own_fields() {
    let stripped = json!({"type": "m.room.name", "state_key": "", "sender": "@a:b", "content": {"name": "Greenhouse"}});
    let unsigned =
        json!({"membership": "invite", "prev_content": {"membership": "leave"}, "invite_room_state": [stripped]});
    let mut value = sync_event("m.room.member", &json!({"membership": "invite"}), &unsigned);
    value["state_key"] = "@lev:example.org".into();
    let AnySyncTimelineEvent::RoomMember(member) = read(&value) else { panic!("{value} is a member") };
    let before = member.prev_content().expect("a content").expect("present");
    assert_eq!(before.membership, MembershipState::Leave);
    let unsigned = member.unsigned.expect("present");
    assert_eq!(unsigned.membership, Some(MembershipState::Invite));
    assert_eq!(unsigned.prev_content.expect("present")["membership"], "leave");
    assert_eq!(unsigned.invite_room_state.expect("present").len(), 1);
}

#[test]
fn invalid_prev_content_is_an_error() {
    let prev_content = |before: &Value| {
        let mut value = sync_event("m.room.member", &json!({"membership": "join"}), &json!({ "prev_content": before }));
        value["state_key"] = "@lev:example.org".into();
        let AnySyncTimelineEvent::RoomMember(member) = read(&value) else { panic!("{value} is a member") };
        member.prev_content()
    };
    let error = prev_content(&json!({"membership": 7})).expect_err("an invalid content");
    assert_eq!(error.pointer(), "/membership");
    for none in [json!(null), json!("leave"), json!([]), json!({})] {
        assert_eq!(prev_content(&none).expect("no content"), None, "{none}");
    }
}

#[test]
fn invalid_unsigned_field_keeps_the_others() {
    let message = json!({"msgtype": "m.text", "body": "hello"});
    for invalid in [json!(7), Value::Null, json!([{}])] {
        let unsigned =
            json!({"age": 5, "transaction_id": invalid, "redacted_because": invalid, "prev_content": invalid});
        let read = read(&sync_event("m.room.message", &message, &unsigned));
        assert_eq!((read.transaction_id(), read.redacted_because()), (None, None), "{invalid}");
        let AnySyncTimelineEvent::RoomMessage(message) = &read else { panic!("{read:?} is a message") };
        assert_eq!(message.unsigned.as_ref().expect("present").age, Some(5), "{invalid}");
    }
}

#[test]
fn transaction_id_is_found_in_every_variant() {
    let contents = [
        ("m.room.message", json!({"msgtype": "m.text", "body": "hello"})),
        ("m.room.message", json!({})),
        ("m.room.encrypted", json!({"algorithm": 7})),
        ("org.example.poll", json!({})),
    ];
    for (event_type, content) in contents {
        let event = read(&sync_event(event_type, &content, &json!({"transaction_id": "m17.1"})));
        assert_eq!(event.transaction_id(), Some("m17.1"), "{event:?}");
        assert_eq!(event.redacted_because(), None, "{event:?}");
    }
}

#[test]
fn redacted_because_is_found_in_redacted_and_typed_events() {
    for content in [json!({}), json!({"membership": "leave"})] {
        let mut value = sync_event("m.room.member", &content, &json!({"redacted_because": redaction()}));
        value["state_key"] = "@mira:example.org".into();
        let event = read(&value);
        assert_eq!(matches!(event, AnySyncTimelineEvent::Redacted(_)), content == json!({}));
        let because = event.redacted_because().unwrap_or_else(|| panic!("{event:?} was redacted"));
        assert_eq!(because["content"]["reason"], "spam");
    }
}

#[test]
fn room_id_of_a_sync_event_is_found() {
    let mut value = sync_event("m.room.name", &json!({"name": "Greenhouse"}), &json!({}));
    value["room_id"] = "!greenhouse:example.org".into();
    assert_eq!(read(&value).room_id(), Some("!greenhouse:example.org"));
    value["state_key"] = "".into();
    let of_a_room: AnyStateEvent = serde_json::from_value(value).expect("an object is an event");
    assert_eq!(of_a_room.into_sync().room_id(), None);
}
