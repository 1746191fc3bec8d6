//! Tests of extensions: the emitted files, and the diagnostics.

mod support;

use expect_test::{expect, Expect};
use matrix_events_codegen::{extend, Diagnostics, Extension, Files, Output, Settings, TextFile};
use support::{event, Tree, EXAMPLES, SCHEMAS};

/// The names of the settings of the extension.
const OWN_SETTINGS: [&str; 2] = ["own/codegen.yaml", "own/overrides.yaml"];

/// Returns a specification with an event, shared definitions and enums.
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
        let settings =
            Settings { config: file(config, &self.config), overrides: file(overrides, &self.overrides), release: None };
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
            Ok(_) => panic!("the generator reports no error"),
            Err(diagnostics) => {
                for diagnostic in diagnostics.iter() {
                    let file = &diagnostic.origin.file;
                    let is_theirs = OWN_SETTINGS.contains(&file.as_str()) || self.files.contains_key(file);
                    assert!(is_theirs, "{file} is not a file of the extension:\n{diagnostic}");
                }
                expected.assert_eq(&diagnostics.to_string());
            }
        }
    }
}

/// Returns an extension that refers to its own definitions and to those of the specification, with types in modules of both.
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
  org.test.color: {type: string, enum: [org.test.red, blue]}
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
fn output_of_an_extension_has_only_its_own_events() {
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
        error: duplicate file `m.room.known.yaml`: the specification has it as well
        --> event-schemas/schema/m.room.known.yaml
         = expected: schemas and examples of events that the specification does not have
         = help: give the event a type with your own prefix, such as `org.example.`, and name the file after the type

        1 error"#]]);
}

