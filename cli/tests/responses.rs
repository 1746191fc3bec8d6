//! Validates a response of each kind. The place of an event determines its form and its kind.

mod program;

use program::{run, Run};
use serde_json::{json, Value};

/// Returns an event that is valid in a place with a form, and has a content of its type.
fn event(event_type: &str, form: &str) -> Value {
    let content = match event_type {
        "m.room.member" => json!({"membership": "join"}),
        "m.room.name" => json!({"name": "Seedlings"}),
        "m.room.message" => json!({"msgtype": "m.text", "body": "They are up!"}),
        "m.typing" => json!({"user_ids": []}),
        "m.presence" => json!({"presence": "online"}),
        "m.fully_read" => json!({"event_id": "$1"}),
        _ => json!({}),
    };
    let mut event = json!({"type": event_type, "content": content});
    if form == "content" {
        return event;
    }
    event["sender"] = json!("@mira:example.org");
    if !["m.room.message"].contains(&event_type) {
        event["state_key"] = json!(if event_type == "m.room.member" { "@mira:example.org" } else { "" });
    }
    if form != "stripped" {
        event["origin_server_ts"] = json!(1);
    }
    if form == "full" || form == "sync" {
        event["event_id"] = json!("$1");
    }
    if form == "full" || form == "pdu" {
        event["room_id"] = json!("!garden:example.org");
    }
    event
}

