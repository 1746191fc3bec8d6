//! A value and the constraints on it, with the locations of both.

use super::path::Path;
use super::violation::Rule;
use crate::constraints::{Constraints, Property};
use crate::json::escaped;

/// A location in a value, and the constraints there.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    pub(super) constraints: &'static Constraints,
    pub(super) path: &'a Path<'a>,
    above: Above<'a>,
}

/// The parent of the constraints. The location of the constraints follows from the location of the parent.
#[derive(Clone, Copy)]
enum Above<'a> {
    /// A file.
    File(&'static str),
    /// A schema that has the constraints under a keyword.
    Schema(&'a Site<'a>, Applicator),
}

/// A keyword that applies a schema to a part of the value.
#[derive(Clone, Copy)]
pub(super) enum Applicator {
    Items,
    Property(&'static str),
    Pattern(&'static str),
    AdditionalProperties,
    PropertyNames,
}

impl Applicator {
    /// Returns the keys of the schema, for a JSON pointer.
    fn keys(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Items => ("items", None),
            Self::Property(name) => ("properties", Some(name)),
            Self::Pattern(source) => ("patternProperties", Some(source)),
            Self::AdditionalProperties => ("additionalProperties", None),
            Self::PropertyNames => ("propertyNames", None),
        }
    }
}

impl<'a> Site<'a> {
    /// Creates the site of an event or a content, with the schema of a file.
    pub(super) fn root(constraints: &'static Constraints, file: &'static str) -> Self {
        Self { constraints, path: &Path::Root, above: Above::File(file) }
    }

    /// Creates the site of a value whose constraints state their own location.
    pub(super) fn of(path: &'a Path<'a>, constraints: &'static Constraints) -> Self {
        Self { constraints, path, above: Above::File("") }
    }

    /// Creates the site of a member or an element.
    pub(super) fn below(&'a self, path: &'a Path<'a>, keyword: Applicator, constraints: &'static Constraints) -> Self {
        Self { constraints, path, above: Above::Schema(self, keyword) }
    }

    /// Returns the location of the schema: the file and the JSON pointer in it.
    pub(super) fn location(&self) -> String {
        let mut place = String::new();
        self.write(&mut place);
        place
    }

    fn write(&self, place: &mut String) {
        match (self.constraints.source.at, self.above) {
            (Some(at), _) | (None, Above::File(at)) => place.push_str(at),
            (None, Above::Schema(above, keyword)) => {
                above.write(place);
                // A schema of the settings has no place, and nor has what it contains.
                if place.is_empty() {
                    return;
                }
                let (keyword, key) = keyword.keys();
                if !place.bytes().any(|byte| byte == b'#') {
                    place.push('#');
                }
                for part in std::iter::once(keyword).chain(key) {
                    place.push('/');
                    place.push_str(&escaped(part));
                }
            }
        }
    }

    /// Returns the location of the schema that states a keyword.
    pub(super) fn location_of(&self, rule: Rule) -> String {
        let elsewhere = self.constraints.source.elsewhere.iter().find(|(keyword, _)| *keyword == rule.as_str());
        elsewhere.map_or_else(|| self.location(), |(_, place)| (*place).to_owned())
    }

    /// Returns the location of the schema that requires a property. By default, this is the schema that declares the property.
    pub(super) fn location_requiring(&self, property: &'static Property) -> String {
        let declaring = || {
            let at = property.constraints.source.at?.strip_suffix(&*escaped(property.name))?;
            Some(at.strip_suffix("/properties/")?.trim_end_matches('#'))
        };
        property.required_by.or_else(declaring).map_or_else(|| self.location(), str::to_owned)
    }
}
