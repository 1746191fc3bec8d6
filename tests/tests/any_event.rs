//! The enums over all events of a place: every JSON object deserializes and round-trips.

use matrix_events::room::message::RoomMessageEventContent;
use matrix_events::room::topic::RoomTopicEventContent;
use matrix_events::schema::{self, Kind};
use matrix_events::validate::{Form, Level, Validator};
use matrix_events::{
    AnyDecryptedMegolmEvent, AnyDecryptedOlmEvent, AnyEdu, AnyEphemeralData, AnyEphemeralEvent,
    AnyGlobalAccountDataEvent, AnyInitialStateEvent, AnyMessageLikeEvent, AnyPresenceEvent, AnyRoomAccountDataEvent,
    AnyStateEvent, AnyStrippedStateEvent, AnySyncMessageLikeEvent, AnySyncStateEvent, AnySyncTimelineEvent,
    AnyTimelineEvent, AnyToDeviceEvent, InitialStateEvent,
};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::{json, Map, Value};
use spec_tests::events::round_trip;
use spec_tests::mutate::{below, removed, replaced, wrong_values};
use spec_tests::spec::output;

/// Round-trips an event through all enums.
fn round_trip_all(value: &Value) {
    round_trip::<AnyTimelineEvent>(value);
    round_trip::<AnySyncTimelineEvent>(value);
    round_trip::<AnyMessageLikeEvent>(value);
    round_trip::<AnySyncMessageLikeEvent>(value);
    round_trip::<AnyStateEvent>(value);
    round_trip::<AnySyncStateEvent>(value);
    round_trip::<AnyStrippedStateEvent>(value);
    round_trip::<AnyInitialStateEvent>(value);
    round_trip::<AnyToDeviceEvent>(value);
    round_trip::<AnyDecryptedOlmEvent>(value);
    round_trip::<AnyDecryptedMegolmEvent>(value);
    round_trip::<AnyEphemeralEvent>(value);
    round_trip::<AnyPresenceEvent>(value);
    round_trip::<AnyEphemeralData>(value);
    round_trip::<AnyGlobalAccountDataEvent>(value);
    round_trip::<AnyRoomAccountDataEvent>(value);
    round_trip::<AnyEdu>(value);
}

#[test]
fn every_mutated_example_round_trips() {
    let mut count = 0;
    for example in &output().examples {
        round_trip_all(&example.value);
        for pointer in below(&example.value) {
            round_trip_all(&removed(&example.value, &pointer));
            count += 1;
            for wrong in wrong_values() {
                count += 1;
                let value = replaced(&example.value, &pointer, wrong);
                round_trip::<AnyTimelineEvent>(&value);
                round_trip::<AnyToDeviceEvent>(&value);
                round_trip::<AnyGlobalAccountDataEvent>(&value);
                round_trip::<AnyEdu>(&value);
            }
        }
    }
    // README.md states the number.
    assert!(count > 15_000, "{count} mutated examples");
}

/// Returns the timeline events among the examples.
fn timeline() -> impl Iterator<Item = &'static Value> {
    output().examples.iter().map(|example| &example.value).filter(|value| value.get("event_id").is_some())
}

#[test]
fn every_timeline_example_is_typed() {
    let mut count = 0;
    for value in timeline() {
        let event: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an object");
        let untyped = matches!(
            event,
            AnyTimelineEvent::Unknown(_) | AnyTimelineEvent::Redacted(_) | AnyTimelineEvent::Malformed(_)
        );
        assert!(!untyped, "{event:?}");
        assert!(event.invalid_fields().is_empty(), "{:?}", event.invalid_fields());
        count += 1;
    }
    assert!(count > 40, "{count} examples");
}

/// Returns the state events among the examples as initial state: with and without their state keys.
fn initial_state() -> Vec<Value> {
    let state = timeline().filter(|value| value.get("state_key").is_some());
    let part =
        |value: &Value, names: &[&str]| names.iter().map(|name| ((*name).to_owned(), value[*name].clone())).collect();
    state
        .flat_map(|value| [part(value, &["type", "content", "state_key"]), part(value, &["type", "content"])])
        .collect()
}

