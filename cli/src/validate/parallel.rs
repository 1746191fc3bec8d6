//! Validates the input on several threads, with bounded memory.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::mpsc::{sync_channel, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};
use matrix_events::validate::Validator;

use super::document;
use super::groups::{Groups, Location};
use super::input::{self, Chunk, Input, Lines};

/// The minimum length of an input that gets a progress bar, in bytes.
const LONG: u64 = 16 << 20;

/// Reads the input and validates all of its events.
pub(crate) fn run(path: &Path, validator: Validator, threads: usize) -> Result<Groups, String> {
    let (input, length) = input::open(path)?;
    match input {
        Input::Document(document) => {
            let mut groups = document::check(&document, validator);
            groups.bytes = document.get().len() as u64;
            Ok(groups)
        }
        Input::Lines(lines) => {
            let bar = progress(length);
            let checked = check_lines(lines, validator, threads, &bar);
            bar.finish_and_clear();
            checked.map_err(|error| format!("failed to read {} to its end: {error}", path.display()))
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
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn check_lines(lines: Lines, validator: Validator, threads: usize, bar: &ProgressBar) -> io::Result<Groups> {
    // At most one chunk per thread waits in the channel, so memory does not grow with the input.
    let (sender, receiver) = sync_channel(threads);
    let receiver = Mutex::new(receiver);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| work(&receiver, validator, bar))).collect();
        let mut outcome = Ok(());
        for chunk in lines {
            match chunk {
                // Sending fails only if all threads have panicked. `join` reports that.
                Ok(chunk) => drop(sender.send(chunk)),
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
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

fn work(receiver: &Mutex<Receiver<Chunk>>, validator: Validator, bar: &ProgressBar) -> Groups {
    let mut groups = Groups::default();
    loop {
        let chunk = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(chunk) = chunk else { return groups };
        check_chunk(&chunk, validator, &mut groups);
        bar.inc(chunk.text.len() as u64);
    }
}

fn check_chunk(chunk: &Chunk, validator: Validator, groups: &mut Groups) {
    groups.bytes += chunk.text.len() as u64;
    for (number, line) in (chunk.line..).zip(chunk.text.split(|byte| *byte == b'\n')) {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let report = validator.validate(line);
        // Only violations are printed with the event type.
        let event_type = if report.is_valid() { String::new() } else { event_type(line) };
        groups.add(&event_type, report, &Location::Line(number));
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
        check_lines(lines, Validator::new(), threads, &ProgressBar::hidden()).expect("memory can be read")
    }

    #[test]
    fn any_number_of_threads_finds_the_same_violations() {
        let mut text = String::new();
        for index in 0..20_000 {
            let content = if index % 3_000 == 2_999 { "[]" } else { "{}" };
            let padding = "x".repeat(index % 90);
            text.push_str(&format!("{{\"type\": \"m.dummy\", \"content\": {content}, \"n\": \"{padding}\"}}\n"));
        }
        text.push_str("\n{broken\n");
        for threads in [1, 2, 7] {
            let groups = groups(&text, threads);
            assert_eq!((groups.events, groups.wrong, groups.bytes), (20_001, 7, text.len() as u64));
            let found: Vec<_> =
                groups.sorted().iter().map(|(_, group)| (group.count, group.location.clone())).collect();
            assert_eq!(found, [(6, Location::Line(3_000)), (1, Location::Line(20_002))]);
        }
    }
}
