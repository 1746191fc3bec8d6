//! The values of an open enum without a variant.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// A value of the open enum `E` without a variant.
///
/// Only `From<&str>`, `From<String>` and deserialization of `E` create an `UnknownValue`, and only if no variant has the
/// text. Therefore two values of `E` with the same text are equal.
///
/// ```
/// use matrix_events::room::member::MembershipState;
///
/// assert_eq!(MembershipState::from("join"), MembershipState::Join);
/// match MembershipState::from("org.example.lurk") {
///     MembershipState::Unknown(value) => assert_eq!(value.as_str(), "org.example.lurk"),
///     listed => panic!("{listed}"),
/// }
/// ```
///
/// A program cannot create an `UnknownValue` with the text of a variant:
///
/// ```compile_fail,E0308
/// use matrix_events::room::member::MembershipState;
///
/// let membership = MembershipState::Unknown("join".into());
/// ```
///
/// An `UnknownValue` of another enum is a different type:
///
/// ```compile_fail,E0308
/// use matrix_events::room::{history_visibility::HistoryVisibility, member::MembershipState};
///
/// if let HistoryVisibility::Unknown(value) = HistoryVisibility::from("join") {
///     let membership = MembershipState::Unknown(value);
/// }
/// ```
pub struct UnknownValue<E>(Box<str>, PhantomData<fn() -> E>);

/// Creates an `UnknownValue`. The caller is the `From<&str>` of `E`, which has compared the text with all variants.
pub fn unknown_value<E>(text: &str) -> UnknownValue<E> {
    UnknownValue(text.into(), PhantomData)
}

impl<E> UnknownValue<E> {
    /// Creates a placeholder to deserialize into.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub fn placeholder() -> Self {
        Self(Box::default(), PhantomData)
    }

    /// Returns the string in JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// A derived implementation would require that `E` implements the trait.
impl<E> Clone for UnknownValue<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<E> PartialEq for UnknownValue<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<E> Eq for UnknownValue<E> {}

impl<E> PartialOrd for UnknownValue<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for UnknownValue<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<E> Hash for UnknownValue<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<E> fmt::Debug for UnknownValue<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
