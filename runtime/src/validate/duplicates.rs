//! Search for duplicate keys. They are visible in the text of an event, and not in a parsed value.

use std::collections::BTreeSet;

use super::message;
use super::path::Path;
use super::violation::{Rule, Violation};
use super::walk::{MOST, MOST_OF_PLACES};
use crate::json::{Cursor, JsonType, ParseError};

/// Returns a violation for each duplicate key, and the number of omitted violations.
pub(super) fn find(text: &str) -> (Vec<Violation>, usize) {
    let mut found = Found::default();
    // The text is JSON: the caller has parsed it.
    let _ = value(&mut Cursor::new(text), &Path::Root, &mut found);
    (found.violations, found.omitted)
}

#[derive(Default)]
struct Found {
    violations: Vec<Violation>,
    omitted: usize,
    places: usize,
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
                if found.violations.len() < MOST && found.places < MOST_OF_PLACES {
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
        _ => json.skip().map(drop),
    }
}
