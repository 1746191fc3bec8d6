//! Groups findings by kind. Equal findings of many events are one group.

use std::collections::btree_map::{BTreeMap, Entry};

use matrix_events::tools::Finding;

use super::location::Location;

/// The largest number of groups. Findings of further kinds are only counted, so that memory does not grow with the input.
const MOST: usize = 10_000;

/// The findings so far.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// The number of validated events.
    pub(crate) events: u64,
    /// The number of events with findings.
    pub(crate) wrong: u64,
    /// The number of redacted events with violations.
    pub(crate) redacted: u64,
    /// The number of events whose type has no schema.
    pub(crate) unknown_types: u64,
    /// The number of validated bytes.
    pub(crate) bytes: u64,
    /// The number of responses without events.
    pub(crate) responses: u64,
    /// The number of findings that the reports of events omit.
    pub(crate) omitted: u64,
    /// The number of values that are neither an event nor a known response, and the location of the first.
    pub(crate) unrecognized: Option<(u64, Location)>,
    /// The number of findings of further kinds than the largest number of groups.
    pub(crate) ungrouped: u64,
    /// The number of findings.
    count: u64,
    groups: BTreeMap<Kind, Group>,
}

/// The properties that the findings of one group share.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    /// The event type.
    pub(crate) event_type: String,
    /// The JSON pointer, with `*` in place of keys of maps and indexes of lists.
    pub(crate) pointer: String,
    /// The name of the rule, and the missing key or the syntax error.
    rule: (&'static str, String),
}

/// Findings of one kind.
#[derive(Debug)]
pub(crate) struct Group {
    /// The number of findings.
    pub(crate) count: u64,
    /// The first finding in the input.
    pub(crate) first: Finding,
    /// The location of the first finding.
    pub(crate) location: Location,
}

impl Groups {
    /// Counts an event.
    pub(crate) fn start_event(&mut self, is_wrong: bool, is_redacted: bool) {
        self.events += 1;
        self.wrong += u64::from(is_wrong);
        self.redacted += u64::from(is_wrong && is_redacted);
    }

    /// Counts a finding without a group.
    pub(crate) fn count(&mut self) {
        self.count += 1;
    }

    /// Adds a value that is neither an event nor a known response.
    pub(crate) fn add_unrecognized(&mut self, location: Location) {
        self.unrecognized.get_or_insert((0, location)).0 += 1;
    }

    /// Adds a finding. The location is only determined for the first finding of a group.
    pub(crate) fn add(&mut self, event_type: &str, finding: Finding, location: impl FnOnce(&Finding) -> Location) {
        self.count();
        let kind = Kind {
            event_type: event_type.to_owned(),
            pointer: generalize(&finding.pointer),
            rule: (finding.rule, finding.detail.clone()),
        };
        let is_full = self.groups.len() >= MOST;
        match self.groups.entry(kind) {
            Entry::Occupied(mut entry) => entry.get_mut().count += 1,
            Entry::Vacant(entry) if !is_full => {
                let location = location(&finding);
                entry.insert(Group { count: 1, first: finding, location });
            }
            Entry::Vacant(_) => self.ungrouped += 1,
        }
    }

    /// Adds the findings of a later part of the input.
    pub(crate) fn join(&mut self, other: Self) {
        self.events += other.events;
        self.wrong += other.wrong;
        self.redacted += other.redacted;
        self.unknown_types += other.unknown_types;
        self.bytes += other.bytes;
        self.responses += other.responses;
        self.omitted += other.omitted;
        self.ungrouped += other.ungrouped;
        self.count += other.count;
        if let Some((count, location)) = other.unrecognized {
            self.unrecognized.get_or_insert((0, location)).0 += count;
        }
        for (kind, group) in other.groups {
            let is_full = self.groups.len() >= MOST;
            match self.groups.entry(kind) {
                Entry::Occupied(mut entry) => entry.get_mut().count += group.count,
                Entry::Vacant(entry) if !is_full => drop(entry.insert(group)),
                Entry::Vacant(_) => self.ungrouped += group.count,
            }
        }
    }

    /// Returns the number of findings, without those that the reports of events omit.
    pub(crate) fn violations(&self) -> u64 {
        self.count
    }

    /// Returns the groups, the largest first.
    pub(crate) fn sorted(&self) -> Vec<(&Kind, &Group)> {
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.count));
        groups
    }
}

/// Replaces the parts of a pointer that differ from event to event by `*`.
fn generalize(pointer: &str) -> String {
    let is_variable = |part: &str| {
        part.starts_with(['@', '!', '$', '#'])
            || part.contains([':', ' '])
            || part.parse::<u64>().is_ok()
            || part.len() > 32
    };
    let parts = pointer.split('/').map(|part| if is_variable(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::generalize;

    #[test]
    fn identifiers_and_indexes_in_a_pointer_become_stars() {
        assert_eq!(generalize(""), "");
        assert_eq!(generalize("/content/users/@mira:example.org"), "/content/users/*");
        assert_eq!(generalize("/content/via/3"), "/content/via/*");
        assert_eq!(generalize("/content/m.relates_to/event_id"), "/content/m.relates_to/event_id");
    }
}
