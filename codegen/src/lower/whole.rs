//! A schema with all that it builds on, and what overrides say of that.

use super::Lowering;
use crate::diagnostics::{Checked, Origin, Problem};
use crate::schema::{JsonType, Schema};

impl Lowering<'_> {
    /// A schema merged with what it refers to, or with what overrides name in its place, and with the properties that
    /// these leave out.
    pub(super) fn whole(&self, schema: &Schema) -> Checked<Schema> {
        let mut places = vec![schema.origin.clone()];
        let parts = self.as_defined(schema, &mut places);
        let mut whole = self.library.flatten(&parts)?;
        for place in places {
            self.add(&mut whole, &place, &place)?;
        }
        Ok(whole)
    }

    /// Adds the properties that overrides list for a place, as if they were declared at another.
    pub(super) fn add(&self, schema: &mut Schema, place: &Origin, declared_at: &Origin) -> Checked<()> {
        for (name, addition) in self.overrides.additions(place, &schema.properties) {
            if !schema.types.is_empty() && !schema.types.contains(&JsonType::Object) {
                return Err(Problem::at(&addition.origin, format!("`{name}` is added to {place}, which is no object"))
                    .expected("the place of an object, or the file of an event")
                    .advice("correct the `to:` of the entry"));
            }
            let origin = declared_at.child("properties").child(name);
            let added = Schema { origin, all_of: vec![addition.clone()], ..Schema::default() };
            schema.properties.push((name.to_owned(), added));
        }
        Ok(())
    }

    /// A schema whose parts refer to the definitions that overrides name in place of what they refer to; all of these
    /// are noted.
    fn as_defined(&self, schema: &Schema, noted: &mut Vec<Origin>) -> Schema {
        let reference = schema.reference.as_ref().map(|target| self.overrides.definition(target).unwrap_or(target));
        noted.extend(reference.cloned());
        let all_of = schema.all_of.iter().map(|part| self.as_defined(part, noted)).collect();
        Schema { reference: reference.cloned(), all_of, ..schema.clone() }
    }
}
