//! The enums over all events of some envelopes.

use super::event::variant_name;
use super::Lowering;
use crate::diagnostics::{nearest, one_of, Diagnostic, Origin};
use crate::ir::{Any, AnyContent, AnyVariant, Docs, Event, Ir, Kind, Role};
use crate::model::Model;
use crate::settings;

pub(super) fn lower(lowering: &mut Lowering<'_>) {
    for any in &lowering.model.config.any {
        if !is_in_release(lowering.model, any) {
            continue;
        }
        let outcome = one(lowering, any);
        let any = lowering.diagnostics.note(outcome);
        lowering.ir.any.extend(any);
    }
    for entry in &lowering.model.config.contents {
        let outcome = contents(lowering, entry);
        let contents = lowering.diagnostics.note(outcome);
        lowering.ir.contents.extend(contents);
    }
    let contents = &lowering.ir.contents;
    let parts: Vec<Vec<String>> = contents.iter().map(|whole| parts(whole, contents)).collect();
    for (contents, parts) in lowering.ir.contents.iter_mut().zip(parts) {
        contents.parts = parts;
    }
}

/// Returns the other enums whose contents are some of the contents of an enum.
fn parts(whole: &AnyContent, all: &[AnyContent]) -> Vec<String> {
    // A variant that requires a feature is not in an enum without the feature.
    let covers = |own: &AnyVariant, variant: &AnyVariant| {
        let is_within = own.proposal.is_none() || own.proposal == variant.proposal;
        own.content == variant.content && own.feature == variant.feature && is_within
    };
    let has = |variant: &AnyVariant| whole.variants.iter().any(|own| covers(own, variant));
    let is_part = |other: &&AnyContent| other.name != whole.name && other.variants.iter().all(has);
    all.iter().filter(is_part).map(|part| part.name.clone()).collect()
}

/// Lowers an enum over the contents of events. All events of its enums have these contents.
fn contents(lowering: &Lowering<'_>, entry: &settings::ContentsEntry) -> Result<AnyContent, Diagnostic> {
    let mut variants: Option<(&str, &[AnyVariant])> = None;
    let mut of = Vec::new();
    for (name, origin) in &entry.of {
        let names = || lowering.ir.any.iter().map(|any| any.name.as_str());
        let any = lowering.ir.any.iter().find(|any| any.name == *name);
        // An older release lacks the enum if it lacks the schema of the envelope.
        if any.is_none() && lowering.model.config.any.iter().any(|entry| entry.name == *name) {
            continue;
        }
        let any = any.ok_or_else(|| unknown("enum", name, origin, names()))?;
        of.push(name.clone());
        let types = |variants: &[AnyVariant]| variants.iter().map(|one| one.content.clone()).collect::<Vec<_>>();
        match variants {
            Some((first, known)) if types(known) != types(&any.variants) => {
                return Err(Diagnostic::at(origin, format!("`{first}` and `{name}` have events of different types"))
                    .expected("enums over the same event types")
                    .help(format!("remove `{name}`, or add an entry for its contents")));
            }
            Some(_) => {}
            None => variants = Some((name, &any.variants)),
        }
    }
    let docs = |text: &String| Docs { text: Some(text.clone()), ..Docs::default() };
    Ok(AnyContent {
        name: entry.name.clone(),
        docs: docs(&entry.description),
        event_type: entry.event_type.clone(),
        type_docs: docs(&entry.type_description),
        of,
        parts: Vec::new(),
        // Two variants of an enum over events may have one content.
        variants: variants
            .into_iter()
            .flat_map(|(_, list)| list)
            .filter(|one| one.in_state.is_none())
            .cloned()
            .collect(),
    })
}

/// Returns `false` if an older release lacks the schema of an envelope.
fn is_in_release(model: &Model, any: &settings::AnyEntry) -> bool {
    !any.envelopes.iter().any(|(envelope, _)| model.lacks(envelope))
}

