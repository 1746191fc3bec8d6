//! The hand-written accessors and constructors of emitted types: relations, `unsigned`, members,
//! power levels, push rules and media.

#[path = "accessors/media.rs"]
mod media;
#[path = "accessors/members.rs"]
mod members;
#[path = "accessors/power_levels.rs"]
mod power_levels;
#[path = "accessors/push.rs"]
mod push;
#[path = "accessors/relations.rs"]
mod relations;
#[path = "accessors/unsigned.rs"]
mod unsigned;
