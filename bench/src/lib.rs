//! What is measured: the ways to read an event from its bytes, and to write it.
//!
//! Three programs use it: `bench` takes the times, `allocations` counts allocations, with an allocator that would
//! disturb the times, and `profile` runs one contender alone, for a profiler.

mod contenders;
mod events;

pub use contenders::{each, Contender, Measure, Ruma, Types, Write};
pub use events::{usage, Events};
