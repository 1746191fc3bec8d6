//! Finds the corrections that have no effect. Such a correction is obsolete, or its place is wrong.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::corrections::{Change, Correction};
use super::location_of;
use crate::diagnostics::{nearest, one_of, Diagnostic, Origin};
use crate::schema::{
    Accepted, Additional, Corrections, Format, JsonType, KnownValues, MergedSchema, Parts, Reference, Schema,
    SchemaSet, View,
};
use crate::source::flow_string;

/// The corrected schemas of a tree, as far as the effect of corrections depends on them.
pub(crate) struct Effects<'s> {
    schemas: &'s SchemaSet,
    by_origin: BTreeMap<&'s Origin, &'s Schema>,
    /// The places of properties that an object requires.
    required: BTreeSet<Origin>,
    /// The places of properties that an object does not require, or that events in practice omit.
    optional: BTreeSet<Origin>,
    /// Set if some schemas could not be merged, so that what they require is unknown.
    is_partial: bool,
    seen: BTreeSet<Vec<Origin>>,
}

impl<'s> Effects<'s> {
    /// Walks through all schemas, and through the merged schemas of the variants of events.
    pub(crate) fn of(schemas: &'s SchemaSet, events: impl Iterator<Item = Parts<'s>>) -> Self {
        let mut effects = Self {
            schemas,
            by_origin: BTreeMap::new(),
            required: BTreeSet::new(),
            optional: BTreeSet::new(),
            is_partial: false,
            seen: BTreeSet::new(),
        };
        for (_, schema) in schemas.iter() {
            effects.index(schema);
            effects.walk(&schema.into());
        }
        events.for_each(|event| effects.walk(&event));
        effects
    }

    fn index(&mut self, schema: &'s Schema) {
        self.by_origin.insert(&schema.origin, schema);
        let additions = schema.corrections.additions.iter().map(|(_, addition)| addition);
        schema.children().chain(additions).for_each(|child| self.index(child));
    }

    fn walk(&mut self, place: &Parts<'s>) {
        if place.is_empty() || !self.seen.insert(place.origins()) {
            return;
        }
        let Ok(merged) = self.schemas.merge(place, View::Corrected) else {
            self.is_partial = true;
            return;
        };
        for (name, property) in &merged.properties {
            let is_required = merged.requires(name);
            if is_required {
                self.required.extend(property.origins());
            }
            if !is_required || property.correction(|one| one.often_missing.clone()).is_some() {
                self.optional.extend(property.origins());
            }
            self.walk(property);
        }
        merged.pattern_properties.iter().for_each(|(_, members)| self.walk(members));
        self.walk(&merged.items);
        if let Additional::Each(each) = merged.additional {
            self.walk(&each.into());
        }
        let alternatives = merged.choices.iter().flat_map(|choice| choice.alternatives);
        alternatives.for_each(|alternative| self.walk(&alternative.into()));
    }

    /// Returns the reason why a correction has no effect, or `None` if it has an effect.
    pub(crate) fn none_of(&self, correction: &Correction) -> Option<String> {
        let place = Parts::from(*self.by_origin.get(&correction.at)?);
        let merged = self.schemas.merge(&place, View::Release).ok()?;
        if let Some(why) = self.not_shared(correction, &place, &merged) {
            return Some(why);
        }
        match &correction.change {
            Change::OftenMissing(_)
            | Change::Required
            | Change::KeptByRedaction
            | Change::Default(_)
            | Change::Secret
            | Change::FieldName(_)
                if !is_property(&correction.at) =>
            {
                Some("the place is not a property".to_owned())
            }
            Change::Required if !self.is_partial && !self.optional.contains(&correction.at) => {
                Some("the property is required".to_owned())
            }
            Change::OftenMissing(_) | Change::KeptByRedaction
                if !self.is_partial && !self.required.contains(&correction.at) =>
            {
                Some("the property is not required".to_owned())
            }
            Change::EventType(..) if !correction.at.pointer.is_empty() => {
                Some("the place is not the schema of an event".to_owned())
            }
            Change::EventType(..) if states_type(&merged, self.schemas) => {
                Some("the schema states the event type".to_owned())
            }
            Change::InUse if !merged.deprecated => Some("the property is not deprecated".to_owned()),
            Change::Format(format) => without_format(*format, &merged),
            Change::KeyFormat(format) => without_key_format(*format, &correction.at),
            Change::Accepts(accepted) => not_accepted(accepted, &merged),
            Change::Integer if merged.types != [JsonType::Number] => {
                Some("the schema is not of type `number`".to_owned())
            }
            Change::AnyKey if merged.pattern_properties.iter().all(|(pattern, _)| pattern.is_empty()) => {
                Some("the schema describes no keys by a pattern".to_owned())
            }
            Change::Default(_) if !self.is_partial && !self.optional.contains(&correction.at) => {
                Some("the property is required".to_owned())
            }
            Change::Definition(definition) => self.wrong_definition(definition, &merged),
            Change::Default(_) if default_kind(&merged, place.correction(|one| one.format).is_some()).is_none() => {
                Some("only booleans, integers and strings without a format can have a default".to_owned())
            }
            Change::Addition(name, _) if merged.property(name).is_some() => {
                Some(format!("the schema declares the property `{name}`"))
            }
            Change::Addition(..) if !merged.types.is_empty() && !merged.types.contains(&JsonType::Object) => {
                Some("the schema is not of type `object`".to_owned())
            }
            _ => None,
        }
    }

