//! Aliases: unstable names of fields and event types that are still in use.

use matrix_events::__private::{invalid_fields, FromToJson};
use matrix_events::call::invite::CallInviteEventContent;
use matrix_events::{AnyEdu, AnySyncTimelineEvent, AnyTimelineEvent};
use matrix_events_codegen::ir::{Event, Field, Shape, Struct};
use proptest::prelude::*;
use serde_json::{json, Value};
use spec_tests::mutate::{objects, removed, with_unknown_key, wrong_values};
use spec_tests::spec::{cases, output};
use spec_tests::Case;

const ALIAS: &str = "org.matrix.msc3077.sdp_stream_metadata";

/// Deserializes an invite with additional members, and asserts that the invite serializes to equal JSON.
fn invite(members: &Value) -> CallInviteEventContent {
    let mut content = json!({"call_id": "c", "version": "1", "lifetime": 1, "offer": {"type": "offer", "sdp": ""}});
    for (key, value) in members.as_object().into_iter().flatten() {
        content[key] = value.clone();
    }
    let read: CallInviteEventContent = serde_json::from_value(content.clone()).expect("an invite");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), content);
    read
}

fn purposes(content: &CallInviteEventContent) -> Option<Vec<&str>> {
    let streams = content.sdp_stream_metadata.as_ref()?;
    Some(streams.values().map(|stream| stream.purpose.as_str()).collect())
}

#[test]
fn alias_fills_the_field_and_is_serialized() {
    let content = invite(&json!({ALIAS: {"1": {"purpose": "m.screenshare", "fps": 5.0}, "invalid": null}}));
    assert_eq!(purposes(&content), Some(vec!["m.screenshare"]));
    assert_eq!((content.extra.get(ALIAS), content.extra.len()), (None, 0));
    assert_eq!(content.extra.wire_name("sdp_stream_metadata"), ALIAS);
}

#[test]
fn stable_name_has_priority_over_the_alias() {
    let (stable, other) = (json!({"1": {"purpose": "m.usermedia"}}), json!({"1": {"purpose": "m.screenshare"}}));
    let content = invite(&json!({ALIAS: other, "sdp_stream_metadata": stable}));
    assert_eq!(purposes(&content), Some(vec!["m.usermedia"]));
    assert_eq!(content.extra.get(ALIAS), Some(&other));
    assert_eq!(content.extra.wire_name("sdp_stream_metadata"), "sdp_stream_metadata");
}

#[test]
fn invalid_value_under_either_name_keeps_the_other() {
    let invalid_stable = invite(&json!({ALIAS: {"1": {"purpose": "m.usermedia"}}, "sdp_stream_metadata": null}));
    assert_eq!(purposes(&invalid_stable), Some(vec!["m.usermedia"]));
    assert_eq!(invalid_stable.extra.get("sdp_stream_metadata"), Some(&Value::Null));
    let invalid_alias = invite(&json!({ALIAS: "x"}));
    assert_eq!((purposes(&invalid_alias), invalid_alias.extra.get(ALIAS)), (None, Some(&json!("x"))));
}

#[test]
fn invalid_field_has_the_alias_in_its_pointer() {
    let streams = json!({"1": {"purpose": "m.usermedia", "audio_muted": 1}, "2": 3});
    let content = invite(&json!({ALIAS: streams, "sdp_stream_metadata": null}));
    let invalid: Vec<String> = invalid_fields(content.json_ref()).into_iter().map(|field| field.pointer).collect();
    assert_eq!(invalid, [&format!("/{ALIAS}/1/audio_muted"), &format!("/{ALIAS}/2"), "/sdp_stream_metadata"]);
}

#[test]
fn replaced_value_is_serialized_under_the_alias() {
    let mut content = invite(&json!({ALIAS: {"1": {"purpose": "m.usermedia"}, "invalid": 1}}));
    content.sdp_stream_metadata = Some(matrix_events::Map::new());
    let written = serde_json::to_value(&content).expect("JSON");
    assert_eq!((&written[ALIAS], written.get("sdp_stream_metadata")), (&json!({"invalid": 1}), None));
}

#[test]
fn alias_satisfies_a_required_field() {
    let event = |content: Value| {
        let value = json!({"type": "org.matrix.call.sdp_stream_metadata_changed", "event_id": "$e", "sender": "@a:b",
            "room_id": "!r:b", "origin_server_ts": 1, "content": content});
        let read: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an event");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
        read
    };
    let streams = json!({"1": {"purpose": "m.usermedia", "audio_muted": true}});
    for name in ["sdp_stream_metadata", ALIAS] {
        let read = event(json!({"call_id": "c", "party_id": "p", "version": "1", name: streams}));
        assert_eq!(read.event_type(), "org.matrix.call.sdp_stream_metadata_changed");
        let AnyTimelineEvent::CallSdpStreamMetadataChanged(changed) = read else { panic!("{read:?}") };
        assert_eq!(changed.content.sdp_stream_metadata["1"].audio_muted, Some(true), "{name}");
    }
    let read = event(json!({"call_id": "c", "party_id": "p", "version": "1", ALIAS: 7}));
    let AnyTimelineEvent::Malformed(malformed) = read else { panic!("{read:?}") };
    assert!(malformed.reason().to_string().starts_with("required property `sdp_stream_metadata` is missing"));
}

