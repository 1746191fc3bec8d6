//! Tables of the fields of objects. With them, one function deserializes all types of objects, and one serializes them.

use super::extra::Extra;
use super::read::FromToJson;
use super::type_suffix::prefix_of;
use super::write::{JsonRef, MapEntries};

/// The members of the objects of a type, in the order of serialization.
#[derive(Clone, Copy, Debug)]
pub struct Descriptor {
    /// The members with one valid value. Objects do not store them.
    pub(super) constants: &'static [Constant],
    /// The names of the fields.
    pub(super) fields: &'static [&'static str],
    /// The names of the fields in `top_level`. Their indices follow those of the other fields.
    pub(super) top_level: &'static [&'static str],
    /// The required fields: a bit for each field, the lowest for the first.
    pub(super) required: u64,
    /// `true` if the schema requires a field, or several, that the type does not require.
    pub(super) is_lenient: bool,
    /// For each field, `true` if `null` is valid.
    pub(super) null: &'static [bool],
    /// The aliases of fields, such as unstable prefixes: the index of the field, and the alias. The first alias of a field
    /// takes precedence.
    pub(super) aliases: &'static [(usize, &'static str)],
}

/// A member with one valid value, or with alternatives. An alternative is kept in `extra`.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    pub(super) name: &'static str,
    pub(super) value: &'static str,
    pub(super) alternatives: &'static [&'static str],
}

/// An object with fields.
#[doc(hidden)]
pub trait ObjectFields {
    /// Returns the descriptor of the type.
    fn descriptor(&self) -> &'static Descriptor;

    /// Calls a function with the index and the value of each present field, in the order of the indices. A method that returns the
    /// value at an index takes longer for a whole object: an unpredictable jump for each field, present or absent.
    fn each_value<'a>(&'a self, visit: &mut dyn FnMut(usize, JsonRef<'a>));

    /// Returns the field at `index` to deserialize into, or `None` if `index` is out of bounds.
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn FromToJson>;

    /// Returns the members without a field.
    fn extra(&self) -> &Extra;

    /// Returns the members without a field, as a mutable reference.
    fn extra_mut(&mut self) -> &mut Extra;

    /// Returns the map of the other members, if the schema describes them.
    fn entries(&self) -> Option<&dyn MapEntries> {
        None
    }

    /// Returns the event type, if the content contains its end.
    fn event_type(&self) -> Option<&str> {
        None
    }

    /// Replaces the event type, if the content contains its end.
    fn set_event_type(&mut self, _prefix: &'static str, _event_type: &str) {}

    /// Returns the map of the other members, to deserialize into.
    fn entries_mut(&mut self) -> Option<&mut dyn MapEntries> {
        None
    }
}

/// Calls a function with the value of a field, unless the field is absent.
#[inline(always)]
pub fn visit_value<'a, T: FromToJson>(field: &'a T, index: usize, visit: &mut dyn FnMut(usize, JsonRef<'a>)) {
    match field.json_ref() {
        JsonRef::Absent => {}
        value => visit(index, value),
    }
}

/// Returns the value of a field, or `JsonRef::Absent`.
pub(super) fn value_at(object: &dyn ObjectFields, index: usize) -> JsonRef<'_> {
    let mut found = JsonRef::Absent;
    object.each_value(&mut |at, value| {
        if at == index {
            found = value;
        }
    });
    found
}

/// Resets an object to a placeholder. Required fields keep their values until the next deserialization.
pub fn reset(object: &mut dyn ObjectFields) {
    let mut index = 0;
    while let Some(field) = object.field_mut(index) {
        field.reset();
        index += 1;
    }
    if let Some(entries) = object.entries_mut() {
        entries.clear();
    }
    *object.extra_mut() = Extra::new();
}

/// A member of an object, found by its key.
pub(super) enum Member {
    /// A member with one valid value, by its index.
    Constant(usize, &'static Constant),
    /// A field, by its index.
    Field(usize),
    /// A member without a field.
    Other,
}

impl Descriptor {
    /// Creates a descriptor. `required` has a bit for each field, the lowest for the first.
    pub const fn new(constants: &'static [Constant], fields: &'static [&'static str], required: u64) -> Self {
        assert!(constants.len() + fields.len() < 64, "an object has at most 63 constants and fields");
        assert!(are_plain(fields), "names of fields must not need escapes");
        Self { constants, fields, top_level: &[], required, is_lenient: false, null: &[], aliases: &[] }
    }

    /// Adds the fields in `top_level`.
    #[must_use]
    pub const fn with_top_level(self, top_level: &'static [&'static str]) -> Self {
        let members = self.constants.len() + self.fields.len() + top_level.len();
        assert!(members < 64, "a mask of 64 bits contains the members that are present");
        assert!(are_plain(top_level), "names of fields must not need escapes");
        Self { top_level, ..self }
    }

    /// Sets if the schema requires fields that the type does not require.
    #[must_use]
    pub const fn with_leniency(self, is_lenient: bool) -> Self {
        Self { is_lenient, ..self }
    }

