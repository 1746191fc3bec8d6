//! Joins the changes of schemas with the changes of the generated types.

use super::api::RustChange;
use super::finding::{Api, SchemaChange, Subject, Validation};
use super::place::SchemaPath;
use super::sides::Sides;
use super::walk::Changed;
use super::Of;
use crate::diagnostics::Origin;

/// A change of a schema with its effects.
pub(super) struct Joined {
    pub(super) place: SchemaPath,
    pub(super) change: SchemaChange,
    pub(super) validation: Validation,
    pub(super) api: Api,
    pub(super) rust: Vec<String>,
}

/// Adds to each change of a schema the changes of its Rust items, and appends the changes of other Rust items. `unknown`
/// returns `true` for events without types in the later tree.
pub(super) fn join(changes: Of<Changed>, rust: Vec<RustChange>, unknown: &dyn Fn(&str) -> bool) -> Of<Joined> {
    let mut used = vec![false; rust.len()];
    let mut joined = Vec::new();
    for (subject, Changed { place, change, validation }) in changes {
        let mut of_change: Vec<&RustChange> = Vec::new();
        let of_place = rust.iter().zip(&mut used).filter(|(one, _)| belongs(one, &subject, &place, &change));
        for (one, used) in of_place {
            *used = true;
            of_change.push(one);
        }
        let by_itself = match &change {
            SchemaChange::EventAdded { .. } | SchemaChange::BodyAdded => Api::Minor,
            SchemaChange::EventRemoved { .. } | SchemaChange::BodyRemoved => Api::Major,
            SchemaChange::Kinds { before, after } if before.iter().all(|kind| after.contains(kind)) => Api::Minor,
            SchemaChange::Kinds { .. } => Api::Major,
            _ => Api::None,
        };
        let is_unknown = matches!(&subject, Subject::Event(name) if unknown(name));
        let api = match by_itself {
            Api::None if is_unknown => Api::Unknown,
            by_itself => of_change.iter().map(|one| one.api).max().unwrap_or(Api::None).max(by_itself),
        };
        let mut rust: Vec<String> = of_change.iter().map(|one| one.what.clone()).collect();
        rust.sort();
        rust.dedup();
        joined.push((subject, Joined { place, change, validation, api, rust }));
    }
    let left = rust
        .into_iter()
        .zip(used)
        .filter(|(one, used)| !used && (one.origins.before.is_some() || one.api == Api::Major));
    joined.extend(left.map(|(one, _)| {
        let (place, change, validation) = (SchemaPath::default(), SchemaChange::RustOnly, Validation::Same);
        (Subject::Type(one.item), Joined { place, change, validation, api: one.api, rust: vec![one.what] })
    }));
    joined
}

/// Returns `true` if a Rust item changed because of a change at a place.
fn belongs(rust: &RustChange, subject: &Subject, place: &SchemaPath, change: &SchemaChange) -> bool {
    let is_there = |(origin, places): (&Option<Origin>, &Vec<Origin>)| {
        let at = |origin: &Origin, place: &Origin| match change {
            // Every item of the event was added or removed by this change.
            SchemaChange::EventAdded { .. } | SchemaChange::EventRemoved { .. } => origin.file == place.file,
            SchemaChange::BodyAdded
            | SchemaChange::BodyRemoved
            | SchemaChange::FieldAdded { .. }
            | SchemaChange::FieldRemoved { .. } => is_below(origin, place),
            _ => origin == place || is_content(origin, place),
        };
        origin.as_ref().is_some_and(|origin| places.iter().any(|place| at(origin, place)))
    };
    match (change, &rust.part) {
        // Types do not depend on these keywords.
        (SchemaChange::Pattern { .. } | SchemaChange::Bound { .. }, _) => false,
        (SchemaChange::Kinds { .. }, Some((event, _))) => subject.name() == event,
        (_, Some((event, part))) => subject.name() == event && place.path == *part,
        (SchemaChange::Deprecated | SchemaChange::NotDeprecated, None) if !rust.is_deprecation => false,
        (change, None) if rust.is_deprecation && !matches!(change, SchemaChange::Deprecated) => false,
        _ => {
            let Sides { before, after } = rust.origins.as_ref().zip(place.origins.as_ref()).map(is_there);
            before || after
        }
    }
}

fn is_below(origin: &Origin, place: &Origin) -> bool {
    let rest = origin.pointer.strip_prefix(&place.pointer);
    origin.file == place.file && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns `true` if an origin is an event and a place is the content of the event. In the IR, the type of a content has the
/// origin of the event.
fn is_content(origin: &Origin, place: &Origin) -> bool {
    origin.file == place.file && origin.pointer.is_empty() && place.pointer.ends_with("/properties/content")
}
