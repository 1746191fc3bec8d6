//! The levels `Strict` and `Lint`: a test for each rule, with valid and invalid events.

use std::collections::BTreeMap;

use matrix_events::room::message::{RoomMessageEventContent, TextMessageEventContent};
use matrix_events::schema::{self, Version};
use matrix_events::validate::{validate_value, Form, Level, Rule, Validator};
use matrix_events::{AnyEdu, AnyTimelineEvent, EventContent};
use serde_json::{json, Value};
use spec_tests::events::{event, with};
use spec_tests::mutate::{below, replaced};
use spec_tests::spec::output;

use crate::mutations;

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

/// An event, with the places that level Strict alone rejects.
type OfProse = (Value, &'static [(&'static str, Rule)]);

fn relations_and_mentions() -> Vec<OfProse> {
    let text = |content: Value| message(content);
    vec![
        (
            text(json!({"m.mentions": [], "m.relates_to": {"rel_type": 5, "event_id": 7}, "m.new_content": "no"})),
            &[
                ("/content/m.mentions", Rule::Type),
                ("/content/m.new_content", Rule::Type),
                ("/content/m.relates_to/event_id", Rule::Type),
                ("/content/m.relates_to/rel_type", Rule::Type),
            ],
        ),
        (
            text(json!({"m.mentions": {"user_ids": ["@joel:example.org", "@"]}})),
            &[("/content/m.mentions/user_ids/1", Rule::Format)],
        ),
        (
            text(json!({"m.new_content": {"msgtype": "m.image", "body": "a", "m.mentions": {"room": 1}}})),
            &[("/content/m.new_content/m.mentions/room", Rule::Type)],
        ),
        (
            text(json!({"m.new_content": {"msgtype": "m.location", "body": "a"}})),
            &[("/content/m.new_content", Rule::Required)],
        ),
        (text(json!({"m.relates_to": {"rel_type": "m.replace", "event_id": "$e"}})), &[("/content", Rule::Required)]),
        (
            event(
                "m.sticker",
                &json!({"body": "", "url": "mxc://a/b", "info": {}, "m.relates_to": {"rel_type": "m.replace", "event_id": "$e"}, "m.new_content": {}}),
            ),
            &[("/content/m.new_content", Rule::Required); 3],
        ),
        (
            event(
                "m.room.encrypted",
                &json!({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "A", "m.relates_to": {"rel_type": "m.replace", "event_id": "$e"}}),
            ),
            &[],
        ),
        (
            text(json!({"m.relates_to": {"m.in_reply_to": {"event_id": 5}}})),
            &[("/content/m.relates_to/m.in_reply_to/event_id", Rule::Type)],
        ),
        (text(json!({"m.relates_to": {"m.in_reply_to": {"event_id": "$e"}}})), &[]),
    ]
}

fn reactions_files_and_unsigned() -> Vec<OfProse> {
    let text = |content: Value| message(content);
    let with_unsigned = |unsigned: Value| with(message(json!({})), "unsigned", unsigned);
    let reaction = |content: Value| event("m.reaction", &content);
    vec![
        (reaction(json!({})), &[("/content", Rule::Required)]),
        (reaction(json!({"m.relates_to": {}})), &[("/content/m.relates_to", Rule::Required); 3]),
        (
            with_unsigned(json!({"m.relations": {"m.thread": {"count": "2"}, "m.reference": {"chunk": [{}]}}})),
            &[
                ("/unsigned/m.relations/m.reference/chunk/0", Rule::Required),
                ("/unsigned/m.relations/m.thread", Rule::Required),
                ("/unsigned/m.relations/m.thread", Rule::Required),
                ("/unsigned/m.relations/m.thread/count", Rule::Type),
            ],
        ),
        (
            with_unsigned(
                json!({"membership": "here", "redacted_because": 1, "prev_content": [], "transaction_id": 5}),
            ),
            &[
                ("/unsigned/membership", Rule::Enum),
                ("/unsigned/prev_content", Rule::Type),
                ("/unsigned/redacted_because", Rule::Type),
                ("/unsigned/transaction_id", Rule::Type),
            ],
        ),
        (text(json!({"msgtype": "m.file", "file": {"url": "mxc://a/b"}})), &[("/content/file", Rule::Required); 4]),
    ]
}