#[test]
fn every_state_example_is_typed_as_initial_state() {
    let mut count = 0;
    for value in initial_state() {
        let event: AnyInitialStateEvent = round_trip(&value);
        let is_typed = !matches!(event, AnyInitialStateEvent::Unknown(_) | AnyInitialStateEvent::Malformed(_));
        assert!(is_typed && event.invalid_fields().is_empty(), "{event:?}");
        assert_eq!(event.state_key(), value.get("state_key").and_then(Value::as_str), "{value}");
        assert_eq!(event.effective_state_key(), Some(event.state_key().unwrap_or_default()), "{value}");
        assert_eq!(json!(event.content().event_type()), value["type"], "{value}");
        assert_eq!(json!(event.content()), value["content"]);
        let validator = Validator::new().form(Form::InitialState);
        assert_eq!(validator.validate_value(&value).to_string(), "");
        // The default of a state key that is an identifier is invalid.
        let document = schema::event(event.event_type()).expect("a type").schema().json_schema();
        let is_identifier = document.pointer("/properties/state_key/format").is_some();
        let needs_key = is_identifier && event.state_key().is_none();
        let strict = validator.level(Level::Strict).validate_value(&value);
        assert_eq!(
            strict.iter().map(|one| one.pointer()).collect::<Vec<_>>(),
            if needs_key { vec!["/state_key"] } else { vec![] }
        );
        assert_eq!(event.to_json_checked().is_err(), needs_key, "{value}");
        count += 1;
    }
    assert!(count > 40, "{count} events");
}

#[test]
fn initial_state_event_with_an_invalid_or_null_state_key_keeps_its_type() {
    for (state_key, effective) in [(json!(7), None), (Value::Null, Some("")), (json!("k"), Some("k"))] {
        let value = json!({"type": "m.room.topic", "content": {"topic": "Seedlings"}, "state_key": state_key});
        let event: AnyInitialStateEvent = round_trip(&value);
        assert_eq!(event.effective_state_key(), effective);
        let topic = InitialStateEvent::<RoomTopicEventContent>::try_from(event).expect("a topic");
        assert_eq!(topic.effective_state_key(), effective);
    }
}

/// Returns the content of each example of a kind with its type, as an event with more members.
fn plaintexts(kind: Kind, members: &Value) -> Vec<Value> {
    let is_one = |event_type: &str| schema::event(event_type).is_some_and(|event| event.kinds.contains(&kind));
    let examples = output().examples.iter().filter(|example| !example.is_edu && is_one(&example.event_type));
    let with = |value: &Value| {
        let mut event = members.clone();
        ["type", "content"].iter().for_each(|name| event[*name] = value[*name].clone());
        event
    };
    examples.map(|example| with(&example.value)).collect()
}

/// Returns `true` if the content of an event is valid. One example has an invalid content.
fn is_valid_at_strict(value: &Value) -> bool {
    let report = Validator::new().form(Form::ContentOnly).level(Level::Strict).validate_value(value);
    assert!(report.is_valid() || value["type"] == "m.key.verification.start", "{value}\n{report}");
    report.is_valid()
}

#[test]
fn every_to_device_example_is_typed_as_plaintext_of_olm() {
    let members = json!({
        "sender": "@mira:example.org", "recipient": "@lev:example.org", "keys": {"ed25519": "k1"}, "recipient_keys": {"ed25519": "k2"},
        "sender_device_keys": {"user_id": "@mira:example.org", "device_id": "D", "algorithms": [], "keys": {}, "signatures": {}},
    });
    let events = plaintexts(Kind::ToDevice, &members);
    assert!(events.len() > 15, "{} events", events.len());
    for value in events {
        let event: AnyDecryptedOlmEvent = round_trip(&value);
        let is_typed = !matches!(event, AnyDecryptedOlmEvent::Unknown(_) | AnyDecryptedOlmEvent::Malformed(_));
        assert!(is_typed && event.invalid_fields().is_empty(), "{event:?}");
        assert_eq!((event.sender(), json!(event.content())), (Some("@mira:example.org"), value["content"].clone()));
        assert_eq!(event.to_json_checked().is_ok(), is_valid_at_strict(&value), "{value}");
        for name in ["sender", "recipient", "keys", "recipient_keys"] {
            let event: AnyDecryptedOlmEvent = round_trip(&removed(&value, &format!("/{name}")));
            assert!(event.is_malformed(), "{name} of {event:?}");
        }
    }
}

