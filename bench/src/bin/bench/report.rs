//! The report with the results as tables.

use serde_json::Value;

/// Returns the text of RESULTS.md. All numbers are from the results.
pub(super) fn markdown(results: &Value) -> String {
    let mut text = String::from("# Results\n\nThe program `bench` writes this file. All numbers are measurements.\n");
    if let Some(measured) = results.get("read_write") {
        read_write(measured, &mut text);
    }
    if let Some(measured) = results.get("build") {
        build(measured, &mut text);
    }
    text.push_str(REPEAT);
    text
}

const REPEAT: &str = "
## Reproduce the results

```sh
cd bench
cargo run --release                   # all measurements, about 20 minutes
cargo run --release -- --read-write   # deserialization, serialization and validation
cargo run --release -- --build        # build times
```

The commands require an idle machine, and the crates of `bench/Cargo.lock` from the network or from Cargo's cache. `results.json`
contains the same numbers. For a profiler, `cargo run --release --bin profile` runs one contender.
";

const READING: &str = "
`matrix-events` is `matrix_events::from_slice`. `matrix-events by serde_json` is `serde_json::from_slice`, which first scans for the end
of the event. `matrix-events by sonic-rs` deserializes from a `Value`, because sonic-rs does not provide the text of a value.
`EventRef` borrows the type, the sender and the IDs from the text, and skips the rest. `serde derive` is a struct with the fields of the
most frequent types, which loses other members. `simd_json::BorrowedValue` includes a copy of the text, which its parser changes.

The column `events` is the number of events that deserialize. `allocations` and `bytes` are averages per event. `held` is the size of
the resulting event in bytes, including the heap.

";

const WRITING: &str = "
Each contender serializes to a new `Vec<u8>`: `matrix-events` is `matrix_events::to_vec`, and `matrix-events by serde_json` is
`serde_json::to_vec`. The serializer of `serde_json` compares each byte of a string, so its part of the time is over half. Ruma is
missing, because its `AnyTimelineEvent` does not implement `Serialize`.
";

fn read_write(measured: &Value, text: &mut String) {
    let (mix, examples) = (&measured["corpora"]["mix"], &measured["corpora"]["examples"]);
    let average = number(&mix["bytes"]) / number(&mix["events"]);
    text.push_str(&format!(
        "\n## Deserialization and serialization\n\n![Time to deserialize an event, relative to serde_json::Value](results.svg)\n\n\
         The input is {} timeline events with {average:.0} bytes on average: mostly messages and memberships. They are variations \
         of {}, with random identifiers, times and texts. Each event is deserialized from its own bytes and dropped. The contenders \
         run alternately in one process. The times are medians of {} rounds, without the time of other programs. The ratio is relative to `serde_json::Value` in the same \
         round.\n\n",
        group(number(&mix["events"])),
        string(&measured["source"]),
        measured["rounds"],
    ));
    text.push_str(&format!("Versions: {}. Built by {}.\n\n", versions(measured), machine(&measured["machine"])));
    let counts = &measured["allocations"];
    rates("reading", mix, &counts["reading"], text);
    text.push_str(READING);
    rates("writing", mix, &counts["writing"], text);
    text.push_str(WRITING);
    body(measured, text);
    checking(measured, text);
    lines(measured, text);
    alone("Examples of the specification", "unmodified examples of timeline events", examples, text);
    if let Some(traffic) = measured["corpora"].get("traffic") {
        text.push('\n');
        alone("Recorded traffic", "events of rooms in the responses of a homeserver to four clients", traffic, text);
    }
    if let Some(measured) = measured.get("growth") {
        growth(measured, text);
    }
    sizes(&measured["sizes"], text);
}

/// Returns the title of a measurement in tables.
fn title(what: &str) -> &'static str {
    if what == "reading" {
        "deserialization"
    } else {
        "serialization"
    }
}

