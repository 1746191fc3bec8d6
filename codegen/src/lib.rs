//! Generates Rust types from the Matrix event schemas.
//!
//! The library behind the [`matrix-events`](https://docs.rs/matrix-events) crate: a tree of files with the
//! specification's event schemas goes in, a tree of files with Rust comes out. It touches neither disk nor network nor
//! clock, and the same input gives the same bytes. Only the feature `fs` adds functions that read trees from disk.
//! `pipeline.rs` is the table of contents.

// No input gets anything here to panic.
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
mod render;
mod schema;
mod settings;
mod source;
mod validator;
mod version;

use std::collections::BTreeMap;

pub use cross_check::Compared;
pub use diagnostics::{escape_pointer_token, unescape_pointer_token, Diagnostic, Diagnostics, Origin};
pub use examples::Example;
pub use extension::Extension;
pub use node::{Node, NodeKind, Number};
pub use pipeline::{beyond_types, extend, generate};
pub use schema::keywords::{Keyword, KeywordKind, SchemaRole, KEYWORDS};
pub use source::{parse_document, short_path, Files, EXAMPLES, SCHEMAS};
pub use version::Version;

/// The input of the generator.
#[derive(Clone, Copy, Debug)]
pub struct Input<'i> {
    /// The specification's `data` folder: `event-schemas/**`, and the files of `api/**` that the event schemas refer to.
    pub files: &'i Files,
    /// The configuration, and the facts that the schemas omit or get wrong.
    pub settings: &'i Settings,
    /// The release of the files, where it is known. It decides which entries of the settings have to apply.
    pub release: Option<Version>,
}

/// The settings of a tree of schemas.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `codegen.yaml`: kinds, envelopes, enums, names and modules.
    pub config: TextFile,
    /// `overrides.yaml`: the facts that the schemas omit or get wrong.
    pub overrides: TextFile,
}

/// A file with text.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// The name in diagnostics.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Settings {
    /// Creates settings from the texts of `codegen.yaml` and `overrides.yaml`.
    pub fn new(config: impl Into<String>, overrides: impl Into<String>) -> Self {
        Self {
            config: TextFile { name: "codegen.yaml".to_owned(), text: config.into() },
            overrides: TextFile { name: "overrides.yaml".to_owned(), text: overrides.into() },
        }
    }
}

/// The output of the generator.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files of the crate's `src/events` folder, by their paths below it.
    pub events: BTreeMap<String, String>,
    /// A table for the tests: each example of the specification, and the types that it deserializes into.
    pub cases: String,
    /// The decided types and constraints.
    pub ir: ir::Ir,
    /// The examples, with the examples that they refer to merged in.
    pub examples: Vec<Example>,
    /// Every file that was read.
    pub read: Vec<String>,
    /// The types that were compared with those of typify.
    pub cross_check: Vec<Compared>,
    /// The entries of the settings that change nothing, in a tree of an unknown release.
    pub notes: Diagnostics,
}
