//! Emits an enum over the contents of all events of a kind, and the enum over their types.

use super::gate::Gate;
use super::{docs, ident, Block, Emitted, Paths};
use crate::ir::{AnyContent, AnyVariant, Ir, ANY};
use crate::names;

/// Emits an enum over contents with the enum over their types.
pub(super) fn emit(contents: &AnyContent, ir: &Ir, paths: &Paths<'_>) -> Emitted {
    let mut definition = Block::new(format!("pub enum {}", ident(&contents.name)));
    let has_end = |variant: &&AnyVariant| names::prefix_of(&variant.event_type).is_some();
    let (with_end, others): (Vec<_>, Vec<_>) = contents.variants.iter().partition(has_end);
    definition.rows(others.into_iter().map(|variant| row(variant, paths)));
    definition.row(format!("_ => Unknown({}::UnknownContent),", paths.root()));
    definition.rows(with_end.into_iter().map(|variant| row(variant, paths)));
    let mut call = paths.invoke("any_content");
    call.rows(docs::rows(&contents.docs, "The content of any event.", None));
    call.block(definition);
    call.rows(docs::rows(&contents.type_docs, "An event type.", None));
    call.row(format!("pub enum {};", ident(&contents.event_type)));
    call.rows(contents.of.iter().map(|any| {
        let known = ir.any.iter().find(|known| known.name == *any);
        let variants = known.into_iter().flat_map(|known| &known.variants);
        let condition = Gate::from(known.and_then(|known| known.feature.as_deref())).prefix();
        let twin = |variant: &AnyVariant| {
            let in_state = ident(variant.in_state.as_ref()?);
            Some(format!("{}{} as {in_state} ", Gate::of_variant(variant).prefix(), ident(&variant.ident)))
        };
        let twins: String = variants.filter_map(twin).collect();
        let twins = if twins.is_empty() { twins } else { format!(" {{ {twins}}}") };
        format!("{condition}of {}{twins};", ident(any))
    }));
    for part in ir.contents.iter().filter(|other| contents.parts.contains(&other.name)) {
        let name = |variant: &AnyVariant| format!("{}{}", Gate::of_variant(variant).prefix(), ident(&variant.ident));
        let idents: Vec<String> = part.variants.iter().map(name).collect();
        let (name, types) = (ident(&part.name), ident(&part.event_type));
        call.row(format!("from {name}, {types} {{ {} }}", idents.join(" ")));
    }
    Emitted { name: contents.name.clone(), code: call.into() }
}

/// Returns the row of a variant: the event types, and the name and the type of the variant.
fn row(variant: &AnyVariant, paths: &Paths<'_>) -> String {
    let types = std::iter::once(&variant.event_type).chain(&variant.aliases).map(|name| match names::prefix_of(name) {
        Some(prefix) => format!("{prefix:?}*"),
        None => format!("{name:?}"),
    });
    let (module, name) = &variant.content;
    let content = paths.named(&[ANY.to_owned()], module, name);
    format!(
        "{}{} => {}({content}),",
        Gate::of_variant(variant).prefix(),
        types.collect::<Vec<_>>().join(" | "),
        ident(&variant.ident)
    )
}
