//! `cargo xtask regen`: generates the types from the schemas.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{bail, Context, Result};
use matrix_events_codegen::fs::{read_text, ExtensionTree, Tree};
use matrix_events_codegen::{
    extend, generate, room_versions, Compared, Output, Settings, TextFile, Version, ROOM_VERSIONS,
};

use crate::features;
use crate::workspace::{shown, workspace};
use crate::write::{replace, Difference};
use crate::{print, print_error, unchecked_command};

/// The help text below the options.
const MORE_HELP: &str = "\
Reads spec/, and writes generated/src/events, tests/src/cases.rs, the rules of room versions in the runtime and the features of
proposals in generated/Cargo.toml. Removes emitted files that are out of date. Writes no file if the input has errors, or if the
folder contains a file that regen did not write.

With --extend, reads custom events from `schema` in the folder, and from `examples`, `codegen.yaml` and `overrides.yaml` if they
exist. The schemas may refer to those of the specification. Writes `src/events` in the folder, for a crate that depends on
matrix-events.

Examples:
  cargo xtask regen
  cargo xtask regen --check
  cargo xtask regen --extend examples/own-events

Exit codes:
  0  the files are written, or with --check up to date
  1  the input has errors, or with --check a file is out of date
  2  the arguments are invalid";

/// Generate the types of the crate from the schemas of the specification.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// List the files that are out of date, and write nothing.
    #[arg(long)]
    check: bool,
    /// Read this spec tree or release of the specification in place of spec/.
    #[arg(long, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// Generate the types of the custom events in this folder.
    #[arg(long, value_name = "FOLDER")]
    extend: Option<PathBuf>,
    /// Write to `events` in this folder, in place of generated/src or the `src` of --extend.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// List the types that were cross-checked with typify, and the intended differences.
    #[arg(long)]
    verbose: bool,
    /// Specify the release of the tree, if neither source.yaml nor the name of the folder states it.
    #[arg(long, value_name = "VERSION", value_parser = version)]
    release: Option<Version>,
}

/// Parses a release on the command line.
pub(crate) fn version(text: &str) -> Result<Version, String> {
    Version::parse(text).ok_or_else(|| "expected a release of the specification, such as v1.19".to_owned())
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = workspace()?;
    let start = Instant::now();
    let output = output(&workspace, arguments)?;
    for note in output.notes.iter().chain(output.invalid_examples.iter()) {
        print_error(format_args!("note: {}: {}\n", note.origin, note.message));
    }
    if arguments.verbose {
        print(cross_check(&output.cross_check))?;
    }
    let generated = || shown(&workspace.join("generated/src"));
    let source = arguments.extend.as_ref().map_or_else(generated, |folder| folder.join("src"));
    let events = arguments.out.clone().unwrap_or(source).join("events");
    let difference = Difference::of(&events, &output.events)?;
    let mut written = difference.written(&events, &output.events);
    // The table of examples is for the tests of this repository.
    let cases = shown(&workspace.join("tests/src/cases.rs"));
    let has_cases = arguments.out.is_none() && arguments.extend.is_none();
    if has_cases && read_text(&cases).ok().as_ref() != Some(&output.cases) {
        written.push((cases, &output.cases));
    }
    // A workspace with other schemas may lack the rules.
    let rules = if has_cases { emitted_room_versions(&workspace)? } else { None };
    if let Some((path, text)) = rules.as_ref().filter(|(path, text)| read_text(path).ok().as_ref() != Some(text)) {
        written.push((path.clone(), text));
    }
    let manifest = shown(&workspace.join("generated/Cargo.toml"));
    // A workspace with other schemas may lack the crate.
    let has_features = has_cases && (manifest.exists() || !output.ir.proposals.is_empty());
    let before = has_features.then(|| read_text(&manifest)).transpose()?;
    let with_features = before
        .as_ref()
        .map(|before| features::manifest(before, &output.ir.features, &output.ir.proposals))
        .transpose()?;
    if let Some(with_features) = with_features.as_ref().filter(|text| before.as_ref() != Some(text)) {
        written.push((manifest, with_features));
    }
    if arguments.check {
        return check(&difference, &written, &events);
    }
    difference.refuse_hand_written(&events)?;
    let generated = start.elapsed();
    replace(&events, &written, &difference.removed)?;
    print(report(&output, &difference, &events))?;
    print(format_args!(
        "took    {} ms to generate, {} ms in total\n",
        generated.as_millis(),
        start.elapsed().as_millis()
    ))
}

