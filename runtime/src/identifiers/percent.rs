//! Percent-encoding (<https://www.rfc-editor.org/rfc/rfc3986#section-2.1>).

use std::fmt;

/// The parts of a URI, which differ in the characters that they contain without encoding.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// A segment of a path: unreserved characters, `!`, `$`, `&`, `'`, `(`, `)`, `*`, `+`, `,`, `;`, `=`, `:` and `@`.
    Segment,
    /// A name or a value in a query: unreserved characters and `:`.
    Query,
}

impl Part {
    fn has(self, byte: u8) -> bool {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b':' => true,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'@' => {
                matches!(self, Self::Segment)
            }
            _ => byte.is_ascii_alphanumeric(),
        }
    }

    /// Writes a text with all other characters encoded.
    pub(super) fn write(self, f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
        text.bytes().try_for_each(|byte| match self.has(byte) {
            true => fmt::Write::write_char(f, char::from(byte)),
            false => write!(f, "%{byte:02X}"),
        })
    }
}

/// Decodes a text. Keeps a `%` without two hexadecimal digits. Returns `None` if the bytes are not UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        (rest, _) = match (byte, after) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                (after, bytes.push(digit(*high) << 4 | digit(*low)))
            }
            _ => (after, bytes.push(*byte)),
        };
    }
    String::from_utf8(bytes).ok()
}

fn digit(hexadecimal: u8) -> u8 {
    match hexadecimal {
        b'0'..=b'9' => hexadecimal - b'0',
        _ => (hexadecimal | 0x20).wrapping_sub(b'a').wrapping_add(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Encoded<'t>(Part, &'t str);

    impl fmt::Display for Encoded<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.write(f, self.1)
        }
    }

    #[test]
    fn every_character_is_decoded_from_its_encoding() {
        let all: String = ('\0'..='\u{7f}').chain(['é', '日', '🔝']).collect();
        for part in [Part::Segment, Part::Query] {
            let encoded = Encoded(part, &all).to_string();
            assert_eq!(decode(&encoded).as_deref(), Some(all.as_str()));
            assert!(
                encoded.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#[]\"<>`{}|\\^".contains(&byte)),
                "{encoded}"
            );
        }
        assert_eq!(Encoded(Part::Segment, "#a/b é%@$").to_string(), "%23a%2Fb%20%C3%A9%25@$");
        assert_eq!(Encoded(Part::Query, "[::1]:8448&=+").to_string(), "%5B::1%5D:8448%26%3D%2B");
    }

    #[test]
    fn text_decodes_as_far_as_possible() {
        for (text, decoded) in
            [("%41%4a%4A", Some("AJJ")), ("%", Some("%")), ("%4", Some("%4")), ("%zz%20", Some("%zz ")), ("%ff", None)]
        {
            assert_eq!(decode(text).as_deref(), decoded, "{text}");
        }
    }
}
