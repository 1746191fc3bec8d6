//! The spec tree of the repository, and the output of the generator for this tree.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, Output, Settings, Version, PROPOSALS};
use serde_json::Value;

use crate::cases::CASES;
use crate::Case;

/// Returns the path of a folder of the repository.
///
/// Cargo sets `CARGO_MANIFEST_DIR` when it runs a test. The value at compile time may name another checkout that shares the
/// target folder.
pub fn folder(name: &str) -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().unwrap_or(&package).join(name)
}

/// Returns the files below a folder, or an empty list if the folder does not exist.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Reads a spec tree. Without the feature `unstable`, the tree has no proposals, like `matrix-events`.
pub fn read(folder: &Path) -> Tree {
    let mut tree = read_with_proposals(folder);
    tree.files.retain(|file, _| cfg!(feature = "unstable") || !file.starts_with(PROPOSALS));
    tree
}

/// Reads a spec tree with its proposals.
pub fn read_with_proposals(folder: &Path) -> Tree {
    Tree::read(folder, None).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads the settings in `spec/`.
pub fn settings() -> Settings {
    Settings::read(&folder("spec")).unwrap_or_else(|error| panic!("{error}"))
}

/// Runs the generator on a tree.
pub fn from(tree: &Tree) -> Output {
    generate(&tree.input(&settings())).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// Returns the output of the generator for `spec/`. Without the feature `unstable`, the output has no types of proposals.
pub fn output() -> &'static Output {
    static OUTPUT: OnceLock<Output> = OnceLock::new();
    OUTPUT.get_or_init(|| from(&read(&folder("spec"))))
}

/// Returns the output of the generator for `spec/` with the types of all proposals.
pub fn output_with_proposals() -> &'static Output {
    static OUTPUT: OnceLock<Output> = OnceLock::new();
    OUTPUT.get_or_init(|| from(&read_with_proposals(&folder("spec"))))
}

/// Returns all cases with their examples.
pub fn cases() -> impl Iterator<Item = (&'static Case, &'static Value)> {
    CASES.iter().map(|case| {
        let example = output().examples.iter().find(|example| example.file == case.example);
        let example = example.unwrap_or_else(|| panic!("{} is not an example of spec/", case.example));
        (case, &example.value)
    })
}

/// Returns the folders of whole releases, oldest first. Their parents are the folders that the environment variable
/// `MATRIX_SPEC_RELEASES` lists like `PATH`, or `../shared/matrix-spec` and `../shared/matrix-spec-older`. Prints a note if there
/// are no releases.
pub fn releases() -> Vec<PathBuf> {
    let named = std::env::var_os("MATRIX_SPEC_RELEASES");
    let parents: Vec<PathBuf> = match &named {
        Some(named) => std::env::split_paths(named).collect(),
        None => ["../shared/matrix-spec", "../shared/matrix-spec-older"].map(folder).into(),
    };
    let entries = parents.iter().filter_map(|parent| std::fs::read_dir(parent).ok()).flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut found: Vec<(Version, PathBuf)> =
        paths.filter_map(|path| Some((Version::parse(path.file_name()?.to_str()?)?, path))).collect();
    found.sort();
    if found.is_empty() {
        // The test harness hides what a passing test prints with `println!`.
        let _ = writeln!(std::io::stderr(), "skipped: no releases of the specification in {parents:?}");
    }
    found.into_iter().map(|(_, path)| path).collect()
}

/// Returns the releases that the environment variable `MATRIX_RELEASE` lists, such as `v1.2,v1.19`, or all releases. Without
/// releases, returns `spec/`.
pub fn selected_releases() -> Vec<PathBuf> {
    let mut releases = releases();
    if releases.is_empty() {
        releases.push(folder("spec"));
    }
    if let Ok(selected) = std::env::var("MATRIX_RELEASE") {
        let is_selected = |path: &PathBuf| selected.split(',').any(|name| path.ends_with(name));
        releases.retain(is_selected);
        assert!(!releases.is_empty(), "no release is named {selected}");
    }
    releases
}
