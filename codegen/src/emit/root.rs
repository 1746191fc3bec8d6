//! Emits the schema of a root as a constant of its type, and the type of a root that is a list.

use proc_macro2::TokenStream;
use quote::quote;

use super::constraints::{root_module, root_static};
use super::paths::tokens;
use super::{docs, ident, types, Block, Code, Context};
use crate::ir::{Root, Type};

pub(super) fn emit(root: &Root, context: &Context<'_>) -> Vec<Code> {
    if root.any.is_some() {
        return vec![schema(root, context).into()];
    }
    let list = root.list.iter().flat_map(|list| self::list(root, list, context));
    list.chain([body(root, context).into()]).collect()
}

/// Emits the schema of a root whose type is an enum of events.
fn schema(root: &Root, context: &Context<'_>) -> TokenStream {
    let docs = docs::attributes(&root.docs, "The schema of an event.", context.ir.release);
    let (name, of_crate) = (root_static(&root.name), context.paths.root());
    let module = root_module(&root.module, root.proposal());
    let table = format!("{}::{module}::{name}", context.paths.constraints(&root.module));
    let definition = tokens(&format!("pub const {name}: &{of_crate}::schema::Body = &{table};"));
    quote!(#docs #definition)
}

fn body(root: &Root, context: &Context<'_>) -> Block {
    let constraints = context.paths.constraints(&root.module);
    let (module, name) = (root_module(&root.module, root.proposal()), root_static(&root.name));
    let mut call = context.paths.call("body", ident(&root.name).to_string());
    call.row(format!("{constraints}::{module}::{name};"));
    call.row(format!("{}::validate::Validator;", context.paths.root()));
    call
}

/// Emits the type of a list, which has methods of its own.
fn list(root: &Root, list: &Type, context: &Context<'_>) -> [Code; 2] {
    let (name, list) = (ident(&root.name), tokens(&types::ty(list, context)));
    let docs = docs::attributes(&root.docs, "A list of events.", context.ir.release);
    let definition = quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name(pub #list);
    };
    let implementation = tokens(&format!("{}::__private::list!({name});", context.paths.root()));
    [definition.into(), implementation.into()]
}
