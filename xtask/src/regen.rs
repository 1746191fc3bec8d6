//! `cargo xtask regen`: from schemas to the crate's types.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use matrix_events_codegen::{extend, generate, Compared, Input, Output, Version};

use crate::{handwritten, own, terminal, tree, write, Outcome};

/// Generate the crate's types from the specification's schemas.
///
/// Reads spec/ and writes generated/src/events and tests/src/cases.rs. Either all of it is written or nothing; files that are
/// no longer emitted are removed. Where the folder has a file that it hasn't written, it writes nothing. Killed while it puts
/// them in place, it may leave no tree, or cases.rs as it was: run it again. Exit code 1: the input has mistakes, or with --check
/// the files are not up to date.
///
/// With --extend it generates events of your own on top of those: for a crate that depends on matrix-events.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; list what isn't up to date, and exit with 1 if anything isn't.
    #[arg(long)]
    check: bool,
    /// Read this spec tree in place of spec/: a folder with `event-schemas`, or a release of the specification as it comes.
    #[arg(long, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// Generate from this folder with custom events: `schema`, perhaps `examples`, `codegen.yaml` and `overrides.yaml`. They may
    /// refer to the schemas of the specification. The types are written to its `src/events`.
    #[arg(long, value_name = "FOLDER")]
    extend: Option<PathBuf>,
    /// Write into this folder in place of generated/src, or of the `src` of --extend (the types go to `events` in it).
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// List the types that were compared with those of typify.
    #[arg(long)]
    verbose: bool,
    /// The release that the tree is of, where neither source.yaml nor the name of its folder says so.
    #[arg(long, value_name = "VERSION", value_parser = tree::version)]
    release: Option<Version>,
}

/// What a run read and made, and how long it took.
pub(crate) struct Run {
    pub(crate) output: Output,
    reading: Duration,
    generating: Duration,
}

/// Reads a tree and generates from it.
pub(crate) fn from_tree(folder: &Path, release: Option<Version>) -> Outcome<Run> {
    generated(folder, release, None)
}

/// The same on top of it, if there are events of somebody's own.
fn generated(folder: &Path, release: Option<Version>, extension: Option<&Path>) -> Outcome<Run> {
    let start = Instant::now();
    let tree = tree::read(folder, release)?;
    let own = extension.map(own::read).transpose()?;
    let settings = tree::settings()?;
    let reading = start.elapsed();
    let start = Instant::now();
    let input = Input { files: &tree.files, settings: &settings, release: tree.release };
    let outcome = match &own {
        None => generate(&input),
        Some(own) => extend(&input, &own.extension()).map_err(|diagnostics| own.placed(diagnostics)),
    };
    let output = outcome.map_err(|diagnostics| format!("{diagnostics}\n\nNothing was written."))?;
    Ok(Run { output, reading, generating: start.elapsed() })
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let workspace = tree::workspace();
    let spec = arguments.spec.clone().unwrap_or_else(|| workspace.join("spec"));
    let run = generated(&spec, arguments.release, arguments.extend.as_deref())?;
    for note in run.output.notes.iter() {
        terminal::tell(format_args!("note: {}: {}", note.origin, note.message))?;
    }
    if arguments.verbose {
        cross_check(&run.output.cross_check)?;
    }
    let source = match &arguments.extend {
        None => workspace.join("generated/src"),
        Some(extension) => extension.join("src"),
    };
    let events = arguments.out.clone().unwrap_or(source).join("events");
    // The table of examples belongs to our own tests, and so to our own crate.
    let is_ours = arguments.out.is_none() && arguments.extend.is_none();
    let cases = is_ours.then(|| workspace.join("tests/src/cases.rs"));
    let difference = write::compare(&events, &run.output.events)?;
    let cases_stale =
        cases.as_ref().is_some_and(|path| fs::read_to_string(path).ok().as_ref() != Some(&run.output.cases));
    if arguments.check {
        return check(arguments, &difference, cases_stale, &events);
    }
    handwritten::refuse(&events, &difference)?;
    let start = Instant::now();
    let with = cases.as_deref().map(|path| (path, run.output.cases.as_str()));
    write::write(&events, &run.output.events, &difference, with)?;
    report(&run, &difference, &events, start.elapsed())
}

