//! Emits the conditions of code that requires the feature of a proposal.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::paths::tokens;
use super::Code;
use crate::ir::{feature, Ir, ModulePath};

/// Returns the attribute of code for a proposal, or `None` if the code requires no feature.
pub(crate) fn attribute(proposal: Option<u32>) -> Option<String> {
    proposal.map(|number| format!("#[cfg(feature = {:?})]", feature(number)))
}

/// Returns the attribute of code for a feature and a proposal.
pub(crate) fn all_of(feature: Option<&str>, proposal: Option<u32>) -> Option<String> {
    match (feature, proposal) {
        (Some(feature), Some(number)) => {
            Some(format!("#[cfg(all(feature = {feature:?}, feature = {:?}))]", self::feature(number)))
        }
        (Some(feature), None) => Some(format!("#[cfg(feature = {feature:?})]")),
        (None, proposal) => attribute(proposal),
    }
}

/// Returns the attribute of code for any of several features.
pub(crate) fn any_feature(features: &BTreeSet<&str>) -> Option<String> {
    let names: Vec<String> = features.iter().map(|feature| format!("feature = {feature:?}")).collect();
    match names.as_slice() {
        [] => None,
        [only] => Some(format!("#[cfg({only})]")),
        _ => Some(format!("#[cfg(any({}))]", names.join(", "))),
    }
}

/// Returns the feature that the types in a module and below it require.
pub(crate) fn feature_of<'i>(ir: &'i Ir, path: &[String]) -> Option<&'i str> {
    let root = ir.roots.iter().find(|root| path.len() == 1 && root.module.starts_with(path))?;
    root.feature.as_deref()
}

/// Returns the tokens of the attribute of code for a proposal.
pub(crate) fn condition(proposal: Option<u32>) -> Option<TokenStream> {
    attribute(proposal).map(|attribute| tokens(&attribute))
}

/// Returns the attribute of code for a proposal with a space at the end, or an empty text if the code requires no feature.
pub(crate) fn prefix(proposal: Option<u32>) -> String {
    prefix_of(None, proposal)
}

/// Returns the attribute of code for a feature and a proposal like [`prefix`].
pub(crate) fn prefix_of(feature: Option<&str>, proposal: Option<u32>) -> String {
    all_of(feature, proposal).map(|attribute| attribute + " ").unwrap_or_default()
}

/// Returns the attribute of code for any of several proposals.
pub(crate) fn any_of(proposals: &BTreeSet<u32>) -> Option<String> {
    let features: Vec<String> = proposals.iter().map(|number| feature(*number)).collect();
    any_feature(&features.iter().map(String::as_str).collect())
}

/// Returns the proposals of the types in a module and below it. The set is empty if one of the types requires no feature.
pub(crate) fn of_module(ir: &Ir, path: &ModulePath) -> BTreeSet<u32> {
    let below = ir.modules.iter().filter(|(known, _)| known.starts_with(path));
    let items = below.flat_map(|(_, module)| &module.items);
    let proposals: Option<BTreeSet<u32>> = items.map(|item| item.proposal()).collect();
    proposals.unwrap_or_default()
}

/// Adds the attribute for a proposal to each item of code.
pub(crate) fn gated(code: Code, attribute: &str) -> Code {
    match code {
        Code::Rust(code) => {
            let Ok(mut file) = syn::parse2::<syn::File>(code.clone()) else { return Code::Rust(code) };
            let condition = tokens(attribute);
            let items = file.items.drain(..).map(|item| quote::quote!(#condition #item));
            Code::Rust(items.collect())
        }
        Code::Macro(block) => Code::Macro(block.with_attribute(attribute)),
        text @ Code::Text(_) => text,
    }
}
