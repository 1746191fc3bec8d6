//! The location of a value in a JSON text, by its JSON pointer.

use std::borrow::Cow;
use std::ops::Range;

use super::cursor::{Cursor, JsonType};
use super::parse_error::ParseError;

/// The location of a value in a JSON text, as ranges of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The range of the key with its quotes, if the value is a member of an object.
    pub key: Option<Range<usize>>,
    /// The range of the value.
    pub value: Range<usize>,
}

/// Returns the location of the value that a JSON pointer (RFC 6901) refers to. If an object repeats the key, the location is
/// that of its last member with this key.
///
/// Returns `None` if the text contains no such value, or if a syntax error prevents the search.
///
/// ```
/// let text = r#"{"type": "m.room.name", "content": {"name": 7}}"#;
/// let location = matrix_events::locate(text, "/content/name").expect("a value in the text");
/// assert_eq!(&text[location.value], "7");
/// assert_eq!(location.key.map(|key| &text[key]), Some(r#""name""#));
/// assert_eq!(matrix_events::locate(text, "/content/topic"), None);
/// ```
pub fn locate(text: &str, pointer: &str) -> Option<Location> {
    let mut json = Cursor::new(text);
    let mut key = None;
    if let Some(path) = pointer.strip_prefix('/') {
        for part in path.split('/') {
            key = enter(&mut json, text, &unescaped(part)).ok()??;
        }
    } else if !pointer.is_empty() {
        return None;
    }
    let (start, value) = json.span().ok()?;
    Some(Location { key, value: start..start + value.len() })
}

/// Moves the cursor to a member of an object or to an element of an array. Returns the range of the key if there is one, or
/// `None` if there is no such value.
fn enter(json: &mut Cursor<'_>, text: &str, part: &str) -> Result<Option<Option<Range<usize>>>, ParseError> {
    match json.json_type()? {
        JsonType::Array => {
            let Ok(index) = part.parse::<usize>() else { return Ok(None) };
            let mut elements = json.list()?;
            for _ in 0..index {
                if !json.next_element(&mut elements)? {
                    return Ok(None);
                }
                json.skip()?;
            }
            Ok(json.next_element(&mut elements)?.then_some(None))
        }
        JsonType::Object => {
            let mut members = json.object()?;
            let mut found = None;
            loop {
                let before = json.place();
                let Some(key) = json.next_key(&mut members)? else { break };
                if key == part {
                    found = Some((before, json.clone()));
                }
                json.skip()?;
            }
            Ok(found.map(|(before, at)| {
                *json = at;
                key_range(text, before)
            }))
        }
        _ => Ok(None),
    }
}

/// Returns the range of the first string after an offset.
fn key_range(text: &str, before: usize) -> Option<Range<usize>> {
    let start = before + text.get(before..)?.find('"')?;
    let key = Cursor::new(text.get(start..)?).skip().ok()?;
    Some(start..start + key.len())
}

fn unescaped(part: &str) -> Cow<'_, str> {
    match part.contains('~') {
        true => part.replace("~1", "/").replace("~0", "~").into(),
        false => part.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn pointer_locates_key_and_value() {
        let text = r#" {"a/b": [1, {"ü~": null}], "x\"": {"": "é"}, "n": 1, "n": 2 }"#;
        for (pointer, key, value) in [
            ("", None, text.trim()),
            ("/a~1b", Some(r#""a/b""#), r#"[1, {"ü~": null}]"#),
            ("/a~1b/0", None, "1"),
            ("/a~1b/1/ü~0", Some(r#""ü~""#), "null"),
            ("/x\"", Some(r#""x\"""#), r#"{"": "é"}"#),
            ("/x\"/", Some(r#""""#), r#""é""#),
            ("/n", Some(r#""n""#), "2"),
        ] {
            let location = locate(text, pointer).unwrap_or_else(|| panic!("{pointer} is in the text"));
            assert_eq!((location.key.map(|key| &text[key]), &text[location.value]), (key, value), "{pointer}");
        }
    }

    #[test]
    fn pointer_without_a_value_has_no_location() {
        for (text, pointer) in [
            ("{}", "/a"),
            ("[1]", "/1"),
            ("[1]", "/-"),
            ("[1]", "/a"),
            ("7", "/0"),
            ("{\"a\": 1}", "a"),
            ("{\"a\"", "/a"),
            ("", ""),
            ("{\"a\": [", "/a"),
        ] {
            assert_eq!(locate(text, pointer), None, "{text} {pointer}");
        }
    }
}
