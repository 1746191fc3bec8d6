//! What the emitted types are built on: reading, writing, and what both keep.
//!
//! It is public for the code that `matrix-events-codegen` emits, here and in crates with event types of their own, and
//! changes with that code: after an update of this crate such a crate is generated anew. Programs rarely need it
//! themselves; what they do is at the root of the crate.

mod ahead;
mod any;
pub mod constraints;
mod cursor;
mod error;
mod escape;
mod event;
mod extra;
mod fault;
mod glue;
mod identifiers;
mod loose;
mod macros;
mod object;
mod oddity;
mod own;
mod pattern;
mod pointer;
mod read;
mod scan;
mod text;
mod values;
mod write;

pub use cursor::{Cursor, JsonType, Members};
pub use error::Error;
pub use event::{
    EduContent, EphemeralRoomEventContent, EventContent, GlobalAccountDataEventContent, MessageLikeEventContent,
    NoTopLevel, PresenceContent, RoomAccountDataEventContent, RoomEventContent, StateEventContent,
    ToDeviceEventContent, TopLevelMembers,
};
pub use extra::Extra;
pub use fault::Fault;
pub use glue::deserialize;
pub use loose::{LooseInteger, LooseString};
pub use object::{reset, Constant, Object, Shape};
pub use oddity::{oddities, Oddity};
pub(crate) use pointer::{escaped, printable};
pub use read::{boxed, from_slice, from_str, Json, JsonObject, Key, Tagged};
pub(crate) use text::text_of;
pub use text::{to_string, to_vec};
pub use values::Nullable;
pub use write::{Entries, Item, List};

/// What emitted code in other crates reaches through this one, so that they needn't depend on it themselves.
#[doc(hidden)]
pub use {serde, serde_json};
