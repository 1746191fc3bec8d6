//! The origins of events: the parts of responses that contain them, and the properties that follow.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::__private::OF_PDU;
use crate::inspect::Place;
use crate::schema::{self, Kind, Schema};
use crate::validate::Form;

/// The origin of an event: the part of a response that contains the event.
///
/// ```
/// use matrix_events::tools::Origin;
/// use matrix_events::validate::Form;
///
/// assert_eq!(Origin::StrippedState.form(), Some(Form::Stripped));
/// assert_eq!(Origin::Alone.form(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// An event that is not part of a response. The program determines its form.
    Alone,
    /// An event of any type in a room, with `room_id`.
    Timeline,
    /// An event of any type in a room, without `room_id`.
    SyncTimeline,
    /// A state event with `room_id`.
    State,
    /// A state event without `room_id`.
    SyncState,
    /// A state event in an invite or a knock.
    StrippedState,
    /// A state event in a request that creates a room.
    InitialState,
    /// A state event in a room of a space. It is stripped, and has `origin_server_ts`.
    SpaceChild,
    /// A to-device event.
    ToDevice,
    /// An ephemeral event in a room.
    Ephemeral,
    /// An ephemeral event in a transaction for an application service: `m.presence`, or an event with `room_id`.
    EphemeralData,
    /// A presence event.
    Presence,
    /// An event in the account data of the user.
    GlobalAccountData,
    /// An event in the account data for a room.
    RoomAccountData,
    /// An ephemeral data unit.
    Edu,
    /// A persistent data unit, which is an event of a room in the federation.
    Pdu,
    /// A session in an export of room keys. It has the fields of the content of `m.room_key`.
    RoomKey,
}

/// The members of a PDU that servers of earlier versions added.
const EARLIER_OF_PDU: [&str; 2] = ["origin", "prev_state"];

impl Origin {
    /// All origins.
    pub const ALL: [Self; 17] = [
        Self::Alone,
        Self::Timeline,
        Self::SyncTimeline,
        Self::State,
        Self::SyncState,
        Self::StrippedState,
        Self::InitialState,
        Self::SpaceChild,
        Self::ToDevice,
        Self::Ephemeral,
        Self::EphemeralData,
        Self::Presence,
        Self::GlobalAccountData,
        Self::RoomAccountData,
        Self::Edu,
        Self::Pdu,
        Self::RoomKey,
    ];

