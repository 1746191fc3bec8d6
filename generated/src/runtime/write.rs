//! How values are written: every type shows itself as an [`Item`], and one small piece of code turns items into
//! calls of whatever serializer there is. Only that piece is compiled again for each serializer, not the 300 types.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Number, Value};

use super::extra::Extra;
use super::read::{Json, JsonObject, Key};

/// A value that can be written as JSON.
#[derive(Clone, Copy)]
pub enum Item<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number in the spelling it was read in.
    Number(&'a Number),
    /// A string.
    String(&'a str),
    /// Any value.
    Value(&'a Value),
    /// An object that no schema describes.
    JsonObject(&'a JsonObject),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Entries),
    /// An object with fields.
    Object(&'a dyn Object),
}

impl<'a> Item<'a> {
    /// The text of a string.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Item::String(text) => Some(text),
            Item::Value(value) => value.as_str(),
            _ => None,
        }
    }

    /// The item as a value of its own.
    pub fn to_value(self) -> Value {
        // Writing into a value fails for maps with keys that aren't strings, and there is no such item.
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Takes the members of an object or a map, one call each.
pub type Visit<'v> = dyn FnMut(&str, Item<'_>) + 'v;

/// An object with fields.
pub trait Object {
    /// Calls `visit` with each field that is present, in the order of the type.
    fn fields(&self, visit: &mut Visit<'_>);

    /// What the object holds beside its fields.
    fn extra(&self) -> &Extra;

    /// The keys that its type has a field for.
    fn declared(&self) -> &'static [&'static str];
}

/// Calls `visit` with a field, if it is present.
pub fn show<T: Json>(name: &str, field: &Option<T>, visit: &mut Visit<'_>) {
    if let Some(value) = field {
        visit(name, value.item());
    }
}

/// A list of values.
pub trait List {
    /// How many.
    fn count(&self) -> usize;

    /// The element at an index, which has to be less than the length.
    fn element(&self, index: usize) -> Item<'_>;
}

/// A map of values.
pub trait Entries {
    /// Calls `visit` with each entry, in the order of the keys.
    fn entries(&self, visit: &mut Visit<'_>);
}

impl<T: Json> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn element(&self, index: usize) -> Item<'_> {
        self.get(index).map_or(Item::Null, Json::item)
    }
}

impl<K: Key, V: Json> Entries for BTreeMap<K, V> {
    fn entries(&self, visit: &mut Visit<'_>) {
        for (key, value) in self {
            visit(key.as_ref(), value.item());
        }
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Item::Null => serializer.serialize_unit(),
            Item::Boolean(value) => serializer.serialize_bool(*value),
            Item::Integer(value) => serializer.serialize_i64(*value),
            Item::Number(value) => value.serialize(serializer),
            Item::String(value) => serializer.serialize_str(value),
            Item::Value(value) => value.serialize(serializer),
            Item::JsonObject(value) => value.serialize(serializer),
            Item::List(list) => write_list(*list, None, serializer),
            Item::Map(map) => write_map(*map, None, serializer),
            Item::Object(object) => write_object(*object, serializer),
        }
    }
}

/// A field, together with what its type couldn't take of the JSON it was read from.
struct Joined<'a>(Item<'a>, &'a Value);

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.0, self.1) {
            (Item::Map(map), Value::Object(odd)) => write_map(map, Some(odd), serializer),
            (Item::List(list), Value::Object(odd)) => write_list(list, Some(odd), serializer),
            #[allow(clippy::cast_precision_loss)]
            (Item::Integer(value), Value::Number(spelled)) if spelled.as_f64() == Some(value as f64) => {
                spelled.serialize(serializer)
            }
            // The field was set anew since it was read: what was left of the old value goes with it.
            (item, _) => item.serialize(serializer),
        }
    }
}

fn write_object<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let extra = object.extra();
    let mut map = serializer.serialize_map(None)?;
    let mut result = Ok(());
    let mut covered: Vec<String> = Vec::new();
    object.fields(&mut |key, item| {
        if result.is_err() {
            return;
        }
        if extra.is_empty() {
            result = map.serialize_entry(key, &item);
            return;
        }
        if extra.get(key).is_some() {
            covered.push(key.to_owned());
        }
        result = match extra.leftover(key) {
            Some(leftover) => map.serialize_entry(key, &Joined(item, leftover)),
            None => map.serialize_entry(key, &item),
        };
    });
    result?;
    for (key, value) in extra.iter().filter(|(key, _)| !covered.iter().any(|covered| covered == key)) {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

fn write_map<S: Serializer>(entries: &dyn Entries, odd: Option<&JsonObject>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut result = Ok(());
    let mut covered: Vec<String> = Vec::new();
    entries.entries(&mut |key, item| {
        if result.is_err() {
            return;
        }
        result = match odd.and_then(|odd| odd.get(key)) {
            Some(leftover) => {
                covered.push(key.to_owned());
                map.serialize_entry(key, &Joined(item, leftover))
            }
            None => map.serialize_entry(key, &item),
        };
    });
    result?;
    for (key, value) in odd.into_iter().flatten().filter(|(key, _)| !covered.contains(key)) {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

fn write_list<S: Serializer>(list: &dyn List, odd: Option<&JsonObject>, serializer: S) -> Result<S::Ok, S::Error> {
    let length = list.count() + odd.map_or(0, JsonObject::len);
    let mut sequence = serializer.serialize_seq(Some(length))?;
    let mut next = 0;
    let mut placed = 0;
    for index in 0..length {
        match odd.and_then(|odd| odd.get(&index.to_string())) {
            Some(value) => {
                placed += 1;
                sequence.serialize_element(value)?;
            }
            None if next < list.count() => {
                sequence.serialize_element(&list.element(next))?;
                next += 1;
            }
            None => break,
        }
    }
    // The list has become shorter since it was read: the odd elements from behind its end follow it.
    if let Some(odd) = odd.filter(|odd| placed < odd.len()) {
        let mut late: Vec<_> =
            odd.iter().filter_map(|(key, value)| Some((key.parse::<usize>().ok()?, value))).collect();
        late.sort_by_key(|(index, _)| *index);
        for (_, value) in late.into_iter().skip(placed) {
            sequence.serialize_element(value)?;
        }
    }
    sequence.end()
}
