//! Reading a spec tree from disk: ours, or a release of the specification as it comes.

use std::fs;
use std::path::{Path, PathBuf};

use matrix_events_codegen::{Files, Version};

use crate::Outcome;

/// The files of a spec tree, and which release they are of.
pub struct Tree {
    /// The files, by their paths below the root.
    pub files: Files,
    /// The release, where something says so.
    pub release: Option<Version>,
}

/// The root of the workspace, whichever of its folders the command is run from.
pub fn workspace() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// Reads a tree: a folder with `event-schemas`, or one whose `data` folder has it. Its release is what is stated, what its
/// `source.yaml` says, or what its folder is called.
pub fn read(folder: &Path, stated: Option<Version>) -> Outcome<Tree> {
    let root = root_of(folder)?;
    let mut files = Files::new();
    for part in ["event-schemas", "api"] {
        collect(&root.join(part), part, &mut files)?;
    }
    let release = stated.or_else(|| release_of_source(&root)).or_else(|| release_of_name(folder));
    Ok(Tree { files, release })
}

fn root_of(folder: &Path) -> Outcome<PathBuf> {
    let candidates = [folder.to_owned(), folder.join("data")];
    match candidates.iter().find(|root| root.join("event-schemas").is_dir()) {
        Some(root) => Ok(root.clone()),
        None => Err(format!(
            "error: {} has no event schemas\n  = expected: a folder with `event-schemas`, or a checkout of the specification with `data/event-schemas`\n  = help: give the folder of a release, or leave the option out for spec/",
            folder.display()
        )
        .into()),
    }
}

/// Reads the documents of a folder and those below it, under names that begin with `name`.
pub(crate) fn collect(folder: &Path, name: &str, files: &mut Files) -> Outcome<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let entry = entry.map_err(|error| format!("error: {} can't be listed: {error}", folder.display()))?;
        let path = entry.path();
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else if name.ends_with(".yaml") || name.ends_with(".json") {
            let bytes = fs::read(&path).map_err(|error| format!("error: {} can't be read: {error}", path.display()))?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}

fn release_of_source(root: &Path) -> Option<Version> {
    let text = fs::read_to_string(root.join("source.yaml")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("release:"))?;
    Version::parse(line.trim().trim_matches(['"', '\'']))
}

fn release_of_name(folder: &Path) -> Option<Version> {
    let folder = fs::canonicalize(folder).ok()?;
    folder.ancestors().take(2).find_map(|folder| Version::parse(folder.file_name()?.to_str()?))
}

/// Reads the version that an option states.
pub(crate) fn version(text: &str) -> Result<Version, String> {
    Version::parse(text).ok_or_else(|| "a release of the specification, such as v1.19".to_owned())
}
