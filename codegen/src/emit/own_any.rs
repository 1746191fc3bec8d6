//! The enums over all events of a place, for a crate with events of its own: a variant for each of those, and one for the
//! enum over all others.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{any, docs, ident, module, File, Paths};
use crate::ir::{Any, Ir};

/// The file of the enums.
pub(crate) fn file(own: &Ir, paths: &Paths<'_>) -> File {
    let root = paths.root();
    let variants = || own.any.iter().flat_map(|any| &any.variants);
    let envelopes: BTreeSet<&str> = variants().map(|variant| variant.envelope.as_str()).collect();
    let contents: BTreeSet<_> = variants().map(|variant| &variant.content).collect();
    let here = ["any".to_owned()];
    let mut head: Vec<TokenStream> = contents
        .into_iter()
        .filter_map(|(module, name)| module::line(&paths.module(&here, module, name), std::iter::once(name.as_str())))
        .collect();
    head.extend(module::line(&paths.elsewhere("crate::envelope"), envelopes.into_iter()));
    head.sort_by_cached_key(ToString::to_string);
    let mut items = Vec::new();
    for any in &own.any {
        items.push((any.name.clone(), definition(any, &root)));
        items.push((format!("the code of {}", any.name), code(any, own, &root)));
    }
    let docs = "An enum for each place that events of one's own come from, over all events that can come from there.";
    File { docs: docs.to_owned(), head, items, ..File::default() }
}

fn definition(any: &Any, root: &TokenStream) -> TokenStream {
    let name = ident(&any.name);
    let docs = docs::attributes(&any.docs, "Any event.", None);
    let variants = any::variants(any);
    quote! {
        #docs
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// Any other: an event of the specification, and what has an unknown type, is redacted, or lacks what its type
            /// can't do without.
            Other(#root::#name),
        }
    }
}

fn code(any: &Any, own: &Ir, root: &TokenStream) -> TokenStream {
    let name = ident(&any.name);
    let rows = any::rows(any);
    let sync = any.sync.as_ref().map(|sync| {
        let (sync, idents) = (ident(sync), any.variants.iter().map(|variant| ident(&variant.ident)));
        quote! {
            #root::__private::own_sync_event! {
                #name => #sync { #(#idents,)* }
            }
        }
    });
    let state = any::state(any, own).map(|(state, idents)| {
        quote! {
            #root::__private::own_state_event! {
                #name => #state { #(#idents,)* }
            }
        }
    });
    let of_rooms = any.redactable.then(|| quote!(#root::__private::room_event_members!(#name);));
    quote! {
        #root::__private::own_event! {
            #name, #root::#name { #(#rows)* }
        }
        #of_rooms
        #sync
        #state
    }
}
