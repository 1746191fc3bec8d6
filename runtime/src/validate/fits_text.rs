//! Validation of JSON text in one pass over the bytes, at every level.
//!
//! The functions that validate a value return `false` if the text needs a closer look, by its values. The reason is a syntax error, or
//! a rare text such as an object with repeated keys. At level Schema, a violation needs a closer look as well. From level Strict on,
//! the pass notes that there are violations, and goes on.

use serde_json::Number;

use super::event_text::{self, EventText};
use super::walk::is_of_envelope;
use super::{fits, Form, Level, Selection, Validator};
use crate::canonical_json::{canonical_integer, is_in_range};
use crate::constraints::{
    Additional, Allowed, Choice, Constraints, IdentifierKind, Name, ObjectConstraints, Presence, Property, Subject,
    Types,
};
use crate::json::{Cursor, Lexer, RawString};
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
    /// `false` after a violation. From level Strict on, the pass goes on after a violation, because a report requires facts about the
    /// whole text.
    pub(super) is_valid: bool,
    /// The keys without a property of the objects that are being parsed.
    pub(super) keys: Vec<&'a [u8]>,
    /// `true` if a member of the event has too many bytes.
    pub(super) is_too_long: bool,
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

impl Place {
    /// Returns the place of a member of an event, or of the `unsigned` or the content of an event.
    pub(super) fn below(self, name: &[u8]) -> Self {
        match (self, name) {
            (Self::Event, b"content") => Self::Content,
            (Self::Event, b"unsigned") => Self::Unsigned,
            _ => Self::Other,
        }
    }
}

/// The rows of an object with the progress in them.
pub(super) struct Rows {
    properties: &'static [Property],
    prose: &'static [Property],
    /// The index of the property after the last. The keys of a text are often sorted, as the properties are.
    expected: (usize, usize),
    /// The bits of the properties that the object has.
    found: (u64, u64),
    /// `true` if there are no constraints on members without a property.
    is_open: bool,
}

impl Rows {
    #[inline(always)]
    pub(super) fn new(object: &ObjectConstraints, level: Level) -> Option<Self> {
        let prose = if level >= Level::Strict { object.prose } else { &[] };
        let (properties, is_open) = (object.properties, object.is_open());
        let fits = properties.len() <= BITS && prose.len() <= BITS;
        fits.then_some(Self { properties, prose, expected: (0, 0), found: (0, 0), is_open })
    }

