//! The redaction of a redacted event.

use crate::__private::{from_str, to_string, Error, JsonObject};
use crate::room::redaction::RoomRedactionEventContent;
use crate::{
    AnyStateEvent, AnyStrippedStateEvent, AnySyncStateEvent, AnySyncTimelineEvent, AnyTimelineEvent, SyncRoomEvent,
    UnsignedData,
};

/// Deserializes a `redacted_because`, if it is an object.
fn redaction(because: Option<&JsonObject>) -> Result<Option<SyncRoomEvent<RoomRedactionEventContent>>, Error> {
    because.map(|because| from_str(&to_string(because))).transpose()
}

impl UnsignedData {
    /// Returns the `m.room.redaction` event that redacted the event, or `None` if the event is not redacted.
    ///
    /// # Errors
    ///
    /// Returns an error if `redacted_because` is not an event of this type.
    pub fn redaction(&self) -> Result<Option<SyncRoomEvent<RoomRedactionEventContent>>, Error> {
        redaction(self.redacted_because.as_ref())
    }
}

macro_rules! any_enums {
    ($($any:ident)+) => {$(
        impl $any {
            /// Returns the `m.room.redaction` event that redacted this event, or `None` if the server did not add it.
            ///
            /// ```
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// let event: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.message", "content": {}, "unsigned": {"redacted_because": {
            ///         "type": "m.room.redaction", "event_id": "$2", "sender": "@mod:example.org",
            ///         "origin_server_ts": 2, "content": {"redacts": "$1", "reason": "spam"}}}}"#,
            /// )?;
            /// let redaction = event.redaction()?.expect("the event is redacted");
            /// assert_eq!(redaction.content.reason.as_deref(), Some("spam"));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            ///
            /// # Errors
            ///
            /// Returns an error if `redacted_because` is not an event of this type.
            pub fn redaction(&self) -> Result<Option<SyncRoomEvent<RoomRedactionEventContent>>, Error> {
                redaction(self.redacted_because())
            }
        }
    )+};
}

any_enums!(AnyTimelineEvent AnySyncTimelineEvent AnyStateEvent AnySyncStateEvent AnyStrippedStateEvent);
