//! The implementations of the optional features.

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "schemars")]
mod schemars;
