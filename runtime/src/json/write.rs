//! How values are written: every type shows itself as an [`Item`], and one small piece of code turns items into
//! calls of whatever serializer there is. Only that piece is compiled again for each serializer, not the 300 types.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Number, Value};

use super::cursor::Cursor;
use super::fault::Fault;
use super::int_or_string::whole;
use super::object::{Member, Object};
use super::read::{Json, JsonObject, Key};

/// A value that can be written as JSON.
#[derive(Clone, Copy)]
pub enum Item<'a> {
    /// A field that isn't there. It isn't written.
    Absent,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number in its original form.
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

    /// The value of an integer.
    pub fn integer(self) -> Option<i64> {
        match self {
            Item::Integer(value) => Some(value),
            Item::Value(value) => value.as_i64(),
            _ => None,
        }
    }

    /// The members of an object that no schema describes.
    pub fn json_object(self) -> Option<&'a JsonObject> {
        match self {
            Item::JsonObject(object) => Some(object),
            Item::Value(value) => value.as_object(),
            _ => None,
        }
    }

    /// A member of an object, whether or not its type has a field for it.
    pub fn member(self, name: &str) -> Item<'a> {
        match self {
            Item::Object(object) => match object.shape().member(name) {
                Member::Constant(_, constant) => Item::String(constant.value_in(object.extra())),
                Member::Field(index) => object.value(index),
                Member::Other => object.extra().get(name).map_or(Item::Absent, Item::Value),
            },
            Item::JsonObject(object) => object.get(name).map_or(Item::Absent, Item::Value),
            Item::Value(value) => value.get(name).map_or(Item::Absent, Item::Value),
            _ => Item::Absent,
        }
    }

    /// The item as a value of its own.
    pub fn to_value(self) -> Value {
        // Writing into a value fails for maps with keys that aren't strings, and there is no such item.
        serde_json::to_value(self).unwrap_or_default()
    }

    pub(super) fn is_absent(self) -> bool {
        matches!(self, Item::Absent)
    }
}

/// A list of values.
#[doc(hidden)]
pub trait List {
    /// How many.
    fn count(&self) -> usize;

    /// The element at an index, which has to be less than the length.
    fn element(&self, index: usize) -> Item<'_>;

    /// Returns `true` if the elements are integers, whose original form such as `1.0` may be unparsed.
    fn is_of_integers(&self) -> bool;

    /// Deserializes the next value and appends it. Returns the original form of an integer such as `1.0`.
    fn read_element(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault>;
}

/// A map of values.
#[doc(hidden)]
pub trait Entries {
    /// The entries, in the order of the keys.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Item<'_>)> + '_>;

    /// Whether there is an entry under a key.
    fn holds(&self, key: &str) -> bool;

    /// Whether a key is of the kind that the map has.
    fn accepts(&self, key: &str) -> bool;

    /// Whether a value could be an entry under a key, at least in parts.
    fn fits(&self, key: &str, value: &Value) -> bool;

    /// Takes all entries out.
    fn clear(&mut self);

    /// Deserializes the next value into the entry of a key. Returns its unparsed part.
    fn read_entry(&mut self, key: &str, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault>;
}

impl<T: Json> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn element(&self, index: usize) -> Item<'_> {
        self.get(index).map_or(Item::Absent, Json::item)
    }

    fn is_of_integers(&self) -> bool {
        matches!(T::blank().item(), Item::Integer(_))
    }

    fn read_element(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        let mut element = T::blank();
        let unparsed = match element.item() {
            Item::Integer(_) => element.read_into(json)?,
            _ => json.read_all_of(&mut element).map(|()| None)?,
        };
        self.push(element);
        Ok(unparsed)
    }
}

impl<K: Key, V: Json> Entries for BTreeMap<K, V> {
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Item<'_>)> + '_> {
        Box::new(self.iter().map(|(key, value)| (key.as_ref(), value.item())))
    }

    fn holds(&self, key: &str) -> bool {
        self.contains_key(&K::from(key.to_owned()))
    }

    fn accepts(&self, key: &str) -> bool {
        K::accepts(key)
    }

    fn fits(&self, key: &str, value: &Value) -> bool {
        K::accepts(key) && V::blank().read_into(&mut Cursor::new(&value.to_string())).is_ok()
    }

    fn clear(&mut self) {
        Self::clear(self);
    }

    fn read_entry(&mut self, key: &str, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault> {
        let mut value = V::blank();
        let unparsed = value.read_into(json)?;
        self.insert(K::from(key.to_owned()), value);
        Ok(unparsed)
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(*self).serialize(serializer)
    }
}

/// An item, together with the part of its JSON that its type did not accept.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) item: Item<'a>,
    pub(super) unparsed: Option<&'a Value>,
}

impl<'a> From<Item<'a>> for Written<'a> {
    fn from(item: Item<'a>) -> Self {
        Self { item, unparsed: None }
    }
}

