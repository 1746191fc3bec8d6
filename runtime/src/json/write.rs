//! Serialization: every type converts to a [`JsonRef`], which serializes with any serializer.
//!
//! For each serializer, only the code of `JsonRef` is compiled, and not the code of 300 types.

use std::convert::Infallible;

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

use super::cursor::Cursor;
use super::extra::Extra;
use super::kept::{has_kept_key, is_kept_key, kept_in};
use super::map::Map;
use super::number::{float_of, integer_of};
use super::object::{first_bytes, Descriptor, FieldName, Member, ObjectFields};
use super::parse_error::ParseError;
use super::read::{FromToJson, JsonObject, MapKey};
use super::text::{text_of, text_of_written};
use crate::sort::sort_by;

/// A borrowed JSON value.
#[derive(Clone, Copy)]
pub enum JsonRef<'a> {
    /// An absent field. It is not serialized.
    Absent,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A number in its original form.
    Number(&'a Number),
    /// A string.
    String(&'a str),
    /// Any value.
    Value(&'a Value),
    /// An object without a schema.
    JsonObject(&'a JsonObject),
    /// A list.
    List(&'a dyn ListElements),
    /// A map.
    Map(&'a dyn MapEntries),
    /// An object with fields.
    Object(&'a dyn ObjectFields),
}

impl<'a> JsonRef<'a> {
    /// Returns the string, or `None` for another type.
    pub fn text(self) -> Option<&'a str> {
        match self {
            JsonRef::String(text) => Some(text),
            JsonRef::Value(value) => value.as_str(),
            _ => None,
        }
    }

    /// Returns the integer, or `None` for another type.
    pub fn integer(self) -> Option<i64> {
        match self {
            JsonRef::Integer(value) => Some(value),
            JsonRef::Value(value) => value.as_i64(),
            _ => None,
        }
    }

    /// Returns the members of an object without a schema, or `None` for another type.
    pub fn json_object(self) -> Option<&'a JsonObject> {
        match self {
            JsonRef::JsonObject(object) => Some(object),
            JsonRef::Value(value) => value.as_object().filter(|object| kept_in(object).is_none()),
            _ => None,
        }
    }

    /// Returns a member of an object, from its field or from `extra`.
    #[inline]
    pub fn member(self, name: &str) -> JsonRef<'a> {
        self.member_with(name, first_bytes(name))
    }

    /// Returns a member of an object. `first` has the first bytes of the name.
    fn member_with(self, name: &str, first: u64) -> JsonRef<'a> {
        match self {
            JsonRef::Object(object) => match object.descriptor().find(name, first) {
                Member::Constant(_, constant) => JsonRef::String(constant.value_in(object)),
                Member::Field(index) => object.value(index),
                Member::Other => object.extra().get(name).map_or(JsonRef::Absent, JsonRef::Value),
            },
            JsonRef::JsonObject(object) => object.get(name).map_or(JsonRef::Absent, JsonRef::Value),
            JsonRef::Value(value) => value.get(name).map_or(JsonRef::Absent, JsonRef::Value),
            _ => JsonRef::Absent,
        }
    }

    /// Copies the value into a `Value`.
    pub fn to_value(self) -> Value {
        Written::from(self).to_value()
    }

    pub(super) fn is_absent(self) -> bool {
        matches!(self, JsonRef::Absent)
    }
}

/// A list of values.
#[doc(hidden)]
pub trait ListElements {
    /// Returns the number of elements.
    fn count(&self) -> usize;

    /// Returns the element at `index`, or `JsonRef::Absent` if `index` is out of bounds.
    fn element(&self, index: usize) -> JsonRef<'_>;

    /// Returns `true` if an unparsed value is the original form of a number, such as `1.0` of an integer.
    fn is_original(&self, value: &Value) -> bool;

    /// Deserializes the next value and appends it. Returns the original form of a number.
    fn parse_element(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError>;
}

/// A map of values.
#[doc(hidden)]
pub trait MapEntries {
    /// Calls a function with each entry, sorted by key, until the function returns `false`.
    // An iterator would compile all provided methods of `Iterator` for each type of maps.
    fn each(&self, visit: &mut dyn FnMut(&str, JsonRef<'_>) -> bool);

    /// Returns `true` if a key has an entry.
    fn holds(&self, key: &str) -> bool;

    /// Returns `true` if a key is valid for the type of the keys.
    fn accepts(&self, key: &str) -> bool;

    /// Returns `true` if a value deserializes into an entry with the key, with or without an unparsed value.
    fn fits(&self, key: &str, value: &Value) -> bool;

    /// Deserializes the next value and appends the entry. Returns the unparsed value of the entry. After all
    /// entries, `sort_entries` must be called.
    fn parse_entry(&mut self, key: &str, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError>;

    /// Sorts the entries that `parse_entry` appended. Returns `true` if a key is repeated.
    fn sort_entries(&mut self) -> bool;
}

impl<T: FromToJson> ListElements for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn element(&self, index: usize) -> JsonRef<'_> {
        self.get(index).map_or(JsonRef::Absent, FromToJson::json_ref)
    }

    fn is_original(&self, value: &Value) -> bool {
        is_original(T::placeholder().json_ref(), value)
    }

    fn parse_element(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        self.push(T::placeholder());
        let read = self.last_mut().map_or(Ok(None), |element| json.element(element));
        if read.is_err() {
            self.pop();
        }
        read
    }
}

/// Returns `true` if an unparsed value is the original form of a number. `placeholder` is a value of the same type.
fn is_original(placeholder: JsonRef<'_>, value: &Value) -> bool {
    match placeholder {
        JsonRef::Integer(_) => integer_of(value).is_some(),
        JsonRef::Float(_) => float_of(value).is_some(),
        _ => false,
    }
}

impl<K: MapKey, V: FromToJson> MapEntries for Map<K, V> {
    fn each(&self, visit: &mut dyn FnMut(&str, JsonRef<'_>) -> bool) {
        for (key, value) in self {
            if !visit(key.as_ref(), value.json_ref()) {
                break;
            }
        }
    }

    fn holds(&self, key: &str) -> bool {
        self.contains_key(&K::from(key.to_owned()))
    }

    fn accepts(&self, key: &str) -> bool {
        !is_kept_key(key) && K::accepts(key)
    }

    fn fits(&self, key: &str, value: &Value) -> bool {
        self.accepts(key) && fits(&mut V::placeholder(), value)
    }

    fn parse_entry(&mut self, key: &str, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        let mut value = V::placeholder();
        let unparsed = value.parse_into(json)?;
        self.push(K::from(key.to_owned()), value);
        Ok(unparsed)
    }

    fn sort_entries(&mut self) -> bool {
        self.sort()
    }
}

/// Returns `true` if a value deserializes into a placeholder.
fn fits(placeholder: &mut dyn FromToJson, value: &Value) -> bool {
    placeholder.parse_into(&mut Cursor::new(&text_of(JsonRef::Value(value)))).is_ok()
}

impl Serialize for JsonRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(*self).serialize(serializer)
    }
}

/// A JSON value, together with its unparsed value.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) item: JsonRef<'a>,
    pub(super) unparsed: Option<&'a Value>,
}

impl<'a> From<JsonRef<'a>> for Written<'a> {
    fn from(item: JsonRef<'a>) -> Self {
        Self { item, unparsed: None }
    }
}

impl<'a> Written<'a> {
    /// Returns the invalid elements of a list by index, or the invalid entries of a map.
    pub(super) fn unparsed_parts(self) -> Option<&'a JsonObject> {
        self.unparsed?.as_object()
    }

    /// Returns the original form of a number, unless the field was set to another number since.
    #[inline]
    pub(super) fn original(self) -> Option<&'a Value> {
        let original = self.unparsed?;
        let is_same = match self.item {
            JsonRef::Integer(value) => integer_of(original) == Some(value),
            JsonRef::Float(value) => float_of(original) == Some(value),
            _ => false,
        };
        is_same.then_some(original)
    }
}

