//! Messages that the compiler can create. A constant cannot call the formatting functions of the standard library.

/// The capacity of a message, which is more than the longest message of this module has.
const CAPACITY: usize = 192;

/// A message with a limited length.
#[derive(Clone, Copy)]
pub struct Message {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl Message {
    /// Creates a message from its first text.
    pub(super) const fn new(text: &str) -> Self {
        Self { bytes: [0; CAPACITY], length: 0 }.text(text)
    }

    /// Returns the text of the message.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    /// Adds a text. Omits a text that is too long.
    pub(super) const fn text(mut self, text: &str) -> Self {
        let mut text = text.as_bytes();
        if text.len() > CAPACITY - self.length {
            return self;
        }
        let (_, mut free) = self.bytes.split_at_mut(self.length);
        self.length += text.len();
        while let ([slot, slots @ ..], [byte, bytes @ ..]) = (free, text) {
            *slot = *byte;
            (free, text) = (slots, bytes);
        }
        self
    }

    /// Adds a character.
    pub(super) const fn character(self, character: char) -> Self {
        let mut buffer = [0; 4];
        let text: &str = character.encode_utf8(&mut buffer);
        self.text(text)
    }

    /// Adds a character in quotes. All characters but printable ASCII are escaped.
    pub(super) const fn quoted(self, character: char) -> Self {
        let message = self.text("'");
        let message = match character {
            '\0' => message.text("\\0"),
            '\t' => message.text("\\t"),
            '\n' => message.text("\\n"),
            '\r' => message.text("\\r"),
            '\'' => message.text("\\'"),
            '\\' => message.text("\\\\"),
            '\0'..='\u{1f}' | '\u{7f}'.. => message.text("\\u{").digits(character as usize, 16).text("}"),
            _ => message.character(character),
        };
        message.text("'")
    }

    /// Adds a decimal number.
    pub(super) const fn number(self, number: usize) -> Self {
        self.digits(number, 10)
    }

    const fn digits(self, number: usize, base: usize) -> Self {
        let (before, last) = (number / base, number % base);
        let message = if before > 0 { self.digits(before, base) } else { self };
        message.character(match last {
            0..=9 => (b'0' + last as u8) as char,
            _ => (b'a' + (last - 10) as u8) as char,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_is_the_text_that_std_formats() {
        for number in [0, 7, 10, 255, 65_536, usize::MAX] {
            assert_eq!(Message::new("").number(number).as_str(), number.to_string());
        }
        for character in ('\0'..='\u{7f}').filter(|one| *one != '"').chain(['\u{a0}', '\u{202e}']) {
            assert_eq!(Message::new("").quoted(character).as_str(), format!("{character:?}"));
        }
    }

    #[test]
    fn text_that_is_too_long_is_omitted() {
        let message = Message::new(&"x".repeat(CAPACITY - 1));
        assert_eq!(message.text("ab").as_str().len(), CAPACITY - 1);
        assert_eq!(message.text("a").text("b").as_str().len(), CAPACITY);
    }
}
