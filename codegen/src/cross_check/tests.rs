//! Tests of the cross-check with wrong types.

use serde_json::json;

use super::{compare, name, outlines, parts, CrossCheck};
use crate::ir::{Ir, Presence, Shape, Struct};
use crate::lower::lower;
use crate::model::Model;
use crate::source::{Files, Sources};
use crate::{Settings, Version};

const SCHEMA: &str = "\
properties:
  type: {enum: [m.a]}
  content:
    type: object
    properties:
      one: {type: string}
      two: {type: integer}
      color: {type: string, enum: [red, blue]}
    required: [one]
";

const KINDS: &str = "kinds:\n- {at: m.a, kinds: to-device, why: a test}\n";

const INTENDED: &str = "cross-check:\n- {at: m.a.yaml content, why: a test}\n";

/// Returns the outcome of the cross-check after a change of the types: the allowed differences or the errors, and the number of
/// entries without effect.
fn outcome(overrides: &str, change: fn(&mut Ir)) -> (Result<Vec<String>, Vec<String>>, usize) {
    let files = Files::from([
        ("event-schemas/schema/m.a.yaml".to_owned(), SCHEMA.as_bytes().to_vec()),
        ("codegen.yaml".to_owned(), KINDS.as_bytes().to_vec()),
        ("overrides.yaml".to_owned(), overrides.as_bytes().to_vec()),
    ]);
    let mut sources = Sources::new(&files);
    let release = Some(Version { major: 1, minor: 19 });
    let model = Model::load(&mut sources, release, &Settings::new(KINDS, overrides), None).expect("a valid tree");
    let mut lowered = lower(&model);
    change(&mut lowered.ir);
    match compare(&model, &lowered.ir, &lowered.types) {
        Ok(CrossCheck { compared, unused }) => {
            (Ok(compared.into_iter().flat_map(|one| one.intended).collect()), unused.len())
        }
        Err(diagnostics) => {
            (Err(diagnostics.into_iter().map(|one| format!("{}: {}", one.origin, one.message)).collect()), 0)
        }
    }
}

fn content(ir: &mut Ir) -> &mut Struct {
    let items = ir.modules.values_mut().flat_map(|module| &mut module.items);
    let shapes = items.filter_map(|item| match &mut item.shape {
        Shape::Struct(shape) => Some(shape),
        _ => None,
    });
    let Some(content) = shapes.last() else { panic!("the event has no content") };
    content
}

const DIFFERS: &str =
    "event-schemas/schema/m.a.yaml#/properties/content: failed to cross-check `AEventContent` with typify: ";

#[test]
fn correct_lowering_has_no_differences() {
    assert_eq!(outcome("", |_| {}), (Ok(Vec::new()), 0));
}

#[test]
fn dropped_field_is_reported() {
    let outcome = outcome("", |ir| content(ir).fields.retain(|field| field.wire != "two"));
    let expected = format!("{DIFFERS}the field `two` is absent in our type, but optional in typify's type");
    assert_eq!(outcome, (Err(vec![expected]), 0));
}

#[test]
fn required_field_that_is_optional_is_reported() {
    let outcome = outcome("", |ir| content(ir).fields[0].presence = Presence::Optional);
    let expected = format!("{DIFFERS}the field `one` is optional in our type, but required in typify's type");
    assert_eq!(outcome, (Err(vec![expected]), 0));
}

#[test]
fn dropped_enum_value_is_reported() {
    let outcome = outcome("", |ir| {
        for item in ir.modules.values_mut().flat_map(|module| &mut module.items) {
            if let Shape::OpenEnum(values) = &mut item.shape {
                values.retain(|value| value.wire != "red");
            }
        }
    });
    let (Err(errors), 0) = outcome else { panic!("{outcome:?}") };
    assert!(errors.len() == 1 && errors[0].ends_with("only typify's type has the value `red`"), "{errors:?}");
}

// Typify panics on an enum whose variants would have equal names.
#[test]
fn values_with_equal_names_in_typify_are_in_different_types() {
    let cases: [&[&str]; 7] = [
        &["a_b", "a.b", "aB"],
        &["*", "x", ""],
        &["1", "x1"],
        &["+1", "plus1"],
        &["-1", "minus1"],
        &["é", "É"],
        &["a'b", "ab"],
    ];
    for values in cases {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let parts = parts(&values).into_iter().enumerate();
        let definitions =
            parts.map(|(part, values)| (name(0, part), json!({"type": "string", "enum": values}))).collect();
        let outlines = outlines(definitions).expect("valid schemas");
        let found: Vec<&String> = outlines.values().flat_map(|outline| &outline.values).collect();
        assert_eq!(found.len(), values.len(), "{values:?}");
    }
}

#[test]
fn intended_difference_is_accepted() {
    let outcome = outcome(INTENDED, |ir| content(ir).fields[0].presence = Presence::Optional);
    let difference = "the field `one` is optional in our type, but required in typify's type".to_owned();
    assert_eq!(outcome, (Ok(vec![difference]), 0));
}

#[test]
fn intended_difference_without_a_difference_is_reported() {
    assert_eq!(outcome(INTENDED, |_| {}), (Ok(Vec::new()), 1));
}
