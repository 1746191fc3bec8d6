//! Edits of events: checks of their validity, and their application.

use serde_json::Value;

use crate::__private::{from_str, to_string, Error, FromToJson, JsonObject, JsonRef};
use crate::common::RelationType;
use crate::relations::RelationError;
use crate::{
    AnyMessageLikeEvent, AnySyncMessageLikeEvent, AnySyncTimelineEvent, AnyTimelineEvent, MessageLikeEventContent,
    RoomEvent, SyncRoomEvent,
};

/// Returns the latest edit that the server added to an event.
#[inline]
pub(crate) fn bundled_edit(event: JsonRef<'_>) -> JsonRef<'_> {
    event.member("unsigned").member("m.relations").member("m.replace")
}

#[inline]
fn text<'e>(event: JsonRef<'e>, name: &str) -> Option<&'e str> {
    event.member(name).text()
}

/// Returns the event that an edit replaces, or `None` for other events.
#[inline]
fn replaced(event: JsonRef<'_>) -> Option<&str> {
    let relates_to = event.member("content").member("m.relates_to");
    let is_edit = text(relates_to, "rel_type") == Some(RelationType::Replacement.as_str());
    text(relates_to, "event_id").filter(|_| is_edit)
}

/// Checks the [validity of an edit](https://spec.matrix.org/latest/client-server-api/#validity-of-replacement-events).
#[inline]
pub(crate) fn check_edit(original: JsonRef<'_>, edit: JsonRef<'_>) -> Result<(), RelationError> {
    if replaced(edit).is_none() || replaced(edit) != text(original, "event_id") {
        return Err(RelationError::NoEdit);
    }
    if replaced(original).is_some() {
        return Err(RelationError::EditOfEdit);
    }
    if text(original, "state_key").or(text(edit, "state_key")).is_some() {
        return Err(RelationError::StateEvent);
    }
    if text(original, "type") != text(edit, "type") {
        return Err(RelationError::DifferentType);
    }
    if text(original, "sender").is_none() || text(original, "sender") != text(edit, "sender") {
        return Err(RelationError::DifferentSender);
    }
    let rooms = text(original, "room_id").zip(text(edit, "room_id"));
    if rooms.is_some_and(|(of_event, of_edit)| of_event != of_edit) {
        return Err(RelationError::DifferentRoom);
    }
    match edit.member("content").member("m.new_content").to_value() {
        Value::Object(_) => Ok(()),
        _ => Err(RelationError::NoEdit),
    }
}

/// Returns an event with the content of an edit, if the edit is valid.
#[inline]
fn edited(original: JsonRef<'_>, edit: JsonRef<'_>) -> Result<Value, RelationError> {
    check_edit(original, edit)?;
    let mut content = match edit.member("content").member("m.new_content").to_value() {
        Value::Object(content) => content,
        _ => JsonObject::new(),
    };
    content.remove("m.relates_to");
    match original.member("content").member("m.relates_to") {
        JsonRef::Absent => {}
        relates_to => {
            content.insert("m.relates_to".to_owned(), relates_to.to_value());
        }
    }
    let mut event = original.to_value();
    if let Some(members) = event.as_object_mut() {
        members.insert("content".to_owned(), content.into());
    }
    Ok(event)
}

/// Returns the error of an event that is malformed after an edit.
macro_rules! malformed {
    () => {
        |event| match event {
            Self::Malformed(malformed) => Some(malformed.reason().clone()),
            _ => None,
        }
    };
}

