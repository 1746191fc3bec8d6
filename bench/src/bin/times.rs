//! Measures the times of every contender on the same bytes, alternately in one process. Prints JSON for `bench`.

use std::hint::black_box;
use std::mem::size_of;
use std::path::Path;
use std::time::{Duration, Instant};

use bench::{
    each, each_body, each_check, BodyContender, Check, Checks, Contender, Events, Input, Measure, MeasureBody, Ruma,
    Types, Write,
};
use cpu_time::ThreadTime;
use serde_json::{json, Value};

/// The number of measured turns of each contender.
const ROUNDS: usize = 21;

/// The number of turns before the measurement, which warm up the caches and the clock of the processor.
const WARM_UP: usize = 2;

/// The minimum number of events in a turn. A turn repeats a small corpus.
const ENOUGH: usize = 10_000;

/// The number of events of a corpus to validate.
const SAMPLE: usize = 200;

fn main() {
    if let Err(message) = run() {
        eprintln!("error: {message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let (["examples", "mix", "sync"] | ["examples", "mix", "sync", "traffic"]) = names(&paths).as_slice() else {
        return Err("usage: times examples.jsonl mix.jsonl sync.json [traffic.jsonl]".to_owned());
    };
    let (mut corpora, mut body, mut lines) = (serde_json::Map::new(), Value::Null, Value::Null);
    for (name, path) in names(&paths).into_iter().zip(&paths) {
        let events = Events::read(path)?;
        match (name, events.slices().as_slice()) {
            ("sync", [json]) => body = self::body(json),
            (_, events) => drop(corpora.insert(name.to_owned(), corpus(events))),
        }
        if name == "mix" {
            lines = self::lines(&events.slices());
        }
    }
    let report = json!({
        "rounds": ROUNDS,
        "sizes": {"matrix-events": size_of::<Types>(), "ruma-events": size_of::<Ruma>()},
        "body": body,
        "lines": lines,
        "corpora": corpora,
    });
    println!("{report:#}");
    Ok(())
}

/// Returns the names of files, without folder and extension.
fn names(paths: &[String]) -> Vec<&str> {
    paths.iter().filter_map(|path| Path::new(path).file_stem()?.to_str()).collect()
}

/// A turn of a contender: processes all events, and returns the number of successes.
type Turn<'e> = Box<dyn FnMut() -> usize + 'e>;

#[derive(Default)]
struct Turns<'e> {
    events: &'e [&'e [u8]],
    reading: Vec<(&'static str, Turn<'e>)>,
    writing: Vec<(&'static str, Turn<'e>)>,
    checking: Vec<(&'static str, Turn<'e>)>,
}

impl Measure for Turns<'_> {
    fn reading<C: Contender + 'static>(&mut self) {
        let events = self.events;
        // The turn includes the drop of each event, as in a program.
        let turn = move || events.iter().filter(|json| C::succeeds(black_box(json))).count();
        self.reading.push((C::NAME, Box::new(turn)));
    }

    fn writing<C: Write + 'static>(&mut self) {
        let events: Vec<C::Event> = self.events.iter().filter_map(|json| C::read(json)).collect();
        let turn = move || events.iter().filter(|event| black_box(C::write(black_box(event))).is_some()).count();
        self.writing.push((C::NAME, Box::new(turn)));
    }
}

impl Checks for Turns<'_> {
    fn checking<C: Check + 'static>(&mut self) {
        let events: Vec<C::Event> = self.events.iter().filter_map(|json| C::Event::prepare(json)).collect();
        let turn = move || events.iter().filter(|event| C::check(black_box(event))).count();
        self.checking.push((C::CHECKER, Box::new(turn)));
    }
}

#[derive(Default)]
struct Bodies<'b> {
    json: &'b [u8],
    reading: Vec<(&'static str, Turn<'b>)>,
}

impl MeasureBody for Bodies<'_> {
    fn body<C: BodyContender + 'static>(&mut self) {
        let json = self.json;
        let turn = move || black_box(C::read(black_box(json))).map_or(0, |body| C::events(&body));
        self.reading.push((C::NAME, Box::new(turn)));
    }
}

