//! Schemas: a subset of JSON Schema 2020-12, with conventions of the specification. Every other keyword is an error.

mod consistency;
mod corrections;
pub(crate) mod keywords;
mod limits;
mod merge;
mod parse;
pub(crate) mod reader;
mod set;
mod types;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Origin;
use crate::version::Version;

pub(crate) use corrections::{Accepted, Basis, Chosen, Corrections, KnownValue, KnownValues, OftenMissing, SharedType};
pub(crate) use limits::Limits;
pub use limits::{Limit, LimitValue};
pub(crate) use merge::{MergedChoice, MergedSchema, Parts, View};
pub(crate) use parse::{format, parse};
pub(crate) use set::{missing, references, similar_file, Reference, SchemaSet};
pub use types::{Identifier, JsonTypes};

/// The JSON types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JsonType {
    /// `null`
    Null,
    /// `true` and `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    pub(crate) const ALL: [(&'static str, Self); 7] = [
        ("null", Self::Null),
        ("boolean", Self::Boolean),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("string", Self::String),
        ("array", Self::Array),
        ("object", Self::Object),
    ];

    /// Returns the name in JSON Schema.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// The formats of strings and numbers. Every other format is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    /// The grammar of an identifier.
    Identifier(Identifier),
    Uri,
    Int64,
    Float,
}

impl Format {
    /// The formats whose grammar is not in the specification.
    const OTHERS: [(&'static str, Self); 3] = [("uri", Self::Uri), ("int64", Self::Int64), ("float", Self::Float)];

    /// Returns all formats with their names.
    pub(crate) fn all() -> impl Iterator<Item = (&'static str, Self)> {
        let identifiers = Identifier::ALL.iter().map(|identifier| (identifier.format(), Self::Identifier(*identifier)));
        identifiers.chain(Self::OTHERS)
    }

    pub(crate) fn name(self) -> &'static str {
        Self::all().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    /// Returns the identifier of the format. Formats whose grammar is not in the specification have none.
    pub(crate) fn identifier(self) -> Option<Identifier> {
        match self {
            Self::Identifier(identifier) => Some(identifier),
            Self::Uri | Self::Int64 | Self::Float => None,
        }
    }
}

/// The members of an object that neither `properties` nor `patternProperties` name.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Additional<S = Box<Schema>> {
    /// The members are allowed, with any value.
    #[default]
    Unspecified,
    /// The members are forbidden (`false`).
    Forbidden,
    /// The values of the members have a schema.
    Each(S),
}

/// A schema at one place of a file, not merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Schema {
    pub(crate) origin: Origin,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) added: Option<Version>,
    pub(crate) changed: Vec<(Version, String)>,
    /// The allowed types. Empty if the schema states none.
    pub(crate) types: Vec<JsonType>,
    pub(crate) format: Option<Format>,
    pub(crate) pattern: Option<String>,
    /// The format of the keys, for a schema in `patternProperties` or `propertyNames`.
    pub(crate) key_format: Option<Format>,
    pub(crate) values: Option<Vec<String>>,
    pub(crate) properties: Vec<(String, Schema)>,
    pub(crate) required: Vec<String>,
    pub(crate) pattern_properties: Vec<(String, Schema)>,
    pub(crate) additional: Additional,
    pub(crate) property_names: Option<Box<Schema>>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) limits: Limits,
    /// The file of a `$ref`, and the pointer into it.
    pub(crate) reference: Option<Origin>,
    pub(crate) all_of: Vec<Schema>,
    pub(crate) one_of: Vec<Schema>,
    pub(crate) any_of: Vec<Schema>,
    /// The corrections of the schema. The other members keep the facts of the release.
    pub(crate) corrections: Corrections,
}

impl Schema {
    /// Returns the schema of a property.
    pub(crate) fn property(&self, name: &str) -> Option<&Schema> {
        self.properties.iter().find(|(key, _)| key == name).map(|(_, schema)| schema)
    }

    /// Returns `true` if the schema has only `$ref` or `allOf`, documentation and `type: object`.
    fn is_only_a_reference(&self) -> bool {
        self.types.iter().all(|kind| *kind == JsonType::Object)
            && self.format.is_none()
            && self.pattern.is_none()
            && self.key_format.is_none()
            && self.values.is_none()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.pattern_properties.is_empty()
            && self.additional == Additional::Unspecified
            && self.property_names.is_none()
            && self.items.is_none()
            && self.limits.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
    }

    /// Returns the schemas directly below this schema.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Schema> {
        let additional = match &self.additional {
            Additional::Each(schema) => Some(&**schema),
            _ => None,
        };
        let named = self.properties.iter().chain(&self.pattern_properties).map(|(_, schema)| schema);
        let single = [additional, self.property_names.as_deref(), self.items.as_deref()].into_iter().flatten();
        named.chain(single).chain(&self.all_of).chain(&self.one_of).chain(&self.any_of)
    }

    /// Returns the schemas directly below this schema as mutable references, including properties that corrections add.
    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let additional = match &mut self.additional {
            Additional::Each(schema) => Some(&mut **schema),
            _ => None,
        };
        let named =
            self.properties.iter_mut().chain(&mut self.pattern_properties).chain(&mut self.corrections.additions);
        let single = [additional, self.property_names.as_deref_mut(), self.items.as_deref_mut()].into_iter().flatten();
        let lists = self.all_of.iter_mut().chain(&mut self.one_of).chain(&mut self.any_of);
        named.map(|(_, schema)| schema).chain(single).chain(lists)
    }
}
