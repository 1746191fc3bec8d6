//! Emits objects with fields, including envelopes.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::{alias_rows, declare, row, DefaultImpl, Writer};
use super::paths::tokens;
use super::{docs, event, gate, ident, types, Block, Code, Context};
use crate::ir::{Item, Role, Struct};

pub(crate) fn emit(item: &Item, shape: &Struct, context: &Context<'_>) -> Vec<Code> {
    let writer = Writer { item, shape, context };
    let debug = shape.has_secrets().then(|| writer.debug_impl().into());
    let code =
        [Some(writer.definition().into()), debug, Some(writer.constructor().into()), Some(writer.table().into())];
    code.into_iter().flatten().collect()
}

impl Writer<'_> {
    /// Returns the type parameter of an envelope, with and without its bound.
    pub(super) fn generics(&self) -> (TokenStream, TokenStream) {
        match self.shape.role {
            Role::Envelope { kind, .. } => {
                let bound = tokens(&format!("{}::{}", self.context.paths.root(), event::trait_of(kind)));
                (quote!(<C: #bound>), quote!(<C>))
            }
            _ => (quote!(), quote!()),
        }
    }

    fn definition(&self) -> TokenStream {
        let (name, (bounds, _)) = (ident(&self.item.name), self.generics());
        let fallback = format!("The object `{}`.", self.item.name);
        let docs = docs::attributes(&self.item.docs, &fallback, self.context.ir.release);
        let suffix = self.shape.suffix.as_ref().map(|(event_type, name)| {
            let docs = docs::comment(&format!("The end of the event type `{event_type}`, in place of the `*`."));
            let (name, root) = (ident(name), tokens(self.context.paths.root()));
            quote!(#docs pub #name: #root::TypeSuffix,)
        });
        let fields = self.shape.fields.iter().map(|field| declare(field, self.context));
        let default = (self.default_impl() == DefaultImpl::Derived).then(|| quote!(Default,));
        let debug = (!self.shape.has_secrets()).then(|| quote!(Debug,));
        let entries = self.shape.entries.as_ref().map(|entries| {
            let map = tokens(&types::map(&entries.key, &entries.value, self.context));
            let docs = docs::attributes(&entries.docs, "The members without a field.", self.context.ir.release);
            quote!(#docs pub entries: #map,)
        });
        let top_level = self.has_top_level().then(|| {
            quote! {
                /// The members that only events of this type have at the top level.
                pub top_level: C::TopLevel,
            }
        });
        let extra = tokens(&format!("{}::Extra", self.context.paths.root()));
        quote! {
            #docs
            #[derive(Clone, #debug #default PartialEq)]
            #[non_exhaustive]
            pub struct #name #bounds {
                #suffix
                #(#fields)*
                #entries
                #top_level
                /// Members without a field, and invalid values of optional fields.
                pub extra: #extra,
            }
        }
    }

    /// Returns the implementation of `Debug` for an object with secrets, which shows `…` in their place.
    fn debug_impl(&self) -> TokenStream {
        let name = ident(&self.item.name);
        let text = &self.item.name;
        let fields = self.shape.fields.iter().map(|field| {
            let (shown, field_name) = (&field.ident, ident(&field.ident));
            let condition = gate::condition(field.docs.proposal);
            match field.is_secret {
                true => quote!(#condition debug.field(#shown, &::std::format_args!("…"));),
                false => quote!(#condition debug.field(#shown, &self.#field_name);),
            }
        });
        let entries = self.shape.entries.as_ref().map(|_| quote!(debug.field("entries", &self.entries);));
        let allow = self.shape.has_deprecated().then(|| quote!(#[allow(deprecated)]));
        quote! {
            impl ::std::fmt::Debug for #name {
                #allow
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    let mut debug = f.debug_struct(#text);
                    #(#fields)*
                    #entries
                    debug.field("extra", &self.extra).finish()
                }
            }
        }
    }

    /// Returns the macro invocation that implements deserialization and serialization, with a row for each field.
    fn table(&self) -> Block {
        let name = ident(&self.item.name);
        let mut block = match self.shape.role {
            Role::Envelope { kind, form } => {
                let head = format!("{name}<{}>: {}, {:?}", event::trait_of(kind), form.variant(), kind.type_member());
                self.context.paths.call("envelope", head)
            }
            _ => self.context.paths.call("object", name.to_string()),
        };
        block.rows(self.shape.constants.iter().map(|(wire, value)| format!("{wire:?} = {value:?};")));
        let suffix = self.shape.suffix.as_ref();
        block.rows(suffix.map(|(event_type, name)| format!("@ {} = {event_type:?};", ident(name))));
        block.rows(self.shape.fields.iter().map(row));
        block.rows(self.shape.fields.iter().flat_map(alias_rows));
        block.rows(self.rest().map(|rest| format!("..{rest};")));
        block
    }
}
