//! Selection of the constraints for the text of an event, and the checks of events that no schema states.

use super::fits_text::{is_text, Pass, Place};
use super::site::Site;
use super::strict::{is_edit, ENCRYPTED, MAX_EVENT, MAX_MEMBER};
use super::walk::Walk;
use super::{Form, Level, Report, Selection, Validator};
use crate::constraints::{Allowed, Constraints, Presence, Types};
use crate::json::{Cursor, JsonType, Lexer, ParseError, FAR, TYPE_FINDER};
use crate::schema::{Body, Event, Schema, SchemaVariant};

/// The result of a pass.
pub(super) enum Outcome {
    /// The text is valid.
    Valid(Report),
    /// The text is invalid. It has no repeated keys, its numbers are in the range of canonical JSON, and it is not too large.
    Invalid(Explained),
    /// The text needs a closer look.
    Unclear,
}

/// The facts about an invalid text that its report requires.
#[derive(Clone, Copy)]
pub(super) struct Explained {
    /// `true` if the constraints on the members of the event state all violations.
    by_members: bool,
    is_redacted: bool,
}

/// The result for a text that needs no closer look.
pub(super) struct Passed<'a> {
    /// The position after the text.
    pub(super) end: Lexer<'a>,
    pub(super) is_valid: bool,
    explained: Explained,
    is_unknown_type: bool,
}

/// The constraints for a text.
struct Selected<'a> {
    constraints: &'static Constraints,
    /// The file of the schema. It is empty if the constraints state their location themselves.
    file: &'static str,
    /// The event type, if it is known.
    event: Option<&'static Event>,
    /// `true` for an event, `false` for a content.
    is_event: bool,
    /// `true` for an event with a type that has no schema.
    is_unknown_type: bool,
    /// The type and the value of the discriminator, if the selection is a guess.
    guess: Option<(&'a str, Option<&'a str>)>,
}

/// The facts about an event, or about a content alone, that its text states from level Strict on.
#[derive(Default)]
pub(super) struct EventText<'a> {
    /// `true` for an event, `false` for a content or a body.
    pub(super) is_event: bool,
    /// The event type, if it is known.
    pub(super) event_type: Option<&'static str>,
    /// The name of the discriminator.
    discriminator: Option<&'static str>,
    /// `true` if the lengths of some members have a limit.
    is_limited: bool,
    has_state_key: bool,
    pub(super) is_redacted: bool,
    /// The size of the `unsigned`, which is not part of the event that servers exchange.
    unsigned_size: usize,
    /// The text of the `type`.
    type_text: &'a [u8],
    /// The text of the value of the discriminator.
    variant_text: &'a [u8],
    /// The offset of the `m.new_content`.
    new_content: Option<usize>,
    /// The offset of the `m.relates_to`.
    relation: Option<usize>,
}

impl<'a> EventText<'a> {
    /// Returns `false` if `note` does nothing for a member, and no value below the member has a special place.
    #[inline(always)]
    pub(super) fn is_special(&self, place: Place, name: &[u8]) -> bool {
        match place {
            Place::Unsigned => name == b"redacted_because",
            Place::Content => {
                matches!(name, b"m.new_content" | b"m.relates_to" | b"state_key")
                    || self.discriminator.is_some_and(|of| of.as_bytes() == name)
            }
            Place::Event | Place::EventInSchema | Place::Body(..) | Place::Other => true,
        }
    }

    /// Notes a member. Returns `true` if the member is too long.
    #[inline(always)]
    pub(super) fn note(&mut self, place: Place, name: &[u8], start: usize, text: &'a [u8]) -> bool {
        match (place, name) {
            (Place::Event, b"type" | b"event_id" | b"room_id" | b"sender" | b"state_key") => {
                match name {
                    b"type" => self.type_text = text,
                    b"state_key" => self.has_state_key = true,
                    _ => {}
                }
                // The text has quotes.
                return text.len() > MAX_MEMBER + 2 && self.is_limited && text.first() == Some(&b'"');
            }
            (Place::Event, b"unsigned") => self.unsigned_size = text.len(),
            (Place::Unsigned, b"redacted_because") => self.is_redacted = text.first() == Some(&b'{'),
            (Place::Content, b"m.new_content") => self.new_content = Some(start),
            (Place::Content, b"m.relates_to") => self.relation = Some(start),
            (Place::Content, b"state_key") => self.has_state_key |= !self.is_event,
            _ => {}
        }
        if place == Place::Content && self.discriminator.is_some_and(|of| of.as_bytes() == name) {
            self.variant_text = text;
        }
        false
    }

