//! The enums over all events that can come from one place.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, File};
use crate::ir::{Any, AnyVariant, Ir};

/// The file of the enums.
pub(crate) fn file(ir: &Ir) -> File {
    let envelopes: BTreeSet<&str> =
        ir.any.iter().flat_map(|any| &any.variants).map(|variant| variant.envelope.as_str()).collect();
    let envelopes: Vec<_> = envelopes.into_iter().map(ident).collect();
    let contents: BTreeSet<_> = ir.any.iter().flat_map(|any| &any.variants).map(|variant| &variant.content).collect();
    let mut head: Vec<TokenStream> = contents
        .into_iter()
        .map(|(module, name)| {
            let (module, name) = (module.iter().map(|part| ident(part)), ident(name));
            quote!(use crate::#(#module::)*#name;)
        })
        .collect();
    head.push(quote!(use crate::envelope::{#(#envelopes),*};));
    head.push(quote!(
        use crate::raw::{MalformedEvent, RedactedEvent, UnknownEvent};
    ));
    head.sort_by_cached_key(ToString::to_string);
    let mut items = Vec::new();
    for any in &ir.any {
        items.push((any.name.clone(), definition(any)));
        items.push((format!("the code of {}", any.name), code(any)));
    }
    File {
        from: Vec::new(),
        docs: "An enum for each place that events come from, over all events that can come from there.".to_owned(),
        head,
        items,
    }
}

fn holds(variant: &AnyVariant) -> TokenStream {
    let (envelope, content) = (ident(&variant.envelope), ident(&variant.content.1));
    quote!(#envelope<#content>)
}

fn definition(any: &Any) -> TokenStream {
    let name = ident(&any.name);
    let docs = docs::attributes(&any.docs, "Any event.", None);
    let variants = any.variants.iter().map(|variant| {
        let (ident, holds) = (ident(&variant.ident), holds(variant));
        let docs = docs::comment(&format!("`{}`", variant.event_type));
        quote!(#docs #ident(Box<#holds>),)
    });
    let redacted = any.redactable.then(|| {
        quote! {
            /// An event of a known type whose content a redaction has taken.
            Redacted(Box<RedactedEvent>),
        }
    });
    quote! {
        #docs
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// An event of a type that this place doesn't know.
            Unknown(Box<UnknownEvent>),
            #redacted
            /// An event of a known type that lacks what its type can't do without.
            Malformed(Box<MalformedEvent>),
        }
    }
}

fn code(any: &Any) -> TokenStream {
    let name = ident(&any.name);
    let rows = any.variants.iter().map(|variant| {
        let (event_type, also) = (&variant.event_type, &variant.also);
        let (ident, holds) = (ident(&variant.ident), holds(variant));
        quote!(#event_type #(| #also)* => #ident(#holds),)
    });
    let redacted = if any.redactable { quote!(Redacted) } else { quote!() };
    let sync = any.sync.as_ref().map(|sync| {
        let (sync, idents) = (ident(sync), any.variants.iter().map(|variant| ident(&variant.ident)));
        quote! {
            crate::sync_event! {
                #name => #sync { #(#idents,)* }
            }
        }
    });
    quote! {
        crate::any_event! {
            #name [#redacted] {
                #(#rows)*
            }
        }
        #sync
    }
}
