//! The events in recorded responses, in their text: with the order of keys and the white space of the homeserver.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use fs_err as fs;
use serde_json::value::RawValue;

/// The members of the events of rooms. A `room_id` is added, because `/sync` omits the member.
const MEMBERS: [&str; 5] = ["type", "content", "event_id", "sender", "origin_server_ts"];

/// Returns the text of each event in the files below a folder, or an empty list if the folder does not exist.
pub(super) fn events(folder: &Path) -> Result<Vec<String>> {
    let mut events = Vec::new();
    if !folder.exists() {
        return Ok(events);
    }
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            events.extend(self::events(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read_to_string(&path)?;
            let json = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
            collect(json, &mut events);
        }
    }
    Ok(events)
}

fn collect(json: &RawValue, events: &mut Vec<String>) {
    if let Ok(members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(json.get()) {
        if MEMBERS.iter().all(|member| members.contains_key(*member)) {
            let text = json.get().replace('\n', " ");
            let has_room = members.contains_key("room_id");
            let rest = text.strip_prefix('{').filter(|_| !has_room);
            events.push(rest.map_or(text.clone(), |rest| format!("{{\"room_id\":\"!room:example.org\",{rest}")));
        } else {
            members.values().for_each(|member| collect(member, events));
        }
    } else if let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(json.get()) {
        elements.iter().for_each(|element| collect(element, events));
    }
}
