//! Validation of JSON text in one pass over the bytes, at every level.
//!
//! The result is `true`, or `false` if a closer look is necessary. A closer look is necessary for an invalid value, and for some
//! rare texts, such as an object with an unknown key that has escapes. The closer look reports the violations.

use serde_json::Number;

use super::event_text::{self, EventText};
use super::walk::is_of_envelope;
use super::{fits, Form, Level, Selection, Validator};
use crate::canonical_json::{canonical_integer, is_in_range};
use crate::constraints::{
    Additional, Allowed, Choice, Constraints, IdentifierKind, ObjectConstraints, Presence, Property, Subject, Types,
};
use crate::json::{Cursor, Lexer, Numeral, RawString};
use crate::schema::{Body, Step};

/// The maximum number of keys that are compared with each other. More keys are sorted.
const FEW: usize = 12;

/// The number of properties that have a bit in [`Rows`].
const BITS: usize = 64;

/// A pass over the text of an event, a content or a body.
pub(super) struct Pass<'v, 'a> {
    pub(super) json: Lexer<'a>,
    pub(super) validator: &'v Validator,
    /// The level of the constraints. It differs from the level of the validator in alternatives of choices.
    pub(super) level: Level,
    /// `true` if all keys of an object differ, from level Strict on.
    is_unique: bool,
    /// `true` if all numbers are in the range of canonical JSON.
    pub(super) is_canonical: bool,
    /// `true` in the content of an event, from which a redaction removes members.
    pub(super) is_in_content: bool,
    /// `true` if the content lacks members that a redaction removes.
    pub(super) is_pruned: bool,
    /// The keys without a property of the objects that are being parsed.
    keys: Vec<&'a str>,
    /// The facts about the event.
    pub(super) event: EventText<'a>,
}

/// The place of a value. In some places, names of members have a meaning that constraints do not state.
/// Except for the form of an event, they matter from level Strict on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The event, at level Schema.
    EventInSchema,
    /// The event, from level Strict on.
    Event,
    /// The content of an event, or a content alone.
    Content,
    /// The `unsigned` of an event.
    Unsigned,
    /// A part of a body, on the way to events. The bits are those of the places of events, and the number is the depth.
    Body(u32, u8),
    /// Any other place.
    Other,
}

/// The rows of an object with the progress in them.
struct Rows {
    properties: &'static [Property],
    prose: &'static [Property],
    /// The index of the property after the last. The keys of a text are often sorted, as the properties are.
    expected: (usize, usize),
    /// The bits of the properties that the object has.
    found: (u64, u64),
}

impl Rows {
    fn new(object: &ObjectConstraints, level: Level) -> Option<Self> {
        let prose = if level >= Level::Strict { object.prose } else { &[] };
        let fits = object.properties.len() <= BITS && prose.len() <= BITS;
        fits.then_some(Self { properties: object.properties, prose, expected: (0, 0), found: (0, 0) })
    }

    /// Returns the property with a name. Returns `Err` if the name is repeated.
    #[inline(always)]
    fn find(&mut self, object: &ObjectConstraints, name: &str) -> Result<Option<&'static Property>, ()> {
        if let Some((index, property)) = position(self.properties, self.expected.0, name) {
            if self.prose.is_empty() || !object.is_replaced(index) {
                self.expected.0 = index + 1;
                return mark(&mut self.found.0, index).map(|()| Some(property));
            }
        }
        if self.prose.is_empty() {
            return Ok(None);
        }
        let Some((index, property)) = position(self.prose, self.expected.1, name) else { return Ok(None) };
        self.expected.1 = index + 1;
        mark(&mut self.found.1, index).map(|()| Some(property))
    }

    /// Returns `true` if the object has a property with a name.
    fn has(&self, name: &str) -> bool {
        let is_found = |rows: &[Property], found: u64| {
            rows.iter().enumerate().any(|(index, row)| found >> index & 1 == 1 && row.name == name)
        };
        is_found(self.properties, self.found.0) || is_found(self.prose, self.found.1)
    }

    /// Returns `true` if `can_lack` returns `true` for each required property that the object does not have.
    #[inline(always)]
    fn lack_only(&self, object: &ObjectConstraints, mut can_lack: impl FnMut(&Property) -> bool) -> bool {
        for (index, property) in self.properties.iter().enumerate() {
            let is_missed = property.presence != Presence::Optional && self.found.0 >> index & 1 == 0;
            if is_missed && (self.prose.is_empty() || !object.is_replaced(index)) && !can_lack(property) {
                return false;
            }
        }
        for (index, property) in self.prose.iter().enumerate() {
            if property.presence != Presence::Optional && self.found.1 >> index & 1 == 0 && !can_lack(property) {
                return false;
            }
        }
        true
    }
}

