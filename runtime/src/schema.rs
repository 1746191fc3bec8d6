//! Event schemas as data: the event types, their fields, what is said of them, and the JSON Schema of each.

mod event;
mod json_schema;
mod table;
mod version;

pub(crate) use event::last_member;
pub use event::{Event, Field, Kind, Schema, SchemaVariant};
pub use table::{EventTable, ServerMembers};
pub use version::Version;
