//! [Canonical JSON](https://spec.matrix.org/latest/appendices/#canonical-json), the form of JSON that servers hash and sign.
//!
//! Canonical JSON has no white space, and the members of objects are in the order of the code points of their keys. Numbers are
//! integers from −(2^53 − 1) to 2^53 − 1, without a fraction, an exponent or a negative zero.
//!
//! ```
//! use matrix_events::canonical_json;
//! use serde_json::json;
//!
//! assert_eq!(canonical_json::to_string(&json!({"b": 1, "a": ["é"]}))?, r#"{"a":["é"],"b":1}"#);
//! assert_eq!(canonical_json::canonicalize(r#"{ "b": 1e3, "a": -0 }"#)?, r#"{"a":0,"b":1000}"#);
//!
//! let error = canonical_json::to_string(&json!({"content": {"height": 1.5}})).unwrap_err();
//! assert_eq!(error.pointer(), "/content/height");
//! assert_eq!(error.to_string(), "expected an integer from -(2^53 - 1) to 2^53 - 1 (canonical JSON), found 1.5 at /content/height");
//! # Ok::<(), canonical_json::CanonicalJsonError>(())
//! ```

use std::fmt;

use serde_json::Number;

use crate::json::{canonical, from_str, printable, Error, FromToJson, JsonObject, Numbers};
use crate::redaction::redact;
use crate::room_version_rules::RoomVersionRules;

/// The largest integer.
const MAX_INTEGER: u64 = (1 << 53) - 1;

/// The description of the valid numbers.
pub(crate) const INTEGER: &str = "an integer from -(2^53 - 1) to 2^53 - 1";

/// The members of an object that its signatures do not cover.
const NOT_SIGNED: [&str; 2] = ["signatures", "unsigned"];

/// The error of a value that has no canonical JSON, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalJsonError {
    reason: CanonicalJsonErrorReason,
    pointer: String,
}

/// The reason why a value has no canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CanonicalJsonErrorReason {
    /// The text is not JSON.
    Syntax(Error),
    /// A number is not an integer from −(2^53 − 1) to 2^53 − 1. The string is the number.
    Number(String),
    /// A string or a key has a lone surrogate, which UTF-8 cannot represent.
    LoneSurrogate,
    /// The value has more than 127 levels of arrays and objects.
    Depth,
}

impl CanonicalJsonError {
    pub(crate) fn new(reason: CanonicalJsonErrorReason, pointer: String) -> Self {
        Self { reason, pointer }
    }

    fn syntax(error: Error) -> Self {
        let pointer = error.pointer().to_owned();
        Self { reason: CanonicalJsonErrorReason::Syntax(error), pointer }
    }

    /// Returns the reason.
    pub fn reason(&self) -> &CanonicalJsonErrorReason {
        &self.reason
    }

    /// Returns the JSON pointer (RFC 6901) of the value.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

impl fmt::Display for CanonicalJsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            CanonicalJsonErrorReason::Syntax(error) => return error.fmt(f),
            CanonicalJsonErrorReason::Number(number) => {
                write!(f, "expected {INTEGER} (canonical JSON), found {number}")?;
            }
            CanonicalJsonErrorReason::LoneSurrogate => f.write_str("unsupported JSON: lone surrogate in a string")?,
            CanonicalJsonErrorReason::Depth => f.write_str("unsupported JSON: nesting of more than 127 levels")?,
        }
        match self.pointer.as_str() {
            "" => Ok(()),
            pointer => write!(f, " at {}", printable(pointer)),
        }
    }
}

impl std::error::Error for CanonicalJsonError {}

/// Serializes a value as canonical JSON.
///
/// The value is a type of this crate, a [`JsonObject`] or a `serde_json::Value`. A number such as `1e3`, `2.0` or `-0` that is equal
/// to an integer is serialized as this integer.
///
/// ```
/// use matrix_events::canonical_json;
/// use matrix_events::room::name::RoomNameEventContent;
///
/// assert_eq!(canonical_json::to_string(&RoomNameEventContent::new("Lobby"))?, r#"{"name":"Lobby"}"#);
/// # Ok::<(), canonical_json::CanonicalJsonError>(())
/// ```
///
/// # Errors
///
/// Returns an error if a number is not equal to an integer from −(2^53 − 1) to 2^53 − 1. A lone surrogate and more than 127 levels
/// are errors too.
#[inline]
pub fn to_string<T: FromToJson>(value: &T) -> Result<String, CanonicalJsonError> {
    canonical(value.json_ref(), &[], Numbers::EqualToInteger)
}

