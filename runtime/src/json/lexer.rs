//! The tokens of JSON text, for validation.
//!
//! A [`Cursor`](super::Cursor) creates values and describes errors. A lexer does neither, so validation of a text that is valid takes
//! a fraction of the time of deserialization. The text after an error is not meaningful.

use std::borrow::Cow;

use serde_json::Number;

use super::cursor::MAX_DEPTH;
use super::escape::unescape;
use super::object::first_bytes;
use super::scan::{key_length, number_length, plain_integer, plain_length};

/// A position in JSON text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

/// A string without its quotes, as it is in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawString<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// `true` if the string has escapes.
    pub(crate) has_escapes: bool,
    /// `true` if the string has escapes of code units, which can be lone surrogates.
    has_code_units: bool,
}

impl<'a> RawString<'a> {
    /// Returns the bytes. Escapes are not replaced.
    #[inline(always)]
    pub(crate) fn bytes(self) -> &'a [u8] {
        self.text.as_bytes().get(self.start..self.end).unwrap_or_default()
    }

    /// Returns the string if it has no escapes.
    #[inline]
    pub(crate) fn plain(self) -> Option<&'a str> {
        self.text.get(self.start..self.end).filter(|_| !self.has_escapes)
    }

    /// Replaces the escapes. Returns `None` for an invalid escape, such as a lone surrogate.
    #[inline]
    pub(crate) fn unescaped(self) -> Option<Cow<'a, str>> {
        let text = self.text.get(self.start..self.end)?;
        match self.has_escapes {
            false => Some(Cow::Borrowed(text)),
            true => unescape(text).map(Cow::Owned),
        }
    }

    /// Returns `true` if [`unescaped`](Self::unescaped) returns a string.
    #[inline(always)]
    pub(crate) fn has_valid_escapes(self) -> bool {
        !self.has_code_units || self.unescaped().is_some()
    }
}

