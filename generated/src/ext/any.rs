//! Members that events of several types have, for the enums over all events in rooms.

use super::deserialized;
use crate::__private::{Error, FromToJson, JsonRef};
use crate::common::{Mentions, RelatesTo};
use crate::envelope::BundledRelations;
use crate::room::redaction::RoomRedactionEventContent;
use crate::{
    AnyMessageLikeEvent, AnyStateEvent, AnyStrippedStateEvent, AnySyncMessageLikeEvent, AnySyncStateEvent,
    AnySyncTimelineEvent, AnyTimelineEvent, SyncRoomEvent,
};

/// Deserializes a member below a member of an event. Returns `None` unless it is a valid object.
fn member<T: FromToJson>(event: JsonRef<'_>, parent: &str, name: &str) -> Option<T> {
    let value = event.member(parent).member(name).to_value();
    deserialized(value.as_object()).ok()?
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
            #[inline]
            pub fn redaction(&self) -> Result<Option<SyncRoomEvent<RoomRedactionEventContent>>, Error> {
                deserialized(self.redacted_because())
            }

            /// Returns the relation of the event to another event, whatever the type of the event is.
            ///
            /// This is `m.relates_to` in `content`. Encrypted events have it too. Returns `None` if it is absent or invalid.
            ///
            /// ```
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// let event: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "org.example.poll", "content": {"m.relates_to": {"rel_type": "m.thread", "event_id": "$1"}}}"#,
            /// )?;
            /// let relation = event.relates_to().expect("the event is in a thread");
            /// assert_eq!(relation.thread_root().map(|id| id.as_str()), Some("$1"));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn relates_to(&self) -> Option<RelatesTo> {
                member(self.json_ref(), "content", "m.relates_to")
            }

            /// Returns the mentions of the event, whatever the type of the event is.
            ///
            /// This is `m.mentions` in `content`. Returns `None` if it is absent or invalid.
            #[inline]
            pub fn mentions(&self) -> Option<Mentions> {
                member(self.json_ref(), "content", "m.mentions")
            }

            /// Returns `true` if the event mentions a user, whatever the type of the event is.
            ///
            /// ```
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// let event: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "org.example.poll", "content": {"m.mentions": {"user_ids": ["@lev:example.org"]}}}"#,
            /// )?;
            /// assert!(event.mentions_user("@lev:example.org"));
            /// assert!(!event.mentions_user("@mira:example.org"));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn mentions_user(&self, user_id: impl AsRef<str>) -> bool {
                self.mentions().is_some_and(|mentions| mentions.mentions_user(user_id))
            }

            /// Returns `true` if the event mentions all users in the room, whatever the type of the event is.
            ///
            /// ```
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// let event: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "org.example.poll", "content": {"m.mentions": {"room": true}}}"#,
            /// )?;
            /// assert!(event.mentions_room());
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn mentions_room(&self) -> bool {
                self.mentions().is_some_and(|mentions| mentions.mentions_room())
            }

            /// Returns the events that relate to this event, as aggregated by the server.
            ///
            /// This is `m.relations` in `unsigned`. Returns `None` if it is absent or invalid.
            #[inline]
            pub fn relations(&self) -> Option<BundledRelations> {
                member(self.json_ref(), "unsigned", "m.relations")
            }
        }
    )+};
}

any_enums!(
    AnyTimelineEvent AnySyncTimelineEvent AnyMessageLikeEvent AnySyncMessageLikeEvent AnyStateEvent AnySyncStateEvent
    AnyStrippedStateEvent
);
