//! Writes `docs/ruma.md`: the names of Ruma's events with their counterparts in `matrix-events`.
//!
//! The names are those of the JSON that rustdoc writes for both crates, with the features of all proposals. `map.json` contains
//! the names without a match, `imports.json` the names that the Matrix Rust SDK imports most, and `calls.json` the number of calls
//! of the methods in five projects.

mod crates;
mod map;
mod methods;
mod rustdoc;
mod tables;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{bail, ensure, Result};

use crate::crates::Crates;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => false,
        ["--check"] => true,
        _ => bail!("usage: ruma_names [--check]"),
    };
    // Cargo sets the variable when it runs the program. The value at compile time may name another checkout.
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| package.join("../target"), PathBuf::from);
    // A folder of its own, because the variables of `rustdoc::write` would invalidate other builds.
    let target = target.join("ruma_names");
    rustdoc::write(&package.join("Cargo.toml"), &target)?;
    let crates = Crates::load(&target, &package.join("map.json"))?;
    let text = tables::write(&crates, &package.join("imports.json"), &package.join("calls.json"))?;
    finish(&package.join("../../docs/ruma.md"), &text, check)
}

fn finish(file: &Path, text: &str, check: bool) -> Result<()> {
    if check {
        let current = fs_err::read_to_string(file)?;
        ensure!(current == text, "docs/ruma.md is out of date\nhelp: run `cargo run -p ruma_names` in bench/");
        return Ok(());
    }
    fs_err::write(file, text)?;
    println!("wrote docs/ruma.md");
    Ok(())
}
