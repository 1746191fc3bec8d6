//! Events of somebody's own on top of a spec tree: what is emitted for them, and what is told of their mistakes.

mod support;

use expect_test::{expect, Expect};
use matrix_events_codegen::{extend, Diagnostics, Extension, Files, Output, Settings, TextFile};
use support::{event, Tree, EXAMPLES, SCHEMAS};

/// The names of the settings of the extension.
const OWN_SETTINGS: [&str; 2] = ["own/codegen.yaml", "own/overrides.yaml"];

/// A specification with an event, a definition that it shares, and enums.
fn specification() -> Tree {
    Tree::new()
        .schema("components/thing.yaml", "title: Thing\ntype: object\nproperties:\n  size: {type: integer}\n")
        .message("m.room.known", "type: object\nproperties:\n  thing: {$ref: components/thing.yaml}")
        .file("api/unused.yaml", "title: Later\ntype: object\nproperties:\n  when: {type: string}\n")
        .config("modules: [{at: components/thing.yaml, module: room, why: a test}]\n")
}

/// The files and settings of an extension.
#[derive(Default)]
struct Own {
    files: Files,
    config: String,
    overrides: String,
}

impl Own {
    fn message(mut self, event_type: &str, content: &str) -> Self {
        let text = event(event_type, "room_event.yaml", content);
        self.files.insert(format!("{SCHEMAS}/{event_type}.yaml"), text.into_bytes());
        self
    }

    fn file(mut self, path: String, text: &str) -> Self {
        self.files.insert(path, text.into());
        self
    }

    fn config(mut self, text: &str) -> Self {
        self.config.push_str(text);
        self
    }

    fn overrides(mut self, text: &str) -> Self {
        self.overrides.push_str(text);
        self
    }

    fn generate(&self) -> Result<Output, Diagnostics> {
        self.generate_on(&specification())
    }

    fn generate_on(&self, tree: &Tree) -> Result<Output, Diagnostics> {
        let file = |name: &str, text: &String| TextFile { name: name.to_owned(), text: text.clone() };
        let [config, overrides] = OWN_SETTINGS;
        let settings = Settings { config: file(config, &self.config), overrides: file(overrides, &self.overrides) };
        tree.with_input(|input| extend(input, &Extension { files: &self.files, settings: &settings }))
    }

    fn output(&self) -> Output {
        self.generate().unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
    }

    fn diagnosed(&self, expected: Expect) {
        self.diagnosed_on(&specification(), expected);
    }

