//! The other names of fields and events, which overrides list.

use super::event_schema::EventSchema;
use super::Lowering;
use crate::diagnostics::{Checked, Origin, Problem};
use crate::names;
use crate::schema::Schema;

impl Lowering<'_> {
    /// The other names of a property, stated where it is or where it was merged from. None of them may be declared as well.
    pub(super) fn aliases(&self, property: &Schema, object: &Schema) -> Checked<Vec<String>> {
        let mut aliases = Vec::new();
        for (name, origin) in self.overrides.aliases(&property.origin) {
            names::plain(name, origin)?;
            let others = object.properties.iter().filter(|(_, other)| other.origin != property.origin);
            let taken = |(other, schema): &(String, Schema)| {
                other == name || self.overrides.aliases(&schema.origin).iter().any(|(alias, _)| alias == name)
            };
            if object.property(name).is_some() || aliases.contains(name) || others.clone().any(taken) {
                return Err(Problem::at(origin, format!("`{name}` is the name of a property already"))
                    .expected("a name that nothing else in the object has")
                    .advice("remove the name, or the other one"));
            }
            aliases.push(name.clone());
        }
        for part in &property.all_of {
            aliases.extend(self.aliases(part, object)?);
        }
        Ok(aliases)
    }

    /// The other types of an event: those that its schema allows, and those that overrides add.
    pub(super) fn other_types(&self, base: &EventSchema) -> Checked<Vec<String>> {
        let mut also = base.also.clone();
        for (name, origin) in self.overrides.aliases(&Origin::file(&base.file)) {
            if *name == base.event_type || also.contains(name) {
                return Err(Problem::at(origin, format!("`{name}` is a type of this event already"))
                    .expected("a type that its schema doesn't allow")
                    .advice("remove the name"));
            }
            also.push(name.clone());
        }
        Ok(also)
    }
}
