//! Round trips of the examples and of mutated examples.

use matrix_events_codegen::ir::Event;
use serde_json::{json, Value};
use spec_tests::mutate::{below, objects, removed, replaced, with_unknown_key, wrong_values};
use spec_tests::places::{places, Place};
use spec_tests::spec::{cases, output};
use spec_tests::Case;

/// Collects all failures, so that a test reports more than the first one.
#[derive(Default)]
struct Failures(Vec<String>);

impl Failures {
    /// Adds a failure if the value does not round-trip.
    fn identical(&mut self, case: &Case, what: &str, value: &Value) {
        match (case.through)(&value.to_string()) {
            Ok(written) if written == *value => {}
            Ok(written) => self
                .0
                .push(format!("{} as {}, {what}:\n  read    {value}\n  written {written}", case.example, case.name)),
            Err(error) => self.0.push(format!("{} as {}, {what}: {error}\n  {value}", case.example, case.name)),
        }
    }

    /// Adds a failure if the value deserializes but does not round-trip.
    fn identical_if_read(&mut self, case: &Case, what: &str, value: &Value) {
        if (case.through)(&value.to_string()).is_ok() {
            self.identical(case, what, value);
        }
    }

    fn check(self, tried: usize) {
        assert!(tried > 0, "no case");
        assert!(self.0.is_empty(), "{} of {tried} failed:\n{}", self.0.len(), self.0.join("\n"));
    }
}

fn event_of(case: &Case) -> &'static Event {
    let of_schema = |event: &&Event| event.file == case.schema && case.name.contains(&format!("<{}>", event.content.1));
    output().ir.events.iter().find(of_schema).unwrap_or_else(|| panic!("no event of {} for {}", case.schema, case.name))
}

fn places_of(case: &Case, example: &Value) -> Vec<Place> {
    let envelope = case.name.split('<').next().unwrap_or_default();
    places(&output().ir, event_of(case), envelope, example)
}

#[test]
fn every_example_round_trips() {
    let mut failures = Failures::default();
    let mut tried = 0;
    for (case, example) in cases() {
        tried += 1;
        failures.identical(case, "unchanged", example);
    }
    failures.check(tried);
}

#[test]
fn unknown_key_in_every_object_round_trips() {
    let mut failures = Failures::default();
    let mut tried = 0;
    for (case, example) in cases() {
        let mut everywhere = example.clone();
        for pointer in objects(example) {
            tried += 1;
            failures.identical(case, &format!("a key added at {pointer:?}"), &with_unknown_key(example, &pointer));
            everywhere = with_unknown_key(&everywhere, &pointer);
        }
        failures.identical(case, "a key added everywhere", &everywhere);
    }
    failures.check(tried);
}

#[test]
fn absent_null_and_empty_optional_fields_round_trip() {
    let mut failures = Failures::default();
    let mut tried = 0;
    for (case, example) in cases() {
        for place in places_of(case, example).iter().filter(|place| place.optional) {
            tried += 1;
            failures.identical(case, &format!("without {}", place.pointer), &removed(example, &place.pointer));
            for empty in [Value::Null, json!(""), json!([]), json!({})] {
                let what = format!("{empty} at {}", place.pointer);
                failures.identical(case, &what, &replaced(example, &place.pointer, empty));
            }
        }
    }
    failures.check(tried);
}

#[test]
fn unlisted_enum_value_round_trips() {
    let mut failures = Failures::default();
    let mut tried = 0;
    for (case, example) in cases() {
        for place in places_of(case, example).iter().filter(|place| place.known_values) {
            let pointers = match example.pointer(&place.pointer) {
                Some(Value::Array(list)) => (0..list.len()).map(|index| format!("{}/{index}", place.pointer)).collect(),
                _ => vec![place.pointer.clone()],
            };
            for pointer in pointers {
                tried += 1;
                let unknown = replaced(example, &pointer, json!("org.example.unlisted"));
                failures.identical(case, &format!("an unlisted value at {pointer}"), &unknown);
            }
        }
    }
    failures.check(tried);
}

#[test]
fn optional_field_of_another_type_round_trips() {
    let mut failures = Failures::default();
    let mut tried = 0;
    for (case, example) in cases() {
        for place in places_of(case, example).iter().filter(|place| place.optional) {
            for wrong in wrong_values() {
                tried += 1;
                let what = format!("{wrong} at {}", place.pointer);
                failures.identical(case, &what, &replaced(example, &place.pointer, wrong));
            }
        }
    }
    failures.check(tried);
}

#[test]
fn any_accepted_mutation_round_trips() {
    let mut failures = Failures::default();
    let mut tried = 0;
    for (case, example) in cases() {
        for pointer in below(example) {
            for wrong in wrong_values() {
                tried += 1;
                let what = format!("{wrong} at {pointer}");
                failures.identical_if_read(case, &what, &replaced(example, &pointer, wrong));
            }
            failures.identical_if_read(case, &format!("without {pointer}"), &removed(example, &pointer));
        }
    }
    failures.check(tried);
}
