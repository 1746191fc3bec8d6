//! Search in the next object for the member that decides its type, without moving the cursor.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::cursor::{Cursor, JsonType};
use super::parse_error::ParseError;
use super::scan::next_special;

/// How far a guess looks. Lists of objects without the member are read all the same in a time that grows with their length.
const FAR: usize = 2048;

/// What the names of nearly all discriminators end in.
const TYPE: &str = "type";

/// Making ready to search takes longer than searching an event.
static TYPE_FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(TYPE));

impl<'a> Cursor<'a> {
    /// The string under a key of the object ahead, which stays unread: how a union finds its discriminator. Of several
    /// the first counts; a variant that then meets another one doesn't fit.
    pub fn discriminator(&self, name: &str) -> Result<Option<Cow<'a, str>>, ParseError> {
        let mut peek = self.clone();
        let mut members = peek.object()?;
        while let Some(key) = peek.next_key(&mut members)? {
            if key != name {
                peek.skip()?;
                continue;
            }
            return match peek.json_type()? {
                JsonType::String => peek.string().map(Some),
                _ => Ok(None),
            };
        }
        Ok(None)
    }

    /// What `choose` makes of the discriminator, if a look at the text finds it: the first string under such a key that
    /// `choose` knows, in whichever object. It saves going through the members before it one by one. A variant looks at its
    /// discriminator itself, and so a wrong guess doesn't fit.
    pub fn guess<T>(&self, name: &str, choose: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut chosen = None;
        self.guess_until(name, &mut |value| {
            chosen = choose(value);
            chosen.is_some()
        });
        chosen
    }

    /// The same, until `choose` has what it looks for; whether it has.
    pub(super) fn guess_until(&self, name: &str, choose: &mut dyn FnMut(&str) -> bool) -> bool {
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

    /// Moves to the value of a key of the object ahead, if it has the key; of several, to the first.
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

/// The string between a key and what follows, if the text before ends in that key.
fn value_of<'a>(before: &[u8], name: &str, after: &'a [u8]) -> Option<&'a str> {
    let value = after.strip_prefix(b"\"")?.trim_ascii_start().strip_prefix(b":")?;
    let value = value.trim_ascii_start().strip_prefix(b"\"")?;
    let is_key = before.strip_suffix(name.as_bytes())?.ends_with(b"\"");
    let value = value.get(..next_special(value, 0)).filter(|_| is_key)?;
    std::str::from_utf8(value).ok()
}