/// Converts a JSON text to canonical JSON. If a key is repeated, the last value counts.
///
/// # Errors
///
/// Returns an error if the text is not JSON, or for the reasons that [`to_string`] lists.
#[inline]
pub fn canonicalize(text: &str) -> Result<String, CanonicalJsonError> {
    converted(text, Numbers::EqualToInteger)
}

/// Checks that a JSON text has canonical JSON without a change of its numbers. White space and the order of keys are not checked.
///
/// A server does this check for the events of rooms with
/// [`strict_canonical_json`](crate::room_version_rules::AuthorizationRules::strict_canonical_json). The validators report the same
/// numbers from `Level::Strict` on.
///
/// ```
/// use matrix_events::canonical_json;
///
/// assert!(canonical_json::check(r#"{ "b": 1, "a": 2 }"#).is_ok());
/// for number in ["1.0", "1e3", "-0", "9007199254740992"] {
///     let error = canonical_json::check(&format!(r#"{{"depth": {number}}}"#)).unwrap_err();
///     assert_eq!(error.pointer(), "/depth");
/// }
/// ```
///
/// # Errors
///
/// Returns an error if the text is not JSON, or if a number is not written as an integer from −(2^53 − 1) to 2^53 − 1. A lone
/// surrogate and more than 127 levels are errors too. The first error in the order of keys is returned.
#[inline]
pub fn check(text: &str) -> Result<(), CanonicalJsonError> {
    converted(text, Numbers::Integer).map(drop)
}

/// Returns `true` if a text is canonical JSON.
///
/// ```
/// use matrix_events::canonical_json::is_canonical;
///
/// assert!(is_canonical(r#"{"a":1,"b":2}"#));
/// assert!(!is_canonical(r#"{"b":2,"a":1}"#));
/// assert!(!is_canonical(r#"{"a": 1}"#));
/// ```
#[must_use]
#[inline]
pub fn is_canonical(text: &str) -> bool {
    converted(text, Numbers::Integer).is_ok_and(|canonical| canonical == text)
}

/// Returns the text that the [signatures](https://spec.matrix.org/latest/appendices/#signing-details) of an object sign: canonical
/// JSON without `signatures` and `unsigned`.
///
/// ```
/// use matrix_events::canonical_json::to_string_for_signing;
/// use matrix_events::JsonObject;
///
/// let object: JsonObject = matrix_events::from_str(r#"{"two": 2, "one": 1, "signatures": {}, "unsigned": {"age": 5}}"#)?;
/// assert_eq!(to_string_for_signing(&object)?, r#"{"one":1,"two":2}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns an error for the reasons that [`to_string`] lists.
#[inline]
pub fn to_string_for_signing(object: &JsonObject) -> Result<String, CanonicalJsonError> {
    canonical(object.json_ref(), &NOT_SIGNED, Numbers::EqualToInteger)
}

/// Returns the text that the
/// [signatures of an event](https://spec.matrix.org/latest/server-server-api/#signing-events) sign: canonical JSON of the redacted
/// event without `signatures` and `unsigned`. The event must have its content hash.
///
/// ```
/// use matrix_events::canonical_json::event_to_string_for_signing;
/// use matrix_events::room_version_rules::RoomVersionRules;
/// use matrix_events::JsonObject;
///
/// let event: JsonObject = matrix_events::from_str(r#"{"type": "m.room.message", "content": {"body": "Hi"}, "depth": 3}"#)?;
/// let signed = event_to_string_for_signing(&event, &RoomVersionRules::V12)?;
/// assert_eq!(signed, r#"{"content":{},"depth":3,"type":"m.room.message"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns an error for the reasons that [`to_string`] lists. Without
/// [`strict_canonical_json`](crate::room_version_rules::AuthorizationRules::strict_canonical_json), integers have no limit.
#[inline]
pub fn event_to_string_for_signing(event: &JsonObject, rules: &RoomVersionRules) -> Result<String, CanonicalJsonError> {
    let is_signed = |key: &str| rules.redaction.keeps_event_key(key) && !NOT_SIGNED.contains(&key);
    let members = event.iter().filter(|(key, _)| is_signed(key));
    let mut redacted: JsonObject = members.map(|(key, value)| (key.clone(), value.clone())).collect();
    redact(&mut redacted, &rules.redaction, None);
    canonical(redacted.json_ref(), &[], Numbers::of(rules))
}

