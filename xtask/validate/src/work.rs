//! Lines to threads and back: pieces of the input go to whoever is free, so that memory doesn't grow with the input.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{sync_channel, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};
use matrix_events::validate::Validator;

use crate::groups::{Groups, Place};
use crate::input::{self, Input, Lines, Piece};
use crate::{document, Arguments};

/// Inputs from this length on have a progress bar.
const LONG: u64 = 16 << 20;

/// Reads the input, and holds all of its events against the specification.
pub(crate) fn run(arguments: &Arguments) -> Result<Groups, String> {
    let (input, length) = input::open(&arguments.input)?;
    match input {
        Input::Document(document) => {
            let mut groups = document::check(&document, arguments.validator());
            groups.bytes = document.get().len() as u64;
            Ok(groups)
        }
        Input::Lines(lines) => {
            let bar = progress(length);
            let checked = side_by_side(lines, arguments.validator(), arguments.threads(), &bar);
            bar.finish_and_clear();
            checked.map_err(|error| format!("{} can't be read to its end: {error}", arguments.input.display()))
        }
    }
}

fn progress(length: Option<u64>) -> ProgressBar {
    let is_long = length.is_none_or(|length| length >= LONG);
    if !is_long || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = match length {
        Some(_) => "{bar:40} {percent:>3} %  {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left",
        None => "{spinner} {bytes}, {binary_bytes_per_sec}",
    };
    let bar = length.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    // A template that can't be read would leave the bar as it comes.
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn side_by_side(lines: Lines, validator: Validator, threads: usize, bar: &ProgressBar) -> io::Result<Groups> {
    // As many pieces wait as there are threads: the reader is never far ahead.
    let (sender, receiver) = sync_channel(threads);
    let receiver = Mutex::new(receiver);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| work(&receiver, validator, bar))).collect();
        let mut outcome = Ok(());
        for piece in lines {
            match piece {
                // Nobody listens any more only if all threads have panicked, which joining them tells.
                Ok(piece) => drop(sender.send(piece)),
                Err(error) => outcome = Err(error),
            }
            if outcome.is_err() {
                break;
            }
        }
        drop(sender);
        let mut groups = Groups::default();
        for worker in workers {
            match worker.join() {
                Ok(found) => groups.join(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        outcome.map(|()| groups)
    })
}

fn work(receiver: &Mutex<Receiver<Piece>>, validator: Validator, bar: &ProgressBar) -> Groups {
    let mut groups = Groups::default();
    loop {
        let piece = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(piece) = piece else { return groups };
        check(&piece, validator, &mut groups);
        bar.inc(piece.text.len() as u64);
    }
}

fn check(piece: &Piece, validator: Validator, groups: &mut Groups) {
    groups.bytes += piece.text.len() as u64;
    for (number, line) in (piece.line..).zip(piece.text.split(|byte| *byte == b'\n')) {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let report = validator.validate(line);
        // Only what is wrong is shown with its type.
        let event_type = if report.is_valid() { String::new() } else { event_type(line) };
        groups.add(&event_type, report, &Place::Line(number));
    }
}

fn event_type(line: &[u8]) -> String {
    let event: serde_json::Value = serde_json::from_slice(line).unwrap_or_default();
    event.get("type").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str, threads: usize) -> Groups {
        let lines = Lines::of(text.as_bytes().to_vec());
        side_by_side(lines, Validator::new(), threads, &ProgressBar::hidden()).expect("memory can be read")
    }

    #[test]
    fn threads_change_nothing() {
        let mut text = String::new();
        for index in 0..20_000 {
            let content = if index % 3_000 == 2_999 { "[]" } else { "{}" };
            text.push_str(&format!(
                "{{\"type\": \"m.dummy\", \"content\": {content}, \"n\": \"{}\"}}\n",
                "x".repeat(index % 90)
            ));
        }
        text.push_str("\n{broken\n");
        for threads in [1, 2, 7] {
            let groups = groups(&text, threads);
            assert_eq!((groups.events, groups.wrong, groups.bytes), (20_001, 7, text.len() as u64));
            let places: Vec<_> = groups.sorted().iter().map(|(_, group)| (group.count, group.place.clone())).collect();
            assert_eq!(places, [(6, Place::Line(3_000)), (1, Place::Line(20_002))]);
        }
    }
}
