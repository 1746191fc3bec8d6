//! Small spec trees for tests: the core schemas of `tests/core`, and what a test adds to them.

// Each test file is a crate of its own and uses a part of this module.
#![allow(dead_code)]

pub(crate) mod case;
pub(crate) mod compile;

use matrix_events_codegen::{generate, Diagnostics, Files, Input, Output, Version};

/// The folder of the event schemas.
pub(crate) const SCHEMAS: &str = "event-schemas/schema";

/// The folder of the examples.
pub(crate) const EXAMPLES: &str = "event-schemas/examples";

/// The file name of the overrides of every tree.
pub(crate) const OVERRIDES: &str = "overrides.yaml";

/// The overrides that every tree needs, by their sections.
const CORE_OVERRIDES: &str = include_str!("../core/overrides.yaml");

macro_rules! core {
    ($($name:literal),+) => {
        [$(($name, include_str!(concat!("../core/event-schemas/schema/core-event-schema/", $name)))),+]
    };
}

/// The core schemas.
const CORE: [(&str, &str); 5] =
    core!["event.yaml", "sync_room_event.yaml", "room_event.yaml", "state_event.yaml", "unsigned_prop.yaml"];

/// A spec tree to generate from.
#[derive(Clone)]
pub(crate) struct Tree {
    pub(crate) files: Files,
    /// The overrides of the test. The sections of the core that they lack are appended.
    pub(crate) overrides: String,
    /// `false` for a tree with the overrides of the test alone.
    pub(crate) has_core_overrides: bool,
    pub(crate) release: Option<Version>,
}

impl Tree {
    /// Returns the core schemas and their overrides, without an event.
    pub(crate) fn new() -> Self {
        let core = CORE.map(|(name, text)| (format!("{SCHEMAS}/core-event-schema/{name}"), text.into()));
        let release = Some(Version { major: 1, minor: 19 });
        Self { files: Files::from(core), overrides: String::new(), has_core_overrides: true, release }
    }

    /// Adds a file by its path below the root.
    pub(crate) fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// Adds a file to the folder of the event schemas.
    pub(crate) fn schema(self, name: &str, text: impl Into<Vec<u8>>) -> Self {
        self.file(&format!("{SCHEMAS}/{name}"), text)
    }

    /// Adds an example.
    pub(crate) fn example(self, name: &str, text: impl Into<Vec<u8>>) -> Self {
        self.file(&format!("{EXAMPLES}/{name}"), text)
    }

    /// Adds sections of overrides. A section replaces the one of the core.
    pub(crate) fn overrides(mut self, sections: &str) -> Self {
        self.overrides.push_str(sections);
        self
    }

    /// Adds a message-like event in a file named after its type.
    pub(crate) fn message(self, event_type: &str, content: &str) -> Self {
        self.schema(&format!("{event_type}.yaml"), event(event_type, "room_event.yaml", content))
    }

    /// Adds a state event in a file named after its type.
    pub(crate) fn state(self, event_type: &str, content: &str) -> Self {
        self.schema(&format!("{event_type}.yaml"), event(event_type, "state_event.yaml", content))
    }

    /// Returns the text of the overrides. The sections of the test come first, so that their lines are those of the test.
    pub(crate) fn all_overrides(&self) -> String {
        let mut text = self.overrides.clone();
        if !self.has_core_overrides {
            return text;
        }
        let mut is_missing = false;
        for line in CORE_OVERRIDES.lines() {
            if !line.starts_with(['-', ' ', '#']) {
                is_missing = !self.overrides.lines().any(|own| own.starts_with(line));
            }
            if is_missing {
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }

    /// Calls a function with the input of the generator.
    pub(crate) fn with_input<T>(&self, call: impl FnOnce(&Input<'_>) -> T) -> T {
        let overrides = self.all_overrides();
        call(&Input { files: &self.files, overrides: (OVERRIDES, &overrides), release: self.release })
    }

    /// Runs the generator.
    pub(crate) fn generate(&self) -> Result<Output, Diagnostics> {
        self.with_input(generate)
    }

    /// Runs the generator, which has to succeed.
    pub(crate) fn output(&self) -> Output {
        match self.generate() {
            Ok(output) => output,
            Err(diagnostics) => panic!("{diagnostics}"),
        }
    }

    /// Runs the generator, which has to fail with a location in a file of the tree.
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

    /// Asserts that every diagnostic names a file of the tree.
    pub(crate) fn assert_placed(&self, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics.iter() {
            let file = &diagnostic.origin.file;
            assert!(file == OVERRIDES || self.files.contains_key(file), "{file} isn't in the tree:\n{diagnostic}");
        }
    }
}

/// Returns the schema of an event that builds on one of the core schemas.
pub(crate) fn event(event_type: &str, base: &str, content: &str) -> String {
    // A variant of an event has the type of the event.
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

/// Indents every line that is not empty.
pub(crate) fn indent(text: &str, width: usize) -> String {
    let lines = text.lines().map(|line| match line {
        "" => String::new(),
        line => format!("{}{line}", " ".repeat(width)),
    });
    lines.collect::<Vec<_>>().join("\n")
}
