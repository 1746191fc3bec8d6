//! The users and the room that an event mentions.

use crate::common::Mentions;
use crate::UserId;

impl Mentions {
    /// Creates [mentions](https://spec.matrix.org/latest/client-server-api/#user-and-room-mentions) of users. A repeated user ID
    /// occurs once.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    /// use matrix_events::user_id;
    ///
    /// let mentions = Mentions::with_user_ids([user_id!("@lev:example.org")]);
    /// assert_eq!(matrix_events::to_string(&mentions), r#"{"user_ids":["@lev:example.org"]}"#);
    /// ```
    #[inline]
    #[must_use]
    pub fn with_user_ids(user_ids: impl IntoIterator<Item = UserId>) -> Self {
        let mut mentions = Self { user_ids: Some(Vec::new()), ..Self::new() };
        mentions.extend(user_ids.into_iter().collect());
        mentions
    }

    /// Creates a mention of all users in the room.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    ///
    /// assert_eq!(matrix_events::to_string(&Mentions::with_room()), r#"{"room":true}"#);
    /// ```
    #[doc(alias = "with_room_mention")]
    #[inline]
    #[must_use]
    pub fn with_room() -> Self {
        Self { room: Some(true), ..Self::new() }
    }

    /// Adds the users and the room of other mentions.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    /// use matrix_events::user_id;
    ///
    /// let mut mentions = Mentions::with_user_ids([user_id!("@lev:example.org")]);
    /// mentions.add(Mentions::with_user_ids([user_id!("@lev:example.org"), user_id!("@mira:example.org")]));
    /// mentions.add(Mentions::with_room());
    /// assert_eq!(mentions.user_ids.as_ref().map(Vec::len), Some(2));
    /// assert!(mentions.mentions_room());
    /// ```
    #[inline]
    pub fn add(&mut self, other: Self) {
        self.extend(other.user_ids.unwrap_or_default());
        if other.room == Some(true) {
            self.room = Some(true);
        }
    }

    /// Returns `true` if a user is mentioned. A mention of the room is not a mention of its users.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    /// use matrix_events::user_id;
    ///
    /// let mentions = Mentions::with_user_ids([user_id!("@lev:example.org")]);
    /// assert!(mentions.mentions_user("@lev:example.org"));
    /// assert!(!mentions.mentions_user("@mira:example.org"));
    /// ```
    #[inline]
    pub fn mentions_user(&self, user_id: impl AsRef<str>) -> bool {
        self.user_ids.iter().flatten().any(|mentioned| mentioned.as_str() == user_id.as_ref())
    }

    /// Returns `true` if the room is mentioned.
    ///
    /// The mention notifies users only if the sender has the power level for it.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    ///
    /// assert!(Mentions::with_room().mentions_room());
    /// assert!(!Mentions::new().mentions_room());
    /// ```
    #[inline]
    pub fn mentions_room(&self) -> bool {
        self.room == Some(true)
    }

    /// Returns `true` if neither a user nor the room is mentioned.
    ///
    /// ```
    /// use matrix_events::common::Mentions;
    ///
    /// assert!(Mentions::new().is_empty());
    /// assert!(!Mentions::with_room().is_empty());
    /// ```
    #[inline]
    pub fn is_empty(&self) -> bool {
        !self.mentions_room() && self.user_ids.iter().flatten().next().is_none()
    }

    /// Returns the mentions that are not in earlier mentions.
    #[inline]
    pub(crate) fn without(&self, earlier: &Self) -> Self {
        let mut new = Self::new();
        new.extend(self.user_ids.iter().flatten().filter(|user| !earlier.mentions_user(user)).cloned().collect());
        new.room = self.room.filter(|room| *room && !earlier.mentions_room());
        new
    }

    #[inline]
    fn extend(&mut self, user_ids: Vec<UserId>) {
        for user_id in user_ids {
            if !self.mentions_user(&user_id) {
                self.user_ids.get_or_insert_with(Vec::new).push(user_id);
            }
        }
    }
}
