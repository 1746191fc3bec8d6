//! Validates any bytes.

use matrix_events::validate::{Form, Level, Rule, Validator};
use matrix_events::{Report, Violation};
use serde_json::Value;

use crate::has_kept;

/// Checks the reports for every level and form.
///
/// The reports agree as [`report`] describes.
pub fn validate(bytes: &[u8]) {
    let Some(plain) = crate::plain(bytes) else { return };
    for level in [Level::Schema, Level::Strict, Level::Lint] {
        for form in [Form::Full, Form::Sync, Form::Stripped, Form::InitialState, Form::ContentOnly] {
            read(&report(&Validator::new().level(level).form(form), bytes, plain.as_ref().ok()));
        }
    }
}

/// Checks and returns the report on bytes. `plain` is the value of the bytes, or `None` if no `Value` represents them.
///
/// Without a value, the report has a syntax error. Otherwise, the reports on the bytes and on the value have equal places and rules,
/// except for repeated keys and kept texts. `is_valid` returns `true` if the report on the value is empty.
pub(crate) fn report(validator: &Validator, bytes: &[u8], plain: Option<&Value>) -> Report {
    let report = validator.validate(bytes);
    let Some(plain) = plain else {
        let is_syntax = report.iter().any(|violation| violation.rule() == Rule::Syntax);
        assert!(is_syntax, "bytes that no `Value` represents have the report: {report}");
        return report;
    };
    if has_kept(plain) {
        // Such a value has the meaning of the text in it, and the bytes have the meaning of an object.
        return report;
    }
    let of_value = validator.validate_value(plain);
    // The report on the bytes shows numbers in their original form, such as `1.50`.
    let place = |violation: &Violation| (violation.pointer().to_owned(), violation.rule());
    let of_bytes = report.iter().filter(|violation| violation.rule() != Rule::DuplicateKey).map(place);
    let are_equal = of_bytes.eq(of_value.iter().map(place));
    assert!(are_equal, "bytes and value differ for {validator:?}: {report}\n{of_value}");
    assert_eq!(validator.is_valid(plain), of_value.is_valid(), "is_valid and the report differ: {of_value}");
    report
}

/// Checks that violations can be printed, and that their locations are JSON pointers.
fn read(report: &Report) {
    for violation in report {
        let line = violation.to_string();
        assert!(!line.is_empty() && !line.contains(char::is_control), "{line:?}");
        let pointer = violation.pointer();
        assert!(pointer.is_empty() || pointer.starts_with('/'), "{pointer}");
    }
}
