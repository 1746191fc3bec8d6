//! Typing errors: one edit in the text of a schema.

use std::ops::Range;

use fastrand::Rng;
use matrix_events_codegen::Keyword;
use regex::Regex;

/// A kind of edit.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    /// Matches each possible edit. The first group is the text that the edit replaces.
    pattern: Regex,
    change: fn(&str, &mut Rng) -> String,
}

/// Matches everything that may precede a key. Older releases have JSON in their files.
const START: &str = r#"[ \-{\["']*"#;

const TYPES: [&str; 8] = ["string", "boolean", "integer", "number", "array", "object", "null", "text"];

impl Edit {
    /// Returns all kinds.
    pub(crate) fn all() -> [Self; 6] {
        let keywords: Vec<String> = Keyword::supported().map(|keyword| regex::escape(keyword.name)).collect();
        let keyword = format!("(?:{})", keywords.join("|"));
        let edit = |name, pattern: &str, change| {
            let pattern =
                pattern.replace("START", START).replace("KEYWORD", &keyword).replace("TYPE", &TYPES.join("|"));
            let pattern = Regex::new(&format!("(?m)^{pattern}")).unwrap_or_else(|error| panic!("{error}"));
            Self { name, pattern, change }
        };
        [
            edit("a keyword renamed", r#"START(KEYWORD)["']?:"#, misspell),
            edit("a type changed", r#"STARTtype["']?: *["']?(TYPE)\b"#, other_type),
            edit("a `$ref` broken", r#"START\$ref["']?: *["']?([^"',}\]\s]+)"#, misspell),
            edit("a required name misspelt", r#"STARTrequired["']?: *(\[[^\]]+\]|(?:\n *- [^:\n]+)+)"#, misspell_one),
            edit("a key duplicated", r#"(STARTKEYWORD["']?:.*\w.*\n)"#, |line, _| line.repeat(2)),
            edit("an indentation lost", "( +)[^ #]", |spaces, rng| " ".repeat(rng.usize(..spaces.len()))),
        ]
    }

    /// Returns the text with one edit of this kind, or `None` if the text has no place for it.
    pub(crate) fn apply(&self, text: &str, rng: &mut Rng) -> Option<String> {
        let places: Vec<Range<usize>> =
            self.pattern.captures_iter(text).filter_map(|captures| Some(captures.get(1)?.range())).collect();
        let place = rng.choice(places)?;
        let changed = (self.change)(&text[place.clone()], rng);
        let mut edited = text.to_owned();
        edited.replace_range(place, &changed);
        Some(edited)
    }
}

/// Removes, swaps or inserts a character.
fn misspell(word: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = rng.usize(..letters.len());
    match rng.u8(..3) {
        0 if letters.len() > 1 => drop(letters.remove(at)),
        1 if at + 1 < letters.len() && letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        _ => letters.insert(at, 'x'),
    }
    letters.into_iter().collect()
}

/// Misspells one name of a list.
fn misspell_one(list: &str, rng: &mut Rng) -> String {
    let is_part = |c: char| !"[],\"' \n".contains(c);
    let names: Vec<&str> = list.split(|c| !is_part(c)).filter(|name| !matches!(*name, "" | "-")).collect();
    let Some(name) = rng.choice(names) else { return format!("{list}x") };
    list.replacen(name, &misspell(name, rng), 1)
}

fn other_type(old: &str, rng: &mut Rng) -> String {
    let others: Vec<&str> = TYPES.into_iter().filter(|other| *other != old).collect();
    rng.choice(others).unwrap_or_default().to_owned()
}

#[test]
fn every_edit_changes_one_place_of_yaml_and_json() {
    let yaml = "type: object\nproperties:\n  a:\n    $ref: b.yaml\nrequired:\n- a\n";
    let json = "{\n  \"type\": \"object\",\n  \"properties\": {\"a\": {}},\n  \"required\": [\"a\", \"bc\"]\n}\n";
    let mut rng = Rng::with_seed(1);
    for edit in Edit::all() {
        for text in [yaml, json] {
            for _ in 0..100 {
                let edited = edit.apply(text, &mut rng);
                assert_eq!(edited.is_some(), text == yaml || !edit.name.contains("$ref"), "{}", edit.name);
                let Some(edited) = edited else { continue };
                let unchanged = text.lines().filter(|line| edited.lines().any(|other| other == *line)).count();
                assert!(edited != text && unchanged + 1 >= text.lines().count(), "{}: {edited}", edit.name);
            }
        }
    }
}

#[test]
fn required_edit_changes_no_other_list() {
    let edits = Edit::all();
    let edit = edits.iter().find(|edit| edit.name.contains("required")).expect("an edit of `required`");
    for _ in 0..100 {
        let edited = edit.apply("enum:\n- a\nrequired: [b]\n", &mut Rng::new()).expect("a list");
        assert!(edited.starts_with("enum:\n- a\nrequired: ["), "{edited}");
    }
}
