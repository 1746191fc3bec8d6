//! Emits a test that deserializes and serializes each example of a custom event.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::paths::tokens;
use super::{cases, Emitted, File, Paths};
use crate::examples::Example;
use crate::ir::{Event, Ir};
use crate::source::EXAMPLES;

/// Emits the file of the test.
pub(crate) fn file(own: &Ir, whole: &Ir, examples: &[Example], paths: &Paths<'_>) -> File {
    let mut calls = Vec::new();
    for example in examples {
        let (file, json) = (&example.file, raw(&format!("{:#}", example.value)));
        calls.push(quote!(let example = (#file, #json);));
        let events = own.events.iter().filter(|event| event.event_type == example.event_type);
        for event in events.filter(|event| event.variant.is_none() || event.variant == example.variant) {
            calls.extend(call(whole, example, event, paths));
        }
    }
    let root = tokens(paths.root());
    let value = tokens(&paths.serde_json("Value"));
    let helper = quote! {
        fn assert_round_trip<T: #root::__private::FromToJson>((file, text): (&str, &str)) {
            let event: T = #root::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let json: #value = #root::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert_eq!(event.json_ref().to_value(), json, "{file}");
        }
    };
    let test = quote! {
        #[test]
        fn every_example_round_trips() {
            #(#calls)*
        }
    };
    let items = [("the check of an example", helper), ("the test of all examples", test)];
    File {
        sources: vec![EXAMPLES.to_owned()],
        docs: "Tests that each example deserializes and serializes to equal JSON.".to_owned(),
        items: items.map(|(name, code)| Emitted { name: name.to_owned(), code: code.into() }).into(),
        ..File::default()
    }
}

fn call(whole: &Ir, example: &Example, event: &Event, paths: &Paths<'_>) -> Option<TokenStream> {
    let envelope = tokens(&paths.envelope(cases::envelope(whole, &cases::kinds_of(event, example), &example.value)?));
    let (module, name) = &event.content;
    let content = tokens(&paths.named(&["tests".to_owned()], module, name));
    Some(quote!(assert_round_trip::<#envelope<#content>>(example);))
}

/// Returns a raw string literal with as many `#` as the text requires.
fn raw(text: &str) -> Literal {
    let longest = text.split('"').skip(1).map(|rest| rest.len() - rest.trim_start_matches('#').len()).max();
    let hashes = "#".repeat(longest.unwrap_or_default() + 1);
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}
