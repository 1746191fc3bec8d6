//! Canonical JSON and the hashes of events equal Ruma's. The signatures of Ruma and of the specification sign our bytes.

use std::collections::BTreeMap;

use matrix_events::canonical_json::{
    canonicalize, check, event_to_string_for_signing, is_canonical, to_string, to_string_for_signing,
};
use matrix_events::room_version_rules::RoomVersionRules;
use matrix_events::{hash, AnySyncTimelineEvent, JsonObject};
use ruma_common::canonical_json::{try_from_json_map, CanonicalJsonObject, CanonicalJsonValue};
use ruma_common::serde::base64::Standard;
use ruma_common::serde::Base64;
use ruma_oracle::{each_mutation, examples, recorded, versions, Versions};
use ruma_signatures::{
    content_hash, hash_and_sign_event, reference_hash, sign_json, to_canonical_json_string_for_signing,
    verify_canonical_json_bytes, verify_event, Ed25519KeyPair, PublicKeyMap, Verified,
};
use serde_json::{json, Value};

/// Returns the key pair of the test vectors: <https://spec.matrix.org/v1.19/appendices/#signing-key>.
fn key_pair() -> Ed25519KeyPair {
    let seed = Base64::<Standard>::parse("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1").expect("Base64");
    // The document of RFC 8410 for a private key of Ed25519.
    let mut document =
        vec![0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
    document.extend(seed.as_bytes());
    Ed25519KeyPair::from_der(&document, "1".to_owned()).expect("a key pair")
}

fn public_keys(key: &Ed25519KeyPair) -> PublicKeyMap {
    let key = Base64::new(key.public_key().to_vec());
    BTreeMap::from([("domain".to_owned(), BTreeMap::from([("ed25519:1".to_owned(), key)]))])
}

fn ruma(value: &Value) -> Option<CanonicalJsonObject> {
    try_from_json_map(value.as_object()?.clone()).ok()
}

fn object(value: &Value) -> &JsonObject {
    value.as_object().expect("an object")
}

/// Asserts that a signature signs a text.
fn verify(key: &Ed25519KeyPair, signature: &str, text: &str) {
    let signature = Base64::<Standard>::parse(signature).expect("Base64");
    let algorithm = ruma_signatures::SigningKeyAlgorithm::Ed25519;
    let outcome = verify_canonical_json_bytes(&algorithm, &key.public_key(), signature.as_bytes(), text.as_bytes());
    outcome.unwrap_or_else(|error| panic!("{error}: {text}"));
}

#[test]
fn signatures_of_the_specification_sign_our_texts() {
    let key = key_pair();
    // <https://spec.matrix.org/v1.19/appendices/#json-signing>
    for (json, signature) in [
        (json!({}), "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ"),
        (
            json!({"one": 1, "two": "Two"}),
            "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw",
        ),
    ] {
        verify(&key, signature, &to_string_for_signing(object(&json)).expect("canonical JSON"));
    }
    // <https://spec.matrix.org/v1.19/appendices/#event-signing>
    for (event, signature) in [
        (
            json!({"room_id": "!x:domain", "sender": "@a:domain", "origin": "domain", "origin_server_ts": 1_000_000,
                "signatures": {}, "hashes": {}, "type": "X", "content": {}, "prev_events": [], "auth_events": [],
                "depth": 3, "unsigned": {"age_ts": 1_000_000}}),
            "KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTRl16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg",
        ),
        (
            json!({"content": {"body": "Here is the message content"}, "event_id": "$0:domain", "origin": "domain",
                "origin_server_ts": 1_000_000, "type": "m.room.message", "room_id": "!r:domain",
                "sender": "@u:domain", "signatures": {}, "unsigned": {"age_ts": 1_000_000}}),
            "Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA",
        ),
    ] {
        let mut event = object(&event).clone();
        hash::add_content_hash(&mut event, &RoomVersionRules::V1).expect("a hash");
        verify(&key, signature, &event_to_string_for_signing(&event, &RoomVersionRules::V1).expect("canonical JSON"));
    }
}

/// Returns values with unusual keys, strings and numbers.
fn unusual() -> Vec<Value> {
    let texts = [
        "",
        "\u{0}",
        "\u{7f}",
        "\u{e000}",
        "\u{ffff}",
        "\u{10000}",
        "é",
        "e\u{301}",
        "/",
        "\\",
        "\"",
        "~",
        "A",
        "a",
        "aa",
    ];
    let keys: JsonObject =
        texts.iter().rev().enumerate().map(|(index, key)| ((*key).to_owned(), index.into())).collect();
    let integers =
        [0, 1, -1, i64::from(i32::MAX), (1 << 53) - 1, 1 - (1 << 53), 1 << 53, -(1 << 53), i64::MAX, i64::MIN];
    let mut values = vec![Value::Object(keys), json!({"texts": texts}), json!({"a": u64::MAX}), json!({"a": 0.5})];
    values.extend(integers.map(|integer| json!({"a": [{"b": integer}]})));
    values
}

#[test]
fn canonical_json_equals_that_of_ruma() {
    let (mut equal, mut errors) = (0, 0);
    let mut compare = |value: &Value| {
        let own = to_string(value);
        let text = serde_json::to_string_pretty(value).expect("JSON");
        assert_eq!(canonicalize(&text), own);
        match ruma(value) {
            Some(theirs) => {
                let theirs = CanonicalJsonValue::Object(theirs).to_string();
                assert_eq!(own.as_deref(), Ok(theirs.as_str()));
                assert!(is_canonical(&theirs) && check(&text).is_ok());
                equal += 1;
            }
            None => {
                // Ruma rejects every number that is written with a fraction or an exponent. Ours is stricter nowhere.
                assert!(check(&text).is_err(), "{text}");
                errors += 1;
            }
        }
    };
    unusual().iter().for_each(&mut compare);
    recorded().iter().for_each(&mut compare);
    for event in examples() {
        compare(&event);
        each_mutation(&event, |mutated| compare(&mutated));
    }
    println!("{equal} values with equal canonical JSON, {errors} errors in both");
    assert!(equal > 10_000 && errors >= 6, "{equal} {errors}");
}

#[test]
fn typed_events_have_equal_canonical_json() {
    let mut compared = 0;
    for event in [examples(), recorded()].concat() {
        let typed: AnySyncTimelineEvent = serde_json::from_value(event.clone()).expect("an event");
        assert_eq!(to_string(&typed), to_string(&event));
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

/// Compares the hashes of an event with those of Ruma in each room version. Returns the number of comparisons.
fn compare_hashes(event: &Value, versions: &Versions) -> usize {
    let Some(canonical) = ruma(event) else { return 0 };
    let event = object(event);
    let mut compared = 0;
    for (version, ours, theirs) in versions {
        let own = hash::content_hash(event, ours).expect("a hash");
        assert_eq!(own.as_str(), content_hash(&canonical).expect("a hash").encode(), "version {version}");
        // Ruma requires a type, and keeps an invalid invite: see the test of redaction.
        let invite = event.get("content").and_then(|content| content.get("third_party_invite"));
        let Ok(reference) = reference_hash(&canonical, theirs) else { continue };
        if invite.is_some_and(|invite| !invite.is_object()) && event["type"] == "m.room.member" {
            continue;
        }
        assert_eq!(hash::reference_hash(event, ours).as_deref(), Ok(reference.as_str()), "version {version}");
        let event_id = hash::event_id(event, ours).expect("a hash");
        match version.as_str() {
            "1" | "2" => {
                assert_eq!(event_id.as_ref().map(|id| id.as_str()), event.get("event_id").and_then(Value::as_str))
            }
            _ => assert_eq!(event_id.expect("an ID").as_str(), format!("${reference}")),
        }
        compared += 1;
    }
    compared
}

#[test]
fn hashes_equal_those_of_ruma() {
    let versions = versions();
    let mut compared: usize = recorded().iter().map(|event| compare_hashes(event, &versions)).sum();
    for event in examples() {
        compared += compare_hashes(&event, &versions);
        let mut index = 0_usize;
        // Hashing is slow without optimization, so each mutation has one room version.
        each_mutation(&event, |mutated| {
            index += 1;
            let one = versions[index % versions.len()].clone();
            compared += compare_hashes(&mutated, &vec![one]);
        });
    }
    println!("{compared} content hashes, reference hashes and event IDs");
    assert!(compared > 10_000);
}

#[test]
fn signatures_of_ruma_sign_our_texts() {
    let (key, versions) = (key_pair(), versions());
    let keys = public_keys(&key);
    let mut signed = 0;
    // Signing is slow without optimization, so each event has one room version.
    let recorded = recorded();
    let recorded = recorded.iter().step_by(recorded.len() / 100 + 1).cloned();
    let events = examples().into_iter().chain(recorded).enumerate();
    for (index, event) in events {
        let Some(canonical) = ruma(&event) else { continue };
        let mut object_of_ruma = canonical.clone();
        if sign_json("domain", &key, &mut object_of_ruma).is_ok() {
            let signature = serde_json::to_value(&object_of_ruma["signatures"]).expect("JSON");
            let signature = signature["domain"]["ed25519:1"].as_str().expect("a signature").to_owned();
            verify(&key, &signature, &to_string_for_signing(object(&event)).expect("canonical JSON"));
            assert_eq!(
                to_string_for_signing(object(&event)).ok(),
                to_canonical_json_string_for_signing(&canonical).ok()
            );
        }
        for (version, ours, theirs) in versions.iter().skip(index % versions.len()).take(1) {
            let mut of_ruma = canonical.clone();
            // The server of the key signs.
            of_ruma.insert("sender".to_owned(), CanonicalJsonValue::String("@a:domain".to_owned()));
            of_ruma.insert("event_id".to_owned(), CanonicalJsonValue::String("$0:domain".to_owned()));
            if hash_and_sign_event("domain", &key, &mut of_ruma, &theirs.redaction).is_err() {
                continue;
            }
            let event = serde_json::to_value(&of_ruma).expect("JSON");
            let signature = event["signatures"]["domain"]["ed25519:1"].as_str().expect("a signature");
            let text = event_to_string_for_signing(object(&event), ours).expect("canonical JSON");
            verify(&key, signature, &text);
            assert_eq!(hash::is_content_hash_valid(object(&event), ours), Ok(true));
            if let Ok(verified) = verify_event(&keys, &of_ruma, theirs) {
                assert_eq!(verified, Verified::All, "version {version}");
                signed += 1;
            }
        }
    }
    println!("{signed} signed events");
    assert!(signed > 100, "{signed}");
}
