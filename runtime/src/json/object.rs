//! Objects seen as tables of their fields, so that one piece of code reads them all, and one writes them.

use super::extra::Extra;
use super::read::Json;
use super::write::{Entries, Item};

/// What a type knows of its object without having one: its members, in the order in which they are written.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The members with one possible value, which the type doesn't store.
    pub(super) constants: &'static [Constant],
    /// The names of the fields.
    pub(super) fields: &'static [&'static str],
    /// The names of the fields that stand in `top_level`; their indices follow on those of the others.
    pub(super) top_level: &'static [&'static str],
    /// Which fields the object can't do without: a bit each, the lowest for the first.
    pub(super) required: u64,
    /// The aliases of fields, such as unstable prefixes: the index of the field, and the alias. The first alias of a field
    /// takes precedence.
    pub(super) aliases: &'static [(usize, &'static str)],
}

/// A member with one possible value, or with few: the first that stands for them all, and others that are kept in `extra`.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    pub(super) name: &'static str,
    pub(super) value: &'static str,
    pub(super) also: &'static [&'static str],
}

/// An object with fields.
#[doc(hidden)]
pub trait Object {
    /// What its type knows of it.
    fn shape(&self) -> &'static Shape;

    /// What the field at an index of the shape holds; nothing behind the last.
    fn value(&self, index: usize) -> Item<'_>;

    /// The field at an index of the shape, to be read into; `None` behind the last.
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Json>;

    /// What the object holds beside its fields.
    fn extra(&self) -> &Extra;

    /// The same, to be set.
    fn extra_mut(&mut self) -> &mut Extra;

    /// The map of the members that have no field, where the schema describes those.
    fn entries(&self) -> Option<&dyn Entries> {
        None
    }

    /// The same, to be read into.
    fn entries_mut(&mut self) -> Option<&mut dyn Entries> {
        None
    }
}

/// Makes an object blank again. Required fields keep their values until they are read anew.
pub fn reset(object: &mut dyn Object) {
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

/// A member of an object, as its shape knows it.
pub(super) enum Member {
    /// One with one possible value.
    Constant(usize, &'static Constant),
    /// A field, by its index.
    Field(usize),
    /// One that has no field.
    Other,
}

impl Shape {
    /// An object with such members; `required` has a bit for each field, the lowest for the first.
    pub const fn new(constants: &'static [Constant], fields: &'static [&'static str], required: u64) -> Self {
        assert!(constants.len() + fields.len() < 64, "what has been read is noted in 64 bits");
        assert!(are_plain(fields), "names are written as they are");
        Self { constants, fields, top_level: &[], required, aliases: &[] }
    }

    /// The same with fields that stand in `top_level`.
    #[must_use]
    pub const fn with_top_level(self, top_level: &'static [&'static str]) -> Self {
        assert!(are_plain(top_level), "names are written as they are");
        Self { top_level, ..self }
    }

    /// The same with aliases of fields, each with the index of its field.
    #[must_use]
    pub const fn with_aliases(self, aliases: &'static [(usize, &'static str)]) -> Self {
        let mut left = aliases;
        while let [(index, alias), rest @ ..] = left {
            assert!(*index < self.fields.len(), "it is one of the fields");
            assert!(are_plain(&[alias]), "names are written as they are");
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

    /// The bit of a field that an object can't do without; 0 for any other.
    pub(super) fn bit_if_required(&self, index: usize) -> u64 {
        match index < self.fields.len() {
            true => (self.required & (1 << index)) << self.constants.len(),
            false => 0,
        }
    }

    /// The first member that an object lacks; `seen` has a bit for each constant and then for each field.
    pub(super) fn missing(&self, seen: u64) -> Option<&'static str> {
        let constants = self.constants.len();
        let needed = (self.required << constants) | ((1 << constants) - 1);
        let missing = (needed & !seen).trailing_zeros() as usize;
        let mut names = self.constants.iter().map(|constant| constant.name).chain(self.fields.iter().copied());
        names.nth(missing)
    }

    /// Returns the name that a field is serialized under: the alias that it was deserialized under, or its own name.
    pub(super) fn wire_name(&self, name: &'static str, extra: &Extra) -> &'static str {
        match self.aliases {
            [] => name,
            _ => extra.wire_name(name),
        }
    }

    /// All names that a field is read under, its own first.
    pub fn names_of(&self, name: &'static str) -> impl Iterator<Item = &'static str> {
        let index = self.names().position(|own| own == name);
        let aliases = self.aliases.iter().filter(move |(of, _)| index == Some(*of));
        std::iter::once(name).chain(aliases.map(|(_, alias)| *alias))
    }

    /// The names of the fields, in the order of their indices.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().chain(self.top_level).copied()
    }
}

/// Whether names can stand between quotes without an escape.
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
    /// A member with one possible value.
    pub const fn new(name: &'static str, value: &'static str) -> Self {
        Self::one_of(name, value, &[])
    }

    /// A member with several possible values.
    pub const fn one_of(name: &'static str, value: &'static str, also: &'static [&'static str]) -> Self {
        assert!(are_plain(&[name]), "names are written as they are");
        Self { name, value, also }
    }

    /// The value: the one that was read, where there are several.
    pub(super) fn value_in<'e>(&self, extra: &'e Extra) -> &'e str {
        match self.also {
            [] => self.value,
            also => {
                let kept = extra.get(self.name).and_then(|value| value.as_str());
                kept.filter(|value| also.contains(value)).unwrap_or(self.value)
            }
        }
    }
}
