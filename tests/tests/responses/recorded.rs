//! Recorded responses of a homeserver to several clients, if they are available.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use matrix_events::__private::constraints::{EventPlace, Step};
use matrix_events::__private::FromToJson;
use matrix_events::responses::context::ContextResponse;
use matrix_events::responses::hierarchy::HierarchyResponse;
use matrix_events::responses::messages::MessagesResponse;
use matrix_events::responses::relations::RelationsResponse;
use matrix_events::responses::room::{JoinedMembersResponse, MembersResponse, RoomStateResponse};
use matrix_events::responses::sync::SyncResponse;
use matrix_events::responses::threads::ThreadsResponse;
use matrix_events::room::power_levels::RoomPowerLevelsEventContent;
use matrix_events::schema::Body;
use matrix_events::{
    AnyEphemeralEvent, AnyGlobalAccountDataEvent, AnyPresenceEvent, AnyRoomAccountDataEvent, AnyStateEvent,
    AnyStrippedStateEvent, AnySyncStateEvent, AnySyncTimelineEvent, AnyTimelineEvent, AnyToDeviceEvent, Events,
};
use serde_json::Value;
use spec_tests::spec::folder;

/// The events of a body, by the variants of their enums.
#[derive(Default)]
struct Counts {
    events: usize,
    invalid: usize,
    /// The types of unknown and malformed events, with their numbers.
    untyped: BTreeMap<String, usize>,
}

/// Counts the events of a list. The methods of the enums have the same names.
macro_rules! count {
    ($($name:ident: $any:ident;)+) => {
        impl Counts {
            $(fn $name(&mut self, events: Option<&Events<$any>>) {
                for event in events.into_iter().flat_map(Events::iter) {
                    match event {
                        Ok(event) => {
                            self.events += 1;
                            let kind = match event {
                                $any::Unknown(_) => "unknown",
                                $any::Malformed(_) => "malformed",
                                _ => continue,
                            };
                            *self.untyped.entry(format!("{kind} {}", event.event_type())).or_default() += 1;
                        }
                        Err(_) => self.invalid += 1,
                    }
                }
            })+
        }
    };
}

count! {
    timeline: AnySyncTimelineEvent;
    state: AnySyncStateEvent;
    stripped: AnyStrippedStateEvent;
    ephemeral: AnyEphemeralEvent;
    room_account_data: AnyRoomAccountDataEvent;
    account_data: AnyGlobalAccountDataEvent;
    presence: AnyPresenceEvent;
    device: AnyToDeviceEvent;
    full: AnyTimelineEvent;
    full_state: AnyStateEvent;
}

fn sync(response: &SyncResponse, counts: &mut Counts) {
    counts.account_data(response.account_data.as_ref().and_then(|part| part.events.as_ref()));
    counts.presence(response.presence.as_ref().and_then(|part| part.events.as_ref()));
    counts.device(response.to_device.as_ref().and_then(|part| part.events.as_ref()));
    let Some(rooms) = &response.rooms else { return };
    for room in rooms.join.iter().flat_map(BTreeMap::values) {
        for state in [&room.state, &room.state_after] {
            counts.state(state.as_ref().and_then(|part| part.events.as_ref()));
        }
        counts.timeline(room.timeline.as_ref().and_then(|part| part.events.as_ref()));
        counts.ephemeral(room.ephemeral.as_ref().and_then(|part| part.events.as_ref()));
        counts.room_account_data(room.account_data.as_ref().and_then(|part| part.events.as_ref()));
    }
    for room in rooms.leave.iter().flat_map(BTreeMap::values) {
        for state in [&room.state, &room.state_after] {
            counts.state(state.as_ref().and_then(|part| part.events.as_ref()));
        }
        counts.timeline(room.timeline.as_ref().and_then(|part| part.events.as_ref()));
        counts.room_account_data(room.account_data.as_ref().and_then(|part| part.events.as_ref()));
    }
    for room in rooms.invite.iter().flat_map(BTreeMap::values) {
        counts.stripped(room.invite_state.as_ref().and_then(|part| part.events.as_ref()));
    }
    for room in rooms.knock.iter().flat_map(BTreeMap::values) {
        counts.stripped(room.knock_state.as_ref().and_then(|part| part.events.as_ref()));
    }
}

/// Counts an event outside of a list.
fn one(event: Option<&AnyTimelineEvent>, counts: &mut Counts) {
    counts.events += event.into_iter().count();
}

fn messages(response: &MessagesResponse, counts: &mut Counts) {
    counts.full(response.chunk.as_ref());
    counts.full_state(response.state.as_ref());
}

fn context(response: &ContextResponse, counts: &mut Counts) {
    counts.full(response.events_before.as_ref());
    one(response.event.as_ref(), counts);
    counts.full(response.events_after.as_ref());
    counts.full_state(response.state.as_ref());
}

fn hierarchy(response: &HierarchyResponse, counts: &mut Counts) {
    for room in response.rooms.iter().flatten() {
        counts.stripped(room.children_state.as_ref());
    }
}

