//! The spec tree of the repository, and what is generated from it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use matrix_events_codegen::{generate, Input, Output, Settings};
use serde_json::Value;
use xtask::tree::{self, Tree};

use crate::cases::CASES;
use crate::Case;

/// A folder of the repository.
pub fn folder(name: &str) -> PathBuf {
    tree::workspace().join(name)
}

/// Reads a tree.
pub fn read(folder: &Path) -> Tree {
    tree::read(folder, None).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The settings in `spec/`.
pub fn settings() -> Settings {
    tree::settings().unwrap_or_else(|failure| panic!("{failure}"))
}

/// What is generated from a tree.
pub fn from(tree: &Tree) -> Output {
    let input = Input { files: &tree.files, settings: &settings(), release: tree.release };
    generate(&input).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// What is generated from `spec/`.
pub fn output() -> &'static Output {
    static OUTPUT: OnceLock<Output> = OnceLock::new();
    OUTPUT.get_or_init(|| from(&read(&folder("spec"))))
}

/// Every case with its example.
pub fn cases() -> impl Iterator<Item = (&'static Case, &'static Value)> {
    CASES.iter().map(|case| {
        let example = output().examples.iter().find(|example| example.file == case.example);
        let example = example.unwrap_or_else(|| panic!("{} is not an example of spec/", case.example));
        (case, &example.value)
    })
}

/// The folders of whole releases, where they are at hand. Says so if they aren't.
pub fn releases() -> Vec<PathBuf> {
    let shared = folder("../shared/matrix-spec");
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(&shared).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    if found.is_empty() {
        // What a passing test prints with `println!` isn't shown.
        let _ = writeln!(std::io::stderr(), "skipped: no releases of the specification at {}", shared.display());
    }
    found
}
