//! Reads the input: one JSON document, or one event per line in chunks.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use serde_json::value::RawValue;

use super::document::{is_sync, members};

/// The input, read as far as is necessary to determine its kind.
pub(crate) enum Input {
    /// One JSON document.
    Document(Box<RawValue>),
    /// One event per line.
    Lines(Lines),
}

/// An iterator over chunks of whole lines.
pub(crate) struct Lines {
    first: Option<Vec<u8>>,
    rest: Box<dyn BufRead + Send>,
    next: u64,
}

/// Several whole lines.
pub(crate) struct Chunk {
    /// The number of the first line, counted from 1.
    pub(crate) line: u64,
    /// The text of the lines.
    pub(crate) text: Vec<u8>,
}

/// The minimum length of a chunk in bytes, except for the last one.
const CHUNK: u64 = 1 << 20;

/// Opens the input, and returns its length if it is known.
pub(crate) fn open(path: &Path) -> Result<(Input, Option<u64>), String> {
    let failed = |error: io::Error| {
        let help = "check the path, or pass `-` to read the standard input";
        format!("failed to read {}: {error}\n  = help: {help}", path.display())
    };
    if path.as_os_str() == "-" {
        return Ok((detect(Box::new(BufReader::new(io::stdin()))).map_err(failed)?, None));
    }
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
    Ok((detect(Box::new(BufReader::with_capacity(1 << 16, file))).map_err(failed)?, length))
}

/// Determines the kind of the input. If the first line that is not blank is an event, the input has one event per line.
fn detect(mut rest: Box<dyn BufRead + Send>) -> io::Result<Input> {
    let mut text = Vec::new();
    while text.iter().all(u8::is_ascii_whitespace) {
        if rest.read_until(b'\n', &mut text)? == 0 {
            break;
        }
    }
    let is_event = |line: &RawValue| members(line).is_some_and(|object| !is_sync(&object));
    if serde_json::from_slice::<&RawValue>(&text).is_ok_and(is_event) {
        return Ok(Input::Lines(Lines { first: Some(text), rest, next: 1 }));
    }
    rest.read_to_end(&mut text)?;
    match serde_json::from_slice(&text) {
        Ok(document) => Ok(Input::Document(document)),
        // The first of several lines is invalid. Each line gets its own violations.
        Err(_) => Ok(Input::Lines(Lines::of(text))),
    }
}

impl Lines {
    /// Creates an iterator over the lines of a text.
    pub(crate) fn of(text: Vec<u8>) -> Self {
        Self { first: None, rest: Box::new(Cursor::new(text)), next: 1 }
    }
}

impl Iterator for Lines {
    type Item = io::Result<Chunk>;

    fn next(&mut self) -> Option<io::Result<Chunk>> {
        let mut text = self.first.take().unwrap_or_default();
        let read = self.rest.by_ref().take(CHUNK).read_to_end(&mut text).and_then(|_| match text.last() {
            Some(&b'\n') => Ok(0),
            _ => self.rest.read_until(b'\n', &mut text),
        });
        if let Err(error) = read {
            return Some(Err(error));
        }
        if text.is_empty() {
            return None;
        }
        let chunk = Chunk { line: self.next, text };
        self.next += chunk.text.iter().filter(|byte| **byte == b'\n').count() as u64;
        Some(Ok(chunk))
    }
}
