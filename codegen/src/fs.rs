//! Reads spec trees and custom schemas from disk. Requires the feature `fs`. The rest of the crate reads no files.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::proposals::{PROPOSALS, PROSE};
use crate::source::SCHEMAS;
use crate::{parse_document, Diagnostics, Extension, Files, Input, Settings, TextFile, Version};

/// The name of the file that states the release of a spec tree.
pub const SOURCE: &str = "source.yaml";

/// The name of the file with the configuration.
pub const CONFIG: &str = "codegen.yaml";

/// The name of the file with corrections.
pub const OVERRIDES: &str = "overrides.yaml";

/// The error of a file or folder that cannot be read, with its path, the cause and advice.
#[derive(Debug)]
pub struct ReadError(String);

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}

/// The files of a spec tree.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The files, by their paths below the root.
    pub files: Files,
    /// The release, if it is known.
    pub release: Option<Version>,
}

impl Tree {
    /// Reads a spec tree: a folder with `event-schemas`, or a checkout of the specification with `data/event-schemas`.
    ///
    /// The release is the argument, the release in `source.yaml`, or the name of the folder, in this order.
    ///
    /// # Errors
    ///
    /// Returns an error if there are no event schemas, a file cannot be read, or `source.yaml` states no release.
    pub fn read(folder: &Path, release: Option<Version>) -> Result<Self, ReadError> {
        let Some(root) = first_with(folder, &["", "data"], "event-schemas") else {
            return Err(ReadError(format!(
                "failed to read {}: {}\n  = expected: a folder with `event-schemas`, or a checkout of the specification with `data/event-schemas`\n  = help: {}",
                folder.display(),
                without(folder, "event schemas"),
                trees_in(folder)
            )));
        };
        let mut files = read_files(&root, "event-schemas")?;
        for folder in ["api", PROPOSALS, PROSE] {
            files.extend(read_files(&root, folder)?);
        }
        let release = match release {
            Some(release) => Some(release),
            None => stated_release(&root)?.or_else(|| release_in_name(folder)),
        };
        Ok(Self { files, release })
    }

    /// Replaces the names of files in diagnostics by their paths on disk. `folder` is the folder that was read, and `settings` is
    /// the folder of the settings.
    #[must_use]
    pub fn with_paths(diagnostics: Diagnostics, folder: &Path, settings: &Path) -> Diagnostics {
        let root = first_with(folder, &["", "data"], "event-schemas").unwrap_or_else(|| folder.to_owned());
        diagnostics.with_files(|file| match file {
            CONFIG | OVERRIDES => Some(settings.join(file).display().to_string()),
            file if is_in_tree(file) => Some(root.join(file).display().to_string()),
            _ => None,
        })
    }

    /// Returns the input of the generator.
    pub fn input<'i>(&'i self, settings: &'i Settings) -> Input<'i> {
        Input { files: &self.files, settings, release: self.release }
    }
}

impl Settings {
    /// Reads `codegen.yaml` and `overrides.yaml` in a folder, and the release in `source.yaml`, if there is one.
    ///
    /// # Errors
    ///
    /// Returns an error if a file with settings cannot be read.
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        let text = |name: &str| {
            let path = folder.join(name);
            if !path.exists() {
                return Err(ReadError(format!(
                    "failed to read {0}: there is no such file\n  = expected: a file with settings, which may be empty\n  = help: restore the file with `git checkout -- {0}`, or create an empty file",
                    path.display()
                )));
            }
            read_settings(&path)
        };
        // `Tree::read` reports an invalid `source.yaml`.
        let release = stated_release(folder).ok().flatten();
        Ok(Self { release, ..Self::new(text(CONFIG)?, text(OVERRIDES)?) })
    }
}

/// The files of an extension: schemas and examples of custom events.
#[derive(Clone, Debug)]
pub struct ExtensionTree {
    files: Files,
    settings: Settings,
    paths: BTreeMap<String, String>,
}

impl ExtensionTree {
    /// Reads a folder with `schema`, and with `examples`, `codegen.yaml` and `overrides.yaml` if they exist. The folders may
    /// be in `event-schemas`.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no schema, or a file cannot be read.
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        let root = first_with(folder, &["", "event-schemas"], "schema").unwrap_or_else(|| folder.to_owned());
        let mut files = Files::new();
        let mut paths = BTreeMap::new();
        for (path, bytes) in read_files(&root, "schema")?.into_iter().chain(read_files(&root, "examples")?) {
            let file = format!("event-schemas/{path}");
            paths.insert(file.clone(), root.join(path).display().to_string());
            files.insert(file, bytes);
        }
        if !files.keys().any(|file| file.starts_with(SCHEMAS)) {
            return Err(ReadError(format!(
                "failed to read {0}: {1}\n  = expected: a folder with `schema` or `event-schemas/schema`, which has a file for each event\n  = help: write the schema of an event `org.example.event` to {0}/schema/org.example.event.yaml",
                folder.display(),
                without(folder, "event schemas")
            )));
        }
        let text = |name: &str| {
            let path = folder.join(name);
            let text = if path.exists() { read_settings(&path)? } else { String::new() };
            Ok(TextFile { name: path.display().to_string(), text })
        };
        let settings = Settings { config: text(CONFIG)?, overrides: text(OVERRIDES)?, release: None };
        Ok(Self { files, settings, paths })
    }

    /// Returns the extension for [`extend`](crate::extend()).
    pub fn extension(&self) -> Extension<'_> {
        Extension { files: &self.files, settings: &self.settings }
    }

    /// Replaces the names of files in diagnostics by their paths on disk.
    #[must_use]
    pub fn with_paths(&self, diagnostics: Diagnostics) -> Diagnostics {
        diagnostics.with_files(|file| self.paths.get(file).cloned())
    }
}

