//! The actions that power levels allow.

use super::{PowerLevelKey, RoomPowerLevels, UserPowerLevel};

/// The event type of redactions.
const REDACTION: &str = "m.room.redaction";

/// The event type of power levels.
pub(super) const POWER_LEVELS: &str = "m.room.power_levels";

/// An action that requires a power level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PowerLevelAction<'a> {
    /// To ban users.
    Ban,
    /// To lift bans. This requires the levels for bans and for kicks.
    Unban,
    /// To invite users.
    Invite,
    /// To kick users, to revoke invites and to deny knocks.
    Kick,
    /// To redact own events.
    RedactOwn,
    /// To redact events of other users.
    RedactOther,
    /// To send message-like events of a type.
    SendMessage(&'a str),
    /// To send state events of a type.
    SendState(&'a str),
    /// To notify all members with a type of notification, such as `room`.
    TriggerNotification(&'a str),
}

/// An action on another user that requires a power level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PowerLevelUserAction {
    /// To ban the user.
    Ban,
    /// To lift the ban of the user.
    Unban,
    /// To invite the user.
    Invite,
    /// To kick the user, to revoke the invite or to deny the knock.
    Kick,
    /// To change the power level of the user.
    ChangePowerLevel,
}

impl RoomPowerLevels {
    /// Returns the level that an action requires.
    ///
    /// ```
    /// use matrix_events::power_levels::{PowerLevelAction, RoomPowerLevels};
    /// use matrix_events::room_version_rules::RoomVersionRules;
    ///
    /// let content = serde_json::from_str(r#"{"ban": 60, "kick": 40}"#)?;
    /// let levels = RoomPowerLevels::new(Some(content), &RoomVersionRules::V11.authorization, []);
    /// assert_eq!(levels.for_action(PowerLevelAction::Kick), Some(40));
    /// assert_eq!(levels.for_action(PowerLevelAction::Unban), Some(60));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn for_action(&self, action: PowerLevelAction<'_>) -> Option<i64> {
        let named = |key| self.content().named(key);
        let both = |(one, other): (i64, i64)| one.max(other);
        match action {
            PowerLevelAction::Ban => named(PowerLevelKey::Ban),
            PowerLevelAction::Unban => named(PowerLevelKey::Ban).zip(named(PowerLevelKey::Kick)).map(both),
            PowerLevelAction::Invite => named(PowerLevelKey::Invite),
            PowerLevelAction::Kick => named(PowerLevelKey::Kick),
            PowerLevelAction::RedactOwn => self.for_message(REDACTION),
            PowerLevelAction::RedactOther => self.for_message(REDACTION).zip(named(PowerLevelKey::Redact)).map(both),
            PowerLevelAction::SendMessage(event_type) => self.for_message(event_type),
            PowerLevelAction::SendState(event_type) => self.for_state(event_type),
            PowerLevelAction::TriggerNotification(key) => self.for_notification(key),
        }
    }

    /// Returns `true` if the user has the level that an action requires.
    ///
    /// ```
    /// use matrix_events::power_levels::{PowerLevelAction, RoomPowerLevels};
    /// use matrix_events::room_version_rules::RoomVersionRules;
    ///
    /// let levels = RoomPowerLevels::new(None, &RoomVersionRules::V12.authorization, ["@mira:example.org".into()]);
    /// assert!(levels.user_can_do("@mira:example.org", PowerLevelAction::TriggerNotification("room")));
    /// assert!(!levels.user_can_do("@lev:example.org", PowerLevelAction::TriggerNotification("room")));
    /// ```
    #[inline]
    pub fn user_can_do(&self, user_id: &str, action: PowerLevelAction<'_>) -> bool {
        let required = self.for_action(action).map(UserPowerLevel::Int);
        self.for_user(user_id).zip(required).is_some_and(|(level, required)| level >= required)
    }

    /// Returns `true` if a user has the level that an action on another user requires.
    ///
    /// A ban, an unban and a kick also require that the other user has a lower level.
    ///
    /// ```
    /// use matrix_events::power_levels::{PowerLevelUserAction, RoomPowerLevels};
    /// use matrix_events::room_version_rules::RoomVersionRules;
    ///
    /// let content = serde_json::from_str(r#"{"users": {"@mod:example.org": 50, "@admin:example.org": 100}}"#)?;
    /// let levels = RoomPowerLevels::new(Some(content), &RoomVersionRules::V11.authorization, []);
    /// assert!(levels.user_can_do_to_user("@admin:example.org", "@mod:example.org", PowerLevelUserAction::Ban));
    /// assert!(!levels.user_can_do_to_user("@mod:example.org", "@admin:example.org", PowerLevelUserAction::Ban));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn user_can_do_to_user(
        &self,
        acting_user_id: &str,
        target_user_id: &str,
        action: PowerLevelUserAction,
    ) -> bool {
        let action = match action {
            PowerLevelUserAction::Ban => PowerLevelAction::Ban,
            PowerLevelUserAction::Unban => PowerLevelAction::Unban,
            PowerLevelUserAction::Kick => PowerLevelAction::Kick,
            PowerLevelUserAction::Invite => return self.user_can_invite(acting_user_id),
            PowerLevelUserAction::ChangePowerLevel => {
                return self.user_can_change_user_power_level(acting_user_id, target_user_id)
            }
        };
        let levels = self.for_user(acting_user_id).zip(self.for_user(target_user_id));
        self.user_can_do(acting_user_id, action) && levels.is_some_and(|(acting, target)| target < acting)
    }

    /// Returns `true` if the user can ban users with a lower level.
    #[inline]
    pub fn user_can_ban(&self, user_id: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::Ban)
    }

    /// Returns `true` if a user can ban another user.
    #[inline]
    pub fn user_can_ban_user(&self, acting_user_id: &str, target_user_id: &str) -> bool {
        self.user_can_do_to_user(acting_user_id, target_user_id, PowerLevelUserAction::Ban)
    }

    /// Returns `true` if the user can lift the bans of users with a lower level.
    #[inline]
    pub fn user_can_unban(&self, user_id: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::Unban)
    }

    /// Returns `true` if a user can lift the ban of another user.
    #[inline]
    pub fn user_can_unban_user(&self, acting_user_id: &str, target_user_id: &str) -> bool {
        self.user_can_do_to_user(acting_user_id, target_user_id, PowerLevelUserAction::Unban)
    }

    /// Returns `true` if the user can invite users.
    #[inline]
    pub fn user_can_invite(&self, user_id: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::Invite)
    }

    /// Returns `true` if the user can kick users with a lower level.
    #[inline]
    pub fn user_can_kick(&self, user_id: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::Kick)
    }

    /// Returns `true` if a user can kick another user.
    #[inline]
    pub fn user_can_kick_user(&self, acting_user_id: &str, target_user_id: &str) -> bool {
        self.user_can_do_to_user(acting_user_id, target_user_id, PowerLevelUserAction::Kick)
    }

    /// Returns `true` if the user can redact own events.
    #[inline]
    pub fn user_can_redact_own_event(&self, user_id: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::RedactOwn)
    }

    /// Returns `true` if the user can redact events of other users.
    #[inline]
    pub fn user_can_redact_event_of_other(&self, user_id: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::RedactOther)
    }

    /// Returns `true` if the user can send message-like events of a type.
    #[inline]
    pub fn user_can_send_message(&self, user_id: &str, event_type: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::SendMessage(event_type))
    }

    /// Returns `true` if the user can send state events of a type.
    ///
    /// If the state key is the ID of another user, the server rejects the event nevertheless, except for `m.room.member`. The
    /// methods for invites, kicks and bans check the levels for `m.room.member`.
    #[inline]
    pub fn user_can_send_state(&self, user_id: &str, event_type: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::SendState(event_type))
    }

    /// Returns `true` if the user can notify all members with `@room`.
    #[inline]
    pub fn user_can_trigger_room_notification(&self, user_id: &str) -> bool {
        self.user_can_do(user_id, PowerLevelAction::TriggerNotification("room"))
    }

    /// Returns `true` if a user can change the power level of another user, to a level up to the own level.
    ///
    /// A user can lower the own level. Only a user with a higher level can change a level in `users`. The infinite level of
    /// creators does not change. [`check_change`](Self::check_change) checks a complete content.
    ///
    /// ```
    /// use matrix_events::power_levels::RoomPowerLevels;
    /// use matrix_events::room_version_rules::RoomVersionRules;
    ///
    /// let content = serde_json::from_str(r#"{"users": {"@mod:example.org": 50, "@other:example.org": 50}}"#)?;
    /// let levels = RoomPowerLevels::new(Some(content), &RoomVersionRules::V11.authorization, []);
    /// assert!(levels.user_can_change_user_power_level("@mod:example.org", "@lev:example.org"));
    /// assert!(levels.user_can_change_user_power_level("@mod:example.org", "@mod:example.org"));
    /// assert!(!levels.user_can_change_user_power_level("@mod:example.org", "@other:example.org"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn user_can_change_user_power_level(&self, acting_user_id: &str, target_user_id: &str) -> bool {
        if !self.user_can_send_state(acting_user_id, POWER_LEVELS) || self.is_privileged_creator(target_user_id) {
            return false;
        }
        let entry = self.content().find(PowerLevelKey::User(target_user_id));
        let is_higher = |acting| entry.level().is_some_and(|level| acting > level);
        acting_user_id == target_user_id || entry.is_unset() || self.for_user(acting_user_id).is_some_and(is_higher)
    }
}
