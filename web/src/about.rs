//! The values that a person can choose: levels, forms, releases, room versions and event types.

use matrix_events::schema::{self, Event, Kind, Version};
use matrix_events::validate::Form;
use matrix_events::RoomVersionId;
use serde_json::{json, Value};

/// The forms with their names and descriptions.
pub(crate) const FORMS: [(&str, Form, &str); 6] = [
    ("full", Form::Full, "Event with event_id and room_id"),
    ("sync", Form::Sync, "Event of /sync, without room_id"),
    ("stripped", Form::Stripped, "Stripped state of an invite or a knock"),
    ("initial-state", Form::InitialState, "Initial state of a new room"),
    ("content-only", Form::ContentOnly, "Type and content, without an envelope"),
    ("pdu", Form::Pdu, "PDU of the federation, without event_id"),
];

pub(crate) fn about() -> Value {
    let release = schema::release();
    let versions =
        (1..=release.map_or(0, |release| release.minor)).rev().map(|minor| Version::new(1, minor).to_string());
    let forms = FORMS.iter().map(|(name, _, description)| json!({"name": name, "description": description}));
    let types = schema::events().map(|event| row(event, false)).chain(schema::edus().map(|event| row(event, true)));
    let room_versions = (1..).map(|number: u32| number.to_string());
    let room_versions = room_versions.take_while(|version| RoomVersionId::new(version.as_str()).rules().is_some());
    json!({
        "release": release.map(|release| release.to_string()),
        "versions": versions.collect::<Vec<_>>(),
        "forms": forms.collect::<Vec<_>>(),
        "room_versions": room_versions.collect::<Vec<_>>(),
        "types": types.collect::<Vec<_>>(),
    })
}

fn row(event: &Event, is_edu: bool) -> Value {
    json!({
        "type": event.event_type,
        "kinds": event.kinds.iter().map(Kind::to_string).collect::<Vec<_>>(),
        "edu": is_edu,
        "deprecated": event.is_deprecated(),
    })
}
