//! Search for the discriminator of the next object, without moving the cursor.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::cursor::{Cursor, JsonType};
use super::parse_error::ParseError;
use super::scan::next_special;

/// The number of bytes that a guess searches. A limit keeps the time for an array of objects linear in the length of the text.
const FAR: usize = 2048;

/// The suffix of the names of nearly all discriminators.
const TYPE: &str = "type";

/// The searcher for the suffix. Creating a searcher takes longer than searching an event.
static TYPE_FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(TYPE));

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
    /// if `choose` did.
    pub(super) fn guess_until(&self, name: &str, choose: &mut dyn FnMut(&'a str) -> bool) -> bool {
        let rest = self.rest();
        let near = rest.get(..FAR).unwrap_or(rest);
        let another;
        let finder = match name.ends_with(TYPE) {
            true => &*TYPE_FINDER,
            false => {
                another = Finder::new(name);
                &another
            }
        };
        let length = finder.needle().len();
        finder.find_iter(near).any(|at| {
            let around = near.split_at_checked(at + length);
            around.and_then(|(before, after)| value_of(before, name, after)).is_some_and(&mut *choose)
        })
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

/// Returns the string value at the start of `after`, if `before` ends in the key `name`.
fn value_of<'a>(before: &[u8], name: &str, after: &'a [u8]) -> Option<&'a str> {
    let value = after.strip_prefix(b"\"")?.trim_ascii_start().strip_prefix(b":")?;
    let value = value.trim_ascii_start().strip_prefix(b"\"")?;
    let is_key = before.strip_suffix(name.as_bytes())?.ends_with(b"\"");
    let value = value.get(..next_special(value, 0)).filter(|_| is_key)?;
    std::str::from_utf8(value).ok()
}