impl Written<'_> {
    fn to_value(self) -> Value {
        let mut list = Vec::new();
        let mut map = JsonObject::new();
        let Ok(()) = match self.item {
            JsonRef::Absent | JsonRef::Null => return Value::Null,
            JsonRef::Boolean(value) => return value.into(),
            JsonRef::Integer(value) => return self.original().cloned().unwrap_or_else(|| value.into()),
            JsonRef::Float(value) => return self.original().cloned().unwrap_or_else(|| value.into()),
            JsonRef::Number(value) => return Value::Number(value.clone()),
            JsonRef::String(value) => return value.into(),
            JsonRef::Value(value) => return value.clone(),
            JsonRef::JsonObject(value) => return Value::Object(value.clone()),
            JsonRef::List(elements) => each_element(elements, self.unparsed_parts(), |element| {
                list.push(element.to_value());
                Ok::<(), Infallible>(())
            }),
            JsonRef::Map(entries) => each_entry(entries, self.unparsed_parts(), |key, value| {
                map.insert(key.to_owned(), value.to_value());
                Ok(())
            }),
            JsonRef::Object(object) => each_member(object, |name, value| {
                map.insert(name.as_str().to_owned(), value.to_value());
                Ok(())
            }),
        };
        match self.item {
            JsonRef::List(_) => Value::Array(list),
            _ => Value::Object(map),
        }
    }
}

