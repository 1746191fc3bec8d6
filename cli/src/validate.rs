//! `matrix-events validate`: validates events and prints violations.

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
a /sync response determines the form of the event. The option --form determines the form of all other events.

Examples:
  matrix-events validate event.json
  matrix-events validate --level strict --form sync timeline.ndjson
  curl … /sync | matrix-events validate - --format json

Exit codes:
  0  all events are valid
  1  an event has a violation, or the input cannot be read
  2  the arguments are invalid";

/// Validate events against the specification, and print violations in groups.
#[derive(clap::Args)]
#[command(after_long_help = MORE_HELP)]
pub(crate) struct Arguments {
    /// Read this file, or the standard input if it is `-`.
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// Validate at this level.
    #[arg(long, value_enum, default_value = "schema")]
    level: Level,
    /// Expect events in this form.
    #[arg(long, value_enum, default_value = "full")]
    form: Form,
    /// Report additions of releases after this one (with --level lint).
    #[arg(long, value_name = "VERSION")]
    spec_version: Option<Version>,
    /// Print the report in this format.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Validate lines on this number of threads; the default is the number of cores.
    #[arg(long, value_name = "THREADS", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Level {
    /// Constraints of the schemas.
    Schema,
    /// Constraints of the schemas and of the prose.
    Strict,
    /// All constraints and recommendations.
    Lint,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// Events with all members.
    Full,
    /// Events without `room_id`, as in /sync.
    Sync,
    /// Events without `room_id`, `event_id` and `origin_server_ts`, as in invites.
    Stripped,
    /// Events without `room_id`, `event_id`, `origin_server_ts` and `sender`, such as account data.
    ContentOnly,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for a terminal.
    Text,
    /// JSON for programs.
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
