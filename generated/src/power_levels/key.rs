//! The keys of power levels.

use std::fmt;

use crate::room::power_levels::RoomPowerLevelsEventContent;
use crate::IntOrString;

/// The place of a level in the content of `m.room.power_levels`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PowerLevelKey<'a> {
    /// The level of all other users: `users_default`.
    UsersDefault,
    /// The level that message-like events of all other types require: `events_default`.
    EventsDefault,
    /// The level that state events of all other types require: `state_default`.
    StateDefault,
    /// The level that a ban requires: `ban`.
    Ban,
    /// The level that the redaction of an event of another user requires: `redact`.
    Redact,
    /// The level that a kick requires: `kick`.
    Kick,
    /// The level that an invite requires: `invite`.
    Invite,
    /// The map of levels by event type: `events`.
    Events,
    /// The level that events of a type require: an entry of `events`.
    Event(&'a str),
    /// The map of levels by notification type: `notifications`.
    Notifications,
    /// The level that a type of notifications requires: an entry of `notifications`.
    Notification(&'a str),
    /// The map of levels by user: `users`.
    Users,
    /// The level of a user: an entry of `users`.
    User(&'a str),
}

macro_rules! named {
    ($($key:ident $field:ident $effective:ident)+) => {
        impl PowerLevelKey<'_> {
            /// The levels that are fields of the content.
            pub(super) const NAMED: &'static [PowerLevelKey<'static>] = &[$(PowerLevelKey::$key),+];

            /// Returns the field of a content that contains the level, if this key is not for a map or for an entry of a map.
            #[inline]
            pub(super) fn field(self, content: &RoomPowerLevelsEventContent) -> Option<&IntOrString> {
                match self {
                    $(Self::$key => content.$field.as_ref(),)+
                    _ => None,
                }
            }

            /// Returns the level or its default, if this key is not for a map or for an entry of a map.
            #[inline]
            pub(super) fn effective(self, content: &RoomPowerLevelsEventContent) -> Option<i64> {
                match self {
                    $(Self::$key => content.$effective(),)+
                    _ => None,
                }
            }

            /// Returns the name of the field that contains the level or the map.
            #[inline]
            pub(super) fn field_name(self) -> &'static str {
                match self {
                    $(Self::$key => stringify!($field),)+
                    Self::Events | Self::Event(_) => "events",
                    Self::Notifications | Self::Notification(_) => "notifications",
                    Self::Users | Self::User(_) => "users",
                }
            }
        }
    };
}

named! {
    UsersDefault users_default effective_users_default
    EventsDefault events_default effective_events_default
    StateDefault state_default effective_state_default
    Ban ban effective_ban
    Redact redact effective_redact
    Kick kick effective_kick
    Invite invite effective_invite
}

impl PowerLevelKey<'_> {
    /// Returns the default of the level, if the level has one.
    #[inline]
    pub(super) fn default_level(self) -> Option<i64> {
        self.effective(&RoomPowerLevelsEventContent::new())
    }
}

impl fmt::Display for PowerLevelKey<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(key) | Self::Notification(key) | Self::User(key) => {
                write!(f, "{} of {key:?}", self.field_name())
            }
            _ => f.write_str(self.field_name()),
        }
    }
}
