//! A test that reads each example of one's own events into its type, and wants it back as it was.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{cases, ident, module, File, Paths};
use crate::examples::Example;
use crate::ir::{Event, Ir};

/// The names that the test uses, by their modules.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// The file of the test.
pub(crate) fn file(own: &Ir, whole: &Ir, examples: &[Example], paths: &Paths<'_>) -> File {
    let mut uses = Uses::new();
    let mut calls = Vec::new();
    for example in examples {
        let (file, json) = (&example.file, raw(&format!("{:#}", example.value)));
        calls.push(quote!(let example = (#file, #json);));
        let events = own.events.iter().filter(|event| event.event_type == example.event_type);
        for event in events.filter(|event| event.variant.is_none() || event.variant == example.variant) {
            calls.extend(call(whole, example, event, paths, &mut uses));
        }
    }
    let root = paths.root();
    let helper = quote! {
        fn comes_back<T: Json>((file, text): (&str, &str)) {
            let read: T = #root::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let json: Value = #root::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert_eq!(read.item().to_value(), json, "{file}");
        }
    };
    let test = quote! {
        #[test]
        fn every_example_comes_back_as_it_was() {
            #(#calls)*
        }
    };
    for (module, name) in [("crate::__private", "Json"), ("serde_json", "Value")] {
        uses.entry(paths.elsewhere(module)).or_default().insert(name.to_owned());
    }
    let head =
        uses.iter().filter_map(|(module, names)| module::line(module, names.iter().map(String::as_str))).collect();
    File {
        from: vec!["event-schemas/examples".to_owned()],
        docs: "Each example, which has to come back as it was.".to_owned(),
        head,
        items: vec![("the check of an example".to_owned(), helper), ("the test of all examples".to_owned(), test)],
        ..File::default()
    }
}

fn call(whole: &Ir, example: &Example, event: &Event, paths: &Paths<'_>, uses: &mut Uses) -> Option<TokenStream> {
    let envelope = cases::envelope(whole, &event.kinds, &example.value)?;
    let (module, name) = &event.content;
    uses.entry(paths.elsewhere("crate::envelope")).or_default().insert(envelope.to_owned());
    uses.entry(paths.module(&["tests".to_owned()], module, name)).or_default().insert(name.clone());
    let (envelope, name) = (ident(envelope), ident(name));
    Some(quote!(comes_back::<#envelope<#name>>(example);))
}

/// A text in as many `#` as it takes.
fn raw(text: &str) -> Literal {
    let longest = text.split('"').skip(1).map(|rest| rest.len() - rest.trim_start_matches('#').len()).max();
    let hashes = "#".repeat(longest.unwrap_or_default() + 1);
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}
