//! What the optional features add. Without them none of this is compiled.

#[cfg(feature = "arbitrary")]
pub mod arbitrary;
#[cfg(feature = "ruma")]
mod ruma;