    /// Returns `true` if a guess is right.
    fn confirms(&self, (event_type, variant): (&str, Option<&str>)) -> bool {
        is_quoted(self.type_text, event_type) && variant.is_none_or(|variant| is_quoted(self.variant_text, variant))
    }
}

/// Returns `true` if a text is a string without escapes.
fn is_quoted(text: &[u8], string: &str) -> bool {
    matches!(text, [b'"', text @ .., b'"'] if text == string.as_bytes())
}

/// Validates a text in one pass.
pub(super) fn check(validator: &Validator, text: &str) -> Outcome {
    let Some(Passed { mut end, is_valid, explained, is_unknown_type }) = fits(validator, Lexer::new(text)) else {
        return Outcome::Unclear;
    };
    match (end.is_at_end(), is_valid) {
        (true, true) => Outcome::Valid(Report::empty().redacted(explained.is_redacted).unknown_type(is_unknown_type)),
        (true, false) => Outcome::Invalid(explained),
        (false, _) => Outcome::Unclear,
    }
}

/// Returns the report on a text by its invalid parts, or `None` if the text needs a closer look. From level Strict on, this is the
/// second pass over an invalid text, and the first pass found `explained`.
pub(super) fn explain(validator: &Validator, text: &str, explained: Option<Explained>) -> Option<Report> {
    // The size of a WebAssembly module matters more than the time.
    if cfg!(target_family = "wasm") {
        return None;
    }
    let is_redacted = match (validator.level, explained) {
        (Level::Schema, _) => false,
        (_, Some(Explained { by_members: true, is_redacted })) => is_redacted,
        _ => return None,
    };
    let json = Lexer::new(text);
    let selected = match validator.selection {
        Selection::Body(_) => return None,
        Selection::Schema(schema) => of_schema(schema, &Cursor::strict(text)),
        Selection::Type => select(validator, &Cursor::strict(text)),
    };
    let selected = selected.ok()?;
    let event = selected.event?;
    let mut pass = Pass::of_event(validator, &selected, json, validator.level);
    let place = match (validator.level, selected.is_event) {
        (_, true) => Place::Event,
        (Level::Schema, false) => Place::Other,
        (_, false) => Place::Content,
    };
    let mut walk = Walk::new(validator, validator.level, selected.is_event, Some(event), is_redacted);
    let site = Site::root(selected.constraints, selected.file);
    if !pass.explain(&mut walk, &site, place) || !pass.json.is_at_end() || walk.omitted > 0 {
        return None;
    }
    // Level Schema reports a redaction only together with violations.
    let is_redacted = selected.is_event && pass.event.is_redacted && !walk.found.is_empty();
    Some(Report::of(walk.found, 0).redacted(is_redacted))
}

/// Validates the next value. Returns `None` if the value needs a closer look.
pub(super) fn fits<'a>(validator: &Validator, json: Lexer<'a>) -> Option<Passed<'a>> {
    let ahead = Cursor::strict(json.rest());
    match validator.selection {
        Selection::Body(body) => body_fits(validator, body, json),
        Selection::Schema(schema) => event_fits(validator, &of_schema(schema, &ahead).ok()?, json),
        Selection::Type => {
            let guess = guess(validator, json.rest(), &ahead);
            let passed = guess.as_ref().and_then(|guess| event_fits(validator, guess, json));
            passed.or_else(|| {
                let selected = select(validator, &ahead).ok()?;
                // A second attempt would fail in the same way.
                let is_new = guess.is_none_or(|guess| !std::ptr::eq(guess.constraints, selected.constraints));
                if is_new {
                    event_fits(validator, &selected, json)
                } else {
                    None
                }
            })
        }
    }
}

