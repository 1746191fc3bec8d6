//! What the emitted types are built on: reading, writing, and what both keep.
//!
//! It is public for the code that `matrix-events-codegen` emits, here and in crates with event types of their own, and
//! changes with that code: after an update of this crate such a crate is generated anew. Programs rarely need it
//! themselves; what they do is at the root of the crate.

mod adopt;
mod cursor;
mod event;
mod extra;
mod fault;
mod glue;
mod identifiers;
mod loose;
mod macros;
mod oddity;
mod own;
mod pattern;
mod pointer;
mod read;
pub mod rules;
mod scan;
mod values;
mod write;

pub use adopt::{adopt_optional, adopt_required, Adopt};
pub use cursor::{Cursor, JsonType, Members};
pub use event::{
    edu_type, event_type, EduContent, Envelope, EphemeralRoomEventContent, EventContent, GlobalAccountDataEventContent,
    MessageLikeEventContent, NoTopLevel, PresenceContent, RoomAccountDataEventContent, RoomEventContent,
    StateEventContent, ToDeviceEventContent, TopLevelMembers,
};
pub use extra::Extra;
pub use fault::{Error, Fault};
pub use glue::deserialize;
pub use loose::{LooseInteger, LooseString};
pub use oddity::{oddities, Oddity};
pub use read::{from_slice, from_str, Fill, Json, JsonObject, Key, Seen};
pub use values::Nullable;
pub use write::{show, Entries, Item, List, Object, Visit};

/// What emitted code in other crates reaches through this one, so that they needn't depend on it themselves.
#[doc(hidden)]
pub use {serde, serde_json};
