//! A cursor over JSON text, which parses value by value.
//!
//! Unlike a `serde` deserializer, the cursor can return to the start of a value. Lenient deserialization therefore costs
//! nothing for a text without invalid values.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use super::escape::{unescape, unescape_until_quote};
use super::kept::{check, is_exact, is_json, is_kept_key, kept, kept_key};
use super::object::{Descriptor, Member};
use super::parse_error::{ParseError, ParseErrorKind};
use super::read::FromToJson;
#[cfg(not(target_family = "wasm"))]
use super::scan::first_bytes_of_key;
use super::scan::{key_length, number_length, plain_integer, plain_length, short_plain_length};

/// The largest number of levels of nesting in a `Value` and in other types. `serde_json` has the same limit. Values below are
/// kept as text.
pub(super) const MAX_DEPTH: u32 = 127;

/// The error for a text with more levels of nesting.
const TOO_DEEP: &str = "nesting of more than 127 levels";

/// The error for a string that no `String` represents.
const LONE_SURROGATE: &str = "lone surrogate in a string";

/// The error for an incomplete text.
const ENDS_EARLY: &str = "unexpected end of the text";

/// A cursor over JSON text.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    /// The whole text, for offsets and to return to a value.
    text: &'a str,
    /// The text from the cursor on.
    rest: &'a str,
    depth: u32,
    /// `true` if an object without a type may repeat a key. The last of such members then counts.
    repeats_keys: bool,
    /// `true` if values that no `Value` represents are errors. They are kept as text otherwise.
    is_strict: bool,
    /// `true` if an object with fields omits the other members.
    omits_others: bool,
    /// The offset of the first message type after the start of the last event, if it is before the event type. Otherwise, 0 or an
    /// offset before the cursor.
    pub(super) message_type: usize,
}

/// A position that a cursor can return to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    at: usize,
    depth: u32,
}

/// The progress in an array or an object.
#[derive(Debug)]
pub struct Members {
    /// `true` before the first member.
    pub(super) first: bool,
}

