//! Small spec trees for tests: the core schemas of `tests/core` and the schemas of a test.

// Each test file is a separate crate and uses a part of this module.
#![allow(dead_code)]

pub(crate) mod case;
pub(crate) mod compile;

use matrix_events_codegen::{generate, Diagnostics, Files, Input, Output, Settings, Version};

/// The folder of the event schemas.
pub(crate) const SCHEMAS: &str = "event-schemas/schema";

/// The folder of the examples.
pub(crate) const EXAMPLES: &str = "event-schemas/examples";

/// The file name of the configuration of every tree.
pub(crate) const CONFIG: &str = "codegen.yaml";

/// The file name of the corrections of every tree.
pub(crate) const OVERRIDES: &str = "overrides.yaml";

/// The configuration that every tree needs, by its sections.
const CORE_CONFIG: &str = include_str!("../core/codegen.yaml");

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
    /// The configuration of the test. The sections of the core that it lacks are appended.
    pub(crate) config: String,
    /// `false` for a tree with the configuration of the test alone.
    pub(crate) has_core_config: bool,
    /// The corrections of the test.
    pub(crate) overrides: String,
    pub(crate) release: Option<Version>,
}

impl Tree {
    /// Returns the core schemas and their configuration, without an event.
    pub(crate) fn new() -> Self {
        let core = CORE.map(|(name, text)| (format!("{SCHEMAS}/core-event-schema/{name}"), text.into()));
        let release = Some(Version { major: 1, minor: 19 });
        let (config, overrides) = (String::new(), String::new());
        Self { files: Files::from(core), config, has_core_config: true, overrides, release }
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

    /// Adds sections of configuration. A section replaces the one of the core.
    pub(crate) fn config(mut self, sections: &str) -> Self {
        self.config.push_str(sections);
        self
    }

    /// Adds sections of corrections.
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

    /// Returns the text of the configuration. The sections of the test come first, so that their lines are those of the test.
    pub(crate) fn all_config(&self) -> String {
        let mut text = self.config.clone();
        if !self.has_core_config {
            return text;
        }
        let mut is_missing = false;
        for line in CORE_CONFIG.lines() {
            if !line.starts_with(['-', ' ', '#']) {
                is_missing = !self.config.lines().any(|own| own.starts_with(line));
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
        let settings = Settings::new(self.all_config(), self.overrides.as_str());
        call(&Input { files: &self.files, settings: &settings, release: self.release })
    }

    /// Runs the generator.
    pub(crate) fn generate(&self) -> Result<Output, Diagnostics> {
        self.with_input(generate)
    }

    /// Runs the generator, and panics if it fails.
    pub(crate) fn output(&self) -> Output {
        match self.generate() {
            Ok(output) => output,
            Err(diagnostics) => panic!("{diagnostics}"),
        }
    }

    /// Runs the generator, and returns its errors. Panics if there is none, or if an error has no place in the tree.
    pub(crate) fn diagnostics(&self) -> Diagnostics {
        match self.generate() {
            Ok(_) => panic!("the generator reports no error"),
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
            let is_known = [CONFIG, OVERRIDES].contains(&file.as_str()) || self.files.contains_key(file);
            assert!(is_known, "{file} is not in the tree:\n{diagnostic}");
        }
    }
}

/// Returns the schema of an event that refers to one of the core schemas.
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
