//! Validates the inputs on several threads, with bounded memory. The results are in the order of the inputs.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{sync_channel, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

use super::check::{Check, Outcome};
use super::groups::Groups;
use super::list::{Format, SARIF_START};
use crate::events::files::STDIN;
use crate::events::job::{Job, Part};
use crate::events::read;
use crate::events::tally::{Tally, HELP};
use crate::text::write;

/// The minimum length of an input that gets a progress bar, in bytes.
const LONG: u64 = 16 << 20;

/// The result of a validation.
#[derive(Default)]
pub(crate) struct Results {
    pub(crate) groups: Groups,
    /// The errors of the inputs.
    pub(crate) errors: Vec<String>,
    /// Remarks about the encoding of inputs.
    pub(crate) notes: Vec<String>,
}

/// The limits of a validation.
pub(crate) struct Limits {
    pub(crate) threads: usize,
    /// The number of findings to stop after.
    pub(crate) violations: Option<u64>,
}

/// A job, or its outcome, with its place in the order.
type Numbered<T> = (u64, T);

/// Validates all files.
pub(crate) fn run(files: &[PathBuf], check: Check, limits: &Limits) -> Result<Results, String> {
    let bar = progress(files);
    let is_stopped = AtomicBool::new(false);
    // At most one job per thread waits in a channel, so memory does not grow with the input.
    let (jobs, queue) = sync_channel::<Numbered<Job>>(limits.threads);
    let (done, outcomes) = sync_channel(limits.threads);
    let queue = Mutex::new(queue);
    let results = thread::scope(|scope| {
        // If a thread fails to start, the end of the scope drops the channels, and the other threads stop.
        let (jobs, outcomes) = (jobs, outcomes);
        for _ in 0..limits.threads {
            let (queue, done) = (&queue, done.clone());
            thread::Builder::new().spawn_scoped(scope, move || work(queue, check, &done))?;
        }
        drop(done);
        let collector = Collector::new(check, limits.violations, &bar, &is_stopped);
        let collector = thread::Builder::new().spawn_scoped(scope, move || collector.collect(&outcomes))?;
        let (errors, notes) = read_all(files, check, &jobs, &is_stopped);
        drop(jobs);
        let mut results = collector.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        results.errors.extend(errors);
        results.notes.extend(notes);
        Ok(results)
    });
    bar.finish_and_clear();
    results.map_err(|error: io::Error| {
        format!("failed to start a thread: {error}\n  = help: use fewer threads: `--jobs 1`")
    })
}

/// Reads the files and sends their jobs. Returns the errors and the notes.
fn read_all(
    files: &[PathBuf],
    check: Check,
    jobs: &SyncSender<Numbered<Job>>,
    is_stopped: &AtomicBool,
) -> (Vec<String>, Vec<String>) {
    let (mut errors, mut notes) = (Vec::new(), Vec::new());
    let mut number = 0;
    for path in files {
        let read = read::read(path, check.checker.content_schema().is_some(), &mut |job| {
            number += 1;
            // Sending fails only if all threads have panicked.
            !is_stopped.load(Ordering::Relaxed) && jobs.send((number - 1, job)).is_ok()
        });
        match read {
            Ok(found) => notes.extend(found.into_iter().map(|note| format!("{}: {note}", read::name(path)))),
            Err(error) => errors.push(error),
        }
        if is_stopped.load(Ordering::Relaxed) {
            break;
        }
    }
    (errors, notes)
}

fn work(queue: &Mutex<Receiver<Numbered<Job>>>, check: Check, done: &SyncSender<Numbered<(Job, Outcome)>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, job)) = next else { return };
        let outcome = check.run(&job, u64::MAX);
        if done.send((number, (job, outcome))).is_err() {
            return;
        }
    }
}

/// Joins the outcomes in the order of the jobs.
struct Collector<'c> {
    check: Check,
    limit: u64,
    bar: &'c ProgressBar,
    is_stopped: &'c AtomicBool,
    results: Results,
    /// The numbers of events, syntax errors and responses at the end of the previous file.
    before: (u64, u64),
    has_results: bool,
    /// The help of the next error.
    help: &'static str,
}

impl<'c> Collector<'c> {
    fn new(check: Check, limit: Option<u64>, bar: &'c ProgressBar, is_stopped: &'c AtomicBool) -> Self {
        let limit = limit.unwrap_or(u64::MAX);
        let results = Results::default();
        Self { check, limit, bar, is_stopped, results, before: (0, 0), has_results: false, help: HELP }
    }

    fn collect(mut self, outcomes: &Receiver<Numbered<(Job, Outcome)>>) -> Results {
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, outcome) in outcomes {
            waiting.insert(number, outcome);
            while let Some((job, outcome)) = waiting.remove(&next) {
                next += 1;
                if !self.is_stopped.load(Ordering::Relaxed) {
                    self.add(&job, outcome);
                }
            }
        }
        self.results
    }

    fn add(&mut self, job: &Job, mut outcome: Outcome) {
        let left = self.limit - self.results.groups.violations();
        if outcome.groups.violations() >= left {
            // The job is repeated with the exact limit.
            outcome = self.check.run(job, left);
            self.is_stopped.store(true, Ordering::Relaxed);
        }
        self.bar.inc(job.bytes());
        let unrecognized = outcome.groups.unrecognized.take();
        if let Some((count, location)) = unrecognized {
            self.results.groups.unrecognized.get_or_insert((0, location)).0 += count;
        }
        self.results.groups.join(outcome.groups);
        self.print(&outcome.list);
        if let Part::End { has_response } = job.part {
            self.end(&job.file, has_response);
        }
    }

    fn print(&mut self, list: &str) {
        if list.is_empty() {
            return;
        }
        let before = match (self.check.list, self.has_results) {
            (Some(Format::Sarif), false) => SARIF_START,
            (Some(Format::Sarif), true) => ",\n",
            _ => "",
        };
        self.has_results = true;
        let is_stopped = match write(&format!("{before}{list}")) {
            Ok(is_open) => !is_open,
            Err(error) => {
                self.results.errors.push(error);
                true
            }
        };
        if is_stopped {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Reports an error if the file has no event.
    fn end(&mut self, file: &Arc<str>, has_response: bool) {
        let groups = &mut self.results.groups;
        let tally = Tally {
            events: groups.events - self.before.0,
            responses: groups.responses - self.before.1 + u64::from(has_response),
            unrecognized: groups.unrecognized.take().map(|(count, first)| (count, first.place())),
        };
        self.before = (groups.events, groups.responses);
        self.results.errors.extend(tally.error(file, &mut self.help));
    }
}

fn progress(files: &[PathBuf]) -> ProgressBar {
    let length = |path: &PathBuf| match path.as_os_str() == STDIN {
        true => None,
        false => path.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len()),
    };
    let length: Option<u64> = files.iter().map(length).sum();
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
