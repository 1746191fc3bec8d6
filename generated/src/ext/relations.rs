//! Relations between events: what makes a reply, a message of a thread, an edit or a reaction, and what tells one.

use crate::common::{InReplyTo, RelatesTo};
use crate::reaction::{ReactionEventContent, ReactionRelatesTo, RelType};
use crate::EventId;

/// The `rel_type` of the messages of a thread.
const THREAD: &str = "m.thread";

/// The `rel_type` of edits.
const REPLACE: &str = "m.replace";

impl RelatesTo {
    /// That of a [reply](https://spec.matrix.org/latest/client-server-api/#rich-replies).
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

    /// That of a message in a [thread](https://spec.matrix.org/latest/client-server-api/#threading), which begins with the
    /// event `root`. `latest` is the last event of the thread until then, or `root`: clients that don't know threads show
    /// the message as a reply to it.
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
        Self { in_reply_to, is_falling_back: Some(true), ..Self::new(THREAD, root) }
    }

    /// That of a reply to an event of a thread, within the thread.
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
        Self { in_reply_to, is_falling_back: Some(false), ..Self::new(THREAD, root) }
    }

    /// That of an [edit](https://spec.matrix.org/latest/client-server-api/#event-replacements) of an event, whose new
    /// content stands beside it. What the message says otherwise is for clients that don't know edits.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    /// use matrix_events::room::message::TextMessageEventContent;
    ///
    /// let new_content = TextMessageEventContent::new("The seedlings are up!");
    /// let mut edit = TextMessageEventContent::new("* The seedlings are up!");
    /// edit.new_content = serde_json::to_value(&new_content)?.as_object().cloned();
    /// edit.relates_to = Some(RelatesTo::replacement_of("$message").into());
    /// assert_eq!(edit.relates_to.unwrap().replaces().map(|id| id.as_str()), Some("$message"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn replacement_of(event_id: impl Into<EventId>) -> Self {
        Self::new(REPLACE, event_id)
    }

    /// The event that this one replies to. What only shows a message of a thread in its place is no reply.
    pub fn replies_to(&self) -> Option<&EventId> {
        let in_reply_to = self.in_reply_to.as_ref().map(|reply| &reply.event_id);
        let is_stand_in = self.thread_root().is_some() && self.is_falling_back == Some(true);
        in_reply_to.filter(|_| !is_stand_in)
    }

    /// The event that the thread of this one begins with.
    pub fn thread_root(&self) -> Option<&EventId> {
        self.of_kind(THREAD)
    }

    /// The event that this one edits. Whether it may, its sender and type have to tell: an edit is of the same sender, type
    /// and room as what it edits, and neither is a state event.
    pub fn replaces(&self) -> Option<&EventId> {
        self.of_kind(REPLACE)
    }

    fn of_kind(&self, kind: &str) -> Option<&EventId> {
        self.event_id.as_ref().filter(|_| self.rel_type.as_deref() == Some(kind))
    }
}

impl ReactionEventContent {
    /// A [reaction](https://spec.matrix.org/latest/client-server-api/#event-annotations-and-reactions) to an event, with an
    /// emoji for the most part.
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
        let rel_type = Some(RelType::Annotation);
        let relates_to = Some(ReactionRelatesTo { rel_type, event_id, key, ..ReactionRelatesTo::new() });
        Self { relates_to, ..Self::new() }
    }
}