    /// Sets for each field if `null` is valid.
    #[must_use]
    pub const fn with_null(self, null: &'static [bool]) -> Self {
        Self { null, ..self }
    }

    /// Adds aliases of fields, each with the index of its field.
    #[must_use]
    pub const fn with_aliases(self, aliases: &'static [(usize, &'static str)]) -> Self {
        let mut left = aliases;
        while let [(index, alias), rest @ ..] = left {
            assert!(*index < self.fields.len(), "the index of an alias is the index of a field");
            assert!(are_plain(&[alias]), "aliases must not need escapes");
            left = rest;
        }
        Self { aliases, ..self }
    }

    pub(super) fn member(&self, key: &str) -> Member {
        let place = |names: &[&str]| names.iter().position(|name| *name == key);
        if let Some(index) = place(self.fields) {
            return Member::Field(index);
        }
        if let Some((index, constant)) = self.constants.iter().enumerate().find(|(_, constant)| constant.name == key) {
            return Member::Constant(index, constant);
        }
        place(self.top_level).map_or(Member::Other, |index| Member::Field(self.fields.len() + index))
    }

    /// Returns the bit of a field.
    pub(super) fn bit(&self, index: usize) -> u64 {
        1 << (self.constants.len() + index)
    }

    /// Returns the bit of a required field, or 0 for an optional field.
    pub(super) fn bit_if_required(&self, index: usize) -> u64 {
        match index < self.fields.len() {
            true => (self.required & (1 << index)) << self.constants.len(),
            false => 0,
        }
    }

    /// Returns the first missing member among the constants and the required fields. `seen` has a bit for each constant,
    /// followed by a bit for each field.
    pub(super) fn missing(&self, seen: u64) -> Option<&'static str> {
        let constants = self.constants.len();
        let needed = (self.required << constants) | ((1 << constants) - 1);
        let missing = (needed & !seen).trailing_zeros() as usize;
        let mut names = self.constants.iter().map(|constant| constant.name).chain(self.fields.iter().copied());
        names.nth(missing)
    }

    /// Returns `true` if a key is an alias of a field.
    pub(super) fn is_alias(&self, key: &str) -> bool {
        self.aliases.iter().any(|(_, alias)| *alias == key)
    }

    /// Returns the key that a field is serialized under: the alias that it was deserialized from, or else its name.
    pub(super) fn wire_name(&self, name: &'static str, extra: &Extra) -> &'static str {
        match self.aliases {
            [] => name,
            _ => extra.wire_name(name),
        }
    }

    /// Iterates over the name of a field and its aliases.
    pub fn names_of(&self, name: &'static str) -> impl Iterator<Item = &'static str> {
        let index = self.names().position(|own| own == name);
        let aliases = self.aliases.iter().filter(move |(of, _)| index == Some(*of));
        std::iter::once(name).chain(aliases.map(|(_, alias)| *alias))
    }

    /// Returns the name of the field at `index`.
    #[inline]
    pub(super) fn name(&self, index: usize) -> &'static str {
        let top_level = || self.top_level.get(index - self.fields.len());
        self.fields.get(index).or_else(top_level).copied().unwrap_or_default()
    }

    /// Iterates over the names of the fields, in the order of their indices.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().chain(self.top_level).copied()
    }
}

/// Returns `true` if names need no escape between quotes.
const fn are_plain(mut names: &[&str]) -> bool {
    while let [name, others @ ..] = names {
        let mut letters = name.as_bytes();
        while let [letter, rest @ ..] = letters {
            if matches!(*letter, 0..=0x1f | b'"' | b'\\') {
                return false;
            }
            letters = rest;
        }
        names = others;
    }
    true
}

impl Constant {
    /// Creates a member with one valid value.
    pub const fn new(name: &'static str, value: &'static str) -> Self {
        Self::one_of(name, value, &[])
    }

    /// Creates a member with a default value and alternatives.
    pub const fn one_of(name: &'static str, value: &'static str, alternatives: &'static [&'static str]) -> Self {
        assert!(are_plain(&[name]), "names of constants must not need escapes");
        Self { name, value, alternatives }
    }

    /// Returns the beginning of an event type, or of an alias, if the content contains the end.
    pub(super) fn prefix(&self, event_type: &str) -> Option<&'static str> {
        prefix_of(self.value)?;
        let types = std::iter::once(self.value).chain(self.alternatives.iter().copied());
        types.filter_map(prefix_of).find(|prefix| event_type.starts_with(prefix))
    }

    /// Returns the deserialized value, or else the default value.
    pub(super) fn value_in<'o>(&self, object: &'o dyn ObjectFields) -> &'o str {
        if let Some(event_type) = object.event_type() {
            return event_type;
        }
        let extra = object.extra();
        match self.alternatives {
            [] => self.value,
            alternatives => {
                let kept = extra.get(self.name).and_then(|value| value.as_str());
                kept.filter(|value| alternatives.contains(value)).unwrap_or(self.value)
            }
        }
    }
}
