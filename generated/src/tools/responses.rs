//! The table of the responses that carry events: how to recognize them, and where their events are.

use super::origin::Origin::{self, *};

/// A kind of response, recognized by the JSON types of some of its members.
#[derive(Debug)]
pub(super) struct Response {
    /// The name of the endpoint or of the format.
    pub(super) name: &'static str,
    /// The shapes of the response. Each of them is a list of members, all of which the response has.
    pub(super) shapes: &'static [&'static [(&'static str, Type)]],
    /// The paths of the events. `*` is any key of an object, or any index of a list.
    pub(super) events: &'static [(&'static str, Origin)],
}

/// A JSON type of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    String,
    List,
    Object,
    Number,
    /// `null`, `true` or `false`.
    Literal,
    /// Any type. A shape has it for members that can be invalid.
    Any,
}

use Type::{Any, List, Number, Object, String};

/// All responses. The first response with a matching shape is recognized.
pub(super) static RESPONSES: &[Response] = &[
    Response {
        name: "a PDU",
        shapes: &[&[("type", String), ("auth_events", List), ("prev_events", List)]],
        events: &[("", Pdu)],
    },
    Response { name: "an event", shapes: &[&[("type", String)], &[("edu_type", String)]], events: &[("", Alone)] },
    Response {
        name: "a room key export",
        // An invalid session is recognized by its other members.
        shapes: &[
            &[("session_id", Any), ("session_key", Any)],
            &[("room_id", Any), ("session_key", Any)],
            &[("room_id", Any), ("sender_claimed_keys", Any)],
        ],
        events: &[("", RoomKey)],
    },
    Response {
        name: "/publicRooms",
        shapes: &[
            &[("chunk", List), ("total_room_count_estimate", Number)],
            &[("chunk", List), ("chunk/0/num_joined_members", Number)],
        ],
        events: &[],
    },
    Response {
        name: "/messages, /members, /relations or /threads",
        shapes: &[&[("chunk", List)]],
        events: &[("chunk/*", Timeline), ("state/*", State), ("original_event", Timeline)],
    },
    Response {
        name: "/context",
        shapes: &[
            &[("events_before", List)],
            &[("events_after", List)],
            &[("event", Object), ("start", String)],
            &[("event", Object), ("end", String)],
        ],
        events: &[("event", Timeline), ("events_before/*", Timeline), ("events_after/*", Timeline), ("state/*", State)],
    },
    Response {
        name: "/search",
        shapes: &[&[("search_categories", Object)]],
        events: &[
            ("search_categories/room_events/results/*/result", Timeline),
            ("search_categories/room_events/results/*/context/events_before/*", Timeline),
            ("search_categories/room_events/results/*/context/events_after/*", Timeline),
            ("search_categories/room_events/state/*/*", State),
        ],
    },
    Response {
        name: "/notifications",
        shapes: &[&[("notifications", List)]],
        events: &[("notifications/*/event", SyncTimeline)],
    },
    Response {
        name: "sliding sync",
        shapes: &[&[("pos", String)]],
        events: &[
            ("rooms/*/timeline/*", SyncTimeline),
            ("rooms/*/required_state/*", SyncState),
            ("rooms/*/invite_state/*", StrippedState),
            ("rooms/*/stripped_state/*", StrippedState),
            ("extensions/to_device/events/*", ToDevice),
            ("extensions/account_data/global/*", GlobalAccountData),
            ("extensions/account_data/rooms/*/*", RoomAccountData),
            ("extensions/typing/rooms/*", Ephemeral),
            ("extensions/receipts/rooms/*", Ephemeral),
            ("extensions/presence/events/*", Presence),
        ],
    },
    Response {
        name: "/initialSync",
        shapes: &[&[("rooms", List), ("end", String)], &[("rooms", List), ("presence", List)]],
        events: &[
            ("account_data/*", GlobalAccountData),
            ("presence/*", Presence),
            ("rooms/*/messages/chunk/*", Timeline),
            ("rooms/*/state/*", State),
            ("rooms/*/invite", State),
            ("rooms/*/account_data/*", RoomAccountData),
        ],
    },
    Response {
        name: "/initialSync of a room",
        shapes: &[&[("room_id", String), ("messages", Object)], &[("room_id", String), ("state", List)]],
        events: &[("messages/chunk/*", Timeline), ("state/*", State), ("account_data/*", RoomAccountData)],
    },
    Response { name: "/hierarchy", shapes: &[&[("rooms", List)]], events: &[("rooms/*/children_state/*", SpaceChild)] },
    Response {
        name: "/sync",
        shapes: &[&[("next_batch", String)], &[("rooms", Object)]],
        events: &[
            ("account_data/events/*", GlobalAccountData),
            ("presence/events/*", Presence),
            ("to_device/events/*", ToDevice),
            ("rooms/join/*/timeline/events/*", SyncTimeline),
            ("rooms/join/*/state/events/*", SyncState),
            ("rooms/join/*/state_after/events/*", SyncState),
            ("rooms/join/*/org.matrix.msc4222.state_after/events/*", SyncState),
            ("rooms/join/*/ephemeral/events/*", Ephemeral),
            ("rooms/join/*/account_data/events/*", RoomAccountData),
            ("rooms/leave/*/timeline/events/*", SyncTimeline),
            ("rooms/leave/*/state/events/*", SyncState),
            ("rooms/leave/*/state_after/events/*", SyncState),
            ("rooms/leave/*/org.matrix.msc4222.state_after/events/*", SyncState),
            ("rooms/leave/*/account_data/events/*", RoomAccountData),
            ("rooms/invite/*/invite_state/events/*", StrippedState),
            ("rooms/knock/*/knock_state/events/*", StrippedState),
        ],
    },
    Response {
        name: "a request of /createRoom",
        shapes: &[&[("initial_state", List)]],
        events: &[("initial_state/*", InitialState)],
    },
    Response {
        name: "/hierarchy of the federation",
        shapes: &[&[("room", Object), ("children", List)]],
        events: &[("room/children_state/*", SpaceChild), ("children/*/children_state/*", SpaceChild)],
    },
    Response {
        name: "a transaction or a /backfill response of the federation",
        shapes: &[&[("pdus", List)], &[("edus", List)]],
        events: &[("pdus/*", Pdu), ("edus/*", Edu), ("auth_chain/*", Pdu)],
    },
    Response {
        name: "/send_join or /event_auth",
        shapes: &[&[("auth_chain", List)]],
        events: &[("auth_chain/*", Pdu), ("state/*", Pdu), ("event", Pdu)],
    },
    Response {
        name: "/invite or /send_knock",
        shapes: &[&[("event", Object), ("room_version", String)], &[("knock_room_state", List)]],
        events: &[("event", Pdu), ("invite_room_state/*", StrippedState), ("knock_room_state/*", StrippedState)],
    },
    Response {
        name: "/get_missing_events",
        shapes: &[&[("events", List), ("events/0/auth_events", List)]],
        events: &[("events/*", Pdu)],
    },
    Response {
        name: "a transaction for an application service",
        shapes: &[
            &[("events", List)],
            &[("ephemeral", List)],
            &[("to_device", List)],
            &[("de.sorunome.msc2409.ephemeral", List)],
            &[("de.sorunome.msc2409.to_device", List)],
        ],
        events: &[
            ("events/*", Timeline),
            ("ephemeral/*", AnyEphemeral),
            ("to_device/*", ToDevice),
            ("de.sorunome.msc2409.ephemeral/*", AnyEphemeral),
            ("de.sorunome.msc2409.to_device/*", ToDevice),
        ],
    },
    Response {
        name: "an exported chat of Element",
        shapes: &[&[("messages", List)]],
        events: &[("messages/*", SyncTimeline)],
    },
    Response {
        name: "/invite, /make_join, /make_leave or /make_knock of the federation",
        shapes: &[&[("event", Object), ("event/type", String)], &[("event", Object), ("event/content", Object)]],
        events: &[("event", Pdu)],
    },
    Response {
        name: "an event without a type",
        shapes: &[&[("content", Object)], &[("event_id", String), ("sender", String)]],
        events: &[("", Alone)],
    },
];

impl Response {
    /// Returns the response with a shape that applies. `type_at` returns the JSON type at a path.
    pub(super) fn recognize(type_at: impl Fn(&str) -> Option<Type>) -> Option<&'static Self> {
        let applies = |shape: &&[(&str, Type)]| {
            shape.iter().all(|(path, of)| type_at(path).is_some_and(|found| *of == Any || *of == found))
        };
        RESPONSES.iter().find(|response| response.shapes.iter().any(&applies))
    }
}
