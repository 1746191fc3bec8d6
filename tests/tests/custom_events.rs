//! Custom events: round trips, conversions and validation.

use own_events::{AnyStateEvent, AnyStrippedStateEvent, AnySyncTimelineEvent, AnyTimelineEvent};
use proptest::prelude::*;
use serde_json::{json, Value};
use spec_tests::events::{event, round_trip, state_event, with};
use spec_tests::mutate::{below, objects, removed, replaced, with_unknown_key, wrong_values};
use spec_tests::spec::output;

/// Round-trips an event through the enums of a room.
fn round_trip_all(value: &Value) {
    round_trip::<AnyTimelineEvent>(value);
    round_trip::<AnySyncTimelineEvent>(value);
    round_trip::<AnyStateEvent>(value);
    round_trip::<AnyStrippedStateEvent>(value);
}

fn custom(event_type: &str, content: &Value) -> Value {
    let event = match event_type {
        "org.example.poll.end" | "m.room.topic" => state_event(event_type, "$p", content),
        _ => event(event_type, content),
    };
    with(event, "unsigned", json!({"age": 4}))
}

fn events() -> Vec<Value> {
    let answers = json!([{"id": "y", "text": "Yes", "image": "mxc://example.org/a"}]);
    let poll =
        json!({"kind": "disclosed", "question": "Tea?", "answers": answers, "show_names": true, "max_selections": 2});
    let early = json!({"kind": "undisclosed", "org.example.draft.question": "Tea?", "answers": answers, "ends_at": 5});
    vec![
        custom("org.example.poll.start", &poll),
        custom("org.example.draft.poll.start", &early),
        custom("org.example.poll.response", &json!({"selections": ["y"], "m.relates_to": {"event_id": "$p"}})),
        custom("org.example.poll.end", &json!({"results": {"y": 3, "n": 1.0}, "reason": "closed"})),
    ]
}

#[test]
fn every_mutated_custom_event_round_trips() {
    for value in events() {
        let typed: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an event");
        assert!(!matches!(typed, AnyTimelineEvent::Other(_)), "{typed:?}");
        for pointer in objects(&value) {
            round_trip_all(&with_unknown_key(&value, &pointer));
        }
        for pointer in below(&value) {
            round_trip_all(&removed(&value, &pointer));
            for wrong in wrong_values() {
                round_trip_all(&replaced(&value, &pointer, wrong));
            }
        }
    }
}

#[test]
fn events_of_the_specification_are_in_the_variant_other() {
    for example in output().examples.iter().filter(|example| !example.is_edu) {
        round_trip_all(&example.value);
        let own: AnyTimelineEvent = serde_json::from_value(example.value.clone()).expect("an object");
        let spec: matrix_events::AnyTimelineEvent = serde_json::from_value(example.value.clone()).expect("an object");
        assert!(matches!(&own, AnyTimelineEvent::Other(other) if *other == spec), "{own:?}");
        assert_eq!(own, AnyTimelineEvent::from(spec));
    }
}

#[test]
fn redacted_message_is_in_the_variant_other_and_state_keeps_its_type() {
    for value in events() {
        let value = with(value, "unsigned", json!({"redacted_because": {"type": "m.room.redaction"}}));
        let event: AnyTimelineEvent = serde_json::from_value(value).expect("an object");
        assert!(event.is_redacted(), "{event:?}");
        let is_other = matches!(&event, AnyTimelineEvent::Other(matrix_events::AnyTimelineEvent::Redacted(_)));
        assert_eq!(is_other, event.state_key().is_none(), "{event:?}");
    }
}

#[test]
fn message_with_a_state_key_is_an_unknown_state_event() {
    for value in events() {
        let event: AnyTimelineEvent = serde_json::from_value(with(value, "state_key", "")).expect("an object");
        let is_unknown = matches!(&event, AnyTimelineEvent::Other(matrix_events::AnyTimelineEvent::Unknown(_)));
        assert_eq!(is_unknown, event.event_type() != "org.example.poll.end", "{event:?}");
        assert!(event.into_state().is_ok());
    }
}

#[test]
fn into_state_converts_state_events_and_returns_others() {
    let read = |event: Value| serde_json::from_value::<AnyTimelineEvent>(event).expect("an object");
    let topic = read(custom("m.room.topic", &json!({"topic": "Tea"})));
    assert_eq!(topic.clone().into_state().map(AnyTimelineEvent::from), Ok(topic));
    for value in events() {
        let event = read(value.clone());
        let is_state =
            serde_json::from_value::<AnyStateEvent>(value).is_ok_and(|state| !matches!(state, AnyStateEvent::Other(_)));
        match event.clone().into_state() {
            Ok(state) => assert_eq!((AnyTimelineEvent::from(state), true), (event, is_state)),
            Err(other) => assert_eq!((other, false), (event, is_state)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_with_a_changed_byte_gives_the_verdict_of_serde_json(at in any::<prop::sample::Index>(), byte in any::<u8>(), which in 0_usize..4) {
        let mut bytes = events()[which].to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let plain = serde_json::from_slice::<serde_json::Map<String, Value>>(&bytes);
        let ours = matrix_events::from_slice::<AnyTimelineEvent>(&bytes);
        // A `Value` cannot hold a number such as `1e41860345127`, which is JSON.
        prop_assume!(!plain.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range")));
        prop_assert_eq!(plain.is_ok(), ours.is_ok(), "{:?} {:?} {}", plain, ours, String::from_utf8_lossy(&bytes));
        if let (Ok(plain), Ok(ours)) = (plain, ours) {
            prop_assert_eq!(serde_json::to_value(&ours).expect("JSON"), Value::Object(plain));
        }
    }
}

#[test]
fn custom_events_are_validated_against_their_own_schemas() {
    use matrix_events::validate::{Form, Level, Validator};
    use matrix_events::EventContent;
    use own_events::poll::start::PollStartEventContent;

    let content = serde_json::json!({"kind": "disclosed", "question": "Which bed?", "answers": [{"id": "south"}]});
    let event = serde_json::json!({"type": "org.example.poll.start", "content": content});
    let validator = Validator::new().form(Form::ContentOnly);
    // Without the custom schemas, the event has an unknown type.
    assert!(validator.is_valid(&event));
    let own = validator.with_events(own_events::constraints::EVENTS);
    let expected = "/content/answers/0: required property `text` is missing (org.example.poll.start)";
    assert_eq!(own.validate(event.to_string().as_bytes()).to_string(), expected);
    assert_eq!(PollStartEventContent::SCHEMA.validate_value(&content).violations()[0].pointer(), "/answers/0");
    let linted = own.level(Level::Lint).validate_value(&event);
    assert_eq!(linted.len(), 1, "{linted}");
}
