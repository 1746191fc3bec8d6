//! The program `matrix-events`: commands for files of Matrix events.

mod events;
mod exit;
mod explain;
mod inspect;
mod schemas;
mod text;
mod types;
mod validate;

use std::process::ExitCode;

use clap::{Command, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use exit::{Exit, EXIT_CODES};
use text::{print, print_error, print_to_stderr};

/// The help text below the commands.
const MORE_HELP: &str = "\
Examples:
  matrix-events validate event.json
  matrix-events explain m.room.message
  matrix-events inspect event.json
  matrix-events schemas schemas
  matrix-events completions bash > /usr/share/bash-completion/completions/matrix-events
  matrix-events man validate | man -l -

The environment variable NO_COLOR disables colors.";

/// Process Matrix events with the schemas of the Matrix specification.
#[derive(Parser)]
#[command(name = "matrix-events", version, after_long_help = format!("{MORE_HELP}\n\n{EXIT_CODES}"))]
struct Arguments {
    #[command(subcommand)]
    command: Subcommands,
}

#[derive(Subcommand)]
enum Subcommands {
    Validate(validate::Arguments),
    Explain(explain::Arguments),
    Inspect(inspect::Arguments),
    Schemas(schemas::Arguments),
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the man page of the program or of a command.
    Man {
        /// The command.
        command: Option<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::try_parse() {
        Ok(arguments) => run(&arguments.command),
        Err(usage) if usage.use_stderr() => {
            print_to_stderr(&usage.render().ansi().to_string());
            return Exit::Error.into();
        }
        Err(help) => print(&help.render().ansi().to_string()).map(|()| Exit::Success),
    };
    outcome.map_or_else(
        |message| {
            print_error(&message);
            Exit::Error.into()
        },
        Into::into,
    )
}

fn run(command: &Subcommands) -> Result<Exit, String> {
    match command {
        Subcommands::Validate(arguments) => validate::run(arguments),
        Subcommands::Explain(arguments) => explain::run(arguments),
        Subcommands::Inspect(arguments) => inspect::run(arguments),
        Subcommands::Schemas(arguments) => schemas::run(arguments),
        Subcommands::Completions { shell } => print(&completions(*shell)).map(|()| Exit::Success),
        Subcommands::Man { command } => print(&man(command.as_deref())?).map(|()| Exit::Success),
    }
}

/// Returns the completions for a shell.
fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "matrix-events", &mut script);
    let script = String::from_utf8_lossy(&script);
    // In bash, clap_complete sets a label and expects another label if the name of the program has a hyphen:
    // https://github.com/clap-rs/clap/issues/6421
    script.replace("matrix__subcmd__events", "matrix__events")
}

/// Returns a man page.
fn man(name: Option<&str>) -> Result<String, String> {
    let mut program = Arguments::command();
    program.build();
    let command = match name {
        None => program,
        Some(name) => {
            let names: Vec<String> =
                program.get_subcommands().map(|command| format!("`{}`", command.get_name())).collect();
            let unknown = || format!("unknown command `{name}`\n  = help: use one of {}", names.join(", "));
            let command: &Command = program.find_subcommand(name).ok_or_else(unknown)?;
            command.clone().name(format!("matrix-events-{name}"))
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|error| format!("failed to format the page: {error}"))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
