//! `matrix-events validate`: validates events and prints every violation.

mod document;
mod groups;
mod input;
mod parallel;
mod report;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::ValueEnum;
use matrix_events::schema::Version;
use matrix_events::validate::{self, Validator};

/// The help text below the options.
const MORE_HELP: &str = "\
The input is one event, a list of events, a response of /sync, or one event per line (NDJSON). The position of an event in
a /sync response determines its form. Option --form determines the form of all other events.

Exit code 1: an event has a violation, or the input cannot be read. Exit code 2: wrong usage.

Examples:
  matrix-events validate event.json
  matrix-events validate --level strict --form sync timeline.ndjson
  curl … /sync | matrix-events validate - --format json";

/// Validate events against the specification, and print every violation with its location, grouped and counted.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// The file; `-` for the standard input.
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// The level: `schema` checks the schemas, `strict` adds the prose, `lint` adds recommendations.
    #[arg(long, value_enum, default_value = "schema")]
    level: Level,
    /// The form of the events: `sync` has no `room_id`, `stripped` is stripped state, `content-only` has `type` and `content` only.
    #[arg(long, value_enum, default_value = "full")]
    form: Form,
    /// The release of the specification that the events are for: --level lint reports what later releases add.
    #[arg(long, value_name = "VERSION")]
    spec_version: Option<Version>,
    /// The output format: text for people, or JSON for programs.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The number of threads that validate lines; the default is the number of cores.
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
    ContentOnly,
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
            Form::ContentOnly => validate::Form::ContentOnly,
        };
        let validator = Validator::new().level(level).form(form);
        self.spec_version.map_or(validator, |version| validator.version(version))
    }

    fn threads(&self) -> usize {
        self.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

/// Validates the input and prints a report. The exit code is 1 if there is a violation.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let start = Instant::now();
    let groups = parallel::run(&arguments.input, arguments.validator(), arguments.threads())?;
    let text = match arguments.format {
        Format::Text => report::text(&groups, start.elapsed(), std::io::stdout().is_terminal()),
        Format::Json => report::json(&groups),
    };
    crate::print(&text)?;
    Ok(ExitCode::from(u8::from(groups.violations() > 0)))
}
