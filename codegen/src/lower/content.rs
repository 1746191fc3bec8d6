//! The content of an event.

use super::{Lowering, Place};
use crate::diagnostics::{Checked, Origin, Problem};
use crate::ir::{Docs, Item, Shape, Tagged, Variant};
use crate::names;
use crate::schema::Schema;

use super::event_schema::EventSchema;

impl Lowering<'_> {
    /// The content of an event with one schema.
    pub(super) fn content(&mut self, event: &EventSchema, name: &str, docs: &Docs) -> Checked<()> {
        let schema = self.content_schema(event, None)?;
        self.content_struct(event, name, &schema, None, docs)
    }

    /// The content of an event with a schema for each value of a property: a type for each, a type for all others,
    /// and one over them.
    pub(super) fn tagged_content(
        &mut self,
        base: &EventSchema,
        variants: &[EventSchema],
        property: &str,
        docs: &Docs,
    ) -> Checked<Vec<String>> {
        let name = base.content_name(self.overrides.bare(&base.event_type))?;
        let other = format!("Other{name}");
        let mut known: Vec<Variant> = Vec::new();
        let mut contents = Vec::new();
        for variant in variants {
            let value = variant.variant.as_deref().unwrap_or_default();
            let schema = self.content_schema(base, Some(variant))?;
            check_value(&schema, property, value)?;
            let holds = self.variant_name(variant)?;
            let docs = variant.docs(self);
            self.content_struct(variant, &holds, &schema, Some((property, value)), &docs)?;
            let ident = names::variant(self.overrides.bare(value), &variant.schema.origin)?;
            if ident == "Other" || known.iter().any(|known| known.ident == ident) {
                let message = format!("a variant for `{value}` can't have the name `{ident}`, which another has");
                return Err(Problem::at(&variant.schema.origin, message)
                    .expected("values that make different names, none of them `Other`")
                    .advice("codegen/src/lower/content.rs names the variants"));
            }
            known.push(Variant { value: value.to_owned(), ident, holds: holds.clone(), docs });
            contents.push(holds);
        }
        let schema = self.content_schema(base, None)?;
        let text = format!(
            "The content of an `{}` event with another `{property}` or none, or without a field that its value requires.",
            base.event_type,
        );
        let other_docs = Docs { text: Some(text), link: docs.link.clone(), ..Docs::default() };
        self.content_struct(base, &other, &schema, None, &other_docs)?;
        let shape = Shape::Tagged(Tagged { property: property.to_owned(), variants: known, other });
        self.define(
            &base.module,
            Item { name, docs: docs.clone(), origin: base.schema.origin.clone(), shape },
            &base.schema,
        )?;
        Ok(contents)
    }

    /// What the schema of an event says of its content, with what overrides add to it.
    fn content_schema(&mut self, base: &EventSchema, variant: Option<&EventSchema>) -> Checked<Schema> {
        let content = |event: &EventSchema| {
            event.schema.property("content").cloned().ok_or_else(|| {
                Problem::at(&event.schema.origin, "the schema of the event doesn't say what its content is")
                    .expected("`properties`, `content`")
                    .advice("declare it, if only as an object without properties")
            })
        };
        let mut parts = vec![content(base)?];
        if let Some(variant) = variant {
            parts.push(content(variant)?);
        }
        let origin = parts.last().map(|part| part.origin.clone()).unwrap_or_default();
        self.consume(&Schema { all_of: parts.clone(), ..Schema::default() });
        let whole = Schema { origin, all_of: parts, ..Schema::default() };
        let mut schema = self.library.flatten(&whole)?;
        for event in std::iter::once(base).chain(variant) {
            self.add(&mut schema, &Origin::file(&event.file), &content(event)?.origin)?;
        }
        Ok(schema)
    }

    fn content_struct(
        &mut self,
        event: &EventSchema,
        name: &str,
        schema: &Schema,
        constant: Option<(&str, &str)>,
        docs: &Docs,
    ) -> Checked<()> {
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return Err(Problem::at(&schema.origin, "the content of an event has alternatives")
                .expected("an object with properties, or a file for each variant")
                .advice("alternatives need support in codegen/src/lower/content.rs"));
        }
        let place = Place { module: event.module.clone(), hint: name.to_owned() };
        let shape = self.structure(schema, &place, constant)?;
        let origin = event.schema.origin.clone();
        self.define(&event.module, Item { name: name.to_owned(), docs: docs.clone(), origin, shape }, schema)
    }

    fn variant_name(&self, variant: &EventSchema) -> Checked<String> {
        let origin = &variant.schema.origin;
        if let Some(name) = self.overrides.type_name(origin) {
            return Ok(name.to_owned());
        }
        // The merged schema has inherited a title from the core schemas.
        let own = self.library.get(origin).and_then(|schema| schema.title.clone());
        let hint = match &own {
            Some(title) => title.clone(),
            None => {
                let value = self.overrides.bare(variant.variant.as_deref().unwrap_or_default());
                format!("{} {}", self.overrides.bare(&variant.event_type), names::bare(value))
            }
        };
        variant.content_name(&hint)
    }
}

/// A schema that is for one value of a property has to allow that value, and no other.
fn check_value(schema: &Schema, property: &str, value: &str) -> Checked<()> {
    let values = schema.property(property).map(|schema| {
        let parts = std::iter::once(schema).chain(&schema.all_of);
        parts.filter_map(|part| part.values.clone()).flatten().collect::<Vec<_>>()
    });
    if values.as_deref() == Some(&[value.to_owned()]) {
        return Ok(());
    }
    Err(Problem::at(&schema.origin, format!("the file's name says `{property}: {value}`, its schema doesn't"))
        .expected(format!("an `enum` of `{property}` with the one value `{value}`"))
        .advice(
            "rename the file, correct the `enum`, or name another property under `discriminators` in overrides.yaml",
        ))
}
