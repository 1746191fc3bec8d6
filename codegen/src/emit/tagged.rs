//! Emits enums over several objects, which are distinguished by the value of a property.

use proc_macro2::TokenStream;
use quote::quote;

use super::paths::tokens;
use super::{docs, gate, ident, types, Block, Code, Context};
use crate::ir::{Docs, Field, Item, Shape, Struct, Tagged, Type, Variant};

pub(crate) fn emit(item: &Item, tagged: &Tagged, context: &Context<'_>) -> Vec<Code> {
    vec![definition(item, tagged, context).into(), accessors(item, tagged, context).into()]
}

fn definition(item: &Item, tagged: &Tagged, context: &Context<'_>) -> Block {
    let release = context.ir.release;
    let mut definition = Block::new(format!("pub enum {} by {:?}", ident(&item.name), tagged.property));
    for variant in &tagged.variants {
        let docs = Docs { link: None, ..variant.docs.clone() };
        definition.rows(docs::rows(&docs, "", release));
        let condition = gate::prefix(variant.docs.proposal);
        let (ident, holds) = (ident(&variant.ident), ident(&variant.holds));
        definition.row(format!("{:?} => {condition}{ident}({holds}),", variant.value));
    }
    definition.row(format!("_ => Other({}),", ident(&tagged.other)));
    let mut call = context.paths.invoke("tagged");
    call.rows(docs::rows(&item.docs, "One of several objects.", release));
    call.block(definition);
    call
}

/// Emits accessors for the fields of the object for unknown values. The other objects may have these fields as well.
fn accessors(item: &Item, tagged: &Tagged, context: &Context<'_>) -> TokenStream {
    let name = ident(&item.name);
    let other = shape_of(&tagged.other, context);
    let fields = other.into_iter().flat_map(|shape| &shape.fields);
    let accessors: Vec<_> = fields.map(|field| accessor(field, tagged, context)).collect();
    if accessors.is_empty() {
        return quote!();
    }
    quote! {
        impl #name {
            #(#accessors)*
        }
    }
}

fn accessor(field: &Field, tagged: &Tagged, context: &Context<'_>) -> TokenStream {
    let ident = ident(&field.ident);
    let docs = docs::attributes(&field.docs, &format!("The member `{}`.", field.wire), context.ir.release);
    let mut is_deprecated = field.docs.deprecated;
    let arm = |variant: &Variant| {
        let condition = gate::condition(variant.docs.proposal);
        let name = super::ident(&variant.ident);
        if field.wire == tagged.property {
            let value = &variant.value;
            return quote!(#condition Self::#name(_) => Some(#value),);
        }
        let fields = shape_of(&variant.holds, context).map(|shape| shape.fields.as_slice()).unwrap_or_default();
        match fields.iter().find(|other| other.wire == field.wire && other.ty == field.ty) {
            Some(other) => {
                is_deprecated |= other.docs.deprecated;
                let borrowed = borrowed(other);
                quote!(#condition Self::#name(content) => #borrowed,)
            }
            None => quote!(#condition Self::#name(_) => None,),
        }
    };
    let arms: Vec<_> = tagged.variants.iter().map(arm).collect();
    let allow = is_deprecated.then(|| quote!(#[allow(deprecated)]));
    let borrowed = borrowed(field);
    let ty = match &field.ty {
        Type::String => "str".to_owned(),
        Type::Boxed(held) => types::ty(held, context),
        ty => types::ty(ty, context),
    };
    let ty = tokens(&ty);
    let condition = gate::condition(field.docs.proposal);
    quote! {
        #docs
        #condition
        #allow
        pub fn #ident(&self) -> Option<&#ty> {
            match self {
                #(#arms)*
                Self::Other(content) => #borrowed,
            }
        }
    }
}

/// Returns the expression for a reference to the value of a field, as an `Option`.
fn borrowed(field: &Field) -> TokenStream {
    let ident = ident(&field.ident);
    match (field.presence.is_required(), &field.ty) {
        (true, _) => quote!(Some(&content.#ident)),
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
