//! Validation of events against the schemas of the specification, and against the requirements of its prose.

mod body;
mod duplicates;
mod event;
mod event_text;
mod fits;
mod fits_text;
mod message;
mod outgoing;
mod parts;
mod path;
mod pdu;
mod report;
mod site;
mod strict;
mod suggest;
mod violation;
mod walk;

#[doc(hidden)]
pub use message::shown;
#[doc(hidden)]
pub use outgoing::checked;
pub(crate) use path::Path;
pub use report::Report;
pub use violation::{Level, Rule, Violation};
pub use walk::OF_PDU;

use event_text::Outcome;
use serde_json::Value;

use crate::json::{from_slice, from_str, representable, Error, FromToJson, Map};
use crate::schema::{Body, Event, EventTable, Schema, Version};

/// The settings of a validator. `matrix_events::validate::Validator` wraps them.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Validator {
    /// The known event types.
    pub table: &'static EventTable,
    /// The level of validation.
    pub level: Level,
    /// The form of the events.
    pub form: Form,
    /// The release of the specification that the events are for.
    pub version: Option<Version>,
    /// The selection of the schema.
    pub selection: Selection,
    /// Event types in addition to those of the table.
    pub custom: &'static [&'static Event],
}

/// The selection of the schema that a validator uses.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Selection {
    /// The schema of the event type that a value states.
    Type,
    /// The schema of one event type or content.
    Schema(Schema),
    /// The schema of a body.
    Body(&'static Body),
}

/// The form of an event: the required fields that it can omit.
///
/// ```
/// use matrix_events::validate::{Form, Validator};
/// use serde_json::json;
///
/// let event = json!({"type": "m.room.name", "state_key": "", "sender": "@mira:example.org", "content": {"name": "Lobby"}});
/// assert!(Validator::new().form(Form::Stripped).is_valid(&event));
///
/// let report = Validator::new().form(Form::Sync).validate_value(&event);
/// let missing: Vec<&str> = report.iter().map(|violation| violation.expected()).collect();
/// assert_eq!(missing, ["a property `event_id`", "a property `origin_server_ts`"]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// The full event, as its schema describes it and as most endpoints return it.
    #[default]
    Full,
    /// An event in a `/sync` response, without `room_id`.
    Sync,
    /// A stripped state event, as in an invite, without `room_id`, `event_id` and `origin_server_ts`.
    Stripped,
    /// An event in `initial_state` of a request that creates a room, with `type`, `content` and optionally `state_key`. An absent
    /// `state_key` is the empty string.
    ///
    /// ```
    /// use matrix_events::validate::{Form, Validator};
    /// use serde_json::json;
    ///
    /// let validator = Validator::new().form(Form::InitialState);
    /// assert!(validator.is_valid(&json!({"type": "m.room.name", "content": {"name": "Lobby"}})));
    /// ```
    InitialState,
    /// An event with `type`, `content`, and `state_key` where the schema requires it.
    ///
    /// This is the form of events to send, and of events outside of the history of a room, such as to-device events and account
    /// data.
    ContentOnly,
    /// A persistent data unit (PDU), as servers send events to each other, without `event_id`. An `m.room.create` event may have no
    /// `room_id`, as from room version 12 on.
    ///
    /// ```
    /// use matrix_events::validate::{Form, Validator};
    ///
    /// let pdu = br#"{"type": "m.room.name", "state_key": "", "sender": "@mira:example.org", "room_id": "!garden:example.org",
    ///     "origin_server_ts": 1, "content": {"name": "Lobby"}, "depth": 7, "auth_events": [], "prev_events": []}"#;
    /// assert!(Validator::new().form(Form::Pdu).validate(pdu).is_valid());
    /// ```
    Pdu,
}

impl Form {
    /// Returns the required fields that an event of this form can omit.
    pub(crate) fn exempt(self) -> &'static [&'static str] {
        match self {
            Self::Full => &[],
            Self::Sync => &["room_id"],
            Self::Stripped => &["room_id", "event_id", "origin_server_ts"],
            Self::InitialState => &["room_id", "event_id", "origin_server_ts", "sender", "state_key"],
            Self::ContentOnly => &["room_id", "event_id", "origin_server_ts", "sender"],
            Self::Pdu => &["event_id"],
        }
    }

    /// Returns the required fields that a value of this form can omit. From room version 12 on, the PDU of an `m.room.create` event
    /// has no room ID.
    fn exempt_of(self, value: &Value) -> &'static [&'static str] {
        match self {
            Self::Pdu => self.exempt_from(value.get("type").and_then(Value::as_str)),
            form => form.exempt(),
        }
    }

    /// Returns the required fields that an event of a type can omit in this form.
    fn exempt_from(self, event_type: Option<&str>) -> &'static [&'static str] {
        match (self, event_type) {
            (Self::Pdu, Some("m.room.create")) => &["event_id", "room_id"],
            (form, _) => form.exempt(),
        }
    }
}

impl Validator {
    /// Validates full events against the schemas of a table.
    pub const fn new(table: &'static EventTable) -> Self {
        Self { table, level: Level::Schema, form: Form::Full, version: None, selection: Selection::Type, custom: &[] }
    }

    /// Validates against one schema, at [`Level::Schema`].
    const fn of(schema: Schema) -> Self {
        Self { selection: Selection::Schema(schema), ..Self::new(&EventTable::EMPTY) }
    }

