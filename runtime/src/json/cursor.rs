//! A cursor over JSON text, which parses value by value.
//!
//! Unlike a `serde` deserializer, the cursor can return to the start of a value. Lenient deserialization therefore costs
//! nothing for a text without invalid values.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use super::escape::unescape;
use super::kept::{check, is_exact, is_json, is_kept_key, kept, kept_key};
use super::parse_error::{ParseError, ParseErrorKind};
use super::read::FromToJson;
use super::scan::next_special;

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
    text: &'a str,
    at: usize,
    depth: u32,
    /// `true` if an object without a type may repeat a key. The last of such members then counts.
    repeats_keys: bool,
    /// `true` if values that no `Value` represents are errors. They are kept as text otherwise.
    is_strict: bool,
    /// `true` if an object with fields omits the other members.
    omits_others: bool,
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
    first: bool,
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
        Self { text, at: 0, depth: 0, repeats_keys: false, is_strict: false, omits_others: false }
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
        self.skip_space();
        ParseError { kind: ParseErrorKind::Expected(what), at: self.at }
    }

    /// Returns the offset of the next value.
    pub fn offset(&mut self) -> usize {
        self.skip_space();
        self.at
    }

    /// Returns the offset of the cursor.
    pub(super) fn place(&self) -> usize {
        self.at
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
            _ => Err(ParseError::syntax("expected a value", self.at)),
        }
    }

    /// Enters the next object.
    pub fn object(&mut self) -> Result<Members, ParseError> {
        self.enter(b'{', "an object")
    }

    /// Enters the next array.
    pub fn list(&mut self) -> Result<Members, ParseError> {
        self.enter(b'[', "an array")
    }

    fn enter(&mut self, bracket: u8, what: &'static str) -> Result<Members, ParseError> {
        if self.peek() != Some(bracket) {
            return Err(self.expected(what));
        }
        if self.depth >= MAX_DEPTH {
            return Err(ParseError::limit(TOO_DEEP, self.at));
        }
        self.depth += 1;
        self.at += 1;
        Ok(Members { first: true })
    }

    /// Parses the next key of an object and moves to its value. Returns `None` at the end of the object.
    pub fn next_key(&mut self, members: &mut Members) -> Result<Option<Cow<'a, str>>, ParseError> {
        if !self.next_member(members, b'}')? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(ParseError::syntax("expected a string as a key", self.at));
        }
        let start = self.at;
        let escaped = self.pass_string()?;
        let key = match self.text.get(start + 1..self.at - 1).unwrap_or_default() {
            key if !escaped && !is_kept_key(key) => Cow::Borrowed(key),
            text => Cow::Owned(self.unusual_key(start, text)?),
        };
        if self.peek() != Some(b':') {
            return Err(ParseError::syntax("expected `:`", self.at));
        }
        self.at += 1;
        Ok(Some(key))
    }

    /// Returns a key with escapes, or a key that is kept as text.
    #[cold]
    fn unusual_key(&mut self, start: usize, text: &str) -> Result<String, ParseError> {
        let end = self.at;
        match unescape(text).ok_or_else(|| self.not_unescaped(start)) {
            Ok(key) if self.is_strict || !is_kept_key(&key) => return Ok(key),
            Err(error) if self.is_strict || error.is_fatal() => return Err(error),
            _ => self.at = end,
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
                self.at += 1;
                self.depth -= 1;
                return Ok(false);
            }
            Some(b',') if !members.first => {
                self.at += 1;
                if self.peek() == Some(close) {
                    return Err(ParseError::syntax("trailing comma", self.at));
                }
            }
            Some(_) if members.first => members.first = false,
            Some(_) => return Err(ParseError::syntax("expected `,` or the end of the array or object", self.at)),
            None => return Err(ParseError::syntax(ENDS_EARLY, self.at)),
        }
        Ok(true)
    }

    /// Parses the next string. A string without escapes is borrowed from the text.
    pub fn string(&mut self) -> Result<Cow<'a, str>, ParseError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a string"));
        }
        self.quoted()
    }

    /// Parses a string after the check for its opening quote. Inlined, since half of the time of deserialization is here.
    #[inline(always)]
    fn quoted(&mut self) -> Result<Cow<'a, str>, ParseError> {
        let start = self.at;
        let escaped = self.pass_string()?;
        let text = self.text.get(start + 1..self.at - 1).unwrap_or_default();
        match escaped {
            false => Ok(Cow::Borrowed(text)),
            true => unescape(text).map(Cow::Owned).ok_or_else(|| self.not_unescaped(start)),
        }
    }

    /// Returns to the start of a string, and returns the error for its escapes.
    #[cold]
    fn not_unescaped(&mut self, start: usize) -> ParseError {
        let text = self.text.get(start..self.at).unwrap_or_default();
        self.at = start;
        match is_json(text) {
            true => ParseError::limit(LONE_SURROGATE, start),
            false => ParseError::syntax("invalid escape sequence", start),
        }
    }

    /// Moves past a string after the check for its opening quote. Returns `true` if the string has escapes.
    #[inline(always)]
    fn pass_string(&mut self) -> Result<bool, ParseError> {
        let bytes = self.text.as_bytes();
        let mut escaped = false;
        let mut at = self.at + 1;
        loop {
            at = next_special(bytes, at);
            match bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    at += 2;
                }
                Some(_) => return Err(ParseError::syntax("unescaped control character in a string", at)),
                None => return Err(ParseError::syntax("unterminated string", self.at)),
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
        if self.rest().starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        Err(ParseError::syntax("expected a value", self.at))
    }

    /// Parses an `i64`. Numbers such as `1.0`, `1e3` and `-0` are errors, since an `i64` loses their form.
    pub fn integer(&mut self) -> Result<i64, ParseError> {
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
        self.at += usize::from(negative) + length;
        Ok(value)
    }

    /// Parses a number, as `serde_json` represents numbers.
    pub fn number(&mut self) -> Result<Number, ParseError> {
        let token = self.number_token().ok_or_else(|| self.expected("a number"))?;
        match serde_json::from_str::<Number>(token) {
            // With its feature `arbitrary_precision`, `serde_json` accepts all numbers.
            Ok(number) if self.is_strict || number.as_f64().is_some() => {
                self.at += token.len();
                Ok(number)
            }
            Err(_) if !token.parse().is_ok_and(f64::is_infinite) => Err(ParseError::syntax("invalid number", self.at)),
            _ => Err(ParseError::limit("number outside of the range of `f64`", self.at)),
        }
    }

    /// Returns the next characters that can be part of a number, if a number begins here. The cursor does not move.
    fn number_token(&mut self) -> Option<&'a str> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return None;
        }
        let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
        let length = self.rest().iter().take_while(|byte| is_part(byte)).count();
        self.text.get(self.at..self.at + length)
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
            _ if self.depth >= MAX_DEPTH => self.kept(ParseError::limit(TOO_DEEP, self.at)),
            JsonType::Array => self.array().map(Value::Array),
            JsonType::Object => self.map().map(Value::Object),
        }
    }

    /// Parses a number that is not an `i64`. A number without an equal `Number` is kept as text.
    fn exact_number(&mut self) -> Result<Value, ParseError> {
        let start = self.at;
        let number = match self.number() {
            Ok(number) => number,
            Err(error) => return self.kept(error),
        };
        let text = self.text.get(start..self.at).unwrap_or_default();
        Ok(match self.is_strict || is_exact(text, &number) {
            true => Value::Number(number),
            false => kept(text),
        })
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
                return Err(ParseError::repeated_key(self.at));
            }
        }
        Ok(map)
    }

    /// Moves past the next value and returns its text. Only the structure is checked: other syntax errors in the text are
    /// found when the text is parsed.
    pub fn skip(&mut self) -> Result<&'a str, ParseError> {
        let start = self.offset();
        let mut open = 0_usize;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.pass_string()?;
                }
                Some(b'{' | b'[') => {
                    open += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') if open > 0 => {
                    open -= 1;
                    self.at += 1;
                }
                Some(b',' | b':') if open > 0 => self.at += 1,
                Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.pass_scalar(),
                Some(_) => return Err(ParseError::syntax("expected a value", self.at)),
                None => return Err(ParseError::syntax(ENDS_EARLY, self.at)),
            }
            if open == 0 {
                return Ok(self.text.get(start..self.at).unwrap_or_default());
            }
        }
    }

    fn pass_scalar(&mut self) {
        let ends =
            |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[' | b' ' | b'\t' | b'\r' | b'\n');
        self.at += self.rest().iter().take_while(|byte| !ends(byte)).count();
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

    /// Moves past the next value and returns its offset and its text.
    pub fn span(&mut self) -> Result<(usize, &'a str), ParseError> {
        Ok((self.offset(), self.skip()?))
    }

    /// Returns the position of the cursor.
    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.at, depth: self.depth }
    }

    /// Returns to the value that failed with `error` and parses it as any value. A syntax error is returned.
    #[cold]
    pub(crate) fn as_it_is(&mut self, mark: Mark, error: ParseError) -> Result<Value, ParseError> {
        if error.is_fatal() {
            return Err(error);
        }
        (self.at, self.depth) = (mark.at, mark.depth);
        self.value()
    }

    /// Checks that only white space follows.
    pub fn end(&mut self) -> Result<(), ParseError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(ParseError::syntax("unexpected characters after the value", self.at)),
        }
    }

    /// Returns the next byte that is not white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.peek_behind_space(),
        }
    }

    #[cold]
    fn peek_behind_space(&mut self) -> Option<u8> {
        self.skip_space();
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline]
    fn skip_space(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
    }
}
