//! Hostile input: the result is an error or an event, and the verdict is that of `serde_json`.

use matrix_events::validate::{Level, Validator};
use matrix_events::{from_slice, from_str, to_string, AnyTimelineEvent};
use serde::de::IgnoredAny;
use serde_json::Value;

fn in_content(json: &str) -> String {
    format!(r#"{{"type": "m.room.message", "content": {{"msgtype": "m.text", "body": "b", "x": {json}}}}}"#)
}

/// Asserts that a text deserializes if it is JSON, and serializes to equal JSON.
fn assert_agrees(text: &str) {
    let (plain, ours) = (serde_json::from_str::<IgnoredAny>(text), from_str::<AnyTimelineEvent>(text));
    let head: String = text.chars().take(80).collect();
    assert_eq!(plain.is_ok(), ours.is_ok(), "{head}: {:?} {:?}", plain.as_ref().err(), ours.as_ref().err());
    let Ok(ours) = ours else { return };
    let written = to_string(&ours);
    assert_eq!(written, serde_json::to_string(&ours).expect("JSON"), "{head}");
    match serde_json::from_str::<Value>(text) {
        Ok(plain) => assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), plain, "{head}"),
        // `Value` has limits that this crate does not have.
        Err(_) => assert_eq!(ours, from_str(&written).expect("an event"), "{head}"),
    }
}

#[test]
fn deep_nesting_round_trips() {
    for depth in [1, 100, 120, 124, 125, 126, 127, 128, 129, 1000, 10_000, 200_000] {
        assert_agrees(&in_content(&format!("{}{}", "[".repeat(depth), "]".repeat(depth))));
        assert_agrees(&in_content(&format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth))));
        assert_agrees(&"[".repeat(depth));
        assert_agrees(&format!("{{\"content\": {}", "{\"a\": ".repeat(depth)));
    }
}

#[test]
fn string_of_a_hundred_million_bytes_is_kept() {
    let text = in_content(&format!("\"{}\"", "x".repeat(100_000_000)));
    let event = from_str::<AnyTimelineEvent>(&text).expect("an event");
    assert_eq!(event.content_json()["x"].as_str().map(str::len), Some(100_000_000));
}

#[test]
fn last_of_duplicate_keys_has_priority() {
    assert_agrees(r#"{"type": "m.room.name", "type": "m.room.topic", "content": {}}"#);
    assert_agrees(r#"{"type": "m.dummy", "content": {"a": 1}, "content": {"a": 2}}"#);
    assert_agrees(
        r#"{"type": "m.room.member", "content": {"membership": "join", "avatar_url": null, "avatar_url": "x"}}"#,
    );
    assert_agrees(
        r#"{"type": "m.room.member", "content": {"membership": "join", "avatar_url": "x", "avatar_url": null}}"#,
    );
    assert_agrees(
        r#"{"type": "m.room.power_levels", "state_key": "", "content": {"users": {"@a:b": "x", "@a:b": 5}}}"#,
    );
    assert_agrees(
        r#"{"type": "m.room.power_levels", "state_key": "", "content": {"users": {"@a:b": 5, "@a:b": "x"}}}"#,
    );
}

#[test]
fn duplicate_object_replaces_the_first() {
    assert_agrees(
        r#"{"type": "m.room.member", "state_key": "@a:b", "content": {"membership": "join", "displayname": "A", "x": 1},
            "content": {"membership": "leave"}}"#,
    );
    assert_agrees(
        r#"{"type": "m.receipt", "content": {"$a": {"m.read": {"@a:b": {"ts": 1}}}}, "content": {"$b": {"m.read": {}}}}"#,
    );
    assert_agrees(
        r#"{"type": "m.call.answer", "content": {"call_id": "c", "version": "1",
            "answer": {"type": "answer", "sdp": "a", "x": 1}, "answer": {"type": "answer", "sdp": "b"}}}"#,
    );
}

