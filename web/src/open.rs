//! Finds and validates the events of a text.

use std::ops::Range;

use matrix_events::locate;
use matrix_events::schema::{Event, Field, Version};
use matrix_events::tools::{
    find_events, find_values, known_event, Checked, Checker, Finding, FoundEvent, FoundEvents, Origin, SyntaxError,
};
use matrix_events::validate::{Form, Level};
use serde_json::{json, Value};

use crate::about::FORMS;
use crate::fix::fixes;
use crate::offsets::Offsets;
use crate::read::origin;
use crate::Head;

/// The largest number of findings in a response. Further findings are only counted.
const MOST: usize = 1_000;

/// The number of lines that are examined to determine if a text has one value per line.
const EXAMINED: usize = 16;

/// The sections of the specification with rules for all events.
const CANONICAL_JSON: &str = "https://spec.matrix.org/latest/appendices/#canonical-json";
const IDENTIFIERS: &str = "https://spec.matrix.org/latest/appendices/#identifier-grammar";
const SIZES: &str = "https://spec.matrix.org/latest/client-server-api/#size-limits";
const EVENTS: &str = "https://spec.matrix.org/latest/client-server-api/#room-event-format";

/// The state of an analysis.
struct Opened<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
    checker: Checker,
    /// `true` if the members of an event that is not part of a response determine its form.
    is_guessed: bool,
    events: Vec<Value>,
    findings: Vec<Value>,
    counts: [usize; 3],
}

/// Returns the events of a text, and the findings about them.
pub(crate) fn open(text: &str, head: &Head) -> Value {
    let mut checker = Checker::new(head.level());
    if let Some(version) = head.string("version").and_then(|version| version.parse::<Version>().ok()) {
        checker = checker.version(version);
    }
    if let Some(form) = head.form() {
        checker = checker.form(form);
    }
    let offsets = Offsets::new(text);
    let is_guessed = head.form().is_none();
    let (events, findings) = (Vec::new(), Vec::new());
    let mut opened = Opened { text, offsets, checker, is_guessed, events, findings, counts: [0; 3] };
    let origin = head.number("origin").map(|_| origin(head));
    let found = origin.map_or_else(|| find_events(text), |origin| find_values(text, origin));
    let (kind, unrecognized) = match found {
        Ok(found) => opened.document(0, found),
        Err(_) if origin.is_none() && has_lines(text) => opened.lines(),
        Err(error) => {
            opened.syntax(0, &error);
            (None, Vec::new())
        }
    };
    let [schema, strict, lint] = opened.counts;
    json!({
        "kind": kind,
        "events": opened.events,
        "findings": opened.findings,
        "counts": {"schema": schema, "strict": strict, "lint": lint},
        "unrecognized": unrecognized,
    })
}

/// Returns `true` if at least half of the first lines are JSON objects.
fn has_lines(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(EXAMINED).collect();
    let is_object = |line: &&&str| line.trim_start().starts_with('{') && SyntaxError::find(line.as_bytes()).is_none();
    let objects = lines.iter().filter(is_object).count();
    objects > 0 && lines.len() > 1 && objects * 2 >= lines.len()
}

