//! Lossless JSON, Matrix identifiers, constraints and validators for the types of
//! [`matrix-events`](https://docs.rs/matrix-events).
//!
//! This crate contains no event type. Programs depend on `matrix-events`, which reexports everything that they need.

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

pub mod canonical_json;
mod constraints;
mod content;
mod features;
mod glob;
#[cfg(feature = "hash")]
pub mod hash;
pub mod identifiers;
mod json;
mod macros;
mod pattern;
pub mod redaction;
pub mod room_version_rules;
pub mod schema;
mod sort;
pub mod validate;

pub use content::{
    EduContent, EphemeralRoomEventContent, EventContent, GlobalAccountDataEventContent, MessageLikeEventContent,
    PresenceContent, RoomAccountDataEventContent, RoomEventContent, StateEventContent, ToDeviceEventContent,
};
pub use identifiers::{
    DeviceId, EventId, IdentifierKind, InvalidIdentifier, InvalidReason, InvalidUri, KeyId, MatrixId, MatrixToUri,
    MatrixUri, MxcUri, RoomAliasId, RoomId, RoomOrAliasId, RoomVersionId, ServerName, ServerSigningKeyId, SessionId,
    SpaceChildOrder, SpaceChildPosition, TransactionId, UnpaddedBase64, UriAction, UrlSafeUnpaddedBase64, UserId,
    VoipId,
};
pub use json::{
    from_slice, from_str, kept_text, locate, to_string, to_vec, Error, EventReference, Events, Extra, IntOrString,
    InvalidEvent, InvalidField, JsonObject, Location, Map, Nullable, Position, StringOrInt, TypeSuffix, UnknownValue,
    UsedAlias,
};

/// The items that emitted code and `matrix-events` use. They can change in every version.
#[doc(hidden)]
pub mod __private {
    pub use {serde, serde_json};

    pub use crate::content::{
        content_of_type, EduContent, EphemeralRoomEventContent, EventContent, GlobalAccountDataEventContent,
        MessageLikeEventContent, NoTopLevel, PresenceContent, RoomAccountDataEventContent, RoomEventContent,
        StateEventContent, ToDeviceEventContent, TopLevelMembers,
    };
    #[cfg(feature = "arbitrary")]
    pub use crate::features::arbitrary;
    pub use crate::glob::{contains_words, glob_matches, glob_matches_ignoring_case, glob_matches_words};
    pub use crate::identifiers::{
        DeviceId, EventId, KeyId, MxcUri, RoomAliasId, RoomId, RoomOrAliasId, RoomVersionId, ServerName,
        ServerSigningKeyId, SessionId, SpaceChildOrder, TransactionId, UnpaddedBase64, UrlSafeUnpaddedBase64, UserId,
        VoipId,
    };
    pub use crate::json::{
        boxed, deserialize, deserialize_string, escaped, from_slice, from_str, invalid_fields, is_redacted, is_unset,
        kept_text, lossy_text, parse_event, present, to_string, to_vec, unknown_value, untyped, untyped_json, unused,
        utf8, with_unique_keys, Addition, AdditionMut, AnyEvent, Constant, Cursor, Descriptor, Error, Extra, FieldName,
        FromToJson, IntOrString, InvalidField, JsonObject, JsonRef, JsonType, ListElements, MapEntries, MapKey,
        Members, Nullable, ObjectFields, ParseError, StringOrInt, Tagged, TypeSuffix, UnknownValue, Untyped, Unused,
    };
    pub use crate::schema::{
        Body, Event, EventTable, EventText, EventTexts, Field, InBody, Kind, Schema, SchemaVariant, Version,
    };
    pub use crate::validate::{checked, shown, Form, Level, Report, Validator, Violation, OF_PDU};
    pub use crate::{
        all_events, alternative, any_common, any_content, any_edu, any_enum, any_event, any_room_event, body,
        body_events, can_be_null, content_of, custom_any_event, custom_any_room_event, custom_into_message_like,
        custom_into_state, custom_into_sync, custom_part, envelope, event, event_members, events_in, example, fields,
        indices, into_message_like, into_state, into_sync, is_lenient, json, list, object, open_enum, option, or, part,
        presence, redactable, rest, room, room_event_members, tagged, top_level, type_suffix, union, untyped_in,
        without_room,
    };

    /// The functions that create constraint tables.
    pub mod constraints {
        pub use crate::constraints::*;
    }
}
