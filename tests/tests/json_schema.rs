//! The JSON Schema of an event type, including its variants, gives the same verdicts as the validator.

use std::collections::BTreeMap;

use matrix_events::schema;
use serde_json::Value;
use spec_tests::mutate::{below, removed, replaced, wrong_values};
use spec_tests::spec::output;

#[test]
fn json_schema_gives_the_verdict_of_the_validator() {
    let mut documents = BTreeMap::new();
    let mut verdicts = [0, 0];
    for example in output().examples.iter().map(|example| &example.value) {
        let Some(event) = example["type"].as_str().and_then(schema::event) else { continue };
        let (schema, document) = documents.entry(event.event_type).or_insert_with(|| {
            let document = event.schema().json_schema();
            (event.schema(), jsonschema::draft202012::new(&document).unwrap_or_else(|error| panic!("{error}")))
        });
        for candidate in candidates(example) {
            let ours = schema.is_valid(&candidate);
            assert_eq!(document.is_valid(&candidate), ours, "{candidate}");
            verdicts[usize::from(ours)] += 1;
        }
    }
    assert!(verdicts.iter().all(|count| *count > 500), "not enough of each verdict: {verdicts:?}");
}

/// Returns the example, and its mutations: each value removed, and each value replaced.
fn candidates(example: &Value) -> Vec<Value> {
    let mut candidates = vec![example.clone()];
    for pointer in below(example) {
        candidates.push(removed(example, &pointer));
        candidates.extend(wrong_values().into_iter().map(|wrong| replaced(example, &pointer, wrong)));
    }
    candidates
}