/// Returns the row with a name, and its index. The search starts with the expected row.
#[inline(always)]
fn position(rows: &'static [Property], expected: usize, name: &str) -> Option<(usize, &'static Property)> {
    match rows.get(expected) {
        Some(row) if row.name == name => Some((expected, row)),
        _ => rows.iter().enumerate().find(|(_, row)| row.name == name),
    }
}

/// Sets a bit. Returns `Err` if the bit is set.
#[inline(always)]
fn mark(bits: &mut u64, index: usize) -> Result<(), ()> {
    let bit = 1 << index;
    let is_new = *bits & bit == 0;
    *bits |= bit;
    is_new.then_some(()).ok_or(())
}

impl<'v, 'a> Pass<'v, 'a> {
    pub(super) fn new(validator: &'v Validator, json: Lexer<'a>, level: Level) -> Self {
        Self {
            json,
            validator,
            level,
            is_unique: validator.level >= Level::Strict,
            is_canonical: false,
            is_in_content: false,
            is_pruned: false,
            keys: Vec::new(),
            event: EventText::default(),
        }
    }

    /// Returns `true` and moves past the next value if the value is certainly valid.
    #[inline]
    pub(super) fn value(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        let is_unusual = !constraints.choices.is_empty() || !constraints.allowed.is_empty();
        if is_unusual {
            return self.unusual(constraints, place);
        }
        self.plain(constraints, place)
    }

    /// Returns `true` if the next value is valid, apart from `oneOf`, `anyOf` and the values that the prose allows in addition.
    fn plain(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        match self.json.peek() {
            b'"' => self.string(constraints),
            b'{' => self.object(constraints, place),
            b'[' => self.array(constraints, place),
            b't' => self.json.word("true") && is_word(constraints, Types::BOOLEAN),
            b'f' => self.json.word("false") && is_word(constraints, Types::BOOLEAN),
            b'n' => self.json.word("null") && is_word(constraints, Types::NULL),
            b'-' | b'0'..=b'9' => self.number(constraints),
            _ => false,
        }
    }

    #[inline]
    fn string(&mut self, constraints: &'static Constraints) -> bool {
        let Some(text) = self.json.string() else { return false };
        if !constraints.types.has(Types::STRING) {
            return false;
        }
        let format = constraints.annotations.format.filter(|_| self.level >= Level::Strict);
        if constraints.assertions.is_empty() && format.is_none() {
            return text.has_valid_escapes();
        }
        text.unescaped().is_some_and(|text| is_text(constraints, format, &text))
    }

    #[inline]
    fn number(&mut self, constraints: &'static Constraints) -> bool {
        let Some(number) = self.json.number() else { return false };
        let number = match number {
            Numeral::Integer(integer) => {
                let is_valid = constraints.types.has(Types::INTEGER) && (!self.is_canonical || is_in_range(integer));
                if !is_valid || constraints.assertions.is_empty() {
                    return is_valid;
                }
                Number::from(integer)
            }
            Numeral::Other(number) if self.is_canonical && canonical_integer(&number).is_none() => return false,
            Numeral::Other(number) => number,
        };
        fits::has_number_type(constraints.types, &number) && constraints.holds(Subject::Number(&number))
    }

    fn array(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        if !constraints.types.has(Types::ARRAY) || !self.json.enter() {
            return false;
        }
        let items = constraints.items.unwrap_or(&Constraints::ANY);
        let below = match place {
            Place::Body(..) => self.body_below(place, None),
            _ => Place::Other,
        };
        let mut length = 0;
        if self.json.peek() == b']' {
            self.json.leave();
        } else {
            loop {
                length += 1;
                if !self.value_at(items, below) {
                    return false;
                }
                match self.json.goes_on(b']') {
                    Some(true) => {}
                    Some(false) => break,
                    None => return false,
                }
            }
        }
        constraints.assertions.is_empty() || constraints.holds(Subject::Array(length))
    }

