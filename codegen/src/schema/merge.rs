//! Merges `$ref` and `allOf` to one schema for each place. The types, the constraints and the comparison use the merged schemas.

use std::collections::BTreeSet;

use super::consistency::crossed_limits;
use super::{Additional, Corrections, Format, JsonType, Limits, Reference, Schema, SchemaSet};
use crate::diagnostics::{Diagnostic, Origin};
use crate::version::Version;

/// The maximum number of references that lead to a definition, in case that they form a cycle.
const MAX_LEVELS: usize = 64;

/// The facts that a merge includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum View {
    /// The schemas of the release.
    Release,
    /// The schemas of the release, with the properties and definitions that corrections add.
    Corrected,
    /// The schemas of the release, and in addition to them the properties, the definitions and the aliases of corrections.
    Strict,
}

/// The schemas of one place. A value has to be valid against all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts<'s>(Vec<&'s Schema>);

impl<'s> From<&'s Schema> for Parts<'s> {
    fn from(schema: &'s Schema) -> Self {
        Self(vec![schema])
    }
}

impl<'s> FromIterator<&'s Schema> for Parts<'s> {
    fn from_iter<I: IntoIterator<Item = &'s Schema>>(schemas: I) -> Self {
        Self(schemas.into_iter().collect())
    }
}

impl<'s> Parts<'s> {
    /// Returns the origin of the last schema, whose documentation has precedence.
    pub(crate) fn origin(&self) -> Origin {
        self.0.last().map(|schema| schema.origin.clone()).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the schemas of another place.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Returns the last schema of the place alone.
    pub(crate) fn last(&self) -> Self {
        self.0.last().copied().into_iter().collect()
    }

    /// Returns the schemas at the place itself, each after the members of its `allOf`, and without the targets of `$ref`.
    pub(crate) fn stated(&self) -> Vec<&'s Schema> {
        fn add<'s>(schema: &'s Schema, stated: &mut Vec<&'s Schema>) {
            schema.all_of.iter().for_each(|part| add(part, stated));
            stated.push(schema);
        }
        let mut stated = Vec::new();
        self.0.iter().for_each(|schema| add(schema, &mut stated));
        stated
    }

    /// Returns the origins of the schemas at the place itself.
    pub(crate) fn origins(&self) -> Vec<Origin> {
        self.stated().into_iter().map(|schema| schema.origin.clone()).collect()
    }

    /// Returns the correction of the last schema at the place that has one.
    pub(crate) fn correction<T>(&self, correction: impl Fn(&'s Corrections) -> Option<T>) -> Option<T> {
        self.stated().iter().rev().find_map(|schema| correction(&schema.corrections))
    }
}

/// A list of schemas under `oneOf` or `anyOf`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MergedChoice<'s> {
    /// Set for `oneOf`, where exactly one of the schemas has to accept the value.
    pub(crate) exactly_one: bool,
    pub(crate) alternatives: &'s [Schema],
}

