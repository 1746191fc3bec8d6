//! The tables of `docs/ruma.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use anyhow::{bail, Context, Result};
use serde_json::Value;

use crate::crates::{Counterpart, Crates, EventType};
use crate::map::Form;

mod methods;

/// Counts of the forms in one table.
#[derive(Default)]
pub(crate) struct Counts {
    same: usize,
    name: usize,
    other: usize,
    missing: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, form: &Form) {
        match form {
            Form::Same => self.same += 1,
            Form::Name(_) => self.name += 1,
            Form::Other(_) => self.other += 1,
            Form::Missing => self.missing += 1,
        }
    }

    pub(crate) fn row(&self, name: &str) -> String {
        let Self { same, name: other_name, other, missing } = self;
        let total = same + other_name + other + missing;
        format!("| {name} | {total} | {same} | {other_name} | {other} | {missing} |\n")
    }
}

/// Errors of all names, so that one run reports all of them.
#[derive(Default)]
pub(crate) struct Errors(Vec<String>);

impl Errors {
    pub(crate) fn take<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.0.push(format!("{error:#}"))).ok()
    }
}

/// Returns the text of the file.
///
/// # Errors
///
/// Returns an error with all names that have neither a counterpart nor a reason, and all wrong entries.
pub(crate) fn write(crates: &Crates, imports: &Path, calls: &Path) -> Result<String> {
    let mut errors = Errors::default();
    let (types, type_row) = event_types(crates, &mut errors)?;
    let (contents, content_row) = contents(crates, &mut errors)?;
    let (imports, import_row) = imported(crates, imports, &mut errors)?;
    let (methods, method_row) = methods::write(crates, calls, &mut errors)?;
    errors.take(crates.check_entries());
    let errors: BTreeSet<_> = errors.0.into_iter().collect();
    if !errors.is_empty() {
        bail!("{} errors\n{}", errors.len(), errors.into_iter().collect::<Vec<_>>().join("\n"));
    }
    let head = head(&crates.ruma.version, &crates.common.version);
    let tables = [types, contents, imports, methods].join("\n");
    Ok(format!("{head}{type_row}{content_row}{import_row}{method_row}\n{tables}"))
}

fn head(version: &str, common: &str) -> String {
    format!(
        "\
<!-- Written by the program `ruma_names` in bench/. Do not edit. -->
# Names of Ruma

The tables contain the names of `ruma-events` {version} with the features of all proposals, and their counterparts in
`matrix-events` with the features `hash`, `markdown` and `unstable`. Paths omit the name of the crate. An event of a missing type
deserializes as an `UnknownEvent`, which contains the JSON. The tables of methods also contain the methods of `ruma-common`
{common} for events.

| table | names | same name | other name | other form | missing, with the reason |
|---|---|---|---|---|---|
"
    )
}

fn event_types(crates: &Crates, errors: &mut Errors) -> Result<(String, String)> {
    let mut text = "## Event types\n\nA content requires the feature in its row.\n\n\
         | event type | kinds in Ruma | content | feature | note |\n|---|---|---|---|---|\n"
        .to_owned();
    let mut counts = Counts::default();
    for (name, kinds) in crates.ruma_event_types() {
        let Some(found) = errors.take(crates.event_type(&name, &kinds)) else { continue };
        let kinds = kinds.iter().map(|kind| kind_text(kind)).collect::<Vec<_>>().join(", ");
        let (content, feature, note) = match found {
            EventType::Content { path, feature, note } => {
                // A note states that events of another kind have another form.
                *(if note.is_empty() { &mut counts.same } else { &mut counts.other }) += 1;
                (format!("`{path}`"), feature.map(|name| format!("`{name}`")).unwrap_or_default(), note)
            }
            EventType::Missing(reason) => {
                counts.add(&Form::Missing);
                ("missing".to_owned(), String::new(), reason)
            }
        };
        writeln!(text, "| `{name}` | {kinds} | {content} | {feature} | {note} |")?;
    }
    Ok((text, counts.row("event types")))
}

fn contents(crates: &Crates, errors: &mut Errors) -> Result<(String, String)> {
    let mut text =
        "## Content types\n\nEntries with a `*` contain all content types that the table does not list itself.\n\n\
         | Ruma | this crate | note |\n|---|---|---|\n"
            .to_owned();
    let mut counts = Counts::default();
    let mut rows = String::new();
    let mut patterns: BTreeMap<String, (usize, Counterpart)> = BTreeMap::new();
    for (path, item) in crates.ruma.types() {
        let is_type = ["struct", "enum"].iter().any(|kind| !item["inner"][kind].is_null());
        if !path.ends_with("EventContent") || !is_type {
            continue;
        }
        let Some(found) = errors.take(crates.name(path)) else { continue };
        counts.add(&found.form);
        match &found.pattern {
            Some(key) => patterns.entry(key.clone()).or_insert((0, found)).0 += 1,
            None => rows.push_str(&row(path, "", &found)),
        }
    }
    for (key, (count, found)) in patterns {
        text.push_str(&row(&key, &format!(" ({count} types)"), &found));
    }
    Ok((text + &rows, counts.row("content types")))
}

fn imported(crates: &Crates, file: &Path, errors: &mut Errors) -> Result<(String, String)> {
    let json: Value = serde_json::from_slice(&fs_err::read(file)?)?;
    let field = |name: &str| json[name].as_str().with_context(|| format!("expected `{name}` in imports.json"));
    let (repository, commit) = (field("repository")?, field("commit")?);
    let files = json["files"].as_object().context("expected `files` in imports.json")?;
    let mut files: Vec<_> = files.iter().map(|(path, count)| (count.as_u64().unwrap_or(0), path)).collect();
    files.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let mut text = format!(
        "## Most imported names\n\nThe {} names of `ruma::events` that most files of the Matrix Rust SDK import, counted at\n\
         [{}]({repository}/tree/{commit}).\n\n| Ruma | this crate | note |\n|---|---|---|\n",
        files.len(),
        commit.get(..12).unwrap_or(commit),
    );
    let mut counts = Counts::default();
    for (count, path) in files {
        if crates.ruma.item_at(path).is_none() {
            errors.0.push(format!("imports.json contains `{path}`, which Ruma does not have"));
            continue;
        }
        let Some(found) = errors.take(crates.name(path)) else { continue };
        counts.add(&found.form);
        text.push_str(&row(path, &format!(" ({count} files)"), &found));
    }
    Ok((text, counts.row("most imported names")))
}

fn row(path: &str, after: &str, found: &Counterpart) -> String {
    let note = &found.note;
    match &found.form {
        Form::Same if found.path == path => format!("| `{path}`{after} | the same | {note} |\n"),
        Form::Same => format!("| `{path}`{after} | `{}` | {note} |\n", found.path),
        Form::Name(paths) => format!("| `{path}`{after} | {} | {note} |\n", quoted(paths)),
        Form::Other(paths) => format!("| `{path}`{after} | other form: {} | {note} |\n", quoted(paths)),
        Form::Missing => format!("| `{path}`{after} | missing | {note} |\n"),
    }
}

pub(crate) fn quoted(paths: &[String]) -> String {
    paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
}

fn kind_text(kind: &str) -> &str {
    match kind {
        "EphemeralRoom" => "ephemeral",
        "GlobalAccountData" => "global account data",
        "MessageLike" => "message-like",
        "RoomAccountData" => "room account data",
        "State" => "state",
        "ToDevice" => "to-device",
        other => other,
    }
}
