//! What lenient reading passed over.

use std::convert::Infallible;
use std::fmt;

use serde_json::Value;

use super::object::Object;
use super::pointer::escaped;
use super::write::{each_element, each_entry, each_member, Item, Name, Written};

/// A value that a type has a field for, but which didn't fit it. It is kept, and written back.
#[derive(Clone, Debug, PartialEq)]
pub struct Oddity {
    /// The JSON pointer of the value, from the root of the event.
    pub pointer: String,
    /// The value.
    pub value: Value,
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} doesn't fit its type", self.pointer, self.value)
    }
}

/// Everything that reading passed over in an item and below it.
pub fn oddities(item: Item<'_>) -> Vec<Oddity> {
    let mut found = Vec::new();
    let Ok(()) = collect(item.into(), "", &mut found);
    found
}

/// Goes the way of writing, so that every place is that in the JSON.
fn collect(written: Written<'_>, pointer: &str, found: &mut Vec<Oddity>) -> Result<(), Infallible> {
    let odd = written.odd();
    let mut index = 0_usize;
    match written.item {
        Item::Object(object) => each_member(object, |name, written| match written.item {
            Item::Value(value) if is_odd(object, name) => note(pointer, name.as_str(), value, found),
            _ => collect(written, &below(pointer, name.as_str()), found),
        }),
        Item::Map(map) => each_entry(map, odd, |key, written| match written.item {
            Item::Value(value) if !map.holds(key) => note(pointer, key, value, found),
            _ => collect(written, &below(pointer, key), found),
        }),
        Item::List(list) => each_element(list, odd, |written| {
            let key = index.to_string();
            index += 1;
            match written.item {
                Item::Value(value) if odd.is_some_and(|odd| odd.contains_key(&key)) => {
                    note(pointer, &key, value, found)
                }
                _ => collect(written, &below(pointer, &key), found),
            }
        }),
        // A number that is left of another fits: only its spelling had no place in the type.
        _ => Ok(()),
    }
}

/// Whether a member is for a field, or for the map beside the fields, and fits neither.
fn is_odd(object: &dyn Object, name: Name<'_>) -> bool {
    let key = name.as_str();
    let is_meant = object.shape().names().any(|name| name == key)
        || object.entries().is_some_and(|entries| entries.accepts(key) && !entries.holds(key));
    is_meant && object.extra().get(key).is_some()
}

fn note(pointer: &str, key: &str, value: &Value, found: &mut Vec<Oddity>) -> Result<(), Infallible> {
    found.push(Oddity { pointer: below(pointer, key), value: value.clone() });
    Ok(())
}

fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", escaped(key))
}
