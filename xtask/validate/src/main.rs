//! Holds files of Matrix events against the specification.
//!
//! A program of its own, not a part of xtask: it needs the generated crate, and `cargo xtask regen` has to work where
//! that one doesn't compile.

mod document;
mod groups;
mod input;
mod print;
#[path = "../../src/terminal.rs"]
mod terminal;
mod work;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use matrix_events::schema::Version;
use matrix_events::validate::{self, Validator};

/// What the help says below the options.
const MORE_HELP: &str = "\
The input is one event, a list of events, a response of /sync, or an event a line (NDJSON). Events of a /sync response are
taken in the form of the place they stand at; all others in the form that --form says.

Exit code 1: an event has a violation, or the input can't be read. 2: wrong usage.

Examples:
  cargo xtask validate event.json
  cargo xtask validate --level strict --form sync timeline.ndjson
  curl … /sync | cargo xtask validate - --format json";

/// Hold events against the specification: every violation with its place, grouped and counted.
#[derive(Parser)]
#[command(name = "cargo xtask validate", bin_name = "cargo xtask validate", after_long_help = MORE_HELP)]
struct Arguments {
    /// The file; `-` for the standard input.
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// How much is asked: what the schemas say, what the prose says as well, or what deserves a look, too.
    #[arg(long, value_enum, default_value = "schema")]
    level: Level,
    /// The form that events come in: full, as /sync returns them (without `room_id`), as stripped state, or bare, as they are
    /// sent.
    #[arg(long, value_enum, default_value = "full")]
    form: Form,
    /// The release that events are for: with --level lint, what came later is noted.
    #[arg(long, value_name = "VERSION")]
    spec_version: Option<Version>,
    /// What is printed: text for people, or JSON for tools.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// How many threads look at lines; as many as there are cores, unless told.
    #[arg(long, value_name = "THREADS", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Level {
    Schema,
    Strict,
    Lint,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Full,
    Sync,
    Stripped,
    Bare,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    fn validator(&self) -> Validator {
        let level = match self.level {
            Level::Schema => validate::Level::Schema,
            Level::Strict => validate::Level::Strict,
            Level::Lint => validate::Level::Lint,
        };
        let form = match self.form {
            Form::Full => validate::Form::Full,
            Form::Sync => validate::Form::Sync,
            Form::Stripped => validate::Form::Stripped,
            Form::Bare => validate::Form::Bare,
        };
        let validator = Validator::new().level(level).form(form);
        self.spec_version.map_or(validator, |version| validator.version(version))
    }

    fn threads(&self) -> usize {
        self.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(message) => {
            // If even this can't be printed, the exit code is all that is left to tell it.
            let _ = terminal::tell(message);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let start = Instant::now();
    let groups = work::run(arguments).map_err(|message| format!("error: {message}"))?;
    let text = match arguments.format {
        Format::Text => print::text(&groups, start.elapsed(), std::io::stdout().is_terminal()),
        Format::Json => print::json(&groups),
    };
    terminal::line(text.trim_end())?;
    Ok(ExitCode::from(u8::from(groups.violations() > 0)))
}
