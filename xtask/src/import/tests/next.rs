//! What an import says that is left to do.

use std::fs;

use super::{Arguments, Case, EVENT};
use crate::tree;

/// An import into spec/ of the workspace of a case.
fn told(case: &Case, release: &str) -> String {
    let release = tree::version(release).ok();
    let arguments = Arguments { source: case.path("v1.19"), tag: None, into: None, release, check: false };
    case.told(&arguments).unwrap_or_else(|told| panic!("{told}"))
}

/// A release with one event, which has these contents, and the overrides to go with it.
fn event(content: &str, overrides: &str) -> Case {
    let case = Case::new(&[]);
    case.write("spec/overrides.yaml", &format!("kinds: [{{events: m.a, kinds: to-device, why: a test}}]\n{overrides}"));
    change(&case, content);
    case
}

fn change(case: &Case, content: &str) {
    let schema = format!("properties: {{type: {{enum: [m.a]}}, content: {{type: object, properties: {content}}}}}");
    case.write(&format!("v1.19/data/{EVENT}"), &schema);
}

#[test]
fn overrides_are_called_out_of_use_where_that_is_sure() {
    let overrides = "\
optional:
- {at: 'm.gone.yaml#/properties/content/properties/b', why: a test}
- {at: ['m.a.yaml#/properties/content/properties/b', 'm.a.yaml#/properties/content/properties/c'], why: a test}
";
    let both = "{b: {type: string}, c: {type: string}}";
    let case = event(both, overrides);
    told(&case, "1.19");
    change(&case, "{b: {type: object, patternProperties: {'^x-': {type: string}}}}");
    let undecided = told(&case, "1.20");
    assert!(undecided.contains("overrides.yaml#/optional/0/at: "), "{undecided}");
    assert!(!undecided.contains("overrides.yaml#/optional/1/at"), "{undecided}");
    assert!(
        undecided.contains("Whether other overrides still apply") && undecided.contains("import again"),
        "{undecided}"
    );
    change(&case, "{b: {type: string}}");
    let decided = told(&case, "1.20");
    assert!(
        decided.contains("overrides.yaml#/optional/1/at/1: ") && decided.contains("move that place alone"),
        "{decided}"
    );
    assert!(!decided.contains("can't be told"), "{decided}");
}

#[test]
fn examples_that_a_release_leaves_behind_are_told() {
    let case = event("{b: {type: string}}", "");
    case.write("spec/event-schemas/examples/m.a.yaml", "type: m.a\ncontent: {b: x}\n");
    case.write("v1.19/data/event-schemas/schema/m.b.yaml", "properties: {type: {enum: [m.b]}}");
    case.write("spec/event-schemas/examples/m.b.yaml", "type: m.b\n");
    told(&case, "1.19");
    change(&case, "{b: {type: integer}}");
    assert!(fs::remove_file(case.path("v1.19/data/event-schemas/schema/m.b.yaml")).is_ok());
    let told = told(&case, "1.20");
    let (_, asked) = told.split_once("What regen will ask for of our examples and the like:\n").unwrap_or_default();
    assert!(asked.contains("m.a.yaml#/content/b: failed to validate the example"), "{told}");
    assert!(asked.contains("found `m.b`, which has no schema"), "{told}");
    assert!(asked.contains("mend what regen will ask for"), "{told}");
    assert!(case.path("spec/event-schemas/examples/m.b.yaml").exists());
}

#[test]
fn a_change_that_cannot_be_told_is_not_forgotten() {
    let case = event("{b: {type: string}}", "");
    let changelog = || fs::read_to_string(case.path("CHANGELOG.md")).unwrap_or_default();
    told(&case, "1.19");
    change(&case, "{b: {type: string, default: {}}, c: {type: string}}");
    let first = told(&case, "1.20");
    let unreadable = "What changes can't be told before this is mended:";
    let lacks = "CHANGELOG.md lacks what changes";
    assert!(first.contains(unreadable) && first.contains("and import again") && first.contains(lacks), "{first}");
    assert!(!first.contains("CHANGELOG.md has an entry"), "{first}");
    assert!(changelog().contains("`cargo xtask diff <folder of v1.19> spec --format markdown`"), "{}", changelog());
    change(&case, "{b: {type: string}, c: {type: string}}");
    let second = told(&case, "1.20");
    assert!(second.contains("what was there before couldn't be read. This import has replaced it"), "{second}");
    assert!(second.contains("import again: now it can tell what regen will ask for"), "{second}");
    assert!(!second.contains(unreadable) && !second.contains("and import again") && second.contains(lacks), "{second}");
    let third = told(&case, "1.20");
    assert!(third.contains(lacks) && !third.contains("Nothing has changed"), "{third}");
}
