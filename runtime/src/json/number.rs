//! Numbers, and the other forms in which events contain them.
//!
//! A number may be in a string, and an integer may have a fraction of zero. Such a form is the unparsed part of its field, and
//! is serialized unless the field was set to another number since.

use serde_json::{Number, Value};

use super::cursor::{Cursor, JsonType};
use super::kept::kept_text;
use super::parse_error::ParseError;
use super::read::FromToJson;
use super::write::JsonRef;

/// The largest integer up to which an `f64` is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns the integer that a number is equal to.
pub(super) fn as_integer(number: &Number) -> Option<i64> {
    let value = number.as_f64().filter(|value| value.fract() == 0.0 && value.abs() <= EXACT)?;
    #[allow(clippy::cast_possible_truncation)]
    Some(value as i64)
}

/// Returns the integer in a string. White space around the digits and a plus sign are valid, as in room versions 1 to 9.
pub(crate) fn integer_in(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// Returns the integer that a value contains, as a number or in a string.
pub(super) fn integer_of(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => as_integer(number),
        Value::String(text) => integer_in(text),
        _ => None,
    }
}

/// Returns the finite number that a value contains, as a number or in a string.
pub(super) fn float_of(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        // A string that is kept is in quotes, so it does not parse.
        kept => kept_text(kept)?.parse().ok(),
    }
    .filter(|value: &f64| value.is_finite())
}

/// Deserializes the next value if it is a number or a string.
fn number_or_string(json: &mut Cursor<'_>, error: ParseError) -> Result<Value, ParseError> {
    match json.json_type()? {
        JsonType::Number | JsonType::String => json.value(),
        _ => Err(error),
    }
}

impl FromToJson for i64 {
    #[inline]
    fn placeholder() -> Self {
        0
    }

    /// An integer may be `1.0` (JSON Schema 2020-12, section 4.2.3), or in a string. Such a form is returned as unparsed.
    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        let error = match json.integer() {
            Ok(value) => {
                *self = value;
                return Ok(None);
            }
            Err(error) => error,
        };
        let original = number_or_string(json, error)?;
        *self = integer_of(&original).ok_or(error)?;
        Ok(Some(original))
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::Integer(*self)
    }
}

impl FromToJson for f64 {
    #[inline]
    fn placeholder() -> Self {
        0.0
    }

    /// A number may be in a string. Each form but that of serialization is returned as unparsed.
    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        let error = json.expected("a number");
        let original = number_or_string(json, error)?;
        *self = float_of(&original).ok_or(error)?;
        Ok(Some(original).filter(|original| Number::from_f64(*self).as_ref() != original.as_number()))
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::Float(*self)
    }
}
