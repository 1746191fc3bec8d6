//! Search for the discriminator of the next object, without moving the cursor.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::cursor::{Cursor, JsonType};
use super::parse_error::ParseError;
use super::scan::plain_length;

/// The number of bytes that a guess searches. A limit keeps the time for an array of objects linear in the length of the text.
pub(crate) const FAR: usize = 2048;

/// The suffix of the names of nearly all discriminators.
const TYPE: &str = "type";

/// The suffix with the characters before a string value.
const TYPE_BEFORE_STRING: &str = "type\":\"";

/// The discriminator of messages. It is often before the event type, so the search for the event type notes its place.
const MESSAGE_TYPE: &str = "msgtype";

/// The characters of the discriminator before the suffix.
const BEFORE_MESSAGE_TYPE: &str = "\"msg";

/// The characters between a name and a string value, in JSON without white space.
const BETWEEN: &str = "\":\"";

/// The searcher for the suffix before a string. Creating a searcher takes longer than searching an event.
pub(crate) static TYPE_FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(TYPE_BEFORE_STRING));

impl<'a> Cursor<'a> {
    /// Returns the string under a key of the next object, without moving the cursor.
    ///
    /// If the key is repeated, the first value is used. A later, different value makes the chosen variant fail.
    pub fn discriminator(&self, name: &str) -> Result<Option<Cow<'a, str>>, ParseError> {
        let mut peek = self.clone();
        let mut members = peek.object()?;
        while let Some(key) = peek.next_key(&mut members)? {
            if key != name {
                peek.skip()?;
                continue;
            }
            return match peek.json_type()? {
                JsonType::String => match peek.string() {
                    Ok(text) => Ok(Some(text)),
                    // No variant has a name with a lone surrogate.
                    Err(error) if !error.is_fatal() => Ok(None),
                    Err(error) => Err(error),
                },
                _ => Ok(None),
            };
        }
        Ok(None)
    }

    /// Returns the result of `choose` for the first string under a key, in any object of the text, that `choose` accepts.
    ///
    /// A guess avoids parsing the members before the discriminator. A variant checks its discriminator itself, so a wrong
    /// guess fails to deserialize.
    pub fn guess<T>(&self, name: &str, choose: impl Fn(&'a str) -> Option<T>) -> Option<T> {
        let mut chosen = None;
        self.clone().guess_until(name, &mut |value| {
            chosen = choose(value);
            chosen.is_some()
        });
        chosen
    }

    /// Calls `choose` with each string under a key, in any object of the text, until `choose` returns `true`. Returns `true`
    /// if `choose` did. Only JSON without white space is searched.
    pub(super) fn guess_until(&mut self, name: &str, choose: &mut dyn FnMut(&'a str) -> bool) -> bool {
        // The size of a WebAssembly module matters more than the time.
        let is_small = cfg!(target_family = "wasm");
        let known = || self.first_string(name).or_else(|| self.noted(name));
        if !is_small && known().is_some_and(&mut *choose) {
            return true;
        }
        let another;
        let (finder, unsearched) = match name.strip_suffix(TYPE) {
            Some(start) => (&*TYPE_FINDER, start),
            None => {
                another = Finder::new(name.as_bytes());
                (&another, "")
            }
        };
        let needle = finder.needle().len();
        let start = self.near();
        let mut near = start;
        while let Some(at) = finder.find(near.as_bytes()) {
            let Some((before, after)) = near.split_at_checked(at) else { return false };
            let Some((found, after)) = after.split_at_checked(needle) else { return false };
            let is_key = before.strip_suffix(unsearched).is_some_and(|before| before.ends_with('"'));
            let is_before_string = found.ends_with(BETWEEN);
            let after_key = match is_before_string {
                true => Some(after),
                false => after.strip_prefix(BETWEEN),
            };
            let is_message_type = !is_key && is_before_string && before.ends_with(BEFORE_MESSAGE_TYPE);
            if !is_small && is_message_type && self.message_type <= self.place() {
                self.message_type = self.place() + start.len() - after.len();
            }
            let value = after_key.filter(|_| is_key).and_then(|value| value.get(..plain_length(value.as_bytes())));
            if value.is_some_and(&mut *choose) {
                return true;
            }
            near = after;
        }
        false
    }

    /// Returns the string under a key, if the first member of the next object has the key, and there is no white space.
    #[inline]
    fn first_string(&self, name: &str) -> Option<&'a str> {
        let key = self.rest_of_text().strip_prefix("{\"")?;
        // Few texts have the suffix here, and a comparison with a constant needs no call.
        let value = key.get(name.len().checked_sub(TYPE.len())?..)?.strip_prefix(TYPE_BEFORE_STRING)?;
        key.starts_with(name).then(|| value.get(..plain_length(value.as_bytes())))?
    }

    /// Returns the message type, if a search for the event type found it.
    #[inline]
    fn noted(&self, name: &str) -> Option<&'a str> {
        // An object is before its own message type. If there is another before it, the search has found that one.
        if name != MESSAGE_TYPE || self.message_type <= self.place() {
            return None;
        }
        let value = self.text().get(self.message_type..)?;
        value.get(..plain_length(value.as_bytes()))
    }

    /// Returns the part of the text that a guess searches.
    fn near(&self) -> &'a str {
        let rest = self.rest_of_text();
        let mut length = FAR.min(rest.len());
        while !rest.is_char_boundary(length) {
            length -= 1;
        }
        rest.get(..length).unwrap_or_default()
    }

    /// Moves to the first value of a key of the next object. Returns `false` if the object does not have the key.
    pub(crate) fn enter_member(&mut self, name: &str) -> Result<bool, ParseError> {
        let mut members = self.object()?;
        while let Some(key) = self.next_key(&mut members)? {
            if key == name {
                return Ok(true);
            }
            self.skip()?;
        }
        Ok(false)
    }
}
