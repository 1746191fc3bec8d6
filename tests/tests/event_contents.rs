//! The enums over event types and over contents: every type and every example.

use std::collections::BTreeSet;
use std::fmt::Debug;

use matrix_events::room::topic::RoomTopicEventContent;
use matrix_events::schema::{events, Kind};
use matrix_events::{
    AnyDecryptedMegolmEvent, AnyEphemeralEvent, AnyEphemeralEventContent, AnyGlobalAccountDataEvent,
    AnyGlobalAccountDataEventContent, AnyInitialStateEvent, AnyMessageLikeEvent, AnyMessageLikeEventContent,
    AnyRoomAccountDataEvent, AnyRoomAccountDataEventContent, AnyStateEvent, AnyStateEventContent,
    AnyStrippedStateEvent, AnySyncMessageLikeEvent, AnySyncStateEvent, AnySyncTimelineEvent, AnyTimelineEvent,
    AnyTimelineEventContent, AnyToDeviceEvent, AnyToDeviceEventContent, EphemeralEventType, GlobalAccountDataEventType,
    MessageLikeEventType, RoomAccountDataEventType, StateEventType, TimelineEventType, ToDeviceEventType,
};
use serde_json::{json, Value};
use spec_tests::events::{event, state_event};
use spec_tests::mutate::{below, replaced, wrong_values};
use spec_tests::spec::output;

const TIMELINE: &[Kind] = &[Kind::MessageLike, Kind::State];

/// Calls a macro for each enum over contents, with its event types, the kinds of its events, and the enums over the events.
macro_rules! for_each_enum {
    ($check:ident) => {
        $check!(AnyTimelineEventContent, TimelineEventType, TIMELINE, AnyTimelineEvent AnySyncTimelineEvent);
        $check!(AnyMessageLikeEventContent, MessageLikeEventType, &[Kind::MessageLike],
            AnyMessageLikeEvent AnySyncMessageLikeEvent AnyDecryptedMegolmEvent);
        $check!(AnyStateEventContent, StateEventType, &[Kind::State],
            AnyStateEvent AnySyncStateEvent AnyStrippedStateEvent AnyInitialStateEvent);
        $check!(AnyToDeviceEventContent, ToDeviceEventType, &[Kind::ToDevice],
            AnyToDeviceEvent);
        $check!(AnyEphemeralEventContent, EphemeralEventType, &[Kind::Ephemeral], AnyEphemeralEvent);
        $check!(AnyGlobalAccountDataEventContent, GlobalAccountDataEventType, &[Kind::GlobalAccountData],
            AnyGlobalAccountDataEvent);
        $check!(AnyRoomAccountDataEventContent, RoomAccountDataEventType, &[Kind::RoomAccountData],
            AnyRoomAccountDataEvent);
    };
}

/// Returns the event types of some kinds, each with its aliases.
fn types_of(kinds: &'static [Kind]) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let events = events().filter(|event| event.kinds.iter().any(|kind| kinds.contains(kind)));
    events.map(|event| (event.event_type, event.aliases))
}

#[test]
fn event_types_and_aliases_of_a_kind_have_variants_and_others_have_none() {
    macro_rules! check {
        ($content:ident, $types:ident, $kinds:expr, $($any:ident)+) => {
            let known: BTreeSet<&str> = types_of($kinds).map(|(event_type, _)| event_type).collect();
            assert!(!known.is_empty());
            for (event_type, aliases) in types_of($kinds) {
                let value = $types::from(event_type);
                // The enum has no variant for types whose end is in the content.
                assert_eq!(value.is_known(), !event_type.ends_with(".*"), "{event_type}");
                assert_eq!((value.as_str(), value.to_string().as_str()), (event_type, event_type));
                assert_eq!(json!(value), json!(event_type));
                assert_eq!(serde_json::from_value::<$types>(json!(event_type)).expect("a string"), value);
                for alias in aliases {
                    assert_eq!($types::from(*alias), value, "{alias}");
                }
            }
            for other in events().map(|event| event.event_type).filter(|other| !known.contains(other)) {
                let value = $types::from(other);
                assert_eq!((value.is_known(), value.as_str()), (false, other));
            }
            let values: BTreeSet<$types> = known.iter().map(|event_type| $types::from(*event_type)).collect();
            assert_eq!(values.len(), known.len());
        };
    }
    for_each_enum!(check);
}

/// Returns the JSON of a content and its event type, as text.
fn parts<T: ToString>(content: &impl serde::Serialize, event_type: &T) -> (Value, String) {
    (serde_json::to_value(content).expect("a content"), event_type.to_string())
}

