//! `cargo xtask validate`: runs the program that holds events against the specification.

use std::process::{Command, ExitCode};

use crate::{tree, Outcome};

/// Hold events against the specification: every violation with its place. `--help` says more.
///
/// It is a program of its own, built with optimization, because it needs the generated crate: the other commands have to
/// work where that one doesn't compile. Exit code 1: an event has a violation, or the input can't be read.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// The file, or `-`, and the options.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "FILE|OPTIONS")]
    arguments: Vec<std::ffi::OsString>,
}

/// Runs the program, and passes on how it ended.
pub(crate) fn run(arguments: &Arguments) -> Outcome<ExitCode> {
    let manifest = tree::workspace().join("xtask/validate/Cargo.toml");
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--release", "--manifest-path"]).arg(manifest).arg("--").args(&arguments.arguments);
    let status = command.status().map_err(|error| format!("error: cargo can't be run: {error}"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
