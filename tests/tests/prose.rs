//! Tests of the events that only the prose describes, and of event types whose end is in the content.

use matrix_events::secret_storage::key::SecretStorageKeyEventContent;
use matrix_events::{
    schema, validate_value, AnyGlobalAccountDataEvent, AnyGlobalAccountDataEventContent, AnyStateEvent,
    GlobalAccountDataEvent, GlobalAccountDataEventType,
};
use serde_json::{json, Value};

/// Returns the description of a key.
fn key(event_type: &str) -> Value {
    json!({"type": event_type, "content": {"algorithm": "m.secret_storage.v1.aes-hmac-sha2", "org.example.color": "red"}})
}

#[test]
fn end_of_an_event_type_is_in_the_content_in_each_order_of_members() {
    for suffix in ["tomato7", "", "*", "a.b", "ü\"\\"] {
        let event_type = format!("m.secret_storage.key.{suffix}");
        let content = key("")["content"].clone();
        for text in [
            key(&event_type).to_string(),
            format!(r#"{{"content": {content}, "type": {}}}"#, json!(event_type)),
            format!(r#"{{"content": {{"algorithm": "a"}}, "type": {}, "content": {content}}}"#, json!(event_type)),
        ] {
            let event: AnyGlobalAccountDataEvent = matrix_events::from_str(&text).expect("an event");
            let AnyGlobalAccountDataEvent::SecretStorageKey(one) = &event else { panic!("{event:?}") };
            assert_eq!(one.content.key_id, suffix, "{text}");
            assert_eq!(event.event_type(), event_type);
            let serialized: Value = serde_json::from_str(&matrix_events::to_string(&event)).expect("JSON");
            assert_eq!(serialized, key(&event_type), "{text}");
            let typed: GlobalAccountDataEvent<SecretStorageKeyEventContent> =
                matrix_events::from_str(&text).expect("an event");
            assert_eq!(typed, **one);
        }
    }
}

#[test]
fn other_event_types_have_no_end() {
    for event_type in ["m.secret_storage.key", "m.secret_storage.keys.a", "m.secret_storage.KEY.a"] {
        let event: AnyGlobalAccountDataEvent = serde_json::from_value(key(event_type)).expect("an event");
        assert!(event.is_unknown(), "{event_type}");
        assert_eq!(serde_json::to_value(&event).ok(), Some(key(event_type)));
        let typed = serde_json::from_value::<GlobalAccountDataEvent<SecretStorageKeyEventContent>>(key(event_type));
        assert!(typed.is_err(), "{event_type}");
    }
}

#[test]
fn content_with_an_end_of_the_type_is_created_and_read_from_its_parts() {
    let content = SecretStorageKeyEventContent::new("tomato7", "m.secret_storage.v1.aes-hmac-sha2");
    let content = AnyGlobalAccountDataEventContent::from(content);
    assert_eq!(content.event_type().as_str(), "m.secret_storage.key.tomato7");
    let stored = serde_json::to_string(&content).expect("JSON");
    assert_eq!(stored, r#"{"algorithm":"m.secret_storage.v1.aes-hmac-sha2"}"#);
    let read = AnyGlobalAccountDataEventContent::from_parts("m.secret_storage.key.tomato7", &stored).expect("JSON");
    assert!(matches!(&read, AnyGlobalAccountDataEventContent::SecretStorageKey(key) if key.key_id == "tomato7"));
    assert_eq!(read, content);
    assert_eq!(content.event_type(), GlobalAccountDataEventType::from("m.secret_storage.key.tomato7"));
}

#[test]
fn events_of_the_prose_are_validated() {
    assert!(validate_value(&key("m.secret_storage.key.tomato7")).is_valid());
    let report = validate_value(&json!({"type": "m.secret_storage.key.tomato7", "content": {}}));
    assert_eq!(report.violations()[0].message(), "required property `algorithm` is missing");
    assert_eq!(schema::event("m.secret_storage.key.a").map(|event| event.event_type), Some("m.secret_storage.key.*"));
    let report = validate_value(&json!({"type": "m.cross_signing.master", "content": {"encrypted": []}}));
    assert_eq!(report.violations()[0].pointer(), "/content/encrypted");
}

#[test]
fn aliases_of_a_server_are_typed() {
    let event =
        json!({"type": "m.room.aliases", "state_key": "example.org", "content": {"aliases": ["#a:example.org"]}});
    let event: AnyStateEvent = serde_json::from_value(event).expect("an event");
    let AnyStateEvent::RoomAliases(aliases) = event else { panic!("{event:?}") };
    assert_eq!(aliases.content.aliases.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["#a:example.org"]);
}
