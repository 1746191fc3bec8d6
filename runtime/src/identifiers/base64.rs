//! Unpadded base64, in both alphabets.

use super::bytes::first_character;
use super::{IdentifierKind, InvalidIdentifier, InvalidReason};

identifier! {
    /// [Unpadded base64](https://spec.matrix.org/latest/appendices/#unpadded-base64), as in keys, signatures and hashes.
    ///
    /// The alphabet is the standard alphabet of [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-4): `A-Z`, `a-z`,
    /// `0-9`, `+` and `/`.
    ///
    /// A text is valid if it is the [encoding](UnpaddedBase64::encode) of some bytes. Errors are padding (`=`), a length that
    /// encodes no whole number of bytes, and a last character whose unused bits are not zero.
    ///
    /// ```
    /// use matrix_events::UnpaddedBase64;
    ///
    /// let text = UnpaddedBase64::encode(b"fooba");
    /// assert_eq!(text, "Zm9vYmE");
    /// assert_eq!(text.decode()?, b"fooba");
    ///
    /// assert!(UnpaddedBase64::parse("Zm9vYmE=").is_err());
    /// assert_eq!(UnpaddedBase64::new("Zm9vYmE=").decode()?, b"fooba");
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    UnpaddedBase64, check_standard
}

const fn check_standard(text: &str) -> Result<(), InvalidReason> {
    check(text, Alphabet::Standard)
}

impl UnpaddedBase64 {
    /// Encodes bytes as unpadded base64.
    #[must_use]
    pub fn encode(bytes: &[u8]) -> Self {
        Self::new(encode(bytes, Alphabet::Standard))
    }

    /// Decodes the bytes. Decoding is more lenient than validation.
    ///
    /// Padding is optional, as the specification requires of decoders. The unused bits of the last character can have any
    /// value, because existing signatures have bits that are not zero.
    ///
    /// # Errors
    ///
    /// Returns an error if a character is not in the alphabet, if the length encodes no whole number of bytes, or if there is
    /// too much padding.
    pub fn decode(&self) -> Result<Vec<u8>, InvalidIdentifier> {
        decode(self.as_str(), Alphabet::Standard)
            .map_err(|reason| InvalidIdentifier::new(IdentifierKind::UnpaddedBase64, reason))
    }
}

identifier! {
    /// URL-safe [unpadded base64](https://spec.matrix.org/latest/appendices/#unpadded-base64), as in keys of encrypted files.
    ///
    /// The alphabet is the URL-safe alphabet of [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-5), which has `-` and
    /// `_` in place of `+` and `/`.
    ///
    /// A text is valid if it is the [encoding](UrlSafeUnpaddedBase64::encode) of some bytes. Errors are padding (`=`), a length
    /// that encodes no whole number of bytes, and a last character whose unused bits are not zero.
    ///
    /// ```
    /// use matrix_events::UrlSafeUnpaddedBase64;
    ///
    /// let text = UrlSafeUnpaddedBase64::encode(&[0xfb, 0xff]);
    /// assert_eq!(text, "-_8");
    /// assert_eq!(text.decode()?, [0xfb, 0xff]);
    ///
    /// assert!(UrlSafeUnpaddedBase64::parse("+/8").is_err());
    /// # Ok::<(), matrix_events::InvalidIdentifier>(())
    /// ```
    UrlSafeUnpaddedBase64, check_url_safe
}

const fn check_url_safe(text: &str) -> Result<(), InvalidReason> {
    check(text, Alphabet::UrlSafe)
}

impl UrlSafeUnpaddedBase64 {
    /// Encodes bytes as URL-safe unpadded base64.
    #[must_use]
    pub fn encode(bytes: &[u8]) -> Self {
        Self::new(encode(bytes, Alphabet::UrlSafe))
    }

    /// Decodes the bytes. Decoding is more lenient than validation.
    ///
    /// Padding is optional, as the specification requires of decoders. The unused bits of the last character can have any
    /// value.
    ///
    /// # Errors
    ///
    /// Returns an error if a character is not in the alphabet, if the length encodes no whole number of bytes, or if there is
    /// too much padding.
    pub fn decode(&self) -> Result<Vec<u8>, InvalidIdentifier> {
        decode(self.as_str(), Alphabet::UrlSafe)
            .map_err(|reason| InvalidIdentifier::new(IdentifierKind::UrlSafeUnpaddedBase64, reason))
    }
}

