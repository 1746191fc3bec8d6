//! Validates an event in the form of its origin.

use super::finding::Finding;
use super::origin::{Members, Origin};
use crate::schema::{self, Kind, Schema};
use crate::validate::{Form, Level, Report, Rule, Validator};

/// A validator of events from responses. The origin of an event determines its form and the kinds of events that are expected.
///
/// ```
/// use matrix_events::tools::{Checker, Origin};
/// use matrix_events::validate::Level;
///
/// let checker = Checker::new(Level::Lint);
/// let checked = checker.check(r#"{"type": "m.typing", "content": {"user_ids": []}}"#, Origin::ToDevice);
/// assert_eq!(checked.event_type, "m.typing");
/// assert_eq!(
///     checked.findings[0].message,
///     "events of the type `m.typing` are ephemeral events, and this is a list of to-device events",
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Checker {
    validator: Validator,
    form: Option<Form>,
    content: Option<Schema>,
}

/// The findings about an event, from [`Checker`].
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Checked {
    /// The `type` of the event, or its `edu_type`. It is empty if there is none. At [`Level::Schema`], it is also empty for a valid
    /// event.
    pub event_type: String,
    /// The findings, sorted by JSON pointer. Findings about the origin are at the end.
    pub findings: Vec<Finding>,
    /// The number of violations that the report omits.
    pub omitted: usize,
    /// `true` if the event is redacted. At [`Level::Schema`], only invalid events are examined.
    pub is_redacted: bool,
    /// `true` if the event type has no schema.
    pub is_unknown_type: bool,
}

impl Checker {
    /// Creates a checker. Events that are not part of a response have the form [`Form::Full`].
    pub const fn new(level: Level) -> Self {
        Self { validator: Validator::new().level(level), form: None, content: None }
    }

    /// Sets the release of the specification that the events are for, as [`Validator::version`] does.
    #[must_use]
    pub const fn version(self, version: schema::Version) -> Self {
        Self { validator: self.validator.version(version), ..self }
    }

    /// Sets the form of events whose origin does not determine the form.
    #[must_use]
    pub const fn form(self, form: Form) -> Self {
        Self { form: Some(form), ..self }
    }

    /// Sets the schema of all values, which are contents.
    #[must_use]
    pub const fn of_contents(self, schema: Schema) -> Self {
        Self { content: Some(schema), ..self }
    }

    /// Returns the schema of all values, if they are contents.
    pub const fn content_schema(&self) -> Option<Schema> {
        self.content
    }

    /// Returns the level.
    pub const fn level(&self) -> Level {
        self.validator.settings().level
    }

    /// Returns the validator for events of an origin.
    pub fn validator(&self, origin: Origin) -> Validator {
        if let Some(schema) = self.content.or_else(|| origin.content_schema()) {
            return self.validator.of(schema);
        }
        self.validator.form(origin.form().or(self.form).unwrap_or_default())
    }

    /// Validates the text of an event.
    pub fn check(&self, event: &str, origin: Origin) -> Checked {
        self.check_report(event, origin, self.validator(origin).validate(event.as_bytes()))
    }

    /// Returns the findings about an event with the report of [`validator`](Self::validator) for its origin.
    pub fn check_report(&self, event: &str, origin: Origin, report: Report) -> Checked {
        let is_unknown_type = report.is_unknown_type();
        if report.is_valid() && self.level() < Level::Strict {
            return Checked { is_unknown_type, ..Checked::default() };
        }
        let members = Members::of(event);
        let event_type = match self.content.or_else(|| origin.content_schema()) {
            Some(schema) => schema.event().event_type.to_owned(),
            None => members.event_type(),
        };
        let (omitted, is_redacted) = (report.omitted(), report.is_redacted());
        let findings = report
            .into_iter()
            .filter(|violation| !(violation.rule() == Rule::Undeclared && origin.adds(violation.pointer())));
        let mut findings: Vec<Finding> = findings.map(Finding::from).collect();
        if self.content.is_none() {
            findings.extend(self.about_origin(origin, &event_type, &members));
        }
        Checked { event_type, findings, omitted, is_redacted, is_unknown_type }
    }

    /// Returns the findings about the origin of an event.
    fn about_origin(&self, origin: Origin, event_type: &str, members: &Members<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let kinds = origin.kinds();
        if self.level() >= Level::Strict && kinds == [Kind::State] && !members.is_string("state_key") {
            let message = "required property `state_key` is missing in a list of state events".to_owned();
            let required = Finding::new("", "place", Level::Strict, message);
            let is_known = schema::event(event_type).is_some_and(|event| event.kinds.contains(&Kind::State));
            // The schema of a known type of state event requires the property too.
            findings.extend((!is_known).then_some(required));
        }
        let known = match origin {
            Origin::Edu => schema::edu(event_type),
            _ => schema::event(event_type),
        };
        let known_kinds = known.map_or([].as_slice(), |event| event.kinds);
        let is_expected =
            kinds.is_empty() || known_kinds.is_empty() || kinds.iter().any(|kind| known_kinds.contains(kind));
        if self.level() >= Level::Lint && !is_expected {
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
