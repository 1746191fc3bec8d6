//! The members that an event type has at the top level beside those of its envelope.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::declare;
use super::{docs, ident, table, Context};
use crate::ir::{Item, Struct};

pub(super) fn emit(item: &Item, shape: &Struct, context: &Context<'_>) -> Vec<TokenStream> {
    let name = ident(&item.name);
    let docs = docs::attributes(&item.docs, "", context.ir.release);
    let fields = shape.fields.iter().map(|field| declare(field, context));
    let names = shape.fields.iter().map(|field| &field.wire);
    let table = table::of(shape, None);
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
            }
        },
        quote! {
            impl TopLevelMembers for #name {
                const NAMES: &'static [&'static str] = &[#(#names),*];

                #table
            }
        },
    ]
}