/// Appends a table of the mix.
fn rates(what: &str, corpus: &Value, counts: &Value, text: &mut String) {
    let memory: &[&str] = if what == "reading" { &["allocations", "bytes", "held"] } else { &["allocations", "bytes"] };
    let heads: String = memory.iter().map(|head| format!(" {head} |")).collect();
    text.push_str(&format!("| {} | ratio | ns/event | MB/s | events |{heads}\n|---|---:|---:|---:|---:|", title(what)));
    text.push_str(&format!("{}\n", "---:|".repeat(memory.len())));
    for row in rows(&corpus[what]) {
        let count = rows(counts).iter().find(|count| count["name"] == row["name"]).unwrap_or(&Value::Null);
        text.push_str(&format!(
            "| {} | {:.2} | {} | {} | {} |",
            string(&row["name"]),
            number(&row["ratio"]),
            group(number(&row["ns_per_event"])),
            group(number(&row["mb_per_s"])),
            group(number(&row["succeeded"])),
        ));
        for key in memory {
            let number = number(&count[*key]);
            text.push_str(&if *key == "allocations" {
                format!(" {number:.1} |")
            } else {
                format!(" {} |", group(number))
            });
        }
        text.push('\n');
    }
}

const BODY: &str = "
`SyncResponse` contains all of its events as the enums of their places. `events_in` visits the events one by one: it returns their
texts, or each is deserialized as the enum of its place and dropped. The `Response` of ruma-client-api contains the texts of its events. In
the last row, each of them is deserialized and dropped.

The column `events` is the number of deserialized or visited events. `peak` is the largest size of the allocated memory in kB, without the
response itself.
";

/// Appends a table of reading a response.
fn body(measured: &Value, text: &mut String) {
    let counts = &measured["allocations"]["body"];
    // Results of an earlier version of the program have no such measurement.
    if measured["body"].is_null() {
        return;
    }
    text.push_str(&format!(
        "\n## A response of `/sync`\n\nThe input is one response with {:.1} MB. Its rooms have 20 events of the mix in the timeline and 10 in \
         the state, and the other parts of recorded responses if there are any.\n\n\
         | response | ratio | ms | MB/s | events | allocations | peak, kB |\n|---|---:|---:|---:|---:|---:|---:|\n",
        number(&measured["body"]["bytes"]) / 1e6,
    ));
    for row in rows(&measured["body"]["reading"]) {
        let count = rows(counts).iter().find(|count| count["name"] == row["name"]).unwrap_or(&Value::Null);
        let events = match number(&row["succeeded"]) {
            0.0 => "–".to_owned(),
            events => group(events),
        };
        text.push_str(&format!(
            "| {} | {:.2} | {:.1} | {} | {events} | {} | {} |\n",
            string(&row["name"]),
            number(&row["ratio"]),
            number(&measured["body"]["bytes"]) / number(&row["mb_per_s"]) / 1e3,
            group(number(&row["mb_per_s"])),
            group(number(&count["allocations"])),
            group((number(&count["peak"]) / 1e3).ceil()),
        ));
    }
    text.push_str(BODY);
}

/// Appends a table of validation.
fn checking(measured: &Value, text: &mut String) {
    let corpora = ["mix", "examples"].map(|name| &measured["corpora"][name]);
    let [mix, examples] = corpora.map(|corpus| rows(&corpus["checking"]));
    let count = |corpus: &Value| group(number(&corpus["checked"]["events"]));
    text.push_str(&format!(
        "\n## Validation\n\nEach contender repeatedly validates {} events of the mix, and the {} examples. One in twenty events of the mix is \
         invalid. The column `valid` is the number of events with the verdict \"valid\". The peers use the same schemas: one for \
         each type and variant, without references.\n\n\
         | validation | mix: ratio | ns/event | valid | examples: ratio | ns/event | valid |\n|---|---:|---:|---:|---:|---:|---:|\n",
        count(corpora[0]),
        count(corpora[1]),
    ));
    for (row, other) in mix.iter().zip(examples) {
        let cells = [row, other].map(|row| {
            let (ratio, time) = (number(&row["ratio"]), group(number(&row["ns_per_event"])));
            format!("{ratio:.2} | {time} | {}", group(number(&row["succeeded"])))
        });
        text.push_str(&format!("| {} | {} |\n", string(&row["name"]), cells.join(" | ")));
    }
    text.push('\n');
}

/// Appends a table of work on NDJSON.
fn lines(measured: &Value, text: &mut String) {
    text.push_str(
        "## NDJSON\n\nThe input is the mix as one text, with an event in each line. `parallel::lines` distributes the lines to \
         all cores. The times are those of a clock.\n\n| work | MB/s | events that succeed |\n|---|---:|---:|\n",
    );
    for row in rows(&measured["lines"]["rows"]) {
        let (speed, succeeded) = (group(number(&row["mb_per_s"])), group(number(&row["succeeded"])));
        text.push_str(&format!("| {} | {speed} | {succeeded} |\n", string(&row["name"])));
    }
    text.push('\n');
}

