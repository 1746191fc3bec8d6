//! `cargo xtask bench`: how fast events are read and written, and how fast programs that read them are built.

mod build;
mod chart;
pub(crate) mod corpus;
mod report;
mod vary;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{json, Value};

use crate::{terminal, tree, Outcome};

/// Measure reading, writing and building beside the peers, and write bench/RESULTS.md and bench/results.svg.
///
/// Without an option: all of it, which takes some ten minutes. With one, the other's results stay those of its last run,
/// from bench/results.json. A quiet machine measures best. Exit code 1: something can't be measured, or its results not written.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Time reading and writing, and count allocations.
    #[arg(long)]
    read_write: bool,
    /// Time clean builds and rebuilds of a program that reads any timeline event.
    #[arg(long)]
    build: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let folder = tree::workspace().join("bench");
    let path = folder.join("results.json");
    let mut results: Value =
        fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| json!({}));
    let everything = arguments.read_write == arguments.build;
    let (spec, whose) = corpus::source();
    let corpus = corpus::write(&folder.join("target/corpus"), &spec, whose)?;
    if everything || arguments.read_write {
        results["read_write"] = read_write(&folder, &corpus)?;
    }
    if everything || arguments.build {
        results["build"] = build::measure(&folder, &corpus)?;
    }
    let text = report::markdown(&results);
    write(&path, &format!("{results:#}\n"))?;
    write(&folder.join("RESULTS.md"), &text)?;
    write(&folder.join("results.svg"), &chart::reading(&results))?;
    terminal::line(text)?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    Ok(fs::write(path, text).map_err(|error| format!("error: {} can't be written: {error}", path.display()))?)
}

/// Runs the programs of bench/, and joins what they print.
fn read_write(folder: &Path, corpus: &corpus::Corpus) -> Outcome<Value> {
    let mut results = program(folder, "bench", &[&corpus.examples, &corpus.mix])?;
    results["allocations"] = program(folder, "allocations", &[&corpus.mix])?;
    results["source"] = corpus.source.clone().into();
    results["machine"] = machine()?;
    let names = ["serde_json", "ruma-events", "sonic-rs", "jsonschema", "boon"];
    results["versions"] = names.iter().map(|name| json!([name, version(folder, name)])).collect();
    Ok(results)
}

fn program(folder: &Path, name: &str, corpora: &[&Path]) -> Outcome<Value> {
    let mut command = cargo(folder, &["run", "--release", "--locked", "--bin", name, "--"]);
    command.args(corpora);
    let printed = output(&mut command)?;
    Ok(serde_json::from_str(&printed).map_err(|error| format!("error: {name} printed no JSON: {error}\n{printed}"))?)
}

/// Cargo in a folder, without a wrapper that would take over the compiler's work.
fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(folder).env("RUSTC_WRAPPER", "");
    command
}

/// What a command prints. What it says beside goes to the person who waits.
fn output(command: &mut Command) -> Outcome<String> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("error: {command:?} can't be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("error: {command:?} fails").into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where the measurements were taken.
fn machine() -> Outcome<Value> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let compiler = output(Command::new("rustc").arg("--version"))?;
    // Only the release: the rest is the day on which it was made.
    let compiler: Vec<&str> = compiler.split_whitespace().take(2).collect();
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor.lines().find_map(|line| line.strip_prefix("model name")?.trim_start().strip_prefix(": "));
    Ok(json!({
        "cores": cores, "compiler": compiler.join(" "), "processor": processor.unwrap_or("an unknown processor"),
        "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        "flags": std::env::var("RUSTFLAGS").unwrap_or_default(),
    }))
}

/// The version of a crate in the lock file of bench/.
fn version(folder: &Path, name: &str) -> String {
    let lock = fs::read_to_string(folder.join("Cargo.lock")).unwrap_or_default();
    let found = lock.split_once(&format!("name = \"{name}\"\nversion = \""));
    found.and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned())).unwrap_or_default()
}
