//! Measures reading, writing, validating and building, for this project and its peers. Writes RESULTS.md and results.svg.
//!
//! In `bench/`: `cargo run --release` measures everything in about 20 minutes. `-- --read-write` or `-- --build` measures a part, and
//! takes the other results from results.json. `-- --report` only writes the report. Use an idle machine.

mod build;
mod chart;
mod report;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{bail, ensure, Context, Result};
use bench::corpus::Corpus;
use bench::repository;
use fs_err as fs;
use serde_json::{json, Value};

fn main() -> Result<()> {
    let option = std::env::args().nth(1);
    let (read_write, build) = match option.as_deref() {
        None => (true, true),
        Some("--report") => (false, false),
        Some("--read-write") => (true, false),
        Some("--build") => (false, true),
        Some(_) => bail!("usage: bench [--read-write|--build|--report]"),
    };
    let folder = repository("bench");
    let path = folder.join("results.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|_| "{}".to_owned());
    let mut results: Value =
        serde_json::from_str(&text).with_context(|| format!("failed to read {}", path.display()))?;
    let target = folder.join("target/corpus");
    let corpus = Corpus::write(&target)?.with_traffic(&target)?;
    if read_write {
        results["read_write"] = measure_read_write(&folder, &corpus)?;
    }
    if build {
        results["build"] = build::measure(&folder, &corpus)?;
    }
    let text = report::markdown(&results);
    fs::write(&path, format!("{results:#}\n"))?;
    fs::write(folder.join("RESULTS.md"), &text)?;
    fs::write(folder.join("results.svg"), chart::reading(&results))?;
    println!("{text}");
    Ok(())
}

/// Runs the programs that measure, and joins their results.
fn measure_read_write(folder: &Path, corpus: &Corpus) -> Result<Value> {
    let corpora = [&corpus.examples, &corpus.mix, &corpus.sync].into_iter().chain(&corpus.traffic);
    let mut results = program(folder, "times", &corpora.map(PathBuf::as_path).collect::<Vec<_>>())?;
    results["allocations"] = program(folder, "allocations", &[&corpus.mix, &corpus.sync])?;
    results["growth"] = program(folder, "growth", &[])?;
    results["source"] = corpus.source.clone().into();
    results["machine"] = machine()?;
    let names = ["serde_json", "ruma-events", "ruma-client-api", "sonic-rs", "simd-json", "jsonschema", "boon"];
    results["versions"] = names.iter().map(|name| json!([name, version(folder, name)])).collect();
    Ok(results)
}

fn program(folder: &Path, name: &str, corpora: &[&Path]) -> Result<Value> {
    let mut command = cargo(folder, &["run", "--release", "--locked", "--bin", name, "--"]);
    let printed = output(command.args(corpora))?;
    serde_json::from_str(&printed).with_context(|| format!("{name} printed no JSON: {printed}"))
}

/// Returns a Cargo command that calls the compiler directly, without a wrapper.
fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder).env("RUSTC_WRAPPER", "");
    command
}

/// Returns the standard output of a command.
fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("failed to run {command:?}"))?;
    ensure!(output.status.success(), "{command:?} failed");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Describes the machine.
fn machine() -> Result<Value> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let compiler = output(Command::new("rustc").arg("--version"))?;
    // The rest is the date of the release.
    let compiler: Vec<&str> = compiler.split_whitespace().take(2).collect();
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor.lines().find_map(|line| line.strip_prefix("model name")?.trim_start().strip_prefix(": "));
    Ok(json!({
        "cores": cores, "compiler": compiler.join(" "), "processor": processor.unwrap_or("an unknown processor"),
        "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        "flags": std::env::var("RUSTFLAGS").unwrap_or_default(),
    }))
}

/// Returns the version of a crate in the lock file.
fn version(folder: &Path, name: &str) -> String {
    let lock = fs::read_to_string(folder.join("Cargo.lock")).unwrap_or_default();
    let found = lock.split_once(&format!("name = \"{name}\"\nversion = \""));
    found.and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned())).unwrap_or_default()
}
