//! The list of keywords of schemas, for the parser, the import of a release and the mutation test.

use KeywordKind::{Data, Prose, Reference, Schema, SchemaList, SchemaMap, Version, Versions};
use SchemaRole::{Member, Part, Property};

/// A keyword of JSON Schema 2020-12, or a convention of the Matrix specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The key in a schema.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: KeywordKind,
    /// `true` if the generator supports the keyword. An unsupported keyword is an error in the input of the generator.
    pub is_supported: bool,
}

/// The kind of the value of a keyword.
///
/// The kind depends on the place: `items` is a keyword in a schema and the name of a property in `properties`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordKind {
    /// A text, an example, or a hint for the presentation.
    Prose,
    /// A release of the specification.
    Version,
    /// A map from releases to texts.
    Versions,
    /// The path of another schema.
    Reference,
    /// A schema.
    Schema(SchemaRole),
    /// A map from names to schemas.
    SchemaMap(SchemaRole),
    /// A list of schemas.
    SchemaList,
    /// A fact of any JSON type.
    Data,
}

/// The role of a schema in the schema that contains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaRole {
    /// The schema of a file.
    Root,
    /// A property with a name.
    Property,
    /// Each item of a list, or each member of an object.
    Member,
    /// A part of a composed schema.
    Part,
}

/// Every keyword of JSON Schema 2020-12 and of the specification, in the order of the files in `spec/`.
pub const KEYWORDS: &[Keyword] = &[
    supported("$schema", Data),
    supported("title", Data),
    supported("description", Prose),
    supported("x-addedInMatrixVersion", Version),
    supported("x-changedInMatrixVersion", Versions),
    supported("deprecated", Data),
    supported("$ref", Reference),
    supported("allOf", SchemaList),
    supported("oneOf", SchemaList),
    supported("anyOf", SchemaList),
    supported("type", Data),
    supported("format", Data),
    supported("x-pattern-format", Data),
    supported("pattern", Data),
    supported("enum", Data),
    supported("minLength", Data),
    supported("maxLength", Data),
    supported("minimum", Data),
    other("exclusiveMinimum", Data),
    supported("maximum", Data),
    other("exclusiveMaximum", Data),
    other("multipleOf", Data),
    supported("minItems", Data),
    supported("maxItems", Data),
    other("uniqueItems", Data),
    supported("minProperties", Data),
    supported("maxProperties", Data),
    supported("items", Schema(Member)),
    supported("properties", SchemaMap(Property)),
    supported("required", Data),
    supported("patternProperties", SchemaMap(Member)),
    supported("propertyNames", Schema(Part)),
    supported("additionalProperties", Schema(Member)),
    other("$anchor", Data),
    other("$comment", Prose),
    other("$defs", SchemaMap(Part)),
    other("$id", Data),
    other("const", Data),
    other("contains", Schema(Part)),
    other("contentEncoding", Data),
    other("contentMediaType", Data),
    other("default", Data),
    other("definitions", SchemaMap(Part)),
    other("dependentRequired", Data),
    other("dependentSchemas", SchemaMap(Part)),
    other("else", Schema(Part)),
    supported("example", Prose),
    supported("examples", Prose),
    other("if", Schema(Part)),
    other("not", Schema(Part)),
    other("prefixItems", SchemaList),
    other("then", Schema(Part)),
    other("unevaluatedItems", Schema(Part)),
    other("unevaluatedProperties", Schema(Part)),
    supported("x-pattern", Data),
    supported("x-weight", Prose),
];

impl Keyword {
    /// Returns the keyword with a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYWORDS.iter().find(|keyword| keyword.name == name)
    }

    /// Returns the keywords that the generator supports.
    pub fn supported() -> impl Iterator<Item = &'static Self> {
        KEYWORDS.iter().filter(|keyword| keyword.is_supported)
    }
}

const fn supported(name: &'static str, kind: KeywordKind) -> Keyword {
    Keyword { name, kind, is_supported: true }
}

const fn other(name: &'static str, kind: KeywordKind) -> Keyword {
    Keyword { name, kind, is_supported: false }
}

#[cfg(test)]
mod tests {
    use super::{Keyword, KEYWORDS};
    use crate::diagnostics::{Diagnostics, Origin};
    use crate::node::Node;
    use crate::schema;

    #[test]
    fn each_keyword_is_listed_once() {
        for keyword in KEYWORDS {
            assert_eq!(Keyword::named(keyword.name), Some(keyword), "{}", keyword.name);
        }
    }

    #[test]
    fn unsupported_keywords_are_errors_and_supported_ones_are_parsed() {
        for keyword in KEYWORDS {
            let node = Node::Map(vec![(keyword.name.to_owned(), Node::Null)]);
            let mut diagnostics = Diagnostics::default();
            schema::parse(&node, &Origin::file("a.yaml"), &mut diagnostics);
            let is_unknown = diagnostics.iter().any(|one| one.message.starts_with("unsupported keyword"));
            assert_eq!(is_unknown, !keyword.is_supported, "{}: {diagnostics}", keyword.name);
        }
    }
}