impl<'a> Lexer<'a> {
    /// Creates a lexer at the beginning of a text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Returns the text after the last token.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Returns `true` if only white space follows.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.peek();
        self.at >= self.text.len()
    }

    /// Returns a lexer at the start of an earlier value.
    pub(crate) fn at(&self, offset: usize) -> Self {
        Self { at: offset, depth: 0, ..*self }
    }

    /// Returns the offset of the next token.
    #[inline]
    pub(crate) fn offset(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// Returns the text from an offset to the end of the last token.
    #[inline]
    pub(crate) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Returns the bytes from an offset to the end of the last token.
    #[inline(always)]
    pub(crate) fn bytes_since(&self, start: usize) -> &'a [u8] {
        self.text.as_bytes().get(start..self.at).unwrap_or_default()
    }

    /// Returns the next byte that is not white space, or zero at the end of the text.
    #[inline(always)]
    pub(crate) fn peek(&mut self) -> u8 {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if *byte > b' ' => *byte,
            _ => self.peek_behind_space(),
        }
    }

    #[cold]
    #[inline(never)]
    fn peek_behind_space(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or_default()
    }

    /// Moves past a byte. Returns `false` if another token follows.
    #[inline(always)]
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    /// Enters the array or object at the next bracket. Returns `false` if the nesting is too deep.
    #[inline(always)]
    pub(crate) fn enter(&mut self) -> bool {
        self.at += 1;
        self.depth += 1;
        self.depth <= MAX_DEPTH
    }

    /// Moves past the comma before the next element or member. Returns `false` at the end, and `None` for another token.
    #[inline(always)]
    pub(crate) fn goes_on(&mut self, close: u8) -> Option<bool> {
        match self.peek() {
            b',' => {
                self.at += 1;
                Some(true)
            }
            byte if byte == close => {
                self.leave();
                Some(false)
            }
            _ => None,
        }
    }

    /// Moves past the closing bracket.
    #[inline(always)]
    pub(crate) fn leave(&mut self) {
        self.at += 1;
        self.depth -= 1;
    }

    /// Returns the next key with its first bytes, as `first_bytes` returns them, and moves to its value. The first bytes of a key with
    /// escapes are not meaningful.
    #[inline(always)]
    pub(crate) fn key(&mut self) -> Option<(RawString<'a>, u64)> {
        if self.peek() != b'"' {
            return None;
        }
        let start = self.at + 1;
        let bytes = self.text.as_bytes().get(start..)?;
        let (key, first) = match key_length(bytes) {
            Some((length, first)) if bytes.get(length) == Some(&b'"') => {
                let end = start + length;
                self.at = end + 1;
                (RawString { text: self.text, start, end, has_escapes: false, has_code_units: false }, first)
            }
            _ => self.unusual_key()?,
        };
        self.take(b':').then_some((key, first))
    }

    /// Returns the next key, if the key has escapes or is at the end of the text.
    #[cold]
    fn unusual_key(&mut self) -> Option<(RawString<'a>, u64)> {
        let key = self.string()?;
        Some((key, first_bytes(key.plain().unwrap_or_default())))
    }

    /// Moves past a key and its colon in compact JSON. Returns `false` if another key or white space follows. The name needs no
    /// escapes.
    #[inline(always)]
    pub(crate) fn take_key(&mut self, name: &str) -> bool {
        let Some([b'"', rest @ ..]) = self.text.as_bytes().get(self.at..) else { return false };
        let Some((key, [b'"', b':', ..])) = rest.split_at_checked(name.len()) else { return false };
        let is_next = is_equal_in_length(key, name.as_bytes());
        if is_next {
            self.at += name.len() + 3;
        }
        is_next
    }

    /// Returns the next string, after the check for its quote.
    #[inline(always)]
    pub(crate) fn string(&mut self) -> Option<RawString<'a>> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let (mut at, mut has_escapes, mut has_code_units) = (start, false, false);
        loop {
            at += plain_length(bytes.get(at..)?);
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    match bytes.get(at + 1) {
                        Some(b'n' | b'"' | b'\\' | b'/' | b'b' | b'f' | b'r' | b't') => {}
                        Some(b'u') => has_code_units = true,
                        _ => return None,
                    }
                    has_escapes = true;
                    at += 2;
                }
                _ => return None,
            }
        }
        self.at = at + 1;
        Some(RawString { text: self.text, start, end: at, has_escapes, has_code_units })
    }

    /// Returns the next number if it is an integer with up to 18 digits, in its only form in canonical JSON. Otherwise, the lexer does
    /// not move.
    #[inline]
    pub(crate) fn integer(&mut self) -> Option<i64> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        let (is_negative, digits) = match bytes {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let (value, length) = plain_integer(digits)?;
        let has_more = matches!(digits.get(length), Some(b'.' | b'e' | b'E' | b'+' | b'-'));
        if has_more || (is_negative && value == 0) {
            return None;
        }
        self.at += usize::from(is_negative) + length;
        Some(if is_negative { -value } else { value })
    }

    /// Returns the next number, for a number that `integer` does not return.
    #[cold]
    pub(crate) fn number(&mut self) -> Option<Number> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let length = number_length(rest);
        let number: Number = serde_json::from_str(self.text.get(self.at..self.at + length)?).ok()?;
        self.at += length;
        Some(number)
    }

    /// Moves past `true`, `false` or `null`.
    #[inline]
    pub(crate) fn word(&mut self, word: &str) -> bool {
        let is_next = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += word.len();
        is_next
    }
}

/// Compares two texts of equal lengths. Names are short, so a call of `memcmp` takes longer.
#[inline(always)]
pub(crate) fn is_equal_in_length(one: &[u8], other: &[u8]) -> bool {
    if let (Some(one_end), Some(other_end)) = (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        let (mut one, mut other) = (one, other);
        while let (Some((word, after)), Some((other_word, other_after))) =
            (one.split_first_chunk::<8>(), other.split_first_chunk::<8>())
        {
            if word != other_word {
                return false;
            }
            (one, other) = (after, other_after);
        }
        return one_end == other_end;
    }
    if let (Some(start), Some(end), Some(other_start), Some(other_end)) =
        (one.first_chunk::<4>(), one.last_chunk::<4>(), other.first_chunk::<4>(), other.last_chunk::<4>())
    {
        return start == other_start && end == other_end;
    }
    one.iter().zip(other).all(|(byte, other)| byte == other)
}
