//! Relations between events: replies, threads, edits and reactions.

use super::deserialized;
use crate::__private::{from_str, to_string, Error};
use crate::common::{InReplyTo, RelatesTo, RelationType};
use crate::reaction::{ReactionEventContent, ReactionRelatesTo};
use crate::room::message::RoomMessageEventContent;
use crate::{AnySyncMessageLikeEvent, BundledRelations, BundledThread, EventId};

impl RelatesTo {
    /// Creates the relation of a [reply](https://spec.matrix.org/latest/client-server-api/#rich-replies) to an event.
    ///
    /// [`RoomMessageEventContent::reply_to`] creates a whole reply.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    /// use matrix_events::room::message::TextMessageEventContent;
    ///
    /// let mut text = TextMessageEventContent::new("They are!");
    /// text.relates_to = Some(RelatesTo::reply_to("$question").into());
    /// let json = r#"{"msgtype":"m.text","body":"They are!","m.relates_to":{"m.in_reply_to":{"event_id":"$question"}}}"#;
    /// assert_eq!(serde_json::to_string(&text)?, json);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn reply_to(event_id: impl Into<EventId>) -> Self {
        Self { in_reply_to: Some(InReplyTo::new(event_id)), ..Self::default() }
    }

    /// Creates the relation of a message in a [thread](https://spec.matrix.org/latest/client-server-api/#threading).
    ///
    /// `root` is the first event of the thread. `latest` is the latest event of the thread, or `root` if the thread has no other
    /// event. Clients without support for threads display the message as a reply to `latest`.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    ///
    /// let relates_to = RelatesTo::in_thread("$root", "$latest");
    /// assert_eq!(relates_to.thread_root().map(|id| id.as_str()), Some("$root"));
    /// assert_eq!(relates_to.replies_to(), None);
    /// ```
    #[must_use]
    pub fn in_thread(root: impl Into<EventId>, latest: impl Into<EventId>) -> Self {
        let in_reply_to = Some(InReplyTo::new(latest));
        Self { in_reply_to, is_falling_back: Some(true), ..Self::new(RelationType::Thread, root) }
    }

    /// Creates the relation of a reply to an event of a thread, in the thread. `root` is the first event of the thread.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    ///
    /// let relates_to = RelatesTo::reply_in_thread("$root", "$question");
    /// assert_eq!(relates_to.thread_root().map(|id| id.as_str()), Some("$root"));
    /// assert_eq!(relates_to.replies_to().map(|id| id.as_str()), Some("$question"));
    /// ```
    #[must_use]
    pub fn reply_in_thread(root: impl Into<EventId>, event_id: impl Into<EventId>) -> Self {
        let in_reply_to = Some(InReplyTo::new(event_id));
        Self { in_reply_to, is_falling_back: Some(false), ..Self::new(RelationType::Thread, root) }
    }

    /// Creates the relation of an [edit](https://spec.matrix.org/latest/client-server-api/#event-replacements) of an event.
    ///
    /// The content of the edited event is in `new_content`. The other fields of the edit are a fallback for clients without
    /// support for edits. [`RoomMessageEventContent::edit`] creates a whole edit of a message.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    ///
    /// let relates_to = RelatesTo::replacement_of("$message");
    /// assert_eq!(matrix_events::to_string(&relates_to), r#"{"rel_type":"m.replace","event_id":"$message"}"#);
    /// assert_eq!(relates_to.replaces().map(|id| id.as_str()), Some("$message"));
    /// ```
    #[must_use]
    pub fn replacement_of(event_id: impl Into<EventId>) -> Self {
        Self::new(RelationType::Replacement, event_id)
    }

    /// Returns the event that the message replies to.
    ///
    /// Returns `None` for a message of a thread whose `m.in_reply_to` is only the fallback (`is_falling_back`).
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    ///
    /// assert_eq!(RelatesTo::reply_to("$question").replies_to().map(|id| id.as_str()), Some("$question"));
    /// assert_eq!(RelatesTo::in_thread("$root", "$latest").replies_to(), None);
    /// ```
    pub fn replies_to(&self) -> Option<&EventId> {
        let in_reply_to = self.in_reply_to.as_ref().map(|reply| &reply.event_id);
        let is_fallback = self.thread_root().is_some() && self.is_falling_back == Some(true);
        in_reply_to.filter(|_| !is_fallback)
    }

    /// Returns the first event of the thread of the message.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    ///
    /// assert_eq!(RelatesTo::in_thread("$root", "$latest").thread_root().map(|id| id.as_str()), Some("$root"));
    /// assert_eq!(RelatesTo::reply_to("$question").thread_root(), None);
    /// ```
    pub fn thread_root(&self) -> Option<&EventId> {
        self.of_type(&RelationType::Thread)
    }

    /// Returns the event that the message edits.
    ///
    /// The caller checks that the edit is valid. A valid edit has the sender, the type and the room of the edited event, and
    /// neither event is a state event.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    ///
    /// assert_eq!(RelatesTo::replacement_of("$message").replaces().map(|id| id.as_str()), Some("$message"));
    /// assert_eq!(RelatesTo::reply_to("$question").replaces(), None);
    /// ```
    pub fn replaces(&self) -> Option<&EventId> {
        self.of_type(&RelationType::Replacement)
    }

    fn of_type(&self, rel_type: &RelationType) -> Option<&EventId> {
        self.event_id.as_ref().filter(|_| self.rel_type.as_ref() == Some(rel_type))
    }
}

