//! Computes the constraints on one value from its merged schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::pattern;
use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::constraints::{
    AdditionalProperties, Assertion, Choice, Constraints, ConstraintsId, ObjectConstraints, Property, Regex,
};
use crate::ir::Docs;
use crate::schema::{Additional, Basis, Format, Limits, MergedSchema, Parts, Schema, SchemaSet, View};

/// The schemas that a node was made from.
type Key<'m> = (View, [Vec<&'m Origin>; 2]);

/// The nodes of the constraint tables.
pub(super) struct Nodes<'m> {
    schemas: &'m SchemaSet,
    /// The files of the tree, as opposed to those of the settings.
    files: BTreeSet<&'m str>,
    list: Vec<Constraints>,
    /// The nodes by the schemas that they were made from.
    known: BTreeMap<Key<'m>, ConstraintsId>,
}

/// The schemas of one place: those that a node is made from, and those that hold from level Strict on.
struct Levels<'m> {
    schema: MergedSchema<'m>,
    /// The facts in `schema`.
    view: View,
    strict: MergedSchema<'m>,
}

impl Levels<'_> {
    /// Returns `true` if a value has other constraints from level Strict on, apart from those on the members of an object.
    fn differ(&self) -> bool {
        let (one, other) = (&self.schema, &self.strict);
        let has_entries = |merged: &MergedSchema<'_>| {
            let is_each = matches!(merged.additional, Additional::Each(_));
            (merged.items.is_empty(), is_each, merged.pattern_properties.len(), merged.property_names.is_empty())
        };
        one.types != other.types
            || one.values != other.values
            || one.pattern != other.pattern
            || one.limits != other.limits
            || one.choices.len() != other.choices.len()
            || has_entries(one) != has_entries(other)
    }
}

impl<'m> Nodes<'m> {
    pub(super) fn new(schemas: &'m SchemaSet) -> Self {
        let files = schemas.iter().map(|(origin, _)| origin.file.as_str()).collect();
        Self { schemas, files, list: Vec::new(), known: BTreeMap::new() }
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
        self.both(place, place)
    }

    /// Returns the node for a place that has other schemas from level Strict on.
    fn both(&mut self, schema: &Parts<'m>, strict: &Parts<'m>) -> Result<ConstraintsId, Diagnostic> {
        let levels = self.levels(schema, strict)?;
        match levels.differ() {
            false => self.node(&levels),
            true => Err(Diagnostic::at(&levels.schema.origin, "a correction of a value that is not a property")
                .expected("a correction of a property")
                .help("state it for the property that contains the value, or extend codegen/src/constraints/node.rs")),
        }
    }

