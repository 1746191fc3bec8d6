//! The hand-written accessors and constructors of emitted types.

#[path = "accessors/account_data.rs"]
mod account_data;
#[path = "accessors/encryption.rs"]
mod encryption;
#[path = "accessors/join_rules.rs"]
mod join_rules;
#[path = "accessors/media.rs"]
mod media;
#[path = "accessors/members.rs"]
mod members;
#[path = "accessors/messages.rs"]
mod messages;
#[path = "accessors/moderation.rs"]
mod moderation;
#[path = "accessors/power_levels.rs"]
mod power_levels;
#[cfg(feature = "unstable")]
#[path = "accessors/proposals.rs"]
mod proposals;
#[path = "accessors/push.rs"]
mod push;
#[path = "accessors/receipts.rs"]
mod receipts;
#[path = "accessors/relations.rs"]
mod relations;
#[path = "accessors/rooms.rs"]
mod rooms;
#[path = "accessors/spaces.rs"]
mod spaces;
#[path = "accessors/time.rs"]
mod time;
#[path = "accessors/unsigned.rs"]
mod unsigned;
