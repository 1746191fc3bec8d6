//! What is wrong with a release, collected so that all of it is told at once, in the words of the generator.

use matrix_events_codegen::{Diagnostics, KeywordKind, Node, Origin};

use super::keywords::{is_known, kind};
use super::places::{keywords, places};
use crate::Outcome;

/// The mistakes found so far, each as a message for people.
#[derive(Debug, Default)]
pub(crate) struct Mistakes(Vec<String>);

impl Mistakes {
    /// Notes a mistake at a place: what was found, what was expected, and what to do.
    pub(crate) fn at(&mut self, origin: &Origin, found: &str, expected: &str, help: &str) {
        let Origin { file, pointer } = origin;
        let place = if pointer.is_empty() { String::new() } else { format!("  = at: {pointer}\n") };
        self.0.push(format!("error: {found}\n  --> {file}\n{place}  = expected: {expected}\n  = help: {help}\n"));
    }

    /// The value, or `None` with its mistakes noted.
    pub(crate) fn note<T>(&mut self, outcome: Result<T, Diagnostics>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(diagnostics) => {
                self.0.extend(diagnostics.iter().map(ToString::to_string));
                None
            }
        }
    }

    /// The value, if there was no mistake.
    pub(crate) fn none<T>(self, value: T) -> Outcome<T> {
        let plural = if self.0.len() == 1 { "" } else { "s" };
        match self.0.len() {
            0 => Ok(value),
            count => Err(format!("{}\n{count} error{plural}\n\nNothing was changed.", self.0.join("\n")).into()),
        }
    }
}

/// Notes where a document doesn't have the form of a schema, so that no sentence passes for a fact, and no fact gets lost,
/// because it stands where nobody looks.
pub(crate) fn check(file: &str, root: &Node, mistakes: &mut Mistakes) {
    if !matches!(root, Node::Map(_)) {
        let found = format!("found {} where a schema should stand", root.kind());
        mistakes.at(
            &Origin::file(file),
            &found,
            "a map with keywords of JSON Schema",
            "is it the file of an event schema?",
        );
    }
    for place in places(file, root) {
        for (keyword, node) in keywords(place.node) {
            if let Some(expected) = misfit(keyword, node) {
                let found = format!("found {} under `{keyword}`", node.kind());
                mistakes.at(
                    &place.origin.child(keyword),
                    &found,
                    expected,
                    "check the indentation of the lines around it",
                );
            } else if !is_known(keyword) && has_text(node) {
                mistakes.at(
                    &place.origin.child(keyword),
                    &format!("`{keyword}` has text, which may be a sentence of the specification"),
                    "a keyword of which it is known what it holds",
                    "add the keyword to `KEYWORDS` in codegen/src/schema/keywords.rs: `Data` is carried over, `Prose` is left out",
                );
            }
        }
    }
}

fn has_text(node: &Node) -> bool {
    match node {
        Node::String(_) => true,
        Node::List(list) => list.iter().any(has_text),
        Node::Map(entries) => entries.iter().any(|(_, node)| has_text(node)),
        Node::Null | Node::Boolean(_) | Node::Number(_) => false,
    }
}

/// What should stand under a keyword, if it doesn't.
fn misfit(keyword: &str, node: &Node) -> Option<&'static str> {
    let is_schema = |node: &Node| matches!(node, Node::Map(_) | Node::Boolean(_));
    match (kind(keyword), node) {
        (KeywordKind::Schema(_), node) if !is_schema(node) => Some("a schema"),
        (KeywordKind::SchemaMap(_), Node::Map(schemas)) if schemas.iter().all(|(_, node)| is_schema(node)) => None,
        (KeywordKind::SchemaMap(_), _) => Some("a map from names to schemas"),
        (KeywordKind::SchemaList, Node::List(schemas)) if schemas.iter().all(is_schema) => None,
        (KeywordKind::SchemaList, _) => Some("a list of schemas"),
        (KeywordKind::Versions, Node::Map(_)) | (KeywordKind::Reference, Node::String(_)) => None,
        (KeywordKind::Versions, _) => Some("a map from releases to what changed in them"),
        (KeywordKind::Reference, _) => Some("the path of a file"),
        (KeywordKind::Schema(_) | KeywordKind::Prose | KeywordKind::Version | KeywordKind::Data, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::parse_document;

    use super::{check, Mistakes};

    fn told(text: &str) -> String {
        let mut mistakes = Mistakes::default();
        if let Some(root) = mistakes.note(parse_document("a.yaml", text.as_bytes())) {
            check("a.yaml", &root, &mut mistakes);
        }
        mistakes.none(()).err().map(|failure| failure.0).unwrap_or_default()
    }

    #[test]
    fn a_file_that_is_no_yaml_is_told_with_its_line() {
        let told = told("type: object\nproperties: [\n");
        assert!(told.contains("--> a.yaml:2:13") && told.ends_with("1 error\n\nNothing was changed."), "{told}");
    }

    #[test]
    fn what_isnt_a_schema_is_told_with_its_place() {
        for (text, found) in [
            ("- a", "found a list where a schema should stand"),
            ("properties: [a]", "found a list under `properties`"),
            ("properties: {a: 1}", "found a map under `properties`"),
            ("items: [{type: string}]", "found a list under `items`"),
            ("allOf: {$ref: a.yaml}", "found a map under `allOf`"),
            ("properties: {a: {$ref: 1}}", "= at: /properties/a/$ref"),
            ("x-changedInMatrixVersion: '1.10'", "found a string under `x-changedInMatrixVersion`"),
        ] {
            assert!(told(text).contains(found), "{}", told(text));
        }
    }

    #[test]
    fn text_under_a_keyword_that_nobody_knows_has_to_be_decided() {
        for (text, place) in [
            ("properties: {a: {x-note: Theirs.}}", "/properties/a/x-note"),
            ("items: {x-deprecatedReason: {description: Theirs.}}", "/items/x-deprecatedReason"),
            ("x-notes: [1, [Theirs.]]", "/x-notes"),
        ] {
            let told = told(text);
            let is_told = told.contains(&format!("= at: {place}\n")) && told.contains("may be a sentence");
            assert!(is_told && told.contains("codegen/src/schema/keywords.rs"), "{told}");
        }
        assert_eq!(told("x-flag: true\nproperties: {x-note: {const: a, default: b}}"), "");
    }

    #[test]
    fn a_merge_key_is_told_with_its_line() {
        let told = told("properties:\n  a: &a {description: Theirs.}\n  b: {<<: *a, minLength: 1}\n");
        assert!(told.contains("a.yaml:3:7") && told.contains("`<<`, a merge key"), "{told}");
    }

    #[test]
    fn a_schema_has_no_mistakes() {
        assert_eq!(told("properties: {a: true, $ref: {items: {type: string}}}\ndefault: [1]"), "");
    }
}
