//! The names of tags, and the order of rooms with a tag.

use std::cmp::Ordering;

use crate::tag::{Tag, TagEventContent, TagName};

/// The prefix of the names that a user chooses.
const OF_USER: &str = "u.";

impl TagName {
    /// Creates the name of a tag that the user names, in the
    /// [namespace](https://spec.matrix.org/latest/client-server-api/#room-tagging) `u.*`.
    ///
    /// ```
    /// use matrix_events::tag::TagName;
    ///
    /// assert_eq!(TagName::of_user("Garden").as_str(), "u.Garden");
    /// ```
    #[must_use]
    pub fn of_user(display_name: &str) -> Self {
        Self::from(format!("{OF_USER}{display_name}"))
    }

    /// Returns the text that clients display for a tag that the user names: the name without the prefix `u.`.
    ///
    /// A name without a namespace is such a name too, because older clients sent it. Returns `None` for a name in another
    /// namespace, which has a `.`.
    ///
    /// ```
    /// use matrix_events::tag::TagName;
    ///
    /// assert_eq!(TagName::from("u.Garden").display_name(), Some("Garden"));
    /// assert_eq!(TagName::from("Garden").display_name(), Some("Garden"));
    /// assert_eq!(TagName::Favorite.display_name(), None);
    /// ```
    pub fn display_name(&self) -> Option<&str> {
        let name = self.as_str();
        name.strip_prefix(OF_USER).or_else(|| (!name.contains('.')).then_some(name))
    }
}

impl Tag {
    /// Compares the positions of two rooms with the same [tag](https://spec.matrix.org/latest/client-server-api/#room-tagging), to
    /// sort rooms by.
    ///
    /// Rooms with a lower `order` are first, and rooms without an `order` are last.
    ///
    /// ```
    /// use matrix_events::tag::Tag;
    ///
    /// let mut rooms = [("news", None), ("garden", Some(0.7)), ("kitchen", Some(0.2))].map(|(name, order)| {
    ///     let mut tag = Tag::new();
    ///     tag.order = order;
    ///     (name, tag)
    /// });
    /// rooms.sort_by(|(_, one), (_, other)| one.cmp_order(other));
    /// assert_eq!(rooms.map(|(name, _)| name), ["kitchen", "garden", "news"]);
    /// ```
    #[inline]
    #[must_use]
    pub fn cmp_order(&self, other: &Self) -> Ordering {
        match (self.order, other.order) {
            // The numbers 0.0 and -0.0 are equal, unlike with `total_cmp`.
            (Some(one), Some(other)) => one.partial_cmp(&other).unwrap_or_else(|| one.total_cmp(&other)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }
}

impl TagEventContent {
    /// Returns the data of a tag, or `None` if the room does not have the tag.
    ///
    /// ```
    /// use matrix_events::tag::{TagEventContent, TagName};
    ///
    /// let content: TagEventContent = serde_json::from_str(r#"{"tags": {"m.favourite": {"order": 0.1}}}"#)?;
    /// assert_eq!(content.tag(&TagName::Favorite).and_then(|tag| tag.order), Some(0.1));
    /// assert_eq!(content.tag(&TagName::LowPriority), None);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn tag(&self, name: &TagName) -> Option<&Tag> {
        self.tags.as_ref()?.get(name)
    }

    /// Iterates over the tags that the user names, with the text that clients display, in the order of their names.
    ///
    /// [`TagName::display_name`] decides which tags these are.
    ///
    /// ```
    /// use matrix_events::tag::TagEventContent;
    ///
    /// let content: TagEventContent =
    ///     serde_json::from_str(r#"{"tags": {"m.favourite": {}, "u.Garden": {}, "org.example.pinned": {}, "Work": {}}}"#)?;
    /// assert_eq!(content.user_tags().map(|(name, _)| name).collect::<Vec<_>>(), ["Work", "Garden"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn user_tags(&self) -> impl Iterator<Item = (&str, &Tag)> {
        self.tags.iter().flatten().filter_map(|(name, tag)| Some((name.display_name()?, tag)))
    }
}
