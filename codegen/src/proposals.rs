//! The folders with schemas of our own: a folder for each proposal (MSC), and a folder for events that only the prose of the
//! specification describes. A folder has `schema` and `examples`, and settings like those of an extension.
//!
//! The types of a proposal require a feature of the crate. The types of the prose do not.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{nearest, one_of, Diagnostic, Diagnostics, Origin};
use crate::events::EventType;
use crate::ir::{Kind, Proposal};
use crate::model::Model;
use crate::node::Node;
use crate::schema::reader::{text, unexpected, KeywordReader};
use crate::settings::{location_of, Change, Correction, KindsEntry};
use crate::source::{Files, Sources};

/// The folder of the proposals. Each proposal has a folder in it, such as `proposals/msc3381`.
pub const PROPOSALS: &str = "proposals";

/// The folder with the schemas of events that only the prose of the specification describes.
pub const PROSE: &str = "prose";

/// The name of the file with the facts about a proposal, such as its number and title.
const ABOUT: &str = "proposal.yaml";

/// The states of a proposal.
const STATES: [&str; 5] = ["open", "fcp", "merged", "closed", "released"];

/// Returns the folder of our own that a file is in, such as `proposals/msc3381`.
pub(crate) fn folder_of(file: &str) -> Option<&str> {
    let (first, rest) = file.split_once('/')?;
    match first {
        PROSE => Some(PROSE),
        PROPOSALS => {
            let (name, _) = rest.split_once('/')?;
            file.get(..PROPOSALS.len() + 1 + name.len())
        }
        _ => None,
    }
}

/// Returns the number of the proposal that a file is part of.
pub(crate) fn number_of(file: &str) -> Option<u32> {
    let folder = folder_of(file)?;
    folder.strip_prefix(PROPOSALS)?.strip_prefix("/msc")?.parse().ok()
}

/// Returns `true` for a schema in a folder of our own.
pub(crate) fn is_schema(file: &str) -> bool {
    is_in(file, "schema")
}

/// Returns `true` for a file in a part of a folder of our own, such as `examples`.
pub(crate) fn is_in(file: &str, part: &str) -> bool {
    let below = folder_of(file).and_then(|folder| file.strip_prefix(folder)?.strip_prefix('/')?.strip_prefix(part));
    below.is_some_and(|rest| rest.starts_with('/'))
}

/// Returns the folders of our own that a tree has.
pub(crate) fn folders(files: &Files) -> BTreeSet<String> {
    files.keys().filter_map(|file| folder_of(file)).map(str::to_owned).collect()
}

/// Returns the files of a tree without those of some folders of our own.
pub(crate) fn without(files: &Files, is_left_out: impl Fn(&str) -> bool) -> Files {
    let mut files = files.clone();
    files.retain(|file, _| !folder_of(file).is_some_and(&is_left_out));
    files
}

/// Reads the facts about each proposal of a tree, such as the number, the title and the names.
///
/// # Errors
///
/// Returns the errors of the files `proposal.yaml`.
pub fn proposals(files: &Files) -> Result<Vec<Proposal>, Diagnostics> {
    let mut sources = Sources::new(files);
    read(&mut sources).map_err(|diagnostics| sources.diagnose(diagnostics))
}

/// Reads the facts about each proposal of a tree.
pub(crate) fn read(sources: &mut Sources<'_>) -> Result<Vec<Proposal>, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let mut proposals = Vec::new();
    for folder in sources.own_folders().into_iter().filter(|folder| folder != PROSE) {
        let proposal = about(sources, &folder, &mut diagnostics);
        proposals.extend(diagnostics.note(proposal).flatten());
    }
    proposals.sort_by_key(|proposal: &Proposal| proposal.number);
    diagnostics.into_result(proposals)
}

