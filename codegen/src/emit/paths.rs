//! How emitted code names what stands elsewhere: from within `matrix-events`, or from a crate with events of its own.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::ModulePath;

/// The types that a crate defines, by their modules.
pub(crate) type Own = BTreeSet<(ModulePath, String)>;

/// Where the emitted code stands.
pub(crate) enum Paths<'o> {
    /// In `matrix-events`, which has all types.
    Inside,
    /// In a crate that depends on it, and that has these.
    Outside(&'o Own),
}

impl Paths<'_> {
    /// The root of `matrix-events`.
    pub(crate) fn root(&self) -> TokenStream {
        match self {
            Self::Inside => quote!(crate),
            Self::Outside(_) => quote!(matrix_events),
        }
    }

    /// What says which members and values there are.
    pub(crate) fn authority(&self) -> &'static str {
        match self {
            Self::Inside => "the specification",
            Self::Outside(_) => "the schema",
        }
    }

    /// A path as `matrix-events` writes it. Others reach its dependencies through it, so that they needn't depend on those.
    pub(crate) fn elsewhere(&self, path: &str) -> String {
        match (self, path) {
            (Self::Inside, path) => path.to_owned(),
            (Self::Outside(_), "serde_json") => "matrix_events::__private::serde_json".to_owned(),
            (Self::Outside(_), "crate::envelope") => "matrix_events".to_owned(),
            (Self::Outside(_), path) => path.replacen("crate", "matrix_events", 1),
        }
    }

    /// Whether a type is of the crate that the code stands in.
    pub(crate) fn is_own(&self, module: &[String], name: &str) -> bool {
        match self {
            Self::Inside => true,
            Self::Outside(own) => own.contains(&(module.to_vec(), name.to_owned())),
        }
    }

    /// Returns the path of the constraint tables, for code in a module.
    pub(crate) fn constraints(&self, from: &[String]) -> TokenStream {
        match self {
            Self::Inside => quote!(crate::events::constraints),
            Self::Outside(_) => {
                let up = from.iter().map(|_| quote!(super));
                quote!(#(#up::)*constraints)
            }
        }
    }

    /// The path of the module of a type, for code in another. A crate with events of its own may have them in any of its
    /// modules: what is in the same tree is found from where the code stands.
    pub(crate) fn module(&self, from: &[String], module: &[String], name: &str) -> String {
        let absolute = |root: &str| {
            let parts: Vec<&str> = std::iter::once(root).chain(module.iter().map(String::as_str)).collect();
            parts.join("::")
        };
        match self {
            Self::Inside => absolute("crate"),
            Self::Outside(_) if self.is_own(module, name) => absolute(&vec!["super"; from.len()].join("::")),
            Self::Outside(_) if module == ["envelope"] => "matrix_events".to_owned(),
            Self::Outside(_) => absolute("matrix_events"),
        }
    }
}
