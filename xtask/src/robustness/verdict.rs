//! What the generator made of a tree with a mistake in it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{catch_unwind, AssertUnwindSafe};

use matrix_events_codegen::{generate, parse_document, Diagnostic, Diagnostics, Input, Node, Output, TextFile};

/// What came of an edit.
pub(crate) enum Verdict {
    /// It was generated, as if nothing had been edited.
    Same,
    /// It was generated, as something else.
    Other(Box<Output>),
    /// It was stopped, and the edited file named.
    Named,
    /// It was stopped, and a file named that depends on the edited one.
    Dependent,
    /// What must not be: what happened instead.
    Weakness(String),
}

/// Generates from an edited tree. `whole` is what came of the tree before.
pub(crate) fn of(input: &Input<'_>, edited: &str, whole: &Output) -> Verdict {
    let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| generate(input))) else {
        return Verdict::Weakness("the generator panics".to_owned());
    };
    match outcome {
        Ok(output) if output.events == whole.events && output.cases == whole.cases => Verdict::Same,
        Ok(output) => match output.events.iter().find_map(|(file, text)| Some((file, syn::parse_file(text).err()?))) {
            Some((file, error)) => Verdict::Weakness(format!("{file} isn't Rust: {error}")),
            None => Verdict::Other(Box::new(output)),
        },
        Err(diagnostics) => stopped(input, edited, &diagnostics),
    }
}

fn stopped(input: &Input<'_>, edited: &str, diagnostics: &Diagnostics) -> Verdict {
    let name = edited.rsplit('/').next().unwrap_or(edited);
    if diagnostics.iter().any(|one| one.origin.file == edited || one.to_string().contains(&format!("/{name}"))) {
        return Verdict::Named;
    }
    let dependents = dependents(input, edited);
    if diagnostics.iter().any(|one| dependents.contains(&one.origin.file) || entry(input, one).contains(name)) {
        return Verdict::Dependent;
    }
    Verdict::Weakness(format!("{edited} isn't named:\n{diagnostics}"))
}

/// The files that refer to a file, or to one that does; and the examples of all these.
fn dependents(input: &Input<'_>, edited: &str) -> BTreeSet<String> {
    let stem = |file: &str| file.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml").to_owned();
    let texts: BTreeMap<&String, String> =
        input.files.iter().map(|(file, bytes)| (file, String::from_utf8_lossy(bytes).into_owned())).collect();
    let mut found = BTreeSet::from([edited.to_owned()]);
    loop {
        let names: Vec<String> = found.iter().map(|file| format!("{}.yaml", stem(file))).collect();
        let refers = |text: &String| names.iter().any(|name| text.contains(name.as_str()));
        let more: Vec<String> = texts
            .iter()
            .filter(|(file, text)| {
                !file.starts_with("event-schemas/examples/") && !found.contains(**file) && refers(text)
            })
            .map(|(file, _)| (*file).clone())
            .collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    let stems: BTreeSet<String> = found.iter().map(|file| stem(file)).collect();
    let is_example = |file: &&&String| {
        file.strip_prefix("event-schemas/examples/").is_some_and(|example| {
            let event = example.split(['$', '#']).next().unwrap_or_default().trim_end_matches(".yaml");
            stems.iter().any(|stem| stem.split('$').next() == Some(event))
        })
    };
    let examples: Vec<String> = texts.keys().filter(is_example).map(|file| (*file).clone()).collect();
    found.extend(examples);
    found
}

/// The text of the entry of the settings that a diagnostic is about.
fn entry(input: &Input<'_>, diagnostic: &Diagnostic) -> String {
    let files = [&input.settings.config, &input.settings.overrides];
    let Some(TextFile { name, text }) = files.into_iter().find(|file| file.name == diagnostic.origin.file) else {
        return String::new();
    };
    let Ok(root) = parse_document(name, text.as_bytes()) else { return String::new() };
    let mut keys = diagnostic.origin.keys();
    let section = keys.next().and_then(|section| root.get(&section).cloned());
    let index = keys.next().and_then(|index| index.parse::<usize>().ok());
    match (section, index) {
        (Some(Node::List(entries)), Some(index)) => {
            entries.get(index).map(|entry| entry.to_json().to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}