    /// Validates a JSON text.
    pub fn validate(&self, json: &[u8]) -> Report {
        match std::str::from_utf8(json) {
            Ok(text) => self.validate_text(text),
            Err(error) => Report::not_utf8(json, error.valid_up_to()),
        }
    }

    /// Deserializes a value from a JSON text, and validates the text.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not deserialize.
    #[inline]
    pub fn deserialize<T: FromToJson>(&self, json: &[u8]) -> Result<(T, Report), Error> {
        let Ok(text) = std::str::from_utf8(json) else {
            return from_slice(json).map(|value| (value, self.validate(json)));
        };
        Ok((from_str(text)?, self.validate_text(text)))
    }

    fn validate_text(&self, text: &str) -> Report {
        let explained = match event_text::check(self, text) {
            Outcome::Valid(report) => return report,
            Outcome::Invalid(explained) => Some(explained),
            Outcome::Unclear => None,
        };
        let report = event_text::explain(self, text, explained);
        report.unwrap_or_else(|| self.report(text, explained.is_some()))
    }

    /// Validates a JSON text in one pass. Returns `None` for an invalid text, and for some rare texts that are valid.
    pub fn surely_valid(&self, text: &str) -> Option<Report> {
        match event_text::check(self, text) {
            Outcome::Valid(report) => Some(report),
            Outcome::Invalid(_) | Outcome::Unclear => None,
        }
    }

    /// Validates a JSON text by its values.
    pub fn look_closely(&self, text: &str) -> Report {
        self.report(text, false)
    }

    /// Validates against the schema of a body, at [`Level::Schema`].
    const fn of_body(body: &'static Body) -> Self {
        Self { selection: Selection::Body(body), ..Self::new(&EventTable::EMPTY) }
    }

    /// Validates a JSON text by its values. `is_clean` is `true` if the text itself has no violations: no repeated keys, no numbers out
    /// of the range of canonical JSON, and no event of too many bytes.
    fn report(&self, text: &str, is_clean: bool) -> Report {
        let value = match representable(text) {
            Ok(value) => value,
            Err(error) => return Report::not_json(&error),
        };
        if is_clean || self.level == Level::Schema {
            return event::walk(self, &value, Map::new(), is_clean);
        }
        let duplicates::Found { violations, omitted, numbers, .. } = duplicates::find(text);
        let mut report = event::walk(self, &value, numbers, false);
        report.extend(violations, omitted);
        report
    }

    /// Validates a value.
    pub fn validate_value(&self, value: &Value) -> Report {
        let report = match self.level {
            Level::Schema => event::valid(self, value),
            Level::Strict | Level::Lint => None,
        };
        report.unwrap_or_else(|| event::walk(self, value, Map::new(), false))
    }

    /// Returns `true` if a value has no violations.
    pub fn is_valid(&self, value: &Value) -> bool {
        match self.level {
            Level::Schema => event::valid(self, value).is_some(),
            Level::Strict | Level::Lint => event::walk(self, value, Map::new(), false).is_valid(),
        }
    }
}

impl Schema {
    /// Validates a JSON text against this schema, at [`Level::Schema`].
    ///
    /// A text that is not JSON has one violation, [`Rule::Syntax`].
    ///
    /// ```
    /// use matrix_events::{room::topic::RoomTopicEventContent, EventContent};
    ///
    /// let report = RoomTopicEventContent::SCHEMA.validate(br#"{"topic": 7}"#);
    /// assert_eq!(report.to_string(), "/topic: expected a string, found 7 (m.room.topic)");
    /// ```
    pub fn validate(&self, json: &[u8]) -> Report {
        Validator::of(*self).validate(json)
    }

    /// Validates a value against this schema, at [`Level::Schema`].
    ///
    /// ```
    /// use matrix_events::schema;
    /// use serde_json::json;
    ///
    /// let schema = schema::event("m.room.topic").expect("an event type of the specification").schema();
    /// let report = schema.validate_value(&json!({"type": "m.room.topic", "content": {"topic": "Seedlings"}}));
    /// assert!(report.iter().any(|violation| violation.message() == "required property `sender` is missing"));
    /// ```
    pub fn validate_value(&self, value: &Value) -> Report {
        Validator::of(*self).validate_value(value)
    }

    /// Returns `true` if a value is valid by this schema, at [`Level::Schema`].
    ///
    /// ```
    /// use matrix_events::{room::topic::RoomTopicEventContent, EventContent};
    /// use serde_json::json;
    ///
    /// assert!(RoomTopicEventContent::SCHEMA.is_valid(&json!({"topic": "Seedlings"})));
    /// assert!(!RoomTopicEventContent::SCHEMA.is_valid(&json!({"topic": null})));
    /// ```
    pub fn is_valid(&self, value: &Value) -> bool {
        Validator::of(*self).is_valid(value)
    }
}

impl Body {
    /// Validates a JSON text against this schema, at [`Level::Schema`].
    ///
    /// A text that is not JSON has one violation, [`Rule::Syntax`].
    pub fn validate(&'static self, json: &[u8]) -> Report {
        Validator::of_body(self).validate(json)
    }

    /// Validates a value against this schema, at [`Level::Schema`].
    pub fn validate_value(&'static self, value: &Value) -> Report {
        Validator::of_body(self).validate_value(value)
    }

    /// Returns `true` if a value is valid by this schema, at [`Level::Schema`].
    pub fn is_valid(&'static self, value: &Value) -> bool {
        Validator::of_body(self).is_valid(value)
    }
}
