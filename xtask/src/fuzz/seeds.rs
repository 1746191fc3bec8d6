//! What fuzzing begins with: the examples and schemas of spec/, and some session descriptions.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use matrix_events_codegen::Files;
use serde_json::Value;

use crate::{regen, tree, Outcome};

/// Session descriptions, some with metadata after a 0.
const SESSIONS: [&str; 4] = [
    "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:screen 2\r\n",
    "v=0\nm=video 9 X 0\na=ssrc:1 msid:camera t\na=msid:- t\nm=video 0 X\na=bundle-only\n\0{\"camera\":{\"purpose\":\"m.usermedia\"}}",
    "a=recvonly\nm=audio 9 X 0\na=sendonly\nm=video 9 X 0\na=inactive\na=msid:a\n\0{\"a\":{\"purpose\":\"x\",\"audio_muted\":true},\"b\":1}",
    "m=video 9 X 0\na=msid:a t\na=msid:b t\n\0[]",
];

/// A schema longer than this has little that shorter ones haven't.
const LONG: usize = 4096;

/// Words longer than this aren't worth a place in the dictionary.
const LONG_WORD: usize = 48;

/// The words to put into inputs.
pub(super) fn dictionary(folder: &Path) -> PathBuf {
    folder.join("corpus/words.dict")
}

/// Writes the seeds of each target into the folder `corpus`, beside what has been found there.
pub(super) fn write(folder: &Path) -> Outcome<()> {
    let spec = tree::workspace().join("spec");
    let examples = regen::from_tree(&spec, None)?.output.examples;
    let mut words = BTreeSet::new();
    for (index, example) in examples.iter().enumerate() {
        let text = example.value.to_string();
        collect(&example.value, &mut words);
        file(folder, "any_event", &format!("example-{index}"), text.as_bytes())?;
        file(folder, "validate", &format!("example-{index}"), text.as_bytes())?;
    }
    for (index, session) in SESSIONS.iter().enumerate() {
        file(folder, "sdp", &format!("session-{index}"), session.as_bytes())?;
    }
    schemas(folder, &spec)?;
    let lines: String = words.iter().map(|word| format!("{}\n", entry(word))).collect();
    written(&dictionary(folder), lines.as_bytes())
}

/// The schemas of spec/, and the files of the small tree, each with the line that says where it stands.
fn schemas(folder: &Path, spec: &Path) -> Outcome<()> {
    let schemas = tree::read(spec, None)?.files;
    let short = schemas.values().filter(|bytes| bytes.len() <= LONG);
    for (index, bytes) in short.enumerate() {
        file(folder, "codegen", &format!("schema-{index}"), bytes)?;
    }
    let mut parts = Files::new();
    tree::collect(&folder.join("tree/event-schemas"), "event-schemas", &mut parts)?;
    for name in ["codegen.yaml", "overrides.yaml"] {
        parts.insert(name.to_owned(), read(&folder.join("tree").join(name))?);
    }
    for (index, (path, bytes)) in parts.iter().enumerate() {
        file(folder, "codegen", &format!("part-{index}"), &[b"# ", path.as_bytes(), b"\n", bytes].concat())?;
    }
    Ok(())
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    Ok(fs::read(path).map_err(|error| format!("error: {} can't be read: {error}", path.display()))?)
}

/// The keys and the short strings of a value.
fn collect(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                words.insert(key.clone());
                collect(value, words);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, words)),
        Value::String(text) => {
            words.insert(text.clone());
        }
        _ => {}
    }
    words.retain(|word| (1..=LONG_WORD).contains(&word.len()));
}

/// A line of a dictionary: the bytes in quotes, those that aren't plain in hexadecimal.
fn entry(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    let bytes =
        word.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("\\x{byte:02x}") });
    format!("\"{}\"", bytes.collect::<String>())
}

fn file(folder: &Path, target: &str, name: &str, bytes: &[u8]) -> Outcome<()> {
    written(&folder.join("corpus").join(target).join(name), bytes)
}

fn written(path: &Path, bytes: &[u8]) -> Outcome<()> {
    let folder = path.parent().unwrap_or(path);
    Ok(fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| format!("error: {} can't be written: {error}", path.display()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_written_as_libfuzzer_reads_it() {
        assert_eq!(entry("m.room"), r#""m.room""#);
        assert_eq!(entry("a \"\\\u{e9}"), r#""a\x20\x22\x5c\xc3\xa9""#);
    }
}
