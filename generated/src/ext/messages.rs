//! Whole messages: texts, replies, messages in threads, edits, mentions and reply fallbacks.

use super::deserialized;
use crate::__private::{Extra, FromToJson, JsonObject, JsonRef};
use crate::common::{Mentions, RelatesTo};
use crate::relations::{remove_html_reply_fallback, remove_plain_reply_fallback, without_quote};
use crate::relations::{RelatedEvent, RelationError};
use crate::room::message::{
    EmoteMessageEventContent, MessageFormat, NoticeMessageEventContent, RoomMessageEventContent,
    TextMessageEventContent,
};
use crate::sticker::StickerEventContent;

/// The prefix of the texts of an edit, for clients without support for edits.
const EDITED: &str = "* ";

/// Returns the `m.mentions` of a content.
#[inline]
pub(crate) fn mentions_of(content: JsonRef<'_>) -> Option<Mentions> {
    let mentions = match content.member("m.mentions") {
        JsonRef::Absent => content.member("org.matrix.msc3952.mentions"),
        mentions => mentions,
    };
    deserialized(mentions.to_value().as_object()).ok()?
}

macro_rules! texts {
    ($($content:ident: $msgtype:literal, $plain:ident, $html:ident, $markdown:ident;)*) => {
        $(impl $content {
            #[doc = concat!("Creates an `", $msgtype, "` message with a plain text.")]
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::plain(\"The seedlings are up!\");")]
            /// assert_eq!(content.body, "The seedlings are up!");
            /// ```
            #[inline]
            #[must_use]
            pub fn plain(body: impl Into<String>) -> Self {
                Self::new(body)
            }

            #[doc = concat!("Creates an `", $msgtype, "` message with HTML. `body` is the text for clients without support for HTML.")]
            ///
            /// The specification
            /// [lists the tags](https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes) that clients display.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::html(\"The seedlings are *up*!\", \"The seedlings are <em>up</em>!\");")]
            /// assert_eq!(content.formatted_body.as_deref(), Some("The seedlings are <em>up</em>!"));
            /// assert_eq!(content.format.expect("the format is set"), "org.matrix.custom.html");
            /// ```
            #[inline]
            #[must_use]
            pub fn html(body: impl Into<String>, html: impl Into<String>) -> Self {
                let (format, formatted_body) = (Some(MessageFormat::Html), Some(html.into()));
                Self { format, formatted_body, ..Self::new(body) }
            }

            #[doc = concat!("Creates an `", $msgtype, "` message with HTML, if the text contains Markdown. Otherwise, the message is a plain text.")]
            ///
            /// The feature `markdown` enables this function. The Markdown is CommonMark with tables and strikethrough. A line
            /// break in a paragraph remains. HTML in the text remains, so escape the parts that other users wrote.
            ///
            /// ```
            #[doc = concat!("use matrix_events::room::message::", stringify!($content), ";")]
            ///
            #[doc = concat!("let content = ", stringify!($content), "::markdown(\"The seedlings are *up*!\");")]
            /// assert_eq!(content.body, "The seedlings are *up*!");
            /// assert_eq!(content.formatted_body.as_deref(), Some("The seedlings are <em>up</em>!"));
            ///
            #[doc = concat!("let content = ", stringify!($content), "::markdown(\"The seedlings are up!\");")]
            /// assert_eq!(content.formatted_body, None);
            /// ```
            #[cfg(feature = "markdown")]
            #[cfg_attr(docsrs, doc(cfg(feature = "markdown")))]
            #[must_use]
            pub fn markdown(body: impl Into<String>) -> Self {
                let body = body.into();
                match crate::features::markdown::to_html(&body) {
                    Some(html) => Self::html(body, html),
                    None => Self::plain(body),
                }
            }
        })*

        impl RoomMessageEventContent {$(
            #[doc = concat!("Creates an `", $msgtype, "` message with a plain text.")]
            ///
            /// The specification
            /// [recommends `m.mentions`](https://spec.matrix.org/latest/client-server-api/#user-and-room-mentions) in every
            /// message. Set the field with [`with_mentions`](Self::with_mentions).
            ///
            /// ```
            /// use matrix_events::room::message::RoomMessageEventContent;
            ///
            #[doc = concat!("let message = RoomMessageEventContent::", stringify!($plain), "(\"The seedlings are up!\");")]
            /// assert_eq!(message.body(), Some("The seedlings are up!"));
            #[doc = concat!("assert_eq!(message.msgtype(), Some(\"", $msgtype, "\"));")]
            /// ```
            #[inline]
            #[must_use]
            pub fn $plain(body: impl Into<String>) -> Self {
                Self::from($content::plain(body))
            }

            #[doc = concat!("Creates an `", $msgtype, "` message with HTML. `body` is the text for clients without support for HTML.")]
            ///
            /// ```
            /// use matrix_events::room::message::RoomMessageEventContent;
            ///
            #[doc = concat!("let message = RoomMessageEventContent::", stringify!($html), "(\"*up*\", \"<em>up</em>\");")]
            /// assert_eq!(message.formatted_body(), Some("<em>up</em>"));
            #[doc = concat!("assert_eq!(message.msgtype(), Some(\"", $msgtype, "\"));")]
            /// ```
            #[inline]
            #[must_use]
            pub fn $html(body: impl Into<String>, html: impl Into<String>) -> Self {
                Self::from($content::html(body, html))
            }

            #[doc = concat!("Creates an `", $msgtype, "` message with HTML, if the text contains Markdown. See [`markdown`](", stringify!($content), "::markdown).")]
            ///
            /// ```
            /// use matrix_events::room::message::RoomMessageEventContent;
            ///
            #[doc = concat!("let message = RoomMessageEventContent::", stringify!($markdown), "(\"The seedlings are *up*!\");")]
            /// assert_eq!(message.formatted_body(), Some("The seedlings are <em>up</em>!"));
            /// ```
            #[cfg(feature = "markdown")]
            #[cfg_attr(docsrs, doc(cfg(feature = "markdown")))]
            #[inline]
            #[must_use]
            pub fn $markdown(body: impl Into<String>) -> Self {
                Self::from($content::markdown(body))
            }
        )*}
    };
}

