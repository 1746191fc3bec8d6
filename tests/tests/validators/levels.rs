//! The levels `Strict` and `Lint`: a test for each rule, with valid and invalid events.

use matrix_events::room::message::{RoomMessageEventContent, TextMessageEventContent};
use matrix_events::schema::Version;
use matrix_events::validate::{validate_value, Form, Level, Rule, Validator};
use matrix_events::{AnyEdu, EventContent};
use serde_json::{json, Value};
use spec_tests::events::{event, with};

fn message(content: Value) -> Value {
    let mut content = content;
    for (key, value) in [("msgtype", "m.text"), ("body", "Hi")] {
        content.as_object_mut().expect("an object").entry(key).or_insert(value.into());
    }
    event("m.room.message", &content)
}

/// Returns the locations and rules of the violations at a level.
fn found(level: Level, event: &Value) -> Vec<(String, Rule)> {
    found_by(Validator::new().level(level), event)
}

fn found_by(validator: Validator, event: &Value) -> Vec<(String, Rule)> {
    let report = validator.validate(event.to_string().as_bytes());
    assert_eq!(report.is_valid(), validator.validate(event.to_string().as_bytes()).is_empty());
    report.iter().map(|one| (one.pointer().to_owned(), one.rule())).collect()
}

/// Returns the violations at `Level::Strict` of an event that is valid at `Level::Schema`.
fn strict(event: &Value) -> Vec<(String, Rule)> {
    assert_eq!(found(Level::Schema, event), [], "{event}");
    found(Level::Strict, event)
}

fn at(pointer: &str, rule: Rule) -> (String, Rule) {
    (pointer.to_owned(), rule)
}

#[test]
fn malformed_identifier_is_a_format_violation() {
    assert_eq!(strict(&message(json!({}))), []);
    assert_eq!(strict(&with(message(json!({})), "sender", json!("@mira"))), [at("/sender", Rule::Format)]);
    assert_eq!(strict(&with(message(json!({})), "sender", json!("@mira:[2001:db8::1]:8448"))), []);
    assert_eq!(strict(&with(message(json!({})), "room_id", json!("!"))), [at("/room_id", Rule::Format)]);
    let mentions = message(json!({"m.mentions": {"user_ids": ["@joel:example.org", "@"]}}));
    assert_eq!(found(Level::Schema, &mentions), []);
}

#[test]
fn malformed_map_key_is_a_format_violation() {
    let levels = |users: Value| with(event("m.room.power_levels", &json!({ "users": users })), "state_key", json!(""));
    assert_eq!(strict(&levels(json!({"@mira:example.org": 50}))), []);
    assert_eq!(strict(&levels(json!({"@mira": 50}))), [at("/content/users/@mira", Rule::Format)]);
    assert_eq!(strict(&levels(json!({"mira": 50}))), [at("/content/users/mira", Rule::Format)]);
    let direct = |key: &str| json!({"type": "m.direct", "content": { key: ["!garden:example.org"] }});
    assert_eq!(strict(&direct("@mira:example.org")), []);
    assert_eq!(strict(&direct("")), [at("/content/", Rule::Format)]);
}

#[test]
fn duplicate_key_is_a_violation() {
    let json = message(json!({})).to_string().replacen("\"body\":\"Hi\"", "\"body\":\"Hi\",\"body\":\"Ho\"", 1);
    assert!(Validator::new().validate(json.as_bytes()).is_valid());
    let report = Validator::new().level(Level::Strict).validate(json.as_bytes());
    let rules: Vec<_> = report.iter().map(|one| (one.pointer(), one.rule())).collect();
    assert_eq!(rules, [("/content/body", Rule::DuplicateKey)]);
}

#[test]
fn fraction_in_a_room_event_is_a_violation() {
    let number = |number: Value| strict(&message(json!({ "org.example.n": [number] })));
    let wrong = [at("/content/org.example.n/0", Rule::CanonicalJson)];
    for right in [json!(0), json!(9_007_199_254_740_991_i64), json!(-9_007_199_254_740_991_i64)] {
        assert_eq!(number(right), []);
    }
    for invalid in
        [json!(9_007_199_254_740_992_i64), json!(-9_007_199_254_740_992_i64), json!(1.0), json!(0.5), json!(-0.0)]
    {
        assert_eq!(number(invalid.clone()), wrong, "{invalid}");
    }
    // Servers do not exchange `unsigned` and account data, so fractions are valid there, such as the order of a tag.
    assert_eq!(strict(&with(message(json!({})), "unsigned", json!({"org.example.n": 0.5}))), []);
    assert_eq!(strict(&json!({"type": "m.tag", "content": {"tags": {"u.garden": {"order": 0.25}}}})), []);
}

