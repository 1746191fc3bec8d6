//! The last of several members with one key counts, at every depth, and counts before a type is chosen.

use std::fmt::{Debug, Write};

use fastrand::Rng;
use matrix_events::{
    AnyEdu, AnyEphemeralEvent, AnyGlobalAccountDataEvent, AnyInitialStateEvent, AnyPresenceEvent,
    AnyRoomAccountDataEvent, AnyStateEvent, AnyStrippedStateEvent, AnySyncStateEvent, AnySyncTimelineEvent,
    AnyTimelineEvent, AnyToDeviceEvent,
};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{json, Value};
use spec_tests::mutate::wrong_values;
use spec_tests::spec::cases;

/// An additional member of an object: a key that the object has, with another value.
struct Twin {
    /// The JSON pointer of the object.
    object: String,
    key: String,
    value: Value,
    is_first: bool,
}

/// Writes a value as JSON text with additional members.
fn write(value: &Value, pointer: &str, twins: &[Twin], text: &mut String) {
    match value {
        Value::Object(members) => {
            let here: Vec<&Twin> = twins.iter().filter(|twin| twin.object == pointer).collect();
            let mut separator = "{";
            let mut member = |key: &str, value: &Value, text: &mut String| {
                let _ = write!(text, "{separator}{}:", json!(key));
                separator = ",";
                write(value, &format!("{pointer}/{}", escaped(key)), twins, text);
            };
            here.iter().filter(|twin| twin.is_first).for_each(|twin| member(&twin.key, &twin.value, text));
            members.iter().for_each(|(key, value)| member(key, value, text));
            here.iter().filter(|twin| !twin.is_first).for_each(|twin| member(&twin.key, &twin.value, text));
            text.push_str(if members.is_empty() && here.is_empty() { "{}" } else { "}" });
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                write(item, &format!("{pointer}/{index}"), twins, text);
            }
            text.push(']');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

fn escaped(key: &str) -> String {
    matrix_events_codegen::escape_pointer_token(key).into_owned()
}

/// Returns every member below a value: the pointer of its object, its key, and its value.
fn members(value: &Value, pointer: &str, found: &mut Vec<(String, String, Value)>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                found.push((pointer.to_owned(), key.clone(), value.clone()));
                members(value, &format!("{pointer}/{}", escaped(key)), found);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| members(item, &format!("{pointer}/{index}"), found));
        }
        _ => {}
    }
}

/// Describes what a text deserializes to: the variant and all fields, or the error without its place.
fn outcome<T: DeserializeOwned + Serialize + Debug>(text: &str) -> Result<String, String> {
    let event: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&event).map_err(|error| error.to_string())?;
    let again: T =
        serde_json::from_str(&written).map_err(|error| format!("{written} does not deserialize: {error}"))?;
    let (event, again) = (format!("{event:?}"), format!("{again:?}"));
    match event == again {
        true => Ok(event),
        false => Err(format!("{event} is {again} after serialization")),
    }
}

/// A text with repeated keys, and the text of the value that `serde_json` makes of it.
struct Texts<'t> {
    repeated: &'t str,
    last: String,
}

impl Texts<'_> {
    /// Returns a failure unless both texts deserialize as one value.
    fn differ<T: DeserializeOwned + Serialize + Debug>(&self) -> Option<String> {
        let (found, expected) = (outcome::<T>(self.repeated), outcome::<T>(&self.last));
        (found != expected).then(|| format!("{}\n  found    {found:?}\n  expected {expected:?}", self.repeated))
    }
}

/// Compares a text with the value that `serde_json` makes of it, as the events that it can be.
fn compare(repeated: &str, failures: &mut Vec<String>) {
    let value: Value = serde_json::from_str(repeated).unwrap_or_else(|error| panic!("{error}: {repeated}"));
    let texts = Texts { repeated, last: value.to_string() };
    let results = match value.get("type").and_then(Value::as_str).unwrap_or_default() {
        "m.presence" => vec![texts.differ::<AnyPresenceEvent>()],
        "m.typing" | "m.receipt" => vec![texts.differ::<AnyEphemeralEvent>()],
        _ if value.get("edu_type").is_some() => vec![texts.differ::<AnyEdu>()],
        _ if value.get("state_key").is_some() => vec![
            texts.differ::<AnyTimelineEvent>(),
            texts.differ::<AnySyncStateEvent>(),
            texts.differ::<AnyStrippedStateEvent>(),
            texts.differ::<AnyInitialStateEvent>(),
        ],
        _ if value.get("event_id").is_some() => vec![
            texts.differ::<AnyTimelineEvent>(),
            texts.differ::<AnySyncTimelineEvent>(),
            texts.differ::<AnyStateEvent>(),
        ],
        _ => vec![
            texts.differ::<AnyToDeviceEvent>(),
            texts.differ::<AnyGlobalAccountDataEvent>(),
            texts.differ::<AnyRoomAccountDataEvent>(),
        ],
    };
    failures.extend(results.into_iter().flatten());
}

#[test]
fn twin_of_every_member_deserializes_as_the_last_of_both() {
    let (mut tried, mut failures) = (0, Vec::new());
    let mut examples: Vec<&Value> = cases().map(|(_, example)| example).collect();
    examples.dedup();
    for example in examples {
        let mut all = Vec::new();
        members(example, "", &mut all);
        for (object, key, _) in all {
            for wrong in [json!(7), json!({})] {
                for is_first in [true, false] {
                    let twin = Twin { object: object.clone(), key: key.clone(), value: wrong.clone(), is_first };
                    let mut text = String::new();
                    write(example, "", &[twin], &mut text);
                    compare(&text, &mut failures);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 2_500, "only {tried} texts were tried");
    assert!(failures.is_empty(), "{} of {tried}\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn several_twins_at_every_depth_deserialize_as_the_last_of_each() {
    let mut rng = Rng::with_seed(15);
    let examples: Vec<&Value> = cases().map(|(_, example)| example).collect();
    let mut failures = Vec::new();
    for _ in 0..2_500 {
        let example = rng.choice(&examples).expect("examples");
        let mut all = Vec::new();
        members(example, "", &mut all);
        let twins: Vec<Twin> = (0..rng.usize(2..6))
            .map(|_| {
                let (object, key, value) = rng.choice(&all).expect("a member").clone();
                let mut values = wrong_values();
                values.push(value);
                let value = rng.choice(&values).expect("a value").clone();
                Twin { object, key, value, is_first: rng.bool() }
            })
            .collect();
        let mut text = String::new();
        write(example, "", &twins, &mut text);
        compare(&text, &mut failures);
    }
    assert!(failures.is_empty(), "{}\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn repeated_key_in_an_entry_of_a_map_keeps_the_entry() {
    let event = |streams: &str| {
        format!(
            r#"{{"type":"m.call.sdp_stream_metadata_changed","event_id":"$1","room_id":"!r:x","sender":"@a:x","origin_server_ts":1,
            "content":{{"call_id":"1","party_id":"1","version":"1","sdp_stream_metadata":{streams}}}}}"#
        )
    };
    let text = event(r#"{"a":{"purpose":7,"purpose":"m.usermedia"}}"#);
    let event: AnyTimelineEvent = matrix_events::from_str(&text).expect("an event");
    let AnyTimelineEvent::CallSdpStreamMetadataChanged(changed) = &event else { panic!("{event:?}") };
    assert_eq!(changed.content.sdp_stream_metadata["a"].purpose.as_str(), "m.usermedia");
    assert!(matrix_events::to_string(&event).contains(r#"{"a":{"purpose":"m.usermedia"}}"#));
}
