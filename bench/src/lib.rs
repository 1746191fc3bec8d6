//! What is measured: the ways to read an event from its bytes, to write it, and to hold it against its schema.
//!
//! Three programs use it: `bench` takes the times, `allocations` counts allocations, with an allocator that would
//! disturb the times, and `profile` runs one contender alone, for a profiler.

mod checking;
mod contenders;
mod events;

pub use checking::{each_check, Check, Checks};
pub use contenders::{each, Contender, Measure, Ruma, Types, Write};
pub use events::{usage, Events};
