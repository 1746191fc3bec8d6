//! A comparison for a changelog.

use std::fmt::Write;

use matrix_events_codegen::compare::{Api, Change, Comparison, Finding};

use super::words;

/// What the entry of a release begins with.
pub(crate) const HEADING: &str = "### The specification: ";

/// What changes for users, what breaks first; one line for each subject.
pub(crate) fn markdown(comparison: &Comparison) -> String {
    let mut text = format!("{HEADING}{}\n", words::title(comparison).replace("->", "to"));
    let is_event = |one: &Finding| matches!(one.change, Change::EventAdded { .. } | Change::EventRemoved { .. });
    let sections = [
        ("New and removed events", None),
        ("Programs may have to change", Some(Api::Major)),
        ("New", Some(Api::Minor)),
        ("Only what is valid, and what is said", Some(Api::None)),
        ("Not decided yet", Some(Api::Unknown)),
    ];
    for (title, api) in sections {
        let is_here = |one: &&Finding| match api {
            None => is_event(one),
            Some(api) => !is_event(one) && one.api == api,
        };
        let findings: Vec<Finding> = comparison.findings.iter().filter(is_here).cloned().collect();
        if !findings.is_empty() {
            let _ = writeln!(text, "\n{title}:\n");
        }
        for findings in words::by_subject(&findings) {
            subject(findings, &mut text);
        }
    }
    let [(_, findings), (_, api), (_, valid)] = words::counts(comparison);
    let _ = writeln!(text, "\nIn numbers: {findings}. Rust API: {api}. What is valid: {valid}.");
    text
}

fn subject(findings: &[Finding], text: &mut String) {
    let Some(first) = findings.first() else { return };
    let mut parts: Vec<String> = Vec::new();
    for one in findings {
        let path = if one.path.is_empty() { String::new() } else { format!("`{}` ", one.path.replace('`', "")) };
        let of_schema = format!("{path}{} ({})", words::change(one), words::validation(one.validation));
        match (one.api, one.rust.is_empty()) {
            // Who has to change a program looks for what the program names.
            (Api::Major, false) if !matches!(one.change, Change::EventRemoved { .. }) => {
                parts.extend(one.rust.iter().cloned())
            }
            _ => parts.push(of_schema),
        }
    }
    parts.dedup();
    let _ = writeln!(text, "- **{}**: {}", words::subject(&first.subject), parts.join("; "));
}