    /// Returns the reason why a place does not have the type of an entry under `values` or `same-as`, or has only this type.
    fn not_shared(&self, correction: &Correction, place: &Parts<'_>, merged: &MergedSchema<'_>) -> Option<String> {
        match &correction.change {
            Change::Values(known) => without_values(known, merged, place.correction(Some)),
            Change::Keys(_) => without_keys(merged, self.schemas),
            Change::SameAs(_) if self.schemas.definition(place).is_some() => {
                Some("the schema refers to a definition, which is the place of the type".to_owned())
            }
            Change::Format(_) | Change::Accepts(_) | Change::Definition(_) => {
                let has_values = place.correction(|one| one.values.as_ref()).is_some();
                has_values.then(|| "an entry under `values` decides the type of the place".to_owned())
            }
            _ => None,
        }
    }

    /// Returns the place and the advice for an entry without effect: for `accepts` if its `type` is that of the schema, and for
    /// `values` if the schema lists other values.
    pub(crate) fn advice(&self, correction: &Correction) -> Option<(Origin, String)> {
        let place = Parts::from(*self.by_origin.get(&correction.at)?);
        let merged = self.schemas.merge(&place, View::Release).ok()?;
        let (found, other) = match (&correction.change, merged.types.as_slice()) {
            (Change::Values(known), _) => {
                let value = unlisted(known, &merged)?;
                let help = format!("add `{}: {{description: …}}` to `values` of the entry", flow_string(value));
                return Some((correction.entry.clone(), help));
            }
            (Change::Accepts(accepted), [JsonType::String]) if accepted.has_integers_in_strings() => {
                ("string", "integer")
            }
            (Change::Accepts(accepted), [JsonType::Integer]) if accepted.has_integers() => ("integer", "string"),
            _ => return None,
        };
        let help = format!(
            "write `type: {other}`, which is in addition to the type `{found}` in the schema, or remove the entry"
        );
        Some((correction.key("type"), help))
    }

    /// Returns the error of a default that the schema does not allow.
    pub(crate) fn invalid_value(&self, correction: &Correction) -> Option<Diagnostic> {
        let Change::Default(default) = &correction.change else { return None };
        let place = Parts::from(*self.by_origin.get(&correction.at)?);
        let merged = self.schemas.merge(&place, View::Release).ok()?;
        let kind = default_kind(&merged, place.correction(|one| one.format).is_some())?;
        let value = &default.value;
        let location = location_of(&correction.at);
        let error =
            |why: String| Diagnostic::at(&correction.key("value"), format!("invalid default of {location}: {why}"));
        let (fits, expected, text) = match (kind, value) {
            (JsonType::Boolean, value) => (value.is_boolean(), "a boolean", "true".to_owned()),
            (JsonType::Integer, Value::String(text)) if text.parse::<i64>().is_ok() => {
                (false, "an integer", text.clone())
            }
            (JsonType::Integer, value) => (value.is_i64(), "an integer", "0".to_owned()),
            (_, Value::Bool(_) | Value::Number(_)) => (false, "a string", format!("\"{value}\"")),
            (_, value) => (value.is_string(), "a string", "text".to_owned()),
        };
        if !fits {
            let help = format!("write {expected}, such as `value: {text}`, or remove the entry");
            return Some(error(format!("`{value}` is not {expected}")).expected(expected).help(help));
        }
        let values = merged.values.as_ref()?;
        let text = value.as_str().filter(|text| !values.iter().any(|known| known == text))?;
        let near = nearest(text, values.iter().map(String::as_str));
        let help = near.map_or("write one of these values, or remove the entry".to_owned(), |near| {
            format!("write `value: {}`, or remove the entry", flow_string(near))
        });
        let expected = one_of(values);
        Some(error(format!("the `enum` has no value `{text}`")).expected(expected).help(help))
    }

    /// Returns the reason why a definition cannot describe the values of a schema, if there is one.
    fn wrong_definition(&self, definition: &Reference, merged: &MergedSchema<'_>) -> Option<String> {
        let target = self.by_origin.get(&definition.target)?;
        let types = self.schemas.merge(&Parts::from(*target), View::Release).ok()?.types;
        let is_allowed = |ty: &JsonType| types.is_empty() || types.contains(ty);
        let fits = merged.types.is_empty() || merged.types.iter().any(is_allowed);
        (!fits).then(|| "the definition has another JSON type than the schema".to_owned())
    }
}

