//! How often something odd is made up.

use ::arbitrary::{Result, Unstructured};

/// Once in 32 times, and never when the bytes have run out.
pub fn rarely(u: &mut Unstructured<'_>) -> Result<bool> {
    Ok(u.arbitrary::<u8>()? >= 248)
}
