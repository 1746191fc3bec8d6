//! Tables of the fields of objects. With them, one function deserializes all types of objects, and one serializes them.

use serde_json::Value;

use super::cursor::Cursor;
use super::extra::Extra;
#[cfg(not(target_family = "wasm"))]
use super::lookup::{Candidate, Lookup};
use super::parse_error::ParseError;
use super::read::FromToJson;
use super::type_suffix::{prefix_of, TypeSuffix};
use super::write::{JsonRef, MapEntries};

/// The members of the objects of a type, in the order of serialization.
#[derive(Clone, Copy, Debug)]
pub struct Descriptor {
    /// The members with one valid value. Objects do not store them.
    pub(super) constants: &'static [Constant],
    /// The names of the fields.
    pub(super) fields: &'static [FieldName],
    /// The names of the fields in `top_level`. Their indices follow those of the other fields.
    pub(super) top_level: &'static [FieldName],
    /// The required fields: a bit for each field, the lowest for the first.
    required: u64,
    /// The constants and the required fields.
    needed: u64,
    /// `true` if the schema requires a field, or several, that the type does not require.
    pub(super) is_lenient: bool,
    /// `true` for a state event: there is a field `state_key`.
    pub(super) is_state: bool,
    /// For each field, `true` if `null` is valid.
    pub(super) null: &'static [bool],
    /// The aliases of fields, such as unstable prefixes: the index of the field, and the alias. The first alias of a field
    /// takes precedence.
    pub(super) aliases: &'static [(usize, &'static str)],
    /// The fields and the constants by the first bytes of their names.
    // The size of a WebAssembly module matters more than the time.
    #[cfg(not(target_family = "wasm"))]
    lookup: Lookup,
}

/// The name of a field. The name needs no escapes.
#[derive(Clone, Copy, Debug)]
pub struct FieldName {
    /// The first eight bytes, as [`first_bytes`] returns them. Most names differ in these bytes.
    pub(super) first: u64,
    pub(super) name: &'static str,
    /// The text before the value of the field: the name between quotes, after a comma and before a colon.
    pub(super) text: &'static str,
}

impl FieldName {
    /// Creates the name of a field from the text before its value, such as `,"name":`.
    pub const fn new(text: &'static str) -> Self {
        // `str::split_at` in constants requires Rust 1.86.
        let name = match text.as_bytes() {
            [b',', b'"', name @ .., b'"', b':'] => std::str::from_utf8(name),
            _ => Ok(""),
        };
        let name = if let Ok(name) = name { name } else { "" };
        assert!(name.len() + 4 == text.len(), "a name is between quotes, after a comma and before a colon");
        assert!(is_plain(name), "names of fields must not need escapes");
        Self { first: first_bytes(name), name, text }
    }

    /// Returns `true` if a key is the name. `first` has the first bytes of the key.
    #[inline(always)]
    fn is(&self, key: &str, first: u64) -> bool {
        self.first == first && self.ends_as(key)
    }

    /// Returns the text after the name and `":`, if a text begins with them. `first` has the first bytes of the key in the text.
    #[cfg(not(target_family = "wasm"))]
    #[inline(always)]
    pub(super) fn pass<'a>(&self, text: &'a str, first: u64) -> Option<&'a str> {
        let (key, rest) = text.split_at_checked(self.name.len())?;
        // No name has a quote, so the text has no other key with these bytes.
        rest.strip_prefix("\":").filter(|_| self.is(key, first))
    }

    /// Returns `true` if a key with the first eight bytes of the name is the name.
    #[inline(always)]
    fn ends_as(&self, key: &str) -> bool {
        if self.name.len() != key.len() {
            return false;
        }
        match key.len() {
            0..=8 => true,
            9..=16 => self.name.as_bytes().last_chunk::<8>() == key.as_bytes().last_chunk(),
            _ => self.name == key,
        }
    }
}

