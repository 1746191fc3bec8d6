//! Redaction equals Ruma's, for every room version.

use matrix_events::redaction::{redact, redact_content, redact_str, redacted_event_id};
use matrix_events::room_version_rules::RoomVersionRules;
use matrix_events::{AnySyncTimelineEvent, AnyTimelineEvent, JsonObject};
use ruma_common::canonical_json::{self, try_from_json_map, RedactedBecause};
use ruma_oracle::{each_mutation, examples, recorded, versions};
use serde_json::{json, Value};

/// Returns events with every member and key of the content that a room version keeps, and with others.
fn complete() -> Vec<Value> {
    let contents = [
        (
            "m.room.member",
            json!({"membership": "join", "displayname": "A", "join_authorised_via_users_server": "@a:b",
            "third_party_invite": {"display_name": "A", "signed": {"mxid": "@a:b", "token": "t", "signatures": {}}}}),
        ),
        (
            "m.room.create",
            json!({"creator": "@a:b", "room_version": "11", "m.federate": true, "org.example.x": {"y": [1]}}),
        ),
        ("m.room.join_rules", json!({"join_rule": "restricted", "allow": [{"type": "m.room_membership"}], "x": 1})),
        (
            "m.room.power_levels",
            json!({"ban": 1, "events": {"a": 1}, "events_default": 1, "invite": 1, "kick": 1, "redact": 1,
            "state_default": 1, "users": {"@a:b": 1}, "users_default": 1, "notifications": {"room": 1}, "x": 1}),
        ),
        ("m.room.aliases", json!({"aliases": ["#a:b"], "x": 1})),
        ("m.room.history_visibility", json!({"history_visibility": "shared", "x": 1})),
        ("m.room.redaction", json!({"redacts": "$1", "reason": "x"})),
        ("m.room.server_acl", json!({"allow": ["*"], "deny": [], "allow_ip_literals": true})),
        ("m.room.message", json!({"msgtype": "m.text", "body": "Hi", "m.relates_to": {"event_id": "$1"}})),
        ("m.room.name", json!({"name": "Lobby"})),
        ("org.example.unknown", json!({"membership": "join", "creator": "@a:b"})),
    ];
    let event = |(event_type, content): (&str, Value)| {
        json!({"type": event_type, "content": content, "event_id": "$0", "room_id": "!r:b", "sender": "@a:b", "state_key": "",
            "hashes": {"sha256": "x"}, "signatures": {"b": {"ed25519:1": "x"}}, "depth": 3, "prev_events": ["$1"],
            "prev_state": [], "auth_events": ["$2"], "origin": "b", "origin_server_ts": 1, "membership": "join", "redacts": "$1",
            "age": 5, "prev_content": {}, "user_id": "@a:b", "unsigned": {"age": 5, "transaction_id": "t"}})
    };
    contents.into_iter().map(event).collect()
}

/// The results of comparing events.
#[derive(Debug, Default)]
struct Compared {
    equal: usize,
    /// Events that Ruma rejects: those without a string as `type`, and those with numbers that are not canonical.
    rejected: usize,
    /// Members with a `third_party_invite` that is not an object. Ruma keeps the value. The specification allows the key `signed`
    /// of `third_party_invite` and no other part of the content, so a value without keys is removed
    /// (<https://spec.matrix.org/v1.19/rooms/v11/#redactions>).
    invites: usize,
}

impl Compared {
    fn event(
        &mut self,
        event: &Value,
        because: Option<&JsonObject>,
        versions: &[(String, &RoomVersionRules, ruma_common::room_version_rules::RoomVersionRules)],
    ) {
        let Value::Object(event) = event else { return };
        let canonical = try_from_json_map(event.clone());
        for (version, ours, theirs) in versions {
            let because_of_ruma = because
                .map(|because| RedactedBecause::from_json(try_from_json_map(because.clone()).expect("canonical")));
            let expected = canonical.as_ref().ok().and_then(|canonical| {
                canonical_json::redact(canonical.clone(), &theirs.redaction, because_of_ruma).ok()
            });
            let Some(expected) = expected else {
                self.rejected += 1;
                continue;
            };
            let mut expected = serde_json::to_value(expected).expect("JSON");
            let mut redacted = event.clone();
            redact(&mut redacted, &ours.redaction, because);
            let redacted = Value::Object(redacted);
            if redacted == expected {
                self.equal += 1;
                continue;
            }
            let invite = expected["content"].as_object_mut().and_then(|content| content.remove("third_party_invite"));
            assert!(invite.is_some_and(|invite| !invite.is_object()), "version {version}: {event:?}");
            assert_eq!(redacted, expected, "version {version}");
            self.invites += 1;
        }
    }
}

#[test]
fn redacted_events_equal_those_of_ruma() {
    let versions = versions();
    let because = json!({"type": "m.room.redaction", "event_id": "$9", "content": {"redacts": "$0"}});
    let because = because.as_object();
    let (examples, recorded) = ([examples(), complete()].concat(), recorded());
    let mut compared = Compared::default();
    for event in examples.iter().chain(&recorded) {
        compared.event(event, because, &versions);
        compared.event(event, None, &versions);
    }
    let events = compared.equal;
    for event in &examples {
        each_mutation(event, |mutated| compared.event(&mutated, because, &versions));
    }
    println!(
        "{} examples, {} recorded events, {events} comparisons without mutations: {compared:?}",
        examples.len(),
        recorded.len()
    );
    assert!(
        compared.equal > 100_000 && compared.rejected < compared.equal / 10 && compared.invites < 1_000,
        "{compared:?}"
    );
}

