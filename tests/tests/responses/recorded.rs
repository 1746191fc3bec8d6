//! Recorded responses of a homeserver to several clients, if they are available.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use matrix_events::__private::constraints::{EventPlace, Step};
use matrix_events::__private::FromToJson;
use matrix_events::responses::sync::SyncResponse;
use matrix_events::schema::Body;
use matrix_events::{
    AnyEphemeralEvent, AnyGlobalAccountDataEvent, AnyPresenceEvent, AnyRoomAccountDataEvent, AnyStrippedStateEvent,
    AnySyncStateEvent, AnySyncTimelineEvent, AnyToDeviceEvent, Events,
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
    to_device: AnyToDeviceEvent;
}

fn sync(response: &SyncResponse, counts: &mut Counts) {
    counts.account_data(response.account_data.as_ref().and_then(|part| part.events.as_ref()));
    counts.presence(response.presence.as_ref().and_then(|part| part.events.as_ref()));
    counts.to_device(response.to_device.as_ref().and_then(|part| part.events.as_ref()));
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

/// Deserializes a body, checks that it serializes to equal JSON, and counts its events.
fn read<T: FromToJson>(text: &str, value: &Value, count: fn(&T, &mut Counts), counts: &mut Counts) {
    let body: T = matrix_events::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let written = body.json_ref().to_value();
    assert_eq!(written, *value);
    count(&body, counts);
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
    let (mut bodies, mut others, mut expected) = (0, 0, 0);
    for path in files(&folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let before = counts.events;
        if name.ends_with("-GET-v3_sync.json") {
            read::<SyncResponse>(&text, &value, sync, &mut counts);
        } else {
            others += 1;
            continue;
        }
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
    let _ =
        writeln!(out, "responses: {bodies} recorded bodies with {events} events, {invalid} invalid, {others} others");
    let _ = writeln!(out, "responses: untyped events: {untyped:?}");
    assert_eq!((events, invalid), (expected, 0));
    assert!(events > 100, "{events} events");
}
