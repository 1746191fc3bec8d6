//! The redaction of a redacted event, and the redacted event of a redaction.

use serde_json::Value;

use super::{deserialized, of_object};
use crate::__private::{Error, FromToJson, JsonObject, JsonRef};
use crate::redaction::redact;
use crate::room::redaction::RoomRedactionEventContent;
use crate::room_version_rules::RedactionRules;
#[cfg(feature = "federation")]
use crate::AnyPdu;
use crate::{
    AnyMessageLikeEvent, AnyStateEvent, AnySyncMessageLikeEvent, AnySyncStateEvent, AnySyncTimelineEvent,
    AnyTimelineEvent, EventId, MessageLikeEventContent, RoomEvent, StateEvent, StateEventContent, SyncRoomEvent,
    SyncStateEvent, UnsignedData,
};

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

            /// Returns the ID of the redacted event by the rules of a room version.
            ///
            /// Unlike [`redacts`](Self::redacts), this ignores an ID that a server added in the other place.
            ///
            /// ```
            /// use matrix_events::room_version_rules::RoomVersionRules;
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// let event: AnySyncTimelineEvent =
            ///     matrix_events::from_str(r#"{"type": "m.room.redaction", "redacts": "$1", "content": {}}"#)?;
            /// let AnySyncTimelineEvent::RoomRedaction(redaction) = event else { panic!("{event:?}") };
            /// assert!(redaction.redacts_by(&RoomVersionRules::V10.redaction).is_some());
            /// assert!(redaction.redacts_by(&RoomVersionRules::V11.redaction).is_none());
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn redacts_by(&self, rules: &RedactionRules) -> Option<&EventId> {
                match rules.content_field_redacts {
                    true => self.content.redacts.as_ref(),
                    false => self.top_level.redacts.as_ref(),
                }
            }
        }
    )+};
}

redacts!(RoomEvent SyncRoomEvent);

/// Returns the JSON of an event after a redaction.
#[inline]
fn redacted(
    event: JsonRef<'_>,
    rules: &RedactionRules,
    because: Option<&SyncRoomEvent<RoomRedactionEventContent>>,
) -> JsonObject {
    // An event is an object.
    let Value::Object(mut event) = event.to_value() else { return JsonObject::new() };
    let because = because.and_then(|because| match because.json_ref().to_value() {
        Value::Object(because) => Some(because),
        _ => None,
    });
    redact(&mut event, rules, because.as_ref());
    event
}

macro_rules! redact {
    ($($any:ident)+) => {$(
        impl $any {
            /// Redacts the event by the rules of its room version. See [`redaction`](crate::redaction) for the algorithm.
            ///
            /// `redaction` is the event with the redaction, which becomes `redacted_because` in `unsigned`. Without it, the
            /// event has no `unsigned`, and [`is_redacted`](Self::is_redacted) returns `true` only if the type of a message-like
            /// event requires a field.
            ///
            /// ```
            /// use matrix_events::{AnySyncTimelineEvent, RoomVersionId};
            ///
            /// let mut event: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.message", "event_id": "$1", "sender": "@lev:example.org", "origin_server_ts": 1,
            ///         "content": {"msgtype": "m.text", "body": "Buy now"}}"#,
            /// )?;
            /// let redaction: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.redaction", "event_id": "$2", "sender": "@mod:example.org", "origin_server_ts": 2,
            ///         "content": {"redacts": "$1", "reason": "spam"}}"#,
            /// )?;
            /// let AnySyncTimelineEvent::RoomRedaction(redaction) = redaction else { panic!("{redaction:?}") };
            ///
            /// let rules = RoomVersionId::new("11").rules().expect("a room version of the specification");
            /// event.redact(&rules.redaction, Some(&redaction));
            /// assert!(event.is_redacted());
            /// let reason = event.redaction()?.and_then(|redaction| redaction.content.reason);
            /// assert_eq!(reason.as_deref(), Some("spam"));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn redact(
                &mut self,
                rules: &RedactionRules,
                redaction: Option<&SyncRoomEvent<RoomRedactionEventContent>>,
            ) {
                let event = redacted(self.json_ref(), rules, redaction);
                *self = of_object(event, Self::Unknown);
            }
        }
    )+};
}

redact!(
    AnyTimelineEvent AnySyncTimelineEvent AnyMessageLikeEvent AnySyncMessageLikeEvent AnyStateEvent AnySyncStateEvent
);

#[cfg(feature = "federation")]
redact!(AnyPdu);

macro_rules! to_redacted {
    ($($envelope:ident: $content:ident => $any:ident),+) => {$(
        impl<C: $content> $envelope<C> {
            /// Returns the redacted event by the rules of its room version. See [`redaction`](crate::redaction) for the algorithm.
            ///
            /// `redaction` is the event with the redaction, which becomes `redacted_because` in `unsigned`.
            #[inline]
            pub fn to_redacted(
                &self,
                rules: &RedactionRules,
                redaction: Option<&SyncRoomEvent<RoomRedactionEventContent>>,
            ) -> $any {
                let event = redacted(self.json_ref(), rules, redaction);
                of_object(event, $any::Unknown)
            }
        }
    )+};
}

to_redacted!(
    RoomEvent: MessageLikeEventContent => AnyMessageLikeEvent,
    SyncRoomEvent: MessageLikeEventContent => AnySyncMessageLikeEvent,
    StateEvent: StateEventContent => AnyStateEvent,
    SyncStateEvent: StateEventContent => AnySyncStateEvent
);
