//! Power levels: the actions that users of a room are allowed to do, and the changes of `m.room.power_levels` that a server accepts.
//!
//! [`RoomPowerLevels`] combines the content of `m.room.power_levels` with the rules of the room version and the creators of the room.
//! It also has the levels of a room without `m.room.power_levels`.
//!
//! ```
//! use matrix_events::power_levels::{RoomPowerLevels, UserPowerLevel};
//! use matrix_events::room_version_rules::RoomVersionRules;
//!
//! let content = serde_json::from_str(r#"{"users": {"@mod:example.org": 50, "@admin:example.org": 100}}"#)?;
//! let creators = ["@mira:example.org".into()];
//! let levels = RoomPowerLevels::new(Some(content), &RoomVersionRules::V12.authorization, creators);
//!
//! assert!(levels.user_can_send_message("@lev:example.org", "m.room.message"));
//! assert!(!levels.user_can_send_state("@lev:example.org", "m.room.name"));
//! assert!(levels.user_can_kick_user("@mod:example.org", "@lev:example.org"));
//! assert!(!levels.user_can_kick_user("@mod:example.org", "@admin:example.org"));
//! assert_eq!(levels.for_user("@mira:example.org"), Some(UserPowerLevel::Infinite));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Changes
//!
//! To change the levels, copy the [content](RoomPowerLevels::content), set fields, and send the result.
//! [`check_change`](RoomPowerLevels::check_change) reports before that which levels change, which changes the server rejects, and
//! whether users lose the power to undo the change.
//!
//! ```
//! use matrix_events::power_levels::{PowerLevelKey, PowerLevelViolationKind, RoomPowerLevels};
//! use matrix_events::room_version_rules::RoomVersionRules;
//!
//! let content = serde_json::from_str(r#"{"users": {"@mod:example.org": 50, "@admin:example.org": 100}}"#)?;
//! let rules = RoomVersionRules::V11.authorization;
//! let levels = RoomPowerLevels::new(Some(content), &rules, ["@admin:example.org".into()]);
//!
//! let mut proposed = levels.content().clone();
//! proposed.set_user_level("@lev:example.org", 50);
//! assert!(levels.check_change("@mod:example.org", &proposed).is_allowed());
//!
//! proposed.ban = Some(75.into());
//! let change = levels.check_change("@mod:example.org", &proposed);
//! assert_eq!(change.violations[0].key, PowerLevelKey::Ban);
//! assert_eq!(change.violations[0].kind, PowerLevelViolationKind::NewLevelTooHigh);
//! assert_eq!(change.violations[0].to_string(), "ban: the new level 75 is above the level of the sender, which is 50");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Invalid levels
//!
//! The levels in strings of room versions 1 to 9 are integers, and fractions are cut off as in room versions 1 to 5. Other invalid
//! levels can be in room versions 1 to 9, where servers do not check all of them. A method with a level as result then returns
//! `None`, and the methods `user_can_…` return `false`.

mod actions;
mod change;
mod find;
mod key;

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;

pub use actions::{PowerLevelAction, PowerLevelUserAction};
pub use change::{ChangedPowerLevel, PowerLevelViolation, PowerLevelViolationKind, PowerLevelsChange};
pub(crate) use find::Found;
pub use key::PowerLevelKey;

use crate::room::power_levels::RoomPowerLevelsEventContent;
use crate::room_version_rules::AuthorizationRules;
use crate::UserId;

/// The level of the creator in a room without `m.room.power_levels`, in room versions 1 to 11.
const OF_CREATOR: i64 = 100;

/// The power level of a user.
///
/// ```
/// use matrix_events::power_levels::UserPowerLevel;
///
/// assert!(UserPowerLevel::Infinite > UserPowerLevel::Int(i64::MAX));
/// assert!(UserPowerLevel::Int(50) >= 50);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum UserPowerLevel {
    /// An integer.
    Int(i64),
    /// The level of creators from [room version 12](https://spec.matrix.org/v1.19/rooms/v12/#authorization-rules) on, which is above
    /// all integers.
    Infinite,
}

impl From<i64> for UserPowerLevel {
    #[inline]
    fn from(level: i64) -> Self {
        Self::Int(level)
    }
}

impl PartialEq<i64> for UserPowerLevel {
    #[inline]
    fn eq(&self, level: &i64) -> bool {
        *self == Self::Int(*level)
    }
}

impl PartialOrd<i64> for UserPowerLevel {
    #[inline]
    fn partial_cmp(&self, level: &i64) -> Option<Ordering> {
        Some(self.cmp(&Self::Int(*level)))
    }
}

impl fmt::Display for UserPowerLevel {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(level) => level.fmt(f),
            Self::Infinite => f.write_str("infinite"),
        }
    }
}