texts! {
    TextMessageEventContent: "m.text", text_plain, text_html, text_markdown;
    NoticeMessageEventContent: "m.notice", notice_plain, notice_html, notice_markdown;
    EmoteMessageEventContent: "m.emote", emote_plain, emote_html, emote_markdown;
}

/// The fields of a message that relate it to users and events.
struct Relations<'c> {
    mentions: &'c mut Option<Mentions>,
    new_content: &'c mut Option<JsonObject>,
    relates_to: &'c mut Option<Box<RelatesTo>>,
    extra: &'c mut Extra,
}

/// The texts of a message. The name of a file is not a text.
#[derive(Default)]
struct Texts<'c> {
    body: Option<&'c mut String>,
    formatted_body: Option<&'c mut String>,
}

/// Evaluates an expression for the content of each variant.
macro_rules! each_message {
    ($message:expr, $content:ident => $value:expr) => {
        match $message {
            #[cfg(feature = "unstable-msc4274")]
            Self::DmFilamentGallery($content) => $value,
            Self::Audio($content) => $value,
            Self::Emote($content) => $value,
            Self::File($content) => $value,
            Self::Image($content) => $value,
            Self::KeyVerificationRequest($content) => $value,
            Self::Location($content) => $value,
            Self::Notice($content) => $value,
            Self::ServerNotice($content) => $value,
            Self::Text($content) => $value,
            Self::Video($content) => $value,
            Self::Other($content) => $value,
        }
    };
}

/// Returns the formatted body of a content, if its format is HTML.
macro_rules! html_of {
    ($content:ident.$option:ident()) => {{
        let is_html = $content.format.as_ref().is_some_and(|format| *format == *MessageFormat::Html.as_str());
        $content.formatted_body.$option().filter(|_| is_html)
    }};
}

