//! Compares the keywords about a value, and determines the effect of each difference on the valid values.

use super::finding::{SchemaChange, Validation};
use super::shape::{members, Member};
use super::sides::Sides;
use crate::schema::{Additional, Format, Limit, LimitValue, MergedSchema};

/// A difference, and its effect on the valid values.
type Difference = (SchemaChange, Validation);

/// Compares the keywords, except for those about members of objects and items of lists.
pub(super) fn facets(before: &MergedSchema<'_>, after: &MergedSchema<'_>) -> Vec<Difference> {
    let facets = [
        format(before.format, after.format),
        pattern(before.pattern, after.pattern),
        values(before.values.as_deref(), after.values.as_deref()),
    ];
    let limits = Limit::all().map(|one| limit(one, before.limits.get(one), after.limits.get(one)));
    facets.into_iter().chain(limits).flatten().collect()
}

/// Compares the formats of strings or of the keys of a map.
pub(super) fn format(before: Option<Format>, after: Option<Format>) -> Option<Difference> {
    let name = |format: Option<Format>| format.map(|format| format.name().to_owned());
    (before != after)
        .then(|| (SchemaChange::Format { before: name(before), after: name(after) }, limited(before, after)))
}

fn pattern(before: Option<&str>, after: Option<&str>) -> Option<Difference> {
    let change = || SchemaChange::Pattern { before: before.map(str::to_owned), after: after.map(str::to_owned) };
    (before != after).then(|| (change(), limited(before, after)))
}

/// Returns the effect of an added, removed or changed restriction.
fn limited<T>(before: Option<T>, after: Option<T>) -> Validation {
    match (before, after) {
        (None, None) => Validation::Same,
        (None, Some(_)) => Validation::Stricter,
        (Some(_), None) => Validation::Looser,
        (Some(_), Some(_)) => Validation::Different,
    }
}

fn values(before: Option<&[String]>, after: Option<&[String]>) -> Option<Difference> {
    let without = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter().filter(|value| !other.contains(value)).cloned().collect()
    };
    match (before, after) {
        (None, None) => None,
        (None, Some(values)) => Some((SchemaChange::Listed { values: values.to_vec() }, Validation::Stricter)),
        (Some(values), None) => Some((SchemaChange::Unlisted { values: values.to_vec() }, Validation::Looser)),
        (Some([before]), Some([after])) if before != after => {
            Some((SchemaChange::Constant { before: before.clone(), after: after.clone() }, Validation::Different))
        }
        (Some(before), Some(after)) => {
            let (added, removed) = (without(after, before), without(before, after));
            let validation = match (added.is_empty(), removed.is_empty()) {
                (true, true) => return None,
                (false, true) => Validation::Looser,
                (true, false) => Validation::Stricter,
                (false, false) => Validation::Different,
            };
            Some((SchemaChange::Values { added, removed }, validation))
        }
    }
}

fn limit(limit: Limit, before: Option<LimitValue>, after: Option<LimitValue>) -> Option<Difference> {
    let validation = match (before, after) {
        _ if before == after => return None,
        (Some(before), Some(after)) if (after > before) == limit.is_least() => Validation::Stricter,
        (Some(_), Some(_)) => Validation::Looser,
        (before, after) => limited(before, after),
    };
    let text = |value: Option<LimitValue>| value.map(|value| value.to_string());
    Some((SchemaChange::Bound { keyword: limit.name(), before: text(before), after: text(after) }, validation))
}

/// Returns the effect of a change of the types of a value.
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

/// Returns `true` if an object allows only the members that it declares.
pub(super) fn is_closed(schema: &MergedSchema<'_>) -> bool {
    schema.additional == Additional::Forbidden
}

/// Returns the effect of a property that only one of two objects declares.
pub(super) fn declared(
    property: &MergedSchema<'_>,
    newly_required: bool,
    declaring: &MergedSchema<'_>,
    other: &MergedSchema<'_>,
) -> Validation {
    let described = !members(other).is_empty();
    let has_no_effect = property.allows_anything() && !newly_required && !is_closed(declaring);
    match (is_closed(other), described) {
        (true, _) if newly_required => Validation::Different,
        (true, _) => Validation::Looser,
        (false, true) => Validation::Different,
        (false, false) if has_no_effect => Validation::Same,
        (false, false) => Validation::Stricter,
    }
}

/// Returns the effect of a change of the keys whose values have a schema. `closed` is `true` for a tree that forbids other keys.
pub(super) fn keys(before: &Member<'_>, after: &Member<'_>, closed: Sides<bool>) -> Validation {
    match (&before.pattern, &after.pattern, (closed.before, closed.after)) {
        (None, Some(_), (_, true)) => Validation::Stricter,
        (None, Some(_), (_, false)) => Validation::Looser,
        (Some(_), None, (true, _)) => Validation::Looser,
        (Some(_), None, (false, _)) => Validation::Stricter,
        _ => Validation::Different,
    }
}
