//! Groups violations by kind. Equal violations of many events are one group.

use std::collections::btree_map::{BTreeMap, Entry};

use matrix_events::validate::{Report, Rule, Violation};

/// The violations found so far.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// The number of validated events.
    pub(crate) events: u64,
    /// The number of events with violations.
    pub(crate) wrong: u64,
    /// The number of redacted events with violations.
    pub(crate) redacted: u64,
    /// The number of validated bytes.
    pub(crate) bytes: u64,
    groups: BTreeMap<Kind, Group>,
}

/// The properties that violations of one group share.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    /// The event type.
    pub(crate) event_type: String,
    /// The JSON pointer, with `*` in place of keys of maps and indexes of lists.
    pub(crate) pointer: String,
    /// The name of the rule, and the missing key if the rule is `required`.
    rule: (&'static str, String),
}

/// Violations of one kind.
#[derive(Debug)]
pub(crate) struct Group {
    /// The number of violations.
    pub(crate) count: u64,
    /// The first violation in the input.
    pub(crate) first: Violation,
    /// The event that has the first violation.
    pub(crate) location: Location,
}

/// The location of an event in the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Location {
    /// The line, counted from 1.
    Line(u64),
    /// The number of the event, and its JSON pointer in the document.
    Pointer(u64, String),
}

impl Groups {
    /// Adds the violations of an event.
    pub(crate) fn add(&mut self, event_type: &str, report: Report, location: &Location) {
        self.events += 1;
        self.wrong += u64::from(!report.is_valid());
        self.redacted += u64::from(!report.is_valid() && report.is_redacted());
        for violation in report {
            let missing = if violation.rule() == Rule::Required { violation.expected() } else { "" };
            let kind = Kind {
                event_type: event_type.to_owned(),
                pointer: generalize(violation.pointer()),
                rule: (violation.rule().as_str(), missing.to_owned()),
            };
            self.put(kind, Group { count: 1, first: violation, location: location.clone() });
        }
    }

    fn put(&mut self, kind: Kind, group: Group) {
        match self.groups.entry(kind) {
            Entry::Vacant(entry) => drop(entry.insert(group)),
            Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                known.count += group.count;
                // The threads finish in any order.
                if group.location < known.location {
                    (known.first, known.location) = (group.first, group.location);
                }
            }
        }
    }

    /// Adds the violations that another thread found.
    pub(crate) fn join(&mut self, other: Self) {
        self.events += other.events;
        self.wrong += other.wrong;
        self.redacted += other.redacted;
        self.bytes += other.bytes;
        other.groups.into_iter().for_each(|(kind, group)| self.put(kind, group));
    }

    /// Returns the number of violations.
    pub(crate) fn violations(&self) -> u64 {
        self.groups.values().map(|group| group.count).sum()
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
