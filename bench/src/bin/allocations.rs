//! Counts the allocations and bytes to read an event, and the bytes of the resulting event. Prints JSON for `bench`.

use std::mem::size_of;

use allocation_counter::measure;
use bench::{each, usage, Contender, Events, Measure, Write};
use serde_json::{json, Value};

fn main() {
    if let Err(message) = run() {
        eprintln!("error: {message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let [mix] = usage("allocations MIX")?;
    let mix = Events::read(&mix)?;
    let mut counts = Counts { events: &mix.slices(), reading: Vec::new(), writing: Vec::new() };
    each(&mut counts);
    println!("{:#}", json!({"reading": counts.reading, "writing": counts.writing}));
    Ok(())
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
        self.writing.push(sums.row(C::WRITER, self.events.len()));
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
