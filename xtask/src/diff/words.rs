//! Findings in words.

use matrix_events_codegen::compare::{Api, Change, Comparison, Disagreement, Finding, Subject, Validation};
use matrix_events_codegen::Version;

/// What changed, as the end of a sentence that begins with the place.
pub(super) fn change(finding: &Finding) -> String {
    let quoted = |values: &[String]| format!("`{}`", values.join("`, `"));
    match &finding.change {
        Change::EventAdded { kinds } if kinds.is_empty() => "new event".to_owned(),
        Change::EventAdded { kinds } => format!("new event ({})", kinds.join(", ")),
        Change::EventRemoved { .. } => "the event is gone".to_owned(),
        Change::Kinds { before, after } => {
            format!("comes from elsewhere: {} -> {}", before.join(", "), after.join(", "))
        }
        Change::FieldAdded { kind, required } => format!("new{} field: {kind}", required_word(*required)),
        Change::FieldRemoved { kind, required } => format!("gone:{} field, {kind}", required_word(*required)),
        Change::Required => "now required".to_owned(),
        Change::NotRequired => "no longer required".to_owned(),
        Change::Type { before, after } => format!("type {before} -> {after}"),
        Change::Format { before, after } => format!("format {} -> {}", or_none(before), or_none(after)),
        Change::Pattern { before, after } => format!("pattern {} -> {}", code(before), code(after)),
        Change::Keys { before, after } => format!("the keys that these are for: {} -> {}", keys(before), keys(after)),
        Change::Constant { before, after } => format!("only value `{before}` -> `{after}`"),
        Change::Values { added, removed } => {
            let added = (!added.is_empty()).then(|| format!("new values {}", quoted(added)));
            let removed = (!removed.is_empty()).then(|| format!("values gone {}", quoted(removed)));
            added.into_iter().chain(removed).collect::<Vec<_>>().join(", ")
        }
        Change::Listed { values } => format!("only known values now: {}", quoted(values)),
        Change::Unlisted { values } => format!("any value now, not only {}", quoted(values)),
        Change::Bound { keyword, before, after } => format!("{keyword} {} -> {}", or_none(before), or_none(after)),
        Change::Closed => "undeclared members are forbidden now".to_owned(),
        Change::Opened => "undeclared members are allowed now".to_owned(),
        Change::Described { kind } => format!("described now, as {kind}"),
        Change::Undescribed { kind } => format!("no longer described, as {kind} before"),
        Change::Alternatives { before, after } => format!("{before} alternatives -> {after}"),
        Change::Deprecated => "deprecated".to_owned(),
        Change::NotDeprecated => "no longer deprecated".to_owned(),
        Change::RustOnly => finding.rust.join("; "),
    }
}

fn required_word(required: bool) -> &'static str {
    if required {
        " required"
    } else {
        ""
    }
}

fn or_none(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("none")
}

fn code(value: &Option<String>) -> String {
    value.as_ref().map_or("none".to_owned(), |value| format!("`{value}`"))
}

fn keys(pattern: &Option<String>) -> String {
    pattern.as_ref().map_or("all".to_owned(), |pattern| format!("`{pattern}`"))
}

pub(super) fn api(api: Api) -> &'static str {
    match api {
        Api::None => "none",
        Api::Minor => "minor",
        Api::Major => "major",
        Api::Unknown => "unknown",
    }
}

pub(super) fn validation(validation: Validation) -> &'static str {
    match validation {
        Validation::Same => "same",
        Validation::Looser => "looser",
        Validation::Stricter => "stricter",
        Validation::Different => "different",
    }
}

/// What a group of findings is about.
pub(super) fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Event(name) => name.clone(),
        Subject::Type(_) => "The Rust types, by names or overrides alone".to_owned(),
        Subject::Shared { file, events } => {
            let file = short(file);
            match events.as_slice() {
                [] => file.to_owned(),
                [first, second, third, rest @ ..] if rest.len() > 1 => {
                    format!("{file} (in {first}, {second}, {third} and {} others)", rest.len())
                }
                events => format!("{file} (in {})", events.join(", ")),
            }
        }
    }
}

