//! Hand-written methods of emitted types. They implement rules that the specification states in prose.

mod any;
mod any_content;
#[cfg(feature = "calls")]
mod call;
#[cfg(feature = "unstable-msc3401")]
mod call_member;
mod direct;
pub(crate) mod edits;
mod encryption;
#[cfg(any(feature = "unstable-msc3489", feature = "unstable-msc4075", feature = "unstable-msc4354"))]
mod expiry;
mod ignored_users;
mod initial_state;
mod join_rules;
mod media;
#[cfg(feature = "unstable-msc4278")]
mod media_preview;
mod member;
mod mentions;
pub(crate) mod messages;
mod moderation;
#[cfg(feature = "federation")]
mod pdu;
#[cfg(feature = "policy")]
mod policy_rules;
mod power_levels;
mod previous;
#[cfg(feature = "push")]
mod push;
#[cfg(feature = "push")]
mod push_evaluation;
#[cfg(feature = "push")]
mod push_rules;
mod receipt;
mod recent_emoji;
mod recommended;
mod redaction;
mod relations;
#[cfg(feature = "unstable-msc1763")]
mod retention;
mod room_create;
#[cfg(feature = "encryption")]
mod room_keys;
#[cfg(feature = "unstable-msc4143")]
mod rtc_member;
mod space;
#[cfg(feature = "federation")]
mod status_and_body;
mod tag;
mod texts;
mod time;
#[cfg(feature = "encryption")]
mod verification;

#[cfg(feature = "unstable-msc3401")]
pub use call_member::CallMembership;
pub use media::MediaSource;
#[cfg(feature = "push")]
pub use push::{RoomMemberCount, Tweak, TypedPushCondition};
pub use receipt::{ReceiptThread, ReceiptType};
pub use recommended::{RECOMMENDED_STRIPPED_STATE_EVENT_TYPES, RECOMMENDED_TRANSFERABLE_STATE_EVENT_TYPES};
#[cfg(feature = "federation")]
pub use status_and_body::StatusAndBody;

use crate::__private::{from_str, to_string, Error, FromToJson, JsonObject};
use crate::UnknownEvent;

/// Deserializes an object that an event contains as JSON, if it has one.
fn deserialized<T: FromToJson>(object: Option<&JsonObject>) -> Result<Option<T>, Error> {
    object.map(|object| from_str(&to_string(object))).transpose()
}

/// Deserializes an object as an enum of events. `unknown` creates the variant for unknown events, although the enums accept every
/// object.
#[inline]
fn of_object<E: FromToJson>(event: JsonObject, unknown: impl FnOnce(Box<UnknownEvent>) -> E) -> E {
    from_str(&to_string(&event)).unwrap_or_else(|_| unknown(Box::new(event.into())))
}
