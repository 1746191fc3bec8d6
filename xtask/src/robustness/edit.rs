//! Slips of the hand, made on purpose: one edit of one line of a schema.

use matrix_events_codegen::Keyword;

use crate::random::Random;

/// The kinds of edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edit {
    Keyword,
    Type,
    Reference,
    Required,
    Duplicate,
    Indentation,
}

impl Edit {
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        ("a keyword renamed", Self::Keyword),
        ("a type changed", Self::Type),
        ("a `$ref` broken", Self::Reference),
        ("a required name misspelt", Self::Required),
        ("a key duplicated", Self::Duplicate),
        ("an indentation lost", Self::Indentation),
    ];
}

const TYPES: [&str; 8] = ["string", "boolean", "integer", "number", "array", "object", "null", "text"];

/// The text with one such edit, if it has a place for it.
pub(crate) fn edit(text: &str, edit: Edit, random: &mut Random) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let places: Vec<usize> = (0..lines.len()).filter(|line| is_place(&lines, *line, edit)).collect();
    if places.is_empty() {
        return None;
    }
    let at = *random.pick(&places);
    let line = lines[at].clone();
    let (before, key, after) = split(&line)?;
    match edit {
        Edit::Keyword => lines[at] = format!("{before}{}{after}", misspelt(key, random)),
        Edit::Type => {
            let old = after.trim_matches(|c: char| !c.is_ascii_alphabetic());
            let others: Vec<&str> = TYPES.into_iter().filter(|kind| *kind != old).collect();
            lines[at] = format!("{before}{key}{}", after.replacen(old, random.pick::<&str>(&others), 1));
        }
        Edit::Reference => {
            let path = after.trim_matches([' ', ':', '"', '\'', ',', '}', ']']);
            lines[at] = format!("{before}{key}{}", after.replace(path, &misspelt(path, random)));
        }
        Edit::Required => {
            let name = required_name(&lines, at, random)?;
            let start = line.rfind(&name)?;
            lines[at].replace_range(start..start + name.len(), &misspelt(&name, random));
        }
        Edit::Duplicate => lines.insert(at + 1, line),
        Edit::Indentation => {
            let spaces = line.len() - line.trim_start().len();
            let lost = 1 + usize::try_from(random.below(spaces as u64)).unwrap_or_default();
            lines[at] = line[lost..].to_owned();
        }
    }
    Some(lines.join("\n") + "\n")
}

/// A line as what stands before a key, the key, and what stands behind it. Older releases have JSON in their files.
fn split(line: &str) -> Option<(&str, &str, &str)> {
    let start = line.find(|c: char| !matches!(c, ' ' | '-' | '{' | '[' | '"' | '\''))?;
    let (before, rest) = line.split_at(start);
    let end = rest.find([':', '"', '\'']).unwrap_or(rest.len());
    let (key, after) = rest.split_at(end);
    Some((before, key, after))
}

fn is_place(lines: &[String], at: usize, edit: Edit) -> bool {
    let line = lines[at].as_str();
    let Some((_, key, after)) = split(line).filter(|_| !line.trim_start().starts_with('#')) else { return false };
    let is_key = after.trim_start_matches(['"', '\'']).starts_with(':');
    let value = after.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_keyword = Keyword::named(key).is_some_and(|keyword| keyword.is_supported);
    match edit {
        Edit::Keyword => is_key && is_keyword,
        Edit::Type => is_key && key == "type" && TYPES.contains(&value),
        Edit::Reference => is_key && key == "$ref" && !value.is_empty(),
        Edit::Required => !required_names(lines, at).is_empty(),
        Edit::Duplicate => is_key && is_keyword && !value.is_empty(),
        Edit::Indentation => line.starts_with(' ') && !key.is_empty(),
    }
}

/// The names that a line of a `required` has: all of one line, or one of a list below it.
fn required_names(lines: &[String], at: usize) -> Vec<String> {
    let names = |text: &str| -> Vec<String> {
        let parts = text.split([',', '[', ']', '"', '\'', ' ']).filter(|part| !part.is_empty() && *part != ":");
        parts.map(str::to_owned).collect()
    };
    let is_head = |line: &str| split(line).is_some_and(|(_, key, _)| key == "required");
    let line = lines[at].as_str();
    if is_head(line) && line.contains('[') {
        let list = line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
        return names(list);
    }
    let Some(name) = line.trim_start().strip_prefix("- ").filter(|name| !name.contains(':')) else { return Vec::new() };
    let above = lines[..at].iter().rev().find(|line| !line.trim_start().starts_with("- "));
    match above.is_some_and(|line| is_head(line) && line.trim_end().ends_with(':')) {
        true => names(name),
        false => Vec::new(),
    }
}

fn required_name(lines: &[String], at: usize, random: &mut Random) -> Option<String> {
    let names = required_names(lines, at);
    (!names.is_empty()).then(|| random.pick(&names).clone())
}

/// A word with one letter too few, too many, or two in the wrong order.
fn misspelt(word: &str, random: &mut Random) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = usize::try_from(random.below(letters.len().max(1) as u64)).unwrap_or_default();
    let mut changed = letters.clone();
    match random.below(3) {
        0 if letters.len() > 1 => {
            changed.remove(at);
        }
        1 if at + 1 < letters.len() && letters[at] != letters[at + 1] => changed.swap(at, at + 1),
        _ => changed.insert(at, 'x'),
    }
    changed.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{edit, Edit};
    use crate::random::Random;

    /// What a hundred edits of a kind make of a text, each once.
    fn edits(text: &str, kind: Edit) -> Vec<String> {
        let mut random = Random::new(1);
        let mut made: Vec<String> = (0..100).filter_map(|_| edit(text, kind, &mut random)).collect();
        made.sort();
        made.dedup();
        made
    }

    #[test]
    fn each_kind_edits_its_place_and_nothing_else() {
        let yaml = "type: object\nproperties:\n  a:\n    $ref: b.yaml\nrequired:\n- a\n";
        let json = "{\n  \"type\": \"object\",\n  \"properties\": {\"a\": {}},\n  \"required\": [\"a\", \"bc\"]\n}\n";
        let unchanged =
            |text: &str, other: &str| text.lines().filter(|line| other.lines().any(|one| one == *line)).count();
        for (name, kind) in Edit::ALL {
            for text in [yaml, json] {
                let made = edits(text, kind);
                let possible = text == yaml || kind != Edit::Reference;
                assert_eq!(!made.is_empty(), possible, "{name}: {text}");
                for other in made {
                    assert_ne!(other, text, "{name}");
                    assert!(unchanged(text, &other) + 1 >= text.lines().count(), "{name}: {other}");
                }
            }
        }
    }

    #[test]
    fn a_name_is_required_where_a_list_says_so() {
        let text = "enum:\n- a\nrequired: [b]\n";
        assert!(edits(text, Edit::Required).iter().all(|text| text.starts_with("enum:\n- a\nrequired: [")));
    }
}
