//! Validation of bytes: the report equals the report on the parsed value.

use matrix_events::validate::{Form, Level, Rule, Validator, Violation};
use proptest::prelude::*;
use serde_json::Value;
use spec_tests::spec::output;

const LEVELS: [Level; 3] = [Level::Schema, Level::Strict, Level::Lint];

fn assert_agreement(bytes: &[u8]) -> Result<(), TestCaseError> {
    let value: Result<Value, _> = serde_json::from_slice(bytes);
    for level in LEVELS {
        let validator = Validator::new().level(level).form(Form::Sync);
        let report = validator.validate(bytes);
        match &value {
            Ok(value) => {
                // Duplicate keys are not in the parsed value.
                let from_bytes = report.iter().filter(|one| one.rule() != Rule::DuplicateKey).map(of_value);
                let from_value = validator.validate_value(value);
                let expected: Vec<_> = from_value.iter().map(of_value).collect();
                prop_assert_eq!(from_bytes.collect::<Vec<_>>(), expected);
                prop_assert_eq!(validator.is_valid(value), from_value.is_valid());
            }
            Err(_) => prop_assert_eq!(report.violations()[0].rule(), Rule::Syntax),
        }
    }
    Ok(())
}

/// Returns a violation without the text of a number, which a parsed value does not have.
fn of_value(violation: &Violation) -> (Rule, String, String, Option<String>) {
    let message = if violation.rule() == Rule::CanonicalJson { "" } else { violation.message() };
    (violation.rule(), violation.pointer().to_owned(), message.to_owned(), violation.schema_place())
}

/// Returns the texts of the examples, and their texts with reversed keys.
fn texts() -> Vec<String> {
    fn reversed(value: &Value) -> String {
        match value {
            Value::Object(map) => {
                let members =
                    map.iter().rev().map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), reversed(value)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(" ,\n"))
            }
            Value::Array(list) => format!("[{}]", list.iter().map(reversed).collect::<Vec<_>>().join(",")),
            other => other.to_string(),
        }
    }
    let examples = output().examples.iter().map(|example| &example.value);
    examples.flat_map(|value| [value.to_string(), reversed(value)]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_have_the_report_of_their_value(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        assert_agreement(&bytes)?;
    }

    #[test]
    fn replaced_part_of_an_example_has_the_report_of_its_value(
        text in prop::sample::select(texts()),
        start in any::<prop::sample::Index>(),
        length in 0_usize..12,
        piece in prop::sample::select(vec![
            "", "0", "-0", "1.0", "1e400", "\"", "{", "}", "[", "]", ",", ":", "null", "{}", "\\u0000", "\\ud800", "\u{1}", "é",
            "\"type\":\"m.room.message\",", "\"msgtype\":\"m.image\",", "\"content\":{},", "\"body\":7,", "\"room_id\":1,",
        ]),
    ) {
        let bytes = text.as_bytes();
        let start = start.index(bytes.len());
        let end = (start + length).min(bytes.len());
        let mutated = [&bytes[..start], piece.as_bytes(), &bytes[end..]].concat();
        assert_agreement(&mutated)?;
    }

    #[test]
    fn duplicate_field_of_an_example_has_the_report_of_its_value(
        text in prop::sample::select(texts()),
        member in prop::sample::select(vec![
            "\"type\":\"m.room.message\"", "\"type\":7", "\"content\":{\"body\":\"\",\"msgtype\":\"m.text\"}", "\"content\":[]",
            "\"msgtype\":\"m.file\"", "\"method\":\"m.sas.v1\"", "\"method\":\"org.example\"", "\"sender\":\"@a:b.c\"", "\"x\":1",
        ]),
        place in any::<prop::sample::Index>(),
    ) {
        let places: Vec<usize> = text.char_indices().filter(|(_, character)| *character == '{').map(|(at, _)| at + 1).collect();
        let at = places[place.index(places.len())];
        let comma = if text[at..].trim_start().starts_with('}') { "" } else { "," };
        assert_agreement(format!("{}{member}{comma}{}", &text[..at], &text[at..]).as_bytes())?;
    }
}