impl RoomMessageEventContent {
    /// Returns the text of the message as HTML, if the message has HTML.
    ///
    /// This is `formatted_body`, if `format` is `org.matrix.custom.html`. The HTML is not sanitized.
    ///
    /// ```
    /// use matrix_events::room::message::RoomMessageEventContent;
    ///
    /// let message = RoomMessageEventContent::text_html("up", "<em>up</em>");
    /// assert_eq!(message.formatted_body(), Some("<em>up</em>"));
    /// assert_eq!(RoomMessageEventContent::text_plain("up").formatted_body(), None);
    /// ```
    #[inline]
    pub fn formatted_body(&self) -> Option<&str> {
        match self {
            #[cfg(feature = "unstable-msc4274")]
            Self::DmFilamentGallery(content) => html_of!(content.as_deref()),
            Self::Audio(content) => content.formatted_caption(),
            Self::Emote(content) => html_of!(content.as_deref()),
            Self::File(content) => content.formatted_caption(),
            Self::Image(content) => content.formatted_caption(),
            Self::KeyVerificationRequest(content) => html_of!(content.as_deref()),
            Self::Notice(content) => html_of!(content.as_deref()),
            Self::Text(content) => html_of!(content.as_deref()),
            Self::Video(content) => content.formatted_caption(),
            Self::Location(_) | Self::ServerNotice(_) | Self::Other(_) => None,
        }
    }

