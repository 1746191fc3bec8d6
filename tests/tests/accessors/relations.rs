//! Relations between events: replies, threads, edits, and relations that servers bundle.

use matrix_events::common::{RelatesTo, RelationType};
use matrix_events::{AnySyncTimelineEvent, EventId};
use serde_json::{json, Value};
use spec_tests::events::{event, round_trip};

/// Returns a message of any `msgtype` with a value of `m.relates_to`.
fn message(msgtype: &str, relates_to: &Value) -> AnySyncTimelineEvent {
    let content = json!({"msgtype": msgtype, "body": "hello", "url": "mxc://a/b", "m.relates_to": relates_to});
    round_trip(&event("m.room.message", &content))
}

fn relation(event: &AnySyncTimelineEvent) -> &RelatesTo {
    let AnySyncTimelineEvent::RoomMessage(message) = event else { panic!("{event:?} is a message") };
    message.content.relates_to().unwrap_or_else(|| panic!("{event:?} relates to something"))
}

/// Returns the event that is replied to, the root of the thread, and the edited event.
fn targets(relates_to: &RelatesTo) -> [Option<&str>; 3] {
    [relates_to.replies_to(), relates_to.thread_root(), relates_to.replaces()].map(|id| id.map(EventId::as_str))
}

#[test]
fn every_msgtype_has_its_relation() {
    for msgtype in ["m.text", "m.image", "m.key.verification.request", "org.example.poll"] {
        let event = message(msgtype, &json!({"m.in_reply_to": {"event_id": "$a"}}));
        assert_eq!(targets(relation(&event)), [Some("$a"), None, None], "{msgtype}");
    }
}

#[test]
fn fallback_of_a_thread_is_no_reply() {
    let reply = json!({"event_id": "$a"});
    let cases = [
        (json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": reply, "is_falling_back": true}), None),
        (
            json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": reply, "is_falling_back": false}),
            Some("$a"),
        ),
        (json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": reply}), Some("$a")),
        (json!({"rel_type": "m.thread", "event_id": "$t"}), None),
    ];
    for (relates_to, replies_to) in cases {
        assert_eq!(targets(relation(&message("m.text", &relates_to))), [replies_to, Some("$t"), None], "{relates_to}");
    }
    let outside = json!({"m.in_reply_to": reply, "is_falling_back": true});
    assert_eq!(targets(relation(&message("m.text", &outside))), [Some("$a"), None, None]);
}

#[test]
fn reference_is_no_reply_thread_or_edit() {
    let relates_to = json!({"rel_type": "m.reference", "event_id": "$a", "key": "x"});
    let event = message("m.text", &relates_to);
    assert_eq!(targets(relation(&event)), [None; 3]);
    assert_eq!(relation(&event).rel_type, Some(RelationType::Reference));
}

#[test]
fn invalid_reply_keeps_the_relation() {
    for invalid in [json!({}), json!("$a"), json!({"event_id": 7}), Value::Null] {
        let relates_to =
            json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": invalid, "is_falling_back": invalid});
        assert_eq!(targets(relation(&message("m.text", &relates_to))), [None, Some("$t"), None], "{invalid}");
    }
}

#[test]
fn constructed_relation_round_trips() {
    let cases = [
        (RelatesTo::reply_to("$a"), json!({"m.in_reply_to": {"event_id": "$a"}}), [Some("$a"), None, None]),
        (RelatesTo::replacement_of("$a"), json!({"rel_type": "m.replace", "event_id": "$a"}), [None, None, Some("$a")]),
        (
            RelatesTo::in_thread("$t", "$a"),
            json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": {"event_id": "$a"}, "is_falling_back": true}),
            [None, Some("$t"), None],
        ),
        (
            RelatesTo::reply_in_thread("$t", "$a"),
            json!({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": {"event_id": "$a"}, "is_falling_back": false}),
            [Some("$a"), Some("$t"), None],
        ),
    ];
    for (relates_to, json, expected) in cases {
        assert_eq!(serde_json::to_value(&relates_to).expect("JSON"), json);
        assert_eq!(targets(&relates_to), expected, "{json}");
    }
}

#[test]
fn bundled_relations_have_fields() {
    let latest = json!({"type": "m.room.message", "event_id": "$z", "content": {"body": "later"}});
    let relations = json!({
        "m.thread": {"latest_event": latest, "count": 7, "current_user_participated": true},
        "m.replace": {"event_id": "$y", "content": {}},
        "m.reference": {"chunk": [{"event_id": "$r"}, {"event_id": null}]},
        "org.example.votes": {"yes": 3},
    });
    let event = json!({
        "type": "m.room.message", "content": {"msgtype": "m.text", "body": "hello"}, "event_id": "$a", "sender": "@a:b",
        "origin_server_ts": 1, "unsigned": {"m.relations": relations},
    });
    let read: AnySyncTimelineEvent = serde_json::from_value(event.clone()).expect("an object is an event");
    assert_eq!(serde_json::to_value(&read).expect("an event is JSON"), event);
    let AnySyncTimelineEvent::RoomMessage(message) = read else { panic!("{read:?} is a message") };
    let relations = message.unsigned.and_then(|unsigned| unsigned.relations).expect("present");
    let thread = relations.thread.expect("present");
    assert_eq!((thread.count, thread.current_user_participated), (7, true));
    assert_eq!(thread.latest_event["content"]["body"], "later");
    assert_eq!(relations.replace.expect("present")["event_id"], "$y");
    let referring: Vec<_> = relations.reference.expect("present").chunk;
    assert_eq!(referring.iter().map(|event| event.event_id.as_str()).collect::<Vec<_>>(), ["$r"]);
    assert!(relations.extra.get("org.example.votes").is_some());
}
