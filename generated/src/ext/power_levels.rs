//! The power level of a user, and the power levels that events require.

use crate::room::power_levels::RoomPowerLevelsEventContent;

impl RoomPowerLevelsEventContent {
    /// Returns the power level of a user: the level in `users`, or else `users_default`.
    ///
    /// Since room version 12, the creators of a room have an infinite power level and are not in this event. In a room without
    /// `m.room.power_levels`, the creator has 100 and every other user has 0.
    ///
    /// If the level is invalid, returns `None`. Do not compare two results directly, because `None` is less than every level.
    ///
    /// ```
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let levels: RoomPowerLevelsEventContent = serde_json::from_str(
    ///     r#"{"users": {"@mira:example.org": 100, "@lev:example.org": "50"}, "events": {"m.room.name": 60}}"#,
    /// )?;
    /// let may_rename = |user: &str| {
    ///     let levels = levels.for_user(user).zip(levels.for_state("m.room.name"));
    ///     levels.is_some_and(|(level, required)| level >= required)
    /// };
    /// assert!(may_rename("@mira:example.org"));
    /// assert!(!may_rename("@lev:example.org"));
    /// assert_eq!(levels.for_message("m.room.message"), Some(0));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn for_user(&self, user_id: &str) -> Option<i64> {
        match self.users.as_ref().and_then(|users| users.get(user_id)) {
            Some(level) => Some(level.get()),
            None if self.is_invalid("users", user_id) => None,
            None => self.effective_users_default(),
        }
    }

    /// Returns the power level that is required to send a message-like event of a type.
    ///
    /// The level is in `events`, or else it is `events_default`. If the level is invalid, returns `None`.
    ///
    /// ```
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let levels: RoomPowerLevelsEventContent = serde_json::from_str(r#"{"events": {"m.reaction": 10}}"#)?;
    /// assert_eq!((levels.for_message("m.reaction"), levels.for_message("m.room.message")), (Some(10), Some(0)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn for_message(&self, event_type: &str) -> Option<i64> {
        self.of_type(event_type, Self::effective_events_default)
    }

    /// Returns the power level that is required to send a state event of a type.
    ///
    /// The level is in `events`, or else it is `state_default`, which is 50 by default. The default also applies in a room
    /// without `m.room.power_levels`. If the level is invalid, returns `None`.
    ///
    /// ```
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let levels: RoomPowerLevelsEventContent = serde_json::from_str(r#"{"events": {"m.room.name": 60}}"#)?;
    /// assert_eq!((levels.for_state("m.room.name"), levels.for_state("m.room.topic")), (Some(60), Some(50)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn for_state(&self, event_type: &str) -> Option<i64> {
        self.of_type(event_type, Self::effective_state_default)
    }

    fn of_type(&self, event_type: &str, default: fn(&Self) -> Option<i64>) -> Option<i64> {
        match self.events.as_ref().and_then(|events| events.get(event_type)) {
            Some(level) => Some(level.get()),
            None if self.is_invalid("events", event_type) => None,
            None => default(self),
        }
    }

    /// Returns `true` if the level of a key is invalid, or the map that may contain the level.
    fn is_invalid(&self, map: &str, key: &str) -> bool {
        let invalid_level = self.extra.unparsed(map).and_then(|levels| levels.get(key));
        self.extra.get(map).or(invalid_level).is_some_and(|value| !value.is_null())
    }
}
