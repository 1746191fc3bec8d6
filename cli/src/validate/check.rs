//! Validates the events of a job.

use std::cell::Cell;

use matrix_events::locate;
use matrix_events::schema::{self, Kind, Schema};
use matrix_events::validate::{Form, Level, Report, Rule, Validator};

use super::finding::{Finding, Location};
use super::groups::Groups;
use super::list::Format;
use crate::events::event::{string_in, Event, Members};
use crate::events::job::{Item, Job, Settings};
use crate::events::place::Place;

/// The settings of the validation.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    pub(crate) validator: Validator,
    pub(crate) level: Level,
    /// The form of events whose place does not determine the form.
    pub(crate) form: Option<Form>,
    /// The schema of all values, which are contents.
    pub(crate) content: Option<Schema>,
    /// The format of the list of findings, or `None` for groups.
    pub(crate) list: Option<Format>,
}

/// The findings about an event.
#[derive(Default)]
struct Checked {
    event_type: String,
    findings: Vec<Finding>,
    /// The number of violations that the report omits.
    omitted: u64,
    is_redacted: bool,
    is_unknown_type: bool,
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
        let are_contents = self.content.is_some();
        let alone = self.validator(Place::Alone);
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
                let is_same = event.place == Place::Alone && event.text.as_bytes().as_ptr_range() == range;
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
                self.add(outcome, "", Finding::syntax(&error.message), |_| location(position, String::new()));
            }
            Item::Event(event) => {
                let checked = self.event(&event, known(&event));
                let Checked { event_type, mut findings, omitted, is_redacted, is_unknown_type } = checked;
                outcome.groups.start_event(!findings.is_empty(), is_redacted);
                outcome.groups.unknown_types += u64::from(is_unknown_type);
                outcome.groups.omitted += omitted;
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

    fn validator(&self, place: Place) -> Validator {
        if let Some(schema) = self.content.or_else(|| place.content_schema()) {
            return self.validator.of(schema);
        }
        self.validator.form(place.form().or(self.form).unwrap_or_default())
    }

    /// Returns the type of an event with its findings and the number of omitted findings.
    fn event(&self, event: &Event<'_>, known: Option<Report>) -> Checked {
        let report = known.unwrap_or_else(|| self.validator(event.place).validate(event.text.as_bytes()));
        let is_unknown_type = report.is_unknown_type();
        if report.is_valid() && self.level < Level::Strict {
            return Checked { is_unknown_type, ..Checked::default() };
        }
        let members = event.members();
        let event_type = match self.content.or_else(|| event.place.content_schema()) {
            Some(schema) => schema.event().event_type.to_owned(),
            None => string_in(&members, "type").or_else(|| string_in(&members, "edu_type")).unwrap_or_default(),
        };
        let (omitted, is_redacted) = (report.omitted() as u64, report.is_redacted());
        let report = match event.place {
            // Since room version 12, the ID of a room is that of its `m.room.create` event, which has no `room_id`.
            Place::Pdu if event_type == "m.room.create" && !members.contains_key("room_id") => {
                self.validator.form(Form::Stripped).validate(event.text.as_bytes())
            }
            _ => report,
        };
        let findings = report
            .into_iter()
            .filter(|violation| !(violation.rule() == Rule::Undeclared && event.place.adds(violation.pointer())));
        let mut findings: Vec<Finding> = findings.map(Finding::from).collect();
        if self.content.is_none() {
            findings.extend(self.place(event.place, &event_type, &members));
        }
        Checked { event_type, findings, omitted, is_redacted, is_unknown_type }
    }

    /// Returns the findings about the place of an event.
    fn place(&self, place: Place, event_type: &str, members: &Members<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let kinds = place.kinds();
        let is_state = || members.get("state_key").is_some_and(|key| key.get().starts_with('"'));
        if self.level >= Level::Strict && kinds == [Kind::State] && !is_state() {
            let message = "required property `state_key` is missing in a list of state events".to_owned();
            let required = Finding::new("", "place", Level::Strict, message);
            let is_known = schema::event(event_type).is_some_and(|event| event.kinds.contains(&Kind::State));
            // The schema of a known type of state event requires the property too.
            findings.extend((!is_known).then_some(required));
        }
        let known = match place {
            Place::Edu => schema::edu(event_type),
            _ => schema::event(event_type),
        };
        let known_kinds = known.map_or([].as_slice(), |event| event.kinds);
        let is_expected =
            kinds.is_empty() || known_kinds.is_empty() || kinds.iter().any(|kind| known_kinds.contains(kind));
        if self.level >= Level::Lint && !is_expected {
            let list = |kinds: &[Kind]| kinds.iter().map(Kind::to_string).collect::<Vec<_>>().join(" or ");
            let message = format!(
                "events of the type `{event_type}` are {} events, and this is a list of {} events",
                list(known_kinds),
                list(kinds)
            );
            findings.push(Finding::new("/type", "place", Level::Lint, message));
        }
        findings
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
