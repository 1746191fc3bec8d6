//! Finds levels in the content of `m.room.power_levels`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::PowerLevelKey;
use crate::room::power_levels::{Notifications, RoomPowerLevelsEventContent};
use crate::{IntOrString, JsonObject};

/// The largest integer of canonical JSON.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// A level in a content.
#[derive(Clone, Copy)]
pub(crate) enum Found<'a> {
    Absent,
    Level(&'a IntOrString),
    /// A value that is neither an integer nor a string with an integer.
    Invalid(&'a Value),
    /// A value in place of a map, or an entry of it.
    InvalidMap,
}

impl<'a> Found<'a> {
    #[inline]
    fn new(level: Option<&'a IntOrString>, invalid: Option<&'a Value>) -> Self {
        level.map(Self::Level).or_else(|| invalid.map(Self::Invalid)).unwrap_or(Self::Absent)
    }

    /// Returns the integer, if it is present and valid. The fraction of a number is cut off.
    #[inline]
    pub(crate) fn level(self) -> Option<i64> {
        match self {
            Self::Absent | Self::InvalidMap => None,
            Self::Level(level) => Some(level.get()),
            Self::Invalid(value) => truncated(value),
        }
    }

    /// Returns `true` if the level is absent or `null`.
    #[inline]
    pub(crate) fn is_unset(self) -> bool {
        matches!(self, Self::Absent | Self::Invalid(Value::Null))
    }
}

/// Returns a number without its fraction, as in room versions 1 to 5
/// (<https://spec.matrix.org/v1.19/rooms/v1/#mroompower_levels-events-accept-values-as-floats>).
#[inline]
fn truncated(value: &Value) -> Option<i64> {
    let number = value.as_f64().map(f64::trunc).filter(|number| number.abs() <= LARGEST)?;
    #[allow(clippy::cast_possible_truncation)]
    Some(number as i64)
}

impl RoomPowerLevelsEventContent {
    /// Finds the level of a key. The key of a map is found if the map is invalid.
    #[inline]
    pub(crate) fn find(&self, key: PowerLevelKey<'_>) -> Found<'_> {
        match key {
            PowerLevelKey::User(user_id) => {
                self.entry(key, user_id, self.users.as_ref().and_then(|users| users.get(user_id)))
            }
            PowerLevelKey::Event(event_type) => {
                self.entry(key, event_type, self.events.as_ref().and_then(|events| events.get(event_type)))
            }
            PowerLevelKey::Notification(of) => match &self.notifications {
                Some(notifications) => notifications.find(of),
                None => self.entry(key, of, None),
            },
            PowerLevelKey::Users | PowerLevelKey::Events | PowerLevelKey::Notifications => {
                self.extra.get(key.field_name()).map_or(Found::Absent, |_| Found::InvalidMap)
            }
            _ => Found::new(key.field(self), self.extra.get(key.field_name())),
        }
    }

    #[inline]
    fn entry<'a>(&'a self, key: PowerLevelKey<'_>, entry: &str, level: Option<&'a IntOrString>) -> Found<'a> {
        let map = key.field_name();
        match self.extra.get(map) {
            Some(value) if level.is_none() && !value.is_null() => Found::InvalidMap,
            _ => Found::new(level, self.extra.unparsed(map).and_then(|invalid| invalid.get(entry))),
        }
    }

    /// Returns a level that has a default. Returns `None` if the level is invalid.
    #[inline]
    pub(crate) fn named(&self, key: PowerLevelKey<'_>) -> Option<i64> {
        key.effective(self).or_else(|| self.find(key).level())
    }

    /// Returns the keys of all levels and of all invalid values.
    #[inline]
    pub(crate) fn keys(&self) -> BTreeSet<PowerLevelKey<'_>> {
        let is_present = |key: &PowerLevelKey<'_>| !matches!(self.find(*key), Found::Absent);
        let maps = [PowerLevelKey::Users, PowerLevelKey::Events, PowerLevelKey::Notifications];
        let fields = PowerLevelKey::NAMED.iter().copied().chain(maps).filter(is_present);

        let users = self.users.iter().flatten().map(|(user_id, _)| user_id.as_str());
        let users = users.chain(self.invalid_entries("users")).map(PowerLevelKey::User);
        let events = self.events.iter().flatten().map(|(event_type, _)| event_type.as_str());
        let events = events.chain(self.invalid_entries("events")).map(PowerLevelKey::Event);
        let notifications = self.notifications.iter().flat_map(Notifications::keys).map(PowerLevelKey::Notification);
        fields.chain(users).chain(events).chain(notifications).collect()
    }

    #[inline]
    fn invalid_entries(&self, map: &str) -> impl Iterator<Item = &str> {
        let entries = self.extra.unparsed(map).and_then(Value::as_object);
        entries.into_iter().flat_map(JsonObject::keys).map(String::as_str)
    }
}

impl Notifications {
    #[inline]
    fn find(&self, key: &str) -> Found<'_> {
        let level = if key == "room" { self.room.as_ref() } else { self.entries.get(key) };
        Found::new(level, self.extra.get(key))
    }

    #[inline]
    fn keys(&self) -> impl Iterator<Item = &str> {
        let room = self.room.iter().map(|_| "room");
        room.chain(self.entries.keys().map(String::as_str)).chain(self.extra.iter().map(|(key, _)| key))
    }
}
