//! The changes of power levels that the authorization rules allow.

use std::fmt;

use super::actions::POWER_LEVELS;
use super::{Found, PowerLevelKey, RoomPowerLevels, UserPowerLevel};
use crate::membership::Change;
use crate::room::power_levels::RoomPowerLevelsEventContent;
use crate::room_version_rules::AuthorizationRules;
use crate::{IntOrString, UserId};

/// The largest integer of canonical JSON.
const LARGEST: i64 = (1 << 53) - 1;

/// The effect of a new content of `m.room.power_levels`, from [`RoomPowerLevels::check_change`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PowerLevelsChange<'a> {
    /// The levels that change, in the order of their keys.
    pub changed: Vec<ChangedPowerLevel<'a>>,
    /// The reasons for which the server rejects the change. Empty if the server accepts it.
    pub violations: Vec<PowerLevelViolation<'a>>,
    /// The levels of the sender before and after the change. `None` for an invalid level.
    pub sender_level: Change<Option<UserPowerLevel>>,
    /// `true` if the sender can send `m.room.power_levels` after the change.
    pub sender_keeps_control: bool,
    /// `true` if no user can send `m.room.power_levels` after the change. Users in `users` are counted, in the room or not.
    pub is_final: bool,
}

impl PowerLevelsChange<'_> {
    /// Returns `true` if the server accepts the change.
    #[inline]
    pub fn is_allowed(&self) -> bool {
        self.violations.is_empty()
    }

    /// Returns `true` if the level of the sender is lower after the change.
    ///
    /// ```
    /// use matrix_events::power_levels::RoomPowerLevels;
    /// use matrix_events::room_version_rules::RoomVersionRules;
    ///
    /// let levels = RoomPowerLevels::new(None, &RoomVersionRules::V11.authorization, ["@mira:example.org".into()]);
    /// let mut proposed = levels.content().clone();
    /// proposed.set_user_level("@mira:example.org", 10);
    /// let change = levels.check_change("@mira:example.org", &proposed);
    /// assert!(change.is_allowed());
    /// assert!(change.sender_loses_power() && !change.sender_keeps_control && change.is_final);
    /// ```
    #[inline]
    pub fn sender_loses_power(&self) -> bool {
        self.sender_level.new < self.sender_level.old
    }
}

/// A level that differs between two contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangedPowerLevel<'a> {
    /// The place of the level.
    pub key: PowerLevelKey<'a>,
    /// The current and the new level. `None` if the level is absent or invalid.
    pub level: Change<Option<i64>>,
}

/// A reason for which a server rejects a change of `m.room.power_levels`.
///
/// `Display` formats the key, the reason and the levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PowerLevelViolation<'a> {
    /// The place of the level.
    pub key: PowerLevelKey<'a>,
    /// The reason.
    pub kind: PowerLevelViolationKind,
    /// The level that is too high, or that the change requires. `None` if there is no such level.
    pub level: Option<i64>,
    /// The level of the sender. `None` if it is invalid.
    pub sender_level: Option<UserPowerLevel>,
}

/// The reason of a [`PowerLevelViolation`], a clause of the
/// [authorization rules](https://spec.matrix.org/v1.19/rooms/v12/#authorization-rules).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PowerLevelViolationKind {
    /// The sender does not have the level that sending `m.room.power_levels` requires.
    CannotSend,
    /// The new value is not a level that the room version allows, or not a map of levels.
    InvalidLevel,
    /// The key in `users` is not a user ID.
    InvalidUserId,
    /// The user is a creator, who cannot be in `users` from room version 12 on.
    Creator,
    /// The current level is above the level of the sender. The levels of other users must also not be equal to it.
    CurrentLevelTooHigh,
    /// The new level is above the level of the sender.
    NewLevelTooHigh,
}