/// The path of a file, as overrides have it.
pub(super) fn short(file: &str) -> &str {
    file.strip_prefix("event-schemas/schema/").unwrap_or(file)
}

/// The findings of each subject.
pub(super) fn by_subject(findings: &[Finding]) -> impl Iterator<Item = &[Finding]> {
    let is_type = |one: &Finding| matches!(one.subject, Subject::Type(_));
    findings.chunk_by(move |one, other| one.subject == other.subject || (is_type(one) && is_type(other)))
}

/// Both trees by name.
pub(super) fn title(comparison: &Comparison) -> String {
    format!("{} -> {}", release(comparison.before), release(comparison.after))
}

pub(super) fn release(version: Option<Version>) -> String {
    version.map_or("a release that nothing names".to_owned(), |version| version.to_string())
}

/// How many findings there are of what, in the words of the summary.
pub(super) fn counts(comparison: &Comparison) -> [(&'static str, String); 3] {
    let findings = &comparison.findings;
    let count = |is: &dyn Fn(&Finding) -> bool| findings.iter().filter(|finding| is(finding)).count();
    let words = |list: Vec<String>| if list.is_empty() { "no change".to_owned() } else { list.join(", ") };
    let what: Vec<String> = [
        ("events added", count(&|one| matches!(one.change, Change::EventAdded { .. }))),
        ("events gone", count(&|one| matches!(one.change, Change::EventRemoved { .. }))),
        ("fields added", count(&|one| matches!(one.change, Change::FieldAdded { .. }))),
        ("fields gone", count(&|one| matches!(one.change, Change::FieldRemoved { .. }))),
        ("now required", count(&|one| one.change == Change::Required)),
        ("no longer required", count(&|one| one.change == Change::NotRequired)),
        ("other types", count(&|one| matches!(one.change, Change::Type { .. }))),
        ("formats", count(&|one| matches!(one.change, Change::Format { .. }))),
        ("patterns", count(&|one| matches!(one.change, Change::Pattern { .. }))),
        ("known values", count(&|one| is_of_values(&one.change))),
        ("deprecated", count(&|one| one.change == Change::Deprecated)),
        ("in Rust alone", count(&|one| one.change == Change::RustOnly)),
        ("others", count(&|one| is_other(&one.change))),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(what, count)| format!("{what} {count}"))
    .collect();
    let apis = [Api::Major, Api::Minor, Api::None, Api::Unknown].map(|of| (api(of), count(&|one| one.api == of)));
    let validations = [Validation::Stricter, Validation::Looser, Validation::Different, Validation::Same]
        .map(|of| (validation(of), count(&|one| one.validation == of)));
    let told = |list: &[(&str, usize)]| {
        words(list.iter().filter(|(_, count)| *count > 0).map(|(of, count)| format!("{count} {of}")).collect())
    };
    [("findings", words(what)), ("Rust API", told(&apis)), ("valid", told(&validations))]
}

fn is_of_values(change: &Change) -> bool {
    matches!(change, Change::Constant { .. } | Change::Values { .. } | Change::Listed { .. } | Change::Unlisted { .. })
}

fn is_other(change: &Change) -> bool {
    matches!(
        change,
        Change::Kinds { .. }
            | Change::Keys { .. }
            | Change::Bound { .. }
            | Change::Closed
            | Change::Opened
            | Change::Described { .. }
            | Change::Undescribed { .. }
            | Change::Alternatives { .. }
            | Change::NotDeprecated
    )
}

/// What is odd about the release that something says.
pub(super) fn disagreement(one: &Disagreement, comparison: &Comparison) -> String {
    let (before, after) = (release(comparison.before), release(comparison.after));
    match (one.says, one.is_old) {
        (Some(says), true) => format!("says {says}, but {before} has it"),
        (Some(says), false) => format!("says {says}, but appears only in {after}"),
        (None, _) => format!("new in {after}, and doesn't say so"),
    }
}
