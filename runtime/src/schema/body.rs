//! The schema of a body: of a response or a request that contains events.

use serde_json::Value;

use super::Field;
use crate::constraints::Constraints;
use crate::validate::Form;

/// The schema of the body of a response or a request, or of a file, such as `responses::sync::SyncResponse::BODY`.
///
/// [`validate`](Self::validate) checks the whole body against the schema. The schema describes events of every type in the same way.
/// From `Level::Strict` on, a validator with this body also validates each event against the schema of its type.
#[derive(Debug)]
pub struct Body {
    /// The name of the type.
    pub name: &'static str,
    /// The URL of the section of the specification. It is empty if there is none.
    pub link: &'static str,
    #[doc(hidden)]
    pub file: &'static str,
    #[doc(hidden)]
    pub constraints: &'static Constraints,
    #[doc(hidden)]
    pub events: &'static [EventPlace],
}

/// A place of events in a body.
#[doc(hidden)]
#[derive(Debug)]
pub struct EventPlace {
    /// The path from the body to the events.
    pub path: &'static [Step],
    /// The form of the events.
    pub form: Form,
}

/// A step of a path in a body.
#[doc(hidden)]
#[derive(Debug)]
pub enum Step {
    /// To the value of a key.
    Key(&'static str),
    /// To the values of all keys.
    Entries,
    /// To the items of a list.
    Items,
}

impl Body {
    /// Returns the description of the body.
    pub fn description(&self) -> &'static str {
        self.constraints.annotations.description
    }

    /// Iterates over the fields of the body.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        Field::of(self.constraints)
    }

    /// Returns the JSON Schema (2020-12), without references.
    pub fn json_schema(&self) -> Value {
        super::json_schema::document(self.constraints)
    }
}
