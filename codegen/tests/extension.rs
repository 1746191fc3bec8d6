//! Events of somebody's own on top of a spec tree: what is emitted for them, and what is told of their mistakes.

mod support;

use expect_test::{expect, Expect};
use matrix_events_codegen::{extend, Diagnostics, Extension, Files, Output};
use support::{event, Tree, EXAMPLES, SCHEMAS};

const OWN_OVERRIDES: &str = "own.yaml";

/// A specification with an event, a definition that it shares, and enums.
fn specification() -> Tree {
    Tree::new()
        .schema("components/thing.yaml", "title: Thing\ntype: object\nproperties:\n  size: {type: integer}\n")
        .message("m.room.known", "type: object\nproperties:\n  thing: {$ref: components/thing.yaml}")
        .file("api/unused.yaml", "title: Later\ntype: object\nproperties:\n  when: {type: string}\n")
        .overrides("modules: [{file: components/thing.yaml, module: room, why: a test}]\n")
}

/// Somebody's own files and overrides.
#[derive(Default)]
struct Own(Files, String);

impl Own {
    fn message(mut self, event_type: &str, content: &str) -> Self {
        let text = event(event_type, "room_event.yaml", content);
        self.0.insert(format!("{SCHEMAS}/{event_type}.yaml"), text.into_bytes());
        self
    }

    fn file(mut self, path: String, text: &str) -> Self {
        self.0.insert(path, text.into());
        self
    }

    fn overrides(mut self, text: &str) -> Self {
        self.1.push_str(text);
        self
    }

    fn generate(&self) -> Result<Output, Diagnostics> {
        let tree = specification();
        tree.with_input(|input| extend(input, &Extension { files: &self.0, overrides: (OWN_OVERRIDES, &self.1) }))
    }

    fn output(&self) -> Output {
        self.generate().unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
    }

    fn diagnosed(&self, expected: Expect) {
        match self.generate() {
            Ok(_) => panic!("the generator found nothing wrong"),
            Err(diagnostics) => {
                for diagnostic in diagnostics.iter() {
                    let file = &diagnostic.origin.file;
                    assert!(file == OWN_OVERRIDES || self.0.contains_key(file), "{file} isn't theirs:\n{diagnostic}");
                }
                expected.assert_eq(&diagnostics.to_string());
            }
        }
    }
}

/// One that refers to itself, to the specification, and to a definition that only it uses, in modules of both.
fn own() -> Own {
    Own::default()
        .message(
            "org.test.room.a",
            "\
type: object
properties:
  org.test.own: {$ref: components/own.yaml}
  thing: {$ref: components/thing.yaml}
  later: {$ref: ../../api/unused.yaml}
  org.test.colour: {type: string, enum: [org.test.red, blue]}
required: [thing]",
        )
        .file(
            format!("{SCHEMAS}/components/own.yaml"),
            "title: Mine\ntype: object\nproperties:\n  keys: {type: object, additionalProperties: {type: integer}}\n",
        )
        .file(
            format!("{SCHEMAS}/org.test.secret.yaml"),
            &event("org.test.secret", "event.yaml", "type: object\nproperties:\n  own: {$ref: components/own.yaml}"),
        )
        .file(
            format!("{EXAMPLES}/org.test.secret.yaml"),
            "type: org.test.secret\ncontent:\n  own: {keys: {one: 1}}\n  quote: 'a \"# b'\n",
        )
        .overrides("prefixes: [{prefix: org.test., why: says nothing here}]\n")
        .overrides("kinds: [{events: org.test.secret, kinds: to-device, why: for devices}]\n")
        .overrides("modules: [{file: components/own.yaml, module: room, why: a test}]\n")
}

#[test]
fn extension_emits_its_own_events_alone() {
    let output = own().output();
    let files: Vec<&str> = output.events.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        [
            "any.rs",
            "common.rs",
            "mod.rs",
            "room.rs",
            "room/a.rs",
            "rules.rs",
            "rules/room_a.rs",
            "rules/secret.rs",
            "secret.rs",
            "tests.rs"
        ]
    );
    let examples: Vec<&str> = output.examples.iter().map(|example| example.file.as_str()).collect();
    assert_eq!(examples, ["org.test.secret.yaml"]);
}

#[test]
fn events_without_shared_tables_import_none() {
    let output = Own::default().message("org.test.alone", "type: object").output();
    assert!(!output.events["rules.rs"].contains("__private::rules"), "{}", output.events["rules.rs"]);
    assert!(output.events["rules/org_test_alone.rs"].contains("__private::rules"));
}

#[test]
fn file_names_that_are_no_identifiers_give_table_names() {
    let text = "type: object\nproperties:\n  one: {$ref: components/3pid.yaml}\n  two: {$ref: components/event.yaml}";
    let file = |name: &str| format!("{SCHEMAS}/components/{name}.yaml");
    let output = Own::default()
        .message("org.test.a", text)
        .message("org.test.b", text)
        .file(file("3pid"), "title: Thing\ntype: object\nproperties:\n  a: {type: string}\n")
        .file(file("event"), "type: array\nitems: {type: string}\n")
        .output();
    let rules = &output.events["rules.rs"];
    assert!(rules.contains("static TABLE_3PID_A: Rules"), "{rules}");
    // `EVENT` is what the event itself is called beside its tables.
    assert!(rules.contains("static EVENT_2: Rules") && !rules.contains("static EVENT: Rules"), "{rules}");
}

