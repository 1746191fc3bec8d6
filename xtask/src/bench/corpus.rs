//! What is measured on: the timeline events among the specification's examples, and a large mix made from them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::vary;
use crate::random::Random;
use crate::{regen, tree, Outcome};

/// How many events the mix has.
const MIX: usize = 20_000;

/// Of a hundred events of the mix, how many are of a type; the rest are of any other.
const WEIGHTS: [(&str, u64); 4] =
    [("m.room.message", 55), ("m.room.member", 20), ("m.reaction", 8), ("m.room.encrypted", 8)];

/// Of a hundred messages, how many are plain text; the rest are of any kind.
const PLAIN_TEXT: u64 = 80;

/// Where the corpus was written, and what it was made from.
pub(crate) struct Corpus {
    /// Each example as it stands, an event a line.
    pub(crate) examples: PathBuf,
    /// The mix, an event a line.
    pub(crate) mix: PathBuf,
    /// The release of the specification that the examples are from, and whether they are its own or ours.
    pub(super) source: String,
}

/// The examples by the name of their type.
type Groups = BTreeMap<String, Vec<Map<String, Value>>>;

/// What the benchmarks are made from, and whose examples those are: the release at hand, or `spec/`.
pub(super) fn source() -> (PathBuf, &'static str) {
    let release = tree::workspace().join("../shared/matrix-spec/v1.19");
    match release.is_dir() {
        true => (release, "the specification's"),
        false => (tree::workspace().join("spec"), "our own"),
    }
}

/// Makes the corpus from the examples of a tree, and writes it into a folder.
pub(crate) fn write(folder: &Path, tree: &Path, whose: &str) -> Outcome<Corpus> {
    let output = regen::from_tree(tree, None)?.output;
    let version = output.ir.release.map_or("an unknown release".to_owned(), |release| release.to_string());
    let mut groups = Groups::new();
    for example in output.examples {
        if let Value::Object(event) = example.value {
            if is_timeline(&event) {
                groups.entry(example.event_type).or_default().push(event);
            }
        }
    }
    let examples: Vec<String> =
        groups.values().flatten().map(|event| Value::Object(event.clone()).to_string()).collect();
    let corpus = Corpus {
        examples: folder.join("examples.jsonl"),
        mix: folder.join("mix.jsonl"),
        source: format!("{whose} examples of {version}"),
    };
    fs::create_dir_all(folder).map_err(|error| format!("error: {} can't be made: {error}", folder.display()))?;
    lines(&corpus.examples, &examples)?;
    lines(&corpus.mix, &mix(&groups)?)?;
    Ok(corpus)
}

fn lines(path: &Path, events: &[String]) -> Outcome<()> {
    let text = events.join("\n") + "\n";
    Ok(fs::write(path, text).map_err(|error| format!("error: {} can't be written: {error}", path.display()))?)
}

/// Whether an event is one of a room's timeline, in the full form.
fn is_timeline(event: &Map<String, Value>) -> bool {
    ["type", "content", "event_id", "sender", "origin_server_ts", "room_id"].iter().all(|key| event.contains_key(*key))
}

fn mix(groups: &Groups) -> Outcome<Vec<String>> {
    let weighted: Vec<&str> = WEIGHTS.iter().map(|(name, _)| *name).collect();
    let others: Vec<&Map<String, Value>> = groups
        .iter()
        .filter(|(name, _)| !weighted.contains(&name.as_str()))
        .flat_map(|(_, examples)| examples)
        .collect();
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
            Some(name) => one_of(groups, name, &mut random)?,
            None => *random.pick(&others),
        };
        events.push(vary::event(example, index, &mut random));
    }
    Ok(events)
}

/// An example of a type. Of messages, most are plain text.
fn one_of<'g>(groups: &'g Groups, name: &str, random: &mut Random) -> Outcome<&'g Map<String, Value>> {
    let examples = groups.get(name).ok_or_else(|| format!("error: there is no example of {name}"))?;
    let is_text = |event: &&Map<String, Value>| event["content"]["msgtype"] == "m.text";
    match examples.iter().find(is_text).filter(|_| random.chance(PLAIN_TEXT)) {
        Some(text) => Ok(text),
        None => Ok(random.pick(examples)),
    }
}
