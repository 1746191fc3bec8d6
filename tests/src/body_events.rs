//! The events in a deserialized body. Crates of older releases have no bodies, and compile without this module.

use std::vec::IntoIter;

use matrix_events::__private::FromToJson;
use matrix_events::stream::InBody;
use matrix_events::{AnyEventMut, AnyEventRef};

use crate::EventInBody;

/// Deserializes a body and returns its events.
///
/// # Errors
///
/// Returns an error if the body does not deserialize, or if its iterators return different places.
pub fn events_of<T: FromToJson>(
    text: &str,
    events: for<'a> fn(&'a T) -> IntoIter<InBody<'a, AnyEventRef<'a>>>,
    events_mut: for<'a> fn(&'a mut T) -> IntoIter<InBody<'a, AnyEventMut<'a>>>,
) -> Result<Vec<EventInBody>, String> {
    let mut body: T = matrix_events::from_str(text).map_err(|error| error.to_string())?;
    let found: Vec<EventInBody> = events(&body)
        .map(|InBody { section, room_id, event, .. }| {
            let (room_id, event) = (room_id.map(str::to_owned), event.json_ref().to_value());
            EventInBody { section, room_id, event }
        })
        .collect();
    let places = found.iter().map(|found| (found.section, found.room_id.as_deref()));
    let is_same = events_mut(&mut body).map(|found| (found.section, found.room_id)).eq(places);
    match is_same {
        true => Ok(found),
        false => Err(format!("`events_mut` has other places than `events`: {text}")),
    }
}
