//! What lenient reading passed over.

use std::fmt;

use serde_json::Value;

use super::object::Object;
use super::pointer::escaped;
use super::write::{is_typed, Entries, Item};

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
    collect(item, "", &mut found);
    found
}

fn collect(item: Item<'_>, pointer: &str, found: &mut Vec<Oddity>) {
    match item {
        Item::Object(object) => of_object(object, pointer, found),
        Item::Map(map) => map.entries().for_each(|(key, item)| collect(item, &below(pointer, key), found)),
        Item::List(list) => {
            for index in 0..list.count() {
                collect(list.element(index), &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn of_object(object: &dyn Object, pointer: &str, found: &mut Vec<Oddity>) {
    let (shape, extra) = (object.shape(), object.extra());
    let fields = shape.names().enumerate().map(|(index, name)| (shape.spelling(name, extra), object.value(index)));
    fields.chain(object.entries().into_iter().flat_map(Entries::entries)).for_each(|(key, item)| {
        collect(item, &below(pointer, key), found);
    });
    let is_odd = |key| shape.names().any(|name| name == key) && !is_typed(object, key);
    let whole = extra.iter().filter(|(key, _)| is_odd(*key));
    found.extend(whole.map(|(key, value)| Oddity { pointer: below(pointer, key), value: value.clone() }));
    for (key, leftover) in extra.leftovers() {
        // A number as leftover fits: only its spelling had no place in the type.
        for (part, value) in leftover.as_object().into_iter().flatten() {
            found.push(Oddity { pointer: below(&below(pointer, key), part), value: value.clone() });
        }
    }
}

fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", escaped(key))
}
