//! The events of a document: one, a list, or those of a response of /sync, which says by their place in which form they are.

use matrix_events::validate::{Form, Validator};
use serde_json::{Map, Value};

use crate::groups::{Groups, Place};
use crate::input::is_sync;

/// Holds all events of a document against the specification.
pub(crate) fn check(document: &Value, validator: Validator) -> Groups {
    let mut checked = Checked { validator, groups: Groups::default() };
    match document {
        Value::Array(list) => checked.list(list, "", validator),
        Value::Object(object) if is_sync(object) => checked.sync(object),
        event => checked.event(event, String::new(), validator),
    }
    checked.groups
}

struct Checked {
    validator: Validator,
    groups: Groups,
}

impl Checked {
    fn event(&mut self, event: &Value, pointer: String, validator: Validator) {
        let event_type = event.get("type").and_then(Value::as_str).unwrap_or_default();
        let place = Place::Pointer(self.groups.events, pointer);
        self.groups.add(event_type, validator.validate_value(event), &place);
    }

    fn list(&mut self, list: &[Value], pointer: &str, validator: Validator) {
        for (index, event) in list.iter().enumerate() {
            self.event(event, format!("{pointer}/{index}"), validator);
        }
    }

    fn sync(&mut self, response: &Map<String, Value>) {
        for place in ["account_data", "presence", "to_device"] {
            self.events(response.get(place), &format!("/{place}"), Form::Bare);
        }
        let rooms = response.get("rooms").and_then(Value::as_object).into_iter().flatten();
        for (membership, rooms) in rooms {
            for (id, room) in rooms.as_object().into_iter().flatten() {
                let escaped = id.replace('~', "~0").replace('/', "~1");
                self.room(room, &format!("/rooms/{membership}/{escaped}"));
            }
        }
    }

    fn room(&mut self, room: &Value, pointer: &str) {
        for (place, part) in room.as_object().into_iter().flatten() {
            let form = match place.as_str() {
                "timeline" | "state" | "state_after" => Form::Sync,
                "invite_state" | "knock_state" => Form::Stripped,
                "ephemeral" | "account_data" => Form::Bare,
                _ => continue,
            };
            self.events(Some(part), &format!("{pointer}/{place}"), form);
        }
    }

    fn events(&mut self, part: Option<&Value>, pointer: &str, form: Form) {
        let list = part.and_then(|part| part.get("events")).and_then(Value::as_array);
        let validator = self.validator.form(form);
        self.list(list.map(Vec::as_slice).unwrap_or_default(), &format!("{pointer}/events"), validator);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pointers(document: &Value) -> Vec<String> {
        let groups = check(document, Validator::new());
        let place = |place: &Place| match place {
            Place::Pointer(_, pointer) => pointer.clone(),
            Place::Line(line) => line.to_string(),
        };
        groups.sorted().iter().map(|(kind, group)| format!("{} at {}", kind.pointer, place(&group.place))).collect()
    }

    #[test]
    fn a_sync_response_says_by_their_place_in_which_form_its_events_are() {
        let name = json!({"type": "m.room.name", "state_key": "", "sender": "@a:b.c", "content": {"name": "Den"}});
        let mut in_sync = name.clone();
        in_sync["event_id"] = json!("$1");
        in_sync["origin_server_ts"] = json!(1);
        let response = json!({
            "next_batch": "s1",
            "to_device": {"events": [{"type": "m.dummy", "content": {}}]},
            "rooms": {
                "join": {"!r:b.c": {"timeline": {"events": [in_sync, name]}, "ephemeral": {"events": [{"type": "m.typing", "content": {}}]}}},
                "invite": {"!i:b.c": {"invite_state": {"events": [name]}}},
            }
        });
        let wanted = [
            "/content at /rooms/join/!r:b.c/ephemeral/events/0",
            " at /rooms/join/!r:b.c/timeline/events/1",
            " at /rooms/join/!r:b.c/timeline/events/1",
        ];
        let mut found = pointers(&response);
        found.sort();
        let mut wanted: Vec<String> = wanted.map(str::to_owned).to_vec();
        wanted.sort();
        assert_eq!(found, wanted);
        assert_eq!(check(&response, Validator::new()).events, 5);
    }

    #[test]
    fn a_list_and_a_single_event() {
        let event = json!({"type": "m.dummy", "content": []});
        assert_eq!(pointers(&event), ["/content at "]);
        assert_eq!(pointers(&json!([{"type": "m.dummy", "content": {}}, event])), ["/content at /1"]);
    }
}
