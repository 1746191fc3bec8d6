//! The implementations of the optional features.

#[cfg(feature = "arbitrary")]
pub mod arbitrary;
#[cfg(feature = "ruma")]
mod ruma;
