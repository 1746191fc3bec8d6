//! Violations by kind: a thousand events with the same mistake are one line.

use std::collections::BTreeMap;

use matrix_events::validate::{Report, Rule, Violation};

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// How many events were looked at.
    pub(crate) events: u64,
    /// How many of them have violations.
    pub(crate) wrong: u64,
    /// How many bytes were looked at.
    pub(crate) bytes: u64,
    groups: BTreeMap<Kind, Group>,
}

/// What violations have in common to be counted together.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    /// The type of the event.
    pub(crate) event_type: String,
    /// The JSON pointer, with `*` for the keys of maps and the indexes of lists.
    pub(crate) pointer: String,
    /// The name of the rule, and what tells violations of one rule in one place apart: the key that is missing.
    rule: (&'static str, String),
}

/// Violations of one kind.
#[derive(Debug)]
pub(crate) struct Group {
    /// How many there are.
    pub(crate) count: u64,
    /// The first of them.
    pub(crate) first: Violation,
    /// Where that was: a line of the input, or a place in the document.
    pub(crate) place: Place,
}

/// Where an event stands in the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A line, counted from 1.
    Line(u64),
    /// The JSON pointer of the event in the document, and its number.
    Pointer(u64, String),
}

impl Groups {
    /// Adds what is wrong with an event.
    pub(crate) fn add(&mut self, event_type: &str, report: Report, place: &Place) {
        self.events += 1;
        self.wrong += u64::from(!report.is_valid());
        for violation in report {
            let expected =
                if violation.rule() == Rule::Required { violation.expected().to_owned() } else { String::new() };
            let kind = Kind {
                event_type: event_type.to_owned(),
                pointer: pattern(violation.pointer()),
                rule: (violation.rule().as_str(), expected),
            };
            self.put(kind, Group { count: 1, first: violation, place: place.clone() });
        }
    }

    fn put(&mut self, kind: Kind, group: Group) {
        match self.groups.entry(kind) {
            std::collections::btree_map::Entry::Vacant(entry) => drop(entry.insert(group)),
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                known.count += group.count;
                // Threads finish in any order; the first in the input is the first.
                if group.place < known.place {
                    (known.first, known.place) = (group.first, group.place);
                }
            }
        }
    }

    /// Joins what two threads found.
    pub(crate) fn join(&mut self, other: Self) {
        self.events += other.events;
        self.wrong += other.wrong;
        self.bytes += other.bytes;
        other.groups.into_iter().for_each(|(kind, group)| self.put(kind, group));
    }

    /// How many violations there are.
    pub(crate) fn violations(&self) -> u64 {
        self.groups.values().map(|group| group.count).sum()
    }

    /// The groups, the largest first.
    pub(crate) fn sorted(&self) -> Vec<(&Kind, &Group)> {
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.count));
        groups
    }
}

/// A pointer with `*` in place of what differs from event to event.
fn pattern(pointer: &str) -> String {
    let is_of_one_event = |part: &str| {
        part.starts_with(['@', '!', '$', '#'])
            || part.contains([':', ' '])
            || part.parse::<u64>().is_ok()
            || part.len() > 32
    };
    let parts = pointer.split('/').map(|part| if is_of_one_event(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn keys_that_differ_from_event_to_event_are_one() {
        assert_eq!(pattern(""), "");
        assert_eq!(pattern("/content/users/@mira:example.org"), "/content/users/*");
        assert_eq!(pattern("/content/via/3"), "/content/via/*");
        assert_eq!(pattern("/content/m.relates_to/event_id"), "/content/m.relates_to/event_id");
    }
}
