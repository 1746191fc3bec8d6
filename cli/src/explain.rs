//! `matrix-events explain`: describes event types and their fields.

use std::fmt::Write;

use matrix_events::schema::{self, Event, Field, Kind, SchemaVariant, Version};
use matrix_events::tools::{self, FieldRow};
use matrix_events::validate::Level;
use serde_json::Value;

use crate::exit::{Exit, EXIT_CODES};
use crate::text::{print, styled, BOLD, DIM, NAME};
use crate::types;

/// The help text below the options.
const MORE_HELP: &str = "\
A field is the path of its keys in the content. In the path, `*` or an index is an element of a list, and `*` is a value of a map.
The path can omit both. A variant is a value of the discriminator, such as a msgtype.

Examples:
  matrix-events explain m.room.topic
  matrix-events explain m.room.member.membership
  matrix-events explain m.room.message --variant m.image
  matrix-events explain m.room.message.info.thumbnail_info --variant m.image
  matrix-events explain m.receipt.*.m.read.*.ts
  matrix-events explain m.room.topic --json-schema
  matrix-events explain";

/// Describe an event type or a field, or list all event types.
#[derive(clap::Args)]
#[command(after_long_help = format!("{MORE_HELP}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    /// The event type, with the path of a field behind a dot. Without it, list all event types.
    #[arg(value_name = "TYPE[.FIELD]")]
    name: Option<String>,
    /// Describe this variant, such as `m.image`.
    #[arg(long, requires = "name")]
    variant: Option<String>,
    /// Describe the type of ephemeral data units with this name.
    #[arg(long)]
    edu: bool,
    /// Print the JSON Schema (2020-12) of the event, or of the field.
    #[arg(long, requires = "name")]
    json_schema: bool,
}

/// The object of a description.
struct Subject {
    event: &'static Event,
    variant: Option<&'static SchemaVariant>,
    /// The field, after the fields that contain it.
    fields: Vec<Field>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, String> {
    let text = match &arguments.name {
        None => list(),
        Some(name) => {
            let subject = Subject::find(name, arguments)?;
            match arguments.json_schema {
                true => format!("{:#}\n", subject.json_schema()),
                false => subject.describe(),
            }
        }
    };
    print(&text).map(|()| Exit::Success)
}

/// Returns a line for each event type.
fn list() -> String {
    let mut text = String::new();
    for (heading, types) in
        [("Events", schema::events().collect::<Vec<_>>()), ("Ephemeral data units (EDUs)", schema::edus().collect())]
    {
        let _ = writeln!(text, "{}", styled(BOLD, heading));
        let width = types.iter().map(|event| event.event_type.len()).max().unwrap_or_default();
        for event in types {
            let padding = " ".repeat(width - event.event_type.len());
            let _ = writeln!(text, "  {}{padding}  {}", styled(NAME, event.event_type), kinds(event));
        }
    }
    text
}

fn kinds(event: &Event) -> String {
    event.kinds.iter().map(Kind::to_string).collect::<Vec<_>>().join(", ")
}

impl Subject {
    /// Finds the event type, which is the longest known prefix of the name.
    fn find(name: &str, arguments: &Arguments) -> Result<Self, String> {
        let known = |name: &str| match arguments.edu {
            true => schema::edu(name),
            false => types::find(name).ok(),
        };
        let mut ends: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
        ends.push(name.len());
        let found = ends.into_iter().rev().find_map(|end| Some((known(name.get(..end)?)?, name.get(end + 1..))));
        let Some((event, path)) = found else {
            let unknown = types::find(name).err();
            let help = "list all event types: `matrix-events explain`";
            return Err(
                unknown.unwrap_or_else(|| format!("unknown type of ephemeral data units `{name}`\n  = help: {help}"))
            );
        };
        let variant = arguments.variant.as_deref().map(|value| variant(event, value)).transpose()?;
        let mut subject = Self { event, variant, fields: Vec::new() };
        if let Some(path) = path {
            subject.fields = tools::fields_at(subject.content(), path).ok_or_else(|| subject.unknown_field(path))?;
        }
        Ok(subject)
    }

    /// Returns the content as a field.
    fn content(&self) -> Field {
        self.variant.unwrap_or(&self.event.base).content_field()
    }

    fn unknown_field(&self, path: &str) -> String {
        let first = path.split('.').next().unwrap_or_default();
        let fields = tools::properties(&self.content());
        let similar =
            fields.iter().map(|(field, _)| field.name).min_by_key(|name| strsim::damerau_levenshtein(name, first));
        let event_type = self.event.event_type;
        let help = match similar {
            Some(name) => {
                format!("use `{event_type}.{name}`, or list the fields: `matrix-events explain {event_type}`")
            }
            None => format!("describe the event type: `matrix-events explain {event_type}`"),
        };
        let variant = match (self.event.discriminator, self.variant) {
            (Some(_), None) => "; the field of a variant requires `--variant <value>`",
            _ => "",
        };
        format!("`{event_type}` has no field `{path}`\n  = help: {help}{variant}")
    }

    fn describe(&self) -> String {
        match self.fields.last() {
            Some(field) => self.describe_field(field),
            None => self.describe_event(),
        }
    }

