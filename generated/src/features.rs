//! The implementations of the optional features.

#[cfg(feature = "arbitrary")]
pub(crate) mod arbitrary;
#[cfg(feature = "markdown")]
pub(crate) mod markdown;
#[cfg(feature = "schemars")]
mod schemars;