impl<'a> Written<'a> {
    /// Returns the invalid elements of a list by their index, or the invalid entries of a map.
    pub(super) fn unparsed_parts(self) -> Option<&'a JsonObject> {
        self.unparsed?.as_object()
    }

    /// Returns the original form of an integer, unless the field was set to another integer since.
    pub(super) fn original_number(self, integer: i64) -> Option<&'a Number> {
        let is_same = |number: &&Number| whole(number) == Some(integer);
        self.unparsed?.as_number().filter(is_same)
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.item {
            Item::Absent | Item::Null => serializer.serialize_unit(),
            Item::Boolean(value) => serializer.serialize_bool(value),
            Item::Integer(value) => match self.original_number(value) {
                Some(number) => number.serialize(serializer),
                None => serializer.serialize_i64(value),
            },
            Item::Number(value) => value.serialize(serializer),
            Item::String(value) => serializer.serialize_str(value),
            Item::Value(value) => value.serialize(serializer),
            Item::JsonObject(value) => value.serialize(serializer),
            Item::List(list) => {
                let mut sequence = serializer.serialize_seq(None)?;
                each_element(list, self.unparsed_parts(), |element| sequence.serialize_element(&element))?;
                sequence.end()
            }
            Item::Map(map) => {
                let mut members = serializer.serialize_map(None)?;
                each_entry(map, self.unparsed_parts(), |key, value| members.serialize_entry(key, &value))?;
                members.end()
            }
            Item::Object(object) => {
                let mut members = serializer.serialize_map(None)?;
                each_member(object, |name, value| members.serialize_entry(name.as_str(), &value))?;
                members.end()
            }
        }
    }
}

/// The name of a member. One that a type declares needs no escape.
#[derive(Clone, Copy)]
pub(super) enum Name<'a> {
    Declared(&'static str),
    Undeclared(&'a str),
}

impl<'a> Name<'a> {
    pub(super) fn as_str(self) -> &'a str {
        match self {
            Self::Declared(name) => name,
            Self::Undeclared(name) => name,
        }
    }
}

/// What an object is written as: its constants, its fields that are present, its entries, and what it holds beside
/// them. Of two members with one key, the field is written, or the entry.
pub(super) fn each_member<E>(
    object: &dyn Object,
    mut write: impl FnMut(Name<'_>, Written<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let (shape, extra) = (object.shape(), object.extra());
    let unparsed = extra.unparsed_if_any();
    let joined = |name: &str, item| Written { item, unparsed: unparsed.and_then(|unparsed| unparsed.get(name)) };
    for constant in shape.constants {
        write(Name::Declared(constant.name), Item::String(constant.value_in(extra)).into())?;
    }
    for (index, name) in shape.names().enumerate() {
        match object.value(index) {
            Item::Absent => {}
            item => {
                let name = shape.wire_name(name, extra);
                write(Name::Declared(name), joined(name, item))?;
            }
        }
    }
    if let Some(entries) = object.entries() {
        for (key, item) in entries.entries().filter(|(key, _)| !is_declared(object, key)) {
            write(Name::Undeclared(key), joined(key, item))?;
        }
    }
    for (key, value) in extra.iter().filter(|(key, _)| !is_typed(object, key)) {
        write(Name::Undeclared(key), Item::Value(value).into())?;
    }
    Ok(())
}

/// Whether a constant, a field or an entry is written under a key.
pub(super) fn is_typed(object: &dyn Object, key: &str) -> bool {
    is_declared(object, key) || object.entries().is_some_and(|entries| entries.holds(key))
}

/// Whether a constant or a field is written under a key.
fn is_declared(object: &dyn Object, key: &str) -> bool {
    let (shape, extra) = (object.shape(), object.extra());
    let is_present = |index| !object.value(index).is_absent();
    shape.constants.iter().any(|constant| constant.name == key)
        || (0..).zip(shape.names()).any(|(index, name)| shape.wire_name(name, extra) == key && is_present(index))
}

/// Serializes the entries of a map, and those that are invalid. The unparsed part of an entry that was removed since is
/// omitted: unlike an invalid entry, its value fits the type.
pub(super) fn each_entry<E>(
    map: &dyn Entries,
    unparsed: Option<&JsonObject>,
    mut write: impl FnMut(&str, Written<'_>) -> Result<(), E>,
) -> Result<(), E> {
    for (key, item) in map.entries() {
        write(key, Written { item, unparsed: unparsed.and_then(|unparsed| unparsed.get(key)) })?;
    }
    let invalid = unparsed.into_iter().flatten();
    for (key, value) in invalid.filter(|(key, value)| !map.holds(key) && !map.fits(key, value)) {
        write(key, Item::Value(value).into())?;
    }
    Ok(())
}

/// Serializes the elements of a list: the invalid ones at their indices, the others between them, and integers in their
/// original form. Invalid elements from after the end of a list that has become shorter are last.
pub(super) fn each_element<E>(
    list: &dyn List,
    unparsed: Option<&JsonObject>,
    mut write: impl FnMut(Written<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut unparsed: Vec<(usize, &Value)> =
        unparsed.into_iter().flatten().filter_map(|(index, value)| Some((index.parse().ok()?, value))).collect();
    unparsed.sort_by_key(|(index, _)| *index);
    let is_original = |value: &Value| value.as_number().and_then(whole).is_some() && list.is_of_integers();
    let mut unparsed = unparsed.into_iter().peekable();
    let mut place = 0;
    for index in 0..list.count() {
        while let Some((_, value)) = unparsed.next_if(|(index, value)| *index <= place && !is_original(value)) {
            write(Item::Value(value).into())?;
            place += 1;
        }
        let original = unparsed.next_if(|(index, _)| *index <= place);
        write(Written { item: list.element(index), unparsed: original.map(|(_, value)| value) })?;
        place += 1;
    }
    let mut rest = unparsed.filter(|(_, value)| !is_original(value));
    rest.try_for_each(|(_, value)| write(Item::Value(value).into()))
}