fn output(workspace: &Path, arguments: &Arguments) -> Result<Output> {
    let spec = shown(&workspace.join("spec"));
    let folder = arguments.spec.as_ref().unwrap_or(&spec);
    let tree = Tree::read(folder, arguments.release)?;
    let settings = Settings::read(&spec)?;
    let input = tree.input(&settings);
    let outcome = match &arguments.extend {
        None => generate(&input),
        Some(folder) => {
            let custom = ExtensionTree::read(folder)?;
            let with_paths = |errors| custom.with_paths(errors);
            let outcome = extend(&input, &custom.extension()).map_err(with_paths);
            outcome.map(|output| Output { notes: with_paths(output.notes), ..output })
        }
    };
    let with_paths = |errors| Tree::with_paths(errors, folder, &spec);
    let outcome = outcome.map(|output| Output { notes: with_paths(output.notes), ..output });
    outcome.map_err(with_paths).context("no file was written")
}

/// Generates the constants of room versions. Returns their path and text, or `None` without a file with rules.
fn emitted_room_versions(workspace: &Path) -> Result<Option<(PathBuf, String)>> {
    let path = shown(&workspace.join("spec").join(ROOM_VERSIONS));
    if !path.exists() {
        return Ok(None);
    }
    let file = TextFile { name: ROOM_VERSIONS.to_owned(), text: read_text(&path)? };
    let name = |file: &str| (file == ROOM_VERSIONS).then(|| path.display().to_string());
    let text = room_versions(&file).map_err(|errors| errors.with_files(name)).context("no file was written")?;
    Ok(Some((shown(&workspace.join("runtime/src/room_version_rules/versions.rs")), text)))
}

/// Lists the types that were cross-checked with typify.
fn cross_check(list: &[Compared]) -> String {
    let mut text = String::new();
    for Compared { origin, item, fields, values, intended } in list {
        text.push_str(&format!("equal   {item}: {fields} fields, {values} values ({origin})\n"));
        intended.iter().for_each(|difference| text.push_str(&format!("        intended difference: {difference}\n")));
    }
    let intended: usize = list.iter().map(|one| one.intended.len()).sum();
    text + &format!("equal   {} schemas, with {intended} intended differences\n", list.len())
}

fn check(difference: &Difference, written: &[(PathBuf, &str)], events: &Path) -> Result<()> {
    if written.is_empty() && difference.removed.is_empty() {
        return print(format_args!("up to date: {} files in {}\n", difference.unchanged, events.display()));
    }
    let removed = difference.removed.iter().map(|name| events.join(name));
    let files = written.iter().map(|(path, _)| path.clone()).chain(removed);
    let list: String = files.map(|path| format!("  {}\n", path.display())).collect();
    bail!("generated files are out of date\n{list}  = help: run `{}`, and commit the changes", unchecked_command())
}

fn report(output: &Output, difference: &Difference, events: &Path) -> String {
    let lines: usize = output.events.values().map(|text| text.lines().count()).sum();
    let schemas: BTreeSet<&str> = output.ir.events.iter().map(|event| event.file.as_str()).collect();
    let types: usize = output.ir.modules.values().map(|module| module.items.len()).sum();
    let release = output.ir.release.map_or("an unknown release".to_owned(), |release| release.to_string());
    let (files, examples, emitted) = (output.read.len(), output.examples.len(), output.events.len());
    let (written, removed) = (difference.added.len() + difference.changed.len(), difference.removed.len());
    format!(
        "read    {files} files of {release}: {} event schemas, {examples} examples\n\
         emitted {types} types in {emitted} files, {lines} lines\n\
         wrote   {written} files, removed {removed}, left {} unchanged, in {}\n",
        schemas.len(),
        difference.unchanged,
        events.display()
    )
}