    /// Turns the message into a [reply](https://spec.matrix.org/latest/client-server-api/#rich-replies) to an event.
    ///
    /// - The relation is `m.in_reply_to`. If the event is an edit, the reply refers to the edited event.
    /// - If the event is in a thread, the reply is in the thread, as for
    ///   [clients without support for threads](https://spec.matrix.org/latest/client-server-api/#fallback-for-unthreaded-clients).
    ///   [`RelatedEvent::outside_thread`] disables this.
    /// - `m.mentions` contains the sender of the event in addition to the mentions of the message. With
    ///   [`RelatedEvent::with_own_user_id`], the own user is not mentioned. [`RelatedEvent::without_mention`] disables the mention.
    ///
    /// An existing relation is replaced. The event can be of any type. In an encrypted room, the relation is not encrypted, see
    /// [`take_relation`](Self::take_relation).
    ///
    /// ```
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::AnySyncTimelineEvent;
    ///
    /// let question: AnySyncTimelineEvent = matrix_events::from_str(
    ///     r#"{"type": "m.room.message", "event_id": "$question", "sender": "@mira:example.org",
    ///         "content": {"msgtype": "m.text", "body": "Are they up?"}}"#,
    /// )?;
    /// let reply = RoomMessageEventContent::text_plain("They are!").reply_to(&question).expect("the event has an ID");
    /// assert_eq!(
    ///     matrix_events::to_string(&reply),
    ///     r#"{"msgtype":"m.text","body":"They are!","m.mentions":{"user_ids":["@mira:example.org"]},"#.to_owned()
    ///         + r#""m.relates_to":{"m.in_reply_to":{"event_id":"$question"}}}"#,
    /// );
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`.
    #[doc(alias = "make_reply_to")]
    #[inline]
    pub fn reply_to<'e>(self, event: impl Into<RelatedEvent<'e>>) -> Result<Self, RelationError> {
        let event = event.into();
        Ok(self.add_sender(&event).without_edit().with_relation(event.reply_relation()?))
    }

    /// Turns the message into a message in the [thread](https://spec.matrix.org/latest/client-server-api/#threading) of an event.
    ///
    /// If the event is in a thread, the message is in this thread. Otherwise, the event is the root of the thread. For clients
    /// without support for threads, the message is a reply to the event. Pass the latest event of the thread therefore. For a root
    /// whose `unsigned` contains the latest event, the message is a reply to the latest event. The message mentions no sender.
    ///
    /// ```
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::AnySyncTimelineEvent;
    ///
    /// let latest: AnySyncTimelineEvent = matrix_events::from_str(
    ///     r#"{"type": "m.room.message", "event_id": "$latest", "sender": "@mira:example.org",
    ///         "content": {"msgtype": "m.text", "body": "Hi", "m.relates_to": {"rel_type": "m.thread", "event_id": "$root"}}}"#,
    /// )?;
    /// let message = RoomMessageEventContent::text_plain("Hello").in_thread(&latest).expect("the event is in a thread");
    /// assert_eq!(
    ///     matrix_events::to_string(&message),
    ///     r#"{"msgtype":"m.text","body":"Hello","m.relates_to":{"rel_type":"m.thread","event_id":"$root","#.to_owned()
    ///         + r#""is_falling_back":true,"m.in_reply_to":{"event_id":"$latest"}}}"#,
    /// );
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`. Returns an error if the event has another relation than a thread or a
    /// reply. Such an event, for example an edit or a reaction, cannot be the root of a thread.
    #[doc(alias = "make_for_thread")]
    #[inline]
    pub fn in_thread<'e>(self, event: impl Into<RelatedEvent<'e>>) -> Result<Self, RelationError> {
        Ok(self.without_edit().with_relation(event.into().thread_relation()?))
    }

    /// Turns the message into a [reply in the thread](https://spec.matrix.org/latest/client-server-api/#replies-within-threads) of an
    /// event.
    ///
    /// If the event is in a thread, the reply is in this thread. Otherwise, the event is the root of the thread. The reply mentions
    /// the sender of the event, as in [`reply_to`](Self::reply_to).
    ///
    /// ```
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::AnySyncTimelineEvent;
    ///
    /// let question: AnySyncTimelineEvent = matrix_events::from_str(
    ///     r#"{"type": "m.room.message", "event_id": "$question", "sender": "@mira:example.org",
    ///         "content": {"msgtype": "m.text", "body": "?", "m.relates_to": {"rel_type": "m.thread", "event_id": "$root"}}}"#,
    /// )?;
    /// let reply = RoomMessageEventContent::text_plain("!").reply_in_thread(&question).expect("the event is in a thread");
    /// let relation = reply.relates_to().expect("the reply has a relation");
    /// assert_eq!(relation.thread_root().unwrap(), "$root");
    /// assert_eq!(relation.replies_to().unwrap(), "$question");
    /// assert!(reply.mentions_user("@mira:example.org"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`in_thread`](Self::in_thread).
    #[inline]
    pub fn reply_in_thread<'e>(self, event: impl Into<RelatedEvent<'e>>) -> Result<Self, RelationError> {
        let event = event.into();
        Ok(self.add_sender(&event).without_edit().with_relation(event.thread_reply_relation()?))
    }

    /// Turns the message into an [edit](https://spec.matrix.org/latest/client-server-api/#event-replacements) of a message. The
    /// message is the new content.
    ///
    /// - `m.new_content` is the message, without its relation and without its reply fallback. The relation of the edited message
    ///   remains in effect, so the edit of a reply is still a reply.
    /// - The texts next to `m.new_content` begin with `* `, for clients without support for edits. This includes captions, and
    ///   excludes names of files.
    /// - The `m.mentions` next to `m.new_content` contains only the users and the room that the latest version of the message does
    ///   not mention. If the message or the edit has `m.mentions`, both places have it.
    /// - If the event is an edit, the new edit replaces the edited event, because
    ///   [edits cannot be edited](https://spec.matrix.org/latest/client-server-api/#validity-of-replacement-events).
    ///
    /// The event is an `m.room.message` or an encrypted event. An encrypted event does not contain its mentions, see
    /// [`RelatedEvent::with_mentions`].
    ///
    /// ```
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::AnySyncTimelineEvent;
    ///
    /// let message: AnySyncTimelineEvent = matrix_events::from_str(
    ///     r#"{"type": "m.room.message", "event_id": "$message", "sender": "@lev:example.org",
    ///         "content": {"msgtype": "m.text", "body": "They are up"}}"#,
    /// )?;
    /// let edit = RoomMessageEventContent::text_plain("They are up!").edit(&message).expect("the message can be edited");
    /// assert_eq!(
    ///     matrix_events::to_string(&edit),
    ///     r#"{"msgtype":"m.text","body":"* They are up!","m.new_content":{"body":"They are up!","msgtype":"m.text"},"#.to_owned()
    ///         + r#""m.relates_to":{"rel_type":"m.replace","event_id":"$message"}}"#,
    /// );
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`, is a state event, is redacted, or has another type. Returns an error if
    /// [`RelatedEvent::with_own_user_id`] sets another user than the sender.
    #[doc(alias = "make_replacement")]
    #[inline]
    pub fn edit<'e>(self, event: impl Into<RelatedEvent<'e>>) -> Result<Self, RelationError> {
        let (relation, known) = event.into().edit_relation()?;
        Ok(self.into_edit(relation, known))
    }

    #[inline]
    fn into_edit(mut self, relation: RelatesTo, known: Option<Mentions>) -> Self {
        self.remove_reply_fallback();
        self.take_relation();
        self = self.without_edit();
        let mut new_content = self.clone();
        let fields = new_content.relations_mut();
        if known.is_some() {
            fields.mentions.get_or_insert_with(Mentions::new);
        }
        let new_mentions = fields.mentions.as_ref().map(|mentions| mentions.without(&known.unwrap_or_default()));

        let texts = self.texts_mut();
        texts.body.into_iter().chain(texts.formatted_body).for_each(|text| text.insert_str(0, EDITED));

        let mut edit = self.with_relation(relation);
        let fields = edit.relations_mut();
        *fields.mentions = new_mentions;
        *fields.new_content = new_content.json_ref().to_value().as_object().cloned();
        edit
    }

    /// Applies an [edit](https://spec.matrix.org/latest/client-server-api/#applying-mnew_content) to the content.
    ///
    /// The content becomes the `m.new_content` of the edit. The relation remains. This method does not check that the edit is
    /// valid for the event, so use it for the decrypted contents of an event and its edit. [`RoomEvent::apply_edit`](crate::RoomEvent::apply_edit) and
    /// [`AnySyncTimelineEvent::apply_edit`](crate::AnySyncTimelineEvent::apply_edit) check the edit.
    ///
    /// ```
    /// use matrix_events::room::message::RoomMessageEventContent;
    ///
    /// let mut message = RoomMessageEventContent::text_plain("They are up");
    /// let edit: RoomMessageEventContent = matrix_events::from_str(
    ///     r#"{"msgtype": "m.text", "body": "* They are up!", "m.new_content": {"msgtype": "m.text", "body": "They are up!"}}"#,
    /// )?;
    /// message.apply_edit(&edit).expect("the edit has a new content");
    /// assert_eq!(message, RoomMessageEventContent::text_plain("They are up!"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the edit has no `m.new_content`, or if `m.new_content` is not the content of a message. The content is
    /// then unchanged.
    #[doc(alias = "apply_replacement")]
    #[inline]
    pub fn apply_edit(&mut self, edit: &Self) -> Result<(), RelationError> {
        let mut edited = edit.edited().map_err(RelationError::InvalidContent)?.ok_or(RelationError::NoEdit)?;
        edited.take_relation();
        *edited.relations_mut().relates_to = self.relations_mut().relates_to.take();
        *self = edited;
        Ok(())
    }

    /// Sets `m.mentions`, and removes earlier mentions.
    ///
    /// The specification
    /// [recommends the field](https://spec.matrix.org/latest/client-server-api/#user-and-room-mentions) in every message, and an
    /// empty object in a message without mentions. Call this method before [`edit`](Self::edit), which compares the mentions with
    /// those of the edited message.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    /// use matrix_events::room::message::RoomMessageEventContent;
    ///
    /// let message = RoomMessageEventContent::text_plain("Hi").with_mentions(Mentions::new());
    /// assert_eq!(matrix_events::to_string(&message), r#"{"msgtype":"m.text","body":"Hi","m.mentions":{}}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn with_mentions(mut self, mentions: Mentions) -> Self {
        *self.relations_mut().mentions = Some(mentions);
        self
    }

    /// Adds mentions to those of the message.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::user_id;
    ///
    /// let message = RoomMessageEventContent::text_plain("Lev, are they up?")
    ///     .add_mentions(Mentions::with_user_ids([user_id!("@lev:example.org")]))
    ///     .add_mentions(Mentions::with_room());
    /// assert!(message.mentions_user("@lev:example.org") && message.mentions_room());
    /// ```
    #[inline]
    #[must_use]
    pub fn add_mentions(mut self, mentions: Mentions) -> Self {
        self.relations_mut().mentions.get_or_insert_with(Mentions::new).add(mentions);
        self
    }

    /// Returns `true` if the message mentions a user.
    ///
    /// An edit mentions only users that the edited message did not mention. The content of [`edited`](Self::edited) mentions all
    /// users.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    /// use matrix_events::room::message::RoomMessageEventContent;
    /// use matrix_events::user_id;
    ///
    /// let lev = user_id!("@lev:example.org");
    /// let message = RoomMessageEventContent::text_plain("Hi").with_mentions(Mentions::with_user_ids([lev.clone()]));
    /// assert!(message.mentions_user(&lev));
    /// assert!(!message.mentions_user("@mira:example.org"));
    /// ```
    #[inline]
    pub fn mentions_user(&self, user_id: impl AsRef<str>) -> bool {
        self.mentions().is_some_and(|mentions| mentions.mentions_user(user_id))
    }

    /// Returns `true` if the message mentions all users in the room.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    /// use matrix_events::room::message::RoomMessageEventContent;
    ///
    /// assert!(RoomMessageEventContent::text_plain("Hi").with_mentions(Mentions::with_room()).mentions_room());
    /// assert!(!RoomMessageEventContent::text_plain("@room").mentions_room());
    /// ```
    #[inline]
    pub fn mentions_room(&self) -> bool {
        self.mentions().is_some_and(Mentions::mentions_room)
    }

    /// Sets the relation of the message, and removes an earlier relation.
    ///
    /// In an encrypted room, the relation is
    /// [not encrypted](https://spec.matrix.org/latest/client-server-api/#forming-relationships-between-events). Set the relation of the
    /// `m.room.encrypted` event in the decrypted content.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    /// use matrix_events::room::message::RoomMessageEventContent;
    ///
    /// let message = RoomMessageEventContent::text_plain("Hi").with_relation(RelatesTo::in_thread("$root", "$latest"));
    /// assert_eq!(message.relates_to().and_then(RelatesTo::thread_root).unwrap(), "$root");
    /// ```
    #[inline]
    #[must_use]
    pub fn with_relation(mut self, relates_to: impl Into<Box<RelatesTo>>) -> Self {
        *self.relations_mut().relates_to = Some(relates_to.into());
        self
    }

    /// Removes the relation from the message, and returns the relation.
    ///
    /// In an encrypted room, the relation is
    /// [not encrypted](https://spec.matrix.org/latest/client-server-api/#forming-relationships-between-events). Move the relation to the
    /// content of the `m.room.encrypted` event before the message is encrypted.
    ///
    /// ```
    /// use matrix_events::common::RelatesTo;
    /// use matrix_events::encryption::EventEncryptionAlgorithm;
    /// use matrix_events::room::encrypted::{Ciphertext, RoomEncryptedEventContent};
    /// use matrix_events::room::message::RoomMessageEventContent;
    ///
    /// let mut message = RoomMessageEventContent::text_plain("Hi").with_relation(RelatesTo::reply_to("$question"));
    /// let relation = message.take_relation();
    /// assert_eq!(message, RoomMessageEventContent::text_plain("Hi"));
    ///
    /// let ciphertext = Ciphertext::Megolm("the encrypted message".to_owned());
    /// let mut encrypted = RoomEncryptedEventContent::new(EventEncryptionAlgorithm::MegolmV1AesSha2, ciphertext);
    /// encrypted.relates_to = relation;
    /// assert_eq!(encrypted.relates_to.and_then(|relation| relation.replies_to().cloned()).unwrap(), "$question");
    /// ```
    #[inline]
    pub fn take_relation(&mut self) -> Option<Box<RelatesTo>> {
        let fields = self.relations_mut();
        // An invalid value is not in the field.
        fields.extra.remove("m.relates_to");
        fields.relates_to.take()
    }

    /// Removes `m.new_content`.
    #[inline]
    fn without_edit(mut self) -> Self {
        let fields = self.relations_mut();
        fields.extra.remove("m.new_content");
        *fields.new_content = None;
        self
    }

    /// Removes the [reply fallback](https://spec.matrix.org/latest/client-server-api/#rich-replies) from the texts of a reply.
    ///
    /// Before v1.13, the texts of a reply began with a quotation of the other message. Clients should remove the quotation before
    /// they display the message. This method changes only replies. An encrypted content does not contain the relation, so set the
    /// relation with [`with_relation`](Self::with_relation) first.
    ///
    /// In the plain text, a quotation is a fallback if its first line names a user, as in `> <@mira:example.org> Hi`, or if the HTML
    /// has a fallback.
    ///
    /// ```
    /// use matrix_events::room::message::RoomMessageEventContent;
    ///
    /// let mut reply: RoomMessageEventContent = matrix_events::from_str(
    ///     r#"{"msgtype": "m.text", "body": "> <@mira:example.org> Are they up?\n\nThey are!",
    ///         "m.relates_to": {"m.in_reply_to": {"event_id": "$question"}}}"#,
    /// )?;
    /// reply.remove_reply_fallback();
    /// assert_eq!(reply.body(), Some("They are!"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn remove_reply_fallback(&mut self) {
        if self.relates_to().is_none_or(|relates_to| relates_to.in_reply_to.is_none()) {
            return;
        }
        let texts = self.texts_mut();
        let mut has_html_fallback = false;
        if let Some(html) = texts.formatted_body {
            let removed = html.len() - remove_html_reply_fallback(html).len();
            html.drain(..removed);
            has_html_fallback = removed > 0;
        }
        if let Some(body) = texts.body {
            let reply = match has_html_fallback {
                true => without_quote(body),
                false => remove_plain_reply_fallback(body),
            };
            body.drain(..body.len() - reply.len());
        }
    }

    /// Adds the sender of an event to the mentions.
    #[inline]
    fn add_sender(self, event: &RelatedEvent<'_>) -> Self {
        match event.mention() {
            Some(sender) => self.add_mentions(Mentions::with_user_ids([sender])),
            None => self,
        }
    }

    #[inline]
    fn relations_mut(&mut self) -> Relations<'_> {
        each_message!(self, content => Relations {
            mentions: &mut content.mentions,
            new_content: &mut content.new_content,
            relates_to: &mut content.relates_to,
            extra: &mut content.extra,
        })
    }

    #[inline]
    fn texts_mut(&mut self) -> Texts<'_> {
        macro_rules! texts {
            ($content:ident) => {
                Texts { formatted_body: html_of!($content.as_mut()), body: Some(&mut $content.body) }
            };
            (media $content:ident) => {
                match $content.caption() {
                    Some(_) => texts!($content),
                    None => Texts::default(),
                }
            };
        }
        match self {
            #[cfg(feature = "unstable-msc4274")]
            Self::DmFilamentGallery(content) => texts!(content),
            Self::Audio(content) => texts!(media content),
            Self::Emote(content) => texts!(content),
            Self::File(content) => texts!(media content),
            Self::Image(content) => texts!(media content),
            Self::KeyVerificationRequest(content) => {
                Texts { formatted_body: html_of!(content.as_mut()), body: content.body.as_mut() }
            }
            Self::Location(content) => Texts { body: Some(&mut content.body), formatted_body: None },
            Self::Notice(content) => texts!(content),
            Self::ServerNotice(content) => Texts { body: Some(&mut content.body), formatted_body: None },
            Self::Text(content) => texts!(content),
            Self::Video(content) => texts!(media content),
            Self::Other(content) => Texts { body: content.body.as_mut(), formatted_body: None },
        }
    }
}

