//! The API for tools: positions, ranges, the trait of event enums, and the metadata of fields.

use matrix_events::inspect::{inspect, Place};
use matrix_events::schema::{self, Event, Field, Kind, SchemaVariant};
use matrix_events::tools::{Checker, Origin};
use matrix_events::validate::{Level, Rule, Validator};
use matrix_events::{event_of_kind, from_str, locate, AnyTimelineEvent, Position};
use serde_json::{json, Value};
use spec_tests::mutate::{below, removed, replaced, with_unknown_key, wrong_values};
use spec_tests::spec::output;

/// Returns the line and the column of an offset.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    (before.matches('\n').count() + 1, before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1)
}

#[test]
fn syntax_errors_of_incomplete_texts_have_positions() {
    let mut checked = 0;
    for example in &output().examples {
        let text = serde_json::to_string_pretty(&example.value).expect("a value").replace("example", "exämple");
        for (at, _) in text.char_indices().step_by(17).skip(1) {
            for cut in [text[..at].to_owned(), format!("{}\u{1}{}", &text[..at], &text[at..])] {
                let report = Validator::new().validate(cut.as_bytes());
                let [violation] = report.violations() else { panic!("{cut}: {report}") };
                assert_eq!(violation.rule(), Rule::Syntax, "{cut}");
                let position = violation.position().expect("a position");
                let Position { line, column, offset, .. } = position;
                assert_eq!((line, column), line_and_column(&cut, offset), "{cut}");
                assert_eq!(serde_json::to_value(violation).expect("JSON")["position"]["offset"], offset);
                let error = from_str::<AnyTimelineEvent>(&cut).expect_err("no JSON");
                let at = line_and_column(&cut, error.position().offset);
                assert_eq!((error.line(), error.column()), at, "{cut}");
                checked += 1;
            }
        }
    }
    assert!(checked > 5_000, "{checked}");
}

#[test]
fn position_of_invalid_utf8_counts_characters() {
    let report = matrix_events::validate(b"{\n \"\xc3\xbc\": \"\xff\"}");
    let position = report.violations()[0].position().expect("a position");
    assert_eq!((position.line, position.column, position.offset), (2, 8, 10));
}

#[test]
fn ranges_of_findings_are_keys_or_values() {
    let checker = Checker::new(Level::Lint);
    let mut findings = 0;
    for example in &output().examples {
        let origin = if example.is_edu { Origin::Edu } else { Origin::Alone };
        for pointer in below(&example.value) {
            let wrong = wrong_values().into_iter().map(|wrong| replaced(&example.value, &pointer, wrong));
            let changed = wrong.chain([removed(&example.value, &pointer), with_unknown_key(&example.value, &pointer)]);
            for value in changed {
                let text = serde_json::to_string_pretty(&value).expect("a value");
                for finding in checker.check(&text, origin).findings {
                    let range = finding.range(&text);
                    let marked = text.get(range.clone()).unwrap_or_else(|| panic!("{range:?} in {text}"));
                    let location = locate(&text, &finding.pointer).expect("the place of a finding");
                    let whole = &text[location.value];
                    let is_key = location.key.is_some_and(|key| text[key] == *marked);
                    assert!(
                        is_key || marked == whole || (marked.len() == 1 && whole.starts_with(marked)),
                        "{finding:?}"
                    );
                    findings += 1;
                }
            }
        }
    }
    assert!(findings > 10_000, "{findings}");
}

