//! `matrix-events validate`: validates events and prints violations.

mod check;
mod groups;
mod list;
mod location;
mod report;
mod run;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Instant;

use clap::ValueEnum;
use matrix_events::schema::{self, Schema, Version};
use matrix_events::tools::Checker;
use matrix_events::validate;

use crate::events::files::{self, STDIN};
use crate::events::tally::NO_EVENTS;
use crate::exit::{Exit, EXIT_CODES};
use crate::text::{print, print_error, print_to_stderr, styled, BOLD};
use crate::types;
use check::Check;
use run::{Limits, Results};

/// The help text below the options.
const MORE_HELP: &str = "\
Each input is one event, a list of events, or one event per line (NDJSON). Files that end in .ndjson or .jsonl are read by line. An
input can also be a response that carries events, a list of responses, or one response per line:

  /sync, sliding sync (MSC4186), /messages, /context, /event, /state, /members, /relations, /threads, /search, /notifications,
  /initialSync, /hierarchy, transactions for application services, transactions and responses of the federation, exports of room
  keys, and chats that Element exported as JSON

The place of an event in a response determines its kind and its form. The option --form determines the form of events alone. An
input without events is an error. Folders are searched for files that end in .json, .ndjson or .jsonl.

Examples:
  matrix-events validate event.json
  matrix-events validate --level strict --form sync timeline.ndjson
  matrix-events validate --type m.room.power_levels --list power-levels.json
  curl … /sync | matrix-events validate - --format json
  matrix-events validate --format github --max-violations 50 recorded/";

/// Validate events against the specification, and print violations in groups.
#[derive(clap::Args)]
#[command(after_long_help = format!("{MORE_HELP}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// Read these files and folders, or the standard input if it is `-`.
    #[arg(value_name = "FILE|FOLDER|-")]
    inputs: Vec<PathBuf>,
    /// Validate each value as a content of this event type, without an envelope.
    #[arg(long = "type", value_name = "EVENT TYPE")]
    content_type: Option<String>,
    /// Validate at this level.
    #[arg(long, value_enum, default_value = "schema")]
    level: Level,
    /// Expect events alone in this form; the default is `full`.
    #[arg(long, value_enum)]
    form: Option<Form>,
    /// Report additions of releases after this one; requires `--level lint`.
    #[arg(long, value_name = "VERSION", value_parser = release)]
    spec_version: Option<Version>,
    /// Print the report in this format.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Print each violation on a line, as `file:line:column pointer message`.
    #[arg(long)]
    list: bool,
    /// Stop after this number of violations.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    max_violations: Option<u64>,
    /// Print only errors. The exit code states if there are violations.
    #[arg(long, short)]
    quiet: bool,
    /// Validate on this number of threads, up to 256; the default is the number of cores.
    #[arg(long, short, value_name = "THREADS", value_parser = clap::value_parser!(u16).range(1..=256))]
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
pub(crate) enum Form {
    /// Events with all members.
    Full,
    /// Events without `room_id`, as in /sync.
    Sync,
    /// Events without `room_id`, `event_id` and `origin_server_ts`, as in invites.
    Stripped,
    /// State events in a request that creates a room, optionally without `state_key`.
    InitialState,
    /// Events without `room_id`, `event_id`, `origin_server_ts` and `sender`, such as account data.
    ContentOnly,
    /// Events without `event_id`, as servers send them to each other.
    Pdu,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for a terminal.
    Text,
    /// JSON for programs: one object, or an object on each line with --list.
    Json,
    /// SARIF 2.1.0 for code scanning, with each violation.
    Sarif,
    /// Annotations of GitHub Actions, one for each violation.
    Github,
}

impl From<Form> for validate::Form {
    fn from(form: Form) -> Self {
        match form {
            Form::Full => Self::Full,
            Form::Sync => Self::Sync,
            Form::Stripped => Self::Stripped,
            Form::InitialState => Self::InitialState,
            Form::ContentOnly => Self::ContentOnly,
            Form::Pdu => Self::Pdu,
        }
    }
}

