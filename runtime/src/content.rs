//! The traits of event contents. The envelopes are generic over them.

use serde_json::Value;

use crate::json::{
    from_str, is_type, prefix_of, Cursor, Error, FieldName, FromToJson, JsonRef, ParseError, TypeSuffix,
};
use crate::schema::Schema;
use crate::validate::{checked, Form, Report};

/// The content of an event of a known type.
///
/// ```
/// use matrix_events::policy::rule::user::PolicyRuleUserEventContent;
/// use matrix_events::EventContent;
///
/// assert_eq!(PolicyRuleUserEventContent::TYPE, "m.policy.rule.user");
/// assert!(PolicyRuleUserEventContent::ALIASES.contains(&"org.matrix.mjolnir.rule.user"));
///
/// let report = PolicyRuleUserEventContent::SCHEMA.validate(br#"{"entity": "@spam*:example.org", "reason": 7}"#);
/// assert!(report.iter().any(|violation| violation.pointer() == "/reason"));
/// ```
pub trait EventContent: FromToJson {
    /// The event type: the value of `type`, or of `edu_type` for an ephemeral data unit.
    ///
    /// A type that ends in `.*` is the name of all types that begin with the text before the `*`. The content contains the end of
    /// the type.
    const TYPE: &'static str;

    /// The aliases of the event type. Events with this content can have an alias as their type.
    const ALIASES: &'static [&'static str] = &[];

    /// The schema of the content in the specification.
    const SCHEMA: Schema;

    /// Validates the content at [`Level::Strict`](crate::validate::Level::Strict) and serializes it as JSON text.
    ///
    /// Requirements on several fields together are not checked. Examples are `format` and `formatted_body`, which belong
    /// together, and `sender_key`, which only Olm requires.
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
    /// Returns all violations, if the content is invalid.
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

    /// Returns the end of the event type, if the content contains it.
    #[doc(hidden)]
    fn type_suffix(&self) -> Option<&TypeSuffix> {
        None
    }

    /// Returns the end of the event type as a mutable reference, if the content contains it.
    #[doc(hidden)]
    fn type_suffix_mut(&mut self) -> Option<&mut TypeSuffix> {
        None
    }

    /// The members that the event has at its top level in addition to those of the envelope.
    #[doc(hidden)]
    type TopLevel: TopLevelMembers;
}

/// Deserializes a content of a type of `C`, or returns `None` for another event type.
#[inline]
pub fn content_of_type<C: EventContent>(event_type: &str, json: &str) -> Option<Result<C, Error>> {
    let mut names = std::iter::once(C::TYPE).chain(C::ALIASES.iter().copied());
    let name = names.find(|name| is_type(name, event_type))?;
    let set_end = |mut content: C| {
        if let (Some(prefix), Some(suffix)) = (prefix_of(name), content.type_suffix_mut()) {
            suffix.set_event_type(prefix, event_type);
        }
        content
    };
    Some(from_str(json).map(set_end))
}

/// The content of a room event: a message-like event or a state event.
pub trait RoomEventContent: EventContent {
    /// The type of the event's `unsigned`.
    type Unsigned: FromToJson + Clone + std::fmt::Debug + PartialEq;
}

/// The content of a message-like event: a room event without a state key.
pub trait MessageLikeEventContent: RoomEventContent {}

/// The content of a state event.
pub trait StateEventContent: RoomEventContent {
    /// The type of the event's `state_key`.
    type StateKey: FromToJson + Clone + std::fmt::Debug + PartialEq;
}

/// The content of a to-device event.
pub trait ToDeviceEventContent: EventContent {}

/// The content of an ephemeral event: an event in a room that is not part of the history.
pub trait EphemeralRoomEventContent: EventContent {}

/// The content of an event in the global account data.
pub trait GlobalAccountDataEventContent: EventContent {}

/// The content of an event in the account data for one room.
pub trait RoomAccountDataEventContent: EventContent {}

/// The content of a presence event.
pub trait PresenceContent: EventContent {}

/// The content of an ephemeral data unit (EDU), which servers send to each other.
pub trait EduContent: EventContent {}

/// The members that one event type has at the top level in addition to those of the envelope.
#[doc(hidden)]
pub trait TopLevelMembers: Default + Clone + std::fmt::Debug + PartialEq {
    /// The names of the members.
    const NAMES: &'static [FieldName];

    /// Returns the value at `index`, or `JsonRef::Absent` if `index` is out of bounds.
    fn value(&self, index: usize) -> JsonRef<'_>;

    /// Returns the present members: a bit for each member, the lowest for the first.
    fn present(&self) -> u64;

    /// Deserializes the next value into the field at `index`, and returns the unparsed value.
    fn parse_field(&mut self, index: usize, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError>;
}

/// The top-level members of event types that have none in addition to those of the envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoTopLevel;

impl TopLevelMembers for NoTopLevel {
    const NAMES: &'static [FieldName] = &[];

    fn value(&self, _: usize) -> JsonRef<'_> {
        JsonRef::Absent
    }

    fn present(&self) -> u64 {
        0
    }

    fn parse_field(&mut self, _: usize, _: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        Ok(None)
    }
}
