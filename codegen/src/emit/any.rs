//! The enums over all events that can come from one place.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
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
    let raw: BTreeSet<&str> = ir.any.iter().flat_map(raw).collect();
    let raw = raw.into_iter().map(ident);
    head.push(quote!(use crate::raw::{#(#raw),*};));
    head.sort_by_cached_key(ToString::to_string);
    let mut items = Vec::new();
    for any in &ir.any {
        items.push((any.name.clone(), definition(any)));
        items.push((format!("the code of {}", any.name), code(any, ir)));
    }
    File {
        from: Vec::new(),
        docs: "An enum for each place that events come from, over all events that can come from there.".to_owned(),
        head,
        items,
        ..File::default()
    }
}

/// The types of events that no type of the specification fits.
fn raw(any: &Any) -> Vec<&'static str> {
    match (any.is_edu, any.redactable) {
        (true, _) => vec!["MalformedEdu", "UnknownEdu"],
        (false, true) => vec!["MalformedEvent", "RedactedEvent", "UnknownEvent"],
        (false, false) => vec!["MalformedEvent", "UnknownEvent"],
    }
}

fn holds(variant: &AnyVariant) -> TokenStream {
    let (envelope, content) = (ident(&variant.envelope), ident(&variant.content.1));
    quote!(#envelope<#content>)
}

/// The variants of the events of known types.
pub(super) fn variants(any: &Any) -> impl Iterator<Item = TokenStream> + '_ {
    any.variants.iter().map(|variant| {
        let (ident, holds) = (ident(&variant.ident), holds(variant));
        let docs = docs::comment(&format!("`{}`", variant.event_type));
        quote!(#docs #ident(Box<#holds>),)
    })
}

/// What a macro is told of each: the types, the variant, the event.
pub(super) fn rows(any: &Any) -> impl Iterator<Item = TokenStream> + '_ {
    any.variants.iter().map(|variant| {
        let (event_type, also) = (&variant.event_type, &variant.also);
        let (ident, holds) = (ident(&variant.ident), holds(variant));
        quote!(#event_type #(| #also)* => #ident(#holds),)
    })
}

fn definition(any: &Any) -> TokenStream {
    let name = ident(&any.name);
    let docs = docs::attributes(&any.docs, "Any event.", None);
    let variants = variants(any);
    let noun = if any.is_edu { "An ephemeral data unit" } else { "An event" };
    let unknown_docs = docs::comment(&format!("{noun} of a type that this place doesn't know."));
    let malformed_docs = docs::comment(&format!("{noun} of a known type that lacks what its type can't do without."));
    let redacted = any.redactable.then(|| {
        quote! {
            /// An event of a known type whose content a redaction has taken.
            Redacted(Box<RedactedEvent>),
        }
    });
    let [malformed, unknown] = match any.is_edu {
        true => ["MalformedEdu", "UnknownEdu"],
        false => ["MalformedEvent", "UnknownEvent"],
    }
    .map(ident);
    quote! {
        #docs
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #unknown_docs
            Unknown(Box<#unknown>),
            #redacted
            #malformed_docs
            Malformed(Box<#malformed>),
        }
    }
}

/// The enum over those of the events that are of a room's state, and their variants, where both enums have some.
pub(super) fn state<'i>(any: &'i Any, ir: &'i Ir) -> Option<(Ident, Vec<Ident>)> {
    let state = ir.any.iter().find(|other| any.state.as_ref() == Some(&other.name))?;
    Some((ident(&state.name), state.variants.iter().map(|variant| ident(&variant.ident)).collect()))
}

fn code(any: &Any, ir: &Ir) -> TokenStream {
    let name = ident(&any.name);
    let rows = rows(any);
    let redacted = if any.redactable { quote!(Redacted) } else { quote!() };
    let sync = any.sync.as_ref().map(|sync| {
        let (sync, idents) = (ident(sync), any.variants.iter().map(|variant| ident(&variant.ident)));
        quote! {
            crate::__private::sync_event! {
                #name => #sync { #(#idents,)* }
            }
        }
    });
    let state = state(any, ir).map(|(state, idents)| {
        quote! {
            crate::__private::state_event! {
                #name => #state { #(#idents,)* }
            }
        }
    });
    let head = match any.is_edu {
        true => quote!(crate::__private::any_edu!),
        false => quote!(crate::__private::any_event!),
    };
    let redacted = (!any.is_edu).then(|| quote!([#redacted]));
    let of_rooms = any.redactable.then(|| quote!(crate::__private::room_event_members!(#name);));
    quote! {
        #head {
            #name #redacted {
                #(#rows)*
            }
        }
        #of_rooms
        #sync
        #state
    }
}
