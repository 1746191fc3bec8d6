//! Parses documents into schemas: a closed subset of JSON Schema 2020-12, with the specification's own conventions. Any other
//! keyword is an error.

pub(crate) mod keywords;
mod parse;
pub(crate) mod reader;

use std::collections::BTreeMap;

use crate::diagnostics::Origin;
use crate::version::Version;

pub(crate) use parse::{format, parse};

/// The JSON types of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
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

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// The formats that the specification uses. An unknown one is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    UserId,
    RoomId,
    EventId,
    RoomAliasId,
    ServerName,
    MxcUri,
    UnpaddedBase64,
    UrlSafeUnpaddedBase64,
    Uri,
    Int64,
    Float,
}

impl Format {
    pub(crate) const ALL: [(&'static str, Self); 11] = [
        ("mx-user-id", Self::UserId),
        ("mx-room-id", Self::RoomId),
        ("mx-event-id", Self::EventId),
        ("mx-room-alias", Self::RoomAliasId),
        ("mx-server-name", Self::ServerName),
        ("mx-mxc-uri", Self::MxcUri),
        ("mx-unpadded-base64", Self::UnpaddedBase64),
        ("mx-urlsafe-unpadded-base64", Self::UrlSafeUnpaddedBase64),
        ("uri", Self::Uri),
        ("int64", Self::Int64),
        ("float", Self::Float),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    /// The type of `matrix-events` for it, if it has one: the grammars of the specification do.
    pub(crate) fn identifier(self) -> Option<String> {
        let name = match self {
            Self::UserId => "UserId",
            Self::RoomId => "RoomId",
            Self::EventId => "EventId",
            Self::RoomAliasId => "RoomAliasId",
            Self::ServerName => "ServerName",
            Self::MxcUri => "MxcUri",
            Self::UnpaddedBase64 => "UnpaddedBase64",
            Self::UrlSafeUnpaddedBase64 => "UrlSafeUnpaddedBase64",
            Self::Uri | Self::Int64 | Self::Float => return None,
        };
        Some(name.to_owned())
    }
}

/// What a schema says of the members that `properties` and `patternProperties` don't name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Additional {
    /// Nothing: they may be there, and be anything.
    #[default]
    Unstated,
    /// `false`: there may be none.
    Forbidden,
    /// They all are of one schema.
    Each(Box<Schema>),
}

/// The limits that a schema sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
}

/// A schema, as one place of one file states it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Schema {
    pub(crate) origin: Origin,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) added: Option<Version>,
    pub(crate) changed: Vec<(Version, String)>,
    /// The types that it allows; empty where it doesn't say.
    pub(crate) types: Vec<JsonType>,
    pub(crate) format: Option<Format>,
    pub(crate) pattern: Option<String>,
    /// What a key has to be that a `patternProperties` or `propertyNames` above describes.
    pub(crate) key_format: Option<Format>,
    pub(crate) values: Option<Vec<String>>,
    pub(crate) properties: Vec<(String, Schema)>,
    pub(crate) required: Vec<String>,
    /// Where each of the required names is stated: after a merge, not all in one place.
    pub(crate) required_at: BTreeMap<String, Origin>,
    pub(crate) pattern_properties: Vec<(String, Schema)>,
    pub(crate) additional: Additional,
    pub(crate) property_names: Option<Box<Schema>>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) bounds: Bounds,
    /// The file of a `$ref`, and the pointer into it.
    pub(crate) reference: Option<Origin>,
    pub(crate) all_of: Vec<Schema>,
    pub(crate) one_of: Vec<Schema>,
    pub(crate) any_of: Vec<Schema>,
}

impl Schema {
    /// The property of a name.
    pub(crate) fn property(&self, name: &str) -> Option<&Schema> {
        self.properties.iter().find(|(key, _)| key == name).map(|(_, schema)| schema)
    }

    /// Whether the schema says something of the members of an object.
    pub(crate) fn describes_object(&self) -> bool {
        !self.properties.is_empty()
            || !self.pattern_properties.is_empty()
            || matches!(self.additional, Additional::Each(_))
            || !self.required.is_empty()
    }

    /// Every schema directly below this one.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Schema> {
        let additional = match &self.additional {
            Additional::Each(schema) => Some(&**schema),
            _ => None,
        };
        let named = self.properties.iter().chain(&self.pattern_properties).map(|(_, schema)| schema);
        let single = [additional, self.property_names.as_deref(), self.items.as_deref()].into_iter().flatten();
        named.chain(single).chain(&self.all_of).chain(&self.one_of).chain(&self.any_of)
    }
}
