//! Two schemas side by side, from the event down to its last member.

use std::collections::BTreeSet;

use super::finding::{Change, Validation};
use super::place::{Place, Step};
use super::shape::{alternatives, describe, is_blank, members, Alternatives, Member};
use super::value;
use crate::diagnostics::Problem;
use crate::resolve::Library;
use crate::schema::Schema;
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
    pub(super) before: &'a Library,
    pub(super) after: &'a Library,
    pub(super) changes: Vec<Changed>,
    pub(super) dated: Vec<Dated>,
    /// What can't be merged, in either tree.
    pub(super) problems: Vec<Problem>,
    /// The files that a schema of either tree was read from.
    pub(super) files: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(before: &'a Library, after: &'a Library) -> Self {
        Self { before, after, changes: Vec::new(), dated: Vec::new(), problems: Vec::new(), files: BTreeSet::new() }
    }

    pub(super) fn note(&mut self, place: &Place, change: Change, validation: Validation) {
        self.changes.push(Changed { place: place.clone(), change, validation });
    }

    /// Notes when an event that is new was added.
    pub(super) fn new_event(&mut self, event: &Schema, place: &Place) {
        self.dated.push(Dated { place: place.clone(), says: event.added, is_old: false });
    }

    fn flatten(&mut self, library: &Library, schema: &Schema) -> Option<Schema> {
        self.files.insert(schema.origin.file.clone());
        library.flatten(schema).map_err(|problem| self.problems.push(problem)).ok()
    }

    /// Compares a schema of both trees, and all below it.
    pub(super) fn pair(&mut self, before: &Schema, after: &Schema, place: &Place) {
        let (Some(before), Some(after)) = (self.flatten(self.before, before), self.flatten(self.after, after)) else {
            return;
        };
        self.dated.push(Dated { place: place.clone(), says: after.added, is_old: true });
        match (before.deprecated, after.deprecated) {
            (false, true) => self.note(place, Change::Deprecated, Validation::Same),
            (true, false) => self.note(place, Change::NotDeprecated, Validation::Same),
            _ => {}
        }
        match (is_blank(&before), is_blank(&after)) {
            (true, true) => return,
            (true, false) => {
                let kind = describe(self.after, &after);
                return self.note(place, Change::Described { kind }, Validation::Stricter);
            }
            (false, true) => {
                let kind = describe(self.before, &before);
                return self.note(place, Change::Undescribed { kind }, Validation::Looser);
            }
            (false, false) => {}
        }
        match (alternatives(self.before, &before), alternatives(self.after, &after)) {
            (Alternatives::ByType(one), Alternatives::ByType(other)) => self.by_type(&one, &other, place),
            (one, other) => self.in_order(&one.schemas(), &other.schemas(), place),
        }
    }

    /// Compares what both say of each JSON type.
    fn by_type(&mut self, before: &[(&'static str, Schema)], after: &[(&'static str, Schema)], place: &Place) {
        let names = |side: &[(&'static str, Schema)]| side.iter().map(|(kind, _)| *kind).collect::<Vec<_>>();
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
    fn in_order(&mut self, before: &[Schema], after: &[Schema], place: &Place) {
        if before.len() != after.len() {
            let validation = if before.len() < after.len() { Validation::Looser } else { Validation::Stricter };
            self.note(place, Change::Alternatives { before: before.len(), after: after.len() }, validation);
        }
        for (index, (one, other)) in before.iter().zip(after).enumerate() {
            let place = place.step(&Step::Alternative(&format!("alternative {}", index + 1)), None, None);
            self.pair(one, other, &place);
        }
    }

    /// Compares the members of objects and the items of lists.
    fn inside(&mut self, before: &Schema, after: &Schema, place: &Place) {
        self.properties(before, after, place);
        self.unnamed(before, after, place);
        let nothing = Schema::default();
        for (step, one, other) in
            [(Step::Item, &before.items, &after.items), (Step::Keys, &before.property_names, &after.property_names)]
        {
            if one.is_some() || other.is_some() {
                let (one, other) = (one.as_deref(), other.as_deref());
                let place = place.step(&step, one, other);
                self.pair(one.unwrap_or(&nothing), other.unwrap_or(&nothing), &place);
            }
        }
    }

    fn properties(&mut self, before: &Schema, after: &Schema, place: &Place) {
        for (name, one) in &before.properties {
            let other = after.property(name);
            let place = place.step(&Step::Property(name), Some(one), other);
            let required = [before, after].map(|schema| schema.required.contains(name));
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
            let required = [after, before].map(|schema| schema.required.contains(name));
            self.one_sided((other, required), (after, before), &place, true);
        }
        // A required name that nothing declares is a requirement all the same.
        let undeclared = |name: &&String| before.property(name).is_none() && after.property(name).is_none();
        let names: BTreeSet<&String> = before.required.iter().chain(&after.required).filter(undeclared).collect();
        for name in names {
            let required = [before, after].map(|schema| schema.required.contains(name));
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
        (property, required): (&Schema, [bool; 2]),
        (declaring, other): (&Schema, &Schema),
        place: &Place,
        is_added: bool,
    ) {
        let library = if is_added { self.after } else { self.before };
        let Some(flat) = self.flatten(library, property) else { return };
        let says = value::declared(&flat, required == [true, false], declaring, other);
        let kind = describe(library, &flat);
        let [required, _] = required;
        if is_added {
            self.dated.push(Dated { place: place.clone(), says: flat.added, is_old: false });
            self.note(place, Change::FieldAdded { kind, required }, says);
        } else {
            self.note(place, Change::FieldRemoved { kind, required }, says.mirrored());
        }
    }

    /// Compares what both say of the members that they don't name.
    fn unnamed(&mut self, before: &Schema, after: &Schema, place: &Place) {
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
                pairs.push((*one, new.remove(index)));
                false
            }
            None => true,
        });
        if let ([one], [other]) = (old.as_slice(), new.as_slice()) {
            let keys = |member: &Member<'_>| member.pattern.map(str::to_owned);
            let place = place.step(&Step::Keys, Some(one.schema), Some(other.schema));
            let validation = value::keys(one, other, (old_closed, new_closed));
            self.note(&place, Change::Keys { before: keys(one), after: keys(other) }, validation);
            pairs.push((*one, *other));
            old.clear();
            new.clear();
        }
        for (one, other) in pairs {
            if let Some((change, validation)) = value::format(one.schema.key_format, other.schema.key_format) {
                let place = place.step(&Step::Keys, Some(one.schema), Some(other.schema));
                self.note(&place, change, validation);
            }
            // Under keys of which the pattern has changed: the way is the same in both directions.
            let pattern = other.pattern.filter(|pattern| one.pattern == Some(*pattern));
            let place = place.step(&Step::Member(pattern), Some(one.schema), Some(other.schema));
            self.pair(one.schema, other.schema, &place);
        }
        self.one_sided_members(&old, &new, place);
    }

    fn one_sided_members(&mut self, old: &[Member<'_>], new: &[Member<'_>], place: &Place) {
        for one in old {
            let Some(flat) = self.flatten(self.before, one.schema).filter(|flat| !is_blank(flat)) else { continue };
            let kind = describe(self.before, &flat);
            let place = place.step(&Step::Member(one.pattern), Some(one.schema), None);
            self.note(&place, Change::Undescribed { kind }, Validation::Looser);
        }
        for other in new {
            let Some(flat) = self.flatten(self.after, other.schema).filter(|flat| !is_blank(flat)) else { continue };
            let kind = describe(self.after, &flat);
            let place = place.step(&Step::Member(other.pattern), None, Some(other.schema));
            self.note(&place, Change::Described { kind }, Validation::Stricter);
        }
    }
}