#[test]
fn escaped_strings_round_trip() {
    for text in [
        r#""\"\\\/\b\f\n\r\t""#,
        r#""\u0000\u001f\u007f\u00e9\uFFFF""#,
        r#""a\ud83c\udf89b""#,
        "\"\u{7f}\u{e9}\u{1f389}\"",
    ] {
        assert_agrees(&in_content(text));
        assert_agrees(&format!(
            r#"{{"type": "m.room.name", "state_key": {text}, "content": {{"n\u0061me": {text}, {text}: 1}}}}"#
        ));
    }
}

#[test]
fn malformed_strings_are_errors() {
    for text in [r#""\u+123""#, r#""\u12""#, r#""\x""#, "\"\u{1}\"", "\"open", r#""\"#] {
        assert_agrees(&in_content(text));
    }
}

#[test]
fn numbers_at_their_limits_round_trip() {
    for number in [
        "1e400",
        "-1e400",
        "-0",
        "0.0",
        "-0.0",
        "1E+2",
        "01",
        "+1",
        "1.",
        ".5",
        "--1",
        "1e",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "-9223372036854775809",
        "1.0",
        "0x10",
        "NaN",
        "Infinity",
    ] {
        assert_agrees(&in_content(number));
        assert_agrees(&format!(
            r#"{{"type": "m.room.encryption", "state_key": "", "content": {{"algorithm": "a", "rotation_period_ms": {number}}}}}"#
        ));
        assert_agrees(&format!(
            r#"{{"type": "m.room.power_levels", "state_key": "", "content": {{"ban": {number}}}}}"#
        ));
        assert_agrees(&format!(r#"{{"type": "m.room.message", "origin_server_ts": {number}, "content": {{}}}}"#));
    }
}

#[test]
fn invalid_utf_8_is_a_syntax_error() {
    let mut bytes = in_content("1").into_bytes();
    for at in 0..bytes.len() {
        let byte = std::mem::replace(&mut bytes[at], 0xff);
        let error = from_slice::<AnyTimelineEvent>(&bytes).expect_err("0xff is no UTF-8");
        assert!(error.is_syntax(), "{error}");
        bytes[at] = byte;
    }
}

#[test]
fn text_that_is_not_an_object_is_an_error() {
    for text in [
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"m.room.message\"",
        "{",
        "{}}",
        "{} {}",
        "{\"a\"}",
        "{\"a\": }",
        "{,}",
        "{\"a\": 1,}",
    ] {
        assert!(from_str::<AnyTimelineEvent>(text).is_err(), "{text}");
    }
}

// Messages are safe to print on a terminal.
#[test]
fn control_characters_of_keys_are_escaped_in_messages() {
    let text = in_content(r#"{"name": {"\u001b[2J\n\u009b": "\u007f"}, "\n\u001b": 1.5, "\r": {"a": 1e400}}"#);
    for level in [Level::Schema, Level::Strict, Level::Lint] {
        let report = Validator::new().level(level).validate(text.as_bytes());
        assert!(!report.is_valid(), "{text}");
        for violation in &report {
            assert!(!violation.to_string().contains(char::is_control), "{violation:?}");
        }
    }
    let invalid_key = r#"{"type": "m.receipt", "content": {"\u001b[2J\n": 1}}"#.to_owned();
    let duplicate = in_content(r#"{"\u001b[2J\n": 1, "\u001b[2J\n": 2}"#);
    for text in [invalid_key, duplicate] {
        let report = Validator::new().level(Level::Lint).validate(text.as_bytes());
        assert!(!report.is_valid(), "{text}");
        for violation in &report {
            assert!(!violation.to_string().contains(char::is_control), "{violation:?}");
        }
    }
    let levels =
        r#"{"type": "m.room.power_levels", "state_key": "", "content": {"events": {"\u001b[2J\n": "\u009b"}}}"#;
    let invalid = from_str::<AnyTimelineEvent>(levels).expect("an event").invalid_fields();
    assert_eq!(invalid[0].pointer, "/content/events/\u{1b}[2J\n");
    assert!(!invalid[0].to_string().contains(char::is_control), "{invalid:?}");
    let wrong = text.replace("1.5", "wrong");
    let error = from_str::<AnyTimelineEvent>(&wrong).unwrap_err();
    assert!(error.pointer().ends_with("/\n\u{1b}"), "{error:?}");
    assert!(!error.to_string().contains(char::is_control), "{error:?}");
}
