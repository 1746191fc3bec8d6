//! How values are read: the [`Json`] trait, and how an object, a list and a map are filled, which is the same for all
//! types.

use serde_json::{Map, Value};

use super::cursor::{Cursor, JsonType};
use super::error::Error;
use super::extra::Extra;
use super::fault::{Fault, FaultKind};
use super::object::{Constant, Member, Object};
use super::write::{Entries, Item, List};

/// A JSON object whose members no schema describes.
pub type JsonObject = Map<String, Value>;

/// A type that is read from JSON and written as the same JSON.
#[doc(hidden)]
pub trait Json {
    /// What stands in place of a value that hasn't been read yet. Never seen by anybody: an object that lacks a required
    /// value isn't returned.
    fn blank() -> Self
    where
        Self: Sized;

    /// Deserializes the next value into a placeholder, in place, since a move of a large object costs time. Returns the
    /// unparsed part of the JSON.
    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault>;

    /// Makes the value a placeholder again, for the second of two members with one key, and for an invalid field.
    fn reset(&mut self) {}

    /// The value as something that can be written.
    fn item(&self) -> Item<'_>;

    /// Reads the value ahead, all of it or not at all.
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault>
    where
        Self: Sized,
    {
        let mut value = Self::blank();
        json.read_all_of(&mut value)?;
        Ok(value)
    }
}

/// A field that may be absent.
impl<T: Json> Json for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        self.insert(T::blank()).read_into(json)
    }

    fn reset(&mut self) {
        *self = None;
    }

    fn item(&self) -> Item<'_> {
        match self {
            Some(value) => value.item(),
            None => Item::Absent,
        }
    }
}

/// A union whose variants are told apart by a string among their members.
#[doc(hidden)]
pub trait Tagged: Json {
    /// Becomes a blank one of the variant for such a string; stays what it is where there is none.
    fn choose(&mut self, tag: &str) -> bool;

    /// What the variant holds.
    fn content_mut(&mut self) -> &mut dyn Json;
}

/// A blank value on the heap.
pub fn boxed<T: Json>() -> Box<T> {
    Box::new(T::blank())
}

/// The key of a map: any string, in a type that says what it is.
#[doc(hidden)]
pub trait Key: Ord + From<String> + AsRef<str> {
    /// Returns `true` if a key is of this kind. The member of another key is an unparsed part of the map.
    fn accepts(key: &str) -> bool {
        let _ = key;
        true
    }
}

impl Key for String {}

/// Deserializes a value from a JSON text.
pub fn from_str<T: Json>(text: &str) -> Result<T, Error> {
    let mut json = Cursor::new(text);
    let value = T::read(&mut json).and_then(|value| json.end().map(|()| value));
    value.map_err(|fault| fault.explain(text))
}

/// Deserializes a value from the bytes of a JSON text, which is UTF-8 (RFC 8259, section 8.1).
pub fn from_slice<T: Json>(bytes: &[u8]) -> Result<T, Error> {
    match std::str::from_utf8(bytes) {
        Ok(text) => from_str(text),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let text = String::from_utf8_lossy(valid);
            Err(Fault::syntax("a byte that isn't UTF-8", text.len()).explain(&text))
        }
    }
}

impl Cursor<'_> {
    pub(super) fn read_all_of(&mut self, value: &mut dyn Json) -> Result<(), Fault> {
        let start = self.offset();
        match value.read_into(self)? {
            None => Ok(()),
            Some(_) => Err(Fault { kind: FaultKind::Expected("a value without odd parts"), at: start }),
        }
    }

    /// Fills a blank object with the members of the one ahead.
    pub fn fill(&mut self, object: &mut dyn Object) -> Result<Option<Value>, Fault> {
        let (start, shape) = (self.offset(), object.shape());
        let mut filled = Filled::default();
        let mut members = self.object()?;
        while let Some(key) = self.next_key(&mut members)? {
            match shape.member(&key) {
                Member::Field(index) => {
                    if let Some(field) = object.field_mut(index) {
                        filled.field(self, &key, field, shape.bit_if_required(index))?;
                    }
                }
                Member::Constant(index, constant) => filled.constant(self, constant, 1 << index)?,
                Member::Other => match object.entries_mut() {
                    Some(entries) if entries.accepts(&key) => filled.entry(self, &key, entries)?,
                    _ => {
                        filled.extra.insert(key, self.value()?);
                    }
                },
            }
        }
        if !filled.extra.is_empty() {
            filled.adopt(object);
            *object.extra_mut() = filled.extra;
        }
        match shape.missing(filled.seen) {
            Some(name) => Err(Fault { kind: FaultKind::Missing(name), at: start }),
            None => Ok(None),
        }
    }

    /// Fills a blank union, whose variants a member of the object ahead tells apart.
    pub fn tagged(&mut self, name: &str, union: &mut dyn Tagged) -> Result<Option<Value>, Fault> {
        let start = self.clone();
        if self.guess_until(name, &mut |tag| union.choose(tag)) {
            if let Ok(unparsed) = union.content_mut().read_into(self) {
                return Ok(unparsed);
            }
            self.clone_from(&start);
        }
        union.reset();
        let known = self.discriminator(name)?.is_some_and(|tag| union.choose(&tag));
        let read = union.content_mut().read_into(self);
        match read {
            // What doesn't fit its own variant may still fit that for all others. If it doesn't, the first fault says more.
            Err(fault) if known => {
                self.again(&start, fault)?;
                union.reset();
                self.read_all_of(union.content_mut()).map_err(|_| fault)?;
                Ok(None)
            }
            read => read,
        }
    }

    /// Deserializes the elements of the next list. Returns the invalid elements by their index.
    pub(super) fn each_element(&mut self, list: &mut dyn List) -> Result<Option<Value>, Fault> {
        let mut members = self.list()?;
        let (mut index, mut unparsed) = (0_usize, JsonObject::new());
        while self.next_element(&mut members)? {
            let mark = self.mark();
            let part = match list.read_element(self) {
                Ok(original) => original,
                Err(fault) => Some(self.as_it_is(mark, fault)?),
            };
            if let Some(part) = part {
                unparsed.insert(index.to_string(), part);
            }
            index += 1;
        }
        Ok(some(unparsed))
    }

    /// Deserializes the entries of the next map. Returns their unparsed parts, and the invalid entries.
    pub(super) fn each_entry(&mut self, entries: &mut dyn Entries) -> Result<Option<Value>, Fault> {
        let mut members = self.object()?;
        let mut unparsed = JsonObject::new();
        while let Some(key) = self.next_key(&mut members)? {
            let mark = self.mark();
            let read = match entries.accepts(&key) {
                true => entries.read_entry(&key, self),
                false => Err(self.expected("another key")),
            };
            let part = match read {
                Ok(part) => part,
                Err(fault) => {
                    let value = self.as_it_is(mark, fault)?;
                    self.only_value(entries, &key)?;
                    Some(value)
                }
            };
            match part {
                Some(value) => {
                    unparsed.insert(key.into_owned(), value);
                }
                None if unparsed.is_empty() => {}
                None => {
                    unparsed.remove(&*key);
                }
            }
        }
        Ok(some(unparsed))
    }

    /// Fails if a map has an entry for the key of an invalid value: the last of several members with one key counts, and only
    /// one of the two is the last.
    fn only_value(&self, entries: &dyn Entries, key: &str) -> Result<(), Fault> {
        match entries.holds(key) {
            false => Ok(()),
            true => Err(Fault { kind: FaultKind::Expected("one value for a key"), at: self.place() }),
        }
    }
}

