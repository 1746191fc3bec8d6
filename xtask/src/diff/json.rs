//! A comparison for programs.

use matrix_events_codegen::compare::Comparison;

/// All of it, one object.
pub(super) fn json(comparison: &Comparison) -> String {
    // Strings, lists and maps with strings for keys can always be written.
    let text = serde_json::to_string_pretty(comparison).unwrap_or_default();
    format!("{text}\n")
}
