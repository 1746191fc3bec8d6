//! How values are written: every type shows itself as an [`Item`], and one small piece of code turns items into
//! calls of whatever serializer there is. Only that piece is compiled again for each serializer, not the 300 types.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Number, Value};

use super::cursor::Cursor;
use super::fault::Fault;
use super::loose::whole;
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
pub trait List {
    /// How many.
    fn count(&self) -> usize;

    /// The element at an index, which has to be less than the length.
    fn element(&self, index: usize) -> Item<'_>;

    /// Whether its elements are integers, of which one may be left a spelling such as `1.0`.
    fn is_of_integers(&self) -> bool;

    /// Reads the value ahead into an element behind the last. Returns the spelling of an integer, where that is left over.
    fn read_element(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, Fault>;
}

/// A map of values.
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

    /// Reads the value ahead into the entry under a key. Returns what it leaves over.
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
        let spelling = match element.item() {
            Item::Integer(_) => element.read_into(json)?,
            _ => json.read_all_of(&mut element).map(|()| None)?,
        };
        self.push(element);
        Ok(spelling)
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
        let leftover = value.read_into(json)?;
        self.insert(K::from(key.to_owned()), value);
        Ok(leftover)
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(*self).serialize(serializer)
    }
}

/// An item, together with what its type couldn't take of the JSON it was read from.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) item: Item<'a>,
    pub(super) leftover: Option<&'a Value>,
}

impl<'a> From<Item<'a>> for Written<'a> {
    fn from(item: Item<'a>) -> Self {
        Self { item, leftover: None }
    }
}

impl<'a> Written<'a> {
    /// The odd elements or entries of a list or a map. If the field was set to something else since it was read, what
    /// was left of the old value goes with it.
    pub(super) fn odd(self) -> Option<&'a JsonObject> {
        self.leftover?.as_object()
    }

    /// The spelling of an integer, unless another was set since.
    pub(super) fn spelling(self, integer: i64) -> Option<&'a Number> {
        let is_same = |spelled: &&Number| whole(spelled) == Some(integer);
        self.leftover?.as_number().filter(is_same)
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.item {
            Item::Absent | Item::Null => serializer.serialize_unit(),
            Item::Boolean(value) => serializer.serialize_bool(value),
            Item::Integer(value) => match self.spelling(value) {
                Some(spelled) => spelled.serialize(serializer),
                None => serializer.serialize_i64(value),
            },
            Item::Number(value) => value.serialize(serializer),
            Item::String(value) => serializer.serialize_str(value),
            Item::Value(value) => value.serialize(serializer),
            Item::JsonObject(value) => value.serialize(serializer),
            Item::List(list) => {
                let mut sequence = serializer.serialize_seq(None)?;
                each_element(list, self.odd(), |element| sequence.serialize_element(&element))?;
                sequence.end()
            }
            Item::Map(map) => {
                let mut members = serializer.serialize_map(None)?;
                each_entry(map, self.odd(), |key, value| members.serialize_entry(key, &value))?;
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
    Held(&'a str),
}

impl<'a> Name<'a> {
    pub(super) fn as_str(self) -> &'a str {
        match self {
            Self::Declared(name) => name,
            Self::Held(name) => name,
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
    let leftovers = extra.leftovers_if_any();
    let joined = |name: &str, item| Written { item, leftover: leftovers.and_then(|leftovers| leftovers.get(name)) };
    for constant in shape.constants {
        write(Name::Declared(constant.name), Item::String(constant.value_in(extra)).into())?;
    }
    for (index, name) in shape.names().enumerate() {
        match object.value(index) {
            Item::Absent => {}
            item => {
                let name = shape.spelling(name, extra);
                write(Name::Declared(name), joined(name, item))?;
            }
        }
    }
    if let Some(entries) = object.entries() {
        for (key, item) in entries.entries().filter(|(key, _)| !is_declared(object, key)) {
            write(Name::Held(key), joined(key, item))?;
        }
    }
    for (key, value) in extra.iter().filter(|(key, _)| !is_typed(object, key)) {
        write(Name::Held(key), Item::Value(value).into())?;
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
        || (0..).zip(shape.names()).any(|(index, name)| shape.spelling(name, extra) == key && is_present(index))
}

/// What a map is written as: its entries, and the odd ones. What is left of an entry that has been removed since goes with it:
/// what was odd as a whole never fits.
pub(super) fn each_entry<E>(
    map: &dyn Entries,
    odd: Option<&JsonObject>,
    mut write: impl FnMut(&str, Written<'_>) -> Result<(), E>,
) -> Result<(), E> {
    for (key, item) in map.entries() {
        write(key, Written { item, leftover: odd.and_then(|odd| odd.get(key)) })?;
    }
    for (key, value) in odd.into_iter().flatten().filter(|(key, value)| !map.holds(key) && !map.fits(key, value)) {
        write(key, Item::Value(value).into())?;
    }
    Ok(())
}

/// What a list is written as: the odd elements by their indices, the others between them, integers in the spelling that
/// is left of them. Odd ones from behind the end of a list that has become shorter follow it.
pub(super) fn each_element<E>(
    list: &dyn List,
    odd: Option<&JsonObject>,
    mut write: impl FnMut(Written<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut odd: Vec<(usize, &Value)> =
        odd.into_iter().flatten().filter_map(|(index, value)| Some((index.parse().ok()?, value))).collect();
    odd.sort_by_key(|(index, _)| *index);
    let is_spelling = |value: &Value| value.as_number().and_then(whole).is_some() && list.is_of_integers();
    let mut odd = odd.into_iter().peekable();
    let mut place = 0;
    for index in 0..list.count() {
        while let Some((_, value)) = odd.next_if(|(odd_place, value)| *odd_place <= place && !is_spelling(value)) {
            write(Item::Value(value).into())?;
            place += 1;
        }
        let spelling = odd.next_if(|(odd_place, _)| *odd_place <= place);
        write(Written { item: list.element(index), leftover: spelling.map(|(_, value)| value) })?;
        place += 1;
    }
    let mut behind = odd.filter(|(_, value)| !is_spelling(value));
    behind.try_for_each(|(_, value)| write(Item::Value(value).into()))
}
