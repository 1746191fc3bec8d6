//! `matrix-events inspect`: reports how events deserialize.

use std::fmt::Write;
use std::path::PathBuf;

use matrix_events::inspect::{inspect, Inspection};
use matrix_events::schema;
use matrix_events::Error;
use serde_json::{json, Value};

use crate::events::event::{string_in, Event, Members};
use crate::events::files;
use crate::events::job::{Item, Job, Part, Settings};
use crate::events::position::Position;
use crate::events::read;
use crate::events::tally::{Tally, HELP, NO_EVENTS};
use crate::exit::{Exit, EXIT_CODES};
use crate::text::{print_error, printable, styled, write, BOLD, DIM, ERROR, NAME};
use crate::validate::{inputs, Form};

/// The help text below the options.
const MORE_HELP: &str = "\
The inputs are the same as for `matrix-events validate`. The place of an event in a response determines its type in Rust.

Examples:
  matrix-events inspect event.json
  matrix-events inspect --format json timeline.ndjson";

/// Report the type, the invalid and the unknown fields, and the aliases of events.
#[derive(clap::Args)]
#[command(after_long_help = format!("{MORE_HELP}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// Read these files and folders, or the standard input if it is `-`.
    #[arg(value_name = "FILE|FOLDER|-")]
    inputs: Vec<PathBuf>,
    /// Expect events alone in this form; the default is `full`.
    #[arg(long, value_enum)]
    form: Option<Form>,
    /// Print the report in this format.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Text for a terminal.
    Text,
    /// A JSON object for each event, on a line.
    Json,
}

/// The state of the command.
struct Inspector<'a> {
    arguments: &'a Arguments,
    errors: Vec<String>,
    exit: Exit,
    /// The numbers for the current file.
    tally: Tally,
    /// The number of events and of syntax errors in all files.
    events: u64,
    is_closed: bool,
}

/// Inspects the events of the inputs.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, String> {
    let (files, errors) = files::expand(&inputs(&arguments.inputs)?);
    let exit = if errors.is_empty() { Exit::Success } else { Exit::Error };
    let mut inspector = Inspector { arguments, errors, exit, tally: Tally::default(), events: 0, is_closed: false };
    let mut help = HELP;
    for path in &files {
        let read = read::read(path, false, &mut |job| inspector.job(&job));
        let tally = std::mem::take(&mut inspector.tally);
        inspector.events += tally.events;
        if inspector.is_closed {
            break;
        }
        let error = read.map_or_else(Some, |_| tally.error(&read::name(path), &mut help));
        error.into_iter().for_each(|error| inspector.fail(Exit::Error, error));
    }
    if inspector.events == 0 && inspector.errors.is_empty() && !inspector.is_closed {
        inspector.fail(Exit::Error, NO_EVENTS.to_owned());
    }
    inspector.errors.iter().for_each(|error| print_error(error));
    Ok(inspector.exit)
}

impl Inspector<'_> {
    fn fail(&mut self, exit: Exit, error: String) {
        self.errors.push(error);
        self.exit = self.exit.max(exit);
    }

    /// Prints the events of a job. Returns `false` if the output is closed.
    fn job(&mut self, job: &Job) -> bool {
        let mut text = String::new();
        let settings = Settings { are_contents: false, is_valid: &|_| false };
        if let Part::End { has_response } = job.part {
            self.tally.responses += u64::from(has_response);
        }
        job.each(settings, &mut |item| {
            match item {
                Item::Event(event) => {
                    self.tally.events += 1;
                    text.push_str(&self.event(&job.file, &event));
                }
                Item::Invalid(error, position) => {
                    self.tally.events += 1;
                    let error = format!("invalid JSON at {}: {}", at(&job.file, position), error.message);
                    self.fail(Exit::Violations, error);
                }
                Item::Unrecognized(position) => {
                    self.tally.unrecognized.get_or_insert_with(|| (0, at(&job.file, position))).0 += 1;
                }
                Item::Empty => self.tally.responses += 1,
                Item::Valid => {}
            }
            true
        });
        match write(&text) {
            Ok(is_open) => self.is_closed |= !is_open,
            Err(error) => {
                self.fail(Exit::Error, error);
                self.is_closed = true;
            }
        }
        !self.is_closed
    }

    fn event(&mut self, file: &str, event: &Event<'_>) -> String {
        let place = at(file, event.position);
        let members = event.members();
        match inspect(event.text, event.origin.place(event.text, self.arguments.form.map(Into::into))) {
            Ok(mut found) => {
                found.unknown_fields.retain(|pointer| !event.origin.adds(pointer));
                let reason = found.reason.as_ref().map(|error| positioned(error, event));
                let described =
                    Described { members: &members, found: &found, reason, pointer: &event.pointer, place: &place };
                match self.arguments.format {
                    Format::Text => described.text(),
                    Format::Json => described.json(),
                }
            }
            Err(error) => {
                self.fail(
                    Exit::Violations,
                    format!("failed to deserialize the event at {place}: {}", positioned(&error, event)),
                );
                String::new()
            }
        }
    }
}