    /// Returns the origin with the name of an enum, or with a name of its own.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.name() == name)
    }

    /// Returns the name of the enum of events, or the name of an origin without such an enum.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Alone => "Alone",
            Self::Timeline => "AnyTimelineEvent",
            Self::SyncTimeline => "AnySyncTimelineEvent",
            Self::State => "AnyStateEvent",
            Self::SyncState => "AnySyncStateEvent",
            Self::StrippedState => "AnyStrippedStateEvent",
            Self::InitialState => "AnyInitialStateEvent",
            Self::SpaceChild => "SpaceChild",
            Self::ToDevice => "AnyToDeviceEvent",
            Self::Ephemeral => "AnyEphemeralEvent",
            Self::EphemeralData => "AnyEphemeralData",
            Self::Presence => "AnyPresenceEvent",
            Self::GlobalAccountData => "AnyGlobalAccountDataEvent",
            Self::RoomAccountData => "AnyRoomAccountDataEvent",
            Self::Edu => "AnyEdu",
            Self::Pdu => "Pdu",
            Self::RoomKey => "RoomKey",
        }
    }

    /// Returns a name for people, such as `stripped state`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alone => "event",
            Self::Timeline => "timeline with room ID",
            Self::SyncTimeline => "timeline",
            Self::State => "state with room ID",
            Self::SyncState => "state",
            Self::StrippedState => "stripped state",
            Self::InitialState => "initial state",
            Self::SpaceChild => "child of a space",
            Self::ToDevice => "to-device",
            Self::Ephemeral | Self::EphemeralData => "ephemeral",
            Self::Presence => "presence",
            Self::GlobalAccountData => "account data",
            Self::RoomAccountData => "account data of a room",
            Self::Edu => "EDU",
            Self::Pdu => "PDU",
            Self::RoomKey => "room key",
        }
    }

    /// Returns the form of the events, or `None` if the origin does not determine it.
    pub fn form(self) -> Option<Form> {
        match self {
            Self::Alone => None,
            Self::Timeline | Self::State => Some(Form::Full),
            Self::SyncTimeline | Self::SyncState => Some(Form::Sync),
            Self::StrippedState | Self::SpaceChild => Some(Form::Stripped),
            Self::InitialState => Some(Form::InitialState),
            Self::Pdu => Some(Form::Pdu),
            _ => Some(Form::ContentOnly),
        }
    }

    /// Returns the schema of the content, if the origin contains contents instead of events.
    pub fn content_schema(self) -> Option<Schema> {
        match self {
            Self::RoomKey => schema::event("m.room_key").map(schema::Event::content_schema),
            _ => None,
        }
    }

    /// Returns the kinds of events of the origin. The list is empty if events of all kinds occur.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Alone | Self::RoomKey => &[],
            Self::Timeline | Self::SyncTimeline | Self::Pdu => &[Kind::MessageLike, Kind::State],
            Self::State | Self::SyncState | Self::StrippedState | Self::SpaceChild | Self::InitialState => {
                &[Kind::State]
            }
            Self::ToDevice => &[Kind::ToDevice],
            Self::Ephemeral => &[Kind::Ephemeral],
            Self::EphemeralData => &[Kind::Ephemeral, Kind::Presence],
            Self::Presence => &[Kind::Presence],
            Self::GlobalAccountData => &[Kind::GlobalAccountData],
            Self::RoomAccountData => &[Kind::RoomAccountData],
            Self::Edu => &[Kind::Edu],
        }
    }

    /// Returns `true` if a JSON pointer is that of a member that the origin adds to the events of its form.
    pub fn adds(self, pointer: &str) -> bool {
        match self {
            Self::Pdu => {
                let name = pointer.strip_prefix('/');
                name.is_some_and(|name| OF_PDU.contains(&name) || EARLIER_OF_PDU.contains(&name))
            }
            Self::SpaceChild => pointer == "/origin_server_ts",
            Self::SyncTimeline | Self::SyncState | Self::Ephemeral => pointer == "/room_id",
            _ => false,
        }
    }

    /// Returns the place that determines the enum of an event, for [`inspect`](crate::inspect::inspect). For an event alone, the known
    /// kinds of its type, its members and the form determine the place.
    ///
    /// ```
    /// use matrix_events::inspect::Place;
    /// use matrix_events::tools::Origin;
    ///
    /// let typing = r#"{"type": "m.typing", "content": {"user_ids": []}}"#;
    /// assert_eq!(Origin::Alone.place(typing, None), Place::Ephemeral);
    /// assert_eq!(Origin::ToDevice.place(typing, None), Place::ToDevice);
    /// ```
    pub fn place(self, event: &str, form: Option<Form>) -> Place {
        let members = Members::of(event);
        let kinds = members.string("type").and_then(|event_type| schema::event(&event_type)).map(|known| known.kinds);
        let kinds = kinds.unwrap_or_default();
        match self.known_place() {
            Some(place) => return place,
            None if members.has("edu_type") && !members.has("type") => return Place::Edu,
            None => {}
        }
        let is_room_event =
            kinds.is_empty() || kinds.iter().any(|kind| matches!(kind, Kind::MessageLike | Kind::State));
        let has_envelope = ["event_id", "room_id", "state_key"].iter().any(|key| members.has(key));
        match (kinds.first(), form) {
            (_, Some(Form::Stripped)) => Place::StrippedState,
            (_, Some(Form::InitialState)) => Place::InitialState,
            (_, Some(Form::Sync)) if is_room_event => Place::SyncTimeline,
            _ if is_room_event && (has_envelope || !kinds.contains(&Kind::ToDevice)) => Place::Timeline,
            (Some(Kind::Ephemeral), _) => Place::Ephemeral,
            (Some(Kind::Presence), _) => Place::Presence,
            (Some(Kind::GlobalAccountData), _) => Place::GlobalAccountData,
            (Some(Kind::RoomAccountData), _) => Place::RoomAccountData,
            (Some(Kind::Edu), _) => Place::Edu,
            _ => Place::ToDevice,
        }
    }

    /// Returns the place for the deserialization of events, or `None` if the origin does not determine it.
    fn known_place(self) -> Option<Place> {
        Some(match self {
            Self::Alone | Self::RoomKey => return None,
            Self::Timeline | Self::Pdu => Place::Timeline,
            Self::SyncTimeline => Place::SyncTimeline,
            Self::State => Place::State,
            Self::SyncState => Place::SyncState,
            Self::StrippedState | Self::SpaceChild => Place::StrippedState,
            Self::InitialState => Place::InitialState,
            Self::ToDevice => Place::ToDevice,
            Self::Ephemeral => Place::Ephemeral,
            Self::EphemeralData => Place::EphemeralData,
            Self::Presence => Place::Presence,
            Self::GlobalAccountData => Place::GlobalAccountData,
            Self::RoomAccountData => Place::RoomAccountData,
            Self::Edu => Place::Edu,
        })
    }
}

/// The members of an event as JSON text.
pub(super) struct Members<'t>(BTreeMap<String, &'t RawValue>);

impl<'t> Members<'t> {
    /// Returns no members if the value is not an object.
    pub(super) fn of(text: &'t str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Returns a member that is a string.
    pub(super) fn string(&self, key: &str) -> Option<String> {
        serde_json::from_str(self.0.get(key)?.get()).ok()
    }

    /// Returns `true` if a member is a string, with any characters.
    pub(super) fn is_string(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|value| value.get().starts_with('"'))
    }

    /// Returns the event type, which is empty if there is none.
    pub(super) fn event_type(&self) -> String {
        self.string("type").or_else(|| self.string("edu_type")).unwrap_or_default()
    }
}
