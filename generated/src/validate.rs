//! Validation of events against the specification, with a report of all violations.
//!
//! Deserialization is lenient, so a deserialized event is not necessarily valid. Validation is separate and has three levels:
//!
//! | level | checks |
//! |---|---|
//! | [`Level::Schema`] | the schemas of the specification, by the rules of JSON Schema 2020-12 |
//! | [`Level::Strict`] | also the requirements and permissions that the specification states in prose |
//! | [`Level::Lint`] | also undeclared, deprecated and too new properties |
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
//! The `type` of an event selects its schema. If an event type has variants, the discriminator in the content (such as
//! `msgtype`) selects the variant, whose schema includes the schema of the type. An event of an unknown type is validated
//! against the schema that all events have in common. A value with `edu_type` and without `type` is validated as an ephemeral
//! data unit (EDU).

#[doc(inline)]
pub use matrix_events_runtime::validate::{Form, Level, Report, Rule, Violation};
use matrix_events_runtime::validate::{Selection, Validator as Settings};
use serde_json::Value;

use crate::__private::{FromToJson, JsonRef};
#[cfg(feature = "federation")]
use crate::room_version_rules::RoomVersionRules;
use crate::schema::{Body, Event, Schema, Version, TABLE};
use crate::Error;

/// Validates the JSON text of a full event against the schema of its type, at [`Level::Schema`].
///
/// A text that is not JSON has one violation, [`Rule::Syntax`]. [`Validator`] has further options.
///
/// ```
/// let report = matrix_events::validate(br#"{"type": "m.room.name", "content": {"name": "Lobby"}, "state_key": "",
///     "event_id": "$Rk1V", "room_id": "!calls:example.org", "sender": "@mira:example.org", "origin_server_ts": 1}"#);
/// assert!(report.is_valid());
///
/// let report = matrix_events::validate(b"{");
/// assert_eq!(report.to_string(), "failed to parse JSON: unexpected end of the text (line 1, column 2)");
/// ```
pub fn validate(json: &[u8]) -> Report {
    Validator::new().validate(json)
}

/// Validates a full event against the schema of its type, at [`Level::Schema`].
///
/// ```
/// use serde_json::json;
///
/// let event = json!({"type": "m.room.name", "content": {"name": 7}, "state_key": "", "event_id": "$Rk1V",
///     "room_id": "!calls:example.org", "sender": "@mira:example.org", "origin_server_ts": 1});
/// let report = matrix_events::validate_value(&event);
/// assert_eq!(report.to_string(), "/content/name: expected a string, found 7 (m.room.name)");
/// ```
pub fn validate_value(event: &Value) -> Report {
    Validator::new().validate_value(event)
}

/// Returns `true` if a full event is valid by the schema of its type. Stops at the first violation.
///
/// ```
/// use serde_json::json;
///
/// let mut event = json!({"type": "m.room.name", "content": {"name": "Lobby"}, "state_key": "", "event_id": "$Rk1V",
///     "room_id": "!calls:example.org", "sender": "@mira:example.org", "origin_server_ts": 1});
/// assert!(matrix_events::is_valid(&event));
///
/// event["content"]["name"] = json!(7);
/// assert!(!matrix_events::is_valid(&event));
/// ```
pub fn is_valid(event: &Value) -> bool {
    Validator::new().is_valid(event)
}

