//! Comparison of the validators with an independent validator: equal verdicts and locations, on all schemas of all releases.

#[path = "validators/bytes.rs"]
mod bytes;
#[path = "validators/keywords.rs"]
mod keywords;
#[path = "validators/levels.rs"]
mod levels;
#[path = "validators/mutations.rs"]
mod mutations;
#[path = "validators/oracle.rs"]
mod oracle;
#[path = "validators/strict.rs"]
mod strict;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use matrix_events::schema::{self, Schema, Version};
use matrix_events::validate::{validate_value, Level, Validator};
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{parse_document, SCHEMAS};
use oracle::{event_of, Oracle};
use serde_json::Value;
use spec_tests::spec::{folder, from, read, releases, settings};
use spec_tests::tables;

/// Compares both validators on all mutations of all examples, and returns the number of mutations.
fn compare(tree: &Tree, name: &str) -> usize {
    let output = from(tree);
    let events = tables::events(&output.ir);
    let oracle =
        Oracle::new(&tree.input(&settings()), &output.read, output.ir.events.iter().map(|event| event.file.as_str()));
    let (mut compared, mut fewest) = (0, usize::MAX);
    for example in &output.examples {
        let event = event_of(&events, example);
        let validator = Validator::new().of(Schema::of_content(event, None).with_envelope());
        let mutations = mutations::of(&example.value);
        fewest = fewest.min(mutations.len());
        compared += mutations.len();
        for value in mutations {
            let expected = oracle.expected(event, &value);
            let report = validator.validate_value(&value);
            let ours: BTreeSet<String> = report.iter().map(|violation| violation.pointer().to_owned()).collect();
            assert_eq!(ours, expected, "{name}, {}: {value}\n{report}", example.file);
            assert_eq!(validator.is_valid(&value), expected.is_empty(), "{name}, {}: {value}", example.file);
            let from_text = validator.validate(value.to_string().as_bytes());
            assert_eq!(from_text, report, "{name}, {} from its text: {value}", example.file);
        }
    }
    assert!(fewest >= 60, "{name} has an example with {fewest} mutations");
    compared
}

#[test]
fn mutated_examples_have_the_violations_of_an_independent_validator() {
    let trees: Vec<_> = std::iter::once(folder("spec")).chain(releases()).collect();
    // Threads, because no other test takes longer.
    let compared: usize = thread::scope(|scope| {
        let compare = |tree: &Path| compare(&read(tree), &tree.display().to_string());
        let running: Vec<_> = trees.iter().map(|tree| scope.spawn(move || compare(tree))).collect();
        running.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic))).sum()
    });
    // README.md states the number for ten releases.
    assert!(trees.len() < 11 || compared > 200_000, "{compared} events");
    // The test harness hides what a passing test prints with `println!`.
    let _ = writeln!(std::io::stderr(), "validators: {compared} events compared, 0 disagreements");
}

// The examples are those of `spec/` and, if available, those of the same release.
#[test]
fn every_example_is_valid_unless_overrides_list_it() {
    let overrides = settings().overrides.text;
    let overrides = parse_document("overrides.yaml", overrides.as_bytes()).expect("the overrides are YAML").to_json();
    let entries = overrides["examples"].as_array().expect("a section of invalid examples");
    let known: BTreeSet<&str> = entries.iter().filter_map(|entry| entry["at"].as_str()).collect();
    let own = schema::release().expect("spec/ states its release").to_string();
    let releases = releases().into_iter().filter(|release| release.ends_with(&own));
    for tree in std::iter::once(folder("spec")).chain(releases) {
        let output = from(&read(&tree));
        let invalid = output.examples.iter().filter(|example| !validate_value(&example.value).is_valid());
        let invalid: BTreeSet<&str> = invalid.map(|example| example.file.as_str()).collect();
        assert_eq!(invalid, known, "{}", tree.display());
    }
}

#[test]
fn emitted_tables_equal_the_tables_of_spec() {
    let output = from(&read(&folder("spec")));
    let tables = tables::events(&output.ir);
    for example in &output.examples {
        let event = event_of(&tables, example);
        let validator = Validator::new().of(Schema::of_content(event, None).with_envelope());
        for value in mutations::of(&example.value) {
            // With another type, the event has another schema.
            let is_kept = |key: &str| value.get(key) == example.value.get(key);
            if is_kept("type") && is_kept("edu_type") {
                let places = |report: matrix_events::Report| -> Vec<_> {
                    report.iter().map(|one| (one.pointer().to_owned(), one.rule(), one.message().to_owned())).collect()
                };
                assert_eq!(places(validate_value(&value)), places(validator.validate_value(&value)), "{value}");
            }
        }
    }
}

#[test]
fn schema_place_of_every_violation_exists() {
    let tree = read(&folder("spec"));
    let output = from(&tree);
    let documents: BTreeMap<&str, Value> = tree
        .files
        .iter()
        .filter_map(|(name, bytes)| {
            let name = name.strip_prefix(SCHEMAS).map_or(name.as_str(), |name| name.trim_start_matches('/'));
            Some((name, parse_document(name, bytes).ok()?.to_json()))
        })
        .collect();
    let lint = Validator::new().level(Level::Lint).version(Version::new(1, 1));
    let (mut places, mut places_of_lint) = (BTreeSet::new(), BTreeSet::new());
    let check = |violation: &matrix_events::Violation, place: String, places: &mut BTreeSet<String>| {
        let (file, pointer) = place.split_once('#').expect("a file and a pointer");
        let stated = documents.get(file).and_then(|schema| schema.pointer(pointer));
        assert!(stated.is_some(), "{place} does not exist: {violation}");
        places.insert(place);
    };
    for example in &output.examples {
        for value in mutations::of(&example.value) {
            for violation in validate_value(&value).iter() {
                let place = violation.schema_place().unwrap_or_else(|| panic!("no schema place: {violation}"));
                check(violation, place, &mut places);
            }
            for violation in lint.validate_value(&value).iter() {
                if let Some(place) = violation.schema_place() {
                    check(violation, place, &mut places_of_lint);
                }
            }
        }
    }
    assert!(places.len() > 500, "{} places", places.len());
    assert!(places_of_lint.len() > 600, "{} places", places_of_lint.len());
}
