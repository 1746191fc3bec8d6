//! The constraints that an event is validated against: as a value, as a text, and with all violations.

use std::collections::BTreeMap;

use serde_json::Value;

use super::path::Path;
use super::site::Site;
use super::violation::{Level, Rule};
use super::walk::{Finding, Walk};
use super::{fits, fits_text, message, strict, suggest, Report, Validator};
use crate::constraints::{Constraints, Presence};
use crate::json::{Cursor, JsonType, ParseError};
use crate::schema::{last_member, Event, Schema, SchemaVariant};

/// The constraints that a value is validated against.
struct Target {
    constraints: &'static Constraints,
    /// The file of the schema; empty where the constraints state their place themselves.
    file: &'static str,
    /// The event type, if it is known.
    event: Option<&'static Event>,
    /// Whether the value is an event, as opposed to a content.
    is_event: bool,
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
    if let Some(schema) = validator.schema {
        let variant = schema.variant_for(value);
        return match schema.is_event {
            true => Target::event(schema.event, variant),
            false => Target { constraints: variant.content, file: "", event: Some(schema.event), is_event: false },
        };
    }
    let table = validator.table;
    let named = |key: &str| last_member(value, key)?.as_str();
    let (event, common) = match named("type") {
        Some(event_type) => (validator.event(event_type), table.any_event),
        None => named("edu_type").map_or((None, table.any_event), |edu_type| (validator.edu(edu_type), table.any_edu)),
    };
    match event {
        Some(event) => Target::event(event, event.variant_for(|| last_member(value, "content"))),
        None => Target { constraints: common, file: "", event: None, is_event: true },
    }
}

impl Target {
    fn event(event: &'static Event, variant: &'static SchemaVariant) -> Self {
        Self { constraints: variant.event, file: variant.file, event: Some(event), is_event: true }
    }
}

/// Returns `true` if a value matches by the schemas.
pub(super) fn fits(validator: &Validator, value: &Value) -> bool {
    let target = target(validator, value);
    match value {
        Value::Object(map) if target.is_event => {
            fits::object(target.constraints, map, validator.form.exempt())
                && target.constraints.choices.iter().all(|choice| fits::fits_choice(choice, value))
        }
        _ => fits::fits(target.constraints, value),
    }
}

/// Returns all violations of a value. `numbers` has the texts of numbers by their pointers.
pub(super) fn walk(validator: &Validator, value: &Value, numbers: BTreeMap<String, String>) -> Report {
    let target = target(validator, value);
    // The members of a type that is not known are not known either.
    let level = if target.event.is_some() { validator.level } else { validator.level.min(Level::Strict) };
    let Validator { table, version, .. } = *validator;
    let is_event = target.is_event;
    let mut walk = Walk { table, level, version, is_event, numbers, found: Vec::new(), omitted: 0, places: 0 };
    let site = Site::root(target.constraints, target.file);
    // The exempt members are those of this one object, not of the objects in it.
    walk.value(&site, value, if is_event { validator.form.exempt() } else { &[] });
    if validator.level >= Level::Strict && target.event.is_none_or(Event::is_room_event) {
        strict::room_event(&mut walk, value, is_event);
        strict::edit(&mut walk, value, target.event);
    }
    if validator.level >= Level::Lint {
        lint(&mut walk, value, &target);
    }
    Report::of(walk.found, walk.omitted)
}

fn lint(walk: &mut Walk, value: &Value, target: &Target) {
    let place = Path::Key(&Path::Root, "type");
    match (target.event, value.get("type").and_then(Value::as_str)) {
        (Some(_), _) => walk.annotations(&Site::root(target.constraints, target.file), "this kind of event"),
        (None, Some(event_type)) => {
            let shown = message::text(event_type);
            let message = format!("the specification has no schema for events of the type {shown}");
            let finding = Finding::new(Rule::UnknownType, message, shown, "an event type of the specification");
            let known = walk.table.events.iter().map(|event| event.event_type);
            walk.stated_by_none(&place, finding.suggest(suggest::nearest(event_type, known)));
        }
        (None, None) => {}
    }
}

/// Returns `true` if the text surely matches. A text that is not JSON does not.
pub(super) fn surely_fits(validator: &Validator, json: &mut Cursor<'_>) -> bool {
    let fits = match validator.schema {
        Some(Schema { event, variant, is_event }) => {
            variant_ahead(event, variant, is_event, json).and_then(|variant| match is_event {
                true => event_fits(validator, variant.event, json),
                false => fits_text::surely_fits(json, variant.content),
            })
        }
        None => match guess(validator, json) {
            Some(constraints) => event_fits(validator, constraints, json),
            None => constraints_ahead(validator, json).and_then(|found| event_fits(validator, found, json)),
        },
    };
    fits.is_ok_and(|fits| fits && json.end().is_ok())
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

/// Returns the constraints that the event ahead surely matches if it matches any, as far as a look at the text shows: they
/// require the `type` that they were found by, and those of a variant its discriminator.
fn guess(validator: &Validator, json: &Cursor<'_>) -> Option<&'static Constraints> {
    let event = json.guess("type", |event_type| validator.event(event_type))?;
    let variant = match event.discriminator {
        None => &event.base,
        Some(name) => json.guess(name, |value| event.variant(value))?,
    };
    let required = variant.event.object.property("type").is_some_and(|found| found.presence == Presence::Required);
    Some(variant.event).filter(|_| required)
}

/// Returns the constraints for the event ahead, which stays unread.
fn constraints_ahead(validator: &Validator, json: &Cursor<'_>) -> Result<&'static Constraints, ParseError> {
    let table = validator.table;
    let (event, common) = match json.discriminator("type")? {
        Some(event_type) => (validator.event(&event_type), table.any_event),
        // Of several the last counts, which only a closer look finds.
        None if json.clone().enter_member("type")? => return Err(json.clone().expected("a type")),
        None => match json.discriminator("edu_type")? {
            Some(edu_type) => (validator.edu(&edu_type), table.any_edu),
            None => (None, table.any_event),
        },
    };
    match event {
        Some(event) => variant_ahead(event, None, true, json).map(|variant| variant.event),
        None => Ok(common),
    }
}

/// Returns the schema for the event or content ahead, which stays unread.
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
