//! The entries of the configuration for names and modules that have no effect.

use super::TypeSource;
use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::{Ir, Item, Shape};
use crate::model::Model;
use crate::schema::Parts;
use crate::settings::{changes_nothing, Change, Correction};

/// Reports the entries for names and modules that no type has, and the documentation of modules that do not exist.
pub(super) fn entries(model: &Model, ir: &Ir, sources: &[TypeSource<'_>]) -> Vec<Diagnostic> {
    let mut unused = names(model, ir, sources);
    for (path, docs) in model.config.module_docs.iter().filter(|(path, _)| !ir.has_module(path)) {
        let why = format!("there is no module `{}`", path.join("::"));
        unused.push(changes_nothing(&docs.origin.child("module"), model.release, &why));
    }
    unused
}

fn names(model: &Model, ir: &Ir, sources: &[TypeSource<'_>]) -> Vec<Diagnostic> {
    let why = |correction: &Correction| match correction.change {
        Change::TypeName(_) => "the schema has no Rust type",
        Change::FieldName(_) => "the property has no Rust field",
        Change::VariantName(..) => "the schema has no such value",
        _ => "the schema has no Rust type in the module",
    };
    let is_unused = |correction: &&Correction| {
        let is_used = |source: &TypeSource<'_>| {
            ir.item(&source.module, &source.name).is_some_and(|item| uses(correction, source, item))
        };
        !sources.iter().any(is_used)
    };
    let about_names = model.corrections.iter().filter(|one| one.change.is_about_names());
    let unused = about_names.filter(is_unused);
    unused.map(|correction| changes_nothing(&correction.entry, model.release, why(correction))).collect()
}

/// Returns `true` if a type has a name, or is in the module, because of a correction.
fn uses(Correction { at, change, .. }: &Correction, source: &TypeSource<'_>, item: &Item) -> bool {
    let is_of = |place: &Parts<'_>| place.origins().contains(at);
    match (change, &item.shape) {
        // Entries name the type of a content at the root of the event.
        (Change::TypeName(name), _) => item.name == *name && (is_of(&source.schema.place) || item.origin == *at),
        (Change::FieldName(name), Shape::Struct(shape)) => {
            let of_property = |wire: &str| source.schema.property(wire).is_some_and(is_of);
            shape.fields.iter().any(|field| field.ident == *name && of_property(&field.wire))
        }
        (Change::VariantName(value, name), Shape::OpenEnum(values)) => {
            is_of(&source.schema.place) && values.iter().any(|known| known.wire == *value && known.ident == *name)
        }
        (Change::VariantName(_, name), Shape::Union(alternatives)) => {
            is_of(&source.schema.place) && alternatives.iter().any(|known| known.ident == *name)
        }
        (Change::Module(module), _) => {
            source.module == *module && source.schema.place.origins().iter().any(|origin| is_at_or_below(origin, at))
        }
        _ => false,
    }
}

fn is_at_or_below(origin: &Origin, place: &Origin) -> bool {
    let rest = origin.pointer.strip_prefix(&place.pointer);
    origin.file == place.file && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
