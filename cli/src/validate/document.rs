//! Validates the events of a JSON document: one event, a list of events, or a response of /sync.

use std::collections::BTreeMap;

use matrix_events::__private::escaped;
use matrix_events::validate::{Form, Validator};
use serde_json::value::RawValue;

use super::groups::{Groups, Location};

/// The members of an object as JSON text. The text keeps duplicate keys of events for the validator.
pub(crate) type Members<'t> = BTreeMap<String, &'t RawValue>;

/// Returns the members if the value is an object.
pub(crate) fn members(value: &RawValue) -> Option<Members<'_>> {
    serde_json::from_str(value.get()).ok()
}

/// Returns `true` if an object is a response of /sync.
pub(crate) fn is_sync(object: &Members<'_>) -> bool {
    let has_rooms = object.get("rooms").is_some_and(|rooms| members(rooms).is_some());
    !object.contains_key("type") && (has_rooms || object.contains_key("next_batch"))
}

/// Returns the elements if the value is a list.
fn elements(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// Validates all events of a document.
pub(crate) fn check(document: &RawValue, validator: Validator) -> Groups {
    let mut checker = Checker { validator, groups: Groups::default() };
    match (elements(document), members(document)) {
        (Some(list), _) => checker.list(&list, "", validator),
        (_, Some(object)) if is_sync(&object) => checker.sync(&object),
        _ => checker.event(document, String::new(), validator),
    }
    checker.groups
}

struct Checker {
    validator: Validator,
    groups: Groups,
}

impl Checker {
    fn event(&mut self, event: &RawValue, pointer: String, validator: Validator) {
        let event_type = members(event).and_then(|event| serde_json::from_str::<String>(event.get("type")?.get()).ok());
        let location = Location::Pointer(self.groups.events, pointer);
        self.groups.add(&event_type.unwrap_or_default(), validator.validate(event.get().as_bytes()), &location);
    }

    fn list(&mut self, list: &[&RawValue], pointer: &str, validator: Validator) {
        for (index, event) in list.iter().enumerate() {
            self.event(event, format!("{pointer}/{index}"), validator);
        }
    }

    fn sync(&mut self, response: &Members<'_>) {
        for part in ["account_data", "presence", "to_device"] {
            self.events(response.get(part).copied(), &format!("/{part}"), Form::ContentOnly);
        }
        let rooms = response.get("rooms").and_then(|rooms| members(rooms)).unwrap_or_default();
        for (membership, rooms) in rooms {
            for (id, room) in members(rooms).unwrap_or_default() {
                self.room(room, &format!("/rooms/{membership}/{}", escaped(&id)));
            }
        }
    }

    fn room(&mut self, room: &RawValue, pointer: &str) {
        for (name, part) in members(room).unwrap_or_default() {
            let form = match name.as_str() {
                "timeline" | "state" | "state_after" => Form::Sync,
                "invite_state" | "knock_state" => Form::Stripped,
                "ephemeral" | "account_data" => Form::ContentOnly,
                _ => continue,
            };
            self.events(Some(part), &format!("{pointer}/{name}"), form);
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

    /// Returns the violations of a document as `<pointer in the event> at <location>`, sorted.
    fn found(document: &Value) -> Vec<String> {
        let groups = check(document, Validator::new());
        let location = |location: &Location| match location {
            Location::Pointer(_, pointer) => pointer.clone(),
            Location::Line(line) => line.to_string(),
        };
        let of_group = |kind: &str, at: &Location| format!("{kind} at {}", location(at));
        let mut found: Vec<String> =
            groups.sorted().iter().map(|(kind, group)| of_group(&kind.pointer, &group.location)).collect();
        found.sort();
        found
    }

    #[test]
    fn position_in_a_sync_response_determines_the_form() {
        let name = json!({"type": "m.room.name", "state_key": "", "sender": "@a:b.c", "content": {"name": "Den"}});
        let mut in_sync = name.clone();
        in_sync["event_id"] = json!("$1");
        in_sync["origin_server_ts"] = json!(1);
        let typing = json!({"type": "m.typing", "content": {}});
        let response = json!({
            "next_batch": "s1",
            "to_device": {"events": [{"type": "m.dummy", "content": {}}]},
            "rooms": {
                "join": {"!r:b.c": {"timeline": {"events": [in_sync, name]}, "ephemeral": {"events": [typing]}}},
                "invite": {"!i:b.c": {"invite_state": {"events": [name]}}},
            }
        });
        let expected = [
            " at /rooms/join/!r:b.c/timeline/events/1",
            " at /rooms/join/!r:b.c/timeline/events/1",
            "/content at /rooms/join/!r:b.c/ephemeral/events/0",
        ];
        assert_eq!(found(&response), expected);
        assert_eq!(check(&response, Validator::new()).events, 5);
    }

    #[test]
    fn list_and_single_event_report_their_pointers() {
        let event = json!({"type": "m.dummy", "content": []});
        assert_eq!(found(&event), ["/content at "]);
        assert_eq!(found(&json!([{"type": "m.dummy", "content": {}}, event])), ["/content at /1"]);
    }

    #[test]
    fn duplicate_key_is_reported_in_every_kind_of_document() {
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
    fn event_with_next_batch_is_not_a_sync_response() {
        let event = json!({"next_batch": "x", "type": "m.dummy", "content": []});
        assert_eq!(found(&event), ["/content at "]);
    }
}
