//! Counts the allocations and bytes to read an event, and the bytes of the resulting event. Prints JSON for `bench`.

use std::mem::size_of;

use allocation_counter::measure;
use bench::{each, each_body, usage, BodyContender, Contender, Events, Measure, MeasureBody, Write};
use serde_json::{json, Value};

fn main() {
    if let Err(message) = run() {
        eprintln!("error: {message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let [mix, sync] = usage("allocations MIX SYNC")?;
    let (mix, sync) = (Events::read(&mix)?, Events::read(&sync)?);
    let sync = sync.slices();
    let mut bodies = Bodies { json: sync.first().copied().unwrap_or_default(), rows: Vec::new() };
    each_body(&mut bodies);
    let mut counts = Counts { events: &mix.slices(), reading: Vec::new(), writing: Vec::new() };
    each(&mut counts);
    println!("{:#}", json!({"reading": counts.reading, "writing": counts.writing, "body": bodies.rows}));
    Ok(())
}

/// The allocations of reading a body. The peak is the largest number of bytes that are allocated at one time.
struct Bodies<'b> {
    json: &'b [u8],
    rows: Vec<Value>,
}

impl MeasureBody for Bodies<'_> {
    fn body<C: BodyContender + 'static>(&mut self) {
        let mut body = None;
        let info = measure(|| body = C::read(self.json));
        self.rows.push(json!({
            "name": C::NAME, "allocations": info.count_total, "peak": info.bytes_max, "held": info.bytes_current,
        }));
    }
}

struct Counts<'e> {
    events: &'e [&'e [u8]],
    reading: Vec<Value>,
    writing: Vec<Value>,
}

impl Measure for Counts<'_> {
    fn reading<C: Contender + 'static>(&mut self) {
        let mut sums = Sums::default();
        for json in self.events {
            let mut event = None;
            sums.add(&measure(|| event = C::read(json)));
        }
        let mut row = sums.row(C::NAME, self.events.len());
        // The size of the event includes its memory on the heap.
        row["held"] = (size_of::<C::Event>() as f64 + sums.held as f64 / self.events.len() as f64).into();
        self.reading.push(row);
    }

    fn writing<C: Write + 'static>(&mut self) {
        let mut sums = Sums::default();
        for event in self.events.iter().filter_map(|json| C::read(json)) {
            sums.add(&measure(|| {
                C::write(&event);
            }));
        }
        self.writing.push(sums.row(C::NAME, self.events.len()));
    }
}

#[derive(Default)]
struct Sums {
    allocations: u64,
    bytes: u64,
    held: i64,
}

impl Sums {
    fn add(&mut self, info: &allocation_counter::AllocationInfo) {
        self.allocations += info.count_total;
        self.bytes += info.bytes_total;
        self.held += info.bytes_current;
    }

    fn row(&self, name: &str, events: usize) -> Value {
        let each = |sum: f64| sum / events as f64;
        json!({
            "name": name, "allocations": each(self.allocations as f64), "bytes": each(self.bytes as f64),
        })
    }
}
