//! The command `inspect`: types in Rust, fields and aliases, and the exit codes.

mod program;

use std::fs;

use program::{run, Run};
use serde_json::{json, Value};

#[test]
fn inspect_reports_types_fields_and_aliases() {
    let input = r#"[
        {"type": "im.ponies.room_emotes", "state_key": "", "content": {"images": {}}},
        {"type": "m.room.message", "event_id": "$1", "content": {}},
        {"type": "m.room.member", "state_key": "@a:b.c", "content": {"membership": 7}},
        {"type": "m.room.member", "state_key": "@a:b.c", "content": {"membership": "join", "displayname": 7, "mood": 1}},
        {"type": "m.room.topic", "state_key": "", "content": {"topic": "A", "org.matrix.msc3765.topic": {"org.matrix.msc1767.text": [{"body": "A"}]}}},
        {"edu_type": "m.typing", "content": {"room_id": "!r:b.c", "user_id": "@a:b.c", "typing": true}},
        {"type": "m.key.verification.start", "content": {"method": "m.sas.v1", "from_device": "D", "transaction_id": "t",
            "key_agreement_protocols": [], "hashes": [], "message_authentication_codes": [], "short_authentication_string": []}}
    ]"#;
    let Run { code, stdout, stderr } = run(&["inspect", "--format=json"], input);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let events: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let types: Vec<String> = events
        .iter()
        .map(|event| {
            format!("{}::{}", event["enum"].as_str().unwrap_or_default(), event["variant"].as_str().unwrap_or_default())
        })
        .collect();
    let expected = [
        "AnyTimelineEvent::RoomImagePack",
        "AnyTimelineEvent::Redacted",
        "AnyTimelineEvent::Malformed",
        "AnyTimelineEvent::RoomMember",
        "AnyTimelineEvent::RoomTopic",
        "AnyEdu::Typing",
        "AnyToDeviceEvent::KeyVerificationStart",
    ];
    assert_eq!(types, expected);
    assert_eq!(events[0]["known_type"], "m.room.image_pack");
    assert_eq!(events[1]["redacted"], true);
    assert!(events[2]["reason"].as_str().is_some_and(|reason| reason.contains("/content/membership")), "{}", events[2]);
    assert_eq!(events[3]["invalid_fields"], json!([{"pointer": "/content/displayname", "value": 7}]));
    assert_eq!(events[3]["unknown_fields"], json!(["/content/mood"]));
    let aliases = json!([
        {"pointer": "/content/org.matrix.msc3765.topic", "name": "m.topic"},
        {"pointer": "/content/org.matrix.msc3765.topic/org.matrix.msc1767.text", "name": "m.text"},
    ]);
    assert_eq!(events[4]["aliases"], aliases);
    assert_eq!(events[6]["discriminator"], json!({"method": "m.sas.v1"}));
    let Run { code, stderr, .. } = run(&["inspect"], "{}");
    assert_eq!((code, stderr.contains("found no event")), (2, true), "{stderr}");
}

/// Returns the inspections of the events of an input.
fn inspections(input: &Value) -> Vec<Value> {
    let Run { stdout, stderr, .. } = run(&["inspect", "--format=json"], input.to_string());
    assert_eq!(stderr, "");
    stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn members_that_a_place_adds_are_known() {
    let pdu = json!({"type": "m.room.name", "state_key": "", "content": {"name": "A"}, "room_id": "!r:b.c",
        "sender": "@a:b.c", "origin_server_ts": 1, "auth_events": [], "prev_events": [], "depth": 3, "hashes": {},
        "signatures": {}});
    let child = json!({"type": "m.space.child", "state_key": "!c:b.c", "sender": "@a:b.c", "origin_server_ts": 1,
        "content": {"via": ["b.c"]}});
    let typing = json!({"type": "m.typing", "room_id": "!r:b.c", "content": {"user_ids": []}});
    let presence = json!({"type": "m.presence", "sender": "@a:b.c", "content": {"presence": "online"}});
    let message = json!({"type": "m.room.message", "event_id": "$1", "sender": "@a:b.c", "origin_server_ts": 1,
        "room_id": "!r:b.c", "content": {"msgtype": "m.text", "body": "A"}});
    for (input, enum_name) in [
        (json!({"pdus": [pdu]}), "AnyTimelineEvent"),
        (pdu, "AnyTimelineEvent"),
        (json!({"rooms": [{"children_state": [child]}]}), "AnyStrippedStateEvent"),
        (json!({"events": [], "ephemeral": [typing]}), "AnyEphemeralData"),
        (json!({"events": [], "ephemeral": [presence]}), "AnyEphemeralData"),
        (json!({"messages": [message]}), "AnySyncTimelineEvent"),
        (json!({"event": message, "start": "s"}), "AnyTimelineEvent"),
    ] {
        let found = inspections(&input);
        assert_eq!((&found[0]["unknown_fields"], &found[0]["enum"]), (&json!([]), &json!(enum_name)), "{input}");
    }
}

#[test]
fn exit_codes_and_errors_of_inputs_are_those_of_validate() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let valid = r#"{"type": "m.dummy", "content": {}}"#;
    let texts = [
        ("event", valid),
        ("none", "{\"next_batch\": \"s\"}"),
        ("syntax", "{"),
        ("unknown", "{\"a\": 1}"),
        ("partly", "[{\"type\": \"m.dummy\", \"content\": {}}, {\"a\": 1}, 7]"),
        ("empty", ""),
    ];
    for (name, text) in texts {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    for (files, expected, errors_count) in [
        (["event"].as_slice(), 0, 0),
        (&["event", "none"], 0, 0),
        (&["none"], 2, 1),
        (&["none", "none"], 2, 1),
        (&["syntax"], 1, 0),
        (&["event", "syntax"], 1, 0),
        (&["syntax", "unknown"], 2, 1),
        (&["unknown"], 2, 1),
        (&["event", "unknown", "unknown"], 2, 2),
        (&["partly"], 2, 1),
        (&["empty"], 2, 1),
        (&["missing", "event"], 2, 1),
    ] {
        let paths: Vec<String> =
            files.iter().map(|name| folder.path().join(name).to_string_lossy().into_owned()).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let found = ["validate", "inspect"].map(|command| {
            let Run { code, stderr, .. } = run(&[&[command], paths.as_slice()].concat(), "");
            // The command `validate` reports a syntax error as a violation.
            let errors: Vec<&str> = stderr.split("error: ").skip(1).filter(|error| !error.contains("JSON")).collect();
            assert_eq!((code, errors.len()), (expected, errors_count), "{command} {files:?}: {stderr}");
            errors.concat()
        });
        assert_eq!(found[0], found[1], "{files:?}");
        assert_eq!(
            found[0].matches("found no").count() + found[0].matches("failed to").count(),
            errors_count,
            "{files:?}"
        );
    }
}