/// Appends a table of a corpus, which `what` describes.
fn alone(title_of_table: &str, what: &str, corpus: &Value, text: &mut String) {
    text.push_str(&format!(
        "## {title_of_table}\n\nThese measurements use {} {what}.\n\n| | ratio | ns/event | events |\n|---|---:|---:|---:|\n",
        group(number(&corpus["events"]))
    ));
    for what in ["reading", "writing"] {
        for row in rows(&corpus[what]) {
            let (ratio, time) = (number(&row["ratio"]), group(number(&row["ns_per_event"])));
            text.push_str(&format!(
                "| {}: {} | {ratio:.2} | {time} | {} |\n",
                title(what),
                string(&row["name"]),
                row["succeeded"]
            ));
        }
    }
}

/// Appends a table of the time per byte for events of several sizes.
fn growth(measured: &Value, text: &mut String) {
    let sizes: Vec<String> = rows(&measured["sizes"]).iter().map(|size| group(number(size))).collect();
    let (last, others) = sizes.split_last().map_or(("", String::new()), |(last, others)| (last, others.join(", ")));
    text.push_str(&format!(
        "\n## Large events\n\nEach row is an event in which one part grows: events with {others} and {last} bytes. The numbers are \
         nanoseconds per byte, so equal numbers in a row mean linear growth. A Matrix server accepts events with up to 65,536 bytes.\n\n\
         | the part that grows | operation | {} |\n|---|---|{}\n",
        sizes.join(" | "),
        "---:|".repeat(sizes.len()),
    ));
    for row in rows(&measured["rows"]) {
        let times: Vec<String> = rows(&row["ns_per_byte"]).iter().map(|time| format!("{:.1}", number(time))).collect();
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            string(&row["part"]),
            string(&row["operation"]),
            times.join(" | ")
        ));
    }
}

fn sizes(sizes: &Value, text: &mut String) {
    text.push_str("\n## Size\n\n| `size_of::<AnyTimelineEvent>()` | bytes |\n|---|---:|\n");
    for (name, size) in sizes.as_object().into_iter().flatten() {
        text.push_str(&format!("| {name} | {size} |\n"));
    }
}

fn build(measured: &Value, text: &mut String) {
    let programs = rows(&measured["programs"]);
    let ours = programs.iter().find(|program| program["name"] == "matrix-events").unwrap_or(&Value::Null);
    text.push_str(&format!(
        "\n## Build times\n\nEach program deserializes lines as timeline events, and prints their types and senders. The programs \
         differ only in the crate for events. The times are medians of {} builds of each kind: clean builds by `cargo build --release`, \
         `cargo build` and `cargo check`, and builds after a change to the program. The number in parentheses is relative to \
         matrix-events. Built by {}.\n\n\
         | program with | clean build, s | rebuild, s | clean debug build, s | debug rebuild, s | clean check, s | crates | program, kB | \
         events that deserialize |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
        measured["runs"],
        machine(&measured["machine"]),
    ));
    for program in programs {
        let timed = |kind: &str, key: &str| {
            let (seconds, of_ours) = (&program["times"][kind][key], number(&ours["times"][kind][key]));
            let digits = if key == "again" { 2 } else { 1 };
            seconds
                .as_f64()
                .map_or("–".to_owned(), |seconds| format!("{seconds:.digits$} ({:.1})", seconds / of_ours))
        };
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
            string(&program["name"]),
            timed("release", "clean"),
            timed("release", "again"),
            timed("debug", "clean"),
            timed("debug", "again"),
            timed("check", "clean"),
            program["crates"],
            group(number(&program["binary"]) / 1e3),
            group(number(&program["events"])),
        ));
    }
}

fn versions(measured: &Value) -> String {
    let named = rows(&measured["versions"]).iter().map(|pair| format!("{} {}", string(&pair[0]), string(&pair[1])));
    named.collect::<Vec<_>>().join(", ")
}

fn machine(machine: &Value) -> String {
    let flags = match string(&machine["flags"]) {
        "" => "default flags".to_owned(),
        flags => format!("`{flags}`"),
    };
    format!(
        "{} with {flags}, on {} cores of {}, {}",
        string(&machine["compiler"]),
        machine["cores"],
        string(&machine["processor"]),
        string(&machine["system"])
    )
}

fn rows(list: &Value) -> &[Value] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

/// Formats a whole number with a comma between its thousands.
fn group(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
