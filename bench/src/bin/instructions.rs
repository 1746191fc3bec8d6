//! Counts the instructions of the main paths under valgrind, and the LLVM code of a type. The counts of two runs differ by less than
//! 0.1 %, also on a busy machine.
//!
//! In `bench/`: `cargo run --release --no-default-features --bin instructions -- [--record|--compare]`
//!
//! Prints the counts. `--record` writes the counts to `instructions.json`. `--compare` fails if a count is over 3 % higher than
//! recorded. The exit code is 77 if valgrind is not installed, or if the record is of another compiler.

use std::collections::BTreeMap;
use std::env;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{bail, Context, Result};
use bench::corpus::Corpus;
use bench::llvm_lines::lines_per_type;
use bench::{repository, Events};
use fs_err as fs;
use matrix_events::validate::{Level, Validator};
use matrix_events::AnyTimelineEvent;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, Settings};
use serde_json::{json, Value};

/// The tolerated increase in percent, which a different layout of the code may cause.
const TOLERATED: f64 = 3.0;

/// The number of events of the mix. They contain every type, and take about a second under valgrind.
const MIX: usize = 500;

/// The paths that are counted with events.
const PATHS: [&str; 9] = [
    "read",
    "read-by-serde",
    "write",
    "write-by-serde",
    "is-valid",
    "validate",
    "validate-strict",
    "validate-lint",
    "read-validated",
];

/// The number of instructions of each path, and the number of lines.
type Counts = BTreeMap<String, u64>;

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["run", path, input, whether] => run(path, input, *whether == "go").map(|()| ExitCode::SUCCESS),
        [] | ["--record"] | ["--compare"] => measure(arguments.first().copied()),
        _ => bail!("usage: instructions [--record|--compare]"),
    }
}

fn measure(option: Option<&str>) -> Result<ExitCode> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("skipped: valgrind is not installed");
        return Ok(ExitCode::from(77));
    }
    let path = repository("bench/instructions.json");
    let compiler = compiler()?;
    let mut recorded = Counts::new();
    if option == Some("--compare") {
        let record: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
        if record["compiler"] != *compiler {
            println!("skipped: the record is of {}, and this is {compiler}", record["compiler"]);
            return Ok(ExitCode::from(77));
        }
        recorded = serde_json::from_value(record["instructions"].clone()).context("failed to read the record")?;
    }
    let counts = count()?;
    println!("instructions and lines, by {compiler}");
    counts.iter().for_each(|(path, count)| println!("{count:>14}  {path}"));
    match option {
        Some("--record") => {
            fs::write(&path, format!("{:#}\n", json!({"compiler": compiler, "instructions": counts})))?;
        }
        Some(_) => compare(&recorded, &counts)?,
        None => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the release of the compiler, and its target.
fn compiler() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("failed to run rustc")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().to_owned();
    Ok(format!("rustc {} for {}", value("release: "), value("host: ")))
}

/// Counts every path.
fn count() -> Result<Counts> {
    let folder = tempfile::tempdir()?;
    let corpus = Corpus::write_ours(folder.path())?;
    let mix = folder.path().join("part.jsonl");
    let text = fs::read_to_string(&corpus.mix)?;
    fs::write(&mix, text.split_inclusive('\n').take(MIX).collect::<String>())?;
    let mut counts = Counts::from([
        ("LLVM lines of a type".to_owned(), lines_per_type(&repository(""))?),
        ("regen".to_owned(), instructions("regen", &repository("spec"))?),
    ]);
    for path in PATHS {
        for (name, corpus) in [("mix", &mix), ("examples", &corpus.examples)] {
            counts.insert(format!("{path} {name}"), instructions(path, corpus)?);
        }
    }
    Ok(counts)
}

/// Counts the instructions of a path, without those of its preparation.
fn instructions(path: &str, input: &Path) -> Result<u64> {
    let run = |whether: &str| -> Result<u64> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(env::current_exe()?)
            .args(["run", path])
            .arg(input)
            .arg(whether)
            .output()
            .context("failed to run valgrind")?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let collected = text.lines().find_map(|line| line.split_once("Collected : "));
        let count = collected.filter(|_| output.status.success()).and_then(|(_, count)| count.trim().parse().ok());
        count.with_context(|| format!("failed to count `{path}` under valgrind\n{text}"))
    };
    Ok(run("go")?.saturating_sub(run("stay")?))
}

