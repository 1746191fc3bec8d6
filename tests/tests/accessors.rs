//! The hand-written accessors and constructors of emitted types: relations, `unsigned`, power levels.

#[path = "accessors/power_levels.rs"]
mod power_levels;
#[path = "accessors/relations.rs"]
mod relations;
#[path = "accessors/unsigned.rs"]
mod unsigned;
