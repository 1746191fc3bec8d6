//! The promises of `matrix-events`, tested on the specification's own schemas and examples.

mod case;
#[rustfmt::skip]
pub mod cases;
pub mod mutate;
pub mod places;
pub mod spec;

pub use case::{case, Case};
