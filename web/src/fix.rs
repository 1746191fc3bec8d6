//! Edits that fix a finding.

use std::ops::Range;

use matrix_events::schema::Field;
use matrix_events::tools::{properties, Finding};
use matrix_events::{locate, Location};
use serde_json::{json, Value};

use crate::offsets::Offsets;

/// An edit of a text.
pub(crate) struct Fix {
    label: String,
    range: Range<usize>,
    text: String,
}

impl Fix {
    /// Returns the edit for JSON. `start` is the offset of the event in the text of `offsets`.
    pub(crate) fn json(&self, offsets: &Offsets<'_>, start: usize) -> Value {
        let range = start + self.range.start..start + self.range.end;
        json!({"label": self.label, "range": offsets.range(&range), "text": self.text})
    }
}

/// Returns the edits that fix a finding about an event. `all` are the findings about the event, and `root` describes the event.
pub(crate) fn fixes(event: &str, finding: &Finding, all: &[Finding], root: Option<Field>) -> Vec<Fix> {
    // The missing property can be one with a misspelled key.
    let misspelled = missing(finding).and_then(|name| {
        let suggested = |one: &&Finding| one.is_about_key && one.json.get("suggestion") == Some(&Value::from(name));
        let parent = |one: &&Finding| one.pointer.rsplit_once('/').map(|(parent, _)| parent) == Some(&finding.pointer);
        all.iter().filter(suggested).find(parent)
    });
    let finding = misspelled.unwrap_or(finding);
    let Some(Location { key, value, .. }) = locate(event, &finding.pointer) else { return Vec::new() };
    let member = |name: &str| finding.json.get(name).and_then(Value::as_str);
    if let Some(suggestion) = member("suggestion") {
        let range = if finding.is_about_key { key.unwrap_or(value) } else { value };
        let range = match finding.rule {
            "unknownType" => locate(event, "/type").map_or(range, |location| location.value),
            _ => range,
        };
        let verb = if finding.is_about_key { "Rename to" } else { "Replace with" };
        return vec![Fix { label: format!("{verb} `{suggestion}`"), range, text: Value::from(suggestion).to_string() }];
    }
    let found = event.get(value.clone()).unwrap_or_default();
    let fix = match finding.rule {
        "required" => root.and_then(|root| insert(event, &value, at(root, &finding.pointer)?, finding)),
        "type" => convert(found, member("expected").unwrap_or_default()).map(|text| Fix {
            label: format!("Replace with `{text}`"),
            range: value,
            text,
        }),
        _ => None,
    };
    fix.into_iter().collect()
}

/// Returns the name of the missing property.
fn missing(finding: &Finding) -> Option<&str> {
    finding.detail.strip_prefix("a property `")?.strip_suffix('`')
}

/// Returns the edit that inserts a missing property at the start of an object.
fn insert(event: &str, object: &Range<usize>, field: Field, finding: &Finding) -> Option<Fix> {
    let name = missing(finding)?;
    let property = properties(&field).into_iter().map(|(one, _)| one).find(|one| one.name == name)?;
    let inside = event.get(object.start + 1..object.end)?;
    let space = inside.get(..inside.len() - inside.trim_start().len())?;
    let member = format!("{}: {}", Value::from(name), placeholder(&property, 0));
    let text = match inside.trim_start().starts_with('}') {
        true => member,
        false if space.is_empty() => format!("{member}, "),
        false => format!("{space}{member},"),
    };
    Some(Fix { label: format!("Insert `{name}`"), range: object.start + 1..object.start + 1, text })
}

/// Returns the field at a JSON pointer.
fn at(root: Field, pointer: &str) -> Option<Field> {
    let mut field = root;
    for part in pointer.split('/').skip(1) {
        let key = part.replace("~1", "/").replace("~0", "~");
        let named = properties(&field).into_iter().map(|(one, _)| one).find(|one| one.name == key);
        field = named.or_else(|| field.elements().next())?;
    }
    Some(field)
}

/// Returns a valid value of a field as JSON text.
fn placeholder(field: &Field, depth: usize) -> String {
    if let Some(default) = field.default() {
        return default.to_owned();
    }
    if let Some(value) = field.values().and_then(<[_]>::first) {
        return Value::from(*value).to_string();
    }
    let limit = |keyword: &str| field.limits().iter().find(|(name, _)| *name == keyword).map(|(_, limit)| *limit);
    match field.json_types().first().copied() {
        Some("string") => Value::from(example(field.format().unwrap_or_default())).to_string(),
        Some("integer" | "number") => limit("minimum").unwrap_or_default().to_string(),
        Some("boolean") => "false".to_owned(),
        Some("array") => "[]".to_owned(),
        Some("null") => "null".to_owned(),
        _ if depth < 4 => {
            let required = field.fields().filter(|one| one.is_required);
            let members = required.map(|one| format!("{}: {}", Value::from(one.name), placeholder(&one, depth + 1)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        _ => "{}".to_owned(),
    }
}

/// Returns an identifier of a format.
fn example(format: &str) -> &'static str {
    match format {
        "mx-user-id" => "@user:example.org",
        "mx-room-id" => "!room:example.org",
        "mx-room-alias" => "#alias:example.org",
        "mx-event-id" => "$event",
        "mx-server-name" => "example.org",
        "mx-mxc-uri" => "mxc://example.org/media",
        _ => "",
    }
}

/// Converts between a number and a string that contains the number.
fn convert(found: &str, expected: &str) -> Option<String> {
    let inside = found.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    match inside {
        Some(text) if expected.contains("an integer") || expected.contains("a number") => {
            let is_number = text.parse::<i64>().is_ok_and(|number| number.to_string() == text);
            is_number.then(|| text.to_owned())
        }
        Some(text @ ("true" | "false")) if expected.contains("a boolean") => Some(text.to_owned()),
        None if expected.contains("a string") && !found.starts_with(['{', '[']) && found != "null" => {
            Some(format!("\"{found}\""))
        }
        _ => None,
    }
}
