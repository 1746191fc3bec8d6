//! Event schemas as data: event types, fields, descriptions and JSON Schema documents.

mod body;
mod event;
mod event_texts;
mod json_schema;
mod table;
mod version;

pub use body::{Body, EventPlace, Step};
pub(crate) use event::last_member;
pub use event::{Event, Field, Kind, Schema, SchemaVariant};
pub use event_texts::{EventText, EventTexts, InBody};
pub use table::{EventTable, ServerMembers};
pub use version::Version;
