//! Selection of the constraints for an event, and validation of values and texts against them.

use serde_json::Value;

use super::path::Path;
use super::site::Site;
use super::violation::{Level, Rule};
use super::walk::{Finding, Walk};
use super::{body, fits, message, strict, suggest, Form, Report, Selection, Validator};
use crate::constraints::Constraints;
use crate::json::{is_redacted, JsonRef, Map};
use crate::schema::{last_member, Body, Event, SchemaVariant};

/// The constraints that a value is validated against.
struct Target {
    constraints: &'static Constraints,
    /// The file of the schema. It is empty if the constraints state their location themselves.
    file: &'static str,
    /// The event type, if it is known.
    event: Option<&'static Event>,
    /// `true` for an event, `false` for a content.
    is_event: bool,
    /// `true` for an event with a type that has no schema.
    is_unknown_type: bool,
}

impl Validator {
    pub(super) fn event(&self, event_type: &str) -> Option<&'static Event> {
        let found = self.custom.iter().copied().find(|event| event.is_of(event_type));
        found.or_else(|| (self.table.find)(event_type)).or_else(|| {
            let events = self.custom.iter().chain(self.table.events).copied();
            self.find_in_practice(events, event_type)
        })
    }

    pub(super) fn edu(&self, edu_type: &str) -> Option<&'static Event> {
        self.table.edu(edu_type).or_else(|| self.find_in_practice(self.table.edus.iter().copied(), edu_type))
    }

    /// Finds an event type by an alias in use, from level Strict on.
    fn find_in_practice(
        &self,
        mut events: impl Iterator<Item = &'static Event>,
        event_type: &str,
    ) -> Option<&'static Event> {
        match self.level {
            Level::Schema => None,
            Level::Strict | Level::Lint => events.find(|event| event.is_in_practice_of(event_type)),
        }
    }
}

fn target(validator: &Validator, value: &Value) -> Target {
    match validator.selection {
        Selection::Type => {}
        Selection::Schema(schema) => {
            let variant = schema.variant_for(value);
            return match schema.is_event {
                true => Target::event(schema.event, variant),
                false => Target { event: Some(schema.event), ..Target::part(variant.content, "") },
            };
        }
        Selection::Body(Body { constraints, file, .. }) => return Target::part(constraints, file),
    }
    let table = validator.table;
    let named = |key: &str| last_member(value, key)?.as_str();
    let (event, common, is_named) = match named("type") {
        Some(event_type) => (validator.event(event_type), table.any_event, true),
        None => named("edu_type")
            .map_or((None, table.any_event, false), |edu_type| (validator.edu(edu_type), table.any_edu, true)),
    };
    match event {
        Some(event) => Target::event(event, event.variant_for(|| last_member(value, "content"))),
        None => Target { constraints: common, file: "", event: None, is_event: true, is_unknown_type: is_named },
    }
}

impl Target {
    /// Creates the target of a value that is no event.
    fn part(constraints: &'static Constraints, file: &'static str) -> Self {
        Self { constraints, file, event: None, is_event: false, is_unknown_type: false }
    }

    fn event(event: &'static Event, variant: &'static SchemaVariant) -> Self {
        let (constraints, file) = (variant.event, variant.file);
        Self { constraints, file, event: Some(event), is_event: true, is_unknown_type: false }
    }
}

/// Returns the report on a value that is valid by its schema, or `None` for an invalid value.
pub(super) fn valid(validator: &Validator, value: &Value) -> Option<Report> {
    let target = target(validator, value);
    let fits = match value {
        Value::Object(map) if target.is_event => {
            fits::object(target.constraints, map, validator.form.exempt_of(value))
                && target.constraints.choices.iter().all(|choice| fits::fits_choice(choice, value))
        }
        _ => fits::fits(target.constraints, value),
    };
    fits.then(|| Report::empty().unknown_type(target.is_unknown_type))
}

/// Returns all violations of a value. `numbers` has the texts of numbers by their pointers. `is_clean` is `true` if all numbers are in
/// the range of canonical JSON, and no event is too large.
pub(super) fn walk(validator: &Validator, value: &Value, numbers: Map<String, String>, is_clean: bool) -> Report {
    if let Selection::Body(body) = validator.selection {
        return body::walk(validator, body, value, &numbers, is_clean);
    }
    let target = target(validator, value);
    // The properties of an unknown event type are unknown, so they are not linted.
    let level = if target.event.is_some() { validator.level } else { validator.level.min(Level::Strict) };
    let is_event = target.is_event;
    let is_redacted = is_event && is_redacted(JsonRef::Value(value));
    let mut walk = Walk::new(validator, level, is_event, target.event, is_redacted && level >= Level::Strict);
    walk.numbers = numbers;
    let site = Site::root(target.constraints, target.file);
    // Exempt members belong to the event itself, not to the objects in it.
    walk.value(&site, value, if is_event { validator.form.exempt_of(value) } else { &[] });
    if validator.level >= Level::Strict && target.event.is_none_or(Event::is_room_event) {
        strict::room_event(&mut walk, value, is_clean);
        strict::edit(&mut walk, value, target.event);
        if validator.form == Form::InitialState {
            strict::default_state_key(&mut walk, value, &site);
        }
    }
    if validator.level >= Level::Lint {
        lint(&mut walk, value, &target);
    }
    Report::of(walk.found, walk.omitted).redacted(is_redacted).unknown_type(target.is_unknown_type)
}

fn lint(walk: &mut Walk, value: &Value, target: &Target) {
    let place = Path::Key(&Path::Root, "type");
    match (target.event, value.get("type").and_then(Value::as_str)) {
        (Some(_), _) => walk.annotations(&Site::root(target.constraints, target.file), "this event type"),
        (None, Some(event_type)) => {
            let shown = message::text(event_type);
            let message = format!("unknown event type {shown}");
            let finding = Finding::new(Rule::UnknownType, message, shown, "an event type of the specification");
            let known = walk.table.events.iter().map(|event| event.event_type);
            walk.stated_by_none(&place, finding.suggest(suggest::nearest(event_type, known)));
        }
        (None, None) => {}
    }
}
