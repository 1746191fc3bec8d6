//! The envelopes: the members that all events of a kind have around their content.

use super::{docs, Destination, Lowering};
use crate::diagnostics::Diagnostic;
use crate::ir::{ContentParam, Field, Form, Item, Role, Shape, Struct, Type, ENVELOPE};
use crate::names;
use crate::schema::Parts;
use crate::settings::Envelope;

pub(super) fn lower(lowering: &mut Lowering<'_>) {
    for envelope in &lowering.model.config.envelopes {
        let outcome = one(lowering, envelope);
        lowering.diagnostics.note(outcome);
    }
}

fn one<'m>(lowering: &mut Lowering<'m>, envelope: &'m Envelope) -> Result<(), Diagnostic> {
    let Some(schema) = lowering.schemas.get(&envelope.schema) else { return Ok(()) };
    let place: Parts<'m> = std::iter::once(schema).chain(&envelope.adds).collect();
    let mut schema = lowering.merge(&place)?;
    schema.origin = envelope.schema.clone();
    let to = Destination::new(vec![ENVELOPE.to_owned()], &envelope.name);
    let mut fields = Vec::new();
    for (wire, property) in schema.properties.iter().filter(|(wire, _)| wire != envelope.kind.type_member()) {
        let origin = property.origin();
        names::plain(wire, &origin)?;
        let ty = match wire.as_str() {
            "content" => Type::Param(ContentParam::Content),
            "unsigned" => {
                lowering.unsigned = Some(lowering.type_of(property, &to.named("UnsignedData"))?);
                Type::Param(ContentParam::Unsigned)
            }
            "state_key" => Type::Param(ContentParam::StateKey),
            _ => lowering.type_of(property, &to.named(wire.as_str()))?,
        };
        fields.push(Field {
            wire: wire.clone(),
            aliases: Vec::new(),
            ident: names::field(wire, &origin).map_err(|diagnostic| {
                diagnostic.help("remove the property, or support names of members in codegen/src/lower/envelope.rs")
            })?,
            ty,
            presence: super::types::presence(wire, property, &schema),
            only: None,
            can_be_null: false,
            is_secret: false,
            docs: lowering.field_docs(property)?,
            origin,
        });
    }
    let role = Role::Envelope { kind: envelope.kind, form: form(&fields) };
    let mut docs = docs(&schema, None);
    docs.text = envelope.description.clone().or(docs.text);
    let item = Item {
        name: envelope.name.clone(),
        docs,
        origin: envelope.schema.clone(),
        shape: Shape::Struct(Struct { fields, role, ..Struct::default() }),
    };
    lowering.define(&to.module, item, &schema)
}

/// Determines the form of the events by the members of their envelope.
fn form(fields: &[Field]) -> Form {
    let has = |wire: &str| fields.iter().any(|field| field.wire == wire);
    match (has("room_id"), has("event_id"), has("state_key")) {
        // The plaintext of an encrypted event has a room ID and no sender.
        (true, _, _) if has("sender") => Form::Full,
        (false, true, _) => Form::Sync,
        (_, _, true) if has("sender") => Form::Stripped,
        (_, _, true) => Form::InitialState,
        (_, _, false) => Form::ContentOnly,
    }
}
