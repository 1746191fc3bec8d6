//! Reports how an event deserializes: its variant, its invalid and unknown fields, and the aliases that it uses.
//!
//! ```
//! use matrix_events::inspect::{inspect, Place};
//!
//! let json = r#"{"type": "m.room.member", "state_key": "@mira:example.org", "sender": "@mira:example.org",
//!     "content": {"membership": "join", "displayname": 7, "org.example.mood": "proud"}}"#;
//! let found = inspect(json, Place::SyncTimeline)?;
//! assert_eq!((found.enum_name, found.variant), ("AnySyncTimelineEvent", "RoomMember"));
//! assert_eq!(found.invalid_fields[0].pointer, "/content/displayname");
//! assert_eq!(found.unknown_fields, ["/content/org.example.mood"]);
//! # Ok::<(), matrix_events::Error>(())
//! ```

use crate::__private::{invalid_fields, is_redacted, unused, FromToJson, Unused};
use crate::{
    AnyDecryptedMegolmEvent, AnyDecryptedOlmEvent, AnyEdu, AnyEphemeralEvent, AnyGlobalAccountDataEvent,
    AnyInitialStateEvent, AnyPresenceEvent, AnyRoomAccountDataEvent, AnyStateEvent, AnyStrippedStateEvent,
    AnySyncStateEvent, AnySyncTimelineEvent, AnyTimelineEvent, AnyToDeviceEvent, Error, InvalidField, UsedAlias,
};

/// The place of an event, which determines the enum that the event deserializes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// A timeline, with `room_id`: [`AnyTimelineEvent`].
    Timeline,
    /// A timeline in `/sync`: [`AnySyncTimelineEvent`].
    SyncTimeline,
    /// The state of a room, with `room_id`: [`AnyStateEvent`].
    State,
    /// The state of a room in `/sync`: [`AnySyncStateEvent`].
    SyncState,
    /// The stripped state of an invite or a knock: [`AnyStrippedStateEvent`].
    StrippedState,
    /// The `initial_state` of a request that creates a room: [`AnyInitialStateEvent`].
    InitialState,
    /// To-device events: [`AnyToDeviceEvent`].
    ToDevice,
    /// The plaintext of to-device events that are encrypted with Olm: [`AnyDecryptedOlmEvent`].
    DecryptedOlm,
    /// The plaintext of events that are encrypted with Megolm: [`AnyDecryptedMegolmEvent`].
    DecryptedMegolm,
    /// Ephemeral events: [`AnyEphemeralEvent`].
    Ephemeral,
    /// Presence events: [`AnyPresenceEvent`].
    Presence,
    /// The global account data: [`AnyGlobalAccountDataEvent`].
    GlobalAccountData,
    /// The account data for one room: [`AnyRoomAccountDataEvent`].
    RoomAccountData,
    /// The ephemeral data units of a federation transaction: [`AnyEdu`].
    Edu,
}

/// A description of how an event deserializes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Inspection {
    /// The name of the enum, such as `AnySyncTimelineEvent`.
    pub enum_name: &'static str,
    /// The name of the variant, such as `RoomMember`, `Unknown`, `Redacted` or `Malformed`.
    pub variant: &'static str,
    /// The event type of the variant. The `type` of the event can be an alias of this type.
    pub event_type: Option<&'static str>,
    /// `true` if the event is redacted.
    pub is_redacted: bool,
    /// The reason why a malformed event does not deserialize as its type.
    pub reason: Option<Error>,
    /// The values of optional fields that failed to deserialize.
    pub invalid_fields: Vec<InvalidField>,
    /// The JSON pointers of the members that have no Rust field.
    pub unknown_fields: Vec<String>,
    /// The fields that were deserialized from an alias.
    pub aliases: Vec<UsedAlias>,
}

macro_rules! inspect {
    ($any:ident, $json:expr) => {{
        let event: $any = crate::from_str($json)?;
        let Unused { unknown, aliases } = unused(event.json_ref());
        let reason = match &event {
            $any::Malformed(event) => Some(event.reason().clone()),
            _ => None,
        };
        Ok(Inspection {
            enum_name: stringify!($any),
            variant: event.variant(),
            event_type: event.type_of_variant(),
            is_redacted: is_redacted(event.json_ref()) || event.variant() == "Redacted",
            reason,
            invalid_fields: invalid_fields(event.json_ref()),
            unknown_fields: unknown,
            aliases,
        })
    }};
}

/// Deserializes an event as the enum of its place, and reports the result.
///
/// ```
/// use matrix_events::inspect::{inspect, Place};
///
/// let found = inspect(r#"{"type": "im.ponies.room_emotes", "state_key": "", "content": {}}"#, Place::State)?;
/// assert_eq!((found.variant, found.event_type), ("RoomImagePack", Some("m.room.image_pack")));
///
/// let found = inspect(r#"{"type": "m.room.member", "state_key": "@mira:example.org", "content": {}}"#, Place::State)?;
/// assert_eq!(found.variant, "Malformed");
/// assert_eq!(found.reason.map(|reason| reason.pointer().to_owned()).as_deref(), Some("/content"));
/// # Ok::<(), matrix_events::Error>(())
/// ```
///
/// # Errors
///
/// Returns an error if the text is not a JSON object.
pub fn inspect(json: &str, place: Place) -> Result<Inspection, Error> {
    match place {
        Place::Timeline => inspect!(AnyTimelineEvent, json),
        Place::SyncTimeline => inspect!(AnySyncTimelineEvent, json),
        Place::State => inspect!(AnyStateEvent, json),
        Place::SyncState => inspect!(AnySyncStateEvent, json),
        Place::StrippedState => inspect!(AnyStrippedStateEvent, json),
        Place::InitialState => inspect!(AnyInitialStateEvent, json),
        Place::ToDevice => inspect!(AnyToDeviceEvent, json),
        Place::DecryptedOlm => inspect!(AnyDecryptedOlmEvent, json),
        Place::DecryptedMegolm => inspect!(AnyDecryptedMegolmEvent, json),
        Place::Ephemeral => inspect!(AnyEphemeralEvent, json),
        Place::Presence => inspect!(AnyPresenceEvent, json),
        Place::GlobalAccountData => inspect!(AnyGlobalAccountDataEvent, json),
        Place::RoomAccountData => inspect!(AnyRoomAccountDataEvent, json),
        Place::Edu => inspect!(AnyEdu, json),
    }
}
