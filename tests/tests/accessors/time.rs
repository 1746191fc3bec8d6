//! Timestamps and durations as the types of `std::time`.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use matrix_events::call::invite::CallInviteEventContent;
use matrix_events::key::verification::request::KeyVerificationRequestEventContent;
use matrix_events::room::topic::RoomTopicEventContent;
use matrix_events::{time, AnySyncTimelineEvent, AnyTimelineEvent, StateEvent, SyncRoomEvent};
use serde_json::{json, Value};
use spec_tests::events::{event, round_trip, state_event, with};

const MILLISECOND: Duration = Duration::from_millis(1);

#[test]
fn milliseconds_convert_in_both_directions() {
    for (milliseconds, expected) in [
        (0, Some(UNIX_EPOCH)),
        (1, UNIX_EPOCH.checked_add(MILLISECOND)),
        (-1, UNIX_EPOCH.checked_sub(MILLISECOND)),
        (1_741_860_345_127, UNIX_EPOCH.checked_add(Duration::from_millis(1_741_860_345_127))),
    ] {
        assert_eq!(time::to_system_time(milliseconds), expected, "{milliseconds}");
        assert_eq!(expected.and_then(time::from_system_time), Some(milliseconds));
    }
    for milliseconds in [i64::MIN, i64::MIN + 1, -(1 << 53), 1 << 53, i64::MAX] {
        let time = time::to_system_time(milliseconds).and_then(time::from_system_time);
        assert!(time.is_none_or(|time| time == milliseconds), "{milliseconds}");
    }
    for (milliseconds, expected) in
        [(0, Some(Duration::ZERO)), (1500, Some(MILLISECOND * 1500)), (-1, None), (i64::MIN, None)]
    {
        assert_eq!(time::to_duration(milliseconds), expected, "{milliseconds}");
    }
    for (duration, expected) in [
        (Duration::ZERO, 0),
        (Duration::from_micros(1999), 1),
        (Duration::from_millis(1 << 62), 1 << 62),
        (Duration::MAX, i64::MAX),
    ] {
        assert_eq!(time::from_duration(duration), expected, "{duration:?}");
    }
}

#[test]
fn events_have_a_time_and_an_age() {
    let topic = state_event("m.room.topic", "", &json!({"topic": "Seedlings"}));
    let message = event("m.room.message", &json!({"msgtype": "m.text", "body": "Hi"}));
    let unknown = event("org.example.plan", &json!({}));
    for (timestamp, unsigned, time, age) in [
        (json!(1500), json!({"age": 20}), UNIX_EPOCH.checked_add(MILLISECOND * 1500), Some(MILLISECOND * 20)),
        (json!(-1), json!({"age": -20}), UNIX_EPOCH.checked_sub(MILLISECOND), None),
        (json!("soon"), json!({"age": "young"}), None, None),
        (Value::Null, Value::Null, None, None),
        (json!(1.5), json!({"age": 1.5}), None, None),
        (json!(0), json!(7), Some(UNIX_EPOCH), None),
    ] {
        for base in [&topic, &message, &unknown] {
            let json = with(with(base.clone(), "origin_server_ts", timestamp.clone()), "unsigned", unsigned.clone());
            let any: AnyTimelineEvent = round_trip(&json);
            assert_eq!((any.sent_at(), any.age()), (time, age), "{json}");
            let any: AnySyncTimelineEvent = round_trip(&json);
            assert_eq!((any.sent_at(), any.age()), (time, age), "{json}");
        }
        let json = with(with(topic.clone(), "origin_server_ts", timestamp), "unsigned", unsigned);
        let event: StateEvent<RoomTopicEventContent> = round_trip(&json);
        assert_eq!((event.sent_at(), event.age()), (time, age), "{json}");
    }
}

