//! Syntax errors of JSON texts.

use std::fmt;

use crate::__private::serde::de::IgnoredAny;

/// The start of the parser's message about a control character in a string.
const CONTROL_CHARACTER: &str = "control character";

/// A syntax error in a JSON text.
///
/// ```
/// use matrix_events::tools::SyntaxError;
///
/// let error = SyntaxError::find(br#"{"type": x}"#).expect("a syntax error");
/// assert_eq!((error.to_string().as_str(), error.offset), ("invalid JSON: expected value", 9));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The description, without the position.
    pub message: String,
    /// The offset of the error in bytes.
    pub offset: usize,
    /// `true` if the text ends in a value.
    pub is_incomplete: bool,
}

impl SyntaxError {
    /// Returns the first syntax error of a text with one JSON value, or `None` if the text has none.
    pub fn find(text: &[u8]) -> Option<Self> {
        if let Err(error) = std::str::from_utf8(text) {
            return Some(Self {
                message: "invalid UTF-8".to_owned(),
                offset: error.valid_up_to(),
                is_incomplete: false,
            });
        }
        serde_json::from_slice::<IgnoredAny>(text).err().map(|error| Self::of(text, &error))
    }

    /// Converts an error of the parser.
    pub(super) fn of(text: &[u8], error: &serde_json::Error) -> Self {
        let mut starts = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let start = error.line().checked_sub(2).map_or(Some(0), |before| starts.nth(before)).unwrap_or(text.len());
        let is_incomplete = error.is_eof();
        // The column of an incomplete text is that of its last byte.
        let offset = match is_incomplete {
            true => text.len(),
            false => (start + error.column()).saturating_sub(1),
        };
        let position = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        let message = message.strip_suffix(&position).unwrap_or(&message);
        // The column of a control character in a string is that of the character before.
        let offset = offset + usize::from(message.starts_with(CONTROL_CHARACTER) && !is_control(text, offset));
        let message = match text.get(offset..) {
            Some(rest) if rest.starts_with("\u{feff}".as_bytes()) => "a byte order mark is inside of the text",
            _ => message,
        };
        Self { message: message.to_owned(), offset, is_incomplete }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid JSON: {}", self.message)
    }
}

impl std::error::Error for SyntaxError {}

fn is_control(text: &[u8], offset: usize) -> bool {
    text.get(offset).is_some_and(|byte| *byte < b' ')
}

/// Returns the first syntax error of a text with any number of values.
pub(super) fn find_in_values(text: &str) -> Option<SyntaxError> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let error = values.find_map(Result::err)?;
    Some(SyntaxError::of(text.as_bytes(), &error))
}

#[cfg(test)]
mod tests {
    use super::SyntaxError;

    #[test]
    fn syntax_errors_have_a_message_and_an_offset() {
        for (text, message, offset) in [
            ("{\"a\": 1,}", "key must be a string", 8),
            ("{\"a\"\n 1}", "expected `:`", 6),
            ("[1,\n\n  x]", "expected value", 7),
            ("{\"a\": [1", "EOF while parsing a list", 8),
            ("{} {}", "trailing characters", 3),
            ("\u{feff}{}", "a byte order mark is inside of the text", 0),
            ("\"a\tb\"", "control character (\\u0000-\\u001F) found while parsing a string", 2),
            ("\"\u{1}\"", "control character (\\u0000-\\u001F) found while parsing a string", 1),
            ("{\"\n\": 1}", "control character (\\u0000-\\u001F) found while parsing a string", 2),
            ("\"a\t\tb\"", "control character (\\u0000-\\u001F) found while parsing a string", 2),
            ("\"a\\qb\"", "invalid escape", 3),
            ("\"\\u12g4\"", "invalid escape", 6),
            ("[01]", "invalid number", 2),
            ("[1.]", "invalid number", 3),
            ("[tru]", "expected ident", 4),
        ] {
            let error = SyntaxError::find(text.as_bytes()).unwrap_or_else(|| panic!("{text} is invalid"));
            assert_eq!((error.message.as_str(), error.offset), (message, offset), "{text}");
        }
        assert_eq!(
            SyntaxError::find(b"{\"a\": \"\xff\"}").map(|error| (error.message, error.offset)),
            Some(("invalid UTF-8".into(), 7))
        );
        assert_eq!(SyntaxError::find(b" {\"a\": 1e400} "), None);
    }
}
