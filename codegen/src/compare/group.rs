//! Groups findings. A change of a definition that several events or bodies share in both trees is one finding.

use std::collections::BTreeMap;

use super::finding::{Finding, Subject};
use super::join::Joined;
use super::Of;

/// Merges findings with the same cause, and sorts the findings.
pub(super) fn group(joined: Of<Joined>) -> Vec<Finding> {
    type Cause = (String, String, (String, String), String);
    let mut by_cause: BTreeMap<Cause, Vec<(Subject, Joined)>> = BTreeMap::new();
    for (subject, one) in joined {
        let cause = match &subject {
            Subject::Type(_) => format!("{:?}", one.rust),
            _ => format!("{:?} {:?}", one.change, one.validation),
        };
        let file = if one.place.file.is_empty() { subject.name().to_owned() } else { one.place.file.clone() };
        // A place of the earlier tree may become a part of a definition, and the other way round.
        let before = one.place.stated.before.clone();
        by_cause.entry((file, one.place.below.clone(), before, cause)).or_default().push((subject, one));
    }
    let mut findings: Vec<Finding> = by_cause.into_values().filter_map(one).collect();
    findings.sort();
    findings
}

fn one(group: Vec<(Subject, Joined)>) -> Option<Finding> {
    let mut names: Vec<String> = Vec::new();
    for (subject, _) in &group {
        match subject {
            Subject::Event(name) | Subject::Body(name) if !names.contains(name) => names.push(name.clone()),
            _ => {}
        }
    }
    let api = group.iter().map(|(_, one)| one.api).max()?;
    let mut rust: Vec<String> = group.iter().flat_map(|(_, one)| one.rust.clone()).collect();
    rust.sort();
    rust.dedup();
    let is_definition = group.iter().any(|(subject, _)| matches!(subject, Subject::Shared { .. }));
    let is_shared = names.len() > 1 || is_definition;
    let (subject, first) = group.into_iter().next()?;
    let Joined { place, change, validation, .. } = first;
    let (subject, path) = match is_shared {
        true => (Subject::Shared { file: place.file, events: names }, place.below),
        false => (subject, place.path),
    };
    Some(Finding { subject, path, change, api, validation, rust })
}
