//! A tag of a git repository, fetched with the `git` command.

use std::ffi::OsStr;
use std::path::{self, Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use matrix_events_codegen::fs::{is_in_tree, Tree};
use matrix_events_codegen::{Diagnostics, Version};
use tempfile::TempDir;

/// The place of a release: a folder, or a tag of a repository. Git accepts a name such as `v1.19:data/api/a.yaml`.
#[derive(Debug)]
pub(crate) enum ReleasePlace {
    Folder(PathBuf),
    Tag { tag: String, has_data_folder: bool },
}

impl ReleasePlace {
    /// Replaces the names of files in diagnostics by paths that a person can open. `settings` is the folder of the settings.
    pub(crate) fn with_paths(&self, diagnostics: Diagnostics, settings: &Path) -> Diagnostics {
        match self {
            Self::Folder(folder) => Tree::with_paths(diagnostics, folder, settings),
            Self::Tag { tag, has_data_folder } => {
                let data = if *has_data_folder { "data/" } else { "" };
                let named = diagnostics.with_files(|file| is_in_tree(file).then(|| format!("{tag}:{data}{file}")));
                Tree::with_paths(named, settings, settings)
            }
        }
    }
}

/// Reads a release from a folder, or from a tag of a repository.
pub(crate) fn read_release(
    name: &Path,
    repository: Option<&Path>,
    release: Option<Version>,
) -> Result<(Tree, ReleasePlace)> {
    let Some(repository) = repository else {
        return Ok((Tree::read(name, release)?, ReleasePlace::Folder(name.to_owned())));
    };
    let tag = name.to_string_lossy().into_owned();
    let checkout = Checkout::fetch(repository, &tag)?;
    let has_data_folder = checkout.path().join("data").is_dir();
    let tree = Tree::read(&checkout.path(), release.or_else(|| Version::parse(&tag)))?;
    Ok((tree, ReleasePlace::Tag { tag, has_data_folder }))
}

/// A temporary checkout.
#[derive(Debug)]
pub(crate) struct Checkout(TempDir);

impl Checkout {
    /// Fetches one tag, without its history.
    pub(crate) fn fetch(repository: &Path, tag: &str) -> Result<Self> {
        let checkout = Self(tempfile::tempdir()?);
        // A relative path would name another folder in the checkout.
        let folder = repository.exists().then(|| path::absolute(repository)).and_then(Result::ok);
        let from = folder.unwrap_or_else(|| repository.to_owned());
        let reference = format!("refs/tags/{tag}");
        let options = ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--"].map(OsStr::new);
        let fetch = [options.as_slice(), &[from.as_os_str(), OsStr::new(&reference)]].concat();
        let checkout_head = ["checkout", "--quiet", "--detach", "FETCH_HEAD"].map(OsStr::new);
        for arguments in [&["init", "--quiet", "--template="].map(OsStr::new), fetch.as_slice(), &checkout_head] {
            checkout.git(arguments).with_context(|| format!("failed to fetch the tag {tag} of {}", from.display()))?;
        }
        Ok(checkout)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// Runs git in the checkout, without the configuration of another repository, hooks or prompts.
    fn git(&self, arguments: &[&OsStr]) -> Result<()> {
        let mut command = Command::new("git");
        command.current_dir(self.0.path()).stdin(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0");
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"] {
            command.env_remove(variable);
        }
        // Git changes no line endings, and creates no symbolic links out of the checkout.
        for setting in ["core.hooksPath=/dev/null", "core.autocrlf=false", "core.symlinks=false"] {
            command.args(["-c", setting]);
        }
        let output = command
            .args(arguments)
            .output()
            .map_err(|error| crate::error(format!("failed to run git: {error}"), "the program `git`", "install git"))?;
        if output.status.success() {
            return Ok(());
        }
        Err(crate::error(
            String::from_utf8_lossy(&output.stderr).trim().replace('\n', "\n    "),
            "a repository of the specification that has the tag",
            "check the names and the connection, or specify the folder of a checkout. No file was changed",
        ))
    }
}
