//! The IR into Rust: one emitter a file, each from one thing of the IR to tokens.

mod any;
mod cases;
mod clashes;
mod constraints;
mod constructor;
mod contents;
mod docs;
mod event;
mod module;
mod object;
mod open_enum;
mod own_any;
mod own_tests;
mod paths;
mod structure;
mod sync;
mod table;
mod tagged;
mod top_level;
mod types;
mod union;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::examples::Example;
use crate::ir::{Ir, Item, ModulePath, Shape};

pub(crate) use cases::cases;
pub(crate) use clashes::clashes;
pub(crate) use paths::{Own, Paths};

/// A file of Rust, not yet formatted.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// Where it comes from, for its first line.
    pub(crate) from: Vec<String>,
    /// Its module's documentation.
    pub(crate) docs: String,
    /// Its `use` lines and `mod` lines.
    pub(crate) head: Vec<TokenStream>,
    /// Its items, each with a name for the message if it can't be formatted.
    pub(crate) items: Vec<(String, TokenStream)>,
    /// More items, as text in its final layout.
    pub(crate) text: String,
}

/// What an emitter may look up.
pub(crate) struct Context<'i> {
    pub(crate) ir: &'i Ir,
    pub(crate) module: &'i ModulePath,
    pub(crate) paths: &'i Paths<'i>,
}

/// The files of `src/events`, by their paths below it.
pub(crate) fn events(ir: &Ir) -> BTreeMap<String, File> {
    let mut files = modules(ir, ir, &Paths::Inside);
    if let Some(file) = files.get_mut("envelope.rs") {
        file.items.extend(sync::conversions(ir));
    }
    if !ir.any.is_empty() {
        files.insert("any.rs".to_owned(), any::file(ir));
        files.insert("contents.rs".to_owned(), contents::file(ir));
        files.extend(constraints::files(ir, &Paths::Inside));
        let contents = contents::module();
        with_module(
            &mut files,
            quote!(
                pub(crate) mod any;
                pub(crate) mod constraints;
                #contents
            ),
        );
    }
    files
}

/// The same for a crate with events of its own: what is its own of the whole.
pub(crate) fn own_events(own: &Ir, whole: &Ir, examples: &[Example]) -> BTreeMap<String, File> {
    let items = own.modules.iter().flat_map(|(path, module)| module.items.iter().map(move |item| (path, item)));
    let names: Own = items.map(|(path, item)| (path.clone(), item.name.clone())).collect();
    let paths = Paths::Outside(&names);
    let mut files = modules(own, whole, &paths);
    if !examples.is_empty() {
        files.insert("tests.rs".to_owned(), own_tests::file(own, whole, examples, &paths));
        with_module(
            &mut files,
            quote!(
                #[cfg(test)]
                mod tests;
            ),
        );
    }
    if !own.constraints.events.is_empty() {
        files.extend(constraints::files(own, &paths));
        with_module(
            &mut files,
            quote!(
                pub mod constraints;
            ),
        );
    }
    if !own.any.is_empty() {
        files.insert("any.rs".to_owned(), own_any::file(own, &paths));
        with_module(
            &mut files,
            quote!(
                pub mod any;
            ),
        );
    }
    files
}

fn with_module(files: &mut BTreeMap<String, File>, line: TokenStream) {
    if let Some(root) = files.get_mut("mod.rs") {
        root.head.insert(0, line);
    }
}

/// The files of the modules that are to be shown, with the types and events of the whole to look up.
fn modules(shown: &Ir, whole: &Ir, paths: &Paths<'_>) -> BTreeMap<String, File> {
    let mut files = module::tree(shown, paths);
    for (path, module) in &shown.modules {
        let file = files.entry(module::file_of(path)).or_default();
        let context = Context { ir: whole, module: path, paths };
        for item in &module.items {
            file.items.extend(emit(item, &context));
        }
        for event in shown.events.iter().filter(|event| event.content.0 == *path) {
            file.items.push((format!("the traits of {}", event.content.1), event::traits(event, paths)));
        }
        file.from.clone_from(&module.files);
        file.head.splice(0..0, module::uses(file, module, &context));
    }
    files
}

fn emit(item: &Item, context: &Context<'_>) -> Vec<(String, TokenStream)> {
    let parts = match &item.shape {
        Shape::Struct(shape) if shape.top_level => top_level::emit(item, shape, context),
        Shape::Struct(shape) => structure::emit(item, shape, context),
        Shape::OpenEnum(values) => open_enum::emit(item, values, context),
        Shape::Union(alternatives) => union::emit(item, alternatives, context),
        Shape::Tagged(tagged) => tagged::emit(item, tagged, context),
    };
    parts.into_iter().map(|tokens| (format!("{} from {}", item.name, item.origin), tokens)).collect()
}

/// An identifier, raw if it has to be.
pub(crate) fn ident(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(name, Span::call_site()),
    }
}
