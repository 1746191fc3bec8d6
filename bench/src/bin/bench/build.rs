//! Build times of a program that reads any timeline event: clean builds, and builds after a change.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{ensure, Context, Result};
use bench::corpus::Corpus;
use fs_err as fs;
use serde_json::{json, Value};

use super::{cargo, machine, output};

/// The number of builds of each program.
const RUNS: usize = 3;

/// The commands that build a program, by the names of their results.
const KINDS: [(&str, &[&str]); 3] =
    [("release", &["build", "--release"]), ("debug", &["build"]), ("check", &["check"])];

/// A program. All programs have the same text, except for the crates.
struct Program {
    name: &'static str,
    /// `true` for another set of features. Only its release builds are measured.
    is_variation: bool,
    /// The dependencies in addition to `serde_json`, as lines of a manifest; `{path}` is our crate.
    dependencies: &'static str,
    /// The import of the type of an event.
    import: &'static str,
    /// The expressions for the type and the sender of an event.
    parts: &'static str,
}

const PROGRAMS: [Program; 5] = [
    Program {
        name: "serde_json alone",
        is_variation: false,
        dependencies: "serde = { version = \"1\", default-features = false, features = [\"std\"] }",
        import: "use serde_json::Value as Event;",
        parts: "event[\"type\"], event[\"sender\"]",
    },
    Program {
        name: "matrix-events",
        is_variation: false,
        dependencies: "matrix-events = { path = \"{path}\" }",
        import: "use matrix_events::AnyTimelineEvent as Event;",
        parts: "event.event_type(), event.sender().unwrap_or_default()",
    },
    Program {
        name: "matrix-events without default features",
        is_variation: true,
        dependencies: "matrix-events = { path = \"{path}\", default-features = false }",
        import: "use matrix_events::AnyTimelineEvent as Event;",
        parts: "event.event_type(), event.sender().unwrap_or_default()",
    },
    Program {
        name: "matrix-events with `responses`",
        is_variation: true,
        dependencies: "matrix-events = { path = \"{path}\", features = [\"responses\"] }",
        import: "use matrix_events::AnyTimelineEvent as Event;",
        parts: "event.event_type(), event.sender().unwrap_or_default()",
    },
    Program {
        name: "ruma-events",
        is_variation: false,
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

/// Builds the programs alternately.
pub(super) fn measure(bench: &Path, corpus: &Corpus) -> Result<Value> {
    output(&mut cargo(bench, &["fetch", "--locked"]))?;
    let temporary = tempfile::tempdir()?;
    let folder = temporary.path();
    let mut times = PROGRAMS.map(|_| KINDS.map(|_| (Vec::new(), Vec::new())));
    for program in &PROGRAMS {
        prepare(program, bench, folder)?;
    }
    for run in 0..RUNS {
        for (program, times) in PROGRAMS.iter().zip(&mut times) {
            for ((kind, command), (clean, again)) in KINDS.iter().zip(times) {
                if program.is_variation && *kind != "release" {
                    continue;
                }
                eprintln!("building {} ({kind}), {} of {RUNS}", program.name, run + 1);
                let target = folder.join(program.name).join("target").join(kind);
                if target.exists() {
                    fs::remove_dir_all(&target)?;
                }
                clean.push(build(program, folder, command, &target, 2 * run)?);
                again.push(build(program, folder, command, &target, 2 * run + 1)?);
            }
        }
    }
    let mut rows = Vec::new();
    for (program, times) in PROGRAMS.iter().zip(times) {
        let (binary, bytes) = binary(program, folder)?;
        let times = KINDS.iter().zip(times).map(|((kind, _), (clean, again))| {
            ((*kind).to_owned(), json!({"clean": median(clean), "again": median(again)}))
        });
        rows.push(json!({
            "name": program.name, "times": times.collect::<serde_json::Map<_, _>>(), "crates": crates(program, folder)?,
            "binary": bytes, "events": try_out(&binary, &corpus.mix)?,
        }));
    }
    Ok(json!({"runs": RUNS, "programs": rows, "machine": machine()?}))
}

/// Writes a program with the versions of the lock file of bench/.
fn prepare(program: &Program, bench: &Path, folder: &Path) -> Result<()> {
    let folder = folder.join(program.name);
    let path = bench.with_file_name("generated").display().to_string();
    let dependencies =
        program.dependencies.replace("{path}", &path).replace("{version}", &super::version(bench, "ruma-events"));
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), MANIFEST.replace("{dependencies}", &dependencies))?;
    fs::copy(bench.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Changes the constant of the program and builds it by a command of Cargo. Returns the seconds.
fn build(program: &Program, folder: &Path, command: &[&str], target: &Path, edition: usize) -> Result<f64> {
    let folder = folder.join(program.name);
    let main = folder.join("src/main.rs");
    let text = MAIN
        .replace("{import}", program.import)
        .replace("{parts}", program.parts)
        .replace("{edition}", &edition.to_string());
    fs::write(&main, text)?;
    let mut command = cargo(&folder, &[command, &["--offline", "--quiet"]].concat());
    let start = Instant::now();
    output(command.env("CARGO_TARGET_DIR", target))?;
    Ok(start.elapsed().as_secs_f64())
}

/// Returns the number of crates that the program depends on.
fn crates(program: &Program, folder: &Path) -> Result<usize> {
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

fn binary(program: &Program, folder: &Path) -> Result<(PathBuf, u64)> {
    let name = format!("program{}", std::env::consts::EXE_SUFFIX);
    let path = folder.join(program.name).join("target/release/release").join(name);
    let bytes = fs::metadata(&path)?.len();
    Ok((path, bytes))
}

/// Returns the number of events of the mix that the program reads, which shows that the program works.
fn try_out(program: &Path, mix: &Path) -> Result<usize> {
    let text = fs::read(mix)?;
    let failed = || format!("failed to run {}", program.display());
    let mut child = std::process::Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(failed)?;
    let input = child.stdin.take();
    let writer = std::thread::spawn(move || input.map(|mut input| input.write_all(&text)));
    let printed = child.wait_with_output().with_context(failed)?;
    ensure!(matches!(writer.join(), Ok(Some(Ok(())))), "{} does not read its input", program.display());
    Ok(printed.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count())
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}
