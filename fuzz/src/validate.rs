//! Validates any bytes.

use matrix_events::validate::{Form, Level, Rule, Validator};
use matrix_events::{Report, Violation};

/// Checks the reports for every level and form.
///
/// The reports on the bytes and on the parsed value have equal places and rules, except for duplicate keys. `is_valid` has to return `true` if
/// the report is empty.
pub fn validate(bytes: &[u8]) {
    let Some(plain) = crate::plain(bytes) else { return };
    for level in [Level::Schema, Level::Strict, Level::Lint] {
        for form in [Form::Full, Form::Sync, Form::Stripped, Form::InitialState, Form::ContentOnly] {
            let validator = Validator::new().level(level).form(form);
            let report = validator.validate(bytes);
            read(&report);
            let Ok(value) = &plain else {
                assert!(
                    report.iter().any(|violation| violation.rule() == Rule::Syntax),
                    "text that is not JSON has the report: {report}"
                );
                continue;
            };
            let of_value = validator.validate_value(value);
            // The report on the bytes shows numbers in their original form, such as `1.50`.
            let place = |violation: &Violation| (violation.pointer().to_owned(), violation.rule());
            let of_bytes = report.iter().filter(|violation| violation.rule() != Rule::DuplicateKey).map(place);
            let are_equal = of_bytes.eq(of_value.iter().map(place));
            assert!(are_equal, "bytes and value differ at {level:?}, {form:?}: {report}\n{of_value}");
            assert_eq!(validator.is_valid(value), of_value.is_valid(), "is_valid and the report differ: {of_value}");
        }
    }
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