impl Opened<'_> {
    /// Adds the events of each line.
    fn lines(&mut self) -> (Option<&'static str>, Vec<Value>) {
        let (mut start, mut unrecognized) = (0, Vec::new());
        for line in self.text.split_inclusive('\n') {
            match find_events(line) {
                Ok(found) => unrecognized.extend(self.document(start, found).1),
                Err(error) => self.syntax(start, &error),
            }
            start += line.len();
        }
        (Some("events, one per line"), unrecognized)
    }

    /// Adds the events of a part of the text, which begins at `start`. Returns the kind of document, and the ranges of other values.
    fn document(&mut self, start: usize, mut found: FoundEvents) -> (Option<&'static str>, Vec<Value>) {
        found.events.sort_by_key(|event| event.range.start);
        for event in &found.events {
            self.event(start, event);
        }
        let is_list = found.response == Some("an event") && found.events.len() > 1;
        let kind = if is_list { Some("a list of events") } else { found.response };
        let moved = |range: &Range<usize>| self.offsets.range(&(start + range.start..start + range.end));
        (kind, found.unrecognized.iter().map(moved).collect())
    }

    fn event(&mut self, start: usize, found: &FoundEvent) {
        let range = start + found.range.start..start + found.range.end;
        let Some(event) = self.text.get(range.clone()) else { return };
        let form = (self.is_guessed && found.origin == Origin::Alone).then(|| guessed_form(event));
        let checker = form.map_or(self.checker, |form| self.checker.form(form));
        let checked = checker.check(event, found.origin);
        let counts = [Level::Schema, Level::Strict, Level::Lint]
            .map(|level| checked.findings.iter().filter(|finding| finding.level == level).count());
        self.counts.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
        let index = self.events.len();
        let string = |pointer: &str| string_at(event, pointer);
        let event_type = string("/type").or_else(|| string("/edu_type"));
        let is_edu = event_type.is_some() && locate(event, "/type").is_none();
        let known = known_of(found.origin, event_type.as_deref().unwrap_or_default(), is_edu);
        let origin = Origin::ALL.iter().position(|one| *one == found.origin);
        let mut row = json!({
            "range": self.offsets.range(&range),
            "pointer": found.pointer(),
            "origin": origin,
            "place": found.origin.as_str(),
            "type": event_type,
            "known": known.map(|known| known.event_type),
            "edu": is_edu || found.origin == Origin::Edu,
            "form": form.and_then(|form| FORMS.iter().find(|(_, one, _)| *one == form)).map(|(name, ..)| *name),
            "variant": variant(known, event),
            "state_key": string("/state_key"),
            "sender": string("/sender"),
            "counts": counts,
            "redacted": checked.is_redacted,
        });
        // A response can have many events, and most of them lack some of the members.
        if let Some(row) = row.as_object_mut() {
            row.retain(|_, value| !value.is_null() && *value != Value::Bool(false));
        }
        self.events.push(row);
        self.findings(index, &range, found, &checked, known);
    }

    fn findings(
        &mut self,
        index: usize,
        range: &Range<usize>,
        found: &FoundEvent,
        checked: &Checked,
        known: Option<&'static Event>,
    ) {
        let Some(event) = self.text.get(range.clone()) else { return };
        if checked.findings.is_empty() || self.findings.len() >= MOST {
            return;
        }
        let root = known.map(|known| root(known, found.origin, event));
        let mut rows = Vec::new();
        for finding in checked.findings.iter().take(MOST - self.findings.len()) {
            let marked = finding.range(event);
            let fixes = fixes(event, finding, &checked.findings, root);
            let fixes: Vec<Value> = fixes.iter().map(|fix| fix.json(&self.offsets, range.start)).collect();
            let member = |name: &str| finding.json.get(name).cloned().unwrap_or_default();
            let row = json!({
                "event": index,
                "range": self.offsets.range(&(range.start + marked.start..range.start + marked.end)),
                "pointer": finding.pointer,
                "level": finding.level.as_str(),
                "rule": finding.rule,
                "message": member("message"),
                "schema": member("schema"),
                "since": member("since"),
                "link": link(finding, known),
                "fixes": fixes,
            });
            rows.push((marked.start, row));
        }
        rows.sort_by_key(|(start, _)| *start);
        self.findings.extend(rows.into_iter().map(|(_, row)| row));
    }

    /// Adds a syntax error of a part of the text, which begins at `start`.
    fn syntax(&mut self, start: usize, error: &SyntaxError) {
        let at = (start + error.offset).min(self.text.len());
        let length = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        self.counts[0] += 1;
        if self.findings.len() < MOST {
            self.findings.push(json!({
                "event": null, "range": self.offsets.range(&(at..at + length)), "pointer": "", "level": "schema",
                "rule": "syntax", "message": error.to_string(), "fixes": [],
                "link": "https://www.rfc-editor.org/rfc/rfc8259",
            }));
        }
    }
}

/// Returns the form of an event that is not part of a response, by its members.
fn guessed_form(event: &str) -> Form {
    let has = |pointer: &str| locate(event, pointer).is_some();
    match (has("/room_id"), has("/event_id"), has("/sender")) {
        (true, ..) => Form::Full,
        (false, true, _) => Form::Sync,
        (false, false, true) if has("/state_key") && !has("/origin_server_ts") => Form::Stripped,
        (false, false, true) => Form::Sync,
        (false, false, false) => Form::ContentOnly,
    }
}

/// Returns the event type of an event.
fn known_of(origin: Origin, event_type: &str, is_edu: bool) -> Option<&'static Event> {
    match origin.content_schema() {
        Some(schema) => Some(schema.event()),
        None => known_event(event_type, is_edu || origin == Origin::Edu),
    }
}

/// Returns the field that describes an event, or a content in place of an event.
fn root(known: &'static Event, origin: Origin, event: &str) -> Field {
    match origin.content_schema() {
        Some(schema) => schema.event().base.content_field(),
        None => known.variant_of(&serde_json::from_str(event).unwrap_or_default()).event_field(),
    }
}

/// Returns the value of the discriminator of an event.
fn variant(known: Option<&'static Event>, event: &str) -> Option<String> {
    let name = known?.discriminator?;
    string_at(event, &format!("/content/{name}"))
}

fn string_at(event: &str, pointer: &str) -> Option<String> {
    serde_json::from_str(event.get(locate(event, pointer)?.value)?).ok()
}

/// Returns the section of the specification about a finding.
fn link(finding: &Finding, known: Option<&'static Event>) -> &'static str {
    match finding.rule {
        "canonicalJson" | "duplicateKey" => CANONICAL_JSON,
        "format" => IDENTIFIERS,
        "length" | "size" => SIZES,
        _ => known.map(|known| known.link).filter(|link| !link.is_empty()).unwrap_or(EVENTS),
    }
}
