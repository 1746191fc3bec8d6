//! Types that are wrong, and the differences that are found in each.

use super::{compare, CrossCheck};
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
      colour: {type: string, enum: [red, blue]}
    required: [one]
";

const KINDS: &str = "kinds:\n- {at: m.a, kinds: to-device, why: a test}\n";

const INTENDED: &str = "cross-check:\n- {at: m.a.yaml content, why: a test}\n";

/// The differences after a mistake: those that are allowed, or the messages about the others, and the number of entries
/// that allow differences where there are none.
fn outcome(overrides: &str, mistake: fn(&mut Ir)) -> (Result<Vec<String>, Vec<String>>, usize) {
    let files = Files::from([
        ("event-schemas/schema/m.a.yaml".to_owned(), SCHEMA.as_bytes().to_vec()),
        ("codegen.yaml".to_owned(), KINDS.as_bytes().to_vec()),
        ("overrides.yaml".to_owned(), overrides.as_bytes().to_vec()),
    ]);
    let mut sources = Sources::new(&files);
    let release = Some(Version { major: 1, minor: 19 });
    let model = Model::load(&mut sources, release, &Settings::new(KINDS, overrides), None).expect("a valid tree");
    let mut lowered = lower(&model);
    mistake(&mut lowered.ir);
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

const DIFFERS: &str = "event-schemas/schema/m.a.yaml#/properties/content: typify makes another type of this schema \
                    than `AEventContent`: ";

#[test]
fn a_lowering_without_mistakes_is_agreed_on() {
    assert_eq!(outcome("", |_| {}), (Ok(Vec::new()), 0));
}

#[test]
fn a_field_that_was_dropped() {
    let told = outcome("", |ir| content(ir).fields.retain(|field| field.wire != "two"));
    let expected = format!("{DIFFERS}the field `two` is absent for us, optional for typify");
    assert_eq!(told, (Err(vec![expected]), 0));
}

#[test]
fn a_field_that_was_made_optional() {
    let told = outcome("", |ir| content(ir).fields[0].presence = Presence::Optional);
    let expected = format!("{DIFFERS}the field `one` is optional for us, required for typify");
    assert_eq!(told, (Err(vec![expected]), 0));
}

#[test]
fn a_value_that_was_dropped() {
    let told = outcome("", |ir| {
        for item in ir.modules.values_mut().flat_map(|module| &mut module.items) {
            if let Shape::OpenEnum(values) = &mut item.shape {
                values.retain(|value| value.wire != "red");
            }
        }
    });
    let (Err(told), 0) = told else { panic!("{told:?}") };
    assert!(told.len() == 1 && told[0].ends_with("the value `red` is known to typify alone"), "{told:?}");
}

#[test]
fn a_difference_that_is_intended() {
    let told = outcome(INTENDED, |ir| content(ir).fields[0].presence = Presence::Optional);
    assert_eq!(told, (Ok(vec!["the field `one` is optional for us, required for typify".to_owned()]), 0));
}

#[test]
fn an_intention_expires_with_its_difference() {
    assert_eq!(outcome(INTENDED, |_| {}), (Ok(Vec::new()), 1));
}
