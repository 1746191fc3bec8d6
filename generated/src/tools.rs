//! Functions for programs that inspect JSON: editors, validators and servers for debugging.
//!
//! The program `matrix-events` and the web page of this project use this module. It requires the feature `tools`.
//!
//! [`find_events`] recognizes an event, a list of events, or a response with events, and returns where the events are.
//! [`Checker`] validates an event in the form of its origin, and returns findings with their ranges in the text.
//!
//! ```
//! use matrix_events::tools::{find_events, Checker};
//! use matrix_events::validate::Level;
//!
//! let text = r#"{"next_batch": "s2", "account_data": {"events": [{"type": "m.fully_read", "content": {"event_id": 7}}]}}"#;
//! let found = find_events(text)?;
//! assert_eq!(found.response, Some("/sync"));
//!
//! let event = &found.events[0];
//! assert_eq!(event.pointer(), "/account_data/events/0");
//! let event_text = &text[event.range.clone()];
//! let checked = Checker::new(Level::Schema).check(event_text, event.origin);
//! let finding = &checked.findings[0];
//! assert_eq!(finding.message, "expected a string, found 7 (m.fully_read)");
//! assert_eq!(&event_text[finding.range(event_text)], "7");
//! # Ok::<(), matrix_events::tools::SyntaxError>(())
//! ```

mod check;
mod fields;
mod find;
mod finding;
mod origin;
mod responses;
mod syntax;

pub use check::{Checked, Checker};
pub use fields::{fields_at, properties, rows, type_of, FieldRow};
pub use find::{find_events, find_values, FoundEvent, FoundEvents};
pub use finding::Finding;
pub use origin::Origin;
pub use syntax::SyntaxError;

use crate::schema::{self, Event};

/// Returns the event type with a name or an unstable name. `is_edu` is `true` for the types of ephemeral data units.
///
/// ```
/// use matrix_events::tools::known_event;
///
/// let pack = known_event("im.ponies.room_emotes", false).expect("an unstable name");
/// assert_eq!(pack.event_type, "m.room.image_pack");
/// assert!(known_event("m.typing", true).is_some_and(|typing| typing.fields().count() == 3));
/// ```
pub fn known_event(name: &str, is_edu: bool) -> Option<&'static Event> {
    let found = if is_edu { schema::edu(name) } else { schema::event(name) };
    let in_use = |event: &&'static Event| event.aliases_in_use.contains(&name);
    found.or_else(|| match is_edu {
        true => schema::edus().find(in_use),
        false => schema::events().find(in_use),
    })
}
