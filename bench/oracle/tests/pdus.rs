//! Event IDs, hashes, signed texts and redactions of PDUs equal those of Ruma, for every room version.

use matrix_events::room_version_rules::RoomVersionRules;
use matrix_events::AnyPdu;
use ruma_common::canonical_json::{self, try_from_json_map, CanonicalJsonObject};
use ruma_common::serde::base64::Standard;
use ruma_common::serde::Base64;
use ruma_oracle::{each_mutation, examples, pdus, recorded, versions, Versions};
use ruma_signatures::{content_hash, reference_hash, to_canonical_json_string_for_signing};
use serde_json::{json, Value};

/// The numbers of comparisons.
#[derive(Debug, Default)]
struct Compared {
    redactions: usize,
    event_ids: usize,
    content_hashes: usize,
}

impl Compared {
    /// Compares one PDU in each of some room versions.
    fn pdu(&mut self, value: &Value, versions: &Versions) {
        let pdu: AnyPdu = serde_json::from_value(value.clone()).expect("a PDU");
        let Some(canonical) = value.as_object().and_then(|value| try_from_json_map(value.clone()).ok()) else { return };
        // Ruma keeps a `third_party_invite` that is not an object: see the test of redaction.
        let invite = value.get("content").and_then(|content| content.get("third_party_invite"));
        if value["type"] == "m.room.member" && invite.is_some_and(|invite| !invite.is_object()) {
            return;
        }
        for (version, ours, theirs) in versions {
            if let Ok(redacted) = canonical_json::redact(canonical.clone(), &theirs.redaction, None) {
                let mut own = pdu.clone();
                own.redact(&ours.redaction, None);
                assert_eq!(json_of(&own), serde_json::to_value(&redacted).expect("JSON"), "version {version}");
                self.redactions += 1;
            }
            self.hashes(&pdu, &canonical, version, ours, theirs);
        }
    }

    fn hashes(
        &mut self,
        pdu: &AnyPdu,
        canonical: &CanonicalJsonObject,
        version: &str,
        ours: &RoomVersionRules,
        theirs: &ruma_common::room_version_rules::RoomVersionRules,
    ) {
        let mut hashed = pdu.clone();
        hashed.add_content_hash(ours).expect("canonical JSON");
        let hash = content_hash(canonical).expect("a hash");
        assert_eq!(hashed.content_hash(), Some(hash.encode().as_str()), "version {version}");
        assert_eq!(hashed.is_content_hash_valid(ours), Ok(true));
        self.content_hashes += 1;
        let Ok(reference) = reference_hash(canonical, theirs) else { return };
        let event_id = pdu.event_id_by(ours).expect("canonical JSON");
        let room_id = pdu.room_id_by(ours).expect("canonical JSON");
        match version {
            "1" | "2" => assert_eq!(event_id.as_ref().map(|id| id.as_str()), pdu.event_id()),
            _ => assert_eq!(event_id.expect("an ID").as_str(), format!("${reference}")),
        }
        match (version, pdu.event_type()) {
            ("12", "m.room.create") => assert_eq!(room_id.expect("an ID").as_str(), format!("!{reference}")),
            _ => assert_eq!(room_id.as_ref().map(|id| id.as_str()), pdu.room_id()),
        }
        self.event_ids += 1;
    }
}

fn json_of(pdu: &AnyPdu) -> Value {
    serde_json::to_value(pdu).expect("JSON")
}

#[test]
fn ids_hashes_and_redactions_of_pdus_equal_those_of_ruma() {
    let versions = versions();
    let (of_formats, events, recorded) = (pdus(), examples(), recorded());
    let mut compared = Compared::default();
    for event in of_formats.iter().chain(&events).chain(&recorded) {
        compared.pdu(event, &versions);
    }
    let whole = compared.event_ids;
    let mut index = 0_usize;
    for event in of_formats.iter().chain(&events) {
        // Hashing is slow without optimization, so each mutation has one room version.
        each_mutation(event, |mutated| {
            index += 1;
            let one = versions[index % versions.len()].clone();
            compared.pdu(&mutated, &vec![one]);
        });
    }
    println!(
        "{} PDUs of examples, {} events, {} recorded events, {whole} event IDs without mutations: {compared:?}",
        of_formats.len(),
        events.len(),
        recorded.len()
    );
    assert!(of_formats.len() > 20 && whole > 1_000, "{whole}");
    assert!(compared.event_ids > 20_000 && compared.redactions > 20_000 && compared.content_hashes > 20_000);
}

/// <https://spec.matrix.org/v1.19/appendices/#event-signing>
#[test]
fn pdus_of_the_specification_have_its_hashes_and_signatures() {
    for (event, hash, signature) in [
        (
            json!({"room_id": "!x:domain", "sender": "@a:domain", "origin": "domain", "origin_server_ts": 1_000_000,
                "signatures": {}, "hashes": {}, "type": "X", "content": {}, "prev_events": [], "auth_events": [],
                "depth": 3, "unsigned": {"age_ts": 1_000_000}}),
            "5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos",
            "KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTRl16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg",
        ),
        (
            json!({"content": {"body": "Here is the message content"}, "event_id": "$0:domain", "origin": "domain",
                "origin_server_ts": 1_000_000, "type": "m.room.message", "room_id": "!r:domain",
                "sender": "@u:domain", "signatures": {}, "unsigned": {"age_ts": 1_000_000}}),
            "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
            "Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA",
        ),
    ] {
        let rules = &RoomVersionRules::V1;
        let mut pdu: AnyPdu = serde_json::from_value(event).expect("a PDU");
        pdu.add_content_hash(rules).expect("canonical JSON");
        assert_eq!(pdu.content_hash(), Some(hash));
        let signed = pdu.to_string_for_signing(rules).expect("canonical JSON");
        let signature_bytes = Base64::<Standard>::parse(signature).expect("Base64");
        let key = Base64::<Standard>::parse("XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI").expect("Base64");
        let algorithm = ruma_signatures::SigningKeyAlgorithm::Ed25519;
        ruma_signatures::verify_canonical_json_bytes(
            &algorithm,
            key.as_bytes(),
            signature_bytes.as_bytes(),
            signed.as_bytes(),
        )
        .unwrap_or_else(|error| panic!("{error}: {signed}"));
        pdu.add_signature("domain", "ed25519:1", signature);
        assert_eq!(pdu.signatures()["domain"]["ed25519:1"], signature);
        assert_eq!(pdu.to_string_for_signing(rules).expect("canonical JSON"), signed);
    }
}

#[test]
fn signed_texts_of_pdus_equal_those_of_ruma() {
    let mut compared = 0;
    for value in pdus() {
        let pdu: AnyPdu = serde_json::from_value(value.clone()).expect("a PDU");
        for (version, ours, theirs) in versions() {
            let canonical = try_from_json_map(value.as_object().expect("an object").clone()).expect("canonical JSON");
            let redacted = canonical_json::redact(canonical, &theirs.redaction, None).expect("a type");
            let expected = to_canonical_json_string_for_signing(&redacted).expect("JSON");
            assert_eq!(pdu.to_string_for_signing(ours).as_deref(), Ok(expected.as_str()), "version {version}");
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}
