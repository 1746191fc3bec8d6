//! Hand-written methods of emitted types. They implement rules that the specification states in prose.

mod any;
mod power_levels;
mod previous;
mod redaction;
mod relations;
