//! Walks through two schemas at once, from the event to every member, and collects the changes.

use std::collections::BTreeSet;

use super::finding::{SchemaChange, Validation};
use super::place::{SchemaPath, Step};
use super::shape::{alternatives, describe, members, Alternatives, Member};
use super::sides::Sides;
use super::value;
use crate::diagnostics::Diagnostic;
use crate::schema::{Format, MergedSchema, Parts, SchemaSet, View};
use crate::version::Version;

/// A change at a place.
#[derive(Clone, Debug)]
pub(super) struct Changed {
    pub(super) place: SchemaPath,
    pub(super) change: SchemaChange,
    pub(super) validation: Validation,
}

/// A schema, with the release that it states as the first one.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub(super) place: SchemaPath,
    pub(super) says: Option<Version>,
    /// Set if the earlier tree has the schema.
    pub(super) is_old: bool,
}

/// The state of a walk through both trees.
pub(super) struct Walk<'a> {
    pub(super) schemas: Sides<&'a SchemaSet>,
    pub(super) changes: Vec<Changed>,
    pub(super) dated: Vec<Dated>,
    /// The errors of schemas that cannot be merged.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files of the visited schemas.
    pub(super) files: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(schemas: Sides<&'a SchemaSet>) -> Self {
        Self { schemas, changes: Vec::new(), dated: Vec::new(), diagnostics: Vec::new(), files: BTreeSet::new() }
    }

    pub(super) fn note(&mut self, place: &SchemaPath, change: SchemaChange, validation: Validation) {
        self.changes.push(Changed { place: place.clone(), change, validation });
    }

    /// Notes the release that a new event states.
    pub(super) fn new_event(&mut self, event: &Parts<'a>, place: &SchemaPath) {
        let says = self.merge(self.schemas.after, event).and_then(|event| event.added);
        self.dated.push(Dated { place: place.clone(), says, is_old: false });
    }

    fn merge(&mut self, schemas: &'a SchemaSet, place: &Parts<'a>) -> Option<MergedSchema<'a>> {
        self.files.insert(place.origin().file);
        schemas.merge(place, View::Release).map_err(|diagnostic| self.diagnostics.push(diagnostic)).ok()
    }

    /// Compares a place of both trees, and all places below.
    pub(super) fn pair(&mut self, pair: Sides<&Parts<'a>>, place: &SchemaPath) {
        let merged = pair.zip(self.schemas).map(|(parts, schemas)| self.merge(schemas, parts));
        if let Sides { before: Some(before), after: Some(after) } = merged {
            self.pair_merged(Sides { before: &before, after: &after }, place);
        }
    }

    fn pair_merged(&mut self, pair: Pair<'_, 'a>, place: &SchemaPath) {
        self.dated.push(Dated { place: place.clone(), says: pair.after.added, is_old: true });
        match (pair.before.deprecated, pair.after.deprecated) {
            (false, true) => self.note(place, SchemaChange::Deprecated, Validation::Same),
            (true, false) => self.note(place, SchemaChange::NotDeprecated, Validation::Same),
            _ => {}
        }
        match (pair.before.allows_anything(), pair.after.allows_anything()) {
            (true, true) => return,
            (true, false) => {
                let kind = describe(self.schemas.after, pair.after);
                return self.note(place, SchemaChange::Described { kind }, Validation::Stricter);
            }
            (false, true) => {
                let kind = describe(self.schemas.before, pair.before);
                return self.note(place, SchemaChange::Undescribed { kind }, Validation::Looser);
            }
            (false, false) => {}
        }
        let alternatives = self.schemas.zip(pair).map(|(schemas, schema)| alternatives(schemas, schema));
        match alternatives {
            Sides { before: Alternatives::ByType(before), after: Alternatives::ByType(after) } => {
                self.by_type(&before, &after, place);
            }
            Sides { before, after } => self.in_order(&before.schemas(), &after.schemas(), place),
        }
    }

    /// Compares the schemas of both trees for each JSON type.
    fn by_type(&mut self, before: &[ByType<'a>], after: &[ByType<'a>], place: &SchemaPath) {
        let names = |side: &[ByType<'a>]| side.iter().map(|(kind, _)| *kind).collect::<Vec<_>>();
        let (old, new) = (names(before), names(after));
        if old != new {
            let change = SchemaChange::Type { before: old.join(" or "), after: new.join(" or ") };
            self.note(place, change, value::types(&old, &new));
        }
        let several = old.len() > 1 || new.len() > 1;
        for (kind, one) in before {
            // Every `integer` is a `number`. A schema without a type describes objects here.
            let is_like = |other: &str| other == *kind || [*kind, other].contains(&"anything");
            let number = |kind: &str| matches!(kind, "integer" | "number");
            let other = after.iter().find(|(other, _)| is_like(other) || (number(kind) && number(other)));
            if let Some((other_kind, other)) = other {
                let place = match several && *kind == *other_kind {
                    true => place.step_within(&Step::Alternative(kind)),
                    false => place.clone(),
                };
                for (change, validation) in value::facets(one, other) {
                    self.note(&place, change, validation);
                }
                self.inside(Sides { before: one, after: other }, &place);
            }
        }
    }

    /// Compares alternatives in their order, because their JSON types do not distinguish them.
    fn in_order(&mut self, before: &[MergedSchema<'a>], after: &[MergedSchema<'a>], place: &SchemaPath) {
        if before.len() != after.len() {
            let validation = if before.len() < after.len() { Validation::Looser } else { Validation::Stricter };
            self.note(place, SchemaChange::Alternatives { before: before.len(), after: after.len() }, validation);
        }
        for (index, (before, after)) in before.iter().zip(after).enumerate() {
            let place = place.step_within(&Step::Alternative(&format!("alternative {}", index + 1)));
            self.pair_merged(Sides { before, after }, &place);
        }
    }

    /// Compares the members of objects and the items of lists.
    fn inside(&mut self, pair: Pair<'_, 'a>, place: &SchemaPath) {
        self.properties(pair, place);
        self.unnamed(pair, place);
        let items = pair.map(|schema| &schema.items);
        let names = pair.map(|schema| &schema.property_names);
        for (step, schemas) in [(Step::Item, items), (Step::Keys, names)] {
            if !schemas.before.is_empty() || !schemas.after.is_empty() {
                let stated = schemas.map(|schemas| Some(schemas).filter(|schemas| !schemas.is_empty()));
                self.pair(schemas, &place.step(&step, stated));
            }
        }
    }

    fn properties(&mut self, pair: Pair<'_, 'a>, place: &SchemaPath) {
        let names =
            |schema: &MergedSchema<'a>| schema.properties.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let added = names(pair.after).into_iter().filter(|name| pair.before.property(name).is_none());
        for name in names(pair.before).into_iter().chain(added) {
            let property = pair.map(|schema| schema.property(&name));
            let place = place.step(&Step::Property(&name), property);
            match property {
                Sides { before: Some(before), after: Some(after) } => {
                    self.required(pair, &name, &place);
                    self.pair(Sides { before, after }, &place);
                }
                _ => self.one_sided(pair, &name, &place),
            }
        }
        // A name can be required without being declared.
        let undeclared = |name: &&String| pair.before.property(name).is_none() && pair.after.property(name).is_none();
        let names = pair.before.required.iter().chain(&pair.after.required).map(|(name, _)| name);
        for name in names.filter(undeclared).collect::<BTreeSet<_>>() {
            self.required(pair, name, &place.step_within(&Step::Property(name)));
        }
    }

    fn required(&mut self, pair: Pair<'_, 'a>, name: &str, place: &SchemaPath) {
        match pair.map(|schema| schema.requires(name)) {
            Sides { before: false, after: true } => self.note(place, SchemaChange::Required, Validation::Stricter),
            Sides { before: true, after: false } => self.note(place, SchemaChange::NotRequired, Validation::Looser),
            _ => {}
        }
    }

    /// Compares a property that only one of the two objects declares.
    fn one_sided(&mut self, pair: Pair<'_, 'a>, name: &str, place: &SchemaPath) {
        let is_added = pair.before.property(name).is_none();
        let (declaring, other, schemas) = match is_added {
            true => (pair.after, pair.before, self.schemas.after),
            false => (pair.before, pair.after, self.schemas.before),
        };
        let merged = declaring.property(name).and_then(|property| self.merge(schemas, property));
        let Some(merged) = merged else { return };
        let required = declaring.requires(name);
        let says = value::declared(&merged, required && !other.requires(name), declaring, other);
        let kind = describe(schemas, &merged);
        if is_added {
            self.dated.push(Dated { place: place.clone(), says: merged.added, is_old: false });
            self.note(place, SchemaChange::FieldAdded { kind, required }, says);
        } else {
            self.note(place, SchemaChange::FieldRemoved { kind, required }, says.mirrored());
        }
    }

    /// Compares the members that no property names.
    fn unnamed(&mut self, pair: Pair<'_, 'a>, place: &SchemaPath) {
        let closed = pair.map(value::is_closed);
        match closed {
            Sides { before: false, after: true } => self.note(place, SchemaChange::Closed, Validation::Stricter),
            Sides { before: true, after: false } => self.note(place, SchemaChange::Opened, Validation::Looser),
            _ => {}
        }
        let Sides { before: mut old, after: mut new } = pair.map(members);
        let mut pairs = Vec::new();
        old.retain(|one| match new.iter().position(|other| other.pattern == one.pattern) {
            Some(index) => {
                pairs.push((one.clone(), new.remove(index)));
                false
            }
            None => true,
        });
        if let ([one], [other]) = (old.as_slice(), new.as_slice()) {
            let place = place.step_in_both(&Step::Keys, Sides { before: &one.schemas, after: &other.schemas });
            let validation = value::keys(one, other, closed);
            let change = SchemaChange::Keys { before: one.pattern.clone(), after: other.pattern.clone() };
            self.note(&place, change, validation);
            pairs.push((one.clone(), other.clone()));
            old.clear();
            new.clear();
        }
        for (one, other) in pairs {
            let schemas = Sides { before: &one.schemas, after: &other.schemas };
            let format = schemas.map(key_format);
            if let Some((change, validation)) = value::format(format.before, format.after) {
                self.note(&place.step_in_both(&Step::Keys, schemas), change, validation);
            }
            // A changed pattern is not part of the path, so that the path is equal in both directions.
            let pattern = other.pattern.as_deref().filter(|pattern| one.pattern.as_deref() == Some(*pattern));
            self.pair(schemas, &place.step_in_both(&Step::Member(pattern), schemas));
        }
        self.one_sided_members(&old, &new, place);
    }

    fn one_sided_members(&mut self, old: &[Member<'a>], new: &[Member<'a>], place: &SchemaPath) {
        for one in old {
            let merged = self.merge(self.schemas.before, &one.schemas).filter(|merged| !merged.allows_anything());
            let Some(merged) = merged else { continue };
            let kind = describe(self.schemas.before, &merged);
            let schemas = Sides { before: Some(&one.schemas), after: None };
            let place = place.step(&Step::Member(one.pattern.as_deref()), schemas);
            self.note(&place, SchemaChange::Undescribed { kind }, Validation::Looser);
        }
        for other in new {
            let merged = self.merge(self.schemas.after, &other.schemas).filter(|merged| !merged.allows_anything());
            let Some(merged) = merged else { continue };
            let kind = describe(self.schemas.after, &merged);
            let schemas = Sides { before: None, after: Some(&other.schemas) };
            let place = place.step(&Step::Member(other.pattern.as_deref()), schemas);
            self.note(&place, SchemaChange::Described { kind }, Validation::Stricter);
        }
    }
}

/// The merged schemas of a place of both trees.
type Pair<'p, 's> = Sides<&'p MergedSchema<'s>>;

/// The JSON type of an alternative, and its schema.
type ByType<'s> = (&'static str, MergedSchema<'s>);

/// Returns the format of the keys whose values some schemas describe.
fn key_format(schemas: &Parts<'_>) -> Option<Format> {
    schemas.stated().iter().rev().find_map(|schema| schema.key_format)
}
