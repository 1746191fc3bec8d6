//! The commands of the workspace: the one place that touches disk, git and terminal.
//!
//! A library as well as a program, so that the tests read trees the way the commands do.

mod bench;
mod checkout;
mod conformance;
mod diff;
mod fuzz;
mod import;
mod licences;
pub mod own;
mod perf;
mod random;
mod regen;
mod rehearsal;
mod robustness;
mod scratch;
mod staged;
pub mod tree;
mod validate;
mod write;

use std::fmt;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The commands of the matrix-events workspace. Run as `cargo xtask <command>`.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the crate's types from the specification's schemas.
    Regen(regen::Arguments),
    /// Bring the facts of a release of the specification into spec/.
    Import(import::Arguments),
    /// Tell what changed in meaning from one release of the specification to another.
    Diff(diff::Arguments),
    /// Hold the generator against whole releases: generate, compile, and round-trip their examples.
    Conformance(conformance::Arguments),
    /// Go the way from the release before the one in spec/ to that one, in a temporary folder.
    Rehearsal(rehearsal::Arguments),
    /// Make random mistakes in releases of the specification, and see that the generator finds them.
    Robustness(robustness::Arguments),
    /// Measure reading, writing and building, beside the peers.
    Bench(bench::Arguments),
    /// Count the instructions of the main paths, and compare them with what is on record.
    Perf(perf::Arguments),
    /// Feed random input to everything that reads input.
    Fuzz(fuzz::Arguments),
    /// Hold files of events against the specification.
    Validate(validate::Arguments),
    /// Check that every dependency has a licence that is on the list.
    Licences,
}

/// Why a command failed: what to tell the person who ran it. The exit code is 1; for wrong usage it is 2.
#[derive(Debug)]
pub struct Failure(String);

impl<T: Into<String>> From<T> for Failure {
    fn from(message: T) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The outcome of a command.
pub type Outcome<T> = Result<T, Failure>;

/// Runs the command that the arguments of the process name.
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Regen(arguments) => regen::run(&arguments).map(success),
        Command::Import(arguments) => import::run(&arguments).map(success),
        Command::Diff(arguments) => diff::run(&arguments).map(success),
        Command::Conformance(arguments) => conformance::run(&arguments).map(success),
        Command::Rehearsal(arguments) => rehearsal::run(&arguments).map(success),
        Command::Robustness(arguments) => robustness::run(&arguments).map(success),
        Command::Bench(arguments) => bench::run(&arguments).map(success),
        Command::Perf(arguments) => perf::run(&arguments).map(success),
        Command::Fuzz(arguments) => fuzz::run(&arguments).map(success),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Licences => licences::run().map(success),
    };
    match outcome {
        Ok(code) => code,
        Err(Failure(message)) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn success((): ()) -> ExitCode {
    ExitCode::SUCCESS
}
