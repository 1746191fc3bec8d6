//! Deserialization: the trait [`FromToJson`], and the code that fills objects, lists and maps, which all types share.

use serde_json::{Map, Value};

use super::cursor::{Cursor, JsonType};
use super::error::Error;
use super::extra::Extra;
use super::object::{Constant, Member, ObjectFields};
use super::parse_error::{ParseError, ParseErrorKind};
use super::write::{JsonRef, ListElements, MapEntries};

/// A JSON object whose members no schema describes.
pub type JsonObject = Map<String, Value>;

/// A type that deserializes from JSON, and serializes as the same JSON.
#[doc(hidden)]
pub trait FromToJson {
    /// Creates a value to deserialize into. No program sees a placeholder: an object without a required value is an error.
    fn placeholder() -> Self
    where
        Self: Sized;

    /// Deserializes the next value into a placeholder, in place, since a move of a large object costs time. Returns the
    /// unparsed part of the JSON.
    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError>;

    /// Makes the value a placeholder again, for the second of two members with one key, and for an invalid field.
    fn reset(&mut self) {}

    /// Borrows the value as JSON, for serialization.
    fn json_ref(&self) -> JsonRef<'_>;

    /// Deserializes the next value. An unparsed part is an error.
    fn parse(json: &mut Cursor<'_>) -> Result<Self, ParseError>
    where
        Self: Sized,
    {
        let mut value = Self::placeholder();
        json.parse_all_of(&mut value)?;
        Ok(value)
    }
}

/// A field that may be absent.
impl<T: FromToJson> FromToJson for Option<T> {
    fn placeholder() -> Self {
        None
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        self.insert(T::placeholder()).parse_into(json)
    }

    fn reset(&mut self) {
        *self = None;
    }

    fn json_ref(&self) -> JsonRef<'_> {
        match self {
            Some(value) => value.json_ref(),
            None => JsonRef::Absent,
        }
    }
}

/// A union of objects, of which a string member decides the variant.
#[doc(hidden)]
pub trait Tagged: FromToJson {
    /// Replaces the value by a placeholder of the variant for a string. Returns `false` if there is no such variant.
    fn choose(&mut self, tag: &str) -> bool;

    /// Returns the content of the variant, to deserialize into.
    fn content_mut(&mut self) -> &mut dyn FromToJson;
}

/// Creates a placeholder on the heap.
pub fn boxed<T: FromToJson>() -> Box<T> {
    Box::new(T::placeholder())
}

/// A type of the keys of a map.
#[doc(hidden)]
pub trait MapKey: Ord + From<String> + AsRef<str> {
    /// Returns `true` if a key is of this kind. The member of another key is an unparsed part of the map.
    fn accepts(key: &str) -> bool {
        let _ = key;
        true
    }
}

impl MapKey for String {}

/// Deserializes a value from a JSON text.
pub fn from_str<T: FromToJson>(text: &str) -> Result<T, Error> {
    match parse(text) {
        Err(ParseError { kind: ParseErrorKind::RepeatedKey, .. }) => {
            let value = Cursor::without_repeated_keys(text).map_err(|error| error.explain(text))?;
            let text = value.to_string();
            parse(&text).map_err(|error| error.explain(&text))
        }
        result => result.map_err(|error| error.explain(text)),
    }
}

fn parse<T: FromToJson>(text: &str) -> Result<T, ParseError> {
    let mut json = Cursor::new(text);
    let value = T::parse(&mut json)?;
    json.end().map(|()| value)
}

/// Deserializes a value from the bytes of a JSON text, which is UTF-8 (RFC 8259, section 8.1).
pub fn from_slice<T: FromToJson>(bytes: &[u8]) -> Result<T, Error> {
    match std::str::from_utf8(bytes) {
        Ok(text) => from_str(text),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let text = String::from_utf8_lossy(valid);
            Err(ParseError::syntax("a byte that isn't UTF-8", text.len()).explain(&text))
        }
    }
}

