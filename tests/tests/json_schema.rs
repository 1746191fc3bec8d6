//! The JSON Schema documents give the same verdicts as the validators: of events, contents, ephemeral data units and bodies.

#[allow(dead_code)]
#[path = "validators/mutations.rs"]
mod mutations;
#[path = "json_schema/written.rs"]
mod written;

use std::collections::BTreeMap;
use std::io::Write;

use matrix_events::schema::{self, Body, Event, Kind, SchemaVariant};
use matrix_events::validate::{Level, Validator};
use matrix_events_codegen::PROPOSALS;
use serde_json::Value;
use spec_tests::cases::BODIES;
use spec_tests::mutate::{below, replaced, wrong_values};
use spec_tests::spec::output;

/// A schema that a document describes.
#[derive(Clone, Copy)]
enum Subject {
    Event(&'static Event),
    Content(&'static Event),
    Body(&'static Body),
}

impl Subject {
    /// Returns the path of the file that `matrix-events schemas` writes.
    fn name(self) -> String {
        let is_edu = |event: &Event| event.kinds.contains(&Kind::Edu);
        let (section, name) = match self {
            Self::Event(event) => (if is_edu(event) { "edus" } else { "events" }, event.event_type),
            Self::Content(event) => (if is_edu(event) { "edu-contents" } else { "contents" }, event.event_type),
            Self::Body(body) => ("bodies", body.name),
        };
        format!("{section}/{}.json", name.trim_end_matches(".*"))
    }

    fn json_schema(self) -> Value {
        match self {
            Self::Event(event) => event.schema().json_schema(),
            Self::Content(event) => event.content_schema().json_schema(),
            Self::Body(body) => body.json_schema(),
        }
    }

    fn is_valid(self, value: &Value) -> bool {
        match self {
            Self::Event(event) => event.schema().is_valid(value),
            Self::Content(event) => event.content_schema().is_valid(value),
            Self::Body(body) => Validator::new().level(Level::Schema).body(body).validate_value(value).is_valid(),
        }
    }
}

/// Returns the examples of all events, contents and bodies, each with its schema.
fn examples() -> Vec<(Subject, &'static Value)> {
    let mut found = Vec::new();
    for example in &output().examples {
        let is_meant = |event: &&Event| event.kinds.contains(&Kind::Edu) == example.is_edu;
        let mut events = schema::events().chain(schema::edus()).filter(is_meant);
        let event = events.find(|event| event.event_type == example.event_type);
        let event = event.unwrap_or_else(|| panic!("no event type for {}", example.file));
        found.push((Subject::Event(event), &example.value));
        if let Some(content) = example.value.get("content") {
            found.push((Subject::Content(event), content));
        }
    }
    for case in BODIES {
        let example = output().root_examples.iter().find(|example| example.file == case.case.example);
        let example = example.unwrap_or_else(|| panic!("{} is not an example of spec/", case.case.example));
        found.push((Subject::Body(case.body), &example.value));
    }
    found
}

/// Returns an example and its mutations.
fn candidates(example: &Value) -> Vec<Value> {
    let mut candidates = mutations::of(example);
    for pointer in below(example) {
        candidates.extend(wrong_values().into_iter().map(|wrong| replaced(example, &pointer, wrong)));
    }
    candidates
}

fn compiled(name: &str, document: &Value) -> jsonschema::Validator {
    jsonschema::draft202012::new(document).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn json_schema_gives_the_verdict_of_the_validator() {
    let mut documents = BTreeMap::new();
    let mut verdicts = [0, 0];
    for (subject, example) in examples() {
        let name = subject.name();
        let document = documents.entry(name.clone()).or_insert_with(|| compiled(&name, &subject.json_schema()));
        for candidate in candidates(example) {
            let ours = subject.is_valid(&candidate);
            assert_eq!(document.is_valid(&candidate), ours, "{name}: {candidate}");
            verdicts[usize::from(ours)] += 1;
        }
    }
    let _ = writeln!(std::io::stderr(), "json schema: {} documents, {verdicts:?} verdicts", documents.len());
    assert!(verdicts.iter().all(|count| *count > 20_000), "not enough of each verdict: {verdicts:?}");
    // Another package of the workspace can enable proposals, whose examples the generator then omits.
    let has_example = |file: &str| cfg!(feature = "unstable") || !file.starts_with(PROPOSALS);
    let events = schema::events().chain(schema::edus()).filter(|event| has_example(event.base.file));
    let bodies = schema::bodies().filter(|body| has_example(body.file));
    assert_eq!(documents.len(), 2 * events.count() + bodies.count(), "a document without an example");
}

impl Subject {
    /// Returns the variant that a value selects by the discriminator.
    fn variant(self, value: &Value) -> Option<&'static SchemaVariant> {
        let (event, content) = match self {
            Self::Event(event) => (event, value.get("content")?),
            Self::Content(event) => (event, value),
            Self::Body(_) => return None,
        };
        event.variant(content.get(event.discriminator?)?.as_str()?)
    }

    /// Returns the document of a variant.
    fn json_schema_of(self, variant: &SchemaVariant) -> Value {
        match self {
            Self::Content(_) => variant.content_json_schema(),
            Self::Event(_) | Self::Body(_) => variant.json_schema(),
        }
    }
}

/// The document of an event type selects the schema of a variant by the discriminator. The documents of the variant and of the base
/// give the same verdict.
#[test]
fn json_schema_of_a_variant_gives_the_verdict_of_the_event_type() {
    let mut tried = 0;
    for (subject, example) in examples() {
        let Some(variant) = subject.variant(example) else { continue };
        let document = compiled(variant.file, &subject.json_schema_of(variant));
        for candidate in candidates(example) {
            if subject.variant(&candidate).is_some_and(|other| other.value == variant.value) {
                assert_eq!(
                    document.is_valid(&candidate),
                    subject.is_valid(&candidate),
                    "{}: {candidate}",
                    variant.file
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 5_000, "{tried} events of variants");
}

/// Go and Rust have regular expressions without lookahead assertions. Python does not support the `[^]` of JavaScript.
#[test]
fn patterns_are_portable() {
    let mut patterns = 0;
    for (subject, _) in examples() {
        each_pattern(&subject.json_schema(), &mut |pattern| {
            regex::Regex::new(pattern).unwrap_or_else(|error| panic!("{}: {error}", subject.name()));
            assert!(!pattern.contains("[^]"), "{}: {pattern}", subject.name());
            patterns += 1;
        });
    }
    assert!(patterns > 500, "{patterns} patterns");
}

fn each_pattern(schema: &Value, visit: &mut impl FnMut(&str)) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("pattern", Value::String(pattern)) => visit(pattern),
                    ("patternProperties", Value::Object(patterns)) => patterns.keys().for_each(|one| visit(one)),
                    _ => {}
                }
                each_pattern(value, visit);
            }
        }
        Value::Array(list) => list.iter().for_each(|one| each_pattern(one, visit)),
        _ => {}
    }
}
