//! Deserializes events of every kind from any bytes, and serializes them.

use matrix_events::__private::FromToJson;
use matrix_events::{
    from_slice, AnyEdu, AnyEphemeralData, AnyEphemeralEvent, AnyGlobalAccountDataEvent, AnyInitialStateEvent,
    AnyPresenceEvent, AnyRoomAccountDataEvent, AnyStateEvent, AnyStrippedStateEvent, AnySyncStateEvent,
    AnySyncTimelineEvent, AnyTimelineEvent, AnyToDeviceEvent,
};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;

use crate::any_json::AnyJson;
use crate::object;

/// Checks that every JSON object deserializes as an event of each kind, and serializes as equal JSON in every way. Other bytes are
/// an error.
pub fn any_event(bytes: &[u8]) {
    let Some(plain) = crate::plain(bytes) else { return };
    let (object, plain) = (object(bytes), plain.ok());
    one::<AnyTimelineEvent>(bytes, object, plain.as_ref());
    one::<AnySyncTimelineEvent>(bytes, object, plain.as_ref());
    one::<AnyStateEvent>(bytes, object, plain.as_ref());
    one::<AnySyncStateEvent>(bytes, object, plain.as_ref());
    one::<AnyStrippedStateEvent>(bytes, object, plain.as_ref());
    one::<AnyInitialStateEvent>(bytes, object, plain.as_ref());
    one::<AnyToDeviceEvent>(bytes, object, plain.as_ref());
    one::<AnyEphemeralEvent>(bytes, object, plain.as_ref());
    one::<AnyPresenceEvent>(bytes, object, plain.as_ref());
    one::<AnyEphemeralData>(bytes, object, plain.as_ref());
    one::<AnyGlobalAccountDataEvent>(bytes, object, plain.as_ref());
    one::<AnyRoomAccountDataEvent>(bytes, object, plain.as_ref());
    one::<AnyEdu>(bytes, object, plain.as_ref());
}

/// Checks one kind. `plain` is `None` if the text is not JSON, and for JSON that no `Value` represents.
fn one<E: FromToJson + DeserializeOwned + Serialize>(bytes: &[u8], object: Option<&str>, plain: Option<&Value>) {
    let (direct, by_serde) = (from_slice::<E>(bytes), serde_json::from_slice::<E>(bytes));
    let by_value = plain.map(|plain| serde_json::from_value::<E>(plain.clone()));
    let Some(text) = object else {
        assert!(direct.is_err() && by_serde.is_err(), "text that is not a JSON object deserializes to an event");
        assert!(by_value.is_none_or(|event| event.is_err()), "a value that is not an object deserializes to an event");
        return;
    };
    written(&direct.expect("a JSON object is an event"), text);
    written(&by_serde.expect("a JSON object is an event by serde_json"), text);
    if let (Some(event), Some(plain)) = (by_value, plain) {
        let event = event.expect("a value that is an object is an event");
        assert_eq!(&serde_json::to_value(&event).expect("an event serializes"), plain);
        written(&event, &plain.to_string());
    }
}

fn written<E: Serialize>(event: &E, text: &str) {
    let written = serde_json::to_string(event).expect("an event serializes as text");
    assert_eq!(AnyJson::new(&written), AnyJson::new(text));
}
