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

use serde_json::json;

use crate::__private::serde::ser::{Serialize, SerializeMap, Serializer};
use crate::__private::{unused, Unused};
use crate::{Error, EventEnum, InvalidField, UsedAlias};

/// The place of an event, which determines the enum that the event deserializes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// A timeline, with `room_id`: [`AnyTimelineEvent`](crate::AnyTimelineEvent).
    Timeline,
    /// A timeline in `/sync`: [`AnySyncTimelineEvent`](crate::AnySyncTimelineEvent).
    SyncTimeline,
    /// The state of a room, with `room_id`: [`AnyStateEvent`](crate::AnyStateEvent).
    State,
    /// The state of a room in `/sync`: [`AnySyncStateEvent`](crate::AnySyncStateEvent).
    SyncState,
    /// The stripped state of an invite or a knock: [`AnyStrippedStateEvent`](crate::AnyStrippedStateEvent).
    StrippedState,
    /// The `initial_state` of a request that creates a room: [`AnyInitialStateEvent`](crate::AnyInitialStateEvent).
    InitialState,
    /// To-device events: [`AnyToDeviceEvent`](crate::AnyToDeviceEvent).
    ToDevice,
    /// The plaintext of to-device events that are encrypted with Olm: [`AnyDecryptedOlmEvent`](crate::AnyDecryptedOlmEvent).
    DecryptedOlm,
    /// The plaintext of events that are encrypted with Megolm: [`AnyDecryptedMegolmEvent`](crate::AnyDecryptedMegolmEvent).
    DecryptedMegolm,
    /// Ephemeral events: [`AnyEphemeralEvent`](crate::AnyEphemeralEvent).
    Ephemeral,
    /// Ephemeral events for an application service: [`AnyEphemeralData`](crate::AnyEphemeralData).
    EphemeralData,
    /// Presence events: [`AnyPresenceEvent`](crate::AnyPresenceEvent).
    Presence,
    /// The global account data: [`AnyGlobalAccountDataEvent`](crate::AnyGlobalAccountDataEvent).
    GlobalAccountData,
    /// The account data for one room: [`AnyRoomAccountDataEvent`](crate::AnyRoomAccountDataEvent).
    RoomAccountData,
    /// The ephemeral data units of a federation transaction: [`AnyEdu`](crate::AnyEdu).
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

impl Inspection {
    /// Describes an event that was deserialized.
    ///
    /// ```
    /// use matrix_events::inspect::Inspection;
    /// use matrix_events::AnyEdu;
    ///
    /// let edu: AnyEdu = matrix_events::from_str(r#"{"edu_type": "m.presence", "content": {"push": []}, "age": 5}"#)?;
    /// let found = Inspection::of(&edu);
    /// assert_eq!((found.enum_name, found.variant), ("AnyEdu", "Presence"));
    /// assert_eq!(found.unknown_fields, ["/age"]);
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    #[inline]
    pub fn of(event: &dyn EventEnum) -> Self {
        let Unused { unknown, aliases } = unused(event.as_json_ref());
        Self {
            enum_name: event.enum_name(),
            variant: event.variant_name(),
            event_type: event.known_type(),
            is_redacted: event.is_redacted(),
            reason: event.malformed_reason().cloned(),
            invalid_fields: event.invalid_fields(),
            unknown_fields: unknown,
            aliases,
        }
    }
}

/// Serializes the description as the program `matrix-events inspect` prints it.
impl Serialize for Inspection {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let invalid = self.invalid_fields.iter().map(|field| json!({"pointer": field.pointer, "value": field.value}));
        let aliases = self.aliases.iter().map(|alias| json!({"pointer": alias.pointer, "name": alias.name}));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("enum", self.enum_name)?;
        map.serialize_entry("variant", self.variant)?;
        map.serialize_entry("known_type", &self.event_type)?;
        map.serialize_entry("redacted", &self.is_redacted)?;
        map.serialize_entry("reason", &self.reason.as_ref().map(ToString::to_string))?;
        map.serialize_entry("invalid_fields", &invalid.collect::<Vec<_>>())?;
        map.serialize_entry("unknown_fields", &self.unknown_fields)?;
        map.serialize_entry("aliases", &aliases.collect::<Vec<_>>())?;
        map.end()
    }
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
#[inline] // Only programs that call it compile the code for all enums.
pub fn inspect(json: &str, place: Place) -> Result<Inspection, Error> {
    Ok(Inspection::of(&*place.read(json)?))
}
