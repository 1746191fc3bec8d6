//! The envelopes: the members that all events of a kind have around their content.

use super::{docs, Destination, Lowering};
use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::{ContentParam, Field, Form, Item, Kind, Presence, Role, Shape, Struct, Type, ENVELOPE};
use crate::names;
use crate::schema::{Basis, MergedSchema, Parts};
use crate::settings::{changes_nothing, Envelope};

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
    let formats = formats(lowering, envelope, &mut schema)?;
    let members = Members { envelope, schema: &schema, formats: &formats };
    let mut fields = Vec::new();
    for (wire, property) in schema.properties.iter().filter(|(wire, _)| wire != envelope.kind.type_member()) {
        fields.push(members.field(lowering, (wire, property), &to)?);
    }
    let role = Role::Envelope { kind: envelope.kind, form: form(&fields) };
    let mut docs = docs(&schema, None);
    docs.text = envelope.description.clone().or(docs.text);
    let item = Item {
        name: envelope.name.clone(),
        docs,
        origin: envelope.schema.clone(),
        feature: envelope.feature.clone(),
        shape: Shape::Struct(Struct { fields, role, ..Struct::default() }),
    };
    lowering.define(&to.module, item, &schema)
}

/// Merges the schemas of the other formats, and adds their members to the schema of an envelope. The envelope requires the members
/// that all formats require.
fn formats<'m>(
    lowering: &mut Lowering<'m>,
    envelope: &'m Envelope,
    schema: &mut MergedSchema<'m>,
) -> Result<Vec<MergedSchema<'m>>, Diagnostic> {
    let mut formats = Vec::new();
    for format in envelope.formats.iter().filter_map(|(format, _)| lowering.schemas.get(format)) {
        formats.push(lowering.merge(&format.into())?);
    }
    for (wire, property) in formats.iter().flat_map(|format| &format.properties) {
        if schema.property(wire).is_none() {
            schema.properties.push((wire.clone(), property.clone()));
        }
    }
    let is_omitted = |wire: &str| envelope.omits.iter().any(|(name, _)| name == wire);
    if !formats.is_empty() {
        let mut required = std::mem::take(&mut schema.required);
        required.retain(|(wire, _)| {
            let is_stated = formats.iter().all(|format| format.requires(wire)) && !is_omitted(wire);
            is_stated && !is_often_missing(schema, wire)
        });
        schema.required = required;
    }
    let unused = |(name, origin): &(String, Origin)| {
        let why = format!("no format has a member `{name}`");
        changes_nothing(origin, lowering.model.release, &why)
    };
    let named = envelope.references.iter().chain(&envelope.omits);
    let unused: Vec<Diagnostic> = named.filter(|(name, _)| schema.property(name).is_none()).map(unused).collect();
    lowering.unused_roots.extend(unused);
    schema.properties.retain(|(wire, _)| !is_omitted(wire));
    // The formats are those of events with and without a state key.
    match (formats.is_empty(), envelope.kind) {
        (true, _) => {}
        (false, Kind::State) => schema.required.push(("state_key".to_owned(), envelope.schema.clone())),
        (false, _) => schema.properties.retain(|(wire, _)| wire != "state_key"),
    }
    Ok(formats)
}

/// The members of an envelope.
struct Members<'e, 'm> {
    envelope: &'e Envelope,
    /// The schema with the members of all formats.
    schema: &'e MergedSchema<'m>,
    /// The other formats.
    formats: &'e [MergedSchema<'m>],
}

impl<'m> Members<'_, 'm> {
    fn field(
        &self,
        lowering: &mut Lowering<'m>,
        (wire, property): (&str, &Parts<'m>),
        to: &Destination,
    ) -> Result<Field, Diagnostic> {
        let origin = property.origin();
        names::plain(wire, &origin)?;
        Ok(Field {
            wire: wire.to_owned(),
            aliases: Vec::new(),
            ident: names::field(wire, &origin).map_err(|diagnostic| {
                diagnostic.help("remove the property, or support names of members in codegen/src/lower/envelope.rs")
            })?,
            ty: self.ty(lowering, (wire, property), to)?,
            presence: self.presence(wire, property),
            only: None,
            can_be_null: false,
            is_secret: false,
            docs: lowering.field_docs(property)?,
            origin,
        })
    }

    /// Returns the presence of a member. Templates of PDUs omit members, and an invalid member costs itself.
    fn presence(&self, wire: &str, property: &Parts<'m>) -> Presence {
        let is_lenient = !self.formats.is_empty() && !["content", "state_key"].contains(&wire);
        match super::types::presence(wire, property, self.schema) {
            Presence::Required | Presence::Lenient { .. } if is_lenient => Presence::Expected,
            presence => presence,
        }
    }

    /// Returns the type of a member, which is equal in all formats.
    fn ty(
        &self,
        lowering: &mut Lowering<'m>,
        (wire, property): (&str, &Parts<'m>),
        to: &Destination,
    ) -> Result<Type, Diagnostic> {
        match wire {
            "content" => return Ok(Type::Param(ContentParam::Content)),
            "unsigned" => {
                if self.formats.is_empty() {
                    lowering.unsigned = Some(lowering.type_of(property, &to.named("UnsignedData"))?);
                }
                return Ok(Type::Param(ContentParam::Unsigned));
            }
            "state_key" => return Ok(Type::Param(ContentParam::StateKey)),
            _ if self.envelope.references.iter().any(|(name, _)| name == wire) => {
                return Ok(Type::List(Box::new(Type::EventReference)));
            }
            _ => {}
        }
        let to = to.named(wire);
        let ty = lowering.type_of(property, &to)?;
        for other in self.formats.iter().filter_map(|format| format.property(wire)) {
            if other.origin() != property.origin() && lowering.type_of(other, &to)? != ty {
                return Err(Diagnostic::at(
                    &property.origin(),
                    format!("the formats have different types of `{wire}`"),
                )
                .other(&other.origin())
                .expected("a member with one type in all formats")
                .help(format!("add `{wire}` to `references` of the envelope, if it is a list of references to events"))
                .or_in_generator("support the types in codegen/src/lower/envelope.rs"));
            }
        }
        Ok(ty)
    }
}

/// Returns `true` if events in practice omit a required member, although the prose does not allow this.
fn is_often_missing(schema: &MergedSchema<'_>, wire: &str) -> bool {
    let property = schema.property(wire);
    let missing = property.and_then(|property| property.last().correction(|one| one.often_missing.clone()));
    missing.is_some_and(|missing| missing.basis != Basis::Prose)
}

/// Determines the form of the events by the members of their envelope.
fn form(fields: &[Field]) -> Form {
    let has = |wire: &str| fields.iter().any(|field| field.wire == wire);
    if fields.iter().any(|field| field.ty == Type::List(Box::new(Type::EventReference))) {
        return Form::Pdu;
    }
    match (has("room_id"), has("event_id"), has("state_key")) {
        // The plaintext of an encrypted event has a room ID and no sender.
        (true, _, _) if has("sender") => Form::Full,
        (false, true, _) => Form::Sync,
        (_, _, true) if has("sender") => Form::Stripped,
        (_, _, true) => Form::InitialState,
        (_, _, false) => Form::ContentOnly,
    }
}
