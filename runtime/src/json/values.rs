//! Deserialization and serialization of basic types: strings, numbers, lists, maps and nullable values.

use serde_json::Value;

use super::cursor::{Cursor, JsonType};
use super::map::Map;
use super::parse_error::ParseError;
use super::read::{boxed, FromToJson, JsonObject, MapKey};
use super::write::JsonRef;

impl FromToJson for String {
    #[inline]
    fn placeholder() -> Self {
        Self::new()
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        *self = json.owned_string()?;
        Ok(None)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::String(self)
    }
}

impl FromToJson for bool {
    #[inline]
    fn placeholder() -> Self {
        false
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        *self = json.boolean()?;
        Ok(None)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::Boolean(*self)
    }
}

impl FromToJson for Value {
    #[inline]
    fn placeholder() -> Self {
        Value::Null
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        *self = json.value()?;
        Ok(None)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::Value(self)
    }
}

impl FromToJson for JsonObject {
    #[inline]
    fn placeholder() -> Self {
        Self::new()
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        *self = json.map()?;
        Ok(None)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::JsonObject(self)
    }
}

impl<T: FromToJson> FromToJson for Vec<T> {
    #[inline]
    fn placeholder() -> Self {
        Self::new()
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        self.clear();
        json.each_element(self)
    }

    /// Deserializes an array as a whole. The error is that of the first invalid element.
    fn parse(json: &mut Cursor<'_>) -> Result<Self, ParseError> {
        let mut members = json.list()?;
        let mut list = Self::new();
        while json.next_element(&mut members)? {
            list.push(T::parse(json)?);
        }
        Ok(list)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::List(self)
    }
}

impl<K: MapKey, V: FromToJson> FromToJson for Map<K, V> {
    #[inline]
    fn placeholder() -> Self {
        Self::new()
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        self.clear();
        json.each_entry(self)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::Map(self)
    }
}

impl<T: FromToJson> FromToJson for Box<T> {
    #[inline]
    fn placeholder() -> Self {
        boxed()
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        (**self).parse_into(json)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        (**self).json_ref()
    }
}

/// A value that can be `null`, as a required field, an element of a list or an entry of a map.
///
/// An optional field that can be `null` is an `Option`. A `null` deserializes as `None`, and `extra` contains the `null`:
///
/// ```
/// use matrix_events::{identity_server::IdentityServerEventContent, Nullable};
///
/// let mut content: IdentityServerEventContent = serde_json::from_str(r#"{"base_url": null}"#)?;
/// assert_eq!(content.base_url, None);
/// assert_eq!(serde_json::to_string(&content)?, r#"{"base_url":null}"#);
///
/// content.base_url = Some("https://id.example.org".to_owned());
/// assert_eq!(serde_json::to_string(&content)?, r#"{"base_url":"https://id.example.org"}"#);
///
/// let element = Nullable::from("a value");
/// assert_eq!(element.value(), Some(&"a value"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The value `null`.
    Null,
    /// A value that is not `null`.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns the value, or `None` for `null`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Converts to the value, or to `None` for `null`.
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

impl<T: FromToJson> FromToJson for Nullable<T> {
    #[inline]
    fn placeholder() -> Self {
        Self::Null
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        if json.json_type()? == JsonType::Null {
            json.null()?;
            *self = Self::Null;
            return Ok(None);
        }
        let mut value = T::placeholder();
        let unparsed = value.parse_into(json)?;
        *self = Self::Value(value);
        Ok(unparsed)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        match self {
            Self::Null => JsonRef::Null,
            Self::Value(value) => value.json_ref(),
        }
    }
}
