//! Validation of a body, and of the events in it.

use serde_json::Value;

use super::path::Path;
use super::site::Site;
use super::violation::{Level, Rule, Violation};
use super::walk::Walk;
use super::{event, Report, Selection, Validator};
use crate::json::Map;
use crate::schema::{Body, EventPlace, Step};

/// Returns all violations of a body. `numbers` has the texts of numbers by their pointers.
pub(super) fn walk(
    validator: &Validator,
    body: &'static Body,
    value: &Value,
    numbers: &Map<String, String>,
    is_clean: bool,
) -> Report {
    let level = validator.level;
    let mut walk = Walk::new(validator, level, false, None, false);
    walk.value(&Site::root(body.constraints, body.file), value, &[]);
    if level < Level::Strict {
        return Report::of(walk.found, walk.omitted);
    }
    let (mut of_events, mut found) = (Vec::new(), walk.found);
    for place in body.events {
        let EventPlace { path, form, .. } = place;
        let validator = Validator { selection: Selection::Type, form: *form, ..*validator };
        visit(value, path, &Path::Root, &mut |value, path| {
            let pointer = path.pointer();
            // The schema of the type includes that of all events.
            if !place.is_declared_by_body() {
                found.retain(|violation| !is_at(&violation.pointer, &pointer));
            }
            let report = event::walk(&validator, value, below(numbers, &pointer), is_clean);
            walk.omitted += report.omitted();
            let moved = |one: Violation| Violation { pointer: format!("{pointer}{}", one.pointer), ..one };
            let mut report: Vec<Violation> = report.into_iter().map(moved).collect();
            if place.path.is_empty() {
                retain_undeclared_in_both(body, &mut found, &mut report);
            }
            let is_new = |one: &Violation| !found.iter().any(|known| is_same(known, one));
            of_events.extend(report.into_iter().filter(is_new));
        });
    }
    let mut report = Report::of(found, walk.omitted);
    report.extend(of_events, 0);
    report
}

/// Removes the findings on members that either the body or the event that the body is declares. The formats of PDUs declare the
/// references to other events, and the event types declare the members of `unsigned`.
fn retain_undeclared_in_both(body: &Body, found: &mut Vec<Violation>, of_event: &mut Vec<Violation>) {
    let is_undeclared = |one: &Violation| one.rule == Rule::Undeclared;
    let in_event = |pointer: &str| of_event.iter().any(|one| is_undeclared(one) && one.pointer == pointer);
    found.retain(|one| !(is_undeclared(one) && is_at(&one.pointer, "/unsigned")) || in_event(&one.pointer));
    let in_body =
        |pointer: &str| pointer.strip_prefix('/').is_some_and(|name| body.constraints.object.property(name).is_some());
    of_event.retain(|one| !(is_undeclared(one) && in_body(&one.pointer)));
}

/// Returns `true` if two violations are of the same rule, which two schemas state.
pub(super) fn is_same(one: &Violation, other: &Violation) -> bool {
    (&one.pointer, one.rule, &one.expected) == (&other.pointer, other.rule, &other.expected)
}

/// Returns `true` if a pointer is another one, or is below it.
fn is_at(pointer: &str, above: &str) -> bool {
    pointer.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns the texts of the numbers in a part of a value.
fn below(numbers: &Map<String, String>, pointer: &str) -> Map<String, String> {
    let from = numbers.entries_from(pointer).iter();
    from.map_while(|(place, text)| Some((place.strip_prefix(pointer)?.to_owned(), text.clone()))).collect()
}

/// Visits the values that a path leads to.
fn visit(value: &Value, path: &[Step], at: &Path<'_>, found: &mut dyn FnMut(&Value, &Path<'_>)) {
    let Some((step, rest)) = path.split_first() else { return found(value, at) };
    match (step, value) {
        (Step::Key(key), Value::Object(map)) => {
            if let Some(value) = map.get(*key) {
                visit(value, rest, &Path::Key(at, key), found);
            }
        }
        (Step::Entries(_), Value::Object(map)) => {
            map.iter().for_each(|(key, value)| visit(value, rest, &Path::Key(at, key), found));
        }
        (Step::Items, Value::Array(list)) => {
            let list = list.iter().enumerate();
            list.for_each(|(index, value)| visit(value, rest, &Path::Index(at, index), found));
        }
        _ => {}
    }
}
