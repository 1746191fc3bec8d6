//! Validates the events of a job.

use std::cell::Cell;

use matrix_events::locate;
use matrix_events::tools::{Checked, Checker, Finding, Origin};
use matrix_events::validate::Report;

use super::groups::Groups;
use super::list::Format;
use super::location::Location;
use crate::events::event::Event;
use crate::events::job::{Item, Job, Settings};

/// The settings of the validation.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    pub(crate) checker: Checker,
    /// The format of the list of findings, or `None` for groups.
    pub(crate) list: Option<Format>,
}

/// The findings in a job.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) groups: Groups,
    /// The text of the list.
    pub(crate) list: String,
}

/// Returns the report on an event that has been validated.
type Known<'k> = dyn Fn(&Event<'_>) -> Option<Report> + 'k;

impl Check {
    /// Validates the events of a job. Stops after the event with the last of `budget` findings, and omits further findings.
    pub(crate) fn run(&self, job: &Job, budget: u64) -> Outcome {
        let mut outcome = Outcome::default();
        let are_contents = self.checker.content_schema().is_some();
        let alone = self.checker.validator(Origin::Alone);
        // The report on the last invalid line, which does not have to be validated again.
        let last = Cell::new(None);
        let unknown_types = Cell::new(0);
        let is_valid = |line: &[u8]| {
            let report = alone.validate(line);
            let is_valid = report.is_valid();
            unknown_types.set(unknown_types.get() + u64::from(is_valid && report.is_unknown_type()));
            last.set((!is_valid).then(|| (line.trim_ascii().as_ptr_range(), report)));
            is_valid
        };
        let settings = Settings { are_contents, is_valid: &is_valid };
        job.each(settings, &mut |item| {
            let report = |event: &Event<'_>| {
                let (range, report) = last.take()?;
                let is_same = event.origin == Origin::Alone && event.text.as_bytes().as_ptr_range() == range;
                is_same.then_some(report)
            };
            self.item(job, (item, &report), budget, &mut outcome);
            outcome.groups.violations() < budget
        });
        outcome.groups.unknown_types += unknown_types.get();
        outcome.groups.bytes = job.bytes();
        outcome
    }

    /// Adds the findings of an item. `known` returns the report on an event if the event has been validated.
    fn item(&self, job: &Job, (item, known): (Item<'_>, &Known<'_>), budget: u64, outcome: &mut Outcome) {
        let location = |position, pointer| Location { file: job.file.to_string(), position, pointer };
        match item {
            Item::Valid => outcome.groups.events += 1,
            Item::Empty => outcome.groups.responses += 1,
            Item::Unrecognized(position) => outcome.groups.add_unrecognized(location(position, String::new())),
            Item::Invalid(error, position) => {
                outcome.groups.start_event(true, false);
                self.add(outcome, "", Finding::syntax(&error), |_| location(position, String::new()));
            }
            Item::Event(event) => {
                let report = known(&event);
                let validate = || self.checker.validator(event.origin).validate(event.text.as_bytes());
                let checked = self.checker.check_report(event.text, event.origin, report.unwrap_or_else(validate));
                let Checked { event_type, mut findings, omitted, is_redacted, is_unknown_type, .. } = checked;
                outcome.groups.start_event(!findings.is_empty(), is_redacted);
                outcome.groups.unknown_types += u64::from(is_unknown_type);
                outcome.groups.omitted += omitted as u64;
                if findings.len() > 1 {
                    findings.sort_by_cached_key(|finding| offset(&event, finding));
                }
                let left = usize::try_from(budget - outcome.groups.violations()).unwrap_or(usize::MAX);
                for finding in findings.into_iter().take(left) {
                    self.add(outcome, &event_type, finding, |finding| {
                        let pointer = format!("{}{}", event.pointer, finding.pointer);
                        location(event.position_of(offset(&event, finding)), pointer)
                    });
                }
            }
        }
    }

    fn add(&self, outcome: &mut Outcome, event_type: &str, finding: Finding, at: impl FnOnce(&Finding) -> Location) {
        match self.list {
            None => outcome.groups.add(event_type, finding, at),
            Some(format) => {
                outcome.groups.count();
                format.write(&mut outcome.list, event_type, &finding, &at(&finding));
            }
        }
    }
}

/// Returns the offset of a finding in its event.
fn offset(event: &Event<'_>, finding: &Finding) -> usize {
    let location = locate(event.text, &finding.pointer);
    location.map_or(0, |location| match location.key {
        Some(key) if finding.is_about_key => key.start,
        _ => location.value.start,
    })
}
