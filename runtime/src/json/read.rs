//! Deserialization: the trait [`FromToJson`], and the code that all types share for objects, lists and maps.

use serde_json::{Map, Value};

use super::cursor::{Cursor, JsonType, Mark};
use super::error::Error;
use super::extra::Extra;
use super::object::{first_bytes, AdditionMut, Constant, Descriptor, FieldName, Member, ObjectFields};
use super::parse_error::{ParseError, ParseErrorKind};
use super::text::{text_of, to_string};
use super::write::{JsonRef, ListElements, MapEntries};

/// A JSON object without a schema.
pub type JsonObject = Map<String, Value>;

/// Returns an object with one member.
// `collect` and `from_iter` sort the members. Each of them compiles a sort function of about 3,000 LLVM lines.
#[inline]
pub(crate) fn object_of(key: &str, value: impl Into<Value>) -> JsonObject {
    let mut object = JsonObject::new();
    object.insert(key.to_owned(), value.into());
    object
}

/// A type that deserializes from JSON and serializes as equal JSON.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type of this crate",
    note = "use the functions of `serde_json` for your own types, such as `serde_json::from_str`"
)]
pub trait FromToJson {
    /// Creates a value to deserialize into. A placeholder is never observable, because deserialization fails if a required
    /// field is missing.
    fn placeholder() -> Self
    where
        Self: Sized;

    /// Deserializes the next value into a placeholder, and returns the unparsed value. Deserializing in place avoids moving
    /// large structs.
    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError>;

    /// Borrows the value as JSON, for serialization.
    fn json_ref(&self) -> JsonRef<'_>;

    /// Returns `true` for an optional field without a value.
    #[inline(always)]
    fn is_absent(&self) -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Deserializes the next value. An unparsed value is an error.
    fn parse(json: &mut Cursor<'_>) -> Result<Self, ParseError>
    where
        Self: Sized,
    {
        let mut value = Self::placeholder();
        json.parse_all_of(&mut value)?;
        Ok(value)
    }
}

/// An optional field.
impl<T: FromToJson> FromToJson for Option<T> {
    #[inline]
    fn placeholder() -> Self {
        None
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        let parsed = self.insert(T::placeholder()).parse_into(json);
        if parsed.is_err() {
            *self = None;
        }
        parsed
    }

    // Not inlined, because all types of objects call it for each optional field.
    #[inline(never)]
    fn json_ref(&self) -> JsonRef<'_> {
        match self {
            Some(value) => value.json_ref(),
            None => JsonRef::Absent,
        }
    }

    #[inline(always)]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// An enum of objects, in which a string member selects the variant.
#[doc(hidden)]
pub trait Tagged: FromToJson {
    /// Replaces the value with a placeholder of the variant for a string. Returns `false` if there is no such variant.
    fn choose(&mut self, tag: &str) -> bool;

    /// Replaces the value with a placeholder of the variant for all other strings.
    fn choose_other(&mut self);

