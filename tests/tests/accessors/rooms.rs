//! The version, the type and the topic of rooms, and recommended event types.

use matrix_events::room::create::RoomCreateEventContent;
use matrix_events::room::topic::TopicContentBlock;
use matrix_events::{
    StateEventType, RECOMMENDED_STRIPPED_STATE_EVENT_TYPES, RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES,
};
use serde_json::json;
use spec_tests::events::round_trip;

#[test]
fn room_of_the_type_space_is_a_space() {
    for (content, expected) in [
        (json!({}), false),
        (json!({"type": "m.space"}), true),
        (json!({"org.matrix.msc1772.type": "m.space"}), true),
        (json!({"type": "org.example.wiki"}), false),
        (json!({"type": 7}), false),
    ] {
        assert_eq!(round_trip::<RoomCreateEventContent>(&content).is_space(), expected, "{content}");
    }
}

#[test]
fn room_without_version_has_version_1() {
    for (content, version, has_rules) in [
        (json!({}), Some("1"), true),
        (json!({"room_version": null}), Some("1"), true),
        (json!({"room_version": "12"}), Some("12"), true),
        (json!({"room_version": 9}), Some("9"), true),
        (json!({"room_version": "org.example.2"}), Some("org.example.2"), false),
        (json!({"room_version": []}), None, false),
    ] {
        let content: RoomCreateEventContent = round_trip(&content);
        let found = content.version();
        assert_eq!(
            (found.as_ref().map(|id| id.as_str()), content.rules().is_some()),
            (version, has_rules),
            "{content:?}"
        );
    }
}

#[test]
fn topic_has_representations() {
    for (text, plain, html) in [
        (json!([{"body": "a"}]), Some("a"), None),
        (json!([{"body": "b", "mimetype": "text/html"}, {"body": "a"}, {"body": "c"}]), Some("a"), Some("b")),
        (json!([{"body": "a", "mimetype": "text/plain"}, 7]), Some("a"), None),
        (json!([{"body": "a", "mimetype": 7}, {"mimetype": "text/html"}]), None, None),
        (json!([]), None, None),
        (json!("a"), None, None),
    ] {
        let topic: TopicContentBlock = round_trip(&json!({ "m.text": text }));
        assert_eq!((topic.find_plain(), topic.find_html()), (plain, html), "{text}");
    }
}

#[test]
fn recommended_event_types_are_types_of_state_events() {
    assert_eq!(RECOMMENDED_STRIPPED_STATE_EVENT_TYPES.len(), 7);
    assert_eq!(RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES.len(), 9);
    for event_type in [RECOMMENDED_STRIPPED_STATE_EVENT_TYPES, RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES].concat() {
        assert!(!matches!(StateEventType::from(event_type), StateEventType::Unknown(_)), "{event_type}");
    }
}
