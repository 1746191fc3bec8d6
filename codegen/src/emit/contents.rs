//! The list of all contents, for what the optional features implement for each.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{ident, File};
use crate::ir::Ir;

/// The line of the module, which is there for the features that go through the list.
pub(crate) fn module() -> TokenStream {
    quote! {
        #[cfg(any(feature = "arbitrary", feature = "schemars"))]
        pub(crate) mod contents;
    }
}

/// The file of the list: a macro that gives it to another.
pub(crate) fn file(ir: &Ir) -> File {
    let contents: BTreeSet<_> = ir.events.iter().map(|event| &event.content).collect();
    let contents = contents.into_iter().map(|(module, name)| {
        let (module, name) = (module.iter().map(|part| ident(part)), ident(name));
        quote!($crate::#(#module::)*#name,)
    });
    let list = quote! {
        macro_rules! for_each_content {
            ($($implement:ident)::+) => {
                $($implement)::+! { #(#contents)* }
            };
        }

        pub(crate) use for_each_content;
    };
    File {
        docs: "All contents, those of variants among them, for what is implemented for each.".to_owned(),
        items: vec![("the list of all contents".to_owned(), list)],
        ..File::default()
    }
}
