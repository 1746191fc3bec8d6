//! A violation, a finding about the place of an event, or a syntax error, with its location.

use matrix_events::validate::{Level, Rule, Violation};
use serde_json::{json, Value};

use crate::events::position::Position;

/// A finding about an event.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// The JSON pointer in the event. It is empty for the whole event.
    pub(crate) pointer: String,
    pub(crate) rule: &'static str,
    pub(crate) level: Level,
    /// The description, with the suggestion and the schema.
    pub(crate) message: String,
    /// The text that separates groups with the same rule: the missing property, or the syntax error.
    pub(crate) detail: String,
    /// `true` if the key of the value is wrong, as opposed to the value.
    pub(crate) is_about_key: bool,
    /// The members of the finding in JSON.
    pub(crate) json: Value,
}

/// The location of a finding in the input.
#[derive(Clone, Debug)]
pub(crate) struct Location {
    pub(crate) file: String,
    pub(crate) position: Position,
    /// The JSON pointer of the value in its document or in its line.
    pub(crate) pointer: String,
}

impl From<Violation> for Finding {
    fn from(violation: Violation) -> Self {
        let rule = violation.rule();
        if rule == Rule::Syntax {
            return Self::unsupported(&violation);
        }
        let text = violation.to_string();
        let printed_pointer = violation.pointer().chars().map(|part| if part.is_control() { '\u{fffd}' } else { part });
        let prefix = format!("{}: ", printed_pointer.collect::<String>());
        Self {
            pointer: violation.pointer().to_owned(),
            rule: rule.as_str(),
            level: rule.level(),
            message: text.strip_prefix(&prefix).unwrap_or(&text).to_owned(),
            detail: if rule == Rule::Required { violation.expected().to_owned() } else { String::new() },
            is_about_key: matches!(
                rule,
                Rule::Undeclared | Rule::Deprecated | Rule::Newer | Rule::DuplicateKey | Rule::PropertyNames
            ),
            json: serde_json::to_value(&violation).unwrap_or_default(),
        }
    }
}

impl Finding {
    /// Creates a finding about a syntax error.
    pub(crate) fn syntax(message: &str) -> Self {
        let found = message.to_owned();
        Self::new("", "syntax", Level::Schema, format!("invalid JSON: {message}")).with_detail(found)
    }

    /// Creates a finding about JSON that the validator does not support. The position in its message is that in the event, so the
    /// message loses the position.
    fn unsupported(violation: &Violation) -> Self {
        let message = violation.message();
        let position = violation.found().strip_prefix("invalid JSON at ").unwrap_or_default();
        let message = message.strip_suffix(&format!(" ({position})")).unwrap_or(message);
        let message = match violation.pointer() {
            "" => message,
            _ => message.rsplit_once(" at /").map_or(message, |(message, _)| message),
        };
        Self::new(violation.pointer(), Rule::Syntax.as_str(), violation.rule().level(), message.to_owned())
    }

    /// Creates a finding that no schema states.
    pub(crate) fn new(pointer: &str, rule: &'static str, level: Level, message: String) -> Self {
        let json = json!({"pointer": pointer, "rule": rule, "level": level.as_str(), "message": message});
        let pointer = pointer.to_owned();
        Self { pointer, rule, level, message, detail: String::new(), is_about_key: false, json }
    }

    pub(crate) fn with_detail(self, detail: String) -> Self {
        Self { detail, ..self }
    }
}

impl Location {
    /// Returns the location as `file:line:column`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.position.line, self.position.column)
    }

    pub(crate) fn json(&self) -> Value {
        let Position { line, column } = self.position;
        json!({"file": self.file, "line": line, "column": column, "pointer": self.pointer})
    }
}
