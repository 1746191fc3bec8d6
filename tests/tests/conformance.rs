//! Whole releases of the specification: each one generates a crate that compiles and round-trips the examples of the release.
//!
//! `cargo test -p spec-tests --test conformance -- --ignored --nocapture` prints a table.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::generate;
use spec_tests::release_crate::ReleaseCrates;
use spec_tests::spec::{folder, releases, settings};

/// Returns a row of the table.
fn check(release: &Path) -> Result<String, String> {
    let start = Instant::now();
    let tree = Tree::read(release, None).map_err(|error| error.to_string())?;
    let output = generate(&tree.input(&settings())).map_err(|errors| errors.to_string())?;
    let name = tree.release.map_or("unknown".to_owned(), |release| release.to_string()).replace('.', "-");
    let crates = [(name, output)];
    let workspace = ReleaseCrates::write(&format!("conformance/{}", crates[0].0), &crates);
    let [(name, output)] = &crates;
    let (cases, identical) = workspace.round_trip(name)?;
    let schemas: BTreeSet<&str> = output.ir.events.iter().map(|event| event.file.as_str()).collect();
    let types: usize = output.ir.modules.values().map(|module| module.items.len()).sum();
    let row = format!(
        "{:>8} {types:>6} {:>9} {cases:>6} {identical:>10} {:>8.1}",
        schemas.len(),
        output.examples.len(),
        start.elapsed().as_secs_f64()
    );
    match cases == identical {
        true => Ok(row),
        false => Err(format!("{row}\n{} examples differ after a round trip", cases - identical)),
    }
}

#[test]
#[ignore = "compiles a crate for each release"]
fn every_release_compiles_and_round_trips_its_examples() {
    let mut trees: Vec<PathBuf> = releases();
    if trees.is_empty() {
        trees.push(folder("spec"));
    }
    let mut failed = Vec::new();
    println!("release     schemas  types  examples  cases  identical  seconds");
    for tree in trees {
        let name = tree.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (row, is_ok) = match check(&tree) {
            Ok(row) => (row, true),
            Err(error) => (format!("failed\n{error}"), false),
        };
        println!("{name:<10} {row}");
        failed.extend((!is_ok).then_some(name));
    }
    assert!(failed.is_empty(), "{failed:?} failed");
}
