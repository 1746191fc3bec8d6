//! The values of optional fields that failed to deserialize.

use std::convert::Infallible;
use std::fmt;

use serde_json::Value;

use super::object::ObjectFields;
use super::pointer::{escaped, printable};
use super::text::to_string;
use super::write::{each_element, each_entry, each_member, JsonRef, Name, Written};

/// A value that failed to deserialize into its optional field. The event keeps and serializes the value.
///
/// ```
/// use matrix_events::AnyStateEvent;
///
/// let event: AnyStateEvent = matrix_events::from_str(
///     r#"{"type": "m.room.member", "state_key": "@mira:example.org", "content": {"membership": "join", "displayname": 7}}"#,
/// )?;
/// let invalid = event.invalid_fields();
/// assert_eq!((invalid[0].pointer.as_str(), &invalid[0].value), ("/content/displayname", &7.into()));
/// assert_eq!(invalid[0].to_string(), "/content/displayname: invalid value 7");
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidField {
    /// The JSON pointer of the value, from the root of the event.
    pub pointer: String,
    /// The value.
    pub value: Value,
    /// `true` if the key of the value is invalid, as opposed to the value itself.
    pub is_key: bool,
}

impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = printable(&self.pointer);
        match self.is_key {
            true => write!(f, "{pointer}: invalid key"),
            false => write!(f, "{pointer}: invalid value {}", printable(&to_string(&self.value))),
        }
    }
}

/// Returns the invalid fields of a value, at all levels.
pub fn invalid_fields(item: JsonRef<'_>) -> Vec<InvalidField> {
    let mut found = Vec::new();
    let Ok(()) = collect(item.into(), "", &mut found);
    found
}

/// Uses the same traversal as serialization, so that the pointers match the serialized JSON.
fn collect(written: Written<'_>, pointer: &str, found: &mut Vec<InvalidField>) -> Result<(), Infallible> {
    let unparsed = written.unparsed_parts();
    let mut index = 0_usize;
    match written.item {
        JsonRef::Object(object) => each_member(object, |name, written| match written.item {
            JsonRef::Value(value) if is_invalid(object, name) => note(pointer, name.as_str(), value, false, found),
            _ => collect(written, &below(pointer, name.as_str()), found),
        }),
        JsonRef::Map(map) => each_entry(map, unparsed, |key, written| match written.item {
            JsonRef::Value(value) if !map.holds(key) => note(pointer, key, value, !map.accepts(key), found),
            _ => collect(written, &below(pointer, key), found),
        }),
        JsonRef::List(list) => each_element(list, unparsed, |written| {
            let key = index.to_string();
            index += 1;
            match written.item {
                JsonRef::Value(value) if unparsed.is_some_and(|unparsed| unparsed.contains_key(&key)) => {
                    note(pointer, &key, value, false, found)
                }
                _ => collect(written, &below(pointer, &key), found),
            }
        }),
        // An unparsed number is the original form of an integer, which is valid.
        _ => Ok(()),
    }
}

/// Returns `true` if a member belongs to a field or to the map of the other members, and failed to deserialize.
fn is_invalid(object: &dyn ObjectFields, name: Name<'_>) -> bool {
    let can_be_null = |index: usize| object.descriptor().null.get(index) == Some(&true);
    let is_valid_null = |value: &Value| value.is_null() && index_of(object, name).is_some_and(can_be_null);
    is_unparsed(object, name) && !object.extra().get(name.as_str()).is_some_and(is_valid_null)
}

/// Returns `true` if a member belongs to a field or to the map of the other members, and is in `extra`.
pub(super) fn is_unparsed(object: &dyn ObjectFields, name: Name<'_>) -> bool {
    let key = name.as_str();
    let is_meant = index_of(object, name).is_some()
        || object.entries().is_some_and(|entries| entries.accepts(key) && !entries.holds(key));
    is_meant && object.extra().get(key).is_some()
}

/// Returns the index of the field that a member belongs to.
fn index_of(object: &dyn ObjectFields, name: Name<'_>) -> Option<usize> {
    object.descriptor().index_of(name.as_str())
}

fn note(
    pointer: &str,
    key: &str,
    value: &Value,
    is_key: bool,
    found: &mut Vec<InvalidField>,
) -> Result<(), Infallible> {
    found.push(InvalidField { pointer: below(pointer, key), value: value.clone(), is_key });
    Ok(())
}

pub(super) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", escaped(key))
}
