//! Redaction, kind, relations and mentions of events in rooms, of every type.

use std::collections::BTreeMap;

use expect_test::expect_file;
use matrix_events::schema::{events, Event, Kind};
use matrix_events::{AnyStateEvent, AnySyncStateEvent, AnySyncTimelineEvent, AnyTimelineEvent};
use serde_json::{json, Map, Value};
use spec_tests::events::{event, state_event, with};
use spec_tests::spec::cases;

/// Returns the event types of timelines, each with the content of an example.
fn timeline_types() -> BTreeMap<&'static str, (&'static Event, Value)> {
    let mut found = BTreeMap::new();
    for event in events() {
        let is_in_rooms = event.kinds.iter().any(|kind| matches!(kind, Kind::MessageLike | Kind::State));
        let example = cases().map(|(_, example)| example).find(|example| example["type"] == event.event_type);
        if is_in_rooms {
            let example = example.unwrap_or_else(|| panic!("{} has an example", event.event_type));
            found.insert(event.event_type, (event, example["content"].clone()));
        }
    }
    found
}

fn is_state(event: &Event) -> bool {
    event.kinds.contains(&Kind::State)
}

fn event_of(event_type: &Event, content: &Value) -> Value {
    match is_state(event_type) {
        true => state_event(event_type.event_type, "", content),
        false => event(event_type.event_type, content),
    }
}

fn redacted(event: Value) -> Value {
    with(event, "unsigned", json!({"redacted_because": crate::event("m.room.redaction", &json!({"reason": "spam"}))}))
}

/// Returns the content after a redaction (<https://spec.matrix.org/v1.19/rooms/v1/#redactions> and
/// <https://spec.matrix.org/v1.19/rooms/v11/#redactions>).
fn pruned(event_type: &str, content: &Value, room_version: u32) -> Value {
    let is_new = room_version >= 11;
    let kept: &[&str] = match event_type {
        "m.room.create" if is_new => return content.clone(),
        "m.room.create" => &["creator"],
        "m.room.member" if is_new => &["membership", "join_authorised_via_users_server"],
        "m.room.member" => &["membership"],
        "m.room.join_rules" if is_new => &["join_rule", "allow"],
        "m.room.join_rules" => &["join_rule"],
        "m.room.power_levels" => {
            &["ban", "events", "events_default", "kick", "redact", "state_default", "users", "users_default"]
        }
        "m.room.history_visibility" => &["history_visibility"],
        "m.room.redaction" if is_new => &["redacts"],
        _ => &[],
    };
    let members = content.as_object().into_iter().flatten().filter(|(key, _)| kept.contains(&key.as_str()));
    Value::Object(members.map(|(key, value)| (key.clone(), value.clone())).collect::<Map<_, _>>())
}

/// Returns the variant of a timeline event, or an asterisk for the variant of its type. An exclamation mark follows if the event
/// reports a redaction. Asserts that the other enums and the order of the members change nothing.
fn variant(event: &Value) -> String {
    let read: AnyTimelineEvent = serde_json::from_value(event.clone()).expect("an object");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), *event);
    let reversed: Vec<String> =
        event.as_object().into_iter().flatten().rev().map(|(key, value)| format!("{}:{value}", json!(key))).collect();
    let reversed: AnyTimelineEvent =
        matrix_events::from_str(&format!("{{{}}}", reversed.join(","))).expect("an object");
    let name = |debug: String| debug.split('(').next().unwrap_or_default().to_owned();
    let found = name(format!("{read:?}"));
    assert_eq!(found, name(format!("{reversed:?}")), "{event}");
    let sync = read.clone().into_sync();
    assert_eq!(found, name(format!("{sync:?}")), "{event}");
    if event["state_key"].is_string() {
        let state: AnyStateEvent = serde_json::from_value(event.clone()).expect("an object");
        let converted = read.clone().into_state().unwrap_or_else(|event| panic!("{event:?} is a state event"));
        assert_eq!(found, name(format!("{state:?}")), "{event}");
        assert_eq!(found, name(format!("{converted:?}")), "{event}");
        assert_eq!(read.is_redacted(), state.is_redacted(), "{event}");
    } else {
        assert!(read.clone().into_state().is_err() || found == "Malformed", "{event}");
    }
    assert_eq!(read.is_redacted(), sync.is_redacted(), "{event}");
    let mark = if read.is_redacted() { "!" } else { "" };
    match found.as_str() {
        "Unknown" | "Redacted" | "Malformed" => found + mark,
        _ => format!("*{mark}"),
    }
}

