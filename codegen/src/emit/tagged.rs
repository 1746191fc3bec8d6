//! Objects of several shapes, told apart by the value of a property.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{docs, ident, types, Context};
use crate::ir::{Field, Item, Presence, Shape, Struct, Tagged, Type};

pub(crate) fn emit(item: &Item, tagged: &Tagged, context: &Context<'_>) -> Vec<TokenStream> {
    vec![
        definition(item, tagged, context),
        accessors(item, tagged, context),
        json(item, tagged),
        conversions(item, tagged),
        {
            let (name, root) = (ident(&item.name), context.paths.root());
            quote!(#root::__private::json!(#name);)
        },
    ]
}

fn definition(item: &Item, tagged: &Tagged, context: &Context<'_>) -> TokenStream {
    let name = ident(&item.name);
    let docs = docs::attributes(&item.docs, "One of several objects.", context.ir.release);
    let variants = tagged.variants.iter().map(|variant| {
        let (ident, holds) = (ident(&variant.ident), ident(&variant.holds));
        let line = format!("`{}: {}`", tagged.property, variant.value);
        let docs = docs::attributes(&crate::ir::Docs { link: None, ..variant.docs.clone() }, &line, context.ir.release);
        quote!(#docs #ident(#holds),)
    });
    let other = ident(&tagged.other);
    let text = format!("Another `{}`, none, or one of these without what its kind can't do without.", tagged.property);
    let other_docs = docs::comment(&text);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #other_docs
            Other(#other),
        }
    }
}

/// Accessors for what the other shapes have in common with the one for unknown values.
fn accessors(item: &Item, tagged: &Tagged, context: &Context<'_>) -> TokenStream {
    let name = ident(&item.name);
    let other = shape_of(&tagged.other, context);
    let fields = other.into_iter().flat_map(|shape| &shape.fields);
    let accessors = fields.map(|field| accessor(field, tagged, context));
    quote! {
        impl #name {
            #(#accessors)*
        }
    }
}

fn accessor(field: &Field, tagged: &Tagged, context: &Context<'_>) -> TokenStream {
    let ident = ident(&field.ident);
    let docs = docs::attributes(&field.docs, &format!("The member `{}`.", field.wire), context.ir.release);
    let arms = tagged.variants.iter().map(|variant| {
        let name = super::ident(&variant.ident);
        if field.wire == tagged.property {
            let value = &variant.value;
            return quote!(Self::#name(_) => Some(#value),);
        }
        let fields = shape_of(&variant.holds, context).map(|shape| shape.fields.as_slice()).unwrap_or_default();
        match fields.iter().find(|other| other.wire == field.wire && other.ty == field.ty) {
            Some(other) => {
                let borrowed = borrowed(other);
                quote!(Self::#name(content) => #borrowed,)
            }
            None => quote!(Self::#name(_) => None,),
        }
    });
    let borrowed = borrowed(field);
    let ty = match &field.ty {
        Type::String => quote!(str),
        Type::Boxed(held) => types::ty(held),
        ty => types::ty(ty),
    };
    quote! {
        #docs
        pub fn #ident(&self) -> Option<&#ty> {
            match self {
                #(#arms)*
                Self::Other(content) => #borrowed,
            }
        }
    }
}

/// The value of a field, if it is there.
fn borrowed(field: &Field) -> TokenStream {
    let ident = ident(&field.ident);
    match (field.presence, &field.ty) {
        (Presence::Required, _) => quote!(Some(&content.#ident)),
        (_, Type::String | Type::Boxed(_)) => quote!(content.#ident.as_deref()),
        _ => quote!(content.#ident.as_ref()),
    }
}

fn shape_of<'i>(name: &str, context: &Context<'i>) -> Option<&'i Struct> {
    let module = context.ir.modules.get(context.module)?;
    match &module.items.iter().find(|item| item.name == name)?.shape {
        Shape::Struct(shape) => Some(shape),
        _ => None,
    }
}

fn json(item: &Item, tagged: &Tagged) -> TokenStream {
    let (name, property) = (ident(&item.name), &tagged.property);
    let blanks = tagged.variants.iter().map(|variant| {
        let (ident, value) = (ident(&variant.ident), &variant.value);
        quote!(#value => Self::#ident(Json::blank()),)
    });
    let idents: Vec<_> = tagged.variants.iter().map(|variant| ident(&variant.ident)).collect();
    quote! {
        impl #name {
            fn content(&self) -> &dyn Json {
                match self {
                    #(Self::#idents(content) => content,)*
                    Self::Other(content) => content,
                }
            }
        }

        impl Tagged for #name {
            fn choose(&mut self, tag: &str) -> bool {
                *self = match tag {
                    #(#blanks)*
                    _ => return false,
                };
                true
            }

            fn content_mut(&mut self) -> &mut dyn Json {
                match self {
                    #(Self::#idents(content) => content,)*
                    Self::Other(content) => content,
                }
            }
        }

        impl Json for #name {
            fn blank() -> Self {
                Self::Other(Json::blank())
            }

            fn read_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
                json.tagged(#property, self)
            }

            fn reset(&mut self) {
                *self = Self::blank();
            }

            fn item(&self) -> Item<'_> {
                self.content().item()
            }
        }
    }
}

fn conversions(item: &Item, tagged: &Tagged) -> TokenStream {
    let name = ident(&item.name);
    let all = tagged.variants.iter().map(|variant| (ident(&variant.ident), ident(&variant.holds)));
    let froms = all.chain([(format_ident!("Other"), ident(&tagged.other))]).map(|(variant, holds)| {
        quote! {
            impl From<#holds> for #name {
                fn from(content: #holds) -> Self {
                    Self::#variant(content)
                }
            }
        }
    });
    quote!(#(#froms)*)
}
