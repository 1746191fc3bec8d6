//! The IR into Rust: one emitter a file, each from one thing of the IR to tokens.

mod any;
mod cases;
mod docs;
mod event;
mod module;
mod open_enum;
mod structure;
mod sync;
mod table;
mod tagged;
mod types;
mod union;

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};

use crate::ir::{Ir, Item, ModulePath, Shape};

pub(crate) use cases::cases;

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
}

/// What an emitter may look up.
pub(crate) struct Context<'i> {
    pub(crate) ir: &'i Ir,
    pub(crate) module: &'i ModulePath,
}

/// The files of `src/events`, by their paths below it.
pub(crate) fn events(ir: &Ir) -> BTreeMap<String, File> {
    let mut files = module::tree(ir);
    for (path, module) in &ir.modules {
        let file = files.entry(module::file_of(path)).or_default();
        let context = Context { ir, module: path };
        for item in &module.items {
            file.items.extend(emit(item, &context));
        }
        for event in ir.events.iter().filter(|event| event.content.0 == *path) {
            file.items.push((format!("the traits of {}", event.content.1), event::traits(event)));
        }
        if *path == ["envelope"] {
            file.items.extend(sync::conversions(ir));
        }
        file.from.clone_from(&module.files);
        file.head.splice(0..0, module::uses(file, module, &context));
    }
    if !ir.any.is_empty() {
        files.insert("any.rs".to_owned(), any::file(ir));
        if let Some(root) = files.get_mut("mod.rs") {
            root.head.insert(
                0,
                quote::quote!(
                    pub mod any;
                ),
            );
        }
    }
    files
}

fn emit(item: &Item, context: &Context<'_>) -> Vec<(String, TokenStream)> {
    let parts = match &item.shape {
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