#[test]
fn variant_of_every_type_follows_from_redaction_and_content() {
    let mut table = format!(
        "{:<44}{:<12}{:<12}{:<12}{:<12}{:<12}{:<12}{:<12}{:<12}\n",
        "* type, ! redacted", "content", "pruned v1", "pruned v11", "{}", "because:", "pruned v1", "pruned v11", "{}"
    );
    for (name, (event_type, content)) in timeline_types() {
        table.push_str(&format!("{:<44}", format!("{name}{}", if is_state(event_type) { " (state)" } else { "" })));
        let contents = [content.clone(), pruned(name, &content, 1), pruned(name, &content, 11), json!({})];
        let events = contents.iter().map(|content| event_of(event_type, content));
        for event in events.clone().chain(events.map(redacted)) {
            table.push_str(&format!("{:<12}", variant(&event)));
        }
        table.push('\n');
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    expect_file!["room_events.txt"].assert_eq(&(table.join("\n") + "\n"));
}

#[test]
fn redacted_message_of_every_type_is_redacted_and_state_keeps_its_type() {
    for (name, (event_type, content)) in timeline_types() {
        let event: AnyTimelineEvent =
            serde_json::from_value(redacted(event_of(event_type, &content))).expect("an object");
        assert!(event.is_redacted(), "{event:?}");
        assert_eq!(matches!(event, AnyTimelineEvent::Redacted(_)), !is_state(event_type), "{name}");
        let redaction = event.redaction().expect("a redaction").expect("the event is redacted");
        assert_eq!(redaction.content.reason.as_deref(), Some("spam"), "{name}");
    }
}

#[test]
fn redacted_because_that_is_no_object_is_no_redaction() {
    for because in [json!(null), json!("$1"), json!([])] {
        let message = event("m.room.message", &json!({"msgtype": "m.text", "body": "Hi"}));
        let message = with(message, "unsigned", json!({"redacted_because": because}));
        assert_eq!(variant(&message), "*", "{because}");
    }
}

#[test]
fn unknown_event_reports_its_redaction() {
    assert_eq!(variant(&redacted(event("org.example.poll", &json!({})))), "Unknown!");
    assert_eq!(variant(&event("org.example.poll", &json!({}))), "Unknown");
}

#[test]
fn message_type_with_a_state_key_is_an_unknown_state_event() {
    let messages = timeline_types().into_iter().filter(|(_, (event_type, _))| !is_state(event_type));
    for (name, (_, content)) in messages {
        for content in [content, json!({}), json!({"org.example": 7})] {
            let event = state_event(name, "", &content);
            assert_eq!(variant(&event), "Unknown", "{event}");
            let sync: AnySyncTimelineEvent = serde_json::from_value(event.clone()).expect("an object");
            let state: AnySyncStateEvent = serde_json::from_value(event).expect("an object");
            assert_eq!(sync.into_state().expect("a state event"), state, "{name}");
        }
    }
}

#[test]
fn order_of_an_invalid_state_key_and_the_content_does_not_change_the_variant() {
    for (name, (_, content)) in timeline_types() {
        for state_key in [json!(1.0), json!(null), json!({}), json!("")] {
            for content in [&content, &json!({})] {
                let _ = variant(&with(event(name, content), "state_key", state_key.clone()));
            }
        }
    }
}

#[test]
fn relation_and_mentions_of_every_message_type_are_found() {
    for (name, (_, content)) in timeline_types() {
        let content = with(content, "m.relates_to", json!({"rel_type": "m.thread", "event_id": "$root"}));
        let content = with(content, "m.mentions", json!({"user_ids": ["@lev:example.org"], "room": true}));
        let relations = json!({"m.relations": {"m.thread": {
            "latest_event": {}, "count": 3, "current_user_participated": true,
        }}});
        let event = with(event(name, &content), "unsigned", relations);
        let event: AnyTimelineEvent = serde_json::from_value(event).expect("an object");
        let relation = event.relates_to().unwrap_or_else(|| panic!("{event:?}"));
        assert_eq!(relation.thread_root().map(|id| id.as_str()), Some("$root"), "{name}");
        assert_eq!(event.mentions().and_then(|mentions| mentions.room), Some(true), "{name}");
        assert_eq!(
            event.relations().and_then(|relations| relations.thread).map(|thread| thread.count),
            Some(3),
            "{name}"
        );
        assert!(!event.is_state());
    }
}

#[test]
fn invalid_relation_is_none() {
    for relation in [json!(null), json!(7), json!([]), json!("$1")] {
        let event = event("m.room.message", &json!({"msgtype": "m.text", "body": "Hi", "m.relates_to": relation}));
        let event: AnyTimelineEvent = serde_json::from_value(event).expect("an object");
        assert_eq!((event.relates_to(), event.mentions(), event.relations()), (None, None, None), "{relation}");
    }
}
