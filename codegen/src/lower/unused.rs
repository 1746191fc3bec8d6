//! The entries of the settings for names, modules and fields that have no effect.

use std::collections::BTreeSet;

use super::TypeSource;
use crate::diagnostics::{nearest, Diagnostic, Origin};
use crate::ir::{Ir, Item, Role, Shape};
use crate::model::Model;
use crate::schema::Parts;
use crate::settings::{changes_nothing, location_of, or_write, Change, Correction};
use crate::source::flow_string;

/// Reports the entries for names, modules and fields that no type has or that are the default, and the documentation of modules
/// that do not exist. `needed` contains the places and entries of names and modules that are not the default.
pub(super) fn entries(
    model: &Model,
    ir: &Ir,
    sources: &[TypeSource<'_>],
    needed: &BTreeSet<(Origin, Origin)>,
) -> Vec<Diagnostic> {
    let mut unused = corrections(model, ir, sources, needed);
    let schemas = model.config.any.iter().filter_map(|any| Some((any, any.schema.as_ref()?)));
    for (any, _) in schemas.filter(|(_, schema)| !needed.contains(&((*schema).clone(), (*schema).clone()))) {
        let why = "no other schema refers to the schema";
        unused.push(changes_nothing(&any.origin.child("schema"), model.release, why));
    }
    let known: Vec<String> = ir.modules.keys().map(|path| path.join("::")).collect();
    for (path, docs) in model.config.module_docs.iter().filter(|(path, _)| !ir.has_module(path)) {
        let name = path.join("::");
        let why = format!("there is no module `{name}`");
        let diagnostic = changes_nothing(&docs.origin.child("module"), model.release, &why);
        let end = known.iter().find(|known| name.ends_with(&format!("::{known}")));
        let near = end.map(String::as_str).or_else(|| nearest(&name, known.iter().map(String::as_str)));
        unused.push(or_write(diagnostic, near));
    }
    unused
}

fn corrections(
    model: &Model,
    ir: &Ir,
    sources: &[TypeSource<'_>],
    needed: &BTreeSet<(Origin, Origin)>,
) -> Vec<Diagnostic> {
    let is_used = |correction: &Correction| {
        let uses = |source: &TypeSource<'_>| {
            ir.item(&source.module, &source.name).is_some_and(|item| uses(correction, source, item))
        };
        sources.iter().any(uses)
    };
    let why = |correction: &Correction| {
        let is_about_names = correction.change.is_about_names();
        if let Change::Values(known) | Change::Keys(known) = &correction.change {
            let is_needed = needed.contains(&(correction.at.clone(), known.ty.entry.clone()));
            return (!is_needed).then(|| "the place has no Rust type".to_owned());
        }
        if !(is_about_names || correction.is_about_field() || correction.shared_type().is_some()) {
            return None;
        }
        if is_used(correction) {
            let is_needed = !is_about_names || needed.contains(&(correction.at.clone(), correction.entry.clone()));
            return (!is_needed).then(|| default_of(correction));
        }
        let why = match correction.change {
            Change::TypeName(_) | Change::SameAs(_) => "the schema has no Rust type",
            Change::VariantName(..) => "the schema has no such value",
            Change::Module(_) => "the schema has no Rust type in the module",
            _ => "the property has no Rust field",
        };
        Some(why.to_owned())
    };
    let unused = model.corrections.iter().filter_map(|one| Some((one, why(one)?)));
    unused
        .map(|(one, why)| {
            let unused = changes_nothing(&one.entry, model.release, &why);
            match near_value(sources, one) {
                Some(near) => unused.help(format!("write `{near}`, or remove the entry")),
                None => unused,
            }
        })
        .collect()
}

/// Returns the reason why a name or module that is the default has no effect.
fn default_of(Correction { at, change, .. }: &Correction) -> String {
    let location = location_of(at);
    match change {
        Change::TypeName(name) => format!("the type of {location} has the name `{name}` by default"),
        Change::FieldName(name) => format!("the field of {location} has the name `{name}` by default"),
        Change::VariantName(value, name) => format!("the variant for `{value}` has the name `{name}` by default"),
        Change::Module(module) => format!("the type of {location} is in the module `{}` by default", module.join("::")),
        _ => String::new(),
    }
}

/// Returns the value that an unknown value may mean, with its name.
fn near_value(sources: &[TypeSource<'_>], Correction { at, change, .. }: &Correction) -> Option<String> {
    let Change::VariantName(value, name) = change else { return None };
    let schema = &sources.iter().find(|source| source.schema.place.origins().contains(at))?.schema;
    let types = || schema.types.iter().map(|kind| kind.name().to_owned()).collect();
    let values: Vec<String> = schema.values.clone().unwrap_or_else(types);
    let near = nearest(value, values.iter().map(String::as_str))?;
    Some(format!("{}: {name}", flow_string(near)))
}

/// Returns `true` if a type has a name, or is in the module, because of a correction.
fn uses(Correction { at, change, .. }: &Correction, source: &TypeSource<'_>, item: &Item) -> bool {
    let is_of = |place: &Parts<'_>| place.origins().contains(at);
    let of_property = |wire: &str| source.schema.property(wire).is_some_and(is_of);
    match (change, &item.shape) {
        // Entries name the type of a content at the root of the event.
        (Change::TypeName(name), _) => item.name == *name && (is_of(&source.schema.place) || item.origin == *at),
        (Change::SameAs(shared), _) => {
            item.name == shared.name && source.module == shared.module && is_of(&source.schema.place)
        }
        (Change::FieldName(name), Shape::Struct(shape)) => {
            shape.fields.iter().any(|field| field.ident == *name && of_property(&field.wire))
        }
        (Change::Aliases(_), Shape::Struct(shape)) => {
            shape.fields.iter().any(|field| !field.aliases.is_empty() && of_property(&field.wire))
        }
        (Change::Secret, Shape::Struct(shape)) if shape.role == Role::Plain => {
            shape.fields.iter().any(|field| field.is_secret && of_property(&field.wire))
        }
        (Change::OftenMissing(_) | Change::Default(_) | Change::InUse, Shape::Struct(shape)) => {
            shape.fields.iter().any(|field| of_property(&field.wire))
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