#[test]
fn members_of_the_prose_are_validated_from_level_strict_on() {
    for (value, wanted) in relations_and_mentions().into_iter().chain(reactions_files_and_unsigned()) {
        let wanted: Vec<_> = wanted.iter().map(|(pointer, rule)| at(pointer, *rule)).collect();
        assert_eq!(strict(&value), wanted, "{value}");
        assert_eq!(Validator::new().level(Level::Strict).is_valid(&value), wanted.is_empty(), "{value}");
        let event: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an event");
        assert_eq!(event.to_json_checked().is_ok(), wanted.is_empty(), "{value}");
    }
}

#[test]
fn place_of_a_member_that_only_the_settings_declare_is_none() {
    let value = message(json!({"m.relates_to": {"is_falling_back": 1, "rel_type": 2}}));
    let report = Validator::new().level(Level::Strict).validate_value(&value);
    let places: Vec<_> = report.iter().map(matrix_events::Violation::schema_place).collect();
    let declared = "api/client-server/definitions/m.relates_to.yaml#/properties/rel_type/type";
    assert_eq!(places, [None, Some(declared.to_owned())]);
}

/// An event type, its content, and the first place that level Strict rejects.
type Lenient = (&'static str, Value, Option<&'static str>);

/// Contents that the prose allows although the schemas do not, and similar contents that it does not allow.
fn allowed_by_prose() -> Vec<Lenient> {
    let call = |more: Value| {
        let mut content = json!({"call_id": "c", "version": 0});
        content.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
        content
    };
    let offer = json!({"lifetime": 1, "offer": {"type": "offer", "sdp": ""}});
    let level = |value: Value| json!({"ban": value, "users": {"@a:b": value}, "events": {"m.x": value}, "notifications": {"room": value}});
    vec![
        ("m.room.policy", json!({}), None),
        ("m.room.policy", json!({"via": 5}), Some("/content/via")),
        ("m.policy.rule.user", json!({}), None),
        ("m.policy.rule.room", json!({}), None),
        ("m.policy.rule.server", json!({}), None),
        ("m.policy.rule.server", json!({"entity": 5}), Some("/content/entity")),
        ("m.space.child", json!({}), None),
        ("m.space.parent", json!({}), None),
        ("m.space.parent", json!({"via": 5}), Some("/content/via")),
        ("m.room.third_party_invite", json!({}), None),
        ("m.room.name", json!({}), None),
        ("m.room.name", json!({"name": null}), None),
        ("m.room.name", json!({"name": ""}), None),
        ("m.room.name", json!({"name": 5}), Some("/content/name")),
        ("m.room.topic", json!({}), None),
        ("m.room.topic", json!({"topic": null}), None),
        ("m.room.canonical_alias", json!({"alias": null}), None),
        ("m.room.canonical_alias", json!({"alias": ""}), None),
        ("m.room.canonical_alias", json!({"alias": "x"}), Some("/content/alias")),
        ("m.room.power_levels", level(json!(" +50")), None),
        ("m.room.power_levels", level(json!("fifty")), Some("/content/ban")),
        ("m.call.invite", call(offer.clone()), None),
        (
            "m.call.invite",
            call(json!({"lifetime": 1, "offer": {"type": "offer", "sdp": ""}, "version": 7})),
            Some("/content/version"),
        ),
        ("m.call.answer", call(json!({"answer": {"type": "answer", "sdp": ""}})), None),
        ("m.call.candidates", call(json!({"candidates": []})), None),
        ("m.call.hangup", call(json!({})), None),
        ("m.call.reject", call(json!({})), None),
        (
            "m.key.verification.accept",
            json!({"key_agreement_protocol": "x", "hash": "x", "message_authentication_code": "x", "short_authentication_string": [], "commitment": "Zm8"}),
            None,
        ),
    ]
}

