//! Fields that may stand under another name, such as one from before the specification took them up.
//!
//! An object is first read as if there were no other names, so that those cost nothing where they aren't used: what
//! stands under one is an unknown key then. Once all members are read, a field that is still missing takes the value over.

use serde_json::Value;

use super::cursor::Cursor;
use super::extra::Extra;
use super::fault::Fault;
use super::read::{Fill, Json, Seen};

/// An object of which some fields have other names.
pub trait Adopt: Fill {
    /// Fills the fields that haven't been read from what stands under another of their names. Takes the bits of the
    /// required fields that have been read, and returns those of the ones that were filled.
    fn adopt(&mut self, seen: Seen) -> Seen;
}

impl Cursor<'_> {
    /// Fills an object as [`Cursor::fill`] does, and its missing fields from their other names.
    pub fn fill_by_any_name(
        &mut self,
        object: &mut dyn Adopt,
        required: &'static [&'static str],
    ) -> Result<Option<Value>, Fault> {
        let start = self.offset();
        let mut members = self.object()?;
        let mut seen: Seen = 0;
        while let Some(key) = self.next_key(&mut members)? {
            seen |= object.member(&key, self)?;
        }
        seen |= object.adopt(seen);
        Self::complete(seen, required, start)
    }
}

/// Fills a field that may be absent.
pub fn adopt_optional<T: Json>(name: &'static str, others: &[&'static str], slot: &mut Option<T>, extra: &mut Extra) {
    if slot.is_none() && !extra.is_empty() {
        *slot = take(name, others, extra);
    }
}

/// Fills a field that its object can't do without, and returns its bit.
pub fn adopt_required<T: Json>(
    name: &'static str,
    others: &[&'static str],
    slot: &mut T,
    extra: &mut Extra,
    seen: Seen,
    bit: u32,
) -> Seen {
    if seen & (1 << bit) != 0 || extra.is_empty() {
        return 0;
    }
    take(name, others, extra).map_or(0, |value| {
        *slot = value;
        1 << bit
    })
}

/// The first value under one of the other names that fits. It leaves `extra`, which from then on knows the name.
fn take<T: Json>(name: &'static str, others: &[&'static str], extra: &mut Extra) -> Option<T> {
    let (other, value, leftover) = others.iter().find_map(|other| {
        let text = extra.get(other)?.to_string();
        let mut value = T::blank();
        let leftover = value.read_into(&mut Cursor::new(&text)).ok()?;
        Some((*other, value, leftover))
    })?;
    extra.remove(other);
    extra.set_leftover(other, leftover);
    extra.spell(name, other);
    Some(value)
}
