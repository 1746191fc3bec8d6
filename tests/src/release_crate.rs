//! Crates for other spec trees: the hand-written code of `matrix-events` with the code emitted from such a tree, and a program
//! that round-trips the examples of the tree.

use std::collections::BTreeMap;

use matrix_events_codegen::Output;
use serde_json::{Map, Value};

use crate::compile::{Sample, Workspace};

/// A workspace of crates for spec trees, in the target folder.
pub struct ReleaseCrates(Workspace);

impl ReleaseCrates {
    /// Writes a workspace with a crate for each name and output. The crates share their dependencies.
    pub fn write(workspace: &str, crates: &[(String, Output)]) -> Self {
        let samples: Vec<Sample> = crates.iter().map(|(name, output)| sample(name, output)).collect();
        let written = Workspace::write(workspace, &samples);
        Self(written.unwrap_or_else(|error| panic!("failed to write the crates of {workspace}: {error}")))
    }

    /// Runs Cargo in the workspace, and returns its standard output.
    ///
    /// # Errors
    ///
    /// Returns the output of the command, if the command fails.
    pub fn cargo(&self, arguments: &[&str]) -> Result<String, String> {
        self.0.cargo(arguments)
    }

    /// Round-trips the examples of a crate. Returns the number of cases, and the number of identical results.
    ///
    /// # Errors
    ///
    /// Returns an error if the crate does not compile, or if the program fails.
    pub fn round_trip(&self, name: &str) -> Result<(usize, usize), String> {
        let printed = self.cargo(&["run", "--package", name, "--example", "round_trip", "--", name])?;
        let counts = printed.trim().split_once(' ');
        let counts = counts.and_then(|(cases, identical)| Some((cases.parse().ok()?, identical.parse().ok()?)));
        counts.ok_or_else(|| format!("round_trip of {name} printed {printed}"))
    }
}

fn sample(name: &str, output: &Output) -> Sample {
    let of_events = output.examples.iter().map(|example| (example.file.clone(), example.value.clone()));
    let of_roots = output.root_examples.iter().map(|example| (example.file.clone(), example.value.clone()));
    let examples: Map<String, Value> = of_events.chain(of_roots).collect();
    let program = include_str!("release_crate/round_trip.rs").replace("{crate}", &name.replace('-', "_"));
    let others = BTreeMap::from([
        ("examples/round_trip/main.rs", program),
        ("examples/round_trip/body_case.rs", include_str!("body_case.rs").to_owned()),
        ("examples/round_trip/case.rs", include_str!("case.rs").to_owned()),
        ("examples/round_trip/cases.rs", output.cases.clone()),
        ("examples.json", Value::Object(examples).to_string()),
    ]);
    let others = others.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    let mut sample = Sample { others, ..Sample::new(name, output) };
    sample.features.push("unstable".to_owned());
    sample
}
