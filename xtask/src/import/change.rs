//! The change in meaning by an import, and its entry in CHANGELOG.md.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::Result;
use fs_err as fs;
use matrix_events_codegen::compare::{compare, Comparison};
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{beyond_types, Diagnostics, Files, Settings, EXAMPLES};

use super::plan::Plan;
use crate::diff::{markdown, HEADING};
use crate::proposals;

const UNRELEASED: &str = "## Unreleased";

/// The change in meaning.
pub(super) enum Change {
    /// The folder was empty.
    First,
    /// The change, and the other errors that regen will report, such as those of examples.
    Known(Box<Comparison>, Diagnostics),
    /// The errors of the tree before or after the import, which the generator could not read.
    Unknown { errors: String, is_before: bool },
}

impl Change {
    /// Compares a folder with its planned state.
    pub(super) fn new(plan: &Plan, into: &Path, settings: &Settings) -> Self {
        if plan.before.is_none() {
            return Self::First;
        }
        let before = match Tree::read(into, None) {
            Ok(before) => before,
            Err(error) => return Self::Unknown { errors: error.to_string(), is_before: true },
        };
        let mut files: Files =
            plan.files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
        let examples = before.files.iter().filter(|(name, _)| name.starts_with(EXAMPLES));
        files.extend(examples.map(|(name, bytes)| (name.clone(), bytes.clone())));
        let after = Tree { files, release: Some(plan.release) };
        match compare(&before.input(settings), &after.input(settings)) {
            Ok(comparison) => Self::Known(Box::new(comparison), beyond_types(&after.input(settings))),
            Err(error) => {
                let errors = Tree::with_paths(error.diagnostics, into, into).to_string();
                Self::Unknown { errors, is_before: !error.is_later }
            }
        }
    }

    /// Replaces the names of files in errors by their paths on disk.
    pub(super) fn with_paths(self, into: &Path, settings: &Path) -> Self {
        let Self::Known(mut comparison, further) = self else { return self };
        let with_paths = |errors| Tree::with_paths(errors, into, settings);
        let Comparison { unplaced, problems, unused, .. } = comparison.as_mut();
        for errors in [unplaced, problems, unused] {
            *errors = with_paths(std::mem::take(errors));
        }
        Self::Known(comparison, with_paths(further))
    }

    /// Lists the events and fields of proposals that the release adds.
    pub(super) fn released(&self, into: &Path) -> Result<Vec<String>> {
        match self {
            Self::Known(comparison, _) => proposals::released(comparison, into),
            Self::First | Self::Unknown { .. } => Ok(Vec::new()),
        }
    }

    /// Returns the text of the changelog with an entry for the change, or `None` if the change requires no entry.
    pub(super) fn changelog(&self, path: &Path) -> Result<Option<String>> {
        let Self::Known(comparison, _) = self else { return Ok(None) };
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            text => text?,
        };
        Ok(with_entry(&text, comparison))
    }
}

/// Adds an entry at the end of the unreleased changes, unless nothing changes or the release has an entry.
fn with_entry(changelog: &str, comparison: &Comparison) -> Option<String> {
    let after = comparison.after.filter(|after| Some(*after) != comparison.before)?.to_string();
    let is_entry = |line: &str| line.starts_with(HEADING) && line.ends_with(&format!(" to {after}"));
    if comparison.findings.is_empty() || changelog.lines().any(is_entry) {
        return None;
    }
    let lines: Vec<&str> = changelog.lines().collect();
    let (before, rest) = match lines.iter().position(|line| line.trim_end() == UNRELEASED) {
        None => (format!("{}\n\n{UNRELEASED}", changelog.trim_end()), String::new()),
        Some(start) => {
            let next = lines.iter().skip(start + 1).position(|line| line.starts_with("## "));
            let (section, rest) = lines.split_at(next.map_or(lines.len(), |length| start + 1 + length));
            (section.join("\n"), rest.join("\n"))
        }
    };
    let text = format!("{}\n\n{}\n\n{rest}", before.trim(), markdown(comparison).trim_end());
    Some(format!("{}\n", text.trim_end()))
}
