//! Compares every parser of JSON text with `serde_json`.

use matrix_events::__private::FromToJson;
use matrix_events::responses::sync::SyncResponse;
use matrix_events::validate::{Form, Level, Validator};
use matrix_events::{from_slice, to_string, AnyEvent, AnySyncTimelineEvent, AnyTimelineEvent, EventRef};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;

use crate::any_json::AnyJson;
use crate::validate::report;
use crate::{has_kept, is_json, object, plain, SPACE};

/// The places of an input in a text. The input replaces `•`, and characters before the input replace `^`.
const PLACES: [&str; 10] = [
    r#"["^",•]"#,
    r#"["^•"]"#,
    r#"{"^•":"^","^":•}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":"^•"},"event_id":"$^•"}"#,
    r#"{"type":"m.room.message","x":"^","content":{"msgtype":"m.text","body":•,"x":•}}"#,
    r#"{"type":"m.room.member","state_key":"^•","sender":"@^•","content":{"membership":"join","displayname":"^•","avatar_url":•}}"#,
    r#"{"type":"m.room.power_levels","state_key":"","content":{"ban":•,"users":{"@^•":50,"^":•}},"origin_server_ts":•}"#,
    r#"{"^":"","type":"m.room.message","unsigned":{"age":•,"redacted_because":•},"content":•}"#,
    r#"{"content":{"^•":[•]},"type":"org.example.^•","state_key":•,"room_id":•}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.image","body":"^","url":•,"info":{"w":•,"^":{}}},"x":•}"#,
];

/// The characters before an input. The index of the first character varies, so that the multibyte characters are at all offsets.
const BEFORE: &str = "abcdefghijklmnopqrstuvwxyzé0123456789€ABCDEFGHIJKLMNOPQRSTUVWXYZ😀abcdefghijklmnopqrstuvwxyz";

/// The largest number of characters before an input: four of the blocks that a scanner compares at once.
const MOST_BEFORE: usize = 64;

/// The first byte of an input that consists of changes to an event. The byte is not in UTF-8.
const CHANGES: u8 = 0xff;

/// The events that the changes apply to.
const EVENTS: [&str; 8] = [
    r#"{"type":"m.room.message","event_id":"$Rk1V","room_id":"!garden:example.org","sender":"@mira:example.org","origin_server_ts":1741860298455,"content":{"msgtype":"m.text","body":"The seedlings are \"up\"!\n\u00e9\ud83c\udf31"},"unsigned":{"age":1234}}"#,
    r#"{"content":{"avatar_url":"mxc://example.org/SEsfnsuifSDFSSEF","displayname":"Mira","membership":"join","reason":null},"state_key":"@mira:example.org","type":"m.room.member","sender":"@mira:example.org","event_id":"$a","origin_server_ts":0}"#,
    r#"{"type": "m.room.power_levels", "state_key": "", "content": {"ban": 50, "events": {"m.room.name": 100, "m.room.topic": "50"}, "users": {"@mira:example.org": 100, "@lev:example.org": -1}, "notifications": {"room": 20.5}}}"#,
    r#"{"type":"m.room.create","state_key":"","content":{"room_version":"11","m.federate":false,"predecessor":{"room_id":"!old:example.org","event_id":"$last"},"x":[[],{},[{}],1e400,-0,18446744073709551616]}}"#,
    r#"{"type":"m.room.message","content":{"msgtype":"m.image","body":"a.png","url":"mxc://example.org/a","info":{"h":400,"w":300,"size":12345678,"mimetype":"image/png","thumbnail_info":{"h":1}},"m.mentions":{"room":true},"m.relates_to":{"rel_type":"m.thread","event_id":"$t","m.in_reply_to":{"event_id":"$r"}}}}"#,
    r#"{"type":"m.room.name","state_key":"","content":{"name":"a"},"content":{"name":"b"},"unsigned":{"redacted_because":{"type":"m.room.redaction","content":{"reason":"\ud800"}}}}"#,
    "{\n  \"type\": \"m.reaction\",\r\n\t\"content\": {\"m.relates_to\": {\"key\": \"👍\", \"rel_type\": \"m.annotation\", \"event_id\": \"$q\"}}\n}\n",
    r#"{"type":"org.example.measurement","content":{"mass":1.50,"list":[null,true,false,"","\\","\/","\b\f\n\r\t"],"a":{"a":{"a":{}}}}}"#,
];

