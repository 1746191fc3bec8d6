//! The commands of the workspace: the one place that touches disk, git and terminal.
//!
//! A library as well as a program, so that the tests read trees the way the commands do.

mod bench;
mod beside;
mod checkout;
mod conformance;
mod diff;
mod fuzz;
mod handwritten;
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
mod terminal;
pub mod tree;
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

// What each is for stands at its arguments: a description here would displace that, and the long text with it.
#[derive(Subcommand)]
enum Command {
    Regen(regen::Arguments),
    Import(import::Arguments),
    Diff(diff::Arguments),
    Conformance(conformance::Arguments),
    Rehearsal(rehearsal::Arguments),
    Robustness(robustness::Arguments),
    Bench(bench::Arguments),
    Perf(perf::Arguments),
    Fuzz(fuzz::Arguments),
    Licences(licences::Arguments),
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
    let outcome = match Arguments::try_parse() {
        Ok(arguments) => run(arguments.command),
        Err(usage) => explain(&usage),
    };
    match outcome {
        Ok(code) => code,
        Err(Failure(message)) => {
            // If even this can't be printed, the exit code is all that is left to tell it.
            let _ = terminal::tell(message);
            ExitCode::FAILURE
        }
    }
}

/// What was asked for with `--help`, or what is wrong with how it was asked.
fn explain(usage: &clap::Error) -> Outcome<ExitCode> {
    let text = usage.render().to_string();
    match usage.use_stderr() {
        true => terminal::tell(text.trim_end())?,
        false => terminal::print(text)?,
    }
    Ok(u8::try_from(usage.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from))
}

fn run(command: Command) -> Outcome<ExitCode> {
    match command {
        Command::Regen(arguments) => regen::run(&arguments).map(success),
        Command::Import(arguments) => import::run(&arguments).map(success),
        Command::Diff(arguments) => diff::run(&arguments).map(success),
        Command::Conformance(arguments) => conformance::run(&arguments).map(success),
        Command::Rehearsal(arguments) => rehearsal::run(&arguments).map(success),
        Command::Robustness(arguments) => robustness::run(&arguments).map(success),
        Command::Bench(arguments) => bench::run(&arguments).map(success),
        Command::Perf(arguments) => perf::run(&arguments).map(success),
        Command::Fuzz(arguments) => fuzz::run(&arguments).map(success),
        Command::Licences(licences::Arguments {}) => licences::run().map(success),
    }
}

fn success((): ()) -> ExitCode {
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_help_of_each_command_has_its_long_text() {
        let mut front_door = Arguments::command();
        front_door.build();
        for command in front_door.get_subcommands_mut().filter(|command| command.get_name() != "help") {
            let name = command.get_name().to_owned();
            let help = command.render_long_help().to_string();
            assert!(command.get_about().is_some_and(|about| help.starts_with(&about.to_string())), "{name}: {help}");
            assert!(help.contains("Exit code 1: "), "{name}: {help}");
        }
    }
}
