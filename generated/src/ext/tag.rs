//! The names of tags.

use crate::tag::TagName;

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
