//! The schema that spec/ gets: the facts of the specification in one fixed order, with our descriptions.

use matrix_events_codegen::{KeywordKind, Node, Origin};

use super::keywords::{kind, rank};
use super::texts::Texts;

/// Makes the document for spec/ out of the one of the specification and our descriptions.
pub(crate) fn compose(file: &str, root: &Node, texts: &Texts) -> Node {
    schema(root, &Origin::file(file), texts)
}

fn schema(node: &Node, origin: &Origin, texts: &Texts) -> Node {
    let Node::Map(entries) = node else { return node.clone() };
    let facts = entries.iter().filter(|(keyword, _)| kind(keyword) != KeywordKind::Prose);
    let mut keywords: Vec<(String, Node)> =
        facts.map(|(keyword, node)| (keyword.clone(), value(keyword, node, &origin.child(keyword), texts))).collect();
    if let Some(text) = texts.get(origin) {
        keywords.push(("description".to_owned(), Node::String(text.clone())));
    }
    keywords.sort_by(|(a, _), (b, _)| rank(a).cmp(&rank(b)));
    Node::Map(keywords)
}

fn value(keyword: &str, node: &Node, origin: &Origin, texts: &Texts) -> Node {
    match (kind(keyword), node) {
        (KeywordKind::Schema(_), node) => schema(node, origin, texts),
        (KeywordKind::SchemaMap(_), Node::Map(schemas)) => {
            let composed = |(name, node): &(String, Node)| (name.clone(), schema(node, &origin.child(name), texts));
            Node::Map(schemas.iter().map(composed).collect())
        }
        (KeywordKind::SchemaList, Node::List(schemas)) => {
            let composed = |(index, node)| schema(node, &origin.child(&format!("{index}")), texts);
            Node::List(schemas.iter().enumerate().map(composed).collect())
        }
        (KeywordKind::Versions, Node::Map(versions)) => {
            let text = |version: &str| texts.get(&origin.child(version)).cloned().unwrap_or_default();
            Node::Map(versions.iter().map(|(version, _)| (version.clone(), Node::String(text(version)))).collect())
        }
        // A release may have a number, whose text `1.10` is not the value 1.1.
        (KeywordKind::Version, Node::Number(number)) => Node::String(number.text().to_owned()),
        _ => node.clone(),
    }
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::parse_document;

    use super::compose;
    use crate::import::texts::{collect, Texts};
    use crate::import::yaml::render;

    /// What spec/ gets for a document of the specification, below the line at the head of the file.
    fn imported(text: &str, ours: &str) -> String {
        let parse = |text: &str| match parse_document("a.yaml", text.as_bytes()) {
            Ok(node) => node,
            Err(error) => panic!("the test is wrong: {error}"),
        };
        let texts = if ours.is_empty() { Texts::new() } else { collect("a.yaml", &parse(ours)) };
        let rendered = render("a.yaml", &compose("a.yaml", &parse(text), &texts)).unwrap_or_default();
        rendered.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap_or_default()
    }

    #[test]
    fn sentences_go_and_properties_named_like_them_stay() {
        let text = "\
description: Theirs.
example: {a: 1}
x-weight: 60
properties:
  description: {type: object, description: Theirs.}
  example: {type: string, example: x}
  x-weight: {type: integer}
patternProperties:
  examples: {type: string, examples: [x]}
";
        let expected = "\
properties:
  description:
    type: object
  example:
    type: string
  x-weight:
    type: integer
patternProperties:
  examples:
    type: string
";
        assert_eq!(imported(text, ""), expected);
    }

    #[test]
    fn versions_stay_text() {
        let text = "x-addedInMatrixVersion: 1.10\nx-changedInMatrixVersion:\n  1.10: Theirs.\n  \"1.2\": Theirs.\n";
        let expected = "x-addedInMatrixVersion: '1.10'\nx-changedInMatrixVersion:\n  '1.10': ''\n  '1.2': ''\n";
        assert_eq!(imported(text, ""), expected);
    }

    #[test]
    fn our_descriptions_stay_where_they_are() {
        let text = "\
description: Theirs.
x-changedInMatrixVersion: {'1.10': Theirs.}
properties:
  a: {description: Theirs.}
  b: {$ref: b.yaml}
  c: {description: Theirs.}
";
        let ours = "\
description: |
  Ours,
  two lines.
x-changedInMatrixVersion: {'1.10': Ours for 1.10.}
properties: {b: {description: Ours for b.}, a: {description: Ours for a.}, d: {description: Ours for d.}}
";
        let expected = "\
description: |-
  Ours,
  two lines.
x-changedInMatrixVersion:
  '1.10': Ours for 1.10.
properties:
  a:
    description: Ours for a.
  b:
    description: Ours for b.
    $ref: b.yaml
  c: {}
";
        assert_eq!(imported(text, ours), expected);
    }

    #[test]
    fn keywords_have_one_order_and_everything_else_the_one_of_the_specification() {
        let text = "\
zebra: 1
required: [b, a]
default: {z: 1, a: 2}
additionalProperties: false
properties: {b: {maxLength: 1, enum: [y, x], type: string}, a: true}
type: object
title: A
$schema: https://json-schema.org/draft/2020-12/schema
";
        let expected = "\
$schema: https://json-schema.org/draft/2020-12/schema
title: A
type: object
properties:
  b:
    type: string
    enum:
    - y
    - x
    maxLength: 1
  a: true
required:
- b
- a
additionalProperties: false
default:
  z: 1
  a: 2
zebra: 1
";
        assert_eq!(imported(text, ""), expected);
    }

    #[test]
    fn aliases_are_expanded() {
        let text = "properties:\n  a: &a {type: string, description: Theirs.}\n  b: *a\n";
        assert_eq!(imported(text, ""), "properties:\n  a:\n    type: string\n  b:\n    type: string\n");
    }
}
