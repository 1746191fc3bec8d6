//! The power level of a user, and the power levels that events require.

use crate::room::power_levels::RoomPowerLevelsEventContent;
use crate::IntOrString;

impl RoomPowerLevelsEventContent {
    /// Returns the power level of a user: the level in `users`, or else `users_default`.
    ///
    /// Since room version 12, the creators of a room have an infinite power level and are not in this event. In a room without
    /// `m.room.power_levels`, the creator has 100 and every other user has 0.
    ///
    /// ```
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let levels: RoomPowerLevelsEventContent = serde_json::from_str(
    ///     r#"{"users": {"@mira:example.org": 100, "@lev:example.org": "50"}, "events": {"m.room.name": 60}}"#,
    /// )?;
    /// assert!(levels.for_user("@mira:example.org") >= levels.for_state("m.room.name"));
    /// assert!(levels.for_user("@lev:example.org") < levels.for_state("m.room.name"));
    /// assert!(levels.for_user("@joel:example.org") >= levels.for_message("m.room.message"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn for_user(&self, user_id: &str) -> i64 {
        let own = self.users.as_ref().and_then(|users| users.get(user_id));
        own.map_or_else(|| self.effective_users_default(), IntOrString::get)
    }

    /// Returns the power level that is required to send a message-like event of a type.
    ///
    /// The level is in `events`, or else it is `events_default`.
    ///
    /// ```
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let levels: RoomPowerLevelsEventContent = serde_json::from_str(r#"{"events": {"m.reaction": 10}}"#)?;
    /// assert_eq!((levels.for_message("m.reaction"), levels.for_message("m.room.message")), (10, 0));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn for_message(&self, event_type: &str) -> i64 {
        self.of_type(event_type).unwrap_or_else(|| self.effective_events_default())
    }

    /// Returns the power level that is required to send a state event of a type.
    ///
    /// The level is in `events`, or else it is `state_default`, which is 50 by default. In a room without
    /// `m.room.power_levels`, the required level is 0.
    ///
    /// ```
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let levels: RoomPowerLevelsEventContent = serde_json::from_str(r#"{"events": {"m.room.name": 60}}"#)?;
    /// assert_eq!((levels.for_state("m.room.name"), levels.for_state("m.room.topic")), (60, 50));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn for_state(&self, event_type: &str) -> i64 {
        self.of_type(event_type).unwrap_or_else(|| self.effective_state_default())
    }

    fn of_type(&self, event_type: &str) -> Option<i64> {
        self.events.as_ref()?.get(event_type).map(IntOrString::get)
    }
}