/// A validator with options. Its default is [`Level::Schema`] and [`Form::Full`].
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
///     "/content/nmae: undeclared property `nmae`; did you mean `name`? (m.room.name)",
///     "/sender: invalid user ID `@mira`: expected `:` and a server name (core-event-schema/sync_room_event)",
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
    /// Creates a validator of full events, at [`Level::Schema`].
    ///
    /// ```
    /// use matrix_events::validate::Validator;
    ///
    /// let report = Validator::new().validate(br#"{"type": "m.fully_read", "content": {"event_id": "$Rk1V"}}"#);
    /// assert!(report.is_valid());
    /// ```
    pub const fn new() -> Self {
        Self(Settings::new(&TABLE))
    }

    /// Sets the level of validation.
    ///
    /// ```
    /// use matrix_events::validate::{Level, Validator};
    /// use serde_json::json;
    ///
    /// let event = json!({"type": "m.direct", "content": {"mira": ["!garden:example.org"]}});
    /// assert!(Validator::new().is_valid(&event));
    ///
    /// let report = Validator::new().level(Level::Strict).validate_value(&event);
    /// assert_eq!(report.to_string(), "/content/mira: invalid user ID `mira`: expected `@` at the start");
    /// ```
    #[must_use]
    pub const fn level(self, level: Level) -> Self {
        Self(Settings { level, ..self.0 })
    }

    /// Sets the form of the events, which determines the required fields that they can omit.
    ///
    /// ```
    /// use matrix_events::validate::{Form, Validator};
    /// use serde_json::json;
    ///
    /// let event = json!({"type": "m.room.name", "content": {"name": "Lobby"}, "state_key": ""});
    /// assert!(Validator::new().form(Form::ContentOnly).is_valid(&event));
    /// assert!(!Validator::new().is_valid(&event));
    /// ```
    #[must_use]
    pub const fn form(self, form: Form) -> Self {
        Self(Settings { form, ..self.0 })
    }

    /// Sets the release of the specification that the events are for. At [`Level::Lint`], newer properties and event types are
    /// findings.
    ///
    /// ```
    /// use matrix_events::schema::Version;
    /// use matrix_events::validate::{Form, Level, Validator};
    /// use serde_json::json;
    ///
    /// let event = json!({"type": "m.call.invite", "content": {"call_id": "c1", "party_id": "p1", "version": "1", "lifetime": 60000,
    ///     "offer": {"type": "offer", "sdp": "v=0"}, "sdp_stream_metadata": {}}});
    /// let validator = Validator::new().form(Form::ContentOnly).level(Level::Lint).version(Version::new(1, 9));
    /// let report = validator.validate_value(&event);
    /// assert_eq!(report.violations()[0].message(), "`sdp_stream_metadata` is not part of v1.9");
    /// ```
    #[must_use]
    pub const fn version(self, version: Version) -> Self {
        Self(Settings { version: Some(version), ..self.0 })
    }

    /// Sets one schema for all values, regardless of their `type`.
    ///
    /// ```
    /// use matrix_events::validate::{Level, Validator};
    /// use matrix_events::{room::name::RoomNameEventContent, EventContent};
    /// use serde_json::json;
    ///
    /// let validator = Validator::new().level(Level::Strict).of(RoomNameEventContent::SCHEMA);
    /// assert!(validator.is_valid(&json!({"name": "Lobby"})));
    /// ```
    #[must_use]
    pub const fn of(self, schema: Schema) -> Self {
        Self(Settings { selection: Selection::Schema(schema), ..self.0 })
    }

    /// Sets the schema of a body, such as a response. From [`Level::Strict`] on, each event in a body is also validated against the
    /// schema of its type, in the form of its place.
    ///
    /// ```
    /// # #[cfg(feature = "responses")]
    /// # {
    /// use matrix_events::responses::sync::SyncResponse;
    /// use matrix_events::validate::{Level, Validator};
    /// use serde_json::json;
    ///
    /// let response = json!({"next_batch": "s2", "account_data": {"events": [{"type": "m.fully_read", "content": {}}]}});
    /// let validator = Validator::new().body(SyncResponse::BODY);
    /// assert!(validator.is_valid(&response));
    ///
    /// let report = validator.level(Level::Strict).validate_value(&response);
    /// assert_eq!(
    ///     report.to_string(),
    ///     "/account_data/events/0/content: required property `event_id` is missing (m.fully_read)",
    /// );
    /// # }
    /// ```
    #[must_use]
    pub const fn body(self, body: &'static Body) -> Self {
        Self(Settings { selection: Selection::Body(body), ..self.0 })
    }

    /// Validates the JSON text of a PDU. `schema` is the schema of the format of the room version.
    #[cfg(feature = "federation")]
    #[inline]
    pub(crate) fn pdu(&self, json: &[u8], schema: &'static Body, rules: &RoomVersionRules) -> Report {
        self.0.validate_pdu(json, schema, rules)
    }

    /// Adds custom event types. The generated code of custom events has them in `constraints::EVENTS`.
    ///
    /// ```
    /// use matrix_events::validate::{Level, Validator};
    /// use serde_json::json;
    ///
    /// # mod constraints {
    /// #     use matrix_events::__private::constraints::{any, Constraints, Event, Kind, SchemaVariant};
    /// #     const ANY: &Constraints = &any();
    /// #     static POLL: Event = Event {
    /// #         event_type: "org.example.poll",
    /// #         aliases: &[],
    /// #         aliases_in_use: &[],
    /// #         kinds: &[Kind::MessageLike],
    /// #         link: "",
    /// #         base: SchemaVariant { value: "", file: "", event: ANY, content: ANY },
    /// #         discriminator: None,
    /// #         variants: &[],
    /// #     };
    /// #     pub static EVENTS: &[&Event] = &[&POLL];
    /// # }
    /// let event = json!({"type": "org.example.poll", "content": {}});
    /// let validator = Validator::new().level(Level::Lint);
    /// assert_eq!(validator.validate_value(&event).violations()[0].message(), "unknown event type `org.example.poll`");
    /// assert!(validator.with_events(constraints::EVENTS).is_valid(&event));
    /// ```
    #[must_use]
    pub const fn with_events(self, custom: &'static [&'static Event]) -> Self {
        Self(Settings { custom, ..self.0 })
    }

    /// Validates a JSON text.
    ///
    /// A text that is not JSON has one violation, [`Rule::Syntax`].
    ///
    /// ```
    /// use matrix_events::validate::{Level, Rule, Validator};
    ///
    /// let json = br#"{"type": "m.fully_read", "content": {"event_id": "$Rk1V", "event_id": "$2"}}"#;
    /// let report = Validator::new().level(Level::Strict).validate(json);
    /// assert_eq!(report.violations()[0].rule(), Rule::DuplicateKey);
    /// assert_eq!(report.to_string(), "/content/event_id: duplicate key `event_id`");
    /// ```
    pub fn validate(&self, json: &[u8]) -> Report {
        self.0.validate(json)
    }

    /// Deserializes an event or a content, and validates its JSON text.
    ///
    /// A call costs less than separate calls of [`from_slice`](crate::from_slice) and [`validate`](Self::validate).
    ///
    /// ```
    /// use matrix_events::validate::{Form, Level, Validator};
    /// use matrix_events::AnySyncTimelineEvent;
    ///
    /// let json = br#"{"type": "m.room.message", "event_id": "$Rk1V", "sender": "@mira", "origin_server_ts": 1741860298455,
    ///     "content": {"msgtype": "m.text", "body": "Hi"}}"#;
    /// let validator = Validator::new().form(Form::Sync).level(Level::Strict);
    /// let (event, report) = validator.deserialize::<AnySyncTimelineEvent>(json)?;
    /// assert!(matches!(event, AnySyncTimelineEvent::RoomMessage(_)));
    /// assert_eq!(report.violations()[0].message(), "invalid user ID `@mira`: expected `:` and a server name");
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not JSON in UTF-8, or if `T` does not accept the value. The event enums accept every JSON
    /// object, and an event can be invalid although it deserializes.
    #[inline]
    pub fn deserialize<T: FromToJson>(&self, json: &[u8]) -> Result<(T, Report), Error> {
        self.0.deserialize(json)
    }

    /// Validates a value.
    ///
    /// A parsed value has no duplicate keys, so [`Rule::DuplicateKey`] is only checked by [`validate`](Self::validate).
    ///
    /// ```
    /// use matrix_events::validate::Validator;
    /// use serde_json::json;
    ///
    /// let report = Validator::new().validate_value(&json!({"type": "m.fully_read", "content": {}}));
    /// assert_eq!(report.to_string(), "/content: required property `event_id` is missing (m.fully_read)");
    /// ```
    pub fn validate_value(&self, value: &Value) -> Report {
        self.0.validate_value(value)
    }

    /// Returns `true` if a value is valid.
    ///
    /// ```
    /// use matrix_events::validate::Validator;
    /// use serde_json::json;
    ///
    /// assert!(Validator::new().is_valid(&json!({"type": "m.fully_read", "content": {"event_id": "$Rk1V"}})));
    /// ```
    pub fn is_valid(&self, value: &Value) -> bool {
        self.0.is_valid(value)
    }

    /// Returns the settings.
    #[doc(hidden)]
    pub const fn settings(&self) -> &Settings {
        &self.0
    }

    /// Validates an event and serializes it as JSON text.
    pub(crate) fn checked(&self, event: JsonRef<'_>) -> Result<String, Report> {
        self.0.checked(event)
    }
}