impl Cursor<'_> {
    pub(super) fn parse_all_of(&mut self, value: &mut dyn FromToJson) -> Result<(), ParseError> {
        let start = self.offset();
        match value.parse_into(self)? {
            None => Ok(()),
            Some(_) => Err(ParseError { kind: ParseErrorKind::Expected("a value without odd parts"), at: start }),
        }
    }

    /// Deserializes the next object into a placeholder.
    pub fn fill(&mut self, object: &mut dyn ObjectFields) -> Result<Option<Value>, ParseError> {
        let (start, descriptor) = (self.offset(), object.descriptor());
        let mut filled = Filled::default();
        let mut members = self.object()?;
        while let Some(key) = self.next_key(&mut members)? {
            match descriptor.member(&key) {
                Member::Field(index) => {
                    if let Some(field) = object.field_mut(index) {
                        filled.note(descriptor.bit(index), self)?;
                        filled.field(self, &key, field, descriptor.bit_if_required(index) != 0)?;
                    }
                }
                Member::Constant(index, constant) => {
                    filled.note(1 << index, self)?;
                    filled.constant(self, constant)?;
                }
                Member::Other => match object.entries_mut() {
                    Some(entries) if entries.accepts(&key) => filled.entry(self, &key, entries)?,
                    _ => {
                        let value = self.value()?;
                        filled.keep(&key, value, self)?;
                    }
                },
            }
        }
        if !filled.extra.is_empty() {
            filled.adopt(object);
            *object.extra_mut() = filled.extra;
        }
        match descriptor.missing(filled.seen) {
            Some(name) => Err(ParseError { kind: ParseErrorKind::Missing(name), at: start }),
            None => Ok(None),
        }
    }

    /// Deserializes the next object into a placeholder of a union. The member `name` decides the variant.
    pub fn tagged(&mut self, name: &str, union: &mut dyn Tagged) -> Result<Option<Value>, ParseError> {
        let start = self.clone();
        if self.guess_until(name, &mut |tag| union.choose(tag)) {
            if let Ok(unparsed) = union.content_mut().parse_into(self) {
                return Ok(unparsed);
            }
            self.clone_from(&start);
        }
        union.reset();
        let known = self.discriminator(name)?.is_some_and(|tag| union.choose(&tag));
        let read = union.content_mut().parse_into(self);
        match read {
            // An object that is invalid for its own variant may be valid for the variant of all others. If it is not, the first
            // error is the useful one.
            Err(error) if known => {
                self.again(&start, error)?;
                union.reset();
                self.parse_all_of(union.content_mut()).map_err(|_| error)?;
                Ok(None)
            }
            read => read,
        }
    }

    /// Deserializes the elements of the next list. Returns the invalid elements by their index.
    pub(super) fn each_element(&mut self, list: &mut dyn ListElements) -> Result<Option<Value>, ParseError> {
        let mut members = self.list()?;
        let (mut index, mut unparsed) = (0_usize, JsonObject::new());
        while self.next_element(&mut members)? {
            let mark = self.mark();
            let part = match list.parse_element(self) {
                Ok(original) => original,
                Err(error) => Some(self.as_it_is(mark, error)?),
            };
            if let Some(part) = part {
                unparsed.insert(index.to_string(), part);
            }
            index += 1;
        }
        Ok(some(unparsed))
    }

    /// Deserializes the entries of the next map. Returns their unparsed parts, and the invalid entries.
    pub(super) fn each_entry(&mut self, entries: &mut dyn MapEntries) -> Result<Option<Value>, ParseError> {
        let mut members = self.object()?;
        let mut unparsed = JsonObject::new();
        while let Some(key) = self.next_key(&mut members)? {
            let mark = self.mark();
            let read = match entries.accepts(&key) {
                true => entries.parse_entry(&key, self),
                false => Err(self.expected("another key")),
            };
            let part = match read {
                Ok(part) => part,
                Err(error) => {
                    let value = self.as_it_is(mark, error)?;
                    self.first_of(!entries.holds(&key))?;
                    Some(value)
                }
            };
            self.first_of(unparsed.is_empty() || !unparsed.contains_key(&*key))?;
            if let Some(value) = part {
                unparsed.insert(key.into_owned(), value);
            }
        }
        Ok(some(unparsed))
    }

    /// Fails unless a member is the first with its key.
    fn first_of(&self, is_first: bool) -> Result<(), ParseError> {
        match is_first {
            true => Ok(()),
            false => Err(ParseError::repeated_key(self.place())),
        }
    }
}

