//! The schema of a body: of a response or a request that contains events.

use serde_json::Value;

use super::{EventTexts, Field};
use crate::constraints::Constraints;
use crate::validate::Form;

/// The schema of the body of a response or a request, or of a file, such as `responses::sync::SyncResponse::BODY`.
///
/// [`validate`](Self::validate) checks the whole body against the schema. The schema describes events of every type in the same way.
/// From `Level::Strict` on, a validator with this body also validates each event against the schema of its type.
#[derive(Debug)]
pub struct Body {
    /// The name of the type.
    pub name: &'static str,
    /// The URL of the section of the specification. It is empty if there is none.
    pub link: &'static str,
    #[doc(hidden)]
    pub file: &'static str,
    #[doc(hidden)]
    pub constraints: &'static Constraints,
    /// The places of the events, in the order of their paths: places with a common start are adjacent.
    #[doc(hidden)]
    pub events: &'static [EventPlace],
}

/// A place of events in a body.
#[doc(hidden)]
#[derive(Debug)]
pub struct EventPlace {
    /// The path without aliases, as text, such as `rooms.join.*.timeline.events[]`.
    pub section: &'static str,
    /// The path from the body to the events. Another place has each alias of the keys.
    pub path: &'static [Step],
    /// The form of the events.
    pub form: Form,
    /// The name of the enum of the events.
    pub any: &'static str,
}

impl EventPlace {
    /// Returns `true` if the body declares members of the events: of PDUs, or of the event that the body is.
    pub(crate) fn is_declared_by_body(&self) -> bool {
        self.form == Form::Pdu || self.path.is_empty()
    }
}

/// A step of a path in a body.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key.
    Key(&'static str),
    /// To the values of all keys, or of the keys that begin with a character, such as room IDs.
    Entries(Option<char>),
    /// To the items of a list.
    Items,
}

impl Body {
    /// Returns the description of the body.
    pub fn description(&self) -> &'static str {
        self.constraints.annotations.description
    }

    /// Iterates over the fields of the body.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        Field::of(self.constraints)
    }

    /// Iterates over the events in the text of a body, in the order of the text, without building the body.
    ///
    /// The iterator makes one pass over the text, and its memory does not depend on the length of the text. Each element of a list
    /// of events is an item, and a value of another type in place of a list or an object is skipped. If an object repeats a key, the
    /// iterator visits the values of all of its members.
    ///
    /// ```
    /// # #[cfg(feature = "responses")]
    /// # {
    /// use matrix_events::responses::sync::SyncResponse;
    /// use matrix_events::{AnyEvent, AnySyncTimelineEvent};
    ///
    /// let body = br#"{"next_batch": "s2", "presence": 7, "rooms": {"join": {"!garden:example.org": {
    ///     "timeline": {"events": [{"type": "m.room.name", "state_key": "", "content": {"name": "Garden"}}, null]}
    /// }}}}"#;
    /// let mut names = 0;
    /// for event in SyncResponse::BODY.events_in(body) {
    ///     let event = event?;
    ///     assert_eq!(event.room_id(), Some("!garden:example.org"));
    ///     if let Ok(AnyEvent::SyncTimeline(AnySyncTimelineEvent::RoomName(_))) = AnyEvent::deserialize(&event) {
    ///         assert_eq!(event.pointer(), "/rooms/join/!garden:example.org/timeline/events/0");
    ///         names += 1;
    ///     }
    /// }
    /// assert_eq!(names, 1);
    /// # }
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// An item is an error if the bytes are not JSON in UTF-8. The error is the last item. The iterator checks only the structure of
    /// the parts between the events, so it does not find every syntax error.
    pub fn events_in<'a>(&self, json: &'a [u8]) -> EventTexts<'a> {
        EventTexts::new(self.events, json)
    }

    /// Returns the JSON Schema (2020-12), without references.
    pub fn json_schema(&self) -> Value {
        super::json_schema::document(self.constraints)
    }
}
