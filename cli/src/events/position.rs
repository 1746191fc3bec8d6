//! Lines and columns.

/// A position in a text. Lines and columns are counted from 1, and columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: u64,
    pub(crate) column: u64,
}

impl Position {
    /// The start of a text.
    pub(crate) const START: Self = Self { line: 1, column: 1 };

    /// Returns the position in the file of a line and a column in a text that begins at this position.
    pub(crate) fn within(self, line: usize, column: usize) -> Self {
        let (line, column) = (line as u64, column as u64);
        match line {
            0 | 1 => Self { line: self.line, column: (self.column + column).saturating_sub(1) },
            _ => Self { line: self.line + line - 1, column },
        }
    }

    /// Returns the position after a text that begins at this position.
    pub(crate) fn after(self, text: &[u8]) -> Self {
        // The continuation bytes of UTF-8 are not characters.
        let characters = |text: &[u8]| text.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u64;
        match text.iter().rposition(|byte| *byte == b'\n') {
            None => Self { line: self.line, column: self.column + characters(text) },
            Some(last) => {
                let (lines, rest) = text.split_at(last + 1);
                let breaks = lines.iter().filter(|byte| **byte == b'\n').count() as u64;
                Self { line: self.line + breaks, column: 1 + characters(rest) }
            }
        }
    }
}

/// A position that moves forward in a text, so that each byte is counted once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tracker<'t> {
    text: &'t [u8],
    offset: usize,
    position: Position,
}

impl<'t> Tracker<'t> {
    /// Creates a tracker at an offset of a text, whose position is known.
    pub(crate) fn new(text: &'t [u8], offset: usize, position: Position) -> Self {
        Self { text, offset, position }
    }

    /// Moves to an offset, and returns its position. An offset before the tracker has the position of the tracker.
    pub(crate) fn advance(&mut self, offset: usize) -> Position {
        self.position = self.position.after(self.text.get(self.offset..offset).unwrap_or_default());
        self.offset = self.offset.max(offset);
        self.position
    }
}

#[cfg(test)]
mod tests {
    use super::{Position, Tracker};

    #[test]
    fn positions_count_lines_and_characters() {
        let text = "aü\n\r\nx😀y".as_bytes();
        for (offset, line, column) in [(0, 1, 1), (1, 1, 2), (3, 1, 3), (4, 2, 1), (6, 3, 1), (7, 3, 2), (11, 3, 3)] {
            assert_eq!(Position::START.after(&text[..offset]), Position { line, column }, "{offset}");
        }
        let mut tracker = Tracker::new(text, 0, Position::START);
        assert_eq!(tracker.advance(7), Position { line: 3, column: 2 });
        assert_eq!(tracker.advance(11), Position { line: 3, column: 3 });
    }
}