impl fmt::Display for PowerLevelViolation<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use PowerLevelViolationKind as Kind;
        write!(f, "{}: ", self.key)?;
        match self.kind {
            Kind::CannotSend => f.write_str("the sender cannot send m.room.power_levels")?,
            Kind::InvalidLevel => return f.write_str("the new value is not a power level of the room version"),
            Kind::InvalidUserId => return f.write_str("the key is not a user ID"),
            Kind::Creator => return f.write_str("a creator of the room has no level in this event"),
            Kind::CurrentLevelTooHigh => f.write_str("the current level")?,
            Kind::NewLevelTooHigh => f.write_str("the new level")?,
        }
        self.fmt_levels(f)
    }
}

impl PowerLevelViolation<'_> {
    /// Formats the end of a sentence that compares a level with the level of the sender.
    #[inline]
    fn fmt_levels(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sender = self.sender_level.map_or_else(|| "invalid".to_owned(), |level| level.to_string());
        let level = self.level.map_or_else(|| "an invalid level".to_owned(), |level| level.to_string());
        let is_user = matches!(self.key, PowerLevelKey::User(_));
        match self.kind {
            PowerLevelViolationKind::CannotSend => {
                write!(f, ", which requires {level}, because the level of the sender is {sender}")
            }
            PowerLevelViolationKind::CurrentLevelTooHigh if is_user => {
                write!(f, " {level} is not below the level of the sender, which is {sender}")
            }
            _ => write!(f, " {level} is above the level of the sender, which is {sender}"),
        }
    }
}

impl RoomPowerLevels {
    /// Compares a new content of `m.room.power_levels` with the current levels, and reports its effects.
    ///
    /// The `sender` is the user who sends the event. The rules are those of the room version
    /// ([version 12](https://spec.matrix.org/v1.19/rooms/v12/#authorization-rules)). An absent level has its default. The check
    /// includes the level that `m.room.power_levels` requires, and assumes that the sender is joined.
    ///
    /// ```
    /// use matrix_events::power_levels::{PowerLevelKey, PowerLevelViolationKind, RoomPowerLevels};
    /// use matrix_events::room_version_rules::RoomVersionRules;
    ///
    /// let content = serde_json::from_str(r#"{"users": {"@mod:example.org": 50, "@other:example.org": 50}}"#)?;
    /// let levels = RoomPowerLevels::new(Some(content), &RoomVersionRules::V12.authorization, ["@mira:example.org".into()]);
    /// let mut proposed = levels.content().clone();
    /// proposed.set_user_level("@other:example.org", 0);
    /// proposed.set_user_level("@mira:example.org", 100);
    ///
    /// let change = levels.check_change("@mod:example.org", &proposed);
    /// let violations: Vec<_> = change.violations.iter().map(|violation| (violation.key, violation.kind)).collect();
    /// assert_eq!(violations, [
    ///     (PowerLevelKey::User("@mira:example.org"), PowerLevelViolationKind::Creator),
    ///     (PowerLevelKey::User("@mira:example.org"), PowerLevelViolationKind::NewLevelTooHigh),
    ///     (PowerLevelKey::User("@other:example.org"), PowerLevelViolationKind::CurrentLevelTooHigh),
    /// ]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn check_change<'a>(
        &'a self,
        sender: &str,
        proposed: &'a RoomPowerLevelsEventContent,
    ) -> PowerLevelsChange<'a> {
        let sender_level = self.for_user(sender);
        let after = Self { content: proposed.clone(), has_event: true, ..self.clone() };
        let changed = self.changed(proposed);
        let mut check = Check { levels: self, sender, sender_level, violations: Vec::new() };
        check.send();
        check.content(proposed);
        if self.has_event {
            changed.iter().for_each(|changed| check.changed(changed));
        }
        check.violations.sort_by_key(|violation| violation.key);
        PowerLevelsChange {
            changed,
            violations: check.violations,
            sender_level: Change { old: sender_level, new: after.for_user(sender) },
            sender_keeps_control: after.user_can_send_state(sender, POWER_LEVELS),
            is_final: after.is_final(),
        }
    }

    /// Returns the levels that differ from a new content.
    #[inline]
    fn changed<'a>(&'a self, proposed: &'a RoomPowerLevelsEventContent) -> Vec<ChangedPowerLevel<'a>> {
        let mut keys = self.content.keys();
        keys.extend(proposed.keys());
        let change = |key| {
            let level = Change { old: self.content.find(key).level(), new: proposed.find(key).level() };
            (level.old != level.new).then_some(ChangedPowerLevel { key, level })
        };
        keys.into_iter().filter_map(change).collect()
    }

    /// Returns `true` if no user can send `m.room.power_levels`.
    #[inline]
    fn is_final(&self) -> bool {
        let Some(required) = self.for_state(POWER_LEVELS) else { return true };
        let has_creators = self.privileged_creators().next().is_some();
        !has_creators && self.max().is_none_or(|level| level < required)
    }
}

