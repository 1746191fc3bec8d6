//! Computes the constraints on one value from its merged schema.

use std::collections::BTreeMap;

use super::pattern;
use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::constraints::{
    AdditionalProperties, Assertion, Choice, Constraints, ConstraintsId, ObjectConstraints, Property, Regex,
};
use crate::ir::Docs;
use crate::schema::{Additional, Format, Limits, MergedSchema, Parts, Schema, SchemaSet, View};

/// The nodes of the constraint tables.
pub(super) struct Nodes<'m> {
    schemas: &'m SchemaSet,
    list: Vec<Constraints>,
    /// The nodes by the schemas that they were computed from.
    known: BTreeMap<Vec<&'m Origin>, ConstraintsId>,
}

impl<'m> Nodes<'m> {
    pub(super) fn new(schemas: &'m SchemaSet) -> Self {
        Self { schemas, list: Vec::new(), known: BTreeMap::new() }
    }

    // Every ID comes from `of`, which adds the node to the list.
    #[allow(clippy::indexing_slicing)]
    pub(super) fn get(&self, id: ConstraintsId) -> &Constraints {
        &self.list[id]
    }

    pub(super) fn into_list(self) -> Vec<Constraints> {
        self.list
    }

    /// Returns the node for a place.
    pub(super) fn of(&mut self, place: &Parts<'m>) -> Result<ConstraintsId, Diagnostic> {
        let merged = self.schemas.merge(place, View::Release)?;
        let key = merged.parts.iter().map(|part| &part.origin).collect();
        if let Some(id) = self.known.get(&key) {
            return Ok(*id);
        }
        let node = self.make(&merged)?;
        self.list.push(node);
        self.known.insert(key, self.list.len() - 1);
        Ok(self.list.len() - 1)
    }

    fn some(&mut self, place: &Parts<'m>) -> Result<Option<ConstraintsId>, Diagnostic> {
        if place.is_empty() {
            return Ok(None);
        }
        self.of(place).map(Some)
    }

    fn make(&mut self, merged: &MergedSchema<'m>) -> Result<Constraints, Diagnostic> {
        let mut node = Constraints {
            assertions: assertions(merged.values.as_ref(), merged.pattern, &merged.limits, &merged.origin)?,
            format: merged.format.and_then(Format::identifier),
            key_format: merged.key_format.and_then(Format::identifier),
            docs: docs(merged),
            ..Constraints::default()
        };
        if !merged.types.is_empty() {
            node.types = merged.types.iter().copied().collect();
        }
        (node.location, node.elsewhere) = locations(&merged.parts)?;
        for choice in &merged.choices {
            let alternatives =
                choice.alternatives.iter().map(|one| self.of(&one.into())).collect::<Result<_, Diagnostic>>()?;
            node.choices.push(Choice { exactly_one: choice.exactly_one, alternatives });
        }
        node.items = self.some(&merged.items)?;
        node.object = self.object(merged)?;
        Ok(node)
    }

    fn object(&mut self, merged: &MergedSchema<'m>) -> Result<Option<ObjectConstraints>, Diagnostic> {
        let mut patterns: Vec<(Regex, &Parts<'m>)> = Vec::new();
        for (source, schemas) in &merged.pattern_properties {
            patterns.push((pattern::parse(source, &schemas.origin())?, schemas));
        }
        let nothing = Parts::default();
        let declared = merged.properties.iter().map(|(name, schemas)| (name, schemas));
        let required = merged.required.iter().map(|(name, _)| (name, &nothing));
        // A declared property replaces a property that is only required.
        let properties: BTreeMap<&String, &Parts<'m>> = required.chain(declared).collect();
        let additional = match merged.additional {
            Additional::Unspecified => AdditionalProperties::Open,
            Additional::Forbidden => AdditionalProperties::Closed,
            Additional::Each(each) => AdditionalProperties::Each(self.of(&each.into())?),
        };
        let mut object = ObjectConstraints { additional, ..ObjectConstraints::default() };
        for (name, schemas) in properties {
            let required_by = merged.parts.iter().rev().find(|part| part.required.contains(name));
            object.properties.push(Property {
                name: name.clone(),
                constraints: self.of(schemas)?,
                required_by: required_by.map(|part| part.origin.clone()),
                declared: !schemas.is_empty(),
            });
        }
        for (pattern, schemas) in patterns {
            object.patterns.push((pattern, self.of(schemas)?));
        }
        object.names = self.some(&merged.property_names)?;
        Ok((object != ObjectConstraints::default()).then_some(object))
    }
}

fn docs(merged: &MergedSchema<'_>) -> Docs {
    Docs {
        text: merged.description.clone(),
        since: merged.added,
        changed: merged.changed.clone(),
        deprecated: merged.deprecated,
        link: None,
    }
}

/// Returns the keywords about the value itself, without those about its items and members.
fn assertions(
    values: Option<&Vec<String>>,
    pattern: Option<&str>,
    limits: &Limits,
    origin: &Origin,
) -> Result<Vec<Assertion>, Diagnostic> {
    let pattern = pattern.map(|source| pattern::parse(source, &origin.child("pattern"))).transpose()?;
    let limits = limits.iter().map(|(limit, value)| Assertion::Limit(limit, value));
    Ok(values.cloned().map(Assertion::Enum).into_iter().chain(pattern.map(Assertion::Pattern)).chain(limits).collect())
}

/// The last schema that states keywords, and the keywords that only other schemas state.
type Locations = (Option<Origin>, Vec<(String, Origin)>);

fn locations(parts: &[&Schema]) -> Result<Locations, Diagnostic> {
    let mut stated: BTreeMap<&str, &Origin> = BTreeMap::new();
    let mut location = None;
    for part in parts {
        let keywords = keywords(part)?;
        if !keywords.is_empty() || !part.required.is_empty() {
            location = Some(&part.origin);
        }
        stated.extend(keywords.into_iter().map(|keyword| (keyword, &part.origin)));
    }
    stated.retain(|_, origin| Some(*origin) != location);
    let elsewhere = stated.into_iter().map(|(keyword, origin)| (keyword.to_owned(), origin.clone()));
    Ok((location.cloned(), elsewhere.collect()))
}

/// Returns the keywords that a schema states itself, by the names in violations.
fn keywords(part: &Schema) -> Result<Vec<&'static str>, Diagnostic> {
    let stated = [
        ("type", !part.types.is_empty()),
        ("format", part.format.is_some()),
        ("additionalProperties", part.additional != Additional::Unspecified),
        ("propertyNames", part.property_names.is_some()),
        ("oneOf", !part.one_of.is_empty()),
        ("anyOf", !part.any_of.is_empty()),
    ];
    let stated = stated.into_iter().filter(|(_, is_stated)| *is_stated).map(|(keyword, _)| keyword);
    let assertions = assertions(part.values.as_ref(), part.pattern.as_deref(), &part.limits, &part.origin)?;
    Ok(stated.chain(assertions.iter().map(Assertion::keyword)).collect())
}
