//! Deserializes events of every kind from any bytes, and serializes them.

use matrix_events::__private::FromToJson;
use matrix_events::{
    from_slice, AnyEdu, AnyEphemeralEvent, AnyGlobalAccountDataEvent, AnyInitialStateEvent, AnyPresenceEvent, AnyRoomAccountDataEvent,
    AnyStateEvent, AnyStrippedStateEvent, AnySyncStateEvent, AnySyncTimelineEvent, AnyTimelineEvent, AnyToDeviceEvent,
};
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;

/// Checks that every JSON object deserializes as an event of each kind, and serializes as equal JSON in every way. Other bytes are
/// an error.
pub fn any_event(bytes: &[u8]) {
    let Some(plain) = crate::plain(bytes) else { return };
    let plain = plain.ok();
    one::<AnyTimelineEvent>(bytes, plain.as_ref());
    one::<AnySyncTimelineEvent>(bytes, plain.as_ref());
    one::<AnyStateEvent>(bytes, plain.as_ref());
    one::<AnySyncStateEvent>(bytes, plain.as_ref());
    one::<AnyStrippedStateEvent>(bytes, plain.as_ref());
    one::<AnyInitialStateEvent>(bytes, plain.as_ref());
    one::<AnyToDeviceEvent>(bytes, plain.as_ref());
    one::<AnyEphemeralEvent>(bytes, plain.as_ref());
    one::<AnyPresenceEvent>(bytes, plain.as_ref());
    one::<AnyGlobalAccountDataEvent>(bytes, plain.as_ref());
    one::<AnyRoomAccountDataEvent>(bytes, plain.as_ref());
    one::<AnyEdu>(bytes, plain.as_ref());
}

fn one<E: FromToJson + DeserializeOwned + Serialize>(bytes: &[u8], plain: Option<&Value>) {
    let (direct, by_serde) = (from_slice::<E>(bytes), serde_json::from_slice::<E>(bytes));
    let by_value = plain.map(|plain| serde_json::from_value::<E>(plain.clone()));
    let Some(plain) = plain.filter(|plain| plain.is_object()) else {
        assert!(direct.is_err() && by_serde.is_err(), "text that is not a JSON object deserializes to an event");
        assert!(by_value.is_none_or(|event| event.is_err()), "a value that is not an object deserializes to an event");
        return;
    };
    written(&direct.expect("a JSON object is an event"), plain);
    written(&by_serde.expect("a JSON object is an event by serde_json"), plain);
    written(&by_value.expect("it is JSON").expect("a value that is an object is an event"), plain);
}

fn written<E: Serialize>(event: &E, plain: &Value) {
    assert_eq!(&serde_json::to_value(event).expect("an event serializes"), plain);
    let text = serde_json::to_vec(event).expect("an event serializes as text");
    let again: Value = serde_json::from_slice(&text).expect("a serialized event is JSON");
    assert_eq!(&again, plain);
}
