//! A schema in the one form in which two can be compared, however each is written.

use crate::schema::{Additional, MergedSchema, Parts, Schema, SchemaSet, View};

/// The alternatives of a schema.
pub(super) enum Alternatives<'s> {
    /// At most one for each JSON type: the name of the type, and what is said of values of that type.
    ByType(Vec<(&'static str, MergedSchema<'s>)>),
    /// Alternatives that their types don't tell apart.
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

/// The alternatives of a merged schema: a list under `type` and `oneOf` say the same in two ways.
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
    // Lowering reports alternatives that can't be merged.
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

/// What members that no property names are.
#[derive(Clone, Debug)]
pub(super) struct Member<'s> {
    /// The pattern of their keys; none where it is that of all others.
    pub(super) pattern: Option<String>,
    pub(super) schemas: Parts<'s>,
}

/// What a schema says of members that it doesn't name. A pattern that every key has is none.
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

/// What a merged schema is of, in a few words.
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