/// Fails if a count is higher than recorded, or if the recorded paths differ.
fn compare(recorded: &Counts, counts: &Counts) -> Result<()> {
    let mut losses: Vec<String> = Vec::new();
    for (path, now) in counts {
        match recorded.get(path) {
            None => losses.push(format!("{path}: not recorded, now {now}")),
            Some(before) => {
                let more = (*now as f64 / *before as f64 - 1.0) * 100.0;
                let loss = format!("{path}: {before} recorded, now {now}, {more:.1} % more");
                losses.extend((more > TOLERATED).then_some(loss));
            }
        }
    }
    let gone = recorded.keys().filter(|path| !counts.contains_key(*path));
    losses.extend(gone.map(|path| format!("{path}: recorded, but no longer counted")));
    if losses.is_empty() {
        return Ok(());
    }
    let losses = losses.join("\n  ");
    bail!(
        "the counts differ from the record by over {TOLERATED} %\n  {losses}\n  = expected: the paths of instructions.json, with counts that are at most {TOLERATED} % higher\n  = help: if the increase is intended, run `cargo run --release --no-default-features --bin instructions -- --record` in bench/, and state the reason in the commit message"
    )
}

/// Runs a path, or only its preparation.
fn run(path: &str, input: &str, goes: bool) -> Result<()> {
    if path == "regen" {
        let tree = Tree::read(Path::new(input), None)?;
        let settings = Settings::read(Path::new(input))?;
        if black_box(goes) {
            black_box(generate(black_box(&tree.input(&settings)))?);
        }
        return Ok(());
    }
    let corpus = Events::read(input).map_err(anyhow::Error::msg)?;
    let events = corpus.slices();
    match path {
        "read" => each(&events, goes, |json| matrix_events::from_slice::<AnyTimelineEvent>(json).ok()),
        "read-by-serde" => each(&events, goes, |json| serde_json::from_slice::<AnyTimelineEvent>(json).ok()),
        "validate" => each(&events, goes, |json| matrix_events::validate(json)),
        "validate-strict" => each(&events, goes, |json| Validator::new().level(Level::Strict).validate(json)),
        "validate-lint" => each(&events, goes, |json| Validator::new().level(Level::Lint).validate(json)),
        "read-validated" => {
            let validator = Validator::new();
            each(&events, goes, |json| validator.deserialize::<AnyTimelineEvent>(json).ok());
        }
        "write" => each(&read_all(&events)?, goes, matrix_events::to_vec),
        "write-by-serde" => {
            let read = read_all(&events)?;
            let mut text = Vec::with_capacity(1 << 20);
            each(&read, goes, |event| {
                text.clear();
                serde_json::to_writer(&mut text, event).is_ok()
            });
        }
        "is-valid" => {
            let parsed = events.iter().map(|json| serde_json::from_slice(json)).collect::<Result<Vec<Value>, _>>();
            each(&parsed.context("a line is not JSON")?, goes, matrix_events::is_valid);
        }
        _ => bail!("there is no path `{path}`"),
    }
    Ok(())
}

fn read_all(events: &[&[u8]]) -> Result<Vec<AnyTimelineEvent>> {
    let read = events.iter().map(|json| matrix_events::from_slice(json));
    read.collect::<Result<_, _>>().context("a line is not an event")
}

fn each<I, O>(inputs: &[I], goes: bool, mut task: impl FnMut(&I) -> O) {
    for input in inputs.iter().filter(|_| black_box(goes)) {
        black_box(task(black_box(input)));
    }
}

#[test]
fn only_a_loss_over_the_tolerance_is_an_error() {
    let counts =
        |list: &[(&str, u64)]| list.iter().map(|(path, count)| ((*path).to_owned(), *count)).collect::<Counts>();
    let recorded = counts(&[("read", 1_000), ("regen", 1_000), ("write", 1_000)]);
    assert!(compare(&recorded, &counts(&[("read", 1_020), ("regen", 10), ("write", 1_000)])).is_ok());
    let error = compare(&recorded, &counts(&[("read", 1_060), ("write", 1_020), ("other", 1)])).expect_err("a loss");
    let text = error.to_string();
    assert!(text.contains("read: 1000 recorded, now 1060, 6.0 % more"), "{text}");
    assert!(text.contains("other: not recorded") && text.contains("regen: recorded, but"), "{text}");
    assert!(!text.contains("write"), "{text}");
}
