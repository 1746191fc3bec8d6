//! The printed report.

use std::time::Duration;

use serde_json::{json, Value};

use super::groups::{Groups, Location};

/// Returns a report for people: a paragraph for each kind of violation, and a summary.
pub(crate) fn text(groups: &Groups, took: Duration, in_color: bool) -> String {
    let (bold, plain) = if in_color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut text = String::new();
    for (kind, group) in groups.sorted() {
        let name = if kind.event_type.is_empty() { "(no type)" } else { &kind.event_type };
        let location = match &group.location {
            Location::Line(line) => format!("line {line}"),
            Location::Pointer(_, pointer) if pointer.is_empty() => "the event".to_owned(),
            Location::Pointer(_, pointer) => pointer.clone(),
        };
        let (count, first) = (number(group.count), &group.first);
        let at = if group.count == 1 { "at" } else { "first at" };
        text.push_str(&format!("{bold}{count} × {name}{plain}\n    {first}\n    {at} {location}\n"));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let seconds = took.as_secs_f64().max(1e-6);
    let (events, wrong, violations) = (number(groups.events), number(groups.wrong), number(groups.violations()));
    let kinds = groups.sorted().len();
    let redacted = match groups.redacted {
        0 => String::new(),
        count => format!(" ({} of them redacted)", number(count)),
    };
    #[allow(clippy::cast_precision_loss)]
    let megabytes = groups.bytes as f64 / 1e6;
    text.push_str(&format!(
        "{events} events, {wrong} with violations{redacted}: {violations} of {kinds} kinds\n{megabytes:.1} MB in {seconds:.2} s, {:.0} MB/s\n",
        megabytes / seconds
    ));
    text
}

/// Returns a report for programs: an object with the counts and a list of the kinds of violations.
pub(crate) fn json(groups: &Groups) -> String {
    let kinds = groups.sorted().into_iter().map(|(kind, group)| {
        let location = match &group.location {
            Location::Line(line) => json!({ "line": line }),
            Location::Pointer(_, pointer) => json!({ "pointer": pointer }),
        };
        json!({
            "event_type": kind.event_type, "pointer": kind.pointer, "count": group.count,
            "first": { "at": location, "violation": group.first }
        })
    });
    let report = json!({
        "events": groups.events, "wrong": groups.wrong, "redacted": groups.redacted, "violations": groups.violations(),
        "kinds": kinds.collect::<Vec<Value>>()
    });
    format!("{report:#}\n")
}

/// Formats a number with a comma between its thousands.
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
