//! Emits the enums over all events of some envelopes.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::gate::Gate;
use super::{any_content, docs, gate, ident, Block, Emitted, File, Paths};
use crate::ir::{Any, AnyVariant, Ir, ANY};
use crate::names;

/// Emits the file of the enums.
pub(crate) fn file(ir: &Ir, paths: &Paths<'_>) -> File {
    let custom = match paths {
        Paths::Inside => "",
        Paths::Outside(_) => ", with variants for custom events",
    };
    let events = ir.any.iter().map(|any| emitted(any, ir, paths));
    let contents = ir.contents.iter().map(|contents| any_content::emit(contents, ir, paths));
    File {
        docs: format!("Enums over all events of a kind, such as timeline events and to-device events{custom}."),
        items: events.chain(all(ir, paths)).chain(contents).collect(),
        ..File::default()
    }
}

/// Emits the enums over the events of all enums, for the events of roots.
fn all(ir: &Ir, paths: &Paths<'_>) -> Option<Emitted> {
    let roots = ir.roots.iter().filter(|root| !root.events.is_empty());
    let gates: Vec<Gate<'_>> = roots.map(|root| root.feature.as_deref().into()).collect();
    if gates.is_empty() {
        return None;
    }
    let attribute = gate::any_of(&gate::all_closed(gates.into_iter()));
    let mut call = paths.invoke("all_events");
    call.rows(ir.any.iter().map(|any| {
        let condition = Gate::from(any.feature.as_deref()).prefix();
        format!("{condition}{}({}),", variant(&any.name, ir), ident(&any.name))
    }));
    let call = match attribute {
        Some(attribute) => call.with_attribute(&attribute),
        None => call,
    };
    Some(Emitted { name: "the enums over all events".to_owned(), code: call.into() })
}

/// Returns the name of the variant for an enum in the enum over the events of all enums: `Timeline` for `AnyTimelineEvent`.
pub(super) fn variant(any: &str, ir: &Ir) -> String {
    let short = |name: &str| name.strip_prefix("Any").map(|name| name.strip_suffix("Event").unwrap_or(name).to_owned());
    let names: BTreeSet<String> = ir.any.iter().filter_map(|any| short(&any.name)).collect();
    let is_name = names.iter().all(|name| syn::parse_str::<Ident>(name).is_ok());
    let name = short(any).filter(|_| is_name && names.len() == ir.any.len());
    ident(&name.unwrap_or_else(|| any.to_owned())).to_string()
}

fn emitted(any: &Any, ir: &Ir, paths: &Paths<'_>) -> Emitted {
    let state = ir.any.iter().find(|other| any.state.as_ref() == Some(&other.name));
    // A message-like event and a state event of the same type have different conditions.
    let is_same = |one: &AnyVariant, other: &AnyVariant| {
        one.ident == other.ident && Gate::of_variant(one) == Gate::of_variant(other)
    };
    let is_state = |variant: &&AnyVariant| {
        let is_known = |state: &Any| state.variants.iter().any(|other| is_same(other, variant));
        variant.in_state.is_some() || state.is_some_and(is_known)
    };
    let (of_state, others): (Vec<_>, Vec<_>) = any.variants.iter().partition(is_state);
    let attributes = match (paths, any.is_edu) {
        (Paths::Inside, false) if is_inlined(any, ir) => "[#[inline]] ",
        (Paths::Inside, false) => "[] ",
        _ => "",
    };
    let mut definition = Block::new(format!("{attributes}pub enum {}", ident(&any.name)));
    definition.rows(others.into_iter().map(|variant| row(variant, paths)));
    definition.rows(without_type(any, paths));
    definition.rows(any.variants.iter().flat_map(prefixes));
    let mut call = paths.invoke(match (paths, any.is_edu, any.redactable) {
        (Paths::Inside, true, _) => "any_edu",
        (Paths::Inside, false, true) => "any_room_event",
        (Paths::Inside, false, false) => "any_event",
        (Paths::Outside(_), _, true) => "custom_any_room_event",
        (Paths::Outside(_), _, false) => "custom_any_event",
    });
    call.rows(docs::rows(&any.docs, "Any event.", None));
    call.block(definition);
    if let Some(state) = state {
        let mut block = Block::new(format!("into_state {}", ident(&state.name)));
        // A state event with the type of a message-like event is after the others.
        let (twins, of_state): (Vec<_>, Vec<_>) = of_state.into_iter().partition(|one| one.in_state.is_some());
        block.rows(of_state.into_iter().map(|variant| row(variant, paths)));
        block.rows(twins.into_iter().map(|variant| twin(variant, paths)));
        call.block(block);
    } else if !of_state.is_empty() {
        let mut block = Block::new("state");
        block.rows(of_state.into_iter().map(|variant| twin(variant, paths)));
        call.block(block);
    }
    let message_like = any.message_like.as_ref().filter(|name| ir.any.iter().any(|other| other.name == **name));
    call.rows(message_like.map(|name| format!("into_message_like {};", ident(name))));
    call.rows(any.sync.as_ref().map(|sync| format!("into_sync {};", ident(sync))));
    let call = match Gate::from(any.feature.as_deref()).attribute() {
        Some(attribute) => call.with_attribute(&attribute),
        None => call,
    };
    Emitted { name: any.name.clone(), code: call.into() }
}