/// The state of an object that is being filled.
#[derive(Default)]
struct Filled {
    /// The constants and fields that have been read, a bit each.
    seen: u64,
    extra: Extra,
}

impl Filled {
    /// Notes that a constant or field is read.
    #[inline]
    fn note(&mut self, bit: u64, json: &Cursor<'_>) -> Result<(), ParseError> {
        json.first_of(self.seen & bit == 0)?;
        self.seen |= bit;
        Ok(())
    }

    /// Deserializes a field. An invalid value of an optional field is kept as it is, and the field is absent.
    fn field(
        &mut self,
        json: &mut Cursor<'_>,
        key: &str,
        field: &mut dyn FromToJson,
        is_required: bool,
    ) -> Result<(), ParseError> {
        let mark = json.mark();
        match field.parse_into(json) {
            Ok(None) => {}
            Ok(unparsed) => self.extra.set_unparsed(key, unparsed),
            Err(error) if is_required => return Err(error),
            Err(error) => {
                field.reset();
                let value = json.as_it_is(mark, error)?;
                self.keep(key, value, json)?;
            }
        }
        Ok(())
    }

    /// Parses a member with few possible values. A value other than the first is kept for serialization.
    fn constant(&mut self, json: &mut Cursor<'_>, constant: &Constant) -> Result<(), ParseError> {
        let Constant { name, value, alternatives } = constant;
        let at = json.offset();
        let found = match json.json_type()? {
            JsonType::String => Some(json.string()?),
            _ => None,
        };
        match found {
            Some(found) if found == *value => Ok(()),
            Some(found) if alternatives.contains(&&*found) => self.keep(name, found.into(), json),
            _ => Err(ParseError { kind: ParseErrorKind::Constant(name, value), at }),
        }
    }

    /// Deserializes a member without a field into the map, or into `extra` if its value is invalid.
    fn entry(&mut self, json: &mut Cursor<'_>, key: &str, entries: &mut dyn MapEntries) -> Result<(), ParseError> {
        let mark = json.mark();
        match entries.parse_entry(key, json) {
            Ok(unparsed) => {
                json.first_of(self.extra.get(key).is_none())?;
                if unparsed.is_some() {
                    self.extra.set_unparsed(key, unparsed);
                }
                Ok(())
            }
            Err(error) => {
                let value = json.as_it_is(mark, error)?;
                json.first_of(!entries.holds(key))?;
                self.keep(key, value, json)
            }
        }
    }

    /// Keeps a value without a field, or an invalid value.
    fn keep(&mut self, key: &str, value: Value, json: &Cursor<'_>) -> Result<(), ParseError> {
        json.first_of(self.extra.insert(key, value).is_none())
    }

    /// Fills the fields that are still missing from the members under their aliases, which are in `extra` until now. The first
    /// alias with a value that fits takes precedence.
    fn adopt(&mut self, object: &mut dyn ObjectFields) {
        let descriptor = object.descriptor();
        for &(index, alias) in descriptor.aliases {
            let (bit, name) = (descriptor.bit_if_required(index), descriptor.names().nth(index));
            let (Some(field), Some(name)) = (object.field_mut(index), name) else { continue };
            let is_missing = if bit != 0 { self.seen & bit == 0 } else { field.json_ref().is_absent() };
            let text = self.extra.get(alias).filter(|_| is_missing).map(Value::to_string);
            let Some(text) = text else { continue };
            match field.parse_into(&mut Cursor::new(&text)) {
                Ok(unparsed) => {
                    self.extra.set_unparsed(alias, unparsed);
                    self.extra.set_wire_name(name, alias);
                    self.seen |= bit;
                }
                Err(_) => field.reset(),
            }
        }
    }
}

fn some(members: JsonObject) -> Option<Value> {
    (!members.is_empty()).then_some(Value::Object(members))
}
