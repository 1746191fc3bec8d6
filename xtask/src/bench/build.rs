//! How long it takes to build a program that reads any timeline event, from nothing and after a change.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use serde_json::{json, Value};

use super::corpus::Corpus;
use super::{cargo, machine, output};
use crate::{terminal, Outcome};

/// How often each program is built.
const RUNS: usize = 3;

/// A program that is built: the same text for each, but for the crates.
struct Program {
    name: &'static str,
    /// Its dependencies beside `serde_json`, as lines of a manifest; `{path}` is our crate.
    dependencies: &'static str,
    /// How the type that a line becomes is imported.
    import: &'static str,
    /// How an event's type and sender are written.
    parts: &'static str,
}

const PROGRAMS: [Program; 3] = [
    Program {
        name: "serde_json alone",
        dependencies: "serde = { version = \"1\", default-features = false, features = [\"std\"] }",
        import: "use serde_json::Value as Event;",
        parts: "event[\"type\"], event[\"sender\"]",
    },
    Program {
        name: "matrix-events",
        dependencies: "matrix-events = { path = \"{path}\" }",
        import: "use matrix_events::AnyTimelineEvent as Event;",
        parts: "event.event_type(), event.sender().unwrap_or_default()",
    },
    Program {
        name: "ruma-events",
        dependencies: "ruma-events = \"{version}\"",
        import: "use ruma_events::AnyTimelineEvent as Event;",
        parts: "event.event_type(), event.sender()",
    },
];

const MANIFEST: &str = r#"[workspace]

[package]
name = "program"
version = "0.0.0"
edition = "2021"

[dependencies]
{dependencies}
serde_json = "1"
"#;

const MAIN: &str = r#"{import}

const EDITION: u32 = {edition};

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.expect("a line of UTF-8");
        match serde_json::from_str::<Event>(&line) {
            Ok(event) => println!("{EDITION} {} {}", {parts}),
            Err(error) => eprintln!("{error}"),
        }
    }
}
"#;

/// The folder of the programs, removed whatever happens.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed from the system's folder for such things, the system removes.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Builds each program, in turns.
pub(super) fn measure(bench: &Path, corpus: &Corpus) -> Outcome<Value> {
    output(&mut cargo(bench, &["fetch", "--locked"]))?;
    let scratch = Scratch(std::env::temp_dir().join(format!("matrix-events-bench-{}", std::process::id())));
    let folder = scratch.0.as_path();
    let mut times = PROGRAMS.map(|_| (Vec::new(), Vec::new()));
    for program in &PROGRAMS {
        prepare(program, bench, folder)?;
    }
    for run in 0..RUNS {
        for (program, (clean, again)) in PROGRAMS.iter().zip(&mut times) {
            terminal::tell(format_args!("building {}, {} of {RUNS}", program.name, run + 1))?;
            let target = folder.join(program.name).join("target");
            if target.exists() {
                fs::remove_dir_all(&target).map_err(|error| format!("error: {}: {error}", target.display()))?;
            }
            clean.push(build(program, folder, 2 * run)?);
            again.push(build(program, folder, 2 * run + 1)?);
        }
    }
    let mut rows = Vec::new();
    for (program, (clean, again)) in PROGRAMS.iter().zip(times) {
        let (binary, bytes) = binary(program, folder)?;
        rows.push(json!({
            "name": program.name, "clean": median(clean), "again": median(again), "crates": crates(program, folder)?,
            "binary": bytes, "events": try_out(&binary, &corpus.mix)?,
        }));
    }
    Ok(json!({"runs": RUNS, "programs": rows, "machine": machine()?}))
}

/// Writes a program, which gets the versions of bench/.
fn prepare(program: &Program, bench: &Path, folder: &Path) -> Outcome<()> {
    let folder = folder.join(program.name);
    let path = bench.with_file_name("generated").display().to_string();
    let dependencies =
        program.dependencies.replace("{path}", &path).replace("{version}", &super::version(bench, "ruma-events"));
    let failed = |error: std::io::Error| format!("error: {} can't be written: {error}", folder.display());
    fs::create_dir_all(folder.join("src")).map_err(failed)?;
    fs::write(folder.join("Cargo.toml"), MANIFEST.replace("{dependencies}", &dependencies)).map_err(failed)?;
    fs::copy(bench.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(failed)?;
    Ok(())
}

/// Changes the program's constant, and builds it; in seconds.
fn build(program: &Program, folder: &Path, edition: usize) -> Outcome<f64> {
    let folder = folder.join(program.name);
    let main = folder.join("src/main.rs");
    let text = MAIN
        .replace("{import}", program.import)
        .replace("{parts}", program.parts)
        .replace("{edition}", &edition.to_string());
    fs::write(&main, text).map_err(|error| format!("error: {} can't be written: {error}", main.display()))?;
    let mut command = cargo(&folder, &["build", "--release", "--offline", "--quiet"]);
    let start = Instant::now();
    output(command.env("CARGO_TARGET_DIR", folder.join("target")))?;
    Ok(start.elapsed().as_secs_f64())
}

/// How many crates the program depends on, without itself.
fn crates(program: &Program, folder: &Path) -> Outcome<usize> {
    let arguments = ["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
    let printed = output(&mut cargo(&folder.join(program.name), &arguments))?;
    let crates: BTreeSet<&str> = printed
        .lines()
        .filter_map(|line| line.split(" (").next())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Ok(crates.len().saturating_sub(1))
}

fn binary(program: &Program, folder: &Path) -> Outcome<(PathBuf, u64)> {
    let name = format!("program{}", std::env::consts::EXE_SUFFIX);
    let path = folder.join(program.name).join("target/release").join(name);
    let bytes = fs::metadata(&path).map_err(|error| format!("error: {}: {error}", path.display()))?.len();
    Ok((path, bytes))
}

/// How many events of the mix the program reads: a program that is built and doesn't work would say nothing.
fn try_out(program: &Path, mix: &Path) -> Outcome<usize> {
    let text = fs::read(mix).map_err(|error| format!("error: {} can't be read: {error}", mix.display()))?;
    let failed = |error: std::io::Error| format!("error: {} can't be run: {error}", program.display());
    let mut child = std::process::Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let input = child.stdin.take();
    let writer = std::thread::spawn(move || input.map(|mut input| input.write_all(&text)));
    let printed = child.wait_with_output().map_err(failed)?;
    match writer.join() {
        Ok(Some(Ok(()))) => Ok(printed.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count()),
        _ => Err(format!("error: {} doesn't read its input", program.display()).into()),
    }
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}
