//! What is to be sent: JSON that the specification allows, or what it has against it.

use super::violation::Level;
use super::{Form, Report, Validator};
use crate::runtime::{text_of, Item};
use crate::schema::Schema;

/// Writes a content, or an event, and holds it against a schema at [`Level::Strict`].
///
/// # Errors
///
/// All that is wrong with it.
#[doc(hidden)]
pub fn checked(value: Item<'_>, schema: Option<Schema>, form: Form) -> Result<String, Report> {
    let validator = Validator { schema, ..Validator::new().level(Level::Strict).form(form) };
    let report = validator.validate_value(&value.to_value());
    if report.is_valid() {
        Ok(text_of(value))
    } else {
        Err(report)
    }
}
