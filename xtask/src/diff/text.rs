//! A comparison for a terminal.

use std::fmt::Write;

use matrix_events_codegen::compare::Comparison;

use super::words;

/// Grouped by event; a summary with counts at the end.
pub(crate) fn text(comparison: &Comparison) -> String {
    let mut text = format!("{}\n", words::title(comparison));
    for findings in words::by_subject(&comparison.findings) {
        let Some(first) = findings.first() else { continue };
        let _ = writeln!(text, "\n{}", words::subject(&first.subject));
        for one in findings {
            let path = if one.path.is_empty() { String::new() } else { format!("{}: ", one.path) };
            let verdict = format!("{}, {}", words::api(one.api), words::validation(one.validation));
            let _ = writeln!(text, "  {verdict:<18} {path}{}", words::change(one));
        }
    }
    if !comparison.disagreements.is_empty() {
        text.push_str("\nReleases that don't agree with `x-addedInMatrixVersion`\n");
    }
    for one in &comparison.disagreements {
        let path = if one.path.is_empty() { String::new() } else { format!(" {}", one.path) };
        let _ = writeln!(text, "  {}{path}: {}", words::short(&one.subject), words::disagreement(one, comparison));
    }
    text.push('\n');
    for (what, counts) in words::counts(comparison) {
        let _ = writeln!(text, "{what:<9} {counts}");
    }
    text
}