#[derive(Clone, Copy)]
enum Alphabet {
    Standard,
    UrlSafe,
}

impl Alphabet {
    /// Returns the characters for 62 and 63. The alphabets differ only in these characters.
    const fn last_two(self) -> (u8, u8) {
        match self {
            Self::Standard => (b'+', b'/'),
            Self::UrlSafe => (b'-', b'_'),
        }
    }

    fn character(self, sextet: u8) -> char {
        let (at_62, at_63) = self.last_two();
        char::from(match sextet {
            0..=25 => b'A' + sextet,
            26..=51 => b'a' + (sextet - 26),
            52..=61 => b'0' + (sextet - 52),
            62 => at_62,
            _ => at_63,
        })
    }

    const fn sextet(self, byte: u8) -> Option<u8> {
        let (at_62, at_63) = self.last_two();
        match byte {
            b'A'..=b'Z' => Some(byte - b'A'),
            b'a'..=b'z' => Some(byte - b'a' + 26),
            b'0'..=b'9' => Some(byte - b'0' + 52),
            _ if byte == at_62 => Some(62),
            _ if byte == at_63 => Some(63),
            _ => None,
        }
    }

    /// Returns the value of the first character of a text, and the bytes after the character. `at` is the offset of the text.
    const fn first_sextet(self, text: &[u8], at: usize) -> Result<Option<(u8, &[u8])>, InvalidReason> {
        match text {
            [] => Ok(None),
            [b'=', ..] => Err(InvalidReason::InvalidPadding { at }),
            [byte, rest @ ..] => match self.sextet(*byte) {
                Some(sextet) => Ok(Some((sextet, rest))),
                None => Err(InvalidReason::ForbiddenCharacter { character: first_character(text), at }),
            },
        }
    }
}

const fn check(text: &str, alphabet: Alphabet) -> Result<(), InvalidReason> {
    let (mut rest, mut last) = (text.as_bytes(), 0);
    loop {
        match alphabet.first_sextet(rest, text.len() - rest.len()) {
            Ok(Some(parts)) => (last, rest) = parts,
            Ok(None) => break,
            Err(reason) => return Err(reason),
        }
    }
    let left_over = match text.len() % 4 {
        0 => 0,
        1 => return Err(InvalidReason::InvalidBase64Length { characters: text.len() }),
        2 => last & 0b1111,
        _ => last & 0b11,
    };
    if left_over == 0 {
        Ok(())
    } else {
        Err(InvalidReason::NonZeroTrailingBits)
    }
}

fn encode(bytes: &[u8], alphabet: Alphabet) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    // The lowest `held` bits are not written yet. Written bits are shifted out at the top.
    let (mut bits, mut held) = (0_u32, 0_u32);
    for &byte in bytes {
        bits = (bits << 8) | u32::from(byte);
        held += 8;
        while held >= 6 {
            held -= 6;
            text.push(alphabet.character(low_sextet(bits >> held)));
        }
    }
    if held > 0 {
        text.push(alphabet.character(low_sextet(bits << (6 - held))));
    }
    text
}

fn low_sextet(bits: u32) -> u8 {
    (bits & 0b11_1111) as u8
}

