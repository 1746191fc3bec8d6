//! Tests of properties of the output that no golden case shows.

mod support;

use matrix_events_codegen::ir::Item;
use support::{case, Tree};

#[test]
fn enum_without_type_gives_the_code_of_a_string_enum() {
    let with = |text: &str| Tree::new().message("m.test", &format!("properties:\n  one: {{{text}}}")).output().events;
    assert_eq!(with("enum: [a, b]")["test.rs"], with("type: string, enum: [a, b]")["test.rs"]);
}

#[test]
fn definition_of_two_events_is_one_type() {
    let refers = "type: object\nproperties:\n  one: {$ref: thing.yaml}\n  two: {allOf: [{$ref: thing.yaml}]}";
    let output = Tree::new()
        .schema("thing.yaml", "title: Thing\ntype: object\nproperties:\n  a: {type: string}\n")
        .message("m.one", refers)
        .message("m.two", refers)
        .output();
    let is_thing = |item: &&Item| item.name == "Thing";
    assert_eq!(output.ir.modules.values().flat_map(|module| &module.items).filter(is_thing).count(), 1);
}

#[test]
fn examples_of_an_edu_and_an_event_with_equal_types_are_distinguished() {
    let case = case::all().into_iter().find(|case| case.name == "edu_with_type_of_an_event").expect("a case");
    let output = case.output();
    let examples: Vec<_> = output.examples.iter().map(|example| (example.file.as_str(), example.is_edu)).collect();
    assert_eq!(examples, [("edu/m.test.json", true), ("m.test.json", false)]);
}

#[test]
fn proposal_requires_the_features_of_the_types_it_refers_to() {
    let case = case::all().into_iter().find(|case| case.name == "features_of_areas").expect("a case");
    let proposals = case.output().ir.proposals;
    let features: Vec<_> = proposals.iter().flat_map(|proposal| &proposal.features).collect();
    assert_eq!(features, ["calls"]);
}

#[test]
fn only_links_to_pages_of_the_specification_become_absolute() {
    let description = "See [a](crate::A), [b](#b), [c](/rooms/v1/#c) and [d](https://example.org/d).";
    let schema = format!("properties:\n  one: {{type: string, description: '{description}'}}");
    let output = Tree::new().message("m.test", &schema).output();
    let page = "https://spec.matrix.org/v1.19";
    let expected = [
        "[a](crate::A)".to_owned(),
        format!("[b]({page}/client-server-api/#b)"),
        format!("[c]({page}/rooms/v1/#c)"),
        "[d](https://example.org/d)".to_owned(),
    ];
    let docs = output.events["test.rs"].replace("\n    ///", "");
    for link in expected {
        assert!(docs.contains(&link), "{link} in {docs}");
    }
}