/// Reads the YAML and JSON files in a folder of a tree, by their paths below the root. A missing folder has no files.
///
/// # Errors
///
/// Returns an error if a folder or a file cannot be read.
pub fn read_files(root: &Path, folder: &str) -> Result<Files, ReadError> {
    let mut files = Files::new();
    let path = root.join(folder);
    // An unreadable folder is an error: an import removes the files that are missing here.
    let entries: Vec<_> = match fs::read_dir(&path).and_then(Iterator::collect) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(failed(&path, &error)),
    };
    for entry in entries {
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            files.extend(read_files(root, &name)?);
        } else if name.ends_with(".yaml") || name.ends_with(".json") {
            files.insert(name, fs::read(&path).map_err(|error| failed(&path, &error))?);
        } else if let Some(extension) = intended_extension(&path) {
            return Err(ReadError(format!(
                "failed to read {0}: the name ends with neither `.yaml` nor `.json`\n  = expected: files that end with `.yaml` or `.json`\n  = help: rename the file: `mv '{0}' '{1}'`",
                path.display(),
                path.with_extension(extension).display()
            )));
        }
    }
    Ok(files)
}

/// Returns the extension that a file should have, if its extension is similar to that of a schema.
fn intended_extension(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()?.to_lowercase().as_str() {
        "yaml" | "yml" => Some("yaml"),
        "json" => Some("json"),
        _ => None,
    }
}

/// States that a folder lacks something, or does not exist.
fn without(folder: &Path, noun: &str) -> String {
    match (folder.exists(), folder.is_dir()) {
        (false, _) => "there is no such folder".to_owned(),
        (true, false) => "this is a file".to_owned(),
        (true, true) => format!("the folder has no {noun}"),
    }
}

/// Returns the advice for a folder that is not a spec tree: the tree around it, the trees in it, or the folders in it.
fn trees_in(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut names: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    names.sort();
    let is_tree = |path: &&PathBuf| first_with(path, &["", "data"], "event-schemas").is_some();
    let above = folder.ancestors().skip(1).take(3).map(Path::to_owned).collect::<Vec<_>>();
    if let Some(tree) = above.iter().find(is_tree) {
        return format!("specify the folder `{}`", tree.display());
    }
    let list = |paths: &mut dyn Iterator<Item = &PathBuf>| -> String {
        let paths: Vec<String> = paths.take(10).map(|path| format!("`{}`", path.display())).collect();
        paths.join(", ")
    };
    let trees = list(&mut names.iter().filter(is_tree));
    match (trees.is_empty(), names.is_empty()) {
        (false, _) => format!("specify one of the folders {trees}"),
        (true, false) => {
            format!("specify the folder of a release, or spec/. Found the folders {}", list(&mut names.iter()))
        }
        (true, true) => "specify the folder of a release, or spec/".to_owned(),
    }
}

/// Reads a text file.
///
/// # Errors
///
/// Returns an error if the file cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    fs::read_to_string(path).map_err(|error| failed(path, &error))
}

/// Reads a file of settings. The error of a byte that is not UTF-8 states its line.
fn read_settings(path: &Path) -> Result<String, ReadError> {
    let bytes = fs::read(path).map_err(|error| failed(path, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let errors = parse_document(&path.display().to_string(), error.as_bytes());
        let errors = errors.err().unwrap_or_default();
        let first = errors.iter().next().map(|first| {
            let help = first.help.as_deref().unwrap_or_default();
            let place = format!("{}:{}:{}", path.display(), first.line, first.column);
            format!(
                "failed to read {place}: found a byte that is not UTF-8\n  = expected: text in UTF-8\n  = help: {help}"
            )
        });
        ReadError(first.unwrap_or_default())
    })
}

fn failed(path: &Path, error: &io::Error) -> ReadError {
    ReadError(format!("failed to read {}: {error}", path.display()))
}

/// Returns `true` for the name of a file in a tree, relative to its root.
pub fn is_in_tree(file: &str) -> bool {
    let folder = file.split('/').next().unwrap_or_default();
    ["event-schemas", "api", PROPOSALS, PROSE].contains(&folder)
}

/// Returns the first of several folders that contains a folder of the given name.
fn first_with(folder: &Path, candidates: &[&str], name: &str) -> Option<PathBuf> {
    candidates.iter().map(|candidate| folder.join(candidate)).find(|root| root.join(name).is_dir())
}

