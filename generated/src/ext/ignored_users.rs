//! The users that the user ignores.

use serde_json::Value;

use crate::__private::JsonObject;
use crate::ignored_user_list::IgnoredUserListEventContent;
use crate::UserId;

/// The field with the users.
const FIELD: &str = "ignored_users";

impl IgnoredUserListEventContent {
    /// Creates the content from the IDs of the ignored users.
    ///
    /// ```
    /// use matrix_events::ignored_user_list::IgnoredUserListEventContent;
    ///
    /// let ignored = IgnoredUserListEventContent::users(["@spam:example.org"]);
    /// assert_eq!(matrix_events::to_string(&ignored), r#"{"ignored_users":{"@spam:example.org":{}}}"#);
    /// ```
    #[inline]
    pub fn users(users: impl IntoIterator<Item = impl Into<UserId>>) -> Self {
        Self::new(users.into_iter().map(|user| (user.into(), JsonObject::new())).collect())
    }

    /// Returns `true` if the user [is ignored](https://spec.matrix.org/latest/client-server-api/#ignoring-users).
    ///
    /// A user whose entry is not an object is ignored too.
    ///
    /// ```
    /// use matrix_events::ignored_user_list::IgnoredUserListEventContent;
    ///
    /// let ignored = IgnoredUserListEventContent::users(["@spam:example.org"]);
    /// assert!(ignored.is_ignored("@spam:example.org") && !ignored.is_ignored("@mira:example.org"));
    /// ```
    #[inline]
    pub fn is_ignored(&self, user_id: &str) -> bool {
        let invalid_entries = self.extra.unparsed(FIELD);
        self.ignored_users.contains_key(user_id)
            || invalid_entries.is_some_and(|entries| entries.get(user_id).is_some())
    }

    /// Adds a user. Returns `false` if the user is ignored already.
    ///
    /// ```
    /// use matrix_events::ignored_user_list::IgnoredUserListEventContent;
    ///
    /// let mut ignored = IgnoredUserListEventContent::users(["@spam:example.org"]);
    /// assert!(ignored.ignore("@ads:example.org") && !ignored.ignore("@spam:example.org"));
    /// ```
    #[inline]
    pub fn ignore(&mut self, user_id: impl Into<UserId>) -> bool {
        let user_id = user_id.into();
        let is_new = !self.is_ignored(user_id.as_str());
        if is_new {
            self.ignored_users.insert(user_id, JsonObject::new());
        }
        is_new
    }

    /// Removes a user. Returns `false` if the user is not ignored.
    ///
    /// The entries of other users that are no objects become empty objects.
    ///
    /// ```
    /// use matrix_events::ignored_user_list::IgnoredUserListEventContent;
    ///
    /// let mut ignored = IgnoredUserListEventContent::users(["@spam:example.org"]);
    /// assert!(ignored.unignore("@spam:example.org") && !ignored.unignore("@spam:example.org"));
    /// ```
    #[inline]
    pub fn unignore(&mut self, user_id: &str) -> bool {
        if let Some(Value::Object(invalid_entries)) = self.extra.remove(FIELD) {
            self.ignored_users.extend(invalid_entries.into_iter().map(|(user, _)| (user.into(), JsonObject::new())));
        }
        self.ignored_users.remove(user_id).is_some()
    }
}
