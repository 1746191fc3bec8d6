//! The result of generating from an edited tree.

use std::collections::BTreeSet;
use std::panic::{catch_unwind, AssertUnwindSafe};

use matrix_events_codegen::{generate, parse_document, Diagnostic, Diagnostics, Input, Node, Output, EXAMPLES};

pub(crate) enum Verdict {
    /// The output is the same as without the edit.
    Unchanged,
    /// The output is valid Rust, and differs from the output without the edit.
    Changed(Box<Output>),
    /// An error names the edited file.
    Named,
    /// An error names a file that depends on the edited file.
    Dependent,
    /// A defect of the generator, with a description.
    Defect(String),
}

impl Verdict {
    /// Generates from an edited tree.
    pub(crate) fn of(input: &Input<'_>, edited: &str, unedited: &Output) -> Self {
        let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| generate(input))) else {
            return Self::Defect("the generator panics".to_owned());
        };
        let output = match outcome {
            Ok(output) => output,
            Err(errors) => return Self::of_errors(input, edited, &errors),
        };
        if output.events == unedited.events && output.cases == unedited.cases {
            return Self::Unchanged;
        }
        match output.events.iter().find_map(|(file, text)| Some((file, syn::parse_file(text).err()?))) {
            Some((file, error)) => Self::Defect(format!("{file} is not valid Rust: {error}")),
            None => Self::Changed(Box::new(output)),
        }
    }

    fn of_errors(input: &Input<'_>, edited: &str, errors: &Diagnostics) -> Self {
        let name = edited.rsplit('/').next().unwrap_or(edited);
        if errors.iter().any(|error| error.origin.file == edited || error.to_string().contains(&format!("/{name}"))) {
            return Self::Named;
        }
        let dependents = dependents(input, edited);
        let is_dependent =
            |error: &Diagnostic| dependents.contains(error.origin.file.as_str()) || entry(input, error).contains(name);
        match errors.iter().any(is_dependent) {
            true => Self::Dependent,
            false => Self::Defect(format!("no error names {edited}:\n{errors}")),
        }
    }
}

/// Returns the files that refer to a file, directly or through others, and the examples of all of these.
fn dependents<'i>(input: &'i Input<'_>, edited: &'i str) -> BTreeSet<&'i str> {
    fn name(file: &str) -> &str {
        file.rsplit('/').next().unwrap_or_default()
    }
    let is_example = |file: &str| file.starts_with(EXAMPLES);
    let mut found = BTreeSet::from([edited]);
    loop {
        let refers = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            found.iter().any(|file| text.contains(name(file)))
        };
        let is_new = |file: &str, bytes: &[u8]| !is_example(file) && !found.contains(file) && refers(bytes);
        let more: Vec<&str> =
            input.files.iter().filter(|(file, bytes)| is_new(file, bytes)).map(|(file, _)| file.as_str()).collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    // The name of an example begins with the event type: `m.room.message$m.text.yaml`.
    let event_type =
        |file: &str| name(file).trim_end_matches(".yaml").split(['$', '#']).next().unwrap_or_default().to_owned();
    let types: BTreeSet<String> = found.iter().map(|file| event_type(file)).collect();
    let examples = input.files.keys().filter(|file| is_example(file) && types.contains(&event_type(file)));
    found.extend(examples.map(String::as_str));
    found
}

/// Returns the text of the entry of the settings in which an error occurs.
fn entry(input: &Input<'_>, error: &Diagnostic) -> String {
    let mut files = [&input.settings.config, &input.settings.overrides].into_iter();
    let Some(file) = files.find(|file| file.name == error.origin.file) else { return String::new() };
    let Ok(root) = parse_document(&file.name, file.text.as_bytes()) else { return String::new() };
    let keys: Vec<String> = error.origin.keys().take(2).collect();
    match keys.as_slice() {
        [section, index] => match (root.get(section), index.parse::<usize>()) {
            (Some(Node::List(entries)), Ok(index)) => entries.get(index).map(|entry| entry.to_json().to_string()),
            _ => None,
        },
        _ => None,
    }
    .unwrap_or_default()
}
