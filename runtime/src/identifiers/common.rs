//! A fast check for the most common forms of identifiers. The checks of the grammars are slower, because they are `const` and find the
//! first error.

use memchr::{memchr, memchr2};

use super::bytes::Characters;
use super::IdentifierKind;

/// The maximum length of an identifier with a sigil, and of a host.
const MAX_BYTES: usize = 255;

/// The bit of characters in [`CLASSES`] that DNS names can have.
const DNS: u8 = 1;

/// The bit of letters.
const LETTER: u8 = 2;

/// The bit of characters that media IDs can have.
const URL_SAFE: u8 = 4;

/// The bit of characters in the standard alphabet of base64.
const BASE64: u8 = 8;

/// The bits of each byte.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let (mut rest, mut byte): (&mut [u8], u8) = (&mut classes, 0);
    while let [class, others @ ..] = rest {
        if byte < 0x80 {
            *class = class_of(byte);
        }
        (rest, byte) = (others, byte.wrapping_add(1));
    }
    classes
};

const fn class_of(byte: u8) -> u8 {
    let mut bits = 0;
    if Characters::Dns.has(byte) {
        bits |= DNS;
    }
    if byte.is_ascii_alphabetic() {
        bits |= LETTER;
    }
    if Characters::UrlSafe.has(byte) {
        bits |= URL_SAFE;
    }
    if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/') {
        bits |= BASE64;
    }
    bits
}

/// Returns `true` if a text certainly follows the grammar of a kind.
pub(super) fn is_valid(kind: IdentifierKind, text: &str) -> bool {
    let bytes = text.as_bytes();
    match (kind, bytes) {
        (IdentifierKind::UserId, [b'@', rest @ ..])
        | (IdentifierKind::RoomId, [b'!', rest @ ..])
        | (IdentifierKind::RoomAliasId, [b'#', rest @ ..]) => {
            bytes.len() <= MAX_BYTES && server_after_colon(rest).is_some_and(|server| server.is_some_and(is_server))
        }
        (IdentifierKind::EventId, [b'$', rest @ ..]) => {
            !rest.is_empty()
                && bytes.len() <= MAX_BYTES
                && server_after_colon(rest).is_some_and(|server| server.is_none_or(is_server))
        }
        (IdentifierKind::MxcUri, [b'm', b'x', b'c', b':', b'/', b'/', rest @ ..]) => {
            let parts = memchr(b'/', rest).and_then(|at| rest.split_at_checked(at));
            parts.is_some_and(|(server, media)| match media {
                [_, media @ ..] if !media.is_empty() => is_server(server) && classes(media).0 & URL_SAFE != 0,
                _ => false,
            })
        }
        (IdentifierKind::UnpaddedBase64, _) => is_base64(kind, text, BASE64),
        (IdentifierKind::UrlSafeUnpaddedBase64, _) => is_base64(kind, text, URL_SAFE),
        _ => false,
    }
}

/// Returns `true` for base64 in an alphabet. Each group of four characters encodes three bytes, and a last group can be shorter.
fn is_base64(kind: IdentifierKind, text: &str, alphabet: u8) -> bool {
    let groups = text.len() / 4 * 4;
    text.split_at_checked(groups).is_some_and(|(groups, last)| {
        classes(groups.as_bytes()).0 & alphabet != 0 && (last.is_empty() || kind.validate(last).is_ok())
    })
}

/// Returns the bytes after the first colon, if any. Returns `None` if a NUL is before the colon.
fn server_after_colon(text: &[u8]) -> Option<Option<&[u8]>> {
    let Some(at) = memchr2(b':', 0, text) else { return Some(None) };
    match text.split_at_checked(at)?.1 {
        [b':', server @ ..] => Some(Some(server)),
        _ => None,
    }
}

/// Returns `true` for a DNS name, with or without a port of up to four digits. With a letter, the name is no IPv4 address.
fn is_server(server: &[u8]) -> bool {
    let host = match memchr(b':', server).and_then(|at| server.split_at_checked(at)) {
        Some((host, [_, port @ ..])) if matches!(port.len(), 1..=4) && port.iter().all(u8::is_ascii_digit) => host,
        Some(_) => return false,
        None => server,
    };
    let (all, any) = classes(host);
    (1..=MAX_BYTES).contains(&host.len()) && all & DNS != 0 && any & LETTER != 0
}

/// Returns the bits that all bytes have, and the bits that a byte has.
#[inline]
fn classes(bytes: &[u8]) -> (u8, u8) {
    bytes.iter().fold((u8::MAX, 0), |(all, any), byte| {
        let class = CLASSES.get(usize::from(*byte)).copied().unwrap_or_default();
        (all & class, any | class)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_forms_are_valid_by_the_grammar() {
        let mut state = 7_u32;
        let mut next = move |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        let pieces = [
            "@", "!", "#", "$", "mxc://", "/", ":", "a", "A", "1", "1.2.3.4", ".", "-", "_", "\0", "é", "~", "[::1]",
            "",
        ];
        let long = "a".repeat(250);
        let mut common = 0;
        for round in 0..200_000 {
            let mut text = String::new();
            for _ in 0..=next(7) {
                text.push_str(pieces[next(pieces.len())]);
            }
            if round % 50 == 0 {
                text.push_str(&long);
            }
            for kind in IdentifierKind::ALL {
                if is_valid(*kind, &text) {
                    assert_eq!(kind.validate(&text), Ok(()), "{text:?}");
                    common += 1;
                }
            }
        }
        assert!(common > 3_000, "{common}");
        for (kind, text) in [
            (IdentifierKind::UserId, "@mira:example.org"),
            (IdentifierKind::EventId, "$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg"),
            (IdentifierKind::RoomId, "!garden:example.org"),
            (IdentifierKind::MxcUri, "mxc://example.org/a-b_C"),
            (IdentifierKind::UnpaddedBase64, "Zm9v+mE"),
            (IdentifierKind::UrlSafeUnpaddedBase64, "Zm9v_mFy"),
        ] {
            assert!(is_valid(kind, text), "{text}");
        }
    }
}
