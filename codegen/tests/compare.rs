//! Tests of the comparison of two trees, with a row for each kind of finding in both directions.

mod support;

use matrix_events_codegen::compare::{compare, Api, Comparison, Finding, Subject};
use matrix_events_codegen::Version;
use support::{event, Tree};

fn between(before: &Tree, after: &Tree) -> Comparison {
    let compared = before.with_input(|before| after.with_input(|after| compare(before, after)));
    compared.unwrap_or_else(|unreadable| panic!("{}", unreadable.diagnostics))
}

/// Formats a finding in one line: the place, the change, and the effects on the API and on validation.
fn line(finding: &Finding) -> String {
    let json = serde_json::to_value(finding).unwrap_or_default();
    let mut change = json.clone();
    if let Some(change) = change.as_object_mut() {
        change.retain(|key, _| !["subject", "path", "api", "validation", "rust", "change"].contains(&key.as_str()));
    }
    let details = if change == serde_json::json!({}) { String::new() } else { format!(" {change}") };
    let word = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
    let mut place = finding.subject.name().to_owned();
    if let Subject::Type(_) = finding.subject {
        return format!("{place}: {} ({})", finding.rust.join("; "), word("api"));
    }
    if !finding.path.is_empty() {
        place = format!("{place} {}", finding.path);
    }
    format!("{place}: {}{details} ({}, {})", word("change"), word("api"), word("validation"))
}

fn lines(comparison: &Comparison) -> Vec<String> {
    comparison.findings.iter().map(line).collect()
}

