//! The bodies of responses: examples, mutated examples, and recorded responses of a homeserver.

#[allow(dead_code)]
#[path = "validators/mutations.rs"]
mod mutations;
#[allow(dead_code)]
#[path = "validators/oracle.rs"]
mod oracle;
#[path = "responses/recorded.rs"]
mod recorded;
#[path = "responses/streamed.rs"]
mod streamed;

use std::collections::BTreeSet;
use std::io::Write;

use matrix_events::__private::constraints::Step;
use matrix_events::responses::transactions::TransactionRequest;
use matrix_events::validate::{Level, Validator};
use matrix_events::AnyEphemeralData;
use matrix_events_codegen::Input;
use oracle::Oracle;
use serde_json::{json, Value};
use spec_tests::cases::BODIES;
use spec_tests::mutate::{below, objects, removed, replaced, with_unknown_key, wrong_values};
use spec_tests::spec::{folder, output, read, settings};
use spec_tests::BodyCase;

/// Returns the cases with their examples.
fn cases() -> impl Iterator<Item = (&'static BodyCase, &'static Value)> {
    BODIES.iter().map(|case| {
        let example = output().root_examples.iter().find(|example| example.file == case.case.example);
        (case, &example.unwrap_or_else(|| panic!("{} is not an example of spec/", case.case.example)).value)
    })
}

/// Returns the example with an unknown key in each object, without each value, and with values of wrong types in each place.
fn changes_of(example: &Value) -> Vec<Value> {
    let mut changed: Vec<Value> = objects(example).iter().map(|place| with_unknown_key(example, place)).collect();
    for pointer in below(example) {
        changed.push(removed(example, &pointer));
        changed.extend(wrong_values().into_iter().map(|wrong| replaced(example, &pointer, wrong)));
    }
    changed
}

/// Asserts that a value deserializes into the type of a case, and serializes to equal JSON.
fn assert_lossless(case: &BodyCase, value: &Value) {
    let name = case.case.name;
    match (case.case.through)(&value.to_string()) {
        Ok(written) => assert_eq!(written, *value, "{name}"),
        Err(error) => panic!("{name}: {error}: {value}"),
    }
}

#[test]
fn every_example_of_a_body_round_trips_and_is_strictly_valid() {
    let mut tried = 0;
    for (case, example) in cases() {
        tried += 1;
        assert_lossless(case, example);
        let invalid = (case.case.invalid)(&example.to_string());
        assert_eq!(invalid.as_deref(), Ok([].as_slice()), "{}", case.case.example);
        let report = Validator::new().level(Level::Strict).body(case.body).validate_value(example);
        assert!(report.is_valid(), "{}: {report}", case.case.example);
    }
    assert!(tried > 1, "{tried} examples");
}

#[test]
fn every_root_has_an_example() {
    let with_example: BTreeSet<&str> = BODIES.iter().map(|case| case.body.name).collect();
    let roots: BTreeSet<&str> = output().ir.roots.iter().map(|root| root.name.as_str()).collect();
    assert_eq!(with_example, roots);
}

#[test]
fn no_change_of_a_body_loses_a_value() {
    let mut tried = 0;
    for (case, example) in cases() {
        let changed = changes_of(example);
        changed.iter().for_each(|value| assert_lossless(case, value));
        tried += changed.len();
    }
    let _ = writeln!(std::io::stderr(), "responses: {tried} changed bodies, 0 lost");
    assert!(tried > 2000, "{tried} bodies");
}

#[test]
fn events_in_the_text_of_a_changed_body_are_those_of_the_deserialized_body() {
    let (mut bodies, mut events, mut others) = (0, 0, 0);
    for (case, example) in cases() {
        let Some(events_of) = case.events else {
            // A body without iterators has no events, or is an event.
            let is_event = case.body.events.iter().any(|place| place.path.is_empty());
            let count = case.body.events_in(example.to_string().as_bytes()).count();
            assert_eq!(count, usize::from(is_event), "{}", case.body.name);
            continue;
        };
        for value in std::iter::once(example.clone()).chain(changes_of(example)) {
            let built = events_of(&value.to_string()).unwrap_or_else(|error| panic!("{error}"));
            let found = streamed::assert_same(case.body, &value, built);
            (bodies, events, others) = (bodies + 1, events + found.0, others + found.1);
        }
    }
    let _ = writeln!(
        std::io::stderr(),
        "responses: {bodies} changed bodies with {events} events and {others} other values"
    );
    assert!(bodies > 2000 && events > 2000 && others > 200, "{bodies} bodies, {events} events, {others} others");
}

/// `EventTexts` requires that places with a common start are adjacent.
#[test]
fn places_with_a_common_start_are_adjacent() {
    for case in BODIES {
        let paths: Vec<Vec<String>> = case.body.events.iter().map(|place| steps(place.path)).collect();
        for (index, path) in paths.iter().enumerate() {
            for length in 0..path.len() {
                let has_start = |other: &&Vec<String>| other.starts_with(&path[..length]);
                let (first, count) =
                    (paths.iter().position(|other| has_start(&other)), paths.iter().filter(has_start).count());
                let range = first.map_or(0..0, |first| first..first + count);
                assert!(range.contains(&index), "{}: {path:?}", case.body.name);
            }
        }
    }
}

/// Returns the steps of a path as text.
fn steps(path: &[Step]) -> Vec<String> {
    path.iter().map(|step| format!("{step:?}")).collect()
}

