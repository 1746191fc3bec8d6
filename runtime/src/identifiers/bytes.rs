//! Functions on bytes that the parsers of identifiers share. They are `const`, so that the compiler can check literals.

use super::InvalidReason;

/// A set of ASCII characters that a part of an identifier can have.
#[derive(Clone, Copy)]
pub(super) enum Characters {
    /// `A-Z`, `a-z`, `0-9`, `-` and `.`, as in DNS names.
    Dns,
    /// `A-Z`, `a-z`, `0-9`, `-` and `_`, as in media IDs and in URL-safe base64.
    UrlSafe,
    /// `A-Z`, `a-z`, `0-9` and `_`, as in the versions of signing keys.
    Word,
    /// `A-Z`, `a-z`, `0-9`, `-`, `.`, `_` and `~`: the unreserved characters of RFC 3986, as in opaque identifiers.
    Unreserved,
    /// `a-z`, `0-9`, `.`, `_`, `=`, `-`, `/` and `+`, as in the localparts of new users.
    Localpart,
    /// `a-z`, `0-9`, `.` and `-`, as in room versions.
    RoomVersion,
    /// The characters from U+0020 to U+007E.
    Printable,
}

impl Characters {
    /// Returns `true` if the set contains a character, which is given as a byte of UTF-8.
    pub(super) const fn has(self, byte: u8) -> bool {
        let is_lower = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_alphanumeric = byte.is_ascii_alphanumeric();
        match self {
            Self::Dns => is_alphanumeric || matches!(byte, b'-' | b'.'),
            Self::UrlSafe => is_alphanumeric || matches!(byte, b'-' | b'_'),
            Self::Word => is_alphanumeric || byte == b'_',
            Self::Unreserved => is_alphanumeric || matches!(byte, b'-' | b'.' | b'_' | b'~'),
            Self::Localpart => is_lower || matches!(byte, b'.' | b'_' | b'=' | b'-' | b'/' | b'+'),
            Self::RoomVersion => is_lower || matches!(byte, b'.' | b'-'),
            Self::Printable => matches!(byte, b' '..=b'~'),
        }
    }

    /// Checks that a part of a text has only characters of the set. `start` is the offset of the part in the text.
    pub(super) const fn check(self, part: &[u8], start: usize) -> Result<(), InvalidReason> {
        let (mut rest, mut at) = (part, start);
        while let [byte, after @ ..] = rest {
            if !self.has(*byte) {
                return Err(InvalidReason::ForbiddenCharacter { character: first_character(rest), at });
            }
            (rest, at) = (after, at + 1);
        }
        Ok(())
    }
}

/// Returns the offset of the first byte with a value.
pub(super) const fn find(bytes: &[u8], value: u8) -> Option<usize> {
    let (mut rest, mut at) = (bytes, 0);
    while let [byte, after @ ..] = rest {
        if *byte == value {
            return Some(at);
        }
        (rest, at) = (after, at + 1);
    }
    None
}

/// Splits bytes at the first separator, which is in neither part.
pub(super) const fn split_once(bytes: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let Some(at) = find(bytes, separator) else { return None };
    match bytes.split_at(at) {
        (before, [_, after @ ..]) => Some((before, after)),
        (_, []) => None,
    }
}

/// Returns the bytes after a prefix, or `None` if they do not start with the prefix.
pub(super) const fn strip_prefix<'b>(bytes: &'b [u8], prefix: &[u8]) -> Option<&'b [u8]> {
    let (mut rest, mut expected) = (bytes, prefix);
    while let [first, others @ ..] = expected {
        match rest {
            [byte, after @ ..] if *byte == *first => (rest, expected) = (after, others),
            _ => return None,
        }
    }
    Some(rest)
}

/// Decodes the first character of a text in UTF-8.
pub(super) const fn first_character(text: &[u8]) -> char {
    let code = match text {
        [a @ 0xf0..=0xff, b, c, d, ..] => {
            bits(*a, 0x07) << 18 | bits(*b, 0x3f) << 12 | bits(*c, 0x3f) << 6 | bits(*d, 0x3f)
        }
        [a @ 0xe0..=0xef, b, c, ..] => bits(*a, 0x0f) << 12 | bits(*b, 0x3f) << 6 | bits(*c, 0x3f),
        [a @ 0xc0..=0xdf, b, ..] => bits(*a, 0x1f) << 6 | bits(*b, 0x3f),
        [a, ..] => *a as u32,
        [] => 0,
    };
    match char::from_u32(code) {
        Some(character) => character,
        None => char::REPLACEMENT_CHARACTER,
    }
}

const fn bits(byte: u8, mask: u8) -> u32 {
    (byte & mask) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_character_is_that_of_the_text() {
        for character in (0..=0x10_ffff).step_by(7).chain([0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x1_0000, 0x10_ffff]) {
            let Some(character) = char::from_u32(character) else { continue };
            assert_eq!(first_character(format!("{character}é").as_bytes()), character);
        }
    }

    #[test]
    fn bytes_split_at_the_first_separator() {
        assert_eq!(split_once(b"a:b:c", b':'), Some((&b"a"[..], &b"b:c"[..])));
        assert_eq!(split_once(b":", b':'), Some((&b""[..], &b""[..])));
        assert_eq!(split_once(b"abc", b':'), None);
        assert_eq!(strip_prefix(b"mxc://a", b"mxc://"), Some(&b"a"[..]));
        assert_eq!(strip_prefix(b"mxc:", b"mxc://"), None);
    }
}
