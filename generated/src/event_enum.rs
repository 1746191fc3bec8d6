//! The trait of all event enums, to handle events of every kind with the same code.

use serde_json::Value;

use crate::__private::{invalid_fields, is_redacted, to_string, unused, FromToJson, JsonRef};
use crate::inspect::Place;
use crate::schema::Kind;
use crate::{
    from_str, AnyDecryptedMegolmEvent, AnyDecryptedOlmEvent, AnyEdu, AnyEphemeralData, AnyEphemeralEvent,
    AnyGlobalAccountDataEvent, AnyInitialStateEvent, AnyMessageLikeEvent, AnyPresenceEvent, AnyRoomAccountDataEvent,
    AnyStateEvent, AnyStrippedStateEvent, AnySyncMessageLikeEvent, AnySyncStateEvent, AnySyncTimelineEvent,
    AnyTimelineEvent, AnyToDeviceEvent, Error, InvalidField, UsedAlias,
};

/// An enum over events, such as [`AnyTimelineEvent`]. With this trait, a program handles events of every kind with the same code.
///
/// The enums have methods with the same names, so the trait is only necessary in generic code. [`event_of_kind`] and
/// [`Place::read`] return a `Box<dyn EventEnum>`.
///
/// ```
/// use matrix_events::schema::Kind;
/// use matrix_events::{event_of_kind, EventEnum};
///
/// fn describe(event: &dyn EventEnum) -> String {
///     format!("{}::{} of {}", event.enum_name(), event.variant_name(), event.event_type())
/// }
///
/// let typing = event_of_kind(Kind::Ephemeral, r#"{"type": "m.typing", "content": {"user_ids": []}}"#)?;
/// assert_eq!(describe(&*typing), "AnyEphemeralEvent::Typing of m.typing");
/// # Ok::<(), matrix_events::Error>(())
/// ```
pub trait EventEnum: sealed::Sealed {
    /// Returns the name of the enum, such as `AnySyncTimelineEvent`.
    fn enum_name(&self) -> &'static str;

    /// Returns the name of the variant, such as `RoomMember`, `Unknown`, `Redacted` or `Malformed`.
    fn variant_name(&self) -> &'static str;

    /// Returns the event type of the variant, or `None` if the variant is for events of several types. The `type` of the event can
    /// be an alias of this type.
    fn known_type(&self) -> Option<&'static str>;

    /// Returns the reason why a malformed event does not deserialize as its type.
    fn malformed_reason(&self) -> Option<&Error>;

    #[doc(hidden)]
    fn as_json_ref(&self) -> JsonRef<'_>;

    /// Returns the `type`, or the `edu_type` of an ephemeral data unit. It is empty if there is none.
    #[inline]
    fn event_type(&self) -> &str {
        let event = self.as_json_ref();
        event.member("type").text().or_else(|| event.member("edu_type").text()).unwrap_or_default()
    }

    /// Returns the `sender`, or `None` if it is absent or not a string.
    #[inline]
    fn sender(&self) -> Option<&str> {
        self.as_json_ref().member("sender").text()
    }

    /// Returns the `event_id`, or `None` if it is absent or not a string.
    #[inline]
    fn event_id(&self) -> Option<&str> {
        self.as_json_ref().member("event_id").text()
    }

    /// Returns the `state_key`, or `None` if it is absent or not a string.
    #[inline]
    fn state_key(&self) -> Option<&str> {
        self.as_json_ref().member("state_key").text()
    }

    /// Returns the `content` as JSON, or `null` if there is none.
    #[inline]
    fn content_json(&self) -> Value {
        self.as_json_ref().member("content").to_value()
    }

    /// Returns `true` if the event is redacted: `unsigned.redacted_because` is an object, or the variant is `Redacted`.
    #[inline]
    fn is_redacted(&self) -> bool {
        is_redacted(self.as_json_ref()) || self.variant_name() == "Redacted"
    }

    /// Returns the values of optional fields that failed to deserialize.
    #[inline]
    fn invalid_fields(&self) -> Vec<InvalidField> {
        invalid_fields(self.as_json_ref())
    }

    /// Returns the JSON pointers of the members that have no Rust field.
    #[inline]
    fn unknown_fields(&self) -> Vec<String> {
        unused(self.as_json_ref()).unknown
    }

    /// Returns the fields that were deserialized from an alias.
    #[inline]
    fn used_aliases(&self) -> Vec<UsedAlias> {
        unused(self.as_json_ref()).aliases
    }

    /// Serializes the event as JSON text.
    #[inline]
    fn to_json(&self) -> String {
        to_string(&self.as_json_ref().to_value())
    }
}

mod sealed {
    /// Prevents implementations in other crates.
    pub trait Sealed {}
}

