//! What violations say.

use serde_json::{Number, Value};

use crate::json::printable;

/// The largest number of characters of a value that is shown.
const SHOWN: usize = 60;

/// A value as it is shown: its JSON, shortened.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Array(list) if list.len() > 8 => format!("a list of {}", list.len()),
        Value::Object(map) if map.len() > 4 => format!("an object with {} members", map.len()),
        Value::String(string) => text(string),
        value => shortened(&value.to_string()),
    }
}

/// A string as it is shown.
pub(super) fn text(text: &str) -> String {
    format!("`{}`", shortened(text))
}

/// A text as it is shown, without quotes.
pub(super) fn shortened(text: &str) -> String {
    let start = printable(&text.chars().take(SHOWN).collect::<String>());
    if text.chars().nth(SHOWN).is_some() {
        format!("{start}…")
    } else {
        start
    }
}

/// The JSON type of a value with its article.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The types that a schema asks for, as words.
pub(super) fn types(names: impl Iterator<Item = &'static str>) -> String {
    let words = names.map(|name| match name {
        "null" => "`null`",
        "boolean" => "a boolean",
        "integer" => "an integer",
        "number" => "a number",
        "string" => "a string",
        "array" => "a list",
        _ => "an object",
    });
    words.collect::<Vec<_>>().join(" or ")
}

/// The values that a schema lists, not too many of them.
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

/// A limit without a fraction where it has none.
pub(super) fn limit(limit: f64) -> String {
    Number::from_f64(limit).map_or_else(String::new, |number| number.to_string().trim_end_matches(".0").to_owned())
}