#[test]
fn events_deserialize_by_each_of_their_kinds() {
    let mut checked = 0;
    for example in &output().examples {
        let known = if example.is_edu { schema::edu(&example.event_type) } else { schema::event(&example.event_type) };
        for kind in known.map_or([].as_slice(), |known| known.kinds) {
            let text = example.value.to_string();
            let event = event_of_kind(*kind, &text).expect("an event");
            let shown = format!("{kind}: {text}");
            assert_eq!(event.known_type(), known.map(|known| known.event_type), "{shown}");
            assert!(event.malformed_reason().is_none() && event.invalid_fields().is_empty(), "{shown}");
            assert_eq!(event.content_json(), example.value["content"], "{shown}");
            assert_eq!(serde_json::from_str::<Value>(&event.to_json()).expect("JSON"), example.value, "{shown}");
            let of_type = example.value.get("type").or(example.value.get("edu_type")).and_then(Value::as_str);
            assert_eq!(Some(event.event_type()), of_type, "{shown}");
            assert_eq!(event.sender(), example.value["sender"].as_str(), "{shown}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
    let malformed = event_of_kind(Kind::State, r#"{"type": "m.room.member", "state_key": "", "content": {}}"#);
    assert_eq!(malformed.map(|event| event.variant_name()).ok(), Some("Malformed"));
    assert!(event_of_kind(Kind::State, "7").is_err());
}

#[test]
fn inspection_serializes_as_the_program_prints_it() {
    let text = r#"{"type": "m.room.member", "state_key": "@a:b.c", "content": {"membership": "join", "displayname": 7, "x": 1}}"#;
    let found = inspect(text, Place::SyncState).expect("an event");
    let expected = json!({
        "enum": "AnySyncStateEvent", "variant": "RoomMember", "known_type": "m.room.member", "redacted": false, "reason": null,
        "invalid_fields": [{"pointer": "/content/displayname", "value": 7}], "unknown_fields": ["/content/x"], "aliases": [],
    });
    assert_eq!(serde_json::to_value(&found).expect("JSON"), expected);
}

/// Calls a function for each field of a schema, at all levels.
fn each_field(field: &Field, depth: usize, visit: &mut dyn FnMut(&Field)) {
    visit(field);
    if depth < 8 {
        field.properties(Level::Strict).chain(field.elements()).for_each(|one| each_field(&one, depth + 1, visit));
        field.alternatives().for_each(|one| each_field(&one, depth + 1, visit));
    }
}

fn variants(event: &'static Event) -> impl Iterator<Item = &'static SchemaVariant> {
    std::iter::once(&event.base).chain(event.variants)
}

#[test]
fn metadata_of_fields_is_that_of_the_schema() {
    let (mut patterns, mut limits, mut alternatives) = (0, 0, 0);
    for variant in schema::events().chain(schema::edus()).flat_map(variants) {
        let event = variant.event_field();
        let names: Vec<&str> = event.fields().map(|field| field.name).collect();
        assert!(names.contains(&"content"), "{}: {names:?}", variant.file);
        each_field(&event, 0, &mut |field| {
            let schema = field.json_schema();
            let found: Vec<&str> = field.patterns().collect();
            if let [one] = found.as_slice() {
                assert_eq!(schema["pattern"], *one);
            }
            for (keyword, limit) in field.limits() {
                assert_eq!(schema[keyword].as_f64(), Some(limit), "{keyword} in {schema}");
            }
            let choices = schema["allOf"].as_array().into_iter().flatten();
            let all: usize = choices
                .flat_map(|choice| ["oneOf", "anyOf"].map(|keyword| choice[keyword].as_array().map_or(0, Vec::len)))
                .sum();
            assert_eq!(field.alternatives().count(), all, "{schema}");
            patterns += found.len();
            limits += field.limits().len();
            alternatives += all;
        });
    }
    assert!(patterns > 100 && limits > 2 && alternatives > 3, "{patterns} {limits} {alternatives}");
}

#[test]
fn variant_of_an_event_is_that_of_its_schema() {
    let mut variants = 0;
    for example in output().examples.iter().filter(|example| !example.is_edu) {
        let Some(known) = schema::event(&example.event_type) else { continue };
        let variant = known.variant_of(&example.value);
        let value = known.discriminator.and_then(|name| example.value["content"][name].as_str());
        assert_eq!(variant.value, value.and_then(|value| known.variant(value)).map_or("", |variant| variant.value));
        if !variant.value.is_empty() {
            let schema = known.variant_schema(variant.value).expect("a variant");
            assert_eq!(schema.variant().map(|one| one.file), Some(variant.file));
            // The example of the schema of all methods lacks the fields of its method.
            if example.variant.is_some() {
                assert!(schema.with_envelope().is_valid(&example.value), "{}", example.value);
                variants += 1;
            }
        }
    }
    assert!(variants > 10, "{variants}");
}

#[test]
fn create_event_of_the_federation_can_lack_its_room_id_alone() {
    let create = json!({
        "type": "m.room.create", "state_key": "", "sender": "@mira:example.org", "origin_server_ts": 1, "depth": 1, "auth_events": [],
        "prev_events": [], "content": {"room_version": "12"}
    });
    let messages = |event: &Value, level| {
        let findings = Checker::new(level).check(&event.to_string(), Origin::Pdu).findings;
        findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    for level in [Level::Schema, Level::Strict, Level::Lint] {
        assert_eq!(messages(&create, level), Vec::<String>::new(), "{level:?}");
        let found = messages(&removed(&create, "/origin_server_ts"), level);
        assert!(found.iter().any(|message| message.contains("`origin_server_ts` is missing")), "{level:?}: {found:?}");
    }
}
