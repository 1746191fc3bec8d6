//! The events of a document: one, a list, or those of a response of /sync, which says by their place in which form they are.

use std::collections::BTreeMap;

use matrix_events::validate::{Form, Validator};
use serde_json::value::RawValue;

use crate::groups::{Groups, Place};
use crate::input::is_sync;

/// The members of an object, as their texts: an event is validated as it was written, with keys that stand twice.
pub(crate) type Members<'t> = BTreeMap<String, &'t RawValue>;

/// The members of what is an object.
pub(crate) fn members(value: &RawValue) -> Option<Members<'_>> {
    serde_json::from_str(value.get()).ok()
}

/// The elements of what is a list.
fn elements(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// Holds all events of a document against the specification.
pub(crate) fn check(document: &RawValue, validator: Validator) -> Groups {
    let mut checked = Checked { validator, groups: Groups::default() };
    match (elements(document), members(document)) {
        (Some(list), _) => checked.list(&list, "", validator),
        (_, Some(object)) if is_sync(&object) => checked.sync(&object),
        _ => checked.event(document, String::new(), validator),
    }
    checked.groups
}

struct Checked {
    validator: Validator,
    groups: Groups,
}

impl Checked {
    fn event(&mut self, event: &RawValue, pointer: String, validator: Validator) {
        let event_type = members(event).and_then(|event| serde_json::from_str::<String>(event.get("type")?.get()).ok());
        let place = Place::Pointer(self.groups.events, pointer);
        self.groups.add(&event_type.unwrap_or_default(), validator.validate(event.get().as_bytes()), &place);
    }

    fn list(&mut self, list: &[&RawValue], pointer: &str, validator: Validator) {
        for (index, event) in list.iter().enumerate() {
            self.event(event, format!("{pointer}/{index}"), validator);
        }
    }

    fn sync(&mut self, response: &Members<'_>) {
        for place in ["account_data", "presence", "to_device"] {
            self.events(response.get(place).copied(), &format!("/{place}"), Form::Bare);
        }
        let rooms = response.get("rooms").and_then(|rooms| members(rooms)).unwrap_or_default();
        for (membership, rooms) in rooms {
            for (id, room) in members(rooms).unwrap_or_default() {
                let escaped = id.replace('~', "~0").replace('/', "~1");
                self.room(room, &format!("/rooms/{membership}/{escaped}"));
            }
        }
    }

    fn room(&mut self, room: &RawValue, pointer: &str) {
        for (place, part) in members(room).unwrap_or_default() {
            let form = match place.as_str() {
                "timeline" | "state" | "state_after" => Form::Sync,
                "invite_state" | "knock_state" => Form::Stripped,
                "ephemeral" | "account_data" => Form::Bare,
                _ => continue,
            };
            self.events(Some(part), &format!("{pointer}/{place}"), form);
        }
    }

    fn events(&mut self, part: Option<&RawValue>, pointer: &str, form: Form) {
        let list = part.and_then(members).and_then(|part| elements(part.get("events")?));
        let validator = self.validator.form(form);
        self.list(&list.unwrap_or_default(), &format!("{pointer}/events"), validator);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::to_raw_value;
    use serde_json::{json, Value};

    fn check(document: &Value, validator: Validator) -> Groups {
        super::check(&to_raw_value(document).expect("JSON"), validator)
    }

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

    #[test]
    fn a_key_that_stands_twice_is_seen_wherever_the_event_stands() {
        let event = r#"{"type": "m.dummy", "content": {"a": 1, "a": 2}}"#;
        for text in [
            event.to_owned(),
            format!("[{event}]"),
            format!(r#"{{"to_device": {{"events": [{event}]}}, "next_batch": "s"}}"#),
        ] {
            let document = serde_json::from_str(&text).expect("JSON");
            let groups = super::check(document, Validator::new().level(matrix_events::validate::Level::Strict));
            assert_eq!((groups.events, groups.sorted().len()), (1, 1), "{text}");
        }
    }

    #[test]
    fn an_event_is_no_response_whatever_else_it_has() {
        let event = json!({"next_batch": "x", "type": "m.dummy", "content": []});
        assert_eq!(pointers(&event), ["/content at "]);
    }
}
