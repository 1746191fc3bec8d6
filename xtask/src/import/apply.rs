//! Writing what an import comes to: only the files that change, and none before all of them are at hand.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::plan::Plan;
use crate::staged::Staged;
use crate::Outcome;

/// Brings a folder to the state that was planned. What can fail for want of space or rights is done beside the files, before
/// the first of them is replaced. `beside` is a file elsewhere that goes with it.
pub(crate) fn apply(into: &Path, plan: &Plan, beside: Option<&(PathBuf, String)>) -> Outcome<()> {
    let mut staged = Staged::default();
    for name in plan.difference.missing.iter().chain(&plan.difference.stale) {
        let text = plan.files.get(name).map(String::as_str).unwrap_or_default();
        let path = into.join(name);
        staged.add(&path, text).map_err(|error| failed(&path, "written", &error, "nothing was changed"))?;
    }
    if let Some((path, text)) = beside {
        staged.add(path, text).map_err(|error| failed(path, "written", &error, "nothing was changed"))?;
    }
    let again = "once it can be, run the import again: it does what is left";
    staged.put_in_place().map_err(|(path, error)| failed(&path, "replaced", &error, again))?;
    for name in &plan.difference.surplus {
        let path = into.join(name);
        fs::remove_file(&path).map_err(|error| failed(&path, "removed", &error, again))?;
        remove_empty_folders(&path, into);
    }
    Ok(())
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
