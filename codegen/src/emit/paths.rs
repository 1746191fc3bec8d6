//! The paths of items in emitted code, for `matrix-events` and for a crate with custom events.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{ident, Block};
use crate::ir::{ModulePath, ANY, ENVELOPE};

/// The types that a crate defines, by their modules.
pub(crate) type Own = BTreeSet<(ModulePath, String)>;

/// The crate of the emitted code.
pub(crate) enum Paths<'o> {
    /// `matrix-events`, which defines all types.
    Inside,
    /// A crate that depends on `matrix-events`, with the types that the crate defines.
    Outside(&'o Own),
}

impl Paths<'_> {
    /// Returns the path of the root of `matrix-events`.
    pub(crate) fn root(&self) -> &'static str {
        match self {
            Self::Inside => "crate",
            Self::Outside(_) => "::matrix_events",
        }
    }

    /// Returns the path of an item of `serde_json`. A crate with custom events does not have to depend on `serde_json`.
    pub(crate) fn serde_json(&self, name: &str) -> String {
        match self {
            Self::Inside => format!("::serde_json::{name}"),
            Self::Outside(_) => format!("::matrix_events::__private::serde_json::{name}"),
        }
    }

    /// Creates a macro invocation with a head and a block between parentheses.
    pub(crate) fn call(&self, name: &str, head: impl AsRef<str>) -> Block {
        Block::call(format!("{}::__private::{name}!", self.root()), head)
    }

    /// Creates a macro invocation with blocks between braces.
    pub(crate) fn invoke(&self, name: &str) -> Block {
        Block::new(format!("{}::__private::{name}!", self.root()))
    }

    /// Returns `true` if the crate of the code defines a type.
    fn is_own(&self, module: &[String], name: &str) -> bool {
        match self {
            Self::Inside => true,
            Self::Outside(own) => own.contains(&(module.to_vec(), name.to_owned())),
        }
    }

    /// Returns the path of a type for code in the module `from`. The paths in a crate with custom events are relative, because
    /// the emitted modules may be anywhere in its tree of modules.
    pub(crate) fn named(&self, from: &[String], module: &[String], name: &str) -> String {
        let is_own = self.is_own(module, name);
        // The type parameter `C` of an envelope would shadow a type with that name.
        if is_own && from == module && module != [ENVELOPE] {
            return ident(name).to_string();
        }
        let root = match self {
            Self::Inside => "crate".to_owned(),
            Self::Outside(_) if is_own => vec!["super"; from.len()].join("::"),
            Self::Outside(_) => "::matrix_events".to_owned(),
        };
        // These two modules are private. The root of the crate exports their types.
        let module = if !is_own && (module == [ENVELOPE] || module == [ANY]) { &[] } else { module };
        let parts = module.iter().map(String::as_str).chain([name]).map(|part| ident(part).to_string());
        std::iter::once(root).chain(parts).collect::<Vec<_>>().join("::")
    }

    /// Returns the path of an envelope.
    pub(crate) fn envelope(&self, name: &str) -> String {
        format!("{}::{}", self.root(), ident(name))
    }

    /// Returns the path of the constraint tables for code in a module.
    pub(crate) fn constraints(&self, from: &[String]) -> String {
        match self {
            Self::Inside => "crate::events::constraints".to_owned(),
            Self::Outside(_) => from.iter().map(|_| "super::").chain(["constraints"]).collect(),
        }
    }
}

/// Parses the tokens of a path or of a type.
pub(crate) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|_| quote!(compile_error!(#text)))
}
