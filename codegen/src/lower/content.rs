//! The content of an event.

use super::event::{alias_place, content_name, event_docs, merged, Merged};
use super::{Destination, Lowering};
use crate::diagnostics::Diagnostic;
use crate::events::EventSchema;
use crate::ir::{Docs, Item, Shape, Tagged, Type, Variant};
use crate::names;
use crate::schema::{MergedSchema, Parts};

/// A property with a fixed value, which has no field.
pub(super) type Constant<'c> = Option<(&'c str, &'c str)>;

/// A content to define a type for.
struct Content<'c, 'm> {
    name: &'c str,
    schema: &'c MergedSchema<'m>,
    constant: Constant<'c>,
    docs: &'c Docs,
}

impl<'m> Lowering<'m> {
    /// Defines the content of an event with one schema.
    pub(super) fn content(&mut self, event: &Merged<'_, 'm>, name: &str, docs: &Docs) -> Result<(), Diagnostic> {
        let schema = self.merge(&content_of(&event.schema)?)?;
        self.content_struct(event, &Content { name, schema: &schema, constant: None, docs })
    }

    /// Defines the content of an event with a schema for each value of a property. Returns the names of the types for the values.
    ///
    /// Defines a type for each value, a type for all other values, and an enum over these types.
    pub(super) fn tagged_content(
        &mut self,
        base: &Merged<'_, 'm>,
        property: &str,
        name: &str,
        docs: &Docs,
    ) -> Result<Vec<String>, Diagnostic> {
        let other = format!("Other{name}");
        let shared = content_of(&base.schema)?;
        let mut known: Vec<Variant> = Vec::new();
        for schema in &base.event.variants {
            let variant = self.variant(base, schema, property, &shared)?;
            if let Some(message) = name_error(&variant, &known) {
                let place = schema.variant.as_ref().map_or(&schema.origin, |(_, place)| place);
                return Err(Diagnostic::at(place, message)
                    .expected("values with different variant names, none of them `Other`")
                    .help("change the value")
                    .or_in_generator("the names of variants in codegen/src/lower/content.rs"));
            }
            known.push(variant);
        }
        let contents = known.iter().map(|variant| variant.holds.clone()).collect();
        let schema = self.merge(&shared)?;
        let text = format!(
            "The content of an `{}` event with an unknown or missing `{property}`, or without a field that the `{property}` requires.",
            base.event.key.event_type,
        );
        let other_docs = Docs { text: Some(text), link: docs.link.clone(), ..Docs::default() };
        self.content_struct(base, &Content { name: &other, schema: &schema, constant: None, docs: &other_docs })?;
        self.discriminator_is_a_string(base, &other, property)?;
        if let Some(place) = alias_place(&schema, property) {
            let message = format!("unsupported aliases of `{property}`, which distinguishes the variants of the event");
            return Err(Diagnostic::at(&place, message).expected("aliases of other properties").help(
                "remove the entry under `aliases` in overrides.yaml, or support it in codegen/src/lower/content.rs",
            ));
        }
        let shape = Shape::Tagged(Tagged { property: property.to_owned(), variants: known, other });
        let item = Item::new(name, docs.clone(), base.schema.origin.clone(), shape);
        self.define(base.module, item, &base.schema)?;
        Ok(contents)
    }

    /// Defines the type for one value of a property, and returns its variant.
    fn variant(
        &mut self,
        base: &Merged<'_, 'm>,
        schema: &EventSchema,
        property: &str,
        shared: &Parts<'m>,
    ) -> Result<Variant, Diagnostic> {
        let variant = merged(self, base.event, schema, base.module)?;
        let value = schema.variant.as_ref().map(|(value, _)| value.clone()).unwrap_or_default();
        let content = &self.merge(&shared.clone().and(content_of(&variant.schema)?))?;
        let holds = self.variant_name(&variant, &value)?;
        let docs = event_docs(self, &variant);
        let constant = Some((property, value.as_str()));
        self.content_struct(&variant, &Content { name: &holds, schema: content, constant, docs: &docs })?;
        let ident = names::variant(self.model.config.strip_prefix(&value), &schema.origin).map_err(|diagnostic| {
            diagnostic.help("change the value, or the names of variants in codegen/src/lower/content.rs")
        })?;
        Ok(Variant { value, ident, holds, docs })
    }