macro_rules! event_enums {
    ($($any:ident),+ $(,)?) => {$(
        impl sealed::Sealed for $any {}

        impl EventEnum for $any {
            #[inline]
            fn enum_name(&self) -> &'static str {
                stringify!($any)
            }

            #[inline]
            fn variant_name(&self) -> &'static str {
                self.variant()
            }

            #[inline]
            fn known_type(&self) -> Option<&'static str> {
                self.type_of_variant()
            }

            #[inline]
            fn malformed_reason(&self) -> Option<&Error> {
                match self {
                    Self::Malformed(event) => Some(event.reason()),
                    _ => None,
                }
            }

            #[inline]
            fn as_json_ref(&self) -> JsonRef<'_> {
                self.json_ref()
            }
        }
    )+};
}

event_enums! {
    AnyTimelineEvent, AnySyncTimelineEvent, AnyMessageLikeEvent, AnySyncMessageLikeEvent, AnyStateEvent, AnySyncStateEvent,
    AnyStrippedStateEvent, AnyInitialStateEvent, AnyToDeviceEvent, AnyDecryptedOlmEvent, AnyDecryptedMegolmEvent,
    AnyEphemeralEvent, AnyEphemeralData, AnyPresenceEvent, AnyGlobalAccountDataEvent, AnyRoomAccountDataEvent, AnyEdu,
}

/// Deserializes an event as the enum of its kind, such as [`AnyStateEvent`] for state events.
///
/// ```
/// use matrix_events::schema::Kind;
///
/// let json = r#"{"type": "m.room.name", "state_key": "", "content": {"name": "Lobby"}}"#;
/// let event = matrix_events::event_of_kind(Kind::State, json)?;
/// assert_eq!((event.enum_name(), event.variant_name()), ("AnyStateEvent", "RoomName"));
/// # Ok::<(), matrix_events::Error>(())
/// ```
///
/// # Errors
///
/// Returns an error if the text is not a JSON object.
#[inline] // Only programs that call it compile the code for all enums.
pub fn event_of_kind(kind: Kind, json: &str) -> Result<Box<dyn EventEnum>, Error> {
    let place = match kind {
        Kind::MessageLike => return Ok(Box::new(from_str::<AnyMessageLikeEvent>(json)?)),
        Kind::State => Place::State,
        Kind::Ephemeral => Place::Ephemeral,
        Kind::Presence => Place::Presence,
        Kind::GlobalAccountData => Place::GlobalAccountData,
        Kind::RoomAccountData => Place::RoomAccountData,
        Kind::ToDevice => Place::ToDevice,
        _ => Place::Edu,
    };
    place.read(json)
}

impl Place {
    /// Deserializes an event as the enum of this place.
    ///
    /// ```
    /// use matrix_events::inspect::Place;
    /// use matrix_events::EventEnum;
    ///
    /// let event = Place::SyncState.read(r#"{"type": "m.room.topic", "state_key": "", "content": {"topic": "Seedlings"}}"#)?;
    /// assert_eq!((event.enum_name(), event.variant_name()), ("AnySyncStateEvent", "RoomTopic"));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a JSON object.
    #[inline] // Only programs that call it compile the code for all enums.
    pub fn read(self, json: &str) -> Result<Box<dyn EventEnum>, Error> {
        Ok(match self {
            Self::Timeline => Box::new(from_str::<AnyTimelineEvent>(json)?),
            Self::SyncTimeline => Box::new(from_str::<AnySyncTimelineEvent>(json)?),
            Self::State => Box::new(from_str::<AnyStateEvent>(json)?),
            Self::SyncState => Box::new(from_str::<AnySyncStateEvent>(json)?),
            Self::StrippedState => Box::new(from_str::<AnyStrippedStateEvent>(json)?),
            Self::InitialState => Box::new(from_str::<AnyInitialStateEvent>(json)?),
            Self::ToDevice => Box::new(from_str::<AnyToDeviceEvent>(json)?),
            Self::DecryptedOlm => Box::new(from_str::<AnyDecryptedOlmEvent>(json)?),
            Self::DecryptedMegolm => Box::new(from_str::<AnyDecryptedMegolmEvent>(json)?),
            Self::Ephemeral => Box::new(from_str::<AnyEphemeralEvent>(json)?),
            Self::EphemeralData => Box::new(from_str::<AnyEphemeralData>(json)?),
            Self::Presence => Box::new(from_str::<AnyPresenceEvent>(json)?),
            Self::GlobalAccountData => Box::new(from_str::<AnyGlobalAccountDataEvent>(json)?),
            Self::RoomAccountData => Box::new(from_str::<AnyRoomAccountDataEvent>(json)?),
            Self::Edu => Box::new(from_str::<AnyEdu>(json)?),
        })
    }
}
