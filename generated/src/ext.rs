//! What emitted types mean beyond their members: the prose of the specification, as functions of theirs.

mod power_levels;
mod previous;
mod relations;
