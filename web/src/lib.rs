//! The validators of `matrix-events` for a web page: a request of bytes in, a response of JSON out.
//!
//! A request is a line with a JSON object, followed by a text. The member `op` of the object selects the operation:
//!
//! | `op` | text | response |
//! |---|---|---|
//! | `about` | none | the releases, room versions, forms and event types |
//! | `open` | any JSON | the events of the text, and the findings about them |
//! | `read` | an event | how the crate deserializes the event |
//! | `redact` | an event | the event after a redaction |
//! | `describe` | none | the event type with its fields |
//! | `format` | any JSON | the text with line breaks and indentation |
//!
//! Offsets in responses are those of JavaScript, in code units of UTF-16.

// No function panics, whatever the input is.
#![cfg_attr(
    not(test),
    warn(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

pub mod abi;
mod about;
mod describe;
mod fix;
mod format;
mod offsets;
mod open;
mod read;
mod redact;

use matrix_events::validate::{Form, Level};
use serde_json::{json, Value};

/// Returns the response to a request. An invalid request has the response `{"error": …}`.
///
/// ```
/// let request = b"{\"op\": \"open\", \"level\": \"schema\"}\n{\"type\": \"m.fully_read\", \"content\": {\"event_id\": 7}}";
/// let response: serde_json::Value = serde_json::from_slice(&matrix_events_web::respond(request))?;
/// assert_eq!(response["findings"][0]["message"], "expected a string, found 7");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn respond(request: &[u8]) -> Vec<u8> {
    answer(request).unwrap_or_else(|error| json!({"error": error})).to_string().into_bytes()
}

fn answer(request: &[u8]) -> Result<Value, String> {
    let request = std::str::from_utf8(request).map_err(|error| error.to_string())?;
    let (head, text) = request.split_once('\n').unwrap_or((request, ""));
    let head: Value = serde_json::from_str(head).map_err(|error| error.to_string())?;
    let head = Head(head);
    Ok(match head.string("op") {
        Some("about") => about::about(),
        Some("open") => open::open(text, &head),
        Some("read") => read::read(text, &head),
        Some("redact") => redact::redact(text, &head),
        Some("describe") => describe::describe(&head),
        Some("format") => json!({"text": format::format(text)}),
        other => return Err(format!("unknown operation {other:?}")),
    })
}

/// The object in the first line of a request.
struct Head(Value);

impl Head {
    fn string(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.as_str()
    }

    fn is_set(&self, key: &str) -> bool {
        self.0.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    fn number(&self, key: &str) -> Option<usize> {
        self.0.get(key)?.as_u64()?.try_into().ok()
    }

    fn level(&self) -> Level {
        let level = self.string("level");
        [Level::Schema, Level::Lint].into_iter().find(|one| level == Some(one.as_str())).unwrap_or(Level::Strict)
    }

    fn form(&self) -> Option<Form> {
        let form = self.string("form")?;
        about::FORMS.iter().find(|(name, ..)| *name == form).map(|(_, form, _)| *form)
    }
}
