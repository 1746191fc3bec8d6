//! What a keyword of a schema holds. The same word is a keyword in a schema and a name below `properties`, so that nothing may
//! be told from a key alone.

/// What stands under a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Sentences, examples and presentation: not a fact.
    NoFact,
    /// A map from releases, which are facts, to sentences, which aren't.
    Versions,
    /// The path of another schema.
    Reference,
    /// A schema.
    Schema(Role),
    /// A map from names to schemas.
    Named(Role),
    /// A list of schemas.
    Listed,
    /// A fact, whatever is in it.
    Data,
}

/// What a schema is to the one that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A file as a whole.
    Root,
    /// A property with a name of its own.
    Property,
    /// What each item of a list or each member of a map is.
    Member,
    /// One part of a schema that is put together from several.
    Part,
}

/// What a keyword holds.
pub(crate) fn holds(keyword: &str) -> Holds {
    match keyword {
        "description" | "example" | "examples" | "$comment" | "x-weight" => Holds::NoFact,
        "x-changedInMatrixVersion" => Holds::Versions,
        "$ref" => Holds::Reference,
        "properties" => Holds::Named(Role::Property),
        "patternProperties" => Holds::Named(Role::Member),
        "$defs" | "definitions" | "dependentSchemas" => Holds::Named(Role::Part),
        "items" | "additionalProperties" => Holds::Schema(Role::Member),
        "propertyNames" | "contains" | "not" | "if" | "then" | "else" => Holds::Schema(Role::Part),
        "unevaluatedItems" | "unevaluatedProperties" => Holds::Schema(Role::Part),
        "allOf" | "oneOf" | "anyOf" | "prefixItems" => Holds::Listed,
        _ => Holds::Data,
    }
}

/// The order of the keywords of a schema: what it is called, where it comes from, what it allows. Others follow by alphabet.
const ORDER: [&str; 33] = [
    "$schema",
    "title",
    "description",
    "x-addedInMatrixVersion",
    "x-changedInMatrixVersion",
    "deprecated",
    "$ref",
    "allOf",
    "oneOf",
    "anyOf",
    "type",
    "format",
    "x-pattern-format",
    "pattern",
    "enum",
    "minLength",
    "maxLength",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "items",
    "properties",
    "required",
    "patternProperties",
    "propertyNames",
    "additionalProperties",
];

/// The keywords that hold facts in plain text and have no place in that order.
const PLAIN: [&str; 8] =
    ["$anchor", "$id", "const", "contentEncoding", "contentMediaType", "default", "dependentRequired", "x-pattern"];

/// Whether it is known that what a keyword holds is a fact. What others say may be a sentence of the specification.
pub(crate) fn is_known(keyword: &str) -> bool {
    holds(keyword) != Holds::Data || ORDER.contains(&keyword) || PLAIN.contains(&keyword)
}

/// Where a keyword stands among the keywords of a schema.
pub(crate) fn rank(keyword: &str) -> (usize, &str) {
    (ORDER.iter().position(|known| *known == keyword).unwrap_or(ORDER.len()), keyword)
}

#[cfg(test)]
mod tests {
    use super::{holds, rank, Holds, ORDER};

    #[test]
    fn the_order_has_no_keyword_twice() {
        for (index, keyword) in ORDER.iter().enumerate() {
            assert_eq!(rank(keyword).0, index, "{keyword}");
        }
    }

    #[test]
    fn other_keywords_follow_by_alphabet() {
        let mut keywords = ["x-pattern", "default", "additionalProperties", "$schema"];
        keywords.sort_by(|a, b| rank(a).cmp(&rank(b)));
        assert_eq!(keywords, ["$schema", "additionalProperties", "default", "x-pattern"]);
    }

    #[test]
    fn a_keyword_that_nobody_knows_is_a_fact() {
        assert_eq!(holds("x-something-new"), Holds::Data);
    }
}
