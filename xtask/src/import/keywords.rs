//! The keywords of schemas: the kinds of their values, and their order. The same word may be a keyword in a schema and a name in
//! `properties`.

/// The kind of the value of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Sentences, examples and presentation, which are not facts.
    Prose,
    /// A map from releases, which are facts, to sentences.
    Versions,
    /// The path of another schema.
    Reference,
    /// A schema.
    Schema(Role),
    /// A map from names to schemas.
    SchemaMap(Role),
    /// A list of schemas.
    SchemaList,
    /// A fact.
    Data,
}

/// The role of a schema in the surrounding schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A file.
    Root,
    /// A property with a name.
    Property,
    /// The items of a list, or the members of a map.
    Member,
    /// A part of a schema.
    Part,
}

/// Returns the kind of the value of a keyword.
pub(super) fn kind(keyword: &str) -> Kind {
    match keyword {
        "description" | "example" | "examples" | "$comment" | "x-weight" => Kind::Prose,
        "x-changedInMatrixVersion" => Kind::Versions,
        "$ref" => Kind::Reference,
        "properties" => Kind::SchemaMap(Role::Property),
        "patternProperties" => Kind::SchemaMap(Role::Member),
        "$defs" | "definitions" | "dependentSchemas" => Kind::SchemaMap(Role::Part),
        "items" | "additionalProperties" => Kind::Schema(Role::Member),
        "propertyNames" | "contains" | "not" | "if" | "then" | "else" => Kind::Schema(Role::Part),
        "unevaluatedItems" | "unevaluatedProperties" => Kind::Schema(Role::Part),
        "allOf" | "oneOf" | "anyOf" | "prefixItems" => Kind::SchemaList,
        _ => Kind::Data,
    }
}

/// The order of the keywords in a schema. Other keywords follow in alphabetical order.
const ORDER: &str = "$schema title description x-addedInMatrixVersion x-changedInMatrixVersion deprecated $ref allOf oneOf anyOf \
    type format x-pattern-format pattern enum minLength maxLength minimum exclusiveMinimum maximum exclusiveMaximum multipleOf \
    minItems maxItems uniqueItems minProperties maxProperties items properties required patternProperties propertyNames \
    additionalProperties";

/// The keywords with facts in text that are not in `ORDER`.
const FACTS: &str = "$anchor $id const contentEncoding contentMediaType default dependentRequired x-pattern";

/// Returns `true` if the value of a keyword is known to be a fact, or known not to be one.
pub(super) fn is_known(keyword: &str) -> bool {
    let is_in = |list: &str| list.split_whitespace().any(|known| known == keyword);
    kind(keyword) != Kind::Data || is_in(ORDER) || is_in(FACTS)
}

/// Returns the position of a keyword in a schema.
pub(super) fn rank(keyword: &str) -> (usize, &str) {
    (ORDER.split_whitespace().position(|known| known == keyword).unwrap_or(usize::MAX), keyword)
}
