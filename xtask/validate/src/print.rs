//! What is printed in the end.

use std::time::Duration;

use serde_json::{json, Value};

use crate::groups::{Groups, Place};

/// For people: a paragraph for each kind of violation, and a summary.
pub(crate) fn text(groups: &Groups, took: Duration, in_colour: bool) -> String {
    let (bold, plain) = if in_colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut text = String::new();
    for (kind, group) in groups.sorted() {
        let name = if kind.event_type.is_empty() { "(no type)" } else { &kind.event_type };
        let place = match &group.place {
            Place::Line(line) => format!("line {line}"),
            Place::Pointer(_, pointer) if pointer.is_empty() => "the event".to_owned(),
            Place::Pointer(_, pointer) => pointer.clone(),
        };
        let (count, first) = (number(group.count), &group.first);
        let where_ = if group.count == 1 { "at" } else { "first at" };
        text.push_str(&format!("{bold}{count} × {name}{plain}\n    {first}\n    {where_} {place}\n"));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let seconds = took.as_secs_f64().max(1e-6);
    let (events, wrong, violations) = (number(groups.events), number(groups.wrong), number(groups.violations()));
    let kinds = groups.sorted().len();
    #[allow(clippy::cast_precision_loss)]
    let megabytes = groups.bytes as f64 / 1e6;
    text.push_str(&format!(
        "{events} events, {wrong} with violations: {violations} of {kinds} kinds\n{megabytes:.1} MB in {seconds:.2} s, {:.0} MB/s\n",
        megabytes / seconds
    ));
    text
}

/// For tools: an object with the counts, and a list of the kinds.
pub(crate) fn json(groups: &Groups) -> String {
    let kinds = groups.sorted().into_iter().map(|(kind, group)| {
        let place = match &group.place {
            Place::Line(line) => json!({ "line": line }),
            Place::Pointer(_, pointer) => json!({ "pointer": pointer }),
        };
        json!({
            "event_type": kind.event_type, "pointer": kind.pointer, "count": group.count,
            "first": { "at": place, "violation": group.first }
        })
    });
    let report = json!({
        "events": groups.events, "wrong": groups.wrong, "violations": groups.violations(),
        "kinds": kinds.collect::<Vec<Value>>()
    });
    format!("{report:#}\n")
}

/// A number with its thousands apart.
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
