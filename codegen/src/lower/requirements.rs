//! The proposals whose types the types of other proposals refer to. The feature of a proposal enables those of the proposals that
//! it requires.

use crate::ir::{Event, Ir, Item, Shape, Type};

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
    let items = ir.modules.values().flat_map(|module| &module.items);
    let of_items = items.filter_map(|item: &Item| Some((item.proposal()?, types(&item.shape))));
    let top_level = |event: &Event| event.unsigned.iter().chain(&event.state_key).cloned().collect::<Vec<_>>();
    let of_events = ir.events.iter().filter_map(|event| Some((event.proposal()?, top_level(event))));
    let fields = ir.modules.values().flat_map(|module| &module.items).flat_map(|item| match &item.shape {
        Shape::Struct(shape) => shape.fields.as_slice(),
        _ => &[],
    });
    let of_fields = fields.filter_map(|field| Some((field.docs.proposal?, vec![field.ty.clone()])));
    let all: Vec<(u32, Vec<Type>)> = of_items.chain(of_events).chain(of_fields).collect();
    for (number, types) in all {
        let required = types.iter().filter_map(|ty| proposal_of(ir, ty)).filter(|required| *required != number);
        let required: Vec<u32> = required.collect();
        if let Some(proposal) = ir.proposals.iter_mut().find(|proposal| proposal.number == number) {
            proposal.requires.extend(required);
        }
    }
}

/// Returns the proposal of the type that a type names.
fn proposal_of(ir: &Ir, ty: &Type) -> Option<u32> {
    match ty {
        Type::Named(module, name) => ir.item(module, name)?.proposal(),
        Type::List(inner) | Type::Events(inner) | Type::Map(_, inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            proposal_of(ir, inner)
        }
        _ => None,
    }
}
