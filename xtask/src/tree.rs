//! Reading a spec tree from disk: ours, or a release of the specification as it comes.

use std::fs::{self, DirEntry};
use std::io::ErrorKind;
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
    collect(&root.join("event-schemas"), "event-schemas", &mut files)?;
    collect_if_there(&root.join("api"), "api", &mut files)?;
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
    documents(entries(folder)?, name, files)
}

/// The same, where there may be no such folder.
pub(crate) fn collect_if_there(folder: &Path, name: &str, files: &mut Files) -> Outcome<()> {
    documents(entries_if_there(folder)?, name, files)
}

fn documents(entries: Vec<DirEntry>, name: &str, files: &mut Files) -> Outcome<()> {
    for entry in entries {
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

/// What a folder holds. One that can't be listed isn't empty: what seems to be missing would be removed elsewhere.
pub(crate) fn entries(folder: &Path) -> Outcome<Vec<DirEntry>> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect);
    Ok(entries.map_err(|error| format!("error: {} can't be listed: {error}", folder.display()))?)
}

/// The same, where there may be no such folder.
pub(crate) fn entries_if_there(folder: &Path) -> Outcome<Vec<DirEntry>> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        _ => entries(folder),
    }
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::read;
    use crate::scratch::Scratch;
    use crate::Outcome;

    const SCHEMA: &str = "event-schemas/schema/m.a.yaml";

    fn put(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        assert!(written.is_ok(), "{}: {written:?}", path.display());
    }

    fn told<T>(outcome: Outcome<T>) -> String {
        outcome.err().map(|failure| failure.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_told_and_one_that_is_missing_may_be() -> Outcome<()> {
        let scratch = Scratch::new()?;
        put(scratch.path(), SCHEMA, "{}");
        assert_eq!(read(scratch.path(), None)?.files.into_keys().collect::<Vec<_>>(), [SCHEMA]);
        // Nobody can list a file.
        let api = scratch.path().join("api");
        put(scratch.path(), "api", "");
        let expected = format!("error: {} can't be listed: ", api.display());
        assert!(told(read(scratch.path(), None)).starts_with(&expected), "{}", told(read(scratch.path(), None)));
        Ok(())
    }
}
