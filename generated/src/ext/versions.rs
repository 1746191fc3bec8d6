//! Constructors of contents that differ by room version.

use crate::room::create::RoomCreateEventContent;
use crate::room::redaction::RoomRedactionEventContent;
use crate::{EventId, UserId};

impl RoomCreateEventContent {
    /// Creates the content of [`m.room.create`](https://spec.matrix.org/latest/client-server-api/#mroomcreate) for room versions 1
    /// to 10, which contains the creator. Without `room_version`, the room has version 1.
    ///
    /// ```
    /// use matrix_events::room::create::RoomCreateEventContent;
    ///
    /// let mut content = RoomCreateEventContent::new_v1("@mira:example.org");
    /// content.room_version = Some("10".into());
    /// assert_eq!(matrix_events::to_string(&content), r#"{"creator":"@mira:example.org","room_version":"10"}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn new_v1(creator: impl Into<UserId>) -> Self {
        Self { creator: Some(creator.into()), ..Self::new() }
    }

    /// Creates the content of [`m.room.create`](https://spec.matrix.org/latest/client-server-api/#mroomcreate) for room version
    /// 11, in which the sender of the event is the creator.
    ///
    /// ```
    /// use matrix_events::room::create::RoomCreateEventContent;
    ///
    /// assert_eq!(matrix_events::to_string(&RoomCreateEventContent::new_v11()), r#"{"room_version":"11"}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn new_v11() -> Self {
        Self { room_version: Some("11".into()), ..Self::new() }
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
