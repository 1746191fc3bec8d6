//! Compares the releases that schemas state with the first releases that have them.

use std::collections::BTreeMap;

use super::finding::Disagreement;
use super::walk::Dated;
use super::Of;
use crate::diagnostics::Origin;
use crate::version::Version;

/// Returns the schemas that state another release, and new schemas that state no release.
pub(super) fn disagreements(dated: &Of<Dated>, before: Version, after: Version) -> Vec<Disagreement> {
    let mut found: BTreeMap<(Origin, bool), Disagreement> = BTreeMap::new();
    for (subject, Dated { place, says, is_old }) in dated {
        let agrees = match (says, is_old) {
            (None, is_old) => *is_old,
            (Some(says), true) => *says <= before,
            (Some(says), false) => before < *says && *says <= after,
        };
        let Some(origin) = place.origins.after.first().filter(|_| !agrees) else { continue };
        let is_shared = place.path != place.below;
        let (subject, path) = match is_shared {
            true => (place.file.clone(), place.below.clone()),
            false => (subject.name().to_owned(), place.path.clone()),
        };
        let one = Disagreement { subject, path, origin: origin.clone(), says: *says, is_old: *is_old };
        found.entry((origin.clone(), *is_old)).or_insert(one);
    }
    let mut list: Vec<Disagreement> = found.into_values().collect();
    list.sort();
    list
}
