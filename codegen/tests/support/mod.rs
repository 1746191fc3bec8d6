//! Spec trees in memory: the core schemas in our own words, and around them what a case is about.

// Each test file is a crate of its own and uses a part of this.
#![allow(dead_code)]

use matrix_events_codegen::{generate, Diagnostics, Files, Input, Output, Settings, Version};
use serde::Serialize;

/// The folder of the event schemas.
pub(crate) const SCHEMAS: &str = "event-schemas/schema";

/// The folder of the examples.
pub(crate) const EXAMPLES: &str = "event-schemas/examples";

/// The names of the settings of every tree.
pub(crate) const CONFIG: &str = "codegen.yaml";
pub(crate) const OVERRIDES: &str = "overrides.yaml";

const ENVELOPES: &str = "\
envelopes:
- {name: RoomEvent, kind: message-like, schema: core-event-schema/room_event.yaml, why: in a room}
- {name: StateEvent, kind: state, schema: core-event-schema/state_event.yaml, why: in the state of a room}
- {name: ToDeviceEvent, kind: to-device, schema: core-event-schema/event.yaml, why: for one device}
";

const CORE: [(&str, &str); 5] = [
    (
        "event.yaml",
        "\
description: What every event has.
type: object
properties:
  type: {description: Says what the event is., type: string}
  content: {description: Depends on the type., type: object}
required: [type, content]
",
    ),
    (
        "sync_room_event.yaml",
        "\
description: An event of a room, told to somebody who knows which.
allOf:
- $ref: event.yaml
- type: object
  properties:
    sender: {description: Who sent it., type: string, format: mx-user-id}
    unsigned: {$ref: unsigned_prop.yaml}
  required: [sender]
",
    ),
    (
        "room_event.yaml",
        "\
description: An event of a room.
allOf:
- $ref: sync_room_event.yaml
- type: object
  properties:
    room_id: {description: Where it was sent., type: string, format: mx-room-id}
  required: [room_id]
",
    ),
    (
        "state_event.yaml",
        "\
description: A piece of the state of a room.
allOf:
- $ref: room_event.yaml
- type: object
  properties:
    state_key: {description: Which piece of the state it replaces., type: string}
  required: [state_key]
",
    ),
    (
        "unsigned_prop.yaml",
        "\
title: UnsignedData
description: What servers add without signing it.
type: object
properties:
  age: {description: For how long it has been about., type: integer}
",
    ),
];

/// A spec tree to generate from.
#[derive(Clone)]
pub(crate) struct Tree {
    pub(crate) files: Files,
    pub(crate) config: String,
    pub(crate) overrides: String,
    pub(crate) release: Option<Version>,
}

impl Tree {
    /// The core schemas and their envelopes, and no event.
    pub(crate) fn new() -> Self {
        let core = CORE.map(|(name, text)| (format!("{SCHEMAS}/core-event-schema/{name}"), text.into()));
        let release = Some(Version { major: 1, minor: 19 });
        Self { files: Files::from(core), config: ENVELOPES.to_owned(), overrides: String::new(), release }
    }

    /// With a file, by its path below the root.
    pub(crate) fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// With a file in the folder of the event schemas.
    pub(crate) fn schema(self, name: &str, text: impl Into<Vec<u8>>) -> Self {
        self.file(&format!("{SCHEMAS}/{name}"), text)
    }

    /// With an example.
    pub(crate) fn example(self, name: &str, text: impl Into<Vec<u8>>) -> Self {
        self.file(&format!("{EXAMPLES}/{name}"), text)
    }

    /// With more sections of configuration, below the envelopes.
    pub(crate) fn config(mut self, sections: &str) -> Self {
        self.config.push_str(sections);
        self
    }

    /// With more sections of corrections.
    pub(crate) fn overrides(mut self, sections: &str) -> Self {
        self.overrides.push_str(sections);
        self
    }

