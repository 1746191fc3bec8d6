//! Emits a table for tests: the examples, and the types that each deserializes to.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{constraints, ident, Emitted, File};
use crate::examples::{Example, RootExample};
use crate::ir::{Event, Ir, Kind, Root};
use crate::proposals;
use crate::source::EXAMPLES;

/// Emits the file of the table.
pub(crate) fn cases(ir: &Ir, examples: &[Example], of_roots: &[RootExample]) -> File {
    let mut rows = Vec::new();
    for example in examples {
        let is_of_type = |event: &&Event| event.event_type == example.event_type && event.is_edu() == example.is_edu;
        let events = ir.events.iter().filter(is_of_type);
        let of_variant = events.filter(|event| event.variant.is_none() || event.variant == example.variant);
        for event in of_variant {
            rows.extend(row(ir, example, event));
        }
    }
    let table = quote! {
        /// Every example with every type that it deserializes to.
        pub const CASES: &[crate::Case] = &[#(#rows)*];
    };
    let roots = of_roots.iter().map(|example| root(ir, example));
    let of_roots = quote! {
        /// Every example of a root with its type.
        pub const BODIES: &[crate::BodyCase] = &[#(#roots)*];
    };
    let items = [("the table of examples", table), ("the table of examples of roots", of_roots)];
    File {
        sources: vec![EXAMPLES.to_owned()],
        docs: "The examples of events, and the types that each deserializes to.".to_owned(),
        items: items.map(|(name, code)| Emitted { name: name.to_owned(), code: code.into() }).into(),
        ..File::default()
    }
}

fn root(ir: &Ir, example: &RootExample) -> TokenStream {
    let path: Vec<_> = example.module.iter().map(|part| ident(part)).collect();
    let (name, file) = (ident(&example.name), &example.file);
    let ty = quote!(matrix_events::#(#path::)*#name);
    let condition = proposals::number_of(file).map(|_| quote!(#[cfg(feature = "unstable")]));
    let is_root = |root: &&Root| root.name == example.name && root.module == example.module;
    let has_events = ir.roots.iter().find(is_root).is_some_and(|root| !root.events.is_empty());
    let events = has_events
        .then(|| quote!(.with_events(|text| crate::events_of::<#ty>(text, <#ty>::events, <#ty>::events_mut))));
    if let Some(any) = &example.any {
        let (any, schema) = (ident(any), ident(&constraints::root_static(&example.name)));
        return quote! {
            #condition
            crate::body_case::<matrix_events::#any>(#file, matrix_events::#(#path::)*#schema),
        };
    }
    quote! {
        #condition
        crate::body_case::<#ty>(#file, <#ty>::BODY) #events,
    }
}

fn row(ir: &Ir, example: &Example, event: &Event) -> Option<TokenStream> {
    let envelope = ident(envelope(ir, &kinds_of(event, example), &example.value)?);
    let path = event.content.0.iter().map(|part| ident(part));
    let content = ident(&event.content.1);
    let (file, name) = (&example.file, format!("{}<{}>", envelope, event.content.1));
    let schema = &event.file;
    // The feature `unstable` of the tests enables the features of all proposals.
    let proposal = event.proposal().or(proposals::number_of(&example.file));
    let condition = proposal.map(|_| quote!(#[cfg(feature = "unstable")]));
    Some(quote! {
        #condition
        crate::case::<matrix_events::#envelope<matrix_events::#(#path::)*#content>>(#file, #schema, #name),
    })
}

/// Returns the kinds of an event for an example. The example of a proposal may have a kind that the proposal adds.
pub(super) fn kinds_of(event: &Event, example: &Example) -> Vec<Kind> {
    let own = proposals::number_of(&example.file);
    let kinds = event.all_kinds().filter(|(_, proposal)| proposal.is_none() || *proposal == own);
    kinds.map(|(kind, _)| kind).collect()
}

/// Returns the name of the envelope for an example. The example has all required members of the envelope, and no other such
/// envelope has more members of the example.
pub(super) fn envelope<'i>(ir: &'i Ir, kinds: &[Kind], example: &Value) -> Option<&'i str> {
    let present: BTreeSet<&str> = example.as_object()?.keys().map(String::as_str).collect();
    let fitting = ir.envelopes().filter_map(|(name, kind, shape)| {
        let mut required = shape.fields.iter().filter(|field| field.presence.is_required());
        // The examples are events as clients receive them.
        let fits =
            kinds.contains(&kind) && !shape.is_pdu() && required.all(|field| present.contains(field.wire.as_str()));
        fits.then(|| (shape.fields.iter().filter(|field| present.contains(field.wire.as_str())).count(), name))
    });
    // If several envelopes fit equally, the first name is used, so that the order of the configuration does not matter.
    fitting.max_by(|(a, one), (b, other)| a.cmp(b).then(other.cmp(one))).map(|(_, name)| name)
}
