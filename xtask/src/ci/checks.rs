//! The checks of the project.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use matrix_events_codegen::fs::Tree;

use super::Check;
use crate::feature_sets;

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

/// Returns the checks that build in the target folder of the workspace.
///
/// # Errors
///
/// Returns an error if Cargo fails to list the features of the crate.
pub(super) fn of_workspace(workspace: &Path) -> Result<Vec<Check>> {
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
    Ok(vec![
        Check::new("format", "cargo fmt --all --check"),
        // Checks the crates without features as well, as most programs use them.
        Check::new(
            "lints",
            "cargo clippy --workspace --all-targets --all-features -- -D warnings \
             && cargo clippy --package matrix-events-runtime --package matrix-events --all-targets -- -D warnings",
        ),
        Check::new(
            "generated files",
            "cargo xtask regen --check && cargo xtask regen --extend examples/own-events --check",
        ),
        Check::new("language", "cargo test --quiet --workspace --test language"),
        // The test of the stack requires optimized code.
        Check::new(
            "tests",
            "cargo test --workspace && cargo test --release --package matrix-events --test small_stack",
        ),
        Check::new("32-bit", format!("cargo test --workspace --target {TARGET_32_BIT}")).unless(no_32_bit),
        // `cargo test --workspace` enables no feature of the crates.
        Check::new("features", "cargo test --package matrix-events-runtime --package matrix-events --all-features"),
        Check::new("features of serde_json", WITH_FEATURES_OF_SERDE_JSON),
        Check::new("sets of features", feature_sets),
        Check::new("documentation", "RUSTDOCFLAGS=-Dwarnings cargo doc --workspace --all-features --no-deps --quiet"),
        Check::new("dependencies", "cargo deny --all-features check licenses bans sources")
            .unless(without("cargo deny --version", "cargo-deny (`cargo install cargo-deny --locked`)")),
        Check::new(
            "packages",
            "cargo package --package matrix-events-runtime --package matrix-events --package matrix-events-codegen \
             --package matrix-events-cli --no-verify --allow-dirty --quiet",
        ),
        Check::new("schemas", "cargo xtask schemas"),
        Check::new("conformance", ignored("conformance")).unless(no_releases.clone()),
        Check::new("mutation", [ignored("mutation"), ignored("structural_edits")].join(" && "))
            .unless(no_releases.clone()),
        Check::new("settings", ignored("settings --test settings_mutation")),
        Check::new("upgrade", ignored("upgrade")).unless(no_releases),
        Check::new("facts", format!("python3 '{}' spec '{}/data'", facts.display(), latest.display())).unless(no_facts),
    ])
}

/// Returns the checks that build in other target folders, so that they can run at the same time.
pub(super) fn of_other_workspaces() -> Vec<Check> {
    vec![
        Check::new("oracle", "RUSTFLAGS= cargo test --locked --manifest-path bench/Cargo.toml --package ruma_oracle"),
        Check::new(
            "names of Ruma",
            "RUSTFLAGS= cargo run --locked --manifest-path bench/Cargo.toml --package ruma_names -- --check",
        ),
        Check::new(
            "instructions",
            "RUSTFLAGS= cargo run --release --locked --manifest-path bench/Cargo.toml --no-default-features \
             --bin instructions -- --compare",
        )
        .unless(without("valgrind --version", "valgrind")),
        Check::new("page", PAGE),
        Check::new("echo bot", ECHO_BOT),
    ]
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
