//! JSON that `serde_json::Value` cannot represent. It is kept as text in a `Value`.
//!
//! A kept value is an object with one member: the key [`KEPT`], with the text as a string. A kept key is a string that starts
//! with `KEPT`, followed by the key with escapes. A key in JSON that starts with `KEPT` is kept as well, so no input contains a
//! kept value, and the conversion is reversible.

use std::borrow::Cow;
use std::fmt::Write;

use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

use super::escape::code_units;
use super::parse_error::ParseError;
use super::read::object_of;

/// The mark of kept values and keys.
const KEPT: &str = "$matrix_events::text";

/// The number of characters up to which a number without an exponent has the same digits as an `f64`.
const EXACT: usize = 16;

/// Returns the JSON text of a value that [`Value`] cannot represent, or `None` for another value.
///
/// These are numbers without an equal `i64`, `u64` or `f64`, strings with lone surrogates, and arrays and objects below 127
/// levels. Deserialization keeps each as an object with one member. Serialization with this crate, or of a type of this crate
/// with `serde_json`, writes the text.
///
/// ```
/// use matrix_events::AnySyncTimelineEvent;
///
/// let json = r#"{"type":"org.example.measurement","content":{"mass":1e400}}"#;
/// let event: AnySyncTimelineEvent = matrix_events::from_str(json)?;
/// let content = event.content_json();
/// assert_eq!(matrix_events::kept_text(&content["mass"]), Some("1e400"));
/// assert_eq!(matrix_events::kept_text(&content), None);
/// assert_eq!(matrix_events::to_string(&content), r#"{"mass":1e400}"#);
/// # Ok::<(), matrix_events::Error>(())
/// ```
pub fn kept_text(value: &Value) -> Option<&str> {
    kept_in(value.as_object()?)
}

/// Returns the text of a string, in which U+FFFD replaces each lone surrogate. Returns `None` for any other value.
pub fn lossy_text(value: &Value) -> Option<Cow<'_, str>> {
    if let Value::String(text) = value {
        return Some(Cow::Borrowed(text));
    }
    let text = kept_text(value)?.strip_prefix('"')?.strip_suffix('"')?;
    let characters = char::decode_utf16(code_units(text));
    Some(characters.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// Returns the text of a kept value, if the members are those of a kept value.
pub(super) fn kept_in(members: &Map<String, Value>) -> Option<&str> {
    if members.len() != 1 {
        return None;
    }
    let text = members.get(KEPT)?.as_str()?;
    // A program can create a value with other text.
    is_json(text).then_some(text)
}

/// Returns `true` if the members are those of a kept value.
pub(crate) fn is_kept(members: &Map<String, Value>) -> bool {
    kept_in(members).is_some()
}

/// Creates a kept value. The text is JSON.
pub(super) fn kept(text: &str) -> Value {
    Value::Object(object_of(KEPT, text))
}

/// Returns `true` for a kept key, and for the key of a kept value.
#[inline]
pub(super) fn is_kept_key(key: &str) -> bool {
    key.starts_with(KEPT)
}

/// Returns `true` if an object has a kept key, or is a kept value.
pub(super) fn has_kept_key(members: &Map<String, Value>) -> bool {
    members.keys().any(|key| is_kept_key(key))
}

/// Returns the text of a kept key, with escapes and without quotes.
pub(super) fn kept_key_text(key: &str) -> Option<&str> {
    let text = key.strip_prefix(KEPT).filter(|text| !text.is_empty())?;
    is_json(&format!("\"{text}\"")).then_some(text)
}

/// Creates a kept key from the text between the quotes, which has valid escapes. Equal keys have equal kept keys.
#[cold]
pub(super) fn kept_key(text: &str) -> String {
    let mut key = KEPT.to_owned();
    for character in char::decode_utf16(code_units(text)) {
        // Writing to a `String` never fails.
        let _ = match character {
            Ok(character @ ('"' | '\\' | '\0'..='\x1f')) => write!(key, "\\u{:04x}", u32::from(character)),
            Ok(character) => key.write_char(character),
            Err(lone) => write!(key, "\\u{:04x}", lone.unpaired_surrogate()),
        };
    }
    key
}

/// Returns `true` if a text is JSON by the grammar of RFC 8259.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}

/// Checks that a text at an offset is JSON, without recursion.
pub(super) fn check(text: &str, offset: usize) -> Result<(), ParseError> {
    serde_json::from_str::<&RawValue>(text).map(drop).map_err(|error| {
        let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        ParseError::syntax("invalid value", offset + before + error.column().saturating_sub(1))
    })
}

/// Returns `true` if a number is equal to its text.
#[inline]
pub(super) fn is_exact(text: &str, number: &Number) -> bool {
    let is_short = text.len() <= EXACT && !text.bytes().any(|byte| matches!(byte, b'e' | b'E'));
    is_short || Decimal::new(text) == Decimal::new(&number.to_string())
}

/// A number as its digits and an exponent, for comparison.
#[derive(PartialEq)]
struct Decimal {
    is_negative: bool,
    /// The digits without zeros at the start and at the end.
    digits: String,
    /// The power of ten of the digit after the last, or `None` if it is out of range. It is 0 without digits.
    exponent: Option<i64>,
}

impl Decimal {
    fn new(text: &str) -> Self {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{integer}{fraction}");
        let significant = digits.trim_end_matches('0');
        let shift = i64::try_from(digits.len() - significant.len() + integer.len()).ok();
        let shift = shift.zip(i64::try_from(digits.len()).ok()).map(|(point, length)| point - length);
        let exponent =
            exponent.parse().ok().zip(shift).and_then(|(exponent, shift): (i64, _)| exponent.checked_add(shift));
        let digits = significant.trim_start_matches('0').to_owned();
        let exponent = if digits.is_empty() { Some(0) } else { exponent };
        Self { is_negative, digits, exponent }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Number;

    use super::{is_exact, kept_key, kept_key_text};

    #[test]
    fn number_is_exact_if_its_shortest_form_is_equal() {
        let is_exact = |text: &str| is_exact(text, &serde_json::from_str::<Number>(text).expect("a number"));
        for text in [
            "0",
            "-0",
            "1.50",
            "100e-2",
            "1E2",
            "0e999999999999999999999",
            "123456789012345.6",
            "1e22",
            "100000000000000000000000",
            "5e-324",
            "0.000000000000000000000000000001",
            "-1.0e+3",
            "1.7976931348623157e308",
            "2.2250738585072014e-308",
            "0.10000000000000000000000000",
        ] {
            assert!(is_exact(text), "{text}");
        }
        // With the feature `arbitrary_precision` of serde_json, a `Number` keeps its digits.
        if Number::from_f64(0.1) == serde_json::from_str("0.1000000000000000055511151231257827").ok() {
            for text in [
                "18446744073709551616",
                "18446744073709551617",
                "0.1000000000000000055511151231257827",
                "4e-324",
                "1e-400",
                "-1e-400",
            ] {
                assert!(!is_exact(text), "{text}");
            }
        }
    }

    #[test]
    fn equal_keys_have_equal_kept_keys() {
        let key = kept_key(r"\uD800a\ud83d\ude00\n\/");
        assert_eq!(key, kept_key("\\ud800\\u0061\u{1f600}\\u000a/"));
        assert_eq!(kept_key_text(&key), Some("\\ud800a\u{1f600}\\u000a/"));
        assert_eq!(kept_key_text("$matrix_events::text\",\""), None);
    }
}
