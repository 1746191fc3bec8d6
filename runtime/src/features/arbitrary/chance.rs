//! The probability of invalid values.

use ::arbitrary::{Result, Unstructured};

/// Returns `true` with a probability of 1/32, and never after the end of the bytes.
pub fn rarely(u: &mut Unstructured<'_>) -> Result<bool> {
    Ok(u.arbitrary::<u8>()? >= 248)
}
