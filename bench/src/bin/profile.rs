//! Runs one contender alone, for a profiler: `valgrind --tool=callgrind profile "matrix-events" mix.jsonl 500`.

use std::hint::black_box;

use bench::{each, usage, Contender, Events, Measure, Write};

fn main() {
    if let Err(message) = run() {
        eprintln!("error: {message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let [name, corpus, limit] = usage("profile CONTENDER|write:CONTENDER CORPUS EVENTS")?;
    let corpus = Events::read(&corpus)?;
    let limit = limit.parse().map_err(|_| format!("expected a number of events, found `{limit}`"))?;
    let mut alone = Alone { name, events: &corpus.slices(), limit, names: Vec::new() };
    each(&mut alone);
    if !alone.names.contains(&alone.name) {
        let (name, names) = (alone.name, alone.names.join("`, `"));
        return Err(format!("unknown contender `{name}`\n  = expected: one of `{names}`"));
    }
    Ok(())
}

struct Alone<'e> {
    name: String,
    events: &'e [&'e [u8]],
    limit: usize,
    names: Vec<String>,
}

impl Alone<'_> {
    /// Notes the name of a contender, and returns `true` if the contender is selected.
    fn is_meant(&mut self, name: String) -> bool {
        let meant = name == self.name;
        self.names.push(name);
        meant
    }
}

impl Measure for Alone<'_> {
    fn reading<C: Contender + 'static>(&mut self) {
        if self.is_meant(C::NAME.to_owned()) {
            for json in self.events.iter().cycle().take(self.limit) {
                black_box(C::read(black_box(json)));
            }
        }
    }

    fn writing<C: Write + 'static>(&mut self) {
        if self.is_meant(format!("write:{}", C::NAME)) {
            let events: Vec<C::Event> = self.events.iter().take(1_000).filter_map(|json| C::read(json)).collect();
            for event in events.iter().cycle().take(self.limit) {
                black_box(C::write(black_box(event)));
            }
        }
    }
}