/// The JSON type of a value, which its first character determines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    /// Returns the name of the type with its article, for messages.
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Null => "`null`",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl<'a> Cursor<'a> {
    /// Creates a cursor at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, rest: text, depth: 0, repeats_keys: false, is_strict: false, omits_others: false, message_type: 0 }
    }

    /// Creates a cursor for values that are not kept as text. The last of several members with one key counts.
    pub(crate) fn strict(text: &'a str) -> Self {
        Self { is_strict: true, repeats_keys: true, ..Self::new(text) }
    }

    /// Parses the text as a whole. The last of several members with one key counts.
    pub(super) fn without_repeated_keys(text: &'a str) -> Result<Value, ParseError> {
        let mut json = Self { repeats_keys: true, ..Self::new(text) };
        let value = json.value()?;
        json.end().map(|()| value)
    }

    /// Creates an error at the next value.
    pub fn expected(&mut self, what: &'static str) -> ParseError {
        ParseError { kind: ParseErrorKind::Expected(what), at: self.offset() }
    }

    /// Returns the offset of the next value.
    pub fn offset(&mut self) -> usize {
        self.skip_space();
        self.place()
    }

    /// Returns the offset of the cursor.
    #[inline]
    pub(super) fn place(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    /// Creates a syntax error at the cursor.
    #[cold]
    fn syntax(&self, what: &'static str) -> ParseError {
        ParseError::syntax(what, self.place())
    }

    /// Moves by a number of bytes.
    #[inline]
    fn advance(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    /// Moves past a text. Returns `false` if the next characters differ.
    #[inline(always)]
    fn pass(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Returns the JSON type of the next value.
    pub fn json_type(&mut self) -> Result<JsonType, ParseError> {
        match self.peek() {
            Some(b'"') => Ok(JsonType::String),
            Some(b'{') => Ok(JsonType::Object),
            Some(b'[') => Ok(JsonType::Array),
            Some(b'n') => Ok(JsonType::Null),
            Some(b't' | b'f') => Ok(JsonType::Boolean),
            Some(b'-' | b'0'..=b'9') => Ok(JsonType::Number),
            _ => Err(self.syntax("expected a value")),
        }
    }

    /// Enters the next object.
    #[inline]
    pub fn object(&mut self) -> Result<Members, ParseError> {
        self.enter("{", "an object")
    }

    /// Enters the next array.
    pub fn list(&mut self) -> Result<Members, ParseError> {
        self.enter("[", "an array")
    }

    #[inline(always)]
    fn enter(&mut self, bracket: &str, what: &'static str) -> Result<Members, ParseError> {
        self.skip_space();
        if !self.rest.starts_with(bracket) {
            return Err(self.expected(what));
        }
        if self.depth >= MAX_DEPTH {
            return Err(ParseError::limit(TOO_DEEP, self.place()));
        }
        self.depth += 1;
        self.pass(bracket);
        Ok(Members { first: true })
    }

    /// Parses the next key of an object and moves to its value. Returns `None` at the end of the object.
    #[inline]
    pub fn next_key(&mut self, members: &mut Members) -> Result<Option<Cow<'a, str>>, ParseError> {
        match self.plain_key(members.first) {
            Some((key, _)) => {
                members.first = false;
                Ok(Some(Cow::Borrowed(key)))
            }
            None => self.any_key(members),
        }
    }

    /// Parses the next key of an object, if the key has no escapes, and the text has no white space around the key. Also returns the
    /// first bytes of the key, as `first_bytes` does. Otherwise, the cursor does not move.
    #[inline(always)]
    pub(super) fn plain_key(&mut self, is_first: bool) -> Option<(&'a str, u64)> {
        let rest = match is_first {
            true => self.rest.strip_prefix("\""),
            false => self.rest.strip_prefix(",\""),
        }?;
        let (length, first) = key_length(rest.as_bytes())?;
        let (key, rest) = rest.split_at_checked(length)?;
        let rest = rest.strip_prefix("\":")?;
        if first as u8 == b'$' && is_kept_key(key) {
            return None;
        }
        self.rest = rest;
        Some((key, first))
    }

    /// Moves past the next key of an object, if the key is that of a field or a constant, and the text has no white space around the
    /// key. Returns the name and the member. Otherwise, the cursor does not move.
    // The name is compared with the text before any search for the end of the key.
    #[cfg(not(target_family = "wasm"))]
    #[inline(always)]
    pub(super) fn known_key(
        &mut self,
        descriptor: &'static Descriptor,
        is_first: bool,
    ) -> Option<(&'static str, Member)> {
        let text = match is_first {
            true => self.rest.strip_prefix("\""),
            false => self.rest.strip_prefix(",\""),
        }?;
        let first = first_bytes_of_key(text.as_bytes())?;
        let (name, member) = descriptor.candidate(first)?;
        self.rest = name.pass(text, first)?;
        Some((name.name, member))
    }

    /// Parses the next key of an object, if the key is that of a field or a constant. This target has no table for it.
    #[cfg(target_family = "wasm")]
    #[inline(always)]
    pub(super) fn known_key(&mut self, _: &'static Descriptor, _: bool) -> Option<(&'static str, Member)> {
        None
    }

    /// Parses the next key of an object in any form.
    #[inline(never)]
    pub(super) fn any_key(&mut self, members: &mut Members) -> Result<Option<Cow<'a, str>>, ParseError> {
        if !self.next_member(members, b'}')? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(self.syntax("expected a string as a key"));
        }
        let start = self.rest;
        let (text, escaped) = self.pass_string()?;
        let key = match !escaped && !is_kept_key(text) {
            true => Cow::Borrowed(text),
            false => Cow::Owned(self.unusual_key(start, text)?),
        };
        if self.peek() != Some(b':') {
            return Err(self.syntax("expected `:`"));
        }
        self.advance(1);
        Ok(Some(key))
    }

    /// Moves past the end of an object, if no white space is before it.
    #[inline(always)]
    pub(super) fn pass_end_of_object(&mut self) -> bool {
        let is_end = self.pass("}");
        self.depth -= u32::from(is_end);
        is_end
    }

    /// Moves past a string, if the next string is equal to `text`, and has neither escapes nor white space before it.
    #[inline(always)]
    pub(super) fn pass_plain_string(&mut self, text: Option<&str>) -> bool {
        let Some(text) = text else { return false };
        let rest = self.rest.strip_prefix('"').and_then(|rest| rest.strip_prefix(text)?.strip_prefix('"'));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Returns a key with escapes, or a key that is kept as text.
    #[cold]
    fn unusual_key(&mut self, start: &'a str, text: &str) -> Result<String, ParseError> {
        let end = self.rest;
        match unescape(text).ok_or_else(|| self.not_unescaped(start)) {
            Ok(key) if self.is_strict || !is_kept_key(&key) => return Ok(key),
            Err(error) if self.is_strict || error.is_fatal() => return Err(error),
            _ => self.rest = end,
        }
        Ok(kept_key(text))
    }

    /// Moves to the next element of an array. Returns `false` at the end of the array.
    pub fn next_element(&mut self, members: &mut Members) -> Result<bool, ParseError> {
        self.next_member(members, b']')
    }

    #[inline]
    fn next_member(&mut self, members: &mut Members, close: u8) -> Result<bool, ParseError> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.advance(1);
                self.depth -= 1;
                return Ok(false);
            }
            Some(b',') if !members.first => {
                self.advance(1);
                if self.peek() == Some(close) {
                    return Err(self.syntax("trailing comma"));
                }
            }
            Some(_) if members.first => members.first = false,
            Some(_) => return Err(self.syntax("expected `,` or the end of the array or object")),
            None => return Err(self.syntax(ENDS_EARLY)),
        }
        Ok(true)
    }

    /// Parses the next string. A string without escapes is borrowed from the text.
    pub fn string(&mut self) -> Result<Cow<'a, str>, ParseError> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.any_string(),
        }
    }

    /// Parses the next string as a new `String`.
    pub(super) fn owned_string(&mut self) -> Result<String, ParseError> {
        match self.plain_string() {
            Some(text) => Ok(text.to_owned()),
            None => self.any_string().map(Cow::into_owned),
        }
    }

    /// Parses the next string, if the string has no escapes, and no white space is before it. Otherwise, the cursor does not move.
    #[inline(always)]
    fn plain_string(&mut self) -> Option<&'a str> {
        let rest = self.rest.strip_prefix('"')?;
        let (text, rest) = rest.split_at_checked(plain_length(rest.as_bytes()))?;
        self.rest = rest.strip_prefix('"')?;
        Some(text)
    }

    /// Parses the next string in any form.
    #[inline(never)]
    fn any_string(&mut self) -> Result<Cow<'a, str>, ParseError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a string"));
        }
        if let Some(text) = self.plain_string() {
            return Ok(Cow::Borrowed(text));
        }
        let start = self.rest;
        let unescaped = start.strip_prefix('"').and_then(unescape_until_quote);
        if let Some((text, rest)) = unescaped.and_then(|(text, rest)| Some((text, rest.strip_prefix('"')?))) {
            self.rest = rest;
            return Ok(Cow::Owned(text));
        }
        // The second attempt returns the error.
        match self.pass_string()? {
            (text, false) => Ok(Cow::Borrowed(text)),
            (text, true) => unescape(text).map(Cow::Owned).ok_or_else(|| self.not_unescaped(start)),
        }
    }

    /// Returns to the start of a string, and returns the error for its escapes.
    #[cold]
    fn not_unescaped(&mut self, start: &'a str) -> ParseError {
        let text = self.since(start);
        self.rest = start;
        match is_json(text) {
            true => ParseError::limit(LONE_SURROGATE, self.place()),
            false => self.syntax("invalid escape sequence"),
        }
    }

    /// Moves past a string after the check for its opening quote. Returns its text, and `true` if the string has escapes.
    #[inline]
    fn pass_string(&mut self) -> Result<(&'a str, bool), ParseError> {
        let start = self.rest.get(1..).unwrap_or_default();
        let bytes = start.as_bytes();
        let (mut at, mut escaped) = (0, false);
        loop {
            at += match escaped {
                true => short_plain_length(bytes.get(at..).unwrap_or_default()),
                false => plain_length(bytes),
            };
            match bytes.get(at) {
                Some(b'"') => {
                    let text = start.get(..at).unwrap_or_default();
                    self.rest = start.get(at + 1..).unwrap_or_default();
                    return Ok((text, escaped));
                }
                Some(b'\\') => {
                    escaped = true;
                    at += 2;
                }
                Some(_) => {
                    let place = self.place() + 1 + at;
                    return Err(ParseError::syntax("unescaped control character in a string", place));
                }
                None => return Err(self.syntax("unterminated string")),
            }
        }
    }

    /// Parses `true` or `false`.
    pub fn boolean(&mut self) -> Result<bool, ParseError> {
        match self.peek() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            _ => Err(self.expected("a boolean")),
        }
    }

    /// Parses `null`.
    pub fn null(&mut self) -> Result<(), ParseError> {
        match self.peek() {
            Some(b'n') => self.word("null"),
            _ => Err(self.expected("`null`")),
        }
    }

    fn word(&mut self, word: &'static str) -> Result<(), ParseError> {
        match self.pass(word) {
            true => Ok(()),
            false => Err(self.syntax("expected a value")),
        }
    }

    /// Parses an `i64`. Numbers such as `1.0`, `1e3` and `-0` are errors, since an `i64` loses their form.
    pub fn integer(&mut self) -> Result<i64, ParseError> {
        match self.plain_integer() {
            Some(integer) => Ok(integer),
            None => self.any_integer(),
        }
    }

    /// Parses an integer with up to 18 digits and no sign, if it is in an array or object without white space. Otherwise, the cursor
    /// does not move.
    #[inline(always)]
    fn plain_integer(&mut self) -> Option<i64> {
        let digits = self.rest.as_bytes();
        let (value, length) = plain_integer(digits)?;
        let has_end = matches!(digits.get(length), Some(b',' | b'}' | b']'));
        has_end.then(|| {
            self.advance(length);
            value
        })
    }

    /// Parses an `i64` in any form.
    #[inline(never)]
    fn any_integer(&mut self) -> Result<i64, ParseError> {
        let error = self.expected("an integer");
        let negative = self.peek() == Some(b'-');
        let digits = self.rest().get(usize::from(negative)..).unwrap_or_default();
        let (mut length, mut value) = (0, 0_i64);
        while let Some(digit @ b'0'..=b'9') = digits.get(length) {
            let digit = i64::from(digit - b'0');
            // Digits are subtracted, because `i64::MIN` has no positive counterpart.
            value = value.checked_mul(10).and_then(|tens| tens.checked_sub(digit)).ok_or(error)?;
            length += 1;
        }
        let goes_on = matches!(digits.get(length), Some(b'.' | b'e' | b'E' | b'+' | b'-'));
        let plain = match digits.first() {
            Some(b'0') => length == 1 && !negative,
            _ => length > 0,
        };
        if !plain || goes_on {
            return Err(error);
        }
        let value = if negative { value } else { value.checked_neg().ok_or(error)? };
        self.advance(usize::from(negative) + length);
        Ok(value)
    }

    /// Parses a number, as `serde_json` represents numbers.
    pub fn number(&mut self) -> Result<Number, ParseError> {
        let token = self.number_token().ok_or_else(|| self.expected("a number"))?;
        match serde_json::from_str::<Number>(token) {
            // With its feature `arbitrary_precision`, `serde_json` accepts all numbers.
            Ok(number) if self.is_strict || number.as_f64().is_some() => {
                self.advance(token.len());
                Ok(number)
            }
            Err(_) if !token.parse().is_ok_and(f64::is_infinite) => Err(self.syntax("invalid number")),
            _ => Err(ParseError::limit("number outside of the range of `f64`", self.place())),
        }
    }

    /// Returns the next characters that can be part of a number, if a number begins here. The cursor does not move.
    fn number_token(&mut self) -> Option<&'a str> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return None;
        }
        self.rest.get(..number_length(self.rest()))
    }

    /// Parses any value. A value that no `Value` represents is kept as text.
    pub fn value(&mut self) -> Result<Value, ParseError> {
        match self.json_type()? {
            JsonType::String => match self.string() {
                Ok(text) => Ok(Value::String(text.into_owned())),
                Err(error) => self.kept(error),
            },
            // The cursor does not move if the integer is invalid.
            JsonType::Number => match self.integer() {
                Ok(integer) => Ok(integer.into()),
                Err(_) => self.exact_number(),
            },
            JsonType::Boolean => self.boolean().map(Value::Bool),
            JsonType::Null => self.null().map(|()| Value::Null),
            _ if self.depth >= MAX_DEPTH => self.kept(ParseError::limit(TOO_DEEP, self.place())),
            JsonType::Array => self.array().map(Value::Array),
            JsonType::Object => self.map().map(Value::Object),
        }
    }

    /// Parses a number that is not an `i64`. A number without an equal `Number` is kept as text.
    fn exact_number(&mut self) -> Result<Value, ParseError> {
        let start = self.rest;
        let number = match self.number() {
            Ok(number) => number,
            Err(error) => return self.kept(error),
        };
        let text = self.since(start);
        Ok(match self.is_strict || is_exact(text, &number) {
            true => Value::Number(number),
            false => kept(text),
        })
    }

    /// Returns the text from an earlier position to the cursor.
    fn since(&self, start: &'a str) -> &'a str {
        start.get(..start.len() - self.rest.len()).unwrap_or_default()
    }

    /// Moves past the next value and keeps it as text, because no `Value` represents it. Other errors are returned.
    #[cold]
    fn kept(&mut self, error: ParseError) -> Result<Value, ParseError> {
        if self.is_strict || error.is_fatal() {
            return Err(error);
        }
        let (start, text) = self.span()?;
        check(text, start)?;
        Ok(kept(text))
    }

    fn array(&mut self) -> Result<Vec<Value>, ParseError> {
        let mut members = self.list()?;
        let mut list = Vec::new();
        while self.next_element(&mut members)? {
            list.push(self.value()?);
        }
        Ok(list)
    }

    /// Parses any object.
    pub fn map(&mut self) -> Result<Map<String, Value>, ParseError> {
        let mut members = self.object()?;
        let mut map = Map::new();
        while let Some(key) = self.next_key(&mut members)? {
            let value = self.value()?;
            if map.insert(key.into_owned(), value).is_some() && !self.repeats_keys {
                return Err(ParseError::repeated_key(self.place()));
            }
        }
        Ok(map)
    }

    /// Moves past the next value and returns its text. Only the structure is checked: other syntax errors in the text are
    /// found when the text is parsed.
    pub fn skip(&mut self) -> Result<&'a str, ParseError> {
        self.skip_space();
        let start = self.rest;
        self.skip_up_to(usize::MAX).map(|_| self.since(start))
    }

    /// Moves past the next value, if the value ends at an offset or before, and returns `true`. Otherwise, and after an error, the
    /// cursor can be in the value.
    pub(super) fn skip_before(&mut self, offset: usize) -> bool {
        self.skip_up_to(offset).is_ok_and(|is_complete| is_complete && self.place() <= offset)
    }

    /// Moves past the next value. Returns `false` if the offset is in the value, and the cursor has moved past the offset.
    #[inline]
    fn skip_up_to(&mut self, offset: usize) -> Result<bool, ParseError> {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.pass_string()?;
                }
                Some(b'{' | b'[') => {
                    open += 1;
                    self.advance(1);
                }
                Some(b'}' | b']') if open > 0 => {
                    open -= 1;
                    self.advance(1);
                }
                Some(b',' | b':') if open > 0 => self.advance(1),
                Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.pass_scalar(),
                Some(_) => return Err(self.syntax("expected a value")),
                None => return Err(self.syntax(ENDS_EARLY)),
            }
            if open == 0 || self.place() > offset {
                return Ok(open == 0);
            }
        }
    }

    fn pass_scalar(&mut self) {
        let ends =
            |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[' | b' ' | b'\t' | b'\r' | b'\n');
        let length = self.rest().iter().take_while(|byte| !ends(byte)).count();
        self.advance(length);
    }

    /// Returns `true` if the next object deserializes, without its members that have no field.
    pub(super) fn fits(&self, object: &mut dyn FromToJson) -> bool {
        let mut ahead = Self { omits_others: true, ..self.clone() };
        ahead.parse_all_of(object).is_ok()
    }

    /// Returns `true` if an object with fields omits the other members.
    pub(super) fn omits_others(&self) -> bool {
        self.omits_others
    }

    /// Returns to the start of a value to parse it as another type. A syntax error is returned.
    pub fn again(&mut self, start: &Self, error: ParseError) -> Result<(), ParseError> {
        if error.is_fatal() {
            return Err(error);
        }
        self.clone_from(start);
        Ok(())
    }

    /// Returns the offset and the text of the next value. If the value is complete, `end` is the cursor behind the value.
    pub fn span_up_to(&mut self, end: &Self, is_complete: bool) -> Result<(usize, &'a str), ParseError> {
        if !is_complete {
            return self.span();
        }
        let offset = self.offset();
        Ok((offset, self.text.get(offset..end.place()).unwrap_or_default()))
    }

    /// Moves past the next value and returns its offset and its text.
    pub fn span(&mut self) -> Result<(usize, &'a str), ParseError> {
        Ok((self.offset(), self.skip()?))
    }

    /// Returns the position of the cursor.
    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.place(), depth: self.depth }
    }

    /// Returns to the value that failed with `error` and parses it as any value. A syntax error is returned.
    #[cold]
    pub(crate) fn as_it_is(&mut self, mark: Mark, error: ParseError) -> Result<Value, ParseError> {
        if error.is_fatal() {
            return Err(error);
        }
        (self.rest, self.depth) = (self.text.get(mark.at..).unwrap_or_default(), mark.depth);
        self.value()
    }

    /// Checks that only white space follows.
    pub fn end(&mut self) -> Result<(), ParseError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("unexpected characters after the value")),
        }
    }

    /// Returns the next byte that is not white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        match self.rest.as_bytes().first() {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.peek_behind_space(),
        }
    }

    #[cold]
    fn peek_behind_space(&mut self) -> Option<u8> {
        self.skip_space();
        self.rest.as_bytes().first().copied()
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.rest.as_bytes()
    }

    /// Returns the whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the text from the cursor on.
    pub(super) fn rest_of_text(&self) -> &'a str {
        self.rest
    }

    #[inline]
    fn skip_space(&mut self) {
        if let Some(0..=b' ') = self.rest.as_bytes().first() {
            self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
        }
    }
}
