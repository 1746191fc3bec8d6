//! The members of an object that have no Rust field.

use std::fmt;

use serde_json::{Map, Value};

use super::kept::has_kept_key;

/// The members of an object that have no Rust field, and the values of optional fields that failed to deserialize.
///
/// Every struct has a field `extra`. Its members are serialized as they were deserialized. An empty `Extra` has eight bytes
/// and no allocation.
///
/// ```
/// use matrix_events::room::name::RoomNameEventContent;
///
/// let json = r#"{"name": "Lobby", "org.example.color": "teal"}"#;
/// let mut content: RoomNameEventContent = serde_json::from_str(json)?;
/// assert_eq!(content.extra.get("org.example.color").and_then(|value| value.as_str()), Some("teal"));
///
/// content.extra.insert("org.example.size", 3);
/// content.extra.remove("org.example.color");
/// assert_eq!(serde_json::to_string(&content)?, r#"{"name":"Lobby","org.example.size":3}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Inner>>);

#[derive(Clone, Default, PartialEq)]
struct Inner {
    values: Map<String, Value>,
    /// The unparsed values of fields, as [`Extra::unparsed`] returns them. They are serialized together with the field.
    unparsed: Map<String, Value>,
    /// The fields that were deserialized from an alias, each with the alias.
    aliases: Vec<(&'static str, &'static str)>,
}

impl Extra {
    /// Creates an empty `Extra`.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns `true` if there is neither a member nor an unparsed value.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|inner| inner.values.is_empty() && inner.unparsed.is_empty())
    }

    /// Returns the number of members. Unparsed values are not counted.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |inner| inner.values.len())
    }

    /// Returns the value of a member.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.as_ref()?.values.get(key)
    }

    /// Sets a member and returns its previous value. If a field with the same key is present, the field is serialized, and
    /// the member is not.
    ///
    /// ```
    /// use matrix_events::room::name::RoomNameEventContent;
    ///
    /// let mut content = RoomNameEventContent::new("Lobby");
    /// content.extra.insert("org.example.floor", 2);
    /// content.extra.insert("name", "Attic");
    /// assert_eq!(matrix_events::to_string(&content), r#"{"name":"Lobby","org.example.floor":2}"#);
    /// ```
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.inner_mut().values.insert(key.into(), value.into())
    }

    /// Removes and returns a member, or the unparsed value of a field.
    ///
    /// The invalid entries of a map and the invalid elements of a list are serialized with the field until they are
    /// removed.
    ///
    /// ```
    /// use matrix_events::room::pinned_events::RoomPinnedEventsEventContent;
    ///
    /// let mut content: RoomPinnedEventsEventContent = matrix_events::from_str(r#"{"pinned": ["$old", 7]}"#)?;
    /// content.pinned = Some(vec!["$new".into()]);
    /// assert_eq!(matrix_events::to_string(&content), r#"{"pinned":["$new",7]}"#);
    ///
    /// content.extra.remove("pinned");
    /// assert_eq!(matrix_events::to_string(&content), r#"{"pinned":["$new"]}"#);
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let inner = self.0.as_mut()?;
        let unparsed = inner.unparsed.remove(key);
        inner.values.remove(key).or(unparsed)
    }

    /// Iterates over the members. They are sorted by key, unless the feature `preserve_order` of `serde_json` is enabled.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|inner| inner.values.iter()).map(|(key, value)| (key.as_str(), value))
    }

    /// Returns the members, or `None` if this `Extra` has no allocation.
    #[inline]
    pub(super) fn values(&self) -> Option<&Map<String, Value>> {
        self.0.as_ref().map(|inner| &inner.values)
    }

    /// Returns the unparsed value of a field.
    ///
    /// For a map, this is an object with the invalid entries. For a list, this is an object with the invalid elements by
    /// index. For a number, this is the original form, such as `1.0` of an integer or `"480"`.
    ///
    /// ```
    /// use matrix_events::room::pinned_events::RoomPinnedEventsEventContent;
    /// use serde_json::json;
    ///
    /// let content: RoomPinnedEventsEventContent = matrix_events::from_str(r#"{"pinned": ["$rules", 7]}"#)?;
    /// assert_eq!(content.pinned, Some(vec!["$rules".into()]));
    /// assert_eq!(content.extra.unparsed("pinned"), Some(&json!({"1": 7})));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    pub fn unparsed(&self, key: &str) -> Option<&Value> {
        self.0.as_ref()?.unparsed.get(key)
    }

    /// Iterates over the keys of the fields with an unparsed value, and these values.
    pub fn iter_unparsed(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|inner| inner.unparsed.iter()).map(|(key, value)| (key.as_str(), value))
    }

    /// Returns the key that a field is serialized under: the alias that it was deserialized from, or else its name.
    pub fn wire_name(&self, name: &'static str) -> &'static str {
        let aliases = self.0.as_ref().map(|inner| inner.aliases.as_slice()).unwrap_or_default();
        aliases.iter().find(|(field, _)| *field == name).map_or(name, |(_, alias)| alias)
    }

    /// Records the alias that a field was deserialized from.
    pub(super) fn set_wire_name(&mut self, name: &'static str, alias: &'static str) {
        self.inner_mut().aliases.push((name, alias));
    }

    /// Returns `true` if the key of a member is kept as text.
    pub(super) fn has_kept_key(&self) -> bool {
        self.0.as_ref().is_some_and(|inner| has_kept_key(&inner.values))
    }

    /// Returns all unparsed values, or `None` if there are none.
    pub(super) fn unparsed_if_any(&self) -> Option<&Map<String, Value>> {
        self.0.as_ref().map(|inner| &inner.unparsed).filter(|unparsed| !unparsed.is_empty())
    }

    /// Sets the unparsed value of a field, and removes any earlier value under its key.
    pub(super) fn set_unparsed(&mut self, key: &str, unparsed: Option<Value>) {
        self.remove(key);
        if let Some(value) = unparsed {
            self.inner_mut().unparsed.insert(key.to_owned(), value);
        }
    }

    fn inner_mut(&mut self) -> &mut Inner {
        self.0.get_or_insert_with(Box::default)
    }
}

/// Returns `true` if each member with one of the names is absent or `null`.
pub fn is_unset(extra: &Extra, names: &[&str]) -> bool {
    names.iter().all(|name| extra.get(name).is_none_or(Value::is_null))
}

impl PartialEq for Extra {
    /// Compares two `Extra`s. An `Extra` whose members were removed is equal to an empty `Extra`.
    fn eq(&self, other: &Self) -> bool {
        let nothing = Inner::default();
        self.0.as_deref().unwrap_or(&nothing) == other.0.as_deref().unwrap_or(&nothing)
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(inner) = &self.0 else { return f.write_str("{}") };
        let unparsed = inner.unparsed.iter().map(|(key, value)| (format!("{key} (unparsed)"), value));
        let aliases = inner.aliases.iter().map(|(name, alias)| (format!("{name} (alias)"), alias));
        f.debug_map().entries(&inner.values).entries(unparsed).entries(aliases).finish()
    }
}

impl From<Map<String, Value>> for Extra {
    fn from(values: Map<String, Value>) -> Self {
        if values.is_empty() {
            return Self::new();
        }
        Self(Some(Box::new(Inner { values, ..Inner::default() })))
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(iter: I) -> Self {
        iter.into_iter().map(|(key, value)| (key.into(), value.into())).collect::<Map<_, _>>().into()
    }
}
