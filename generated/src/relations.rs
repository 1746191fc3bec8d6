//! Events that a message refers to, and the reply fallbacks of earlier versions of the specification.
//!
//! [`RelatedEvent`] describes an event for [`reply_to`](RoomMessageEventContent::reply_to),
//! [`in_thread`](RoomMessageEventContent::in_thread), [`reply_in_thread`](RoomMessageEventContent::reply_in_thread) and
//! [`edit`](RoomMessageEventContent::edit). References to events convert to it, so most programs do not name the type.

use std::fmt;

use crate::__private::{Error, FromToJson, JsonRef};
use crate::common::{Mentions, RelatesTo, RelationType};
use crate::ext::edits::{bundled_edit, check_edit};
use crate::ext::messages::mentions_of;
use crate::room::message::RoomMessageEventContent;
use crate::{
    AnyMessageLikeEvent, AnyStateEvent, AnySyncMessageLikeEvent, AnySyncStateEvent, AnySyncTimelineEvent,
    AnyTimelineEvent, EventContent, EventId, MalformedEvent, MessageLikeEventContent, RedactedEvent, RoomEvent,
    StateEvent, StateEventContent, SyncRoomEvent, SyncStateEvent, UnknownEvent, UserId,
};

/// An event that a new message replies to, edits, or has in its thread.
///
/// A reference to an event of any type converts to it, including encrypted, redacted and unknown events. The methods make
/// choices that differ from the default.
///
/// ```
/// use matrix_events::relations::RelatedEvent;
/// use matrix_events::room::message::RoomMessageEventContent;
/// use matrix_events::{user_id, AnySyncTimelineEvent};
///
/// let sticker: AnySyncTimelineEvent = matrix_events::from_str(
///     r#"{"type": "m.sticker", "event_id": "$sticker", "sender": "@mira:example.org", "content": {"body": "A seedling"}}"#,
/// )?;
/// let reply = RoomMessageEventContent::text_plain("Nice!").reply_to(&sticker).expect("the event has an ID");
/// assert_eq!(reply.relates_to().and_then(|relation| relation.replies_to()).unwrap(), "$sticker");
/// assert!(reply.mentions_user("@mira:example.org"));
///
/// // A user does not mention themselves.
/// let me = user_id!("@mira:example.org");
/// let own = RelatedEvent::from(&sticker).with_own_user_id(&me);
/// let reply = RoomMessageEventContent::text_plain("My favorite").reply_to(own).expect("the event has an ID");
/// assert!(!reply.mentions_user("@mira:example.org"));
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct RelatedEvent<'e> {
    event: JsonRef<'e>,
    event_id: Option<&'e str>,
    sender: Option<&'e str>,
    /// The type and the target of the relation of the event.
    relation: Option<(&'e str, &'e str)>,
    mentions: Option<&'e Mentions>,
    own_user_id: Option<&'e str>,
    mentions_sender: bool,
    stays_in_thread: bool,
}

