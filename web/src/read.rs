//! The report on how the crate deserializes an event.

use matrix_events::inspect::{Inspection, Place};
use matrix_events::tools::Origin;
use matrix_events::{
    from_str, locate, AnyEdu, AnyEphemeralData, AnyEphemeralEvent, AnyGlobalAccountDataEvent, AnyInitialStateEvent, AnyPresenceEvent,
    AnyRoomAccountDataEvent, AnyStateEvent, AnyStrippedStateEvent, AnySyncStateEvent, AnySyncTimelineEvent,
    AnyTimelineEvent, AnyToDeviceEvent, Error, EventEnum,
};
use serde_json::{json, Map, Value};

use crate::offsets::Offsets;
use crate::Head;

/// Returns the type, the variant, and the fields of an event that are invalid, unknown or aliases.
pub(crate) fn read(event: &str, head: &Head) -> Value {
    let origin = origin(head);
    let mut found = match deserialize(event, origin.place(event, head.form())) {
        Ok(found) => Inspection::of(&*found),
        Err(error) => return json!({"error": error.to_string()}),
    };
    found.unknown_fields.retain(|pointer| !origin.adds(pointer));
    let offsets = Offsets::new(event);
    let mut json = match serde_json::to_value(&found) {
        Ok(Value::Object(json)) => json,
        _ => Map::new(),
    };
    let with_range = |pointer: &str| match locate(event, pointer) {
        Some(location) => {
            let start = location.key.map_or(location.value.start, |key| key.start);
            offsets.range(&(start..location.value.end))
        }
        None => Value::Null,
    };
    let unknown = found.unknown_fields.iter().map(|pointer| json!({"pointer": pointer, "range": with_range(pointer)}));
    json.insert("unknown_fields".to_owned(), unknown.collect());
    for key in ["invalid_fields", "aliases"] {
        for row in json.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten() {
            let range = row.get("pointer").and_then(Value::as_str).map_or(Value::Null, with_range);
            if let Some(row) = row.as_object_mut() {
                row.insert("range".to_owned(), range);
            }
        }
    }
    if let Some(reason) = &found.reason {
        json.insert("reason_pointer".to_owned(), reason.pointer().into());
        json.insert("reason_range".to_owned(), with_range(reason.pointer()));
    }
    Value::Object(json)
}

/// Deserializes an event as the enum of its place. Origins have no decrypted events, so the module does not contain their enums.
fn deserialize(event: &str, place: Place) -> Result<Box<dyn EventEnum>, Error> {
    Ok(match place {
        Place::Timeline => Box::new(from_str::<AnyTimelineEvent>(event)?),
        Place::State => Box::new(from_str::<AnyStateEvent>(event)?),
        Place::SyncState => Box::new(from_str::<AnySyncStateEvent>(event)?),
        Place::StrippedState => Box::new(from_str::<AnyStrippedStateEvent>(event)?),
        Place::InitialState => Box::new(from_str::<AnyInitialStateEvent>(event)?),
        Place::ToDevice => Box::new(from_str::<AnyToDeviceEvent>(event)?),
        Place::Ephemeral => Box::new(from_str::<AnyEphemeralEvent>(event)?),
        Place::EphemeralData => Box::new(from_str::<AnyEphemeralData>(event)?),
        Place::Presence => Box::new(from_str::<AnyPresenceEvent>(event)?),
        Place::GlobalAccountData => Box::new(from_str::<AnyGlobalAccountDataEvent>(event)?),
        Place::RoomAccountData => Box::new(from_str::<AnyRoomAccountDataEvent>(event)?),
        Place::Edu => Box::new(from_str::<AnyEdu>(event)?),
        _ => Box::new(from_str::<AnySyncTimelineEvent>(event)?),
    })
}

/// Returns the origin of an event, by its index in [`Origin::ALL`].
pub(crate) fn origin(head: &Head) -> Origin {
    head.number("origin").and_then(|index| Origin::ALL.get(index)).copied().unwrap_or(Origin::Alone)
}
