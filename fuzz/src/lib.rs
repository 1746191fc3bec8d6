//! Properties of any input. A function for each fuzz target panics if an input does not have the property.
//!
//! `cargo run --example seeds` in `fuzz/` writes seeds. `cargo fuzz run --sanitizer none <target>` runs a target with a stable
//! compiler.

mod any_event;
mod codegen;
mod sdp;
mod validate;

pub use any_event::any_event;
pub use codegen::codegen;
pub use sdp::sdp;
pub use validate::validate;

use serde_json::Value;

/// Parses the bytes with `serde_json`. Returns `None` for a text that may contain an internal representation of `serde_json`, such as
/// an object with the member `$serde_json::private::RawValue`.
fn plain(bytes: &[u8]) -> Option<Result<Value, serde_json::Error>> {
    let is_its_own = bytes.windows(7).any(|window| window == b"private");
    (!is_its_own).then(|| serde_json::from_slice(bytes))
}
