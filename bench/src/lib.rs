//! The measured functions: reading, writing and validating events, by this project and by its peers.
//!
//! - `bench` runs the other programs and writes the report.
//! - `times` measures times, and `allocations` counts allocations with an allocator that would distort the times.
//! - `growth` measures the time per byte for events of several sizes.
//! - `profile` runs one contender, for a profiler.
//! - `instructions` counts the instructions of the main paths of this project, and requires no peers.

#[cfg(feature = "peers")]
mod bodies;
#[cfg(feature = "peers")]
mod checking;
#[cfg(feature = "peers")]
mod contenders;
pub mod corpus;
#[cfg(feature = "peers")]
mod derived;
mod events;
#[cfg(feature = "peers")]
pub mod growth;
pub mod llvm_lines;

#[cfg(feature = "peers")]
pub use bodies::{each_body, BodyContender, MeasureBody};
#[cfg(feature = "peers")]
pub use checking::{each_check, Check, Checks, Input};
#[cfg(feature = "peers")]
pub use contenders::{each, Contender, Measure, Ruma, Types, Write};
pub use events::{usage, Events};

use std::path::PathBuf;

/// Returns the path of a file or folder of the repository.
///
/// Cargo sets `CARGO_MANIFEST_DIR` when it runs a program. The value at compile time may name another checkout that shares
/// the target folder.
#[must_use]
pub fn repository(name: &str) -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.with_file_name(name)
}