impl Arguments {
    fn check(&self) -> Result<Check, String> {
        let level = match self.level {
            Level::Schema => validate::Level::Schema,
            Level::Strict => validate::Level::Strict,
            Level::Lint => validate::Level::Lint,
        };
        if self.spec_version.is_some() && level < validate::Level::Lint {
            let help = "add `--level lint`, which reports additions of later releases";
            return Err(format!("`--spec-version` has no effect at this level\n  = help: {help}"));
        }
        let mut checker = Checker::new(level);
        if let Some(version) = self.spec_version {
            checker = checker.version(version);
        }
        if let Some(form) = self.form {
            checker = checker.form(form.into());
        }
        if let Some(event_type) = &self.content_type {
            checker = checker.of_contents(content_schema(event_type)?);
        }
        Ok(Check { checker, list: self.list_format() })
    }

    /// Returns the format of the list of violations, or `None` if the report has groups.
    fn list_format(&self) -> Option<list::Format> {
        match self.format {
            _ if self.quiet => None,
            Format::Text => self.list.then_some(list::Format::Text),
            Format::Json => self.list.then_some(list::Format::Json),
            Format::Sarif => Some(list::Format::Sarif),
            Format::Github => Some(list::Format::Github),
        }
    }

    fn limits(&self) -> Limits {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Limits { threads: self.jobs.map_or_else(cores, usize::from), violations: self.max_violations }
    }

    fn inputs(&self) -> Result<Vec<PathBuf>, String> {
        inputs(&self.inputs)
    }
}

/// Returns the inputs of a command. The default is the standard input, unless it is a terminal.
pub(crate) fn inputs(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    match arguments {
        [] if std::io::stdin().is_terminal() => {
            Err("expected a file, a folder or `-`\n  = help: pass the path of a file with events".to_owned())
        }
        [] => Ok(vec![STDIN.into()]),
        arguments => Ok(arguments.to_vec()),
    }
}

/// Parses a release of the specification that is not newer than the release of the schemas.
fn release(text: &str) -> Result<Version, String> {
    let last = schema::release().map_or(0, |release| release.minor);
    let known: Vec<Version> = (1..=last).map(|minor| Version::new(1, minor)).collect();
    let found = text.parse().ok().filter(|version| known.is_empty() || known.contains(version));
    found.ok_or_else(|| {
        let known = known.iter().map(Version::to_string).collect::<Vec<_>>().join(", ");
        format!("expected a release of the specification: {known}")
    })
}

fn content_schema(event_type: &str) -> Result<Schema, String> {
    types::find(event_type).map(|event| event.content_schema())
}

/// Validates the inputs and prints a report.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, String> {
    let start = Instant::now();
    let check = arguments.check()?;
    let (files, folder_errors) = files::expand(&arguments.inputs()?);
    let mut results = run::run(&files, check, &arguments.limits())?;
    results.errors.splice(0..0, folder_errors);
    let Results { groups, errors, .. } = &results;
    // A violation without an event is a syntax error.
    if errors.is_empty() && groups.events == 0 {
        results.errors.push(NO_EVENTS.to_owned());
    }
    print_results(arguments, check, &results, start)?;
    Ok(match (results.errors.is_empty(), results.groups.violations()) {
        (false, _) => Exit::Error,
        (true, 0) => Exit::Success,
        (true, _) => Exit::Violations,
    })
}

fn print_results(arguments: &Arguments, check: Check, results: &Results, start: Instant) -> Result<(), String> {
    let Results { groups, errors, notes } = results;
    let summary = || report::summary(groups, start.elapsed(), arguments.max_violations);
    let report = match (arguments.format, check.list) {
        _ if arguments.quiet => String::new(),
        (Format::Json, None) => report::json(groups, notes, errors),
        (Format::Sarif, _) => {
            let start = if groups.violations() == 0 { list::SARIF_START } else { "" };
            format!("{start}{}", list::sarif_end(errors))
        }
        (Format::Text, None) => {
            let text = report::text(groups);
            let blank = if text.is_empty() { "" } else { "\n" };
            let has_summary = groups.events > 0 || errors.is_empty();
            format!("{text}{blank}{}", if has_summary { summary() } else { String::new() })
        }
        _ => String::new(),
    };
    print(&report)?;
    if !arguments.quiet {
        notes.iter().for_each(|note| print_to_stderr(&format!("{} {note}\n", styled(BOLD, "note:"))));
        if check.list == Some(list::Format::Text) {
            print_to_stderr(&summary());
        }
    }
    errors.iter().for_each(|error| print_error(error));
    Ok(())
}