    /// Returns the property that is probably the next.
    #[inline(always)]
    fn next(&self, object: &ObjectConstraints) -> Option<&'static Property> {
        let property = self.properties.get(self.expected.0).filter(|property| property.has_plain_name())?;
        (self.prose.is_empty() || !object.is_replaced(self.expected.0)).then_some(property)
    }

    /// Notes that the object has the property that `next` returned. Returns `false` if the name is repeated.
    #[inline(always)]
    fn take(&mut self) -> bool {
        let index = self.expected.0;
        self.expected.0 += 1;
        mark(&mut self.found.0, index)
    }

    /// Returns the property with a name. Returns `Err` if the name is repeated.
    #[inline(always)]
    pub(super) fn find(&mut self, object: &ObjectConstraints, name: Name<'_>) -> Result<Option<&'static Property>, ()> {
        if let Some((index, property)) = position(self.properties, self.expected.0, name) {
            if self.prose.is_empty() || !object.is_replaced(index) {
                self.expected.0 = index + 1;
                return mark(&mut self.found.0, index).then_some(Some(property)).ok_or(());
            }
        }
        match self.prose {
            [] => Ok(None),
            _ => self.find_in_prose(name),
        }
    }

    fn find_in_prose(&mut self, name: Name<'_>) -> Result<Option<&'static Property>, ()> {
        let Some((index, property)) = position(self.prose, self.expected.1, name) else { return Ok(None) };
        self.expected.1 = index + 1;
        mark(&mut self.found.1, index).then_some(Some(property)).ok_or(())
    }

    /// Returns `true` if the object has a property with a name.
    pub(super) fn has(&self, name: &str) -> bool {
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
fn position(rows: &'static [Property], expected: usize, name: Name<'_>) -> Option<(usize, &'static Property)> {
    let has_name = |row: &Property| row.is_named(name);
    let (before, after) = rows.split_at_checked(expected)?;
    let found = after.iter().position(has_name).map(|index| expected + index);
    let index = found.or_else(|| before.iter().position(has_name))?;
    rows.get(index).map(|row| (index, row))
}

/// Sets a bit. Returns `false` if the bit was set.
#[inline(always)]
fn mark(bits: &mut u64, index: usize) -> bool {
    let bit = 1 << index;
    let is_new = *bits & bit == 0;
    *bits |= bit;
    is_new
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
            is_valid: true,
            keys: Vec::new(),
            is_too_long: false,
            event: EventText::default(),
        }
    }

    /// Notes a violation. Returns `true` if the pass goes on.
    #[cold]
    fn violated(&mut self) -> bool {
        self.is_valid = false;
        self.is_unique
    }

    /// Returns `true` after a check, or if the pass goes on after a violation.
    #[inline(always)]
    fn check(&mut self, is_valid: bool) -> bool {
        is_valid || self.violated()
    }

    /// Validates the next value and moves past the value. Returns `false` if the text needs a closer look.
    #[inline(always)]
    pub(super) fn value(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        match constraints.is_unusual() {
            false => self.plain(constraints, place),
            true => self.unusual(constraints, place),
        }
    }

    /// Validates the next value, apart from `oneOf`, `anyOf` and the values that the prose allows in addition.
    #[inline(always)]
    pub(super) fn plain(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        match self.json.peek() {
            b'"' => self.string(constraints),
            b'{' => self.object(constraints, place),
            b'[' => self.array(constraints, place),
            b'-' | b'0'..=b'9' => self.number(constraints),
            first => self.word_from(first, constraints),
        }
    }

    #[inline(never)]
    fn word_from(&mut self, first: u8, constraints: &'static Constraints) -> bool {
        match first {
            b't' => self.word("true", constraints, Types::BOOLEAN),
            b'f' => self.word("false", constraints, Types::BOOLEAN),
            b'n' => self.word("null", constraints, Types::NULL),
            _ => false,
        }
    }

    fn word(&mut self, word: &str, constraints: &'static Constraints, types: Types) -> bool {
        let has_assertions = !constraints.assertions.is_empty();
        let is_valid = constraints.types.has(types) && (!has_assertions || constraints.holds(Subject::Other));
        self.json.word(word) && self.check(is_valid)
    }

    #[inline(never)]
    fn string(&mut self, constraints: &'static Constraints) -> bool {
        let Some(text) = self.json.string() else { return false };
        let format = constraints.annotations.format.filter(|_| self.level >= Level::Strict);
        if constraints.assertions.is_empty() && format.is_none() {
            return text.has_valid_escapes() && self.check(constraints.types.has(Types::STRING));
        }
        if !constraints.types.has(Types::STRING) {
            return text.has_valid_escapes() && self.violated();
        }
        let is_valid = match text.plain() {
            Some(text) => is_text(constraints, format, text),
            None => match text.unescaped() {
                Some(text) => is_text(constraints, format, &text),
                None => return false,
            },
        };
        self.check(is_valid)
    }

    #[inline(never)]
    fn number(&mut self, constraints: &'static Constraints) -> bool {
        let number = match self.json.integer() {
            Some(integer) => {
                if self.is_canonical && !is_in_range(integer) {
                    return false;
                }
                if constraints.assertions.is_empty() {
                    return self.check(constraints.types.has(Types::INTEGER));
                }
                Number::from(integer)
            }
            None => match self.json.number() {
                Some(number) if !self.is_canonical || canonical_integer(&number).is_some() => number,
                _ => return false,
            },
        };
        self.check(fits::has_number_type(constraints.types, &number) && constraints.holds(Subject::Number(&number)))
    }

    #[inline(never)]
    fn array(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        if !self.check(constraints.types.has(Types::ARRAY)) || !self.json.enter() {
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
        constraints.assertions.is_empty() || self.check(constraints.holds(Subject::Array(length)))
    }

    #[inline(never)]
    fn object(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        let object = &constraints.object;
        let Some(mut rows) = Rows::new(object, self.level) else { return false };
        if !self.check(constraints.types.has(Types::OBJECT)) || !self.json.enter() {
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
        if is_unique {
            if !self.keys.get_mut(outer..).is_some_and(are_different) {
                return false;
            }
            self.keys.truncate(outer);
        }
        self.check(is_valid)
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
        if matches!(place, Place::EventInSchema | Place::Event)
            && self.validator.form.exempt_from(self.event.event_type).contains(&property.name)
        {
            return true;
        }
        if self.level < Level::Strict {
            return false;
        }
        let keys = self.keys.get(outer..).unwrap_or_default();
        let mut aliases = object.aliases.iter().filter(|(_, of)| *of == property.name);
        if aliases.any(|(alias, _)| rows.has(alias) || keys.contains(&alias.as_bytes())) {
            return true;
        }
        let can_be_pruned = self.is_in_content && !property.is_kept;
        self.is_pruned |= can_be_pruned;
        can_be_pruned
    }

    /// Validates the next member and moves past the member.
    #[inline(always)]
    fn member(&mut self, object: &'static ObjectConstraints, rows: &mut Rows, place: Place, is_unique: bool) -> bool {
        if let Some(property) = rows.next(object) {
            if self.json.take_key(property.name) {
                return rows.take()
                    && self.named(object, rows.is_open, Some(property), place, property.name.as_bytes());
            }
        }
        let Some((key, first)) = self.json.key() else { return false };
        if key.has_escapes {
            return !is_unique && self.named_with_escapes(object, rows, place, key);
        }
        let Ok(property) = rows.find(object, Name::with_first_bytes(key.bytes(), first)) else { return false };
        if is_unique && property.is_none() {
            self.keys.push(key.bytes());
        }
        self.named(object, rows.is_open, property, place, key.bytes())
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
        let Some(name) = key.unescaped() else { return false };
        let Ok(property) = rows.find(object, Name::new(&name)) else { return false };
        self.named(object, rows.is_open, property, place, name.as_bytes())
    }

    /// Validates the value of a member and moves past the value.
    #[inline(always)]
    pub(super) fn named(
        &mut self,
        object: &'static ObjectConstraints,
        is_open: bool,
        property: Option<&'static Property>,
        place: Place,
        name: &[u8],
    ) -> bool {
        if !matches!(place, Place::Other | Place::EventInSchema) && self.event.is_special(place, name) {
            return self.special(object, property, place, name);
        }
        match property {
            Some(property) if is_open && property.presence != Presence::Undeclared => {
                self.declared(property, Place::Other)
            }
            _ => self.additional(object, property, place, name, Place::Other),
        }
    }

    /// Validates the value of a property and moves past the value.
    #[inline(always)]
    fn declared(&mut self, property: &'static Property, below: Place) -> bool {
        if self.level >= Level::Lint && !self.check(self.is_current(property.constraints)) {
            return false;
        }
        // Most values are strings without constraints.
        match self.json.peek() {
            b'"' if property.is_free(Types::STRING) => self.json.string().is_some_and(RawString::has_valid_escapes),
            b'"' if !matches!(below, Place::Body(..)) && !property.constraints.is_unusual() => {
                self.string(property.constraints)
            }
            _ => self.value_at(property.constraints, below),
        }
    }

    /// Validates the value of a member of an event, a content or a body, and moves past the value.
    #[inline(never)]
    fn special(
        &mut self,
        object: &'static ObjectConstraints,
        property: Option<&'static Property>,
        place: Place,
        name: &[u8],
    ) -> bool {
        let below = match place {
            Place::Body(..) => self.body_below(place, Some(name)),
            _ => place.below(name),
        };
        let outer = (self.is_in_content, self.is_canonical);
        match below {
            Place::Content => self.is_in_content = true,
            Place::Unsigned => self.is_canonical = false,
            _ => {}
        }
        let start = self.json.offset();
        let goes_on = match property {
            Some(property) if object.is_open() && property.presence != Presence::Undeclared => {
                self.declared(property, below)
            }
            _ => self.additional(object, property, place, name, below),
        };
        (self.is_in_content, self.is_canonical) = outer;
        if !goes_on || !self.event.note(place, name, start, self.json.bytes_since(start)) {
            return goes_on;
        }
        self.is_too_long = true;
        self.violated()
    }

    /// Validates the next value, which can be an event in a body, and moves past the value.
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

    /// Validates a member by `properties`, `patternProperties`, `additionalProperties` and `propertyNames`, and moves past its value.
    fn additional(
        &mut self,
        object: &'static ObjectConstraints,
        property: Option<&'static Property>,
        place: Place,
        name: &[u8],
        below: Place,
    ) -> bool {
        let declared = property.filter(|property| property.presence != Presence::Undeclared);
        let is_free = object.is_open() && (self.level < Level::Lint || object.properties.is_empty());
        if is_free && declared.is_none() {
            return self.value_at(&Constraints::ANY, below);
        }
        let Ok(name) = std::str::from_utf8(name) else { return false };
        if !self.check(object.names.is_none_or(|names| self.is_name(names, name))) {
            return false;
        }
        let mut matching = object.patterns.iter().filter(|(regex, _)| regex.matches(name));
        match (declared, matching.next(), matching.next(), &object.additional) {
            (Some(property), None, ..) => self.declared(property, below),
            (None, Some((_, constraints)), None, _) | (None, None, None, Additional::Each(constraints)) => {
                self.check(self.is_entry(constraints, name)) && self.value_at(constraints, below)
            }
            (None, None, _, Additional::Open) => {
                self.check(self.is_open(object, place, name)) && self.value_at(&Constraints::ANY, below)
            }
            (None, None, _, Additional::Closed) => self.violated() && self.value_at(&Constraints::ANY, below),
            // Two schemas apply to the value.
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
        is_of_server || is_root && is_of_envelope(self.validator.form, object, name)
    }

    /// Returns `true` if the key of an entry of a map is valid.
    #[inline]
    fn is_entry(&self, constraints: &Constraints, name: &str) -> bool {
        self.has_format(constraints.annotations.key_format, name)
    }

    fn has_format(&self, format: Option<IdentifierKind>, text: &str) -> bool {
        self.level < Level::Strict || format.is_none_or(|format| format.is_valid(text))
    }

    /// Returns `true` if a key is valid by `propertyNames`.
    fn is_name(&self, names: &'static Constraints, name: &str) -> bool {
        let format = names.annotations.format.or(names.annotations.key_format);
        fits::fits_name(names, name) && self.has_format(format, name)
    }

    /// Validates the next value by constraints with choices, or with values that the prose allows in addition.
    #[cold]
    fn unusual(&mut self, constraints: &'static Constraints, place: Place) -> bool {
        self.json.offset();
        let start = self.json;
        let was_valid = std::mem::replace(&mut self.is_valid, true);
        // The choices check a value without further constraints.
        let has_choices_alone = !constraints.choices.is_empty() && constraints.has_choices_alone();
        let mut goes_on = (has_choices_alone || self.plain(constraints, place))
            && constraints.choices.iter().all(|choice| {
                self.json = start;
                self.choice(choice)
            });
        if !self.is_valid && self.level >= Level::Strict {
            let end = std::mem::replace(&mut self.json, start);
            if self.is_allowed(constraints.allowed) {
                (goes_on, self.is_valid) = (true, true);
            } else {
                self.json = end;
            }
        }
        self.is_valid &= was_valid;
        goes_on
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

    /// Validates the next value by the alternatives of a choice, which are for level Schema, and moves past the value.
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
        let goes_on = match (possible.next(), possible.next()) {
            (Some(alternative), None) => self.value(alternative, Place::Other),
            _ => {
                let start = self.json.offset();
                self.plain(&Constraints::ANY, Place::Other) && {
                    let value = Cursor::strict(self.json.since(start)).value();
                    self.check(value.is_ok_and(|value| fits::fits_choice(choice, &value)))
                }
            }
        };
        self.level = level;
        goes_on
    }

    /// Returns the place of a member or an element of a part of a body.
    fn body_below(&self, place: Place, key: Option<&[u8]>) -> Place {
        let (Place::Body(places, depth), Some(body)) = (place, self.body()) else { return Place::Other };
        let mut below = 0;
        for (index, event) in body.events.iter().enumerate() {
            let is_on_path = places >> index & 1 == 1
                && match (event.path.get(usize::from(depth)), key) {
                    (Some(Step::Key(step)), Some(key)) => step.as_bytes() == key,
                    (Some(Step::Entries(_)), Some(_)) | (Some(Step::Items), None) => true,
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
    /// several forms are there, or if both the body and the type of the event have constraints on the event.
    fn form_of_event(&self, places: u32, depth: u8) -> Option<Option<Form>> {
        let events = self.body()?.events.iter().enumerate().filter(|(index, _)| places >> index & 1 == 1);
        let (mut form, mut all, mut count) = (None, 0, 0);
        for (_, event) in events {
            all += 1;
            if event.path.len() == usize::from(depth) {
                if event.is_declared_by_body() {
                    return None;
                }
                (form, count) = (Some(event.form), count + 1);
            }
        }
        (count == 0 || (count == 1 && all == 1)).then_some(form)
    }

    /// Validates the next event in a body and moves past the event.
    fn event_in_body(&mut self, form: Form) -> bool {
        let validator = Validator { selection: Selection::Type, form, ..*self.validator };
        match event_text::fits(&validator, self.json) {
            Some(passed) => {
                self.json = passed.end;
                self.check(passed.is_valid)
            }
            None => false,
        }
    }
}

/// Returns `true` if a string is valid, apart from `oneOf` and `anyOf`.
pub(super) fn is_text(constraints: &Constraints, format: Option<IdentifierKind>, text: &str) -> bool {
    constraints.holds(Subject::String(text)) && format.is_none_or(|format| format.is_valid(text))
}

/// Returns `true` if all keys of an object differ. The order of the keys changes.
#[inline]
fn are_different(keys: &mut [&[u8]]) -> bool {
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