/// Measures the reading of a body, without the repetition of small corpora.
fn body(json: &[u8]) -> Value {
    let mut bodies = Bodies { json, ..Bodies::default() };
    each_body(&mut bodies);
    json!({"bytes": json.len(), "reading": rounds(bodies.reading, ENOUGH, json.len(), of_thread)})
}

fn corpus(events: &[&[u8]]) -> Value {
    let bytes: usize = events.iter().map(|json| json.len()).sum();
    let mut turns = Turns { events, ..Turns::default() };
    each(&mut turns);
    // Programs validate a value after they parse it, so it is in the cache. A small sample is in the cache as well.
    let sample: Vec<&[u8]> = events.iter().step_by(events.len().div_ceil(SAMPLE).max(1)).copied().collect();
    let mut checks = Turns { events: &sample, ..Turns::default() };
    each_check(&mut checks);
    let sampled = sample.iter().map(|json| json.len()).sum();
    let mut repeated = json!({"events": events.len(), "bytes": bytes});
    let (reading, writing) =
        (rounds(turns.reading, events.len(), bytes, of_thread), rounds(turns.writing, events.len(), bytes, of_thread));
    repeated["reading"] = reading;
    repeated["writing"] = writing;
    repeated["checking"] = rounds(checks.checking, sample.len(), sampled, of_thread);
    repeated["checked"] = json!({"events": sample.len(), "bytes": sampled});
    repeated
}

/// Measures work on NDJSON, on one thread and on all cores. The times are those of a clock, because the work is on several threads.
fn lines(events: &[&[u8]]) -> Value {
    let text = events.join(&b'\n');
    let is_valid = |line: &[u8]| matrix_events::validate(line).is_valid();
    let is_read = |line: &[u8]| matrix_events::from_slice::<Types>(line).is_ok();
    let one = |work: &dyn Fn(&[u8]) -> bool| text.split(|byte| *byte == b'\n').filter(|line| work(line)).count();
    let count = |results: Vec<bool>| results.into_iter().filter(|is_true| *is_true).count();
    let turns: Vec<(&str, Turn<'_>)> = vec![
        ("validation, one thread", Box::new(|| one(&is_valid))),
        ("validation, all cores", Box::new(|| count(matrix_events::parallel::lines(&text, is_valid)))),
        ("deserialization, one thread", Box::new(|| one(&is_read))),
        ("deserialization, all cores", Box::new(|| count(matrix_events::parallel::lines(&text, is_read)))),
    ];
    let start = Instant::now();
    json!({"rows": rounds(turns, events.len(), text.len(), || start.elapsed())})
}

/// Returns the time of this thread, which does not contain the time of other programs.
fn of_thread() -> Duration {
    ThreadTime::now().as_duration()
}

/// Runs the contenders alternately, and returns the medians of their times by a clock.
fn rounds(mut turns: Vec<(&str, Turn<'_>)>, events: usize, bytes: usize, clock: impl Fn() -> Duration) -> Value {
    let repeats = ENOUGH.div_ceil(events.max(1));
    let mut times = vec![Vec::new(); turns.len()];
    let mut counts = vec![0; turns.len()];
    for round in 0..WARM_UP + ROUNDS {
        for (index, (_, turn)) in turns.iter_mut().enumerate() {
            let start = clock();
            for _ in 0..repeats {
                counts[index] = turn();
            }
            let nanoseconds = (clock() - start).as_secs_f64() * 1e9;
            if round >= WARM_UP {
                times[index].push(nanoseconds / repeats as f64);
            }
        }
    }
    let first = times.first().cloned().unwrap_or_default();
    let row = |(index, (name, _)): (usize, &(&str, Turn<'_>))| {
        let ratios = times[index].iter().zip(&first).map(|(time, first)| time / first).collect();
        let time = median(times[index].clone());
        json!({
            "name": name, "succeeded": counts[index], "ratio": median(ratios),
            "ns_per_event": time / events as f64, "mb_per_s": bytes as f64 / time * 1e3,
        })
    };
    turns.iter().enumerate().map(row).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