    /// Checks that the discriminator is a string, because an accessor of the enum returns its text.
    fn discriminator_is_a_string(&self, base: &Merged<'_, 'm>, name: &str, property: &str) -> Result<(), Diagnostic> {
        let item = self.ir.item(base.module, name).map(|item| &item.shape);
        let Some(Shape::Struct(shape)) = item else { return Ok(()) };
        match shape.fields.iter().find(|field| field.wire == property && field.ty != Type::String) {
            None => Ok(()),
            Some(field) => Err(Diagnostic::at(&field.origin, format!("`{property}` is not a valid discriminator"))
                .expected("a property of type `string`, without `enum` and `format`")
                .help("name another property of the content under `discriminators` in codegen.yaml")),
        }
    }

    fn content_struct(&mut self, event: &Merged<'_, 'm>, content: &Content<'_, 'm>) -> Result<(), Diagnostic> {
        let &Content { name, schema, constant, docs } = content;
        if !schema.choices.is_empty() {
            return Err(Diagnostic::at(&schema.origin, "unsupported `oneOf` or `anyOf` in the content of an event")
                .expected("an object with properties, or a schema in a file of its own for each variant")
                .help("write a schema for each variant")
                .or_in_generator("support alternatives in codegen/src/lower/content.rs"));
        }
        let to = Destination::new(event.module.clone(), name);
        let mut shape = self.structure(schema, &to, constant)?;
        if let Some(suffix) = &event.event.base.suffix {
            if let Some(field) = shape.fields.iter().find(|field| field.ident == *suffix) {
                let place = &event.event.base.stated_at;
                return Err(names::clash(suffix, place.into(), (&field.origin).into(), names::another()));
            }
            shape.suffix = Some((event.event.key.event_type.clone(), suffix.clone()));
        }
        let shape = Shape::Struct(shape);
        let origin = event.schema.origin.clone();
        self.define(event.module, Item::new(name, docs.clone(), origin, shape), schema)
    }

    fn variant_name(&mut self, variant: &Merged<'_, 'm>, value: &str) -> Result<String, Diagnostic> {
        let schema = &variant.schema;
        // The merged schema inherits a title from the core schemas.
        let own = self.schemas.get(&schema.origin).and_then(|schema| schema.title.clone());
        let short = |text| self.model.config.strip_prefix(text);
        let event_type = &variant.event.key.event_type;
        let hint = own.unwrap_or_else(|| format!("{} {}", short(event_type), names::strip_m(short(value))));
        let default = content_name(variant.event, &schema.origin, &hint);
        self.chosen(schema.place.correction(|one| one.type_name.clone()), default)
    }
}

/// Returns the error message if the name of a variant is reserved, or another variant has it.
fn name_error(variant: &Variant, others: &[Variant]) -> Option<String> {
    let Variant { ident, value, .. } = variant;
    if ident == "Other" {
        return Some(format!("`Other` is a reserved variant name: the value `{value}` would have it"));
    }
    let other = others.iter().find(|other| other.ident == *ident)?;
    Some(format!("duplicate variant name `{ident}`: the values `{}` and `{value}` would have it", other.value))
}

/// Returns the schemas of the content of an event.
fn content_of<'m>(event: &MergedSchema<'m>) -> Result<Parts<'m>, Diagnostic> {
    event.property("content").cloned().ok_or_else(|| {
        Diagnostic::at(&event.origin, "the schema of the event has no property `content`")
            .expected("`content` under `properties`")
            .help("add `content: {type: object}` under `properties`")
    })
}
