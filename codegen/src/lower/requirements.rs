//! The proposals and areas whose types the types of proposals refer to. The feature of a proposal enables those that it requires.

use crate::ir::{Entries, Event, Ir, Item, Key, ModulePath, Shape, Type};

/// Notes the requirements of each proposal.
pub(super) fn lower(ir: &mut Ir) {
    let types = |shape: &Shape| -> Vec<Type> {
        match shape {
            Shape::Struct(shape) => {
                let entries = shape.entries.iter().map(|entries| entries.value.clone());
                shape.fields.iter().map(|field| field.ty.clone()).chain(entries).collect()
            }
            Shape::Union(alternatives) => alternatives.iter().filter_map(|one| one.ty.clone()).collect(),
            Shape::OpenEnum(_) | Shape::Tagged(_) => Vec::new(),
        }
    };
    let items = || ir.modules.values().flat_map(|module| &module.items);
    let of_items = items().filter_map(|item: &Item| Some((item.proposal()?, item.feature.clone(), types(&item.shape))));
    let top_level = |event: &Event| event.unsigned.iter().chain(&event.state_key).cloned().collect::<Vec<_>>();
    let of_events = ir.events.iter().filter_map(|event| Some((event.proposal()?, None, top_level(event))));
    let fields = items().flat_map(|item| match &item.shape {
        Shape::Struct(shape) => shape.fields.iter().map(|field| (item.feature.clone(), field)).collect(),
        _ => Vec::new(),
    });
    let of_fields = fields.filter_map(|(own, field)| Some((field.docs.proposal?, own, vec![field.ty.clone()])));
    let all: Vec<(u32, Option<String>, Vec<Type>)> = of_items.chain(of_events).chain(of_fields).collect();
    for (number, own, types) in all {
        let named: Vec<&Item> = types.iter().flat_map(named).filter_map(|(path, name)| ir.item(&path, &name)).collect();
        let required: Vec<u32> =
            named.iter().filter_map(|item| item.proposal()).filter(|other| *other != number).collect();
        // A type with a feature has fields of proposals only if the feature is enabled.
        let features: Vec<String> = named
            .iter()
            .filter_map(|item| item.feature.clone())
            .filter(|feature| own.as_ref() != Some(feature))
            .collect();
        if let Some(proposal) = ir.proposals.iter_mut().find(|proposal| proposal.number == number) {
            proposal.requires.extend(required);
            proposal.features.extend(features);
        }
    }
}

/// A type: its module and its name.
pub(super) type Place = (ModulePath, String);

/// Returns the emitted types that a type names.
pub(super) fn named(ty: &Type) -> Vec<Place> {
    match ty {
        Type::Named(module, name) => vec![(module.clone(), name.clone())],
        Type::Map(key, inner) => named(inner).into_iter().chain(of_key(key)).collect(),
        Type::List(inner) | Type::Events(inner) | Type::Nullable(inner) | Type::Boxed(inner) => named(inner),
        _ => Vec::new(),
    }
}

/// Returns the emitted types in the map of an object.
pub(super) fn of_entries(entries: &Entries) -> Vec<Place> {
    named(&entries.value).into_iter().chain(of_key(&entries.key)).collect()
}

fn of_key(key: &Key) -> Option<Place> {
    match key {
        Key::Named(module, name) => Some((module.clone(), name.clone())),
        Key::String | Key::Identifier(_) => None,
    }
}
