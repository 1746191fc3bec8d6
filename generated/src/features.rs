//! What the optional features add. Without them none of this is compiled.

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "ruma")]
mod ruma;
#[cfg(feature = "schemars")]
mod schemars;
