//! The responses to requests.

use matrix_events_web::respond;
use serde_json::{json, Value};

/// Returns the response to a request.
fn ask(head: &Value, text: &str) -> Value {
    let response = respond(format!("{head}\n{text}").as_bytes());
    serde_json::from_slice(&response).expect("a response is JSON")
}

fn open(level: &str, text: &str) -> Value {
    ask(&json!({"op": "open", "level": level}), text)
}

/// Returns the part of a text at a range in UTF-16.
fn part(text: &str, range: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let at = |index: usize| usize::try_from(range[index].as_u64().expect("an offset")).expect("an offset");
    String::from_utf16(&units[at(0)..at(1)]).expect("whole characters")
}

/// Applies the first fix of the finding with a rule.
fn fixed(text: &str, response: &Value, rule: &str) -> String {
    let findings = response["findings"].as_array().expect("findings");
    let finding = findings.iter().find(|finding| finding["rule"] == rule).expect("a finding");
    let fix = &finding["fixes"][0];
    let units: Vec<u16> = text.encode_utf16().collect();
    let at = |index: usize| usize::try_from(fix["range"][index].as_u64().expect("an offset")).expect("an offset");
    let utf16 = |units: &[u16]| String::from_utf16(units).expect("whole characters");
    format!("{}{}{}", utf16(&units[..at(0)]), fix["text"].as_str().expect("a text"), utf16(&units[at(1)..]))
}

/// The event with mistakes that the page shows first.
const INVITE: &str = include_str!("../page/examples/call-invite-with-mistakes.json");

#[test]
fn each_mistake_of_the_invite_has_a_range_and_a_link() {
    let response = open("lint", INVITE);
    let findings = response["findings"].as_array().expect("findings");
    let found: Vec<_> =
        findings.iter().map(|one| (one["rule"].as_str().unwrap_or_default(), part(INVITE, &one["range"]))).collect();
    assert_eq!(
        found,
        [
            ("format", "\"@mira\"".to_owned()),
            ("required", "\"content\"".to_owned()),
            ("undeclared", "\"call_idd\"".to_owned()),
            ("type", "\"60000\"".to_owned()),
            ("required", "\"offer\"".to_owned()),
            ("enum", "\"ofer\"".to_owned()),
        ]
    );
    assert!(findings
        .iter()
        .all(|one| one["link"].as_str().is_some_and(|link| link.starts_with("https://spec.matrix.org/"))));
}

#[test]
fn fixes_of_the_invite_leave_no_finding() {
    let mut text = INVITE.to_owned();
    let mut fixes = 0;
    while let Some(rule) = open("lint", &text)["findings"].as_array().and_then(|all| {
        all.iter().find(|one| one["fixes"][0].is_object()).and_then(|one| one["rule"].as_str().map(str::to_owned))
    }) {
        text = fixed(&text, &open("lint", &text), &rule);
        fixes += 1;
        assert!(fixes < 10, "{text}");
    }
    let left = open("lint", &text);
    // An invalid user ID has no fix.
    assert_eq!(left["findings"].as_array().map(Vec::len), Some(1), "{left}");
    assert_eq!(left["findings"][0]["rule"], "format");
}

#[test]
fn documents_are_recognized_with_their_events() {
    let event = r#"{"type": "m.room.name", "state_key": "", "content": {"name": "ü😀"}}"#;
    let pdu = r#"{"type": "m.room.name", "auth_events": [], "prev_events": [], "content": {"name": 7}}"#;
    for (text, kind, count) in [
        (event.to_owned(), json!("an event"), 1),
        (format!("[{event}, {event}]"), json!("a list of events"), 2),
        (format!("{event}\n{event}\n"), json!("a list of events"), 2),
        (format!("{event}\n{{\"type\": }}\n{event}"), json!("events, one per line"), 2),
        (pdu.to_owned(), json!("a PDU"), 1),
        (
            format!(
                r#"{{"next_batch": "s", "rooms": {{"join": {{"!r:b.c": {{"timeline": {{"events": [{event}]}}}}}}}}}}"#
            ),
            json!("/sync"),
            1,
        ),
        ("{".to_owned(), Value::Null, 0),
        ("7".to_owned(), Value::Null, 0),
        (String::new(), Value::Null, 0),
    ] {
        let response = open("schema", &text);
        let events = response["events"].as_array().expect("events");
        assert_eq!((&response["kind"], events.len()), (&kind, count), "{text}: {response}");
        for one in events {
            assert!(part(&text, &one["range"]).starts_with("{\"type\""), "{text}");
        }
    }
}

#[test]
fn syntax_error_has_the_place_of_its_character() {
    let text = "{\"ü\": \"😀\", x}";
    let response = open("schema", text);
    assert_eq!(response["findings"][0]["rule"], "syntax");
    assert_eq!(part(text, &response["findings"][0]["range"]), "x");
}

#[test]
fn read_reports_the_type_and_the_fields() {
    let event = r#"{"type": "m.room.member", "state_key": "@mira:b.c", "content": {"membership": "join", "displayname": 7, "x": 1}}"#;
    let read = ask(&json!({"op": "read", "origin": 2}), event);
    assert_eq!((read["enum"].as_str(), read["variant"].as_str()), (Some("AnySyncTimelineEvent"), Some("RoomMember")));
    assert_eq!(part(event, &read["invalid_fields"][0]["range"]), "\"displayname\": 7");
    assert_eq!(read["unknown_fields"][0]["pointer"], "/content/x");
}

#[test]
fn description_of_every_type_has_its_fields() {
    let about = ask(&json!({"op": "about"}), "");
    assert_eq!(about["room_versions"].as_array().map(Vec::len), Some(12));
    let types = about["types"].as_array().expect("types");
    assert!(types.len() > 80, "{}", types.len());
    for one in types {
        let described = ask(&json!({"op": "describe", "type": one["type"], "edu": one["edu"]}), "");
        assert!(described["fields"].is_array() && described["error"].is_null(), "{one}: {described}");
    }
    let invite = ask(&json!({"op": "describe", "type": "m.call.invite"}), "");
    let names = |fields: &Value| -> Vec<String> {
        let all = fields.as_array().into_iter().flatten();
        all.map(|field| field["name"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert!(names(&invite["fields"]).contains(&"sdp_stream_metadata".to_owned()));
    assert!(names(&invite["envelope"]).contains(&"sender".to_owned()));
}

#[test]
fn invalid_request_has_an_error() {
    for request in [&b""[..], b"{}", b"{\"op\": 5}\n", b"\xff\n{}", b"no JSON\n{}"] {
        let response: Value = serde_json::from_slice(&respond(request)).expect("JSON");
        assert!(response["error"].is_string(), "{response}");
    }
}
