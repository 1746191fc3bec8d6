//! The printed report with groups of findings.

use std::time::Duration;

use serde_json::{json, Value};

use super::groups::Groups;
use crate::text::{counted, number, printable, styled, BOLD, DIM, NAME};

/// The length of an input whose speed is reported.
const LONG: u64 = 1 << 20;

/// Returns a paragraph for each group.
pub(crate) fn text(groups: &Groups) -> String {
    let mut text = String::new();
    for (kind, group) in groups.sorted() {
        let name = match &*kind.event_type {
            "" if group.first.rule == "syntax" => "syntax error".to_owned(),
            "" => "event without a type".to_owned(),
            event_type => printable(event_type),
        };
        let at = if group.count == 1 { "at" } else { "first at" };
        let heading = styled(BOLD, format_args!("{} × {name}", number(group.count)));
        let pointer = match &*group.first.pointer {
            "" => String::new(),
            pointer => format!("{}: ", styled(NAME, printable(pointer))),
        };
        let place = styled(DIM, format_args!("{at} {}", group.location.place()));
        text.push_str(&format!("{heading}\n    {pointer}{}\n    {place}", group.first.message));
        // The pointer of an event in a response or in a list.
        let event = group.location.pointer.strip_suffix(&*group.first.pointer).unwrap_or_default();
        if !event.is_empty() {
            text.push_str(&styled(DIM, format_args!(" in {}", printable(event))));
        }
        text.push('\n');
    }
    text
}

/// Returns the last lines of a report.
pub(crate) fn summary(groups: &Groups, took: Duration, limit: Option<u64>) -> String {
    let events = counted(groups.events, "event");
    let mut text = match groups.violations() {
        0 => format!("{events}, no violations\n"),
        violations => {
            let shown = groups.sorted().len();
            let kinds = if shown > 0 { format!(" of {}", counted(shown as u64, "kind")) } else { String::new() };
            let redacted = match groups.redacted {
                0 => String::new(),
                count => format!(" ({} of them redacted)", number(count)),
            };
            let (wrong, violations) = (number(groups.wrong), counted(violations, "violation"));
            format!("{events}, {wrong} with violations{redacted}: {violations}{kinds}\n")
        }
    };
    if groups.unknown_types > 0 {
        let (events, have) =
            (counted(groups.unknown_types, "event"), if groups.unknown_types == 1 { "has" } else { "have" });
        text.push_str(&format!("{events} {have} a type without a schema, so the content is not validated\n"));
    }
    if groups.ungrouped > 0 {
        text.push_str(&format!("{} of other kinds are not shown\n", counted(groups.ungrouped, "further violation")));
    }
    if groups.omitted > 0 {
        text.push_str(&format!("{} of single events are omitted\n", counted(groups.omitted, "further violation")));
    }
    if limit.is_some_and(|limit| groups.violations() >= limit) {
        text.push_str(&format!("stopped after {}\n", counted(groups.violations(), "violation")));
    }
    if groups.bytes >= LONG {
        #[allow(clippy::cast_precision_loss)]
        let megabytes = groups.bytes as f64 / 1e6;
        let seconds = took.as_secs_f64().max(1e-6);
        text.push_str(&format!("{megabytes:.1} MB in {seconds:.2} s, {:.0} MB/s\n", megabytes / seconds));
    }
    text
}

/// Returns a report for programs: an object with the counts and a list of the groups.
pub(crate) fn json(groups: &Groups, notes: &[String], errors: &[String]) -> String {
    let kinds = groups.sorted().into_iter().map(|(kind, group)| {
        json!({
            "event_type": kind.event_type, "pointer": kind.pointer, "count": group.count,
            "first": { "at": group.location.json(), "violation": group.first.json }
        })
    });
    let report = json!({
        "events": groups.events, "wrong": groups.wrong, "redacted": groups.redacted, "violations": groups.violations(),
        "unknown_types": groups.unknown_types, "omitted": groups.omitted, "ungrouped": groups.ungrouped, "kinds": kinds.collect::<Vec<Value>>(), "notes": notes, "errors": errors,
    });
    format!("{report:#}\n")
}
