//! A large response of `/sync`, made of recorded rooms and of the events of the mix.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use fs_err as fs;
use serde_json::{json, Map, Value};

use crate::repository;

/// The minimum size of the response in bytes.
const SIZE: usize = 10_000_000;

/// The number of events in the timeline of a room.
const TIMELINE: usize = 20;

/// The number of events in the state of a room.
const STATE: usize = 10;

/// The maximum number of recorded rooms.
const TEMPLATES: usize = 500;

/// Returns the response. Its rooms are those of recorded responses if there are any, and that of our example otherwise. The events of
/// their timelines and states are those of the mix.
pub(super) fn response(mix: &[String]) -> Result<String> {
    let mut templates = Vec::new();
    let example = repository("spec/event-schemas/examples/responses/SyncResponse.json");
    let mut response: Value = serde_json::from_str(&fs::read_to_string(example)?)?;
    for body in recorded()?.iter().chain([&response]) {
        let rooms = body.pointer("/rooms/join").and_then(Value::as_object);
        templates.extend(rooms.into_iter().flat_map(Map::values).cloned());
    }
    templates.truncate(TEMPLATES);
    let events: Vec<Value> = mix.iter().map(|event| without_room(event)).collect::<Result<_>>()?;
    let state: Vec<&Value> = events.iter().filter(|event| event.get("state_key").is_some()).collect();
    let (mut rooms, mut size) = (Map::new(), 0);
    for index in 0.. {
        let mut room: Value = templates.get(index % templates.len().max(1)).cloned().context("a room")?;
        let timeline: Vec<&Value> =
            events.iter().cycle().skip(index * TIMELINE % events.len()).take(TIMELINE).collect();
        let of_state: Vec<&&Value> =
            state.iter().cycle().skip(index * STATE % state.len().max(1)).take(STATE).collect();
        room["timeline"] = json!({"limited": false, "prev_batch": format!("t{index}"), "events": timeline});
        room["state"] = json!({"events": of_state});
        size += room.to_string().len();
        rooms.insert(format!("!room{index}:example.org"), room);
        if size >= SIZE {
            break;
        }
    }
    response["rooms"]["join"] = Value::Object(rooms);
    Ok(response.to_string())
}

fn without_room(event: &str) -> Result<Value> {
    let mut event: Value = serde_json::from_str(event)?;
    if let Some(event) = event.as_object_mut() {
        event.remove("room_id");
    }
    Ok(event)
}

/// Returns the recorded responses of `/sync`, if they are available.
fn recorded() -> Result<Vec<Value>> {
    let mut paths = Vec::new();
    for client in folder(&repository("../shared/traffic/responses")) {
        let of_sync =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with("-GET-v3_sync.json"));
        paths.extend(folder(&client).into_iter().filter(of_sync));
    }
    paths.iter().map(|path| Ok(serde_json::from_str(&fs::read_to_string(path)?)?)).collect()
}

/// Returns the paths in a folder in their order.
fn folder(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
