//! Search for the end of a string.

/// Returns the offset of the next quote, backslash or control character, or else the length.
///
/// Searches eight bytes at a time, because strings make up most of an event.
#[inline]
pub(super) fn next_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = special(*word);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Returns the number of bytes before the first quote, backslash or control character.
///
/// Checking the last eight bytes first avoids checking each byte after the last word.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let words = match bytes.last_chunk() {
        Some(word) if special(*word) == 0 => bytes.len() / 8 * 8,
        _ => bytes.len(),
    };
    match next_special(bytes.get(..words).unwrap_or_default(), 0) {
        at if at == words => bytes.len(),
        at => at,
    }
}

/// Returns `true` if a text has no quote, backslash or control character.
///
/// The last block overlaps the block before, so no byte is compared alone in a text of eight bytes or more.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    match (bytes.last_chunk::<BLOCK>(), bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(last), ..) => !has_special(last) && bytes.as_chunks::<BLOCK>().0.iter().all(|block| !has_special(block)),
        (_, Some(first), Some(last)) => special(*first) | special(*last) == 0,
        _ => bytes.iter().all(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)),
    }
}

/// The number of bytes that are compared at a time.
const BLOCK: usize = 16;

/// Returns `true` if a block has a special byte. The compiler replaces the loop by a few instructions for all bytes.
#[inline(always)]
fn has_special(block: &[u8; BLOCK]) -> bool {
    // The byte is zero for a special byte.
    let difference = |byte: u8| (byte ^ b'"').min(byte ^ b'\\').min(byte.saturating_sub(0x1f));
    block.iter().fold(false, |found, byte| found | (difference(*byte) == 0))
}

/// Returns a word with the high bit of each special byte set. Only the lowest set bit is reliable.
#[inline]
fn special(bytes: [u8; 8]) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let word = u64::from_le_bytes(bytes);
    let below = |word: u64, least: u8| word.wrapping_sub(ONES * u64::from(least));
    let same = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    // A subtraction that underflows a byte sets its high bit. Bytes whose high bit is already set are not ASCII.
    (below(word, 0x20) | same(b'"') | same(b'\\')) & !word & HIGH
}
