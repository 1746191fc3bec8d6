//! Custom events next to those of the specification: deserialization, conversion and construction.

use own_events::poll::end::PollEndEventContent;
use own_events::poll::start::{Answer, PollStartDisclosedEventContent, PollStartEventContent};
use own_events::{AnyStateEvent, AnyStrippedStateEvent, AnyTimelineEvent};
use serde_json::{json, Value};

fn event(event_type: &str, content: Value) -> Value {
    json!({"type": event_type, "event_id": "$e", "sender": "@mira:example.org", "room_id": "!r:example.org",
        "origin_server_ts": 1, "content": content})
}

/// Deserializes an event, and asserts that it serializes to equal JSON.
fn read(value: &Value) -> AnyTimelineEvent {
    let event: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an event");
    assert_eq!(serde_json::to_value(&event).expect("JSON"), *value);
    event
}

fn poll() -> Value {
    json!({"kind": "undisclosed", "question": "Tea?", "answers": [{"id": "y", "text": "Yes"}], "ends_at": 5})
}

#[test]
fn kind_of_a_poll_selects_the_variant() {
    let AnyTimelineEvent::PollStart(start) = read(&event("org.example.poll.start", poll())) else { panic!() };
    let PollStartEventContent::Undisclosed(poll) = &start.content else { panic!("{start:?}") };
    assert_eq!((poll.ends_at, poll.max_selections, poll.effective_max_selections()), (Some(5), None, Some(1)));
    let other = json!({"kind": "secret", "question": "Tea?", "answers": []});
    let AnyTimelineEvent::PollStart(start) = read(&event("org.example.poll.start", other)) else { panic!() };
    assert!(matches!(start.content, PollStartEventContent::Other(_)), "{start:?}");
}

#[test]
fn aliases_round_trip() {
    let mut content = poll();
    let question = content.as_object_mut().and_then(|content| content.remove("question"));
    content["org.example.draft.question"] = question.expect("a question");
    let start = read(&event("org.example.draft.poll.start", content));
    assert_eq!(start.event_type(), "org.example.draft.poll.start");
    let AnyTimelineEvent::PollStart(start) = start else { panic!("{start:?}") };
    assert_eq!(start.content.question(), Some("Tea?"));
}

#[test]
fn event_of_the_specification_is_in_the_variant_other() {
    use matrix_events::AnyTimelineEvent as Spec;
    let AnyTimelineEvent::Other(message) = read(&event("m.room.message", json!({"msgtype": "m.text", "body": "Hi"})))
    else {
        panic!()
    };
    assert!(matches!(message, Spec::RoomMessage(_)), "{message:?}");
    let unknown = read(&event("org.example.unknown", json!({})));
    assert!(matches!(unknown, AnyTimelineEvent::Other(Spec::Unknown(_))), "{unknown:?}");
    let redacted = read(&event("org.example.poll.start", json!({})));
    assert_eq!(redacted.event_type(), "org.example.poll.start");
    assert!(matches!(redacted, AnyTimelineEvent::Other(Spec::Redacted(_))), "{redacted:?}");
    let malformed = read(&event("org.example.poll.start", json!({"question": "Tea?", "answers": 5})));
    let AnyTimelineEvent::Other(Spec::Malformed(malformed)) = malformed else { panic!("{malformed:?}") };
    assert_eq!(malformed.reason().pointer(), "/content/answers");
}

#[test]
fn invalid_part_keeps_the_others() {
    let mut content = poll();
    content["ends_at"] = json!("soon");
    content["answers"] = json!([{"id": "y", "text": "Yes"}, {"id": "n"}]);
    let start = read(&event("org.example.poll.start", content));
    let invalid: Vec<String> = start.invalid_fields().into_iter().map(|field| field.pointer).collect();
    assert_eq!(invalid, ["/content/answers/1", "/content/ends_at"]);
    assert!(matches!(start, AnyTimelineEvent::PollStart(_)), "{start:?}");
}

#[test]
fn unknown_event_converts_to_a_custom_event() {
    let value = event("org.example.poll.start", poll());
    let unknown: matrix_events::AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an event");
    let start = AnyTimelineEvent::from(unknown);
    assert!(matches!(start, AnyTimelineEvent::PollStart(_)), "{start:?}");
    assert_eq!(start, read(&value));
    let message = event("m.room.message", json!({"msgtype": "m.text", "body": "Hi"}));
    let known: matrix_events::AnyTimelineEvent = serde_json::from_value(message.clone()).expect("an event");
    assert_eq!(AnyTimelineEvent::from(known), read(&message));
}

#[test]
fn into_sync_removes_the_room_and_with_room_id_restores_it() {
    for (event_type, content) in [("org.example.poll.start", poll()), ("m.room.name", json!({"name": "Lobby"}))] {
        let value = event(event_type, content);
        let sync = read(&value).into_sync();
        assert_eq!(sync.room_id(), None);
        assert_eq!(serde_json::to_value(sync.with_room_id("!r:example.org")).expect("JSON"), value);
    }
}

#[test]
fn state_event_is_typed_in_every_enum() {
    let mut value = event("org.example.poll.end", json!({"results": {"y": 3}, "reason": "org.example.storm"}));
    value["state_key"] = json!("$poll");
    let AnyTimelineEvent::PollEnd(end) = read(&value) else { panic!() };
    assert_eq!((end.state_key.as_str(), end.content.results["y"]), ("$poll", 3));
    let state: AnyStateEvent = serde_json::from_value(value.clone()).expect("an event");
    assert_eq!(state.state_key(), Some("$poll"));
    assert_eq!(state.into_sync().event_type(), "org.example.poll.end");
    let stripped: AnyStrippedStateEvent = serde_json::from_value(value.clone()).expect("an event");
    assert!(matches!(stripped, AnyStrippedStateEvent::PollEnd(_)), "{stripped:?}");
    assert_eq!(serde_json::to_value(&stripped).expect("JSON"), value);
}

#[test]
fn new_creates_a_custom_event() {
    let answers = vec![Answer::new("y", "Yes"), Answer::new("n", "No")];
    let mut poll = PollStartDisclosedEventContent::new("Tea?", answers);
    poll.extra.insert("org.example.colour", "teal");
    let content = PollStartEventContent::from(poll);
    let expected = json!({"kind": "disclosed", "question": "Tea?", "org.example.colour": "teal",
        "answers": [{"id": "y", "text": "Yes"}, {"id": "n", "text": "No"}]});
    assert_eq!(serde_json::to_value(&content).expect("JSON"), expected);
    let content = PollEndEventContent::new([("y".to_owned(), 3)].into());
    let end = matrix_events::StrippedStateEvent::new(content, "$poll".into(), "@mira:example.org");
    let any = AnyStrippedStateEvent::from(end.clone());
    assert_eq!(any.event_type(), "org.example.poll.end");
    assert_eq!(matrix_events::StrippedStateEvent::<PollEndEventContent>::try_from(any), Ok(end));
}
