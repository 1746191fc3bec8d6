//! A violation, a finding about the origin of an event, or a syntax error.

use std::ops::Range;

use serde_json::{json, Value};

use super::SyntaxError;
use crate::validate::{Level, Rule, Violation};
use crate::{locate, Location};

/// A finding about an event: a violation, an origin that does not fit the event, or a syntax error.
///
/// ```
/// use matrix_events::tools::{Checker, Origin};
/// use matrix_events::validate::Level;
///
/// let event = r#"{"type": "m.fully_read", "content": {"event_id": 7}}"#;
/// let checked = Checker::new(Level::Strict).check(event, Origin::RoomAccountData);
/// let finding = &checked.findings[0];
/// assert_eq!((finding.rule, &event[finding.range(event)]), ("type", "7"));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The JSON pointer in the event. It is empty for the whole event.
    pub pointer: String,
    /// The name of the [`Rule`], `place`, or `syntax`.
    pub rule: &'static str,
    /// The level from which the finding is reported.
    pub level: Level,
    /// The description, with the suggestion and the schema.
    pub message: String,
    /// The text that separates findings of the same rule: the missing property, or the syntax error.
    pub detail: String,
    /// `true` if the key of the value is wrong, as opposed to the value.
    pub is_about_key: bool,
    /// The finding as JSON. A violation has the members of its serialized form.
    pub json: Value,
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
    pub fn syntax(error: &SyntaxError) -> Self {
        Self { detail: error.message.clone(), ..Self::new("", "syntax", Level::Schema, error.to_string()) }
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
    pub(super) fn new(pointer: &str, rule: &'static str, level: Level, message: String) -> Self {
        let json = json!({"pointer": pointer, "rule": rule, "level": level.as_str(), "message": message});
        let pointer = pointer.to_owned();
        Self { pointer, rule, level, message, detail: String::new(), is_about_key: false, json }
    }

    /// Returns the range of the part of an event that the finding describes, in bytes: a key, or a value. For a missing property,
    /// this is the key of the object, and for the whole event, its first character.
    ///
    /// Returns an empty range at the end if the text has no such value.
    pub fn range(&self, event: &str) -> Range<usize> {
        let end = event.len()..event.len();
        let Some(Location { key, value, .. }) = locate(event, &self.pointer) else { return end };
        let is_whole = |range: &Range<usize>| event.get(range.clone()).is_some_and(|text| text.starts_with(['{', '[']));
        match key {
            Some(key) if self.is_about_key || is_whole(&value) => key,
            _ if is_whole(&value) => value.start..value.start + 1,
            _ => value,
        }
    }
}
