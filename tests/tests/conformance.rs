//! Whole releases of the specification: each one generates a crate that compiles and round-trips the examples of the release. The
//! validators and an independent validator accept the examples.
//!
//! `cargo test -p spec-tests --test conformance -- --ignored --nocapture` prints a table.
//!
//! | environment variable | value | default |
//! |---|---|---|
//! | `MATRIX_RELEASE` | the releases to check, such as `v1.2,v1.19` | all releases |

#[path = "validators/oracle.rs"]
mod oracle;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use matrix_events::schema::Schema;
use matrix_events::validate::Validator;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, Input, Output};
use oracle::{event_of, Oracle};
use spec_tests::release_crate::ReleaseCrates;
use spec_tests::spec::{selected_releases, settings};
use spec_tests::tables;

/// The result of a release: a row of the table, and the errors.
struct Checked {
    row: String,
    errors: Vec<String>,
}

fn check(release: &Path) -> Result<Checked, String> {
    let start = Instant::now();
    let tree = Tree::read(release, None).map_err(|error| error.to_string())?;
    let settings = settings();
    let input = tree.input(&settings);
    let output = generate(&input).map_err(|errors| errors.to_string())?;
    let mut errors: Vec<String> = output.invalid_examples.iter().map(ToString::to_string).collect();
    let valid = valid_examples(&input, &output, &mut errors);
    let name = tree.release.map_or("unknown".to_owned(), |release| release.to_string()).replace('.', "-");
    let schemas: BTreeSet<&str> = output.ir.events.iter().map(|event| event.file.as_str()).collect();
    let types: usize = output.ir.modules.values().map(|module| module.items.len()).sum();
    let (schemas, examples, notes) = (schemas.len(), output.examples.len(), output.notes.len());
    let workspace = ReleaseCrates::write(&format!("conformance/{name}"), &[(name.clone(), output)]);
    let (cases, identical) = workspace.round_trip(&name)?;
    if cases != identical {
        errors.push(format!("{} cases differ after a round trip", cases - identical));
    }
    let seconds = start.elapsed().as_secs_f64();
    let row = format!(
        "{schemas:>7} {types:>6} {examples:>9} {cases:>6} {identical:>10} {valid:>6} {notes:>6} {seconds:>8.1}"
    );
    Ok(Checked { row, errors })
}

/// Returns the number of examples that the independent validator accepts. The validator of the emitted table has the same verdict
/// on each example. An invalid example is an error of the generator, unless the settings list the example.
fn valid_examples(input: &Input<'_>, output: &Output, errors: &mut Vec<String>) -> usize {
    let events = tables::events(&output.ir);
    let oracle = Oracle::new(input, &output.read, output.ir.events.iter().map(|event| event.file.as_str()));
    let mut valid = 0;
    for example in &output.examples {
        let event = event_of(&events, example);
        let expected = oracle.expected(event, &example.value);
        valid += usize::from(expected.is_empty());
        let report =
            Validator::new().of(Schema::of_content(event, None).with_envelope()).validate_value(&example.value);
        let ours: BTreeSet<String> = report.iter().map(|violation| violation.pointer().to_owned()).collect();
        if ours != expected {
            errors.push(format!("{}: expected violations at {expected:?}, found {report}", example.file));
        }
    }
    valid
}

#[test]
#[ignore = "compiles a crate for each release"]
fn every_release_compiles_and_round_trips_its_examples() {
    let mut failed = Vec::new();
    println!("release    schemas  types  examples  cases  identical  valid  notes  seconds");
    for tree in selected_releases() {
        let name = tree.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let errors = match check(&tree) {
            Ok(Checked { row, errors }) => {
                println!("{name:<10} {row}");
                errors
            }
            Err(error) => {
                println!("{name:<10}  failed");
                vec![error]
            }
        };
        if !errors.is_empty() {
            println!("{}", errors.join("\n"));
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?} failed");
}