fn cross_check(list: &[Compared]) -> Outcome<()> {
    for Compared { origin, item, fields, values, intended } in list {
        let what = match (fields, values) {
            (0, values) if *values > 0 => format!("{values} values"),
            (fields, _) => format!("{fields} fields"),
        };
        terminal::line(format_args!("agreed  {what:<10} {item} ({origin})"))?;
        for difference in intended {
            terminal::line(format_args!("        differs as intended: {difference}"))?;
        }
    }
    let sum = |of: fn(&Compared) -> usize| list.iter().map(of).sum::<usize>();
    terminal::line(format_args!(
        "agreed  on {} schemas: {} fields, {} values; {} differences as intended",
        list.len(),
        sum(|one| one.fields),
        sum(|one| one.values),
        sum(|one| one.intended.len())
    ))?;
    Ok(())
}

fn check(arguments: &Arguments, difference: &write::Difference, cases: bool, events: &Path) -> Outcome<()> {
    if difference.is_none() && !cases {
        terminal::line(format_args!("up to date: {} files in {}", difference.unchanged, events.display()))?;
        return Ok(());
    }
    let mut message = String::from("error: the generated files are not up to date\n");
    let lists = [("missing", &difference.missing), ("stale", &difference.stale), ("surplus", &difference.surplus)];
    for (what, names) in lists {
        for name in names {
            message.push_str(&format!("  {what}: {}\n", events.join(name).display()));
        }
    }
    if cases {
        message.push_str("  stale: tests/src/cases.rs\n");
    }
    message.push_str(&format!("  = help: run `{}`, and commit what it changes", command(arguments)));
    Err(message.into())
}

/// The command that writes what was only checked.
fn command(arguments: &Arguments) -> String {
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let options = [
        ("--spec", path(&arguments.spec)),
        ("--extend", path(&arguments.extend)),
        ("--out", path(&arguments.out)),
        ("--release", arguments.release.map(|release| release.to_string())),
    ];
    let given = options.into_iter().filter_map(|(option, value)| Some(format!(" {option} {}", value?)));
    format!("cargo xtask regen{}", given.collect::<String>())
}

fn report(run: &Run, difference: &write::Difference, events: &Path, writing: Duration) -> Outcome<()> {
    let output = &run.output;
    let lines: usize = output.events.values().map(|text| text.lines().count()).sum();
    let kinds = count_kinds(output);
    let release = output.ir.release.map_or("a release that nothing names".to_owned(), |release| release.to_string());
    terminal::line(format_args!(
        "read    {} files of {release}: {} event schemas, {} examples",
        output.read.len(),
        kinds.0,
        output.examples.len()
    ))?;
    terminal::line(format_args!("made    {} types in {} files, {lines} lines", kinds.1, output.events.len()))?;
    terminal::line(format_args!(
        "wrote   {} files, removed {}, left {} as they were, in {}",
        difference.missing.len() + difference.stale.len(),
        difference.surplus.len(),
        difference.unchanged,
        events.display()
    ))?;
    terminal::line(format_args!(
        "took    {} ms: reading {}, generating {}, writing {}",
        (run.reading + run.generating + writing).as_millis(),
        run.reading.as_millis(),
        run.generating.as_millis(),
        writing.as_millis()
    ))?;
    Ok(())
}

/// How many event schemas were read, and how many types made.
pub(crate) fn count_kinds(output: &Output) -> (usize, usize) {
    let files: BTreeMap<&str, ()> = output.ir.events.iter().map(|event| (event.file.as_str(), ())).collect();
    (files.len(), output.ir.modules.values().map(|module| module.items.len()).sum())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use matrix_events_codegen::Version;

    use super::{check, Arguments};
    use crate::write::Difference;

    #[test]
    fn a_check_advises_the_command_that_it_was_a_check_of() {
        let difference = Difference { stale: vec!["a.rs".to_owned()], ..Difference::default() };
        let arguments = Arguments {
            check: true,
            spec: Some(PathBuf::from("tree")),
            extend: None,
            out: Some(PathBuf::from("out")),
            verbose: false,
            release: Some(Version { major: 1, minor: 18 }),
        };
        let told = check(&arguments, &difference, false, &PathBuf::from("out/events")).err();
        let told = told.map(|failure| failure.to_string()).unwrap_or_default();
        assert!(told.contains("run `cargo xtask regen --spec tree --out out --release v1.18`,"), "{told}");
    }
}
