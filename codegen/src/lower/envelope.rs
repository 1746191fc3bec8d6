//! The envelopes: the members that all events of a kind have around their content.

use super::{Lowering, Place};
use crate::diagnostics::{Checked, Problems};
use crate::ir::{Field, Item, ModulePath, Presence, Shape, Struct, Type};
use crate::names;
use crate::overrides::Envelope;
use crate::schema::Schema;

/// The module of the envelopes.
pub(super) fn module() -> ModulePath {
    vec!["envelope".to_owned()]
}

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
    let place = Place { module: module(), hint: envelope.name.clone() };
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
    let item = Item {
        name: envelope.name.clone(),
        docs: Lowering::docs(&schema, None),
        origin: envelope.schema.clone(),
        shape: Shape::Struct(Struct { fields, envelope: Some(envelope.kind), ..Struct::default() }),
    };
    lowering.define(&module(), item, &schema)
}
