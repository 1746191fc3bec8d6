//! Parsers of IP addresses. Those of the standard library are not `const`.

/// Parses an address of four decimal numbers with one to three digits. Returns `None` for another form, and otherwise `true` if
/// no number is greater than 255. Numbers can have leading zeros, which the grammar of server names allows.
pub(super) const fn dotted_quad(host: &[u8]) -> Option<bool> {
    let (mut rest, mut is_in_range) = (host, true);
    let (mut parts, mut digits, mut number) = (1, 0, 0_u16);
    loop {
        match rest {
            [b'.', after @ ..] if digits > 0 && parts < 4 => {
                (rest, parts, digits, number) = (after, parts + 1, 0, 0);
            }
            [digit @ b'0'..=b'9', after @ ..] if digits < 3 => {
                (rest, digits, number) = (after, digits + 1, number * 10 + (*digit - b'0') as u16);
                is_in_range = is_in_range && number <= 255;
            }
            [] if digits > 0 && parts == 4 => return Some(is_in_range),
            _ => return None,
        }
    }
}

/// Returns `true` for an IPv6 address without brackets (<https://www.rfc-editor.org/rfc/rfc4291#section-2.2>).
pub(super) const fn is_ipv6(address: &[u8]) -> bool {
    match groups(address, 8) {
        (8, []) => true,
        (head, [b':', b':', tail @ ..]) if head < 8 => matches!(groups(tail, 7 - head), (_, [])),
        _ => false,
    }
}

/// Parses groups of hexadecimal digits with `:` between them. Returns the number of groups and the rest. An IPv4 address at the
/// end counts as two groups.
const fn groups(address: &[u8], most: usize) -> (usize, &[u8]) {
    let (mut rest, mut count) = (address, 0);
    while count < most {
        let start = match rest {
            _ if count == 0 => rest,
            [b':', after @ ..] => after,
            _ => break,
        };
        if count + 1 < most && is_ipv4_without_leading_zeros(start) {
            return (count + 2, &[]);
        }
        match after_group(start) {
            Some(after) => (rest, count) = (after, count + 1),
            None => break,
        }
    }
    (count, rest)
}

/// Returns the bytes after one to four hexadecimal digits.
const fn after_group(address: &[u8]) -> Option<&[u8]> {
    let (mut rest, mut digits) = (address, 0);
    while let [digit, after @ ..] = rest {
        if !digit.is_ascii_hexdigit() {
            break;
        }
        (rest, digits) = (after, digits + 1);
    }
    match digits {
        1..=4 => Some(rest),
        _ => None,
    }
}

const fn is_ipv4_without_leading_zeros(address: &[u8]) -> bool {
    let mut rest = address;
    let mut is_start = true;
    while let [byte, after @ ..] = rest {
        if is_start && *byte == b'0' && matches!(after, [b'0'..=b'9', ..]) {
            return false;
        }
        (rest, is_start) = (after, *byte == b'.');
    }
    matches!(dotted_quad(address), Some(true))
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    /// Creates texts of the characters of addresses, by random edits of valid addresses.
    fn texts() -> Vec<String> {
        let mut state = 7_u32;
        let mut next = move |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        let seeds = [
            "::",
            "1::",
            "::1",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1:2:3:4:5:6:1.2.3.4",
            "1.2.3.4",
            "::ffff:192.0.2.1",
            "2001:db8::ff:1.2.3.4",
            "255.255.255.255",
            "1::2:3:4:5:6:1.2.3.4",
            "ABCD:0:00:000::0000",
        ];
        let mut texts: Vec<String> = seeds.iter().map(|seed| (*seed).to_owned()).collect();
        for round in 0..60_000 {
            let mut text: Vec<u8> = seeds[round % seeds.len()].bytes().collect();
            for _ in 0..=next(3) {
                let at = next(text.len() + 1);
                let byte = b"0123456789afF:.:. g"[next(19)];
                match next(3) {
                    0 => text.insert(at, byte),
                    1 if at < text.len() => text[at] = byte,
                    _ if at < text.len() => drop(text.remove(at)),
                    _ => {}
                }
            }
            texts.push(String::from_utf8(text).unwrap());
        }
        texts
    }

    #[test]
    fn verdicts_on_ipv6_addresses_are_those_of_the_standard_library() {
        let mut valid = 0;
        for text in texts() {
            let expected = text.parse::<Ipv6Addr>().is_ok();
            assert_eq!(is_ipv6(text.as_bytes()), expected, "{text}");
            valid += usize::from(expected);
        }
        assert!(valid > 5_000, "{valid}");
    }

    #[test]
    fn verdicts_on_ipv4_addresses_are_those_of_the_standard_library() {
        for text in texts() {
            let expected = text.parse::<Ipv4Addr>().is_ok();
            assert_eq!(is_ipv4_without_leading_zeros(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(dotted_quad(b"01.002.3.04"), Some(true));
        assert_eq!(dotted_quad(b"1.2.3.256"), Some(false));
        assert_eq!(dotted_quad(b"1.2.3.4567"), None);
    }
}
