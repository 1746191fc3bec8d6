//! Which rules an event is held against, and how: as a value, as a text, with all that is wrong.

use serde_json::Value;

use super::path::Path;
use super::violation::{Level, Rule};
use super::walk::{Walk, Words};
use super::{fits, fits_text, message, strict, suggest, Report, Validator};
use crate::json::{Cursor, Fault, JsonType};
use crate::rules::{Need, Rules};
use crate::schema::{last_member, Event, Exact, Schema};

/// What a value is held against.
struct Target {
    rules: &'static Rules,
    /// Its event type, if the specification has it.
    event: Option<&'static Event>,
    /// Whether the value is an event, as opposed to a content.
    whole: bool,
}

impl Validator {
    fn event(&self, event_type: &str) -> Option<&'static Event> {
        self.own.iter().copied().find(|event| event.is_of(event_type)).or_else(|| (self.table.find)(event_type))
    }
}

fn target(validator: &Validator, value: &Value) -> Target {
    if let Some(schema) = validator.schema {
        return Target { rules: schema.rules(value), event: Some(schema.event), whole: schema.whole };
    }
    let table = validator.table;
    let named = |key: &str| last_member(value, key)?.as_str();
    let (event, common) = match named("type") {
        Some(event_type) => (validator.event(event_type), table.any_event),
        None => named("edu_type").map_or((None, table.any_event), |edu_type| (table.edu(edu_type), table.any_edu)),
    };
    let rules = event.map_or(common, |event| event.exact(|| last_member(value, "content")).event);
    Target { rules, event, whole: true }
}

/// Whether a value fits, as far as the schemas go.
pub(super) fn fits(validator: &Validator, value: &Value) -> bool {
    let target = target(validator, value);
    match (value, target.rules.object) {
        // The exempt members are those of this one object, not of the objects in it.
        (Value::Object(map), Some(object)) if target.whole => {
            fits::object(object, map, validator.form.exempt())
                && target.rules.choices.iter().all(|choice| fits::fits_choice(choice, value))
        }
        _ => fits::fits(target.rules, value),
    }
}

/// All that is wrong with a value.
pub(super) fn walk(validator: &Validator, value: &Value) -> Report {
    let target = target(validator, value);
    // Of a type that nobody knows nobody knows the members either.
    let level = if target.event.is_some() { validator.level } else { validator.level.min(Level::Strict) };
    let additions = target.event.map_or([].as_slice(), |event| event.additions);
    let version = validator.version;
    let mut walk = Walk {
        table: validator.table,
        level,
        version,
        whole: target.whole,
        additions,
        found: Vec::new(),
        omitted: 0,
        places: 0,
    };
    match (value, target.rules.object) {
        (Value::Object(map), Some(object)) if target.whole => {
            walk.object(target.rules, object, map, &Path::Root, validator.form.exempt());
            walk.choices(target.rules, value, &Path::Root);
        }
        _ => walk.value(target.rules, value, &Path::Root),
    }
    if validator.level >= Level::Strict && target.event.is_none_or(Event::is_room_event) {
        strict::room_event(&mut walk, value, target.whole);
    }
    if validator.level >= Level::Lint {
        lint(&mut walk, value, &target);
    }
    Report::of(walk.found, walk.omitted)
}

fn lint(walk: &mut Walk, value: &Value, target: &Target) {
    let place = Path::Key(&Path::Root, "type");
    match (target.event, value.get("type").and_then(Value::as_str)) {
        (Some(_), _) => walk.facts(target.rules, "this kind of event", &Path::Root),
        (None, Some(event_type)) => {
            let shown = message::text(event_type);
            let words = Words::new(
                format!("the specification has no schema for events of the type {shown}"),
                shown,
                "an event type of the specification",
            );
            let known = walk.table.events.iter().map(|event| event.event_type);
            walk.stated_by_none(Rule::UnknownType, &place, words, suggest::nearest(event_type, known));
        }
        (None, None) => {}
    }
}

/// Whether the text surely fits. A text that isn't JSON doesn't.
pub(super) fn surely_fits(validator: &Validator, json: &mut Cursor<'_>) -> bool {
    let fits = match validator.schema {
        Some(Schema { event, variant, whole }) => exact_of(event, variant, whole, json).and_then(|exact| match whole {
            true => members(validator, exact.event, json),
            false => fits_text::surely_fits(json, exact.content),
        }),
        None => match guess(validator, json) {
            Some(rules) => members(validator, rules, json),
            None => rules_of(validator, json).and_then(|rules| members(validator, rules, json)),
        },
    };
    fits.is_ok_and(|fits| fits && json.end().is_ok())
}

fn members(validator: &Validator, rules: &'static Rules, json: &mut Cursor<'_>) -> Result<bool, Fault> {
    match rules.object {
        Some(object) if rules.choices.is_empty() && json.json_type()? == JsonType::Object => {
            fits_text::members(json, object, validator.form.exempt())
        }
        _ => Ok(false),
    }
}

/// The rules that the event ahead surely fits if it fits any, as far as a look at the text tells: they ask for the `type`
/// that they were found by, and those of a variant for its discriminator.
fn guess(validator: &Validator, json: &Cursor<'_>) -> Option<&'static Rules> {
    let event = json.guess("type", |event_type| validator.event(event_type))?;
    let exact = match event.discriminator {
        None => &event.base,
        Some(name) => json.guess(name, |value| event.variant(value))?,
    };
    let needed = exact.event.object?.property("type").is_some_and(|property| property.need == Need::Required);
    Some(exact.event).filter(|_| needed)
}

/// The rules for the event ahead, which stays unread.
fn rules_of(validator: &Validator, json: &Cursor<'_>) -> Result<&'static Rules, Fault> {
    let table = validator.table;
    let (event, common) = match json.discriminator("type")? {
        Some(event_type) => (validator.event(&event_type), table.any_event),
        // Of several the last counts, which only a closer look finds.
        None if json.clone().enter_member("type")? => return Err(json.clone().expected("a type")),
        None => match json.discriminator("edu_type")? {
            Some(edu_type) => (table.edu(&edu_type), table.any_edu),
            None => (None, table.any_event),
        },
    };
    match event {
        Some(event) => exact_of(event, None, true, json).map(|exact| exact.event),
        None => Ok(common),
    }
}

/// The schema for the event or content ahead, which stays unread.
fn exact_of(
    event: &'static Event,
    variant: Option<&'static str>,
    whole: bool,
    json: &Cursor<'_>,
) -> Result<&'static Exact, Fault> {
    if let Some(variant) = variant {
        return Ok(event.variant(variant).unwrap_or(&event.base));
    }
    let Some(name) = event.discriminator else { return Ok(&event.base) };
    let mut content = json.clone();
    if whole && !content.enter_member("content")? {
        return Ok(&event.base);
    }
    let value = match content.json_type()? {
        JsonType::Object => content.discriminator(name)?,
        _ => None,
    };
    Ok(value.and_then(|value| event.variant(&value)).unwrap_or(&event.base))
}
