//! Goes a path through the crate once, or gets ready for it and goes nowhere: the difference is what the path costs.

use std::hint::black_box;
use std::io::Write;

use matrix_events::AnyTimelineEvent;
use matrix_events_codegen::{generate, Files, Input, Settings, Version};
use serde_json::Value;

const USAGE: &str =
    "usage: perf read|read-by-serde|write|is-valid|validate CORPUS go|stay\n       perf regen TREE go|stay";

fn main() {
    if let Err(message) = run() {
        // If this can't be printed, the exit code is all that is left to tell it.
        let _ = writeln!(std::io::stderr(), "error: {message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, input, whether] = arguments.as_slice() else { return Err(USAGE.to_owned()) };
    let goes = whether == "go";
    let text = std::fs::read(input).map_err(|error| format!("{input} can't be read: {error}"))?;
    if path == "regen" {
        return regen(&text, goes);
    }
    let events: Vec<&[u8]> = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    events_along(path, &events, goes)
}

fn events_along(path: &str, events: &[&[u8]], goes: bool) -> Result<(), String> {
    match path {
        "read" => each(events, goes, |json| matrix_events::from_slice::<AnyTimelineEvent>(json).ok()),
        "read-by-serde" => each(events, goes, |json| serde_json::from_slice::<AnyTimelineEvent>(json).ok()),
        "validate" => each(events, goes, |json| matrix_events::validate(json)),
        "write" => {
            let read: Option<Vec<AnyTimelineEvent>> =
                events.iter().map(|json| matrix_events::from_slice(json).ok()).collect();
            let read = read.ok_or("a line of the corpus is no event")?;
            let mut text = Vec::with_capacity(1 << 20);
            each(&read, goes, |event| {
                text.clear();
                serde_json::to_writer(&mut text, event).is_ok()
            });
        }
        "is-valid" => {
            let parsed: Option<Vec<Value>> = events.iter().map(|json| serde_json::from_slice(json).ok()).collect();
            let parsed = parsed.ok_or("a line of the corpus is no JSON")?;
            each(&parsed, goes, matrix_events::is_valid);
        }
        _ => return Err(USAGE.to_owned()),
    }
    Ok(())
}

fn each<I, O>(inputs: &[I], goes: bool, mut task: impl FnMut(&I) -> O) {
    for input in inputs.iter().filter(|_| black_box(goes)) {
        black_box(task(black_box(input)));
    }
}

/// Generates from a tree that `cargo xtask perf` has put into one file.
fn regen(tree: &[u8], goes: bool) -> Result<(), String> {
    let tree: Value = serde_json::from_slice(tree).map_err(|error| format!("the tree can't be read: {error}"))?;
    let text = |key: &str| tree[key].as_str().ok_or_else(|| format!("the tree has no `{key}`"));
    let files = tree["files"].as_object().ok_or("the tree has no `files`")?;
    let files: Files =
        files.iter().map(|(name, text)| (name.clone(), text.as_str().unwrap_or_default().into())).collect();
    let settings = Settings::new(text("config")?, text("overrides")?);
    let input = Input { files: &files, settings: &settings, release: Version::parse(text("release")?) };
    if black_box(goes) {
        let output = generate(black_box(&input)).map_err(|diagnostics| diagnostics.to_string())?;
        black_box(output);
    }
    Ok(())
}