    /// With an event in rooms, its file named after its type.
    pub(crate) fn message(self, event_type: &str, content: &str) -> Self {
        self.schema(&format!("{event_type}.yaml"), event(event_type, "room_event.yaml", content))
    }

    /// With an event in the state of rooms.
    pub(crate) fn state(self, event_type: &str, content: &str) -> Self {
        self.schema(&format!("{event_type}.yaml"), event(event_type, "state_event.yaml", content))
    }

    /// Its settings.
    pub(crate) fn settings(&self) -> Settings {
        Settings::new(self.config.as_str(), self.overrides.as_str())
    }

    /// Runs the generator on it.
    pub(crate) fn generate(&self) -> Result<Output, Diagnostics> {
        generate(&Input { files: &self.files, settings: &self.settings(), release: self.release })
    }

    /// Runs the generator on it, which has to succeed.
    pub(crate) fn output(&self) -> Output {
        match self.generate() {
            Ok(output) => output,
            Err(diagnostics) => panic!("{diagnostics}"),
        }
    }

    /// Runs the generator on it, which has to find mistakes, and to know in which of the files they are.
    pub(crate) fn diagnostics(&self) -> Diagnostics {
        match self.generate() {
            Ok(_) => panic!("the generator found nothing wrong"),
            Err(diagnostics) => {
                assert!(!diagnostics.is_empty(), "an error without a diagnostic");
                self.assert_placed(&diagnostics);
                diagnostics
            }
        }
    }

    /// Every diagnostic has to be about a file that is there: another place is of no help to anybody.
    pub(crate) fn assert_placed(&self, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics.iter() {
            let file = &diagnostic.origin.file;
            let is_known = [CONFIG, OVERRIDES].contains(&file.as_str()) || self.files.contains_key(file);
            assert!(is_known, "{file} isn't in the tree:\n{diagnostic}");
        }
    }
}

/// The schema of an event that builds on one of the core schemas.
pub(crate) fn event(event_type: &str, base: &str, content: &str) -> String {
    // A variant of an event has the type of the others.
    let event_type = event_type.split('$').next().unwrap_or_default();
    format!(
        "\
description: An event for this test.
allOf:
- $ref: core-event-schema/{base}
- type: object
  properties:
    type: {{type: string, enum: [{event_type}]}}
    content:
{}
",
        indent(content, 6)
    )
}

/// Text further to the right.
pub(crate) fn indent(text: &str, width: usize) -> String {
    let lines = text.lines().map(|line| match line {
        "" => String::new(),
        line => format!("{}{line}", " ".repeat(width)),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A snapshot in a folder of `tests/snapshots`, named after what it shows.
pub(crate) fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{}/tests/snapshots/{folder}", env!("CARGO_MANIFEST_DIR")));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The IR and the Rust of a module, held against the snapshots of that name.
pub(crate) fn shown(name: &str, output: &Output, module: &str) {
    let path: Vec<String> = module.split("::").map(str::to_owned).collect();
    let mut ir = readable(&output.ir.modules[&path].items);
    for event in output.ir.events.iter().filter(|event| event.content.0 == path) {
        ir.push_str(&readable(event));
    }
    snapshot("ir", name, &ir);
    let rust = &output.events[&format!("{}.rs", path.join("/"))];
    if let Err(error) = syn::parse_file(rust) {
        panic!("what was emitted isn't Rust: {error}\n{rust}");
    }
    snapshot("rust", name, rust);
}

/// The IR as JSON, without the lines that say that there is nothing: they are most of it.
pub(crate) fn readable<T: Serialize>(ir: &T) -> String {
    let json = serde_json::to_string_pretty(ir).expect("the IR can be written as JSON");
    let says_something =
        |line: &&str| !["null", "false", "[]"].iter().any(|nothing| line.trim_end_matches(',').ends_with(nothing));
    json.lines().filter(says_something).map(|line| format!("{line}\n")).collect()
}
