//! Values of one of several JSON types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, types, Context};
use crate::ir::{Alternative, Item, Type};

pub(crate) fn emit(item: &Item, alternatives: &[Alternative], context: &Context<'_>) -> Vec<TokenStream> {
    let (name, root) = (ident(&item.name), context.paths.root());
    vec![definition(item, alternatives, context), json(item, alternatives), quote!(#root::__private::json!(#name);)]
}

fn definition(item: &Item, alternatives: &[Alternative], context: &Context<'_>) -> TokenStream {
    let name = ident(&item.name);
    let docs = docs::attributes(&item.docs, "A value of one of several JSON types.", context.ir.release);
    let variants = alternatives.iter().map(|alternative| {
        let ident = ident(&alternative.ident);
        let (_, words) = json_type(alternative.ty.as_ref());
        let mut letters = words.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let docs = docs::comment(&format!("{}.", first.chain(letters).collect::<String>()));
        match &alternative.ty {
            None => quote!(#docs #ident,),
            Some(ty) => {
                let ty = types::ty(ty);
                quote!(#docs #ident(#ty),)
            }
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    }
}

fn json(item: &Item, alternatives: &[Alternative]) -> TokenStream {
    let name = ident(&item.name);
    let first = alternatives.first().map(|alternative| {
        let ident = ident(&alternative.ident);
        alternative.ty.as_ref().map_or(quote!(#ident), |_| quote!(#ident(Json::blank())))
    });
    let reads = alternatives.iter().map(|alternative| {
        let ident = ident(&alternative.ident);
        let (kind, _) = json_type(alternative.ty.as_ref());
        match &alternative.ty {
            None => quote! {
                #kind => {
                    json.null()?;
                    *self = Self::#ident;
                    Ok(None)
                }
            },
            Some(ty) => {
                let ty = types::ty(ty);
                quote! {
                    #kind => {
                        let mut value = <#ty>::blank();
                        let leftover = value.read_into(json)?;
                        *self = Self::#ident(value);
                        Ok(leftover)
                    }
                }
            }
        }
    });
    let items = alternatives.iter().map(|alternative| {
        let ident = ident(&alternative.ident);
        match &alternative.ty {
            None => quote!(Self::#ident => Item::Null,),
            Some(_) => quote!(Self::#ident(value) => value.item(),),
        }
    });
    let words: Vec<&str> = alternatives.iter().map(|alternative| json_type(alternative.ty.as_ref()).1).collect();
    let expected = words.join(" or ");
    quote! {
        impl Json for #name {
            fn blank() -> Self {
                Self::#first
            }

            fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
                match json.json_type()? {
                    #(#reads)*
                    _ => Err(json.expected(#expected)),
                }
            }

            fn item(&self) -> Item<'_> {
                match self {
                    #(#items)*
                }
            }
        }
    }
}

/// The JSON type that a type is read from, and what people call it.
fn json_type(ty: Option<&Type>) -> (TokenStream, &'static str) {
    match ty {
        None => (quote!(JsonType::Null), "`null`"),
        Some(Type::Boolean) => (quote!(JsonType::Boolean), "a boolean"),
        Some(Type::Integer | Type::LooseInteger) => (quote!(JsonType::Number), "an integer"),
        Some(Type::Number) => (quote!(JsonType::Number), "a number"),
        Some(Type::String | Type::Identifier(_) | Type::LooseString) => (quote!(JsonType::String), "a string"),
        Some(Type::List(_)) => (quote!(JsonType::Array), "a list"),
        _ => (quote!(JsonType::Object), "an object"),
    }
}
