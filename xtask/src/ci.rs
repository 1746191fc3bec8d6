//! `cargo xtask ci`: runs all checks of the project.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{ensure, Result};
use matrix_events_codegen::fs::Tree;

use crate::{feature_sets, print, print_error, workspace::workspace};

/// The exit code of a command that could not check anything.
pub(crate) const SKIPPED: i32 = 77;

/// The help text below the options.
const MORE_HELP: &str = "\
Prints a summary with the duration of each check. Skips a check and states the reason if a program or folder that the check
requires is missing. Reads releases of the specification from ../shared/matrix-spec and ../shared/matrix-spec-older, or from the
folders that the environment variable MATRIX_SPEC_RELEASES lists like PATH.

Examples:
  cargo xtask ci
  cargo xtask ci format lints

Exit codes:
  0  no check failed
  1  a check failed
  2  the arguments are invalid";

/// Run the checks of the project.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// Run only the checks whose names begin with one of these texts.
    #[arg(value_name = "CHECK")]
    only: Vec<String>,
}

/// The name of a check, its shell command, and the reason to skip the check.
type Check = (&'static str, String, Option<String>);

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = workspace()?;
    let (mut summary, mut failed) = (String::new(), Vec::new());
    let is_selected =
        |name: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| name.starts_with(only));
    for (name, command, skip) in checks(&workspace)?.into_iter().filter(|(name, ..)| is_selected(name)) {
        if let Some(reason) = skip {
            summary.push_str(&format!("skipped         {name}: {reason}\n"));
            continue;
        }
        print(format_args!("\n== {name}\n"))?;
        let start = Instant::now();
        let outcome = match execute(&workspace, &command) {
            0 => "ok",
            SKIPPED => "skipped",
            _ => "FAILED",
        };
        failed.extend((outcome == "FAILED").then_some(name));
        summary.push_str(&format!("{outcome:<7} {:>5} s {name}\n", start.elapsed().as_secs()));
    }
    print(format_args!("\n== summary\n{summary}"))?;
    let (count, names) = (failed.len(), failed.join(", "));
    ensure!(
        failed.is_empty(),
        "{count} checks failed: {names}\n  = help: run a check alone with `cargo xtask ci <CHECK>`"
    );
    Ok(())
}

/// Another crate can enable features of serde_json. The tests include the types of all proposals.
const WITH_FEATURES_OF_SERDE_JSON: &str =
    "cargo test --package spec-tests --features arbitrary_precision,preserve_order,unstable --test json_parsing --test hostile \
     --test round_trip --test any_event --test lenient_types --test repeated_keys --test canonical_json --test validators";

/// The tests of the bot, without and with a homeserver.
const ECHO_BOT: &str =
    "cargo test --locked --no-default-features --manifest-path examples/echo-bot/Cargo.toml && cargo xtask e2e";

/// The tests of the page, natively, as WebAssembly and in a browser.
const PAGE: &str = "cargo clippy --locked --manifest-path web/Cargo.toml --all-targets -- -D warnings \
     && cargo test --locked --manifest-path web/Cargo.toml && cargo xtask page --test";

/// The target with pointers of 32 bits.
const TARGET_32_BIT: &str = "i686-unknown-linux-gnu";

/// Returns a command that builds and runs a program for `TARGET_32_BIT`.
fn links_32_bit() -> String {
    format!(
        "folder=$(mktemp -d) && echo 'fn main() {{ assert_eq!(usize::BITS, 32) }}' > $folder/main.rs \
         && rustc --target {TARGET_32_BIT} -Clinker=${{CARGO_TARGET_I686_UNKNOWN_LINUX_GNU_LINKER:-cc}} \
         -o $folder/main $folder/main.rs && $folder/main && rm -r $folder"
    )
}