#[test]
fn too_long_event_or_field_is_a_violation() {
    let state = |key: String| with(event("org.example.note", &json!({})), "state_key", json!(key));
    assert_eq!(strict(&state("é".repeat(127))), []);
    assert_eq!(strict(&state("é".repeat(128))), [at("/state_key", Rule::Length)]);
    let long = "a".repeat(256);
    assert_eq!(strict(&event(&long, &json!({}))), [at("/type", Rule::Length)]);
    let of_bytes = |bytes: usize| {
        let empty = event("org.example.note", &json!({"text": ""})).to_string().len();
        event("org.example.note", &json!({"text": "a".repeat(bytes - empty)}))
    };
    assert_eq!(of_bytes(65_536).to_string().len(), 65_536);
    assert_eq!(strict(&of_bytes(65_536)), []);
    assert_eq!(strict(&of_bytes(65_537)), [at("", Rule::Size)]);
    assert_eq!(strict(&with(of_bytes(65_536), "unsigned", json!({"age": 1}))), []);
}

#[test]
fn lint_reports_undeclared_properties_with_suggestions() {
    let name = |content: Value| with(event("m.room.name", &content), "state_key", json!(""));
    let unknown_keys = name(json!({"name": "Lobby", "nmae": "Lobby", "org.example.mood": "calm"}));
    assert_eq!(found(Level::Strict, &unknown_keys), []);
    let expected = [at("/content/nmae", Rule::Undeclared), at("/content/org.example.mood", Rule::Undeclared)];
    assert_eq!(found(Level::Lint, &unknown_keys), expected);
    let report = Validator::new().level(Level::Lint).validate_value(&unknown_keys);
    let suggestions: Vec<_> = report.iter().map(|one| one.suggestion()).collect();
    assert_eq!(suggestions, [Some("name"), None]);
    let unknown = event("m.room.mesage", &json!({}));
    let report = Validator::new().level(Level::Lint).validate_value(&unknown);
    assert_eq!(report.to_string(), "/type: unknown event type `m.room.mesage`; did you mean `m.room.message`?");
}

#[test]
fn lint_reports_deprecated_and_newer_properties() {
    let encrypted = event(
        "m.room.encrypted",
        &json!({
            "algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgA", "session_id": "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu", "device_id": "FJ",
        }),
    );
    assert_eq!(found(Level::Strict, &encrypted), []);
    assert_eq!(found(Level::Lint, &encrypted), [at("/content/device_id", Rule::Deprecated)]);
    let invite = event(
        "m.call.invite",
        &json!({
            "call_id": "c1", "party_id": "p1", "version": "1", "lifetime": 60_000, "offer": {"type": "offer", "sdp": "v=0"},
            "sdp_stream_metadata": {"s": {"purpose": "m.usermedia", "audio_muted": true}},
        }),
    );
    let lint = Validator::new().level(Level::Lint);
    assert_eq!(found_by(lint, &invite), []);
    assert_eq!(found_by(lint.version(Version::new(1, 11)), &invite), []);
    let muted = at("/content/sdp_stream_metadata/s/audio_muted", Rule::Newer);
    assert_eq!(found_by(lint.version(Version::new(1, 10)), &invite), std::slice::from_ref(&muted));
    let metadata = at("/content/sdp_stream_metadata", Rule::Newer);
    assert_eq!(found_by(lint.version(Version::new(1, 9)), &invite), [metadata, muted]);
}

