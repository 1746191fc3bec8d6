//! Escapes in strings (RFC 8259, section 7).

use super::scan::short_plain_length;

/// Replaces the escapes of a string. Returns `None` if an escape is invalid.
pub(super) fn unescape(text: &str) -> Option<String> {
    let (unescaped, rest) = unescape_until_quote(text)?;
    rest.is_empty().then_some(unescaped)
}

/// Replaces the escapes of the string up to the next quote or the end of the text. Returns the string and the text from the quote
/// on, or `None` if an escape or a character is invalid.
pub(super) fn unescape_until_quote(text: &str) -> Option<(String, &str)> {
    let mut unescaped = String::with_capacity(length_until_quote(text.as_bytes()));
    let mut rest = text;
    loop {
        let (plain, special) = rest.split_at_checked(short_plain_length(rest.as_bytes()))?;
        push(&mut unescaped, plain, rest);
        let Some(escape) = special.strip_prefix('\\') else {
            let is_end = special.is_empty() || special.starts_with('"');
            return is_end.then_some((unescaped, special));
        };
        let (character, after) = character(escape)?;
        unescaped.push(character);
        rest = after;
    }
}

/// Appends a text. `rest` begins with the text.
#[inline(always)]
fn push(unescaped: &mut String, text: &str, rest: &str) {
    match rest.get(..8) {
        // Copying a fixed number of bytes is faster than copying the bytes of a short text.
        Some(word) if text.len() < 8 && unescaped.capacity() - unescaped.len() >= 8 => {
            let length = unescaped.len() + text.len();
            unescaped.push_str(word);
            unescaped.truncate(length);
        }
        _ => unescaped.push_str(text),
    }
}

/// Returns the number of bytes before the next quote that no backslash escapes, or else the length.
fn length_until_quote(bytes: &[u8]) -> usize {
    let is_escaped = |at: &usize| {
        let before = bytes.get(..*at).unwrap_or_default();
        before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
    };
    memchr::memchr_iter(b'"', bytes).find(|at| !is_escaped(at)).unwrap_or(bytes.len())
}

/// Parses an escape without its backslash. Returns the character and the text after the escape.
#[inline(always)]
fn character(escape: &str) -> Option<(char, &str)> {
    let after = escape.get(1..)?;
    match *escape.as_bytes().first()? {
        b'u' => by_code(after),
        letter => Some((char::from(by_letter(letter)?), after)),
    }
}

/// Returns the ASCII character for the letter of a short escape.
#[inline(always)]
fn by_letter(letter: u8) -> Option<u8> {
    Some(match letter {
        b'"' | b'\\' | b'/' => letter,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 0xc,
        _ => return None,
    })
}

/// Parses an escape without its `\u`. A character beyond U+FFFF is a surrogate pair: two escapes.
fn by_code(text: &str) -> Option<(char, &str)> {
    let (first, after) = code_unit(text)?;
    if let Some(character) = char::from_u32(first.into()) {
        return Some((character, after));
    }
    let (second, after) = code_unit(after.strip_prefix("\\u")?)?;
    let character = char::decode_utf16([first, second]).next()?.ok()?;
    Some((character, after))
}

/// Iterates over the code units of UTF-16 of a string with valid escapes. Unlike `unescape`, lone surrogates are included.
pub(super) fn code_units(text: &str) -> impl Iterator<Item = u16> + '_ {
    let mut rest = text;
    let mut pending = None;
    std::iter::from_fn(move || {
        if let Some(second) = pending.take() {
            return Some(second);
        }
        let mut characters = rest.chars();
        let first = characters.next()?;
        let after = characters.as_str();
        if let (true, Some((unit, after))) = (first == '\\', after.strip_prefix('u').and_then(code_unit)) {
            rest = after;
            return Some(unit);
        }
        let (character, after) = match first {
            '\\' => character(after)?,
            itself => (itself, after),
        };
        rest = after;
        let mut units = [0; 2];
        let mut units = character.encode_utf16(&mut units).iter().copied();
        let unit = units.next();
        pending = units.next();
        unit
    })
}

fn code_unit(text: &str) -> Option<(u16, &str)> {
    let mut unit = 0;
    for digit in text.as_bytes().first_chunk::<4>()? {
        unit = unit << 4 | char::from(*digit).to_digit(16)?;
    }
    Some((u16::try_from(unit).ok()?, text.get(4..)?))
}
