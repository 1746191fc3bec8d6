//! Writing a tree of files: all of it or nothing, and only what has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// How a folder differs from what belongs in it. Paths are below the folder.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Difference {
    pub(crate) missing: Vec<String>,
    pub(crate) stale: Vec<String>,
    pub(crate) surplus: Vec<String>,
    pub(crate) unchanged: usize,
}

impl Difference {
    pub(crate) fn is_none(&self) -> bool {
        self.missing.is_empty() && self.stale.is_empty() && self.surplus.is_empty()
    }
}

/// Compares the files of a folder with what belongs in it.
pub(crate) fn compare(folder: &Path, wanted: &BTreeMap<String, String>) -> Outcome<Difference> {
    let mut difference = Difference::default();
    for (name, text) in wanted {
        match fs::read(folder.join(name)) {
            Ok(bytes) if bytes == text.as_bytes() => difference.unchanged += 1,
            Ok(_) => difference.stale.push(name.clone()),
            Err(_) => difference.missing.push(name.clone()),
        }
    }
    let mut present = BTreeSet::new();
    list(folder, "", &mut present)?;
    difference.surplus = present.into_iter().filter(|name| !wanted.contains_key(name)).collect();
    Ok(difference)
}

fn list(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Outcome<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let entry = entry.map_err(|error| format!("error: {} can't be listed: {error}", folder.display()))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.insert(name);
        }
    }
    Ok(())
}

/// Makes a folder hold exactly what belongs in it: everything is first written beside it, and only once all of it is there put
/// in its place, so that whatever goes wrong leaves the folder as it was.
pub(crate) fn write(folder: &Path, wanted: &BTreeMap<String, String>, difference: &Difference) -> Outcome<()> {
    if difference.is_none() {
        return Ok(());
    }
    let (fresh, old) = (beside(folder, "new"), beside(folder, "old"));
    let failed = |action: &str, path: &Path, error: &std::io::Error| {
        format!("error: {} can't be {action}: {error}\n  = help: nothing was changed", path.display())
    };
    for leftover in [&fresh, &old] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).map_err(|error| failed("removed", leftover, &error))?;
        }
    }
    for (name, text) in wanted {
        let path = fresh.join(name);
        let parent = path.parent().unwrap_or(&fresh);
        let written = fs::create_dir_all(parent).and_then(|()| fs::write(&path, text));
        if let Err(error) = written {
            // The tree beside the folder is ours: what is left of it says nothing.
            let _ = fs::remove_dir_all(&fresh);
            return Err(failed("written", &path, &error).into());
        }
    }
    if folder.exists() {
        fs::rename(folder, &old).map_err(|error| failed("replaced", folder, &error))?;
    }
    if let Err(error) = fs::rename(&fresh, folder) {
        let back = if old.exists() { fs::rename(&old, folder) } else { Ok(()) };
        let state =
            back.err().map_or(String::new(), |error| format!(" ({} holds what was there: {error})", old.display()));
        return Err(format!("{}{state}", failed("replaced", folder, &error)).into());
    }
    if old.exists() {
        fs::remove_dir_all(&old).map_err(|error| format!("error: {} can't be removed: {error}", old.display()))?;
    }
    Ok(())
}

fn beside(folder: &Path, suffix: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.{suffix}"))
}
