//! Measures the time per byte for events of several sizes. Prints JSON for `bench`.

use std::hint::black_box;

use bench::growth::GROWTHS;
use bench::Types;
use cpu_time::ThreadTime;
use matrix_events::validate::{Level, Validator};
use serde_json::{json, Value};

/// The sizes of the events, in bytes.
const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// The bytes of all repetitions of a turn.
const ENOUGH: usize = 2_000_000;

/// The number of measured turns. Their median counts.
const TURNS: usize = 7;

/// The name of an operation on the bytes of an event, and its function.
type Operation = (&'static str, fn(&[u8]));

const OPERATIONS: [Operation; 4] = [
    ("deserialize", |json| drop(black_box(matrix_events::from_slice::<Types>(json)))),
    ("validate", |json| drop(black_box(matrix_events::validate(json)))),
    ("validate, Strict", |json| drop(black_box(Validator::new().level(Level::Strict).validate(json)))),
    ("validate, Lint", |json| drop(black_box(Validator::new().level(Level::Lint).validate(json)))),
];

fn main() {
    let mut rows = Vec::new();
    for growth in GROWTHS {
        let events = SIZES.map(|size| growth.event(size));
        for (operation, run) in OPERATIONS {
            let times: Vec<f64> = events.iter().map(|json| per_byte(json.as_bytes(), run)).collect();
            rows.push(json!({"part": growth.name, "operation": operation, "ns_per_byte": times}));
        }
    }
    println!("{:#}", json!({"sizes": SIZES, "rows": Value::from(rows)}));
}

/// Returns the median of the time per byte in nanoseconds.
fn per_byte(json: &[u8], run: fn(&[u8])) -> f64 {
    let repeats = ENOUGH.div_ceil(json.len());
    let mut times = [(); TURNS].map(|()| {
        let start = ThreadTime::now();
        (0..repeats).for_each(|_| run(black_box(json)));
        start.elapsed().as_secs_f64() * 1e9 / (repeats * json.len()) as f64
    });
    times.sort_by(f64::total_cmp);
    times[TURNS / 2]
}
