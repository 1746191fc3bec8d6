//! Events that do not deserialize into a type of the specification. They keep their JSON.

use serde_json::Value;

use crate::__private::{to_string, Cursor, FromToJson, JsonRef, ParseError};
use crate::validate::{Form, Level, Report, Validator};
use crate::{Error, JsonObject};

/// An event of an unknown type.
///
/// The type is a custom type, a type of a later release of the specification, or missing. A state event with the type of a
/// message-like event is also unknown.
///
/// ```
/// use matrix_events::AnySyncTimelineEvent;
///
/// let event: AnySyncTimelineEvent = matrix_events::from_str(r#"{"type": "org.example.poll", "content": {"answer": 42}}"#)?;
/// let AnySyncTimelineEvent::Unknown(unknown) = event else { panic!("{event:?}") };
/// assert_eq!(unknown.json()["content"]["answer"], 42);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnknownEvent {
    json: JsonObject,
}

/// The content of an event of an unknown type, or a content that does not deserialize as that of its type.
///
/// ```
/// use matrix_events::{AnyMessageLikeEventContent, MessageLikeEventType};
///
/// let content = AnyMessageLikeEventContent::from_parts("org.example.poll", r#"{"answer": 42}"#)?;
/// assert_eq!(content.event_type(), MessageLikeEventType::from("org.example.poll"));
/// let AnyMessageLikeEventContent::Unknown(unknown) = content else { panic!("{content:?}") };
/// assert_eq!((unknown.event_type(), &unknown.json()["answer"]), ("org.example.poll", &42.into()));
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownContent {
    event_type: String,
    json: Value,
}

impl UnknownContent {
    /// Creates a content from the event type and the JSON of the content.
    pub fn new(event_type: impl Into<String>, json: Value) -> Self {
        Self { event_type: event_type.into(), json }
    }

    /// Returns the event type.
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// Returns the JSON of the content.
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// Validates the content at [`Level::Strict`] and serializes it as JSON text. The pointers of violations start at the event.
    ///
    /// # Errors
    ///
    /// Returns all violations, if the content is invalid.
    pub fn to_json_checked(&self) -> Result<String, Report> {
        let event = JsonObject::from_iter([
            ("type".to_owned(), self.event_type.as_str().into()),
            ("content".to_owned(), self.json.clone()),
        ]);
        UnknownEvent::from(event).to_json_checked().map(|_| to_string(&self.json))
    }
}

/// A redacted event of a known type.
///
/// An event is redacted if `unsigned.redacted_because` is an object. A redacted state event has the variant of its type if the
/// content still deserializes, since the content is still the state of the room. All other redacted events are `RedactedEvent`.
///
/// Without `redacted_because`, a message-like event counts as redacted if its content is `{}` and its type requires a field.
/// This is a guess: the event may have been sent with this content. A state event with such a content is malformed.
///
/// ```
/// use matrix_events::AnySyncTimelineEvent;
///
/// let event: AnySyncTimelineEvent = matrix_events::from_str(
///     r#"{"type": "m.room.message", "event_id": "$Rk1V", "content": {},
///         "unsigned": {"redacted_because": {"type": "m.room.redaction", "content": {"reason": "spam"}}}}"#,
/// )?;
/// let AnySyncTimelineEvent::Redacted(redacted) = event else { panic!("{event:?}") };
/// assert_eq!(redacted.json()["unsigned"]["redacted_because"]["content"]["reason"], "spam");
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RedactedEvent {
    json: JsonObject,
}

/// An event of a known type in which a required field is missing or invalid.
///
/// ```
/// use matrix_events::AnySyncTimelineEvent;
///
/// let event: AnySyncTimelineEvent = matrix_events::from_str(
///     r#"{"type": "m.room.member", "state_key": "@lev:example.org", "content": {"membership": 7}}"#,
/// )?;
/// let AnySyncTimelineEvent::Malformed(malformed) = event else { panic!("{event:?}") };
/// assert_eq!(malformed.reason().pointer(), "/content/membership");
/// assert_eq!(malformed.violations().violations()[0].message(), "expected a string, found 7");
/// assert_eq!(malformed.json()["content"]["membership"], 7);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MalformedEvent {
    json: JsonObject,
    reason: Error,
}

/// An ephemeral data unit of an unknown type.
///
/// ```
/// use matrix_events::AnyEdu;
///
/// let edu: AnyEdu = matrix_events::from_str(r#"{"edu_type": "org.example.load", "content": {"percent": 80}}"#)?;
/// let AnyEdu::Unknown(unknown) = edu else { panic!("{edu:?}") };
/// assert_eq!(unknown.json()["content"]["percent"], 80);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnknownEdu {
    json: JsonObject,
}

/// An ephemeral data unit of a known type in which a required field is missing or invalid.
///
/// ```
/// use matrix_events::AnyEdu;
///
/// let edu: AnyEdu = matrix_events::from_str(r#"{"edu_type": "m.typing", "content": {"room_id": "!r:example.org"}}"#)?;
/// let AnyEdu::Malformed(malformed) = edu else { panic!("{edu:?}") };
/// assert_eq!(malformed.reason().pointer(), "/content");
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MalformedEdu {
    json: JsonObject,
    reason: Error,
}

macro_rules! malformed {
    ($($name:ident),+) => {$(
        impl $name {
            /// Returns the error of deserialization as the type of the event. Line and column are relative to the start of
            /// the event.
            pub fn reason(&self) -> &Error {
                &self.reason
            }

            /// Validates the event against the schema of its type. The fields that [`Form::ContentOnly`] omits can be missing.
            pub fn violations(&self) -> Report {
                Validator::new().form(Form::ContentOnly).validate(to_string(&self.json).as_bytes())
            }

            /// Deserializes the event at `start` as JSON, after its type failed with `error`.
            pub(crate) fn read<'a>(json: &mut Cursor<'a>, start: Cursor<'a>, error: ParseError) -> Result<Self, ParseError> {
                if error.is_fatal() {
                    return Err(error);
                }
                let mut value = start.clone();
                json.clone_from(&start);
                let parsed = JsonObject::parse(json);
                // An error of the structure takes precedence over an error in a value.
                let (offset, text) = value.span_up_to(json, parsed.is_ok())?;
                parsed.map(|json| Self { json, reason: error.explain_within(text, offset) })
            }
        }
    )+};
}

malformed!(MalformedEvent, MalformedEdu);

impl From<JsonObject> for RedactedEvent {
    fn from(json: JsonObject) -> Self {
        Self { json }
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

macro_rules! raw_event {
    ($($name:ident),+) => {$(
        impl $name {
            /// Returns the JSON of the event.
            pub fn json(&self) -> &JsonObject {
                &self.json
            }

            /// Converts to the JSON of the event.
            pub fn into_json(self) -> JsonObject {
                self.json
            }

            /// Validates the event at [`Level::Strict`] and serializes it as JSON text.
            ///
            /// # Errors
            ///
            /// Returns all violations, if the event is invalid.
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