/// The contents of `m.test` before and after, and the findings in both directions.
type Row = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const ROWS: [Row; 23] = [
    (
        "properties: {}",
        "properties: {a: {type: string}}",
        &["m.test content.a: field-added {\"kind\":\"string\",\"required\":false} (minor, stricter)"],
        &["m.test content.a: field-removed {\"kind\":\"string\",\"required\":false} (major, looser)"],
    ),
    (
        "properties: {}",
        "properties: {a: {type: string}}\nrequired: [a]",
        &["m.test content.a: field-added {\"kind\":\"string\",\"required\":true} (major, stricter)"],
        &["m.test content.a: field-removed {\"kind\":\"string\",\"required\":true} (major, looser)"],
    ),
    (
        "properties: {}",
        "properties: {a: {}}",
        &["m.test content.a: field-added {\"kind\":\"anything\",\"required\":false} (minor, same)"],
        &["m.test content.a: field-removed {\"kind\":\"anything\",\"required\":false} (major, same)"],
    ),
    (
        "properties: {b: {}}\nadditionalProperties: false",
        "properties: {b: {}, a: {type: string}}\nadditionalProperties: false",
        &["m.test content.a: field-added {\"kind\":\"string\",\"required\":false} (minor, looser)"],
        &["m.test content.a: field-removed {\"kind\":\"string\",\"required\":false} (major, stricter)"],
    ),
    (
        "properties: {a: {type: string}}",
        "properties: {a: {type: string}}\nrequired: [a]",
        &["m.test content.a: required (major, stricter)"],
        &["m.test content.a: not-required (major, looser)"],
    ),
    (
        "properties: {a: {type: string}}",
        "properties: {a: {type: boolean}}",
        &["m.test content.a: type {\"after\":\"boolean\",\"before\":\"string\"} (major, different)"],
        &["m.test content.a: type {\"after\":\"string\",\"before\":\"boolean\"} (major, different)"],
    ),
    (
        "properties: {a: {type: integer}}",
        "properties: {a: {type: number}}",
        &["m.test content.a: type {\"after\":\"number\",\"before\":\"integer\"} (major, looser)"],
        &["m.test content.a: type {\"after\":\"integer\",\"before\":\"number\"} (major, stricter)"],
    ),
    (
        "properties: {a: {type: string}}",
        "properties: {a: {type: [string, 'null']}}",
        &["m.test content.a: type {\"after\":\"null or string\",\"before\":\"string\"} (none, looser)"],
        &["m.test content.a: type {\"after\":\"string\",\"before\":\"null or string\"} (none, stricter)"],
    ),
    (
        "properties: {a: {type: string}}",
        "properties: {a: {type: string, format: mx-user-id}}",
        &["m.test content.a: format {\"after\":\"mx-user-id\",\"before\":null} (major, stricter)"],
        &["m.test content.a: format {\"after\":null,\"before\":\"mx-user-id\"} (major, looser)"],
    ),
    (
        "properties: {a: {type: string, pattern: '^a'}}",
        "properties: {a: {type: string, pattern: '^b'}}",
        &["m.test content.a: pattern {\"after\":\"^b\",\"before\":\"^a\"} (none, different)"],
        &["m.test content.a: pattern {\"after\":\"^a\",\"before\":\"^b\"} (none, different)"],
    ),
    (
        "properties: {a: {type: string, enum: [x, y]}}",
        "properties: {a: {type: string, enum: [x, y, z]}}",
        &["m.test content.a: values {\"added\":[\"z\"],\"removed\":[]} (minor, looser)"],
        &["m.test content.a: values {\"added\":[],\"removed\":[\"z\"]} (major, stricter)"],
    ),
    (
        "properties: {a: {type: string}}",
        "properties: {a: {type: string, enum: [x, y]}}",
        &["m.test content.a: listed {\"values\":[\"x\",\"y\"]} (major, stricter)"],
        &["m.test content.a: unlisted {\"values\":[\"x\",\"y\"]} (major, looser)"],
    ),
    (
        "properties: {a: {type: string, enum: [x]}}",
        "properties: {a: {type: string, enum: [z]}}",
        &["m.test content.a: constant {\"after\":\"z\",\"before\":\"x\"} (major, different)"],
        &["m.test content.a: constant {\"after\":\"x\",\"before\":\"z\"} (major, different)"],
    ),
    (
        "properties: {a: {type: integer, minimum: 1}}",
        "properties: {a: {type: integer, minimum: 2, maximum: 9}}",
        &[
            "m.test content.a: bound {\"after\":\"9\",\"before\":null,\"keyword\":\"maximum\"} (none, stricter)",
            "m.test content.a: bound {\"after\":\"2\",\"before\":\"1\",\"keyword\":\"minimum\"} (none, stricter)",
        ],
        &[
            "m.test content.a: bound {\"after\":null,\"before\":\"9\",\"keyword\":\"maximum\"} (none, looser)",
            "m.test content.a: bound {\"after\":\"1\",\"before\":\"2\",\"keyword\":\"minimum\"} (none, looser)",
        ],
    ),
    (
        "properties: {a: {type: object, additionalProperties: {type: string}}}",
        "properties: {a: {type: object, additionalProperties: {type: string}, minProperties: 1}}",
        &["m.test content.a: bound {\"after\":\"1\",\"before\":null,\"keyword\":\"minProperties\"} (none, stricter)"],
        &["m.test content.a: bound {\"after\":null,\"before\":\"1\",\"keyword\":\"minProperties\"} (none, looser)"],
    ),
    (
        "properties: {a: {}}",
        "properties: {a: {}}\nadditionalProperties: false",
        &["m.test content: closed (none, stricter)"],
        &["m.test content: opened (none, looser)"],
    ),
    (
        "properties: {a: {}}",
        "properties: {a: {}}\nadditionalProperties: {type: integer}",
        &["m.test content.*: described {\"kind\":\"integer\"} (minor, stricter)"],
        &["m.test content.*: undescribed {\"kind\":\"integer\"} (major, looser)"],
    ),
    (
        "properties: {a: {type: object, additionalProperties: {type: integer}}}",
        "properties: {a: {type: object, patternProperties: {'^@': {type: integer}}}}",
        &["m.test content.a.(keys): keys {\"after\":\"^@\",\"before\":null} (major, looser)"],
        &["m.test content.a.(keys): keys {\"after\":null,\"before\":\"^@\"} (major, stricter)"],
    ),
    (
        "properties: {a: {type: array, items: {type: string}}}",
        "properties: {a: {type: array, items: {type: integer}}}",
        &["m.test content.a[]: type {\"after\":\"integer\",\"before\":\"string\"} (major, different)"],
        &["m.test content.a[]: type {\"after\":\"string\",\"before\":\"integer\"} (major, different)"],
    ),
    (
        "properties: {a: {type: array}}",
        "properties: {a: {type: array, items: {type: integer}}}",
        &["m.test content.a[]: described {\"kind\":\"integer\"} (major, stricter)"],
        &["m.test content.a[]: undescribed {\"kind\":\"integer\"} (major, looser)"],
    ),
    (
        "properties: {a: {type: string}}",
        "properties: {a: {type: string, deprecated: true}}",
        &["m.test content.a: deprecated (minor, same)"],
        &["m.test content.a: not-deprecated (none, same)"],
    ),
    (
        "properties: {a: {title: One, type: object, properties: {b: {type: string}}}}",
        "properties: {a: {title: Two, type: object, properties: {b: {type: string}}}}",
        &[
            "test::One: `test::One` is gone (major)",
            "test::TestEventContent: `test::TestEventContent::a`: `Option<test::One>` becomes `Option<test::Two>` (major)",
        ],
        &[
            "test::TestEventContent: `test::TestEventContent::a`: `Option<test::Two>` becomes `Option<test::One>` (major)",
            "test::Two: `test::Two` is gone (major)",
        ],
    ),
    (
        "properties: {a: {description: One way., type: [string, integer]}}",
        "properties: {a: {description: Another., oneOf: [{type: integer}, {type: string}]}}",
        // Equal values are valid, and the order of variants does not matter.
        &[],
        &[],
    ),
];

