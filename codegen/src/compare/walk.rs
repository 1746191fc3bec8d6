//! Two schemas side by side, from the event down to its last member.

use std::collections::BTreeSet;

use super::finding::{Change, Validation};
use super::place::{Place, Step};
use super::shape::{alternatives, describe, members, Alternatives, Member};
use super::value;
use crate::diagnostics::Diagnostic;
use crate::schema::{Format, MergedSchema, Parts, SchemaSet, View};
use crate::version::Version;

/// A change at a place.
#[derive(Clone, Debug)]
pub(super) struct Changed {
    pub(super) place: Place,
    pub(super) change: Change,
    pub(super) validation: Validation,
}

/// A thing that says in which release it was added.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub(super) place: Place,
    pub(super) says: Option<Version>,
    /// Whether the earlier tree has it.
    pub(super) is_old: bool,
}

/// Walks through both trees at once.
pub(super) struct Walk<'a> {
    pub(super) before: &'a SchemaSet,
    pub(super) after: &'a SchemaSet,
    pub(super) changes: Vec<Changed>,
    pub(super) dated: Vec<Dated>,
    /// What can't be merged, in either tree.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files that a schema of either tree was read from.
    pub(super) files: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(before: &'a SchemaSet, after: &'a SchemaSet) -> Self {
        Self { before, after, changes: Vec::new(), dated: Vec::new(), diagnostics: Vec::new(), files: BTreeSet::new() }
    }

    pub(super) fn note(&mut self, place: &Place, change: Change, validation: Validation) {
        self.changes.push(Changed { place: place.clone(), change, validation });
    }

    /// Notes when an event that is new was added.
    pub(super) fn new_event(&mut self, event: &Parts<'a>, place: &Place) {
        let says = self.merge(self.after, event).and_then(|event| event.added);
        self.dated.push(Dated { place: place.clone(), says, is_old: false });
    }

    fn merge(&mut self, schemas: &'a SchemaSet, place: &Parts<'a>) -> Option<MergedSchema<'a>> {
        self.files.insert(place.origin().file);
        schemas.merge(place, View::Release).map_err(|diagnostic| self.diagnostics.push(diagnostic)).ok()
    }

    /// Compares a place of both trees, and all below it.
    pub(super) fn pair(&mut self, before: &Parts<'a>, after: &Parts<'a>, place: &Place) {
        if let (Some(before), Some(after)) = (self.merge(self.before, before), self.merge(self.after, after)) {
            self.pair_merged(&before, &after, place);
        }
    }

    fn pair_merged(&mut self, before: &MergedSchema<'a>, after: &MergedSchema<'a>, place: &Place) {
        self.dated.push(Dated { place: place.clone(), says: after.added, is_old: true });
        match (before.deprecated, after.deprecated) {
            (false, true) => self.note(place, Change::Deprecated, Validation::Same),
            (true, false) => self.note(place, Change::NotDeprecated, Validation::Same),
            _ => {}
        }
        match (before.allows_anything(), after.allows_anything()) {
            (true, true) => return,
            (true, false) => {
                let kind = describe(self.after, after);
                return self.note(place, Change::Described { kind }, Validation::Stricter);
            }
            (false, true) => {
                let kind = describe(self.before, before);
                return self.note(place, Change::Undescribed { kind }, Validation::Looser);
            }
            (false, false) => {}
        }
        match (alternatives(self.before, before), alternatives(self.after, after)) {
            (Alternatives::ByType(one), Alternatives::ByType(other)) => self.by_type(&one, &other, place),
            (one, other) => self.in_order(&one.schemas(), &other.schemas(), place),
        }
    }

    /// Compares what both say of each JSON type.
    fn by_type(&mut self, before: &[ByType<'a>], after: &[ByType<'a>], place: &Place) {
        let names = |side: &[ByType<'a>]| side.iter().map(|(kind, _)| *kind).collect::<Vec<_>>();
        let (old, new) = (names(before), names(after));
        if old != new {
            let change = Change::Type { before: old.join(" or "), after: new.join(" or ") };
            self.note(place, change, value::types(&old, &new));
        }
        let several = old.len() > 1 || new.len() > 1;
        for (kind, one) in before {
            // An `integer` is a `number` as well, and what says no type speaks of objects here.
            let is_like = |other: &str| other == *kind || [*kind, other].contains(&"anything");
            let number = |kind: &str| matches!(kind, "integer" | "number");
            let other = after.iter().find(|(other, _)| is_like(other) || (number(kind) && number(other)));
            if let Some((other_kind, other)) = other {
                let place = match several && *kind == *other_kind {
                    true => place.step(&Step::Alternative(kind), None, None),
                    false => place.clone(),
                };
                for (change, validation) in value::facets(one, other) {
                    self.note(&place, change, validation);
                }
                self.inside(one, other, &place);
            }
        }
    }

    /// Compares alternatives that their JSON types don't tell apart.
    fn in_order(&mut self, before: &[MergedSchema<'a>], after: &[MergedSchema<'a>], place: &Place) {
        if before.len() != after.len() {
            let validation = if before.len() < after.len() { Validation::Looser } else { Validation::Stricter };
            self.note(place, Change::Alternatives { before: before.len(), after: after.len() }, validation);
        }
        for (index, (one, other)) in before.iter().zip(after).enumerate() {
            let place = place.step(&Step::Alternative(&format!("alternative {}", index + 1)), None, None);
            self.pair_merged(one, other, &place);
        }
    }

    /// Compares the members of objects and the items of lists.
    fn inside(&mut self, before: &MergedSchema<'a>, after: &MergedSchema<'a>, place: &Place) {
        self.properties(before, after, place);
        self.unnamed(before, after, place);
        for (step, one, other) in
            [(Step::Item, &before.items, &after.items), (Step::Keys, &before.property_names, &after.property_names)]
        {
            if !one.is_empty() || !other.is_empty() {
                let place = place.step(&step, some(one), some(other));
                self.pair(one, other, &place);
            }
        }
    }

    fn properties(&mut self, before: &MergedSchema<'a>, after: &MergedSchema<'a>, place: &Place) {
        for (name, one) in &before.properties {
            let other = after.property(name);
            let place = place.step(&Step::Property(name), Some(one), other);
            let required = [before, after].map(|schema| schema.requires(name));
            match other {
                Some(other) => {
                    self.required(required, &place);
                    self.pair(one, other, &place);
                }
                None => self.one_sided((one, required), (before, after), &place, false),
            }
        }
        for (name, other) in after.properties.iter().filter(|(name, _)| before.property(name).is_none()) {
            let place = place.step(&Step::Property(name), None, Some(other));
            let required = [after, before].map(|schema| schema.requires(name));
            self.one_sided((other, required), (after, before), &place, true);
        }
        // A required name that nothing declares is a requirement all the same.
        let undeclared = |name: &&String| before.property(name).is_none() && after.property(name).is_none();
        let names = before.required.iter().chain(&after.required).map(|(name, _)| name);
        let names: BTreeSet<&String> = names.filter(undeclared).collect();
        for name in names {
            let required = [before, after].map(|schema| schema.requires(name));
            self.required(required, &place.step(&Step::Property(name), None, None));
        }
    }

    fn required(&mut self, required: [bool; 2], place: &Place) {
        match required {
            [false, true] => self.note(place, Change::Required, Validation::Stricter),
            [true, false] => self.note(place, Change::NotRequired, Validation::Looser),
            _ => {}
        }
    }

    /// A property that one of two objects declares, `declaring` and not `other`, and whether each requires it.
    fn one_sided(
        &mut self,
        (property, required): (&Parts<'a>, [bool; 2]),
        (declaring, other): (&MergedSchema<'a>, &MergedSchema<'a>),
        place: &Place,
        is_added: bool,
    ) {
        let schemas = if is_added { self.after } else { self.before };
        let Some(merged) = self.merge(schemas, property) else { return };
        let says = value::declared(&merged, required == [true, false], declaring, other);
        let kind = describe(schemas, &merged);
        let [required, _] = required;
        if is_added {
            self.dated.push(Dated { place: place.clone(), says: merged.added, is_old: false });
            self.note(place, Change::FieldAdded { kind, required }, says);
        } else {
            self.note(place, Change::FieldRemoved { kind, required }, says.mirrored());
        }
    }

    /// Compares what both say of the members that they don't name.
    fn unnamed(&mut self, before: &MergedSchema<'a>, after: &MergedSchema<'a>, place: &Place) {
        let (old_closed, new_closed) = (value::is_closed(before), value::is_closed(after));
        match (old_closed, new_closed) {
            (false, true) => self.note(place, Change::Closed, Validation::Stricter),
            (true, false) => self.note(place, Change::Opened, Validation::Looser),
            _ => {}
        }
        let (mut old, mut new) = (members(before), members(after));
        let mut pairs = Vec::new();
        old.retain(|one| match new.iter().position(|other| other.pattern == one.pattern) {
            Some(index) => {
                pairs.push((one.clone(), new.remove(index)));
                false
            }
            None => true,
        });
        if let ([one], [other]) = (old.as_slice(), new.as_slice()) {
            let place = place.step(&Step::Keys, Some(&one.schemas), Some(&other.schemas));
            let validation = value::keys(one, other, (old_closed, new_closed));
            let change = Change::Keys { before: one.pattern.clone(), after: other.pattern.clone() };
            self.note(&place, change, validation);
            pairs.push((one.clone(), other.clone()));
            old.clear();
            new.clear();
        }
        for (one, other) in pairs {
            let (before, after) = (&one.schemas, &other.schemas);
            if let Some((change, validation)) = value::format(key_format(before), key_format(after)) {
                let place = place.step(&Step::Keys, Some(before), Some(after));
                self.note(&place, change, validation);
            }
            // Under keys of which the pattern has changed: the way is the same in both directions.
            let pattern = other.pattern.as_deref().filter(|pattern| one.pattern.as_deref() == Some(*pattern));
            let place = place.step(&Step::Member(pattern), Some(before), Some(after));
            self.pair(before, after, &place);
        }
        self.one_sided_members(&old, &new, place);
    }

    fn one_sided_members(&mut self, old: &[Member<'a>], new: &[Member<'a>], place: &Place) {
        for one in old {
            let merged = self.merge(self.before, &one.schemas).filter(|merged| !merged.allows_anything());
            let Some(merged) = merged else { continue };
            let kind = describe(self.before, &merged);
            let place = place.step(&Step::Member(one.pattern.as_deref()), Some(&one.schemas), None);
            self.note(&place, Change::Undescribed { kind }, Validation::Looser);
        }
        for other in new {
            let merged = self.merge(self.after, &other.schemas).filter(|merged| !merged.allows_anything());
            let Some(merged) = merged else { continue };
            let kind = describe(self.after, &merged);
            let place = place.step(&Step::Member(other.pattern.as_deref()), None, Some(&other.schemas));
            self.note(&place, Change::Described { kind }, Validation::Stricter);
        }
    }
}

/// The JSON type of an alternative, and its schema.
type ByType<'s> = (&'static str, MergedSchema<'s>);

fn some<'p, 's>(schemas: &'p Parts<'s>) -> Option<&'p Parts<'s>> {
    (!schemas.is_empty()).then_some(schemas)
}

/// The format of the keys whose values some schemas describe.
fn key_format(schemas: &Parts<'_>) -> Option<Format> {
    schemas.stated().iter().rev().find_map(|schema| schema.key_format)
}
