//! Selection of the constraints for an event, and validation of values and texts against them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::path::Path;
use super::site::Site;
use super::violation::{Level, Rule};
use super::walk::{Finding, Walk};
use super::{body, fits, fits_text, message, strict, suggest, Form, Report, Selection, Validator};
use crate::constraints::{Constraints, Presence};
use crate::json::{is_redacted, Cursor, JsonRef, JsonType, ParseError};
use crate::schema::{last_member, Body, Event, Schema, SchemaVariant};

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
    fn event(&self, event_type: &str) -> Option<&'static Event> {
        let found = self.custom.iter().copied().find(|event| event.is_of(event_type));
        found.or_else(|| (self.table.find)(event_type)).or_else(|| {
            let events = self.custom.iter().chain(self.table.events).copied();
            self.find_in_practice(events, event_type)
        })
    }

    fn edu(&self, edu_type: &str) -> Option<&'static Event> {
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

/// Returns all violations of a value. `numbers` has the texts of numbers by their pointers.
pub(super) fn walk(validator: &Validator, value: &Value, numbers: BTreeMap<String, String>) -> Report {
    if let Selection::Body(body) = validator.selection {
        return body::walk(validator, body, value, &numbers);
    }
    let target = target(validator, value);
    // The properties of an unknown event type are unknown, so they are not linted.
    let level = if target.event.is_some() { validator.level } else { validator.level.min(Level::Strict) };
    let Validator { table, version, .. } = *validator;
    let is_event = target.is_event;
    let is_redacted = is_event && is_redacted(JsonRef::Value(value));
    let mut walk = Walk {
        table,
        level,
        version,
        is_event,
        event_type: target.event.map(|event| event.event_type),
        is_redacted: is_redacted && level >= Level::Strict,
        numbers,
        found: Vec::new(),
        omitted: 0,
        places: 0,
    };
    let site = Site::root(target.constraints, target.file);
    // Exempt members belong to the event itself, not to the objects in it.
    walk.value(&site, value, if is_event { validator.form.exempt_of(value) } else { &[] });
    if validator.level >= Level::Strict && target.event.is_none_or(Event::is_room_event) {
        strict::room_event(&mut walk, value, is_event);
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

/// Returns the report on a text that is certainly valid. Returns `None` for an invalid text, and for a text that needs a closer
/// look.
pub(super) fn surely_fits(validator: &Validator, json: &mut Cursor<'_>) -> Option<Report> {
    let mut is_unknown_type = false;
    let fits = match validator.selection {
        Selection::Body(body) => fits_text::surely_fits(json, body.constraints),
        Selection::Schema(Schema { event, variant, is_event }) => variant_ahead(event, variant, is_event, json)
            .and_then(|variant| match is_event {
                true => event_fits(validator, variant.event, json),
                false => fits_text::surely_fits(json, variant.content),
            }),
        Selection::Type => match guess(validator, json) {
            Some(constraints) => event_fits(validator, constraints, json),
            None => constraints_ahead(validator, json).and_then(|(found, is_unknown)| {
                is_unknown_type = is_unknown;
                event_fits(validator, found, json)
            }),
        },
    };
    let is_valid = fits.is_ok_and(|fits| fits && json.end().is_ok());
    is_valid.then(|| Report::empty().unknown_type(is_unknown_type))
}

fn event_fits(
    validator: &Validator,
    constraints: &'static Constraints,
    json: &mut Cursor<'_>,
) -> Result<bool, ParseError> {
    match constraints.choices {
        [] if json.json_type()? == JsonType::Object => fits_text::object(json, constraints, validator.form.exempt()),
        _ => Ok(false),
    }
}

/// Returns the constraints for the next event, by a guess of its type.
///
/// A wrong guess is harmless. The constraints require the `type`, and the discriminator of a variant, so validation fails.
fn guess(validator: &Validator, json: &Cursor<'_>) -> Option<&'static Constraints> {
    let event = json.guess("type", |event_type| validator.event(event_type))?;
    let variant = match event.discriminator {
        None => &event.base,
        Some(name) => json.guess(name, |value| event.variant(value))?,
    };
    let required = variant.event.object.property("type").is_some_and(|found| found.presence == Presence::Required);
    Some(variant.event).filter(|_| required)
}

/// Returns the constraints for the next event, and `true` if its type has no schema, without moving the cursor.
fn constraints_ahead(validator: &Validator, json: &Cursor<'_>) -> Result<(&'static Constraints, bool), ParseError> {
    let table = validator.table;
    let (event, common) = match json.discriminator("type")? {
        Some(event_type) => (validator.event(&event_type), table.any_event),
        // If the key is repeated, the last value wins. Only a closer look finds it.
        None if json.clone().enter_member("type")? => return Err(json.clone().expected("a string as `type`")),
        None => match json.discriminator("edu_type")? {
            Some(edu_type) => (validator.edu(&edu_type), table.any_edu),
            // The schema of all events requires the `type`.
            None => (None, table.any_event),
        },
    };
    match event {
        Some(event) => variant_ahead(event, None, true, json).map(|variant| (variant.event, false)),
        None => Ok((common, true)),
    }
}

/// Returns the schema for the next event or content, without moving the cursor.
fn variant_ahead(
    event: &'static Event,
    variant: Option<&'static str>,
    is_event: bool,
    json: &Cursor<'_>,
) -> Result<&'static SchemaVariant, ParseError> {
    if let Some(variant) = variant {
        return Ok(event.variant(variant).unwrap_or(&event.base));
    }
    let Some(name) = event.discriminator else { return Ok(&event.base) };
    let mut content = json.clone();
    if is_event && !content.enter_member("content")? {
        return Ok(&event.base);
    }
    let value = match content.json_type()? {
        JsonType::Object => content.discriminator(name)?,
        _ => None,
    };
    Ok(value.and_then(|value| event.variant(&value)).unwrap_or(&event.base))
}
