//! Recorded responses of a homeserver to several clients, if they are available.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::vec::IntoIter;

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
use matrix_events::stream::InBody;
use matrix_events::{AnyEventMut, AnyEventRef, AnyTimelineEvent};
use serde_json::Value;
use spec_tests::events_of;
use spec_tests::mutate::{below, removed, replaced, wrong_values};
use spec_tests::spec::{files, folder};

use super::streamed;

/// The events of a body, by the variants of their enums.
#[derive(Default)]
struct Counts {
    events: usize,
    invalid: usize,
    /// The number of changed bodies.
    changed: usize,
    /// The types of unknown and malformed events, with their numbers.
    untyped: BTreeMap<String, usize>,
}

/// The iterators over the events of a type.
type Iterators<T> = (
    for<'a> fn(&'a T) -> IntoIter<InBody<'a, AnyEventRef<'a>>>,
    for<'a> fn(&'a mut T) -> IntoIter<InBody<'a, AnyEventMut<'a>>>,
);

impl Counts {
    fn event(&mut self, event: AnyEventRef<'_>) {
        self.events += 1;
        let kind = match event {
            event if event.is_unknown() => "unknown",
            event if event.is_malformed() => "malformed",
            _ => return,
        };
        *self.untyped.entry(format!("{kind} {}", event.event_type())).or_default() += 1;
    }
}

/// Deserializes a value and checks that it serializes to equal JSON.
fn read<T: FromToJson>(text: &str, value: &Value) -> T {
    let read: T = matrix_events::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(read.json_ref().to_value(), *value);
    read
}

/// Deserializes a body, checks it, and counts its events. Compares the events with those in the text, also after changes of the text.
fn read_body<T: FromToJson>(
    text: &str,
    value: &Value,
    body: &'static Body,
    (events, events_mut): Iterators<T>,
    counts: &mut Counts,
) {
    events(&read(text, value)).for_each(|found| counts.event(found.event));
    let compare = |value: &Value| {
        let built = events_of(&value.to_string(), events, events_mut).unwrap_or_else(|error| panic!("{error}"));
        streamed::assert_same(body, value, built)
    };
    counts.invalid += compare(value).1;
    for pointer in sample(below(value)) {
        compare(&removed(value, &pointer));
        for wrong in wrong_values() {
            compare(&replaced(value, &pointer, wrong));
        }
        counts.changed += 1 + wrong_values().len();
    }
}

/// Returns up to 25 elements of a list, from all of its parts.
fn sample(list: Vec<String>) -> impl Iterator<Item = String> {
    let step = list.len().div_ceil(25).max(1);
    list.into_iter().step_by(step)
}

/// Deserializes a recorded body, checks it, and counts its events.
type Reader = fn(&str, &Value, &mut Counts);

/// Returns the reader of a type with events.
macro_rules! body {
    ($body:ident) => {
        |text, value, counts| read_body(text, value, $body::BODY, ($body::events, $body::events_mut), counts)
    };
}

/// Returns the reader of a recorded response, by the name of its file, which contains the method and the path of the request.
fn reader_of(name: &str) -> Option<Reader> {
    let (_, path) = name.trim_end_matches(".json").split_once("-GET-")?;
    let of_room = path.strip_prefix("v3_rooms_").or_else(|| path.strip_prefix("v1_rooms_"));
    let has = |part: &str| of_room.is_some_and(|path| path.contains(part));
    let ends = |end: &str| of_room.is_some_and(|path| path.ends_with(end));
    Some(match path {
        "v3_sync" => body!(SyncResponse),
        _ if has("_context_") => body!(ContextResponse),
        _ if has("_event_") => |text, value, counts| {
            counts.event(AnyEventRef::Timeline(&read::<AnyTimelineEvent>(text, value)));
        },
        _ if has("_relations_") => body!(RelationsResponse),
        // The response is the content of the event.
        _ if has("_state_m.room.power_levels") => {
            |text, value, _| drop(read::<RoomPowerLevelsEventContent>(text, value))
        }
        _ if ends("_messages") => body!(MessagesResponse),
        _ if ends("_hierarchy") => body!(HierarchyResponse),
        _ if ends("_threads") => body!(ThreadsResponse),
        _ if ends("_joined_members") => |text, value, _| drop(read::<JoinedMembersResponse>(text, value)),
        _ if ends("_members") => body!(MembersResponse),
        _ if ends("_state") => body!(RoomStateResponse),
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
        (Step::Entries(_), Value::Object(map)) => {
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
    let Counts { events, invalid, changed, untyped } = counts;
    let _ =
        writeln!(out, "responses: {bodies} recorded bodies with {events} events, {invalid} invalid, {changed} changes");
    let _ = writeln!(out, "responses: untyped events: {untyped:?}");
    assert_eq!(others, [""; 0], "recorded responses without a type");
    assert_eq!((events, invalid), (expected, 0));
    assert!(events > 20, "{events} events");
}