/// Returns a valid event of each place: its path, and the event.
#[allow(clippy::too_many_lines)] // A table.
fn responses() -> Vec<(&'static str, Value)> {
    let (message, name) = (|form| event("m.room.message", form), |form| event("m.room.name", form));
    let (typing, direct) = (event("m.typing", "content"), event("m.direct", "content"));
    let (presence, read) = (
        json!({"type": "m.presence", "sender": "@mira:example.org", "content": {"presence": "online"}}),
        event("m.fully_read", "content"),
    );
    let dummy = event("m.dummy", "content");
    let mut child = name("stripped");
    child["origin_server_ts"] = json!(1);
    let mut typing_in_room = typing.clone();
    typing_in_room["room_id"] = json!("!g:example.org");
    let edu = json!({"edu_type": "m.typing", "content": {"room_id": "!g:example.org", "user_id": "@m:example.org", "typing": true}});
    let session = json!({"algorithm": "m.megolm.v1.aes-sha2", "room_id": "!g:example.org", "session_id": "s", "session_key": "k",
        "sender_key": "c", "sender_claimed_keys": {"ed25519": "e"}, "forwarding_curve25519_key_chain": []});
    vec![
        ("an event", message("full")),
        ("a list", json!([message("full"), name("full")])),
        (
            "/sync",
            json!({
                "next_batch": "s1", "device_one_time_keys_count": {}, "account_data": {"events": [direct]},
                "presence": {"events": [presence]}, "to_device": {"events": [dummy]},
                "rooms": {
                    "join": {"!g:example.org": {
                        "timeline": {"events": [message("sync"), name("sync")]}, "state": {"events": [name("sync")]},
                        "ephemeral": {"events": [typing]}, "account_data": {"events": [read]},
                    }},
                    "leave": {"!l:example.org": {"timeline": {"events": [message("sync")]}}},
                    "invite": {"!i:example.org": {"invite_state": {"events": [name("stripped")]}}},
                    "knock": {"!k:example.org": {"knock_state": {"events": [name("stripped")]}}},
                },
            }),
        ),
        (
            "sliding sync",
            json!({
                "pos": "5", "lists": {"all": {"count": 1}},
                "rooms": {
                    "!g:example.org": {"required_state": [name("sync")], "timeline": [message("sync")]},
                    "!i:example.org": {"stripped_state": [name("stripped")]},
                },
                "extensions": {
                    "to_device": {"next_batch": "s", "events": [dummy]},
                    "account_data": {"global": [direct], "rooms": {"!g:example.org": [read]}},
                    "typing": {"rooms": {"!g:example.org": typing}},
                },
            }),
        ),
        ("/messages", json!({"chunk": [message("full")], "start": "a", "end": "b", "state": [name("full")]})),
        (
            "/context",
            json!({"event": message("full"), "events_before": [message("full")], "events_after": [name("full")],
                "state": [name("full")], "start": "a", "end": "b"}),
        ),
        ("/context without other events", json!({"event": message("full"), "start": "a", "end": "b"})),
        ("/members", json!({"chunk": [event("m.room.member", "full")]})),
        ("/relations", json!({"chunk": [message("full")], "next_batch": "b"})),
        ("/threads", json!({"chunk": [message("full")]})),
        (
            "/search",
            json!({"search_categories": {"room_events": {
                "count": 1, "highlights": ["up"], "state": {"!g:example.org": [name("full")]},
                "results": [{"rank": 0.5, "result": message("full"), "context": {"events_before": [message("full")], "events_after": []}}],
            }}}),
        ),
        (
            "/notifications",
            json!({"notifications": [{"actions": ["notify"], "event": message("sync"), "read": true,
                "room_id": "!g:example.org", "ts": 1}]}),
        ),
        (
            "/initialSync",
            json!({"end": "e", "presence": [presence], "account_data": [direct], "rooms": [{
                "room_id": "!g:example.org", "membership": "join", "messages": {"chunk": [message("full")]},
                "state": [name("full")], "account_data": [read],
            }]}),
        ),
        (
            "/initialSync of a room",
            json!({"room_id": "!g:example.org", "messages": {"chunk": [message("full")]}, "state": [name("full")]}),
        ),
        (
            "a request of /createRoom",
            json!({"preset": "public_chat", "initial_state": [event("m.room.name", "content"), {
                "type": "m.room.history_visibility", "state_key": "", "content": {"history_visibility": "shared"},
            }]}),
        ),
        ("/hierarchy", json!({"rooms": [{"room_id": "!s:example.org", "children_state": [child]}]})),
        ("a page of /hierarchy", json!({"rooms": [{"children_state": [child]}], "next_batch": "b"})),
        (
            "/hierarchy of the federation",
            json!({"room": {"children_state": [child]}, "children": [{"children_state": [child]}], "inaccessible_children": []}),
        ),
        (
            "a transaction for an application service",
            json!({"events": [message("full")], "ephemeral": [typing, presence, typing_in_room], "to_device": [dummy]}),
        ),
        (
            "a federation transaction",
            json!({"origin": "example.org", "origin_server_ts": 1, "pdus": [message("pdu")], "edus": [edu]}),
        ),
        ("/backfill", json!({"origin": "example.org", "origin_server_ts": 1, "pdus": [message("pdu"), name("pdu")]})),
        ("/state of the federation", json!({"auth_chain": [name("pdu")], "pdus": [name("pdu")]})),
        ("/send_join", json!({"auth_chain": [name("pdu")], "state": [name("pdu")], "event": name("pdu")})),
        (
            "/invite of the federation",
            json!({"event": name("pdu"), "room_version": "11", "invite_room_state": [name("stripped")]}),
        ),
        ("/invite of the federation without more", json!({"event": name("pdu")})),
        ("/make_join", json!({"event": name("pdu"), "room_version": "11"})),
        ("/invite of the federation, version 1", json!([200, {"event": name("pdu")}])),
        ("/send_join, version 1", json!([200, {"auth_chain": [name("pdu")], "state": [name("pdu")]}])),
        ("room keys", json!([session])),
        (
            "an exported chat",
            json!({"room_name": "Garden", "exported_by": "Mira", "messages": [message("full"), message("sync")]}),
        ),
    ]
}

/// Calls a function with the path of each event of a response.
fn each_event(value: &Value, pointer: &str, found: &mut Vec<String>) {
    let is_event = |value: &Value| value.get("content").is_some() || value.get("session_key").is_some();
    match value {
        _ if is_event(value) => found.push(pointer.to_owned()),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| each_event(value, &format!("{pointer}/{index}"), found));
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| each_event(value, &format!("{pointer}/{key}"), found)),
        _ => {}
    }
}

#[test]
fn valid_events_of_every_response_are_counted() {
    for (name, response) in responses() {
        let mut places = Vec::new();
        each_event(&response, "", &mut places);
        for text in [response.to_string(), format!("{response:#}"), format!("{response}\n{response}\n")] {
            let Run { code, stdout, stderr } = run(&["validate", "-", "--level=strict", "--format=json"], &text);
            let report: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{name}: {stdout}{stderr}"));
            let expected = places.len() * if text.ends_with('\n') { 2 } else { 1 };
            assert_eq!((code, report["events"].as_u64()), (0, Some(expected as u64)), "{name}: {stdout}{stderr}");
        }
    }
}