fn checks(workspace: &Path) -> Result<Vec<Check>> {
    let feature_sets = feature_sets::command(workspace)?;
    let releases = releases(workspace);
    let no_releases = missing_all(&releases);
    let latest = latest(workspace, &releases);
    let facts = workspace.join("../shared/check/facts.py");
    let no_facts = missing(&facts).or(missing(&latest)).or(without("python3 -c 'import yaml'", "Python with PyYAML"));
    // With `--workspace`, the features of the dependencies are those of the other tests.
    let ignored = |name: &str| format!("cargo test --workspace --test {name} -- --ignored --nocapture");
    let no_32_bit = without(
        &links_32_bit(),
        "a linker for i686 (such as `gcc-multilib`) or the target (`rustup target add i686-unknown-linux-gnu`)",
    );
    let check = |name, command: &str| (name, command.to_owned(), None);
    Ok(vec![
        check("format", "cargo fmt --all --check"),
        // Checks the crates without features as well, as most programs use them.
        check(
            "lints",
            "cargo clippy --workspace --all-targets --all-features -- -D warnings \
             && cargo clippy --package matrix-events-runtime --package matrix-events --all-targets -- -D warnings",
        ),
        check("generated files", "cargo xtask regen --check && cargo xtask regen --extend examples/own-events --check"),
        check("language", "cargo test --quiet --workspace --test language"),
        // The test of the stack requires optimized code.
        check("tests", "cargo test --workspace && cargo test --release --package matrix-events --test small_stack"),
        ("32-bit", format!("cargo test --workspace --target {TARGET_32_BIT}"), no_32_bit),
        // `cargo test --workspace` enables no feature of the crates.
        check(
            "features",
            "cargo test --package matrix-events-runtime --package matrix-events --all-features",
        ),
        check("features of serde_json", WITH_FEATURES_OF_SERDE_JSON),
        check("sets of features", &feature_sets),
        check("documentation", "RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --all-features --no-deps --quiet"),
        (
            "dependencies",
            "cargo deny --all-features check licenses bans sources".to_owned(),
            without("cargo deny --version", "cargo-deny (`cargo install cargo-deny --locked`)"),
        ),
        check(
            "packages",
            "cargo package --package matrix-events-runtime --package matrix-events --package matrix-events-codegen --package matrix-events-cli \
             --no-verify --allow-dirty --quiet",
        ),
        (
            "instructions",
            "RUSTFLAGS= cargo run --release --locked --manifest-path bench/Cargo.toml --no-default-features \
             --bin instructions -- --compare"
                .to_owned(),
            without("valgrind --version", "valgrind"),
        ),
        check("oracle", "RUSTFLAGS= cargo test --locked --manifest-path bench/Cargo.toml --package ruma_oracle"),
        check("echo bot", ECHO_BOT),
        check("page", PAGE),
        check("schemas", "cargo xtask schemas"),
        ("conformance", ignored("conformance"), no_releases.clone()),
        ("mutation", [ignored("mutation"), ignored("structural_edits")].join(" && "), no_releases.clone()),
        ("settings", ignored("settings --test settings_mutation"), None),
        ("upgrade", ignored("upgrade"), no_releases),
        ("facts", format!("python3 '{}' spec '{}/data'", facts.display(), latest.display()), no_facts),
    ])
}

/// Returns the folders of releases of the specification.
fn releases(workspace: &Path) -> Vec<PathBuf> {
    match env::var_os("MATRIX_SPEC_RELEASES") {
        Some(folders) => env::split_paths(&folders).collect(),
        None => ["../shared/matrix-spec", "../shared/matrix-spec-older"].map(|folder| workspace.join(folder)).into(),
    }
}

/// Returns the folder of the release of `spec/`.
fn latest(workspace: &Path, releases: &[PathBuf]) -> PathBuf {
    let latest = Tree::read(&workspace.join("spec"), None).ok().and_then(|tree| tree.release);
    let latest = latest.map_or("unknown".to_owned(), |release| release.to_string());
    let mut folders = releases.iter().map(|folder| folder.join(&latest));
    folders.find(|folder| folder.exists()).unwrap_or_else(|| workspace.join(latest))
}

/// Returns a reason to skip a check if no path exists.
fn missing_all(paths: &[PathBuf]) -> Option<String> {
    let first = paths.first().filter(|_| !paths.iter().any(|path| path.exists()))?;
    missing(first)
}

/// Returns a reason to skip a check if a path does not exist.
fn missing(path: &Path) -> Option<String> {
    (!path.exists()).then(|| format!("{} does not exist", path.display()))
}

/// Returns a reason to skip a check if a command fails.
fn without(command: &str, name: &str) -> Option<String> {
    let is_installed = Command::new("sh").args(["-c", command]).output().is_ok_and(|output| output.status.success());
    (!is_installed).then(|| format!("{name} is not installed"))
}

/// Runs a command of the shell, and returns its exit code.
fn execute(workspace: &Path, command: &str) -> i32 {
    match Command::new("sh").args(["-c", command]).current_dir(workspace).status() {
        Ok(status) => status.code().unwrap_or(1),
        Err(error) => {
            print_error(format_args!("failed to run sh: {error}\n"));
            1
        }
    }
}
