//! Whether an event is what the specification says: all that is wrong with it, each with its place.
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

mod duplicates;
mod event;
mod fits;
mod fits_text;
pub(crate) mod message;
mod outgoing;
mod path;
mod report;
mod site;
mod strict;
mod suggest;
mod violation;
mod walk;

pub use outgoing::checked;
pub use report::Report;
pub use violation::{Level, Rule, Violation};

use serde_json::Value;

use crate::runtime::Cursor;
use crate::schema::{Event, Schema, Version};

/// Holds an event against the specification's schema for it: [`Validator::new`] with its defaults.
///
/// A text that isn't JSON has one violation, [`Rule::Syntax`].
pub fn validate(json: &[u8]) -> Report {
    Validator::new().validate(json)
}

/// The same for an event that has been parsed.
pub fn validate_value(event: &Value) -> Report {
    Validator::new().validate_value(event)
}

/// Whether an event is what the specification's schema for it asks for. Stops at the first violation.
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
#[derive(Clone, Copy, Debug, Default)]
pub struct Validator {
    pub(crate) level: Level,
    pub(crate) form: Form,
    pub(crate) version: Option<Version>,
    pub(crate) schema: Option<Schema>,
    pub(crate) own: &'static [&'static Event],
}

/// The form that an event comes in: which members of the full event it lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// As most endpoints return it, and as its schema describes it.
    #[default]
    Full,
    /// As `/sync` returns it: without `room_id`.
    Sync,
    /// As invitations show a room's state: without `room_id`, `event_id` and `origin_server_ts`.
    Stripped,
    /// As it is sent, or passed between devices: `type` and `content`, and a `state_key` where there has to be one.
    Bare,
}

impl Form {
    pub(crate) fn exempt(self) -> &'static [&'static str] {
        match self {
            Self::Full => &[],
            Self::Sync => &["room_id"],
            Self::Stripped => &["room_id", "event_id", "origin_server_ts"],
            Self::Bare => &["room_id", "event_id", "origin_server_ts", "sender"],
        }
    }
}

impl Validator {
    /// Asks for what the specification's schemas say, of a full event.
    pub const fn new() -> Self {
        Self { level: Level::Schema, form: Form::Full, version: None, schema: None, own: &[] }
    }

    /// How much is asked.
    #[must_use]
    pub const fn level(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// The form that events come in.
    #[must_use]
    pub const fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// The release of the specification that events are for: at [`Level::Lint`], what came later is noted.
    #[must_use]
    pub const fn version(self, version: Version) -> Self {
        Self { version: Some(version), ..self }
    }

    /// One schema for all, whatever their `type` says.
    #[must_use]
    pub const fn of(self, schema: Schema) -> Self {
        Self { schema: Some(schema), ..self }
    }

    /// Event types of one's own, beside those of the specification: the table `constraints::EVENTS` that was generated with them.
    #[must_use]
    pub const fn with_events(self, own: &'static [&'static Event]) -> Self {
        Self { own, ..self }
    }

    /// Holds a JSON text against all this.
    pub fn validate(&self, json: &[u8]) -> Report {
        let text = match std::str::from_utf8(json) {
            Ok(text) => text,
            Err(error) => return Report::not_utf8(json, error.valid_up_to()),
        };
        match self.level == Level::Schema && event::surely_fits(self, &mut Cursor::new(text)) {
            true => Report::empty(),
            false => self.look_closely(text),
        }
    }

    fn look_closely(&self, text: &str) -> Report {
        let value: Value = match crate::from_str(text) {
            Ok(value) => value,
            Err(error) => return Report::not_json(&error),
        };
        let mut report = event::walk(self, &value);
        if self.level >= Level::Strict {
            let (found, omitted) = duplicates::find(text);
            report.extend(found, omitted);
        }
        report
    }

    /// Holds a value against all this. What only a text shows, such as a key that stands twice, isn't seen.
    pub fn validate_value(&self, value: &Value) -> Report {
        match self.level == Level::Schema && self.is_valid(value) {
            true => Report::empty(),
            false => event::walk(self, value),
        }
    }

    /// Whether a value is all this: the verdict of [`validate_value`](Self::validate_value), without the reasons.
    pub fn is_valid(&self, value: &Value) -> bool {
        event::fits(self, value) && (self.level == Level::Schema || event::walk(self, value).is_valid())
    }
}

impl Schema {
    /// Holds a JSON text against the schema, and nothing more: [`Level::Schema`].
    pub fn validate(&self, json: &[u8]) -> Report {
        Validator::new().of(*self).validate(json)
    }

    /// The same for a value.
    pub fn validate_value(&self, value: &Value) -> Report {
        Validator::new().of(*self).validate_value(value)
    }

    /// Whether a value is what the schema asks for.
    pub fn is_valid(&self, value: &Value) -> bool {
        Validator::new().of(*self).is_valid(value)
    }
}
