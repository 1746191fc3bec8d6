//! The places of events in responses, and the properties that follow from them.

use matrix_events::inspect;
use matrix_events::schema::{self, Kind, Schema};
use matrix_events::validate::Form;

/// The place of an event: the part of a response that contains the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// An event that is not part of a response. The option `--form` determines its form.
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
    AnyEphemeral,
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

/// The members that a PDU has in addition to the members of an event.
const PDU_MEMBERS: [&str; 7] =
    ["/auth_events", "/prev_events", "/depth", "/hashes", "/signatures", "/origin", "/prev_state"];

/// The places with the names of their enums of events. A place without such an enum has a name of its own.
const NAMES: [(Place, &str); 17] = [
    (Place::Alone, "Alone"),
    (Place::Timeline, "AnyTimelineEvent"),
    (Place::SyncTimeline, "AnySyncTimelineEvent"),
    (Place::State, "AnyStateEvent"),
    (Place::SyncState, "AnySyncStateEvent"),
    (Place::StrippedState, "AnyStrippedStateEvent"),
    (Place::InitialState, "AnyInitialStateEvent"),
    (Place::SpaceChild, "SpaceChild"),
    (Place::ToDevice, "AnyToDeviceEvent"),
    (Place::Ephemeral, "AnyEphemeralEvent"),
    (Place::AnyEphemeral, "AnyEphemeral"),
    (Place::Presence, "AnyPresenceEvent"),
    (Place::GlobalAccountData, "AnyGlobalAccountDataEvent"),
    (Place::RoomAccountData, "AnyRoomAccountDataEvent"),
    (Place::Edu, "AnyEdu"),
    (Place::Pdu, "Pdu"),
    (Place::RoomKey, "RoomKey"),
];

impl Place {
    /// Returns the place with a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(place, _)| *place)
    }

    /// Returns the name of the enum of events, or the name of a place without such an enum.
    pub(crate) fn name(self) -> &'static str {
        NAMES.iter().find(|(place, _)| *place == self).map_or("", |(_, name)| name)
    }

    /// Returns the form of the events, or `None` if the place does not determine it.
    pub(crate) fn form(self) -> Option<Form> {
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

    /// Returns the schema of the content, if the place contains contents instead of events.
    pub(crate) fn content_schema(self) -> Option<Schema> {
        match self {
            Self::RoomKey => schema::event("m.room_key").map(schema::Event::content_schema),
            _ => None,
        }
    }

    /// Returns the kinds of events that occur in the place. The list is empty if events of all kinds occur.
    pub(crate) fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Alone | Self::RoomKey => &[],
            Self::Timeline | Self::SyncTimeline | Self::Pdu => &[Kind::MessageLike, Kind::State],
            Self::State | Self::SyncState | Self::StrippedState | Self::SpaceChild | Self::InitialState => {
                &[Kind::State]
            }
            Self::ToDevice => &[Kind::ToDevice],
            Self::Ephemeral => &[Kind::Ephemeral],
            Self::AnyEphemeral => &[Kind::Ephemeral, Kind::Presence],
            Self::Presence => &[Kind::Presence],
            Self::GlobalAccountData => &[Kind::GlobalAccountData],
            Self::RoomAccountData => &[Kind::RoomAccountData],
            Self::Edu => &[Kind::Edu],
        }
    }

    /// Returns `true` if a JSON pointer is that of a member that the place adds to the events of its form.
    pub(crate) fn adds(self, pointer: &str) -> bool {
        match self {
            Self::Pdu => PDU_MEMBERS.contains(&pointer),
            Self::SpaceChild => pointer == "/origin_server_ts",
            Self::SyncTimeline | Self::SyncState | Self::Ephemeral | Self::AnyEphemeral => pointer == "/room_id",
            _ => false,
        }
    }

    /// Returns the place for the deserialization of events, or `None` if the place does not determine it.
    pub(crate) fn enum_of_events(self) -> Option<inspect::Place> {
        Some(match self {
            Self::Alone | Self::RoomKey => return None,
            Self::Timeline | Self::Pdu => inspect::Place::Timeline,
            Self::SyncTimeline => inspect::Place::SyncTimeline,
            Self::State => inspect::Place::State,
            Self::SyncState => inspect::Place::SyncState,
            Self::StrippedState | Self::SpaceChild => inspect::Place::StrippedState,
            Self::InitialState => inspect::Place::InitialState,
            Self::ToDevice => inspect::Place::ToDevice,
            Self::Ephemeral | Self::AnyEphemeral => inspect::Place::Ephemeral,
            Self::Presence => inspect::Place::Presence,
            Self::GlobalAccountData => inspect::Place::GlobalAccountData,
            Self::RoomAccountData => inspect::Place::RoomAccountData,
            Self::Edu => inspect::Place::Edu,
        })
    }
}
