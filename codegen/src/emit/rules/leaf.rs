//! The parts of a table that mention no other.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, ToTokens};

use super::super::ident;
use crate::ir::rules::{Node, Pattern, Place};
use crate::source::SCHEMAS;
use crate::version::Version;

pub(super) fn types_of(types: &[String]) -> TokenStream {
    let mut constants = types.iter().map(|name| ident(&name.to_uppercase()));
    let Some(first) = constants.next() else { return quote!(types: Types::ANY) };
    quote!(types: Types::#first #(.or(Types::#constants))*)
}

pub(super) fn text(node: &Node) -> Option<TokenStream> {
    let mut fields = Vec::new();
    if let Some(values) = &node.values {
        fields.push(quote!(values: Some(&[#(#values),*])));
    }
    if !node.patterns.is_empty() {
        let patterns = node.patterns.iter().map(pattern);
        fields.push(quote!(patterns: &[#(#patterns),*]));
    }
    for (name, limit) in [("least", node.length.0), ("most", node.length.1)] {
        let (name, limit) = (ident(name), limit.map(Literal::u64_unsuffixed));
        fields.extend(limit.map(|limit| quote!(#name: Some(#limit))));
    }
    if let Some(format) = node.format.as_deref().map(format) {
        fields.push(quote!(format: Some(#format)));
    }
    (!fields.is_empty()).then(|| quote!(text: Some(&Text { #(#fields,)* ..Text::ANY })))
}

fn format(name: &str) -> TokenStream {
    let variant = ident(name);
    quote!(Format::#variant)
}

pub(super) fn pattern(pattern: &Pattern) -> TokenStream {
    let source = &pattern.source;
    let form = match (pattern.literal(), pattern.from_start, pattern.to_end) {
        (Some(literal), _, _) if literal.is_empty() && !(pattern.from_start && pattern.to_end) => quote!(Any),
        (Some(literal), true, true) => quote!(Exactly(#literal)),
        (Some(literal), true, false) => quote!(Prefix(#literal)),
        (_, from_start, to_end) => {
            let atoms = pattern.atoms.iter().map(|atom| {
                let ranges = atom.ranges.iter().map(|(first, last)| quote!((#first, #last)));
                let least = Literal::u32_unsuffixed(atom.least);
                let most = atom.most.map_or(quote!(u32::MAX), |most| Literal::u32_unsuffixed(most).into_token_stream());
                quote!(Atom { ranges: &[#(#ranges),*], least: #least, most: #most })
            });
            quote!(Atoms { atoms: &[#(#atoms),*], from_start: #from_start, to_end: #to_end })
        }
    };
    quote!(Pattern { source: #source, form: PatternForm::#form })
}

pub(super) fn facts(node: &Node) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    if let Some(text) = node.docs.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        fields.push(quote!(description: #text));
    }
    if let Some(since) = node.docs.since {
        let since = version(since);
        fields.push(quote!(since: Some(#since)));
    }
    if !node.docs.changed.is_empty() {
        let changed = node.docs.changed.iter().map(|(release, text)| {
            let release = version(*release);
            quote!((#release, #text))
        });
        fields.push(quote!(changed: &[#(#changed),*]));
    }
    if node.docs.deprecated {
        fields.push(quote!(deprecated: true));
    }
    if let Some(format) = node.key_format.as_deref().map(format) {
        fields.push(quote!(key_format: Some(#format)));
    }
    if !node.places.is_empty() {
        let places = node.places.iter().map(|place| {
            let (at, keywords, required) = (place_of(place), &place.keywords, &place.required);
            quote!(Place { at: #at, keywords: &[#(#keywords),*], required: &[#(#required),*] })
        });
        fields.push(quote!(places: &[#(#places),*]));
    }
    fields
}

pub(super) fn place_of(place: &Place) -> String {
    let file = short(&place.origin.file);
    if place.origin.pointer.is_empty() {
        file.to_owned()
    } else {
        format!("{file}#{}", place.origin.pointer)
    }
}

/// The path of a file below the folder of the event schemas, or its whole path.
pub(super) fn short(file: &str) -> &str {
    file.strip_prefix(SCHEMAS).map_or(file, |rest| rest.trim_start_matches('/'))
}

pub(super) fn version(version: Version) -> TokenStream {
    let (major, minor) = (Literal::u16_unsuffixed(version.major), Literal::u16_unsuffixed(version.minor));
    quote!(Version::new(#major, #minor))
}

pub(super) fn count(limit: Option<u64>) -> TokenStream {
    option(limit.map(|limit| Literal::u64_unsuffixed(limit).into_token_stream()))
}

pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}
