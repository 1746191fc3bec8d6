//! Search for facts that are visible in the text of an event, and not in a parsed value: duplicate keys, and the form of numbers.

use std::collections::BTreeSet;

use super::message;
use super::path::Path;
use super::violation::{Rule, Violation};
use super::walk::{MOST, MOST_OF_PLACES};
use crate::json::{Cursor, JsonType, Map, ParseError};

/// Returns the duplicate keys in a text, and the numbers that a value shows in another form.
pub(super) fn find(text: &str) -> Found {
    let mut found = Found::default();
    // The text is JSON: the caller has parsed it.
    let _ = value(&mut Cursor::new(text), &Path::Root, &mut found);
    found
}

/// The repeated keys and the numbers of a text.
#[derive(Default)]
pub(super) struct Found {
    /// A violation for each repeated key.
    pub(super) violations: Vec<Violation>,
    /// The number of further violations.
    pub(super) omitted: usize,
    /// The numbers that are not written like an integer, by their pointers.
    pub(super) numbers: Map<String, String>,
    /// The bytes of all pointers.
    places: usize,
}

impl Found {
    fn has_room(&self) -> bool {
        self.violations.len() < MOST && self.numbers.len() < MOST && self.places < MOST_OF_PLACES
    }
}

fn value(json: &mut Cursor<'_>, path: &Path<'_>, found: &mut Found) -> Result<(), ParseError> {
    match json.json_type()? {
        JsonType::Array => {
            let mut members = json.list()?;
            let mut index = 0;
            while json.next_element(&mut members)? {
                value(json, &Path::Index(path, index), found)?;
                index += 1;
            }
            Ok(())
        }
        JsonType::Object => {
            let mut members = json.object()?;
            let mut keys = BTreeSet::new();
            while let Some(key) = json.next_key(&mut members)? {
                value(json, &Path::Key(path, &key), found)?;
                let Some(key) = keys.replace(key) else { continue };
                if found.has_room() {
                    let pointer = Path::Key(path, &key).pointer();
                    found.places += pointer.len();
                    let message = format!("duplicate key {}", message::text(&key));
                    found.violations.push(Violation::stated_by_none(
                        pointer,
                        Rule::DuplicateKey,
                        message,
                        "a duplicate key",
                        "unique keys",
                    ));
                } else {
                    found.omitted += 1;
                }
            }
            Ok(())
        }
        JsonType::Number => {
            let number = json.skip()?;
            let is_integer = number != "-0" && number.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
            // Of several members with one key, the last counts.
            if !is_integer && found.has_room() {
                let pointer = path.pointer();
                found.places += pointer.len();
                found.numbers.insert(pointer, number.to_owned());
            }
            Ok(())
        }
        _ => json.skip().map(drop),
    }
}
