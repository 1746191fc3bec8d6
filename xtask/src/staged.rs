//! Files beside their places: what can fail for want of space or rights has been done before the first is replaced.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::beside;

/// Files that are written, but not yet in their places.
#[derive(Default)]
pub(crate) struct Staged(VecDeque<(PathBuf, PathBuf)>);

impl Staged {
    /// Writes a file beside its place.
    pub(crate) fn add(&mut self, path: &Path, text: &str) -> io::Result<()> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let beside = beside::new(path);
        self.0.push_back((beside.clone(), path.to_owned()));
        fs::write(beside, text)
    }

    /// Renames each to its place, in the order in which they were added; the error names the first that can't be.
    pub(crate) fn put_in_place(&mut self) -> Result<(), (PathBuf, io::Error)> {
        while let Some((beside, path)) = self.0.front() {
            fs::rename(beside, path).map_err(|error| (path.clone(), error))?;
            self.0.pop_front();
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
