//! The types of fields.

use proc_macro2::TokenStream;
use quote::{quote, ToTokens};

use super::ident;
use crate::ir::{Field, Key, Presence, Type};

/// The Rust type.
pub(crate) fn ty(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Boolean => quote!(bool),
        Type::Integer => quote!(i64),
        Type::LooseInteger => quote!(IntOrString),
        Type::LooseString => quote!(StringOrInt),
        Type::Number => quote!(Number),
        Type::Any => quote!(Value),
        Type::JsonObject => quote!(JsonObject),
        Type::Identifier(identifier) => ident(identifier.name()).into_token_stream(),
        Type::Named(_, name) => ident(name).into_token_stream(),
        Type::List(element) => {
            let element = self::ty(element);
            quote!(Vec<#element>)
        }
        Type::Map(key, value) => {
            let (key, value) = (self::key(key), self::ty(value));
            quote!(BTreeMap<#key, #value>)
        }
        Type::Nullable(value) => {
            let value = self::ty(value);
            quote!(Nullable<#value>)
        }
        Type::Boxed(value) => {
            let value = self::ty(value);
            quote!(Box<#value>)
        }
        Type::Content => quote!(C),
        Type::Unsigned => quote!(C::Unsigned),
        Type::StateKey => quote!(C::StateKey),
    }
}

/// The type of a map's keys.
pub(crate) fn key(key: &Key) -> TokenStream {
    match key {
        Key::String => quote!(String),
        Key::Identifier(identifier) => ident(identifier.name()).into_token_stream(),
    }
}

/// The type of a field, `Option` included.
pub(crate) fn field(field: &Field) -> TokenStream {
    let inner = ty(&field.ty);
    match field.presence {
        Presence::Required => inner,
        Presence::Lenient | Presence::Optional => quote!(Option<#inner>),
    }
}

/// The type of an argument that a field is set from, and whether it takes a conversion.
pub(crate) fn argument(kind: &Type) -> (TokenStream, bool) {
    let inner = ty(kind);
    match kind {
        Type::String | Type::Identifier(_) | Type::LooseInteger | Type::LooseString => {
            (quote!(impl Into<#inner>), true)
        }
        _ => (inner, false),
    }
}

/// The types of the crate that a type is made of.
pub(crate) fn named<'t>(ty: &'t Type, found: &mut Vec<(&'t [String], &'t str)>) {
    match ty {
        Type::Named(module, name) => found.push((module, name)),
        Type::List(inner) | Type::Map(_, inner) | Type::Nullable(inner) | Type::Boxed(inner) => named(inner, found),
        _ => {}
    }
}
