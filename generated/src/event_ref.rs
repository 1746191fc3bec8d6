//! Events as JSON text, of which only a few members are parsed.

use std::borrow::Cow;
use std::fmt;

use crate::__private::{content_of_type, utf8, Cursor, FromToJson, JsonType, ParseError};
use crate::{from_str, Error, EventContent};

/// An event as JSON text, of which only the members that select events are parsed.
///
/// A server or a filter that looks at the type, the sender and the IDs of events parses an `EventRef` several times as fast as an
/// event enum. Strings without escapes are borrowed from the text. [`content`](Self::content) and [`event`](Self::event)
/// deserialize the rest on demand.
///
/// A member with an invalid value is `None`. The text of `content`, `unsigned` and unknown members is not checked before it is
/// deserialized. If a key is repeated, the last value wins.
///
/// ```
/// use matrix_events::room::message::RoomMessageEventContent;
/// use matrix_events::{AnySyncTimelineEvent, EventRef};
///
/// let json = r#"{"type": "m.room.message", "event_id": "$Rk1V", "sender": "@mira:example.org",
///     "origin_server_ts": 1741860298455, "content": {"msgtype": "m.text", "body": "The seedlings are up!"}}"#;
/// let event = EventRef::from_str(json)?;
/// assert_eq!((event.event_type(), event.sender()), ("m.room.message", Some("@mira:example.org")));
/// assert!(!event.is_state());
///
/// let content: RoomMessageEventContent = event.content()?;
/// assert_eq!(content.body(), Some("The seedlings are up!"));
/// let event: AnySyncTimelineEvent = event.event()?;
/// assert_eq!(event.event_id(), Some("$Rk1V"));
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone)]
pub struct EventRef<'a> {
    json: &'a str,
    event_type: Option<Cow<'a, str>>,
    /// The cursor at the value of `type`, or at the event, for errors.
    at_type: Cursor<'a>,
    event_id: Option<Cow<'a, str>>,
    room_id: Option<Cow<'a, str>>,
    sender: Option<Cow<'a, str>>,
    state_key: Option<Cow<'a, str>>,
    origin_server_ts: Option<i64>,
    content: Option<&'a str>,
    unsigned: Option<&'a str>,
}

impl<'a> EventRef<'a> {
    /// Parses an event.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a JSON object.
    #[inline]
    #[expect(clippy::should_implement_trait, reason = "the trait does not permit a borrowed result")]
    pub fn from_str(text: &'a str) -> Result<Self, Error> {
        Self::parse(text).map_err(|error| error.explain_within(text, 0))
    }

    /// Parses an event from UTF-8 bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a JSON object in UTF-8.
    #[inline]
    pub fn from_slice(bytes: &'a [u8]) -> Result<Self, Error> {
        Self::from_str(utf8(bytes)?)
    }

    #[inline]
    fn parse(json: &'a str) -> Result<Self, ParseError> {
        let mut cursor = Cursor::new(json);
        let mut event = Self {
            json,
            event_type: None,
            at_type: cursor.clone(),
            event_id: None,
            room_id: None,
            sender: None,
            state_key: None,
            origin_server_ts: None,
            content: None,
            unsigned: None,
        };
        let mut members = cursor.object()?;
        while let Some(key) = cursor.next_key(&mut members)? {
            event.member(&key, &mut cursor)?;
        }
        cursor.end().map(|()| event)
    }

    /// Parses a member.
    #[inline]
    fn member(&mut self, key: &str, json: &mut Cursor<'a>) -> Result<(), ParseError> {
        match key {
            "type" => {
                self.at_type = json.clone();
                self.event_type = text(json)?;
            }
            "event_id" => self.event_id = text(json)?,
            "room_id" => self.room_id = text(json)?,
            "sender" => self.sender = text(json)?,
            "state_key" => self.state_key = text(json)?,
            "origin_server_ts" => {
                // The cursor does not move if the integer is invalid.
                self.origin_server_ts = json.integer().ok();
                if self.origin_server_ts.is_none() {
                    json.skip()?;
                }
            }
            "content" => self.content = Some(json.skip()?),
            "unsigned" => self.unsigned = Some(json.skip()?),
            _ => drop(json.skip()?),
        }
        Ok(())
    }