    fn levels(&self, schema: &Parts<'m>, strict: &Parts<'m>) -> Result<Levels<'m>, Diagnostic> {
        let schema = self.schemas.merge(schema, View::Release)?;
        Ok(Levels { schema, view: View::Release, strict: self.schemas.merge(strict, View::Strict)? })
    }

    /// Returns the node for the value of a property, and the one that replaces it from level Strict on. Mostly they are the same.
    fn property(&mut self, schema: &Parts<'m>, strict: &Parts<'m>) -> Result<[ConstraintsId; 2], Diagnostic> {
        let levels = self.levels(schema, strict)?;
        if !levels.differ() {
            return self.node(&levels).map(|id| [id, id]);
        }
        let Levels { schema, view, strict } = levels;
        let below = Levels { strict: schema.clone(), schema, view };
        let above = Levels { schema: strict.clone(), view: View::Strict, strict };
        Ok([self.node(&below)?, self.node(&above)?])
    }

    fn node(&mut self, levels: &Levels<'m>) -> Result<ConstraintsId, Diagnostic> {
        let origins = |merged: &MergedSchema<'m>| merged.parts.iter().map(|part| &part.origin).collect();
        let key = (levels.view, [origins(&levels.schema), origins(&levels.strict)]);
        if let Some(id) = self.known.get(&key) {
            return Ok(*id);
        }
        let node = self.make(levels)?;
        self.list.push(node);
        self.known.insert(key, self.list.len() - 1);
        Ok(self.list.len() - 1)
    }

    fn some(&mut self, schema: &Parts<'m>, strict: &Parts<'m>) -> Result<Option<ConstraintsId>, Diagnostic> {
        if schema.is_empty() {
            return Ok(None);
        }
        self.both(schema, strict).map(Some)
    }

    fn make(&mut self, levels: &Levels<'m>) -> Result<Constraints, Diagnostic> {
        let Levels { schema: merged, strict, .. } = levels;
        let corrected = strict.place.correction(|one| one.format);
        let accepted = strict.place.correction(|one| one.accepts.as_ref());
        let mut node = Constraints {
            assertions: assertions(merged.values.as_ref(), merged.pattern, &merged.limits, &merged.origin)?,
            format: merged.format.and_then(Format::identifier).or(corrected.and_then(Format::identifier)),
            key_format: merged
                .key_format
                .or_else(|| strict.place.correction(|one| one.key_format))
                .and_then(Format::identifier),
            default: strict.place.correction(|one| one.default.as_ref()).map(|default| default.value.clone()),
            docs: docs(merged),
            allowed: accepted
                .filter(|accepted| accepted.basis == Basis::Prose)
                .map_or(Vec::new(), |accepted| accepted.values.clone()),
            ..Constraints::default()
        };
        if !merged.types.is_empty() {
            node.types = merged.types.iter().copied().collect();
        }
        (node.location, node.elsewhere) = self.locations(&merged.parts)?;
        for choice in &merged.choices {
            let alternatives =
                choice.alternatives.iter().map(|one| self.of(&one.into())).collect::<Result<_, Diagnostic>>()?;
            node.choices.push(Choice { exactly_one: choice.exactly_one, alternatives });
        }
        node.items = self.some(&merged.items, &strict.items)?;
        node.object = self.object(levels)?;
        Ok(node)
    }

    fn object(&mut self, levels: &Levels<'m>) -> Result<Option<ObjectConstraints>, Diagnostic> {
        let Levels { schema: merged, strict, .. } = levels;
        let mut patterns: Vec<(Regex, &Parts<'m>)> = Vec::new();
        for (source, schemas) in &merged.pattern_properties {
            patterns.push((pattern::parse(source, &schemas.origin())?, schemas));
        }
        let additional = match merged.additional {
            Additional::Unspecified => AdditionalProperties::Open,
            Additional::Forbidden => AdditionalProperties::Closed,
            Additional::Each(each) => AdditionalProperties::Each(self.of(&each.into())?),
        };
        let mut object = ObjectConstraints { additional, ..ObjectConstraints::default() };
        self.properties(levels, &mut object)?;
        self.allow_types(strict, &mut object);
        for (pattern, schemas) in patterns {
            object.patterns.push((pattern, self.of(schemas)?));
        }
        object.names = self.some(&merged.property_names, &strict.property_names)?;
        Ok((object != ObjectConstraints::default()).then_some(object))
    }

    /// Adds the rows of the properties, and those that replace them or add to them from level Strict on.
    fn properties(&mut self, levels: &Levels<'m>, object: &mut ObjectConstraints) -> Result<(), Diagnostic> {
        let Levels { schema: merged, strict, .. } = levels;
        let nothing = Parts::default();
        for name in names(merged).chain(names(strict)).collect::<BTreeSet<_>>() {
            let (schema, stricter) = (merged.property(name), strict.property(name).unwrap_or(&nothing));
            let is_declared = schema.is_some() || stricter.is_empty();
            let [constraints, replaced] = match is_declared {
                true => self.property(schema.unwrap_or(&nothing), stricter)?,
                false => [self.of(&nothing)?, self.property(stricter, stricter)?[1]],
            };
            let row = self.row(merged, name, constraints, merged.requires(name));
            let at_strict = self.row(strict, name, replaced, is_required(strict, name));
            if at_strict.required {
                let aliases = stricter.stated().into_iter().flat_map(|schema| &schema.corrections.aliases);
                let aliases = aliases.map(|(alias, _)| (alias.clone(), name.clone()));
                object.aliases.extend(aliases.filter(|(alias, _)| alias != name));
            }
            if !is_declared || replaced != constraints || at_strict.required != row.required {
                object.prose.push(at_strict);
            }
            if is_declared || row.required {
                object.properties.push(row);
            }
        }
        Ok(())
    }

    /// Adds the aliases of an event to the values of its `type`, from level Strict on.
    fn allow_types(&mut self, strict: &MergedSchema<'m>, object: &mut ObjectConstraints) {
        let events = strict.place.stated().into_iter().filter(|schema| schema.origin.pointer.is_empty());
        let aliases = events.flat_map(|schema| &schema.corrections.aliases).map(|(name, _)| name.clone());
        let aliases: Vec<String> = aliases.collect();
        let is_type = |row: &&Property| ["type", "edu_type"].contains(&row.name.as_str()) && !aliases.is_empty();
        let Some(row) = object.properties.iter().find(is_type).cloned() else { return };
        let mut node = self.get(row.constraints).clone();
        let values = node.assertions.iter_mut().find_map(|assertion| match assertion {
            Assertion::Enum(values) => Some(values),
            _ => None,
        });
        let Some(values) = values else { return };
        values.extend(aliases);
        self.list.push(node);
        let place = object.prose.partition_point(|one| one.name < row.name);
        object.prose.insert(place, Property { constraints: self.list.len() - 1, ..row });
    }

    fn row(&self, merged: &MergedSchema<'m>, name: &str, constraints: ConstraintsId, required: bool) -> Property {
        let requiring = merged.parts.iter().rev().find(|part| part.required.iter().any(|one| one == name));
        let required_by = requiring.filter(|_| required).map(|part| part.origin.clone());
        Property {
            name: name.to_owned(),
            constraints,
            required,
            is_kept: required && merged.property(name).is_some_and(is_kept),
            required_by: required_by.filter(|origin| self.is_of_tree(origin)),
            declared: merged.property(name).is_some(),
            proposal: merged.property(name).and_then(|place| place.correction(|one| one.proposal)),
        }
    }

    fn is_of_tree(&self, origin: &Origin) -> bool {
        self.files.contains(origin.file.as_str())
    }

    /// Returns the last of the schemas that states keywords, and the keywords that another one states. A schema in the settings
    /// has no place.
    fn locations(&self, parts: &[&Schema]) -> Result<Locations, Diagnostic> {
        let mut stated: BTreeMap<&str, &Origin> = BTreeMap::new();
        let mut location = None;
        for part in parts {
            let keywords = keywords(part)?;
            if !keywords.is_empty() || !part.required.is_empty() {
                location = Some(&part.origin);
            }
            stated.extend(keywords.into_iter().map(|keyword| (keyword, &part.origin)));
        }
        stated.retain(|_, origin| Some(*origin) != location && self.is_of_tree(origin));
        let elsewhere = stated.into_iter().map(|(keyword, origin)| (keyword.to_owned(), origin.clone()));
        Ok((location.filter(|origin| self.is_of_tree(origin)).cloned(), elsewhere.collect()))
    }
}

/// Returns the names of the properties that schemas declare or require.
fn names<'s>(merged: &'s MergedSchema<'_>) -> impl Iterator<Item = &'s String> {
    let required = merged.required.iter().map(|(name, _)| name);
    merged.properties.iter().map(|(name, _)| name).chain(required)
}

/// Returns `true` if redactions in all room versions keep a property.
fn is_kept(place: &Parts<'_>) -> bool {
    place.correction(|one| one.is_kept.then_some(())).is_some()
}

/// Returns `true` if an object needs a property from level Strict on.
fn is_required(strict: &MergedSchema<'_>, name: &str) -> bool {
    let Some(place) = strict.property(name) else { return strict.requires(name) };
    let missing = place.correction(|one| one.often_missing.as_ref());
    let is_allowed = missing.is_some_and(|missing| missing.basis == Basis::Prose);
    let is_stated = strict.requires(name) || place.correction(|one| one.required.then_some(())).is_some();
    is_stated && !is_allowed
}

fn docs(merged: &MergedSchema<'_>) -> Docs {
    Docs {
        text: merged.description.clone(),
        since: merged.added,
        changed: merged.changed.clone(),
        deprecated: merged.deprecated,
        ..Docs::default()
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