    fn object(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        let object = &constraints.object;
        let Some(mut rows) = Rows::new(object, self.level) else { return false };
        if !constraints.types.has(Types::OBJECT) || !self.json.enter() {
            return false;
        }
        // With repeated keys, the number of members is that of the different keys.
        let is_unique = self.is_unique || !constraints.assertions.is_empty();
        let outer = self.keys.len();
        let mut length = 0;
        if self.json.peek() == b'}' {
            self.json.leave();
        } else {
            loop {
                length += 1;
                if !self.member(object, &mut rows, place, is_unique) {
                    return false;
                }
                match self.json.goes_on(b'}') {
                    Some(true) => {}
                    Some(false) => break,
                    None => return false,
                }
            }
        }
        let is_valid = rows.lack_only(object, |property| self.can_lack(object, &rows, place, outer, property))
            && (constraints.assertions.is_empty() || constraints.holds(Subject::Object(length)));
        if !is_unique {
            return is_valid;
        }
        let is_valid = is_valid && self.keys.get_mut(outer..).is_some_and(are_different);
        self.keys.truncate(outer);
        is_valid
    }

    /// Returns `true` if an object can lack a required property.
    #[cold]
    fn can_lack(
        &mut self,
        object: &ObjectConstraints,
        rows: &Rows,
        place: Place,
        outer: usize,
        property: &Property,
    ) -> bool {
        if matches!(place, Place::EventInSchema | Place::Event) && self.validator.form.exempt().contains(&property.name)
        {
            return true;
        }
        if self.level < Level::Strict {
            return false;
        }
        let keys = self.keys.get(outer..).unwrap_or_default();
        let mut aliases = object.aliases.iter().filter(|(_, of)| *of == property.name);
        if aliases.any(|(alias, _)| rows.has(alias) || keys.contains(alias)) {
            return true;
        }
        let can_be_pruned = self.is_in_content && !property.is_kept;
        self.is_pruned |= can_be_pruned;
        can_be_pruned
    }

    /// Returns `true` and moves past the next member if the member is certainly valid.
    #[inline(always)]
    fn member(&mut self, object: &'static ObjectConstraints, rows: &mut Rows, place: Place, is_unique: bool) -> bool {
        let Some(key) = self.json.key() else { return false };
        match key.plain() {
            Some(name) => self.named(object, rows, place, name, is_unique.then_some(name)),
            None => !is_unique && self.named_with_escapes(object, rows, place, key),
        }
    }

    /// A pass does not keep keys that are not in the text. Thus, this key is not compared with other keys.
    #[cold]
    fn named_with_escapes(
        &mut self,
        object: &'static ObjectConstraints,
        rows: &mut Rows,
        place: Place,
        key: RawString<'a>,
    ) -> bool {
        key.unescaped().is_some_and(|name| self.named(object, rows, place, &name, None))
    }

    /// Returns `true` and moves past the value of a member if the member is certainly valid. `unique` is the name if it differs from
    /// the names of all other members.
    #[inline(always)]
    fn named(
        &mut self,
        object: &'static ObjectConstraints,
        rows: &mut Rows,
        place: Place,
        name: &str,
        unique: Option<&'a str>,
    ) -> bool {
        let Ok(property) = rows.find(object, name) else { return false };
        if !matches!(place, Place::Other | Place::EventInSchema) {
            return self.special(object, property, place, name, unique);
        }
        match property {
            Some(property) if object.is_open() && property.presence != Presence::Undeclared => {
                self.is_current(property.constraints) && self.value(property.constraints, Place::Other)
            }
            _ => {
                self.keys.extend(unique.filter(|_| property.is_none()));
                self.additional(object, property, place, name, Place::Other)
            }
        }
    }

    /// Returns `true` and moves past the value of a member of an event, a content or a body if the member is certainly valid.
    #[inline(never)]
    fn special(
        &mut self,
        object: &'static ObjectConstraints,
        property: Option<&'static Property>,
        place: Place,
        name: &str,
        unique: Option<&'a str>,
    ) -> bool {
        let below = match (place, name) {
            (Place::Event, "content") => Place::Content,
            (Place::Event, "unsigned") => Place::Unsigned,
            (Place::Body(..), _) => self.body_below(place, Some(name)),
            _ => Place::Other,
        };
        let outer = (self.is_in_content, self.is_canonical);
        match below {
            Place::Content => self.is_in_content = true,
            Place::Unsigned => self.is_canonical = false,
            _ => {}
        }
        let start = self.json.offset();
        self.keys.extend(unique.filter(|_| property.is_none()));
        let is_valid = match property {
            Some(property) if object.is_open() && property.presence != Presence::Undeclared => {
                self.is_current(property.constraints) && self.value_at(property.constraints, below)
            }
            _ => self.additional(object, property, place, name, below),
        };
        (self.is_in_content, self.is_canonical) = outer;
        is_valid && self.event.note(place, name, start, self.json.since(start))
    }

