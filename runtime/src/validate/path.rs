//! The path from an event to a value in it. The path is on the stack, and is converted to a JSON pointer only for a violation.

use crate::json::escaped;

/// The path of a value: the path of its parent, and its key or index.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    /// The whole value.
    Root,
    /// A member of an object.
    Key(&'p Path<'p>, &'p str),
    /// An element of an array.
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// Returns `true` for the value of a member of the event, and for values in it.
    pub(super) fn is_in(&self, name: &str) -> bool {
        match self {
            Self::Root => false,
            Self::Key(Path::Root, key) => *key == name,
            Self::Key(parent, _) | Self::Index(parent, _) => parent.is_in(name),
        }
    }

    /// Returns the JSON pointer (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = String::with_capacity(self.length());
        self.write(&mut pointer);
        pointer
    }

    /// Returns the length of the JSON pointer, if no key needs escapes and each index is small.
    fn length(&self) -> usize {
        match self {
            Self::Root => 0,
            Self::Key(parent, key) => parent.length() + 1 + key.len(),
            Self::Index(parent, _) => parent.length() + 3,
        }
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
