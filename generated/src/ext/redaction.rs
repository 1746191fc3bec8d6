//! The redaction of a redacted event, and the redacted event of a redaction.

use super::deserialized;
use crate::__private::Error;
use crate::room::redaction::RoomRedactionEventContent;
use crate::{EventId, RoomEvent, SyncRoomEvent, UnsignedData};

impl UnsignedData {
    /// Returns the `m.room.redaction` event that redacted the event, or `None` if the event is not redacted.
    ///
    /// # Errors
    ///
    /// Returns an error if `redacted_because` is not an event of this type.
    pub fn redaction(&self) -> Result<Option<SyncRoomEvent<RoomRedactionEventContent>>, Error> {
        deserialized(self.redacted_because.as_ref())
    }
}

impl RoomRedactionEventContent {
    /// Creates the content of [`m.room.redaction`](https://spec.matrix.org/latest/client-server-api/#mroomredaction) from room
    /// version 11 on, which contains the ID of the redacted event.
    ///
    /// In earlier room versions, the event contains the ID next to the content, and [`new`](Self::new) creates the content.
    ///
    /// ```
    /// use matrix_events::room::redaction::RoomRedactionEventContent;
    ///
    /// let content = RoomRedactionEventContent::new_v11("$spam").with_reason("Advertising");
    /// assert_eq!(matrix_events::to_string(&content), r#"{"redacts":"$spam","reason":"Advertising"}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn new_v11(redacts: impl Into<EventId>) -> Self {
        Self { redacts: Some(redacts.into()), ..Self::new() }
    }

    /// Sets the reason.
    ///
    /// ```
    /// use matrix_events::room::redaction::RoomRedactionEventContent;
    ///
    /// let content = RoomRedactionEventContent::new().with_reason("Advertising");
    /// assert_eq!(content.reason.as_deref(), Some("Advertising"));
    /// ```
    #[inline]
    #[must_use]
    pub fn with_reason(self, reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..self }
    }
}

macro_rules! redacts {
    ($($envelope:ident)+) => {$(
        impl $envelope<RoomRedactionEventContent> {
            /// Returns the ID of the redacted event.
            ///
            /// The ID is in `content` from room version 11 on, and next to `content` in earlier room versions. Servers can add
            /// the ID in both places. In this case the ID in `content` is returned.
            ///
            /// ```
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// for json in [
            ///     r#"{"type": "m.room.redaction", "redacts": "$1", "content": {}}"#,
            ///     r#"{"type": "m.room.redaction", "content": {"redacts": "$1"}}"#,
            /// ] {
            ///     let event: AnySyncTimelineEvent = matrix_events::from_str(json)?;
            ///     let AnySyncTimelineEvent::RoomRedaction(redaction) = event else { panic!("{event:?}") };
            ///     assert_eq!(redaction.redacts().map(|id| id.as_str()), Some("$1"));
            /// }
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            pub fn redacts(&self) -> Option<&EventId> {
                self.content.redacts.as_ref().or(self.top_level.redacts.as_ref())
            }
        }
    )+};
}

redacts!(RoomEvent SyncRoomEvent);