    /// Returns `true` and moves past the next value if the value is certainly valid. The value can be an event in a body.
    #[inline]
    pub(super) fn value_at(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        match place {
            Place::Body(places, depth) => match self.form_of_event(places, depth) {
                Some(Some(form)) => self.event_in_body(form),
                Some(None) => self.value(constraints, place),
                None => false,
            },
            _ => self.value(constraints, place),
        }
    }

    /// Returns `true` unless a property is a finding at level Lint: it is deprecated, or newer than the release.
    #[inline]
    pub(super) fn is_current(&self, constraints: &Constraints) -> bool {
        let annotations = &constraints.annotations;
        let is_newer = || self.validator.version.zip(annotations.since).is_some_and(|(version, since)| since > version);
        self.level < Level::Lint || !(annotations.deprecated || is_newer())
    }

    /// Returns `true` and moves past the value of a member if the member is certainly valid by `properties`, `patternProperties`,
    /// `additionalProperties` and `propertyNames`.
    fn additional(
        &mut self,
        object: &'static ObjectConstraints,
        property: Option<&'static Property>,
        place: Place,
        name: &str,
        below: Place,
    ) -> bool {
        if !object.names.is_none_or(|names| self.is_name(names, name)) {
            return false;
        }
        let mut matching = object.patterns.iter().filter(|(regex, _)| regex.matches(name));
        let declared = property.filter(|property| property.presence != Presence::Undeclared);
        match (declared, matching.next(), matching.next(), &object.additional) {
            (Some(property), None, ..) => {
                self.is_current(property.constraints) && self.value_at(property.constraints, below)
            }
            (None, Some((_, constraints)), None, _) | (None, None, None, Additional::Each(constraints)) => {
                self.is_entry(constraints, name) && self.value_at(constraints, below)
            }
            (None, None, _, Additional::Open) => {
                self.is_open(object, place, name) && self.value_at(&Constraints::ANY, below)
            }
            _ => false,
        }
    }

    /// Returns `true` if a member that no schema describes is valid.
    fn is_open(&self, object: &'static ObjectConstraints, place: Place, name: &str) -> bool {
        let is_valid = match object.patterns {
            // The prose states the format of all keys, although the schema has a pattern for some.
            [(_, constraints)] => self.is_entry(constraints, name),
            _ => true,
        };
        is_valid && (self.level < Level::Lint || object.properties.is_empty() || self.is_known(object, place, name))
    }

    /// Returns `true` if a member can be in an object that does not declare the member.
    fn is_known(&self, object: &'static ObjectConstraints, place: Place, name: &str) -> bool {
        let EventText { is_event, event_type, .. } = self.event;
        let members = self.validator.table.server_members;
        let of_content = || members.content.iter().any(|(of, member)| *member == name && event_type == Some(of));
        let is_root = if is_event { place == Place::Event } else { place != Place::Other };
        let is_of_server = match place {
            Place::Event => members.event.contains(&name),
            Place::Unsigned => members.unsigned.contains(&name),
            Place::Content => of_content(),
            Place::Body(..) | Place::EventInSchema | Place::Other => false,
        };
        is_of_server || is_root && is_of_envelope(object, name)
    }

    /// Returns `true` if the key of an entry of a map is valid.
    #[inline]
    fn is_entry(&self, constraints: &Constraints, name: &str) -> bool {
        self.has_format(constraints.annotations.key_format, name)
    }

    fn has_format(&self, format: Option<IdentifierKind>, text: &str) -> bool {
        self.level < Level::Strict || format.is_none_or(|format| format.validate(text).is_ok())
    }

    /// Returns `true` if a key is valid by `propertyNames`.
    fn is_name(&self, names: &'static Constraints, name: &str) -> bool {
        let format = names.annotations.format.or(names.annotations.key_format);
        fits::fits_name(names, name) && self.has_format(format, name)
    }

    /// Returns `true` and moves past the next value if the value is certainly valid by constraints with choices, or with values that
    /// the prose allows in addition.
    #[cold]
    fn unusual(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        self.json.offset();
        let start = self.json;
        // The choices check a value without further constraints.
        let has_choices_alone = !constraints.choices.is_empty() && constraints.has_choices_alone();
        let fits = (has_choices_alone || self.plain(constraints, place))
            && constraints.choices.iter().all(|choice| {
                self.json = start;
                self.choice(choice)
            });
        if !fits && self.level >= Level::Strict {
            self.json = start;
            return self.is_allowed(constraints.allowed);
        }
        fits
    }

