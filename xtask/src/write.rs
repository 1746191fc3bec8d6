//! Writing a tree of files: all of it or nothing, and only what has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use crate::staged::Staged;
use crate::{beside, tree, Outcome};

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
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(bytes) if bytes == text.as_bytes() => difference.unchanged += 1,
            Ok(_) => difference.stale.push(name.clone()),
            Err(error) if is_no_file(&error) => difference.missing.push(name.clone()),
            Err(error) => return Err(format!("error: {} can't be read: {error}", path.display()).into()),
        }
    }
    let mut present = BTreeSet::new();
    // What is no folder is told before it is replaced.
    if !folder.is_file() {
        list(tree::entries_if_there(folder)?, "", &mut present)?;
    }
    difference.surplus = present.into_iter().filter(|name| !wanted.contains_key(name)).collect();
    Ok(difference)
}

/// Whether nothing is there, or a folder, or a file in the place of a folder.
fn is_no_file(error: &io::Error) -> bool {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | IsADirectory | NotADirectory)
}

fn list(entries: Vec<DirEntry>, prefix: &str, found: &mut BTreeSet<String>) -> Outcome<()> {
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(tree::entries(&entry.path())?, &format!("{name}/"), found)?;
        } else {
            found.insert(name);
        }
    }
    Ok(())
}

/// Makes a folder hold exactly what belongs in it: everything is first written beside it, and only once all of it is there put
/// in its place, so that whatever goes wrong leaves the folder as it was. `with` is a file elsewhere that goes with it. Another
/// run at the same time may be first or last, but what is in place is the whole of one.
pub(crate) fn write(
    folder: &Path,
    wanted: &BTreeMap<String, String>,
    difference: &Difference,
    with: Option<(&Path, &str)>,
) -> Outcome<()> {
    if !difference.is_none() {
        replaceable(folder)?;
    }
    let mut staged = Staged::default();
    if let Some((path, text)) = with.filter(|(path, text)| !holds(path, text)) {
        staged.add(path, text).map_err(|error| failed("written", path, &error))?;
    }
    match difference.is_none() {
        true => replace(&mut staged)?,
        false => swap(folder, wanted, &mut staged)?,
    }
    is_in_place(folder, wanted, with)?;
    for place in [Some(folder), with.map(|(path, _)| path)].into_iter().flatten() {
        beside::clear(place)?;
    }
    Ok(())
}

fn replace(staged: &mut Staged) -> Result<(), String> {
    staged.put_in_place().map_err(|(path, error)| failed("replaced", &path, &error))
}

/// Puts a fresh tree in the place of a folder, and the files that go with it in theirs.
fn swap(folder: &Path, wanted: &BTreeMap<String, String>, staged: &mut Staged) -> Result<(), String> {
    let (fresh, old) = (beside::new(folder), beside::old(folder));
    // From a process that had the same number.
    for leftover in [&fresh, &old] {
        beside::remove(leftover).map_err(|error| failed("removed", leftover, &error))?;
    }
    write_fresh(&fresh, wanted)?;
    match fs::rename(folder, &old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            let _ = fs::remove_dir_all(&fresh);
            return Err(failed("replaced", folder, &error));
        }
        Ok(()) | Err(_) => {}
    }
    if let Err(error) = fs::rename(&fresh, folder) {
        let is_taken = matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists);
        let message = if is_taken { at_once(folder) } else { failed("replaced", folder, &error) };
        let _ = fs::remove_dir_all(&fresh);
        return Err(put_back(&old, folder, message));
    }
    replace(staged).map_err(|message| {
        // The new tree is ours, and can be made again.
        let _ = fs::rename(folder, &fresh).and_then(|()| fs::remove_dir_all(&fresh));
        put_back(&old, folder, message)
    })
}

/// Puts what was there back in its place, unless another run has been faster, and says if that fails.
fn put_back(old: &Path, folder: &Path, message: String) -> String {
    match fs::rename(old, folder) {
        Err(_) if folder.exists() => {
            let _ = fs::remove_dir_all(old);
            message
        }
        Err(error) if old.exists() => format!("{message} ({} holds what was there: {error})", old.display()),
        Ok(()) | Err(_) => message,
    }
}

