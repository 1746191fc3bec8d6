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
    /// Returns the JSON pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.write(&mut pointer);
        pointer
    }

    fn write(&self, pointer: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.write(pointer);
                pointer.push('/');
                pointer.push_str(&escaped(key));
            }
            Self::Index(parent, index) => {
                parent.write(pointer);
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
}
