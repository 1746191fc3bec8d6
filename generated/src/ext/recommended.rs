//! Event types that the specification recommends for a purpose.

use crate::__private::EventContent;
use crate::room::avatar::RoomAvatarEventContent;
use crate::room::canonical_alias::RoomCanonicalAliasEventContent;
use crate::room::create::RoomCreateEventContent;
use crate::room::encryption::RoomEncryptionEventContent;
use crate::room::guest_access::RoomGuestAccessEventContent;
use crate::room::history_visibility::RoomHistoryVisibilityEventContent;
use crate::room::join_rules::RoomJoinRulesEventContent;
use crate::room::name::RoomNameEventContent;
use crate::room::power_levels::RoomPowerLevelsEventContent;
use crate::room::server_acl::RoomServerAclEventContent;
use crate::room::topic::RoomTopicEventContent;

/// The types of state events that servers include in the
/// [stripped state](https://spec.matrix.org/latest/client-server-api/#stripped-state) of a room, for invites and knocks.
///
/// Since v1.16, the stripped state must contain `m.room.create`.
///
/// ```
/// assert!(matrix_events::RECOMMENDED_STRIPPED_STATE_EVENT_TYPES.contains(&"m.room.create"));
/// ```
pub const RECOMMENDED_STRIPPED_STATE_EVENT_TYPES: &[&str] = &[
    RoomCreateEventContent::TYPE,
    RoomNameEventContent::TYPE,
    RoomAvatarEventContent::TYPE,
    RoomTopicEventContent::TYPE,
    RoomJoinRulesEventContent::TYPE,
    RoomCanonicalAliasEventContent::TYPE,
    RoomEncryptionEventContent::TYPE,
];

/// The types of state events that servers copy to the new room in a
/// [room upgrade](https://spec.matrix.org/latest/client-server-api/#room-upgrades).
///
/// ```
/// assert!(matrix_events::RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES.contains(&"m.room.power_levels"));
/// ```
pub const RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES: &[&str] = &[
    RoomServerAclEventContent::TYPE,
    RoomEncryptionEventContent::TYPE,
    RoomNameEventContent::TYPE,
    RoomAvatarEventContent::TYPE,
    RoomTopicEventContent::TYPE,
    RoomGuestAccessEventContent::TYPE,
    RoomHistoryVisibilityEventContent::TYPE,
    RoomJoinRulesEventContent::TYPE,
    RoomPowerLevelsEventContent::TYPE,
];