/// That everything is in its place. It isn't if another run has written there at the same time.
fn is_in_place(folder: &Path, wanted: &BTreeMap<String, String>, with: Option<(&Path, &str)>) -> Result<(), String> {
    let is_tree = compare(folder, wanted).is_ok_and(|difference| difference.is_none());
    let is_file = with.is_none_or(|(path, text)| holds(path, text));
    match is_tree && is_file {
        true => Ok(()),
        false => Err(at_once(folder)),
    }
}

fn holds(path: &Path, text: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
}

fn at_once(folder: &Path) -> String {
    format!(
        "error: another run has written {} at the same time\n  = help: wait until it has ended, and run this again",
        folder.display()
    )
}

/// What stands in the place of a folder has to be one: of a link, the target would stay as it is.
fn replaceable(folder: &Path) -> Result<(), String> {
    let (found, help) = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("replaced", folder, &error)),
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(found) if found.is_symlink() => ("a symbolic link", "name the folder that it leads to, or remove the link"),
        Ok(_) => ("a file", "move it away, or name another folder"),
    };
    let path = folder.display();
    Err(format!(
        "error: {path} is {found}\n  = expected: a folder, or nothing yet\n  = help: {help}; nothing was changed"
    ))
}

fn write_fresh(fresh: &Path, wanted: &BTreeMap<String, String>) -> Result<(), String> {
    for (name, text) in wanted {
        let path = fresh.join(name);
        let parent = path.parent().unwrap_or(fresh);
        let written = fs::create_dir_all(parent).and_then(|()| fs::write(&path, text));
        if let Err(error) = written {
            // The tree beside the folder is ours: what is left of it says nothing.
            let _ = fs::remove_dir_all(fresh);
            return Err(failed("written", &path, &error));
        }
    }
    Ok(())
}

