//! Strings with known values, and room for others.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, Context};
use crate::ir::{Docs, Item, Value};

pub(crate) fn emit(item: &Item, values: &[Value], context: &Context<'_>) -> Vec<TokenStream> {
    let (name, root) = (ident(&item.name), context.paths.root());
    let docs = docs::attributes(&item.docs, "A string with known values.", context.ir.release);
    let variants = values.iter().map(|value| {
        let described = Docs { text: value.text.clone(), ..Docs::default() };
        let docs = docs::attributes(&described, &format!("`{}`", value.wire), context.ir.release);
        let ident = ident(&value.ident);
        let wire = value.text.as_ref().map(|_| docs::comment(&format!("\nIn JSON: `{}`", value.wire)));
        quote!(#docs #wire #ident,)
    });
    let texts = values.iter().map(|value| {
        let (ident, wire) = (ident(&value.ident), &value.wire);
        quote!(Self::#ident => #wire,)
    });
    let reads = values.iter().map(|value| {
        let (ident, wire) = (ident(&value.ident), &value.wire);
        quote!(#wire => Self::#ident,)
    });
    let unknown = docs::comment(&format!("A value that {} doesn't list, as it was read.", context.paths.authority()));
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                #unknown
                Unknown(Box<str>),
            }
        },
        quote! {
            impl #name {
                /// The text in JSON.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(#texts)*
                        Self::Unknown(text) => text,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#reads)*
                        _ => Self::Unknown(text.into()),
                    }
                }
            }
        },
        quote!(#root::__private::open_enum!(#name);),
    ]
}
