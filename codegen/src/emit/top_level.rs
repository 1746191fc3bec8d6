//! Emits the members that an event type has at the top level in addition to the members of the envelope.

use quote::quote;

use super::object::{declare, row};
use super::{docs, ident, Code, Context};
use crate::ir::{Item, Struct};

pub(super) fn emit(item: &Item, shape: &Struct, context: &Context<'_>) -> Vec<Code> {
    let name = ident(&item.name);
    let docs = docs::attributes(&item.docs, "", context.ir.release);
    let fields = shape.fields.iter().map(|field| declare(field, context));
    let definition = quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    };
    let mut table = context.paths.call("top_level", name.to_string());
    table.rows(shape.fields.iter().map(row));
    vec![definition.into(), table.into()]
}
