//! Serialization as text, without `serde`.

use std::convert::Infallible;
use std::fmt::Write;

use serde_json::Value;

use super::kept::{is_kept_key, kept_in, kept_key_text};
use super::read::{FromToJson, JsonObject};
use super::scan::{is_plain, plain_length};
use super::write::{each_element, each_entry, each_member, JsonRef, Name, Written};

/// Serializes a value as JSON text.
///
/// The result equals the result of `serde_json::to_string`. This function is faster, and never fails.
///
/// ```
/// use matrix_events::room::name::RoomNameEventContent;
///
/// let content = RoomNameEventContent::new("Lobby");
/// assert_eq!(matrix_events::to_string(&content), r#"{"name":"Lobby"}"#);
/// ```
pub fn to_string<T: FromToJson>(value: &T) -> String {
    text_of(value.json_ref())
}

/// Serializes a borrowed value as JSON text. This function is compiled once for all types.
pub(crate) fn text_of(item: JsonRef<'_>) -> String {
    text_of_written(item.into())
}

pub(super) fn text_of_written(written: Written<'_>) -> String {
    let mut text = JsonText::new();
    text.written(written);
    text.0
}

/// Serializes a value as the bytes of JSON text.
///
/// The result equals the result of `serde_json::to_vec`. This function is faster, and never fails.
///
/// ```
/// use matrix_events::room::name::RoomNameEventContent;
///
/// let content = RoomNameEventContent::new("Lobby");
/// assert_eq!(matrix_events::to_vec(&content), br#"{"name":"Lobby"}"#);
/// ```
pub fn to_vec<T: FromToJson>(value: &T) -> Vec<u8> {
    to_string(value).into_bytes()
}

/// The initial capacity, which is enough for a typical event.
const USUAL: usize = 1024;

pub(super) struct JsonText(String);

impl JsonText {
    pub(super) fn new() -> Self {
        Self(String::with_capacity(USUAL))
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// Writes a text without escapes.
    pub(super) fn push(&mut self, text: &str) {
        self.0.push_str(text);
    }

    pub(super) fn integer(&mut self, value: i64) {
        self.0.push_str(itoa::Buffer::new().format(value));
    }

    fn written(&mut self, written: Written<'_>) {
        match written.item {
            JsonRef::Absent | JsonRef::Null => self.0.push_str("null"),
            JsonRef::Boolean(value) => self.boolean(value),
            JsonRef::Integer(value) => match written.original() {
                Some(original) => self.value(original),
                None => self.integer(value),
            },
            JsonRef::Float(value) => match written.original() {
                Some(original) => self.value(original),
                None => self.value(&value.into()),
            },
            JsonRef::Number(value) => self.display(value),
            JsonRef::String(value) => self.string(value),
            JsonRef::Value(value) => self.value(value),
            JsonRef::JsonObject(value) => self.map(value),
            JsonRef::List(list) => self.between('[', ']', |text| {
                each_element(list, written.unparsed_parts(), |element| text.element(|text| text.written(element)))
            }),
            JsonRef::Map(map) => self.between('{', '}', |text| {
                each_entry(map, written.unparsed_parts(), |key, value| {
                    text.member(Name::Undeclared(key), |text| text.written(value))
                })
            }),
            JsonRef::Object(object) => self.between('{', '}', |text| {
                each_member(object, |name, value| text.member(name, |text| text.written(value)))
            }),
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.0.push_str("null"),
            Value::Bool(value) => self.boolean(*value),
            Value::Number(value) => self.display(value),
            Value::String(value) => self.string(value),
            Value::Array(values) => self
                .between('[', ']', |text| values.iter().try_for_each(|value| text.element(|text| text.value(value)))),
            Value::Object(values) => self.map(values),
        }
    }

    fn map(&mut self, members: &JsonObject) {
        if let Some(text) = kept_in(members) {
            return self.0.push_str(text);
        }
        self.between('{', '}', |text| {
            members.iter().try_for_each(|(key, value)| text.member(Name::Undeclared(key), |text| text.value(value)))
        });
    }

    fn between(&mut self, open: char, close: char, write: impl FnOnce(&mut Self) -> Result<(), Infallible>) {
        self.0.push(open);
        let Ok(()) = write(self);
        self.0.push(close);
    }

    /// Writes an element, after a comma unless it is the first.
    fn element(&mut self, write: impl FnOnce(&mut Self)) -> Result<(), Infallible> {
        if !self.0.ends_with('[') {
            self.0.push(',');
        }
        write(self);
        Ok(())
    }

    /// Writes a member, after a comma unless it is the first.
    fn member(&mut self, name: Name<'_>, write: impl FnOnce(&mut Self)) -> Result<(), Infallible> {
        let is_first = self.0.as_bytes().last() == Some(&b'{');
        match name {
            Name::Declared(field) => self.0.push_str(field.text.get(usize::from(is_first)..).unwrap_or_default()),
            Name::Undeclared(name) => {
                self.0.push_str(if is_first { "\"" } else { ",\"" });
                match is_kept_key(name) {
                    true => self.kept_key(name),
                    false => self.escaped(name),
                }
                self.0.push_str("\":");
            }
        }
        write(self);
        Ok(())
    }

    #[cold]
    fn kept_key(&mut self, key: &str) {
        match kept_key_text(key) {
            Some(text) => self.0.push_str(text),
            None => self.escaped(key),
        }
    }

    fn boolean(&mut self, value: bool) {
        self.0.push_str(if value { "true" } else { "false" });
    }

    fn display(&mut self, number: impl std::fmt::Display) {
        // Writing to a `String` never fails.
        let _ = write!(self.0, "{number}");
    }

    pub(super) fn string(&mut self, value: &str) {
        self.0.push('"');
        self.escaped(value);
        self.0.push('"');
    }

    /// Writes a string with escapes, without its quotes.
    #[inline]
    fn escaped(&mut self, value: &str) {
        match is_plain(value.as_bytes()) {
            true => self.0.push_str(value),
            false => self.escaped_parts(value),
        }
    }

    fn escaped_parts(&mut self, value: &str) {
        let mut rest = value;
        loop {
            let (plain, special) = rest.split_at(plain_length(rest.as_bytes()));
            self.0.push_str(plain);
            let Some(character) = special.chars().next() else { break };
            self.escape(character);
            rest = special.get(1..).unwrap_or_default();
        }
    }

    fn escape(&mut self, character: char) {
        match character {
            '"' => self.0.push_str("\\\""),
            '\\' => self.0.push_str("\\\\"),
            '\n' => self.0.push_str("\\n"),
            '\r' => self.0.push_str("\\r"),
            '\t' => self.0.push_str("\\t"),
            '\u{8}' => self.0.push_str("\\b"),
            '\u{c}' => self.0.push_str("\\f"),
            other => self.display(format_args!("\\u{:04x}", u32::from(other))),
        }
    }
}
