//! Tests of releases before that of the settings: errors in their files, and entries for later releases.

mod support;

use matrix_events_codegen::{generate, Input, Output, Settings, Version};
use support::{event, Tree};

const CONTENT: &str = "type: object\nproperties:\n  a: {type: string}\nrequired: [a]";

const OLDER: Option<Version> = Some(Version { major: 1, minor: 2 });

/// Generates from a tree of v1.2 with settings for v1.19.
fn older(tree: &Tree) -> Output {
    let settings =
        Settings { release: Version::parse("1.19"), ..Settings::new(tree.all_config(), tree.overrides.as_str()) };
    let input = Input { files: &tree.files, settings: &settings, release: OLDER };
    generate(&input).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Returns the errors of a tree of v1.19, or an empty string.
fn newest(tree: &Tree) -> String {
    tree.generate().err().map_or(String::new(), |errors| errors.to_string())
}

/// Entries for files and properties that the tree of an older release lacks.
const ENTRIES: [(&str, &str); 16] = [
    ("", "additions: [{at: m.gone.yaml content, property: b, schema: {type: string}, why: a test}]"),
    ("", "additions: [{at: m.test.yaml content, property: b, definition: api/gone.yaml, why: a test}]"),
    ("", "definitions: [{at: m.test.yaml content.a, definition: api/gone.yaml, why: a test}]"),
    ("", "definitions: [{at: m.test.yaml content.a, definition: api/gone.yaml b, why: a test}]"),
    ("", "optional: [{at: m.test.yaml content.b, seen-in: history, why: a test}]"),
    ("", "formats: [{at: m.test.yaml content.n, format: mx-user-id, why: a test}]"),
    ("", "defaults: [{at: m.test.yaml content.n, value: text, why: a test}]"),
    ("", "accepts: [{at: m.test.yaml content.a, type: string, seen-in: history, why: a test}]"),
    ("", "examples: [{at: m.gone.yaml, why: a test}]"),
    ("", "fixes: [{at: event-schemas, find: {type: enum}, replace: {type: string}, why: a test}]"),
    ("kinds: [{at: m.gone, kinds: to-device, why: a test}]", ""),
    ("names: [{at: m.test.yaml content.b, name: Gone, why: a test}]", ""),
    ("modules: [{at: api/gone.yaml, module: gone, why: a test}]", ""),
    ("module-docs: [{module: gone, description: Gone., why: a test}]", ""),
    ("module-docs: [{module: test, description: 'See [it](crate::test::Gone).', why: a test}]", ""),
    ("discriminators: [{at: m.test, property: b, why: a test}]", ""),
];

#[test]
fn entry_without_effect_is_a_note_in_an_older_release_and_an_error_in_the_newest() {
    for (config, overrides) in ENTRIES {
        let content = "type: object\nproperties:\n  a: {type: string}\n  n: {type: integer}\nrequired: [a]";
        let tree = Tree::new().message("m.test", content).config(&format!("{config}\n")).overrides(overrides);
        assert!(newest(&tree).contains("error: "), "{config}{overrides}");
        let output = older(&tree);
        assert_eq!(output.notes.len(), 1, "{config}{overrides}: {}", output.notes);
        let without = older(&Tree { config: String::new(), overrides: String::new(), ..tree });
        assert_eq!(output.events, without.events, "{config}{overrides}");
    }
}

#[test]
fn missing_envelope_is_left_out_of_an_older_release() {
    let config = "\
envelopes:
- {name: RoomEvent, kind: message-like, schema: core-event-schema/room_event.yaml, why: a test}
- {name: GoneEvent, kind: state, schema: core-event-schema/gone.yaml, why: a test}
any:
- {name: AnyEvent, description: Any., envelopes: RoomEvent, state: AnyGoneEvent, why: a test}
- {name: AnyGoneEvent, description: Any., envelopes: GoneEvent, why: a test}
";
    let tree = Tree::new().message("m.test", CONTENT).config(config);
    assert!(newest(&tree).contains("there is no file event-schemas/schema/core-event-schema/gone.yaml"));
    let output = older(&tree);
    let names: Vec<&str> = output.ir.any.iter().map(|any| any.name.as_str()).collect();
    assert_eq!((names, output.ir.any[0].state.as_deref()), (vec!["AnyEvent"], None));
}

#[test]
fn error_in_a_file_of_an_older_release_is_fixed() {
    let find = |find: &str, replace: &str| {
        format!("fixes: [{{at: event-schemas, find: {find}, replace: {replace}, until: '1.9', why: a test}}]")
    };
    let right =
        event("m.test", "room_event.yaml", "type: object\nproperties:\n  a: {type: array, items: {type: string}}");
    let expected = older(&Tree::new().schema("m.test.yaml", right.as_str())).events;
    let repeated = "fixes: [{at: m.test.yaml, repeated-keys: last, until: '1.9', why: a test}]".to_owned();
    for (wrong, fix) in [
        (
            right.replace("array, items: {type: string}", "'string[]'"),
            find("{type: 'string[]'}", "{type: array, items: {type: string}}"),
        ),
        (right.replace("items: {type: string}", "items: {type: enum}"), find("{type: enum}", "{type: string}")),
        (format!("description: An error.\n{right}"), repeated),
    ] {
        let tree = Tree::new().schema("m.test.yaml", wrong.as_str());
        assert!(newest(&tree).contains("error: "), "{wrong}");
        let tree = tree.overrides(&fix);
        // The fix ends before the newest release.
        assert!(newest(&tree).contains("error: "), "{fix}");
        let output = older(&tree);
        assert_eq!(output.events, expected, "{fix}");
        assert!(output.notes.is_empty(), "{}", output.notes);
    }
}

#[test]
fn invalid_example_of_an_older_release_is_listed() {
    let tree =
        Tree::new().message("m.test", CONTENT).example("m.test.json", r#"{"type": "m.test", "content": {"a": 1}}"#);
    assert!(newest(&tree).contains("failed to validate the example"));
    let output = older(&tree);
    assert!(output.invalid_examples.len() > 1 && output.notes.is_empty(), "{}", output.invalid_examples);
    assert_eq!(output.examples.len(), 1);
}

#[test]
fn annotation_has_no_effect_and_a_typing_error_in_its_name_is_reported() {
    let with = |keyword: &str| Tree::new().message("m.test", &format!("{CONTENT}\n{keyword}"));
    let expected = with("").output().events;
    for keyword in ["x-note: A text.", "x-org-example: {a: [1]}", "x-example: 5"] {
        assert_eq!(with(keyword).output().events, expected, "{keyword}");
    }
    for (keyword, near) in [
        ("x-addedInMatrixversion: '1.2'", "x-addedInMatrixVersion"),
        ("x-patern-format: mx-user-id", "x-pattern-format"),
        ("note: A text.", "unknown keyword `note`"),
    ] {
        let errors = with(keyword).diagnostics().to_string();
        assert!(errors.contains(near), "{keyword}: {errors}");
    }
}

#[test]
fn component_of_one_place_gives_the_type_of_that_place() {
    let within = "type: object\nproperties:\n  thing:\n    type: object\n    properties: {b: {type: string}}";
    let split = "type: object\nproperties:\n  thing: {$ref: components/thing.yaml}";
    let component = "type: object\nproperties: {b: {type: string}}";
    let names = |tree: Tree| -> Vec<String> {
        let modules = tree.output().ir.modules;
        let items = |(path, module): (&Vec<String>, &matrix_events_codegen::ir::Module)| {
            module.items.iter().map(|item| format!("{}::{}", path.join("::"), item.name)).collect::<Vec<_>>()
        };
        modules.iter().flat_map(items).collect()
    };
    let one = Tree::new().message("m.test", split).schema("components/thing.yaml", component);
    assert_eq!(names(one.clone()), names(Tree::new().message("m.test", within)));
    let shared = names(one.message("m.other", split));
    assert!(shared.contains(&"common::Thing".to_owned()), "{shared:?}");
}