    /// Returns `true` and moves past the next value if the prose allows the value in addition.
    fn is_allowed(&mut self, allowed: &[Allowed]) -> bool {
        if allowed.is_empty() || matches!(self.json.peek(), b'{' | b'[') {
            return false;
        }
        let start = self.json.offset();
        if !self.plain(&Constraints::ANY, Place::Other) {
            return false;
        }
        let value = Cursor::strict(self.json.since(start)).value();
        value.is_ok_and(|value| allowed.iter().any(|allowed| allowed.is(&value)))
    }

    /// Returns `true` and moves past the next value if the value is valid by an alternative. The alternatives are for level Schema.
    fn choice(&mut self, choice: &Choice) -> bool {
        let types = match self.json.peek() {
            b'"' => Types::STRING,
            b'{' => Types::OBJECT,
            b'[' => Types::ARRAY,
            b't' | b'f' => Types::BOOLEAN,
            b'n' => Types::NULL,
            _ => Types::NUMBER,
        };
        let mut possible = choice.alternatives.iter().filter(|one| one.types.overlaps(types));
        let level = std::mem::replace(&mut self.level, Level::Schema);
        let is_valid = match (possible.next(), possible.next()) {
            (Some(alternative), None) => self.value(alternative, Place::Other),
            _ => {
                let start = self.json.offset();
                self.plain(&Constraints::ANY, Place::Other)
                    && Cursor::strict(self.json.since(start))
                        .value()
                        .is_ok_and(|value| fits::fits_choice(choice, &value))
            }
        };
        self.level = level;
        is_valid
    }

    /// Returns the place of a member or an element of a part of a body.
    fn body_below(&self, place: Place, key: Option<&str>) -> Place {
        let (Place::Body(places, depth), Some(body)) = (place, self.body()) else { return Place::Other };
        let mut below = 0;
        for (index, event) in body.events.iter().enumerate() {
            let is_on_path = places >> index & 1 == 1
                && match (event.path.get(usize::from(depth)), key) {
                    (Some(Step::Key(step)), Some(key)) => *step == key,
                    (Some(Step::Entries), Some(_)) | (Some(Step::Items), None) => true,
                    _ => false,
                };
            below |= u32::from(is_on_path) << index;
        }
        match below {
            0 => Place::Other,
            _ => Place::Body(below, depth + 1),
        }
    }

    fn body(&self) -> Option<&'static Body> {
        match self.validator.selection {
            Selection::Body(body) => Some(body),
            Selection::Type | Selection::Schema(_) => None,
        }
    }

    /// Returns the form of the event at a place of a body, or `Some(None)` if no event is at the place. Returns `None` if events of
    /// several forms are there.
    fn form_of_event(&self, places: u32, depth: u8) -> Option<Option<Form>> {
        let events = self.body()?.events.iter().enumerate().filter(|(index, _)| places >> index & 1 == 1);
        let (mut form, mut all, mut count) = (None, 0, 0);
        for (_, event) in events {
            all += 1;
            if event.path.len() == usize::from(depth) {
                (form, count) = (Some(event.form), count + 1);
            }
        }
        (count == 0 || (count == 1 && all == 1)).then_some(form)
    }

    /// Returns `true` and moves past the next event in a body if the event is certainly valid.
    fn event_in_body(&mut self, form: Form) -> bool {
        let validator = Validator { selection: Selection::Type, form, ..*self.validator };
        match event_text::fits(&validator, self.json) {
            Some(passed) => {
                self.json = passed.end;
                true
            }
            None => false,
        }
    }
}

#[inline]
fn is_word(constraints: &Constraints, types: Types) -> bool {
    constraints.types.has(types) && (constraints.assertions.is_empty() || constraints.holds(Subject::Other))
}

/// Returns `true` if a string is valid, apart from `oneOf` and `anyOf`.
pub(super) fn is_text(constraints: &Constraints, format: Option<IdentifierKind>, text: &str) -> bool {
    constraints.holds(Subject::String(text)) && format.is_none_or(|format| format.validate(text).is_ok())
}

/// Returns `true` if all keys of an object differ. The order of the keys changes.
#[inline]
fn are_different(keys: &mut [&str]) -> bool {
    if keys.len() <= FEW {
        let mut rest = &*keys;
        while let [key, others @ ..] = rest {
            if others.contains(key) {
                return false;
            }
            rest = others;
        }
        return true;
    }
    keys.sort_unstable();
    keys.windows(2).all(|pair| matches!(pair, [one, other] if one != other))
}
