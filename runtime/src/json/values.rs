//! The values that JSON itself has, as types: strings, numbers, lists, maps, and what may be `null`.

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use super::cursor::{Cursor, JsonType};
use super::fault::Fault;
use super::int_or_string::whole;
use super::read::{boxed, Json, JsonObject, Key};
use super::write::Item;

impl Json for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        *self = json.string()?.into_owned();
        Ok(None)
    }

    fn item(&self) -> Item<'_> {
        Item::String(self)
    }
}

impl Json for bool {
    fn blank() -> Self {
        false
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        *self = json.boolean()?;
        Ok(None)
    }

    fn item(&self) -> Item<'_> {
        Item::Boolean(*self)
    }
}

impl Json for i64 {
    fn blank() -> Self {
        0
    }

    /// An integer may be written `1.0` (JSON Schema 2020-12, section 4.2.3). That form is returned as unparsed.
    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        let mark = json.mark();
        match json.integer() {
            Ok(value) => {
                *self = value;
                Ok(None)
            }
            Err(fault) => match json.as_it_is(mark, fault)? {
                Value::Number(number) => {
                    *self = whole(&number).ok_or(fault)?;
                    Ok(Some(Value::Number(number)))
                }
                _ => Err(fault),
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

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        *self = json.number()?;
        Ok(None)
    }

    fn item(&self) -> Item<'_> {
        Item::Number(self)
    }
}

impl Json for Value {
    fn blank() -> Self {
        Value::Null
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        *self = json.value()?;
        Ok(None)
    }

    fn item(&self) -> Item<'_> {
        Item::Value(self)
    }
}

impl Json for JsonObject {
    fn blank() -> Self {
        Self::new()
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        *self = json.map()?;
        Ok(None)
    }

    fn item(&self) -> Item<'_> {
        Item::JsonObject(self)
    }
}

impl<T: Json> Json for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        self.clear();
        json.each_element(self)
    }

    fn item(&self) -> Item<'_> {
        Item::List(self)
    }
}

impl<K: Key, V: Json> Json for BTreeMap<K, V> {
    fn blank() -> Self {
        Self::new()
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        self.clear();
        json.each_entry(self)
    }

    fn item(&self) -> Item<'_> {
        Item::Map(self)
    }
}

impl<T: Json> Json for Box<T> {
    fn blank() -> Self {
        boxed()
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        (**self).read_into(json)
    }

    fn reset(&mut self) {
        (**self).reset();
    }

    fn item(&self) -> Item<'_> {
        (**self).item()
    }
}

/// A value that may be `null`. A field of the type `Option<Nullable<T>>` distinguishes `null` from an absent value.
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

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        if json.json_type()? == JsonType::Null {
            json.null()?;
            *self = Self::Null;
            return Ok(None);
        }
        let mut value = T::blank();
        let unparsed = value.read_into(json)?;
        *self = Self::Value(value);
        Ok(unparsed)
    }

    fn item(&self) -> Item<'_> {
        match self {
            Self::Null => Item::Null,
            Self::Value(value) => value.item(),
        }
    }
}
