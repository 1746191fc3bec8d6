//! Replaces the documents in a folder: all of them, or none if there is an error.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::document::{FOLDERS, MARK};

/// The texts of the files, by their paths below the folder.
pub(super) type Files = BTreeMap<String, String>;

/// Writes files, and removes the files of an earlier run. Returns the number of removed files.
///
/// # Errors
///
/// Returns a message if a file of another origin has one of the paths, or if a file cannot be written. The folder is then unchanged.
pub(super) fn replace(folder: &Path, files: &Files) -> Result<usize, String> {
    let foreign: Vec<String> = files
        .keys()
        .map(|name| folder.join(name))
        .filter(|path| path.symlink_metadata().is_ok() && !is_ours(path))
        .map(|path| format!("\n  {}", path.display()))
        .collect();
    if !foreign.is_empty() {
        return Err(format!(
            "{} contains files that this command did not write:{}\n  = help: use another folder, or move these files. No file was written",
            folder.display(),
            foreign.concat()
        ));
    }
    let stale = stale(folder, files);
    let write = || -> io::Result<()> {
        let mut change = Change::begin(folder)?;
        for (name, text) in files {
            change.put(&folder.join(name), text)?;
        }
        stale.iter().try_for_each(|path| change.remove(path))?;
        change.is_complete = true;
        Ok(())
    };
    write().map_err(|error| {
        let help = "check the permissions and the free space. The folder is unchanged";
        format!("failed to write the schemas to {}: {error}\n  = help: {help}", folder.display())
    })?;
    Ok(stale.len())
}

/// Returns `true` if a file has the mark of this command.
fn is_ours(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(MARK.len() as u64).read_to_end(&mut beginning));
    read.is_ok() && beginning == MARK.as_bytes()
}

/// Returns the files of an earlier run that are not to be written.
fn stale(folder: &Path, files: &Files) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for section in FOLDERS {
        let entries = fs::read_dir(folder.join(section)).into_iter().flatten().flatten();
        let others = entries.filter(|entry| {
            let name = format!("{section}/{}", entry.file_name().to_string_lossy());
            name.ends_with(".json") && !files.contains_key(&name)
        });
        found.extend(others.map(|entry| entry.path()).filter(|path| is_ours(path)));
    }
    found.sort();
    found
}

/// A change of a folder. It is undone on drop unless it is complete.
struct Change {
    /// The folder of new and old files. It is next to them, so that moving a file is renaming.
    staging: Option<TempDir>,
    /// The number of files that were in the staging folder.
    staged: usize,
    created: Vec<PathBuf>,
    /// The moved files: from where, and to where.
    moved: Vec<(PathBuf, PathBuf)>,
    is_complete: bool,
}

impl Change {
    fn begin(folder: &Path) -> io::Result<Self> {
        let mut change = Self { staging: None, staged: 0, created: Vec::new(), moved: Vec::new(), is_complete: false };
        change.create(folder)?;
        change.staging = Some(tempfile::Builder::new().prefix(".staging-").tempdir_in(folder)?);
        Ok(change)
    }

    /// Creates a folder and the folders above it.
    fn create(&mut self, folder: &Path) -> io::Result<()> {
        let above = folder.ancestors().filter(|path| !path.as_os_str().is_empty());
        let missing: Vec<&Path> = above.take_while(|path| !path.is_dir()).collect();
        for path in missing.into_iter().rev() {
            fs::create_dir(path)?;
            self.created.push(path.to_owned());
        }
        Ok(())
    }

    /// Writes a file. The old file is kept until the change is complete.
    fn put(&mut self, path: &Path, text: &str) -> io::Result<()> {
        let staged = self.staged()?;
        fs::write(&staged, text)?;
        path.parent().map_or(Ok(()), |parent| self.create(parent))?;
        if path.symlink_metadata().is_ok() {
            self.remove(path)?;
        }
        self.move_file(staged, path.to_owned())
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        let staged = self.staged()?;
        self.move_file(path.to_owned(), staged)
    }

    fn move_file(&mut self, from: PathBuf, to: PathBuf) -> io::Result<()> {
        fs::rename(&from, &to)?;
        self.moved.push((from, to));
        Ok(())
    }

    /// Returns an unused path in the staging folder.
    fn staged(&mut self) -> io::Result<PathBuf> {
        let staging = self.staging.as_ref().ok_or(io::ErrorKind::NotFound)?;
        self.staged += 1;
        Ok(staging.path().join(self.staged.to_string()))
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        if !self.is_complete {
            for (from, to) in self.moved.iter().rev() {
                let _ = fs::rename(to, from);
            }
        }
        drop(self.staging.take());
        if !self.is_complete {
            for folder in self.created.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}
