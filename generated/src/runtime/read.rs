//! How values are read: the [`Json`] trait, its implementations for what JSON itself has, and the handful of calls
//! that the emitted readers of objects are made of.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use super::cursor::{Cursor, JsonType};
use super::extra::Extra;
use super::fault::{Error, Fault, FaultKind};
use super::loose::whole;
use super::write::Item;

/// A JSON object whose members no schema describes.
pub type JsonObject = Map<String, Value>;

/// A type that is read from JSON and written as the same JSON.
pub trait Json: Sized {
    /// What stands in place of a value that hasn't been read yet. Never seen by anybody: an object that lacks a required
    /// value isn't returned.
    fn blank() -> Self;

    /// Reads the value ahead, all of it or not at all.
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault>;

    /// Reads what of the value ahead fits, and returns what is left over, to be written back with it.
    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        Self::read(json).map(|value| (value, None))
    }

    /// The value as something that can be written.
    fn item(&self) -> Item<'_>;
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
    pub fn fill(&mut self, object: &mut dyn Fill, required: &'static [&'static str]) -> Result<(), Fault> {
        let start = self.offset();
        let mut members = self.object()?;
        let mut seen: Seen = 0;
        while let Some(key) = self.next_key(&mut members)? {
            seen |= object.member(&key, self)?;
        }
        let missing = required.iter().enumerate().find(|(index, _)| seen & (1 << index) == 0);
        missing.map_or(Ok(()), |(_, name)| Err(Fault { kind: FaultKind::Missing(name), at: start }))
    }

    /// A field that its object can't do without, and its bit.
    pub fn required<T: Json>(
        &mut self,
        name: &'static str,
        slot: &mut T,
        extra: &mut Extra,
        bit: u32,
    ) -> Result<Seen, Fault> {
        let (value, leftover) = T::read_lenient(self)?;
        *slot = value;
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
        match T::read_lenient(self) {
            Ok((value, leftover)) => {
                *slot = Some(value);
                settle(name, leftover, extra);
            }
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
        match V::read_lenient(self) {
            Ok((value, leftover)) => {
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
    fn each_element(
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
    fn each_entry(
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

/// Makes a leftover into an error, for the places that have nowhere to keep one.
fn without_leftover<T>(start: usize, what: &'static str, (value, leftover): (T, Option<Value>)) -> Result<T, Fault> {
    match leftover {
        None => Ok(value),
        Some(_) => Err(Fault { kind: FaultKind::Expected(what), at: start }),
    }
}

impl Json for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.string().map(Cow::into_owned)
    }

    fn item(&self) -> Item<'_> {
        Item::String(self)
    }
}

impl Json for bool {
    fn blank() -> Self {
        false
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.boolean()
    }

    fn item(&self) -> Item<'_> {
        Item::Boolean(*self)
    }
}

impl Json for i64 {
    fn blank() -> Self {
        0
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.integer()
    }

    /// An integer may be spelled `1.0` (JSON Schema 2020-12, section 4.2.3): its value is read, its spelling is left.
    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        let start = json.offset();
        let mark = json.mark();
        match json.integer() {
            Ok(value) => Ok((value, None)),
            Err(fault) => match json.as_it_is(mark, fault)? {
                Value::Number(number) if whole(&number).is_some() => {
                    Ok((whole(&number).unwrap_or_default(), Some(Value::Number(number))))
                }
                _ => Err(Fault { kind: FaultKind::Expected("an integer"), at: start }),
            },
        }
    }

    fn item(&self) -> Item<'_> {
        Item::Integer(*self)
    }
}

impl Json for Number {
    fn blank() -> Self {
        0.into()
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.number()
    }

    fn item(&self) -> Item<'_> {
        Item::Number(self)
    }
}

impl Json for Value {
    fn blank() -> Self {
        Value::Null
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.value()
    }

    fn item(&self) -> Item<'_> {
        Item::Value(self)
    }
}

impl Json for JsonObject {
    fn blank() -> Self {
        Self::new()
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.map()
    }

    fn item(&self) -> Item<'_> {
        Item::JsonObject(self)
    }
}

impl<T: Json> Json for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        let start = json.offset();
        let read = Self::read_lenient(json)?;
        without_leftover(start, "a list without odd elements", read)
    }

    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        let mut list = Self::new();
        let odd = json.each_element(&mut |json| {
            list.push(T::read(json)?);
            Ok(())
        })?;
        Ok((list, odd))
    }

    fn item(&self) -> Item<'_> {
        Item::List(self)
    }
}

impl<K: Key, V: Json> Json for BTreeMap<K, V> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        let start = json.offset();
        let read = Self::read_lenient(json)?;
        without_leftover(start, "a map without odd entries", read)
    }

    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        let mut map = Self::new();
        let odd = json.each_entry(K::accepts, &mut |key, json| {
            let key = K::from(key.to_owned());
            match V::read_lenient(json) {
                Ok((value, leftover)) => {
                    map.insert(key, value);
                    Ok(leftover)
                }
                // The last of several members with one key counts, but a map and an odd value can't both be it.
                Err(fault) if map.contains_key(&key) => {
                    Err(Fault { kind: FaultKind::Syntax("a key with two values"), ..fault })
                }
                Err(fault) => Err(fault),
            }
        })?;
        Ok((map, odd))
    }

    fn item(&self) -> Item<'_> {
        Item::Map(self)
    }
}

fn some(odd: JsonObject) -> Option<Value> {
    (!odd.is_empty()).then_some(Value::Object(odd))
}

/// A value that may be `null`, which is not the same as absent: an `Option<Nullable<T>>` field tells the two apart.
///
/// ```
/// use matrix_events::{identity_server::IdentityServerEventContent, Nullable};
///
/// let content: IdentityServerEventContent = serde_json::from_str(r#"{"base_url": null}"#)?;
/// assert_eq!(content.base_url, Some(Nullable::Null));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// `null`
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if it isn't `null`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value, if it isn't `null`.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Json> Json for Nullable<T> {
    fn blank() -> Self {
        Self::Null
    }

    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        match json.json_type()? {
            JsonType::Null => json.null().map(|()| Self::Null),
            _ => T::read(json).map(Self::Value),
        }
    }

    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        match json.json_type()? {
            JsonType::Null => json.null().map(|()| (Self::Null, None)),
            _ => T::read_lenient(json).map(|(value, leftover)| (Self::Value(value), leftover)),
        }
    }

    fn item(&self) -> Item<'_> {
        match self {
            Self::Null => Item::Null,
            Self::Value(value) => value.item(),
        }
    }
}
