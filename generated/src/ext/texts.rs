//! Texts in several formats, such as the topic of a room.

use crate::room::topic::{RoomTopicEventContent, TopicContentBlock};
use crate::room::TextualRepresentation;

/// The MIME types of the formats.
const PLAIN: &str = "text/plain";
const HTML: &str = "text/html";

impl TextualRepresentation {
    /// Creates the representation of a text in HTML.
    ///
    /// [`TextualRepresentation::new`] creates the representation in plain text.
    ///
    /// ```
    /// use matrix_events::room::TextualRepresentation;
    ///
    /// let html = TextualRepresentation::html("<b>Seedlings</b>");
    /// assert_eq!(html.mimetype.as_deref(), Some("text/html"));
    /// ```
    #[inline]
    #[must_use]
    pub fn html(body: impl Into<String>) -> Self {
        Self { mimetype: Some(HTML.to_owned()), ..Self::new(body) }
    }

    /// Returns the first text in plain text of a list of representations.
    ///
    /// ```
    /// use matrix_events::room::TextualRepresentation;
    ///
    /// let texts = [TextualRepresentation::html("<b>Seedlings</b>"), TextualRepresentation::new("Seedlings")];
    /// assert_eq!(TextualRepresentation::find_plain(&texts), Some("Seedlings"));
    /// ```
    #[inline]
    #[must_use]
    pub fn find_plain(texts: &[Self]) -> Option<&str> {
        find(texts, PLAIN)
    }

    /// Returns the first text in HTML of a list of representations. Sanitize the text before the client displays it.
    ///
    /// ```
    /// use matrix_events::room::TextualRepresentation;
    ///
    /// let texts = [TextualRepresentation::new("Seedlings"), TextualRepresentation::html("<b>Seedlings</b>")];
    /// assert_eq!(TextualRepresentation::find_html(&texts), Some("<b>Seedlings</b>"));
    /// ```
    #[inline]
    #[must_use]
    pub fn find_html(texts: &[Self]) -> Option<&str> {
        find(texts, HTML)
    }
}

/// Returns the text of the first representation with a MIME type.
#[inline]
fn find<'t>(texts: &'t [TextualRepresentation], mimetype: &str) -> Option<&'t str> {
    let has_type =
        |text: &&TextualRepresentation| text.effective_mimetype().is_some_and(|of| of.eq_ignore_ascii_case(mimetype));
    texts.iter().find(has_type).map(|text| text.body.as_str())
}

impl TopicContentBlock {
    /// Creates a topic in plain text.
    ///
    /// ```
    /// use matrix_events::room::topic::TopicContentBlock;
    ///
    /// assert_eq!(TopicContentBlock::plain("Seedlings").find_plain(), Some("Seedlings"));
    /// ```
    #[inline]
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: Some(vec![TextualRepresentation::new(text)]), ..Self::new() }
    }

    /// Creates a topic in plain text and in HTML.
    ///
    /// ```
    /// use matrix_events::room::topic::TopicContentBlock;
    ///
    /// let topic = TopicContentBlock::html("Seedlings", "<b>Seedlings</b>");
    /// assert_eq!(topic.find_html(), Some("<b>Seedlings</b>"));
    /// ```
    #[inline]
    #[must_use]
    pub fn html(text: impl Into<String>, html: impl Into<String>) -> Self {
        let texts = vec![TextualRepresentation::html(html), TextualRepresentation::new(text)];
        Self { text: Some(texts), ..Self::new() }
    }

    /// Creates a topic in plain text, and in HTML if the text contains Markdown.
    ///
    /// The feature `markdown` enables this function. See
    /// [`TextMessageEventContent::markdown`](crate::room::message::TextMessageEventContent::markdown).
    ///
    /// ```
    /// use matrix_events::room::topic::TopicContentBlock;
    ///
    /// let topic = TopicContentBlock::markdown("**Seedlings**");
    /// assert_eq!(topic.find_html(), Some("<strong>Seedlings</strong>"));
    /// assert_eq!(TopicContentBlock::markdown("Seedlings").find_html(), None);
    /// ```
    #[cfg(feature = "markdown")]
    #[cfg_attr(docsrs, doc(cfg(feature = "markdown")))]
    #[inline]
    #[must_use]
    pub fn markdown(text: impl Into<String>) -> Self {
        let text = text.into();
        match crate::features::markdown::to_html(&text) {
            Some(html) => Self::html(text, html),
            None => Self::plain(text),
        }
    }

    /// Returns the first text in plain text.
    ///
    /// ```
    /// use matrix_events::room::topic::TopicContentBlock;
    ///
    /// let topic: TopicContentBlock = matrix_events::from_str(r#"{"m.text": [{"body": "Seedlings"}]}"#)?;
    /// assert_eq!(topic.find_plain(), Some("Seedlings"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn find_plain(&self) -> Option<&str> {
        TextualRepresentation::find_plain(self.text.as_deref()?)
    }

    /// Returns the first text in HTML. Sanitize the text before the client displays it.
    ///
    /// ```
    /// use matrix_events::room::topic::TopicContentBlock;
    ///
    /// let topic: TopicContentBlock =
    ///     matrix_events::from_str(r#"{"m.text": [{"mimetype": "text/html", "body": "<b>Seedlings</b>"}]}"#)?;
    /// assert_eq!(topic.find_html(), Some("<b>Seedlings</b>"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn find_html(&self) -> Option<&str> {
        TextualRepresentation::find_html(self.text.as_deref()?)
    }
}

impl RoomTopicEventContent {
    /// Creates a topic in plain text and in HTML, which is the preferred format in
    /// [`m.topic`](https://spec.matrix.org/latest/client-server-api/#mroomtopic).
    ///
    /// ```
    /// use matrix_events::room::topic::RoomTopicEventContent;
    ///
    /// let content = RoomTopicEventContent::html("Seedlings", "<b>Seedlings</b>");
    /// assert_eq!(content.topic.as_deref(), Some("Seedlings"));
    /// assert_eq!(content.topic_block.expect("present").find_html(), Some("<b>Seedlings</b>"));
    /// ```
    #[inline]
    #[must_use]
    pub fn html(text: impl Into<String>, html: impl Into<String>) -> Self {
        let text = text.into();
        Self { topic_block: Some(TopicContentBlock::html(text.clone(), html)), ..Self::new(text) }
    }

    /// Creates a topic in plain text, and in HTML if the text contains Markdown.
    ///
    /// The feature `markdown` enables this function. See
    /// [`TextMessageEventContent::markdown`](crate::room::message::TextMessageEventContent::markdown).
    ///
    /// ```
    /// use matrix_events::room::topic::RoomTopicEventContent;
    ///
    /// let content = RoomTopicEventContent::markdown("**Seedlings**");
    /// assert_eq!(content.topic.as_deref(), Some("**Seedlings**"));
    /// assert_eq!(content.topic_block.expect("present").find_html(), Some("<strong>Seedlings</strong>"));
    /// ```
    #[cfg(feature = "markdown")]
    #[cfg_attr(docsrs, doc(cfg(feature = "markdown")))]
    #[inline]
    #[must_use]
    pub fn markdown(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { topic_block: Some(TopicContentBlock::markdown(text.clone())), ..Self::new(text) }
    }
}