#[test]
fn invalid_event_in_every_place_is_reported_at_its_position() {
    for (name, response) in responses() {
        let mut places = Vec::new();
        each_event(&response, "", &mut places);
        for pointer in places {
            let mut invalid = response.clone();
            let event = invalid.pointer_mut(&pointer).unwrap_or_else(|| panic!("{name} has {pointer}"));
            let key = if event.get("content").is_some() { "content" } else { "room_id" };
            event[key] = json!(7);
            let text = format!("{invalid:#}");
            let Run { code, stdout, stderr } = run(&["validate", "-", "--list"], &text);
            let before = text.split_once(&format!("\"{key}\": 7")).unwrap_or_else(|| panic!("{text}")).0;
            let last = before.rsplit('\n').next().unwrap_or_default();
            let (line, column) = (before.matches('\n').count() + 1, last.len() + key.len() + 5);
            let expected = format!("<stdin>:{line}:{column} {pointer}/{key} expected ");
            assert!(
                stdout.starts_with(&expected) && stdout.contains("found 7"),
                "{name}: {expected}: {stdout}{stderr}"
            );
            assert_eq!((code, stdout.lines().count()), (1, 1), "{name}: {stdout}{stderr}");
        }
    }
}

#[test]
fn place_determines_the_required_members() {
    let full = event("m.room.message", "full");
    let without = |key: &str| {
        let mut event = full.clone();
        event.as_object_mut().expect("an event").remove(key);
        event
    };
    let sync = |part: &str, event: &Value| json!({"next_batch": "s", "rooms": {"join": {"!g:e.org": {part: {"events": [event]}}}}});
    for (document, expected) in [
        (json!({"chunk": [without("room_id")]}), "`room_id` is missing"),
        (json!({"chunk": [without("event_id")]}), "`event_id` is missing"),
        (sync("timeline", &without("room_id")), ""),
        (sync("timeline", &without("event_id")), "`event_id` is missing"),
        (json!({"pdus": [without("event_id")]}), ""),
        (json!({"pdus": [without("room_id")]}), "`room_id` is missing"),
        (
            json!({"pdus": [{"type": "m.room.create", "state_key": "", "sender": "@a:b.c", "origin_server_ts": 1,
            "content": {"room_version": "12"}}]}),
            "",
        ),
        (json!({"events": [without("event_id")], "ephemeral": []}), "`event_id` is missing"),
        (json!([{"room_id": "!r:e.org", "session_id": "s", "sender_claimed_keys": {}}]), "`session_key` is missing"),
        (json!([{"session_id": 7, "session_key": "k"}]), "/0/session_id expected a string, found 7"),
        (json!({"room_id": "!r:e.org", "session_key": "k"}), "`session_id` is missing"),
        (
            json!({"events": [{"type": "m.room.name", "auth_events": [], "state_key": "", "room_id": "!r:e.org", "sender": "@a:b.c",
            "origin_server_ts": 1, "content": {"name": "A"}}]}),
            "",
        ),
    ] {
        let Run { code, stdout, .. } = run(&["validate", "-", "--list"], document.to_string());
        assert_eq!(code, i32::from(!expected.is_empty()), "{document}: {stdout}");
        assert!(stdout.contains(expected), "{document}: {stdout}");
    }
}

#[test]
fn event_of_another_kind_than_its_place_is_a_finding_of_the_stricter_levels() {
    let custom = json!({"type": "org.example.plot", "event_id": "$1", "sender": "@mira:example.org", "origin_server_ts": 1, "content": {}});
    let in_state = json!({"next_batch": "s", "rooms": {"join": {"!g:example.org": {"state": {"events": [custom]}}}}});
    let typing = event("m.typing", "content");
    let in_account_data = json!({"next_batch": "s", "account_data": {"events": [typing]}});
    let presence = json!({"type": "m.presence", "sender": "@mira:example.org", "content": {"presence": "online"}});
    let in_transaction = json!({"events": [], "ephemeral": [presence]});
    let state_key = "required property `state_key` is missing in a list of state events";
    let kind = "events of the type `m.typing` are ephemeral events, and this is a list of global account data events";
    for (document, level, expected) in [
        (&in_state, "schema", None),
        (&in_state, "strict", Some(state_key)),
        (&in_transaction, "lint", None),
        (&in_account_data, "strict", None),
        (&in_account_data, "lint", Some(kind)),
    ] {
        let Run { stdout, .. } = run(&["validate", "-", "--list", "--level", level], document.to_string());
        match expected {
            Some(expected) => assert!(stdout.contains(expected), "{level}: {stdout}"),
            None => assert_eq!(stdout, "", "{level}"),
        }
    }
}
