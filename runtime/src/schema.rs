//! Event schemas as data: event types, fields, descriptions and JSON Schema documents.

mod body;
mod event;
mod json_schema;
mod table;
mod version;

pub use body::{Body, EventPlace, Step};
pub(crate) use event::last_member;
pub use event::{Event, Field, Kind, Schema, SchemaVariant};
pub use table::{EventTable, ServerMembers};
pub use version::Version;
