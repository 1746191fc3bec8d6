//! Emits the list of all contents, for the optional features that implement traits for each content.

use std::collections::BTreeSet;

use super::gate::Gate;
use super::{ident, Block, Emitted, File, ModuleLine};
use crate::ir::Ir;

/// Returns the declaration of the module, which only some features require.
pub(crate) fn module() -> ModuleLine {
    let attribute = Some(r#"#[cfg(any(feature = "arbitrary", feature = "schemars"))]"#.to_owned());
    ModuleLine { attribute, ..ModuleLine::of_crate("contents") }
}

/// Emits the file of the list: a macro that passes the list to another macro.
pub(crate) fn file(ir: &Ir) -> File {
    let contents: BTreeSet<_> = ir.events.iter().map(|event| (&event.content, Gate::of_event(event))).collect();
    let mut list = Block::new("$($implement)::+!");
    list.rows(contents.into_iter().map(|((module, name), gate)| {
        let parts = module.iter().chain([name]).map(|part| ident(part).to_string());
        format!("{}$crate::{},", gate.prefix(), parts.collect::<Vec<_>>().join("::"))
    }));
    let mut rule = Block::new("($($implement:ident)::+) =>");
    rule.block(list);
    let mut definition = Block::new("macro_rules! for_each_content");
    definition.block(rule);
    let export = quote::quote!(
        pub(crate) use for_each_content;
    );
    let items = [("the list of all contents", definition.into()), ("its export", export.into())];
    File {
        docs: "A macro over all contents, including those of variants.".to_owned(),
        items: items.map(|(name, code)| Emitted { name: name.to_owned(), code }).into(),
        ..File::default()
    }
}
