//! Parts of inputs that are processed independently: lines, or events of a document.

use std::ops::Range;
use std::sync::Arc;

use matrix_events::tools::{find_events, find_values, FoundEvent, FoundEvents, Origin, SyntaxError};

use super::event::Event;
use super::input::{is_blank, Chunk};
use super::position::{Position, Tracker};

/// A part of an input.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) file: Arc<str>,
    pub(crate) part: Part,
    /// The description of text that is invalid in the encoding of the input.
    pub(crate) invalid: &'static str,
}

#[derive(Debug)]
pub(crate) enum Part {
    /// Lines with one JSON value each.
    Lines(Chunk),
    /// Several events of a document.
    Events(Events),
    /// A document with a syntax error.
    Invalid { text: Arc<[u8]>, error: SyntaxError },
    /// The end of the input.
    End { has_response: bool },
}

/// Several events of a document, in the order of the text.
#[derive(Debug)]
pub(crate) struct Events {
    pub(crate) document: Arc<String>,
    pub(crate) found: Vec<FoundEvent>,
    /// A position before the first event, with its offset.
    pub(crate) start: (usize, Position),
    /// The values that are neither an event nor a known response.
    pub(crate) unrecognized: Vec<Range<usize>>,
    /// The number of bytes that the part of the document has.
    pub(crate) bytes: u64,
}

/// The result of the search for events in a text.
pub(crate) enum Item<'t> {
    /// An event.
    Event(Event<'t>),
    /// A valid event in a line, which needs no further processing.
    Valid,
    /// A text with a syntax error.
    Invalid(SyntaxError, Position),
    /// A value that is neither an event nor a known response.
    Unrecognized(Position),
    /// A response that has no events.
    Empty,
}

impl Item<'_> {
    /// Returns `true` for an event that is part of a response or of a list.
    fn is_in_response(&self) -> bool {
        matches!(self, Self::Event(event) if !event.pointer.is_empty())
    }
}

/// The settings of a search.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'s> {
    /// Treats each value as a content, and does not recognize responses.
    pub(crate) are_contents: bool,
    /// Returns `true` if a line certainly is a valid event.
    pub(crate) is_valid: &'s dyn Fn(&[u8]) -> bool,
}

impl Job {
    /// Returns the number of bytes in the job.
    pub(crate) fn bytes(&self) -> u64 {
        match &self.part {
            Part::Lines(chunk) => chunk.text.len() as u64,
            Part::Events(events) => events.bytes,
            Part::Invalid { text, .. } => text.len() as u64,
            Part::End { .. } => 0,
        }
    }

    /// Calls a function for each item. Stops when the function returns `false`.
    pub(crate) fn each(&self, settings: Settings<'_>, visit: &mut dyn FnMut(Item<'_>) -> bool) {
        match &self.part {
            Part::Lines(chunk) => each_line((chunk, self.invalid), settings, visit),
            Part::Events(events) => events.each(visit),
            Part::Invalid { text, error } => {
                let position = Position::START.after(text.get(..error.offset).unwrap_or(text));
                visit(Item::Invalid(error.clone(), position));
            }
            Part::End { .. } => {}
        }
    }
}

impl Events {
    fn each(&self, visit: &mut dyn FnMut(Item<'_>) -> bool) {
        let (offset, position) = self.start;
        let mut tracker = Tracker::new(self.document.as_bytes(), offset, position);
        for found in &self.found {
            let position = tracker.advance(found.range.start);
            if !visit(Item::Event(Event::found(found, &self.document, position))) {
                return;
            }
        }
        for span in &self.unrecognized {
            let position = Position::START.after(self.document.as_bytes().get(..span.start).unwrap_or_default());
            if !visit(Item::Unrecognized(position)) {
                return;
            }
        }
    }
}

fn each_line(
    (chunk, invalid): (&Chunk, &'static str),
    settings: Settings<'_>,
    visit: &mut dyn FnMut(Item<'_>) -> bool,
) {
    // A response is not a valid event, and its validation as an event takes long.
    let mut is_event = true;
    for (line, text) in (chunk.line..).zip(chunk.text.split(|byte| *byte == b'\n')) {
        let goes_on = match text {
            _ if is_blank(text) => true,
            _ if is_event && (settings.is_valid)(text) => visit(Item::Valid),
            _ => each_in_line((text, invalid), Position { line, column: 1 }, settings, &mut |item| {
                is_event = !matches!(&item, Item::Empty) && !item.is_in_response();
                visit(item)
            }),
        };
        if !goes_on {
            return;
        }
    }
}

fn each_in_line(
    (bytes, invalid): (&[u8], &'static str),
    start: Position,
    settings: Settings<'_>,
    visit: &mut dyn FnMut(Item<'_>) -> bool,
) -> bool {
    let at = |offset| start.after(bytes.get(..offset).unwrap_or(bytes));
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.valid_up_to();
            let error = SyntaxError { message: invalid.to_owned(), offset, is_incomplete: false };
            return visit(Item::Invalid(error, at(offset)));
        }
    };
    let search = match search(text, settings.are_contents) {
        Ok(search) => search,
        Err(error) => {
            let position = at(error.offset);
            return visit(Item::Invalid(error, position));
        }
    };
    let mut tracker = Tracker::new(bytes, 0, start);
    if search.events.is_empty() && search.unrecognized.is_empty() {
        return visit(Item::Empty);
    }
    search.events.iter().all(|found| {
        let position = tracker.advance(found.range.start);
        visit(Item::Event(Event::found(found, text, position)))
    }) && search.unrecognized.iter().all(|span| visit(Item::Unrecognized(at(span.start))))
}

/// Searches for the events of a text.
pub(crate) fn search(text: &str, are_contents: bool) -> Result<FoundEvents, SyntaxError> {
    match are_contents {
        true => find_values(text, Origin::Alone),
        false => find_events(text),
    }
}