    /// Returns the content of the variant, to deserialize into.
    fn content_mut(&mut self) -> &mut dyn FromToJson;
}

/// Creates a placeholder on the heap.
#[inline]
pub fn boxed<T: FromToJson>() -> Box<T> {
    Box::new(T::placeholder())
}

/// The type of the keys of a map.
#[doc(hidden)]
pub trait MapKey: Ord + From<String> + AsRef<str> {
    /// Returns `true` if a key is valid for this type. A member with another key is an unparsed value of the map.
    fn accepts(key: &str) -> bool {
        let _ = key;
        true
    }
}

impl MapKey for String {}

/// Deserializes a value from JSON text.
///
/// The result equals the result of `serde_json::from_str`. This function is faster, and its error has a JSON pointer.
///
/// ```
/// use matrix_events::AnySyncTimelineEvent;
///
/// let event: AnySyncTimelineEvent = matrix_events::from_str(
///     r#"{"type": "m.room.message", "sender": "@mira:example.org", "content": {"msgtype": "m.text", "body": "Hi"}}"#,
/// )?;
/// assert!(matches!(event, AnySyncTimelineEvent::RoomMessage(_)));
/// # Ok::<(), matrix_events::Error>(())
/// ```
///
/// # Errors
///
/// Returns an error if the text is not JSON, or if `T` does not accept the value. The event enums accept every JSON object.
pub fn from_str<T: FromToJson>(text: &str) -> Result<T, Error> {
    with_unique_keys(text, |json| T::parse(json))
}

/// Parses a text. If a key is repeated, parses the text again with the last value of each key.
///
/// # Errors
///
/// Returns an error if the text is not JSON, or if `read` fails.
pub fn with_unique_keys<T>(
    text: &str,
    mut read: impl FnMut(&mut Cursor<'_>) -> Result<T, ParseError>,
) -> Result<T, Error> {
    let mut parse = |text: &str| {
        let mut json = Cursor::new(text);
        let value = read(&mut json)?;
        json.end().map(|()| value)
    };
    match parse(text) {
        Err(ParseError { kind: ParseErrorKind::RepeatedKey, .. }) => {
            let value = Cursor::without_repeated_keys(text).map_err(|error| error.explain(text))?;
            let text = to_string(&value);
            parse(&text).map_err(|error| error.explain(&text))
        }
        result => result.map_err(|error| error.explain(text)),
    }
}

/// Parses a text whose values a `Value` represents. Otherwise, the text is an error.
pub(crate) fn representable(text: &str) -> Result<Value, Error> {
    let mut json = Cursor::strict(text);
    let value = json.value().and_then(|value| json.end().map(|()| value));
    value.map_err(|error| error.explain(text))
}

/// Deserializes a value from JSON text in UTF-8 bytes.
///
/// The result equals the result of `serde_json::from_slice`. This function is faster, and its error has a JSON pointer.
///
/// ```
/// use matrix_events::room::name::RoomNameEventContent;
///
/// let content: RoomNameEventContent = matrix_events::from_slice(br#"{"name": "Lobby"}"#)?;
/// assert_eq!(content.name.as_deref(), Some("Lobby"));
/// # Ok::<(), matrix_events::Error>(())
/// ```
///
/// # Errors
///
/// Returns an error if the bytes are not JSON in UTF-8, or if `T` does not accept the value.
pub fn from_slice<T: FromToJson>(bytes: &[u8]) -> Result<T, Error> {
    from_str(utf8(bytes)?)
}

/// Returns the text of UTF-8 bytes.
///
/// # Errors
///
/// Returns an error with the position of the first byte that is not UTF-8.
pub fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let text = String::from_utf8_lossy(valid);
        ParseError::syntax("invalid UTF-8", text.len()).explain(&text)
    })
}

