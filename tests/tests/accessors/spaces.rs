//! The order and the validity of the rooms of a space (<https://spec.matrix.org/latest/client-server-api/#spaces>).

use matrix_events::space::child::SpaceChildEventContent;
use matrix_events::space::parent::SpaceParentEventContent;
use matrix_events::{RoomId, StateEvent, StrippedStateEvent};
use serde_json::{json, Value};
use spec_tests::events::{round_trip, state_event, with};

#[test]
fn via_with_servers_is_valid() {
    for (content, expected) in [
        (json!({}), false),
        (json!({"via": null}), false),
        (json!({"via": "example.org"}), false),
        (json!({"via": []}), false),
        (json!({"via": [7]}), false),
        (json!({"via": ["example.org", 7]}), false),
        (json!({"via": ["example.org"]}), true),
        (json!({"via": ["example.org", "b.example"], "order": 7}), true),
    ] {
        let valid = [
            round_trip::<SpaceChildEventContent>(&content).is_valid(),
            round_trip::<SpaceParentEventContent>(&content).is_valid(),
        ];
        assert_eq!(valid, [expected; 2], "{content}");
    }
}

#[test]
fn children_are_sorted_as_in_the_example_of_the_specification() {
    let child = |room: &str, timestamp: Value, content: Value| {
        with(state_event("m.space.child", room, &content), "origin_server_ts", timestamp)
    };
    let via = json!({"via": ["example.org"]});
    let sorted = [
        child("!b:example.org", json!(1_640_341_000_000_i64), with(via.clone(), "order", " ")),
        child("!a:example.org", json!(1_640_141_000_000_i64), with(via.clone(), "order", "aaaa")),
        child("!c:example.org", json!(1_640_841_000_000_i64), with(via.clone(), "order", "first")),
        child("!e:example.org", json!(1_640_641_000_000_i64), via.clone()),
        child("!d:example.org", json!(1_640_741_000_000_i64), with(via.clone(), "order", "🔝")),
        child("!f:example.org", json!(1_640_741_000_000_i64), with(via.clone(), "order", 7)),
        child("!g:example.org", Value::Null, via),
    ];
    let mut events: Vec<StateEvent<SpaceChildEventContent>> = sorted.iter().rev().map(round_trip).collect();
    events.sort_by(|one, other| one.position().cmp(&other.position()));
    let mut stripped: Vec<StrippedStateEvent<SpaceChildEventContent>> = sorted.iter().rev().map(round_trip).collect();
    stripped.sort_by(|one, other| one.position().cmp(&other.position()));
    let rooms: Vec<_> = events.iter().map(|event| event.state_key.as_str()).collect();
    let stripped: Vec<_> = stripped.iter().map(|event| event.state_key.as_str()).collect();
    let expected: Vec<_> = sorted.iter().filter_map(|event| event["state_key"].as_str()).collect();
    assert_eq!((&rooms, &stripped), (&expected, &expected));
}

#[test]
fn parent_is_confirmed_by_child_or_power() {
    let valid = json!({"via": ["example.org"]});
    let child: SpaceChildEventContent = round_trip(&valid);
    let removed = SpaceChildEventContent::default();
    for (content, child, can_add_children, expected) in [
        (&valid, Some(&child), false, true),
        (&valid, None, true, true),
        (&valid, Some(&removed), true, true),
        (&valid, Some(&removed), false, false),
        (&valid, None, false, false),
        (&json!({}), Some(&child), true, false),
    ] {
        let event = state_event("m.space.parent", "!space:example.org", content);
        let event: StateEvent<SpaceParentEventContent> = round_trip(&event);
        let can_add = |user: &str| user == "@mira:example.org" && can_add_children;
        assert_eq!(event.is_confirmed(child, can_add), expected, "{content} {child:?} {can_add_children}");
    }
    let mut without_sender = state_event("m.space.parent", "!space:example.org", &valid);
    without_sender["sender"] = Value::Null;
    let event: StateEvent<SpaceParentEventContent> = round_trip(&without_sender);
    assert!(!event.is_confirmed(None, |_| true));
}

#[test]
fn main_parent_has_the_lowest_room_id() {
    let content = |value: Value| round_trip::<SpaceParentEventContent>(&value);
    let parents = [
        (RoomId::new("!a"), content(json!({"via": ["example.org"]}))),
        (RoomId::new("!b"), content(json!({"via": [], "canonical": true}))),
        (RoomId::new("!d"), content(json!({"via": ["example.org"], "canonical": true}))),
        (RoomId::new("!c"), content(json!({"via": ["example.org"], "canonical": true}))),
        (RoomId::new("!0"), content(json!({"via": ["example.org"], "canonical": "true"}))),
    ];
    let main = SpaceParentEventContent::main_of(parents.iter().map(|(room, content)| (room, content)));
    assert_eq!(main.map(RoomId::as_str), Some("!c"));
}
