//! A folder for the time of one run.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Outcome;

/// A new, empty folder among the temporary files, removed with all that is in it when this goes out of scope.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Outcome<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("matrix-events-{}-{count}", process::id()));
            // Not `create_dir_all`: a folder that is there already belongs to somebody else.
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => {
                    let path = path.display();
                    let help = "nothing was changed; is there space, and the right to write?";
                    return Err(
                        format!("error: the temporary folder {path} can't be made: {error}\n  = help: {help}").into()
                    );
                }
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
impl Scratch {
    /// Writes a file for a test, and the folders that it stands in.
    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        assert!(written.is_ok(), "{}: {written:?}", path.display());
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is a temporary file, and nobody is there to be told.
        let _ = fs::remove_dir_all(&self.0);
    }
}