/// Returns the first eight bytes of a key, followed by zeros.
#[inline]
pub(crate) const fn first_bytes(key: &str) -> u64 {
    if let Some(bytes) = key.as_bytes().first_chunk() {
        return u64::from_le_bytes(*bytes);
    }
    let (mut bytes, mut first) = (key.as_bytes(), 0);
    if let (Some(start), Some(end)) = (bytes.first_chunk(), bytes.last_chunk()) {
        // Four bytes and the last four bytes overlap.
        let end = (u32::from_le_bytes(*end) as u64) << (8 * (bytes.len() - size_of::<u32>()));
        return u32::from_le_bytes(*start) as u64 | end;
    }
    while let [rest @ .., byte] = bytes {
        first = first << 8 | *byte as u64;
        bytes = rest;
    }
    first
}

/// A member with one valid value, or with alternatives. An alternative is kept in `extra`.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    pub(super) field: FieldName,
    /// The value, if JSON contains the value between quotes. The value is `None` for the beginning of an event type.
    plain: Option<&'static str>,
    pub(super) value: &'static str,
    pub(super) alternatives: &'static [&'static str],
}

/// An object with fields.
#[doc(hidden)]
pub trait ObjectFields {
    /// Returns the descriptor of the type.
    fn descriptor(&self) -> &'static Descriptor;

    /// Returns the value at `index`, or `JsonRef::Absent` if `index` is out of bounds.
    fn value(&self, index: usize) -> JsonRef<'_>;

    /// Returns the present fields: a bit for each field, the lowest for the first.
    fn present(&self) -> u64;

    /// Deserializes the next value into the field at `index`, and returns the unparsed value. If the value is invalid, an optional
    /// field is absent.
    fn parse_field(&mut self, index: usize, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError>;

    /// Returns the members without a field.
    fn extra(&self) -> &Extra;

    /// Returns the members without a field, as a mutable reference.
    fn extra_mut(&mut self) -> &mut Extra;

    /// Returns the part that only a few types have. One method for all such parts is less code in the other types.
    fn addition(&self) -> Addition<'_> {
        Addition::None
    }

    /// Returns the part that only a few types have, to deserialize into.
    fn addition_mut(&mut self) -> AdditionMut<'_> {
        AdditionMut::None
    }
}

