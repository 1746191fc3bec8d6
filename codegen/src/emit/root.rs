//! Emits the schema of a root as a constant of its type, and the type of a root that is a list.

use quote::quote;

use super::constraints::{root_module, root_static};
use super::paths::tokens;
use super::{docs, ident, types, Block, Code, Context};
use crate::ir::{Root, Type};

pub(super) fn emit(root: &Root, context: &Context<'_>) -> Vec<Code> {
    let list = root.list.iter().flat_map(|list| self::list(root, list, context));
    list.chain([body(root, context).into()]).collect()
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
