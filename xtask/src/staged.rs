//! Files beside their places: what can fail for want of space or rights has been done before the first is replaced.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Files that are written, but not yet in their places.
#[derive(Default)]
pub(crate) struct Staged(Vec<(PathBuf, PathBuf)>);

impl Staged {
    /// Writes a file beside its place.
    pub(crate) fn add(&mut self, path: &Path, text: &str) -> io::Result<()> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.new"));
        self.0.push((beside.clone(), path.to_owned()));
        fs::write(beside, text)
    }

    /// Renames each to its place; the error names the first that can't be.
    pub(crate) fn put_in_place(&mut self) -> Result<(), (PathBuf, io::Error)> {
        while let Some((beside, path)) = self.0.last() {
            fs::rename(beside, path).map_err(|error| (path.clone(), error))?;
            self.0.pop();
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (beside, _) in &self.0 {
            // Only left after a failure, which has been told.
            let _ = fs::remove_file(beside);
        }
    }
}
