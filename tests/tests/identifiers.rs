//! Identifiers that only the prose of the specification states: lenient deserialization, and validation at level `Strict`.

use matrix_events::validate::{Level, Rule, Validator};
use matrix_events::{
    key_id, AnyEdu, AnyGlobalAccountDataEvent, AnySyncTimelineEvent, AnyTimelineEvent, AnyToDeviceEvent, SessionId,
    VoipId,
};
use serde_json::{json, Value};
use spec_tests::events::{event, round_trip, state_event};
use spec_tests::spec::cases;

/// Texts that are no identifier, or an unusual one.
const TEXTS: &[&str] = &["", " ", "*", "@", ":", "ed25519:", "é", "a b", "x\u{0}", "日本"];

fn to_device(event_type: &str, content: &Value) -> Value {
    json!({"type": event_type, "sender": "@mira:example.org", "content": content})
}

fn call(content: &Value) -> Value {
    let mut call = json!({"call_id": "c1", "party_id": "p1", "version": "1", "reason": "user_hangup"});
    call.as_object_mut().expect("an object").extend(content.as_object().cloned().expect("an object"));
    event("m.call.hangup", &call)
}

fn mac(mac: &Value, keys: &str) -> Value {
    to_device("m.key.verification.mac", &json!({"transaction_id": "t", "mac": mac, "keys": keys}))
}

fn olm(ciphertext: &Value, sender_key: &str) -> Value {
    let content =
        json!({"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": sender_key, "ciphertext": ciphertext});
    to_device("m.room.encrypted", &content)
}

fn device_list(keys: &Value, signatures: &Value) -> Value {
    let user = "@mira:example.org";
    let keys = json!({"user_id": user, "device_id": "D", "algorithms": [], "keys": keys, "signatures": signatures});
    let content = json!({"user_id": user, "device_id": "D", "stream_id": 6, "keys": keys});
    json!({"edu_type": "m.device_list_update", "content": content})
}

fn space_child(order: &str) -> Value {
    state_event("m.space.child", "!garden:example.org", &json!({"via": ["example.org"], "order": order}))
}

#[test]
fn identifiers_of_the_prose_are_validated_at_level_strict() {
    let packs = |room: &str| json!({"type": "m.image_pack.rooms", "content": {"rooms": {room: {"pack": {}}}}});
    let policy =
        |via: &str, key: &str| state_event("m.room.policy", "", &json!({"via": via, "public_keys": {"ed25519": key}}));
    let signatures = json!({"@mira:example.org": {"ed25519:D": "Zm9v"}});
    for (valid, invalid, pointer) in [
        (call(&json!({"call_id": "c~1"})), call(&json!({"call_id": "c 1"})), "/content/call_id"),
        (call(&json!({"party_id": "p-1"})), call(&json!({"party_id": ""})), "/content/party_id"),
        (mac(&json!({"ed25519:D": "Zm9v"}), "Zm8"), mac(&json!({"D": "Zm9v"}), "Zm8"), "/content/mac/D"),
        (mac(&json!({"x:": ""}), ""), mac(&json!({"x:": "Zm9v"}), "Zm8="), "/content/keys"),
        (mac(&json!({}), "Zm8"), mac(&json!({"x:": "Zm-v"}), "Zm8"), "/content/mac/x:"),
        (olm(&json!({}), "Zm8"), olm(&json!({}), "Zm8="), "/content/sender_key"),
        (
            device_list(&json!({"x:D": "any"}), &signatures),
            device_list(&json!({"D": "any"}), &signatures),
            "/content/keys/keys/D",
        ),
        (
            device_list(&json!({}), &json!({})),
            device_list(&json!({}), &json!({"@mira:example.org": {"D": "Zm9v"}})),
            "/content/keys/signatures/@mira:example.org/D",
        ),
        (packs("!r:example.org"), packs("r"), "/content/rooms/r"),
        (policy("example.org", "Zm9v"), policy("exam ple.org", "Zm9v"), "/content/via"),
        (policy("example.org", "Zm9v"), policy("example.org", "Zm9v="), "/content/public_keys/ed25519"),
        (space_child("a"), state_event("m.space.child", "garden", &json!({"via": ["example.org"]})), "/state_key"),
    ] {
        let found = |level, event: &Value| -> Vec<(String, Rule)> {
            let report = Validator::new().level(level).validate(event.to_string().as_bytes());
            report.iter().map(|one| (one.pointer().to_owned(), one.rule())).collect()
        };
        for event in [&valid, &invalid] {
            assert_eq!(found(Level::Schema, event), [], "{event}");
        }
        assert_eq!(found(Level::Strict, &valid), [], "{valid}");
        assert_eq!(found(Level::Strict, &invalid), [(pointer.to_owned(), Rule::Format)], "{invalid}");
    }
}

