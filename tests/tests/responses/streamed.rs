//! The events in the text of a body, compared with those of the deserialized body.

use std::collections::BTreeMap;

use matrix_events::schema::Body;
use matrix_events::AnyEvent;
use serde_json::Value;
use spec_tests::EventInBody;

/// The events of a section in a room.
type BySection = BTreeMap<(&'static str, Option<String>), Vec<Value>>;

/// Asserts that the events in a text are those of the deserialized body: the same JSON, in the same sections and rooms, and in the same
/// order. Returns the numbers of events and of other values in their places.
pub(crate) fn assert_same(body: &'static Body, value: &Value, built: Vec<EventInBody>) -> (usize, usize) {
    let text = value.to_string();
    let (mut streamed, mut events, mut others) = (BySection::new(), 0, 0);
    let mut last = 0;
    for event in body.events_in(text.as_bytes()) {
        let event = event.unwrap_or_else(|error| panic!("{}: {error}: {text}", body.name));
        let json: Value = serde_json::from_str(event.json()).expect("JSON");
        assert_eq!(value.pointer(&event.pointer()), Some(&json), "{}: {}", body.name, event.pointer());
        assert_eq!(text.get(event.offset()..event.offset() + event.json().len()), Some(event.json()));
        assert!(event.offset() >= last, "{}: the events are in the order of the text", body.name);
        last = event.offset() + event.json().len();
        match AnyEvent::deserialize(&event) {
            Ok(any) => {
                events += 1;
                let place = (event.section(), event.room_id().map(str::to_owned));
                streamed.entry(place).or_default().push(any.to_ref().json_ref().to_value());
            }
            Err(_) => {
                assert!(!json.is_object(), "{}: {json}", body.name);
                others += 1;
            }
        }
    }
    let mut expected = BySection::new();
    for EventInBody { section, room_id, event } in built {
        expected.entry((section, room_id)).or_default().push(event);
    }
    assert_eq!(streamed, expected, "{}: {text}", body.name);
    (events, others)
}