/// The check of a new content.
struct Check<'a, 's> {
    levels: &'a RoomPowerLevels,
    sender: &'s str,
    sender_level: Option<UserPowerLevel>,
    violations: Vec<PowerLevelViolation<'a>>,
}

impl<'a> Check<'a, '_> {
    #[inline]
    fn add(&mut self, key: PowerLevelKey<'a>, kind: PowerLevelViolationKind, level: Option<i64>) {
        self.violations.push(PowerLevelViolation { key, kind, level, sender_level: self.sender_level });
    }

    /// Checks that the sender can send `m.room.power_levels`.
    #[inline]
    fn send(&mut self) {
        if !self.levels.user_can_send_state(self.sender, POWER_LEVELS) {
            let required = self.levels.for_state(POWER_LEVELS);
            self.add(PowerLevelKey::Event(POWER_LEVELS), PowerLevelViolationKind::CannotSend, required);
        }
    }

    /// Checks the values of the new content, apart from the current levels.
    #[inline]
    fn content(&mut self, proposed: &'a RoomPowerLevelsEventContent) {
        for key in proposed.keys() {
            if let PowerLevelKey::User(user_id) = key {
                if self.levels.is_privileged_creator(user_id) {
                    self.add(key, PowerLevelViolationKind::Creator, None);
                }
                if UserId::validate(user_id).is_err() {
                    self.add(key, PowerLevelViolationKind::InvalidUserId, None);
                }
            }
            let is_valid = match proposed.find(key) {
                Found::Absent => true,
                Found::Level(level) => is_valid(level, &self.levels.rules),
                found => self.levels.rules.float_power_levels && found.level().is_some(),
            };
            if !is_valid {
                self.add(key, PowerLevelViolationKind::InvalidLevel, None);
            }
        }
    }

    /// Checks the levels that a change adds, replaces or removes.
    #[inline]
    fn changed(&mut self, changed: &ChangedPowerLevel<'a>) {
        let key = changed.key;
        if matches!(key, PowerLevelKey::Notification(_)) && !self.levels.rules.limit_notifications_power_levels {
            return;
        }
        let or_default = |level: Option<i64>| level.or_else(|| key.default_level());
        let (current, new) = (or_default(changed.level.old), or_default(changed.level.new));
        let is_too_high = |level: Option<i64>, is_exclusive: bool| {
            level.is_some_and(|level| match self.sender_level {
                Some(sender) if is_exclusive => sender <= level,
                Some(sender) => sender < level,
                None => true,
            })
        };
        let is_own = key == PowerLevelKey::User(self.sender);
        let is_user = matches!(key, PowerLevelKey::User(_));
        let (current_is_too_high, new_is_too_high) =
            (!is_own && is_too_high(current, is_user), is_too_high(new, false));
        if current_is_too_high {
            self.add(key, PowerLevelViolationKind::CurrentLevelTooHigh, current);
        }
        if new_is_too_high {
            self.add(key, PowerLevelViolationKind::NewLevelTooHigh, new);
        }
    }
}

/// Returns `true` if the room version allows the JSON of a level.
#[inline]
fn is_valid(level: &IntOrString, rules: &AuthorizationRules) -> bool {
    (-LARGEST..=LARGEST).contains(&level.get()) && (rules.string_power_levels || !level.is_string())
}
