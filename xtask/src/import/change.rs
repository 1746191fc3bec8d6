//! What an import changes in meaning.

use std::fs;
use std::path::{Path, PathBuf};

use matrix_events_codegen::compare::Comparison;
use matrix_events_codegen::{beyond_types, Diagnostics, Files, Input};

use super::changelog;
use super::plan::{is_example, Plan};
use crate::diff;
use crate::tree::{self, Tree};

/// What changes, if it can be told.
pub(crate) enum Change {
    /// There was nothing before.
    First,
    /// What changes, and what else keeps regen from taking it, such as our examples.
    Told(Box<Comparison>, Diagnostics),
    /// Why it can't be told.
    Untold(String),
}

/// Compares what a folder holds with what is planned for it.
pub(crate) fn of(plan: &Plan, into: &Path, overrides: &str) -> Change {
    if plan.before.is_none() {
        return Change::First;
    }
    let before = match tree::read(into, None) {
        Ok(before) => before,
        Err(failure) => return Change::Untold(failure.to_string()),
    };
    let mut files: Files = plan.files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
    let examples = before.files.iter().filter(|(name, _)| is_example(name));
    files.extend(examples.map(|(name, bytes)| (name.clone(), bytes.clone())));
    let after = Tree { files, release: Some(plan.release) };
    match diff::of_trees(&before, &after, overrides) {
        Ok(comparison) => {
            let overrides = ("overrides.yaml", overrides);
            let further = beyond_types(&Input { files: &after.files, overrides, release: after.release });
            Change::Told(Box::new(comparison), further)
        }
        Err(unreadable) => Change::Untold(unreadable.diagnostics.to_string()),
    }
}

/// The changelog with an entry for the change, if it has to have one that it doesn't.
pub(crate) fn changelog(change: &Change, path: &Path) -> Option<(PathBuf, String)> {
    let Change::Told(comparison, _) = change else { return None };
    let text = fs::read_to_string(path).unwrap_or_default();
    Some((path.to_owned(), changelog::with_entry(&text, comparison)?))
}
