//! Keys that stand twice in an object, which only the text of an event shows.

use std::collections::BTreeSet;

use super::path::Path;
use super::violation::{Rule, Violation};
use crate::runtime::{Cursor, Fault, JsonType};

/// A violation for each such key.
pub(super) fn find(text: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    // A text that isn't JSON has been refused before.
    let _ = value(&mut Cursor::new(text), &Path::Root, &mut found);
    found
}

fn value(json: &mut Cursor<'_>, path: &Path<'_>, found: &mut Vec<Violation>) -> Result<(), Fault> {
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
                if let Some(key) = keys.replace(key) {
                    found.push(Violation {
                        pointer: Path::Key(path, &key).pointer(),
                        rule: Rule::DuplicateKey,
                        message: format!("the key `{key}` stands here twice"),
                        found: "the key for the second time".to_owned(),
                        expected: "each key once".to_owned(),
                        place: "",
                        since: None,
                        suggestion: None,
                    });
                }
            }
            Ok(())
        }
        _ => json.skip().map(drop),
    }
}