fn body_fits<'a>(validator: &Validator, body: &'static Body, json: Lexer<'a>) -> Option<Passed<'a>> {
    let place = match (validator.level, u32::try_from(body.events.len())) {
        (Level::Schema, _) => Place::Other,
        (_, Ok(count @ 1..=31)) => Place::Body((1 << count) - 1, 0),
        (_, Ok(0)) => Place::Other,
        _ => return None,
    };
    let mut pass = Pass::new(validator, json, validator.level);
    let goes_on = pass.value_at(body.constraints, place);
    let (end, is_valid) = (pass.json, pass.is_valid);
    let explained = Explained { by_members: false, is_redacted: false };
    goes_on.then_some(Passed { end, is_valid, explained, is_unknown_type: false })
}

impl<'v, 'a> Pass<'v, 'a> {
    /// Creates a pass over an event or a content.
    fn of_event(validator: &'v Validator, selected: &Selected<'_>, json: Lexer<'a>, level: Level) -> Self {
        let mut pass = Self::new(validator, json, level);
        pass.event.is_event = selected.is_event;
        pass.event.event_type = selected.event.map(|event| event.event_type);
        pass.event.discriminator = selected.event.and_then(|event| event.discriminator);
        pass
    }

    /// Returns `true` if there was no violation, and forgets the violations.
    fn take_validity(&mut self) -> bool {
        let is_valid = std::mem::replace(&mut self.is_valid, true);
        is_valid & (!std::mem::take(&mut self.is_pruned) || self.event.is_redacted)
    }
}

fn event_fits<'a>(validator: &Validator, selected: &Selected<'a>, json: Lexer<'a>) -> Option<Passed<'a>> {
    let Selected { constraints, event, is_event, is_unknown_type, guess, .. } = *selected;
    let is_strict = validator.level >= Level::Strict;
    // The properties of an unknown event type are unknown, so they are not linted. The type itself is a finding.
    let level = if event.is_some() { validator.level } else { validator.level.min(Level::Strict) };
    let mut pass = Pass::of_event(validator, selected, json, level);
    let start = pass.json.offset();
    let is_object = constraints.choices.is_empty() && pass.json.peek() == b'{';
    if is_event && !is_object {
        return None;
    }
    let is_of_room = is_strict && event.is_none_or(Event::is_room_event);
    pass.is_canonical = is_of_room;
    pass.event.is_limited = is_of_room;
    let place = match (is_strict, is_event) {
        (true, true) => Place::Event,
        (true, false) => Place::Content,
        (false, true) => Place::EventInSchema,
        (false, false) => Place::Other,
    };
    if !pass.value(constraints, place) {
        return None;
    }
    let end = pass.json;
    let is_right = !is_strict || guess.is_none_or(|guess| pass.event.confirms(guess));
    let is_small = !is_of_room || end.since(start).len() - pass.event.unsigned_size <= MAX_EVENT;
    if !is_right || !is_small {
        return None;
    }
    let is_known = level == validator.level || pass.event.type_text.first() != Some(&b'"');
    let is_valid = pass.take_validity();
    let fits_prose = is_known
        && !pass.is_too_long
        && pass.is_current(constraints)
        && (!is_of_room || fits_prose(&mut pass, selected) && pass.take_validity());
    let explained = Explained { by_members: fits_prose, is_redacted: is_event && pass.event.is_redacted };
    Some(Passed { end, is_valid: is_valid && fits_prose, explained, is_unknown_type })
}

/// Returns `true` if a room event is valid by requirements that the prose states on parts of its content and on its state key.
fn fits_prose(pass: &mut Pass<'_, '_>, selected: &Selected<'_>) -> bool {
    if pass.event.has_state_key {
        return true;
    }
    edit_fits(pass, selected) && (pass.validator.form != Form::InitialState || default_state_key_fits(pass, selected))
}

