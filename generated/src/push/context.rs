//! The facts about the room and the user that push rules require.

use crate::power_levels::RoomPowerLevels;
use crate::room::power_levels::RoomPowerLevelsEventContent;
use crate::{RoomId, UserId};

/// The room of an event and the user whose push rules are evaluated.
///
/// ```
/// use matrix_events::push::{PushConditionPowerLevelsCtx, PushConditionRoomCtx};
/// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
///
/// let levels: RoomPowerLevelsEventContent = matrix_events::from_str(r#"{"users": {"@mira:example.org": 50}}"#)?;
/// let context = PushConditionRoomCtx::new("!garden:example.org", 12, "@lev:example.org", "Lev")
///     .with_power_levels(PushConditionPowerLevelsCtx::from(levels));
/// assert_eq!(context.member_count, 12);
/// # Ok::<(), matrix_events::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PushConditionRoomCtx {
    /// The ID of the room. The property `room_id` of the event has this value, because events of `/sync` have no `room_id`.
    pub room_id: RoomId,
    /// The number of joined members in the room.
    pub member_count: u64,
    /// The ID of the user. Push rules do not apply to the events of this user.
    pub user_id: UserId,
    /// The display name of the user in the room, or an empty text without one.
    pub user_display_name: String,
    /// The power levels of the room. With `None`, the condition `sender_notification_permission` matches no event.
    pub power_levels: Option<PushConditionPowerLevelsCtx>,
}

impl PushConditionRoomCtx {
    /// Creates a context without power levels.
    #[inline]
    pub fn new(
        room_id: impl Into<RoomId>,
        member_count: u64,
        user_id: impl Into<UserId>,
        user_display_name: impl Into<String>,
    ) -> Self {
        Self {
            room_id: room_id.into(),
            member_count,
            user_id: user_id.into(),
            user_display_name: user_display_name.into(),
            power_levels: None,
        }
    }

    /// Sets the power levels.
    #[inline]
    #[must_use]
    pub fn with_power_levels(self, power_levels: PushConditionPowerLevelsCtx) -> Self {
        Self { power_levels: Some(power_levels), ..self }
    }
}

/// The power levels of a room, for the condition `sender_notification_permission`.
///
/// A room without `m.room.power_levels` has the levels of an empty event, in which only the creator has a higher level.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PushConditionPowerLevelsCtx {
    /// The content of `m.room.power_levels`.
    pub levels: RoomPowerLevelsEventContent,
    /// The creators of the room, if they have an infinite power level. Empty in room versions before 12.
    pub creators: Vec<UserId>,
}

impl PushConditionPowerLevelsCtx {
    /// Creates the power levels of a room with creators whose power level is infinite.
    #[inline]
    #[must_use]
    pub fn new(levels: RoomPowerLevelsEventContent, creators: Vec<UserId>) -> Self {
        Self { levels, creators }
    }

    /// Returns `true` if a user has the
    /// [power level](https://spec.matrix.org/latest/client-server-api/#mroompower_levels) for a notification type, such as
    /// `room`.
    ///
    /// The level is in `notifications`. The default for `room` is 50. Another type without a level requires an unknown level, so
    /// the result is `false`. The result is also `false` if a level is invalid.
    ///
    /// ```
    /// use matrix_events::push::PushConditionPowerLevelsCtx;
    /// use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
    ///
    /// let levels: RoomPowerLevelsEventContent = matrix_events::from_str(
    ///     r#"{"users": {"@mira:example.org": 60}, "notifications": {"org.example.bell": 70}}"#,
    /// )?;
    /// let levels = PushConditionPowerLevelsCtx::new(levels, vec!["@ada:example.org".into()]);
    /// assert!(levels.has_sender_notification_permission("@mira:example.org", "room"));
    /// assert!(!levels.has_sender_notification_permission("@mira:example.org", "org.example.bell"));
    /// assert!(levels.has_sender_notification_permission("@ada:example.org", "org.example.bell"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn has_sender_notification_permission(&self, user_id: &str, key: &str) -> bool {
        let Some(required) = self.levels.for_notification(key) else { return false };
        let is_creator = self.creators.iter().any(|creator| creator.as_str() == user_id);
        is_creator || self.levels.for_user(user_id).is_some_and(|level| level >= required)
    }
}

impl From<RoomPowerLevelsEventContent> for PushConditionPowerLevelsCtx {
    /// Creates the power levels of a room without creators whose power level is infinite.
    #[inline]
    fn from(levels: RoomPowerLevelsEventContent) -> Self {
        Self::new(levels, Vec::new())
    }
}

impl From<RoomPowerLevels> for PushConditionPowerLevelsCtx {
    /// Creates the power levels of a room, with the creators whose power level is infinite.
    #[inline]
    fn from(levels: RoomPowerLevels) -> Self {
        Self::new(levels.content().clone(), levels.privileged_creators().cloned().collect())
    }
}
