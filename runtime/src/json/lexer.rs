//! The tokens of JSON text, for validation.
//!
//! A [`Cursor`](super::Cursor) creates values and describes errors. A lexer does neither, so validation of a text that is valid takes
//! a fraction of the time of deserialization. The text after an error is not meaningful.

use std::borrow::Cow;

use serde_json::Number;

use super::cursor::MAX_DEPTH;
use super::escape::{has_valid_escapes, unescape};
use super::scan::next_special;

/// The number of digits that every `i64` can have.
const DIGITS: usize = 18;

/// A position in JSON text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

/// A string without its quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawString<'a> {
    text: &'a str,
    has_escapes: bool,
}

impl<'a> RawString<'a> {
    /// Returns the string if it has no escapes.
    #[inline]
    pub(crate) fn plain(self) -> Option<&'a str> {
        (!self.has_escapes).then_some(self.text)
    }

    /// Replaces the escapes. Returns `None` for an invalid escape, such as a lone surrogate.
    #[inline]
    pub(crate) fn unescaped(self) -> Option<Cow<'a, str>> {
        match self.has_escapes {
            false => Some(Cow::Borrowed(self.text)),
            true => unescape(self.text).map(Cow::Owned),
        }
    }

    /// Returns `true` if [`unescaped`](Self::unescaped) returns a string.
    #[inline]
    pub(crate) fn has_valid_escapes(self) -> bool {
        !self.has_escapes || has_valid_escapes(self.text)
    }
}

/// A number.
#[derive(Clone, Debug)]
pub(crate) enum Numeral {
    /// An integer with up to 18 digits, in its only form in canonical JSON.
    Integer(i64),
    /// Another number.
    Other(Number),
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

    /// Returns the next key, and moves to its value.
    #[inline(always)]
    pub(crate) fn key(&mut self) -> Option<RawString<'a>> {
        if self.peek() != b'"' {
            return None;
        }
        let key = self.string()?;
        self.take(b':').then_some(key)
    }

    /// Returns the next string, after the check for its quote.
    #[inline(always)]
    pub(crate) fn string(&mut self) -> Option<RawString<'a>> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let (mut at, mut has_escapes) = (start, false);
        loop {
            at = next_special(bytes, at);
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    at += 2;
                }
                _ => return None,
            }
        }
        self.at = at + 1;
        Some(RawString { text: self.text.get(start..at)?, has_escapes })
    }

    /// Returns the next number, after the check for its first character.
    #[inline]
    pub(crate) fn number(&mut self) -> Option<Numeral> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (is_negative, digits) = match rest {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let (mut length, mut value) = (0, 0_i64);
        while let Some(digit @ b'0'..=b'9') = digits.get(length) {
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            length += 1;
        }
        let is_plain = match digits.first() {
            Some(b'0') => length == 1 && !is_negative,
            _ => (1..=DIGITS).contains(&length),
        };
        if !is_plain || matches!(digits.get(length), Some(b'.' | b'e' | b'E' | b'+' | b'-')) {
            return self.unusual_number(rest);
        }
        self.at += length + usize::from(is_negative);
        Some(Numeral::Integer(if is_negative { -value } else { value }))
    }

    #[cold]
    fn unusual_number(&mut self, rest: &[u8]) -> Option<Numeral> {
        let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
        let length = rest.iter().take_while(|byte| is_part(byte)).count();
        let number: Number = serde_json::from_str(self.text.get(self.at..self.at + length)?).ok()?;
        self.at += length;
        Some(Numeral::Other(number))
    }

    /// Moves past `true`, `false` or `null`.
    #[inline]
    pub(crate) fn word(&mut self, word: &str) -> bool {
        let is_next = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += word.len();
        is_next
    }
}