#[test]
fn file_of_the_specification_is_reported() {
    let own = own().message("m.room.known", "type: object");
    own.diagnosed(expect![[r#"
        error: the specification has a file `m.room.known.yaml` already
          --> event-schemas/schema/m.room.known.yaml
          = expected: schemas and examples of events that the specification doesn't have
          = help: give the event a type of its own, with a prefix such as `org.example.`, and name the file after it

        1 error"#]]);
}

#[test]
fn type_of_the_specification_is_reported() {
    let alias = "aliases: [{at: org.test.room.a.yaml, names: m.room.known, why: a test}]\n";
    own().overrides(alias).diagnosed(expect![[r#"
        error: `m.room.known` is a type of two events, `m.room.known` and `org.test.room.a`
          --> event-schemas/schema/org.test.room.a.yaml
          = expected: types that each belong to one event of a place
          = help: correct the `enum` of the `type`, or the entry under `aliases` in overrides.yaml

        1 error"#]]);
    let text =
        event("org.test.b", "room_event.yaml", "type: object").replace("[org.test.b]", "[org.test.b, m.room.known]");
    own().file(format!("{SCHEMAS}/org.test.b.yaml"), &text).diagnosed(expect![[r#"
        error: `m.room.known` is a type of two events, `m.room.known` and `org.test.b`
          --> event-schemas/schema/org.test.b.yaml
          = expected: types that each belong to one event of a place
          = help: correct the `enum` of the `type`, or the entry under `aliases` in overrides.yaml

        1 error"#]]);
}

#[test]
fn name_of_the_specification_is_reported() {
    own().message("org.test.room.known", "type: object").diagnosed(expect![[r#"
        error: without its prefix `org.test.room.known` has the name of `m.room.known`
          --> event-schemas/schema/org.test.room.known.yaml
          = expected: a name of its own
          = help: state a shorter `prefix` under `prefixes` in the overrides beside the schemas

        1 error"#]]);
    own().message("org.test.other", "type: object").diagnosed(expect![[r#"
        error: a variant for `org.test.other` can't be `Other`
          --> own.yaml
          = expected: a type that makes another name
          = help: state a shorter `prefix` under `prefixes`

        1 error"#]]);
    own().message("org.test.tests", "type: object").diagnosed(expect![[r#"
        error: `org.test.tests` can't have the module `tests`, which the examples have
          --> event-schemas/schema/org.test.tests.yaml
          = expected: a name of its own
          = help: state a shorter `prefix` under `prefixes` in the overrides beside the schemas

        1 error"#]]);
}

#[test]
fn override_of_the_specification_is_reported() {
    let known = "m.room.known.yaml#/allOf/1/properties/content/properties/thing";
    let entry = format!("names: [{{at: '{known}', field: other, why: a test}}]\n");
    own().overrides(&entry).diagnosed(expect![[r#"
        error: the type `RoomKnownEventContent` of the specification would be another
          --> own.yaml
          = expected: overrides that speak of the schemas beside them alone
          = help: remove what speaks of schemas of the specification; matrix-events has their types as they are

        1 error"#]]);
    own().overrides("any: [{name: AnyEvent, why: a test}]\n").diagnosed(expect![[r#"
        error: `any` isn't a section of the overrides
          --> own.yaml:4:1
          |
        4 | any: [{name: AnyEvent, why: a test}]
          | ^
          = at: /any
          = expected: one of `prefixes`, `kinds`, `discriminators`, `names`, `modules`, `optional`, `in use`, `formats`, `accepts`, `defaults`, `aliases`, `definitions`, `additions`, `second opinion`, `examples`
          = help: codegen/src/overrides lists the sections

        1 error"#]]);
    own().overrides("optional: [{at: 'org.test.room.a.yaml#/gone', why: a test}]\n").diagnosed(expect![[r#"
        error: this entry doesn't apply to anything in v1.19
          --> own.yaml:4:13
          |
        4 | optional: [{at: 'org.test.room.a.yaml#/gone', why: a test}]
          |             ^
          = at: /optional/0/at
          = expected: an entry that changes something
          = help: remove it if the schemas have been mended, correct its place, or limit it with `since:` and `until:`

        1 error"#]]);
}

#[test]
fn error_in_an_extension_is_reported_with_its_line() {
    let wrong = own().message(
        "org.test.wrong",
        "type: object\nproperties:\n  one: {$ref: components/things.yaml}\n  two: {type: text}",
    );
    wrong.diagnosed(expect![[r#"
        error: there is no file event-schemas/schema/components/things.yaml
           --> event-schemas/schema/org.test.wrong.yaml:10:15
           |
        10 |         one: {$ref: components/things.yaml}
           |               ^
          = at: /allOf/1/properties/content/properties/one/$ref
          = expected: the path of a file of the tree, relative to this one
          = help: is event-schemas/schema/components/thing.yaml meant?

        error: `text` isn't a type
           --> event-schemas/schema/org.test.wrong.yaml:11:15
           |
        11 |         two: {type: text}
           |               ^
          = at: /allOf/1/properties/content/properties/two/type
          = expected: `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`
          = help: these are the types of JSON Schema; a list may name several

        2 errors"#]]);
    own()
        .file(format!("{EXAMPLES}/org.test.room.a.yaml"), "type: org.test.room.a\ncontent: {}\n")
        .diagnosed(expect![[r#"
            error: the example isn't valid for its schema: required property `sender` is missing; required property `room_id` is missing; /content: required property `thing` is missing
              --> event-schemas/examples/org.test.room.a.yaml
              = expected: an example that the schema accepts
              = help: mend the example, or list it under `examples` in overrides.yaml with the reason

            1 error"#]]);
}
