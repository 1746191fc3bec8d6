//! Tests of `matrix-events` with the schemas and examples of the specification.

/// The examples of README.md, which run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

pub mod any_json;
mod body_case;
mod body_events;
mod case;
#[rustfmt::skip]
pub mod cases;
#[path = "../../codegen/tests/support/compile.rs"]
pub mod compile;
pub mod events;
mod json_texts;
pub mod mutate;
pub mod places;
pub mod release_crate;
pub mod spec;
pub mod tables;

pub use body_case::{body_case, BodyCase, EventInBody, EventsOf};
pub use body_events::events_of;
pub use case::{case, Case};
pub use json_texts::json_texts;
