//! Types that accept two JSON types for historical reasons. They serialize as they were deserialized.

use std::fmt;

use serde_json::{Number, Value};

use super::cursor::{Cursor, JsonType};
use super::number::{as_integer, integer_in};
use super::parse_error::ParseError;
use super::read::FromToJson;
use super::write::JsonRef;

/// An integer, or a string that contains an integer, such as a power level in room versions 1 to 9.
///
/// ```
/// use matrix_events::IntOrString;
///
/// let level: IntOrString = serde_json::from_str(r#""50""#)?;
/// assert_eq!(level, 50);
/// assert!(level.is_string());
/// assert_eq!(serde_json::to_string(&level)?, r#""50""#);
/// assert_eq!(serde_json::to_string(&IntOrString::from(50))?, "50");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct IntOrString {
    value: i64,
    original: Original,
}

#[derive(Clone)]
enum Original {
    Integer,
    Number(Number),
    Text(Box<str>),
}

impl IntOrString {
    /// Returns the integer.
    pub fn get(&self) -> i64 {
        self.value
    }

    /// Returns `true` if the JSON value is a string.
    pub fn is_string(&self) -> bool {
        matches!(self.original, Original::Text(_))
    }
}

impl From<i64> for IntOrString {
    fn from(value: i64) -> Self {
        Self { value, original: Original::Integer }
    }
}

impl From<IntOrString> for i64 {
    fn from(integer: IntOrString) -> Self {
        integer.value
    }
}

impl PartialEq for IntOrString {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for IntOrString {}

impl PartialOrd for IntOrString {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for IntOrString {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl PartialEq<i64> for IntOrString {
    fn eq(&self, other: &i64) -> bool {
        self.value == *other
    }
}

impl PartialOrd<i64> for IntOrString {
    fn partial_cmp(&self, other: &i64) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(other)
    }
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl fmt::Debug for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl FromToJson for IntOrString {
    #[inline]
    fn placeholder() -> Self {
        Self::from(0)
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        *self = Self::from_json(json)?;
        Ok(None)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        match &self.original {
            Original::Integer => JsonRef::Integer(self.value),
            Original::Number(number) => JsonRef::Number(number),
            Original::Text(text) => JsonRef::String(text),
        }
    }
}

impl IntOrString {
    fn from_json(json: &mut Cursor<'_>) -> Result<Self, ParseError> {
        let error = json.expected("an integer or a string that contains an integer");
        if json.json_type()? == JsonType::String {
            let text = json.string()?;
            let value = integer_in(&text).ok_or(error)?;
            return Ok(Self { value, original: Original::Text(text.into()) });
        }
        if json.json_type()? != JsonType::Number {
            return Err(error);
        }
        let mut ahead = json.clone();
        if let Ok(value) = ahead.integer() {
            *json = ahead;
            return Ok(value.into());
        }
        match json.value()? {
            Value::Number(number) => {
                let value = as_integer(&number).ok_or(error)?;
                Ok(Self { value, original: Original::Number(number) })
            }
            _ => Err(error),
        }
    }
}

/// A string or an integer, such as the `version` of a call, which is the integer `0` in version 0.
///
/// ```
/// use matrix_events::StringOrInt;
///
/// let version: StringOrInt = serde_json::from_str("0")?;
/// assert_eq!(version, "0");
/// assert_eq!(serde_json::to_string(&version)?, "0");
/// assert_eq!(serde_json::to_string(&StringOrInt::from("0"))?, r#""0""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct StringOrInt {
    text: Box<str>,
    integer: Option<i64>,
}

impl StringOrInt {
    /// Returns the string, or the integer in decimal.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns `true` if the JSON value is an integer.
    pub fn is_integer(&self) -> bool {
        self.integer.is_some()
    }
}

impl From<&str> for StringOrInt {
    fn from(text: &str) -> Self {
        Self { text: text.into(), integer: None }
    }
}

impl From<String> for StringOrInt {
    fn from(text: String) -> Self {
        Self { text: text.into(), integer: None }
    }
}

impl From<i64> for StringOrInt {
    fn from(integer: i64) -> Self {
        Self { text: integer.to_string().into(), integer: Some(integer) }
    }
}

impl PartialEq<str> for StringOrInt {
    fn eq(&self, other: &str) -> bool {
        *self.text == *other
    }
}

impl PartialEq<&str> for StringOrInt {
    fn eq(&self, other: &&str) -> bool {
        *self.text == **other
    }
}

impl fmt::Display for StringOrInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl fmt::Debug for StringOrInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl FromToJson for StringOrInt {
    #[inline]
    fn placeholder() -> Self {
        Self::from("")
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        *self = match json.json_type()? {
            JsonType::String => Self { text: json.string()?.into(), integer: None },
            JsonType::Number => {
                let mut integer = 0_i64;
                let unparsed = integer.parse_into(json)?;
                *self = integer.into();
                return Ok(unparsed);
            }
            _ => return Err(json.expected("a string or an integer")),
        };
        Ok(None)
    }

    fn json_ref(&self) -> JsonRef<'_> {
        match self.integer {
            Some(integer) => JsonRef::Integer(integer),
            None => JsonRef::String(&self.text),
        }
    }
}

crate::__private::json!(IntOrString, StringOrInt);
