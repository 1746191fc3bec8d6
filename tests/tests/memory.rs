//! The memory that hostile input requires: at most a constant multiple of the size of the text.

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

/// Returns an object with different keys and equal values.
fn members(count: usize, value: &str) -> String {
    members_of(count, "", value)
}

/// Returns an object with different keys that end with `key`, and equal values.
fn members_of(count: usize, key: &str, value: &str) -> String {
    let members: Vec<String> = (0..count).map(|index| format!("\"{index}{key}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

fn list(count: usize, element: &str) -> String {
    format!("[{}]", vec![element; count].join(","))
}

/// Returns texts that require as much memory as possible, with their descriptions.
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
        ("nested objects of one key", message(&list(MANY / 100, &small))),
        // One more element than a capacity of a `Vec`.
        ("many objects of one key, in a list with twice the capacity", message(&list(65_537, "{\"\":1}"))),
        ("long invalid keys", event_text("m.receipt", &members_of(100, &"k".repeat(20_000), "1"))),
        ("nested lists", message(&list(MANY / 100, &nested))),
        ("many entries of a map", event_text("m.room.power_levels", &format!("{{\"users\": {}}}", members(MANY, "1")))),
        (
            "many items of a list of objects",
            event_text("m.call.candidates", &format!("{{\"candidates\": {candidates}}}")),
        ),
        ("brackets only", "[".repeat(MANY)),
        ("many duplicate keys", message(&format!("{{{}}}", list(MANY, "\"a\":1").trim_matches(['[', ']'])))),
        (
            "many invalid items",
            event_text("m.room.canonical_alias", &format!("{{\"alt_aliases\": {}}}", list(MANY, "1"))),
        ),
        ("many numbers that are kept", message(&list(MANY, "9e999"))),
        ("many numbers that are kept in an object", message(&members(MANY, "9e999"))),
        ("many strings that are kept", message(&list(MANY, r#""\ud800""#))),
        ("many keys that are kept", message(&list(MANY, r#"{"\ud800":1}"#))),
        (
            "many kept values in a list of strings",
            event_text("m.room.pinned_events", &format!("{{\"pinned\": {}}}", list(MANY, "9e999"))),
        ),
        ("deep values", message(&list(10, &format!("{}{}", "[".repeat(MANY), "]".repeat(MANY))))),
        ("many fractions", message(&list(MANY, "0.5"))),
        (
            "many fractions below a long key",
            message(&format!("{{\"{}\": {}}}", "k".repeat(32_000), list(8_000, "0.5"))),
        ),
    ]
}

/// Returns the maximum number of bytes that a task has allocated at a time.
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
    let invalid = event_text("m.room.canonical_alias", &format!("{{\"alt_aliases\": {}}}", list(5_000, "1")));
    let report = Validator::new().validate(invalid.as_bytes());
    assert_eq!((report.len(), report.omitted()), (1_000, 4_001), "5,000 invalid aliases, and no state key");
}

#[test]
fn long_string_is_stored_once() {
    let text = message(&format!("\"{}\"", "x".repeat(10_000_000)));
    let deserialized = peak(|| drop(from_slice::<AnyTimelineEvent>(text.as_bytes())));
    let validated = peak(|| drop(Validator::new().level(Level::Lint).validate(text.as_bytes())));
    assert!(deserialized <= text.len() + 10_000, "{deserialized} bytes to deserialize {}", text.len());
    assert!(validated <= text.len() + 10_000, "{validated} bytes to validate {}", text.len());
}