#[test]
fn each_change_and_its_reverse_are_found() {
    for (before, after, there, back) in ROWS {
        let [before, after] =
            [before, after].map(|text| Tree::new().message("m.test", &format!("type: object\n{text}")));
        assert_eq!(lines(&between(&before, &after)), there);
        assert_eq!(lines(&between(&after, &before)), back);
        assert!(between(&before, &before).findings.is_empty());
    }
}

#[test]
fn added_and_removed_events_are_found() {
    let (before, after) = (Tree::new(), Tree::new().state("m.test", "type: object"));
    let added = "m.test: event-added {\"kinds\":[\"state\"]} (minor, stricter)";
    assert_eq!(lines(&between(&before, &after)), [added]);
    let removed = "m.test: event-removed {\"kinds\":[\"state\"]} (major, looser)";
    assert_eq!(lines(&between(&after, &before)), [removed]);
}

#[test]
fn message_event_that_becomes_a_state_event_is_found() {
    let (before, after) = (Tree::new().message("m.test", "type: object"), Tree::new().state("m.test", "type: object"));
    let expected = [
        "m.test: kinds {\"after\":[\"state\"],\"before\":[\"message-like\"]} (major, same)",
        "m.test state_key: field-added {\"kind\":\"string\",\"required\":true} (minor, stricter)",
    ];
    assert_eq!(lines(&between(&before, &after)), expected);
}