/// Contents that only existing rooms have.
fn seen_in_history() -> Vec<Lenient> {
    vec![
        ("m.sticker", json!({"body": "x", "url": "mxc://a/b"}), Some("/content")),
        ("m.sticker", json!({"body": "x", "info": {}}), Some("/content")),
        ("m.room.tombstone", json!({"replacement_room": "!r:b"}), Some("/content")),
        ("m.room.pinned_events", json!({"pinned": null}), Some("/content/pinned")),
        ("m.room.pinned_events", json!({}), Some("/content")),
        ("m.room.create", json!({"room_version": 6}), Some("/content/room_version")),
        ("m.room.image_pack", json!({}), Some("/content")),
        ("m.key.verification.cancel", json!({"code": "m.user"}), Some("/content")),
        ("m.room.encrypted", json!({"algorithm": "m.megolm.v1.aes-sha2"}), Some("/content")),
        ("m.call.hangup", json!({"call_id": "c"}), Some("/content")),
        ("m.room.message", json!({"body": "x"}), Some("/content")),
        (
            "m.room.message",
            json!({"msgtype": "m.key.verification.request", "from_device": "x", "methods": [], "to": "@a:b"}),
            Some("/content"),
        ),
    ]
}

#[test]
fn strict_accepts_what_the_prose_allows_and_rejects_what_history_contains() {
    for (event_type, content, rejected) in allowed_by_prose().into_iter().chain(seen_in_history()) {
        let is_state = schema::event(event_type).expect("a type").kinds.contains(&schema::Kind::State);
        let mut value = event(event_type, &content);
        if is_state {
            // The state key of these events is a room ID.
            let is_in_space = event_type.starts_with("m.space.");
            value["state_key"] = json!(if is_in_space { "!garden:example.org" } else { "" });
        }
        let report = Validator::new().level(Level::Strict).validate_value(&value);
        let first = report.violations().first().map(matrix_events::Violation::pointer);
        assert_eq!(first, rejected, "{value}\n{report}");
        assert!(!validate_value(&value).is_valid() || content["name"] == "", "{value}");
        let read: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an event");
        assert_eq!(read.to_json_checked().is_ok(), rejected.is_none(), "{value}");
    }
    // Fields of the envelope are lenient in types alone.
    for key in ["event_id", "origin_server_ts", "sender", "room_id"] {
        let mut value = message(json!({}));
        value.as_object_mut().expect("a map").remove(key);
        assert!(!Validator::new().level(Level::Strict).is_valid(&value), "{value}");
    }
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
fn number_is_shown_as_the_text_has_it() {
    let text = message(json!({"n": [0, 0, 0, {"m": 0}]})).to_string();
    let text = text.replace(r#"[0,0,0,{"m":0}]"#, r#"[-0, 1e2, 9007199254740993, {"m":1.50, "m":2.0}]"#);
    let report = Validator::new().level(Level::Strict).validate(text.as_bytes());
    let shown: Vec<_> = report.iter().filter(|one| one.rule() == Rule::CanonicalJson).map(|one| one.found()).collect();
    assert_eq!(shown, ["-0", "1e2", "9007199254740993", "2.0"]);
}

/// The rules that describe what a text has to be.
const GRAMMAR: [Rule; 4] = [Rule::Format, Rule::Pattern, Rule::PropertyNames, Rule::Length];

#[test]
fn malformed_identifier_is_reported_once() {
    let mut malformed = 0;
    for example in &output().examples {
        let long = format!("@{}:b", "a".repeat(300));
        for pointer in below(&example.value) {
            for text in ["", "@", "mira", "!", "$", "#a", long.as_str()] {
                let value = replaced(&example.value, &pointer, json!(text));
                let report = Validator::new().level(Level::Strict).validate_value(&value);
                let found = report.iter().filter(|one| one.pointer() == pointer && GRAMMAR.contains(&one.rule()));
                let count = found.count();
                assert!(count <= 1, "{value}\n{report}");
                malformed += count;
            }
        }
    }
    assert!(malformed > 1_000, "{malformed}");
    let pack = |key: &str| {
        with(event("m.room.image_pack", &json!({"images": {key: {"url": "mxc://a/b"}}})), "state_key", json!(""))
    };
    assert_eq!(found(Level::Strict, &pack("a b")), [at("/content/images", Rule::PropertyNames)]);
}

#[test]
fn event_of_an_aliased_type_is_validated_as_its_type_from_level_strict_on() {
    let mut compared = BTreeMap::new();
    for example in &output().examples {
        let known = example.value["type"].as_str().and_then(schema::event);
        for alias in known.iter().flat_map(|known| known.aliases_in_use) {
            let is_of_type = |value: &Value| value["type"] == example.value["type"];
            for value in mutations::of(&example.value).into_iter().filter(is_of_type) {
                let aliased = with(value.clone(), "type", json!(alias));
                for level in [Level::Strict, Level::Lint] {
                    assert_eq!(found(level, &aliased), found(level, &value), "{aliased}");
                }
                let is_content = aliased["content"].is_object();
                assert!(!is_content || Validator::new().is_valid(&aliased), "{aliased}: level Schema has no such type");
                *compared.entry(*alias).or_insert(0) += 1;
            }
        }
    }
    let aliases = schema::events().flat_map(|known| known.aliases_in_use);
    aliases.for_each(|alias| assert!(compared.get(alias).is_some_and(|count| *count > 20), "{alias}: {compared:?}"));
    let unit = json!({"edu_type": "org.matrix.signing_key_update", "content": {"user_id": 5}});
    assert_eq!(found(Level::Strict, &unit), [at("/content/user_id", Rule::Type)]);
    let changed = |content: Value| event("org.matrix.call.sdp_stream_metadata_changed", &content);
    let found_in = |content: Value| found(Level::Strict, &changed(content));
    let streams = json!({"s": {"purpose": "m.usermedia"}});
    assert_eq!(
        found_in(json!({"call_id": 5, "party_id": "p", "version": "1", "sdp_stream_metadata": streams})),
        [at("/content/call_id", Rule::Type)]
    );
    let of_alias = json!({"call_id": "c", "party_id": "p", "version": "1", "sdp_stream_metadata": streams, "org.matrix.msc3077.sdp_stream_metadata": {"s": 1}});
    assert_eq!(
        found(Level::Lint, &changed(of_alias)),
        [at("/content/org.matrix.msc3077.sdp_stream_metadata/s", Rule::Type)]
    );
}

#[test]
fn lint_accepts_members_that_servers_add() {
    let mut value = message(json!({}));
    for name in ["age", "user_id", "prev_content", "replaces_state", "redacted_because"] {
        value[name] = json!(1);
    }
    value["unsigned"] = json!({"prev_sender": "@a:b", "redacted_by": "$e"});
    assert_eq!(found(Level::Lint, &value), []);
    value["content"]["user_id"] = json!(1);
    value["unsigned"]["user_id"] = json!(1);
    assert_eq!(
        found(Level::Lint, &value),
        [at("/content/user_id", Rule::Undeclared), at("/unsigned/user_id", Rule::Undeclared)]
    );
}

#[test]
fn invalid_key_is_reported_as_a_key() {
    use matrix_events::{AnyGlobalAccountDataEvent, PresenceEvent};

    let event: AnyGlobalAccountDataEvent =
        serde_json::from_str(r#"{"type": "m.ignored_user_list", "content": {"ignored_users": {"z": {}, "@a:b": 7}}}"#)
            .expect("a list");
    let fields = event.invalid_fields();
    let lines: BTreeMap<String, bool> = fields.iter().map(|one| (one.to_string(), one.is_key)).collect();
    let expected = [
        ("/content/ignored_users/@a:b: invalid value 7".to_owned(), false),
        ("/content/ignored_users/z: invalid key".to_owned(), true),
    ];
    assert_eq!(lines, BTreeMap::from(expected));
    let presence: PresenceEvent<matrix_events::presence::PresenceEventContent> =
        serde_json::from_str(r#"{"type": "m.presence", "sender": 5, "content": {"presence": "online"}}"#)
            .expect("a presence");
    assert_eq!(presence.sender, None);
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
    let validator = |form: Form| Validator::new().form(form);
    let topic = json!({"type": "m.room.topic", "content": {"topic": "Seedlings"}});
    assert!(validator(Form::InitialState).is_valid(&topic) && !validator(Form::ContentOnly).is_valid(&topic));
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

/// Returns the fields that each redaction keeps, of the types whose schemas require one
/// (<https://spec.matrix.org/v1.19/rooms/v1/#redactions>).
fn kept_by_redaction(event_type: &str) -> &'static [&'static str] {
    match event_type {
        "m.room.member" => &["membership"],
        "m.room.join_rules" => &["join_rule"],
        "m.room.history_visibility" => &["history_visibility"],
        _ => &[],
    }
}

#[test]
fn redacted_event_of_every_type_is_valid_without_the_fields_that_redaction_removes() {
    let because = event("m.room.redaction", &json!({"redacts": "$1"}));
    let mut invalid_by_schema = 0;
    for example in &output().examples {
        let known = example.value["type"].as_str().and_then(schema::event);
        if !known.is_some_and(schema::Event::is_room_event) {
            continue;
        }
        let event_type = example.value["type"].as_str().unwrap_or_default();
        let kept = kept_by_redaction(event_type);
        let mut value = with(example.value.clone(), "unsigned", json!({"redacted_because": because}));
        let content = value["content"].take();
        let content: serde_json::Map<_, _> = content
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| kept.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        value["content"] = Value::Object(content);
        let validator = Validator::new();
        for level in [Level::Strict, Level::Lint] {
            let report = validator.level(level).validate(value.to_string().as_bytes());
            assert!(report.is_valid() && report.is_redacted(), "{value}\n{report}");
        }
        let report = validator.validate_value(&value);
        assert!(report.is_valid() || report.is_redacted() && report.to_string().ends_with("the event is redacted"));
        invalid_by_schema += usize::from(!report.is_valid());
        let event: AnyTimelineEvent = serde_json::from_value(value.clone()).expect("an event");
        assert!(event.is_redacted() && event.to_json_checked().is_ok(), "{value}");

        let bare = with(value.clone(), "content", json!({}));
        assert_eq!(validator.level(Level::Strict).is_valid(&bare), kept.is_empty(), "{bare}");
        let other = with(value.clone(), "unsigned", json!({"redacted_because": "$1"}));
        assert!(!validator.validate_value(&other).is_redacted(), "{other}");
    }
    assert!(invalid_by_schema > 30, "{invalid_by_schema}");
}

#[test]
fn fields_that_a_redacted_event_still_has_are_validated() {
    let redacted = |content: Value| {
        let because = event("m.room.redaction", &json!({"redacts": "$1"}));
        with(message(content), "unsigned", json!({"redacted_because": because}))
    };
    assert_eq!(
        found(Level::Strict, &redacted(json!({"body": 5, "m.mentions": []}))),
        [at("/content/body", Rule::Type), at("/content/m.mentions", Rule::Type)]
    );
    let signed = json!({"membership": "join", "third_party_invite": {"signed": {"mxid": 5}}});
    let mut member = with(redacted(json!({})), "content", signed);
    (member["type"], member["state_key"]) = (json!("m.room.member"), json!("@a:b"));
    assert_eq!(found(Level::Strict, &member), [at("/content/third_party_invite/signed/mxid", Rule::Type)]);
    member.as_object_mut().expect("a map").remove("event_id");
    assert_eq!(found(Level::Strict, &member)[0], at("", Rule::Required));
    assert!(!Validator::new().validate_value(&json!([])).is_redacted());
}