/// One invalid field costs that field. The events that are not at the changed place stay typed.
#[test]
fn invalid_value_costs_only_its_field() {
    let mut tried = 0;
    for (case, example) in cases() {
        for pointer in below(example) {
            // An invalid member of an event can make the event malformed. Its report has another place.
            if is_in_event(case, example, &pointer) {
                continue;
            }
            let value = replaced(example, &pointer, json!({"org.example": [7]}));
            let invalid = (case.case.invalid)(&value.to_string()).unwrap_or_else(|error| panic!("{error}"));
            // An invalid element of a list in a list costs the inner list.
            let indexes = pointer.rsplit('/').take_while(|part| part.parse::<usize>().is_ok()).count();
            let is_list_of = |place: &String| {
                let below = pointer.strip_prefix(place.as_str()).map_or(0, |rest| rest.matches('/').count());
                indexes > 1 && (1..=indexes).contains(&below)
            };
            let is_below = |place: &String| place.starts_with(&pointer) || is_list_of(place);
            assert!(invalid.iter().all(is_below), "{}: {pointer}: {invalid:?}", case.case.example);
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried} places");
}

fn is_in_event(case: &BodyCase, example: &Value, pointer: &str) -> bool {
    recorded::events_in(case.body, example)
        .iter()
        .any(|(place, _)| pointer.strip_prefix(place.as_str()).is_some_and(|rest| rest.starts_with('/')))
}

/// An application service receives presence, and ephemeral events with the ID of their room, in one list.
#[test]
fn ephemeral_events_of_a_transaction_have_a_room_or_are_presence() {
    let typing = json!({"type": "m.typing", "room_id": "!beds:example.org", "content": {"user_ids": []}});
    let receipt = json!({"type": "m.receipt", "room_id": "!beds:example.org", "content": {"$1": {"m.read": {}}}});
    let presence = json!({"type": "m.presence", "sender": "@mira:example.org", "content": {"presence": "online"}});
    let unknown = json!({"type": "org.example.weather", "room_id": "!beds:example.org", "content": {}});
    let no_room = json!({"type": "m.typing", "content": {"user_ids": []}});
    let events = json!([typing, receipt, presence, unknown, no_room]);
    for name in ["ephemeral", "de.sorunome.msc2409.ephemeral"] {
        let request: TransactionRequest =
            matrix_events::from_str(&json!({"events": [], name: events}).to_string()).expect("a transaction");
        let events = request.ephemeral.as_ref().expect("a list");
        let events: Vec<_> = events.iter().map(|event| event.expect("an event")).collect();
        let [typing, receipt, presence, unknown, no_room] = events[..] else { panic!("{events:?}") };
        let AnyEphemeralData::Typing(typing) = typing else { panic!("{typing:?}") };
        let AnyEphemeralData::Receipt(receipt) = receipt else { panic!("{receipt:?}") };
        let AnyEphemeralData::Presence(presence) = presence else { panic!("{presence:?}") };
        assert_eq!([&typing.room_id, &receipt.room_id], ["!beds:example.org"; 2]);
        assert!(typing.extra.is_empty() && receipt.extra.is_empty() && presence.extra.is_empty());
        assert!(matches!(unknown, AnyEphemeralData::Unknown(_)), "{unknown:?}");
        let AnyEphemeralData::Malformed(no_room) = no_room else { panic!("{no_room:?}") };
        assert_eq!(no_room.reason().to_string(), "required property `room_id` is missing (line 1, column 1)");
    }
}

#[test]
fn verdicts_on_changed_bodies_are_those_of_an_independent_validator() {
    let tree = read(&folder("spec"));
    let settings = settings();
    let input: Input<'_> = tree.input(&settings);
    let places: BTreeSet<String> = BODIES.iter().map(|case| uri(case.body.file)).collect();
    let oracle = Oracle::new(&input, &output().read, places.iter().map(String::as_str));
    let mut compared = 0;
    for (case, example) in cases() {
        let schema = uri(case.body.file);
        let changed = mutations::of(example);
        compared += changed.len();
        for value in changed {
            let expected = oracle.places(&schema, &value);
            let report = case.body.validate_value(&value);
            let found: BTreeSet<String> = report.iter().map(|violation| violation.pointer().to_owned()).collect();
            assert_eq!(found, expected, "{}: {value}\n{report}", case.case.example);
            assert_eq!(case.body.is_valid(&value), expected.is_empty(), "{}: {value}", case.case.example);
            assert_eq!(case.body.validate(value.to_string().as_bytes()), report, "{}: {value}", case.case.example);
        }
    }
    let _ = writeln!(std::io::stderr(), "responses: {compared} bodies validated, 0 disagreements");
    assert!(compared > 5000, "{compared} bodies");
}

/// Encodes the pointer of a place as the fragment of a URI.
fn uri(place: &str) -> String {
    let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
    format!("{file}#{}", pointer.replace('{', "%7B").replace('}', "%7D"))
}

#[test]
fn events_in_a_body_are_validated_against_their_types_from_level_strict_on() {
    let mut tried = 0;
    for (case, example) in cases() {
        let strict = Validator::new().level(Level::Strict).body(case.body);
        for (place, event) in recorded::events_in(case.body, example) {
            // Each of these values is invalid for the content of an event, and for the event itself.
            for (pointer, value) in [(format!("{place}/content"), json!(7)), (place.clone(), json!([event]))] {
                let report = strict.validate_value(&replaced(example, &pointer, value));
                assert!(report.iter().any(|violation| violation.pointer() == pointer), "{pointer}: {report}");
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried} events");
}