/// Returns `true` if an edit has new content, and if new content is valid as the content of the event.
fn edit_fits(pass: &mut Pass<'_, '_>, selected: &Selected<'_>) -> bool {
    match (pass.event.new_content, selected.event) {
        (Some(offset), Some(event)) => {
            pass.json = pass.json.at(offset);
            pass.is_canonical = false;
            pass.is_in_content = selected.is_event;
            variant_ahead(event, None, false, &Cursor::strict(pass.json.rest()))
                .is_ok_and(|variant| pass.value(variant.content, Place::Other))
        }
        (None, _) if !pass.event.is_redacted && pass.event.event_type != Some(ENCRYPTED) => {
            let relation = pass.event.relation.map(|offset| Cursor::strict(pass.json.at(offset).rest()));
            relation.is_none_or(|relation| match relation.clone().json_type() {
                Ok(JsonType::Object) => !is_edit(relation.discriminator("rel_type").ok().flatten().as_deref()),
                _ => true,
            })
        }
        _ => true,
    }
}

/// Returns `true` if the empty string is valid as the state key.
fn default_state_key_fits(pass: &Pass<'_, '_>, selected: &Selected<'_>) -> bool {
    let row = selected.constraints.object.row("state_key", pass.level);
    row.is_none_or(|row| {
        let constraints = row.constraints;
        let is_string = constraints.types.has(Types::STRING) && constraints.choices.is_empty();
        constraints.allowed.contains(&Allowed::EmptyString)
            || is_string && is_text(constraints, constraints.annotations.format, "")
    })
}

/// Returns the constraints for the next event, by a guess of its type.
///
/// At level Schema, a wrong guess is harmless. The constraints require the `type`, and the discriminator of a variant, so validation
/// fails. From level Strict on, a guess is compared with the members.
fn guess<'a>(validator: &Validator, text: &'a str, json: &Cursor<'a>) -> Option<Selected<'a>> {
    let near = text.as_bytes().get(..FAR).unwrap_or(text.as_bytes());
    let text = Lexer::new(text);
    // The quote of the value is the last byte of the needle.
    let value_at = |at: usize| text.at(at + TYPE_FINDER.needle().len() - 1).string()?.plain();
    let (mut found, mut message_type) = (None, None);
    for at in TYPE_FINDER.find_iter(near) {
        let before = near.get(..at)?;
        match before {
            [.., b'"'] if found.is_none() => {
                let event_type = value_at(at)?;
                found = validator.event(event_type).map(|event| (event, event_type));
            }
            [.., b'"', b'm', b's', b'g'] if message_type.is_none() => message_type = value_at(at),
            _ => {}
        }
        let Some((event, event_type)) = found else { continue };
        let (variant, value) = match (event.discriminator, message_type) {
            (None, _) => (&event.base, None),
            (Some("msgtype"), None) => continue,
            (Some("msgtype"), Some(value)) => (event.variant(value)?, Some(value)),
            (Some(name), _) => json.guess(name, |value| event.variant(value).map(|variant| (variant, Some(value))))?,
        };
        let required = variant.event.object.property("type").is_some_and(|found| found.presence == Presence::Required);
        return required.then_some(Selected {
            constraints: variant.event,
            file: variant.file,
            event: Some(event),
            is_event: true,
            is_unknown_type: false,
            guess: Some((event_type, value)),
        });
    }
    None
}

/// Returns the constraints for the next event, without moving the cursor.
fn select<'a>(validator: &Validator, json: &Cursor<'a>) -> Result<Selected<'a>, ParseError> {
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
    let (constraints, file) = match event {
        Some(event) => variant_ahead(event, None, true, json).map(|variant| (variant.event, variant.file))?,
        None => (common, ""),
    };
    Ok(Selected { constraints, file, event, is_event: true, is_unknown_type: event.is_none(), guess: None })
}

/// Returns the constraints of a schema for the next event or content, without moving the cursor.
fn of_schema<'a>(schema: Schema, json: &Cursor<'a>) -> Result<Selected<'a>, ParseError> {
    let Schema { event, variant, is_event } = schema;
    let variant = variant_ahead(event, variant, is_event, json)?;
    let (constraints, file) = if is_event { (variant.event, variant.file) } else { (variant.content, "") };
    Ok(Selected { constraints, file, event: Some(event), is_event, is_unknown_type: false, guess: None })
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
