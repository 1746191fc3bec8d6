//! Search for the end of a string.

/// The number of bytes that are searched at a time in a string.
const BLOCK: usize = 16;

/// The number of bytes in a word.
const WORD: usize = size_of::<u64>();

/// A word with the lowest bit of each byte.
const ONES: u64 = u64::from_ne_bytes([0x01; WORD]);

/// A word with the highest bit of each byte.
const HIGH: u64 = u64::from_ne_bytes([0x80; WORD]);

/// Returns the number of bytes before the first quote, backslash or control character, or else the length.
///
/// Searches 16 bytes at a time, because strings make up most of an event.
#[inline(always)]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<BLOCK>() {
        if has_special(block) {
            // The size of a WebAssembly module matters more than the time.
            if cfg!(target_family = "wasm") {
                break;
            }
            return bytes.len() - rest.len() + plain_length_of_block(block);
        }
        rest = after;
    }
    bytes.len() - rest.len() + plain_length_by_word(rest)
}

/// Returns the number of bytes before the first special byte of a block that has a special byte.
#[inline(always)]
fn plain_length_of_block(block: &[u8; BLOCK]) -> usize {
    let [first, second] = [block.first_chunk(), block.last_chunk()];
    let found = |word: Option<&[u8; WORD]>| word.map_or(0, |word| special(u64::from_le_bytes(*word)));
    match found(first) {
        0 => WORD + found(second).trailing_zeros() as usize / 8,
        found => found.trailing_zeros() as usize / 8,
    }
}

/// Returns the number of bytes before the first special byte as `plain_length` does. This function is faster if the byte is near.
#[inline(always)]
pub(super) fn short_plain_length(bytes: &[u8]) -> usize {
    match bytes.split_first_chunk::<WORD>() {
        Some((word, rest)) => match special(u64::from_le_bytes(*word)) {
            0 => WORD + plain_length(rest),
            found => found.trailing_zeros() as usize / 8,
        },
        None => plain_length_by_byte(bytes),
    }
}

/// Returns the number of bytes before the first special byte, which is probably near.
#[inline(always)]
fn plain_length_by_word(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk::<WORD>() {
        let found = special(u64::from_le_bytes(*word));
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    bytes.len() - rest.len() + plain_length_by_byte(rest)
}

#[cold]
fn plain_length_by_byte(bytes: &[u8]) -> usize {
    bytes.iter().position(is_special).unwrap_or(bytes.len())
}

/// Returns the number of bytes before the first special byte, and the first eight of these bytes, followed by zeros. Returns
/// `None` if there are fewer than eight bytes up to the end of the text.
#[inline(always)]
pub(super) fn key_length(bytes: &[u8]) -> Option<(usize, u64)> {
    let (word, rest) = bytes.split_first_chunk::<WORD>()?;
    let word = u64::from_le_bytes(*word);
    let found = special(word);
    if found == 0 {
        return Some((WORD + plain_length_by_word(rest), word));
    }
    Some((found.trailing_zeros() as usize / 8, word & bits_before(found)))
}

/// Returns the first eight of the bytes before the first quote, followed by zeros. Returns `None` if there are fewer than eight bytes
/// up to the end of the text.
#[cfg(not(target_family = "wasm"))]
#[inline(always)]
pub(super) fn first_bytes_of_key(bytes: &[u8]) -> Option<u64> {
    let word = u64::from_le_bytes(*bytes.first_chunk()?);
    let found = same(word, b'"') & !word & HIGH;
    // Without a quote, all bits are before it.
    Some(word & bits_before(found))
}

/// Returns the bits below the byte whose high bit is the lowest set bit, or all bits if no bit is set.
#[inline(always)]
fn bits_before(found: u64) -> u64 {
    ((found & found.wrapping_neg()) >> 7).wrapping_sub(1)
}

/// Returns `true` for a quote, a backslash or a control character.
#[inline(always)]
fn is_special(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}

/// Returns `true` if a block has a special byte. The compiler replaces the loop by a few instructions for all bytes.
#[inline(always)]
fn has_special(block: &[u8; BLOCK]) -> bool {
    // The byte is zero for a special byte.
    let difference = |byte: u8| (byte ^ b'"').min(byte ^ b'\\').min(byte.saturating_sub(0x1f));
    block.iter().fold(false, |found, byte| found | (difference(*byte) == 0))
}

/// Returns `true` if a text has no quote, backslash or control character.
///
/// The last block overlaps the block before, so no byte is compared alone in a text of eight bytes or more.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<BLOCK>() {
        if has_special(block) {
            return false;
        }
        rest = after;
    }
    match (bytes.last_chunk::<BLOCK>(), bytes.first_chunk::<WORD>(), bytes.last_chunk::<WORD>()) {
        (Some(last), ..) => !has_special(last),
        (_, Some(first), Some(last)) => special(u64::from_le_bytes(*first)) | special(u64::from_le_bytes(*last)) == 0,
        _ => !bytes.iter().any(is_special),
    }
}

/// Returns a word with the high bit of each special byte set. Only the lowest set bit is reliable.
#[inline(always)]
fn special(word: u64) -> u64 {
    // A subtraction that underflows a byte sets its high bit. Bytes whose high bit is already set are not ASCII.
    (below(word, 0x20) | same(word, b'"') | same(word, b'\\')) & !word & HIGH
}

/// Returns a word with the high bit of each byte set that is less than a byte. Bytes that are not ASCII, and those after the first
/// such byte, are not reliable.
#[inline(always)]
fn below(word: u64, least: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(least))
}

/// Returns a word with the high bit of each byte set that is equal to a byte, as `below` does.
#[inline(always)]
fn same(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * u64::from(byte)), 1)
}

/// Returns the integer at the start of a text and the number of its digits, if there are 1 to 18 digits without a leading zero.
#[inline(always)]
pub(super) fn plain_integer(text: &[u8]) -> Option<(i64, usize)> {
    let (mut length, mut value) = match text.first_chunk().and_then(|word| eight_digits(*word)) {
        Some(value) => (WORD, value),
        None => (0, 0_i64),
    };
    while let Some(digit @ b'0'..=b'9') = text.get(length) {
        value = value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
        length += 1;
    }
    let is_plain = matches!(length, 1..=18) && (length == 1 || text.first() != Some(&b'0'));
    is_plain.then_some((value, length))
}

/// Returns the number of bytes that can be part of the number at the start of a text.
pub(super) fn number_length(text: &[u8]) -> usize {
    let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
    text.iter().take_while(|byte| is_part(byte)).count()
}

/// Returns the number with eight digits, or `None` if there is another character.
#[inline(always)]
fn eight_digits(text: [u8; WORD]) -> Option<i64> {
    const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
    let digits = u64::from_le_bytes(text) ^ ZEROS;
    // Adding 6 to a digit does not change the high bits of the byte.
    if (digits | digits.wrapping_add(0x0606_0606_0606_0606)) & 0xf0f0_f0f0_f0f0_f0f0 != 0 {
        return None;
    }
    // Each step joins two neighbors, so there are numbers with two, four and eight digits.
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    let number = fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff;
    i64::try_from(number).ok()
}
