//! Emits Rust files from the IR. Each submodule emits one kind of item.

mod any;
mod any_content;
mod cases;
mod clashes;
mod constraints;
mod constructor;
mod contents;
mod docs;
mod event;
mod file;
mod gate;
mod module;
mod object;
mod open_enum;
mod own_tests;
mod paths;
mod root;
mod structure;
mod sync;
mod tagged;
mod top_level;
mod types;
mod union;

use std::collections::BTreeMap;

use gate::Gate;
use proc_macro2::{Ident, Span};

use crate::examples::Example;
use crate::ir::{Ir, Item, ModulePath, Role, Shape, ENVELOPE};

pub(crate) use cases::cases;
pub(crate) use clashes::clashes;
pub(crate) use file::{Block, Code, Emitted, File, ModuleLine};
pub(crate) use paths::{Own, Paths};

/// The context of an emitted item.
pub(crate) struct Context<'i> {
    pub(crate) ir: &'i Ir,
    pub(crate) module: &'i ModulePath,
    pub(crate) paths: &'i Paths<'i>,
}

/// Emits the files of `src/events`, by their paths below the folder.
pub(crate) fn events(ir: &Ir) -> BTreeMap<String, File> {
    let mut files = modules(ir, ir, &Paths::Inside);
    if let Some(file) = files.get_mut(&module::file_of(&[ENVELOPE.to_owned()])) {
        file.items.extend(sync::conversions(ir));
    }
    if !ir.any.is_empty() {
        files.insert("any.rs".to_owned(), any::file(ir, &Paths::Inside));
        files.insert("contents.rs".to_owned(), contents::file(ir));
        files.extend(constraints::files(ir, &Paths::Inside));
        declare(&mut files, [ModuleLine::of_crate("any"), ModuleLine::of_crate("constraints"), contents::module()]);
    }
    files
}

/// Emits the files of `src/events` for a crate with custom events. `own` has the types of the crate, and `whole` has all types.
pub(crate) fn own_events(own: &Ir, whole: &Ir, examples: &[Example]) -> BTreeMap<String, File> {
    let items = own.modules.iter().flat_map(|(path, module)| module.items.iter().map(move |item| (path, item)));
    let names: Own = items.map(|(path, item)| (path.clone(), item.name.clone())).collect();
    let paths = Paths::Outside(&names);
    let mut files = modules(own, whole, &paths);
    let mut lines = Vec::new();
    if !own.any.is_empty() {
        files.insert("any.rs".to_owned(), any::file(own, &paths));
        lines.push(ModuleLine::public("any"));
    }
    if !own.constraints.events.is_empty() {
        files.extend(constraints::files(own, &paths));
        lines.push(ModuleLine::hidden("constraints"));
    }
    if !examples.is_empty() {
        files.insert("tests.rs".to_owned(), own_tests::file(own, whole, examples, &paths));
        lines.push(ModuleLine { name: "tests".to_owned(), visibility: "", attribute: Some("#[cfg(test)]".to_owned()) });
    }
    declare(&mut files, lines);
    files
}

/// Declares modules at the root.
fn declare(files: &mut BTreeMap<String, File>, lines: impl IntoIterator<Item = ModuleLine>) {
    if let Some(root) = files.get_mut(&module::file_of(&[])) {
        root.modules.extend(lines);
        root.modules.sort_by(|one, other| one.name.cmp(&other.name));
    }
}

/// Emits the files of the modules of `shown`. `whole` has all types that the modules refer to.
fn modules(shown: &Ir, whole: &Ir, paths: &Paths<'_>) -> BTreeMap<String, File> {
    let mut files = module::tree(shown, paths);
    for (path, module) in &shown.modules {
        let file = files.entry(module::file_of(path)).or_default();
        let context = Context { ir: whole, module: path, paths };
        let required = gate::of_module(shown, path);
        // The condition of the module may be that of the item.
        let gated = |gate: Gate<'_>, emitted: Emitted| match gate.attribute() {
            Some(attribute) if gate::any_of(&required).as_ref() != Some(&attribute) => {
                Emitted { code: gate::gated(emitted.code, &attribute), ..emitted }
            }
            _ => emitted,
        };
        for item in &module.items {
            let codes = emit(item, &context).into_iter();
            file.items.extend(codes.map(|emitted| gated(Gate::of_item(item), emitted)));
        }
        for event in shown.events.iter().filter(|event| event.content.0 == *path) {
            let name = format!("the traits of {}", event.content.1);
            let traits = Emitted { name, code: event::traits(event, &context).into() };
            file.items.push(gated(Gate::of_event(event), traits));
        }
        for root in shown.roots.iter().filter(|root| root.module == *path) {
            let name = format!("the schema of {}", root.name);
            let codes = root::emit(root, &context).into_iter();
            file.items.extend(codes.map(|code| gated(root.proposal().into(), Emitted { name: name.clone(), code })));
        }
        file.sources.clone_from(&module.files);
    }
    files
}

fn emit(item: &Item, context: &Context<'_>) -> Vec<Emitted> {
    let parts = match &item.shape {
        Shape::Struct(shape) if shape.role == Role::TopLevel => top_level::emit(item, shape, context),
        Shape::Struct(shape) => structure::emit(item, shape, context),
        Shape::OpenEnum(values) => open_enum::emit(item, values, context),
        Shape::Union(alternatives) => union::emit(item, alternatives, context),
        Shape::Tagged(tagged) => tagged::emit(item, tagged, context),
    };
    let name = format!("{} from {}", item.name, item.origin);
    parts.into_iter().map(|code| Emitted { name: name.clone(), code }).collect()
}

/// Returns an identifier, which is raw if the name is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(name, Span::call_site()),
    }
}
