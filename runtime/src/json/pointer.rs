//! JSON pointers: conversion from an offset in a text, escaping, and display.

use std::borrow::Cow;

use super::cursor::{Cursor, JsonType};
use super::parse_error::ParseError;

/// Replaces control characters in untrusted text with `\u{fffd}`, so that the text is safe to print.
pub(crate) fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// Escapes a key for a JSON pointer (RFC 6901, section 3).
pub fn escaped(key: &str) -> Cow<'_, str> {
    if key.bytes().any(|byte| byte == b'~' || byte == b'/') {
        key.replace('~', "~0").replace('/', "~1").into()
    } else {
        key.into()
    }
}

impl Cursor<'_> {
    /// Returns the JSON pointer of the innermost value that contains the byte at `offset`.
    pub(crate) fn pointer_at(&mut self, offset: usize) -> String {
        let mut pointer = String::new();
        // After a syntax error, the pointer ends at the last value before the error.
        let _ = self.descend(offset, &mut pointer);
        pointer
    }

    fn descend(&mut self, offset: usize, pointer: &mut String) -> Result<(), ParseError> {
        let kind = self.json_type()?;
        if self.offset() >= offset || !matches!(kind, JsonType::Object | JsonType::Array) {
            return Ok(());
        }
        let mut members = if kind == JsonType::Object { self.object()? } else { self.list()? };
        let mut index = 0;
        loop {
            let name = if kind == JsonType::Object {
                match self.next_key(&mut members)? {
                    Some(key) => escaped(&key).into_owned(),
                    None => return Ok(()),
                }
            } else {
                if !self.next_element(&mut members)? {
                    return Ok(());
                }
                index += 1;
                (index - 1).to_string()
            };
            let start = self.clone();
            if !self.skip_before(offset) {
                pointer.push('/');
                pointer.push_str(&name);
                *self = start;
                return self.descend(offset, pointer);
            }
        }
    }
}
