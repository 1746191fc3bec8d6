//! One node of the rules from the schemas that all speak of one value: a schema, what it refers to, its `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use super::pattern;
use crate::diagnostics::{Checked, Origin, Problem};
use crate::ir::rules::{Additional, Choice, Node, NodeId, Object, Pattern, Place, Property};
use crate::ir::Docs;
use crate::resolve::Library;
use crate::schema::{self, Bounds, Format, JsonType, Schema};

/// The nodes that have been made.
pub(super) struct Nodes<'l> {
    library: &'l Library,
    list: Vec<Node>,
    /// The nodes by the places that speak of them.
    known: BTreeMap<Vec<&'l Origin>, NodeId>,
}

impl<'l> Nodes<'l> {
    pub(super) fn new(library: &'l Library) -> Self {
        Self { library, list: Vec::new(), known: BTreeMap::new() }
    }

    // Ids come from `of`, which puts their nodes into the list.
    #[allow(clippy::indexing_slicing)]
    pub(super) fn get(&self, id: NodeId) -> &Node {
        &self.list[id]
    }

    pub(super) fn into_list(self) -> Vec<Node> {
        self.list
    }

    /// The node for a value that has to fit each of several schemas.
    pub(super) fn of(&mut self, schemas: &[&'l Schema]) -> Checked<NodeId> {
        let mut parts = Vec::new();
        for schema in schemas {
            self.expand(schema, &mut parts, &mut BTreeSet::new())?;
        }
        let mut seen = BTreeSet::new();
        parts.retain(|part| seen.insert(&part.origin));
        let places: Vec<&Origin> = parts.iter().map(|part| &part.origin).collect();
        if let Some(id) = self.known.get(&places) {
            return Ok(*id);
        }
        let node = self.make(&parts)?;
        self.list.push(node);
        self.known.insert(places, self.list.len() - 1);
        Ok(self.list.len() - 1)
    }

    /// A schema behind all that it refers to, so that what it says itself has the last word on documentation.
    fn expand(
        &self,
        schema: &'l Schema,
        parts: &mut Vec<&'l Schema>,
        visited: &mut BTreeSet<&'l Origin>,
    ) -> Checked<()> {
        if !visited.insert(&schema.origin) {
            return Ok(());
        }
        if let Some(target) = &schema.reference {
            let target = self.library.get(target).ok_or_else(|| {
                Problem::at(&schema.origin, format!("{target} could not be read")).advice("mend that file first")
            })?;
            self.expand(target, parts, visited)?;
        }
        for part in &schema.all_of {
            self.expand(part, parts, visited)?;
        }
        parts.push(schema);
        Ok(())
    }

    fn make(&mut self, parts: &[&'l Schema]) -> Checked<Node> {
        let mut node = Node {
            docs: docs(parts),
            places: parts.iter().filter_map(|part| place(part)).collect(),
            ..Node::default()
        };
        for part in parts {
            node.types = types(node.types, part, parts)?;
            node.values = match (node.values, &part.values) {
                (Some(base), Some(more)) => Some(more.iter().filter(|value| base.contains(value)).cloned().collect()),
                (base, more) => base.or_else(|| more.clone()),
            };
            if let Some(source) = &part.pattern {
                let pattern = pattern::parse(source, &part.origin.child("pattern"))?;
                if !node.patterns.contains(&pattern) {
                    node.patterns.push(pattern);
                }
            }
            let bounds = &part.bounds;
            node.length = (larger(node.length.0, bounds.min_length), smaller(node.length.1, bounds.max_length));
            node.count = (larger(node.count.0, bounds.min_items), smaller(node.count.1, bounds.max_items));
            node.range = (larger(node.range.0, bounds.minimum), smaller(node.range.1, bounds.maximum));
            node.format = part.format.and_then(Format::identifier).or(node.format);
            node.key_format = part.key_format.and_then(Format::identifier).or(node.key_format);
            for (list, exactly_one) in [(&part.one_of, true), (&part.any_of, false)] {
                if !list.is_empty() {
                    let alternatives = list.iter().map(|one| self.of(&[one])).collect::<Checked<_>>()?;
                    node.choices.push(Choice { exactly_one, alternatives });
                }
            }
        }
        let items: Vec<&Schema> = parts.iter().filter_map(|part| part.items.as_deref()).collect();
        node.items = if items.is_empty() { None } else { Some(self.of(&items)?) };
        node.object = self.object(parts)?;
        Ok(node)
    }

    fn object(&mut self, parts: &[&'l Schema]) -> Checked<Option<Object>> {
        let mut properties: BTreeMap<&'l str, Vec<&'l Schema>> = BTreeMap::new();
        let mut patterns: Vec<(Pattern, Vec<&'l Schema>)> = Vec::new();
        let mut names = Vec::new();
        for part in parts {
            for (name, property) in &part.properties {
                properties.entry(name).or_default().push(property);
            }
            for (source, schema) in &part.pattern_properties {
                let pattern = pattern::parse(source, &schema.origin)?;
                match patterns.iter_mut().find(|(known, _)| *known == pattern) {
                    Some((_, schemas)) => schemas.push(schema),
                    None => patterns.push((pattern, vec![schema])),
                }
            }
            names.extend(part.property_names.as_deref());
        }
        let required: BTreeSet<&str> = parts.iter().flat_map(|part| &part.required).map(String::as_str).collect();
        for name in &required {
            properties.entry(name).or_default();
        }
        let additional = self.additional(parts)?;
        let mut count = (None, None);
        for Bounds { min_properties, max_properties, .. } in parts.iter().map(|part| &part.bounds) {
            count = (larger(count.0, *min_properties), smaller(count.1, *max_properties));
        }
        let is_silent = properties.is_empty() && patterns.is_empty() && names.is_empty() && count == (None, None);
        if is_silent && additional == Additional::Open {
            return Ok(None);
        }
        let mut object = Object { additional, count, ..Object::default() };
        for (name, schemas) in properties {
            object.properties.push(Property {
                name: name.to_owned(),
                node: self.of(&schemas)?,
                required: required.contains(name),
                declared: !schemas.is_empty(),
            });
        }
        for (pattern, schemas) in patterns {
            object.patterns.push((pattern, self.of(&schemas)?));
        }
        object.names = if names.is_empty() { None } else { Some(self.of(&names)?) };
        Ok(Some(object))
    }

    /// `additionalProperties` speaks of the properties beside it alone, so only one part can have it, together with all
    /// properties that there are.
    fn additional(&mut self, parts: &[&'l Schema]) -> Checked<Additional> {
        let states = |part: &&&Schema| part.additional != schema::Additional::Unstated;
        let Some(stated) = parts.iter().find(states) else { return Ok(Additional::Open) };
        let apart = parts.iter().filter(|part| part.origin != stated.origin).find(|part| {
            let knows = |name: &String| stated.property(name).is_some();
            states(part) || !part.pattern_properties.is_empty() || !part.properties.iter().all(|(name, _)| knows(name))
        });
        if let Some(apart) = apart {
            return Err(Problem::at(
                &stated.origin,
                format!("{} adds to an object whose `additionalProperties` are stated here", apart.origin),
            )
            .expected("`additionalProperties` only where all properties are")
            .advice("declare the properties beside the `additionalProperties`"));
        }
        Ok(match &stated.additional {
            schema::Additional::Unstated => Additional::Open,
            schema::Additional::Forbidden => Additional::Closed,
            schema::Additional::Each(each) => Additional::Each(self.of(&[each])?),
        })
    }
}

fn docs(parts: &[&Schema]) -> Docs {
    let last = |find: fn(&Schema) -> bool| parts.iter().rev().find(|part| find(part));
    Docs {
        text: last(|part| part.description.is_some()).and_then(|part| part.description.clone()),
        since: last(|part| part.added.is_some()).and_then(|part| part.added),
        changed: last(|part| !part.changed.is_empty()).map(|part| part.changed.clone()).unwrap_or_default(),
        deprecated: parts.iter().any(|part| part.deprecated),
        link: None,
    }
}

/// The types that both the parts so far and this one allow, which is one of all.
fn types(so_far: Option<Vec<String>>, part: &Schema, all: &[&Schema]) -> Checked<Option<Vec<String>>> {
    let Some(so_far) = so_far else {
        let names = part.types.iter().map(|kind| kind.name().to_owned()).collect();
        return Ok((!part.types.is_empty()).then_some(names));
    };
    if part.types.is_empty() {
        return Ok(Some(so_far));
    }
    let has = |list: &[String], kind: JsonType| list.iter().any(|name| name == kind.name());
    let own: Vec<String> = part.types.iter().map(|kind| kind.name().to_owned()).collect();
    let fits =
        |list: &[String], kind: JsonType| has(list, kind) || (kind == JsonType::Integer && has(list, JsonType::Number));
    let both: Vec<String> = JsonType::ALL
        .iter()
        .filter(|(_, kind)| fits(&own, *kind) && fits(&so_far, *kind))
        .map(|(name, _)| (*name).to_owned())
        .collect();
    if both.is_empty() {
        let before = all.iter().take_while(|other| other.origin != part.origin);
        let before: Vec<String> =
            before.filter(|other| !other.types.is_empty()).map(|other| other.origin.to_string()).collect();
        let message = format!("no value has this type and that of {}", before.join(" and "));
        return Err(Problem::at(&part.origin.child("type"), message)
            .expected(so_far.join(" or "))
            .advice("correct one of the two"));
    }
    Ok(Some(both))
}

fn larger<T: PartialOrd>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if one > other { one } else { other }),
        (one, other) => one.or(other),
    }
}

fn smaller<T: PartialOrd>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if one < other { one } else { other }),
        (one, other) => one.or(other),
    }
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
        ("additionalProperties", part.additional != schema::Additional::Unstated),
        ("propertyNames", part.property_names.is_some()),
        ("oneOf", !part.one_of.is_empty()),
        ("anyOf", !part.any_of.is_empty()),
    ];
    let keywords: Vec<String> =
        stated.into_iter().filter(|(_, is_stated)| *is_stated).map(|(keyword, _)| keyword.to_owned()).collect();
    let says = !keywords.is_empty() || !part.required.is_empty();
    says.then(|| Place { origin: part.origin.clone(), keywords, required: part.required.clone() })
}
