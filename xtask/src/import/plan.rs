//! The changes that an import makes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use fs_err as fs;
use matrix_events_codegen::fs::{read_files, SOURCE};
use matrix_events_codegen::{parse_document, Files, Node, Origin, Settings, Version, EXAMPLES};
use sha2::{Digest, Sha256};

use super::collect::{collect, is_imported, Collected};
use super::document::{compose, descriptions, required_descriptions, to_yaml, Descriptions};
use super::renames::renames;
use super::{Documents, Errors};
use crate::write::Difference;

/// The files that an import writes and removes, and the lists of its report.
#[derive(Debug)]
pub(super) struct Plan {
    /// The release that the folder states, before the import.
    pub(super) before: Option<String>,
    pub(super) release: Version,
    /// The texts of all imported files, by their paths.
    pub(super) files: BTreeMap<String, String>,
    pub(super) difference: Difference,
    /// The number of descriptions that the import keeps.
    pub(super) kept: usize,
    /// Our descriptions whose places no longer exist.
    pub(super) orphaned: Descriptions,
    /// The places that should have a description.
    pub(super) missing: Vec<Origin>,
    /// The new names of renamed files, and their old names.
    pub(super) renames: BTreeMap<String, String>,
    /// The examples of the release for which we have none.
    pub(super) examples: Vec<String>,
}

impl Plan {
    /// Plans the import of a release into a folder.
    pub(super) fn new(release_files: &Files, release: Version, settings: &Settings, into: &Path) -> Result<Self> {
        let Collected { documents: collected, named: schemas } = collect(release_files, settings)?;
        let ours = existing(into)?;
        let renames = renames(&ours, &collected);
        let new_name =
            |file: &str| renames.iter().find(|(_, from)| *from == file).map_or(file, |(to, _)| to).to_owned();
        let named = ours.iter().map(|(file, root)| (new_name(file), root));
        let mut ours: BTreeMap<_, _> = named.map(|(name, root)| (name.clone(), descriptions(&name, root))).collect();
        let mut files = BTreeMap::from([(SOURCE.to_owned(), source(release_files, release, collected.keys())?)]);
        let (mut kept, mut orphaned, mut missing) = (0, Descriptions::new(), Vec::new());
        for (file, root) in &collected {
            let ours = ours.remove(file).unwrap_or_default();
            let composed = compose(file, root, &ours);
            files.insert(file.clone(), to_yaml(file, &composed)?);
            missing.extend(
                required_descriptions(file, root, &schemas).into_iter().filter(|place| !ours.contains_key(place)),
            );
            let used = descriptions(file, &composed);
            kept += used.len();
            orphaned.extend(ours.into_iter().filter(|(place, _)| !used.contains_key(place)));
        }
        orphaned.extend(ours.into_values().flatten());
        let mut difference = Difference::of(into, &files)?;
        difference.removed.retain(|file| is_imported(file) && (file.ends_with(".yaml") || file.ends_with(".json")));
        let is_missing_example = |file: &&String| file.starts_with(EXAMPLES) && !into.join(file).exists();
        let examples = release_files.keys().filter(is_missing_example).cloned().collect();
        Ok(Self { before: before(into), release, files, difference, kept, orphaned, missing, renames, examples })
    }
}

/// Parses the existing files that imports write.
fn existing(into: &Path) -> Result<Documents> {
    let mut errors = Errors::default();
    let mut documents = Documents::new();
    let files = read_files(into, "event-schemas")?.into_iter().chain(read_files(into, "api")?);
    for (file, bytes) in files.filter(|(file, _)| is_imported(file)) {
        // The release may have a file of the same name.
        let path = into.join(&file).display().to_string();
        documents.extend(errors.parse(&path, &bytes).map(|root| (file, root)));
    }
    errors.finish(documents)
}

/// Returns the release that a folder states.
fn before(into: &Path) -> Option<String> {
    let source = parse_document(SOURCE, &fs::read(into.join(SOURCE)).ok()?).ok()?;
    source.get("release").and_then(Node::as_str).map(str::to_owned)
}

/// Returns the text of `source.yaml`: the release, and a digest of each of its files.
fn source<'f>(files: &Files, release: Version, imported: impl Iterator<Item = &'f String>) -> Result<String> {
    let digest = |file: &String| {
        let bytes = files.get(file).map(Vec::as_slice).unwrap_or_default();
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let digests: BTreeMap<&String, String> = imported.map(|file| (file, digest(file))).collect();
    let list = serde_yaml::to_string(&BTreeMap::from([("files", digests)])).context("failed to write source.yaml")?;
    Ok(format!(
        "# Written by `cargo xtask import`: the release that the facts come from, and the SHA-256 of each of its files.\nrelease: \"{release}\"\n{list}"
    ))
}
