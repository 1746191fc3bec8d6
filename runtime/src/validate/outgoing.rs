//! Serialization of events and contents with validation.

use super::violation::Level;
use super::{Form, Report, Validator};
use crate::json::{representable, text_of, JsonRef};
use crate::schema::Schema;

/// Validates a content or an event at [`Level::Strict`] and serializes it as JSON text.
///
/// # Errors
///
/// Returns all violations, if the value is invalid.
#[doc(hidden)]
pub fn checked(value: JsonRef<'_>, schema: Schema, form: Form) -> Result<String, Report> {
    Validator { level: Level::Strict, form, ..Validator::of(schema) }.checked(value)
}

impl Validator {
    /// Validates a content or an event and serializes it as JSON text.
    ///
    /// # Errors
    ///
    /// Returns all violations, if the value is invalid.
    pub fn checked(&self, value: JsonRef<'_>) -> Result<String, Report> {
        let text = text_of(value);
        if self.surely_valid(&text).is_some() {
            return Ok(text);
        }
        let report = match representable(&text) {
            Ok(value) => self.validate_value(&value),
            Err(error) => Report::not_json(&error),
        };
        if report.is_valid() {
            Ok(text)
        } else {
            Err(report)
        }
    }
}
