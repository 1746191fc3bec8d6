//! Emits the conditions of code that requires a feature: that of an area, that of a root or that of a proposal.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::paths::tokens;
use super::Code;
use crate::ir::constraints::EventConstraints;
use crate::ir::{feature, AnyVariant, Event, Ir, Item, ModulePath};

/// The features that code requires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gate<'i> {
    /// The feature of an area or of a root.
    pub(crate) feature: Option<&'i str>,
    /// The number of a proposal.
    pub(crate) proposal: Option<u32>,
}

impl<'i> Gate<'i> {
    pub(crate) fn of_event(event: &'i Event) -> Self {
        Self { feature: event.feature.as_deref(), proposal: event.proposal() }
    }

    pub(crate) fn of_item(item: &'i Item) -> Self {
        Self { feature: item.feature.as_deref(), proposal: item.proposal() }
    }

    pub(crate) fn of_variant(variant: &'i AnyVariant) -> Self {
        Self { feature: variant.feature.as_deref(), proposal: variant.proposal }
    }

    pub(crate) fn of_constraints(event: &'i EventConstraints) -> Self {
        Self { feature: event.feature.as_deref(), proposal: event.proposal() }
    }

    /// Returns the features that code with other features requires in addition.
    pub(crate) fn beyond(self, other: Self) -> Self {
        Self {
            feature: self.feature.filter(|_| self.feature != other.feature),
            proposal: self.proposal.filter(|_| self.proposal != other.proposal),
        }
    }

    /// Returns `true` if code requires no feature.
    pub(crate) fn is_open(self) -> bool {
        self == Self::default()
    }

    /// Returns the predicate of the attribute.
    fn predicate(self) -> Option<String> {
        let names = self.feature.map(str::to_owned).into_iter().chain(self.proposal.map(feature));
        let names: Vec<String> = names.map(|name| format!("feature = {name:?}")).collect();
        match names.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            all => Some(format!("all({})", all.join(", "))),
        }
    }

    /// Returns the attribute, or `None` if the code requires no feature.
    pub(crate) fn attribute(self) -> Option<String> {
        self.predicate().map(|predicate| format!("#[cfg({predicate})]"))
    }

    /// Returns the tokens of the attribute.
    pub(crate) fn condition(self) -> Option<TokenStream> {
        self.attribute().map(|attribute| tokens(&attribute))
    }

    /// Returns the attribute with a space at the end, or an empty text if the code requires no feature.
    pub(crate) fn prefix(self) -> String {
        self.attribute().map(|attribute| attribute + " ").unwrap_or_default()
    }
}

impl From<Option<u32>> for Gate<'_> {
    fn from(proposal: Option<u32>) -> Self {
        Self { feature: None, proposal }
    }
}

impl<'i> From<Option<&'i str>> for Gate<'i> {
    fn from(feature: Option<&'i str>) -> Self {
        Self { feature, proposal: None }
    }
}

/// Returns the tokens of the attribute of code for a proposal.
pub(crate) fn condition(proposal: Option<u32>) -> Option<TokenStream> {
    Gate::from(proposal).condition()
}

/// Returns the attribute of code for a proposal with a space at the end, or an empty text if the code requires no feature.
pub(crate) fn prefix(proposal: Option<u32>) -> String {
    Gate::from(proposal).prefix()
}

/// Returns the attribute of code for any of several gates.
pub(crate) fn any_of(gates: &BTreeSet<Gate<'_>>) -> Option<String> {
    let predicates: Vec<String> = gates.iter().filter_map(|gate| gate.predicate()).collect();
    match predicates.as_slice() {
        [] => None,
        [only] => Some(format!("#[cfg({only})]")),
        all => Some(format!("#[cfg(any({}))]", all.join(", "))),
    }
}

/// Returns a set of gates for [`any_of`], which is empty if one of them requires no feature.
pub(crate) fn all_closed<'i>(gates: impl Iterator<Item = Gate<'i>>) -> BTreeSet<Gate<'i>> {
    let gates: Option<BTreeSet<Gate<'i>>> = gates.map(|gate| (!gate.is_open()).then_some(gate)).collect();
    gates.unwrap_or_default()
}

/// Returns the feature that the types in a module and below it require, if the module is that of roots.
pub(crate) fn of_roots<'i>(ir: &'i Ir, path: &[String]) -> Gate<'i> {
    let root = ir.roots.iter().find(|root| path.len() == 1 && root.module.starts_with(path));
    root.and_then(|root| root.feature.as_deref()).into()
}

/// Returns the gates of the types in a module and below it. The set is empty if one of the types requires no feature.
pub(crate) fn of_module<'i>(ir: &'i Ir, path: &ModulePath) -> BTreeSet<Gate<'i>> {
    let below = ir.modules.iter().filter(|(known, _)| known.starts_with(path));
    all_closed(below.flat_map(|(_, module)| &module.items).map(Gate::of_item))
}

/// Adds an attribute to each item of code.
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
