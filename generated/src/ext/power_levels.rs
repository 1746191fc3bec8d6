//! What the power levels of a room are for one user, and for one type of event.

use crate::room::power_levels::RoomPowerLevelsEventContent;
use crate::IntOrString;

impl RoomPowerLevelsEventContent {
    /// The level of a user: their own, or that of all who have none.
    ///
    /// In rooms of version 12 and later those who created the room are above every level, and aren't in this event at all. In
    /// a room without this event its creator has 100, and everybody else 0.
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

    /// The level that it takes to send events of a type that have no state key.
    pub fn for_message(&self, event_type: &str) -> i64 {
        self.of_type(event_type).unwrap_or_else(|| self.effective_events_default())
    }

    /// The level that it takes to set state of a type.
    ///
    /// In a room without this event it takes 0, not the 50 that a room has whose event says nothing of it.
    pub fn for_state(&self, event_type: &str) -> i64 {
        self.of_type(event_type).unwrap_or_else(|| self.effective_state_default())
    }

    fn of_type(&self, event_type: &str) -> Option<i64> {
        self.events.as_ref()?.get(event_type).map(IntOrString::get)
    }
}
