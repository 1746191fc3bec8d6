//! The implementations of the optional features.

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "markdown")]
pub(crate) mod markdown;
#[cfg(feature = "schemars")]
mod schemars;
