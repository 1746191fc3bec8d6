//! The end of an event type that begins with a fixed text.

use std::fmt;

/// The end of an event type, such as the key ID in `m.secret_storage.key.<key ID>`.
///
/// ```
/// use matrix_events::secret_storage::key::SecretStorageKeyEventContent;
/// use matrix_events::{AnyGlobalAccountDataEvent, GlobalAccountDataEvent};
///
/// let mut content = SecretStorageKeyEventContent::new("tomato7", "m.secret_storage.v1.aes-hmac-sha2");
/// assert_eq!(content.key_id.as_str(), "tomato7");
/// content.key_id.set("pepper3");
/// assert_eq!(content.key_id.event_type(), "m.secret_storage.key.pepper3");
///
/// let event = GlobalAccountDataEvent::new(content);
/// let json = matrix_events::to_string(&event);
/// assert!(json.starts_with(r#"{"type":"m.secret_storage.key.pepper3","content":{"#));
/// let event: AnyGlobalAccountDataEvent = matrix_events::from_str(&json)?;
/// assert!(matches!(event, AnyGlobalAccountDataEvent::SecretStorageKey(_)));
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeSuffix {
    prefix: &'static str,
    event_type: String,
}

impl TypeSuffix {
    /// Creates the end of an event type. The text before it is the part of `event_type` before the last `*`.
    #[doc(hidden)]
    pub fn new(event_type: &'static str, suffix: impl AsRef<str>) -> Self {
        let prefix = prefix_of(event_type).unwrap_or(event_type);
        Self { prefix, event_type: format!("{prefix}{}", suffix.as_ref()) }
    }

    /// Returns the end of the event type.
    pub fn as_str(&self) -> &str {
        self.event_type.strip_prefix(self.prefix).unwrap_or_default()
    }

    /// Returns the whole event type.
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// Replaces the end of the event type.
    pub fn set(&mut self, suffix: impl AsRef<str>) {
        self.event_type = format!("{}{}", self.prefix, suffix.as_ref());
    }

    /// Replaces the whole event type, which begins with `prefix`. An alias of the event type begins with another text.
    #[doc(hidden)]
    pub fn set_event_type(&mut self, prefix: &'static str, event_type: &str) {
        self.prefix = prefix;
        event_type.clone_into(&mut self.event_type);
    }
}

impl AsRef<str> for TypeSuffix {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for TypeSuffix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<str> for TypeSuffix {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for TypeSuffix {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

/// Returns the text before the suffix of an event type in the schemas, such as `m.secret_storage.key.*`, or `None` for an event type
/// without a suffix.
pub(crate) fn prefix_of(event_type: &str) -> Option<&str> {
    event_type.strip_suffix('*').filter(|prefix| prefix.ends_with('.'))
}

/// Returns `true` if an event type has a name in the schemas.
pub(crate) fn is_type(name: &str, event_type: &str) -> bool {
    name == event_type || prefix_of(name).is_some_and(|prefix| event_type.starts_with(prefix))
}