#[test]
fn call_invite_has_a_remaining_lifetime() {
    for (lifetime, age, expected) in [
        (60_000, json!(45_000), Some(15_000)),
        (60_000, json!(60_000), Some(0)),
        (60_000, json!(90_000), Some(0)),
        (60_000, json!(-5), Some(60_000)),
        (60_000, Value::Null, Some(60_000)),
        (-1, json!(0), None),
    ] {
        let content = json!({
            "call_id": "c1", "version": "1", "party_id": "p1", "lifetime": lifetime, "offer": {"type": "offer", "sdp": "v=0"},
        });
        let json = with(event("m.call.invite", &content), "unsigned", json!({ "age": age }));
        let invite: SyncRoomEvent<CallInviteEventContent> = round_trip(&json);
        assert_eq!(invite.remaining_lifetime(), expected.map(Duration::from_millis), "{json}");
    }
}

/// <https://spec.matrix.org/latest/client-server-api/#mkeyverificationrequest>
#[test]
fn verification_request_is_recent_for_ten_minutes() {
    const MINUTE: i64 = 60_000;
    let now = 1_741_860_345_127;
    for (timestamp, expected) in [
        (json!(now), true),
        (json!(now - 10 * MINUTE), true),
        (json!(now - 10 * MINUTE - 1), false),
        (json!(now + 5 * MINUTE), true),
        (json!(now + 5 * MINUTE + 1), false),
        (json!(i64::MIN), false),
        (json!(i64::MAX), false),
        (Value::Null, false),
        (json!("soon"), false),
    ] {
        let request =
            json!({"from_device": "GARDEN", "methods": ["m.sas.v1"], "transaction_id": "t1", "timestamp": timestamp});
        let request: KeyVerificationRequestEventContent = round_trip(&request);
        let now: SystemTime = time::to_system_time(now).expect("a time");
        assert_eq!(request.is_recent(now), expected, "{timestamp}");
    }
}

/// Returns the fields of emitted types whose description has milliseconds, as `Type.field`.
fn fields_in_milliseconds(folder: &Path, fields: &mut BTreeSet<String>) {
    for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            fields_in_milliseconds(&path, fields);
            continue;
        }
        let file = syn::parse_file(&std::fs::read_to_string(&path).expect("a file")).expect("Rust code");
        for item in file.items {
            let syn::Item::Struct(item) = item else { continue };
            for field in &item.fields {
                let is_documentation = |attribute: &&syn::Attribute| attribute.path().is_ident("doc");
                let text = |attribute: &syn::Attribute| match &attribute.meta {
                    syn::Meta::NameValue(meta) => match &meta.value {
                        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => text.value(),
                        _ => String::new(),
                    },
                    _ => String::new(),
                };
                let text: String = field.attrs.iter().filter(is_documentation).map(text).collect();
                if text.contains("milliseconds") {
                    let name = field.ident.as_ref().expect("a name");
                    fields.insert(format!("{}.{name}", item.ident));
                }
            }
        }
    }
}

/// The fields with methods that do more than a conversion.
const OTHER_METHODS: [&str; 7] = [
    // `sent_at`
    "RoomEvent.origin_server_ts",
    "SyncRoomEvent.origin_server_ts",
    "StateEvent.origin_server_ts",
    "SyncStateEvent.origin_server_ts",
    "Pdu.origin_server_ts",
    "StatePdu.origin_server_ts",
    // `CallMembership::expires_at`
    "LegacyMembershipData.expires_ts",
];

#[test]
fn all_fields_in_milliseconds_have_a_method() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    let mut fields = BTreeSet::new();
    fields_in_milliseconds(&source.join("events"), &mut fields);
    assert!(fields.len() >= 39, "{fields:?}");
    let text = std::fs::read_to_string(source.join("ext/time.rs")).expect("a file");
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let rows = text.lines().map(words).filter_map(|words| {
        let at = words.iter().position(|word| word == "as")?;
        let name = words.get(at.checked_sub(3)?)?.strip_suffix(':')?.rsplit("::").next()?.to_owned();
        // The first lines are the patterns of the macros.
        (!name.starts_with('$')).then(|| format!("{name}.{}", words[at - 1]))
    });
    let methods: BTreeSet<String> = rows.chain(OTHER_METHODS.map(str::to_owned)).collect();
    assert_eq!(
        fields.symmetric_difference(&methods).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "add a row to ext/time.rs"
    );
}