#[test]
fn type_of_the_specification_is_reported() {
    let alias = "aliases: [{at: org.test.room.a.yaml, names: m.room.known, why: a test}]\n";
    own().overrides(alias).diagnosed(expect![[r#"
        error: duplicate event type `m.room.known`: the events `m.room.known` and `org.test.room.a` have it
         --> own/overrides.yaml:1:38
          |
        1 | aliases: [{at: org.test.room.a.yaml, names: m.room.known, why: a test}]
          |                                      ^^^^^^^^^^^^^^^^^^^
          |
          = at: /aliases/0/names
          = expected: event types that belong to one event each
          = help: remove the type from the `enum` of one event, or from the entry under `aliases` in overrides.yaml

        1 error"#]]);
    let text =
        event("org.test.b", "room_event.yaml", "type: object").replace("[org.test.b]", "[org.test.b, m.room.known]");
    own().file(format!("{SCHEMAS}/org.test.b.yaml"), &text).diagnosed(expect![[r#"
        error: duplicate event type `m.room.known`: the events `m.room.known` and `org.test.b` have it
         --> event-schemas/schema/org.test.b.yaml:6:5
          |
        6 |     type: {type: string, enum: [org.test.b, m.room.known]}
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /allOf/1/properties/type
          = expected: event types that belong to one event each
          = help: remove the type from the `enum` of one event, or from the entry under `aliases` in overrides.yaml

        1 error"#]]);
}

#[test]
fn name_of_the_specification_is_reported() {
    own().message("org.test.room.known", "type: object").diagnosed(expect![[r#"
        error: duplicate name `room.known` of `org.test.room.known`: `m.room.known` has it as well
         --> event-schemas/schema/org.test.room.known.yaml:6:5
          |
        6 |     type: {type: string, enum: [org.test.room.known]}
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /allOf/1/properties/type
          = expected: an event type whose name without its prefix no other event or module has
          = help: change the event type, or write a shorter `prefix` under `prefixes` in own/codegen.yaml

        1 error"#]]);
    own().message("org.test.other", "type: object").diagnosed(expect![[r#"
        error: `Other` is a reserved variant name: the event `org.test.other` would have it
         --> event-schemas/schema/org.test.other.yaml:6:5
          |
        6 |     type: {type: string, enum: [org.test.other]}
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /allOf/1/properties/type
          = expected: a name other than `Other`
          = help: change the event type, or write a shorter `prefix` under `prefixes` in own/codegen.yaml

        1 error"#]]);
    own().message("org.test.tests", "type: object").diagnosed(expect![[r#"
        error: `tests` is a reserved module name: `org.test.tests` would have it
         --> event-schemas/schema/org.test.tests.yaml:6:5
          |
        6 |     type: {type: string, enum: [org.test.tests]}
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /allOf/1/properties/type
          = expected: an event type whose name without its prefix no other event or module has
          = help: change the event type, or write a shorter `prefix` under `prefixes` in own/codegen.yaml

        1 error"#]]);
}

#[test]
fn override_of_the_specification_is_reported() {
    let known = "m.room.known.yaml content.thing";
    let entry = format!("names: [{{at: '{known}', field: other, why: a test}}]\n");
    own().config(&entry).diagnosed(expect![[r#"
        error: unsupported entry for event-schemas/schema/m.room.known.yaml, a schema of the specification
         --> own/codegen.yaml:4:49
          |
        4 | names: [{at: 'm.room.known.yaml content.thing', field: other, why: a test}]
          |                                                 ^^^^^^^^^^^^
          |
          = at: /names/0/field
          = expected: an entry for a schema of the extension
          = help: remove the entry

        1 error"#]]);
    own().config("any: [{name: AnyEvent, why: a test}]\n").diagnosed(expect![[r#"
        error: unknown section `any`
         --> own/codegen.yaml:4:1
          |
        4 | any: [{name: AnyEvent, why: a test}]
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = at: /any
          = expected: one of `prefixes`, `features`, `kinds`, `discriminators`, `names`, `modules`, `same-as`, `module-docs`, `roots`
          = help: remove `any`

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
          = expected: an entry that changes the schemas or the types of the release
          = help: remove the entry, or correct the place that it names

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
           = expected: the path of a file of the tree, relative to this file
           = help: write `components/thing.yaml`, or add the file

        error: expected a JSON type, found the string `text`
          --> event-schemas/schema/org.test.wrong.yaml:11:15
           |
        11 |         two: {type: text}
           |               ^^^^^^^^^^
           |
           = at: /allOf/1/properties/content/properties/two/type
           = expected: one of `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`
           = help: write `string`

        2 errors"#]]);
    let example = format!("{EXAMPLES}/org.test.room.a.yaml");
    own().file(example, "type: org.test.room.a\ncontent: {}\n").diagnosed(expect![[r#"
        error: failed to validate the example: "room_id" is a required property
        --> event-schemas/examples/org.test.room.a.yaml
         = expected: an example that is valid against its schema
         = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: org.test.room.a.yaml, why: …}`

        error: failed to validate the example: "sender" is a required property
        --> event-schemas/examples/org.test.room.a.yaml
         = expected: an example that is valid against its schema
         = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: org.test.room.a.yaml, why: …}`

        error: failed to validate the example: "thing" is a required property
         --> event-schemas/examples/org.test.room.a.yaml:2:1
          |
        2 | content: {}
          | ^^^^^^^^^^^
          |
          = at: /content
          = expected: an example that is valid against its schema
          = help: fix the example, or add an entry under `examples` in overrides.yaml: `- {at: org.test.room.a.yaml, why: …}`

        3 errors"#]]);
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
        error: unsupported variant `org.test.b` of `m.room.text`, an event of the specification
          --> event-schemas/schema/m.room.text$org.test.b.yaml:10:9
           |
        10 |         kind: {type: string, enum: [org.test.b]}
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           |
           = at: /allOf/1/properties/content/properties/kind
           = expected: schemas of event types that the specification does not have
           = help: change the event type, or remove the schema: matrix-events deserializes `m.room.text` with another `kind` to the variant `Other`

        1 error"#]]);
}

#[test]
fn advice_fits_the_author_of_an_extension() {
    let schema = |text: &str| own().message("org.test.wrong", text);
    let twice = event("org.test.secret", "event.yaml", "type: object");
    let existing = event("m.room.known", "room_event.yaml", "type: object");
    let without_kind = event("org.test.b", "event.yaml", "type: object");
    let extensions = [
        ("type of the specification", own().file(format!("{SCHEMAS}/a.yaml"), &existing)),
        ("type of the extension", own().file(format!("{SCHEMAS}/org.test.b.yaml"), &twice)),
        ("without a kind", own().file(format!("{SCHEMAS}/org.test.b.yaml"), &without_kind)),
        ("unsupported keyword", schema("type: object\nconst: {}")),
        ("empty key", schema("type: object\n~: {}")),
        ("undeclared", schema("type: object\nrequired: [x]")),
        ("unsupported type", schema("type: object\nproperties: {a: {oneOf: [{type: string}, {type: string}]}}")),
        ("reserved name", own().message("org.test.redacted", "type: object")),
        ("entry without effect", own().config("kinds: [{at: org.test.gone, kinds: state, why: a test}]\n")),
        ("name of two events", own().message("org.test.room_a", "type: object")),
    ];
    let mut text = String::new();
    for (title, extension) in extensions {
        text.push_str(&format!("{title}\n"));
        for one in extension.generate().err().iter().flat_map(Diagnostics::iter) {
            let (file, help) = (&one.origin.file, one.help.as_deref().unwrap_or_default());
            text.push_str(&format!("    {file}:{} {}\n    help: {help}\n", one.line, one.message));
        }
    }
    assert!(!text.contains("codegen/src") && !text.contains("until:"), "{text}");
    expect![[r#"
        type of the specification
            event-schemas/schema/a.yaml:6 duplicate event type `m.room.known`: the specification has it as well
            help: give the event a type with your own prefix, such as `org.example.`
        type of the extension
            event-schemas/schema/org.test.secret.yaml:6 duplicate schema of `org.test.secret`
            help: change one of the two event types, or add an entry under `discriminators` in your codegen.yaml that names the property of the content by which the schemas differ: `- {at: org.test.secret, property: …, why: …}`
        without a kind
            event-schemas/schema/org.test.b.yaml:6 failed to determine the kind of the event `org.test.b`
            help: refer to core-event-schema/room_event.yaml or state_event.yaml in `allOf`, or add an entry under `kinds` in your codegen.yaml: `- {at: org.test.b, kinds: to-device, why: …}`, with one of `message-like`, `state`, `ephemeral`, `presence`, `global-account-data`, `room-account-data`, `to-device`, `edu`
        unsupported keyword
            event-schemas/schema/org.test.wrong.yaml:9 unsupported keyword `const`
            help: remove `const`
        empty key
            event-schemas/schema/org.test.wrong.yaml:9 unknown keyword `~`
            help: remove `~`
        undeclared
            event-schemas/schema/org.test.wrong.yaml:9 undeclared required property `x`
            help: correct the name, or declare `x` under `properties`
        unsupported type
            event-schemas/schema/org.test.wrong.yaml:9 unsupported alternative: its JSON type does not distinguish it from the others
            help: merge the alternatives of one type
        reserved name
            event-schemas/schema/org.test.redacted.yaml:6 `Redacted` is a reserved variant name: the event `org.test.redacted` would have it
            help: change the event type
        entry without effect
            own/codegen.yaml:4 failed to parse the file as YAML: found the key `kinds` for the second time
            help: remove or rename one of the two keys
        name of two events
            event-schemas/schema/org.test.room_a.yaml:6 duplicate variant name `RoomA`: `org.test.room.a` and `org.test.room_a` would have it
            help: change the event type
    "#]].assert_eq(&text);
}
