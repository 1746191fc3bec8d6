//! The properties of an event, by path.

use std::borrow::Cow;

use serde_json::Value;

use crate::__private::{from_str, kept_text, lossy_text, to_string, Error, FromToJson, JsonObject};

/// The path of the sender.
const SENDER: &str = "sender";

/// The JSON of an event, whose properties have
/// [dot-separated paths](https://spec.matrix.org/latest/appendices/#dot-separated-property-paths).
///
/// A program creates it once for an event, and evaluates the push rules of any number of users with it.
///
/// ```
/// use matrix_events::push::FlattenedJson;
///
/// let event = FlattenedJson::from_json(
///     r#"{"type": "m.room.message", "content": {"body": "Hi", "m.relates_to": {"rel_type": "m.thread"}}}"#,
/// )?;
/// assert_eq!(event.get_str("content.body"), Some("Hi"));
/// assert_eq!(event.get_str(r"content.m\.relates_to.rel_type"), Some("m.thread"));
/// assert_eq!(event.get("content.m.relates_to"), None);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct FlattenedJson {
    event: JsonObject,
}

impl FlattenedJson {
    /// Converts an event, such as an [`AnySyncTimelineEvent`](crate::AnySyncTimelineEvent) or a
    /// [`SyncRoomEvent`](crate::SyncRoomEvent).
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object in JSON. An event is always an object.
    #[inline]
    pub fn from_event<T: FromToJson>(event: &T) -> Result<Self, Error> {
        Self::from_json(&to_string(event))
    }

    /// Deserializes the JSON text of an event.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a JSON object.
    #[inline]
    pub fn from_json(text: &str) -> Result<Self, Error> {
        from_str(text).map(|event| Self { event })
    }

    /// Returns the property at a path.
    ///
    /// A backslash before a dot or a backslash is an escape. Any other backslash is a part of a name.
    #[inline]
    pub fn get(&self, path: &str) -> Option<&Value> {
        let mut names = Names { rest: Some(path) };
        let first = self.event.get(&*names.next()?)?;
        names.try_fold(first, |value, name| match kept_text(value) {
            None => value.as_object()?.get(&*name),
            Some(_) => None,
        })
    }

    /// Returns the property at a path, if it is a string.
    #[inline]
    pub fn get_str(&self, path: &str) -> Option<&str> {
        self.get(path)?.as_str()
    }

    /// Returns `true` if the content has a property `m.mentions`, which disables the rules that search the body for mentions.
    #[inline]
    pub fn contains_mentions(&self) -> bool {
        self.get(r"content.m\.mentions").is_some()
    }

    /// Returns the property at a path, if it is a string. A lone surrogate is replaced by U+FFFD.
    #[inline]
    pub(crate) fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        lossy_text(self.get(path)?)
    }

    /// Returns the sender of the event.
    #[inline]
    pub(crate) fn sender(&self) -> Option<&str> {
        self.get_str(SENDER)
    }

    /// Returns `true` if a user sent the event.
    #[inline]
    pub(crate) fn is_from(&self, user_id: &str) -> bool {
        self.sender() == Some(user_id)
    }
}

impl From<JsonObject> for FlattenedJson {
    /// Converts the JSON object of an event.
    #[inline]
    fn from(event: JsonObject) -> Self {
        Self { event }
    }
}

/// Iterates over the names of the properties in a path.
struct Names<'p> {
    /// The names that follow.
    rest: Option<&'p str>,
}

impl<'p> Iterator for Names<'p> {
    type Item = Cow<'p, str>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let path = self.rest.take()?;
        let mut is_escaped = false;
        let end = path.bytes().position(|byte| {
            let is_separator = byte == b'.' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            is_separator
        });
        let name = end.and_then(|end| {
            self.rest = path.get(end + 1..);
            path.get(..end)
        });
        let name = name.unwrap_or(path);
        Some(if name.contains('\\') { Cow::Owned(unescaped(name)) } else { Cow::Borrowed(name) })
    }
}

#[inline]
fn unescaped(name: &str) -> String {
    let mut characters = name.chars().peekable();
    let mut unescaped = String::with_capacity(name.len());
    while let Some(character) = characters.next() {
        let escaped = (character == '\\').then(|| characters.next_if(|next| matches!(next, '.' | '\\'))).flatten();
        unescaped.push(escaped.unwrap_or(character));
    }
    unescaped
}