/// The schemas of one place after `$ref` and `allOf` are merged. The places below are not merged.
#[derive(Clone, Debug, Default)]
pub(crate) struct MergedSchema<'s> {
    pub(crate) origin: Origin,
    /// The schemas at the place itself.
    pub(crate) place: Parts<'s>,
    /// The merged schemas, each after the schemas that it refers to.
    pub(crate) parts: Vec<&'s Schema>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) added: Option<Version>,
    pub(crate) changed: Vec<(Version, String)>,
    /// The allowed types; empty if no schema states any.
    pub(crate) types: Vec<JsonType>,
    pub(crate) format: Option<Format>,
    pub(crate) pattern: Option<&'s str>,
    /// The format of a key whose value the schema describes.
    pub(crate) key_format: Option<Format>,
    pub(crate) values: Option<Vec<String>>,
    pub(crate) properties: Vec<(String, Parts<'s>)>,
    /// The names of required properties, each with the place that requires it.
    pub(crate) required: Vec<(String, Origin)>,
    pub(crate) pattern_properties: Vec<(String, Parts<'s>)>,
    pub(crate) additional: Additional<&'s Schema>,
    pub(crate) property_names: Parts<'s>,
    pub(crate) items: Parts<'s>,
    pub(crate) limits: Limits,
    pub(crate) choices: Vec<MergedChoice<'s>>,
}

impl SchemaSet {
    /// Merges the schemas of a place.
    pub(crate) fn merge<'s>(&'s self, place: &Parts<'s>, view: View) -> Result<MergedSchema<'s>, Diagnostic> {
        let mut merged = MergedSchema { origin: place.origin(), place: place.clone(), ..MergedSchema::default() };
        for part in self.expand(place, view)? {
            merged.add_documentation(part);
            merged.add_value_keywords(part)?;
            merged.add_object_keywords(part);
            merged.parts.push(part);
        }
        merged.add_additional()?;
        if view != View::Release {
            merged.add_corrections();
        }
        if view == View::Strict {
            merged.add_aliases();
        }
        Ok(merged)
    }

    /// Returns the schemas of a place, each once and after the schemas that it refers to.
    pub(crate) fn expand<'s>(&'s self, place: &Parts<'s>, view: View) -> Result<Vec<&'s Schema>, Diagnostic> {
        let mut parts = Vec::new();
        let mut visited = BTreeSet::new();
        for schema in &place.0 {
            self.expand_one(schema, view, &mut visited, &mut parts)?;
        }
        Ok(parts)
    }

    fn expand_one<'s>(
        &'s self,
        schema: &'s Schema,
        view: View,
        visited: &mut BTreeSet<&'s Origin>,
        parts: &mut Vec<&'s Schema>,
    ) -> Result<(), Diagnostic> {
        if !visited.insert(&schema.origin) {
            return Ok(());
        }
        if let Some(definition) = schema.corrections.definition.as_ref().filter(|_| view == View::Strict) {
            let from = definition.from.as_ref().unwrap_or(&schema.origin);
            self.expand_one(self.target(&definition.target, view, from)?, view, visited, parts)?;
        }
        if let Some(target) = &schema.reference {
            self.expand_one(self.target(target, view, &schema.origin)?, view, visited, parts)?;
        }
        for part in &schema.all_of {
            self.expand_one(part, view, visited, parts)?;
        }
        parts.push(schema);
        Ok(())
    }

    /// Returns the target of a `$ref`, or the definition that a correction names for the target.
    fn target(&self, target: &Origin, view: View, from: &Origin) -> Result<&Schema, Diagnostic> {
        let missing = |target: &Origin, from: &Origin| {
            Diagnostic::at(from, format!("failed to merge the schema: {target} has errors"))
                .expected("a reference to a schema without errors")
                .help(format!("fix the errors of {} first", target.file))
        };
        let schema = self.get(target).ok_or_else(|| missing(target, from))?;
        match &schema.corrections.definition {
            Some(Reference { target, from: entry }) if view == View::Corrected => {
                self.get(target).ok_or_else(|| missing(target, entry.as_ref().unwrap_or(from)))
            }
            _ => Ok(schema),
        }
    }

    /// Returns the definition that a place is an alias of: every schema of the place is a `$ref` to the definition, or an `allOf`
    /// with such references only.
    pub(crate) fn definition<'s>(&'s self, place: &Parts<'s>) -> Option<&'s Origin> {
        fn one(schema: &Schema) -> Option<&Origin> {
            let target = match (&schema.reference, schema.all_of.as_slice()) {
                (Some(target), []) => Some(target),
                (None, list) => same(list.iter().map(one)),
                _ => None,
            };
            target.filter(|_| schema.is_only_a_reference())
        }
        fn same<'s>(mut targets: impl Iterator<Item = Option<&'s Origin>>) -> Option<&'s Origin> {
            let first = targets.next()??;
            targets.all(|target| target == Some(first)).then_some(first)
        }
        // A file between the place and the definition, without a name or correction of its own, is no definition.
        let between = |target: &&'s Origin| {
            let schema = self.get(target)?;
            one(schema).filter(|_| schema.title.is_none() && schema.corrections == Corrections::default())
        };
        let last = |target: &'s Origin| std::iter::successors(Some(target), between).take(MAX_LEVELS).last();
        same(place.0.iter().map(|schema| one(schema).and_then(last)))
    }
}

impl<'s> MergedSchema<'s> {
    /// Merges documentation. The last schema has precedence.
    fn add_documentation(&mut self, part: &'s Schema) {
        self.title = part.title.clone().or_else(|| self.title.take());
        self.description = part.description.clone().or_else(|| self.description.take());
        self.deprecated |= part.deprecated;
        self.added = part.added.or(self.added);
        if !part.changed.is_empty() {
            self.changed.clone_from(&part.changed);
        }
    }

