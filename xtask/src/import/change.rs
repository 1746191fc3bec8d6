//! What an import changes in meaning.

use std::fs;
use std::path::{Path, PathBuf};

use matrix_events_codegen::compare::Comparison;
use matrix_events_codegen::{beyond_types, Diagnostics, Files, Input, Settings};

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
    /// Why it can't be told, and whether that is a matter of the tree that was there before.
    Untold { why: String, is_of_before: bool },
}

/// Compares what a folder holds with what is planned for it.
pub(crate) fn of(plan: &Plan, into: &Path, settings: &Settings) -> Change {
    if plan.before.is_none() {
        return Change::First;
    }
    let before = match tree::read(into, None) {
        Ok(before) => before,
        Err(failure) => return Change::Untold { why: failure.to_string(), is_of_before: true },
    };
    let mut files: Files = plan.files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
    let examples = before.files.iter().filter(|(name, _)| is_example(name));
    files.extend(examples.map(|(name, bytes)| (name.clone(), bytes.clone())));
    let after = Tree { files, release: Some(plan.release) };
    match diff::of_trees(&before, &after, settings) {
        Ok(comparison) => {
            let further = beyond_types(&Input { files: &after.files, settings, release: after.release });
            Change::Told(Box::new(comparison), further)
        }
        Err(unreadable) => {
            Change::Untold { why: unreadable.diagnostics.to_string(), is_of_before: !unreadable.is_later }
        }
    }
}

/// What becomes of CHANGELOG.md.
#[derive(Default)]
pub(crate) struct Changelog {
    /// The file and its new text, if it gets an entry.
    pub(crate) written: Option<(PathBuf, String)>,
    /// Whether the entry of a release stands in it as one that is still to be made.
    pub(crate) lacks_entry: bool,
}

/// The changelog with an entry for the change, if it has to have one that it doesn't. One that can't be told has a place held
/// for it: the import after this has nothing to compare with any more.
pub(crate) fn changelog(change: &Change, plan: &Plan, path: &Path) -> Changelog {
    let text = fs::read_to_string(path).unwrap_or_default();
    let written = match change {
        Change::First => None,
        Change::Told(comparison, _) => changelog::with_entry(&text, comparison),
        Change::Untold { .. } => changelog::with_place(&text, plan.before.as_deref(), plan.release),
    };
    let lacks_entry = changelog::has_place(written.as_ref().unwrap_or(&text));
    Changelog { written: written.map(|text| (path.to_owned(), text)), lacks_entry }
}