impl<'e> RelatedEvent<'e> {
    /// Describes an event by its ID and its sender.
    ///
    /// If the event has the relation `m.thread`, add it with [`with_thread`](Self::with_thread). For an edit, add the mentions of
    /// the event with [`with_mentions`](Self::with_mentions).
    ///
    /// ```
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender) = (event_id!("$question"), user_id!("@mira:example.org"));
    /// let reply = RoomMessageEventContent::text_plain("Yes").reply_to(RelatedEvent::new(&event_id, &sender))?;
    /// assert_eq!(
    ///     matrix_events::to_string(&reply),
    ///     r#"{"msgtype":"m.text","body":"Yes","m.mentions":{"user_ids":["@mira:example.org"]},"#.to_owned()
    ///         + r#""m.relates_to":{"m.in_reply_to":{"event_id":"$question"}}}"#,
    /// );
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn new(event_id: &'e EventId, sender: &'e UserId) -> Self {
        Self { event_id: Some(event_id.as_str()), sender: Some(sender.as_str()), ..Self::of(JsonRef::Absent) }
    }

    /// Reads the members of an event.
    #[inline]
    pub(crate) fn of(event: JsonRef<'e>) -> Self {
        let relates_to = event.member("content").member("m.relates_to");
        Self {
            event,
            event_id: event.member("event_id").text(),
            sender: event.member("sender").text(),
            relation: relates_to.member("rel_type").text().zip(relates_to.member("event_id").text()),
            mentions: None,
            own_user_id: None,
            mentions_sender: true,
            stays_in_thread: true,
        }
    }

    /// Sets the root of the thread that the event is in.
    ///
    /// A reference to an event contains the root already, if the event has the relation `m.thread`.
    ///
    /// ```
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender, root) = (event_id!("$question"), user_id!("@mira:example.org"), event_id!("$root"));
    /// let event = RelatedEvent::new(&event_id, &sender).with_thread(&root);
    /// assert_eq!(event.thread_relation()?.thread_root(), Some(&root));
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn with_thread(self, root: &'e EventId) -> Self {
        Self { relation: Some((RelationType::Thread.as_str(), root.as_str())), ..self }
    }

    /// Sets the mentions of the event that an edit changes. The edit notifies only users who are not in `mentions`.
    ///
    /// A reference to an event contains the mentions already. For an encrypted event, pass the mentions of the decrypted content.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender, mira) = (event_id!("$message"), user_id!("@lev:example.org"), user_id!("@mira:example.org"));
    /// let mentions = Mentions::with_user_ids([mira.clone()]);
    /// let edit = RoomMessageEventContent::text_plain("Hello, Mira!")
    ///     .with_mentions(mentions.clone())
    ///     .edit(RelatedEvent::new(&event_id, &sender).with_mentions(&mentions))?;
    /// assert!(!edit.mentions_user(&mira));
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn with_mentions(self, mentions: &'e Mentions) -> Self {
        Self { mentions: Some(mentions), ..self }
    }

    /// Sets the user who sends the new message.
    ///
    /// A reply does not mention this user, because users
    /// [should not mention themselves](https://spec.matrix.org/latest/client-server-api/#user-and-room-mentions). An edit of an
    /// event of another user is an error.
    ///
    /// ```
    /// use matrix_events::relations::{RelatedEvent, RelationError};
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender, me) = (event_id!("$message"), user_id!("@mira:example.org"), user_id!("@lev:example.org"));
    /// let event = RelatedEvent::new(&event_id, &sender).with_own_user_id(&me);
    /// let error = RoomMessageEventContent::text_plain("Hi").edit(event).unwrap_err();
    /// assert_eq!(error, RelationError::DifferentSender);
    /// ```
    #[inline]
    #[must_use]
    pub fn with_own_user_id(self, own_user_id: &'e UserId) -> Self {
        Self { own_user_id: Some(own_user_id.as_str()), ..self }
    }

    /// Does not mention the sender of the event in a reply.
    ///
    /// ```
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender) = (event_id!("$question"), user_id!("@mira:example.org"));
    /// let event = RelatedEvent::new(&event_id, &sender).without_mention();
    /// let reply = RoomMessageEventContent::text_plain("Yes").reply_to(event)?;
    /// assert_eq!(reply.mentions(), None);
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn without_mention(self) -> Self {
        Self { mentions_sender: false, ..self }
    }

    /// Creates a reply outside of the thread that the event is in.
    ///
    /// By default, a reply to an event of a thread is in the thread.
    ///
    /// ```
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender, root) = (event_id!("$question"), user_id!("@mira:example.org"), event_id!("$root"));
    /// let event = RelatedEvent::new(&event_id, &sender).with_thread(&root);
    /// assert_eq!(event.reply_relation()?.thread_root(), Some(&root));
    /// assert_eq!(event.outside_thread().reply_relation()?.thread_root(), None);
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn outside_thread(self) -> Self {
        Self { stays_in_thread: false, ..self }
    }

    /// Returns the relation of a [reply](https://spec.matrix.org/latest/client-server-api/#rich-replies) to the event.
    ///
    /// [`RoomMessageEventContent::reply_to`] explains the relation. Use this method for contents of other types.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender) = (event_id!("$question"), user_id!("@mira:example.org"));
    /// assert_eq!(RelatedEvent::new(&event_id, &sender).reply_relation()?, RelatesTo::reply_to("$question"));
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`.
    #[inline]
    pub fn reply_relation(&self) -> Result<RelatesTo, RelationError> {
        let event_id = self.original()?;
        Ok(match self.thread().filter(|_| self.stays_in_thread) {
            Some(root) => RelatesTo::in_thread(root, event_id),
            None => RelatesTo::reply_to(event_id),
        })
    }

    /// Returns the relation of a message in the [thread](https://spec.matrix.org/latest/client-server-api/#threading) of the event.
    ///
    /// [`RoomMessageEventContent::in_thread`] explains the relation. Use this method for contents of other types.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender) = (event_id!("$question"), user_id!("@mira:example.org"));
    /// assert_eq!(RelatedEvent::new(&event_id, &sender).thread_relation()?, RelatesTo::in_thread("$question", "$question"));
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`, or is neither in a thread nor can be the root of a thread.
    #[inline]
    pub fn thread_relation(&self) -> Result<RelatesTo, RelationError> {
        let root = self.root()?;
        let bundled = self.event.member("unsigned").member("m.relations").member("m.thread").member("latest_event");
        let latest = match self.thread() {
            None => bundled.member("event_id").text(),
            Some(_) => Some(self.id()?),
        };
        Ok(RelatesTo::in_thread(root, latest.unwrap_or(root)))
    }

    /// Returns the relation of a [reply in the thread](https://spec.matrix.org/latest/client-server-api/#replies-within-threads) of
    /// the event.
    ///
    /// [`RoomMessageEventContent::reply_in_thread`] explains the relation. Use this method for contents of other types.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (event_id, sender) = (event_id!("$question"), user_id!("@mira:example.org"));
    /// assert_eq!(RelatedEvent::new(&event_id, &sender).thread_reply_relation()?, RelatesTo::reply_in_thread("$question", "$question"));
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`, or is neither in a thread nor can be the root of a thread.
    #[inline]
    pub fn thread_reply_relation(&self) -> Result<RelatesTo, RelationError> {
        let root = self.root()?;
        Ok(RelatesTo::reply_in_thread(root, self.id()?))
    }

    /// Returns the sender if a reply mentions the sender.
    #[inline]
    pub(crate) fn mention(&self) -> Option<UserId> {
        let sender = self.sender.filter(|_| self.mentions_sender);
        sender.filter(|sender| self.own_user_id != Some(sender)).map(UserId::from)
    }

    /// Returns the relation of an edit of the event, and the mentions that the event has before the edit.
    #[inline]
    pub(crate) fn edit_relation(&self) -> Result<(RelatesTo, Option<Mentions>), RelationError> {
        let event_type = self.event.member("type").text().unwrap_or(RoomMessageEventContent::TYPE);
        if self.event.member("state_key").text().is_some() {
            return Err(RelationError::StateEvent);
        }
        if !matches!(event_type, RoomMessageEventContent::TYPE | "m.room.encrypted") {
            return Err(RelationError::DifferentType);
        }
        if self.event.member("unsigned").member("redacted_because").json_object().is_some() {
            return Err(RelationError::Redacted);
        }
        if self.own_user_id.is_some_and(|own_user_id| self.sender.is_some_and(|sender| sender != own_user_id)) {
            return Err(RelationError::DifferentSender);
        }
        let known = self.mentions.cloned().or_else(|| self.latest_mentions());
        Ok((RelatesTo::replacement_of(self.original()?), known))
    }

    /// Returns the mentions of the latest version of the event.
    #[inline]
    fn latest_mentions(&self) -> Option<Mentions> {
        let bundled = bundled_edit(self.event);
        let latest = match check_edit(self.event, bundled) {
            Ok(()) => bundled,
            Err(_) => self.event,
        };
        let content = latest.member("content");
        match content.member("m.new_content") {
            JsonRef::Absent => mentions_of(content),
            new_content => mentions_of(new_content),
        }
    }

    #[inline]
    fn id(&self) -> Result<&'e str, RelationError> {
        self.event_id.ok_or(RelationError::MissingEventId)
    }

    /// Returns the ID of the event, or for an edit the ID of the edited event.
    #[inline]
    fn original(&self) -> Result<&'e str, RelationError> {
        match self.relation_of(&RelationType::Replacement) {
            Some(original) => Ok(original),
            None => self.id(),
        }
    }

    /// Returns the root of the thread that the event is in.
    #[inline]
    fn thread(&self) -> Option<&'e str> {
        self.relation_of(&RelationType::Thread)
    }

    /// Returns the root of the thread that the event is in or begins.
    #[inline]
    fn root(&self) -> Result<&'e str, RelationError> {
        match (self.thread(), self.relation) {
            (Some(root), _) => Ok(root),
            (None, None) => self.id(),
            (None, Some(_)) => Err(RelationError::NoThread),
        }
    }

    #[inline]
    fn relation_of(&self, rel_type: &RelationType) -> Option<&'e str> {
        self.relation.filter(|(of_event, _)| *of_event == rel_type.as_str()).map(|(_, target)| target)
    }
}

impl fmt::Debug for RelatedEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RelatedEvent");
        debug.field("event_id", &self.event_id).field("sender", &self.sender).field("relation", &self.relation);
        debug.finish_non_exhaustive()
    }
}

macro_rules! related_events {
    ($([$($generics:tt)*] $event:ty: $json:expr;)*) => {$(
        impl<'e, $($generics)*> From<&'e $event> for RelatedEvent<'e> {
            #[inline]
            fn from(event: &'e $event) -> Self {
                let json: fn(&'e $event) -> JsonRef<'e> = $json;
                Self::of(json(event))
            }
        }
    )*};
}

related_events! {
    [C: MessageLikeEventContent] RoomEvent<C>: FromToJson::json_ref;
    [C: MessageLikeEventContent] Box<RoomEvent<C>>: |event| event.as_ref().json_ref();
    [C: MessageLikeEventContent] SyncRoomEvent<C>: FromToJson::json_ref;
    [C: MessageLikeEventContent] Box<SyncRoomEvent<C>>: |event| event.as_ref().json_ref();
    [C: StateEventContent] StateEvent<C>: FromToJson::json_ref;
    [C: StateEventContent] Box<StateEvent<C>>: |event| event.as_ref().json_ref();
    [C: StateEventContent] SyncStateEvent<C>: FromToJson::json_ref;
    [C: StateEventContent] Box<SyncStateEvent<C>>: |event| event.as_ref().json_ref();
    [] AnyTimelineEvent: FromToJson::json_ref;
    [] AnySyncTimelineEvent: FromToJson::json_ref;
    [] AnyMessageLikeEvent: FromToJson::json_ref;
    [] AnySyncMessageLikeEvent: FromToJson::json_ref;
    [] AnyStateEvent: FromToJson::json_ref;
    [] AnySyncStateEvent: FromToJson::json_ref;
    [] UnknownEvent: |event| JsonRef::JsonObject(event.json());
    [] RedactedEvent: |event| JsonRef::JsonObject(event.json());
    [] MalformedEvent: |event| JsonRef::JsonObject(event.json());
}

/// The reason why a relation to an event is invalid.
///
/// ```
/// use matrix_events::relations::RelationError;
/// use matrix_events::room::message::RoomMessageEventContent;
/// use matrix_events::AnySyncTimelineEvent;
///
/// let topic: AnySyncTimelineEvent = matrix_events::from_str(
///     r#"{"type": "m.room.topic", "state_key": "", "event_id": "$topic", "content": {"topic": "Seedlings"}}"#,
/// )?;
/// let error = RoomMessageEventContent::text_plain("Seeds").edit(&topic).unwrap_err();
/// assert_eq!(error, RelationError::StateEvent);
/// assert_eq!(error.to_string(), "failed to edit the event: expected a message-like event, found a state event");
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RelationError {
    /// The event has no `event_id`.
    MissingEventId,
    /// The event has a relation other than `m.thread`, such as an edit or a reaction. It is in no thread, and cannot be the
    /// [root of a thread](https://spec.matrix.org/latest/client-server-api/#threading).
    NoThread,
    /// The edit has no `m.new_content`, or has no relation `m.replace` to the event.
    NoEdit,
    /// The edited event is an edit.
    EditOfEdit,
    /// The edited event or the edit is a state event.
    StateEvent,
    /// The edited event is redacted.
    Redacted,
    /// The edit has another type than the edited event.
    DifferentType,
    /// The edit has another sender than the edited event, or the sender of an event is missing.
    DifferentSender,
    /// The edit is in another room than the edited event.
    DifferentRoom,
    /// The `m.new_content` of the edit is not a content of the type of the event.
    InvalidContent(Error),
}

