//! The way from an event to a value in it. It stands on the stack, and becomes a JSON pointer only where something is wrong.

use crate::json::escaped;

/// A value's place: the place that it is in, and its key or index there.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    /// The value as a whole.
    Root,
    /// Under a key of an object.
    Key(&'p Path<'p>, &'p str),
    /// An element of a list.
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// The JSON pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Key(parent, key) => {
                format!("{}/{}", parent.pointer(), escaped(key))
            }
            Self::Index(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }
}
