//! Renamed files of a release. Their descriptions move with them.

use std::collections::BTreeMap;

use matrix_events_codegen::Node;

use super::collect::resolve;
use super::document::{compose, Descriptions};
use super::Documents;

/// Returns the new names of files and their old names: a file that only the release has, and a file that only we have, with the
/// same facts. If several files have the same facts, the result has none of them.
pub(super) fn renames(ours: &Documents, theirs: &Documents) -> BTreeMap<String, String> {
    let (removed, added) = (only_in(ours, theirs), only_in(theirs, ours));
    let mut renames = BTreeMap::new();
    for (to, after) in &added {
        let same: Vec<_> = removed.iter().filter(|(from, before)| is_same((from, before), (to, after))).collect();
        let [(from, before)] = same.as_slice() else { continue };
        if added.iter().filter(|(to, after)| is_same((from, before), (to, after))).count() == 1 {
            renames.insert((*to).clone(), (*from).clone());
        }
    }
    renames
}

/// Returns the facts of the documents that others do not have.
fn only_in<'d>(documents: &'d Documents, others: &Documents) -> Vec<(&'d String, Node)> {
    let own = documents.iter().filter(|(file, _)| !others.contains_key(*file));
    own.map(|(file, root)| (file, compose(file, root, &Descriptions::new()))).collect()
}

/// Returns `true` if two files have the same facts. References to the same file may have different paths.
fn is_same((from, before): (&str, &Node), (to, after): (&str, &Node)) -> bool {
    match (before, after) {
        (Node::Map(before), Node::Map(after)) => {
            let is_same = |((key, before), (other, after)): (&(String, Node), &(String, Node))| {
                let has_same_target =
                    || key == "$ref" && target(from, before).is_some_and(|it| target(to, after) == Some(it));
                key == other && (is_same((from, before), (to, after)) || has_same_target())
            };
            before.len() == after.len() && before.iter().zip(after).all(is_same)
        }
        (Node::List(before), Node::List(after)) => {
            let mut pairs = before.iter().zip(after);
            before.len() == after.len() && pairs.all(|(before, after)| is_same((from, before), (to, after)))
        }
        (before, after) => before == after,
    }
}

/// Returns the file and the pointer of a reference.
fn target<'n>(file: &str, reference: &'n Node) -> Option<(String, &'n str)> {
    let reference = reference.as_str()?;
    Some((resolve(file, reference)?, reference.split_once('#').map_or("", |(_, pointer)| pointer)))
}