/// Reads the release in `source.yaml`. A folder with `overrides.yaml` requires that file, because the release determines which
/// overrides apply.
fn stated_release(root: &Path) -> Result<Option<Version>, ReadError> {
    let path = root.join(SOURCE);
    if !path.exists() && !root.join(OVERRIDES).exists() {
        return Ok(None);
    }
    let invalid = |cause: String| {
        ReadError(format!(
            "{cause}\n  = expected: a line such as `release: \"v1.19\"`\n  = help: restore the file with git, or import the release again with `cargo xtask import`"
        ))
    };
    let text = read_text(&path).map_err(|error| invalid(error.to_string()))?;
    let name = path.display().to_string();
    let document = parse_document(&name, text.as_bytes()).map_err(|error| invalid(error.to_string()))?;
    match document.get("release").map(|release| release.as_str().and_then(Version::parse)) {
        Some(Some(release)) => Ok(Some(release)),
        Some(None) => Err(invalid(format!("failed to read {name}: the value of `release` is not a release"))),
        None => Err(invalid(format!("failed to read {name}: the file states no release"))),
    }
}

fn release_in_name(folder: &Path) -> Option<Version> {
    let folder = fs::canonicalize(folder).ok()?;
    folder.ancestors().take(2).find_map(|folder| Version::parse(folder.file_name()?.to_str()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = "event-schemas/schema/m.a.yaml";

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a new folder");
            fs::write(path, text).expect("a new file");
        }
        folder
    }

    fn error_text<T>(result: Result<T, ReadError>) -> String {
        result.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn tree_without_schemas_is_an_error() {
        assert!(error_text(Tree::read(folder(&[]).path(), None)).contains("the folder has no event schemas"));
    }

    #[test]
    fn unreadable_folder_in_a_tree_is_an_error() {
        // `read_dir` fails on a file.
        let tree = folder(&[(SCHEMA, "{}"), ("api", "")]);
        let expected = format!("failed to read {}: ", tree.path().join("api").display());
        assert!(error_text(Tree::read(tree.path(), None)).starts_with(&expected));
    }

    #[test]
    fn source_without_a_release_is_an_error() {
        for (text, cause) in [
            ("# Ours.\nrelease: v1,19\n", "source.yaml: the value of `release` is not a release"),
            ("release:\n", "source.yaml: the value of `release` is not a release"),
            ("files: {}\n", "source.yaml: the file states no release"),
            ("release: [", "source.yaml:1:"),
        ] {
            let error = error_text(Tree::read(folder(&[(SCHEMA, "{}"), (SOURCE, text)]).path(), None));
            assert!(error.contains(cause) && error.contains("import the release again"), "{error}");
        }
    }

    #[test]
    fn release_comes_from_the_argument_then_the_source() {
        let tree = folder(&[(SCHEMA, "{}"), (SOURCE, "release: 'v1.19' # the newest\n")]);
        let release = |given: Option<Version>| Tree::read(tree.path(), given).expect("a tree").release;
        assert_eq!(release(None), Version::parse("v1.19"));
        assert_eq!(release(Version::parse("v1.18")), Version::parse("v1.18"));
    }

    #[test]
    fn folder_with_overrides_requires_a_source() {
        assert!(Tree::read(folder(&[(SCHEMA, "{}")]).path(), None).is_ok());
        let ours = folder(&[(SCHEMA, "{}"), (OVERRIDES, "")]);
        assert!(error_text(Tree::read(ours.path(), None)).contains("source.yaml: No such file"));
    }

    #[test]
    fn extension_without_schemas_is_an_error() {
        assert!(error_text(ExtensionTree::read(folder(&[]).path())).contains("the folder has no event schemas"));
        let empty = folder(&[("schema/README.md", "")]);
        assert!(error_text(ExtensionTree::read(empty.path())).contains("the folder has no event schemas"));
    }

    #[test]
    fn extension_is_read_from_both_layouts() {
        for root in ["", "event-schemas/"] {
            let names = ["schema/components/a.yaml", "schema/a.b.yaml", "examples/a.b.json"];
            let [component, schema, example] = names.map(|name| format!("{root}{name}"));
            let files = [(component.as_str(), "a: ["), (&schema, ""), (&example, "{}"), (CONFIG, "kinds: []")];
            let folder = folder(&files);
            let tree = ExtensionTree::read(folder.path()).expect("an extension");
            let extension = tree.extension();
            let expected = ["examples/a.b.json", "schema/a.b.yaml", "schema/components/a.yaml"];
            let files: Vec<&str> = extension.files.keys().map(String::as_str).collect();
            assert_eq!(files, expected.map(|name| format!("event-schemas/{name}")));
            assert_eq!(extension.settings.config.text, "kinds: []");
            assert_eq!(extension.settings.overrides.text, "");
            let errors = parse_document("event-schemas/schema/components/a.yaml", b"a: [").expect_err("invalid YAML");
            let path = folder.path().join(component).display().to_string();
            assert!(tree.with_paths(errors).iter().all(|error| error.origin.file == path));
        }
    }
}