    /// Returns the text of the event.
    #[inline]
    pub fn json(&self) -> &'a str {
        self.json
    }

    /// Returns the event type, or an empty string if there is none.
    #[inline]
    pub fn event_type(&self) -> &str {
        self.event_type.as_deref().unwrap_or_default()
    }

    /// Returns the ID of the event.
    #[inline]
    pub fn event_id(&self) -> Option<&str> {
        self.event_id.as_deref()
    }

    /// Returns the ID of the room.
    #[inline]
    pub fn room_id(&self) -> Option<&str> {
        self.room_id.as_deref()
    }

    /// Returns the ID of the sender.
    #[inline]
    pub fn sender(&self) -> Option<&str> {
        self.sender.as_deref()
    }

    /// Returns the state key, or `None` for an event that is not a state event.
    #[inline]
    pub fn state_key(&self) -> Option<&str> {
        self.state_key.as_deref()
    }

    /// Returns `true` if the event is a state event: `state_key` is a string.
    #[inline]
    pub fn is_state(&self) -> bool {
        self.state_key.is_some()
    }

    /// Returns the time when the event was sent, in milliseconds since 1970.
    #[inline]
    pub fn origin_server_ts(&self) -> Option<i64> {
        self.origin_server_ts
    }

    /// Returns the text of `content`.
    #[inline]
    pub fn content_json(&self) -> Option<&'a str> {
        self.content
    }

    /// Returns the text of `unsigned`.
    #[inline]
    pub fn unsigned_json(&self) -> Option<&'a str> {
        self.unsigned
    }

    /// Returns `true` if the event is redacted: `unsigned.redacted_because` is an object.
    ///
    /// ```
    /// use matrix_events::EventRef;
    ///
    /// let json = r#"{"type": "m.room.message", "content": {}, "unsigned": {"redacted_because": {"type": "m.room.redaction"}}}"#;
    /// assert!(EventRef::from_str(json)?.is_redacted());
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn is_redacted(&self) -> bool {
        self.unsigned.is_some_and(|unsigned| is_redacted(unsigned).unwrap_or(false))
    }

    /// Deserializes the content as that of the type of the event.
    ///
    /// ```
    /// use matrix_events::{room::name::RoomNameEventContent, room::topic::RoomTopicEventContent, EventRef};
    ///
    /// let event = EventRef::from_str(r#"{"type": "m.room.name", "state_key": "", "content": {"name": "Lobby"}}"#)?;
    /// assert_eq!(event.content::<RoomNameEventContent>()?.name.as_deref(), Some("Lobby"));
    ///
    /// let error = event.content::<RoomTopicEventContent>().unwrap_err();
    /// assert_eq!(error.to_string(), "expected m.room.topic, found a string at /type (line 1, column 10)");
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has another type than `C`, if there is no content, or if `C` does not accept the content. The
    /// pointer of an error in the content starts at the content.
    #[inline]
    pub fn content<C: EventContent>(&self) -> Result<C, Error> {
        let of_type = content_of_type(self.event_type(), self.content.unwrap_or_default());
        of_type.unwrap_or_else(|| Err(self.at_type.clone().expected(C::TYPE).explain_within(self.json, 0)))
    }

    /// Deserializes the event.
    ///
    /// # Errors
    ///
    /// Returns an error if `E` does not accept the event. The event enums accept every JSON object.
    #[inline]
    pub fn event<E: FromToJson>(&self) -> Result<E, Error> {
        from_str(self.json)
    }
}

impl fmt::Debug for EventRef<'_> {
    /// Formats the parsed members. The content can have secrets, and is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut event = f.debug_struct("EventRef");
        event
            .field("event_type", &self.event_type())
            .field("event_id", &self.event_id())
            .field("room_id", &self.room_id());
        event.field("sender", &self.sender()).field("state_key", &self.state_key());
        event.field("origin_server_ts", &self.origin_server_ts).finish_non_exhaustive()
    }
}

/// Parses a string. The result is `None` for another value.
#[inline]
fn text<'a>(json: &mut Cursor<'a>) -> Result<Option<Cow<'a, str>>, ParseError> {
    let start = json.clone();
    match json.string() {
        Ok(text) => Ok(Some(text)),
        Err(error) => {
            json.again(&start, error)?;
            json.skip().map(|_| None)
        }
    }
}

/// Returns `true` if the text of `unsigned` has an object under `redacted_because`.
#[inline]
fn is_redacted(unsigned: &str) -> Result<bool, ParseError> {
    let mut json = Cursor::new(unsigned);
    let mut members = json.object()?;
    let mut is_redacted = false;
    while let Some(key) = json.next_key(&mut members)? {
        if key == "redacted_because" {
            is_redacted = json.json_type()? == JsonType::Object;
        }
        json.skip()?;
    }
    Ok(is_redacted)
}

#[cfg(test)]
mod tests {
    use super::EventRef;
    #[cfg(feature = "encryption")]
    use crate::secret_storage::key::SecretStorageKeyEventContent;
    use crate::AnyTimelineEvent;

    #[test]
    fn members_are_those_of_the_event_enum() {
        let cases = [
            r#"{"type":"m.room.name","state_key":"","event_id":"$a","room_id":"!r","sender":"@a:b.c","origin_server_ts":5,"content":{}}"#,
            r#"{"content":{"type":"x","sender":"y"},"type":"m.\u0072oom.name","state_key":null,"sender":7,"origin_server_ts":1.0}"#,
            r#" { "type" : "a" , "type" : "b", "unsigned" : {"redacted_because": {}} } "#,
            r#"{"type":"m.room.message","content":{"msgtype":"m.text","body":""},"unsigned":{"redacted_because":null},"origin_server_ts":-3}"#,
            r#"{"type":["a"],"event_id":"\ud800","extra":[{"type":"x"}]}"#,
            "{}",
        ];
        for json in cases {
            let event = EventRef::from_str(json).expect(json);
            let any: AnyTimelineEvent = event.event().expect(json);
            assert_eq!(event.event_type(), any.event_type(), "{json}");
            assert_eq!((event.event_id(), event.sender()), (any.event_id(), any.sender()), "{json}");
            assert_eq!((event.room_id(), event.state_key()), (any.room_id(), any.state_key()), "{json}");
            assert_eq!(event.is_redacted(), any.is_redacted(), "{json}");
        }
    }

    #[test]
    fn text_that_is_no_object_is_an_error() {
        for json in ["", "[]", "null", "{", r#"{"type": }"#, r#"{"type": "a"} x"#, r#"{"a": "b}"#] {
            assert!(EventRef::from_str(json).is_err(), "{json}");
        }
        assert!(EventRef::from_slice(b"{\"type\": \"\xff\"}").is_err());
    }

    #[cfg(feature = "encryption")]
    #[test]
    fn content_contains_the_end_of_the_event_type() {
        let json = r#"{"type":"m.secret_storage.key.k1","content":{"algorithm":"a"}}"#;
        let content: SecretStorageKeyEventContent =
            EventRef::from_str(json).and_then(|event| event.content()).expect(json);
        assert_eq!(content.key_id.as_str(), "k1");
    }
}
