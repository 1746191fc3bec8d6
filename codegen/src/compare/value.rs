//! What two schemas say of a value itself, and what the difference means for what is valid.

use std::fmt::Display;

use super::finding::{Change, Validation};
use super::place::{Place, Step};
use super::shape::{is_blank, members, Member};
use super::walk::Walk;
use crate::schema::{Additional, Format, Schema};

/// Compares everything but what is inside of objects and lists.
pub(super) fn facets(walk: &mut Walk<'_>, before: &Schema, after: &Schema, place: &Place) {
    format(walk, before.format, after.format, place);
    if before.pattern != after.pattern {
        let validation = limited(before.pattern.as_ref(), after.pattern.as_ref());
        let change = Change::Pattern { before: before.pattern.clone(), after: after.pattern.clone() };
        walk.note(place, change, validation);
    }
    values(walk, before.values.as_deref(), after.values.as_deref(), place);
    let (old, new) = (&before.bounds, &after.bounds);
    bound(walk, ("minLength", true), old.min_length, new.min_length, place);
    bound(walk, ("maxLength", false), old.max_length, new.max_length, place);
    bound(walk, ("minItems", true), old.min_items, new.min_items, place);
    bound(walk, ("maxItems", false), old.max_items, new.max_items, place);
    bound(walk, ("minimum", true), old.minimum, new.minimum, place);
    bound(walk, ("maximum", false), old.maximum, new.maximum, place);
}

fn format(walk: &mut Walk<'_>, before: Option<Format>, after: Option<Format>, place: &Place) {
    if before != after {
        let name = |format: Option<Format>| format.map(|format| format.name().to_owned());
        walk.note(place, Change::Format { before: name(before), after: name(after) }, limited(before, after));
    }
}

/// Compares the formats of the keys of two maps.
pub(super) fn key_format(walk: &mut Walk<'_>, before: &Member<'_>, after: &Member<'_>, place: &Place) {
    let place = place.step(&Step::Keys, Some(before.schema), Some(after.schema));
    format(walk, before.schema.key_format, after.schema.key_format, &place);
}

/// What it means that a restriction comes, goes, or becomes another.
fn limited<T>(before: Option<T>, after: Option<T>) -> Validation {
    match (before, after) {
        (None, None) => Validation::Same,
        (None, Some(_)) => Validation::Stricter,
        (Some(_), None) => Validation::Looser,
        (Some(_), Some(_)) => Validation::Different,
    }
}

fn values(walk: &mut Walk<'_>, before: Option<&[String]>, after: Option<&[String]>, place: &Place) {
    match (before, after) {
        (None, None) => {}
        (None, Some(values)) => walk.note(place, Change::Listed { values: values.to_vec() }, Validation::Stricter),
        (Some(values), None) => walk.note(place, Change::Unlisted { values: values.to_vec() }, Validation::Looser),
        (Some([before]), Some([after])) if before != after => {
            let change = Change::Constant { before: before.clone(), after: after.clone() };
            walk.note(place, change, Validation::Different);
        }
        (Some(before), Some(after)) => {
            let without = |list: &[String], other: &[String]| -> Vec<String> {
                list.iter().filter(|value| !other.contains(value)).cloned().collect()
            };
            let (added, removed) = (without(after, before), without(before, after));
            let validation = match (added.is_empty(), removed.is_empty()) {
                (true, true) => return,
                (false, true) => Validation::Looser,
                (true, false) => Validation::Stricter,
                (false, false) => Validation::Different,
            };
            walk.note(place, Change::Values { added, removed }, validation);
        }
    }
}

fn bound<T: PartialOrd + Copy + Display>(
    walk: &mut Walk<'_>,
    (keyword, is_lower): (&'static str, bool),
    before: Option<T>,
    after: Option<T>,
    place: &Place,
) {
    let validation = match (before, after) {
        (Some(before), Some(after)) if before == after => return,
        (None, None) => return,
        (Some(before), Some(after)) if (after > before) == is_lower => Validation::Stricter,
        (Some(_), Some(_)) => Validation::Looser,
        (before, after) => limited(before, after),
    };
    let text = |value: Option<T>| value.map(|value| value.to_string());
    walk.note(place, Change::Bound { keyword, before: text(before), after: text(after) }, validation);
}

/// What it means that a value may be of other types.
pub(super) fn types(before: &[&str], after: &[&str]) -> Validation {
    let covers = |whole: &[&str], part: &[&str]| {
        let has = |kind: &str| whole.contains(&kind) || (kind == "integer" && whole.contains(&"number"));
        whole.contains(&"anything") || part.iter().all(|kind| has(kind))
    };
    match (covers(after, before), covers(before, after)) {
        (true, true) => Validation::Same,
        (true, false) => Validation::Looser,
        (false, true) => Validation::Stricter,
        (false, false) => Validation::Different,
    }
}

/// Whether an object can have no members that it doesn't declare.
pub(super) fn is_closed(schema: &Schema) -> bool {
    schema.additional == Additional::Forbidden
}

/// What it means that an object declares a property, which in `other` is one of those that aren't named.
pub(super) fn declared(property: &Schema, newly_required: bool, declaring: &Schema, other: &Schema) -> Validation {
    let described = !members(other).is_empty();
    let says_nothing = is_blank(property) && !newly_required && !is_closed(declaring);
    match (is_closed(other), described) {
        (true, _) if newly_required => Validation::Different,
        (true, _) => Validation::Looser,
        (false, true) => Validation::Different,
        (false, false) if says_nothing => Validation::Same,
        (false, false) => Validation::Stricter,
    }
}

/// What it means that other keys have values of a schema. `closed` says on which sides no other keys may be.
pub(super) fn keys(before: &Member<'_>, after: &Member<'_>, closed: (bool, bool)) -> Validation {
    match (before.pattern, after.pattern, closed) {
        (None, Some(_), (_, true)) => Validation::Stricter,
        (None, Some(_), (_, false)) => Validation::Looser,
        (Some(_), None, (true, _)) => Validation::Looser,
        (Some(_), None, (false, _)) => Validation::Stricter,
        _ => Validation::Different,
    }
}