    fn describe_event(&self) -> String {
        let event = self.event;
        let mut text = styled(BOLD, event.event_type) + "\n";
        let annotations = self.variant.and_then(|variant| variant.json_schema().get("description").cloned());
        let description = annotations.as_ref().and_then(Value::as_str).unwrap_or(event.description());
        text.push_str(&paragraph(description, ""));
        text.push('\n');
        let mut row = |name: &str, value: String| {
            let _ = writeln!(text, "{:<10} {value}", format!("{name}:"));
        };
        row("kind", kinds(event));
        if let (Some(name), variant) = (event.discriminator, self.variant) {
            let values = event.variants.iter().map(|variant| variant.value).collect::<Vec<_>>().join(", ");
            row(
                "variants",
                variant.map_or(format!("by `{name}`: {values}"), |variant| format!("`{name}` is {}", variant.value)),
            );
        }
        let aliases = [event.aliases, event.aliases_in_use].concat();
        if !aliases.is_empty() {
            row("aliases", aliases.join(", "));
        }
        row("since", since(event.since()));
        if event.is_deprecated() {
            row("status", "deprecated".to_owned());
        }
        row("link", event.link.to_owned());
        let content = self.content();
        if tools::properties(&content).is_empty() {
            row("content", tools::type_of(&content));
        }
        text.push_str(&table("content", &content));
        text
    }

    fn describe_field(&self, field: &Field) -> String {
        let names = self.fields.iter().map(|field| if field.name.is_empty() { "*" } else { field.name });
        let path = names.collect::<Vec<_>>().join(".");
        let mut text =
            format!("{} {}\n", styled(NAME, &path), styled(DIM, format_args!("in {}", self.event.event_type)));
        text.push_str(&paragraph(field.description(), ""));
        text.push('\n');
        let mut row = |name: &str, value: String| {
            let _ = writeln!(text, "{:<10} {value}", format!("{name}:"));
        };
        row("type", tools::type_of(field));
        if !field.name.is_empty() {
            row("required", if field.is_required { "yes" } else { "no" }.to_owned());
        }
        if let Some(values) = field.values() {
            row("values", values.join(", "));
        }
        if let Some(default) = field.default() {
            row("default", default.to_owned());
        }
        row("since", since(field.since()));
        for (version, change) in field.changed() {
            row("changed", format!("{version}: {}", change.trim()));
        }
        if field.is_deprecated() {
            row("status", "deprecated".to_owned());
        }
        row("link", self.event.link.to_owned());
        text.push_str(&table("fields", field));
        text
    }

    fn json_schema(&self) -> Value {
        match (self.fields.last(), self.variant) {
            (Some(field), _) => field.json_schema(),
            (None, Some(variant)) => variant.json_schema(),
            (None, None) => self.event.schema().json_schema(),
        }
    }
}

fn variant(event: &'static Event, value: &str) -> Result<&'static SchemaVariant, String> {
    event.variant(value).ok_or_else(|| {
        let values: Vec<&str> = event.variants.iter().map(|variant| variant.value).collect();
        match values.as_slice() {
            [] => format!("`{}` has no variants\n  = help: omit `--variant`", event.event_type),
            values => {
                format!("`{}` has no variant `{value}`\n  = help: use one of {}", event.event_type, values.join(", "))
            }
        }
    })
}

fn since(version: Option<Version>) -> String {
    version.map_or("not stated".to_owned(), |version| version.to_string())
}

/// Returns a table of the fields of a content or a field. The fields of a list or a map are those of its elements.
fn table(heading: &str, of: &Field) -> String {
    let rows = tools::rows(of);
    if rows.is_empty() {
        return String::new();
    }
    let names = rows.iter().map(|row| row.field.name.len()).max().unwrap_or_default();
    let types: Vec<String> = rows.iter().map(|row| tools::type_of(&row.field)).collect();
    let width = types.iter().map(String::len).max().unwrap_or_default();
    let mut text = format!("\n{}\n", styled(BOLD, heading));
    for (FieldRow { field, level, aliases, .. }, field_type) in rows.iter().zip(types) {
        let mut remarks = vec![if field.is_required { "required" } else { "optional" }.to_owned()];
        remarks.extend(field.default().map(|default| format!("default {default}")));
        remarks.extend(field.since().map(|version| format!("since {version}")));
        remarks.extend(field.is_deprecated().then(|| "deprecated".to_owned()));
        remarks.extend((*level > Level::Schema).then(|| format!("from level {} on", level.as_str())));
        remarks.extend(aliases.iter().map(|alias| format!("alias {alias}")));
        let name = styled(NAME, format_args!("{:<names$}", field.name));
        let _ = writeln!(text, "  {name}  {field_type:<width$}  {}", remarks.join(", "));
        if !field.description().is_empty() {
            text.push_str(&paragraph(first_sentence(field.description()), "      "));
        }
    }
    text
}

/// Returns the first line of a description up to the end of its first sentence.
fn first_sentence(description: &str) -> &str {
    let line = description.lines().next().unwrap_or_default();
    line.find(". ").and_then(|end| line.get(..=end)).unwrap_or(line)
}

/// Returns a text in lines of up to 100 characters.
fn paragraph(text: &str, indent: &str) -> String {
    let mut lines = String::new();
    for paragraph in text.lines() {
        let mut line = indent.to_owned();
        for word in paragraph.split(' ') {
            if line.chars().count() + word.chars().count() > 100 && line.len() > indent.len() {
                let _ = writeln!(lines, "{}", line.trim_end());
                line = indent.to_owned();
            }
            line.push_str(word);
            line.push(' ');
        }
        let _ = writeln!(lines, "{}", line.trim_end());
    }
    lines
}
