//! The envelopes: the members that all events of a kind have around their content.

use super::{docs, Destination, Lowering};
use crate::diagnostics::Checked;
use crate::ir::{Field, Item, ModulePath, Shape, Struct, Type};
use crate::names;
use crate::schema::Parts;
use crate::settings::Envelope;

/// The module of the envelopes.
pub(super) fn module() -> ModulePath {
    vec!["envelope".to_owned()]
}

pub(super) fn lower(lowering: &mut Lowering<'_>) {
    for envelope in &lowering.model.config.envelopes {
        let outcome = one(lowering, envelope);
        lowering.problems.note(outcome);
    }
}

fn one<'m>(lowering: &mut Lowering<'m>, envelope: &'m Envelope) -> Checked<()> {
    let Some(schema) = lowering.schemas.get(&envelope.schema) else { return Ok(()) };
    let place: Parts<'m> = std::iter::once(schema).chain(&envelope.adds).collect();
    let mut schema = lowering.merge(&place)?;
    schema.origin = envelope.schema.clone();
    let to = Destination { module: module(), hint: envelope.name.clone() };
    let mut fields = Vec::new();
    for (wire, property) in schema.properties.iter().filter(|(wire, _)| wire != envelope.kind.type_member()) {
        let origin = property.origin();
        names::plain(wire, &origin)?;
        let ty = match wire.as_str() {
            "content" => Type::Content,
            "unsigned" => {
                lowering.unsigned = Some(lowering.type_of(property, &to.named("UnsignedData"))?);
                Type::Unsigned
            }
            "state_key" => Type::StateKey,
            _ => lowering.type_of(property, &to.named(wire.as_str()))?,
        };
        fields.push(Field {
            wire: wire.clone(),
            aliases: Vec::new(),
            ident: names::field(wire, &origin)?,
            ty,
            presence: super::types::presence(wire, property, &schema),
            only: None,
            default: None,
            docs: lowering.docs_of(property)?,
            origin,
        });
    }
    let item = Item {
        name: envelope.name.clone(),
        docs: docs(&schema, None),
        origin: envelope.schema.clone(),
        shape: Shape::Struct(Struct { fields, envelope: Some(envelope.kind), ..Struct::default() }),
    };
    lowering.define(&module(), item, &schema)
}
