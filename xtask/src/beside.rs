//! What is on its way to a place stands beside it, under a name that has the process in it: two runs at once don't meet there,
//! and what an interrupted run has left is told from what another run needs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use crate::{tree, Outcome};

/// Where this process puts what will be in a place.
pub(crate) fn new(place: &Path) -> PathBuf {
    named(place, "new")
}

/// Where this process puts what has been in a place.
pub(crate) fn old(place: &Path) -> PathBuf {
    named(place, "old")
}

fn named(place: &Path, what: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{}.{what}", process::id()))
}

/// Removes a file or a folder, which may be there or not.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    }
}

/// Removes what this run or an interrupted one has left beside a place. For when all that had to be written is in its place.
pub(crate) fn clear(place: &Path) -> Outcome<()> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let folder = match place.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    clear_in(folder, &|left| left == name)
}

/// The same for a folder and those below it, and all places whose names are told.
pub(crate) fn clear_below(folder: &Path, is_of: &impl Fn(&str) -> bool) -> Outcome<()> {
    clear_in(folder, is_of)?;
    for entry in tree::entries_if_there(folder)? {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            clear_below(&entry.path(), is_of)?;
        }
    }
    Ok(())
}

fn clear_in(folder: &Path, is_of: &impl Fn(&str) -> bool) -> Outcome<()> {
    for entry in tree::entries_if_there(folder)? {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_left = read(&name).is_some_and(|(place, process)| is_of(place) && !is_of_another(process));
        if is_left {
            let path = entry.path();
            remove(&path).map_err(|error| {
                let path = path.display();
                format!("error: {path} can't be removed: {error}\n  = help: all that had to be written is complete and in its place; only remove {path}")
            })?;
        }
    }
    Ok(())
}

/// The name of the place, and the process, that a name has in it.
fn read(name: &str) -> Option<(&str, u32)> {
    let name = name.strip_suffix(".new").or_else(|| name.strip_suffix(".old"))?;
    let (place, process) = name.strip_prefix('.')?.rsplit_once('.')?;
    Some((place, process.parse().ok()?))
}

/// Whether a process is another one than this, and still there.
fn is_of_another(process: u32) -> bool {
    if process == process::id() {
        return false;
    }
    let processes = Path::new("/proc");
    if processes.join("self").exists() {
        return processes.join(process.to_string()).exists();
    }
    // Where not even `ps` is, it may be taken for gone while it is there: what it writes, it then doesn't find, and says so.
    let mut list = Command::new("ps");
    list.args(["-p", &process.to_string()]).output().is_ok_and(|output| output.status.success())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{clear, new, old, read};
    use crate::scratch::Scratch;
    use crate::Outcome;

    /// More than any system gives out.
    const GONE: u32 = u32::MAX;

    #[test]
    fn names_are_read_as_they_are_made() {
        let place = Path::new("folder/a.yaml");
        for path in [new(place), old(place)] {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            assert_eq!(read(&name), Some(("a.yaml", std::process::id())), "{name}");
        }
        for other in [".new", ".a.new", "a.1.new", ".a.1.yaml", ".gitignore"] {
            assert_eq!(read(other), None);
        }
    }

    #[test]
    fn what_a_gone_process_has_left_goes_and_all_else_stays() -> Outcome<()> {
        let scratch = Scratch::new()?;
        let path = |name: &str| scratch.path().join(name);
        // The process that runs the system, or this container, is there as long as this one.
        let stay = ["events", ".events.1.new", ".events.rs", &format!(".other.{GONE}.new")];
        let go = [format!(".events.{GONE}.new"), format!(".events.{GONE}.old")];
        for name in stay.into_iter().chain(go.iter().map(String::as_str)) {
            assert!(fs::create_dir(path(name)).is_ok() && fs::write(path(name).join("a.rs"), "").is_ok(), "{name}");
        }
        let file = new(&path("events"));
        assert!(fs::write(&file, "").is_ok());
        clear(&path("events"))?;
        assert!(stay.iter().all(|name| path(name).exists()));
        assert!(!go.iter().any(|name| path(name).exists()) && !file.exists());
        Ok(())
    }
}
