//! What is to be sent: JSON that the specification allows, or what it has against it.

use super::violation::Level;
use super::{Form, Report, Validator};
use crate::runtime::{to_string, Json};
use crate::schema::Schema;

/// Writes a content, or an event, and holds it against a schema at [`Level::Strict`].
///
/// # Errors
///
/// All that is wrong with it.
#[doc(hidden)]
pub fn checked<T: Json>(value: &T, schema: Option<Schema>, form: Form) -> Result<String, Report> {
    let validator = Validator { schema, ..Validator::new().level(Level::Strict).form(form) };
    let report = validator.validate_value(&value.item().to_value());
    if report.is_valid() {
        Ok(to_string(value))
    } else {
        Err(report)
    }
}
