//! Every text that RFC 8259 accepts deserializes at each place of an event, and serializes as equal JSON.

use std::fmt::Debug;

use matrix_events::{
    from_slice, from_str, kept_text, to_string, AnyGlobalAccountDataEvent, AnyInitialStateEvent, AnyStateEvent,
    AnyStrippedStateEvent, AnySyncTimelineEvent, AnyTimelineEvent, AnyToDeviceEvent, Events, JsonObject,
};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::Serialize;
use serde_json::Value;
use spec_tests::any_json::AnyJson;
use spec_tests::json_texts;

struct Case {
    verdict: String,
    bytes: Vec<u8>,
}

impl Case {
    fn is_accepted(&self) -> bool {
        matches!(&*self.verdict, "accepted" | "kept")
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("accepted texts are UTF-8")
    }
}

fn cases() -> Vec<Case> {
    let cases = json_texts().into_iter();
    cases.map(|(verdict, bytes)| Case { verdict: verdict.to_owned(), bytes }).collect()
}

/// Places of a value in an event: unknown members, and fields of each JSON type, required and optional.
const PLACES: &[&str] = &[
    r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"b","x":•}}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":•}}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"b","m.mentions":•,"m.new_content":•}}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.image","body":"b","url":•,"info":{"w":•,"thumbnail_info":•}}}"#,
    r#"{"type":"m.room.message","content":{"msgtype":•,"body":"b"}}"#,
    r#"{"type":"m.room.message","content":•}"#,
    r#"{"type":•,"content":{"msgtype":"m.text","body":"b"}}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"b"},"event_id":•,"origin_server_ts":•,"unsigned":•,"x":•}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"b"},"unsigned":{"age":•,"redacted_because":•,"m.relations":{"m.thread":{"latest_event":•,"count":•}}}}"#,
    r#"{"type":"m.room.message","content":{},"unsigned":{"redacted_because":{"content":•}}}"#,
    r#"{"type":"m.room.member","state_key":"@a:b","content":{"membership":"join","displayname":•,"avatar_url":•,"is_direct":•}}"#,
    r#"{"type":"m.room.member","state_key":•,"content":{"membership":•}}"#,
    r#"{"type":"m.room.power_levels","state_key":"","content":{"ban":•,"users":•,"events":{"m.room.name":•}}}"#,
    r#"{"type":"m.room.power_levels","state_key":"","content":{"users":{"@a:b":50,"@c:d":•}}}"#,
    r#"{"type":"m.room.pinned_events","state_key":"","content":{"pinned":["$a",•]}}"#,
    r#"{"type":"m.room.create","state_key":"","content":{"room_version":•,"additional_creators":•,"predecessor":•}}"#,
    r#"{"type":"m.room.encryption","state_key":"","content":{"algorithm":•,"rotation_period_ms":•}}"#,
    r#"{"type":"m.policy.rule.user","state_key":"x","content":{"entity":•,"recommendation":•}}"#,
    r#"{"type":"m.call.invite","content":{"version":•,"lifetime":•,"offer":{"type":•,"sdp":"s"},"call_id":"c"}}"#,
    r#"{"type":"m.tag","content":{"tags":{"m.favourite":{"order":•},"u.x":•}}}"#,
    r#"{"type":"m.direct","content":{"@a:b":•}}"#,
    r#"{"type":"m.push_rules","content":{"global":{"override":[•,{"rule_id":"x","default":true,"enabled":•,"actions":[•]}]}}}"#,
    r#"{"type":"m.room_key_request","content":{"action":•,"requesting_device_id":"d","request_id":"r","body":•}}"#,
    r#"{"type":"org.example.unknown","content":{"x":[[•],{"y":•}]}}"#,
    r#"{"type":"org.example.unknown","content":•}"#,
    r#"{"x":•}"#,
];

/// Asserts that a value and what its serialization deserializes to are equal, and that no JSON is lost.
fn assert_round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug + Clone>(
    text: &str,
    read: impl Fn(&str) -> T,
    write: impl Fn(&T) -> String,
) {
    let value = read(text);
    let written = write(&value);
    assert_eq!(AnyJson::new(&written), AnyJson::new(text), "{text} is written as {written}");
    assert_eq!(serde_json::to_string(&value).expect("JSON"), written, "{text}");
    let again = read(&written);
    assert_eq!(again, value, "{text}");
    assert_eq!(format!("{again:?}"), format!("{value:?}"), "{text}");
    let through_serde: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(through_serde, value, "{text}");
    assert_eq!(through_serde.clone(), value, "{text}");
}

fn assert_event_round_trip(text: &str) {
    macro_rules! round_trip {
        ($($any:ty),+) => {$(
            let read = |text: &str| from_str::<$any>(text).unwrap_or_else(|error| panic!("{error}: {text}"));
            assert_round_trip(text, read, to_string);
        )+};
    }
    round_trip!(
        AnyTimelineEvent,
        AnySyncTimelineEvent,
        AnyStateEvent,
        AnyStrippedStateEvent,
        AnyInitialStateEvent,
        AnyToDeviceEvent
    );
    round_trip!(AnyGlobalAccountDataEvent);
    let list = format!("[{text},{text}]");
    let read = |text: &str| serde_json::from_str::<Vec<AnyTimelineEvent>>(text).expect("a list");
    assert_round_trip(&list, read, |events| {
        format!("[{}]", events.iter().map(to_string).collect::<Vec<_>>().join(","))
    });
    let events: Events<AnyTimelineEvent> = from_str(&list).expect("a list");
    assert_eq!((events.valid().count(), events.invalid().count()), (2, 0));
}

