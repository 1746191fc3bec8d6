//! Generates Rust types from the Matrix event schemas.
//!
//! This library generates the [`matrix-events`](https://docs.rs/matrix-events) crate. The input is a tree of files with event
//! schemas, and the output is a tree of Rust files. Equal inputs give equal outputs.
//!
//! - [`generate()`] generates the types of the specification.
//! - [`extend()`] generates the types of custom events, for a crate that depends on `matrix-events`.
//! - [`compare::compare()`] compares the meaning of two trees of schemas.
//!
//! The library does not access disk, network and clock. The feature `fs` adds functions that read trees from disk.

// The library never panics, whatever the input.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

pub mod compare;
mod constraints;
mod cross_check;
mod diagnostics;
mod emit;
mod events;
mod examples;
mod extension;
#[cfg(feature = "fs")]
pub mod fs;
pub mod ir;
mod lower;
mod model;
mod names;
mod node;
mod pipeline;
mod proposals;
mod render;
mod room_versions;
mod schema;
mod settings;
mod source;
mod validator;
mod version;

use std::collections::BTreeMap;

pub use cross_check::Compared;
pub use diagnostics::{escape_pointer_token, unescape_pointer_token, Diagnostic, Diagnostics, Origin, OtherPlace};
pub use examples::{Example, RootExample};
pub use extension::Extension;
pub use node::{Node, NodeKind, Number};
pub use pipeline::{beyond_types, documents, extend, generate};
pub use proposals::{proposals, PROPOSALS, PROSE};
pub use room_versions::{room_versions, ROOM_VERSIONS};
pub use schema::keywords::{Keyword, KeywordKind, SchemaRole, KEYWORDS};
pub use source::{parse_document, short_path, Files, EXAMPLES, SCHEMAS};
pub use version::Version;

/// The input of the generator.
#[derive(Clone, Copy, Debug)]
pub struct Input<'i> {
    /// The specification's `data` folder: `event-schemas/**`, and the files of `api/**` that the event schemas refer to.
    pub files: &'i Files,
    /// The settings: the configuration and the corrections of the schemas.
    pub settings: &'i Settings,
    /// The release of the files, if it is known. The release determines which entries of the settings apply.
    pub release: Option<Version>,
}

/// The settings of a tree of schemas.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The configuration, `codegen.yaml`: kinds, envelopes, enums, names and modules.
    pub config: TextFile,
    /// The corrections, `overrides.yaml`: facts that the schemas omit or get wrong.
    pub overrides: TextFile,
    /// The release that the settings are for. In an older release, an entry may change nothing.
    pub release: Option<Version>,
}

/// A text file.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// The name in diagnostics.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Settings {
    /// Creates settings from the texts of `codegen.yaml` and `overrides.yaml`, for every release.
    pub fn new(config: impl Into<String>, overrides: impl Into<String>) -> Self {
        Self {
            config: TextFile { name: "codegen.yaml".to_owned(), text: config.into() },
            overrides: TextFile { name: "overrides.yaml".to_owned(), text: overrides.into() },
            release: None,
        }
    }

    /// Returns the settings of a folder of our own in a tree. The tree contains their texts.
    fn in_folder(folder: &str) -> Self {
        let file = |name: &str| TextFile { name: format!("{folder}/{name}"), text: String::new() };
        Self { config: file("codegen.yaml"), overrides: file("overrides.yaml"), release: None }
    }

    /// Returns `true` if each entry has to change a release. In a release before that of the settings, and in an unknown release,
    /// the files and properties that an entry names may be missing.
    fn are_strict_for(&self, release: Option<Version>) -> bool {
        release.is_some_and(|release| self.release.is_none_or(|own| own <= release))
    }
}

/// The output of the generator.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files of the folder `src/events` of the crate, by their paths below the folder.
    pub events: BTreeMap<String, String>,
    /// A Rust file for tests: a table of the examples and the types that they deserialize to.
    pub cases: String,
    /// The types and constraints.
    pub ir: ir::Ir,
    /// The examples, each merged with the examples that it refers to.
    pub examples: Vec<Example>,
    /// The examples of roots, such as the bodies of responses.
    pub root_examples: Vec<RootExample>,
    /// The files that were read.
    pub read: Vec<String>,
    /// The types that were cross-checked with typify.
    pub cross_check: Vec<Compared>,
    /// The entries of the settings that change nothing, for a release before that of the settings or an unknown release. For other
    /// releases, such an entry is an error.
    pub notes: Diagnostics,
    /// The errors of the examples of a release before that of the settings. In other releases, an invalid example is an error.
    pub invalid_examples: Diagnostics,
}
