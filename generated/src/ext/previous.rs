//! The content of the state event before.

use crate::__private::{from_str, to_string, Error, FromToJson};
use crate::{StateEvent, StateEventContent, SyncStateEvent};

/// The `prev_content` of an `unsigned`, if it has one.
fn prev_content<C: StateEventContent>(unsigned: &impl FromToJson) -> Result<Option<C>, Error> {
    let before = unsigned.json_ref().member("prev_content").json_object();
    before.map(|before| from_str(&to_string(before))).transpose()
}

impl<C: StateEventContent> StateEvent<C> {
    /// The content of the state event that this one has replaced, where the server tells it: the `prev_content` of its
    /// `unsigned`.
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
    /// assert_eq!(before, Some(MembershipState::Join)); // so that Lev has been kicked
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It lacks what contents of its type can't do without, as what a redaction leaves may do.
    pub fn prev_content(&self) -> Result<Option<C>, Error> {
        prev_content(&self.unsigned)
    }
}

impl<C: StateEventContent> SyncStateEvent<C> {
    /// The content of the state event that this one has replaced, where the server tells it: the `prev_content` of its
    /// `unsigned`. See [`StateEvent::prev_content`].
    ///
    /// # Errors
    ///
    /// It lacks what contents of its type can't do without, as what a redaction leaves may do.
    pub fn prev_content(&self) -> Result<Option<C>, Error> {
        prev_content(&self.unsigned)
    }
}
