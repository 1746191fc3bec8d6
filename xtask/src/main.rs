//! The commands of the workspace. They read and write files, and call git and Cargo.

mod ci;
mod diff;
mod e2e;
mod feature_sets;
mod features;
mod git;
mod import;
mod page;
mod proposals;
mod regen;
mod schemas;
#[cfg(test)]
mod scratch;
mod workspace;
mod write;

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anyhow::{anyhow, Context, Result};
use clap::{Parser, Subcommand};
use matrix_events_codegen::Diagnostics;

/// Run a command of the matrix-events workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

// The documentation of the arguments is the help text.
#[derive(Subcommand)]
enum Command {
    Regen(regen::Arguments),
    Import(import::Arguments),
    Diff(diff::Arguments),
    Ci(ci::Arguments),
    E2e(e2e::Arguments),
    Page(page::Arguments),
    Schemas(schemas::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::try_parse() {
        Ok(Arguments { command }) => match command {
            Command::Regen(arguments) => regen::run(&arguments),
            Command::Import(arguments) => import::run(&arguments),
            Command::Diff(arguments) => diff::run(&arguments),
            Command::Ci(arguments) => ci::run(&arguments),
            Command::E2e(arguments) => e2e::run(&arguments),
            Command::Page(arguments) => page::run(&arguments),
            Command::Schemas(arguments) => schemas::run(&arguments),
        },
        Err(usage) if usage.use_stderr() => {
            print_error(usage.render());
            return ExitCode::from(2);
        }
        Err(help) => print(help.render()),
    };
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    match error.downcast_ref::<Diagnostics>() {
        // The context of a list of errors follows the list.
        Some(list) => print_error(format_args!("{list}\n\nerror: {error}\n")),
        None => print_error(format_args!("error: {error:#}\n")),
    }
    ExitCode::FAILURE
}

/// Prints text to the standard output. A reader that closes the pipe early, such as `head`, is not an error.
fn print(text: impl Display) -> Result<()> {
    let mut output = io::stdout().lock();
    match output.write_all(text.to_string().as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("failed to write to the standard output")
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints text to the standard error output. If this fails, the exit code still reports an error.
fn print_error(text: impl Display) {
    let _ = write!(io::stderr(), "{text}");
}

/// Returns the command that was run, without `--check`.
fn unchecked_command() -> String {
    let arguments = std::env::args().skip(1).filter(|argument| argument != "--check");
    std::iter::once("cargo xtask".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// Creates an error with the expected state and advice.
fn error(message: impl Display, expected: impl Display, help: impl Display) -> anyhow::Error {
    anyhow!("{message}\n  = expected: {expected}\n  = help: {help}")
}

#[test]
fn help_of_each_command_has_examples_and_exit_codes() {
    let mut command = <Arguments as clap::CommandFactory>::command();
    command.build();
    for command in command.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        let help = command.render_long_help().to_string();
        assert!(help.contains("\nExamples:\n  cargo xtask ") && help.contains("\nExit codes:\n  0  "), "{help}");
    }
}
