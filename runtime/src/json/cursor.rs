//! A place in a JSON text, moved forward value by value.
//!
//! It knows the structure of JSON and nothing else: strings with escapes, numbers that aren't plain integers and
//! values that no type asks for go to `serde_json`. Unlike a `serde` deserializer it can go back to where a value
//! began, which is what makes lenient reading free for a text that has nothing odd in it.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use super::escape::unescape;
use super::parse_error::{ParseError, ParseErrorKind};
use super::scan::next_special;

/// The depth at which `serde_json` gives up, so that what we read is what it reads.
const MAX_DEPTH: u32 = 127;

/// A place in a JSON text.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    /// `true` if an object without a type may repeat a key. The last of such members then counts.
    repeats_keys: bool,
}

/// A place to come back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    at: usize,
    depth: u32,
}

/// Where a list or an object stands: before its first member, or after one.
#[derive(Debug)]
pub struct Members {
    first: bool,
}

/// The JSON type of the value ahead, told from its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number, whole or not.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl<'a> Cursor<'a> {
    /// A cursor at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, repeats_keys: false }
    }

    /// Parses the text as a whole. The last of several members with one key counts.
    pub(super) fn without_repeated_keys(text: &'a str) -> Result<Value, ParseError> {
        let mut json = Self { repeats_keys: true, ..Self::new(text) };
        let value = json.value()?;
        json.end().map(|()| value)
    }

    /// A fault at the value ahead.
    pub fn expected(&mut self, what: &'static str) -> ParseError {
        self.skip_space();
        ParseError { kind: ParseErrorKind::Expected(what), at: self.at }
    }

    /// The offset of the value ahead.
    pub fn offset(&mut self) -> usize {
        self.skip_space();
        self.at
    }

    /// The offset of the cursor.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// The JSON type of the value ahead, or an error where no value can begin like that.
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

    /// Enters the object ahead.
    pub fn object(&mut self) -> Result<Members, ParseError> {
        self.enter(b'{', "an object")
    }

    /// Enters the list ahead.
    pub fn list(&mut self) -> Result<Members, ParseError> {
        self.enter(b'[', "a list")
    }

    fn enter(&mut self, bracket: u8, what: &'static str) -> Result<Members, ParseError> {
        if self.peek() != Some(bracket) {
            return Err(self.expected(what));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ParseError::limit("nested too deep", self.at));
        }
        self.at += 1;
        Ok(Members { first: true })
    }

    /// The next key of the object, the cursor then standing before its value; `None` behind the last.
    pub fn next_key(&mut self, members: &mut Members) -> Result<Option<Cow<'a, str>>, ParseError> {
        if !self.next_member(members, b'}')? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(ParseError::syntax("expected a key in quotes", self.at));
        }
        let key = self.quoted()?;
        if self.peek() != Some(b':') {
            return Err(ParseError::syntax("expected `:`", self.at));
        }
        self.at += 1;
        Ok(Some(key))
    }

    /// Whether the list has another element, the cursor then standing before it.
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
                    return Err(ParseError::syntax("a comma with nothing behind it", self.at));
                }
            }
            Some(_) if members.first => members.first = false,
            Some(_) => return Err(ParseError::syntax("expected `,` or the end of the list or object", self.at)),
            None => return Err(ParseError::syntax("the text ends too early", self.at)),
        }
        Ok(true)
    }

    /// The string ahead, borrowed from the text where it has no escapes.
    pub fn string(&mut self) -> Result<Cow<'a, str>, ParseError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("a string"));
        }
        self.quoted()
    }

    /// The string whose opening quote has been seen. Half of reading is this, so it is compiled into its few callers.
    #[inline(always)]
    fn quoted(&mut self) -> Result<Cow<'a, str>, ParseError> {
        let start = self.at;
        let escaped = self.pass_string()?;
        let text = self.text.get(start + 1..self.at - 1).unwrap_or_default();
        match escaped {
            false => Ok(Cow::Borrowed(text)),
            true => unescape(text).map(Cow::Owned).ok_or(ParseError::syntax("an invalid escape", start)),
        }
    }

    /// Moves behind the string ahead, whose opening quote has been seen; tells whether it has escapes.
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
                Some(_) => return Err(ParseError::syntax("a control character in a string", at)),
                None => return Err(ParseError::syntax("a string without an end", self.at)),
            }
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self) -> Result<bool, ParseError> {
        match self.peek() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            _ => Err(self.expected("`true` or `false`")),
        }
    }

    /// `null`.
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

    /// Parses an integer of an `i64`. Numbers such as `1.0`, `1e3` and `-0` are refused, since their form would be lost.
    pub fn integer(&mut self) -> Result<i64, ParseError> {
        let error = self.expected("an integer");
        let negative = self.peek() == Some(b'-');
        let digits = self.rest().get(usize::from(negative)..).unwrap_or_default();
        let (mut length, mut value) = (0, 0_i64);
        while let Some(digit @ b'0'..=b'9') = digits.get(length) {
            let digit = i64::from(digit - b'0');
            // Below zero there is one number more than above.
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

    /// Parses a number, in the form that `serde_json` keeps.
    pub fn number(&mut self) -> Result<Number, ParseError> {
        let token = self.number_token().ok_or_else(|| self.expected("a number"))?;
        let number = serde_json::from_str(token).map_err(|_| match token.parse::<f64>() {
            Ok(value) if value.is_infinite() => ParseError::limit("a number that no `f64` holds", self.at),
            _ => ParseError::syntax("an invalid number", self.at),
        })?;
        self.at += token.len();
        Ok(number)
    }

    /// The characters ahead that can be part of a number, if one begins here. The cursor stays.
    fn number_token(&mut self) -> Option<&'a str> {
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return None;
        }
        let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
        let length = self.rest().iter().take_while(|byte| is_part(byte)).count();
        self.text.get(self.at..self.at + length)
    }

    /// Any value, as it is.
    pub fn value(&mut self) -> Result<Value, ParseError> {
        match self.json_type()? {
            JsonType::String => self.string().map(|text| Value::String(text.into_owned())),
            // An integer that fails hasn't moved.
            JsonType::Number => match self.integer() {
                Ok(integer) => Ok(integer.into()),
                Err(_) => self.number().map(Value::Number),
            },
            JsonType::Boolean => self.boolean().map(Value::Bool),
            JsonType::Null => self.null().map(|()| Value::Null),
            JsonType::Array => self.array().map(Value::Array),
            JsonType::Object => self.map().map(Value::Object),
        }
    }

    fn array(&mut self) -> Result<Vec<Value>, ParseError> {
        let mut members = self.list()?;
        let mut list = Vec::new();
        while self.next_element(&mut members)? {
            list.push(self.value()?);
        }
        Ok(list)
    }

    /// The object ahead, as it is.
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

    /// Moves behind the value ahead and returns its text. Only its structure is looked at: what isn't JSON inside
    /// is found when the text is read.
    pub fn skip(&mut self) -> Result<&'a str, ParseError> {
        let start = self.offset();
        let mut open = 0u32;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.pass_string()?;
                }
                Some(b'{' | b'[') => {
                    open += 1;
                    if self.depth + open > MAX_DEPTH {
                        return Err(ParseError::limit("nested too deep", self.at));
                    }
                    self.at += 1;
                }
                Some(b'}' | b']') if open > 0 => {
                    open -= 1;
                    self.at += 1;
                }
                Some(b',' | b':') if open > 0 => self.at += 1,
                Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.pass_scalar(),
                Some(_) => return Err(ParseError::syntax("expected a value", self.at)),
                None => return Err(ParseError::syntax("the text ends too early", self.at)),
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

    /// Goes back to read a value in another way, unless its text isn't JSON.
    pub fn again(&mut self, start: &Self, error: ParseError) -> Result<(), ParseError> {
        if error.is_fatal() {
            return Err(error);
        }
        self.clone_from(start);
        Ok(())
    }

    /// The text of the value ahead, and where it begins. The cursor then stands behind it.
    pub fn span(&mut self) -> Result<(usize, &'a str), ParseError> {
        Ok((self.offset(), self.skip()?))
    }

    /// Where the cursor stands, to come back to.
    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.at, depth: self.depth }
    }

    /// Goes back to the value that raised a fault, and reads it as it is. A text that isn't JSON stays a fault.
    #[cold]
    pub(crate) fn as_it_is(&mut self, mark: Mark, error: ParseError) -> Result<Value, ParseError> {
        if error.is_fatal() {
            return Err(error);
        }
        (self.at, self.depth) = (mark.at, mark.depth);
        self.value()
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), ParseError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(ParseError::syntax("something follows the value", self.at)),
        }
    }

    /// The next byte that isn't white space.
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
