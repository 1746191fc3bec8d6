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

/// The characters between a name and a string value, in JSON without white space.
const BETWEEN: &str = "\":\"";

/// The searcher for the suffix before a string. Creating a searcher takes longer than searching an event.
pub(crate) static TYPE_FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("type\":\""));

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
        self.guess_until(name, &mut |value| {
            chosen = choose(value);
            chosen.is_some()
        });
        chosen
    }

    /// Calls `choose` with each string under a key, in any object of the text, until `choose` returns `true`. Returns `true`
    /// if `choose` did. Only JSON without white space is searched.
    pub(super) fn guess_until(&self, name: &str, choose: &mut dyn FnMut(&'a str) -> bool) -> bool {
        let another;
        let (finder, unsearched) = match name.strip_suffix(TYPE) {
            Some(start) => (&*TYPE_FINDER, start),
            None => {
                another = Finder::new(name.as_bytes());
                (&another, "")
            }
        };
        let needle = finder.needle().len();
        let mut near = self.near();
        while let Some(at) = finder.find(near.as_bytes()) {
            let Some((before, after)) = near.split_at_checked(at) else { return false };
            let Some((found, after)) = after.split_at_checked(needle) else { return false };
            let is_key = before.strip_suffix(unsearched).is_some_and(|before| before.ends_with('"'));
            let after_key = match found.ends_with(BETWEEN) {
                true => Some(after),
                false => after.strip_prefix(BETWEEN),
            };
            let value = after_key.filter(|_| is_key).and_then(|value| value.get(..plain_length(value.as_bytes())));
            if value.is_some_and(&mut *choose) {
                return true;
            }
            near = after;
        }
        false
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
