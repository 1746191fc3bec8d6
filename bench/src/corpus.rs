//! The corpus: the timeline events among the specification's examples, and a large mix of variations of them.

mod random;
mod sync;
mod traffic;
mod vary;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use fs_err as fs;
use matrix_events_codegen::fs::Tree;
use matrix_events_codegen::{generate, Settings, PROPOSALS, PROSE};
use serde_json::{Map, Value};

use crate::repository;
use random::Random;

/// The number of events of the mix.
const MIX: usize = 20_000;

/// The percentage of each type in the mix. The other events have any other type.
const WEIGHTS: [(&str, u64); 4] =
    [("m.room.message", 55), ("m.room.member", 20), ("m.reaction", 8), ("m.room.encrypted", 8)];

/// The percentage of plain text messages. The other messages are of any kind.
const PLAIN_TEXT: u64 = 80;

/// The files of the corpus, with an event per line.
#[derive(Debug)]
pub struct Corpus {
    /// The unmodified examples.
    pub examples: PathBuf,
    /// The mix.
    pub mix: PathBuf,
    /// The response of `/sync`, in one line.
    pub sync: PathBuf,
    /// The events of rooms in the responses that were recorded from a homeserver, if `../shared/traffic` exists.
    pub traffic: Option<PathBuf>,
    /// The origin of the examples, for the report.
    pub source: String,
}

/// The examples by event type.
type Examples = BTreeMap<String, Vec<Map<String, Value>>>;

impl Corpus {
    /// Writes the corpus to a folder. The examples are those of the specification if its release is in `../shared/matrix-spec`,
    /// and our own examples otherwise.
    ///
    /// # Errors
    ///
    /// Returns an error if the generator fails, or a file cannot be written.
    pub fn write(folder: &Path) -> Result<Self> {
        let ours = Tree::read(&repository("spec"), None)?;
        let release = ours.release.map_or_else(String::new, |release| release.to_string());
        let theirs = repository("../shared/matrix-spec").join(&release);
        match theirs.is_dir() {
            true => {
                Self::of_tree(folder, &Tree::read(&theirs, None)?, format!("the specification's examples of {release}"))
            }
            false => Self::of_tree(folder, &ours, format!("our own examples of {release}")),
        }
    }

    /// Adds the events of the recorded responses, if there are any.
    ///
    /// # Errors
    ///
    /// Returns an error if a response is no JSON, or the file cannot be written.
    pub fn with_traffic(self, folder: &Path) -> Result<Self> {
        let events = traffic::events(&repository("../shared/traffic"))?;
        if events.is_empty() {
            return Ok(self);
        }
        let path = folder.join("traffic.jsonl");
        fs::write(&path, events.join("\n") + "\n")?;
        Ok(Self { traffic: Some(path), ..self })
    }

    /// Writes the corpus with our own examples to a folder.
    ///
    /// # Errors
    ///
    /// Returns an error if the generator fails, or a file cannot be written.
    pub fn write_ours(folder: &Path) -> Result<Self> {
        Self::of_tree(folder, &Tree::read(&repository("spec"), None)?, "our own examples".to_owned())
    }

    fn of_tree(folder: &Path, tree: &Tree, source: String) -> Result<Self> {
        let mut examples = Examples::new();
        for example in generate(&tree.input(&Settings::read(&repository("spec"))?))?.examples {
            // The events of the specification only, so that new proposals do not change the corpus.
            let is_of_release = ![PROPOSALS, PROSE].iter().any(|own| example.file.starts_with(own));
            if let (Value::Object(event), true) = (example.value, is_of_release) {
                if is_timeline(&event) {
                    examples.entry(example.event_type).or_default().push(event);
                }
            }
        }
        let lines: Vec<String> =
            examples.values().flatten().map(|event| Value::Object(event.clone()).to_string()).collect();
        let files = ["examples.jsonl", "mix.jsonl", "sync.json"].map(|name| folder.join(name));
        let [examples_file, mix_file, sync] = files;
        let corpus = Self { examples: examples_file, mix: mix_file, sync, traffic: None, source };
        fs::create_dir_all(folder)?;
        fs::write(&corpus.examples, lines.join("\n") + "\n")?;
        let mix = mix(&examples)?;
        fs::write(&corpus.mix, mix.join("\n") + "\n")?;
        fs::write(&corpus.sync, sync::response(&mix)?)?;
        Ok(corpus)
    }
}

/// Returns `true` if an event is a room event in the full form.
fn is_timeline(event: &Map<String, Value>) -> bool {
    ["type", "content", "event_id", "sender", "origin_server_ts", "room_id"].iter().all(|key| event.contains_key(*key))
}

fn mix(examples: &Examples) -> Result<Vec<String>> {
    let is_weighted = |name: &str| WEIGHTS.iter().any(|(weighted, _)| *weighted == name);
    let others: Vec<_> = examples.iter().filter(|(name, _)| !is_weighted(name)).flat_map(|(_, all)| all).collect();
    let mut random = Random::new(1);
    let mut events = Vec::with_capacity(MIX);
    for index in 0..MIX {
        let mut share = random.below(100);
        let name = WEIGHTS.iter().find_map(|(name, weight)| {
            let found = share < *weight;
            share = share.saturating_sub(*weight);
            found.then_some(*name)
        });
        let example = match name {
            Some(name) => of_type(examples, name, &mut random)?,
            None => *random.pick(&others),
        };
        events.push(vary::event(example, index, &mut random));
    }
    Ok(events)
}

/// Returns an example of a type. Most messages are plain text.
fn of_type<'e>(examples: &'e Examples, name: &str, random: &mut Random) -> Result<&'e Map<String, Value>> {
    let examples = examples.get(name).with_context(|| format!("there is no example of {name}"))?;
    let is_text = |event: &&Map<String, Value>| event["content"]["msgtype"] == "m.text";
    match examples.iter().find(is_text).filter(|_| random.chance(PLAIN_TEXT)) {
        Some(text) => Ok(text),
        None => Ok(random.pick(examples)),
    }
}