/// Returns `true` if the schema of an event states its type.
fn states_type(event: &MergedSchema<'_>, schemas: &SchemaSet) -> bool {
    let types = ["type", "edu_type"].iter().filter_map(|member| event.property(member));
    types.filter_map(|property| schemas.merge(property, View::Release).ok()).any(|property| property.values.is_some())
}

/// Returns `true` if a place is that of a property.
pub(crate) fn is_property(place: &Origin) -> bool {
    place.keys().collect::<Vec<_>>().iter().rev().nth(1).is_some_and(|keyword| keyword == "properties")
}

/// Returns the reason why accepted values have no effect, if there is one.
fn not_accepted(accepted: &Accepted, merged: &MergedSchema<'_>) -> Option<String> {
    let why = match (accepted.has_integers(), accepted.has_integers_in_strings()) {
        (true, _) if merged.types != [JsonType::String] => "the schema is not of type `string`",
        (_, true) if merged.types != [JsonType::Integer] => "the schema is not of type `integer`",
        (false, false) if merged.types.is_empty() => "the schema allows all types",
        (false, false) if merged.types.contains(&JsonType::Null) => "the schema allows `null`",
        _ => return None,
    };
    Some(why.to_owned())
}

/// Returns the reason why a format has no effect, if there is one.
fn without_format(format: Format, merged: &MergedSchema<'_>) -> Option<String> {
    // A correction may replace a format without a Rust type, such as `uri`.
    let why = match merged.format.filter(|known| known.identifier().is_some()) {
        Some(known) => format!("the schema states the format `{}`", known.name()),
        None if format.identifier().is_none() => format!("the format `{}` has no Rust type", format.name()),
        None if merged.values.is_some() => "the schema has an `enum`".to_owned(),
        None if !merged.types.contains(&JsonType::String) => "the schema is not of type `string`".to_owned(),
        None => return None,
    };
    Some(why)
}

/// Returns the reason why a format of keys has no effect, if there is one.
fn without_key_format(format: Format, place: &Origin) -> Option<String> {
    let describes_keys = place.keys().last().is_some_and(|keyword| keyword == "additionalProperties");
    match format.identifier() {
        _ if !describes_keys => Some("the place is not a value of `additionalProperties`".to_owned()),
        None => Some(format!("the format `{}` has no Rust type", format.name())),
        Some(_) => None,
    }
}

/// Returns the first value that a schema lists and an entry does not list.
fn unlisted<'s>(known: &KnownValues, merged: &'s MergedSchema<'_>) -> Option<&'s String> {
    let is_known = |value: &&String| known.values.iter().any(|known| known.wire == **value);
    merged.values.iter().flatten().find(|value| !is_known(value))
}

/// Returns the reason why known values have no effect, if there is one.
fn without_values(known: &KnownValues, merged: &MergedSchema<'_>, others: Option<&Corrections>) -> Option<String> {
    let has_other = |one: &Corrections| one.format.is_some() || one.accepts.is_some() || one.definition.is_some();
    let states_values = merged.types.is_empty() && merged.values.is_some();
    Some(match (unlisted(known, merged), merged.format.filter(|format| format.identifier().is_some())) {
        (Some(value), _) => format!("the schema lists the value `{value}`, which the entry does not list"),
        (None, Some(format)) => format!("the schema states the format `{}`", format.name()),
        _ if merged.types != [JsonType::String] && !states_values => "the schema is not of type `string`".to_owned(),
        _ if others.is_some_and(has_other) => {
            "an entry under `formats`, `accepts` or `definitions` decides the type of the place".to_owned()
        }
        _ => return None,
    })
}

/// Returns the reason why known keys have no effect, if there is one.
fn without_keys(merged: &MergedSchema<'_>, schemas: &SchemaSet) -> Option<String> {
    let has_format = |names: MergedSchema<'_>| names.format.and_then(Format::identifier).is_some();
    let is_map = matches!(merged.additional, Additional::Each(_))
        || matches!(merged.pattern_properties.as_slice(), [(pattern, _)] if pattern.is_empty());
    if !is_map {
        return Some("the schema does not describe the values of all keys".to_owned());
    }
    let names = schemas.merge(&merged.property_names, View::Release).is_ok_and(has_format);
    names.then(|| "the schema states the format of the keys".to_owned())
}

/// Returns the JSON type of the defaults that a schema can have, if there is one.
fn default_kind(merged: &MergedSchema<'_>, has_format: bool) -> Option<JsonType> {
    let is_identifier = has_format || merged.format.and_then(Format::identifier).is_some();
    match merged.types.as_slice() {
        [kind @ (JsonType::Boolean | JsonType::Integer)] => Some(*kind),
        [JsonType::String] if !is_identifier => Some(JsonType::String),
        [] if merged.values.is_some() => Some(JsonType::String),
        _ => None,
    }
}
