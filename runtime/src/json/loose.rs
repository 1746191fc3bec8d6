//! Values that the specification wants in one JSON type and history has in two: read from both, written as they were read.

use std::fmt;

use serde_json::{Number, Value};

use super::cursor::{Cursor, JsonType};
use super::fault::Fault;
use super::read::Json;
use super::write::Item;

/// An integer that may stand in a string, as power levels do in rooms of versions 1 to 9.
///
/// ```
/// use matrix_events::LooseInteger;
///
/// let level: LooseInteger = serde_json::from_str(r#""50""#)?;
/// assert_eq!(level, 50);
/// assert_eq!(serde_json::to_string(&level)?, r#""50""#);
/// assert_eq!(serde_json::to_string(&LooseInteger::from(50))?, "50");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct LooseInteger {
    value: i64,
    spelling: Spelling,
}

#[derive(Clone)]
enum Spelling {
    Integer,
    Number(Number),
    Text(Box<str>),
}

impl LooseInteger {
    /// The integer.
    pub fn get(&self) -> i64 {
        self.value
    }
}

impl From<i64> for LooseInteger {
    fn from(value: i64) -> Self {
        Self { value, spelling: Spelling::Integer }
    }
}

impl From<LooseInteger> for i64 {
    fn from(loose: LooseInteger) -> Self {
        loose.value
    }
}

impl PartialEq for LooseInteger {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for LooseInteger {}

impl PartialOrd for LooseInteger {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for LooseInteger {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl PartialEq<i64> for LooseInteger {
    fn eq(&self, other: &i64) -> bool {
        self.value == *other
    }
}

impl PartialOrd<i64> for LooseInteger {
    fn partial_cmp(&self, other: &i64) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(other)
    }
}

impl fmt::Display for LooseInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl fmt::Debug for LooseInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// The largest whole number up to which an `f64` holds every one.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// The integer that a number is, however it is spelled.
pub(super) fn whole(number: &Number) -> Option<i64> {
    let value = number.as_f64().filter(|value| value.fract() == 0.0 && value.abs() <= EXACT)?;
    #[allow(clippy::cast_possible_truncation)]
    Some(value as i64)
}

impl Json for LooseInteger {
    fn blank() -> Self {
        Self::from(0)
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        *self = Self::from_json(json)?;
        Ok(None)
    }

    fn item(&self) -> Item<'_> {
        match &self.spelling {
            Spelling::Integer => Item::Integer(self.value),
            Spelling::Number(number) => Item::Number(number),
            Spelling::Text(text) => Item::String(text),
        }
    }
}

impl LooseInteger {
    fn from_json(json: &mut Cursor<'_>) -> Result<Self, Fault> {
        let fault = json.expected("an integer, or one in a string");
        if json.json_type()? == JsonType::String {
            let text = json.string()?;
            // Room versions 1 to 9 read such strings as Python does: white space around the digits, and a plus sign.
            let value = text.trim().parse().map_err(|_| fault)?;
            return Ok(Self { value, spelling: Spelling::Text(text.into()) });
        }
        if json.json_type()? != JsonType::Number {
            return Err(fault);
        }
        let mut ahead = json.clone();
        if let Ok(value) = ahead.integer() {
            *json = ahead;
            return Ok(value.into());
        }
        let number = json.number()?;
        match whole(&number) {
            Some(value) => Ok(Self { value, spelling: Spelling::Number(number) }),
            None => Err(fault),
        }
    }
}

/// A string in place of which an integer may stand, as in the `version` of calls, which was the integer `0` at first.
///
/// ```
/// use matrix_events::LooseString;
///
/// let version: LooseString = serde_json::from_str("0")?;
/// assert_eq!(version, "0");
/// assert_eq!(serde_json::to_string(&version)?, "0");
/// assert_eq!(serde_json::to_string(&LooseString::from("0"))?, r#""0""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LooseString {
    text: Box<str>,
    integer: Option<i64>,
}

impl LooseString {
    /// The text; the digits, if it is an integer.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it stands as an integer in the JSON.
    pub fn is_integer(&self) -> bool {
        self.integer.is_some()
    }
}

impl From<&str> for LooseString {
    fn from(text: &str) -> Self {
        Self { text: text.into(), integer: None }
    }
}

impl From<String> for LooseString {
    fn from(text: String) -> Self {
        Self { text: text.into(), integer: None }
    }
}

impl From<i64> for LooseString {
    fn from(integer: i64) -> Self {
        Self { text: integer.to_string().into(), integer: Some(integer) }
    }
}

impl PartialEq<str> for LooseString {
    fn eq(&self, other: &str) -> bool {
        *self.text == *other
    }
}

impl PartialEq<&str> for LooseString {
    fn eq(&self, other: &&str) -> bool {
        *self.text == **other
    }
}

impl fmt::Display for LooseString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl fmt::Debug for LooseString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl Json for LooseString {
    fn blank() -> Self {
        Self::from("")
    }

    fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        *self = match json.json_type()? {
            JsonType::String => Self { text: json.string()?.into(), integer: None },
            JsonType::Number => {
                let mut integer = 0_i64;
                let spelling = integer.read_into(json)?;
                *self = integer.into();
                return Ok(spelling);
            }
            _ => return Err(json.expected("a string, or an integer in its place")),
        };
        Ok(None)
    }

    fn item(&self) -> Item<'_> {
        match self.integer {
            Some(integer) => Item::Integer(integer),
            None => Item::String(&self.text),
        }
    }
}

crate::json!(LooseInteger, LooseString);
