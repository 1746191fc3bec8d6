//! What is to be sent: JSON that the specification allows, or what it has against it.

use super::violation::Level;
use super::{Form, Report, Validator};
use crate::json::{text_of, JsonRef};
use crate::schema::Schema;

/// Writes a content, or an event, and holds it against a schema at [`Level::Strict`].
///
/// # Errors
///
/// All that is wrong with it.
#[doc(hidden)]
pub fn checked(value: JsonRef<'_>, schema: Schema, form: Form) -> Result<String, Report> {
    Validator { level: Level::Strict, form, ..Validator::of(schema) }.checked(value)
}

impl Validator {
    /// Serializes an event that is valid.
    ///
    /// # Errors
    ///
    /// Everything that is invalid in it.
    pub fn checked(&self, value: JsonRef<'_>) -> Result<String, Report> {
        let report = self.validate_value(&value.to_value());
        if report.is_valid() {
            Ok(text_of(value))
        } else {
            Err(report)
        }
    }
}