#[test]
fn every_message_like_example_is_typed_as_plaintext_of_megolm() {
    let events = plaintexts(Kind::MessageLike, &json!({"room_id": "!garden:example.org"}));
    assert!(events.len() > 30, "{} events", events.len());
    for value in events {
        let event: AnyDecryptedMegolmEvent = round_trip(&value);
        let is_typed = !matches!(event, AnyDecryptedMegolmEvent::Unknown(_) | AnyDecryptedMegolmEvent::Malformed(_));
        assert!(is_typed && event.invalid_fields().is_empty(), "{event:?}");
        assert_eq!((event.room_id(), json!(event.content())), (Some("!garden:example.org"), value["content"].clone()));
        assert_eq!(event.to_json_checked().is_ok(), is_valid_at_strict(&value), "{value}");
        let event: AnyDecryptedMegolmEvent = round_trip(&removed(&value, "/room_id"));
        assert!(event.is_malformed(), "{event:?}");
    }
}

#[test]
fn every_edu_example_is_typed() {
    let edus: Vec<_> = output().examples.iter().filter(|example| example.is_edu).collect();
    assert_eq!(edus.len(), 6, "{edus:?}");
    for example in edus {
        let edu: AnyEdu = serde_json::from_value(example.value.clone()).expect("an object");
        assert!(!matches!(edu, AnyEdu::Unknown(_) | AnyEdu::Malformed(_)), "{edu:?}");
        assert_eq!(edu.edu_type(), example.event_type);
        assert!(edu.invalid_fields().is_empty(), "{:?}", edu.invalid_fields());
    }
}

#[test]
fn edu_type_selects_the_variant_of_an_edu() {
    let read = |value: Value| serde_json::from_value::<AnyEdu>(value).expect("an object");
    let content = json!({"room_id": "!r:example.org", "user_id": "@mira:example.org", "typing": false});
    let typing = read(json!({"edu_type": "m.typing", "type": "m.presence", "content": content}));
    assert!(matches!(typing, AnyEdu::Typing(_)), "{typing:?}");
    let event = read(json!({"type": "m.typing", "content": content}));
    assert!(matches!(event, AnyEdu::Unknown(_)) && event.edu_type().is_empty(), "{event:?}");
    let malformed = read(json!({"edu_type": "m.typing", "content": {"room_id": "!r:example.org", "typing": false}}));
    let AnyEdu::Malformed(malformed) = malformed else { panic!("{malformed:?}") };
    assert_eq!(malformed.reason().pointer(), "/content");
}

