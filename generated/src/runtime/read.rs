//! How values are read: the [`Json`] trait, its implementations for what JSON itself has, and the handful of calls
//! that the emitted readers of objects are made of.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::cursor::{Cursor, JsonType};
use super::extra::Extra;
use super::fault::{Error, Fault, FaultKind};
use super::write::Item;

/// A JSON object whose members no schema describes.
pub type JsonObject = Map<String, Value>;

/// A type that is read from JSON and written as the same JSON.
pub trait Json: Sized {
    /// What stands in place of a value that hasn't been read yet. Never seen by anybody: an object that lacks a required
    /// value isn't returned.
    fn blank() -> Self;

    /// Reads the value ahead into a blank one, where it stands: objects are large, and moving them is dear. Returns what
    /// of the JSON didn't fit, to be written back with what did.
    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault>;

    /// Makes it blank again, for the second of two members with one key.
    fn reset(&mut self) {}

    /// The value as something that can be written.
    fn item(&self) -> Item<'_>;

    /// Reads the value ahead, all of it or not at all.
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        let start = json.offset();
        let mut value = Self::blank();
        match value.read_into(json)? {
            None => Ok(value),
            Some(_) => Err(Fault { kind: FaultKind::Expected("a value without odd parts"), at: start }),
        }
    }
}

