//! A temporary folder for a test.

use std::path::{Path, PathBuf};
use std::process::Command;

use fs_err as fs;

pub(crate) struct Scratch(tempfile::TempDir);

impl Scratch {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let scratch = Self(tempfile::tempdir().expect("a temporary folder"));
        files.iter().for_each(|(name, text)| scratch.write(name, text));
        scratch
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and creates its folders.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        let written = fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).and_then(|()| fs::write(&path, text));
        written.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Makes a folder a git repository, commits its files, and tags the commit.
    pub(crate) fn tag(&self, folder: &str, tag: &str) {
        let settings = ["user.name=a", "user.email=a@example.org", "commit.gpgsign=false", "tag.gpgsign=false"];
        for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "-m", tag], &["tag", tag]] {
            let settings = settings.iter().flat_map(|setting| ["-c", setting]);
            let output = Command::new("git").args(settings).current_dir(self.path(folder)).args(arguments).output();
            assert!(output.is_ok_and(|output| output.status.success()), "git {arguments:?}");
        }
    }

    /// Returns the text of a file, or an empty text if it does not exist.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }
}

/// Returns the text of an error, or an empty text for a success.
pub(crate) fn error_text<T>(result: anyhow::Result<T>) -> String {
    result.err().map(|error| format!("{error:#}")).unwrap_or_default()
}