/// Returns `true` for an enum that few programs use: an earlier enum has all of its events, or their contents.
fn is_inlined(any: &Any, ir: &Ir) -> bool {
    if any.redactable {
        // A timeline contains message-like events.
        return ir.any.iter().any(|other| other.message_like.as_ref() == Some(&any.name));
    }
    let has = |one: &AnyVariant| any.variants.iter().any(|own| own.content == one.content);
    let mut earlier = ir.any.iter().take_while(|other| other.name != any.name);
    !any.variants.is_empty()
        && earlier.any(|other| other.variants.iter().filter(|one| has(one)).count() == any.variants.len())
}

/// Returns the rows of the beginnings of an event type and its aliases whose end is in the content.
fn prefixes(variant: &AnyVariant) -> Vec<String> {
    let types = std::iter::once(&variant.event_type).chain(&variant.aliases);
    let prefixes = types.filter_map(|name| names::prefix_of(name));
    let row = |prefix| format!("{}{prefix:?}* => {},", Gate::of_variant(variant).prefix(), ident(&variant.ident));
    prefixes.map(row).collect()
}

/// Returns the row of a variant: the event types, the name and the type of the variant.
fn row(variant: &AnyVariant, paths: &Paths<'_>) -> String {
    let types = std::iter::once(&variant.event_type).chain(&variant.aliases).map(|name| format!("{name:?}"));
    let (module, name) = &variant.content;
    let content = paths.named(&[ANY.to_owned()], module, name);
    let (types, name) = (types.collect::<Vec<_>>().join(" | "), ident(&variant.ident));
    let condition = Gate::of_variant(variant).prefix();
    format!("{condition}{types} => {name}({}<{content}>),", paths.envelope(&variant.envelope))
}

/// Returns the row of a state event with the type of a message-like event.
fn twin(variant: &AnyVariant, paths: &Paths<'_>) -> String {
    let row = row(variant, paths);
    let in_state = ident(variant.in_state.as_ref().unwrap_or(&variant.ident));
    format!("also {} as {in_state},", row.trim_end_matches(','))
}

/// Returns the rows of the variants for unknown, redacted and malformed events.
fn without_type(any: &Any, paths: &Paths<'_>) -> Vec<String> {
    let name = ident(&any.name);
    let root = paths.root();
    match paths {
        Paths::Outside(_) => vec![format!("_ => Other({root}::{name}),")],
        Paths::Inside if any.is_edu => {
            vec![format!("_ => Unknown({root}::UnknownEdu),"), format!("malformed => Malformed({root}::MalformedEdu),")]
        }
        Paths::Inside => {
            let mut rows = vec![format!("_ => Unknown({root}::UnknownEvent),")];
            rows.extend(any.redactable.then(|| format!("redacted => Redacted({root}::RedactedEvent),")));
            rows.push(format!("malformed => Malformed({root}::MalformedEvent),"));
            rows
        }
    }
}
