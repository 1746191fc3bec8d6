//! The envelopes: the members that all events of a kind have around their content.

use super::{Lowering, Place};
use crate::diagnostics::{Checked, Problems};
use crate::ir::{Field, Form, Item, Presence, Role, Shape, Struct, Type, ENVELOPE};
use crate::names;
use crate::overrides::Envelope;
use crate::schema::Schema;

pub(super) fn lower(lowering: &mut Lowering<'_>, problems: &mut Problems) {
    let overrides = lowering.overrides;
    for envelope in overrides.envelopes() {
        let outcome = one(lowering, envelope);
        problems.note(outcome);
    }
}

fn one(lowering: &mut Lowering<'_>, envelope: &Envelope) -> Checked<()> {
    let Some(schema) = lowering.library.get(&envelope.schema) else { return Ok(()) };
    lowering.consume(schema);
    lowering.consumed.insert(envelope.schema.file.clone());
    let mut whole = Schema { origin: envelope.schema.clone(), all_of: vec![schema.clone()], ..Schema::default() };
    whole.all_of.extend(envelope.adds.clone());
    let schema = lowering.library.flatten(&whole)?;
    let place = Place { module: vec![ENVELOPE.to_owned()], hint: envelope.name.clone() };
    let mut fields = Vec::new();
    for (wire, property) in &schema.properties {
        if wire == envelope.kind.type_member() {
            continue;
        }
        names::plain(wire, &property.origin)?;
        let flat = lowering.library.flatten(property)?;
        let ty = match wire.as_str() {
            "content" => Type::Content,
            "unsigned" => {
                lowering.unsigned = Some(lowering.type_of(property, &place.named("UnsignedData"))?);
                Type::Unsigned
            }
            "state_key" => Type::StateKey,
            _ => lowering.type_of(property, &place.named(wire.as_str()))?,
        };
        // An envelope without content would be no event: its emptiness is for the content to accept or not.
        let presence = match schema.required.contains(wire) {
            true if lowering.is_lenient(property) => Presence::Lenient,
            true => Presence::Required,
            false => Presence::Optional,
        };
        fields.push(Field {
            wire: wire.clone(),
            aliases: Vec::new(),
            ident: names::field(wire, &property.origin)?,
            ty,
            presence,
            only: None,
            default: None,
            docs: Lowering::docs(&flat, None),
            origin: property.origin.clone(),
        });
    }
    let role = Role::Envelope { kind: envelope.kind, form: form(&fields) };
    let mut docs = Lowering::docs(&schema, None);
    docs.text = envelope.description.clone().or(docs.text);
    let item = Item {
        name: envelope.name.clone(),
        docs,
        origin: envelope.schema.clone(),
        shape: Shape::Struct(Struct { fields, role, ..Struct::default() }),
    };
    lowering.define(&place.module, item, &schema)
}

/// The form of the events, by the members of their envelope.
fn form(fields: &[Field]) -> Form {
    let has = |wire: &str| fields.iter().any(|field| field.wire == wire);
    match (has("room_id"), has("event_id"), has("state_key")) {
        (true, _, _) => Form::Full,
        (false, true, _) => Form::Sync,
        (false, false, true) => Form::Stripped,
        (false, false, false) => Form::Bare,
    }
}
