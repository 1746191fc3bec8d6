//! Reports on JSON text by its invalid parts.
//!
//! A report requires values. Most of an invalid event is valid, and a pass over the text is faster than parsing a value. Thus, only the
//! invalid members are parsed.

use serde_json::Value;

use super::fits_text::{Pass, Place, Rows};
use super::path::Path;
use super::site::{Applicator, Site};
use super::walk::Walk;
use crate::constraints::{Constraints, Name, Presence, Property, Types};
use crate::json::Cursor;

impl Pass<'_, '_> {
    /// Adds the violations of the next value, and moves past the value. Returns `false` if the text needs a closer look, as a whole.
    pub(super) fn explain(&mut self, walk: &mut Walk, site: &Site<'_>, place: Place) -> bool {
        if self.json.peek() == b'{' && has_members_alone(site.constraints) {
            return self.explain_members(walk, site, place);
        }
        let value = self.parsed();
        value.is_some_and(|value| {
            walk.value(site, &value, &[]);
            place != Place::Event
        })
    }

    fn explain_members(&mut self, walk: &mut Walk, site: &Site<'_>, place: Place) -> bool {
        let object = &site.constraints.object;
        let Some(mut rows) = Rows::new(object, self.level).filter(|_| self.json.enter()) else { return false };
        let outer = self.keys.len();
        let mut goes_on = self.json.peek() != b'}';
        if !goes_on {
            self.json.leave();
        }
        while goes_on {
            if !self.explain_member(walk, site, &mut rows, place) {
                return false;
            }
            match self.json.goes_on(b'}') {
                Some(next) => goes_on = next,
                None => return false,
            }
        }
        let exempt = match place {
            Place::Event => self.validator.form.exempt_from(self.event.event_type),
            _ => &[],
        };
        let others = self.keys.get(outer..).unwrap_or_default();
        walk.missing(site, exempt, |name| rows.has(name) || others.contains(&name.as_bytes()));
        self.keys.truncate(outer);
        true
    }

    fn explain_member(&mut self, walk: &mut Walk, site: &Site<'_>, rows: &mut Rows, place: Place) -> bool {
        let object = &site.constraints.object;
        let Some(name) = self.json.key().and_then(|(key, _)| key.plain()) else { return false };
        let Ok(property) = rows.find(object, Name::new(name)) else { return false };
        if property.is_none() {
            self.keys.push(name.as_bytes());
        }
        if (place, name) == (Place::Event, "unsigned") {
            // If the key is repeated, the last value counts.
            self.event.is_redacted = false;
        }
        let start = self.json;
        let keys = self.keys.len();
        (self.is_valid, self.is_pruned) = (true, false);
        let goes_on = self.named(object, true, property, place, name.as_bytes());
        self.keys.truncate(keys);
        if goes_on && self.is_valid && (walk.is_redacted || !self.is_pruned) {
            return true;
        }
        self.json = start;
        match property.filter(|property| property.presence != Presence::Undeclared) {
            Some(property) => self.explain_property(walk, site, property, place),
            None => self.parsed().is_some_and(|value| {
                walk.member(site, name, &value);
                true
            }),
        }
    }

    fn explain_property(
        &mut self,
        walk: &mut Walk,
        site: &Site<'_>,
        property: &'static Property,
        place: Place,
    ) -> bool {
        let name = property.name;
        let path = Path::Key(site.path, name);
        let below = site.below(&path, Applicator::Property(name), property.constraints);
        let start = self.json.offset();
        let outer = self.is_in_content;
        let place_below = place.below(name.as_bytes());
        self.is_in_content |= place_below == Place::Content;
        let goes_on = self.explain(walk, &below, place_below);
        self.is_in_content = outer;
        self.event.note(place, name.as_bytes(), start, self.json.bytes_since(start));
        walk.lint(&below, name);
        goes_on
    }

    /// Parses the next value, and moves past the value.
    fn parsed(&mut self) -> Option<Value> {
        let start = self.json.offset();
        let is_json = self.plain(&Constraints::ANY, Place::Other);
        is_json.then(|| Cursor::strict(self.json.since(start)).value().ok()).flatten()
    }
}

/// Returns `true` if the violations of an object are those of its members, and missing members.
fn has_members_alone(constraints: &Constraints) -> bool {
    constraints.types.has(Types::OBJECT)
        && constraints.assertions.is_empty()
        && !constraints.is_unusual()
        && constraints.object.is_open()
}