/// What is known of an object that is being filled.
#[derive(Default)]
struct Filled {
    /// The constants and required fields that have been read, a bit each.
    seen: u64,
    extra: Extra,
}

impl Filled {
    /// Reads a field. `bit` is that of one which the object can't do without. In any other, a value that doesn't fit
    /// is kept as it is, and the field is absent.
    fn field(&mut self, json: &mut Cursor<'_>, key: &str, field: &mut dyn Json, bit: u64) -> Result<(), Fault> {
        let mark = json.mark();
        if self.seen & bit != 0 {
            field.reset();
        }
        match field.read_into(json) {
            Ok(unparsed) => self.finish_field(key, unparsed),
            Err(fault) if bit != 0 => return Err(fault),
            Err(fault) => {
                field.reset();
                self.invalid(key, json.as_it_is(mark, fault)?);
            }
        }
        self.seen |= bit;
        Ok(())
    }

    /// Reads a member with few possible values. Another one than the first is kept, to be written back.
    fn constant(&mut self, json: &mut Cursor<'_>, constant: &Constant, bit: u64) -> Result<(), Fault> {
        let Constant { name, value, also } = constant;
        let at = json.offset();
        let found = match json.json_type()? {
            JsonType::String => Some(json.string()?),
            _ => None,
        };
        match found {
            Some(found) if found == *value => self.finish_field(name, None),
            Some(found) if also.contains(&&*found) => {
                self.extra.insert(*name, found);
            }
            _ => return Err(Fault { kind: FaultKind::Constant(name, value), at }),
        }
        self.seen |= bit;
        Ok(())
    }

    /// Reads a member that goes into a map beside the fields, or into `extra` where its value doesn't fit.
    fn entry(&mut self, json: &mut Cursor<'_>, key: &str, entries: &mut dyn Entries) -> Result<(), Fault> {
        let mark = json.mark();
        match entries.read_entry(key, json) {
            Ok(unparsed) => self.finish_field(key, unparsed),
            Err(fault) => {
                let value = json.as_it_is(mark, fault)?;
                json.only_value(entries, key)?;
                self.invalid(key, value);
            }
        }
        Ok(())
    }

    /// Fills the fields that are still missing from the members under their aliases, which are in `extra` until now. The first
    /// alias with a value that fits takes precedence.
    fn adopt(&mut self, object: &mut dyn Object) {
        let shape = object.shape();
        for &(index, alias) in shape.aliases {
            let (bit, name) = (shape.bit_if_required(index), shape.names().nth(index));
            let (Some(field), Some(name)) = (object.field_mut(index), name) else { continue };
            let is_missing = if bit != 0 { self.seen & bit == 0 } else { field.item().is_absent() };
            let text = self.extra.get(alias).filter(|_| is_missing).map(Value::to_string);
            let Some(text) = text else { continue };
            match field.read_into(&mut Cursor::new(&text)) {
                Ok(unparsed) => {
                    self.extra.set_unparsed(alias, unparsed);
                    self.extra.set_wire_name(name, alias);
                    self.seen |= bit;
                }
                Err(_) => field.reset(),
            }
        }
    }

    /// Keeps an invalid value, in place of an earlier value under its key.
    fn invalid(&mut self, key: &str, value: Value) {
        self.extra.remove(key);
        self.extra.insert(key, value);
    }

    /// Records the unparsed part of a member. The last of several members with one key counts, as in a map.
    #[inline]
    fn finish_field(&mut self, name: &str, unparsed: Option<Value>) {
        if unparsed.is_some() || !self.extra.is_empty() {
            self.extra.set_unparsed(name, unparsed);
        }
    }
}

fn some(members: JsonObject) -> Option<Value> {
    (!members.is_empty()).then_some(Value::Object(members))
}
