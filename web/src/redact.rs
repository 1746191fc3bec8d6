//! The preview of a redaction: the lines of an event, with those that the redaction removes.

use matrix_events::redaction::redact_str;
use matrix_events::{from_str, kept_text, locate, to_string, JsonObject, RoomVersionId};
use serde_json::{json, Value};

use crate::Head;

/// Returns the lines of an event. A redaction by the rules of the room version removes some of them.
pub(crate) fn redact(event: &str, head: &Head) -> Value {
    let version = RoomVersionId::new(head.string("room_version").unwrap_or("12"));
    let Some(rules) = version.rules() else { return json!({"error": "unknown room version"}) };
    let redacted = from_str::<JsonObject>(event).and_then(|before| {
        let after = from_str::<JsonObject>(&redact_str(event, &rules.redaction, None)?)?;
        Ok((Value::Object(before), Value::Object(after)))
    });
    match redacted {
        Ok((before, after)) => {
            let mut lines = Lines { event, pointer: String::new(), lines: Vec::new(), removed: 0 };
            lines.value(&before, Some(&after), "", false);
            json!({"lines": lines.lines, "removed": lines.removed, "text": to_string(&after)})
        }
        Err(error) => json!({"error": error.to_string()}),
    }
}

struct Lines<'e> {
    event: &'e str,
    /// The JSON pointer of the current value.
    pointer: String,
    /// Each line with `true` if the redaction removes the line.
    lines: Vec<(String, bool)>,
    /// The number of removed members.
    removed: usize,
}

impl Lines<'_> {
    /// Adds the lines of a value. `after` is the value after the redaction.
    fn value(&mut self, value: &Value, after: Option<&Value>, key: &str, has_next: bool) {
        let indent = "  ".repeat(self.pointer.matches('/').count());
        let comma = if has_next { "," } else { "" };
        let is_removed = after.is_none();
        let (open, close) = match value {
            Value::Object(object) if kept_text(value).is_none() && !object.is_empty() => ('{', '}'),
            Value::Array(list) if !list.is_empty() => ('[', ']'),
            value => return self.lines.push((format!("{indent}{key}{}{comma}", to_string(value)), is_removed)),
        };
        self.lines.push((format!("{indent}{key}{open}"), is_removed));
        if let Value::Object(object) = value {
            for (index, (name, one)) in self.in_order(object).into_iter().enumerate() {
                let below = after.and_then(|after| after.get(name));
                self.removed += usize::from(after.is_some() && below.is_none());
                let key = format!("{}: ", Value::from(name));
                self.below(name, |lines| lines.value(one, below, &key, index + 1 < object.len()));
            }
        }
        if let Value::Array(list) = value {
            for (index, one) in list.iter().enumerate() {
                let below = after.and_then(|after| after.get(index));
                self.below(&index.to_string(), |lines| lines.value(one, below, "", index + 1 < list.len()));
            }
        }
        self.lines.push((format!("{indent}{close}{comma}"), is_removed));
    }

    /// Returns the members of the object at the current pointer, in the order of the text.
    fn in_order<'o>(&self, object: &'o JsonObject) -> Vec<(&'o str, &'o Value)> {
        let mut members: Vec<_> = object.iter().map(|(key, value)| (key.as_str(), value)).collect();
        members.sort_by_cached_key(|(key, _)| {
            let location = locate(self.event, &format!("{}/{}", self.pointer, escaped(key)));
            location.map(|location| location.value.start)
        });
        members
    }

    /// Runs a function with the pointer of a member or an element.
    fn below(&mut self, part: &str, run: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer = format!("{}/{}", self.pointer, escaped(part));
        run(self);
        self.pointer.truncate(length);
    }
}

/// Returns a key as a part of a JSON pointer (RFC 6901, section 3).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_removed_members_are_marked() {
        let event = r#"{"type":"m.room.member","content":{"membership":"join","displayname":"Mira"},"n":1e400}"#;
        let response = redact(event, &Head(json!({"room_version": "11"})));
        let removed: Vec<&str> = response["lines"]
            .as_array()
            .expect("lines")
            .iter()
            .filter(|line| line[1] == true)
            .filter_map(|line| line[0].as_str())
            .collect();
        assert_eq!(removed, ["    \"displayname\": \"Mira\"", "  \"n\": 1e400"]);
        assert_eq!(response["removed"], 2);
    }
}