    fn add_value_keywords(&mut self, part: &'s Schema) -> Result<(), Diagnostic> {
        self.types = self.types_with(part)?;
        self.format = self.same("format", self.format, part.format, part)?;
        self.pattern = self.same("pattern", self.pattern, part.pattern.as_deref(), part)?;
        self.key_format = self.same("x-pattern-format", self.key_format, part.key_format, part)?;
        self.values = match (self.values.take(), &part.values) {
            (Some(base), Some(more)) => {
                let shared: Vec<String> = more.iter().filter(|value| base.contains(value)).cloned().collect();
                if shared.is_empty() {
                    return Err(self.conflict("enum", part));
                }
                Some(shared)
            }
            (base, more) => base.or_else(|| more.clone()),
        };
        self.limits = self.limits.within(&part.limits);
        if let Some(diagnostic) = crossed_limits(&self.limits, part, &self.parts).next() {
            return Err(diagnostic);
        }
        for (alternatives, exactly_one) in [(part.one_of.as_slice(), true), (part.any_of.as_slice(), false)] {
            if !alternatives.is_empty() {
                self.choices.push(MergedChoice { exactly_one, alternatives });
            }
        }
        Ok(())
    }

    fn add_object_keywords(&mut self, part: &'s Schema) {
        for (list, more) in
            [(&mut self.properties, &part.properties), (&mut self.pattern_properties, &part.pattern_properties)]
        {
            for (name, schema) in more {
                match list.iter_mut().find(|(known, _)| known == name) {
                    Some((_, schemas)) => schemas.0.push(schema),
                    None => list.push((name.clone(), schema.into())),
                }
            }
        }
        for (index, name) in part.required.iter().enumerate() {
            if !self.requires(name) {
                let place = part.origin.child("required").child(&index.to_string());
                self.required.push((name.clone(), place));
            }
        }
        self.property_names.0.extend(part.property_names.as_deref());
        self.items.0.extend(part.items.as_deref());
    }

    /// Merges `additionalProperties`. The keyword applies to every member that the same schema does not declare, so that
    /// schema has to declare all properties.
    fn add_additional(&mut self) -> Result<(), Diagnostic> {
        let states = |part: &&&Schema| part.additional != Additional::Unspecified;
        let Some(stated) = self.parts.iter().find(states) else { return Ok(()) };
        let expected = "all properties and patterns of the object next to its `additionalProperties`";
        for part in self.parts.iter().filter(|part| part.origin != stated.origin) {
            if let Some((name, property)) = part.properties.iter().find(|(name, _)| stated.property(name).is_none()) {
                let message =
                    format!("the property `{name}` is added to {}, which has `additionalProperties`", stated.origin);
                let help = format!("declare `{name}` in {}", stated.origin);
                return Err(Diagnostic::at(&property.origin, message).expected(expected).help(help));
            }
            if states(&part) || !part.pattern_properties.is_empty() {
                let message = format!("{} adds members to an object that has `additionalProperties` here", part.origin);
                let help = "state the `patternProperties` and `additionalProperties` of the object in one schema";
                return Err(Diagnostic::at(&stated.origin, message).expected(expected).help(help));
            }
        }
        self.additional = match &stated.additional {
            Additional::Unspecified => Additional::Unspecified,
            Additional::Forbidden => Additional::Forbidden,
            Additional::Each(each) => Additional::Each(each),
        };
        Ok(())
    }

    fn add_corrections(&mut self) {
        for (name, addition) in self.parts.iter().flat_map(|part| &part.corrections.additions) {
            if self.property(name).is_none() {
                self.properties.push((name.clone(), addition.into()));
            }
        }
    }

    /// Adds the properties under their aliases.
    fn add_aliases(&mut self) {
        let aliases = |place: &Parts<'s>| place.stated().into_iter().flat_map(|schema| &schema.corrections.aliases);
        let named = self
            .properties
            .iter()
            .flat_map(|(_, place)| aliases(place).map(|(alias, _)| (alias.clone(), place.clone())).collect::<Vec<_>>());
        for (alias, place) in named.collect::<Vec<_>>() {
            if self.property(&alias).is_none() {
                self.properties.push((alias, place));
            }
        }
    }

