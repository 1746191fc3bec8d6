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
    /// Reads the value ahead, all of it or not at all.
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault>;

    /// Reads what of the value ahead fits, and returns what is left over, to be written back with it.
    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        Self::read(json).map(|value| (value, None))
    }

    /// The value as something that can be written.
    fn item(&self) -> Item<'_>;
}

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
    /// A field that its object can't do without.
    pub fn required<T: Json>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        extra: &mut Extra,
    ) -> Result<(), Fault> {
        let (value, leftover) = T::read_lenient(self)?;
        self.fill(name, slot, value, leftover, extra);
        Ok(())
    }

    /// A field that may be absent: a value that doesn't fit is kept as it is, in `extra`, and the field is absent.
    pub fn optional<T: Json>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        extra: &mut Extra,
    ) -> Result<(), Fault> {
        match self.attempt(T::read_lenient)? {
            Ok((value, leftover)) => self.fill(name, slot, value, leftover, extra),
            Err(odd) => {
                *slot = None;
                extra.insert(name, odd);
            }
        }
        Ok(())
    }

    fn fill<T>(&self, name: &str, slot: &mut Option<T>, value: T, leftover: Option<Value>, extra: &mut Extra) {
        *slot = Some(value);
        // The last of several members with one key counts, as it does in a map.
        if leftover.is_some() || !extra.is_empty() {
            extra.remove(name);
            extra.set_leftover(name, leftover);
        }
    }

    /// A field with one possible value, which the type doesn't store.
    pub fn constant(&mut self, name: &'static str, value: &'static str) -> Result<(), Fault> {
        let at = self.offset();
        if matches!(self.json_type()?, JsonType::String) && self.string()? == value {
            return Ok(());
        }
        Err(Fault { kind: FaultKind::Constant(name, value), at })
    }

    /// A member that goes into a map beside the fields, or into `extra` where its value doesn't fit.
    pub fn entry<K: Key, V: Json>(
        &mut self,
        key: Cow<'_, str>,
        entries: &mut BTreeMap<K, V>,
        extra: &mut Extra,
    ) -> Result<(), Fault> {
        if !K::accepts(&key) {
            return self.unknown(key, extra);
        }
        let read = self.attempt(V::read_lenient)?;
        let duplicate = !extra.is_empty();
        match read {
            Ok((value, leftover)) => {
                if leftover.is_some() || duplicate {
                    extra.remove(&key);
                    extra.set_leftover(&key, leftover);
                }
                entries.insert(K::from(key.into_owned()), value);
            }
            Err(odd) => {
                let key = key.into_owned();
                extra.insert(key.clone(), odd);
                entries.remove(&K::from(key));
            }
        }
        Ok(())
    }

    /// A member that the type doesn't know.
    pub fn unknown(&mut self, key: Cow<'_, str>, extra: &mut Extra) -> Result<(), Fault> {
        let value = self.value()?;
        extra.insert(key.into_owned(), value);
        Ok(())
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
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.string().map(Cow::into_owned)
    }

    fn item(&self) -> Item<'_> {
        Item::String(self)
    }
}

impl Json for bool {
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.boolean()
    }

    fn item(&self) -> Item<'_> {
        Item::Boolean(*self)
    }
}

impl Json for i64 {
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.integer()
    }

    /// An integer may be spelled `1.0` (JSON Schema 2020-12, section 4.2.3): its value is read, its spelling is left.
    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        let start = json.offset();
        match json.attempt(Cursor::integer)? {
            Ok(value) => Ok((value, None)),
            Err(Value::Number(number)) => match whole(&number) {
                Some(value) => Ok((value, Some(Value::Number(number)))),
                None => Err(Fault { kind: FaultKind::Expected("an integer"), at: start }),
            },
            Err(_) => Err(Fault { kind: FaultKind::Expected("an integer"), at: start }),
        }
    }

    fn item(&self) -> Item<'_> {
        Item::Integer(*self)
    }
}

impl Json for Number {
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.number()
    }

    fn item(&self) -> Item<'_> {
        Item::Number(self)
    }
}

impl Json for Value {
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        json.value()
    }

    fn item(&self) -> Item<'_> {
        Item::Value(self)
    }
}

impl Json for JsonObject {
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        if json.json_type()? != JsonType::Object {
            return Err(json.expected("an object"));
        }
        let start = json.offset();
        match json.value()? {
            Value::Object(object) => Ok(object),
            _ => Err(Fault { kind: FaultKind::Expected("an object"), at: start }),
        }
    }

    fn item(&self) -> Item<'_> {
        Item::JsonObject(self)
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        let start = json.offset();
        let read = Self::read_lenient(json)?;
        without_leftover(start, "a list without odd elements", read)
    }

    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        let mut members = json.list()?;
        let (mut list, mut odd) = (Self::new(), JsonObject::new());
        while json.next_element(&mut members)? {
            match json.attempt(T::read)? {
                Ok(element) => list.push(element),
                Err(value) => {
                    odd.insert((list.len() + odd.len()).to_string(), value);
                }
            }
        }
        Ok((list, some(odd)))
    }

    fn item(&self) -> Item<'_> {
        Item::List(self)
    }
}

impl<K: Key, V: Json> Json for BTreeMap<K, V> {
    fn read(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        let start = json.offset();
        let read = Self::read_lenient(json)?;
        without_leftover(start, "a map without odd entries", read)
    }

    fn read_lenient(json: &mut Cursor<'_>) -> Result<(Self, Option<Value>), Fault> {
        let mut members = json.object()?;
        let (mut map, mut odd) = (Self::new(), JsonObject::new());
        while let Some(key) = json.next_key(&mut members)? {
            if !K::accepts(&key) {
                odd.insert(key.into_owned(), json.value()?);
                continue;
            }
            let read = json.attempt(V::read_lenient)?;
            if !odd.is_empty() {
                odd.remove(&*key);
            }
            match read {
                Ok((value, leftover)) => {
                    if let Some(leftover) = leftover {
                        odd.insert(key.to_string(), leftover);
                    }
                    map.insert(K::from(key.into_owned()), value);
                }
                Err(value) => {
                    map.remove(&K::from(key.to_string()));
                    odd.insert(key.into_owned(), value);
                }
            }
        }
        Ok((map, some(odd)))
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
