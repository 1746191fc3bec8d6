//! The power level of a user, and the power levels that events require.

use crate::power_levels::{PowerLevelKey, RoomPowerLevels};
use crate::room::power_levels::{Notifications, RoomPowerLevelsEventContent};
use crate::room_version_rules::AuthorizationRules;
use crate::{StateEvent, StrippedStateEvent, SyncStateEvent, UserId};

impl RoomPowerLevelsEventContent {
    /// Returns the power level of a user: the level in `users`, or else `users_default`.
    ///
    /// Since room version 12, the creators of a room have an infinite power level and are not in this event. In a room without
    /// `m.room.power_levels`, the creator has 100 and every other user has 0. [`RoomPowerLevels`] implements these rules.
    ///
    /// The fraction of a number is cut off, as in room versions 1 to 5. If the level is invalid, returns `None`. Do not compare two
    /// results directly, because `None` is less than every level.
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
        self.entry_or(PowerLevelKey::User(user_id), PowerLevelKey::UsersDefault)
    }

    /// Sets the power level of a user. The level in `users_default` removes the user from `users`.
    ///
    /// ```
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let mut levels: RoomPowerLevelsEventContent = serde_json::from_str(r#"{"users": {"@mira:example.org": 100}}"#)?;
    /// levels.set_user_level("@lev:example.org", 50);
    /// levels.set_user_level("@mira:example.org", 0);
    /// assert_eq!(matrix_events::to_string(&levels), r#"{"users":{"@lev:example.org":50}}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn set_user_level(&mut self, user_id: &str, level: i64) {
        let is_default = self.named(PowerLevelKey::UsersDefault) == Some(level);
        let users = self.users.get_or_insert_with(Default::default);
        match is_default {
            true => users.remove(user_id),
            false => users.insert(user_id.into(), level.into()),
        };
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
        self.entry_or(PowerLevelKey::Event(event_type), PowerLevelKey::EventsDefault)
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
        self.entry_or(PowerLevelKey::Event(event_type), PowerLevelKey::StateDefault)
    }

    /// Returns the power level that is required for a notification of a type, such as `room`.
    ///
    /// The level is in `notifications`. The default of `room` is 50. Other types have no default. If the level is invalid, or absent
    /// without a default, returns `None`.
    ///
    /// ```
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let levels: RoomPowerLevelsEventContent = serde_json::from_str(r#"{"notifications": {"room": 20}}"#)?;
    /// assert_eq!(levels.for_notification("room"), Some(20));
    /// assert_eq!(levels.for_notification("org.example.bell"), None);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn for_notification(&self, key: &str) -> Option<i64> {
        match self.find(PowerLevelKey::Notification(key)) {
            found if found.is_unset() && key == "room" => Notifications::new().effective_room(),
            found => found.level(),
        }
    }

    /// Returns the level of an entry, or else the default.
    fn entry_or(&self, entry: PowerLevelKey<'_>, default: PowerLevelKey<'_>) -> Option<i64> {
        match self.find(entry) {
            found if found.is_unset() => self.named(default),
            found => found.level(),
        }
    }
}

macro_rules! power_levels {
    ($($event:ident)+) => {$(
        impl $event<RoomPowerLevelsEventContent> {
            /// Returns the power levels of the room, with the rules of the room version and the creators.
            ///
            /// For a room without this event, call [`RoomPowerLevels::new`].
            ///
            /// ```
            /// use matrix_events::room_version_rules::RoomVersionRules;
            /// use matrix_events::AnyStrippedStateEvent;
            ///
            /// let event: AnyStrippedStateEvent = matrix_events::from_str(
            ///     r#"{"type": "m.room.power_levels", "sender": "@mira:example.org", "state_key": "", "content": {"invite": 50}}"#,
            /// )?;
            /// let AnyStrippedStateEvent::RoomPowerLevels(event) = &event else { panic!("{event:?}") };
            /// let levels = event.power_levels(&RoomVersionRules::V12.authorization, ["@mira:example.org".into()]);
            /// assert!(levels.user_can_invite("@mira:example.org"));
            /// assert!(!levels.user_can_invite("@lev:example.org"));
            /// # Ok::<(), matrix_events::Error>(())
            /// ```
            pub fn power_levels(
                &self,
                rules: &AuthorizationRules,
                creators: impl IntoIterator<Item = UserId>,
            ) -> RoomPowerLevels {
                RoomPowerLevels::new(Some(self.content.clone()), rules, creators)
            }
        }
    )+};
}

power_levels!(StateEvent SyncStateEvent StrippedStateEvent);