fn one(lowering: &Lowering<'_>, any: &settings::AnyEntry) -> Result<Any, Diagnostic> {
    let mut variants: Vec<AnyVariant> = Vec::new();
    let mut kinds = Vec::new();
    for (envelope, origin) in &any.envelopes {
        let known = lowering.model.config.envelopes.iter().find(|known| known.name == *envelope);
        let names = || lowering.model.config.envelopes.iter().map(|known| known.name.as_str());
        let kind = known.ok_or_else(|| unknown("envelope", envelope, origin, names()))?.kind;
        kinds.push(kind);
        let events = lowering.ir.events.iter().filter(|event| event.variant.is_none());
        let of_kind = events.filter_map(|event| {
            let (_, added_by) = event.all_kinds().find(|(known, _)| *known == kind)?;
            Some(OfKind { event, added_by, kind, envelope, origin })
        });
        for one in of_kind {
            let variant = variant(lowering, any, &variants, &one)?;
            variants.push(variant);
        }
    }
    check_kinds(lowering, any, &kinds)?;
    for (name, origin) in any.sync.iter().chain(&any.state).chain(&any.message_like) {
        let names = || lowering.model.config.any.iter().map(|other| other.name.as_str());
        if !names().any(|known| known == name) {
            return Err(unknown("enum", name, origin, names()));
        }
    }
    variants.sort_by(|a, b| a.ident.cmp(&b.ident));
    let other = |name: &Option<(String, Origin)>| {
        let (name, _) = name.as_ref()?;
        let other = lowering.model.config.any.iter().find(|other| other.name == *name)?;
        is_in_release(lowering.model, other).then(|| name.clone())
    };
    Ok(Any {
        name: any.name.clone(),
        docs: Docs { text: Some(any.description.clone()), ..Docs::default() },
        envelopes: any.envelopes.iter().map(|(envelope, _)| envelope.clone()).collect(),
        sync: other(&any.sync),
        state: other(&any.state),
        message_like: other(&any.message_like),
        is_edu: kinds.contains(&Kind::Edu),
        redactable: has_redactions(lowering, any),
        feature: feature(lowering.model, any).cloned(),
        variants,
    })
}

/// An event of the kind of an envelope.
struct OfKind<'e> {
    event: &'e Event,
    /// The proposal that adds the kind.
    added_by: Option<u32>,
    kind: Kind,
    envelope: &'e str,
    /// The place of the envelope in the entry of the enum.
    origin: &'e Origin,
}

/// Returns the variant of an event. `variants` are those of the events before it.
fn variant(
    lowering: &Lowering<'_>,
    any: &settings::AnyEntry,
    variants: &[AnyVariant],
    one: &OfKind<'_>,
) -> Result<AnyVariant, Diagnostic> {
    let &OfKind { event, added_by, kind, envelope, origin } = one;
    let mut ident = variant_name(lowering, event).map_err(|diagnostic| diagnostic.help(EVENT_TYPE))?;
    let mut in_state = None;
    if let Some(other) = variants.iter().find(|other| other.content == event.content) {
        let has_twins = any.state.is_some() || has_redactions(lowering, any);
        if added_by.is_none() || kind != Kind::State || !has_twins {
            let message = format!(
                "duplicate event `{}`: the envelopes `{}` and `{envelope}` both have it",
                event.event_type, other.envelope
            );
            return Err(Diagnostic::at(origin, message)
                .expected("envelopes without a common event")
                .help(format!("remove `{}` or `{envelope}`", other.envelope)));
        }
        let name = format!("State{ident}");
        in_state = Some(std::mem::replace(&mut ident, name));
    }
    let others: Vec<&AnyVariant> = variants.iter().filter(|other| other.content != event.content).collect();
    check_variant(lowering.model, &others, event, &ident)?;
    Ok(AnyVariant {
        event_type: event.event_type.clone(),
        aliases: event.aliases.clone(),
        ident,
        envelope: envelope.to_owned(),
        content: event.content.clone(),
        feature: event.feature.clone().filter(|own| feature(lowering.model, any) != Some(own)),
        proposal: event.proposal().or(added_by),
        in_state,
    })
}

/// Returns the feature that an enum requires, which is that of its envelopes.
fn feature<'m>(model: &'m Model, any: &settings::AnyEntry) -> Option<&'m String> {
    let is_of = |envelope: &&settings::Envelope| any.envelopes.iter().any(|(name, _)| *name == envelope.name);
    model.config.envelopes.iter().filter(is_of).find_map(|envelope| envelope.feature.as_ref())
}

/// Returns `true` if events of an enum can be redacted.
fn has_redactions(lowering: &Lowering<'_>, any: &settings::AnyEntry) -> bool {
    any.envelopes.iter().any(|(envelope, _)| is_redactable(&lowering.ir, envelope))
}

