//! Reads inputs as jobs.

use std::path::Path;
use std::sync::Arc;

use matrix_events::tools::{FoundEvents, SyntaxError};

use super::files::{STDIN, STDIN_NAME};
use super::input::{self, Content};
use super::job::{search, Events, Job, Part};
use super::position::Position;

/// The minimum length of the text with the events of a job in bytes.
const LENGTH: usize = 1 << 18;

/// Reads an input, and passes its parts to a function in their order. Stops if the function returns `false`. Returns the notes
/// on the encoding.
pub(crate) fn read(
    path: &Path,
    are_contents: bool,
    process: &mut dyn FnMut(Job) -> bool,
) -> Result<Vec<&'static str>, String> {
    let file: Arc<str> = name(path).into();
    let failed = |reason: String| format!("failed to read {}: {reason}", file);
    let input = input::open(path).map_err(failed)?;
    let invalid = input.invalid;
    let mut send = |part| process(Job { file: file.clone(), part, invalid });
    let mut has_response = false;
    match input.content {
        Content::Lines(lines) => {
            for chunk in lines {
                let chunk = chunk.map_err(|error| failed(error.to_string()))?;
                if !send(Part::Lines(chunk)) {
                    return Ok(input.notes);
                }
            }
        }
        Content::Document(text) => match document(text, are_contents, invalid) {
            Ok((text, search)) => {
                has_response = search.response.is_some();
                if !each_part(&text, search, &mut send) {
                    return Ok(input.notes);
                }
            }
            Err((text, error)) => drop(send(Part::Invalid { text: text.into(), error })),
        },
    }
    send(Part::End { has_response });
    Ok(input.notes)
}

/// Returns the name of an input for messages.
pub(crate) fn name(path: &Path) -> String {
    if path.as_os_str() == STDIN {
        return STDIN_NAME.to_owned();
    }
    path.display().to_string()
}

fn document(
    bytes: Vec<u8>,
    are_contents: bool,
    invalid: &str,
) -> Result<(Arc<String>, FoundEvents), (Vec<u8>, SyntaxError)> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        (error.into_bytes(), SyntaxError { message: invalid.to_owned(), offset, is_incomplete: false })
    })?;
    match search(&text, are_contents) {
        Ok(search) => Ok((Arc::new(text), search)),
        Err(error) => Err((text.into_bytes(), error)),
    }
}

/// Divides the events of a document into parts of similar lengths.
fn each_part(document: &Arc<String>, search: FoundEvents, send: &mut dyn FnMut(Part) -> bool) -> bool {
    let FoundEvents { mut events, unrecognized, .. } = search;
    // Members of a response can be in any order. Positions are counted forward.
    events.sort_by_key(|found| found.range.start);
    let mut events = events.into_iter().peekable();
    let mut start = (0, Position::START);
    while let Some(first) = events.next() {
        let limit = first.range.start + LENGTH;
        let mut found = vec![first];
        found.extend(std::iter::from_fn(|| events.next_if(|found| found.range.start < limit)));
        let end = events.peek().map_or(document.len(), |next| next.range.start);
        let bytes = (end - start.0) as u64;
        let part = Events { document: document.clone(), found, start, unrecognized: Vec::new(), bytes };
        start = (end, start.1.after(document.as_bytes().get(start.0..end).unwrap_or_default()));
        if !send(Part::Events(part)) {
            return false;
        }
    }
    if unrecognized.is_empty() {
        return true;
    }
    send(Part::Events(Events { document: document.clone(), found: Vec::new(), start, unrecognized, bytes: 0 }))
}
