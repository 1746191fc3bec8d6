//! Texts in several formats, such as topics.

use crate::room::topic::{RoomTopicEventContent, TopicContentBlock};
use crate::room::TextualRepresentation;

/// The MIME type of plain text.
const PLAIN: &str = "text/plain";

/// The MIME type of HTML.
const HTML: &str = "text/html";

impl TextualRepresentation {
    /// Creates the representation in HTML. [`new`](Self::new) creates the representation in plain text.
    ///
    /// ```
    /// use matrix_events::room::TextualRepresentation;
    ///
    /// let json = matrix_events::to_string(&TextualRepresentation::html("<b>Peas</b>"));
    /// assert_eq!(json, r#"{"mimetype":"text/html","body":"<b>Peas</b>"}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn html(body: impl Into<String>) -> Self {
        Self { mimetype: Some(HTML.to_owned()), ..Self::new(body) }
    }

    /// Returns the text of the first representation in plain text.
    ///
    /// ```
    /// use matrix_events::room::TextualRepresentation;
    ///
    /// let text = [TextualRepresentation::html("<b>Peas</b>"), TextualRepresentation::new("Peas")];
    /// assert_eq!(TextualRepresentation::find_plain(&text), Some("Peas"));
    /// ```
    #[inline]
    pub fn find_plain(representations: &[Self]) -> Option<&str> {
        find(representations, PLAIN)
    }

    /// Returns the text of the first representation in HTML. The caller sanitizes the text.
    ///
    /// ```
    /// use matrix_events::room::TextualRepresentation;
    ///
    /// let text = [TextualRepresentation::html("<b>Peas</b>"), TextualRepresentation::new("Peas")];
    /// assert_eq!(TextualRepresentation::find_html(&text), Some("<b>Peas</b>"));
    /// ```
    #[inline]
    pub fn find_html(representations: &[Self]) -> Option<&str> {
        find(representations, HTML)
    }
}

fn find<'t>(representations: &'t [TextualRepresentation], mimetype: &str) -> Option<&'t str> {
    let found = representations.iter().find(|text| text.effective_mimetype() == Some(mimetype));
    found.map(|text| text.body.as_str())
}

impl TopicContentBlock {
    /// Creates the topic from a text in plain text and in HTML. Since v1.15.
    ///
    /// ```
    /// use matrix_events::room::topic::TopicContentBlock;
    ///
    /// let topic = TopicContentBlock::html("Peas", "<b>Peas</b>");
    /// assert_eq!((topic.find_plain(), topic.find_html()), (Some("Peas"), Some("<b>Peas</b>")));
    /// ```
    #[inline]
    #[must_use]
    pub fn html(plain: impl Into<String>, html: impl Into<String>) -> Self {
        // The first representation is preferred.
        let text = vec![TextualRepresentation::html(html), TextualRepresentation::new(plain)];
        Self { text: Some(text), ..Self::new() }
    }

    /// Returns the topic in plain text.
    #[inline]
    pub fn find_plain(&self) -> Option<&str> {
        TextualRepresentation::find_plain(self.text.as_deref()?)
    }

    /// Returns the topic in HTML. The caller sanitizes the text.
    #[inline]
    pub fn find_html(&self) -> Option<&str> {
        TextualRepresentation::find_html(self.text.as_deref()?)
    }
}

impl RoomTopicEventContent {
    /// Creates the content from a [topic](https://spec.matrix.org/latest/client-server-api/#mroomtopic) in plain text and in HTML. Since
    /// v1.15.
    ///
    /// ```
    /// use matrix_events::room::topic::RoomTopicEventContent;
    ///
    /// let content = RoomTopicEventContent::html("Peas", "<b>Peas</b>");
    /// assert_eq!(content.topic.as_deref(), Some("Peas"));
    /// assert_eq!(content.topic_block.expect("present").find_html(), Some("<b>Peas</b>"));
    /// ```
    #[inline]
    #[must_use]
    pub fn html(plain: impl Into<String>, html: impl Into<String>) -> Self {
        let plain = plain.into();
        let topic = TopicContentBlock::html(plain.clone(), html);
        Self { topic_block: Some(topic), ..Self::new(plain) }
    }
}