/// Returns the fields of the content of an event that have aliases.
fn aliased(event: &'static Event) -> impl Iterator<Item = &'static Field> {
    let items = output().ir.modules.get(&event.content.0).map(|module| module.items.as_slice()).unwrap_or_default();
    let shape = items.iter().find(|item| item.name == event.content.1).map(|item| &item.shape);
    let fields = match shape {
        Some(Shape::Struct(Struct { fields, .. })) => fields.as_slice(),
        _ => &[],
    };
    fields.iter().filter(|field| !field.aliases.is_empty())
}

/// Returns the cases whose example has a field with an alias: the case, the field, and the example under the alias.
fn renamed() -> Vec<(&'static Case, &'static Field, Value)> {
    let mut found = Vec::new();
    for (case, example) in cases() {
        for field in output().ir.events.iter().filter(|event| event.file == case.schema).flat_map(aliased) {
            let Some(value) = example["content"].get(&field.wire) else { continue };
            for alias in &field.aliases {
                let mut example = removed(example, &format!("/content/{}", field.wire));
                example["content"][alias] = value.clone();
                found.push((case, field, example));
            }
        }
    }
    assert!(found.len() >= 4, "{} examples", found.len());
    found
}

fn identical(case: &Case, value: &Value) {
    assert_eq!((case.through)(&value.to_string()).as_ref(), Ok(value), "{}", case.name);
}

#[test]
fn every_example_round_trips_under_every_alias() {
    for (case, field, example) in renamed() {
        identical(case, &example);
        for pointer in objects(&example) {
            identical(case, &with_unknown_key(&example, &pointer));
        }
        for wrong in wrong_values() {
            let mut both = example.clone();
            both["content"][&field.wire] = wrong;
            // An invalid required field is an error, even if the alias has a valid value.
            if (case.through)(&both.to_string()).is_ok() {
                identical(case, &both);
            }
        }
    }
}

#[test]
fn every_event_round_trips_under_every_type_alias() {
    let mut count = 0;
    for example in &output().examples {
        let member = if example.is_edu { "edu_type" } else { "type" };
        let is_its = |event: &&Event| event.event_type == example.event_type && event.is_edu() == example.is_edu;
        for alias in output().ir.events.iter().filter(is_its).flat_map(|event| &event.aliases) {
            let mut value = example.value.clone();
            value[member] = alias.clone().into();
            let text = value.to_string();
            let written = match example.is_edu {
                true => {
                    let edu: AnyEdu = serde_json::from_str(&text).expect("an object");
                    assert!(!matches!(edu, AnyEdu::Unknown(_) | AnyEdu::Malformed(_)), "{edu:?}");
                    assert_eq!(edu.edu_type(), alias);
                    serde_json::to_value(&edu)
                }
                false => serde_json::to_value(serde_json::from_str::<AnySyncTimelineEvent>(&text).expect("an object")),
            };
            assert_eq!(written.expect("JSON"), value);
            count += 1;
        }
    }
    assert!(count >= 2, "{count} examples");
}

/// Generates metadata of streams. Most of it is valid.
fn metadata() -> impl Strategy<Value = Value> {
    let number = prop_oneof![Just(json!(1)), Just(json!(1.0)), Just(json!(-0.0)), any::<f64>().prop_map(|n| json!(n))];
    let leaf =
        prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::Bool), number, ".{0,4}".prop_map(Value::String)];
    let stream = (prop::option::of(leaf.clone()), prop::option::of(leaf.clone())).prop_map(|(muted, more)| {
        let mut stream = json!({"purpose": "m.usermedia"});
        stream.as_object_mut().expect("an object").extend(muted.map(|muted| ("audio_muted".to_owned(), muted)));
        stream.as_object_mut().expect("an object").extend(more.map(|more| ("org.example.more".to_owned(), more)));
        stream
    });
    let entry = prop_oneof![4 => stream, 1 => leaf.clone()];
    let map = prop::collection::btree_map("[a-c]", entry, 0..4).prop_map(|map| json!(map));
    prop_oneof![6 => map, 1 => leaf]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_under_either_name_round_trips(stable in prop::option::of(metadata()), other in prop::option::of(metadata()), first in any::<bool>()) {
        let mut members: Vec<(&str, &Value)> = Vec::new();
        members.extend(stable.as_ref().map(|value| ("sdp_stream_metadata", value)));
        members.extend(other.as_ref().map(|value| (ALIAS, value)));
        if first {
            members.reverse();
        }
        let members: String = members.iter().map(|(key, value)| format!(r#""{key}": {value}, "#)).collect();
        let text = format!(r#"{{{members}"call_id": "c", "version": "1", "lifetime": 1, "offer": {{"type": "offer", "sdp": ""}}}}"#);
        let content: CallInviteEventContent = serde_json::from_str(&text).expect("an invite");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(serde_json::to_value(&content).expect("JSON"), value);
        let fits = |value: &&Value| value.is_object();
        let shown = stable.as_ref().filter(fits).or(other.as_ref().filter(fits));
        prop_assert_eq!(content.sdp_stream_metadata.is_some(), shown.is_some());
    }
}
