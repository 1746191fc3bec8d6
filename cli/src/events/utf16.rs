//! A reader that converts UTF-16 to UTF-8.

use std::io::{self, Read};

/// The number of bytes of a conversion.
const BLOCK: usize = 1 << 15;

/// A byte that UTF-8 never contains, in place of a unit that is invalid in UTF-16.
const INVALID: u8 = 0xff;

/// A reader of UTF-8 that reads UTF-16.
pub(super) struct Utf16<R> {
    inner: R,
    is_big_endian: bool,
    /// Bytes that are not converted: half of a unit, or the first of two surrogates.
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
}

impl<R: Read> Utf16<R> {
    pub(super) fn new(inner: R, is_big_endian: bool) -> Self {
        Self { inner, is_big_endian, raw: Vec::new(), text: Vec::new(), at: 0 }
    }

    /// Converts the next block. Leaves the text empty at the end of the input.
    fn fill(&mut self) -> io::Result<()> {
        (self.at, self.text) = (0, Vec::new());
        while self.text.is_empty() {
            let read = self.inner.by_ref().take(BLOCK as u64).read_to_end(&mut self.raw)?;
            let is_end = read == 0;
            if is_end && self.raw.is_empty() {
                return Ok(());
            }
            self.convert(is_end);
        }
        Ok(())
    }

    fn convert(&mut self, is_end: bool) {
        let unit = |pair: &[u8]| {
            let pair = [pair.first().copied().unwrap_or_default(), pair.get(1).copied().unwrap_or_default()];
            if self.is_big_endian {
                u16::from_be_bytes(pair)
            } else {
                u16::from_le_bytes(pair)
            }
        };
        let mut units: Vec<u16> = self.raw.chunks_exact(2).map(unit).collect();
        if !is_end && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            units.pop();
        }
        for character in char::decode_utf16(units.iter().copied()) {
            match character {
                Ok(character) => self.text.extend(character.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(_) => self.text.push(INVALID),
            }
        }
        self.raw.drain(..units.len() * 2);
        if is_end && !self.raw.is_empty() {
            self.text.push(INVALID);
            self.raw.clear();
        }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() {
            self.fill()?;
        }
        let read = self.text.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_of_both_orders_is_converted() {
        let text = "{\"a\": \"ü😀\"}\n".repeat(20_000);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, is_big_endian) in [(little, false), (big, true)] {
            let mut converted = String::new();
            Utf16::new(bytes.as_slice(), is_big_endian).read_to_string(&mut converted).expect("UTF-16");
            assert_eq!(converted, text);
        }
    }

    #[test]
    fn invalid_units_become_a_byte_that_is_invalid_in_utf8() {
        for (bytes, expected) in [
            (b"{\0\0\xd8}\0".as_slice(), b"{\xff}".as_slice()),
            (b"{\0}", b"{\xff"),
            (b"{\0\0\xd8", b"{\xff"),
            (b"{\0\0\xdc}\0", b"{\xff}"),
        ] {
            let mut converted = Vec::new();
            Utf16::new(bytes, false).read_to_end(&mut converted).expect("memory can be read");
            assert_eq!(converted, expected);
        }
    }
}