#[test]
fn added_and_removed_kinds_of_an_event_are_found() {
    let schema = event("m.test", "event.yaml", "type: object");
    let kinds = "\
kinds:
- {at: m.test, kinds: to-device, until: '1.18', why: a test}
- {at: m.test, kinds: [to-device, message-like], since: '1.19', why: a test}
";
    let tree = Tree::new().schema("m.test.yaml", schema).config(kinds);
    let (before, after) = (of(18, tree.clone()), of(19, tree));
    let [one, both] = [r#"["to-device"]"#, r#"["to-device","message-like"]"#];
    let expected = format!("m.test: kinds {{\"after\":{both},\"before\":{one}}} (minor, same)");
    assert_eq!(lines(&between(&before, &after)), [expected]);
    let expected = format!("m.test: kinds {{\"after\":{one},\"before\":{both}}} (major, same)");
    assert!(lines(&between(&after, &before)).contains(&expected), "{:?}", lines(&between(&after, &before)));
}

#[test]
fn moved_definition_is_no_change() {
    let thing = "type: object\nproperties:\n  b: {type: string}\nrequired: [b]";
    let inline =
        "type: object\nproperties:\n  a: {title: Thing, type: object, properties: {b: {type: string}}, required: [b]}";
    let refers = |file: &str| format!("type: object\nproperties:\n  a: {{$ref: {file}}}");
    let of = |file: &str| Tree::new().message("m.test", &refers(file)).schema(file, format!("title: Thing\n{thing}\n"));
    let trees = [Tree::new().message("m.test", inline), of("one.yaml"), of("folder/two.yaml")];
    for (before, after) in [(0, 1), (1, 2), (2, 0)] {
        assert_eq!(lines(&between(&trees[before], &trees[after])), [""; 0], "{before} -> {after}");
    }
}

#[test]
fn change_of_shared_definition_is_found_once() {
    let tree = |kind: &str| {
        let thing = format!("title: Thing\ntype: object\nproperties:\n  b: {{type: {kind}}}\n");
        let refers = "type: object\nproperties:\n  a: {$ref: thing.yaml}";
        Tree::new().schema("thing.yaml", thing).message("m.one", refers).message("m.two", refers)
    };
    let comparison = between(&tree("string"), &tree("boolean"));
    let expected =
        "event-schemas/schema/thing.yaml b: type {\"after\":\"boolean\",\"before\":\"string\"} (major, different)";
    assert_eq!(lines(&comparison), [expected]);
    let events = ["m.one", "m.two"].map(str::to_owned).to_vec();
    let file = "event-schemas/schema/thing.yaml".to_owned();
    assert_eq!(comparison.findings[0].subject, Subject::Shared { file, events });
}

/// Returns a tree with a body, whose schema has these properties.
fn with_body(properties: &str) -> Tree {
    let definition = format!(
        "openapi: 3.1.0\npaths:\n  /rooms:\n    get:\n      responses:\n        \"200\":\n          content:\n            \
         application/json:\n              schema: {{type: object, description: A body., {properties}}}\n"
    );
    let config = "\
roots:
- {at: 'api/rooms.yaml#/paths/~1rooms/get/responses/200/content/application~1json/schema', name: Rooms, module: bodies::rooms, events: {EVENTS}, why: a test}
";
    let events = if properties.contains("event.yaml") { "{'chunk[]': AnyTimelineEvent}" } else { "{}" };
    let tree = Tree::new().message("m.test", "type: object").file("api/rooms.yaml", definition);
    tree.config(&config.replace("{EVENTS}", events).replace("events: {}, ", ""))
}

#[test]
fn changes_of_bodies_are_found_like_those_of_events() {
    let event = "{$ref: ../event-schemas/schema/core-event-schema/event.yaml}";
    let list = format!("properties: {{chunk: {{type: array, items: {event}}}}}");
    let rows: [(&str, &str, &[&str], &[&str]); 5] = [
        (
            "properties: {a: {type: string}}",
            "properties: {a: {type: string}, b: {type: integer}}",
            &["Rooms b: field-added {\"kind\":\"integer\",\"required\":false} (minor, stricter)"],
            &["Rooms b: field-removed {\"kind\":\"integer\",\"required\":false} (major, looser)"],
        ),
        (
            "properties: {a: {type: string}}",
            "properties: {a: {type: string}}, required: [a]",
            &["Rooms a: required (major, stricter)"],
            &["Rooms a: not-required (major, looser)"],
        ),
        (
            "properties: {a: {type: object, title: Part, properties: {b: {type: string}}}}",
            "properties: {a: {type: object, title: Part, properties: {b: {type: boolean}}}}",
            &["Rooms a.b: type {\"after\":\"boolean\",\"before\":\"string\"} (major, different)"],
            &["Rooms a.b: type {\"after\":\"string\",\"before\":\"boolean\"} (major, different)"],
        ),
        (
            "properties: {a: {type: string, enum: [x]}}",
            "properties: {a: {type: string, enum: [x, y]}}",
            &["Rooms a: values {\"added\":[\"y\"],\"removed\":[]} (minor, looser)"],
            &["Rooms a: values {\"added\":[],\"removed\":[\"y\"]} (major, stricter)"],
        ),
        (
            &list,
            &format!("{list}, required: [chunk]"),
            &["Rooms chunk: required (major, stricter)"],
            &["Rooms chunk: not-required (major, looser)"],
        ),
    ];
    for (before, after, there, back) in rows {
        let (before, after) = (with_body(before), with_body(after));
        assert_eq!(lines(&between(&before, &after)), there);
        assert_eq!(lines(&between(&after, &before)), back);
    }
}

#[test]
fn added_and_removed_body_is_found() {
    let without = Tree::new().message("m.test", "type: object");
    let with = with_body("properties: {a: {type: object, title: Part, properties: {b: {type: string}}}}");
    assert_eq!(lines(&between(&without, &with)), ["Rooms: body-added (minor, stricter)"]);
    assert_eq!(lines(&between(&with, &without)), ["Rooms: body-removed (major, looser)"]);
}

/// Returns the tree as that of another release.
fn of(minor: u16, mut tree: Tree) -> Tree {
    tree.release = Some(Version { major: 1, minor });
    tree
}

#[test]
fn version_other_than_the_first_release_is_found() {
    let content = |more: &str| {
        format!("type: object\nproperties:\n  old: {{type: string, x-addedInMatrixVersion: '1.18'}}\n{more}")
    };
    let before = of(17, Tree::new().message("m.test", &content("")));
    let more = "  \
  late: {type: string, x-addedInMatrixVersion: '1.16'}
  early: {type: string, x-addedInMatrixVersion: '1.20'}
  silent: {type: string}
  right: {type: object, properties: {inner: {type: string}}, x-addedInMatrixVersion: '1.18'}
";
    let after = of(19, Tree::new().message("m.test", &content(more)));
    let found: Vec<String> = between(&before, &after)
        .disagreements
        .iter()
        .map(|one| format!("{} {:?} {}", one.path, one.says.map(|says| says.minor), one.is_old))
        .collect();
    let expected = [
        "content.early Some(20) false",
        "content.late Some(16) false",
        "content.old Some(18) true",
        "content.silent None false",
    ];
    assert_eq!(found, expected);
}

#[test]
fn later_tree_with_errors_is_compared() {
    let before = Tree::new().message("m.test", "type: object\nproperties:\n  a: {type: string}");
    let after = Tree::new()
        .message("m.test", "type: object\nproperties:\n  a: {type: object, patternProperties: {'^x-': {type: string}}}")
        .schema("m.new.yaml", event("m.new", "event.yaml", "type: object"))
        .config(
            "\
names:
- {at: m.gone.yaml, name: Gone, why: a test}
- {at: m.test.yaml content.a, name: Kept, why: a test}
",
        );
    let comparison = between(&before, &after);
    let expected = [
        "m.new: event-added {\"kinds\":[]} (minor, stricter)",
        "m.test content.a: type {\"after\":\"object\",\"before\":\"string\"} (unknown, different)",
    ];
    assert_eq!(lines(&comparison), expected);
    assert_eq!(comparison.findings[1].api, Api::Unknown);
    let problems: Vec<&str> = comparison.problems.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let unplaced: Vec<&str> = comparison.unplaced.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(unplaced, ["failed to determine the kind of the event `m.new`"]);
    let unused: Vec<&str> = comparison.unused.iter().map(|one| one.origin.pointer.as_str()).collect();
    assert_eq!(unused, ["/names/0/at"], "the effect of an entry on undecided types is unknown");
}

#[test]
fn unreadable_tree_is_an_error_that_names_the_tree() {
    let whole = Tree::new().message("m.test", "type: object");
    let broken = Tree::new().message("m.test", "type: objct");
    let outcome = [(&broken, &whole), (&whole, &broken)].map(|(before, after)| {
        match before.with_input(|before| after.with_input(|after| compare(before, after))) {
            Ok(comparison) => panic!("{:?}", comparison.findings),
            Err(unreadable) => (unreadable.is_later, unreadable.diagnostics.len()),
        }
    });
    assert_eq!(outcome, [(false, 1), (true, 1)]);
}
