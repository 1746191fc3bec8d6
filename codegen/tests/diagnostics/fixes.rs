//! Tests that the printed fixes apply: each test makes the edits that messages state, until the generator accepts the input.

use matrix_events_codegen::Diagnostic;

use crate::support::{Tree, CONFIG};

/// Returns the texts between backticks.
fn quoted(help: &str) -> Vec<&str> {
    help.split('`').skip(1).step_by(2).collect()
}

/// Adds an entry to a section of settings, with names in place of the dots.
fn add(text: &str, section: &str, entry: &str) -> String {
    let entry = entry.replace("field: …", "field: fresh").replace("why: …", "why: a test").replace("[…]", "[state]");
    let entry = entry.replace('…', &format!("Fresh{}", text.matches("Fresh").count()));
    let header = format!("{section}:\n");
    match text.contains(&header) {
        true => text.replace(&header, &format!("{header}{entry}\n")),
        false => format!("{text}{header}{entry}\n"),
    }
}

/// Replaces the marked part of a line. A fix without a key replaces the value of the key.
fn replace(text: &str, diagnostic: &Diagnostic, fix: &str) -> String {
    let edit = |line: &str| {
        let characters: Vec<char> = line.chars().collect();
        let (before, rest) = characters.split_at(diagnostic.column - 1);
        let (marked, after) = rest.split_at(diagnostic.length);
        let marked: String = marked.iter().collect();
        let key = marked.split_once(": ").map(|(key, _)| format!("{key}: ")).filter(|_| !fix.contains(": "));
        format!("{}{}{fix}{}", String::from_iter(before), key.unwrap_or_default(), String::from_iter(after))
    };
    let lines = text.lines().enumerate();
    lines.map(|(index, line)| if index + 1 == diagnostic.line { edit(line) } else { line.to_owned() } + "\n").collect()
}

/// Makes the edit that a message states.
fn fix(mut tree: Tree, diagnostic: &Diagnostic) -> Tree {
    let help = diagnostic.help.clone().unwrap_or_default();
    let is_config = diagnostic.origin.file == CONFIG;
    let parts = quoted(&help);
    if help.contains("add an entry under") {
        let entry = parts.iter().find(|part| part.starts_with("- ")).copied().unwrap_or_default();
        match help.contains(CONFIG) {
            true => tree.config = add(&tree.config, parts[0], entry),
            false => tree.overrides = add(&tree.overrides, parts[0], entry),
        }
    } else if help.starts_with("move the section to") {
        let (from, to) = match is_config {
            true => (&mut tree.config, &mut tree.overrides),
            false => (&mut tree.overrides, &mut tree.config),
        };
        to.push_str(&std::mem::take(from));
    } else if help.starts_with("remove the entry") {
        let text = if is_config { &mut tree.config } else { &mut tree.overrides };
        *text = text
            .lines()
            .enumerate()
            .filter(|(index, _)| index + 1 != diagnostic.line)
            .map(|(_, line)| format!("{line}\n"))
            .collect();
    } else {
        assert!(help.starts_with("write ") && !parts.is_empty(), "{diagnostic}");
        let text = if is_config { &mut tree.config } else { &mut tree.overrides };
        *text = replace(text, diagnostic, parts[0]);
    }
    tree
}

/// Makes the edits that messages state, and asserts that the generator accepts the input then.
fn assert_fixes(mut tree: Tree) {
    let before = tree.diagnostics().to_string();
    for _ in 0..3 {
        match tree.generate() {
            Ok(_) => return,
            Err(diagnostics) => {
                let first = diagnostics.iter().next().cloned().expect("an error has a diagnostic");
                tree = fix(tree, &first);
            }
        }
    }
    let after = tree.generate().err().map(|errors| errors.to_string());
    assert!(after.is_none(), "{before}\n{}\n{}\n{}", tree.config, tree.overrides, after.unwrap_or_default());
}

const CONTENT: &str = "\
type: object
properties:
  one: {type: string}
  count: {type: integer}
  kind: {type: string, enum: [first, second]}
  list: {type: array, items: {type: object, properties: {size: {type: integer}}, required: [size]}}
  map: {type: object, additionalProperties: {type: string}}
  inner: {title: Inner, type: object, properties: {m.size: {type: integer}}, required: [m.size]}
required: [one]
";

fn tree() -> Tree {
    Tree::new().message("m.test", CONTENT)
}

