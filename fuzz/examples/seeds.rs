//! Writes the seeds of the fuzz targets to `fuzz/corpus`: the examples and schemas of `spec/`, texts that are
//! almost JSON, and some session descriptions. Also writes a dictionary, `fuzz/corpus/words.dict`.
//!
//! `cargo run --example seeds` in `fuzz/` runs it.

#[path = "../../tests/src/json_texts.rs"]
#[allow(unreachable_pub)]
mod json_texts;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use matrix_events_codegen::fs::{read_files, Tree};
use matrix_events_codegen::{generate, Settings};
use serde_json::Value;

/// Session descriptions, some with metadata after a NUL byte.
const SESSIONS: [&str; 4] = [
    "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=msid:camera 1\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=msid:screen 2\r\n",
    "v=0\nm=video 9 X 0\na=ssrc:1 msid:camera t\na=msid:- t\nm=video 0 X\na=bundle-only\n\0{\"camera\":{\"purpose\":\"m.usermedia\"}}",
    "a=recvonly\nm=audio 9 X 0\na=sendonly\nm=video 9 X 0\na=inactive\na=msid:a\n\0{\"a\":{\"purpose\":\"x\",\"audio_muted\":true},\"b\":1}",
    "m=video 9 X 0\na=msid:a t\na=msid:b t\n\0[]",
];

/// The longest schema that becomes a seed, in bytes.
const LONGEST_SCHEMA: usize = 4096;

/// The longest word in the dictionary, in bytes.
const LONGEST_WORD: usize = 48;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo sets the variable when it runs an example.
    let fuzz = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").ok_or("run this with cargo")?);
    let (spec, corpus) = (fuzz.with_file_name("spec"), fuzz.join("corpus"));
    let settings = Settings::read(&spec)?;
    let tree = Tree::read(&spec, None)?;
    let mut words = BTreeSet::new();
    for (index, example) in generate(&tree.input(&settings))?.examples.iter().enumerate() {
        collect(&example.value, &mut words);
        for target in ["any_event", "scanner", "validate"] {
            write(&corpus.join(target).join(format!("example-{index}")), example.value.to_string().as_bytes())?;
        }
    }
    for (index, (_, text)) in json_texts::json_texts().into_iter().enumerate() {
        write(&corpus.join("scanner").join(format!("text-{index}")), &text)?;
    }
    // The second byte selects one of eight events, and two changes follow.
    for index in 0..8 {
        write(&corpus.join("scanner").join(format!("changes-{index}")), &[0xff, index, 40, 3, b'"', 90, 3, b'\\'])?;
    }
    for (index, session) in SESSIONS.iter().enumerate() {
        write(&corpus.join("sdp").join(format!("session-{index}")), session.as_bytes())?;
    }
    let short = tree.files.values().filter(|bytes| bytes.len() <= LONGEST_SCHEMA);
    for (index, bytes) in short.enumerate() {
        write(&corpus.join("codegen").join(format!("schema-{index}")), bytes)?;
    }
    // The first line names the file of the tree that the text replaces.
    let mut parts = read_files(&fuzz.join("tree"), "event-schemas")?;
    for name in ["codegen.yaml", "overrides.yaml"] {
        parts.insert(name.to_owned(), fs::read(fuzz.join("tree").join(name))?);
    }
    for (index, (path, bytes)) in parts.iter().enumerate() {
        let text = [b"# ", path.as_bytes(), b"\n", bytes].concat();
        write(&corpus.join("codegen").join(format!("part-{index}")), &text)?;
    }
    let dictionary: String = words.iter().map(|word| format!("{}\n", entry(word))).collect();
    write(&corpus.join("words.dict"), dictionary.as_bytes())?;
    Ok(())
}

/// Collects the keys and the strings of a value.
fn collect(value: &Value, words: &mut BTreeSet<String>) {
    let mut add = |word: &str| {
        if (1..=LONGEST_WORD).contains(&word.len()) {
            words.insert(word.to_owned());
        }
    };
    match value {
        Value::Object(map) => {
            map.keys().for_each(|key| add(key));
            map.values().for_each(|value| collect(value, words));
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, words)),
        Value::String(text) => add(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns a line of a libFuzzer dictionary: the bytes in quotes, special bytes in hexadecimal.
fn entry(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    let bytes = word.bytes().map(|byte| match is_plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("\\x{byte:02x}"),
    });
    format!("\"{}\"", bytes.collect::<String>())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, bytes))
}

#[test]
fn special_bytes_in_a_dictionary_are_hexadecimal() {
    assert_eq!(entry("m.room"), r#""m.room""#);
    assert_eq!(entry("a \"\\\u{e9}"), r#""a\x20\x22\x5c\xc3\xa9""#);
}