impl fmt::Display for RelationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = match self {
            Self::MissingEventId => return f.write_str("failed to relate to the event: the event has no `event_id`"),
            Self::NoThread => return f.write_str(
                "failed to create a message in a thread: the event relates to another event, and is not in a thread",
            ),
            Self::NoEdit => "expected an edit of the event, found another event",
            Self::EditOfEdit => "expected an event that is not an edit, found an edit",
            Self::StateEvent => "expected a message-like event, found a state event",
            Self::Redacted => "the event is redacted",
            Self::DifferentType => "the edit has another type than the event",
            Self::DifferentSender => "the edit has another sender than the event",
            Self::DifferentRoom => "the edit is in another room than the event",
            Self::InvalidContent(error) => {
                return write!(f, "failed to edit the event: invalid `m.new_content`: {error}")
            }
        };
        write!(f, "failed to edit the event: {cause}")
    }
}

impl std::error::Error for RelationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::InvalidContent(error) => Some(error),
            _ => None,
        }
    }
}

/// The prefix of the lines of a reply fallback.
const QUOTE: &str = "> ";

/// Removes the [reply fallback](https://spec.matrix.org/latest/client-server-api/#rich-replies) from the `body` of a reply.
///
/// Before v1.13, a reply began with lines that quote the other message. The first line names the sender, as in
/// `> <@mira:example.org> Are the seedlings up?`. Other quotations are part of the reply, and remain. A text without a reply after
/// the quotation is not changed. Call this function only for replies, because it cannot recognize them.
///
/// [`RoomMessageEventContent::remove_reply_fallback`] removes the fallback of a message.
///
/// ```
/// use matrix_events::relations::remove_plain_reply_fallback;
///
/// assert_eq!(remove_plain_reply_fallback("> <@mira:example.org> Are they up?\n> Lev?\n\nThey are!"), "They are!");
/// assert_eq!(remove_plain_reply_fallback("> Are they up?\n\nThey are!"), "> Are they up?\n\nThey are!");
/// ```
#[inline]
#[must_use]
pub fn remove_plain_reply_fallback(body: &str) -> &str {
    let names_sender = ["> <", "> * <"].iter().any(|start| body.starts_with(start));
    match names_sender {
        true => without_quote(body),
        false => body,
    }
}

