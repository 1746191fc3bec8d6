//! A comparison as text for a terminal, and as Markdown for a changelog.

use std::collections::BTreeMap;
use std::fmt::Write;

use matrix_events_codegen::compare::{Api, Comparison, Disagreement, Finding, SchemaChange, Subject};
use matrix_events_codegen::{short_path, Version};
use serde_json::json;

/// The beginning of an entry in the changelog.
pub(crate) const HEADING: &str = "### The specification: ";

/// Returns the findings grouped by event, and a summary with counts.
pub(crate) fn text(comparison: &Comparison) -> String {
    let mut text = format!("{} -> {}\n", release(comparison.before), release(comparison.after));
    for findings in by_subject(&comparison.findings) {
        let [first, ..] = findings else { continue };
        let _ = writeln!(text, "\n{}", subject(&first.subject));
        for one in findings {
            let path = if one.path.is_empty() { String::new() } else { format!("{}: ", one.path) };
            let effects = format!("{}, {}", name(json!(one.api)), name(json!(one.validation)));
            let _ = writeln!(text, "  {effects:<18} {path}{}", change(one));
        }
    }
    if !comparison.disagreements.is_empty() {
        text.push_str("\nReleases that differ from `x-addedInMatrixVersion`\n");
    }
    for one in &comparison.disagreements {
        let path = if one.path.is_empty() { String::new() } else { format!(" {}", one.path) };
        let _ = writeln!(text, "  {}{path}: {}", short_path(&one.subject), disagreement(one, comparison));
    }
    let [findings, api, validation] = counts(&comparison.findings);
    text + &format!("\nfindings    {findings}\nRust API    {api}\nvalidation  {validation}\n")
}

/// Returns the changes for users, one line for each event. Breaking changes come first.
pub(crate) fn markdown(comparison: &Comparison) -> String {
    let mut text = format!("{HEADING}{} to {}\n", release(comparison.before), release(comparison.after));
    let is_event =
        |one: &Finding| matches!(one.change, SchemaChange::EventAdded { .. } | SchemaChange::EventRemoved { .. });
    let sections = [
        ("New and removed events", None),
        ("Programs may have to change", Some(Api::Major)),
        ("New", Some(Api::Minor)),
        ("Validation and documentation", Some(Api::None)),
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
        for findings in by_subject(&findings) {
            let [first, ..] = findings else { continue };
            let mut parts: Vec<String> = findings.iter().flat_map(markdown_parts).collect();
            parts.dedup();
            let _ = writeln!(text, "- **{}**: {}", subject(&first.subject), parts.join("; "));
        }
    }
    let [findings, api, validation] = counts(&comparison.findings);
    text + &format!("\nCounts: {findings}. Rust API: {api}. Validation: {validation}.\n")
}

/// Returns the changes of Rust items if they may break programs, and the change of the schema otherwise.
fn markdown_parts(finding: &Finding) -> Vec<String> {
    let is_removed = matches!(finding.change, SchemaChange::EventRemoved { .. } | SchemaChange::BodyRemoved);
    if finding.api == Api::Major && !finding.rust.is_empty() && !is_removed {
        return finding.rust.clone();
    }
    let path = finding.path.replace('`', "");
    let path = if path.is_empty() { path } else { format!("`{path}` ") };
    vec![format!("{path}{} ({})", change(finding), name(json!(finding.validation)))]
}