/// Serializes an event without some of its members as canonical JSON, by the rules of its room version.
#[cfg(feature = "hash")]
#[inline]
pub(crate) fn without(
    event: &JsonObject,
    members: &[&str],
    rules: &RoomVersionRules,
) -> Result<String, CanonicalJsonError> {
    canonical(event.json_ref(), members, Numbers::of(rules))
}

#[inline]
fn converted(text: &str, numbers: Numbers) -> Result<String, CanonicalJsonError> {
    let value: serde_json::Value = from_str(text).map_err(CanonicalJsonError::syntax)?;
    canonical(value.json_ref(), &[], numbers)
}

/// Returns the integer that is equal to a number in canonical JSON.
pub(crate) fn canonical_integer(number: &Number) -> Option<i64> {
    let integer = number.as_i64().filter(|integer| is_in_range(*integer))?;
    // With the feature `arbitrary_precision` of serde_json, `-0` is an integer.
    (integer != 0 || number.to_string() == "0").then_some(integer)
}

pub(crate) fn is_in_range(integer: i64) -> bool {
    integer.unsigned_abs() <= MAX_INTEGER
}

impl Numbers {
    /// Returns the numbers of events by the rules of a room version.
    #[inline]
    fn of(rules: &RoomVersionRules) -> Self {
        match rules.authorization.strict_canonical_json {
            true => Self::EqualToInteger,
            false => Self::AnyInteger,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{json, Value};

    use super::*;

    /// The examples of the specification: <https://spec.matrix.org/v1.19/appendices/#examples>.
    #[test]
    fn examples_of_the_specification_have_their_canonical_json() {
        for (text, expected) in [
            ("{}", "{}"),
            (r#"{ "one": 1, "two": "Two" }"#, r#"{"one":1,"two":"Two"}"#),
            (r#"{ "b": "2", "a": "1" }"#, r#"{"a":"1","b":"2"}"#),
            (r#"{"b":"2","a":"1"}"#, r#"{"a":"1","b":"2"}"#),
            (
                r#"{"auth": {"success": true, "mxid": "@john.doe:example.com", "profile": {"display_name": "John Doe",
                    "three_pids": [{"medium": "email", "address": "john.doe@example.org"},
                        {"medium": "msisdn", "address": "123456789"}]}}}"#,
                r#"{"auth":{"mxid":"@john.doe:example.com","profile":{"display_name":"John Doe","three_pids":[{"address":"john.doe@example.org","medium":"email"},{"address":"123456789","medium":"msisdn"}]},"success":true}}"#,
            ),
            (r#"{"a": "日本語"}"#, r#"{"a":"日本語"}"#),
            (r#"{"本": 2, "日": 1}"#, r#"{"日":1,"本":2}"#),
            (r#"{"a": "\u65E5"}"#, r#"{"a":"日"}"#),
            (r#"{"a": null}"#, r#"{"a":null}"#),
            (r#"{"a": -0, "b": 1e10}"#, r#"{"a":0,"b":10000000000}"#),
        ] {
            assert_eq!(canonicalize(text).as_deref(), Ok(expected), "{text}");
            assert!(is_canonical(expected), "{expected}");
            let value: Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(to_string(&value).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn strings_have_the_shortest_escapes() {
        let text = "\u{0}\u{1f}\u{8}\t\n\u{c}\r\"\\/\u{7f}\u{2028}é\u{10ffff}";
        let expected = "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u{7f}\u{2028}é\u{10ffff}\"";
        assert_eq!(to_string(&json!(text)).as_deref(), Ok(expected));
    }

    /// The order of UTF-16 code units, in which JavaScript sorts, differs.
    #[test]
    fn keys_are_sorted_by_code_points() {
        let text = "{\"\u{ff61}\":1,\"\u{1f600}\":2,\"\":3,\"aa\":4,\"a\":5,\"A\":6,\"\\u0000\":7}";
        let expected = "{\"\":3,\"\\u0000\":7,\"A\":6,\"a\":5,\"aa\":4,\"\u{ff61}\":1,\"\u{1f600}\":2}";
        assert_eq!(canonicalize(text).as_deref(), Ok(expected));
    }

    #[test]
    fn keys_with_the_mark_of_kept_values_are_sorted_and_written_as_they_are() {
        let text =
            r#"{"$z":1,"$matrix_events::text":"1","$matrix_events::textile":"2","$a":{"$matrix_events::text":"1"}}"#;
        let expected =
            r#"{"$a":{"$matrix_events::text":"1"},"$matrix_events::text":"1","$matrix_events::textile":"2","$z":1}"#;
        assert_eq!(canonicalize(text).as_deref(), Ok(expected));
    }

    #[test]
    fn numbers_are_integers_in_the_range() {
        for (text, written, is_written_so) in [
            ("0", Some("0"), true),
            ("-1", Some("-1"), true),
            ("9007199254740991", Some("9007199254740991"), true),
            ("-9007199254740991", Some("-9007199254740991"), true),
            ("-0", Some("0"), false),
            ("0.0", Some("0"), false),
            ("-0e5", Some("0"), false),
            ("25e-1", None, false),
            ("250e-1", Some("25"), false),
            ("9007199254740991.0", Some("9007199254740991"), false),
            ("9007199254740990.5", None, false),
            ("9007199254740992", None, false),
            ("-9007199254740992", None, false),
            ("9007199254740993", None, false),
            ("18446744073709551616", None, false),
            ("1e400", None, false),
            ("1e-400", None, false),
            ("0.5", None, false),
        ] {
            let json = format!(r#"{{"a":[{text}]}}"#);
            let error =
                |found: String| CanonicalJsonError::new(CanonicalJsonErrorReason::Number(found), "/a/0".to_owned());
            let found = canonicalize(&json);
            match written {
                Some(written) => assert_eq!(found, Ok(format!(r#"{{"a":[{written}]}}"#)), "{text}"),
                None => assert_eq!(found.map_err(|found| found.pointer), Err(error(String::new()).pointer), "{text}"),
            }
            assert_eq!(check(&json).is_ok(), is_written_so, "{text}");
        }
    }

    #[test]
    fn events_of_old_rooms_have_integers_of_any_size() {
        let event: JsonObject =
            from_str(r#"{"depth":9223372036854775807,"origin_server_ts":18446744073709551617,"type":"a"}"#).unwrap();
        let text = event_to_string_for_signing(&event, &RoomVersionRules::V5);
        assert_eq!(
            text.as_deref(),
            Ok(r#"{"depth":9223372036854775807,"origin_server_ts":18446744073709551617,"type":"a"}"#)
        );
        assert_eq!(event_to_string_for_signing(&event, &RoomVersionRules::V6).unwrap_err().pointer(), "/depth");
        let event: JsonObject = from_str(r#"{"depth":1.5}"#).unwrap();
        assert!(event_to_string_for_signing(&event, &RoomVersionRules::V5).is_err());
    }

    #[test]
    fn values_without_canonical_json_are_errors_with_their_places() {
        let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(500), "]".repeat(500));
        for (text, reason, depth) in [
            (r#"{"a/b":{"c":"\ud800"}}"#, CanonicalJsonErrorReason::LoneSurrogate, 2),
            (r#"{"a/b":{"\ud800":1}}"#, CanonicalJsonErrorReason::LoneSurrogate, 1),
            (&deep, CanonicalJsonErrorReason::Depth, 127),
        ] {
            let error = canonicalize(text).unwrap_err();
            assert_eq!(*error.reason(), reason, "{text}");
            assert_eq!(error.pointer().matches('/').count(), depth, "{error}");
        }
        for text in ["", "{", "{\"a\":}", "[1,]", "{} {}", "\"\u{1}\""] {
            assert!(matches!(canonicalize(text).unwrap_err().reason(), CanonicalJsonErrorReason::Syntax(_)), "{text}");
        }
    }
}
