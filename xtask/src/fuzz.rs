//! `cargo xtask fuzz`: the targets of fuzz/, built by the compiler at hand and run for a while.

mod seeds;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{terminal, tree, Outcome};

/// Feed random input to the reader, the validators, the calls and the generator, and see that what they promise holds.
///
/// Works on a stable compiler. What is found is in fuzz/artifacts, and `<target> <file>` in a debugger goes through it again;
/// what was worth keeping of the inputs is in fuzz/corpus, and the next run begins with it. Exit code 1: something was found.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The targets; all of them where none is named.
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(TARGETS))]
    targets: Vec<String>,
    /// How long each is run.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    seconds: u32,
}

/// The targets of fuzz/.
const TARGETS: [&str; 4] = ["any_event", "validate", "sdp", "codegen"];

/// What `cargo fuzz` passes to a nightly compiler and a stable one takes as well: counters, and who compared what with what.
/// It adds a sanitizer of addresses, which there is no use for without `unsafe`.
const INSTRUMENT: [&str; 7] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// The longest input in bytes. What is found in longer ones is found in shorter ones.
const MAX_INPUT: u32 = 8192;

/// How long one input may take, in seconds.
const TIMEOUT: u32 = 20;

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let folder = tree::workspace().join("fuzz");
    seeds::write(&folder)?;
    let programs = build(&folder)?;
    let named = |target: &&str| arguments.targets.is_empty() || arguments.targets.iter().any(|name| name == target);
    let mut found = Vec::new();
    for target in TARGETS.into_iter().filter(named) {
        found.extend(fuzz(&folder, &programs.join(target), target, arguments.seconds)?);
    }
    match found.is_empty() {
        true => Ok(()),
        false => Err(found.join("\n").into()),
    }
}

/// Builds the targets, and says where they are.
fn build(folder: &Path) -> Outcome<PathBuf> {
    let version = Command::new("rustc").arg("-vV").output().map_err(|error| format!("error: no rustc: {error}"))?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(folder.join("target"), |target| {
        // The counters don't belong into what others build there.
        Path::new(&target).join("fuzz")
    });
    // With `--target` the flags are for the targets alone, and not for what only the build runs.
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--release", "--locked", "--bins", "--target", host])
        .current_dir(folder)
        .env("CARGO_ENCODED_RUSTFLAGS", INSTRUMENT.join("\x1f"))
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .map_err(|error| format!("error: cargo can't be run: {error}"))?;
    match status.success() {
        true => Ok(target.join(host).join("release")),
        false => Err(
            "error: the fuzz targets don't build\n  = help: libFuzzer is C++; it takes a compiler for it, such as g++"
                .into(),
        ),
    }
}

/// Runs a target, and says what it found.
fn fuzz(folder: &Path, program: &Path, target: &str, seconds: u32) -> Outcome<Option<String>> {
    let artifacts = folder.join("artifacts").join(target);
    fs::create_dir_all(&artifacts).map_err(|error| format!("error: {} can't be made: {error}", artifacts.display()))?;
    let output = Command::new(program)
        .arg(folder.join("corpus").join(target))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(format!("-dict={}", seeds::dictionary(folder).display()))
        .args([format!("-max_total_time={seconds}"), format!("-max_len={MAX_INPUT}"), format!("-timeout={TIMEOUT}")])
        .args(["-print_final_stats=1", "-verbosity=1", "-rss_limit_mb=4096"])
        .stdout(Stdio::null())
        .output()
        .map_err(|error| format!("error: {} can't be run: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let inputs = executed(&text).map_or("an unknown number of".to_owned(), |count| count.to_string());
    if output.status.success() {
        terminal::line(format_args!("{target}: nothing found in {inputs} inputs, within {seconds} s"))?;
        return Ok(None);
    }
    let said: Vec<&str> = text.lines().filter(|line| tells(line)).collect();
    let said = said.join("\n  ");
    Ok(Some(format!(
        "error: {target} fails after {inputs} inputs\n  {said}\n  = help: the input is in {}",
        artifacts.display()
    )))
}

/// How many inputs a target has gone through, by its own account.
fn executed(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))?;
    line.trim().parse().ok()
}

/// Whether a line says why a target failed, as opposed to how it went.
fn tells(line: &str) -> bool {
    let is_progress = line.starts_with('#') || line.starts_with("stat::") || line.starts_with("INFO:");
    !is_progress
        && ["panicked", "ERROR", "SUMMARY", "left:", "right:", "Test unit written"]
            .iter()
            .any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_targets_are_those_of_the_folder() {
        let folder = tree::workspace().join("fuzz/fuzz_targets");
        let files = fs::read_dir(folder).expect("the folder of the targets").filter_map(Result::ok);
        let mut names: Vec<String> =
            files.filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned())).collect();
        names.sort();
        let mut targets = TARGETS;
        targets.sort_unstable();
        assert_eq!(names, targets);
    }
}