#[test]
fn suggested_places_apply() {
    for at in [
        "m.test.yaml content.oen",
        "m.tset.yaml content.one",
        "m.test content.one",
        "m.test.yml content.one",
        "spec/event-schemas/schema/m.test.yaml content.one",
        "m.test.yaml#/allOf/1/properties/content/properties/one",
        "m.test.yaml /content/one",
        "m.test.yaml properties.content.properties.one",
        "m.test.yaml one",
        "m.test.yaml content.one.",
        "m.test.yaml content..one",
        "m.test.yaml contnet.one",
        "m.test.yaml content.list.size",
        "m.test.yaml content.list[0].size",
        "m.test.yaml content.inner.size",
        "m.test.yaml content.inner.m.szie",
        "m.test.yaml sender",
    ] {
        assert_fixes(tree().overrides(&format!("optional:\n- {{at: '{at}', seen-in: history, why: a test}}\n")));
    }
    for at in ["m.test.yaml content.map[]", "m.test.yaml content.map.+", "m.test.yaml content.map.x"] {
        assert_fixes(tree().overrides(&format!("formats:\n- {{at: '{at}', format: mx-user-id, why: a test}}\n")));
    }
}

#[test]
fn suggested_values_apply() {
    for entry in [
        "accepts:\n- {at: m.test.yaml content.one, type: string, seen-in: history, why: a test}\n",
        "accepts:\n- {at: m.test.yaml content.count, type: integer, seen-in: history, why: a test}\n",
        "defaults:\n- {at: m.test.yaml content.kind, value: frist, why: a test}\n",
        "defaults:\n- {at: m.test.yaml content.count, value: '5', why: a test}\n",
        "names:\n- {at: m.test.yaml content.one, field: first, why: a test}\n",
    ] {
        assert_fixes(tree().overrides(entry));
    }
    for entry in [
        "optional:\n- {at: m.test.yaml content.one, seen-in: history, why: a test}\n",
        "modules:\n- {at: m.test.yaml content.inner, module: room/x, why: a test}\n",
        "modules:\n- {at: m.test.yaml content.inner, module: crate::room, why: a test}\n",
        "module-docs:\n- {module: tset, description: Documentation., why: a test}\n",
        "module-docs:\n- {module: m.test, description: Documentation., why: a test}\n",
        "names:\n- {at: m.test.yaml content.kind, values: {frist: One}, why: a test}\n",
        "names:\n- {at: m.test.yaml content.inner, name: inner_one, why: a test}\n",
    ] {
        assert_fixes(tree().config(entry));
    }
}

#[test]
fn suggested_names_apply() {
    let object = |title: &str, inner: &str| format!("{{title: {title}, type: object, properties: {{a: {inner}}}}}");
    let text = "{type: string}";
    for content in [
        format!("one: {}\n  two: {}", object("Same", text), object("Same", "{type: integer}")),
        format!(
            "one: {{type: array, items: {}}}\n  two: {{type: array, items: {}}}",
            object("Same", text),
            object("Same", "{}")
        ),
        format!("one: {}", object("Same", &object("Same", text))),
        format!("m.topic: {}", object("TestEventContent", text)),
        format!("list: {{type: array, items: {}}}", object("TestEventContent", text)),
        format!("map: {{type: object, additionalProperties: {}}}", object("TestEventContent", text)),
        format!("one: {}", object("Vec", text)),
        "m.one: {type: string}\n  one: {type: string}".to_owned(),
        "'': {type: string}".to_owned(),
        "'': {type: array, items: {type: string, enum: ['']}}".to_owned(),
        "1st: {type: string}".to_owned(),
        "'1, b': {type: string, enum: ['*', y]}".to_owned(),
        "extra: {type: string}".to_owned(),
        "one: {type: string, enum: ['', other]}".to_owned(),
        "one: {type: array, items: {type: string, enum: ['1', '2x']}}".to_owned(),
        "one: {type: string, enum: [unknown]}".to_owned(),
        "one: {type: string, enum: ['1: {#}', '2''s']}".to_owned(),
    ] {
        assert_fixes(Tree::new().message("m.test", &format!("type: object\nproperties:\n  {content}")));
    }
}

#[test]
fn suggested_entry_for_a_required_property_or_an_example_applies() {
    let event = "type: object\nproperties:\n  list: {type: array, items: {type: object, properties: {a: {example: 5, type: string}}}}";
    assert_fixes(Tree::new().message("m.test", event));
    let example = "{\"type\": \"m.test\", \"content\": 7}\n";
    assert_fixes(tree().example("m.test$#1, 2.json", example));
    let key = crate::support::event("m.key", "event.yaml", "type: object");
    assert_fixes(Tree::new().schema("m.key.yaml", key));
}
