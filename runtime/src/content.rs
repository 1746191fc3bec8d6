//! The traits of event contents, over which the envelopes are generic.

use crate::json::{FromToJson, JsonRef};
use crate::schema::Schema;
use crate::validate::{checked, Form, Report};

/// The content of an event of a known type.
pub trait EventContent: FromToJson {
    /// The `type` of its events, the `edu_type` of an ephemeral data unit.
    const TYPE: &'static str;

    /// The aliases of the type, which events with this content may have instead.
    const ALIASES: &'static [&'static str] = &[];

    /// The schema of the content in the specification.
    const SCHEMA: Schema;

    /// The content as JSON text, if nothing is found against sending it: held against its schema, and against what the prose
    /// asks for besides ([`Level::Strict`](crate::validate::Level::Strict)). What prose asks of several members together isn't
    /// checked: a `formatted_body` beside a `format`, a `sender_key` where the algorithm is Olm.
    ///
    /// ```
    /// use matrix_events::{room::name::RoomNameEventContent, EventContent};
    ///
    /// let mut content = RoomNameEventContent::new("Lobby");
    /// assert_eq!(content.to_json_checked()?, r#"{"name":"Lobby"}"#);
    ///
    /// content.extra.insert("org.example.height", 2.5);
    /// let report = content.to_json_checked().unwrap_err();
    /// assert_eq!(report.violations()[0].pointer(), "/org.example.height");
    /// # Ok::<(), matrix_events::Report>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All that was found against it.
    fn to_json_checked(&self) -> Result<String, Report>
    where
        Self: Sized,
    {
        checked(self.json_ref(), Self::SCHEMA, Form::Full)
    }

    /// Returns the violations of the schema, such as the field that a message of a known `msgtype` lacks.
    ///
    /// ```
    /// use matrix_events::{room::message::RoomMessageEventContent, EventContent};
    ///
    /// let content: RoomMessageEventContent = serde_json::from_str(r#"{"msgtype": "m.location", "body": "Bench"}"#)?;
    /// assert!(matches!(content, RoomMessageEventContent::Other(_)));
    /// assert_eq!(content.violations().to_string(), "required property `geo_uri` is missing (m.room.message$m.location)");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    fn violations(&self) -> Report
    where
        Self: Sized,
    {
        Self::SCHEMA.validate_value(&self.json_ref().to_value())
    }

    /// The members that the event has at its top level in addition to those of the envelope.
    #[doc(hidden)]
    type TopLevel: TopLevelMembers;
}

/// The content of an event in the timeline of a room.
pub trait RoomEventContent: EventContent {
    /// The type of the event's `unsigned`.
    type Unsigned: FromToJson + Clone + std::fmt::Debug + PartialEq;
}

/// The content of a room event without a state key.
pub trait MessageLikeEventContent: RoomEventContent {}

/// The content of a state event.
pub trait StateEventContent: RoomEventContent {
    /// The type of the event's `state_key`.
    type StateKey: FromToJson + Clone + std::fmt::Debug + PartialEq;
}

/// The content of an event from one device to another.
pub trait ToDeviceEventContent: EventContent {}

/// The content of an ephemeral event: an event of a room that is not part of the room's history.
pub trait EphemeralRoomEventContent: EventContent {}

/// The content of an event in the global account data.
pub trait GlobalAccountDataEventContent: EventContent {}

/// The content of an event in the account data of a room.
pub trait RoomAccountDataEventContent: EventContent {}

/// The content of an event about a user's presence.
pub trait PresenceContent: EventContent {}

/// The content of an ephemeral data unit, which servers exchange outside of the history of a room.
pub trait EduContent: EventContent {}

/// The members that one event type has at the top level beside those of the envelope.
#[doc(hidden)]
pub trait TopLevelMembers: Default + Clone + std::fmt::Debug + PartialEq {
    /// Their names.
    const NAMES: &'static [&'static str];

    /// What the one at an index of the names holds; nothing behind the last.
    fn value(&self, index: usize) -> JsonRef<'_>;

    /// The one at an index of the names, to be read into; `None` behind the last.
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn FromToJson>;
}

/// Nothing beside the members of the envelope, which is how nearly all events are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoTopLevel;

impl TopLevelMembers for NoTopLevel {
    const NAMES: &'static [&'static str] = &[];

    fn value(&self, _: usize) -> JsonRef<'_> {
        JsonRef::Absent
    }

    fn field_mut(&mut self, _: usize) -> Option<&mut dyn FromToJson> {
        None
    }
}
