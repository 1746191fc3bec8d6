//! `Arbitrary` for identifiers and [`Extra`], and random JSON that matches constraints.

mod chance;
mod identifiers;
mod json;

use ::arbitrary::{Arbitrary, Result, Unstructured};

pub use chance::rarely;
pub use json::{anything, object, Maker};

use crate::json::Extra;

/// Requires the feature `arbitrary`.
impl<'a> Arbitrary<'a> for Extra {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        object(u).map(Self::from)
    }
}
