//! JSON: how values are read and written, and what both keep.

mod ahead;
mod cursor;
mod error;
mod escape;
mod extra;
mod fault;
mod glue;
mod identifiers;
mod loose;
mod object;
mod oddity;
mod pointer;
mod read;
mod scan;
mod text;
mod values;
mod write;

pub use cursor::{Cursor, JsonType, Members};
pub use error::Error;
pub use extra::Extra;
pub use fault::Fault;
pub use glue::deserialize;
pub use loose::{LooseInteger, LooseString};
pub use object::{reset, Constant, Object, Shape};
pub use oddity::{oddities, Oddity};
pub(crate) use pointer::{escaped, printable};
pub use read::{boxed, from_slice, from_str, Json, JsonObject, Key, Tagged};
pub(crate) use text::text_of;
pub use text::{to_string, to_vec};
pub use values::Nullable;
pub use write::{Entries, Item, List};
