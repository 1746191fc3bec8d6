//! What the parts of an object's code have in common: its parameter, its fields, and how a field is declared.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, event, ident, types, Context};
use crate::ir::{Field, Item, Kind, Presence, Struct, Type};

/// What the parts of an object's code are written from.
pub(super) struct Writer<'w> {
    pub(super) item: &'w Item,
    pub(super) shape: &'w Struct,
    pub(super) context: &'w Context<'w>,
}

impl Writer<'_> {
    /// The parameter of an envelope, with its bound.
    pub(super) fn generics(&self) -> (TokenStream, TokenStream) {
        match self.shape.envelope {
            None => (quote!(), quote!()),
            Some(kind) => {
                let bound = ident(event::trait_of(kind));
                (quote!(<C: #bound>), quote!(<C>))
            }
        }
    }

    /// Whether there is room for what an event type has at the top level on its own.
    pub(super) fn has_top_level(&self) -> bool {
        let in_room = matches!(self.shape.envelope, Some(Kind::MessageLike | Kind::State));
        in_room && self.shape.fields.iter().any(|field| field.ty == Type::Unsigned)
    }

    /// Reading and writing a deprecated field is no use of it.
    pub(super) fn allow_deprecated(&self) -> Option<TokenStream> {
        self.shape.has_deprecated().then(|| quote!(#[allow(deprecated)]))
    }

    pub(super) fn required(&self) -> impl Iterator<Item = &Field> {
        self.shape.fields.iter().filter(|field| field.presence == Presence::Required)
    }
}

/// The declaration of a field, with its documentation.
pub(super) fn declare(field: &Field, context: &Context<'_>) -> TokenStream {
    let fallback = match &field.only {
        Some(only) => format!("Always `{only}`."),
        None => format!("The member `{}`.", field.wire),
    };
    let docs = docs::attributes(&field.docs, &fallback, context.ir.release);
    let lenient = (field.presence == Presence::Lenient).then(|| {
        let authority = context.paths.authority().replacen('t', "T", 1);
        docs::comment(&format!("\n{authority} requires it, but events without it are about, so it may be absent here."))
    });
    let other_names = (!field.aliases.is_empty()).then(|| {
        let names: Vec<String> = field.aliases.iter().map(|name| format!("`{name}`")).collect();
        docs::comment(&format!("\nAlso read under {}, and then written under that name.", names.join(" or ")))
    });
    let (name, ty) = (ident(&field.ident), types::field(field));
    quote!(#docs #lenient #other_names pub #name: #ty,)
}
