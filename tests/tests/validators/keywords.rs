//! The verdict on each keyword. The independent validator confirms the expected verdicts.

use std::collections::BTreeSet;

use matrix_events::schema::Schema;
use matrix_events::validate::Validator;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, Files, Input, Settings, Version, SCHEMAS};
use serde_json::{json, Value};
use spec_tests::tables;

use crate::oracle::Oracle;

/// The schema of a property `v`, and its values, each with the locations of its violations.
type Case = (&'static str, Vec<(Value, &'static [&'static str])>);

const HERE: &[&str] = &[""];
const VALID: &[&str] = &[];

fn of_types() -> Vec<Case> {
    vec![
        (
            "type: integer",
            vec![
                (json!(1), VALID),
                (json!(-1), VALID),
                (json!(1.0), VALID),
                (json!(1e300), VALID),
                (json!(18_446_744_073_709_551_615_u64), VALID),
                (json!(1.5), HERE),
                (json!("1"), HERE),
                (json!(null), HERE),
                (json!(true), HERE),
            ],
        ),
        ("type: number", vec![(json!(1), VALID), (json!(1.5), VALID), (json!("1"), HERE), (json!([1]), HERE)]),
        ("type: [string, 'null']", vec![(json!(""), VALID), (json!(null), VALID), (json!(0), HERE), (json!({}), HERE)]),
        ("type: boolean", vec![(json!(false), VALID), (json!(0), HERE), (json!("false"), HERE)]),
        ("description: anything", vec![(json!(null), VALID), (json!([{}]), VALID)]),
    ]
}

fn of_strings() -> Vec<Case> {
    vec![
        (
            "{type: string, enum: [a, b]}",
            vec![(json!("a"), VALID), (json!("A"), HERE), (json!(""), HERE), (json!(1), HERE)],
        ),
        (
            "{type: string, minLength: 2, maxLength: 3}",
            vec![
                (json!("ab"), VALID),
                (json!("äöü"), VALID),
                (json!("💧💧💧"), VALID),
                (json!("a"), HERE),
                (json!("abcd"), HERE),
                (json!(1), HERE),
            ],
        ),
        ("{type: string, pattern: '^@'}", vec![(json!("@"), VALID), (json!("a@"), HERE), (json!(""), HERE)]),
        ("{type: string, pattern: 'a+b?'}", vec![(json!("xaay"), VALID), (json!("ab"), VALID), (json!("b"), HERE)]),
        ("{type: string, pattern: '^$'}", vec![(json!(""), VALID), (json!("\n"), HERE), (json!(" "), HERE)]),
        (
            "{type: string, pattern: '^[A-Za-z0-9_-]{1,3}$'}",
            vec![(json!("a-Z"), VALID), (json!("abcd"), HERE), (json!("é"), HERE), (json!("abc\n"), HERE)],
        ),
        (
            "{type: string, format: mx-user-id}",
            vec![(json!("@a:b.c"), VALID), (json!("mira"), VALID), (json!(1), HERE)],
        ),
    ]
}

fn of_numbers_and_lists() -> Vec<Case> {
    vec![
        (
            "{type: integer, minimum: 0, maximum: 100}",
            vec![(json!(0), VALID), (json!(100), VALID), (json!(100.0), VALID), (json!(-1), HERE), (json!(101), HERE)],
        ),
        (
            "{type: array, items: {type: string}}",
            vec![(json!([]), VALID), (json!(["a"]), VALID), (json!(["a", 1, null]), &["/1", "/2"]), (json!({}), HERE)],
        ),
        (
            "{type: array, items: {type: string}, minItems: 1, maxItems: 2}",
            vec![
                (json!(["a"]), VALID),
                (json!([]), HERE),
                (json!(["a", "b", "c"]), HERE),
                (json!([1, "b", "c"]), &["", "/0"]),
            ],
        ),
    ]
}

fn of_objects() -> Vec<Case> {
    vec![
        (
            "{type: object, properties: {a: {type: string}, b: {}}, required: [a, b]}",
            vec![
                (json!({"a": "", "b": null}), VALID),
                (json!({"b": 1}), HERE),
                (json!({"a": 1}), &["", "/a"]),
                (json!([]), HERE),
            ],
        ),
        (
            "{type: object, additionalProperties: {type: integer}}",
            vec![(json!({"x": 1, "": 2}), VALID), (json!({"x": "1", "y~/z": null}), &["/x", "/y~0~1z"])],
        ),
        (
            "{type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}",
            vec![(json!({"a": "x", "b": 1}), VALID), (json!({"a": 1, "b": "x"}), &["/a", "/b"])],
        ),
        (
            "{type: object, patternProperties: {'^@': {type: string}}, additionalProperties: false}",
            vec![(json!({"@a": "x"}), VALID), (json!({"a": "x"}), HERE), (json!({"@a": 1}), &["/@a"])],
        ),
        (
            "{type: object, minProperties: 1, maxProperties: 2, additionalProperties: {type: string}}",
            vec![(json!({"a": ""}), VALID), (json!({}), HERE), (json!({"a": "", "b": "", "c": ""}), HERE)],
        ),
        (
            "{type: object, propertyNames: {type: string, maxLength: 2}, additionalProperties: {type: string}}",
            vec![(json!({"ab": ""}), VALID), (json!({"abc": ""}), HERE)],
        ),
    ]
}

fn of_combinations() -> Vec<Case> {
    vec![
        ("{oneOf: [{type: string}, {type: integer}]}", vec![(json!("a"), VALID), (json!(1), VALID), (json!(1.5), HERE)]),
        ("{anyOf: [{type: string}, {type: integer}]}", vec![(json!("a"), VALID), (json!(null), HERE)]),
        (
            "{type: object, allOf: [{type: object, properties: {a: {type: string}}, required: [a]}, {type: object, properties: {b: {type: integer}}}]}",
            vec![
                (json!({"a": "", "b": 1}), VALID),
                (json!({"b": "x"}), &["", "/b"]),
                (json!({"a": "", "b": 1, "c": []}), VALID),
            ],
        ),
    ]
}

const CORE: &str = "\
type: object
properties:
  type: {type: string}
  content: {type: object}
required: [type, content]
";

const CONFIG: &str = "\
envelopes:
- {name: ToDeviceEvent, kind: to-device, schema: core-event-schema/event.yaml, why: for one device}
kinds:
- {at: m.case, kinds: to-device, why: a test}
";

fn tree(schema: &str) -> Tree {
    let event = format!(
        "allOf:\n- $ref: core-event-schema/event.yaml\n- type: object\n  properties:\n    type: {{type: string, enum: [m.case]}}\n    \
         content: {{type: object, properties: {{v: {}}}}}\n",
        if schema.starts_with('{') { schema.to_owned() } else { format!("{{{schema}}}") }
    );
    let files = Files::from([
        (format!("{SCHEMAS}/core-event-schema/event.yaml"), CORE.as_bytes().to_vec()),
        (format!("{SCHEMAS}/m.case.yaml"), event.into_bytes()),
    ]);
    Tree { files, release: Some(Version { major: 1, minor: 19 }) }
}

#[test]
fn each_keyword_gives_the_verdict_of_json_schema() {
    let all = [of_types(), of_strings(), of_numbers_and_lists(), of_objects(), of_combinations()];
    for (schema, values) in all.into_iter().flatten() {
        let tree = tree(schema);
        let input = Input { files: &tree.files, settings: &Settings::new(CONFIG, ""), release: tree.release };
        let output = generate(&input).unwrap_or_else(|diagnostics| panic!("{schema}: {diagnostics}"));
        let events = tables::events(&output.ir);
        let validator = Validator::new().of(Schema::of_content(events[0], None).with_envelope());
        let file = "event-schemas/schema/m.case.yaml";
        let oracle = Oracle::new(&tree, &output.read, std::iter::once(file));
        for (value, places) in values {
            let event = json!({"type": "m.case", "content": {"v": value}});
            let expected: BTreeSet<String> = places.iter().map(|place| format!("/content/v{place}")).collect();
            assert_eq!(oracle.places(file, &event), expected, "wrong expectation: {schema}, {value}");
            for report in [validator.validate_value(&event), validator.validate(event.to_string().as_bytes())] {
                let found: BTreeSet<String> = report.iter().map(|one| one.pointer().to_owned()).collect();
                assert_eq!(found, expected, "{schema}, {value}\n{report}");
            }
        }
    }
}