#[test]
fn form_exempts_the_fields_that_it_lacks() {
    let full = message(json!({}));
    let without = |keys: &[&str]| {
        let mut event = full.clone();
        keys.iter().for_each(|key| drop(event.as_object_mut().expect("an object").remove(*key)));
        event
    };
    let missing = |form: Form, keys: &[&str]| {
        let report = Validator::new().form(form).validate_value(&without(keys));
        report.iter().map(|one| one.found().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(missing(Form::Full, &["room_id"]), ["an object without `room_id`"]);
    assert_eq!(missing(Form::Sync, &["room_id"]), [""; 0]);
    assert_eq!(missing(Form::Sync, &["room_id", "event_id"]), ["an object without `event_id`"]);
    assert_eq!(missing(Form::Stripped, &["room_id", "event_id", "origin_server_ts"]), [""; 0]);
    assert_eq!(missing(Form::Stripped, &["sender"]), ["an object without `sender`"]);
    assert_eq!(missing(Form::ContentOnly, &["room_id", "event_id", "origin_server_ts", "sender"]), [""; 0]);
    assert_eq!(missing(Form::ContentOnly, &["content"]), ["an object without `content`"]);
}

#[test]
fn lint_accepts_properties_of_the_prose() {
    let content = json!({
        "msgtype": "m.text", "body": "* Hi", "m.mentions": {}, "m.new_content": {"msgtype": "m.text", "body": "Hi"},
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$Rk1V"},
    });
    let mut value = event("m.room.message", &content);
    value["unsigned"] = json!({
        "age": 1, "transaction_id": "t", "membership": "join", "prev_content": {}, "replaces_state": "$Rk1V",
        "redacted_because": {}, "m.relations": {},
    });
    let validator = Validator::new().level(Level::Lint);
    assert_eq!(validator.validate_value(&value).to_string(), "");
    let of_content = validator.of(RoomMessageEventContent::SCHEMA);
    assert_eq!(of_content.validate_value(&content).to_string(), "");
    value["unsigned"]["m.mentions"] = json!({});
    value["content"]["info"] = json!({"m.mentions": {}});
    let pointers: Vec<_> = validator.validate_value(&value).iter().map(|one| one.pointer().to_owned()).collect();
    assert_eq!(pointers, ["/content/info", "/unsigned/m.mentions"]);
}

#[test]
fn edu_of_an_unknown_type_is_valid() {
    let edu: AnyEdu = serde_json::from_value(json!({"content": {}, "edu_type": "org.example.x"})).unwrap();
    assert!(matches!(edu, AnyEdu::Unknown(_)));
    assert_eq!(edu.to_json_checked().as_deref(), Ok(r#"{"content":{},"edu_type":"org.example.x"}"#));
    let report = Validator::new().validate(br#"{"edu_type": "org.example.x", "content": 1}"#);
    assert_eq!(report.to_string(), "/content: expected an object, found 1 (api/server-server/definitions/edu)");
}

#[test]
fn content_larger_than_an_event_is_a_violation() {
    let content = |length: usize| RoomMessageEventContent::from(TextMessageEventContent::new("x".repeat(length)));
    assert!(content(60_000).to_json_checked().is_ok());
    let report = content(70_000).to_json_checked().unwrap_err();
    assert_eq!(report.to_string(), "expected at most 65536 bytes in the content, found 70030");
}

#[test]
fn duplicate_type_gives_equal_reports_of_bytes_and_value() {
    let unit = r#"{"edu_type": "m.typing", "type": 5, "content": {"room_id": "!a:b", "user_id": "@a:b", "typing": true}, "type": "m.room.n\u0061me"}"#;
    let value = serde_json::from_str(unit).unwrap();
    assert_eq!(Validator::new().validate(unit.as_bytes()).to_string(), validate_value(&value).to_string());
    assert!(!validate_value(&value).is_valid());
}

#[test]
fn malformed_json_is_one_violation() {
    for text in [&b"{"[..], b"", b"{\"a\": 1} 2", b"\xff", b"[1,]", b"{\"a\": \"\\x\"}", b"\"\\ud800\""] {
        for level in [Level::Schema, Level::Strict, Level::Lint] {
            let report = Validator::new().level(level).validate(text);
            let rules: Vec<_> = report.iter().map(matrix_events::Violation::rule).collect();
            assert_eq!(rules, [Rule::Syntax], "{}", String::from_utf8_lossy(text));
        }
    }
}

#[test]
fn to_json_checked_validates_contents_and_events() {
    use matrix_events::room::message::{RoomMessageEventContent, TextMessageEventContent};
    use matrix_events::{AnySyncTimelineEvent, AnyTimelineEvent, EventContent, RoomEvent, ToDeviceEvent};

    let content = RoomMessageEventContent::from(TextMessageEventContent::new("Hi"));
    let json = content.to_json_checked().expect("a message");
    assert_eq!(json, r#"{"msgtype":"m.text","body":"Hi"}"#);

    let mut event: RoomEvent<RoomMessageEventContent> = serde_json::from_value(message(json!({}))).expect("a message");
    assert_eq!(event.to_json_checked().as_deref(), Ok(&*matrix_events::to_string(&event)));
    assert!(AnyTimelineEvent::from(event.clone()).into_sync().to_json_checked().is_ok());
    event.sender = None;
    for report in [event.to_json_checked(), AnyTimelineEvent::from(event).to_json_checked()] {
        let report = report.expect_err("a message without its sender");
        assert_eq!(report.to_string(), "required property `sender` is missing (core-event-schema/sync_room_event)");
    }

    let to_device = r#"{"type": "m.dummy", "content": {"n": 0.5}}"#;
    let dummy: ToDeviceEvent<matrix_events::dummy::DummyEventContent> =
        serde_json::from_str(to_device).expect("a dummy");
    assert!(dummy.to_json_checked().is_ok(), "to-device events are not canonical JSON");

    let unknown = json!({"type": "org.example.note", "content": {"n": 0.5}});
    let unknown: AnySyncTimelineEvent = serde_json::from_value(unknown).expect("an event");
    let report = unknown.to_json_checked().expect_err("a fraction in a room");
    assert_eq!(report.violations()[0].pointer(), "/content/n");
}

#[test]
fn malformed_event_has_all_violations_of_its_schema() {
    use matrix_events::AnySyncTimelineEvent;

    let invalid =
        json!({"type": "m.call.invite", "content": {"call_id": 7, "version": "1"}, "sender": "@mira:example.org"});
    let event: AnySyncTimelineEvent = serde_json::from_value(invalid).expect("an event");
    let AnySyncTimelineEvent::Malformed(malformed) = &event else { panic!("{event:?}") };
    assert_eq!(malformed.reason().pointer(), "/content/call_id");
    let report = malformed.violations();
    let found: Vec<_> = report.iter().map(|one| (one.pointer(), one.expected())).collect();
    let expected = [
        ("/content", "a property `lifetime`"),
        ("/content", "a property `offer`"),
        ("/content", "a property `party_id`"),
        ("/content/call_id", "a string"),
    ];
    assert_eq!(found, expected);
}
