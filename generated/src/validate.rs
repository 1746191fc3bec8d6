//! Validation of events against the specification: a report of all violations, each with its place in the event.
//!
//! Reading an event into a type is lenient, and says nothing of the specification. This is the other half: the verdict of
//! JSON Schema 2020-12 on the specification's own schemas, and beyond that what the specification's prose asks for.
//!
//! ```
//! let json = br#"{
//!     "type": "m.call.invite", "event_id": "$Rk1V", "room_id": "!calls:example.org", "sender": "@mira:example.org",
//!     "origin_server_ts": 1741860298455,
//!     "content": {"call_id": "c1", "party_id": "p1", "version": "1", "lifetime": 60000, "offer": {"type": "offer"}}
//! }"#;
//! let report = matrix_events::validate(json);
//! assert_eq!(report.to_string(), "/content/offer: required property `sdp` is missing (m.call.invite)");
//! ```
//!
//! The schema is found by the event's `type` and, where a type has several, by the content's `msgtype` or `method`:
//! such an event has to fit the schema of its type and that of its variant. An event of a type that the specification
//! doesn't have is held against what all events have in common. What has an `edu_type` in place of a `type` is held
//! against the schema of that ephemeral data unit.

use matrix_events_runtime::validate::Validator as Settings;
#[doc(inline)]
pub use matrix_events_runtime::validate::{Form, Level, Report, Rule, Violation};
use serde_json::Value;

use crate::__private::JsonRef;
use crate::schema::{Event, Schema, Version, TABLE};

/// Validates the JSON text of an event against the specification's schema for its type: [`Validator::new`] with its defaults.
///
/// A text that isn't JSON has one violation, [`Rule::Syntax`].
pub fn validate(json: &[u8]) -> Report {
    Validator::new().validate(json)
}

/// Validates an event that is a `serde_json::Value`. See [`validate`].
pub fn validate_value(event: &Value) -> Report {
    Validator::new().validate_value(event)
}

/// Returns `true` if an event is valid by the specification's schema for its type. Stops at the first violation.
pub fn is_valid(event: &Value) -> bool {
    Validator::new().is_valid(event)
}

/// How much is asked of events, and which of their members can be absent.
///
/// ```
/// use matrix_events::validate::{Form, Level, Validator};
/// use serde_json::json;
///
/// let event = json!({
///     "type": "m.room.name", "state_key": "", "sender": "@mira", "event_id": "$Rk1V", "origin_server_ts": 1_741_860_298_455_i64,
///     "content": {"name": "Lobby", "nmae": "Lobby"}
/// });
/// let validator = Validator::new().form(Form::Sync);
/// assert!(validator.is_valid(&event));
///
/// let report = validator.level(Level::Lint).validate_value(&event);
/// let lines: Vec<String> = report.iter().map(ToString::to_string).collect();
/// assert_eq!(lines, [
///     "/content/nmae: no such field is known; is `name` meant? (m.room.name)",
///     "/sender: `@mira` is no user ID: it has no `:` and no server name after it (core-event-schema/sync_room_event)",
/// ]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Validator(Settings);

impl Default for Validator {
    fn default() -> Self {
        Self::new()
    }
}

impl Validator {
    /// Asks for what the specification's schemas say, of a full event.
    pub const fn new() -> Self {
        Self(Settings::new(&TABLE))
    }

    /// How much is asked.
    #[must_use]
    pub const fn level(self, level: Level) -> Self {
        Self(Settings { level, ..self.0 })
    }

    /// The form that events come in.
    #[must_use]
    pub const fn form(self, form: Form) -> Self {
        Self(Settings { form, ..self.0 })
    }

    /// The release of the specification that events are for: at [`Level::Lint`], what came later is noted.
    #[must_use]
    pub const fn version(self, version: Version) -> Self {
        Self(Settings { version: Some(version), ..self.0 })
    }

    /// One schema for all, whatever their `type` says.
    #[must_use]
    pub const fn of(self, schema: Schema) -> Self {
        Self(Settings { schema: Some(schema), ..self.0 })
    }

    /// Event types of one's own, beside those of the specification: the list `constraints::EVENTS` that was generated with them.
    #[must_use]
    pub const fn with_events(self, custom: &'static [&'static Event]) -> Self {
        Self(Settings { custom, ..self.0 })
    }

    /// Holds a JSON text against all this.
    pub fn validate(&self, json: &[u8]) -> Report {
        self.0.validate(json)
    }

    /// Holds a value against all this. What only a text shows, such as a key that stands twice, isn't seen.
    pub fn validate_value(&self, value: &Value) -> Report {
        self.0.validate_value(value)
    }

    /// Whether a value is all this: the verdict of [`validate_value`](Self::validate_value), without the reasons.
    pub fn is_valid(&self, value: &Value) -> bool {
        self.0.is_valid(value)
    }

    /// Serializes an event that is valid.
    pub(crate) fn checked(&self, event: JsonRef<'_>) -> Result<String, Report> {
        self.0.checked(event)
    }
}
