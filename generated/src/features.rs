//! What the optional features add. Without them none of this is compiled.

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "schemars")]
mod schemars;