/// Reads the facts about a proposal. Returns `None` if the file cannot be parsed, which is reported for the file.
fn about(
    sources: &mut Sources<'_>,
    folder: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Proposal>, Diagnostic> {
    let file = format!("{folder}/{ABOUT}");
    let origin = Origin::file(&file);
    let any_file = || sources.below(folder).into_iter().next().map_or(origin.clone(), Origin::file);
    let Some(number) = number_of(&file) else {
        return Err(Diagnostic::at(&any_file(), format!("`{folder}` is not the folder of a proposal"))
            .expected("a folder named after the number of the proposal, such as `proposals/msc3381`")
            .help("rename the folder"));
    };
    if !sources.exists(&file) {
        return Err(Diagnostic::at(&any_file(), format!("the folder `{folder}` has no file `{ABOUT}`"))
            .expected("a file with the number, the title, the URL, the state and its date, and a description")
            .help(format!("write the file {file}")));
    }
    let Some(root) = sources.document(&file)?.cloned() else { return Ok(None) };
    let mut keys = match &root {
        Node::Map(_) => KeywordReader::new(&root, &origin)?,
        other => return Err(unexpected(other, &origin, "a map of facts about the proposal")),
    };
    stated_number(&mut keys, number, &origin)?;
    let state = required(&mut keys, "state", &origin)?;
    if !STATES.contains(&state.as_str()) {
        let near =
            nearest(&state, STATES).map_or("write one of these states".to_owned(), |near| format!("write `{near}`"));
        let message = format!("unknown state of a proposal `{state}`");
        return Err(Diagnostic::at(&origin.child("state"), message).expected(one_of(STATES)).help(near));
    }
    let proposal = Proposal {
        number,
        title: required(&mut keys, "title", &origin)?,
        url: required(&mut keys, "url", &origin)?,
        state,
        date: required(&mut keys, "date", &origin)?,
        stable_since: keys.version("stable-since")?,
        description: required(&mut keys, "description", &origin)?,
        names: names(&mut keys)?,
        kinds: added_kinds(sources, folder),
        requires: BTreeSet::new(),
        features: BTreeSet::new(),
    };
    let known = ["number", "title", "url", "state", "date", "stable-since", "description", "names"];
    keys.finish_with(&known, "key", diagnostics);
    Ok(Some(proposal))
}

/// Checks that a file states the number in the name of its folder.
fn stated_number(keys: &mut KeywordReader<'_>, number: u32, origin: &Origin) -> Result<(), Diagnostic> {
    match keys.take("number") {
        Some((Node::Number(stated), _)) if stated.text() == number.to_string() => Ok(()),
        Some((node, origin)) => Err(unexpected(node, &origin, &format!("the number of the folder, `{number}`"))),
        None => Err(lacks("number", origin)),
    }
}

fn lacks(key: &str, origin: &Origin) -> Diagnostic {
    Diagnostic::at(origin, format!("the file has no `{key}`"))
        .expected("the keys `number`, `title`, `url`, `state`, `date` and `description`")
        .help(format!("add `{key}: …`"))
}

/// Returns the text of a key that the file must have. A date is a text in YAML 1.2.
fn required(keys: &mut KeywordReader<'_>, key: &str, origin: &Origin) -> Result<String, Diagnostic> {
    match keys.text(key)? {
        Some(value) if !value.trim().is_empty() => Ok(value),
        _ => Err(lacks(key, origin)),
    }
}

/// Returns the stable names of event types and fields, by their unstable names.
fn names(keys: &mut KeywordReader<'_>) -> Result<BTreeMap<String, String>, Diagnostic> {
    let Some((node, origin)) = keys.take("names") else { return Ok(BTreeMap::new()) };
    let Node::Map(entries) = node else {
        let help = "write a map such as `names: {org.matrix.msc3381.poll.start: m.poll.start}`";
        return Err(unexpected(node, &origin, "a map from unstable names to stable names").help(help));
    };
    entries.iter().map(|(unstable, stable)| Ok((unstable.clone(), text(stable, &origin.child(unstable))?))).collect()
}

/// Returns the kinds that a proposal adds to events of the specification, by the event types. Reading the settings reports the errors
/// in the entries.
fn added_kinds(sources: &mut Sources<'_>, folder: &str) -> BTreeMap<String, Vec<String>> {
    let texts = |entry: &Node, key: &str| -> Vec<String> {
        let nodes = match entry.get(key) {
            Some(Node::List(list)) => list.as_slice(),
            node => node.map(std::slice::from_ref).unwrap_or_default(),
        };
        nodes.iter().filter_map(Node::as_str).map(str::to_owned).collect()
    };
    let file = format!("{folder}/codegen.yaml");
    let root = if sources.exists(&file) { sources.document(&file).ok().flatten().cloned() } else { None };
    let mut added = BTreeMap::new();
    if let Some(Node::List(entries)) = root.as_ref().and_then(|root| root.get("kinds")) {
        for entry in entries {
            let of_others = |name: &String| !sources.exists(&format!("{folder}/schema/{name}.yaml"));
            added.extend(texts(entry, "at").into_iter().filter(of_others).map(|name| (name, texts(entry, "kinds"))));
        }
    }
    added
}

/// Returns `true` if a correction is for a property that a folder of our own adds.
fn is_added(model: &Model, correction: &Correction, folder: &str) -> bool {
    model.corrections.iter().filter(|one| folder_of(&one.entry.file) == Some(folder)).any(|one| match &one.change {
        Change::Addition(name, _) => one.at.child("properties").child(name) == correction.at,
        _ => false,
    })
}

/// Returns the error of an entry that adds a kind to an event of another proposal, or the kind `message-like` to a state event.
fn unsupported_kind(event: &EventType, entry: &KindsEntry) -> Option<Diagnostic> {
    let file = &event.base.origin.file;
    let event_type = &event.key.event_type;
    entry.adding(file)?;
    if let Some(other) = number_of(file) {
        let message = format!("unsupported entry for the kinds of `{event_type}`, an event of MSC{other}");
        let help = format!("remove the entry, or add the kinds to the settings of MSC{other}");
        return Some(Diagnostic::at(&entry.origin, message).expected("an event of the specification").help(help));
    }
    if event.kinds.contains(&Kind::State) && entry.kinds.contains(&Kind::MessageLike) {
        let message = format!("unsupported kind `message-like` for `{event_type}`, a state event");
        return Some(
            Diagnostic::at(&entry.origin, message)
                .expected("kinds other than `message-like`")
                .help("remove the kind")
                .or_in_generator("support it in codegen/src/lower/any.rs"),
        );
    }
    None
}

/// Reports entries of our own folders that would change the types of the specification.
pub(crate) fn check(model: &Model) -> Result<(), Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    for event in &model.events {
        let entries = model.config.kinds.get(&event.key.event_type).into_iter().flatten();
        diagnostics.extend(entries.filter_map(|entry| unsupported_kind(event, entry)));
    }
    for correction in &model.corrections {
        let Some(folder) = folder_of(&correction.entry.file) else { continue };
        let is_addition = matches!(correction.change, Change::Addition(..));
        if folder_of(&correction.at.file) == Some(folder) || is_addition || is_added(model, correction, folder) {
            continue;
        }
        let message = format!("unsupported entry for {}, which is not in {folder}", location_of(&correction.at));
        diagnostics.push(
            Diagnostic::at(&correction.entry, message)
                .expected("an entry for a schema or an added property of the folder, or an entry under `additions`")
                .help("remove the entry, or move the entry to the settings of the specification"),
        );
    }
    Diagnostics(diagnostics).into_result(())
}