/// Removes the first lines of a text that begin with `> `, and an empty line after them. Returns the text if nothing remains.
#[inline]
pub(crate) fn without_quote(body: &str) -> &str {
    let mut rest = body;
    while rest.starts_with(QUOTE) {
        rest = rest.split_once('\n').map_or("", |(_, after)| after);
    }
    if rest.len() < body.len() {
        rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
    }
    match rest {
        "" => body,
        rest => rest,
    }
}

/// Removes the [reply fallback](https://spec.matrix.org/latest/client-server-api/#rich-replies) from the `formatted_body` of a reply.
///
/// Before v1.13, a reply began with an element `<mx-reply>`, which quotes the other message. A text without this element at its
/// start is not changed.
///
/// [`RoomMessageEventContent::remove_reply_fallback`] removes the fallback of a message.
///
/// ```
/// use matrix_events::relations::remove_html_reply_fallback;
///
/// let html = "<mx-reply><blockquote>Are they up?</blockquote></mx-reply>They <em>are</em>!";
/// assert_eq!(remove_html_reply_fallback(html), "They <em>are</em>!");
/// ```
#[inline]
#[must_use]
pub fn remove_html_reply_fallback(formatted_body: &str) -> &str {
    if !formatted_body.contains('>') || tag_at_start(formatted_body, "<mx-reply").is_none() {
        return formatted_body;
    }
    let mut depth = 0_usize;
    let mut rest = formatted_body;
    while let Some((_, after)) = rest.find('<').and_then(|start| rest.split_at_checked(start)) {
        if let Some(after) = tag_at_start(after, "<mx-reply") {
            depth += 1;
            rest = after;
        } else if let Some(after) = tag_at_start(after, "</mx-reply") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return after;
            }
            rest = after;
        } else {
            rest = after.get(1..).unwrap_or_default();
        }
    }
    // An element without an end tag ends with the text.
    ""
}

/// Returns the text after a tag, if the text begins with the tag. Names of tags ignore case.
#[inline]
fn tag_at_start<'t>(text: &'t str, tag: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(tag.len())?;
    let is_end_of_name = rest.starts_with(['>', '/', ' ', '\t', '\n', '\r', '\x0C']);
    let is_tag = start.eq_ignore_ascii_case(tag) && is_end_of_name;
    // A tag without an end ends with the text.
    is_tag.then(|| rest.split_once('>').map_or("", |(_, after)| after))
}