    /// Returns the types that the merged schemas and another schema allow. Fails if there is none.
    fn types_with(&self, part: &Schema) -> Result<Vec<JsonType>, Diagnostic> {
        if self.types.is_empty() || part.types.is_empty() {
            return Ok(if part.types.is_empty() { &self.types } else { &part.types }.clone());
        }
        let (known, more) = (&self.types, &part.types);
        let is_integer = |types: &[JsonType]| types.contains(&JsonType::Integer);
        let is_number = |types: &[JsonType]| types.contains(&JsonType::Number);
        let allows = |kind: &JsonType| known.contains(kind) || (*kind == JsonType::Integer && is_number(known));
        let mut types: Vec<JsonType> = more.iter().copied().filter(allows).collect();
        if is_number(more) && is_integer(known) && !is_integer(&types) {
            types.push(JsonType::Integer);
        }
        if types.is_empty() {
            return Err(self.conflict("type", part));
        }
        Ok(types)
    }

    /// Returns the value of a keyword. Fails if the schemas state different values.
    fn same<T: PartialEq>(
        &self,
        keyword: &str,
        known: Option<T>,
        more: Option<T>,
        part: &Schema,
    ) -> Result<Option<T>, Diagnostic> {
        match (known, more) {
            (Some(known), Some(more)) if known != more => Err(self.conflict(keyword, part)),
            (known, more) => Ok(more.or(known)),
        }
    }

    /// Creates the error of a keyword with different values in two schemas of the place.
    fn conflict(&self, keyword: &str, part: &Schema) -> Diagnostic {
        let value = |part: &Schema| match keyword {
            "type" => {
                let names: Vec<&str> = part.types.iter().map(|kind| kind.name()).collect();
                (!names.is_empty()).then(|| names.join("` or `"))
            }
            "format" => part.format.map(|format| format.name().to_owned()),
            "pattern" => part.pattern.clone(),
            "enum" => part.values.as_ref().map(|values| values.join("`, `")),
            _ => part.key_format.map(|format| format.name().to_owned()),
        };
        let other = self.parts.iter().rev().find_map(|part| Some((value(part)?, part.origin.clone())));
        let (other, place) = other.unwrap_or_default();
        let own = value(part).unwrap_or_default();
        let expected = match keyword {
            "type" => "schemas with a type in common".to_owned(),
            "enum" => "schemas with a value in common".to_owned(),
            keyword => format!("one value of `{keyword}` in all schemas of a place"),
        };
        Diagnostic::at(&part.origin.child(keyword), format!("`{keyword}` is `{own}` here, but `{other}` in {place}"))
            .other(&place.child(keyword))
            .expected(expected)
            .help(format!("correct one of the two values of `{keyword}`"))
    }

    /// Returns the schemas of a property.
    pub(crate) fn property(&self, name: &str) -> Option<&Parts<'s>> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, schemas)| schemas)
    }

    /// Returns `true` if a property is required.
    pub(crate) fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|(known, _)| known == name)
    }

    /// Returns `true` if the schema describes the members of an object.
    pub(crate) fn describes_object(&self) -> bool {
        !self.properties.is_empty()
            || !self.pattern_properties.is_empty()
            || matches!(self.additional, Additional::Each(_))
            || !self.required.is_empty()
    }

    /// Returns `true` if every value is valid.
    pub(crate) fn allows_anything(&self) -> bool {
        self.types.is_empty()
            && self.format.is_none()
            && self.pattern.is_none()
            && self.key_format.is_none()
            && self.values.is_none()
            && !self.describes_object()
            && self.additional == Additional::Unspecified
            && self.property_names.is_empty()
            && self.items.is_empty()
            && self.limits.is_empty()
            && self.choices.is_empty()
    }

    /// Returns the schema with only the keywords for values of one type.
    pub(crate) fn restricted_to(&self, kind: JsonType) -> Self {
        let of_any_type = Self {
            origin: self.origin.clone(),
            place: self.place.clone(),
            parts: self.parts.clone(),
            title: self.title.clone(),
            types: vec![kind],
            limits: self.limits.restricted_to(kind),
            ..Self::default()
        };
        match kind {
            JsonType::String => {
                Self { format: self.format, pattern: self.pattern, values: self.values.clone(), ..of_any_type }
            }
            JsonType::Array => Self { items: self.items.clone(), ..of_any_type },
            JsonType::Object => Self {
                properties: self.properties.clone(),
                required: self.required.clone(),
                pattern_properties: self.pattern_properties.clone(),
                additional: self.additional,
                property_names: self.property_names.clone(),
                ..of_any_type
            },
            JsonType::Integer | JsonType::Number | JsonType::Null | JsonType::Boolean => of_any_type,
        }
    }
}