impl ReactionEventContent {
    /// Creates a [reaction](https://spec.matrix.org/latest/client-server-api/#event-annotations-and-reactions) to an event. The
    /// key is usually an emoji.
    ///
    /// ```
    /// use matrix_events::reaction::ReactionEventContent;
    ///
    /// let reaction = ReactionEventContent::annotation("$message", "👍");
    /// let json = r#"{"m.relates_to":{"rel_type":"m.annotation","event_id":"$message","key":"👍"}}"#;
    /// assert_eq!(serde_json::to_string(&reaction)?, json);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn annotation(event_id: impl Into<EventId>, key: impl Into<String>) -> Self {
        let (event_id, key) = (Some(event_id.into()), Some(key.into()));
        let rel_type = Some(RelationType::Annotation);
        let relates_to = Some(ReactionRelatesTo { rel_type, event_id, key, ..ReactionRelatesTo::new() });
        Self { relates_to, ..Self::new() }
    }
}

impl RoomMessageEventContent {
    /// Returns the content that the edited event has after this [edit](https://spec.matrix.org/latest/client-server-api/#event-replacements).
    ///
    /// This is `m.new_content`. Returns `None` if the message has no such object, so that the message is not an edit.
    ///
    /// ```
    /// use matrix_events::room::message::RoomMessageEventContent;
    ///
    /// let edit: RoomMessageEventContent = serde_json::from_str(
    ///     r#"{"msgtype": "m.text", "body": "* They are up!", "m.new_content": {"msgtype": "m.text", "body": "They are up!"},
    ///         "m.relates_to": {"rel_type": "m.replace", "event_id": "$message"}}"#,
    /// )?;
    /// assert_eq!(edit.edited()?.and_then(|content| content.body().map(str::to_owned)), Some("They are up!".to_owned()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `m.new_content` is not the content of a message.
    pub fn edited(&self) -> Result<Option<Self>, Error> {
        deserialized(self.new_content())
    }
}

impl BundledRelations {
    /// Returns the latest edit of the event, which is `m.replace` as an event.
    ///
    /// ```
    /// use matrix_events::BundledRelations;
    ///
    /// let relations: BundledRelations = serde_json::from_str(
    ///     r#"{"m.replace": {"type": "m.room.message", "event_id": "$edit", "content": {"msgtype": "m.text", "body": "Hi"}}}"#,
    /// )?;
    /// assert_eq!(relations.replacement()?.expect("an edit").event_id(), Some("$edit"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `m.replace` is not a message-like event.
    pub fn replacement(&self) -> Result<Option<AnySyncMessageLikeEvent>, Error> {
        deserialized(self.replace.as_ref())
    }
}

impl BundledThread {
    /// Returns the latest event in the thread, which is `latest_event` as an event.
    ///
    /// ```
    /// use matrix_events::BundledThread;
    ///
    /// let thread: BundledThread = serde_json::from_str(
    ///     r#"{"latest_event": {"type": "m.room.message", "event_id": "$a", "content": {"msgtype": "m.text", "body": "Hi"}},
    ///         "count": 1, "current_user_participated": true}"#,
    /// )?;
    /// assert_eq!(thread.latest()?.event_id(), Some("$a"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `latest_event` is not a message-like event.
    pub fn latest(&self) -> Result<AnySyncMessageLikeEvent, Error> {
        from_str(&to_string(&self.latest_event))
    }
}
