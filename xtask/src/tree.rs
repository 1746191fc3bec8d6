//! Reading a spec tree from disk: ours, or a release of the specification as it comes.

use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use matrix_events_codegen::{Files, Settings, TextFile, Version};

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
/// `source.yaml` says, or, in a tree that isn't ours and has none, what its folder is called.
pub fn read(folder: &Path, stated: Option<Version>) -> Outcome<Tree> {
    let root = root_of(folder)?;
    let mut files = Files::new();
    collect(&root.join("event-schemas"), "event-schemas", &mut files)?;
    collect_if_there(&root.join("api"), "api", &mut files)?;
    let release = match stated {
        Some(release) => Some(release),
        None => release_of_source(&root, is_ours(&root))?.or_else(|| release_of_name(folder)),
    };
    Ok(Tree { files, release })
}

/// Reads the settings of the workspace.
pub fn settings() -> Outcome<Settings> {
    settings_of(&workspace().join("spec"))
}

/// Reads the settings in a folder: `codegen.yaml` and `overrides.yaml`.
pub fn settings_of(folder: &Path) -> Outcome<Settings> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(|error| format!("error: {} can't be read: {error}", path.display()))
    };
    Ok(Settings::new(read("codegen.yaml")?, read("overrides.yaml")?))
}

/// Reads the settings in a folder that may lack each of both files.
pub(crate) fn settings_if_there(folder: &Path) -> Outcome<Settings> {
    let read = |name: &str| {
        let path = folder.join(name);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(format!("error: {} can't be read: {error}", path.display())),
        };
        Ok(TextFile { name: path.display().to_string(), text })
    };
    Ok(Settings { config: read("codegen.yaml")?, overrides: read("overrides.yaml")? })
}

fn root_of(folder: &Path) -> Outcome<PathBuf> {
    let candidates = [folder.to_owned(), folder.join("data")];
    match candidates.iter().find(|root| root.join("event-schemas").is_dir()) {
        Some(root) => Ok(root.clone()),
        None => Err(format!(
            "error: {} has no event schemas\n  = expected: a folder with `event-schemas`, or a checkout of the specification with `data/event-schemas`\n  = help: give the folder of a release, or spec/",
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
    Ok(entries.map_err(|error| {
        let help = match error.kind() {
            ErrorKind::NotFound => {
                "\n  = help: if it was there a moment ago, another run is writing it: run this again"
            }
            _ => "",
        };
        format!("error: {} can't be listed: {error}{help}", folder.display())
    })?)
}

/// The same, where there may be no such folder.
pub(crate) fn entries_if_there(folder: &Path) -> Outcome<Vec<DirEntry>> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        _ => entries(folder),
    }
}

/// What `source.yaml` says. Only a tree that isn't ours may do without it: generated without its release, it would be another.
fn release_of_source(root: &Path, is_ours: bool) -> Outcome<Option<Version>> {
    let path = root.join("source.yaml");
    let expected = "  = expected: a line such as `release: \"v1.19\"`, as `cargo xtask import` writes it\n  = help: bring the file back from git, or import the release again";
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && !is_ours => return Ok(None),
        Err(error) => return Err(format!("error: {} can't be read: {error}\n{expected}", path.display()).into()),
    };
    let line = text.lines().zip(1..).find_map(|(line, number)| Some((line.strip_prefix("release:")?, number)));
    let Some((value, number)) = line else {
        return Err(format!("error: nothing says which release it is of\n  --> {}\n{expected}", path.display()).into());
    };
    let value = value.split(" #").next().unwrap_or_default().trim();
    match Version::parse(value.trim_matches(['"', '\''])) {
        Some(release) => Ok(Some(release)),
        None => {
            Err(format!("error: `release: {value}` is no release\n  --> {}:{number}:1\n{expected}", path.display())
                .into())
        }
    }
}

/// Whether a folder is the `spec/` of the workspace, however it is named.
fn is_ours(root: &Path) -> bool {
    let (root, ours) = (fs::canonicalize(root), fs::canonicalize(workspace().join("spec")));
    matches!((root, ours), (Ok(root), Ok(ours)) if root == ours)
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
    use matrix_events_codegen::Version;

    use super::{read, release_of_source};
    use crate::scratch::Scratch;
    use crate::Outcome;

    const SCHEMA: &str = "event-schemas/schema/m.a.yaml";

    fn told<T>(outcome: Outcome<T>) -> String {
        outcome.err().map(|failure| failure.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_told_and_one_that_is_missing_may_be() -> Outcome<()> {
        let scratch = Scratch::new()?;
        scratch.put(SCHEMA, "{}");
        assert_eq!(read(scratch.path(), None)?.files.into_keys().collect::<Vec<_>>(), [SCHEMA]);
        // Nobody can list a file.
        let api = scratch.path().join("api");
        scratch.put("api", "");
        let expected = format!("error: {} can't be listed: ", api.display());
        assert!(told(read(scratch.path(), None)).starts_with(&expected), "{}", told(read(scratch.path(), None)));
        Ok(())
    }

    #[test]
    fn a_folder_without_schemas_is_told_with_advice_for_every_command() -> Outcome<()> {
        let scratch = Scratch::new()?;
        let told = told(read(scratch.path(), None));
        // Not each of them has an option for it.
        assert!(told.contains("has no event schemas") && !told.contains("option"), "{told}");
        Ok(())
    }

    #[test]
    fn a_source_that_names_no_release_is_told_and_only_ours_has_to_be_there() -> Outcome<()> {
        let scratch = Scratch::new()?;
        let source = scratch.path().join("source.yaml");
        assert_eq!(release_of_source(scratch.path(), false)?, None);
        assert!(told(release_of_source(scratch.path(), true)).contains("source.yaml can't be read"));
        for (text, what) in [
            ("# Ours.\nrelease: v1,19\n", format!("`release: v1,19` is no release\n  --> {}:2:1\n", source.display())),
            ("release:\n", "`release: ` is no release".to_owned()),
            ("files: {}\n", format!("nothing says which release it is of\n  --> {}\n", source.display())),
        ] {
            scratch.put("source.yaml", text);
            scratch.put(SCHEMA, "{}");
            let told = told(read(scratch.path(), None));
            assert!(told.contains(&what) && told.contains("import the release again"), "{told}");
        }
        let stated = Version { major: 1, minor: 19 };
        assert_eq!(read(scratch.path(), Some(stated))?.release, Some(stated));
        scratch.put("source.yaml", "release: 'v1.19' # the last\n");
        assert_eq!(read(scratch.path(), None)?.release, Some(stated));
        Ok(())
    }
}
