//! A value for each of the two trees.

/// The values for the earlier tree and the later tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides<T> {
    pub(super) before: T,
    pub(super) after: T,
}

impl<T> Sides<T> {
    pub(super) fn as_ref(&self) -> Sides<&T> {
        Sides { before: &self.before, after: &self.after }
    }

    pub(super) fn map<U>(self, mut of: impl FnMut(T) -> U) -> Sides<U> {
        Sides { before: of(self.before), after: of(self.after) }
    }

    pub(super) fn zip<U>(self, other: Sides<U>) -> Sides<(T, U)> {
        Sides { before: (self.before, other.before), after: (self.after, other.after) }
    }

    /// Returns `true` if the values differ.
    pub(super) fn differ(&self) -> bool
    where
        T: PartialEq,
    {
        self.before != self.after
    }
}

impl<T> Sides<Option<T>> {
    /// Returns the value of the later tree, or else the value of the earlier tree.
    pub(super) fn latest(self) -> Option<T> {
        self.after.or(self.before)
    }
}