impl StickerEventContent {
    /// Turns the sticker into a reply to an event. See [`RoomMessageEventContent::reply_to`].
    ///
    /// ```
    /// use matrix_events::room::ImageInfo;
    /// use matrix_events::sticker::StickerEventContent;
    /// use matrix_events::AnySyncTimelineEvent;
    ///
    /// let question: AnySyncTimelineEvent = matrix_events::from_str(
    ///     r#"{"type": "m.room.message", "event_id": "$question", "sender": "@mira:example.org",
    ///         "content": {"msgtype": "m.text", "body": "Are they up?"}}"#,
    /// )?;
    /// let sticker = StickerEventContent::new("A seedling", ImageInfo::new().into(), "mxc://example.org/seedling");
    /// let reply = sticker.reply_to(&question).expect("the event has an ID");
    /// assert_eq!(reply.relates_to.and_then(|relation| relation.replies_to().cloned()).unwrap(), "$question");
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`.
    #[inline]
    pub fn reply_to<'e>(self, event: impl Into<RelatedEvent<'e>>) -> Result<Self, RelationError> {
        let event = event.into();
        Ok(self.related(event.reply_relation()?, Some(&event)))
    }

    /// Turns the sticker into an event in the thread of an event. See [`RoomMessageEventContent::in_thread`].
    ///
    /// ```
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::room::ImageInfo;
    /// use matrix_events::sticker::StickerEventContent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (root, sender) = (event_id!("$root"), user_id!("@mira:example.org"));
    /// let sticker = StickerEventContent::new("A seedling", ImageInfo::new().into(), "mxc://example.org/seedling");
    /// let sticker = sticker.in_thread(RelatedEvent::new(&root, &sender))?;
    /// assert_eq!(sticker.relates_to.and_then(|relation| relation.thread_root().cloned()), Some(root));
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`, or is neither in a thread nor can be the root of a thread.
    #[inline]
    pub fn in_thread<'e>(self, event: impl Into<RelatedEvent<'e>>) -> Result<Self, RelationError> {
        Ok(self.related(event.into().thread_relation()?, None))
    }

    /// Turns the sticker into a reply in the thread of an event. See [`RoomMessageEventContent::reply_in_thread`].
    ///
    /// ```
    /// use matrix_events::relations::RelatedEvent;
    /// use matrix_events::room::ImageInfo;
    /// use matrix_events::sticker::StickerEventContent;
    /// use matrix_events::{event_id, user_id};
    ///
    /// let (root, sender) = (event_id!("$root"), user_id!("@mira:example.org"));
    /// let sticker = StickerEventContent::new("A seedling", ImageInfo::new().into(), "mxc://example.org/seedling");
    /// let sticker = sticker.reply_in_thread(RelatedEvent::new(&root, &sender))?;
    /// assert!(sticker.mentions.is_some_and(|mentions| mentions.mentions_user(&sender)));
    /// # Ok::<(), matrix_events::relations::RelationError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the event has no `event_id`, or is neither in a thread nor can be the root of a thread.
    #[inline]
    pub fn reply_in_thread<'e>(self, event: impl Into<RelatedEvent<'e>>) -> Result<Self, RelationError> {
        let event = event.into();
        Ok(self.related(event.thread_reply_relation()?, Some(&event)))
    }

    #[inline]
    fn related(mut self, relates_to: RelatesTo, mentioned: Option<&RelatedEvent<'_>>) -> Self {
        if let Some(sender) = mentioned.and_then(RelatedEvent::mention) {
            self.mentions.get_or_insert_with(Mentions::new).add(Mentions::with_user_ids([sender]));
        }
        self.relates_to = Some(relates_to.into());
        self
    }
}
