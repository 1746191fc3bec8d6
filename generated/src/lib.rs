//! Types for every event of the [Matrix specification](https://spec.matrix.org), generated from its own schemas.
//!
//! ```
//! use matrix_events::{call::{invite::CallInviteEventContent, StreamPurpose}, RoomEvent};
//!
//! let json = r#"{
//!     "type": "m.call.invite", "event_id": "$Rk1V", "room_id": "!calls:example.org", "sender": "@mira:example.org",
//!     "origin_server_ts": 1741860298455,
//!     "content": {
//!         "call_id": "c1", "party_id": "p1", "version": "1", "lifetime": 60000,
//!         "offer": {"type": "offer", "sdp": "v=0"},
//!         "sdp_stream_metadata": {"8140927536": {"purpose": "m.screenshare", "org.example.fps": 5}}
//!     }
//! }"#;
//! let invite: RoomEvent<CallInviteEventContent> = serde_json::from_str(json)?;
//! let streams = invite.content.sdp_stream_metadata.as_ref().unwrap();
//! assert_eq!(streams["8140927536"].purpose, StreamPurpose::ScreenShare);
//!
//! // What the types don't know is kept, and written back.
//! assert_eq!(serde_json::to_value(&invite)?, serde_json::from_str::<serde_json::Value>(json)?);
//! # Ok::<(), serde_json::Error>(())
//! ```

// Emitted: laid out by another formatter, and with a reader as long as its object has fields.
#[rustfmt::skip]
#[allow(clippy::too_many_lines)]
mod events;
mod identifiers;
mod raw;
pub mod runtime;
mod sync;

pub use events::any::*;
pub use events::envelope::*;
pub use events::*;
pub use identifiers::{
    EventId, IdentifierKind, InvalidIdentifier, InvalidReason, MxcUri, RoomAliasId, RoomId, ServerName, UnpaddedBase64,
    UrlSafeUnpaddedBase64, UserId,
};
pub use raw::{MalformedEvent, RedactedEvent, UnknownEvent};
pub use runtime::{
    from_slice, from_str, EphemeralRoomEventContent, Error, EventContent, Extra, GlobalAccountDataEventContent,
    JsonObject, LooseInteger, LooseString, MessageLikeEventContent, Nullable, Oddity, PresenceContent,
    RoomAccountDataEventContent, RoomEventContent, StateEventContent, ToDeviceEventContent,
};
