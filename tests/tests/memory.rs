//! What hostile input costs in memory: a small multiple of what stands in it, whatever it is made of.

use allocation_counter::measure;
use matrix_events::validate::{Level, Validator};
use matrix_events::{from_slice, AnyTimelineEvent};
use serde_json::Value;
use spec_tests::events;

/// Returns the text of an event with the text of its content.
fn event_text(event_type: &str, content: &str) -> String {
    events::event(event_type, &Value::Null).to_string().replace("null", content)
}

fn message(more: &str) -> String {
    event_text("m.room.message", &format!(r#"{{"msgtype": "m.text", "body": "b", "x": {more}}}"#))
}

/// Members, each with another key.
fn members(count: usize, value: &str) -> String {
    members_of(count, "", value)
}

/// The same with more in each key.
fn members_of(count: usize, key: &str, value: &str) -> String {
    let members: Vec<String> = (0..count).map(|index| format!("\"{index}{key}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

fn list(count: usize, element: &str) -> String {
    format!("[{}]", vec![element; count].join(","))
}

/// Texts made to cost as much as they can.
fn hostile() -> Vec<(&'static str, String)> {
    const MANY: usize = 50_000;
    let small = "{\"\":".repeat(110) + "1" + &"}".repeat(110);
    let nested = "[".repeat(120) + &"]".repeat(120);
    let candidates = list(MANY, r#"{"candidate":""}"#);
    vec![
        ("a string of escapes", message(&format!("\"{}\"", "\\u0041".repeat(MANY)))),
        ("many keys", message(&members(MANY, "1"))),
        ("many keys of an event", format!("{{\"type\": \"m.room.message\", {}", &members(MANY, "1")[1..])),
        ("many numbers", message(&list(MANY, "1"))),
        ("many empty objects", message(&list(MANY, "{}"))),
        ("many objects of one key", message(&list(MANY, "{\"\":1}"))),
        ("objects of one key in each other", message(&list(MANY / 100, &small))),
        // Just behind the size at which a list has doubled its room.
        ("objects of one key, and room for as many", message(&list(65_537, "{\"\":1}"))),
        ("long keys that have no place", event_text("m.receipt", &members_of(100, &"k".repeat(20_000), "1"))),
        ("lists in lists", message(&list(MANY / 100, &nested))),
        (
            "many entries of a typed map",
            event_text("m.room.power_levels", &format!("{{\"users\": {}}}", members(MANY, "1"))),
        ),
        ("many typed elements", event_text("m.call.candidates", &format!("{{\"candidates\": {candidates}}}"))),
        ("nothing but brackets", "[".repeat(MANY)),
        ("the same key again and again", message(&format!("{{{}}}", list(MANY, "\"a\":1").trim_matches(['[', ']'])))),
        (
            "many odd elements",
            event_text("m.room.canonical_alias", &format!("{{\"alt_aliases\": {}}}", list(MANY, "1"))),
        ),
        ("many odd numbers", message(&list(MANY, "0.5"))),
        (
            "many odd numbers in a long place",
            message(&format!("{{\"{}\": {}}}", "k".repeat(32_000), list(8_000, "0.5"))),
        ),
    ]
}

/// How many bytes a task has at once, at most.
fn peak(task: impl FnOnce()) -> usize {
    usize::try_from(measure(task).bytes_max).expect("it fits into memory")
}

#[test]
fn deserializing_takes_at_most_150_times_the_text() {
    for (name, text) in hostile() {
        let peak = peak(|| drop(from_slice::<AnyTimelineEvent>(text.as_bytes())));
        assert!(peak <= 150 * text.len(), "{name}: {peak} bytes for {}", text.len());
    }
}

#[test]
fn validating_takes_at_most_150_times_the_text_and_a_bounded_report() {
    for (name, text) in hostile() {
        for level in [Level::Schema, Level::Strict, Level::Lint] {
            let mut counts = (0, 0);
            let peak = peak(|| {
                let report = Validator::new().level(level).validate(text.as_bytes());
                counts = (report.len(), report.omitted());
            });
            assert!(peak <= 150 * text.len() + 3_000_000, "{name}, {level:?}: {peak} bytes for {}", text.len());
            assert!(counts.0 <= 1_000 && (counts.1 == 0 || counts.0 > 1), "{name}, {level:?}: {counts:?}");
        }
    }
    let odd = event_text("m.room.canonical_alias", &format!("{{\"alt_aliases\": {}}}", list(5_000, "1")));
    let report = Validator::new().validate(odd.as_bytes());
    assert_eq!((report.len(), report.omitted()), (1_000, 4_001), "5,000 odd aliases, and no state key");
}

#[test]
fn long_string_is_stored_once() {
    let text = message(&format!("\"{}\"", "x".repeat(10_000_000)));
    let read = peak(|| drop(from_slice::<AnyTimelineEvent>(text.as_bytes())));
    let checked = peak(|| drop(Validator::new().level(Level::Lint).validate(text.as_bytes())));
    assert!(read <= text.len() + 10_000, "{read} bytes to read {}", text.len());
    assert!(checked <= text.len() + 10_000, "{checked} bytes to validate {}", text.len());
}