fn in_each_place(text: &str) -> impl Iterator<Item = String> + '_ {
    PLACES.iter().map(move |place| place.replace('•', text))
}

#[test]
fn accepted_text_round_trips_in_each_place_of_an_event() {
    for case in cases().iter().filter(|case| case.is_accepted()) {
        for event in in_each_place(case.text()) {
            assert_event_round_trip(&event);
        }
    }
}

#[test]
fn accepted_text_is_an_element_of_a_list_that_keeps_the_other_elements() {
    let event = r#"{"type":"m.room.topic","state_key":"","content":{"topic":"t"}}"#;
    for case in cases().iter().filter(|case| case.is_accepted()) {
        let text = format!("[{},{event}]", case.text());
        let read = |text: &str| from_str::<Events<AnyTimelineEvent>>(text).expect("a list");
        assert_round_trip(&text, read, to_string);
        let read = read(&text);
        assert_eq!(read.len(), 2, "{text}");
        assert!(matches!(read.valid().last(), Some(AnyTimelineEvent::RoomTopic(_))), "{text}");
    }
}

#[test]
fn kept_values_have_their_text() {
    let is_precise = serde_json::from_str::<Value>("1e400").is_ok();
    for case in cases().iter().filter(|case| case.is_accepted()) {
        let value: Value = from_str(case.text()).expect("JSON");
        assert_eq!(AnyJson::new(&to_string(&value)), AnyJson::new(case.text()));
        match (kept_text(&value), &*case.verdict) {
            (Some(text), "kept") => assert_eq!(text, case.text()),
            (None, "kept") => assert!(is_precise || case.text().contains(['[', '{']), "{}", case.text()),
            (kept, _) => assert_eq!(kept, None, "{}", case.text()),
        }
    }
}

#[test]
fn rejected_text_is_an_error() {
    for case in cases().iter().filter(|case| !case.is_accepted()) {
        let shown = String::from_utf8_lossy(&case.bytes);
        assert!(from_slice::<Value>(&case.bytes).is_err(), "{shown}");
        assert!(from_slice::<AnyTimelineEvent>(&case.bytes).is_err(), "{shown}");
        assert!(from_slice::<Events<AnyTimelineEvent>>(&case.bytes).is_err(), "{shown}");
        for place in PLACES {
            let parts: Vec<&[u8]> = place.split('•').map(str::as_bytes).collect();
            let event = parts.join(&case.bytes[..]);
            // Some texts complete an event, such as `1,"a":2`.
            let is_json =
                std::str::from_utf8(&event).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok());
            let read = from_slice::<AnyTimelineEvent>(&event);
            assert_eq!(read.is_ok(), is_json, "{} {read:?}", String::from_utf8_lossy(&event));
            assert_eq!(serde_json::from_slice::<AnyTimelineEvent>(&event).is_ok(), is_json);
        }
    }
}

#[test]
fn files_have_the_verdict_of_another_parser() {
    for case in cases() {
        let is_json =
            std::str::from_utf8(&case.bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok());
        assert_eq!(is_json, case.is_accepted(), "{}", String::from_utf8_lossy(&case.bytes));
    }
    let count = |verdict| cases().iter().filter(|case| case.verdict == verdict).count();
    assert!(count("accepted") >= 150 && count("rejected") >= 250 && count("kept") >= 50 && count("refused") >= 10);
}

#[test]
fn deep_values_round_trip_in_each_place_of_an_event() {
    for depth in [100, 120, 124, 125, 126, 127, 128, 129, 130, 256, 300] {
        let values = [
            format!("{}1{}", "[".repeat(depth), "]".repeat(depth)),
            format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)),
            format!("{}\"\\ud800\"{}", "{\"\\ud800\":[1e400,".repeat(depth / 2), "]}".repeat(depth / 2)),
        ];
        for event in values.iter().flat_map(|value| in_each_place(value)) {
            assert_event_round_trip(&event);
        }
    }
}

/// A program's own type of a response.
#[derive(Debug, serde::Deserialize)]
struct Sync {
    next_batch: String,
    rooms: Rooms,
}

#[derive(Debug, serde::Deserialize)]
struct Rooms {
    join: std::collections::BTreeMap<String, Room>,
}

#[derive(Debug, serde::Deserialize)]
struct Room {
    timeline: Timeline,
}

#[derive(Debug, serde::Deserialize)]
struct Timeline {
    events: Events<AnySyncTimelineEvent>,
}

#[test]
fn response_with_kept_values_deserializes() {
    let deep = format!("{}1{}", "{\"a\":".repeat(400), "}".repeat(400));
    for case in [r#""\ud800""#, "1e400", "[null]", &deep] {
        let event = format!(
            r#"{{"type":"m.room.message","content":{{"msgtype":"m.text","body":"b"}},"unsigned":{{"m.relations":{{"m.thread":{{"latest_event":{case}}}}}}}}}"#
        );
        let body = format!(
            r#"{{"presence":{case},"next_batch":"s1","rooms":{{"join":{{"!r":{{"x":{case},"timeline":{{"events":[{event},{case},{event}]}}}}}}}}}}"#
        );
        let sync: Sync = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"));
        assert_eq!(sync.next_batch, "s1");
        let events = &sync.rooms.join["!r"].timeline.events;
        let messages = events.valid().filter(|event| matches!(event, AnySyncTimelineEvent::RoomMessage(_)));
        assert_eq!((messages.count(), events.len()), (2, 3));
        assert_eq!(AnyJson::new(&to_string(&from_str::<JsonObject>(&body).expect("JSON"))), AnyJson::new(&body));
    }
}