/// The part of an object that only a few types have.
#[doc(hidden)]
pub enum Addition<'a> {
    None,
    /// The map of the other members, if the schema describes them.
    Entries(&'a dyn MapEntries),
    /// The end of the event type, which is in the content.
    Suffix(&'a TypeSuffix),
}

/// The part of an object that only a few types have, to deserialize into.
#[doc(hidden)]
pub enum AdditionMut<'a> {
    None,
    Entries(&'a mut dyn MapEntries),
    Suffix(&'a mut TypeSuffix),
}

/// Returns the bit of a field if the field is present, or else 0.
#[inline(always)]
pub fn present<T: FromToJson>(field: &T, index: usize) -> u64 {
    u64::from(!field.is_absent()) << index
}

impl<'a> dyn ObjectFields + 'a {
    /// Returns the map of the other members, if the schema describes them.
    pub(super) fn entries(&self) -> Option<&dyn MapEntries> {
        match self.addition() {
            Addition::Entries(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns the present fields with their indices.
    #[inline]
    pub(super) fn values(&self) -> impl Iterator<Item = (usize, JsonRef<'_>)> {
        let mut present = self.present();
        std::iter::from_fn(move || {
            let index = present.trailing_zeros() as usize;
            // Clears the lowest bit.
            present &= present.checked_sub(1)?;
            Some((index, self.value(index)))
        })
    }
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
    pub const fn new(constants: &'static [Constant], fields: &'static [FieldName], required: u64) -> Self {
        assert!(constants.len() + fields.len() < 64, "an object has at most 63 constants and fields");
        let needed = required | !(u64::MAX >> constants.len());
        Self {
            constants,
            fields,
            top_level: &[],
            required,
            needed,
            is_lenient: false,
            is_state: has_name(fields, "state_key"),
            null: &[],
            aliases: &[],
            #[cfg(not(target_family = "wasm"))]
            lookup: Lookup::new(fields, constants),
        }
    }

    /// Adds the fields in `top_level`.
    #[must_use]
    pub const fn with_top_level(self, top_level: &'static [FieldName]) -> Self {
        let members = self.constants.len() + self.fields.len() + top_level.len();
        assert!(members < 64, "a mask of 64 bits contains the members that are present");
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
            assert!(is_plain(alias), "aliases must not need escapes");
            left = rest;
        }
        Self { aliases, ..self }
    }

    /// Finds a field or a constant by the first bytes of a key, and returns it with its name. Another key can have the same first
    /// bytes.
    #[cfg(not(target_family = "wasm"))]
    #[inline(always)]
    pub(super) fn candidate(&self, first: u64) -> Option<(&'static FieldName, Member)> {
        match self.lookup.candidate(first) {
            Candidate::Field(index) => Some((self.fields.get(index)?, Member::Field(index))),
            Candidate::Constant(index) => {
                let constant = self.constants.get(index)?;
                Some((&constant.field, Member::Constant(index, constant)))
            }
        }
    }

    /// Finds a member by its key. `first` has the first bytes of the key.
    #[cfg(not(target_family = "wasm"))]
    #[inline(always)]
    pub(super) fn find(&self, key: &str, first: u64) -> Member {
        if let Some((name, member)) = self.candidate(first) {
            if name.is(key, first) {
                return member;
            }
        }
        self.find_other(key, first)
    }

    /// Finds a member by its key. `first` has the first bytes of the key.
    #[cfg(target_family = "wasm")]
    #[inline(always)]
    pub(super) fn find(&self, key: &str, first: u64) -> Member {
        let index = self.fields.iter().position(|field| field.first == first);
        match index.and_then(|index| Some((index, self.fields.get(index)?))) {
            Some((index, field)) if field.ends_as(key) => Member::Field(index),
            _ => self.find_other(key, first),
        }
    }

    /// Finds a member that is a constant or in `top_level`, or a field with the same first bytes as another field.
    #[inline(never)]
    fn find_other(&self, key: &str, first: u64) -> Member {
        let place = |names: &[FieldName]| names.iter().position(|name| name.is(key, first));
        let mut constants = self.constants.iter().enumerate();
        if let Some((index, constant)) = constants.find(|(_, constant)| constant.field.is(key, first)) {
            return Member::Constant(index, constant);
        }
        if let Some(index) = place(self.fields) {
            return Member::Field(index);
        }
        place(self.top_level).map_or(Member::Other, |index| Member::Field(self.fields.len() + index))
    }

    /// Returns the bit of the constant at `index`. The lowest bits are those of the fields.
    #[inline]
    pub(super) fn bit_of_constant(index: usize) -> u64 {
        1 << (u64::BITS as usize - 1 - index)
    }

    /// Returns `true` if the field at `index` is required.
    pub(super) fn is_required(&self, index: usize) -> bool {
        self.required & (1 << index) != 0
    }

    /// Returns `true` if a name is that of a constant.
    pub(super) fn has_constant(&self, name: &str) -> bool {
        self.constants.iter().any(|constant| constant.field.name == name)
    }

    /// Returns `true` if a name is that of a required field without aliases.
    pub(super) fn always_requires(&self, name: &str) -> bool {
        let index = self.fields.iter().position(|field| field.name == name);
        index.is_some_and(|index| self.is_required(index) && self.aliases.iter().all(|(of, _)| *of != index))
    }

    /// Returns the first missing member among the constants and the required fields. `seen` has a bit for each member that is
    /// present.
    #[inline]
    pub(super) fn missing(&self, seen: u64) -> Option<&'static str> {
        let missing = self.needed & !seen;
        if missing == 0 {
            return None;
        }
        let mut constants = self.constants.iter().enumerate();
        match constants.find(|(index, _)| missing & Self::bit_of_constant(*index) != 0) {
            Some((_, constant)) => Some(constant.field.name),
            None => self.fields.get(missing.trailing_zeros() as usize).map(|field| field.name),
        }
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
        let index = self.index_of(name);
        let aliases = self.aliases.iter().filter(move |(of, _)| index == Some(*of));
        std::iter::once(name).chain(aliases.map(|(_, alias)| *alias))
    }

    /// Returns the name of the field at `index`.
    #[inline]
    pub(super) fn name(&self, index: usize) -> &'static FieldName {
        const NONE: &FieldName = &FieldName::new(",\"\":");
        let top_level = || self.top_level.get(index - self.fields.len());
        self.fields.get(index).or_else(top_level).unwrap_or(NONE)
    }

    /// Returns the number of fields.
    pub(super) fn count(&self) -> usize {
        self.fields.len() + self.top_level.len()
    }

    /// Returns the index of the field with a name.
    pub(super) fn index_of(&self, name: &str) -> Option<usize> {
        (0..self.count()).find(|index| self.name(*index).name == name)
    }
}

/// Returns `true` if a field has a name with nine to sixteen bytes.
const fn has_name(fields: &[FieldName], name: &str) -> bool {
    let (first, Some(last), mut left) = (first_bytes(name), name.as_bytes().last_chunk::<8>(), fields) else {
        return false;
    };
    while let [field, rest @ ..] = left {
        if let (true, Some(own)) = (field.name.len() == name.len(), field.name.as_bytes().last_chunk::<8>()) {
            if field.first == first && u64::from_le_bytes(*own) == u64::from_le_bytes(*last) {
                return true;
            }
        }
        left = rest;
    }
    false
}

/// Returns `true` if a name needs no escape between quotes.
const fn is_plain(name: &str) -> bool {
    let mut letters = name.as_bytes();
    while let [letter, rest @ ..] = letters {
        if matches!(*letter, 0..=0x1f | b'"' | b'\\') {
            return false;
        }
        letters = rest;
    }
    true
}

impl Constant {
    /// Creates a member with one valid value.
    pub const fn new(text: &'static str, value: &'static str) -> Self {
        Self::one_of(text, value, &[])
    }

    /// Creates a member with a default value and alternatives.
    pub const fn one_of(text: &'static str, value: &'static str, alternatives: &'static [&'static str]) -> Self {
        let field = FieldName::new(text);
        let plain = if is_plain(value) && !matches!(value.as_bytes(), [.., b'.', b'*']) { Some(value) } else { None };
        Self { field, plain, value, alternatives }
    }

    /// Returns the value without escapes that no alternative is needed for, or `None` for the beginning of an event type.
    #[inline]
    pub(super) fn plain_value(&self) -> Option<&'static str> {
        self.plain
    }

    /// Returns the beginning of an event type, or of an alias, if the content contains the end.
    pub(super) fn prefix(&self, event_type: &str) -> Option<&'static str> {
        prefix_of(self.value)?;
        let types = std::iter::once(self.value).chain(self.alternatives.iter().copied());
        types.filter_map(prefix_of).find(|prefix| event_type.starts_with(prefix))
    }

    /// Returns the deserialized value, or else the default value.
    pub(super) fn value_in<'o>(&self, object: &'o dyn ObjectFields) -> &'o str {
        if self.plain.is_none() {
            if let Addition::Suffix(suffix) = object.addition() {
                return suffix.event_type();
            }
        }
        let extra = object.extra();
        match self.alternatives {
            [] => self.value,
            alternatives => {
                let kept = extra.get(self.field.name).and_then(|value| value.as_str());
                kept.filter(|value| alternatives.contains(value)).unwrap_or(self.value)
            }
        }
    }
}