/// The power levels of a room.
///
/// The methods `user_can_…` compare power levels. The server also requires that the user is joined, and rejects some changes of
/// memberships, such as an invite of a user who is joined.
///
/// [Specification](https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels)
#[derive(Clone, Debug, PartialEq)]
pub struct RoomPowerLevels {
    content: RoomPowerLevelsEventContent,
    /// `true` if the room has an `m.room.power_levels` event.
    has_event: bool,
    creators: BTreeSet<UserId>,
    rules: AuthorizationRules,
}

impl RoomPowerLevels {
    /// Creates the power levels of a room. Without `m.room.power_levels`, `content` is `None`.
    ///
    /// The creators are the users that [`creators`](crate::SyncStateEvent::creators) of the `m.room.create` event returns. Without
    /// `content`, a creator has the level 100 in room versions 1 to 11. From room version 12 on, creators always have the level
    /// [`Infinite`](UserPowerLevel::Infinite).
    ///
    /// ```
    /// use matrix_events::power_levels::{RoomPowerLevels, UserPowerLevel};
    /// use matrix_events::room_version_rules::RoomVersionRules;
    ///
    /// let levels = RoomPowerLevels::new(None, &RoomVersionRules::V11.authorization, ["@mira:example.org".into()]);
    /// assert_eq!(levels.for_user("@mira:example.org"), Some(UserPowerLevel::Int(100)));
    /// assert_eq!(levels.for_user("@lev:example.org"), Some(UserPowerLevel::Int(0)));
    /// assert_eq!(levels.for_state("m.room.name"), Some(50));
    /// ```
    pub fn new(
        content: Option<RoomPowerLevelsEventContent>,
        rules: &AuthorizationRules,
        creators: impl IntoIterator<Item = UserId>,
    ) -> Self {
        Self::with_creators(content, rules, creators.into_iter().collect())
    }

    #[inline]
    fn with_creators(
        content: Option<RoomPowerLevelsEventContent>,
        rules: &AuthorizationRules,
        creators: BTreeSet<UserId>,
    ) -> Self {
        let has_event = content.is_some();
        let mut content = content.unwrap_or_default();
        if !has_event && !rules.explicitly_privilege_room_creators {
            creators.iter().for_each(|creator| content.set_user_level(creator.as_str(), OF_CREATOR));
        }
        Self { content, has_event, creators, rules: *rules }
    }

    /// Returns the content of `m.room.power_levels`.
    ///
    /// Without such an event, this is the content with the same effect. In room versions 1 to 11, it has the level of the creator.
    #[inline]
    pub fn content(&self) -> &RoomPowerLevelsEventContent {
        &self.content
    }

    /// Returns the level of a user.
    #[inline]
    pub fn for_user(&self, user_id: &str) -> Option<UserPowerLevel> {
        match self.is_privileged_creator(user_id) {
            true => Some(UserPowerLevel::Infinite),
            false => self.content.for_user(user_id).map(UserPowerLevel::Int),
        }
    }

    /// Returns the level that is required to send a message-like event of a type.
    #[inline]
    pub fn for_message(&self, event_type: &str) -> Option<i64> {
        self.content.for_message(event_type)
    }

    /// Returns the level that is required to send a state event of a type.
    ///
    /// For `m.room.member`, the required level depends on the change. [`for_action`](Self::for_action) returns it.
    #[inline]
    pub fn for_state(&self, event_type: &str) -> Option<i64> {
        self.content.for_state(event_type)
    }

    /// Returns the level that is required for a notification of a type, such as `room`. Types other than `room` have no default.
    #[inline]
    pub fn for_notification(&self, key: &str) -> Option<i64> {
        self.content.for_notification(key)
    }

    /// Returns the highest level of the users in `users` and of all other users. Creators with an infinite level are not included.
    ///
    /// Returns `None` if these levels are invalid.
    ///
    /// ```
    /// use matrix_events::power_levels::RoomPowerLevels;
    /// use matrix_events::room_version_rules::RoomVersionRules;
    ///
    /// let content = serde_json::from_str(r#"{"users": {"@mod:example.org": 50}, "users_default": 10}"#)?;
    /// let levels = RoomPowerLevels::new(Some(content), &RoomVersionRules::V11.authorization, ["@mira:example.org".into()]);
    /// assert_eq!(levels.max(), Some(50));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[inline]
    pub fn max(&self) -> Option<i64> {
        let keys = self.content.keys().into_iter().filter(|key| matches!(key, PowerLevelKey::User(_)));
        let of_users = keys.filter_map(|key| self.content.find(key).level());
        of_users.chain(self.content.named(PowerLevelKey::UsersDefault)).max()
    }

    /// Returns the creators whose level is infinite. Before room version 12, there are none.
    #[inline]
    pub fn privileged_creators(&self) -> impl Iterator<Item = &UserId> {
        self.creators.iter().filter(|_| self.rules.explicitly_privilege_room_creators)
    }

    /// Returns `true` if the user is a creator whose level is infinite.
    #[inline]
    fn is_privileged_creator(&self, user_id: &str) -> bool {
        self.rules.explicitly_privilege_room_creators && self.creators.contains(user_id)
    }
}
