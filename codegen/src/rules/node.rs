//! One node of the rules from the schemas that all speak of one value: a schema, what it refers to, its `allOf`.

use std::collections::BTreeMap;

use super::pattern;
use crate::diagnostics::{Checked, Origin};
use crate::ir::rules::{Additional, Choice, Node, NodeId, Object, Pattern, Place, Property};
use crate::ir::Docs;
use crate::schema::{self, Format, JsonType, MergedSchema, Parts, Schema, SchemaSet, View};

/// The nodes that have been made.
pub(super) struct Nodes<'m> {
    schemas: &'m SchemaSet,
    list: Vec<Node>,
    /// The nodes by the schemas that they were made from.
    known: BTreeMap<Vec<&'m Origin>, NodeId>,
}

impl<'m> Nodes<'m> {
    pub(super) fn new(schemas: &'m SchemaSet) -> Self {
        Self { schemas, list: Vec::new(), known: BTreeMap::new() }
    }

    // Ids come from `of`, which puts their nodes into the list.
    #[allow(clippy::indexing_slicing)]
    pub(super) fn get(&self, id: NodeId) -> &Node {
        &self.list[id]
    }

    pub(super) fn into_list(self) -> Vec<Node> {
        self.list
    }

    /// The node for a place.
    pub(super) fn of(&mut self, place: &Parts<'m>) -> Checked<NodeId> {
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

    fn some(&mut self, place: &Parts<'m>) -> Checked<Option<NodeId>> {
        if place.is_empty() {
            return Ok(None);
        }
        self.of(place).map(Some)
    }

    fn make(&mut self, merged: &MergedSchema<'m>) -> Checked<Node> {
        let bounds = &merged.bounds;
        let mut node = Node {
            types: types(&merged.types),
            values: merged.values.clone(),
            patterns: Vec::new(),
            length: (bounds.min_length, bounds.max_length),
            format: merged.format.and_then(Format::identifier),
            range: (bounds.minimum, bounds.maximum),
            count: (bounds.min_items, bounds.max_items),
            key_format: merged.key_format.and_then(Format::identifier),
            docs: docs(merged),
            places: merged.parts.iter().filter_map(|part| place(part)).collect(),
            ..Node::default()
        };
        if let Some(source) = merged.pattern {
            node.patterns.push(pattern::parse(source, &merged.origin.child("pattern"))?);
        }
        for choice in &merged.choices {
            let alternatives = choice.alternatives.iter().map(|one| self.of(&one.into())).collect::<Checked<_>>()?;
            node.choices.push(Choice { exactly_one: choice.exactly_one, alternatives });
        }
        node.items = self.some(&merged.items)?;
        node.object = self.object(merged)?;
        Ok(node)
    }

    fn object(&mut self, merged: &MergedSchema<'m>) -> Checked<Option<Object>> {
        let mut patterns: Vec<(Pattern, &Parts<'m>)> = Vec::new();
        for (source, schemas) in &merged.pattern_properties {
            patterns.push((pattern::parse(source, &schemas.origin())?, schemas));
        }
        let nothing = Parts::default();
        let declared = merged.properties.iter().map(|(name, schemas)| (name, schemas));
        let required = merged.required.iter().map(|(name, _)| (name, &nothing));
        // What is declared replaces what is only required.
        let properties: BTreeMap<&String, &Parts<'m>> = required.chain(declared).collect();
        let additional = match merged.additional {
            schema::Additional::Unspecified => Additional::Open,
            schema::Additional::Forbidden => Additional::Closed,
            schema::Additional::Each(each) => Additional::Each(self.of(&each.into())?),
        };
        let count = (merged.bounds.min_properties, merged.bounds.max_properties);
        let is_silent = properties.is_empty()
            && patterns.is_empty()
            && merged.property_names.is_empty()
            && count == (None, None)
            && additional == Additional::Open;
        if is_silent {
            return Ok(None);
        }
        let mut object = Object { additional, count, ..Object::default() };
        for (name, schemas) in properties {
            object.properties.push(Property {
                name: name.clone(),
                node: self.of(schemas)?,
                required: merged.requires(name),
                declared: !schemas.is_empty(),
            });
        }
        for (pattern, schemas) in patterns {
            object.patterns.push((pattern, self.of(schemas)?));
        }
        object.names = self.some(&merged.property_names)?;
        Ok(Some(object))
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

fn types(types: &[JsonType]) -> Option<Vec<String>> {
    (!types.is_empty()).then(|| types.iter().map(|kind| kind.name().to_owned()).collect())
}

/// The keywords that a schema states itself, by the names that violations give them.
fn place(part: &Schema) -> Option<Place> {
    let bounds = &part.bounds;
    let stated = [
        ("type", !part.types.is_empty()),
        ("enum", part.values.is_some()),
        ("pattern", part.pattern.is_some()),
        ("format", part.format.is_some()),
        ("minLength", bounds.min_length.is_some()),
        ("maxLength", bounds.max_length.is_some()),
        ("minItems", bounds.min_items.is_some()),
        ("maxItems", bounds.max_items.is_some()),
        ("minProperties", bounds.min_properties.is_some()),
        ("maxProperties", bounds.max_properties.is_some()),
        ("minimum", bounds.minimum.is_some()),
        ("maximum", bounds.maximum.is_some()),
        ("additionalProperties", part.additional != schema::Additional::Unspecified),
        ("propertyNames", part.property_names.is_some()),
        ("oneOf", !part.one_of.is_empty()),
        ("anyOf", !part.any_of.is_empty()),
    ];
    let keywords: Vec<String> =
        stated.into_iter().filter(|(_, is_stated)| *is_stated).map(|(keyword, _)| keyword.to_owned()).collect();
    let says = !keywords.is_empty() || !part.required.is_empty();
    says.then(|| Place { origin: part.origin.clone(), keywords, required: part.required.clone() })
}