/// Checks that every parser accepts the texts that are JSON, with equal values: deserialization, serialization, `EventRef`, the
/// iterator over the events of a body, and validation at each level.
///
/// The input is a text itself, and part of other texts. If the first byte is [`CHANGES`], the input consists of changes to an event.
pub fn scanner(bytes: &[u8]) {
    if let Some((&CHANGES, rest)) = bytes.split_first() {
        return changed(rest).as_deref().into_iter().for_each(check);
    }
    check(bytes);
    let sum = bytes.iter().fold(bytes.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let length = sum % (MOST_BEFORE + 1);
    let before: String = BEFORE.chars().cycle().skip(sum / 128 % MOST_BEFORE).take(length).collect();
    check(&[" \n\r\t".repeat(length).as_bytes(), bytes].concat());
    if let Some(place) = PLACES.get(sum / 8192 % PLACES.len()) {
        let place = place.replace('^', &before);
        let parts: Vec<&[u8]> = place.split('•').map(str::as_bytes).collect();
        check(&parts.join(bytes));
    }
}

/// Returns an event with changed bytes. The first byte selects the event, and each change is three bytes: the offset, the kind of the
/// change with the high bits of the offset, and the new byte.
fn changed(bytes: &[u8]) -> Option<Vec<u8>> {
    let (index, changes) = bytes.split_first()?;
    let mut text = EVENTS.get(usize::from(*index) % EVENTS.len())?.as_bytes().to_vec();
    for change in changes.chunks_exact(3) {
        let &[low, kind, byte] = change else { continue };
        let at = (usize::from(kind >> 2) << 8 | usize::from(low)) % text.len().max(1);
        match kind % 4 {
            0 => text.insert(at, byte),
            1 if !text.is_empty() => drop(text.remove(at)),
            2 => text.truncate(at),
            _ => text.iter_mut().skip(at).take(1).for_each(|old| *old = byte),
        }
    }
    Some(text)
}

fn check(bytes: &[u8]) {
    let Some(plain) = plain(bytes) else { return };
    let text = std::str::from_utf8(bytes).ok().filter(|text| is_json(text));
    assert!(text.is_some() || plain.is_err(), "`serde_json` accepts text that is not JSON");
    let value = value(bytes, text, plain.as_ref().ok());
    let object = object(bytes);
    event::<AnyTimelineEvent>(bytes, object);
    event::<AnySyncTimelineEvent>(bytes, object);
    event_ref(bytes, object, value.as_ref());
    events_in(bytes, text);
    validators(bytes, plain.as_ref().ok());
}

/// Checks the value of a text. Returns the value.
fn value(bytes: &[u8], text: Option<&str>, plain: Option<&Value>) -> Option<Value> {
    let value = from_slice::<Value>(bytes);
    let Some(text) = text else {
        assert!(value.is_err(), "text that is not JSON is a value");
        return None;
    };
    let value = value.expect("JSON is a value");
    let is_kept = has_kept(&value);
    // Without `plain`, the text has a value that is kept, or that a repeated key replaces.
    assert!(is_kept || plain.is_none_or(|plain| *plain == value), "the value differs from the value of `serde_json`");
    let written = to_string(&value);
    assert_eq!(AnyJson::new(&written), AnyJson::new(text), "the value is not equal to the text");
    assert_eq!(from_slice::<Value>(written.as_bytes()).expect("JSON"), value);
    Some(value)
}

/// Checks that a text deserializes as an event if the text is an object, and serializes as equal JSON.
fn event<E: FromToJson + DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(
    bytes: &[u8],
    object: Option<&str>,
) {
    let (direct, by_serde) = (from_slice::<E>(bytes), serde_json::from_slice::<E>(bytes));
    let Some(text) = object else {
        assert!(direct.is_err() && by_serde.is_err(), "text that is not a JSON object deserializes to an event");
        return;
    };
    let direct = direct.expect("a JSON object is an event");
    assert_eq!(direct, by_serde.expect("a JSON object is an event by `serde_json`"));
    let written = to_string(&direct);
    assert_eq!(serde_json::to_string(&direct).expect("an event serializes"), written);
    assert_eq!(AnyJson::new(&written), AnyJson::new(text), "the event is not equal to the text");
    assert_eq!(from_slice::<E>(written.as_bytes()).expect("an event"), direct);
}

/// Checks the members of an `EventRef`. Parts of the text that an `EventRef` skips need not be JSON.
fn event_ref(bytes: &[u8], object: Option<&str>, value: Option<&Value>) {
    let event = EventRef::from_slice(bytes);
    let (Some(text), Some(value)) = (object, value) else {
        let event = event.and_then(|event| event.event::<AnyTimelineEvent>());
        return assert!(event.is_err(), "text that is not a JSON object is an event");
    };
    let event = event.expect("a JSON object is an event");
    let member = |key: &str| value.get(key).and_then(Value::as_str);
    assert_eq!(event.event_type(), member("type").unwrap_or_default());
    assert_eq!(event.event_id(), member("event_id"));
    assert_eq!(event.room_id(), member("room_id"));
    assert_eq!(event.sender(), member("sender"));
    assert_eq!(event.state_key(), member("state_key"));
    assert_eq!(event.origin_server_ts(), value.get("origin_server_ts").and_then(Value::as_i64));
    for (part, key) in [(event.content_json(), "content"), (event.unsigned_json(), "unsigned")] {
        let part = part.map(|part| from_slice::<Value>(part.as_bytes()).expect("JSON"));
        assert_eq!(part.as_ref(), value.get(key), "{key} differs");
    }
    assert_eq!(
        event.event::<AnyTimelineEvent>().expect("an event"),
        from_slice::<AnyTimelineEvent>(text.as_bytes()).expect("an event")
    );
}

/// Checks the events of a body, which the text is, or which has the text in place of an event.
fn events_in(bytes: &[u8], text: Option<&str>) {
    let found: Vec<_> = SyncResponse::BODY.events_in(bytes).collect();
    assert!(text.is_none() || found.iter().all(Result::is_ok), "JSON has a syntax error");
    let (before, after) = (br#"{"rooms":{"join":{"!a:b":{"timeline":{"events":["#, b"]}}}}}");
    let body = [&before[..], bytes, after].concat();
    let found: Vec<_> = SyncResponse::BODY.events_in(&body).collect();
    let Some(text) = text else { return };
    let [Ok(event)] = &found[..] else { panic!("one event is not one item: {found:?}") };
    let trimmed = text.trim_matches(SPACE);
    assert_eq!(event.json(), trimmed);
    assert_eq!(body.get(event.offset()..event.offset() + trimmed.len()), Some(trimmed.as_bytes()));
    assert_eq!(event.pointer(), "/rooms/join/!a:b/timeline/events/0");
    assert_eq!(AnyEvent::deserialize(event).is_ok(), trimmed.starts_with('{'));
}

/// Checks the reports for every level, in one form.
fn validators(bytes: &[u8], plain: Option<&Value>) {
    let forms = [Form::Full, Form::Sync, Form::Stripped, Form::InitialState, Form::ContentOnly];
    let form = forms[bytes.len() % forms.len()];
    for level in [Level::Schema, Level::Strict, Level::Lint] {
        report(&Validator::new().level(level).form(form), bytes, plain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_and_each_place_agree_with_another_parser() {
        EVENTS.iter().for_each(|event| scanner(event.as_bytes()));
        for (place, length) in PLACES.iter().flat_map(|place| (0..=MOST_BEFORE).map(move |length| (place, length))) {
            for input in ["", "1", "\"\\ud800\"", "1e400", "\\", "\u{1}", "é", "a\\u00e9", "{\"a\":[1.0]}", "}"] {
                check(place.replace('^', &"a".repeat(length)).replace('•', input).as_bytes());
            }
        }
        for at in 0..=u8::MAX {
            for kind in 0..8 {
                [b'"', b'\\', b'0', b'}', 0, 0x80].iter().for_each(|byte| scanner(&[CHANGES, at, at, kind, *byte]));
            }
        }
    }
}
