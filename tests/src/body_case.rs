//! A test case for a body: an example of the specification, and the type that the example deserializes into.

use matrix_events::__private::FromToJson;
use matrix_events::schema::Body;
use serde::de::DeserializeOwned;
use serde::Serialize;

use crate::{case, Case};

/// An example of a body, and the type that the example deserializes into.
#[derive(Clone, Copy)]
pub struct BodyCase {
    /// The file of the example, and the type.
    pub case: Case,
    /// The schema of the type.
    pub body: &'static Body,
}

/// Creates a case for a type.
pub const fn body_case<T: DeserializeOwned + FromToJson + Serialize>(
    example: &'static str,
    body: &'static Body,
) -> BodyCase {
    BodyCase { case: case::<T>(example, body.file, body.name), body }
}