/// Deserializes a body, checks that it serializes to equal JSON, and counts its events.
fn read<T: FromToJson>(text: &str, value: &Value, count: fn(&T, &mut Counts), counts: &mut Counts) {
    let body: T = matrix_events::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let written = body.json_ref().to_value();
    assert_eq!(written, *value);
    count(&body, counts);
}

/// Deserializes a recorded body, checks it, and counts its events.
type Reader = fn(&str, &Value, &mut Counts);

/// Returns the reader of a recorded response, by the name of its file, which contains the method and the path of the request.
fn reader_of(name: &str) -> Option<Reader> {
    let (_, path) = name.trim_end_matches(".json").split_once("-GET-")?;
    let of_room = path.strip_prefix("v3_rooms_").or_else(|| path.strip_prefix("v1_rooms_"));
    let has = |part: &str| of_room.is_some_and(|path| path.contains(part));
    let ends = |end: &str| of_room.is_some_and(|path| path.ends_with(end));
    Some(match path {
        "v3_sync" => |text, value, counts| read::<SyncResponse>(text, value, sync, counts),
        _ if has("_context_") => |text, value, counts| read::<ContextResponse>(text, value, context, counts),
        _ if has("_event_") => |text, value, counts| {
            read::<AnyTimelineEvent>(text, value, |event, counts| one(Some(event), counts), counts)
        },
        _ if has("_relations_") => |text, value, counts| {
            read::<RelationsResponse>(text, value, |page, counts| counts.full(page.chunk.as_ref()), counts);
        },
        // The response is the content of the event.
        _ if has("_state_m.room.power_levels") => {
            |text, value, counts| read::<RoomPowerLevelsEventContent>(text, value, |_, _| {}, counts)
        }
        _ if ends("_messages") => |text, value, counts| read::<MessagesResponse>(text, value, messages, counts),
        _ if ends("_hierarchy") => |text, value, counts| read::<HierarchyResponse>(text, value, hierarchy, counts),
        _ if ends("_threads") => |text, value, counts| {
            read::<ThreadsResponse>(text, value, |page, counts| counts.full(page.chunk.as_ref()), counts);
        },
        _ if ends("_joined_members") => {
            |text, value, counts| read::<JoinedMembersResponse>(text, value, |_, _| {}, counts)
        }
        _ if ends("_members") => |text, value, counts| {
            read::<MembersResponse>(text, value, |page, counts| counts.full_state(page.chunk.as_ref()), counts);
        },
        _ if ends("_state") => |text, value, counts| {
            read::<RoomStateResponse>(text, value, |state, counts| counts.full_state(Some(&state.0)), counts);
        },
        _ => return None,
    })
}

/// Returns the events at the places of a body, by their pointers.
pub(crate) fn events_in(body: &Body, value: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for EventPlace { path, .. } in body.events {
        visit(value, path, "", &mut found);
    }
    found
}

fn visit(value: &Value, path: &[Step], pointer: &str, found: &mut Vec<(String, Value)>) {
    let Some((step, rest)) = path.split_first() else { return found.push((pointer.to_owned(), value.clone())) };
    match (step, value) {
        (Step::Key(key), Value::Object(map)) => {
            map.get(*key).into_iter().for_each(|value| visit(value, rest, &format!("{pointer}/{key}"), found));
        }
        (Step::Entries, Value::Object(map)) => {
            map.iter().for_each(|(key, value)| visit(value, rest, &format!("{pointer}/{key}"), found));
        }
        (Step::Items, Value::Array(list)) => {
            let list = list.iter().enumerate();
            list.for_each(|(index, value)| visit(value, rest, &format!("{pointer}/{index}"), found));
        }
        _ => {}
    }
}

/// Counts the objects that are events, in a walk that knows no places. The events in an event are not counted.
fn plain_walk(value: &Value) -> usize {
    match value {
        Value::Object(map) if map.get("type").is_some_and(Value::is_string) && map.contains_key("content") => 1,
        Value::Object(map) => map.values().map(plain_walk).sum(),
        Value::Array(list) => list.iter().map(plain_walk).sum(),
        _ => 0,
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn recorded_bodies_round_trip_with_all_of_their_events() {
    let folder = std::env::var_os("MATRIX_TRAFFIC").map_or_else(|| folder("../shared/traffic"), PathBuf::from);
    let folder = folder.join("responses");
    let mut counts = Counts::default();
    let (mut bodies, mut others, mut expected) = (0, Vec::new(), 0);
    for path in files(&folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let before = counts.events;
        let Some(deserialize) = reader_of(&name) else {
            others.push(name);
            continue;
        };
        deserialize(&text, &value, &mut counts);
        bodies += 1;
        expected += plain_walk(&value);
        assert_eq!(counts.events - before, plain_walk(&value), "{name}");
    }
    let mut out = std::io::stderr();
    if bodies == 0 {
        let _ = writeln!(out, "skipped: no recorded responses in {}", folder.display());
        return;
    }
    let Counts { events, invalid, untyped } = counts;
    let _ = writeln!(out, "responses: {bodies} recorded bodies with {events} events, {invalid} invalid");
    let _ = writeln!(out, "responses: untyped events: {untyped:?}");
    assert_eq!(others, [""; 0], "recorded responses without a type");
    assert_eq!((events, invalid), (expected, 0));
    assert!(events > 20, "{events} events");
}