#[test]
fn invalid_order_of_a_space_child_has_one_violation() {
    let long = "x".repeat(51);
    for (order, rule) in [("é", Rule::Pattern), ("", Rule::Pattern), (long.as_str(), Rule::MaxLength)] {
        let event = space_child(order);
        for (level, rule) in [(Level::Schema, rule), (Level::Strict, Rule::Format)] {
            let report = Validator::new().level(level).validate(event.to_string().as_bytes());
            let found: Vec<_> = report.iter().map(|one| (one.pointer(), one.rule())).collect();
            assert_eq!(found, [("/content/order", rule)], "{event} at {level:?}");
        }
    }
}

#[test]
fn identifiers_of_the_prose_accept_every_text() {
    for text in TEXTS {
        let invite = call(&json!({"call_id": text, "party_id": text}));
        let AnyTimelineEvent::CallHangup(event) = round_trip(&invite) else { panic!("{text:?}") };
        assert_eq!((event.content.call_id, event.content.party_id), (VoipId::new(*text), Some(VoipId::new(*text))));

        let AnySyncTimelineEvent::SpaceChild(_) = round_trip(&space_child(text)) else { panic!("{text:?}") };
        let AnySyncTimelineEvent::SpaceChild(child) =
            round_trip(&state_event("m.space.child", text, &json!({"via": []})))
        else {
            panic!("{text:?}")
        };
        assert_eq!(child.state_key, *text);

        for event in [mac(&json!({*text: *text}), text), olm(&json!({*text: {"type": 0, "body": "x"}}), text)] {
            let event = round_trip::<AnyToDeviceEvent>(&event);
            assert!(!matches!(event, AnyToDeviceEvent::Malformed(_)), "{event:?}");
        }
        let keys = device_list(&json!({*text: *text}), &json!({"@mira:example.org": {*text: *text}, *text: {}}));
        let AnyEdu::DeviceListUpdate(_) = round_trip(&keys) else { panic!("{text:?}") };

        let packs = json!({"type": "m.image_pack.rooms", "content": {"rooms": {*text: {"pack": {}}, "!r": {}}}});
        let AnyGlobalAccountDataEvent::ImagePackRooms(packs) = round_trip(&packs) else { panic!("{text:?}") };
        assert_eq!(packs.content.rooms.map(|rooms| rooms.len()), Some(1));
    }
}

#[test]
fn identifiers_of_examples_are_typed() {
    let keys = device_list(&json!({"ed25519:D": "Zm9v"}), &json!({"@mira:example.org": {"ed25519:D": "Zm9v"}}));
    let AnyEdu::DeviceListUpdate(update) = round_trip(&keys) else { panic!("a device list update") };
    let keys = update.content.keys.expect("keys");
    assert_eq!(keys.keys.get(&key_id!("ed25519:D")).map(String::as_str), Some("Zm9v"));
    assert_eq!(keys.signatures["@mira:example.org"]["ed25519:D"], "Zm9v");
    assert_eq!(keys.signatures["@mira:example.org"].keys().next().and_then(|key| key.key_name()), Some("D"));

    let megolm = json!({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "A", "session_id": "s"});
    let AnyTimelineEvent::RoomEncrypted(event) = round_trip(&event("m.room.encrypted", &megolm)) else {
        panic!("encrypted")
    };
    assert_eq!(event.content.session_id, Some(SessionId::new("s")));
}

#[test]
fn identifiers_of_examples_are_valid() {
    let mut examples = 0;
    for (case, value) in cases() {
        let report = Validator::new().level(Level::Strict).validate_value(value);
        let formats: Vec<_> = report.iter().filter(|one| one.rule() == Rule::Format).collect();
        assert!(formats.is_empty(), "{}: {formats:?}", case.example);
        examples += 1;
    }
    assert!(examples >= 100, "{examples}");
}
