//! JSON of any size, number and string, to compare texts with.

use std::collections::BTreeMap;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnyJson {
    /// `null`, `true` or `false`.
    Word(String),
    /// The sign of a number, its digits without zeros at both ends, and the power of ten of the last digit.
    Number(bool, String, i128),
    /// The code units of a string.
    String(Vec<u16>),
    /// The elements of an array.
    Array(Vec<AnyJson>),
    /// The members of an object. The last of several members with one key counts.
    Object(BTreeMap<Vec<u16>, AnyJson>),
}

impl AnyJson {
    /// Parses a text that is JSON.
    ///
    /// # Panics
    ///
    /// Panics if the text is not JSON.
    pub fn new(text: &str) -> Self {
        let mut rest = Rest(text.trim_start_matches(SPACE));
        let value = rest.value();
        assert_eq!(rest.0, "", "the text ends after the value");
        value
    }
}

const SPACE: [char; 4] = [' ', '\n', '\r', '\t'];

/// The rest of a text, without white space at the start.
struct Rest<'t>(&'t str);

impl Rest<'_> {
    /// Moves past a token, if the text begins with it.
    fn take(&mut self, token: &str) -> bool {
        match self.0.strip_prefix(token) {
            Some(rest) => {
                self.0 = rest.trim_start_matches(SPACE);
                true
            }
            None => false,
        }
    }

    fn value(&mut self) -> AnyJson {
        if self.take("[") {
            AnyJson::Array(self.separated("]", Self::value))
        } else if self.take("{") {
            let member = |rest: &mut Self| {
                let key = rest.string();
                assert!(rest.take(":"), "expected `:` at {}", rest.0);
                (key, rest.value())
            };
            AnyJson::Object(self.separated("}", member).into_iter().collect())
        } else if self.0.starts_with('"') {
            AnyJson::String(self.string())
        } else if let Some(word) = ["null", "true", "false"].into_iter().find(|word| self.take(word)) {
            AnyJson::Word(word.to_owned())
        } else {
            self.number()
        }
    }

    fn separated<T>(&mut self, end: &str, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        while !self.take(end) {
            assert!(items.is_empty() || self.take(","), "expected `,` at {}", self.0);
            items.push(item(self));
        }
        items
    }

    fn string(&mut self) -> Vec<u16> {
        let mut units = Vec::new();
        let mut rest = self.0.strip_prefix('"').unwrap_or_else(|| panic!("expected a string at {}", self.0)).chars();
        loop {
            match rest.next().expect("a quote at the end") {
                '"' => break,
                '\\' => {
                    let character = match rest.next().expect("an escape") {
                        'u' => {
                            let (code, after) = rest.as_str().split_at(4);
                            units.push(u16::from_str_radix(code, 16).expect("four digits"));
                            rest = after.chars();
                            continue;
                        }
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        other => other,
                    };
                    units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
                }
                character => units.extend_from_slice(character.encode_utf16(&mut [0; 2])),
            }
        }
        self.0 = rest.as_str().trim_start_matches(SPACE);
        units
    }

    fn number(&mut self) -> AnyJson {
        let end = self.0.find(|character: char| !"+-.eE0123456789".contains(character)).unwrap_or(self.0.len());
        let (number, rest) = self.0.split_at(end);
        self.0 = rest.trim_start_matches(SPACE);
        assert_ne!(number, "", "expected a value at {rest}");
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{integer}{fraction}");
        let digits = all.trim_start_matches('-').trim_start_matches('0');
        let significant = digits.trim_end_matches('0');
        let places = (digits.len() - significant.len()) as i128 - fraction.len() as i128;
        // Exponents beyond an `i128` compare equal.
        let exponent = exponent.parse().unwrap_or(i128::MAX / 2);
        let exponent = if significant.is_empty() { 0 } else { i128::saturating_add(exponent, places) };
        AnyJson::Number(number.starts_with('-'), significant.to_owned(), exponent)
    }
}
