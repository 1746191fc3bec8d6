//! `cargo xtask conformance`: the generator, held against whole releases of the specification.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::{Map, Value};

use crate::{regen, terminal, tree, write, Outcome};

/// Hold the generator against whole releases: generate, compile, and round-trip their examples.
///
/// For each folder: generates a crate from it, compiles that with warnings as errors, reads each example of the release
/// into its types and writes it again. Prints a table. Exit code 1: anything is amiss.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folders of releases, as they come. Without any: spec/.
    #[arg(value_name = "RELEASE")]
    releases: Vec<PathBuf>,
}

impl Arguments {
    /// One folder.
    pub(crate) fn of(release: &Path) -> Self {
        Self { releases: vec![release.to_owned()] }
    }
}

/// What the crate of a release made of its examples.
struct Row {
    name: String,
    schemas: usize,
    types: usize,
    examples: usize,
    cases: usize,
    identical: usize,
    seconds: f64,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let releases = match arguments.releases.as_slice() {
        [] => vec![tree::workspace().join("spec")],
        releases => releases.to_vec(),
    };
    let mut rows = Vec::new();
    for release in &releases {
        rows.push(one(release)?);
    }
    terminal::line(format_args!(
        "{:<10} {:>8} {:>6} {:>9} {:>6} {:>10} {:>8}",
        "release", "schemas", "types", "examples", "reads", "identical", "seconds"
    ))?;
    for row in &rows {
        let Row { name, schemas, types, examples, cases, identical, seconds } = row;
        terminal::line(format_args!(
            "{name:<10} {schemas:>8} {types:>6} {examples:>9} {cases:>6} {identical:>10} {seconds:>8.1}"
        ))?;
    }
    match rows.iter().filter(|row| row.identical != row.cases).count() {
        0 => Ok(()),
        amiss => Err(format!("error: examples of {amiss} releases don't come back as they were").into()),
    }
}

fn one(release: &Path) -> Outcome<Row> {
    let start = Instant::now();
    let run = regen::from_tree(release, None).map_err(|failure| format!("{}:\n{failure}", release.display()))?;
    let output = &run.output;
    let name = output.ir.release.map_or("unknown".to_owned(), |release| release.to_string());
    let folder = tree::workspace().join("target/conformance").join(&name);
    let examples: Map<String, Value> =
        output.examples.iter().map(|example| (example.file.clone(), example.value.clone())).collect();
    let mut files = template()?;
    for (path, text) in &output.events {
        files.insert(format!("src/events/{path}"), text.clone());
    }
    files.insert("examples/round_trip/cases.rs".to_owned(), output.cases.clone());
    files.insert("examples.json".to_owned(), Value::Object(examples).to_string());
    let difference = write::compare(&folder, &files)?;
    write::write(&folder, &files, &difference, None)?;
    let (cases, identical) = execute(&folder, &name)?;
    let (schemas, types) = regen::count_kinds(output);
    let seconds = start.elapsed().as_secs_f64();
    Ok(Row { name, schemas, types, examples: output.examples.len(), cases, identical, seconds })
}

/// The modules that are written by hand on the emitted types, and how the crate declares them. They are for the release
/// in spec/: in earlier ones some of these types are missing, or are others.
const WRITTEN_ON_TYPES: [(&str, &str); 2] = [("ext", "mod ext;\n"), ("voip", "pub mod voip;\n")];

/// The crate without its emitted part: ours, and a program that takes each example through its types.
pub(crate) fn template() -> Outcome<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let source = tree::workspace().join("generated/src");
    copy(&source, "src", &mut files)?;
    let left_out = |path: &str| WRITTEN_ON_TYPES.iter().any(|(module, _)| path.starts_with(&format!("src/{module}")));
    files.retain(|path, _| !path.starts_with("src/events/") && !left_out(path));
    if let Some(root) = files.get_mut("src/lib.rs") {
        *root = WRITTEN_ON_TYPES.iter().fold(root.clone(), |root, (_, line)| root.replace(line, ""));
    }
    let case = tree::workspace().join("tests/src/case.rs");
    files.insert("examples/round_trip/case.rs".to_owned(), text(&case)?);
    files.insert("examples/round_trip/main.rs".to_owned(), include_str!("conformance/round_trip.rs").to_owned());
    let runtime = tree::workspace().join("runtime").display().to_string();
    files.insert("Cargo.toml".to_owned(), include_str!("conformance/manifest.toml").replace("RUNTIME", &runtime));
    files.insert("Cargo.lock".to_owned(), text(&tree::workspace().join("Cargo.lock"))?);
    Ok(files)
}

fn copy(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) -> Outcome<()> {
    for entry in tree::entries(folder)? {
        let within = entry.file_name().to_string_lossy().into_owned();
        // What another run is writing there, or an interrupted one has left.
        if within.starts_with('.') {
            continue;
        }
        let name = format!("{name}/{within}");
        if entry.path().is_dir() {
            copy(&entry.path(), &name, files)?;
        } else {
            files.insert(name, text(&entry.path())?);
        }
    }
    Ok(())
}

fn text(path: &Path) -> Outcome<String> {
    Ok(fs::read_to_string(path).map_err(|error| format!("error: {} can't be read: {error}", path.display()))?)
}

/// Compiles and runs the program; it prints how many cases there are, and how many come back identical.
fn execute(folder: &Path, name: &str) -> Outcome<(usize, usize)> {
    let target = tree::workspace().join("target/conformance-build");
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--example", "round_trip"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .map_err(|error| format!("error: cargo can't be run: {error}"))?;
    let (printed, complaints) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        return Err(format!("error: the crate of {name} fails\n{complaints}{printed}").into());
    }
    if !complaints.is_empty() {
        terminal::tell(complaints.trim_end())?;
    }
    let counts: Vec<usize> = printed.split_whitespace().filter_map(|count| count.parse().ok()).collect();
    match counts.as_slice() {
        [cases, identical] => Ok((*cases, *identical)),
        _ => Err(format!("error: the program of {name} printed {printed}").into()),
    }
}