impl Cursor<'_> {
    /// Deserializes the next value into a placeholder. An unparsed value is an error.
    pub fn parse_all_of(&mut self, value: &mut dyn FromToJson) -> Result<(), ParseError> {
        let start = self.offset();
        match value.parse_into(self)? {
            None => Ok(()),
            Some(_) => Err(ParseError { kind: ParseErrorKind::Incomplete, at: start }),
        }
    }

    /// Deserializes the next value into a placeholder of an element of a list. Returns the original form of a number.
    pub(super) fn element(&mut self, element: &mut dyn FromToJson) -> Result<Option<Value>, ParseError> {
        match element.json_ref() {
            JsonRef::Integer(_) | JsonRef::Float(_) => element.parse_into(self),
            _ => self.parse_all_of(element).map(|()| None),
        }
    }

    /// Deserializes the next object into a placeholder.
    pub fn fill(&mut self, object: &mut dyn ObjectFields) -> Result<Option<Value>, ParseError> {
        let (start, descriptor) = (self.offset(), object.descriptor());
        let mut filled = Filled::default();
        let mut members = self.object()?;
        while !self.pass_end_of_object() {
            let unusual;
            let (key, member) = match self.known_key(descriptor, members.first) {
                Some(known) => known,
                None => {
                    let (key, first) = match self.plain_key(members.first) {
                        Some(key) => key,
                        None => match self.any_key(&mut members)? {
                            Some(key) => {
                                unusual = key;
                                (&*unusual, first_bytes(&unusual))
                            }
                            None => break,
                        },
                    };
                    (key, descriptor.find(key, first))
                }
            };
            members.first = false;
            match member {
                Member::Field(index) => {
                    filled.note(1 << index, self)?;
                    let mark = self.mark();
                    match object.parse_field(index, self) {
                        Ok(None) => {}
                        Ok(unparsed) => filled.extra.set_unparsed(key, unparsed),
                        Err(error) if descriptor.is_required(index) => return Err(error),
                        Err(error) => filled.invalid(self, key, mark, error)?,
                    }
                }
                Member::Constant(index, constant) => {
                    filled.note(Descriptor::bit_of_constant(index), self)?;
                    if !self.pass_plain_string(constant.plain_value()) {
                        filled.constant(self, constant, object)?;
                    }
                }
                Member::Other => filled.other(self, key, object)?,
            }
        }
        if filled.has_entries {
            if let AdditionMut::Entries(entries) = object.addition_mut() {
                self.sort_entries(entries, &filled.invalid_entries)?;
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

    /// Deserializes the next object into a placeholder of an enum. The member `name` selects the variant.
    pub fn tagged(&mut self, name: &str, union: &mut dyn Tagged) -> Result<Option<Value>, ParseError> {
        let start = self.clone();
        let (mut guess, mut failed) = (None, None);
        if self.guess_until(name, &mut |tag| {
            guess = union.choose(tag).then_some(tag);
            guess.is_some()
        }) {
            match union.content_mut().parse_into(self) {
                Ok(unparsed) => return Ok(unparsed),
                Err(error) => failed = guess.map(|tag| (tag, error)),
            }
            self.clone_from(&start);
        }
        let error = match failed {
            // A second attempt would fail in the same way.
            Some((guess, error)) if self.is_tagged(name, guess, error, union.content_mut().json_ref())? => error,
            _ => {
                let tag = self.discriminator(name)?;
                union.choose_other();
                let known = tag.is_some_and(|tag| union.choose(&tag));
                match union.content_mut().parse_into(self) {
                    Err(error) if known => error,
                    read => return read,
                }
            }
        };
        // An object that is invalid for its own variant can be valid for the variant of all other values. If both fail, the
        // error of its own variant is more useful.
        self.again(&start, error)?;
        union.choose_other();
        let lacks_only_own_field = match (error.kind, union.content_mut().json_ref()) {
            (ParseErrorKind::Missing(missing), JsonRef::Object(other)) if error.at == self.offset() => {
                if other.descriptor().always_requires(missing) {
                    return Err(error);
                }
                true
            }
            _ => false,
        };
        // Most objects fail here again, so the members without a field are omitted in a first attempt.
        if !lacks_only_own_field && !self.fits(union.content_mut()) {
            return Err(error);
        }
        union.choose_other();
        self.parse_all_of(union.content_mut()).map_err(|_| error)?;
        Ok(None)
    }

    /// Returns `true` if `tag` is the discriminator of the next object, which failed as `variant` with `error`.
    pub(super) fn is_tagged(
        &mut self,
        name: &str,
        tag: &str,
        error: ParseError,
        variant: JsonRef<'_>,
    ) -> Result<bool, ParseError> {
        match (error.kind, variant) {
            // The variant has checked the members that are present, including the discriminator.
            (ParseErrorKind::Missing(missing), JsonRef::Object(variant))
                if error.at == self.offset() && missing != name && variant.descriptor().has_constant(name) =>
            {
                Ok(true)
            }
            _ => Ok(self.discriminator(name)?.as_deref() == Some(tag)),
        }
    }

    /// Deserializes the elements of the next array. Returns the invalid elements by index.
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

    /// Deserializes the entries of the next map. Returns the unparsed values of the entries, and the invalid entries.
    pub(super) fn each_entry(&mut self, entries: &mut dyn MapEntries) -> Result<Option<Value>, ParseError> {
        let mut members = self.object()?;
        let (mut unparsed, mut invalid) = (JsonObject::new(), Vec::new());
        while let Some(key) = self.next_key(&mut members)? {
            let mark = self.mark();
            let read = match entries.accepts(&key) {
                true => entries.parse_entry(&key, self),
                false => Err(self.expected("a value with a valid key")),
            };
            let part = match read {
                Ok(part) => part,
                Err(error) => {
                    let value = self.as_it_is(mark, error)?;
                    invalid.push((*key).to_owned());
                    Some(value)
                }
            };
            self.first_of(unparsed.is_empty() || !unparsed.contains_key(&*key))?;
            if let Some(value) = part {
                unparsed.insert(key.into_owned(), value);
            }
        }
        self.sort_entries(entries, &invalid)?;
        Ok(some(unparsed))
    }

    /// Sorts the entries of a map. Fails if a key is repeated, or has an invalid value too.
    fn sort_entries(&self, entries: &mut dyn MapEntries, invalid: &[String]) -> Result<(), ParseError> {
        let is_repeated = entries.sort_entries() || invalid.iter().any(|key| entries.holds(key));
        self.first_of(!is_repeated)
    }

    /// Fails unless a member is the first with its key.
    fn first_of(&self, is_first: bool) -> Result<(), ParseError> {
        match is_first {
            true => Ok(()),
            false => Err(ParseError::repeated_key(self.place())),
        }
    }
}

/// The state of an object during deserialization.
#[derive(Default)]
struct Filled {
    /// A bit for each constant and each field that is present.
    seen: u64,
    extra: Extra,
    /// `true` if the map of the object has new entries, which are not sorted.
    has_entries: bool,
    /// The keys of invalid entries of the map.
    invalid_entries: Vec<String>,
}

impl Filled {
    /// Records that a constant or field is present. Fails if it already was.
    #[inline]
    fn note(&mut self, bit: u64, json: &Cursor<'_>) -> Result<(), ParseError> {
        json.first_of(self.seen & bit == 0)?;
        self.seen |= bit;
        Ok(())
    }

    /// Keeps the invalid value of an optional field in `extra`.
    #[cold]
    fn invalid(&mut self, json: &mut Cursor<'_>, key: &str, mark: Mark, error: ParseError) -> Result<(), ParseError> {
        let value = json.as_it_is(mark, error)?;
        self.keep(key, value, json)
    }

    /// Deserializes a member without a field.
    #[inline(never)]
    fn other(&mut self, json: &mut Cursor<'_>, key: &str, object: &mut dyn ObjectFields) -> Result<(), ParseError> {
        let descriptor = object.descriptor();
        match object.addition_mut() {
            AdditionMut::Entries(entries) if entries.accepts(key) => self.entry(json, key, entries),
            _ if json.omits_others() && !descriptor.is_alias(key) => json.skip().map(drop),
            _ => {
                let value = json.value()?;
                self.keep(key, value, json)
            }
        }
    }

    /// Parses a member with one valid value or with alternatives. An alternative is kept in `extra` for serialization, and the end
    /// of an event type in the content.
    #[inline(never)]
    fn constant(
        &mut self,
        json: &mut Cursor<'_>,
        constant: &Constant,
        object: &mut dyn ObjectFields,
    ) -> Result<(), ParseError> {
        let Constant { field: FieldName { name, .. }, value, alternatives, .. } = constant;
        let at = json.offset();
        let found = match json.json_type()? {
            JsonType::String => Some(json.string()?),
            _ => None,
        };
        match found {
            Some(found) if found == *value || constant.prefix(&found).is_some() => {
                if let Some(prefix) = constant.prefix(&found) {
                    if let AdditionMut::Suffix(suffix) = object.addition_mut() {
                        suffix.set_event_type(prefix, &found);
                    }
                }
                Ok(())
            }
            Some(found) if alternatives.contains(&&*found) => self.keep(name, found.into(), json),
            _ => Err(ParseError { kind: ParseErrorKind::Constant(name, value), at }),
        }
    }

    /// Deserializes a member without a field into the map, or into `extra` if its value is invalid.
    fn entry(&mut self, json: &mut Cursor<'_>, key: &str, entries: &mut dyn MapEntries) -> Result<(), ParseError> {
        let mark = json.mark();
        self.has_entries = true;
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
                self.invalid_entries.push(key.to_owned());
                self.keep(key, value, json)
            }
        }
    }

    /// Keeps a value without a field, or an invalid value, in `extra`.
    fn keep(&mut self, key: &str, value: Value, json: &Cursor<'_>) -> Result<(), ParseError> {
        json.first_of(self.extra.insert(key, value).is_none())
    }

    /// Fills fields that are still unset from their aliases, which were collected in `extra` so far. The first alias with a
    /// valid value takes precedence.
    fn adopt(&mut self, object: &mut dyn ObjectFields) {
        let descriptor = object.descriptor();
        for &(index, alias) in descriptor.aliases {
            let (bit, name) = (1 << index, descriptor.name(index).name);
            let is_missing = match descriptor.is_required(index) {
                true => self.seen & bit == 0,
                false => object.value(index).is_absent(),
            };
            let text = self.extra.get(alias).filter(|_| is_missing).map(|value| text_of(JsonRef::Value(value)));
            let Some(text) = text else { continue };
            if let Ok(unparsed) = object.parse_field(index, &mut Cursor::new(&text)) {
                self.extra.set_unparsed(alias, unparsed);
                self.extra.set_wire_name(name, alias);
                self.seen |= bit;
            }
        }
    }
}

fn some(members: JsonObject) -> Option<Value> {
    (!members.is_empty()).then_some(Value::Object(members))
}