#[test]
fn redacted_contents_equal_those_of_ruma() {
    let mut compared = 0;
    for event in [examples(), complete()].concat() {
        let Some((event_type, content)) = event["type"].as_str().zip(event["content"].as_object()) else { continue };
        let Ok(canonical) = try_from_json_map(content.clone()) else { continue };
        for (_, ours, theirs) in &versions() {
            let (mut own, mut other) = (content.clone(), canonical.clone());
            redact_content(event_type, &mut own, &ours.redaction);
            canonical_json::redact_content_in_place(&mut other, &theirs.redaction, event_type);
            assert_eq!(serde_json::to_value(&other).expect("JSON"), Value::Object(own), "{event_type}");
            compared += 1;
        }
    }
    println!("{compared} contents");
    assert!(compared > 1_000);
}

/// The typed events and the text go through the same function.
#[test]
fn redacted_typed_events_and_texts_equal_redacted_json() {
    let because = json!({"type": "m.room.redaction", "event_id": "$9", "sender": "@a:b", "origin_server_ts": 9,
        "content": {"redacts": "$0", "org.example.x": 1}});
    let typed: AnySyncTimelineEvent = serde_json::from_value(because.clone()).expect("an event");
    let AnySyncTimelineEvent::RoomRedaction(typed) = typed else { panic!("{typed:?}") };
    let mut compared = 0;
    for event in [examples(), complete(), recorded()].concat() {
        for (version, rules, _) in &versions() {
            let mut json = event.as_object().cloned().expect("an event");
            redact(&mut json, &rules.redaction, because.as_object());
            let json = Value::Object(json);
            let mut timeline: AnyTimelineEvent = serde_json::from_value(event.clone()).expect("an event");
            timeline.redact(&rules.redaction, Some(&typed));
            assert_eq!(serde_json::to_value(&timeline).expect("JSON"), json, "version {version}");
            assert!(timeline.is_redacted());
            let text = redact_str(&event.to_string(), &rules.redaction, Some(&because.to_string())).expect("an event");
            assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), json, "version {version}");
            compared += 1;
        }
    }
    println!("{compared} typed events");
    assert!(compared > 1_000);
}

#[test]
fn rules_equal_those_of_ruma() {
    for (version, ours, theirs) in &versions() {
        let (own, other) = (&ours.authorization, &theirs.authorization);
        let flags = [
            (own.special_case_room_redaction, other.special_case_room_redaction),
            (own.special_case_room_aliases, other.special_case_room_aliases),
            (own.strict_canonical_json, other.strict_canonical_json),
            (own.limit_notifications_power_levels, other.limit_notifications_power_levels),
            (own.knocking, other.knocking),
            (own.restricted_join_rule, other.restricted_join_rule),
            (own.knock_restricted_join_rule, other.knock_restricted_join_rule),
            (own.integer_power_levels, other.integer_power_levels),
            (own.use_room_create_sender, other.use_room_create_sender),
            (own.explicitly_privilege_room_creators, other.explicitly_privilege_room_creators),
            (own.additional_room_creators, other.additional_room_creators),
            (own.room_create_event_id_as_room_id, other.room_create_event_id_as_room_id),
            (ours.enforce_key_validity, theirs.enforce_key_validity),
            (ours.redaction.content_field_redacts, theirs.redaction.content_field_redacts),
            (ours.signatures.check_event_id_server, theirs.signatures.check_event_id_server),
            (
                ours.signatures.check_join_authorised_via_users_server,
                theirs.signatures.check_join_authorised_via_users_server,
            ),
            (ours.event_format.require_event_id, theirs.event_format.require_event_id),
            (ours.event_format.require_room_create_room_id, theirs.event_format.require_room_create_room_id),
            (ours.event_format.allow_room_create_in_auth_events, theirs.event_format.allow_room_create_in_auth_events),
            (
                ours.state_res.begins_with_empty_state(),
                theirs.state_res.v2_rules().is_some_and(|rules| rules.begin_iterative_auth_checks_with_empty_state_map),
            ),
            (
                ours.state_res.considers_conflicted_state_subgraph(),
                theirs.state_res.v2_rules().is_some_and(|rules| rules.consider_conflicted_state_subgraph),
            ),
        ];
        for (index, (own, other)) in flags.iter().enumerate() {
            assert_eq!(own, other, "flag {index} of version {version}");
        }
        let names = |ours: &dyn std::fmt::Debug, theirs: &dyn std::fmt::Debug, names: &[(&str, &str)]| {
            let pair = (format!("{ours:?}"), format!("{theirs:?}"));
            let theirs = pair.1.split('(').next().unwrap_or_default();
            assert!(names.contains(&(pair.0.as_str(), theirs)), "{pair:?} of version {version}");
        };
        names(&ours.disposition, &theirs.disposition, &[("Stable", "Stable")]);
        let ids = [("ServerName", "V1"), ("Base64", "V2"), ("UrlSafeBase64", "V3")];
        names(&ours.event_id_format, &theirs.event_id_format, &ids);
        names(&ours.room_id_format, &theirs.room_id_format, &[("ServerName", "V1"), ("CreateEventHash", "V2")]);
        let references = [("WithHashes", "V1"), ("EventIds", "V2")];
        names(&ours.events_reference_format, &theirs.events_reference_format, &references);
        names(&ours.state_res, &theirs.state_res, &[("V1", "V1"), ("V2", "V2"), ("V2_1", "V2")]);
    }
}

#[test]
fn redacted_event_is_in_the_place_of_the_room_version() {
    let event = json!({"type": "m.room.redaction", "redacts": "$old", "content": {"redacts": "$new"}});
    for (_, ours, theirs) in &versions() {
        let expected = if theirs.redaction.content_field_redacts { "$new" } else { "$old" };
        assert_eq!(redacted_event_id(event.as_object().expect("an event"), &ours.redaction), Some(expected));
    }
}
