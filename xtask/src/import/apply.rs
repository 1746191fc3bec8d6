//! Writing what an import comes to: only the files that change, and none before all of them are at hand.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::plan::SOURCE;
use crate::staged::Staged;
use crate::write::Difference;
use crate::{beside, Outcome};

/// Brings a folder to the state that was planned. What can fail for want of space or rights is done beside the files, before
/// the first of them is replaced.
///
/// The order is for an import that is killed or fails in the middle, which the next one heals. `first`, a file elsewhere that
/// tells the change, goes first: half of it done, the change that is left is another. The file that says which release the
/// folder is of goes last.
pub(crate) fn apply(
    into: &Path,
    wanted: &BTreeMap<String, String>,
    difference: &Difference,
    first: Option<&(PathBuf, String)>,
) -> Outcome<()> {
    let (mut files, mut source) = (Staged::default(), Staged::default());
    if let Some((path, text)) = first {
        files.add(path, text).map_err(|error| failed(path, "written", &error, "nothing was changed"))?;
    }
    for name in difference.missing.iter().chain(&difference.stale) {
        let text = wanted.get(name).map(String::as_str).unwrap_or_default();
        let path = into.join(name);
        let staged = if name == SOURCE { &mut source } else { &mut files };
        staged.add(&path, text).map_err(|error| failed(&path, "written", &error, "nothing was changed"))?;
    }
    put_in_place(&mut files)?;
    for name in &difference.surplus {
        let path = into.join(name);
        fs::remove_file(&path).map_err(|error| failed(&path, "removed", &error, AGAIN))?;
        remove_empty_folders(&path, into);
    }
    put_in_place(&mut source)?;
    beside::clear_below(into, &|name| name.ends_with(".yaml") || name.ends_with(".json"))
}

/// What to do about an import that has got half the way.
const AGAIN: &str = "once it can be, run the import again: it does what is left";

fn put_in_place(staged: &mut Staged) -> Result<(), String> {
    staged.put_in_place().map_err(|(path, error)| failed(&path, "replaced", &error, AGAIN))
}

fn failed(path: &Path, action: &str, error: &io::Error, help: &str) -> String {
    format!("error: {} can't be {action}: {error}\n  = help: {help}", path.display())
}

/// Removes the folders that a removed file was the last one of. Removing one that isn't empty fails, and ends it.
fn remove_empty_folders(removed: &Path, into: &Path) {
    for folder in removed.ancestors().skip(1).take_while(|folder| *folder != into) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::{apply, SOURCE};
    use crate::scratch::Scratch;
    use crate::write::{compare, Difference};
    use crate::Outcome;

    /// How a folder differs from what an import would make of it.
    fn difference(into: &Path, files: &BTreeMap<String, String>) -> Outcome<Difference> {
        let mut difference = compare(into, files)?;
        difference.surplus.retain(|name| name == "gone.yaml");
        Ok(difference)
    }

    #[test]
    fn one_that_ends_in_the_middle_does_not_name_the_new_release_and_the_next_one_heals_it() -> Outcome<()> {
        let scratch = Scratch::new()?;
        let into = scratch.path().join("spec");
        let files = [SOURCE, "a.yaml", "z.yaml"].map(|name| (name.to_owned(), "new".to_owned())).into();
        // No system has so many processes.
        let leftover = format!(".b.yaml.{}.new", u32::MAX);
        for name in [SOURCE, "gone.yaml", &leftover] {
            let written = fs::create_dir_all(&into).and_then(|()| fs::write(into.join(name), "old"));
            assert!(written.is_ok(), "{name}: {written:?}");
        }
        // A folder in the place of a file can't be replaced by one.
        assert!(fs::create_dir(into.join("z.yaml")).is_ok());
        let changelog = (scratch.path().join("CHANGELOG.md"), "new".to_owned());
        let told = apply(&into, &files, &difference(&into, &files)?, Some(&changelog)).err();
        let told = told.map(|failure| failure.to_string()).unwrap_or_default();
        assert!(told.contains("z.yaml can't be replaced") && told.contains("run the import again"), "{told}");
        let texts = ["a.yaml", "gone.yaml", SOURCE].map(|name| fs::read_to_string(into.join(name)).ok());
        assert_eq!(texts.each_ref().map(Option::as_deref), [Some("new"), Some("old"), Some("old")]);
        assert_eq!(fs::read_to_string(&changelog.0).ok().as_deref(), Some("new"));
        assert!(fs::remove_dir(into.join("z.yaml")).is_ok());
        apply(&into, &files, &difference(&into, &files)?, None)?;
        // Nothing is left over, either.
        assert!(compare(&into, &files)?.is_none());
        Ok(())
    }
}
