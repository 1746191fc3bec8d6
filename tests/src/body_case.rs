//! A test case for a body: an example of the specification, and the type that the example deserializes into.

use matrix_events::__private::FromToJson;
use matrix_events::schema::Body;
use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;

use crate::{case, Case};

/// An example of a body, and the type that the example deserializes into.
#[derive(Clone, Copy)]
pub struct BodyCase {
    /// The file of the example, and the type.
    pub case: Case,
    /// The schema of the type.
    pub body: &'static Body,
    /// Deserializes JSON into the type, and returns the events. `None` for a body without events.
    pub events: Option<EventsOf>,
}

/// Deserializes the JSON of a body, and returns the events.
pub type EventsOf = fn(&str) -> Result<Vec<EventInBody>, String>;

/// An event in a deserialized body.
#[derive(Clone, Debug, PartialEq)]
pub struct EventInBody {
    /// The path of the events.
    pub section: &'static str,
    /// The room, if it is a key on the path.
    pub room_id: Option<String>,
    /// The event.
    pub event: Value,
}

/// Creates a case for a type.
pub const fn body_case<T: DeserializeOwned + FromToJson + Serialize>(
    example: &'static str,
    body: &'static Body,
) -> BodyCase {
    BodyCase { case: case::<T>(example, body.file, body.name), body, events: None }
}

impl BodyCase {
    /// Adds the events of the type.
    #[must_use]
    pub const fn with_events(self, events: EventsOf) -> Self {
        Self { events: Some(events), ..self }
    }
}