macro_rules! edits {
    ($([$($generics:tt)*] $event:ty, $error:expr;)*) => {$(
        impl<$($generics)*> $event {
            /// Applies an [edit](https://spec.matrix.org/latest/client-server-api/#event-replacements) of the event.
            ///
            /// The content becomes the `m.new_content` of the edit, and the relation of the event remains. If an event has several
            /// edits, apply the [`latest_edit`](Self::latest_edit). An edit with an error has no effect, and clients ignore it.
            ///
            /// ```
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// let mut message: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.message", "event_id": "$1", "sender": "@lev:example.org",
            ///         "content": {"msgtype": "m.text", "body": "They are up"}}"#,
            /// )?;
            /// let edit: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.message", "event_id": "$2", "sender": "@lev:example.org", "content": {
            ///         "msgtype": "m.text", "body": "* They are up!", "m.new_content": {"msgtype": "m.text", "body": "They are up!"},
            ///         "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"}}}"#,
            /// )?;
            /// message.apply_edit(&edit).expect("the edit is valid");
            /// let AnySyncTimelineEvent::RoomMessage(message) = message else { panic!("{message:?}") };
            /// assert_eq!(message.content.body(), Some("They are up!"));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            ///
            /// # Errors
            ///
            /// Returns an error if the event is redacted, or if the edit is not
            /// [valid](https://spec.matrix.org/latest/client-server-api/#validity-of-replacement-events) for the event. A valid edit
            /// has the sender, the type and the room of the event, and an `m.new_content`. Neither event is a state event, and the
            /// event is not an edit.
            #[inline]
            pub fn apply_edit(&mut self, edit: &Self) -> Result<(), RelationError> {
                self.apply(edit.json_ref())
            }

            /// Applies the latest edit, which servers add to `unsigned` of the event. Returns `false` if there is none.
            ///
            /// ```
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// let mut message: AnySyncTimelineEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.message", "event_id": "$1", "sender": "@lev:example.org",
            ///         "content": {"msgtype": "m.text", "body": "They are up"}, "unsigned": {"m.relations": {"m.replace": {
            ///             "type": "m.room.message", "event_id": "$2", "sender": "@lev:example.org", "content": {
            ///                 "msgtype": "m.text", "body": "* Up!", "m.new_content": {"msgtype": "m.text", "body": "Up!"},
            ///                 "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"}}}}}}"#,
            /// )?;
            /// assert_eq!(message.apply_bundled_edit(), Ok(true));
            /// let AnySyncTimelineEvent::RoomMessage(message) = message else { panic!("{message:?}") };
            /// assert_eq!(message.content.body(), Some("Up!"));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            ///
            /// # Errors
            ///
            /// Returns the errors of [`apply_edit`](Self::apply_edit).
            #[inline]
            pub fn apply_bundled_edit(&mut self) -> Result<bool, RelationError> {
                match bundled_edit(self.json_ref()).to_value() {
                    Value::Object(edit) => self.apply(JsonRef::JsonObject(&edit)).map(|()| true),
                    _ => Ok(false),
                }
            }

            /// Returns the latest of the valid edits of the event. Other events are ignored.
            ///
            /// The latest edit is the edit with the highest `origin_server_ts`. If several edits have the same time, it is the edit
            /// with the highest event ID.
            ///
            /// ```
            /// use matrix_events::AnySyncTimelineEvent;
            ///
            /// let timeline: Vec<AnySyncTimelineEvent> = matrix_events::from_str(
            ///     r#"[{"type": "m.room.message", "event_id": "$1", "sender": "@lev:example.org", "origin_server_ts": 1,
            ///             "content": {"msgtype": "m.text", "body": "They are up"}},
            ///         {"type": "m.room.message", "event_id": "$2", "sender": "@lev:example.org", "origin_server_ts": 2,
            ///             "content": {"msgtype": "m.text", "body": "* Up", "m.new_content": {"msgtype": "m.text", "body": "Up"},
            ///                 "m.relates_to": {"rel_type": "m.replace", "event_id": "$1"}}}]"#,
            /// )?;
            /// assert_eq!(timeline[0].latest_edit(&timeline), Some(&timeline[1]));
            /// assert_eq!(timeline[1].latest_edit(&timeline), None);
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            #[inline]
            pub fn latest_edit<'e>(&self, events: impl IntoIterator<Item = &'e Self>) -> Option<&'e Self> {
                let edits = events.into_iter().filter(|event| check_edit(self.json_ref(), event.json_ref()).is_ok());
                edits.max_by_key(|event| {
                    let event = event.json_ref();
                    (event.member("origin_server_ts").integer(), event.member("event_id").text().map(str::to_owned))
                })
            }

            #[inline]
            fn apply(&mut self, edit: JsonRef<'_>) -> Result<(), RelationError> {
                if self.is_redacted() {
                    return Err(RelationError::Redacted);
                }
                let edited = edited(self.json_ref(), edit)?;
                let edited: Self = from_str(&to_string(&edited)).map_err(RelationError::InvalidContent)?;
                let error: fn(&Self) -> Option<Error> = $error;
                match error(&edited) {
                    Some(error) => Err(RelationError::InvalidContent(error)),
                    None => {
                        *self = edited;
                        Ok(())
                    }
                }
            }
        }
    )*};
}

edits! {
    [C: MessageLikeEventContent] RoomEvent<C>, |_| None;
    [C: MessageLikeEventContent] SyncRoomEvent<C>, |_| None;
    [] AnyTimelineEvent, malformed!();
    [] AnySyncTimelineEvent, malformed!();
    [] AnyMessageLikeEvent, malformed!();
    [] AnySyncMessageLikeEvent, malformed!();
}
