//! The parts of messages about violations.

use serde_json::{Number, Value};

use crate::json::printable;

/// The maximum number of characters of a value in a message.
const SHOWN: usize = 60;

/// Formats a value for a message, as shortened JSON.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Array(list) if list.len() > 8 => format!("an array of {} elements", list.len()),
        Value::Object(map) if map.len() > 4 => format!("an object with {} members", map.len()),
        Value::String(string) => text(string),
        value => shortened(&value.to_string()),
    }
}

/// Formats a string for a message.
pub(super) fn text(text: &str) -> String {
    match is_plain(text) {
        true => ["`", text, "`"].concat(),
        false => format!("`{}`", shortened(text)),
    }
}

/// A text as it is shown, without quotes.
pub(super) fn shortened(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let start = printable(&text.chars().take(SHOWN).collect::<String>());
    if text.chars().nth(SHOWN).is_some() {
        format!("{start}…")
    } else {
        start
    }
}

/// Returns `true` if a text is shown as it is.
fn is_plain(text: &str) -> bool {
    text.len() <= SHOWN && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Returns the JSON type of a value with its article.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Formats the JSON types of a schema, with articles.
pub(super) fn types(names: impl Iterator<Item = &'static str>) -> String {
    let words = names.map(|name| match name {
        "null" => "`null`",
        "boolean" => "a boolean",
        "integer" => "an integer",
        "number" => "a number",
        "string" => "a string",
        "array" => "an array",
        _ => "an object",
    });
    words.collect::<Vec<_>>().join(" or ")
}

/// Formats the values of an `enum`, up to eight of them.
pub(super) fn values(values: &[&str]) -> String {
    let mut words: Vec<String> = values.iter().take(8).map(|value| format!("`{value}`")).collect();
    if values.len() > words.len() {
        words.push(format!("{} others", values.len() - words.len()));
    }
    match words.as_slice() {
        [one] => one.clone(),
        words => format!("one of {}", words.join(", ")),
    }
}

/// Formats a number, without a fraction if the number is an integer.
pub(super) fn number(number: f64) -> String {
    Number::from_f64(number).map_or_else(String::new, |number| number.to_string().trim_end_matches(".0").to_owned())
}
