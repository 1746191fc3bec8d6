//! What events mean beyond their members: relations, what servers add, power levels.

#[path = "meaning/power_levels.rs"]
mod power_levels;
#[path = "meaning/relations.rs"]
mod relations;
#[path = "meaning/unsigned.rs"]
mod unsigned;
