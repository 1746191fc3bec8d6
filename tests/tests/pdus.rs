//! PDUs: their members in all formats, the limits of room versions, and the conversion to events for clients.

use std::fmt::Debug;
use std::io::Write;

use matrix_events::__private::FromToJson;
use matrix_events::federation::{
    BackfillResponse, EventResponse, InviteResponse, SendJoinResponse, SendTransactionRequest,
};
use matrix_events::room_version_rules::RoomVersionRules;
use matrix_events::validate::{Level, Rule, Validator};
use matrix_events::{AnyPdu, AnyTimelineEvent, EventReference, JsonObject, RoomVersionId, StatusAndBody};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::{json, Value};
use spec_tests::mutate::{below, objects, removed, replaced, with_unknown_key, wrong_values};
use spec_tests::spec::output;

const VERSIONS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

fn rules(version: &str) -> &'static RoomVersionRules {
    RoomVersionId::new(version).rules().unwrap_or_else(|| panic!("room version {version} has rules"))
}

/// Returns the example of the format of a room version.
fn example(version: &str) -> Value {
    body_example(AnyPdu::schema(rules(version)).name)
}

fn pdu(value: &Value) -> AnyPdu {
    matrix_events::from_str(&value.to_string()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

/// Returns the example of a body.
fn body_example(name: &str) -> Value {
    let example = output().root_examples.iter().find(|example| example.name == name);
    example.unwrap_or_else(|| panic!("an example of {name}")).value.clone()
}

/// Returns all PDUs in the examples.
fn examples() -> Vec<Value> {
    let mut found = Vec::new();
    for example in output().root_examples.iter().filter(|example| example.file.starts_with("federation/")) {
        let objects = objects(&example.value).into_iter().filter_map(|place| example.value.pointer(&place));
        found.extend(objects.filter(|value| value.get("type").is_some() && value.get("content").is_some()).cloned());
    }
    found
}

/// Returns a PDU with each of many changes.
fn changes(pdu: &Value) -> Vec<Value> {
    let mut changed: Vec<Value> = objects(pdu).iter().map(|place| with_unknown_key(pdu, place)).collect();
    for pointer in below(pdu) {
        changed.push(removed(pdu, &pointer));
        changed.extend(wrong_values().into_iter().map(|wrong| replaced(pdu, &pointer, wrong)));
    }
    changed
}

fn violations(value: &Value, version: &str, level: Level) -> Vec<(String, Rule)> {
    let report = Validator::new().level(level).validate_pdu(value.to_string().as_bytes(), rules(version));
    assert_eq!(report, pdu(value).validate(rules(version), level), "{value}");
    report.iter().map(|violation| (violation.pointer().to_owned(), violation.rule())).collect()
}

#[test]
fn examples_of_each_format_are_valid_in_their_room_versions_only() {
    for version in VERSIONS {
        for level in [Level::Schema, Level::Strict] {
            assert_eq!(violations(&example(version), version, level), [], "room version {version}");
        }
    }
    // References to events have one form in each room version.
    for (version, other) in [("1", "3"), ("3", "1"), ("2", "12"), ("12", "2")] {
        assert!(!violations(&example(version), other, Level::Schema).is_empty(), "{version} {other}");
    }
}

#[test]
fn limits_depend_on_the_room_version() {
    let mut tried = 0;
    for version in VERSIONS {
        let number: u32 = version.parse().expect("a number");
        let most = if number < 6 { i64::MAX } else { (1 << 53) - 1 };
        let reference = match number {
            1 | 2 => json!(["$a:example.org", {"sha256": "47DEQpj8HBSa"}]),
            _ => json!("$47DEQpj8HBSaTImW5JCeuQeRkm5NMpJWZG3hSuFU47D"),
        };
        let references = |count| Value::Array(vec![reference.clone(); count]);
        let long = |length: usize| "x".repeat(length);
        let (mut cases, valid) = (Vec::new(), Vec::new());
        cases.push(("depth", json!(most), valid.clone()));
        let canonical = (number >= 6).then(|| ("/depth".to_owned(), Rule::CanonicalJson));
        let beyond = [Some(("/depth".to_owned(), Rule::Maximum)), canonical.clone()];
        let too_deep = if number < 6 { json!(i64::MAX as u64 + 1) } else { json!(most + 1) };
        cases.push(("depth", too_deep, beyond.into_iter().flatten().collect()));
        cases.push(("depth", json!(-1), valid.clone()));
        for (name, most) in [("auth_events", 10), ("prev_events", 20)] {
            cases.push((name, references(most), valid.clone()));
            cases.push((name, references(most + 1), vec![(format!("/{name}"), Rule::MaxItems)]));
        }
        cases.push(("type", json!(long(255)), valid.clone()));
        cases.push(("type", json!(long(256)), vec![("/type".to_owned(), Rule::Length)]));
        cases.push(("org.example.a", json!(long(60_000)), valid.clone()));
        cases.push(("org.example.a", json!(long(65_536)), vec![(String::new(), Rule::Size)]));
        let not_canonical = (number >= 6).then(|| ("/org.example.a".to_owned(), Rule::CanonicalJson));
        cases.push(("org.example.a", json!(0.5), not_canonical.into_iter().collect()));
        for (name, value, expected) in cases {
            let mut pdu = example(version);
            pdu[name] = value;
            let mut found = violations(&pdu, version, Level::Strict);
            found.sort_by_key(|(pointer, rule)| (pointer.clone(), rule.as_str()));
            let mut expected: Vec<(String, Rule)> = expected;
            expected.sort_by_key(|(pointer, rule)| (pointer.clone(), rule.as_str()));
            assert_eq!(found, expected, "room version {version}: {name}");
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

/// The release states these limits in descriptions. The response of `/backfill` has the same members without a limit.
#[test]
fn number_of_pdus_and_edus_in_a_body_is_limited() {
    let bodies = [
        ("pdus", 0..=50, SendTransactionRequest::BODY),
        ("edus", 0..=100, SendTransactionRequest::BODY),
        ("pdus", 1..=1, EventResponse::BODY),
        ("pdus", 0..=usize::MAX, BackfillResponse::BODY),
    ];
    for (name, limits, body) in bodies {
        let example = body_example(body.name);
        for count in [0, 1, 2, 50, 51, 100, 101] {
            let mut value = example.clone();
            value[name] = vec![example[name][0].clone(); count].into();
            for level in [Level::Schema, Level::Strict] {
                let report = Validator::new().level(level).body(body).validate(value.to_string().as_bytes());
                let found: Vec<_> = report.iter().map(|violation| (violation.pointer(), violation.rule())).collect();
                let expected = match limits.contains(&count) {
                    true => vec![],
                    false if count == 0 => vec![("/pdus", Rule::MinItems)],
                    false => vec![(if name == "pdus" { "/pdus" } else { "/edus" }, Rule::MaxItems)],
                };
                assert_eq!(found, expected, "{count} {name} in {} at {level:?}", body.name);
            }
        }
    }
}

/// Asserts that a response of version 2 deserializes as the body of a response of version 1, also after changes.
fn assert_v1<T: FromToJson + DeserializeOwned + Serialize + PartialEq + Debug>(body: &Value) {
    for body in changes(body) {
        let text = json!([200, body]).to_string();
        let read: StatusAndBody<T> = matrix_events::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(read.body, matrix_events::from_str(&body.to_string()).expect("a body"));
        assert_eq!((read.status, matrix_events::to_string(&read)), (200, serde_json::to_string(&read).expect("JSON")));
        assert_eq!(serde_json::to_value(&read).expect("JSON"), json!([200, body]));
        assert_eq!(serde_json::from_str::<StatusAndBody<T>>(&text).expect("a response"), read);
    }
    for wrong in [json!([]), json!([200]), json!([200, body, 7]), json!(["200", body]), json!([200, 7]), body.clone()] {
        assert!(matrix_events::from_str::<StatusAndBody<T>>(&wrong.to_string()).is_err(), "{wrong}");
    }
}

#[test]
fn response_of_version_1_is_a_status_and_the_body_of_version_2() {
    assert_v1::<SendJoinResponse>(&body_example("SendJoinResponse"));
    assert_v1::<InviteResponse>(&body_example("InviteResponse"));
    assert_v1::<JsonObject>(&json!({}));
}

/// The release's schema of room version 12 requires `room_id`, although its description states that `m.room.create` omits it.
#[test]
fn create_event_requires_a_room_id_before_room_version_12() {
    let missing = vec![(String::new(), Rule::Required)];
    for version in VERSIONS {
        let number: u32 = version.parse().expect("a number");
        let mut create = example(version);
        create["type"] = json!("m.room.create");
        create["state_key"] = json!("");
        create["content"] = json!({"creator": "@mira:greenhouse.example", "room_version": version});
        let with_room = create.clone();
        create.as_object_mut().expect("an object").remove("room_id");
        assert_eq!(violations(&with_room, version, Level::Strict), [], "room version {version}");
        assert_eq!(violations(&create, version, Level::Schema), missing, "room version {version}");
        let expected = if number < 12 { missing.clone() } else { Vec::new() };
        assert_eq!(violations(&create, version, Level::Strict), expected, "room version {version}");
        // Other events require it in all room versions.
        let mut other = example(version);
        other.as_object_mut().expect("an object").remove("room_id");
        assert_eq!(violations(&other, version, Level::Strict), missing, "room version {version}");
    }
}

#[test]
fn strict_validation_includes_the_content_of_the_event_type() {
    for version in VERSIONS {
        let mut topic = example(version);
        (topic["type"], topic["state_key"], topic["content"]) = (json!("m.room.topic"), json!(""), json!({"topic": 7}));
        assert_eq!(violations(&topic, version, Level::Schema), [], "the event format does not describe contents");
        assert_eq!(violations(&topic, version, Level::Strict), [("/content/topic".to_owned(), Rule::Type)]);
    }
}

#[test]
fn members_of_pdus_are_declared() {
    let lint = Validator::new().level(Level::Lint);
    let accepts = |violations: Vec<(String, Rule)>| violations.iter().all(|(_, rule)| *rule != Rule::Undeclared);
    for version in VERSIONS {
        let mut topic = example(version);
        (topic["type"], topic["state_key"], topic["content"]) =
            (json!("m.room.topic"), json!(""), json!({"topic": "a"}));
        let unsigned =
            json!({"age": 5, "prev_content": {"topic": "b"}, "replaces_state": "$1", "prev_sender": "@a:b.c"});
        topic["unsigned"] = unsigned;
        assert!(accepts(violations(&topic, version, Level::Lint)), "room version {version}: {topic}");
        for (object, name) in [("", "depht"), ("/unsigned", "aeg"), ("/content", "topci")] {
            let mut misspelled = topic.clone();
            misspelled.pointer_mut(object).expect("an object")[name] = json!(7);
            let found = violations(&misspelled, version, Level::Lint);
            let found: Vec<_> = found.into_iter().filter(|(_, rule)| *rule == Rule::Undeclared).collect();
            assert_eq!(found, [(format!("{object}/{name}"), Rule::Undeclared)], "room version {version}");
        }
        topic
            .as_object_mut()
            .expect("an object")
            .retain(|key, _| !matches!(key.as_str(), "origin" | "redacts" | "unsigned"));
        assert!(accepts(violations(&topic, version, Level::Lint)), "room version {version}");
        let mut transaction = body_example("SendTransactionRequest");
        (transaction["pdus"], transaction["edus"]) = (json!([topic]), json!([]));
        let report = lint.body(SendTransactionRequest::BODY).validate_value(&transaction);
        assert_eq!(report.to_string(), "", "room version {version}");
        topic["type"] = json!("org.example.topic");
        let found: Vec<_> = violations(&topic, version, Level::Lint);
        assert_eq!(found, [("/type".to_owned(), Rule::UnknownType)], "room version {version}");
    }
}

/// Returns the IDs in a list of references, by the rules of both formats.
fn ids(list: Option<&Value>) -> Vec<&str> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|reference| match reference {
        Value::Array(pair) if pair.len() == 2 && pair[1].is_object() => pair[0].as_str(),
        reference => reference.as_str(),
    })
    .collect()
}

#[test]
fn accessors_of_changed_pdus_return_the_members() {
    let mut tried = 0;
    for example in examples() {
        for value in std::iter::once(example.clone()).chain(changes(&example)) {
            if !value.is_object() {
                continue;
            }
            let pdu = pdu(&value);
            let text = |name: &str| value.get(name).and_then(Value::as_str);
            assert_eq!(serde_json::to_value(&pdu).expect("JSON"), value);
            assert_eq!(pdu.event_type(), text("type").unwrap_or_default());
            assert_eq!(
                [pdu.sender(), pdu.room_id(), pdu.state_key(), pdu.event_id()],
                ["sender", "room_id", "state_key", "event_id"].map(text),
                "{value}"
            );
            for (name, found) in [("depth", pdu.depth()), ("origin_server_ts", pdu.origin_server_ts())] {
                // A typed field accepts an integer such as `1.0`.
                if !value.get(name).is_some_and(Value::is_f64) {
                    assert_eq!(found, value.get(name).and_then(Value::as_i64), "{value}");
                }
            }
            let hash = value.get("hashes").and_then(|hashes| hashes.get("sha256")).and_then(Value::as_str);
            assert_eq!(pdu.content_hash(), hash, "{value}");
            assert_eq!(pdu.auth_events(), ids(value.get("auth_events")), "{value}");
            assert_eq!(pdu.prev_events(), ids(value.get("prev_events")), "{value}");
            let servers = value.get("signatures").and_then(Value::as_object).into_iter().flatten();
            let signatures = servers.filter_map(|(_, signatures)| signatures.as_object()).flatten();
            let signatures: Vec<&str> = signatures.filter_map(|(_, signature)| signature.as_str()).collect();
            let found = pdu.signatures();
            assert_eq!(found.values().flat_map(|of| of.values()).collect::<Vec<_>>(), signatures, "{value}");
            tried += 1;
        }
    }
    let _ = writeln!(std::io::stderr(), "pdus: {tried} changed PDUs, 0 lost");
    assert!(tried > 3_000, "{tried}");
}

#[test]
fn client_event_has_the_id_and_no_member_of_the_graph() {
    let mut tried = 0;
    for value in examples() {
        for version in VERSIONS {
            let rules = rules(version);
            let event = pdu(&value).into_client_event("$k3yB7x", rules);
            let mut expected = value.clone();
            let members = expected.as_object_mut().expect("an object");
            for name in ["auth_events", "prev_events", "depth", "hashes", "signatures"] {
                members.remove(name);
            }
            members.insert("event_id".to_owned(), json!("$k3yB7x"));
            if value["type"] == "m.room.create" && version == "12" {
                members.insert("room_id".to_owned(), json!("!k3yB7x"));
            }
            // In room version 11, the ID is in the content, which the examples do not have.
            let redacts = value.get("redacts").filter(|_| !rules.redaction.content_field_redacts);
            if let Some(redacts) = redacts {
                members["content"]["redacts"] = redacts.clone();
            }
            assert_eq!(serde_json::to_value(&event).expect("JSON"), expected);
            assert_eq!(event, matrix_events::from_str::<AnyTimelineEvent>(&expected.to_string()).expect("an event"));
            assert_eq!(event.is_malformed(), pdu(&value).is_malformed());
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

/// Returns the references in a list of a PDU.
fn references(list: &Value) -> Vec<EventReference> {
    matrix_events::from_str(&list.to_string()).unwrap_or_else(|error| panic!("{error}: {list}"))
}

/// The hashes and the signatures are lost, and so is a member that the room version does not use.
#[test]
fn client_event_converts_back_to_the_pdu() {
    let mut tried = 0;
    for mut value in examples().into_iter().filter(|value| value.get("auth_events").is_some()) {
        let [auth, previous] = ["auth_events", "prev_events"].map(|name| references(&value[name]));
        let depth = value["depth"].as_i64().expect("a depth");
        for event_type in [value["type"].clone(), json!("m.room.create"), json!("m.room.redaction")] {
            value["type"] = event_type;
            for redacts in [None, Some(json!("$k3yB7x")), Some(json!(7))] {
                for version in VERSIONS {
                    let rules = rules(version);
                    let number: u32 = version.parse().expect("a number");
                    let mut expected = value.clone();
                    let members = expected.as_object_mut().expect("an object");
                    ["hashes", "signatures", "redacts"].iter().for_each(|name| drop(members.remove(*name)));
                    members.insert("event_id".to_owned(), json!("$k3yB7x"));
                    if number > 2 {
                        members.remove("event_id");
                    }
                    if number > 11 && members["type"] == "m.room.create" {
                        members.remove("room_id");
                    }
                    if let Some(redacts) = redacts.clone() {
                        let place = if number > 10 { &mut members["content"] } else { &mut expected };
                        place["redacts"] = redacts;
                    }
                    let event = pdu(&expected).into_client_event("$k3yB7x", rules);
                    let converted = AnyPdu::from_client_event(event, auth.clone(), previous.clone(), depth, rules);
                    assert_eq!(serde_json::to_value(&converted).expect("JSON"), expected, "room version {version}");
                    assert_eq!(converted, pdu(&expected), "room version {version}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn invalid_pdu_costs_only_itself() {
    let transaction = &body_example("SendTransactionRequest");
    let count = transaction["pdus"].as_array().expect("a list").len();
    assert!(count > 1);
    for index in 0..count {
        for wrong in wrong_values() {
            let value = replaced(transaction, &format!("/pdus/{index}"), wrong.clone());
            let read: SendTransactionRequest = matrix_events::from_str(&value.to_string()).expect("a transaction");
            assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
            let pdus = read.pdus.expect("a list");
            assert_eq!(pdus.len(), count);
            for (place, pdu) in pdus.iter().enumerate().filter(|(place, _)| *place != index) {
                assert!(!pdu.expect("a PDU").is_malformed(), "{wrong}: {place}");
            }
        }
    }
}
