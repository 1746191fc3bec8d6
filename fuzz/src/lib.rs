//! Properties of any input. A function for each fuzz target panics if an input does not have the property.
//!
//! `cargo run --example seeds` in `fuzz/` writes seeds. `cargo fuzz run --sanitizer none <target>` runs a target with a stable
//! compiler.

mod any_event;
#[path = "../../tests/src/any_json.rs"]
#[allow(unreachable_pub)]
mod any_json;
mod codegen;
mod scanner;
mod sdp;
mod validate;

pub use any_event::any_event;
pub use codegen::codegen;
pub use scanner::scanner;
pub use sdp::sdp;
pub use validate::validate;

use serde::de::IgnoredAny;
use serde_json::Value;

/// White space in JSON.
const SPACE: [char; 4] = [' ', '\n', '\r', '\t'];

/// Parses the bytes with `serde_json`. Returns `None` for a text that may contain an internal representation of `serde_json`, such as
/// an object with the member `$serde_json::private::RawValue`.
fn plain(bytes: &[u8]) -> Option<Result<Value, serde_json::Error>> {
    let is_its_own = bytes.windows(7).any(|window| window == b"private");
    (!is_its_own).then(|| serde_json::from_slice(bytes))
}

/// Returns `true` if a part of a value is kept as text.
fn has_kept(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().any(|(key, value)| key.starts_with("$matrix_events::text") || has_kept(value))
        }
        Value::Array(elements) => elements.iter().any(has_kept),
        _ => false,
    }
}

/// Returns `true` if a text is JSON by the grammar of RFC 8259. A `Value` does not represent all JSON.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Returns the text of bytes that are a JSON object.
fn object(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| is_json(text))?;
    text.trim_start_matches(SPACE).starts_with('{').then_some(text)
}
