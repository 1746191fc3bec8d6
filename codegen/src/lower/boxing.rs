//! Boxes optional objects that contain objects. Otherwise every message has the size of an encrypted video with a
//! thumbnail.

use crate::ir::{Ir, ModulePath, Shape, Struct, Type};

/// Boxes each optional field whose object contains objects.
pub(super) fn lower(ir: &mut Ir) {
    let holders = holders(ir);
    let is_holder =
        |ty: &Type| matches!(ty, Type::Named(module, name) if holders.contains(&(module.clone(), name.clone())));
    let items = ir.modules.values_mut().flat_map(|module| &mut module.items);
    for item in items {
        let Shape::Struct(shape) = &mut item.shape else { continue };
        for field in shape.fields.iter_mut().filter(|field| !field.presence.is_required()) {
            if is_holder(&field.ty) {
                field.ty = Type::Boxed(Box::new(field.ty.clone()));
            }
        }
    }
}

/// Returns the objects that contain objects.
fn holders(ir: &Ir) -> Vec<(ModulePath, String)> {
    let items = || ir.modules.iter().flat_map(|(path, module)| module.items.iter().map(move |item| (path, item)));
    let is_object = |ty: &Type| {
        let Type::Named(module, name) = ty else { return false };
        items().any(|(path, item)| path == module && item.name == *name && matches!(item.shape, Shape::Struct(_)))
    };
    // The fields of a proposal do not change the types of other fields.
    let holds = |shape: &Struct| shape.fields.iter().any(|field| field.docs.proposal.is_none() && is_object(&field.ty));
    items()
        .filter(|(_, item)| matches!(&item.shape, Shape::Struct(shape) if holds(shape)))
        .map(|(path, item)| (path.clone(), item.name.clone()))
        .collect()
}
