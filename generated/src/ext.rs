//! Hand-written methods of emitted types. They implement rules that the specification states in prose.

mod any;
mod any_content;
mod call;
mod initial_state;
mod media;
mod power_levels;
mod previous;
mod push;
mod receipt;
mod recent_emoji;
mod redaction;
mod relations;
#[cfg(feature = "unstable-msc1763")]
mod retention;
mod space;
mod tag;
mod texts;
mod versions;

pub use media::MediaSource;
pub use push::{RoomMemberCount, Tweak, TypedPushCondition};
pub use receipt::ReceiptThread;

use crate::__private::{from_str, to_string, Error, FromToJson, JsonObject};

/// Deserializes an object that an event contains as JSON, if it has one.
fn deserialized<T: FromToJson>(object: Option<&JsonObject>) -> Result<Option<T>, Error> {
    object.map(|object| from_str(&to_string(object))).transpose()
}