/// Serializes a JSON text as it is. Serializers other than those of `serde_json` serialize a struct with the text.
#[cold]
fn serialize_text<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::from_str::<&RawValue>(text).map_err(S::Error::custom)?.serialize(serializer)
}

/// A value in which kept values are serialized as their texts.
struct AnyValue<'a>(&'a Value);

impl Serialize for AnyValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(values) => serializer.collect_seq(values.iter().map(AnyValue)),
            Value::Object(members) => AnyObject(members).serialize(serializer),
            other => other.serialize(serializer),
        }
    }
}

/// An object in which kept values are serialized as their texts.
struct AnyObject<'a>(&'a JsonObject);

impl Serialize for AnyObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match has_kept_key(self.0) {
            true => serialize_text(&text_of(JsonRef::JsonObject(self.0)), serializer),
            false => serializer.collect_map(self.0.iter().map(|(key, value)| (key, AnyValue(value)))),
        }
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.item {
            JsonRef::Absent | JsonRef::Null => serializer.serialize_unit(),
            JsonRef::Boolean(value) => serializer.serialize_bool(value),
            JsonRef::Integer(value) => match self.original() {
                Some(original) => AnyValue(original).serialize(serializer),
                None => serializer.serialize_i64(value),
            },
            JsonRef::Float(value) => match self.original() {
                Some(original) => AnyValue(original).serialize(serializer),
                None => serializer.serialize_f64(value),
            },
            JsonRef::Number(value) => value.serialize(serializer),
            JsonRef::String(value) => serializer.serialize_str(value),
            JsonRef::Value(value) => AnyValue(value).serialize(serializer),
            JsonRef::JsonObject(value) => AnyObject(value).serialize(serializer),
            JsonRef::List(list) => {
                let mut sequence = serializer.serialize_seq(None)?;
                each_element(list, self.unparsed_parts(), |element| sequence.serialize_element(&element))?;
                sequence.end()
            }
            // Serializers take no key that is not a `str`.
            JsonRef::Map(_) if self.unparsed_parts().is_some_and(has_kept_key) => {
                serialize_text(&text_of_written(*self), serializer)
            }
            JsonRef::Object(object) if object.extra().has_kept_key() => {
                serialize_text(&text_of_written(*self), serializer)
            }
            JsonRef::Map(map) => {
                let mut members = serializer.serialize_map(None)?;
                each_entry(map, self.unparsed_parts(), |key, value| members.serialize_entry(key, &value))?;
                members.end()
            }
            JsonRef::Object(object) => {
                let mut members = serializer.serialize_map(None)?;
                each_member(object, |name, value| members.serialize_entry(name.as_str(), &value))?;
                members.end()
            }
        }
    }
}

/// The key of a member. A declared name needs no escapes.
#[derive(Clone, Copy)]
pub(super) enum Name<'a> {
    Declared(&'static FieldName),
    Undeclared(&'a str),
}

impl<'a> Name<'a> {
    /// Returns the key that the field at `index` is serialized under.
    #[inline]
    fn of_field(index: usize, descriptor: &Descriptor, extra: &Extra) -> Self {
        let field = descriptor.name(index);
        // Most types have no aliases, and comparing names takes time.
        match descriptor.aliases {
            [] => Self::Declared(field),
            _ => match extra.wire_name(field.name) {
                name if name == field.name => Self::Declared(field),
                alias => Self::Undeclared(alias),
            },
        }
    }

    pub(super) fn as_str(self) -> &'a str {
        match self {
            Self::Declared(field) => field.name,
            Self::Undeclared(name) => name,
        }
    }
}

