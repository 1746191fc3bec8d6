//! A schema in the one form in which two can be compared, however each is written.

use crate::resolve::Library;
use crate::schema::{Additional, Bounds, JsonType, Schema};

/// The alternatives of a schema.
pub(super) enum Alternatives {
    /// At most one for each JSON type: the name of the type, and what is said of values of that type.
    ByType(Vec<(&'static str, Schema)>),
    /// Alternatives that their types don't tell apart.
    InOrder(Vec<Schema>),
}

impl Alternatives {
    pub(super) fn schemas(self) -> Vec<Schema> {
        match self {
            Self::ByType(list) => list.into_iter().map(|(_, schema)| schema).collect(),
            Self::InOrder(list) => list,
        }
    }
}

/// The alternatives of a merged schema: a list under `type` and `oneOf` say the same in two ways.
pub(super) fn alternatives(library: &Library, schema: &Schema) -> Alternatives {
    let stated = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
    if stated.is_empty() {
        let mut list: Vec<_> = match schema.types.as_slice() {
            [] => vec![("anything", schema.clone())],
            [one] => vec![(one.name(), schema.clone())],
            several => several.iter().map(|kind| (kind.name(), part_for(*kind, schema))).collect(),
        };
        list.sort_by_key(|(kind, _)| *kind);
        return Alternatives::ByType(list);
    }
    let mut list = Vec::new();
    for one in stated {
        let flat = library.flatten(one).unwrap_or_else(|_| one.clone());
        match flat.types.as_slice() {
            [kind] if list.iter().all(|(known, _)| known != &kind.name()) => list.push((kind.name(), flat)),
            _ => return Alternatives::InOrder(stated.clone()),
        }
    }
    list.sort_by_key(|(kind, _)| *kind);
    Alternatives::ByType(list)
}

/// What a schema of several types says of one of them.
fn part_for(kind: JsonType, schema: &Schema) -> Schema {
    let bare = Schema { origin: schema.origin.clone(), types: vec![kind], ..Schema::default() };
    let bounds = &schema.bounds;
    match kind {
        JsonType::String => Schema {
            format: schema.format,
            pattern: schema.pattern.clone(),
            values: schema.values.clone(),
            bounds: Bounds { min_length: bounds.min_length, max_length: bounds.max_length, ..Bounds::default() },
            ..bare
        },
        JsonType::Integer | JsonType::Number => {
            Schema { bounds: Bounds { minimum: bounds.minimum, maximum: bounds.maximum, ..Bounds::default() }, ..bare }
        }
        JsonType::Array => Schema {
            items: schema.items.clone(),
            bounds: Bounds { min_items: bounds.min_items, max_items: bounds.max_items, ..Bounds::default() },
            ..bare
        },
        JsonType::Object => Schema {
            properties: schema.properties.clone(),
            required: schema.required.clone(),
            pattern_properties: schema.pattern_properties.clone(),
            additional: schema.additional.clone(),
            property_names: schema.property_names.clone(),
            ..bare
        },
        JsonType::Null | JsonType::Boolean => bare,
    }
}

/// Whether a merged schema says nothing of a value.
pub(super) fn is_blank(schema: &Schema) -> bool {
    let said = Schema {
        origin: schema.origin.clone(),
        title: schema.title.clone(),
        description: schema.description.clone(),
        deprecated: schema.deprecated,
        added: schema.added,
        changed: schema.changed.clone(),
        ..Schema::default()
    };
    said == *schema
}

/// What members that no property names are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'s> {
    /// The pattern of their keys; none where it is that of all others.
    pub(super) pattern: Option<&'s str>,
    pub(super) schema: &'s Schema,
}

/// What a schema says of members that it doesn't name. A pattern that every key has is none.
pub(super) fn members(schema: &Schema) -> Vec<Member<'_>> {
    let all = match &schema.additional {
        Additional::Each(each) => Some(&**each),
        _ => None,
    };
    let patterns = schema.pattern_properties.iter().map(|(pattern, schema)| match pattern.as_str() {
        "" if all.is_none() => Member { pattern: None, schema },
        pattern => Member { pattern: Some(pattern), schema },
    });
    patterns.chain(all.map(|schema| Member { pattern: None, schema })).collect()
}

/// What a merged schema is of, in a few words.
pub(super) fn describe(library: &Library, schema: &Schema) -> String {
    let kinds: Vec<&str> = match alternatives(library, schema) {
        Alternatives::ByType(list) => list.into_iter().map(|(kind, _)| kind).collect(),
        Alternatives::InOrder(_) => vec!["alternatives"],
    };
    let kinds = kinds.join(" or ");
    match (&schema.values, schema.format) {
        (Some(values), _) => format!("{kinds} of `{}`", values.join("`, `")),
        (None, Some(format)) => format!("{kinds}, {}", format.name()),
        (None, None) => kinds,
    }
}