/// An object that is being filled with its members.
pub trait Fill {
    /// Takes one member. Returns the bit of the required field that it is, or 0.
    fn member(&mut self, key: &str, json: &mut Cursor<'_>) -> Result<Seen, Fault>;
}

/// Reads the value of an entry, and returns what it leaves over.
type EachEntry<'e, C> = dyn FnMut(&str, &mut C) -> Result<Option<Value>, Fault> + 'e;

/// Which of an object's required fields have been read, a bit each.
pub type Seen = u64;

/// The key of a map: any string, in a type that says what it is.
pub trait Key: Ord + From<String> + AsRef<str> {
    /// Whether a key is of this kind; one that isn't leaves its member out of the map, among the leftovers.
    fn accepts(key: &str) -> bool {
        let _ = key;
        true
    }
}

impl Key for String {}

/// Reads a whole text.
pub fn from_str<T: Json>(text: &str) -> Result<T, Error> {
    let mut json = Cursor::new(text);
    let value = T::read(&mut json).and_then(|value| json.end().map(|()| value));
    value.map_err(|fault| fault.explain(text))
}

/// Reads a whole text from bytes, which have to be UTF-8 as JSON demands (RFC 8259, section 8.1).
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
    /// Fills an object with the members of the one ahead; `required` names the fields that it can't do without, in the
    /// order of their bits.
    pub fn fill(&mut self, object: &mut dyn Fill, required: &'static [&'static str]) -> Result<Option<Value>, Fault> {
        let start = self.offset();
        let mut members = self.object()?;
        let mut seen: Seen = 0;
        while let Some(key) = self.next_key(&mut members)? {
            seen |= object.member(&key, self)?;
        }
        Self::complete(seen, required, start)
    }

    /// Nothing is left over from an object that has all it needs.
    pub(super) fn complete(
        seen: Seen,
        required: &'static [&'static str],
        start: usize,
    ) -> Result<Option<Value>, Fault> {
        let missing = required.iter().enumerate().find(|(index, _)| seen & (1 << index) == 0);
        missing.map_or(Ok(None), |(_, name)| Err(Fault { kind: FaultKind::Missing(name), at: start }))
    }

    /// A field that its object can't do without, and its bit.
    pub fn required<T: Json>(
        &mut self,
        name: &'static str,
        slot: &mut T,
        extra: &mut Extra,
        bit: u32,
    ) -> Result<Seen, Fault> {
        slot.reset();
        let leftover = slot.read_into(self)?;
        settle(name, leftover, extra);
        Ok(1 << bit)
    }

    /// A field that may be absent: a value that doesn't fit is kept as it is, in `extra`, and the field is absent.
    pub fn optional<T: Json>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        extra: &mut Extra,
    ) -> Result<Seen, Fault> {
        let mark = self.mark();
        match slot.insert(T::blank()).read_into(self) {
            Ok(leftover) => settle(name, leftover, extra),
            Err(fault) => {
                *slot = None;
                extra.insert(name, self.as_it_is(mark, fault)?);
            }
        }
        Ok(0)
    }

    /// A field with one possible value, which the type doesn't store, and its bit.
    pub fn constant(&mut self, name: &'static str, value: &'static str, bit: u32) -> Result<Seen, Fault> {
        let at = self.offset();
        if matches!(self.json_type()?, JsonType::String) && self.string()? == value {
            return Ok(1 << bit);
        }
        Err(Fault { kind: FaultKind::Constant(name, value), at })
    }

    /// A member that goes into a map beside the fields, or into `extra` where its value doesn't fit.
    pub fn entry<K: Key, V: Json>(
        &mut self,
        key: &str,
        entries: &mut BTreeMap<K, V>,
        extra: &mut Extra,
    ) -> Result<Seen, Fault> {
        if !K::accepts(key) {
            return self.unknown(key, extra);
        }
        let mark = self.mark();
        let mut value = V::blank();
        match value.read_into(self) {
            Ok(leftover) => {
                entries.insert(K::from(key.to_owned()), value);
                settle(key, leftover, extra);
            }
            Err(fault) => {
                let odd = self.as_it_is(mark, fault)?;
                if entries.keys().any(|known| known.as_ref() == key) {
                    return Err(Fault { kind: FaultKind::Expected("one value for a key"), at: self.offset() });
                }
                extra.insert(key, odd);
            }
        }
        Ok(0)
    }

    /// A member that the type doesn't know.
    pub fn unknown(&mut self, key: &str, extra: &mut Extra) -> Result<Seen, Fault> {
        extra.insert(key, self.value()?);
        Ok(0)
    }

    /// Calls `element` at each element of the list ahead. Those that don't fit are returned, by their index.
    pub(super) fn each_element(
        &mut self,
        element: &mut dyn FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<Option<Value>, Fault> {
        let mut members = self.list()?;
        let (mut index, mut odd) = (0_usize, JsonObject::new());
        while self.next_element(&mut members)? {
            let mark = self.mark();
            if let Err(fault) = element(self) {
                odd.insert(index.to_string(), self.as_it_is(mark, fault)?);
            }
            index += 1;
        }
        Ok(some(odd))
    }

    /// Calls `entry` at each value of the map ahead. What it leaves over, and the entries that don't fit, are returned.
    pub(super) fn each_entry(
        &mut self,
        accepts: fn(&str) -> bool,
        entry: &mut EachEntry<'_, Self>,
    ) -> Result<Option<Value>, Fault> {
        let mut members = self.object()?;
        let mut odd = JsonObject::new();
        while let Some(key) = self.next_key(&mut members)? {
            let mark = self.mark();
            let left = match accepts(&key) {
                true => entry(&key, self),
                false => Err(self.expected("another key")),
            };
            let left = match left {
                Ok(leftover) => leftover,
                Err(fault) => Some(self.as_it_is(mark, fault)?),
            };
            match left {
                Some(value) => {
                    odd.insert(key.into_owned(), value);
                }
                None if odd.is_empty() => {}
                None => {
                    odd.remove(&*key);
                }
            }
        }
        Ok(some(odd))
    }
}

/// Notes what a field left over. The last of several members with one key counts, as it does in a map.
fn settle(name: &str, leftover: Option<Value>, extra: &mut Extra) {
    if leftover.is_some() || !extra.is_empty() {
        extra.remove(name);
        extra.set_leftover(name, leftover);
    }
}

fn some(odd: JsonObject) -> Option<Value> {
    (!odd.is_empty()).then_some(Value::Object(odd))
}