#[test]
fn contents_of_examples_and_mutations_keep_their_json_and_type() {
    let mut count = 0;
    macro_rules! check {
        ($content:ident, $types:ident, $kinds:expr, $($any:ident)+) => {$(
            for example in output().examples.iter().filter(|example| !example.is_edu) {
                let known = types_of($kinds).any(|(event_type, _)| event_type == example.event_type);
                let stated = example.value["type"].as_str().filter(|_| example.event_type.ends_with(".*"));
                let event_type = stated.unwrap_or(&example.event_type).to_owned();
                for pointer in below(&example.value).into_iter().filter(|pointer| pointer.starts_with("/content/")) {
                    for wrong in std::iter::once(None).chain(wrong_values().into_iter().map(Some)) {
                        let is_example = wrong.is_none();
                        let json = wrong.map_or(example.value.clone(), |wrong| replaced(&example.value, &pointer, wrong));
                        let event: $any = serde_json::from_value(json.clone()).expect("an object");
                        let content = event.content();
                        assert_eq!(parts(&content, &content.event_type()), (json["content"].clone(), event_type.clone()));
                        let again = $content::from_parts(&event_type, &json["content"].to_string()).expect("JSON");
                        assert_eq!(parts(&again, &again.event_type()), (json["content"].clone(), event_type.clone()));
                        assert_eq!(matches!(again, $content::Unknown(_)), !known || !is_example && is_unknown(&again));
                        count += 1;
                    }
                }
            }
        )+};
    }
    fn is_unknown(content: &impl Debug) -> bool {
        format!("{content:?}").starts_with("Unknown(")
    }
    for_each_enum!(check);
    assert!(count > 10_000, "{count} contents");
}

#[test]
fn content_of_an_alias_has_the_type_of_the_specification() {
    let text = r#"{"entity": "@spam*:example.org", "recommendation": "m.ban", "reason": "spam"}"#;
    let content = AnyStateEventContent::from_parts("org.matrix.mjolnir.rule.user", text).expect("JSON");
    assert!(matches!(content, AnyStateEventContent::PolicyRuleUser(_)));
    assert_eq!(content.event_type(), StateEventType::PolicyRuleUser);
}

#[test]
fn content_with_repeated_keys_has_the_last_value() {
    let content = AnyStateEventContent::from_parts("m.room.topic", r#"{"topic": 7, "topic": "a"}"#).expect("JSON");
    assert_eq!(content, RoomTopicEventContent::new("a").into());
}

#[test]
fn text_that_is_not_json_is_an_error() {
    for (event_type, text) in [("m.room.topic", "{"), ("m.room.topic", "{} {}"), ("org.example.a", ""), ("", "nul")] {
        let error = AnyStateEventContent::from_parts(event_type, text).expect_err(text);
        assert_eq!(error.line(), 1, "{error}");
    }
}

#[test]
fn content_that_is_no_object_is_unknown_and_keeps_its_json() {
    let content = AnyToDeviceEventContent::from_parts("m.dummy", "[1.50]").expect("JSON");
    assert!(matches!(content, AnyToDeviceEventContent::Unknown(_)));
    assert_eq!(serde_json::to_string(&content).expect("a content"), "[1.5]");
}

#[test]
fn contents_and_types_convert_to_those_of_the_timeline() {
    let topic = RoomTopicEventContent::new("Seedlings");
    let state = AnyStateEventContent::from(topic.clone());
    assert_eq!(AnyTimelineEventContent::from(state), topic.into());
    assert_eq!(TimelineEventType::from(StateEventType::RoomTopic), TimelineEventType::RoomTopic);
    assert_eq!(TimelineEventType::from(MessageLikeEventType::RoomMessage), TimelineEventType::RoomMessage);
    let custom = TimelineEventType::from(StateEventType::from("org.example.a"));
    assert_eq!((custom.is_known(), custom.as_str()), (false, "org.example.a"));
}

#[test]
fn invalid_content_is_not_serialized_by_the_checked_method() {
    let [valid, invalid] = [r#"{"topic": "a"}"#, r#"{"topic": 7}"#]
        .map(|text| AnyStateEventContent::from_parts("m.room.topic", text).expect("JSON").to_json_checked());
    assert_eq!(valid.expect("a valid content"), r#"{"topic":"a"}"#);
    assert!(invalid.is_err());
    let unknown = AnyStateEventContent::from_parts("org.example.a", r#"{"height": 2.5}"#).expect("JSON");
    let report = unknown.to_json_checked().expect_err("canonical JSON has no fractions");
    assert_eq!(report.violations()[0].pointer(), "/content/height");
}

#[test]
fn timeline_event_is_message_like_unless_it_has_a_state_key() {
    let content = json!({"msgtype": "m.text", "body": "Hi"});
    for event_type in ["m.room.message", "m.room.topic", "org.example.a"] {
        for is_state in [false, true] {
            let json = match is_state {
                true => state_event(event_type, "", &content),
                false => event(event_type, &content),
            };
            let event: AnyTimelineEvent = serde_json::from_value(json.clone()).expect("an object");
            let message = event.clone().into_message_like();
            assert_eq!(message.is_err(), is_state, "{json}");
            let back = message.map_or_else(|event| event, AnyTimelineEvent::from);
            assert_eq!(back, event);
            let own: AnyMessageLikeEvent = serde_json::from_value(json.clone()).expect("an object");
            assert_eq!(serde_json::to_value(&own).expect("an event"), json);
            assert_eq!(matches!(own, AnyMessageLikeEvent::RoomMessage(_)), event_type == "m.room.message" && !is_state);
        }
    }
}