    fn diagnosed_on(&self, tree: &Tree, expected: Expect) {
        match self.generate_on(tree) {
            Ok(_) => panic!("the generator found nothing wrong"),
            Err(diagnostics) => {
                for diagnostic in diagnostics.iter() {
                    let file = &diagnostic.origin.file;
                    let is_theirs = OWN_SETTINGS.contains(&file.as_str()) || self.files.contains_key(file);
                    assert!(is_theirs, "{file} isn't theirs:\n{diagnostic}");
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
        .config("prefixes: [{prefix: org.test., why: says nothing here}]\n")
        .config("kinds: [{at: org.test.secret, kinds: to-device, why: for devices}]\n")
        .config("modules: [{at: components/own.yaml, module: room, why: a test}]\n")
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
            "constraints.rs",
            "constraints/room_a.rs",
            "constraints/secret.rs",
            "mod.rs",
            "room.rs",
            "room/a.rs",
            "secret.rs",
            "tests.rs"
        ]
    );
    let examples: Vec<&str> = output.examples.iter().map(|example| example.file.as_str()).collect();
    assert_eq!(examples, ["org.test.secret.yaml"]);
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
    let text = &output.events["constraints.rs"];
    assert!(text.contains("static TABLE_3PID_A: Constraints"), "{text}");
    // `EVENT` is the static of the event type.
    assert!(text.contains("static EVENT_2: Constraints") && !text.contains("static EVENT: Constraints"), "{text}");
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
         --> own/overrides.yaml:1:38
          |
        1 | aliases: [{at: org.test.room.a.yaml, names: m.room.known, why: a test}]
          |                                      ^^^^^^^^^^^^^^^^^^^
          |
          = at: /aliases/0/names
          = expected: types that each belong to one event of a place
          = help: correct the `enum` of the `type`, or the entry under `aliases` in overrides.yaml

        1 error"#]]);
    let text =
        event("org.test.b", "room_event.yaml", "type: object").replace("[org.test.b]", "[org.test.b, m.room.known]");
    own().file(format!("{SCHEMAS}/org.test.b.yaml"), &text).diagnosed(expect![[r#"
        error: `m.room.known` is a type of two events, `m.room.known` and `org.test.b`
         --> event-schemas/schema/org.test.b.yaml:6:5
          |
        6 |     type: {type: string, enum: [org.test.b, m.room.known]}
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /allOf/1/properties/type
          = expected: types that each belong to one event of a place
          = help: correct the `enum` of the `type`, or the entry under `aliases` in overrides.yaml

        1 error"#]]);
}

#[test]
fn name_of_the_specification_is_reported() {
    own().message("org.test.room.known", "type: object").diagnosed(expect![[r#"
        error: without its prefix `org.test.room.known` has the name of `m.room.known`
         --> event-schemas/schema/org.test.room.known.yaml:6:5
          |
        6 |     type: {type: string, enum: [org.test.room.known]}
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /allOf/1/properties/type
          = expected: a name of its own
          = help: state a shorter `prefix` under `prefixes` in codegen.yaml next to the schemas

        1 error"#]]);
    own().message("org.test.other", "type: object").diagnosed(expect![[r#"
        error: a variant for `org.test.other` can't be `Other`
        --> event-schemas/schema/org.test.other.yaml
         = expected: a type that makes another name
         = help: state a shorter `prefix` under `prefixes` in codegen.yaml next to the schemas

        1 error"#]]);
    own().message("org.test.tests", "type: object").diagnosed(expect![[r#"
        error: `org.test.tests` can't have the module `tests`, which the examples have
         --> event-schemas/schema/org.test.tests.yaml:6:5
          |
        6 |     type: {type: string, enum: [org.test.tests]}
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /allOf/1/properties/type
          = expected: a name of its own
          = help: state a shorter `prefix` under `prefixes` in codegen.yaml next to the schemas

        1 error"#]]);
}

#[test]
fn override_of_the_specification_is_reported() {
    let known = "m.room.known.yaml content.thing";
    let entry = format!("names: [{{at: '{known}', field: other, why: a test}}]\n");
    own().config(&entry).diagnosed(expect![[r#"
        error: this entry is about event-schemas/schema/m.room.known.yaml, a schema of the specification
         --> own/codegen.yaml:4:49
          |
        4 | names: [{at: 'm.room.known.yaml content.thing', field: other, why: a test}]
          |                                                 ^^^^^^^^^^^^
          |
          = at: /names/0/field
          = expected: an entry about the schemas of the extension
          = help: remove the entry; matrix-events has the types of the specification as they are

        1 error"#]]);
    own().config("any: [{name: AnyEvent, why: a test}]\n").diagnosed(expect![[r#"
        error: expected a section of own/codegen.yaml, found `any`
         --> own/codegen.yaml:4:1
          |
        4 | any: [{name: AnyEvent, why: a test}]
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /any
          = expected: one of `prefixes`, `kinds`, `discriminators`, `names`, `modules`, `module-docs`
          = help: codegen/src/settings lists the sections

        1 error"#]]);
    own().overrides("optional: [{at: 'org.test.room.a.yaml gone', seen-in: history, why: a test}]\n").diagnosed(
        expect![[r#"
        error: this entry changes nothing in v1.19: event-schemas/schema/org.test.room.a.yaml has no property `gone`
         --> own/overrides.yaml:1:13
          |
        1 | optional: [{at: 'org.test.room.a.yaml gone', seen-in: history, why: a test}]
          |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /optional/0/at
          = expected: an entry that changes something
          = help: remove it if the schemas have been fixed, correct its place, or limit it with `since:` and `until:`

        1 error"#]],
    );
}

#[test]
fn documentation_of_a_module_of_the_specification_is_reported() {
    let own = Own::default()
        .message("org.test.a", "type: object\nproperties:\n  a: {type: string}")
        .config("prefixes: [{prefix: org.test., why: a test}]\n")
        .config("module-docs: [{module: room, description: Rooms., why: a test}]\n");
    own.diagnosed(expect![[r#"
        error: no event of the extension is in the module `room`
         --> own/codegen.yaml:2:16
          |
        2 | module-docs: [{module: room, description: Rooms., why: a test}]
          |                ^^^^^^^^^^^^
          |
          = at: /module-docs/0/module
          = expected: a module with types of the extension
          = help: remove the entry, or correct the path of the module

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
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           |
           = at: /allOf/1/properties/content/properties/one/$ref
           = expected: the path of a file of the tree, relative to this one
           = help: is event-schemas/schema/components/thing.yaml meant?

        error: expected a JSON type, found `text`
          --> event-schemas/schema/org.test.wrong.yaml:11:15
           |
        11 |         two: {type: text}
           |               ^^^^^^^^^^
           |
           = at: /allOf/1/properties/content/properties/two/type
           = expected: one of `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`
           = help: write one of these types, or a list of them

        2 errors"#]]);
    own().file(format!("{EXAMPLES}/org.test.room.a.yaml"), "type: org.test.room.a\ncontent: {}\n").diagnosed(expect![
        [r#"
            error: failed to validate the example: "room_id" is a required property
            --> event-schemas/examples/org.test.room.a.yaml
             = expected: an example that its schema accepts
             = help: fix the example, or add an entry with the reason to `examples` in overrides.yaml

            error: failed to validate the example: "sender" is a required property
            --> event-schemas/examples/org.test.room.a.yaml
             = expected: an example that its schema accepts
             = help: fix the example, or add an entry with the reason to `examples` in overrides.yaml

            error: failed to validate the example: "thing" is a required property
             --> event-schemas/examples/org.test.room.a.yaml:2:1
              |
            2 | content: {}
              | ^^^^^^^^^^^
              |
              = at: /content
              = expected: an example that its schema accepts
              = help: fix the example, or add an entry with the reason to `examples` in overrides.yaml

            3 errors"#]
    ]);
}

#[test]
fn variant_of_an_event_of_the_specification_is_reported_with_its_line() {
    let kind = |value: &str| format!("type: object\nproperties:\n  kind: {{type: string{value}}}\nrequired: [kind]");
    let base = specification()
        .message("m.room.text", &kind(""))
        .message("m.room.text$m.a", &kind(", enum: [m.a]"))
        .config("discriminators: [{at: m.room.text, property: kind, why: a test}]\n");
    let variant = Own::default().message("m.room.text$org.test.b", &kind(", enum: [org.test.b]"));
    variant.diagnosed_on(&base, expect![[r#"
        error: `m.room.text` is an event of the specification, so `kind` can't have the variant `org.test.b` here
          --> event-schemas/schema/m.room.text$org.test.b.yaml:10:9
           |
        10 |         kind: {type: string, enum: [org.test.b]}
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           |
           = at: /allOf/1/properties/content/properties/kind
           = expected: schemas of event types that the specification doesn't have
           = help: remove the schema, or give it an event type of its own; matrix-events deserializes an `m.room.text` of another `kind` as the variant `Other`

        1 error"#]]);
}
