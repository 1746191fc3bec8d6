//! Events that do not deserialize into a type of the specification. They are kept as JSON.

use serde_json::Value;

use crate::__private::{Cursor, FromToJson, JsonRef, ParseError};
use crate::validate::{Form, Level, Report, Validator};
use crate::{Error, JsonObject};

/// An event of an unknown type: a custom type, a type of a later release of the specification, or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnknownEvent {
    json: JsonObject,
}

/// An event of a known type whose content was redacted.
///
/// It has `unsigned.redacted_because`, or its content lacks what its type can't do without and holds nothing but what
/// redactions keep for its type. In the latter case nobody says that it was redacted: somebody may have sent it that way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RedactedEvent {
    json: JsonObject,
}

/// An event of a known type in which a required field is missing or invalid.
#[derive(Clone, Debug, PartialEq)]
pub struct MalformedEvent {
    json: JsonObject,
    reason: Error,
}

/// An ephemeral data unit of an unknown type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnknownEdu {
    json: JsonObject,
}

/// An ephemeral data unit of a known type in which a required field is missing or invalid.
#[derive(Clone, Debug, PartialEq)]
pub struct MalformedEdu {
    json: JsonObject,
    reason: Error,
}

macro_rules! malformed {
    ($($name:ident),+) => {$(
        impl $name {
            /// Why it can't be read as what its type says, with the place in it: line and column count from where it
            /// begins, wherever it stood.
            pub fn reason(&self) -> &Error {
                &self.reason
            }

            /// All that the specification's schema has against it, as far as that is asked of every event of the type,
            /// wherever it comes from.
            pub fn violations(&self) -> Report {
                Validator::new().form(Form::ContentOnly).validate_value(&Value::Object(self.json.clone()))
            }

            /// Reads the event at `start` as it is, after its type has failed with `error`.
            pub(crate) fn read<'a>(json: &mut Cursor<'a>, start: Cursor<'a>, error: ParseError) -> Result<Self, ParseError> {
                if error.is_fatal() {
                    return Err(error);
                }
                *json = start;
                let (offset, text) = json.clone().span()?;
                let reason = error.explain_within(text, offset);
                JsonObject::parse(json).map(|json| Self { json, reason })
            }
        }
    )+};
}

malformed!(MalformedEvent, MalformedEdu);

impl MalformedEvent {
    /// Whether it is what a redaction leaves.
    pub(crate) fn is_redacted(&self) -> bool {
        let unsigned = self.json.get("unsigned").and_then(|unsigned| unsigned.get("redacted_because"));
        let content = self.json.get("content").and_then(Value::as_object);
        let event_type = self.json.get("type").and_then(Value::as_str).unwrap_or_default();
        let kept = kept_by_redaction(event_type);
        let is_bare = |content: &JsonObject| content.keys().all(|key| kept.contains(&key.as_str()));
        // A redaction takes members away. It makes none odd, and takes nothing that stands beside the content.
        let is_lacking = self.reason.is_missing() && self.reason.pointer() == "/content";
        unsigned.is_some_and(Value::is_object) || is_lacking && content.is_some_and(is_bare)
    }
}

impl From<MalformedEvent> for RedactedEvent {
    fn from(event: MalformedEvent) -> Self {
        Self { json: event.json }
    }
}

impl From<JsonObject> for UnknownEvent {
    fn from(json: JsonObject) -> Self {
        Self { json }
    }
}

impl From<JsonObject> for UnknownEdu {
    fn from(json: JsonObject) -> Self {
        Self { json }
    }
}

/// The keys of a content that redactions keep, in whichever room version
/// (<https://spec.matrix.org/latest/rooms/v12/#redactions>).
fn kept_by_redaction(event_type: &str) -> &'static [&'static str] {
    match event_type {
        "m.room.member" => &["membership", "join_authorised_via_users_server", "third_party_invite"],
        "m.room.create" => &["creator"],
        "m.room.join_rules" => &["join_rule", "allow"],
        "m.room.power_levels" => {
            &["ban", "events", "events_default", "invite", "kick", "redact", "state_default", "users", "users_default"]
        }
        "m.room.history_visibility" => &["history_visibility"],
        "m.room.redaction" => &["redacts"],
        _ => &[],
    }
}

macro_rules! raw_event {
    ($($name:ident),+) => {$(
        impl $name {
            /// The event as it was read.
            pub fn json(&self) -> &JsonObject {
                &self.json
            }

            /// The event as it was read, to be taken apart.
            pub fn into_json(self) -> JsonObject {
                self.json
            }

            /// Serializes the event as JSON text, if it is valid at [`Level::Strict`].
            ///
            /// # Errors
            ///
            /// All violations, if the event is invalid.
            pub fn to_json_checked(&self) -> Result<String, Report> {
                Validator::new().level(Level::Strict).form(Form::ContentOnly).checked(JsonRef::JsonObject(&self.json))
            }

            pub(crate) fn json_mut(&mut self) -> &mut JsonObject {
                &mut self.json
            }
        }
    )+};
}

raw_event!(UnknownEvent, RedactedEvent, MalformedEvent, UnknownEdu, MalformedEdu);
