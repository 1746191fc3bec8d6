//! The content of the previous state event.

use super::deserialized;
use crate::__private::{Error, FromToJson, JsonObject};
use crate::{StateEvent, StateEventContent, SyncStateEvent};

/// Deserializes the `prev_content` of `unsigned`, if it is an object with the required fields or is not empty.
fn prev_content<C: StateEventContent>(unsigned: &impl FromToJson) -> Result<Option<C>, Error> {
    let content = unsigned.json_ref().member("prev_content").json_object();
    match deserialized(content) {
        // A redaction removed the required fields.
        Err(_) if content.is_some_and(JsonObject::is_empty) => Ok(None),
        read => read,
    }
}

impl<C: StateEventContent> StateEvent<C> {
    /// Returns the content of the state event that this event replaced.
    ///
    /// This is the `prev_content` in `unsigned`. Returns `None` if the server did not add it, or if it is `{}` and lacks required
    /// fields, because the replaced event was redacted.
    ///
    /// ```
    /// use matrix_events::room::member::{MembershipState, RoomMemberEventContent};
    /// use matrix_events::StateEvent;
    ///
    /// let event: StateEvent<RoomMemberEventContent> = serde_json::from_str(
    ///     r#"{"type": "m.room.member", "event_id": "$2", "room_id": "!r", "sender": "@mod:example.org",
    ///         "state_key": "@lev:example.org", "origin_server_ts": 2, "content": {"membership": "leave"},
    ///         "unsigned": {"prev_content": {"membership": "join"}}}"#,
    /// )?;
    /// let before = event.prev_content()?.map(|content| content.membership);
    /// // The sender is not the user of the state key, so the user was kicked.
    /// assert_eq!((before, event.content.membership), (Some(MembershipState::Join), MembershipState::Leave));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a required field of `prev_content` is missing or invalid, and `prev_content` is not `{}`.
    pub fn prev_content(&self) -> Result<Option<C>, Error> {
        prev_content(&self.unsigned)
    }
}

impl<C: StateEventContent> SyncStateEvent<C> {
    /// Returns the content of the state event that this event replaced.
    ///
    /// This is the `prev_content` in `unsigned`. Returns `None` if the server did not add it, or if it is `{}` and lacks required
    /// fields, because the replaced event was redacted.
    ///
    /// ```
    /// use matrix_events::room::topic::RoomTopicEventContent;
    /// use matrix_events::SyncStateEvent;
    ///
    /// let event: SyncStateEvent<RoomTopicEventContent> = serde_json::from_str(
    ///     r#"{"type": "m.room.topic", "event_id": "$2", "sender": "@mod:example.org", "state_key": "", "origin_server_ts": 2,
    ///         "content": {"topic": "Seedlings"}, "unsigned": {"prev_content": {"topic": "Seeds"}}}"#,
    /// )?;
    /// assert_eq!(event.prev_content()?, Some(RoomTopicEventContent::new("Seeds")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a required field of `prev_content` is missing or invalid, and `prev_content` is not `{}`.
    pub fn prev_content(&self) -> Result<Option<C>, Error> {
        prev_content(&self.unsigned)
    }
}
