//! Events for tests, and round trips of events through types.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{json, Value};

/// Returns a timeline event, which is valid if the content is valid for the type.
pub fn event(event_type: &str, content: &Value) -> Value {
    json!({
        "type": event_type, "content": content, "event_id": "$Qm0vVZgY8sTn3rW5xKcLpA", "room_id": "!greenhouse:example.org",
        "sender": "@mira:example.org", "origin_server_ts": 1_741_860_345_127_i64,
    })
}

/// Returns a state event, which is valid if the content is valid for the type.
pub fn state_event(event_type: &str, state_key: &str, content: &Value) -> Value {
    with(event(event_type, content), "state_key", state_key)
}

/// Sets a field of an object.
pub fn with(mut object: Value, key: &str, value: impl Into<Value>) -> Value {
    object[key] = value.into();
    object
}

/// Deserializes an event, and asserts that it serializes to equal JSON.
pub fn round_trip<T: Debug + DeserializeOwned + Serialize>(value: &Value) -> T {
    let event: T = serde_json::from_str(&value.to_string()).unwrap_or_else(|error| panic!("{error}: {value}"));
    let json = serde_json::to_value(&event).unwrap_or_else(|error| panic!("{error}: {value}"));
    assert_eq!(json, *value, "{event:?}");
    event
}
