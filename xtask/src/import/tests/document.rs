//! Tests of documents.

use std::collections::BTreeSet;

use matrix_events_codegen::{parse_document, Node, Origin};

use crate::import::document::{check, compose, descriptions, references, required_descriptions, to_yaml, Descriptions};
use crate::import::Errors;
use crate::scratch::error_text;

fn parse(text: &str) -> Node {
    parse_document("a.yaml", text.as_bytes()).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Returns the text in spec/ for a document of the specification, without the first line.
fn imported(text: &str, ours: &str) -> String {
    let ours = if ours.is_empty() { Descriptions::new() } else { descriptions("a.yaml", &parse(ours)) };
    let text = to_yaml("a.yaml", &compose("a.yaml", &parse(text), &ours)).unwrap_or_default();
    text.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap_or_default()
}

#[test]
fn sentences_are_left_out_and_properties_with_such_names_kept() {
    let text = "description: Theirs.\nexample: {a: 1}\nx-weight: 60\nproperties:\n  description: {type: object, description: Theirs.}\n  \
        example: {type: string, example: x}\npatternProperties:\n  examples: {type: string, examples: [x]}\n";
    let expected = "properties:\n  description:\n    type: object\n  example:\n    type: string\npatternProperties:\n  examples:\n    type: string\n";
    assert_eq!(imported(text, ""), expected);
}

#[test]
fn versions_remain_text() {
    let text = "x-addedInMatrixVersion: 1.10\nx-changedInMatrixVersion:\n  1.10: Theirs.\n  \"1.2\": Theirs.\n";
    let expected = "x-addedInMatrixVersion: '1.10'\nx-changedInMatrixVersion:\n  '1.10': ''\n  '1.2': ''\n";
    assert_eq!(imported(text, ""), expected);
}

#[test]
fn our_descriptions_replace_theirs() {
    let theirs = "description: Theirs.\nx-changedInMatrixVersion: {'1.10': Theirs.}\nproperties:\n  a: {description: Theirs.}\n  \
        b: {$ref: b.yaml}\n  c: {description: Theirs.}\n";
    let ours = "description: |\n  Ours,\n  two lines.\nx-changedInMatrixVersion: {'1.10': Ours for 1.10.}\n\
        properties: {b: {description: Ours for b.}, a: {description: Ours for a.}, d: {description: Ours for d.}}\n";
    let expected = "description: |-\n  Ours,\n  two lines.\nx-changedInMatrixVersion:\n  '1.10': Ours for 1.10.\nproperties:\n  a:\n    \
        description: Ours for a.\n  b:\n    description: Ours for b.\n    $ref: b.yaml\n  c: {}\n";
    assert_eq!(imported(theirs, ours), expected);
}

#[test]
fn keywords_have_a_fixed_order_and_aliases_are_expanded() {
    let text = "zebra: 1\nrequired: [b, a]\ndefault: {z: 1, a: 2}\nproperties:\n  b: &b {maxLength: 1, enum: [y, x], type: string}\n  \
        a: *b\ntype: object\ntitle: A\n";
    let property = "type: string\n    enum:\n    - y\n    - x\n    maxLength: 1\n";
    let expected = format!(
        "title: A\ntype: object\nproperties:\n  b:\n    {property}  a:\n    {property}required:\n- b\n- a\ndefault:\n  z: 1\n  a: 2\nzebra: 1\n"
    );
    assert_eq!(imported(text, ""), expected);
}

#[test]
fn special_strings_and_numbers_survive_writing() {
    let special = ["1.10", "yes", "null", "", "~", "0x1F", "1e3", "- a", "a: b", "# a", "\u{7}", " a ", "a\n\n  b\n"];
    let strings = special.iter().map(|text| Node::String((*text).to_owned()));
    let floats = [1.0, -0.5, 1e300].into_iter().filter_map(serde_json::Number::from_f64);
    let numbers = [0.into(), (-1).into(), u64::MAX.into(), i64::MIN.into()].into_iter().chain(floats);
    let numbers = numbers.map(|number: serde_json::Number| Node::Number(number.into()));
    assert_eq!(error_text(to_yaml("a.yaml", &Node::List(strings.chain(numbers).collect()))), "");
}

#[test]
fn descriptions_are_required_where_the_structure_or_the_specification_has_them() {
    let event = "properties: {type: {enum: [m.a]}, content: {type: object}, state_key: {type: string}}";
    let members =
        "items: {properties: {}}\nadditionalProperties: {type: string}\npatternProperties: {^a: {properties: {}}}";
    let theirs = "allOf: [{description: A.}, {type: object}]\nx-changedInMatrixVersion: {'1.10': B., 1.2: C.}";
    for (file, text, expected) in [
        ("event-schemas/schema/m.a.yaml", event, vec!["", "/properties/state_key"]),
        ("api/a.yaml", event, vec!["", "/properties/type", "/properties/content", "/properties/state_key"]),
        ("api/a.yaml", "properties: {a: {$ref: a.yaml}, b: {allOf: [{$ref: a.yaml}]}}", vec!["", "/properties/b"]),
        ("api/a.yaml", members, vec!["", "/items", "/patternProperties/^a"]),
        ("api/a.yaml", theirs, vec!["", "/x-changedInMatrixVersion/1.10", "/x-changedInMatrixVersion/1.2", "/allOf/0"]),
    ] {
        let required = required_descriptions(file, &parse(text), &BTreeSet::new());
        assert_eq!(required.iter().map(|place| place.pointer.as_str()).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn malformed_schemas_and_unknown_text_are_errors() {
    for (text, expected) in [
        ("- a", "found a list"),
        ("properties: [a]", "found a list under `properties`"),
        ("properties: {a: 1}", "found a map under `properties`"),
        ("items: [{type: string}]", "found a list under `items`"),
        ("allOf: {$ref: a.yaml}", "found a map under `allOf`"),
        ("properties: {a: {$ref: 1}}", "/properties/a/$ref"),
        ("x-changedInMatrixVersion: '1.10'", "found a string under `x-changedInMatrixVersion`"),
        ("properties: {a: {x-note: Theirs.}}", "unknown keyword `x-note`"),
        ("items: {x-deprecatedReason: {description: Theirs.}}", "/items/x-deprecatedReason"),
        ("x-notes: [1, [Theirs.]]", "codegen/src/schema/keywords.rs"),
        ("x-flag: true\nproperties: {x-note: {const: a, default: b}, $ref: {items: {type: string}}, a: true}", ""),
    ] {
        let mut errors = Errors::default();
        check("a.yaml", &parse(text), &mut errors);
        let error = error_text(errors.finish(()));
        assert_eq!(error.is_empty(), expected.is_empty(), "{text}: {error}");
        assert!(error.contains(expected), "{text}: {error}");
    }
}

const DEFINITION: &str = "openapi: 3.1.0
info: {title: A, version: 1.0.0, description: Theirs.}
paths:
  /a/{b}:
    get:
      summary: A name
      description: Theirs.
      x-addedInMatrixVersion: 1.10
      parameters: [{in: path, name: b, description: Theirs., example: x, required: true, schema: {type: string, description: Theirs.}}]
      responses:
        '200': {description: Theirs., content: {application/json: {schema: {$ref: a.yaml, description: Theirs.}, examples: {}}}}
        '404': {description: Theirs., content: {application/json: {schema: {$ref: b.yaml}}}}
";

const BODY: &str = "/paths/~1a~1{b}/get/responses/200/content/application~1json/schema";

#[test]
fn facts_of_an_api_definition_are_imported_with_our_descriptions_of_schemas() {
    let ours = "openapi: 3.1.0\npaths: {'/a/{b}': {get: {responses: {'200': {content: {application/json: {schema: {description: Ours.}}}}}}}}\n";
    let expected = "openapi: 3.1.0\ninfo:\n  title: A\n  version: 1.0.0\npaths:\n  /a/{b}:\n    get:\n      summary: A name\n      \
        x-addedInMatrixVersion: '1.10'\n      parameters:\n      - in: path\n        name: b\n        required: true\n        schema:\n          \
        type: string\n      responses:\n        '200':\n          content:\n            application/json:\n              schema:\n                \
        description: Ours.\n                $ref: a.yaml\n        '404':\n          content:\n            application/json:\n              \
        schema:\n                $ref: b.yaml\n";
    assert_eq!(imported(DEFINITION, ours), expected);
}

#[test]
fn only_the_named_schemas_of_an_api_definition_require_descriptions_and_files() {
    let named = BTreeSet::from([Origin { file: "a.yaml".to_owned(), pointer: BODY.to_owned() }]);
    let root = parse(DEFINITION);
    let required: Vec<String> =
        required_descriptions("a.yaml", &root, &named).into_iter().map(|place| place.pointer).collect();
    assert_eq!(required, [BODY]);
    let references: Vec<&str> = references("a.yaml", &root, &named).into_iter().map(|(_, file)| file).collect();
    assert_eq!(references, ["a.yaml"]);
}

#[test]
fn unknown_key_of_an_api_definition_is_an_error() {
    for (known, unknown) in [("tags: [x]", "callbacks: {}"), ("deprecated: true", "x-codeSamples: [Theirs.]")] {
        let text = |key: &str| DEFINITION.replace("      summary: A name\n", &format!("      {key}\n"));
        let errors = |key: &str| {
            let mut errors = Errors::default();
            check("a.yaml", &parse(&text(key)), &mut errors);
            error_text(errors.finish(()))
        };
        assert_eq!(errors(known), "");
        let name = unknown.split(':').next().unwrap_or_default();
        assert!(errors(unknown).contains(&format!("unknown key `{name}` of an API definition")), "{}", errors(unknown));
    }
}