/// Describes a change. The location precedes the description.
fn change(finding: &Finding) -> String {
    let quoted = |values: &[String]| format!("`{}`", values.join("`, `"));
    let required = |required: bool| if required { " required" } else { "" };
    let or = |value: &Option<String>, none: &str| value.clone().unwrap_or(none.to_owned());
    let code =
        |value: &Option<String>, none: &str| value.as_ref().map_or(none.to_owned(), |value| format!("`{value}`"));
    match &finding.change {
        SchemaChange::EventAdded { kinds } if kinds.is_empty() => "new event".to_owned(),
        SchemaChange::EventAdded { kinds } => format!("new event ({})", kinds.join(", ")),
        SchemaChange::EventRemoved { .. } => "removed event".to_owned(),
        SchemaChange::BodyAdded => "new body".to_owned(),
        SchemaChange::BodyRemoved => "removed body".to_owned(),
        SchemaChange::Kinds { before, after } => format!("kinds {} -> {}", before.join(", "), after.join(", ")),
        SchemaChange::FieldAdded { kind, required: is } => format!("new{} field: {kind}", required(*is)),
        SchemaChange::FieldRemoved { kind, required: is } => format!("removed{} field: {kind}", required(*is)),
        SchemaChange::Required => "now required".to_owned(),
        SchemaChange::NotRequired => "no longer required".to_owned(),
        SchemaChange::Type { before, after } => format!("type {before} -> {after}"),
        SchemaChange::Format { before, after } => format!("format {} -> {}", or(before, "none"), or(after, "none")),
        SchemaChange::Pattern { before, after } => {
            format!("pattern {} -> {}", code(before, "none"), code(after, "none"))
        }
        SchemaChange::Keys { before, after } => format!("keys {} -> {}", code(before, "all"), code(after, "all")),
        SchemaChange::Constant { before, after } => format!("only value `{before}` -> `{after}`"),
        SchemaChange::Values { added, removed } => {
            let added = (!added.is_empty()).then(|| format!("new values {}", quoted(added)));
            let removed = (!removed.is_empty()).then(|| format!("removed values {}", quoted(removed)));
            added.into_iter().chain(removed).collect::<Vec<_>>().join(", ")
        }
        SchemaChange::Listed { values } => format!("now only the values {}", quoted(values)),
        SchemaChange::Unlisted { values } => format!("now any value, before only {}", quoted(values)),
        SchemaChange::Bound { keyword, before, after } => {
            format!("{keyword} {} -> {}", or(before, "none"), or(after, "none"))
        }
        SchemaChange::Closed => "undeclared members are now forbidden".to_owned(),
        SchemaChange::Opened => "undeclared members are now allowed".to_owned(),
        SchemaChange::Described { kind } => format!("now described: {kind}"),
        SchemaChange::Undescribed { kind } => format!("no longer described, before: {kind}"),
        SchemaChange::Alternatives { before, after } => format!("{before} alternatives -> {after}"),
        SchemaChange::Deprecated => "deprecated".to_owned(),
        SchemaChange::NotDeprecated => "no longer deprecated".to_owned(),
        SchemaChange::RustOnly => finding.rust.join("; "),
    }
}

/// Returns the name of a variant in JSON.
fn name(variant: serde_json::Value) -> String {
    variant.as_str().unwrap_or_default().to_owned()
}

/// Describes the subject of a group of findings.
fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Event(name) | Subject::Body(name) => name.clone(),
        Subject::Type(_) => "Rust types without a change of their schemas".to_owned(),
        Subject::Shared { file, events } => match events.as_slice() {
            [] => short_path(file).to_owned(),
            [first, second, third, rest @ ..] if rest.len() > 1 => {
                format!("{} (in {first}, {second}, {third} and {} others)", short_path(file), rest.len())
            }
            events => format!("{} (in {})", short_path(file), events.join(", ")),
        },
    }
}

/// Groups findings by subject. No group is empty.
fn by_subject(findings: &[Finding]) -> impl Iterator<Item = &[Finding]> {
    let is_type = |one: &Finding| matches!(one.subject, Subject::Type(_));
    findings.chunk_by(move |one, other| one.subject == other.subject || (is_type(one) && is_type(other)))
}

fn release(version: Option<Version>) -> String {
    version.map_or("unknown release".to_owned(), |version| version.to_string())
}

/// Counts the findings by change, by effect on the Rust API, and by effect on validation, under their names in JSON.
fn counts(findings: &[Finding]) -> [String; 3] {
    ["change", "api", "validation"].map(|key| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        findings.iter().for_each(|one| *counts.entry(name(json!(one)[key].clone())).or_default() += 1);
        let counts: Vec<String> = counts.into_iter().map(|(name, count)| format!("{name} {count}")).collect();
        if counts.is_empty() {
            "no change".to_owned()
        } else {
            counts.join(", ")
        }
    })
}

/// Describes the difference between the stated release and the releases that have the item.
fn disagreement(one: &Disagreement, comparison: &Comparison) -> String {
    let (before, after) = (release(comparison.before), release(comparison.after));
    match (one.says, one.is_old) {
        (Some(says), true) => format!("states {says}, but {before} has it"),
        (Some(says), false) => format!("states {says}, but is new in {after}"),
        (None, _) => format!("states nothing, but is new in {after}"),
    }
}