// The deserializer searches the text for `type` before it deserializes the event.
#[test]
fn type_in_a_nested_object_does_not_change_the_variant() {
    let rest = r#""event_id": "$e", "room_id": "!r:example.org", "sender": "@mira:example.org", "origin_server_ts": 1"#;
    let inner = r#"{"type": "m.room.topic", "msgtype": "m.image", "body": "b"}"#;
    let cases = [
        (
            format!(r#"{{"content": {{"name": "n", "x": {inner}}}, "state_key": "", "type" : "m.room.name", {rest}}}"#),
            "RoomName",
        ),
        (format!(r#"{{"unsigned": {{"x": {inner}}}, "content": {{}}, "type": "m.dummy", {rest}}}"#), "Unknown"),
        (format!(r#"{{"content": {inner}, {rest}}}"#), "Unknown"),
        (format!(r#"{{"type": 1, "content": {inner}, {rest}}}"#), "Unknown"),
        (
            format!(
                r#"{{"type": "m.room.name", "type": "m.room.topic", "state_key": "", "content": {{"topic": "t"}}, {rest}}}"#
            ),
            "RoomTopic",
        ),
        (
            format!(
                r#"{{"type": "m.room.message", "content": {{"x": {inner}, "msgtype": "m.text", "body": "b"}}, {rest}}}"#
            ),
            "Text",
        ),
        (
            format!(
                r#"{{"type": "m.room.message", "content": {{"x": {inner}, "body": "b", "msgtype": "y"}}, {rest}}}"#
            ),
            "Other",
        ),
        (
            format!(
                r#"{{"content": {{"body": "{}", "msgtype": "m.text"}}, "type": "m.room.message", {rest}}}"#,
                "long".repeat(1_000)
            ),
            "Text",
        ),
    ];
    for (text, expected) in cases {
        let event: AnyTimelineEvent = matrix_events::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let found = match event {
            AnyTimelineEvent::RoomName(_) => "RoomName",
            AnyTimelineEvent::RoomMessage(event) => match event.content {
                RoomMessageEventContent::Text(_) => "Text",
                RoomMessageEventContent::Other(_) => "Other",
                _ => "another message",
            },
            AnyTimelineEvent::Unknown(_) => "Unknown",
            AnyTimelineEvent::RoomTopic(_) => "RoomTopic",
            _ => "another event",
        };
        assert_eq!(found, expected, "{text}");
        let parsed: Value = serde_json::from_str(&text).expect("JSON");
        let (of_bytes, of_value) = (matrix_events::validate(text.as_bytes()), matrix_events::validate_value(&parsed));
        assert_eq!(of_bytes.to_string(), of_value.to_string(), "{text}");
        assert_eq!(of_value.is_valid(), matrix_events::is_valid(&parsed), "{text}");
    }
}

#[test]
fn invalid_envelope_field_keeps_the_variant() {
    for value in timeline() {
        for name in ["event_id", "sender", "origin_server_ts", "room_id", "unsigned"] {
            for wrong in [json!("x"), json!(["x"]), json!({"x": 1}), Value::Null, json!(-0.5)] {
                let invalid = replaced(value, &format!("/{name}"), wrong.clone());
                let event: AnyTimelineEvent = serde_json::from_value(invalid.clone()).expect("an object");
                assert!(!matches!(event, AnyTimelineEvent::Malformed(_)), "{name}: {wrong} in {invalid}");
                assert_eq!(serde_json::to_value(&event).expect("JSON"), invalid);
            }
        }
    }
}

#[test]
fn debug_starts_with_the_variant() {
    let shown = |value: Value| {
        let shown = format!("{:?}", serde_json::from_value::<AnySyncTimelineEvent>(value).expect("an object"));
        shown.split('(').next().map(str::to_owned)
    };
    let of_type = |event_type: &str, content: Value| json!({"type": event_type, "content": content, "state_key": ""});
    assert_eq!(shown(json!({"type": "m.room.message", "content": {}})).as_deref(), Some("Redacted"));
    assert_eq!(shown(of_type("m.room.encryption", json!({"algorithm": "a"}))).as_deref(), Some("RoomEncryption"));
    assert_eq!(shown(of_type("m.room.encryption", json!({"algorithm": 7}))).as_deref(), Some("Malformed"));
    assert_eq!(shown(of_type("m.room.encryption", json!({}))).as_deref(), Some("Malformed"));
    assert_eq!(shown(of_type("org.example.poll", json!({}))).as_deref(), Some("Unknown"));
}

#[test]
fn invalid_fields_have_pointers() {
    let value = json!({
        "type": "m.room.member", "state_key": "@mira:example.org", "sender": "@mira:example.org", "event_id": "$e",
        "room_id": "!r:example.org", "origin_server_ts": "yesterday",
        "content": {"membership": "join", "displayname": 7, "avatar_url": null},
    });
    let event: AnyTimelineEvent = serde_json::from_value(value).expect("an object");
    let mut pointers: Vec<String> = event.invalid_fields().into_iter().map(|field| field.pointer).collect();
    // The feature `preserve_order` of serde_json changes the order.
    pointers.sort();
    assert_eq!(pointers, ["/content/avatar_url", "/content/displayname", "/origin_server_ts"]);
}

#[test]
fn into_sync_removes_the_room_and_with_room_id_restores_it() {
    for value in timeline() {
        let event: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an object");
        let sync = event.into_sync();
        assert_eq!(serde_json::to_value(&sync).expect("JSON"), removed(value, "/room_id"));
        let room = value["room_id"].as_str().expect("a room");
        assert_eq!(serde_json::to_value(sync.with_room_id(room)).expect("JSON"), *value);
    }
}

#[test]
fn into_state_converts_state_events_and_returns_others() {
    let (mut states, mut others) = (0, 0);
    for value in timeline() {
        let event: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an object");
        match event.clone().into_state() {
            Ok(state) => {
                assert_eq!(state, serde_json::from_value::<AnyStateEvent>(value.clone()).expect("an object"));
                assert!(!state.is_unknown(), "{state:?}");
                assert_eq!(AnyTimelineEvent::from(state), event);
                states += 1;
            }
            Err(other) => {
                assert!(value.get("state_key").is_none(), "{value}");
                assert_eq!(other, event);
                others += 1;
            }
        }
    }
    assert!(states > 20 && others > 20, "{states} and {others}");
}

#[test]
fn untyped_event_with_a_state_key_is_state() {
    let contents = [
        ("org.example.poll", json!({})),
        ("m.room.encryption", json!({})),
        ("m.room.encryption", json!({"algorithm": 7})),
    ];
    for (event_type, content) in contents {
        let mut value = json!({"type": event_type, "content": content, "event_id": "$e", "sender": "@a:b"});
        for is_state in [false, true] {
            let event: AnySyncTimelineEvent = serde_json::from_value(value.clone()).expect("an object");
            let state = event.clone().into_state();
            assert_eq!(state.is_ok(), is_state, "{value}");
            assert_eq!(state.map_or_else(|event| event, AnySyncTimelineEvent::from), event);
            value["state_key"] = "".into();
        }
    }
}

/// Generates any JSON value. The keys and strings of events are frequent, so that some values are similar to events.
fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        3 => prop::sample::select(vec![
            "type", "content", "m.room.message", "m.room.member", "m.call.invite", "m.text", "m.image", "msgtype",
            "body", "state_key", "unsigned", "sender", "sdp_stream_metadata", "purpose", "m.receipt", "users",
            "m.room.power_levels", "ban", "org.matrix.msc3077.sdp_stream_metadata", "$serde_json", "@mira:example.org", "$event", "redacted_because",
        ]).prop_map(str::to_owned),
        1 => ".*",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| json!(number)),
        any::<u64>().prop_map(|number| json!(number)),
        any::<f64>().prop_map(|number| json!(number)),
        text.clone().prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((text.clone(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_object() -> impl Strategy<Value = Value> {
    let types: Vec<String> = output().ir.events.iter().map(|event| event.event_type.clone()).collect();
    let members = prop::collection::vec((".{0,12}", any_json()), 0..4);
    (prop::option::of(prop::sample::select(types)), any_json(), members).prop_map(|(event_type, content, members)| {
        let mut object: Map<String, Value> = members.into_iter().collect();
        object.insert("content".to_owned(), content);
        if let Some(event_type) = event_type {
            object.insert("type".to_owned(), event_type.into());
        }
        Value::Object(object)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_object_round_trips(value in any_object()) {
        round_trip_all(&value);
    }

    #[test]
    fn any_bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = matrix_events::from_slice::<AnyTimelineEvent>(&bytes);
        let _ = serde_json::from_slice::<AnyToDeviceEvent>(&bytes);
    }

    #[test]
    fn text_with_a_changed_byte_gives_the_verdict_of_serde_json(value in any_object(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = value.to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let text = String::from_utf8_lossy(&bytes);
        let is_json = std::str::from_utf8(&bytes).is_ok() && serde_json::from_slice::<IgnoredAny>(&bytes).is_ok();
        let plain = serde_json::from_slice::<Map<String, Value>>(&bytes);
        let ours = matrix_events::from_slice::<AnyTimelineEvent>(&bytes);
        // `Value` does not represent all JSON.
        prop_assert_eq!(is_json && text.trim_start().starts_with('{'), ours.is_ok(), "{:?} {}", ours, text);
        if let (Ok(plain), Ok(ours)) = (plain, ours) {
            prop_assert_eq!(serde_json::to_value(&ours).expect("JSON"), Value::Object(plain));
        }
    }
}

#[test]
fn invalid_element_of_a_list_is_located() {
    let list = r#"[{"type": "m.dummy"}, 7]"#;
    let error = matrix_events::from_str::<Vec<AnyTimelineEvent>>(list).expect_err("7 is not an event");
    assert_eq!(error.to_string(), "expected an object, found a number at /1 (line 1, column 23)");
}
