//! What an import makes of spec/, all of it known before anything is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use matrix_events_codegen::{parse_document, Files, Node, Origin, Settings, Version};
use serde_yaml::{Mapping, Value};
use sha2::{Digest, Sha256};

use super::compose::compose;
use super::mistakes::Mistakes;
use super::moved::{moved, Documents};
use super::reach::{is_imported, reach};
use super::release::Release;
use super::texts::{self, Texts};
use super::yaml::{render, to_yaml};
use crate::write::{self, Difference};
use crate::{tree, Outcome};

/// The file that says where the facts come from.
pub(crate) const SOURCE: &str = "source.yaml";

/// What an import writes and removes, and what it has to say.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The release that spec/ has been of, where it says so.
    pub(crate) before: Option<String>,
    /// The release that it will be of.
    pub(crate) release: Version,
    /// Every imported file, by its path below spec/.
    pub(crate) files: BTreeMap<String, String>,
    /// How they differ from those that are there.
    pub(crate) difference: Difference,
    /// How many descriptions are kept.
    pub(crate) kept: usize,
    /// Our descriptions whose places are gone.
    pub(crate) homeless: Texts,
    /// The files of ours that the release has under other names, by those.
    pub(crate) moved: BTreeMap<String, String>,
    /// The places that want a description and have none.
    pub(crate) bare: Vec<Origin>,
    /// The examples of the release that we have none of our own for.
    pub(crate) examples: Vec<String>,
}

/// Finds out what importing a release into a folder comes to.
pub(crate) fn make(release: &Release, settings: &Settings, into: &Path) -> Outcome<Plan> {
    let reached = reach(&release.files, settings)?;
    let ours = existing(into)?;
    let moved = moved(&ours, &reached);
    let mut texts = descriptions(&ours, &moved);
    let mut files = BTreeMap::from([(SOURCE.to_owned(), source(release, reached.keys())?)]);
    let (mut kept, mut homeless, mut bare) = (0, Texts::new(), Vec::new());
    for (file, root) in &reached {
        let ours = texts.remove(file).unwrap_or_default();
        files.insert(file.clone(), render(file, &compose(file, root, &ours))?);
        bare.extend(texts::wanted(file, root).into_iter().filter(|place| !ours.contains_key(place)));
        let possible = texts::possible(file, root);
        let (stay, go): (Texts, Texts) = ours.into_iter().partition(|(place, _)| possible.contains(place));
        kept += stay.len();
        homeless.extend(go);
    }
    homeless.extend(texts.into_values().flatten());
    let mut difference = write::compare(into, &files)?;
    difference.surplus.retain(|file| is_imported(file) && is_document(file));
    let examples = release.files.keys().filter(|file| is_example(file) && !into.join(file).exists()).cloned().collect();
    let (before, release) = (before(into), release.version);
    Ok(Plan { before, release, files, difference, kept, homeless, moved, bare, examples })
}

/// Examples are ours: an import leaves them as they are.
pub(crate) fn is_example(file: &str) -> bool {
    file.starts_with("event-schemas/examples/") && is_document(file)
}

fn is_document(file: &str) -> bool {
    file.ends_with(".yaml") || file.ends_with(".json")
}

/// The files of the part of a folder that imports write.
fn existing(into: &Path) -> Outcome<Documents> {
    let mut files = Files::new();
    for part in ["event-schemas", "api"] {
        tree::collect_if_there(&into.join(part), part, &mut files)?;
    }
    let mut mistakes = Mistakes::default();
    let mut documents = Documents::new();
    for (file, bytes) in files.into_iter().filter(|(file, _)| is_imported(file)) {
        // The release has a file of the same name: a message has to tell which of the two it is about.
        let path = into.join(&file).display().to_string();
        if let Some(root) = mistakes.note(parse_document(&path, &bytes)) {
            documents.insert(file, root);
        }
    }
    mistakes.none(documents)
}

/// Our descriptions, those of a file with another name now under that name.
fn descriptions(ours: &Documents, moved: &BTreeMap<String, String>) -> BTreeMap<String, Texts> {
    let name = |file: &String| {
        let to = moved.iter().find(|(_, from)| *from == file).map(|(to, _)| to);
        to.unwrap_or(file).clone()
    };
    let named = ours.iter().map(|(file, root)| (name(file), root));
    named.map(|(name, root)| (name.clone(), texts::collect(&name, root))).collect()
}

/// The release that a folder says it is of.
fn before(into: &Path) -> Option<String> {
    let bytes = fs::read(into.join(SOURCE)).ok()?;
    let source = parse_document(SOURCE, &bytes).ok()?;
    source.get("release").and_then(Node::as_str).map(str::to_owned)
}

/// The text of the file that says where the facts come from: the release, and a digest of each of its files.
fn source<'f>(release: &Release, files: impl Iterator<Item = &'f String>) -> Outcome<String> {
    let digests: Mapping =
        files.map(|file| (Value::from(file.as_str()), Value::from(digest(&release.files, file)))).collect();
    let list = to_yaml(SOURCE, &Value::Mapping(Mapping::from_iter([(Value::from("files"), Value::Mapping(digests))])))?;
    Ok(format!(
        "# Written by `cargo xtask import`: the release that the facts come from, and the SHA-256 of each of its files.\nrelease: \"{}\"\n{list}",
        release.version
    ))
}

fn digest(files: &Files, file: &str) -> String {
    let bytes = files.get(file).map(Vec::as_slice).unwrap_or_default();
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