fn failed(action: &str, path: &Path, error: &io::Error) -> String {
    format!("error: {} can't be {action}: {error}\n  = help: nothing was changed", path.display())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};

    use super::{compare, write, Difference};
    use crate::scratch::Scratch;
    use crate::Outcome;

    fn wanted() -> BTreeMap<String, String> {
        [("a.rs", "new"), ("b/c.rs", "new")].map(|(name, text)| (name.to_owned(), text.to_owned())).into()
    }

    fn written(folder: &Path, with: Option<(&Path, &str)>) -> Outcome<()> {
        write(folder, &wanted(), &compare(folder, &wanted())?, with)
    }

    /// The names in a folder, in their order.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_goes_with_it_and_cannot_be_replaced_leaves_all_as_it_was() -> Outcome<()> {
        let scratch = Scratch::new()?;
        let (events, cases) = (scratch.path().join("events"), scratch.path().join("cases.rs"));
        let made = [&events, &cases].map(fs::create_dir).iter().all(Result::is_ok);
        assert!(made && fs::write(events.join("a.rs"), "old").is_ok());
        let told = written(&events, Some((&cases, "new"))).err().map(|failure| failure.to_string()).unwrap_or_default();
        assert!(told.contains("cases.rs can't be replaced") && told.contains("nothing was changed"), "{told}");
        assert_eq!(fs::read_to_string(events.join("a.rs")).ok().as_deref(), Some("old"));
        assert_eq!(names(scratch.path()), ["cases.rs", "events"]);
        assert!(fs::remove_dir(&cases).is_ok());
        written(&events, Some((&cases, "new")))?;
        assert!(compare(&events, &wanted())?.is_none());
        assert_eq!(fs::read_to_string(&cases).ok().as_deref(), Some("new"));
        assert_eq!(names(scratch.path()), ["cases.rs", "events"]);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one() -> Outcome<()> {
        let scratch = Scratch::new()?;
        // A link to itself leads nowhere, whoever asks.
        let events = scratch.path().join("events");
        assert!(std::os::unix::fs::symlink(&events, &events).is_ok());
        let told = compare(&events, &BTreeMap::new()).err().map(|failure| failure.to_string()).unwrap_or_default();
        assert!(told.starts_with(&format!("error: {} can't be listed: ", events.display())), "{told}");
        assert!(compare(&scratch.path().join("nothing yet"), &BTreeMap::new())?.is_none());
        Ok(())
    }

    const AT_ONCE: &str = "MATRIX_EVENTS_WRITE_AT_ONCE";

    /// Writes the whole tree, whatever is there.
    fn written_anew(folder: &Path, with: &Path) -> Outcome<()> {
        let all = Difference { stale: wanted().into_keys().collect(), ..Difference::default() };
        write(folder, &wanted(), &all, Some((with, "new")))
    }

    #[test]
    #[ignore = "one of the processes of the test below, which runs it"]
    fn one_of_many_at_once() {
        let scratch = std::env::var_os(AT_ONCE).map(PathBuf::from).unwrap_or_default();
        for _ in 0..200 {
            let told = written_anew(&scratch.join("events"), &scratch.join("cases.rs")).err();
            let told = told.map_or(String::new(), |failure| failure.to_string());
            assert!(told.is_empty() || told.contains("another run has written"), "{told}");
        }
    }

    #[test]
    fn processes_at_once_leave_a_whole_tree_and_whoever_fails_says_why() -> Outcome<()> {
        let scratch = Scratch::new()?;
        let (events, cases) = (scratch.path().join("events"), scratch.path().join("cases.rs"));
        let this = std::env::current_exe().map_err(|error| error.to_string())?;
        let one = || {
            let mut command = Command::new(&this);
            command.args(["--exact", "write::tests::one_of_many_at_once", "--ignored"]).env(AT_ONCE, scratch.path());
            command.stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())
        };
        for child in [one()?, one()?, one()?] {
            let output = child.wait_with_output().map_err(|error| error.to_string())?;
            let told = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success() && told.contains("1 passed"), "{told}");
        }
        assert!(compare(&events, &wanted())?.is_none());
        written(&events, Some((&cases, "new")))?;
        assert_eq!(names(scratch.path()), ["cases.rs", "events"]);
        Ok(())
    }

    #[test]
    fn what_an_interrupted_run_has_left_is_removed_even_where_nothing_differs() -> Outcome<()> {
        let scratch = Scratch::new()?;
        let (events, cases) = (scratch.path().join("events"), scratch.path().join("cases.rs"));
        written(&events, Some((&cases, "new")))?;
        // No system has so many processes.
        let gone = ["events", "cases.rs"].map(|name| scratch.path().join(format!(".{name}.{}.new", u32::MAX)));
        assert!(fs::create_dir(&gone[0]).is_ok() && gone.iter().skip(1).all(|path| fs::write(path, "").is_ok()));
        written(&events, Some((&cases, "new")))?;
        assert_eq!(names(scratch.path()), ["cases.rs", "events"]);
        Ok(())
    }

    #[test]
    fn what_is_no_folder_is_told_and_stays() -> Outcome<()> {
        let scratch = Scratch::new()?;
        let (events, cases) = (scratch.path().join("events"), scratch.path().join("cases.rs"));
        let told = || {
            let failure = written(&events, Some((&cases, "new"))).err();
            failure.map(|failure| failure.to_string()).unwrap_or_default()
        };
        assert!(fs::write(&events, "a file").is_ok());
        assert!(told().contains("events is a file\n"), "{}", told());
        assert_eq!(fs::read_to_string(&events).ok().as_deref(), Some("a file"));
        assert_eq!(names(scratch.path()), ["events"]);
        #[cfg(unix)]
        {
            let elsewhere = scratch.path().join("elsewhere");
            assert!(fs::remove_file(&events).is_ok() && fs::create_dir(&elsewhere).is_ok());
            assert!(std::os::unix::fs::symlink(&elsewhere, &events).is_ok());
            assert!(told().contains("events is a symbolic link\n"), "{}", told());
            assert_eq!(names(scratch.path()), ["elsewhere", "events"]);
            assert!(names(&elsewhere).is_empty());
        }
        Ok(())
    }
}
