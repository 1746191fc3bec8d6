//! Conversion of offsets in UTF-8 to offsets in UTF-16, which JavaScript uses.

use std::ops::Range;

use serde_json::{json, Value};

/// The distance of the offsets that are stored, in bytes.
const STEP: usize = 256;

/// The offsets of a text.
pub(crate) struct Offsets<'t> {
    text: &'t str,
    /// The offset in UTF-16 of each `STEP`th byte. It is empty for ASCII, whose offsets are equal in both encodings.
    stored: Vec<usize>,
}

impl<'t> Offsets<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut stored = Vec::new();
        if !text.is_ascii() {
            let mut units = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                stored.push(units);
                units += chunk.iter().map(|byte| units_of(*byte)).sum::<usize>();
            }
        }
        Self { text, stored }
    }

    /// Returns the offset in UTF-16 of an offset in bytes, which is at the start of a character.
    pub(crate) fn of(&self, offset: usize) -> usize {
        let at = |stored: &usize| {
            let rest = self.text.as_bytes().get(offset / STEP * STEP..offset).unwrap_or_default();
            stored + rest.iter().map(|byte| units_of(*byte)).sum::<usize>()
        };
        // The last offset can be at the start of a step that has no bytes.
        match self.stored.get(offset / STEP) {
            Some(stored) => at(stored),
            None if self.stored.is_empty() => offset,
            None => self.text.encode_utf16().count(),
        }
    }

    /// Returns the start and the end of a range, for JSON.
    pub(crate) fn range(&self, range: &Range<usize>) -> Value {
        json!([self.of(range.start), self.of(range.end)])
    }
}

/// Returns the number of code units of UTF-16 that a byte of UTF-8 adds. The first byte of a character adds all of them.
fn units_of(byte: u8) -> usize {
    match byte {
        0x80..=0xbf => 0,
        0xf0..=0xff => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn offsets_are_those_of_utf16() {
        for text in ["", "plain", "aü😀b", &"😀ü".repeat(300), &"x".repeat(700), &format!("{}é", "x".repeat(510))]
        {
            let offsets = Offsets::new(text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                assert_eq!(offsets.of(offset), text[..offset].encode_utf16().count(), "{text} at {offset}");
            }
        }
    }
}
