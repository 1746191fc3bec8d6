//! The table of the responses that carry events: how to recognize them, and where their events are.

use std::sync::LazyLock;

use crate::__private::constraints::{EventPlace, Step};
use crate::responses::context::ContextResponse;
use crate::responses::create_room::CreateRoomRequest;
use crate::responses::hierarchy::HierarchyResponse;
use crate::responses::initial_sync::InitialSyncResponse;
use crate::responses::messages::MessagesResponse;
use crate::responses::notifications::NotificationsResponse;
use crate::responses::room_initial_sync::RoomInitialSyncResponse;
use crate::responses::search::SearchResponse;
use crate::responses::sliding_sync::SlidingSyncResponse;
use crate::responses::sync::SyncResponse;
use crate::responses::transactions::TransactionRequest;
use crate::schema::Body;
use crate::validate::Form;

use super::origin::Origin::{self, *};

/// A kind of response, recognized by the JSON types of some of its members.
#[derive(Debug)]
pub(super) struct Response {
    /// The name of the endpoint or of the format.
    pub(super) name: &'static str,
    /// The shapes of the response. Each of them is a list of members, all of which the response has.
    pub(super) shapes: &'static [&'static [(&'static str, Type)]],
    /// The body with the places of its events, and the origin for one of its enums of events.
    body: Option<(&'static Body, Option<(Origin, Origin)>)>,
    /// The paths of further events. A `*` is any key of an object, and `[]` is any element of a list. The path is empty for a value that is
    /// an event.
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
        body: None,
        events: &[("", Pdu)],
    },
    Response {
        name: "an event",
        shapes: &[&[("type", String)], &[("edu_type", String)]],
        body: None,
        events: &[("", Alone)],
    },
    Response {
        name: "a room key export",
        // An invalid session is recognized by its other members.
        shapes: &[
            &[("session_id", Any), ("session_key", Any)],
            &[("room_id", Any), ("session_key", Any)],
            &[("room_id", Any), ("sender_claimed_keys", Any)],
        ],
        body: None,
        events: &[("", RoomKey)],
    },
    Response {
        name: "/publicRooms",
        shapes: &[
            &[("chunk", List), ("total_room_count_estimate", Number)],
            &[("chunk", List), ("chunk/0/num_joined_members", Number)],
        ],
        body: None,
        events: &[],
    },
    Response {
        name: "/messages, /members, /relations or /threads",
        shapes: &[&[("chunk", List)]],
        body: Some((MessagesResponse::BODY, None)),
        events: &[("original_event", Timeline)],
    },
    Response {
        name: "/context",
        shapes: &[
            &[("events_before", List)],
            &[("events_after", List)],
            &[("event", Object), ("start", String)],
            &[("event", Object), ("end", String)],
        ],
        body: Some((ContextResponse::BODY, None)),
        events: &[],
    },
    Response {
        name: "/search",
        shapes: &[&[("search_categories", Object)]],
        body: Some((SearchResponse::BODY, None)),
        events: &[],
    },
    Response {
        name: "/notifications",
        shapes: &[&[("notifications", List)]],
        body: Some((NotificationsResponse::BODY, None)),
        events: &[],
    },
    Response {
        name: "sliding sync",
        shapes: &[&[("pos", String)]],
        body: Some((SlidingSyncResponse::BODY, None)),
        events: &[("extensions.presence.events[]", Presence)],
    },
    Response {
        name: "/initialSync",
        shapes: &[&[("rooms", List), ("end", String)], &[("rooms", List), ("presence", List)]],
        body: Some((InitialSyncResponse::BODY, None)),
        events: &[],
    },
    Response {
        name: "/initialSync of a room",
        shapes: &[&[("room_id", String), ("messages", Object)], &[("room_id", String), ("state", List)]],
        body: Some((RoomInitialSyncResponse::BODY, None)),
        events: &[],
    },
    Response {
        name: "/hierarchy",
        shapes: &[&[("rooms", List)]],
        body: Some((HierarchyResponse::BODY, Some((StrippedState, SpaceChild)))),
        events: &[],
    },
    Response {
        name: "/sync",
        shapes: &[&[("next_batch", String)], &[("rooms", Object)]],
        body: Some((SyncResponse::BODY, None)),
        events: &[],
    },
    Response {
        name: "a request of /createRoom",
        shapes: &[&[("initial_state", List)]],
        body: Some((CreateRoomRequest::BODY, None)),
        events: &[],
    },
    Response {
        name: "/hierarchy of the federation",
        shapes: &[&[("room", Object), ("children", List)]],
        body: None,
        events: &[("room.children_state[]", SpaceChild), ("children[].children_state[]", SpaceChild)],
    },
    Response {
        name: "a transaction or a /backfill response of the federation",
        shapes: &[&[("pdus", List)], &[("edus", List)]],
        body: None,
        events: &[("pdus[]", Pdu), ("edus[]", Edu), ("auth_chain[]", Pdu)],
    },
    Response {
        name: "/send_join or /event_auth",
        shapes: &[&[("auth_chain", List)]],
        body: None,
        events: &[("auth_chain[]", Pdu), ("state[]", Pdu), ("event", Pdu)],
    },
    Response {
        name: "/invite or /send_knock",
        shapes: &[&[("event", Object), ("room_version", String)], &[("knock_room_state", List)]],
        body: None,
        events: &[("event", Pdu), ("invite_room_state[]", StrippedState), ("knock_room_state[]", StrippedState)],
    },
    Response {
        name: "/get_missing_events",
        shapes: &[&[("events", List), ("events/0/auth_events", List)]],
        body: None,
        events: &[("events[]", Pdu)],
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
        body: Some((TransactionRequest::BODY, None)),
        events: &[],
    },
    Response {
        name: "an exported chat of Element",
        shapes: &[&[("messages", List)]],
        body: None,
        events: &[("messages[]", SyncTimeline)],
    },
    Response {
        name: "/invite, /make_join, /make_leave or /make_knock of the federation",
        shapes: &[&[("event", Object), ("event/type", String)], &[("event", Object), ("event/content", Object)]],
        body: None,
        events: &[("event", Pdu)],
    },
    Response {
        name: "an event without a type",
        shapes: &[&[("content", Object)], &[("event_id", String), ("sender", String)]],
        body: None,
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

    /// Returns the places of all events, in the order that `EventTexts` requires. The name of the enum is that of the place.
    pub(super) fn places(&self) -> &'static [EventPlace] {
        static PLACES: LazyLock<Vec<Vec<EventPlace>>> = LazyLock::new(|| RESPONSES.iter().map(places_of).collect());
        let index = RESPONSES.iter().position(|known| known.name == self.name);
        index.and_then(|index| PLACES.get(index)).map_or(&[], Vec::as_slice)
    }
}

fn places_of(response: &Response) -> Vec<EventPlace> {
    let further = response.events.iter().map(|(path, place)| (*path, steps(path), *place));
    let of_body = response.body.iter().flat_map(|(body, other)| {
        let place = move |name: &str| match (Origin::named(name), other) {
            (Some(found), Some((instead_of, place))) if found == *instead_of => Some(*place),
            (found, _) => found,
        };
        body.events.iter().filter_map(move |row| Some((row.section, row.path, place(row.any)?)))
    });
    let mut places: Vec<_> = of_body.chain(further).collect();
    // Paths with a common start are adjacent.
    places.sort_by_key(|(_, path, _)| format!("{path:?}"));
    let row = |(section, path, place): (&'static str, &'static [Step], Origin)| EventPlace {
        section,
        path,
        form: place.form().unwrap_or(Form::Full),
        any: place.name(),
    };
    places.into_iter().map(row).collect()
}

/// Returns the steps of a path, which exist as long as the program.
fn steps(path: &'static str) -> &'static [Step] {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let name = part.trim_end_matches("[]");
        steps.push(if name == "*" { Step::Entries(None) } else { Step::Key(name) });
        steps.extend((0..(part.len() - name.len()) / 2).map(|_| Step::Items));
    }
    steps.leak()
}