/// Returns `true` if the events of an envelope can be redacted.
fn is_redactable(ir: &Ir, envelope: &str) -> bool {
    match ir.envelope(envelope).map(|shape| shape.role) {
        Some(Role::Envelope { kind: Kind::MessageLike | Kind::State, form }) => form.is_redactable(),
        _ => false,
    }
}

const EVENT_TYPE: &str = "change the event type, or the names of variants in codegen/src/lower/any.rs";

/// Checks that an enum has either EDUs or other events, and that its enum over state events has only state events.
fn check_kinds(lowering: &Lowering<'_>, any: &settings::AnyEntry, kinds: &[Kind]) -> Result<(), Diagnostic> {
    if kinds.contains(&Kind::Edu) && kinds.iter().any(|kind| *kind != Kind::Edu) {
        let origin = any.origin.child("envelopes");
        return Err(Diagnostic::at(&origin, "the envelopes are those of EDUs and of other events")
            .expected("envelopes of the kind `edu` only, or of other kinds only")
            .help("remove the envelopes of one of the two, or add another enum for them"));
    }
    let kind_of =
        |name: &String| lowering.model.config.envelopes.iter().find(|one| one.name == *name).map(|one| one.kind);
    if let Some((name, origin)) = &any.state {
        let state = lowering.model.config.any.iter().find(|other| other.name == *name);
        if state.is_some_and(|state| state.envelopes.iter().any(|(name, _)| kind_of(name) != Some(Kind::State))) {
            return Err(Diagnostic::at(origin, format!("`{name}` is not an enum over state events"))
                .expected("the name of an enum with envelopes of the kind `state` only")
                .help("write the name of such an enum, or remove `state`"));
        }
    }
    Ok(())
}

/// Creates the error of an unknown envelope or enum.
fn unknown<'n>(noun: &str, name: &str, origin: &Origin, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("write `{near}`"),
        None => format!("write the name of an {noun}, or add an entry for `{name}`"),
    };
    Diagnostic::at(origin, format!("unknown {noun} `{name}`")).expected(one_of(&known)).help(help)
}

/// Checks that an event has a name and types that no other event of the enum has.
fn check_variant(model: &Model, others: &[&AnyVariant], event: &Event, ident: &str) -> Result<(), Diagnostic> {
    let event_type = &event.event_type;
    let help = "change the event type";
    let generator = "the names of variants in codegen/src/lower/any.rs";
    if matches!(ident, "Redacted" | "Malformed") {
        let message = format!("`{ident}` is a reserved variant name: the event `{event_type}` would have it");
        return Err(Diagnostic::at(&model.type_place(event, event_type), message)
            .expected("a name other than `Malformed`, `Redacted` and `Unknown`")
            .help(help)
            .or_in_generator(generator));
    }
    if let Some(other) = others.iter().find(|other| other.ident == ident) {
        let message =
            format!("duplicate variant name `{ident}`: `{}` and `{event_type}` would have it", other.event_type);
        return Err(Diagnostic::at(&model.type_place(event, event_type), message)
            .expected("event types with different names")
            .help(help)
            .or_in_generator(generator));
    }
    match others.iter().find_map(|other| Some((other, shared_type(other, event)?))) {
        None => Ok(()),
        Some((other, name)) => {
            let message =
                format!("duplicate event type `{name}`: the events `{}` and `{event_type}` have it", other.event_type);
            // If one of the events has the type as an alias, the alias is the place to fix.
            let mut aliases = model.events.iter().flat_map(|event| &event.base.aliases);
            let alias = aliases.find(|(alias, _)| alias == name).map(|(_, place)| place.clone());
            let place = alias.unwrap_or_else(|| model.type_place(event, name));
            Err(Diagnostic::at(&place, message).expected("event types that belong to one event each").help(
                "remove the type from the `enum` of one event, or from the entry under `aliases` in overrides.yaml",
            ))
        }
    }
}

/// Returns a type that both a variant and an event have, if there is one.
fn shared_type<'e>(variant: &AnyVariant, event: &'e Event) -> Option<&'e str> {
    let has = |name: &str| variant.event_type == name || variant.aliases.iter().any(|alias| alias == name);
    let names = std::iter::once(&event.event_type).chain(&event.aliases);
    names.map(String::as_str).find(|name| has(name))
}
