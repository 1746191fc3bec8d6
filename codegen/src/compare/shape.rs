//! A normal form of schemas, in which equivalent schemas are equal.

use crate::schema::{Additional, MergedSchema, Parts, Schema, SchemaSet, View};

/// The alternatives of a schema.
pub(super) enum Alternatives<'s> {
    /// At most one alternative for each JSON type: the name of the type, and the schema of the values.
    ByType(Vec<(&'static str, MergedSchema<'s>)>),
    /// Alternatives of which several have the same type.
    InOrder(Vec<MergedSchema<'s>>),
}

impl<'s> Alternatives<'s> {
    pub(super) fn schemas(self) -> Vec<MergedSchema<'s>> {
        match self {
            Self::ByType(list) => list.into_iter().map(|(_, schema)| schema).collect(),
            Self::InOrder(list) => list,
        }
    }
}

/// Returns the alternatives of a merged schema. A list under `type` is equivalent to a `oneOf`.
pub(super) fn alternatives<'s>(schemas: &'s SchemaSet, schema: &MergedSchema<'s>) -> Alternatives<'s> {
    if schema.choices.is_empty() {
        let mut list: Vec<_> = match schema.types.as_slice() {
            [] => vec![("anything", schema.clone())],
            [one] => vec![(one.name(), schema.clone())],
            several => several.iter().map(|kind| (kind.name(), schema.restricted_to(*kind))).collect(),
        };
        list.sort_by_key(|(kind, _)| *kind);
        return Alternatives::ByType(list);
    }
    // The lowering reports alternatives that cannot be merged.
    let merge = |one: &'s Schema| schemas.merge(&one.into(), View::Release).unwrap_or_default();
    let list: Vec<MergedSchema<'s>> = schema.choices.iter().flat_map(|choice| choice.alternatives).map(merge).collect();
    let mut by_type: Vec<(&'static str, MergedSchema<'s>)> = Vec::new();
    for one in &list {
        match one.types.as_slice() {
            [kind] if by_type.iter().all(|(known, _)| known != &kind.name()) => {
                by_type.push((kind.name(), one.clone()))
            }
            _ => return Alternatives::InOrder(list),
        }
    }
    by_type.sort_by_key(|(kind, _)| *kind);
    Alternatives::ByType(by_type)
}

/// The schema of members that no property names.
#[derive(Clone, Debug)]
pub(super) struct Member<'s> {
    /// The pattern of the keys, or `None` for any key.
    pub(super) pattern: Option<String>,
    pub(super) schemas: Parts<'s>,
}

/// Returns the schemas of members that no property names. An empty pattern, which every key matches, is `None`.
pub(super) fn members<'s>(schema: &MergedSchema<'s>) -> Vec<Member<'s>> {
    let all = match schema.additional {
        Additional::Each(each) => Some(Parts::from(each)),
        _ => None,
    };
    let patterns = schema.pattern_properties.iter().map(|(pattern, schemas)| {
        let is_any = pattern.is_empty() && all.is_none();
        Member { pattern: (!is_any).then(|| pattern.clone()), schemas: schemas.clone() }
    });
    let patterns: Vec<Member<'s>> = patterns.collect();
    patterns.into_iter().chain(all.map(|schemas| Member { pattern: None, schemas })).collect()
}

/// Describes the type of a merged schema in a few words.
pub(super) fn describe(schemas: &SchemaSet, schema: &MergedSchema<'_>) -> String {
    let kinds: Vec<&str> = match alternatives(schemas, schema) {
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
