//! Fixes of known errors in the files of a release, which are applied before any step reads the values of a file.

use crate::diagnostics::Origin;
use crate::node::Node;

/// A fix of an error in files.
#[derive(Clone, Debug)]
pub(crate) struct Fix {
    /// The files, and the folders of files.
    pub(crate) at: Vec<String>,
    pub(crate) kind: FixKind,
    /// The entry of the settings.
    pub(crate) entry: Origin,
}

/// The kinds of fixes.
#[derive(Clone, Debug)]
pub(crate) enum FixKind {
    /// A map may have a key several times. The last value counts, as in PyYAML.
    RepeatedKeys,
    /// In each map that has all of the first members, the second members take their place.
    Replace(Vec<(String, Node)>, Vec<(String, Node)>),
}

impl Fix {
    /// Returns `true` if the fix is for a file.
    pub(super) fn is_for(&self, file: &str) -> bool {
        let is_below = |folder: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.at.iter().any(|at| at == file || is_below(at))
    }
}
