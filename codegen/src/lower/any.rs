//! The enums over all events that can come from one place.

use super::Lowering;
use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::{Any, AnyVariant, Docs, Event, Kind};
use crate::model::Model;
use crate::names;
use crate::settings;

pub(super) fn lower(lowering: &mut Lowering<'_>) {
    for any in &lowering.model.config.any {
        let outcome = one(lowering, any);
        let any = lowering.diagnostics.note(outcome);
        lowering.ir.any.extend(any);
    }
}

fn one(lowering: &Lowering<'_>, any: &settings::Any) -> Result<Any, Diagnostic> {
    let mut variants: Vec<AnyVariant> = Vec::new();
    let mut kinds = Vec::new();
    for (envelope, origin) in &any.envelopes {
        let known = lowering.ir.envelopes().find(|(name, ..)| name == envelope);
        let (_, kind, _) = known.ok_or_else(|| {
            Diagnostic::at(origin, format!("there is no envelope `{envelope}`"))
                .expected("the name of an entry under `envelopes`")
                .help("correct the name, or add the envelope")
        })?;
        kinds.push(kind);
        let events = lowering.ir.events.iter().filter(|event| event.variant.is_none() && event.kinds.contains(&kind));
        for event in events {
            let ident = names::variant(lowering.model.config.strip_prefix(&event.event_type), origin)?;
            check_variant(lowering.model, &variants, event, &ident)?;
            variants.push(AnyVariant {
                event_type: event.event_type.clone(),
                aliases: event.aliases.clone(),
                ident,
                envelope: envelope.clone(),
                content: event.content.clone(),
            });
        }
    }
    for (name, origin) in any.sync.iter().chain(&any.state) {
        if !lowering.model.config.any.iter().any(|other| other.name == *name) {
            return Err(Diagnostic::at(origin, format!("there is no enum `{name}`"))
                .expected("the name of another entry under `any`")
                .help("correct the name, or add the entry"));
        }
    }
    variants.sort_by(|a, b| a.ident.cmp(&b.ident));
    Ok(Any {
        name: any.name.clone(),
        docs: Docs { text: Some(any.description.clone()), ..Docs::default() },
        envelopes: any.envelopes.iter().map(|(envelope, _)| envelope.clone()).collect(),
        sync: any.sync.as_ref().map(|(name, _)| name.clone()),
        state: any.state.as_ref().map(|(name, _)| name.clone()),
        is_edu: kinds.contains(&Kind::Edu),
        redactable: kinds.iter().any(|kind| matches!(kind, Kind::MessageLike | Kind::State)),
        variants,
    })
}

/// Checks that an event has a name and types that no other event of the enum has.
fn check_variant(model: &Model, others: &[AnyVariant], event: &Event, ident: &str) -> Result<(), Diagnostic> {
    let event_type = &event.event_type;
    if matches!(ident, "Redacted" | "Malformed") {
        let message = format!("a variant for `{event_type}` can't be `{ident}`");
        return Err(Diagnostic::at(&place_of(model, event, event_type), message)
            .expected("a name that `any` enums don't have for other events")
            .help("codegen/src/lower/any.rs names the variants"));
    }
    if let Some(other) = others.iter().find(|other| other.ident == ident) {
        let message = format!("`{}` and `{event_type}` would have one variant", other.event_type);
        return Err(Diagnostic::at(&place_of(model, event, event_type), message)
            .expected("events whose types make different names")
            .help("codegen/src/lower/any.rs names the variants"));
    }
    match others.iter().find_map(|other| Some((other, shared_type(other, event)?))) {
        None => Ok(()),
        Some((other, name)) => {
            let message = format!("`{name}` is a type of two events, `{}` and `{event_type}`", other.event_type);
            Err(Diagnostic::at(&place_of(model, event, name), message)
                .expected("types that each belong to one event of a place")
                .help("correct the `enum` of the `type`, or the entry under `aliases` in overrides.yaml"))
        }
    }
}

/// The place that states the type of an event, or an alias of the type.
fn place_of(model: &Model, event: &Event, name: &str) -> Origin {
    let key = event.key();
    let Some(known) = model.events.iter().find(|known| known.key == key) else { return Origin::file(&event.file) };
    let alias = known.base.aliases.iter().find(|(alias, _)| alias == name);
    alias.map_or(&known.base.stated_at, |(_, place)| place).clone()
}

/// A type that would be that of both a variant and an event.
fn shared_type<'e>(variant: &AnyVariant, event: &'e Event) -> Option<&'e str> {
    let has = |name: &str| variant.event_type == name || variant.aliases.iter().any(|alias| alias == name);
    let names = std::iter::once(&event.event_type).chain(&event.aliases);
    names.map(String::as_str).find(|name| has(name))
}
