//! The program `matrix-events`: commands for files of Matrix events.

mod validate;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Process Matrix events with the schemas of the Matrix specification.
#[derive(Parser)]
#[command(name = "matrix-events", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Validate(validate::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::try_parse() {
        Ok(Arguments { command: Command::Validate(arguments) }) => validate::run(&arguments),
        Err(usage) if usage.use_stderr() => {
            print_error(&usage.render().to_string());
            return ExitCode::from(2);
        }
        Err(help) => print(&help.render().to_string()).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|message| {
        print_error(&format!("error: {message}\n"));
        ExitCode::FAILURE
    })
}

/// Prints text to the standard output. A reader that closes the pipe early, such as `head`, is not an error.
fn print(text: &str) -> Result<(), String> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!(
            "failed to write to the standard output: {error}\n  = help: check the free space on the target of the output"
        )),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints text to the standard error output. If this fails, the exit code still reports the error.
fn print_error(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
