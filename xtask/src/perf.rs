//! `cargo xtask perf`: what the main paths cost in instructions, which is the same on a busy machine as on a quiet one.

mod record;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use record::Record;
use serde_json::json;

use crate::bench::corpus;
use crate::{terminal, tree, Outcome};

/// Count the instructions of reading, writing, validating and generating, under valgrind.
///
/// Without an option they are printed. The record is bench/instructions.json. It holds for one compiler: with another one,
/// or without valgrind, nothing is compared, and the command says so. Exit code 1: with --compare a path costs too much.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write the record.
    #[arg(long, conflicts_with = "compare")]
    record: bool,
    /// Fail if a path costs over 5 % more than on record.
    #[arg(long)]
    compare: bool,
}

/// How many events of the mix are gone through: enough for each kind to come up, and a matter of a second under valgrind.
const MIX: usize = 500;

/// The paths that events go.
const PATHS: [&str; 5] = ["read", "read-by-serde", "write", "is-valid", "validate"];

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        terminal::line("skipped: valgrind is not installed")?;
        return Ok(());
    }
    let compiler = compiler()?;
    let path = tree::workspace().join("bench/instructions.json");
    let before = if arguments.compare { Some(Record::read(&path)?) } else { None };
    if let Some(before) = before.as_ref().filter(|before| before.compiler != compiler) {
        terminal::line(format_args!("skipped: the record is of {}, and this is {compiler}", before.compiler))?;
        return Ok(());
    }
    let now = Record { compiler, paths: count()? };
    terminal::print(&now)?;
    if arguments.record {
        return now.write(&path);
    }
    match before {
        Some(before) => now.compare(&before),
        None => Ok(()),
    }
}

/// The release of the compiler, and what it compiles for.
fn compiler() -> Outcome<String> {
    let output =
        Command::new("rustc").arg("-vV").output().map_err(|error| format!("error: rustc can't be run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().to_owned();
    Ok(format!("rustc {} for {}", value("release: "), value("host: ")))
}

fn count() -> Outcome<Vec<(String, u64)>> {
    let program = build()?;
    let spec = tree::workspace().join("spec");
    // Beside the program: the folder is nobody else's.
    let folder = program.with_file_name("perf-corpus");
    let corpus = corpus::write(&folder, &spec, "our own")?;
    let mix = folder.join("part.jsonl");
    first_lines(&corpus.mix, &mix, MIX)?;
    let mut paths = Vec::new();
    for path in PATHS {
        for (name, corpus) in [("mix", &mix), ("examples", &corpus.examples)] {
            paths.push((format!("{path} {name}"), instructions(&program, path, corpus)?));
        }
    }
    let tree = folder.join("tree.json");
    one_file(&spec, &tree)?;
    paths.push(("regen".to_owned(), instructions(&program, "regen", &tree)?));
    Ok(paths)
}

/// Builds the program, and says where it is. Flags of one's own would count as a loss.
fn build() -> Outcome<PathBuf> {
    let workspace = tree::workspace();
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--release", "--locked", "--package", "perf"])
        .current_dir(&workspace)
        .env("RUSTFLAGS", "")
        .status()
        .map_err(|error| format!("error: cargo can't be run: {error}"))?;
    if !status.success() {
        return Err("error: the program that is measured doesn't build".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(workspace.join("target"), PathBuf::from);
    Ok(workspace.join(target).join("release/perf"))
}

/// Puts a spec tree into one file. The program reads no folders: it would need this crate for that, which takes longer to
/// build than all that is measured.
fn one_file(spec: &Path, to: &Path) -> Outcome<()> {
    let tree = tree::read(spec, None)?;
    let settings = tree::settings_of(spec)?;
    let files: BTreeMap<&str, _> =
        tree.files.iter().map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes))).collect();
    let release = tree.release.map(|release| release.to_string());
    let text = json!({ "release": release, "config": settings.config.text, "overrides": settings.overrides.text, "files": files }).to_string();
    Ok(fs::write(to, text).map_err(|error| format!("error: {} can't be written: {error}", to.display()))?)
}

fn first_lines(from: &Path, to: &Path, count: usize) -> Outcome<()> {
    let text = fs::read_to_string(from).map_err(|error| format!("error: {} can't be read: {error}", from.display()))?;
    let part: String = text.split_inclusive('\n').take(count).collect();
    Ok(fs::write(to, part).map_err(|error| format!("error: {} can't be written: {error}", to.display()))?)
}

/// What a path costs: its run, without what it takes to get ready for it.
fn instructions(program: &Path, path: &str, input: &Path) -> Outcome<u64> {
    let run = |whether: &str| -> Outcome<u64> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .arg(path)
            .arg(input)
            .arg(whether)
            .output()
            .map_err(|error| format!("error: valgrind can't be run: {error}"))?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let counted = collected(&text).filter(|_| output.status.success());
        Ok(counted.ok_or_else(|| format!("error: `perf {path}` fails under valgrind\n{text}"))?)
    };
    Ok(run("go")?.saturating_sub(run("stay")?))
}

/// What callgrind says that it has counted.
fn collected(text: &str) -> Option<u64> {
    let (_, count) = text.lines().find_map(|line| line.split_once("Collected : "))?;
    count.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_callgrind_has_counted_is_read() {
        let text = "==12== \n==12== Events    : Ir\n==12== Collected : 1234567\n==12== \n";
        assert_eq!(collected(text), Some(1_234_567));
        assert_eq!(collected("==12== valgrind: cannot execute"), None);
    }
}