/// Returns an error about an event with the line and the column in the file.
fn positioned(error: &Error, event: &Event<'_>) -> String {
    let place = |line, column| format!("(line {line}, column {column})");
    let message = error.to_string();
    let Position { line, column } = event.position.within(error.line(), error.column());
    match message.strip_suffix(&place(error.line() as u64, error.column() as u64)) {
        Some(message) => message.to_owned() + &place(line, column),
        None => message,
    }
}

fn at(file: &str, position: Position) -> String {
    format!("{file}:{}:{}", position.line, position.column)
}

/// An event with its inspection.
struct Described<'e> {
    members: &'e Members<'e>,
    found: &'e Inspection,
    /// The reason why the event is malformed.
    reason: Option<String>,
    pointer: &'e str,
    place: &'e str,
}

impl Described<'_> {
    fn event_type(&self) -> String {
        let event_type = string_in(self.members, "type").or_else(|| string_in(self.members, "edu_type"));
        event_type.unwrap_or_default()
    }

    /// Returns the discriminator of the content with its value, such as `msgtype` and `m.image`.
    fn discriminator(&self) -> Option<(&'static str, String)> {
        let known = schema::event(self.found.event_type?)?;
        let name = known.discriminator?;
        let content: Members<'_> = serde_json::from_str(self.members.get("content")?.get()).ok()?;
        Some((name, string_in(&content, name)?))
    }

    fn text(&self) -> String {
        let found = self.found;
        let event_type = match &*self.event_type() {
            "" => "event without a type".to_owned(),
            event_type => printable(event_type),
        };
        let pointer = if self.pointer.is_empty() { String::new() } else { format!(" in {}", printable(self.pointer)) };
        let place = styled(DIM, format_args!("at {}{pointer}", self.place));
        let mut text = format!("{} {place}\n", styled(BOLD, event_type));
        let mut row = |name: &str, value: String| {
            let _ = writeln!(text, "    {:<10} {value}", format!("{name}:"));
        };
        row("type", styled(NAME, format_args!("{}::{}", found.enum_name, found.variant)));
        if let Some((name, value)) = self.discriminator() {
            row("variant", format!("{name} {}", printable(&value)));
        }
        if found.is_redacted {
            row("redacted", "yes".to_owned());
        }
        if let Some(reason) = &self.reason {
            row("malformed", styled(ERROR, reason));
        }
        if let Some(known) = found.event_type.filter(|known| *known != self.event_type()) {
            row("alias", format!("{} of {known}", printable(&self.event_type())));
        }
        for alias in &found.aliases {
            row("alias", format!("{} of {}", printable(&alias.pointer), alias.name));
        }
        for field in &found.invalid_fields {
            row("invalid", field.to_string());
        }
        for field in &found.unknown_fields {
            row("unknown", printable(field));
        }
        text
    }

    fn json(&self) -> String {
        let found = self.found;
        let mut json = json!({
            "at": self.place, "pointer": self.pointer, "event_type": self.event_type(),
            "discriminator": self.discriminator().map(|(name, value)| json!({name: value})),
        });
        if let (Some(json), Ok(Value::Object(found))) = (json.as_object_mut(), serde_json::to_value(found)) {
            json.extend(found);
            // The position of the reason is that in the file.
            json.insert("reason".to_owned(), json!(self.reason));
        }
        format!("{json}\n")
    }
}