/// Serializes an object: its constants, its present fields, its entries and its `extra`. If a field or an entry has the same
/// key as a member of `extra`, the member is omitted.
pub(super) fn each_member<E>(
    object: &dyn ObjectFields,
    mut write: impl FnMut(Name<'_>, Written<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let (descriptor, extra) = (object.descriptor(), object.extra());
    let unparsed = extra.unparsed_if_any();
    let unparsed_at = |name: &str| unparsed.and_then(|unparsed| unparsed.get(name));
    for constant in descriptor.constants {
        write(Name::Declared(&constant.field), JsonRef::String(constant.value_in(object)).into())?;
    }
    for (index, item) in object.values() {
        let name = Name::of_field(index, descriptor, extra);
        let unparsed = unparsed_at(name.as_str());
        write(name, Written { item, unparsed })?;
    }
    if let Some(entries) = object.entries() {
        let mut written = Ok(());
        entries.each(&mut |key, item| {
            if !is_declared(object, key) {
                written = write(Name::Undeclared(key), Written { item, unparsed: unparsed_at(key) });
            }
            written.is_ok()
        });
        written?;
    }
    // Adapters of iterators would be more code than the rest, in each caller.
    if let Some(values) = extra.values() {
        for (key, value) in values {
            if !is_typed(object, key) {
                write(Name::Undeclared(key), JsonRef::Value(value).into())?;
            }
        }
    }
    Ok(())
}

/// Returns `true` if a constant, a field or an entry is serialized under a key.
pub(super) fn is_typed(object: &dyn ObjectFields, key: &str) -> bool {
    is_declared(object, key) || object.entries().is_some_and(|entries| entries.holds(key))
}

/// Returns `true` if a constant or a field is serialized under a key.
fn is_declared(object: &dyn ObjectFields, key: &str) -> bool {
    let (descriptor, extra) = (object.descriptor(), object.extra());
    let is_present = |index| !object.value(index).is_absent();
    descriptor.has_constant(key)
        || (0..descriptor.count())
            .any(|index| descriptor.wire_name(descriptor.name(index).name, extra) == key && is_present(index))
}

/// Serializes the valid and the invalid entries of a map. The unparsed value of an entry that was removed after
/// deserialization is omitted. Unlike an invalid entry, this value deserializes.
pub(super) fn each_entry<E>(
    map: &dyn MapEntries,
    unparsed: Option<&JsonObject>,
    mut write: impl FnMut(&str, Written<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut written = Ok(());
    map.each(&mut |key, item| {
        written = write(key, Written { item, unparsed: unparsed.and_then(|unparsed| unparsed.get(key)) });
        written.is_ok()
    });
    written?;
    if let Some(unparsed) = unparsed {
        for (key, value) in unparsed {
            if !map.holds(key) && !map.fits(key, value) {
                write(key, JsonRef::Value(value).into())?;
            }
        }
    }
    Ok(())
}

/// Serializes the elements of a list, with invalid elements at their original indices and integers in their original form.
/// If the list became shorter, invalid elements beyond its end are appended.
pub(super) fn each_element<E>(
    list: &dyn ListElements,
    unparsed: Option<&JsonObject>,
    mut write: impl FnMut(Written<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let is_original = |value: &Value| list.is_original(value);
    let mut unparsed = unparsed_elements(unparsed).into_iter().peekable();
    let mut place = 0;
    for index in 0..list.count() {
        while let Some((_, value)) = unparsed.next_if(|(index, value)| *index <= place && !is_original(value)) {
            write(JsonRef::Value(value).into())?;
            place += 1;
        }
        let original = unparsed.next_if(|(index, _)| *index <= place);
        write(Written { item: list.element(index), unparsed: original.map(|(_, value)| value) })?;
        place += 1;
    }
    let mut rest = unparsed.filter(|(_, value)| !is_original(value));
    rest.try_for_each(|(_, value)| write(JsonRef::Value(value).into()))
}

/// Returns the unparsed values of a list with their indices, sorted.
fn unparsed_elements(unparsed: Option<&JsonObject>) -> Vec<(usize, &Value)> {
    let Some(unparsed) = unparsed else { return Vec::new() };
    let mut elements: Vec<(usize, &Value)> =
        unparsed.iter().filter_map(|(index, value)| Some((index.parse().ok()?, value))).collect();
    sort_by(&mut elements, |(one, _), (other, _)| one.cmp(other));
    elements
}
