//! JSON: how values are read and written, and what both keep.

mod cursor;
mod error;
mod escape;
mod extra;
mod identifiers;
mod int_or_string;
mod invalid_field;
mod object;
mod parse_error;
mod peek;
mod pointer;
mod read;
mod scan;
mod serde_impls;
mod text;
mod unknown;
mod values;
mod write;

pub use cursor::{Cursor, JsonType, Members};
pub use error::Error;
pub use extra::Extra;
pub(crate) use int_or_string::integer_in;
pub use int_or_string::{IntOrString, StringOrInt};
pub use invalid_field::{invalid_fields, InvalidField};
pub use object::{reset, Constant, Descriptor, ObjectFields};
pub use parse_error::ParseError;
pub use pointer::escaped;
pub(crate) use pointer::printable;
pub use read::{boxed, from_slice, from_str, FromToJson, JsonObject, MapKey, Tagged};
pub use serde_impls::deserialize;
pub(crate) use text::text_of;
pub use text::{to_string, to_vec};
pub use unknown::{unknown_value, UnknownValue};
pub use values::Nullable;
pub use write::{JsonRef, ListElements, MapEntries};
