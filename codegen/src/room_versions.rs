//! Reads the rules of room versions, and emits them as constants.

mod emit;
mod read;
mod value;

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostics;
use crate::render;
use crate::source::{Files, Sources};
use crate::TextFile;
use value::Value;

/// The name of the file with the rules of room versions.
pub const ROOM_VERSIONS: &str = "room-versions.yaml";

/// A room version.
#[derive(Debug)]
struct RoomVersion {
    name: String,
    /// The name of the version that this version is based on.
    based_on: Option<String>,
    text: String,
    /// The entries, in the order of the file.
    facts: Vec<Fact>,
    /// The values of all rules.
    rules: Rules,
}

/// The name of a rule, and the event type of a rule for the content of events.
type RuleKey = (&'static str, Option<String>);

type Rules = BTreeMap<RuleKey, Value>;

/// A rule that a room version states.
#[derive(Debug)]
struct Fact {
    key: RuleKey,
    value: Value,
    clause: String,
    text: String,
}

/// Generates the constants of the type `RoomVersionRules` from the text of `room-versions.yaml`.
///
/// # Errors
///
/// Returns the errors in the file, each with its place and a fix.
pub fn room_versions(file: &TextFile) -> Result<String, Diagnostics> {
    let files = Files::from([(file.name.clone(), file.text.as_bytes().to_vec())]);
    let mut sources = Sources::new(&files);
    let versions = read::versions(&mut sources, &file.name);
    let emitted = versions.and_then(|versions| render::single(&emit::file(&versions)));
    emitted.map_err(|diagnostics| sources.diagnose(diagnostics))
}
