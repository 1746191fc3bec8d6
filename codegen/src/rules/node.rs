//! The constraints on one value from the schemas that all speak of one value: a schema, what it refers to, its `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use super::pattern;
use crate::diagnostics::{Checked, Origin, Problem};
use crate::ir::constraints::{
    AdditionalProperties, Assertion, Choice, Constraints, ConstraintsId, JsonType, JsonTypes, ObjectConstraints,
    Property, Regex,
};
use crate::ir::Docs;
use crate::resolve::Library;
use crate::schema::{Additional, Bounds, Format, Schema};

/// The nodes that have been made.
pub(super) struct Nodes<'l> {
    library: &'l Library,
    list: Vec<Constraints>,
    /// The nodes by the places that speak of them.
    known: BTreeMap<Vec<&'l Origin>, ConstraintsId>,
}

impl<'l> Nodes<'l> {
    pub(super) fn new(library: &'l Library) -> Self {
        Self { library, list: Vec::new(), known: BTreeMap::new() }
    }

    // Ids come from `of`, which puts their nodes into the list.
    #[allow(clippy::indexing_slicing)]
    pub(super) fn get(&self, id: ConstraintsId) -> &Constraints {
        &self.list[id]
    }

    pub(super) fn into_list(self) -> Vec<Constraints> {
        self.list
    }

    /// The node for a value that has to fit each of several schemas.
    pub(super) fn of(&mut self, schemas: &[&'l Schema]) -> Checked<ConstraintsId> {
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

    fn make(&mut self, parts: &[&'l Schema]) -> Checked<Constraints> {
        let mut node = Constraints { docs: docs(parts), assertions: assertions(parts)?, ..Constraints::default() };
        (node.location, node.elsewhere) = locations(parts)?;
        for part in parts {
            node.types = types(node.types, part, parts)?;
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

    fn object(&mut self, parts: &[&'l Schema]) -> Checked<Option<ObjectConstraints>> {
        let mut properties: BTreeMap<&'l str, Vec<&'l Schema>> = BTreeMap::new();
        let mut patterns: Vec<(Regex, Vec<&'l Schema>)> = Vec::new();
        let mut names = Vec::new();
        let mut required: BTreeMap<&str, &Origin> = BTreeMap::new();
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
            required.extend(part.required.iter().map(|name| (name.as_str(), &part.origin)));
        }
        for name in required.keys() {
            properties.entry(name).or_default();
        }
        let mut object = ObjectConstraints { additional: self.additional(parts)?, ..ObjectConstraints::default() };
        for (name, schemas) in properties {
            object.properties.push(Property {
                name: name.to_owned(),
                constraints: self.of(&schemas)?,
                required_by: required.get(name).map(|origin| (*origin).clone()),
                declared: !schemas.is_empty(),
            });
        }
        for (pattern, schemas) in patterns {
            object.patterns.push((pattern, self.of(&schemas)?));
        }
        object.names = if names.is_empty() { None } else { Some(self.of(&names)?) };
        Ok((object != ObjectConstraints::default()).then_some(object))
    }

    /// `additionalProperties` speaks of the properties beside it alone, so only one part can have it, together with all
    /// properties that there are.
    fn additional(&mut self, parts: &[&'l Schema]) -> Checked<AdditionalProperties> {
        let states = |part: &&&Schema| part.additional != Additional::Unstated;
        let Some(stated) = parts.iter().find(states) else { return Ok(AdditionalProperties::Open) };
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
            Additional::Unstated => AdditionalProperties::Open,
            Additional::Forbidden => AdditionalProperties::Closed,
            Additional::Each(each) => AdditionalProperties::Each(self.of(&[each])?),
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

/// Returns the types that both the parts so far and this one allow.
fn types(so_far: JsonTypes, part: &Schema, all: &[&Schema]) -> Checked<JsonTypes> {
    if part.types.is_empty() {
        return Ok(so_far);
    }
    let both = so_far.intersection(part.types.iter().copied().collect());
    if both.is_empty() {
        let before = all.iter().take_while(|other| other.origin != part.origin);
        let before: Vec<String> =
            before.filter(|other| !other.types.is_empty()).map(|other| other.origin.to_string()).collect();
        let message = format!("no value has this type and that of {}", before.join(" and "));
        let names: Vec<&str> = so_far.iter().map(JsonType::name).collect();
        return Err(Problem::at(&part.origin.child("type"), message)
            .expected(names.join(" or "))
            .advice("correct one of the two"));
    }
    Ok(both)
}

/// Returns the assertions of several schemas as those of one.
fn assertions(parts: &[&Schema]) -> Checked<Vec<Assertion>> {
    let mut values: Option<Vec<String>> = None;
    let mut patterns = Vec::new();
    let mut all = Bounds::default();
    for part in parts {
        values = match (values, &part.values) {
            (Some(base), Some(more)) => Some(more.iter().filter(|value| base.contains(value)).cloned().collect()),
            (base, more) => base.or_else(|| more.clone()),
        };
        if let Some(source) = &part.pattern {
            let pattern = pattern::parse(source, &part.origin.child("pattern"))?;
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
        let bounds = &part.bounds;
        all = Bounds {
            min_length: larger(all.min_length, bounds.min_length),
            max_length: smaller(all.max_length, bounds.max_length),
            min_items: larger(all.min_items, bounds.min_items),
            max_items: smaller(all.max_items, bounds.max_items),
            min_properties: larger(all.min_properties, bounds.min_properties),
            max_properties: smaller(all.max_properties, bounds.max_properties),
            minimum: larger(all.minimum, bounds.minimum),
            maximum: smaller(all.maximum, bounds.maximum),
        };
    }
    let bounds = [
        all.min_length.map(Assertion::MinLength),
        all.max_length.map(Assertion::MaxLength),
        all.minimum.map(Assertion::Minimum),
        all.maximum.map(Assertion::Maximum),
        all.min_items.map(Assertion::MinItems),
        all.max_items.map(Assertion::MaxItems),
        all.min_properties.map(Assertion::MinProperties),
        all.max_properties.map(Assertion::MaxProperties),
    ];
    let patterns = patterns.into_iter().map(Assertion::Pattern);
    Ok(values.map(Assertion::Enum).into_iter().chain(patterns).chain(bounds.into_iter().flatten()).collect())
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

/// Returns the last of the schemas that states keywords, and the keywords that another one states.
fn locations(parts: &[&Schema]) -> Checked<(Option<Origin>, Vec<(String, Origin)>)> {
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
fn keywords(part: &Schema) -> Checked<Vec<&'static str>> {
    let stated = [
        ("type", !part.types.is_empty()),
        ("format", part.format.is_some()),
        ("additionalProperties", part.additional != Additional::Unstated),
        ("propertyNames", part.property_names.is_some()),
        ("oneOf", !part.one_of.is_empty()),
        ("anyOf", !part.any_of.is_empty()),
    ];
    let stated = stated.into_iter().filter(|(_, is_stated)| *is_stated).map(|(keyword, _)| keyword);
    Ok(stated.chain(assertions(&[part])?.iter().map(Assertion::keyword)).collect())
}
