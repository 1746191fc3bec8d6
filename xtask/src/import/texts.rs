//! Descriptions: which we have, and where one is wanted.

use std::collections::{BTreeMap, BTreeSet};

use matrix_events_codegen::{Node, Origin, SchemaRole};

use super::places::{places, Place};

/// The descriptions of a file, by the place of what they describe.
pub(crate) type Texts = BTreeMap<Origin, String>;

/// Our descriptions in a file of spec/, those of changes included.
pub(crate) fn collect(file: &str, root: &Node) -> Texts {
    let mut texts = Texts::new();
    for place in places(file, root) {
        let description = place.node.get("description").map(|text| (place.origin.clone(), text));
        for (origin, text) in description.into_iter().chain(place.changes()) {
            // Ends of lines are a matter of how YAML was written by hand.
            if let Some(text) = text.as_str().map(str::trim_end).filter(|text| !text.is_empty()) {
                texts.insert(origin, text.to_owned());
            }
        }
    }
    texts
}

/// The places of a document of the specification that want a description, in the order of the document.
pub(crate) fn wanted(file: &str, root: &Node) -> Vec<Origin> {
    let is_event = is_event(file, root);
    let mut wanted = Vec::new();
    for place in places(file, root) {
        if wants(&place, is_event) {
            wanted.push(place.origin.clone());
        }
        wanted.extend(place.changes().into_iter().map(|(origin, _)| origin));
    }
    wanted
}

/// The places of a document that can hold a description, whether they want one or not.
pub(crate) fn possible(file: &str, root: &Node) -> BTreeSet<Origin> {
    let mut possible = BTreeSet::new();
    for place in places(file, root) {
        possible.extend(place.changes().into_iter().map(|(origin, _)| origin));
        if matches!(place.node, Node::Map(_)) {
            possible.insert(place.origin);
        }
    }
    possible
}

/// An event's schema pins its type. What has none is a fragment, whatever its name.
fn is_event(file: &str, root: &Node) -> bool {
    let kind = root.get("properties").and_then(|properties| properties.get("type"));
    let is_pinned = |kind: &Node| kind.get("enum").is_some() || kind.get("const").is_some();
    file.starts_with("event-schemas/schema/") && kind.is_some_and(is_pinned)
}

fn wants(place: &Place<'_>, is_event: bool) -> bool {
    let Node::Map(keywords) = place.node else { return false };
    if place.node.get("description").is_some() {
        return true;
    }
    match place.role {
        SchemaRole::Root => true,
        SchemaRole::Property => {
            let is_reference = matches!(keywords.as_slice(), [(keyword, _)] if keyword == "$ref");
            let is_envelope = matches!(place.origin.pointer.as_str(), "/properties/type" | "/properties/content");
            !(is_reference || (is_event && is_envelope))
        }
        SchemaRole::Member => place.node.get("properties").is_some(),
        SchemaRole::Part => false,
    }
}

#[cfg(test)]
mod tests {
    use matrix_events_codegen::parse_document;

    use super::wanted;

    fn pointers(file: &str, text: &str) -> Vec<String> {
        let Ok(root) = parse_document(file, text.as_bytes()) else { panic!("the test is wrong: {text}") };
        wanted(file, &root).into_iter().map(|origin| origin.pointer).collect()
    }

    #[test]
    fn an_event_explains_its_type_and_content_as_a_whole() {
        let text = "properties: {type: {enum: [m.a]}, content: {type: object}, state_key: {type: string}}";
        assert_eq!(pointers("event-schemas/schema/m.a.yaml", text), ["", "/properties/state_key"]);
        assert_eq!(
            pointers("api/a.yaml", text),
            ["", "/properties/type", "/properties/content", "/properties/state_key"]
        );
    }

    #[test]
    fn properties_want_one_unless_another_file_has_it() {
        let text = "properties: {a: {$ref: a.yaml}, b: {allOf: [{$ref: a.yaml}]}, c: {}}";
        assert_eq!(pointers("api/a.yaml", text), ["", "/properties/b", "/properties/c"]);
    }

    #[test]
    fn members_want_one_where_they_have_properties() {
        let text =
            "items: {properties: {}}\nadditionalProperties: {type: string}\npatternProperties: {^a: {properties: {}}}";
        assert_eq!(pointers("api/a.yaml", text), ["", "/items", "/patternProperties/^a"]);
    }

    #[test]
    fn whatever_the_specification_describes_wants_one() {
        let text = "allOf: [{description: A.}, {type: object}]\nx-changedInMatrixVersion: {'1.10': B., 1.2: C.}";
        let expected = ["", "/x-changedInMatrixVersion/1.10", "/x-changedInMatrixVersion/1.2", "/allOf/0"];
        assert_eq!(pointers("api/a.yaml", text), expected);
    }
}
