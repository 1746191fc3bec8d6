//! Events of somebody's own on top of a spec tree: what is emitted for them, and what is told of their mistakes.

mod support;

use matrix_events_codegen::{extend, Diagnostics, Extension, Files, Input, Output, Settings, TextFile};
use support::{event, snapshot, Tree, EXAMPLES, SCHEMAS};

/// The names of the settings of the extension.
const OWN_SETTINGS: [&str; 2] = ["own/codegen.yaml", "own/overrides.yaml"];

const ANY: &str = "\
any:
- {name: AnyTimelineEvent, description: Any event., envelopes: [RoomEvent, StateEvent], why: a test}
- {name: AnyToDeviceEvent, description: Any message., envelopes: ToDeviceEvent, why: a test}
";

/// A specification with an event, a definition that it shares, and enums.
fn specification() -> Tree {
    Tree::new()
        .schema("components/thing.yaml", "title: Thing\ntype: object\nproperties:\n  size: {type: integer}\n")
        .message("m.room.known", "type: object\nproperties:\n  thing: {$ref: components/thing.yaml}")
        .file("api/unused.yaml", "title: Later\ntype: object\nproperties:\n  when: {type: string}\n")
        .config(ANY)
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
        let tree = specification();
        let input = Input { files: &tree.files, settings: &tree.settings(), release: tree.release };
        let file = |name: &str, text: &String| TextFile { name: name.to_owned(), text: text.clone() };
        let [config, overrides] = OWN_SETTINGS;
        let settings = Settings { config: file(config, &self.config), overrides: file(overrides, &self.overrides) };
        extend(&input, &Extension { files: &self.files, settings: &settings })
    }

    fn output(&self) -> Output {
        self.generate().unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
    }

    fn diagnosed(&self, name: &str) {
        match self.generate() {
            Ok(_) => panic!("the generator found nothing wrong"),
            Err(diagnostics) => {
                for diagnostic in diagnostics.iter() {
                    let file = &diagnostic.origin.file;
                    let is_theirs = OWN_SETTINGS.contains(&file.as_str()) || self.files.contains_key(file);
                    assert!(is_theirs, "{file} isn't theirs:\n{diagnostic}");
                }
                snapshot("diagnostics", name, &diagnostics.to_string());
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
fn what_is_emitted_is_what_the_specification_does_not_have() {
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
    for file in ["any.rs", "mod.rs", "room.rs", "room/a.rs", "tests.rs"] {
        if let Err(error) = syn::parse_file(&output.events[file]) {
            panic!("what was emitted isn't Rust: {error}\n{}", output.events[file]);
        }
        snapshot("rust", &format!("own_{}", file.replace('/', "_").trim_end_matches(".rs")), &output.events[file]);
    }
    let examples: Vec<&str> = output.examples.iter().map(|example| example.file.as_str()).collect();
    assert_eq!(examples, ["org.test.secret.yaml"]);
}

#[test]
fn events_that_share_no_table_import_none() {
    let output = Own::default().message("org.test.alone", "type: object").output();
    assert!(!output.events["rules.rs"].contains("runtime::rules"), "{}", output.events["rules.rs"]);
    assert!(output.events["rules/org_test_alone.rs"].contains("runtime::rules"));
}

#[test]
fn tables_have_names_whatever_files_are_called() {
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
fn an_event_of_the_specification_is_not_replaced() {
    let own = own().message("m.room.known", "type: object");
    own.diagnosed("own_file_of_the_specification");
}

#[test]
fn a_type_is_that_of_one_event() {
    let alias = "aliases: [{at: org.test.room.a.yaml, names: m.room.known, why: a test}]\n";
    own().overrides(alias).diagnosed("own_alias_of_the_specification");
    let text =
        event("org.test.b", "room_event.yaml", "type: object").replace("[org.test.b]", "[org.test.b, m.room.known]");
    own().file(format!("{SCHEMAS}/org.test.b.yaml"), &text).diagnosed("own_type_of_the_specification");
}

#[test]
fn a_name_is_that_of_one_event() {
    own().message("org.test.room.known", "type: object").diagnosed("own_name_of_the_specification");
    own().message("org.test.other", "type: object").diagnosed("own_variant_other");
    own().message("org.test.tests", "type: object").diagnosed("own_module_tests");
}

#[test]
fn overrides_speak_of_ones_own_schemas() {
    let known = "m.room.known.yaml content.thing";
    let entry = format!("names: [{{at: '{known}', field: other, why: a test}}]\n");
    own().config(&entry).diagnosed("own_names_for_the_specification");
    own().config("any: [{name: AnyEvent, why: a test}]\n").diagnosed("own_any");
    own().overrides("optional: [{at: 'org.test.room.a.yaml gone', why: a test}]\n").diagnosed("own_unused");
}

#[test]
fn mistakes_of_ones_own_schemas_are_told_as_those_of_others() {
    let wrong = own().message(
        "org.test.wrong",
        "type: object\nproperties:\n  one: {$ref: components/things.yaml}\n  two: {type: text}",
    );
    wrong.diagnosed("own_mistakes");
    own()
        .file(format!("{EXAMPLES}/org.test.room.a.yaml"), "type: org.test.room.a\ncontent: {}\n")
        .diagnosed("own_example");
}