fn decode(text: &str, alphabet: Alphabet) -> Result<Vec<u8>, InvalidReason> {
    let unpadded = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(unpadded.len() / 4 * 3 + 2);
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut rest = unpadded.as_bytes();
    while let Some((sextet, after)) = alphabet.first_sextet(rest, unpadded.len() - rest.len())? {
        rest = after;
        bits = (bits << 6) | u32::from(sextet);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    let fill = match unpadded.len() % 4 {
        0 => 0,
        1 => return Err(InvalidReason::InvalidBase64Length { characters: unpadded.len() }),
        rest => 4 - rest,
    };
    if text.len() - unpadded.len() > fill {
        return Err(InvalidReason::InvalidPadding { at: unpadded.len() });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> InvalidReason {
        UnpaddedBase64::parse(text).unwrap_err().reason
    }

    /// Creates pseudo-random bytes, which differ for each length.
    fn bytes_of_length(length: usize) -> Vec<u8> {
        let mut state = length as u32 + 1;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn examples_of_the_specification_encode_and_decode() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(UnpaddedBase64::encode(bytes.as_bytes()), text);
            assert_eq!(UnpaddedBase64::new(text).decode().unwrap(), bytes.as_bytes());
        }
    }

    #[test]
    fn whole_alphabet_round_trips() {
        let text = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bytes = UnpaddedBase64::parse(text).unwrap().decode().unwrap();
        assert_eq!(UnpaddedBase64::encode(&bytes), text);

        let text = text.replace('+', "-").replace('/', "_");
        assert_eq!(UrlSafeUnpaddedBase64::parse(&text).unwrap().decode().unwrap(), bytes);
        assert_eq!(UrlSafeUnpaddedBase64::encode(&bytes), text.as_str());
    }

    #[test]
    fn bytes_of_every_length_round_trip() {
        for length in 0..=100 {
            let bytes = bytes_of_length(length);
            let text = UnpaddedBase64::encode(&bytes);
            assert_eq!(text.as_str().len(), (length * 8).div_ceil(6));
            assert!(text.is_valid(), "{text}");
            assert_eq!(text.decode().unwrap(), bytes);

            let url_safe = UrlSafeUnpaddedBase64::encode(&bytes);
            assert!(url_safe.is_valid(), "{url_safe}");
            assert_eq!(url_safe.decode().unwrap(), bytes);
            assert_eq!(text.as_str().replace('+', "-").replace('/', "_"), url_safe.as_str());
        }
    }

    #[test]
    fn only_the_encoded_text_is_valid() {
        for last in b' '..=b'~' {
            for start in ["", "A", "AA", "AAA", "AAAA"] {
                let text = UnpaddedBase64::new(format!("{start}{}", char::from(last)));
                let is_what_encode_gives = text.decode().is_ok_and(|bytes| UnpaddedBase64::encode(&bytes) == text);
                assert_eq!(text.is_valid(), is_what_encode_gives, "{text}");
            }
        }
    }

    #[test]
    fn malformed_base64_is_an_error() {
        assert_eq!(reason("Zm9-"), InvalidReason::ForbiddenCharacter { character: '-', at: 3 });
        assert_eq!(reason("Zm 9"), InvalidReason::ForbiddenCharacter { character: ' ', at: 2 });
        assert_eq!(reason("éé"), InvalidReason::ForbiddenCharacter { character: 'é', at: 0 });
        assert_eq!(reason("Aアイ"), InvalidReason::ForbiddenCharacter { character: 'ア', at: 1 });
        assert_eq!(reason("Zm9vY"), InvalidReason::InvalidBase64Length { characters: 5 });
        assert_eq!(reason("Zm9vYg=="), InvalidReason::InvalidPadding { at: 6 });
        assert_eq!(reason("Zh"), InvalidReason::NonZeroTrailingBits);
        assert_eq!(reason("Zm9"), InvalidReason::NonZeroTrailingBits);
        assert_eq!(
            UrlSafeUnpaddedBase64::parse("Zm9/").unwrap_err().reason,
            InvalidReason::ForbiddenCharacter { character: '/', at: 3 }
        );
    }

    #[test]
    fn padding_and_trailing_bits_decode() {
        for text in ["Zg", "Zg=", "Zg==", "Zh", "Zv=="] {
            assert_eq!(UnpaddedBase64::new(text).decode().unwrap(), b"f", "{text}");
        }
        for text in ["Zm8", "Zm8=", "Zm9"] {
            assert_eq!(UrlSafeUnpaddedBase64::new(text).decode().unwrap(), b"fo", "{text}");
        }
    }

    #[test]
    fn impossible_length_and_padding_are_errors() {
        for (text, reason) in [
            ("A", InvalidReason::InvalidBase64Length { characters: 1 }),
            ("Zm9vY===", InvalidReason::InvalidBase64Length { characters: 5 }),
            ("=", InvalidReason::InvalidPadding { at: 0 }),
            ("Zm9v=", InvalidReason::InvalidPadding { at: 4 }),
            ("Zg===", InvalidReason::InvalidPadding { at: 2 }),
            ("Z=g=", InvalidReason::InvalidPadding { at: 1 }),
            ("Zm9\n", InvalidReason::ForbiddenCharacter { character: '\n', at: 3 }),
        ] {
            let error = UnpaddedBase64::new(text).decode().unwrap_err();
            assert_eq!(error, InvalidIdentifier::new(IdentifierKind::UnpaddedBase64, reason), "{text:?}");
        }
        let error = UrlSafeUnpaddedBase64::new("+").decode().unwrap_err();
        assert_eq!(error.kind, IdentifierKind::UrlSafeUnpaddedBase64);
    }
}
