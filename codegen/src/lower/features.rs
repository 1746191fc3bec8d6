//! The features of types. A type requires the feature of an area if only events and envelopes of the area refer to the type.

use std::collections::{BTreeMap, BTreeSet};

use super::requirements::{named, of_entries, Place};
use crate::ir::{Event, Ir, ModulePath, Role, Shape};

/// Notes the feature of each type. A type that a proposal alone refers to keeps the feature of its proposal.
pub(super) fn lower(ir: &mut Ir) {
    let users = users(ir);
    let roots = ir.roots.iter().filter(|root| root.feature.is_some());
    let of_roots: BTreeSet<String> = roots.filter_map(|root| root.module.first().cloned()).collect();
    let is_of_roots = |path: &ModulePath| path.first().is_some_and(|first| of_roots.contains(first));
    for (path, module) in ir.modules.iter_mut().filter(|(path, _)| !is_of_roots(path)) {
        for item in module.items.iter_mut().filter(|item| item.proposal().is_none() && item.feature.is_none()) {
            let users = users.get(&(path.clone(), item.name.clone()));
            let only = users.filter(|users| users.len() == 1).and_then(|users| users.first());
            item.feature = only.cloned().flatten();
        }
    }
}

/// Returns the features of the events, envelopes and roots that refer to each type. `None` is in the set if one of them requires
/// no feature.
fn users(ir: &Ir) -> BTreeMap<Place, BTreeSet<Option<String>>> {
    let mut users: BTreeMap<Place, BTreeSet<Option<String>>> = BTreeMap::new();
    let mut waiting: Vec<(Place, Option<String>)> = Vec::new();
    for event in ir.events.iter().filter(|event| event.proposal().is_none()) {
        waiting.extend(of_event(event).into_iter().map(|place| (place, event.feature.clone())));
    }
    for (path, item) in ir.modules.iter().flat_map(|(path, module)| module.items.iter().map(move |item| (path, item))) {
        if matches!(&item.shape, Shape::Struct(shape) if matches!(shape.role, Role::Envelope { .. })) {
            waiting.push(((path.clone(), item.name.clone()), item.feature.clone()));
        }
    }
    for root in &ir.roots {
        let of_list = root.list.iter().flat_map(named);
        let places = of_list.chain([(root.module.clone(), root.name.clone())]);
        waiting.extend(places.map(|place| (place, root.feature.clone())));
    }
    while let Some((place, feature)) = waiting.pop() {
        let Some(item) = ir.item(&place.0, &place.1) else { continue };
        if !users.entry(place.clone()).or_default().insert(feature.clone()) {
            continue;
        }
        waiting.extend(parts(&place.0, &item.shape).into_iter().map(|part| (part, feature.clone())));
    }
    users
}

/// Returns the types that an event refers to.
fn of_event(event: &Event) -> Vec<Place> {
    let (module, _) = &event.content;
    let top_level = event.top_level.iter().map(|name| (module.clone(), name.clone()));
    let types = event.unsigned.iter().chain(&event.state_key).flat_map(named);
    types.chain(top_level).chain([event.content.clone()]).collect()
}

/// Returns the types that a type refers to, without those in fields and variants of proposals.
fn parts(module: &ModulePath, shape: &Shape) -> Vec<Place> {
    match shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter().filter(|field| field.docs.proposal.is_none()).map(|field| &field.ty);
            let entries = shape.entries.iter().flat_map(of_entries);
            fields.flat_map(named).chain(entries).collect()
        }
        Shape::Union(alternatives) => alternatives.iter().filter_map(|one| one.ty.as_ref()).flat_map(named).collect(),
        Shape::Tagged(tagged) => {
            let variants = tagged.variants.iter().filter(|variant| variant.docs.proposal.is_none());
            let names = variants.map(|variant| &variant.holds).chain([&tagged.other]);
            names.map(|name| (module.clone(), name.clone())).collect()
        }
        Shape::OpenEnum(_) => Vec::new(),
    }
}
