//! What the input is: an event a line, read piece by piece, or one document, read as a whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use serde_json::value::RawValue;

use crate::document::{members, Members};

/// The input, as far as it has been read to tell what it is.
pub(crate) enum Input {
    /// One JSON document over the whole input.
    Document(Box<RawValue>),
    /// An event a line.
    Lines(Lines),
}

/// Lines that are handed out in pieces.
pub(crate) struct Lines {
    first: Option<Vec<u8>>,
    rest: Box<dyn BufRead + Send>,
    next: u64,
}

/// Some lines.
pub(crate) struct Piece {
    /// The number of the first, counted from 1.
    pub(crate) line: u64,
    /// Their text.
    pub(crate) text: Vec<u8>,
}

/// How much of the input is handed out at once.
const PIECE: u64 = 1 << 20;

/// Opens the input, and tells how long it is where that is known.
pub(crate) fn open(path: &Path) -> Result<(Input, Option<u64>), String> {
    let cant = |error: io::Error| format!("{} can't be read: {error}", path.display());
    if path.as_os_str() == "-" {
        return Ok((tell(Box::new(BufReader::new(io::stdin()))).map_err(cant)?, None));
    }
    let file = File::open(path).map_err(cant)?;
    let length = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
    Ok((tell(Box::new(BufReader::with_capacity(1 << 16, file))).map_err(cant)?, length))
}

/// An event that is complete in the first line with anything in it is the first of many. What isn't is the beginning of
/// a document; so are a list and a response of /sync, wherever they end.
fn tell(mut rest: Box<dyn BufRead + Send>) -> io::Result<Input> {
    let mut text = Vec::new();
    while text.iter().all(u8::is_ascii_whitespace) {
        if rest.read_until(b'\n', &mut text)? == 0 {
            break;
        }
    }
    let is_event = |line: &RawValue| members(line).is_some_and(|object| !is_sync(&object));
    match serde_json::from_slice::<&RawValue>(&text) {
        Ok(line) if is_event(line) => Ok(Input::Lines(Lines { first: Some(text), rest, next: 1 })),
        _ => {
            rest.read_to_end(&mut text)?;
            match serde_json::from_slice(&text) {
                Ok(document) => Ok(Input::Document(document)),
                // Lines of which the first is broken: each gets its own violation.
                Err(_) => Ok(Input::Lines(Lines::of(text))),
            }
        }
    }
}

/// Whether an object is a response of /sync.
pub(crate) fn is_sync(object: &Members<'_>) -> bool {
    let has_rooms = object.get("rooms").is_some_and(|rooms| members(rooms).is_some());
    !object.contains_key("type") && (has_rooms || object.contains_key("next_batch"))
}

impl Lines {
    /// The lines of a text.
    pub(crate) fn of(text: Vec<u8>) -> Self {
        Self { first: None, rest: Box::new(io::Cursor::new(text)), next: 1 }
    }
}

impl Iterator for Lines {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<io::Result<Piece>> {
        let mut text = self.first.take().unwrap_or_default();
        let read = self.rest.by_ref().take(PIECE).read_to_end(&mut text).and_then(|_| {
            // Up to the end of the line that was cut.
            if text.last() == Some(&b'\n') {
                Ok(0)
            } else {
                self.rest.read_until(b'\n', &mut text)
            }
        });
        if let Err(error) = read {
            return Some(Err(error));
        }
        if text.is_empty() {
            return None;
        }
        let piece = Piece { line: self.next, text };
        self.next += piece.text.iter().filter(|byte| **byte == b'\n').count() as u64;
        Some(Ok(piece))
    }
}
