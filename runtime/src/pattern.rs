//! The regular expressions of the schemas: a handful of shapes, so that no engine is needed for `^@`.

/// A regular expression of ECMA-262, taken apart.
#[derive(Debug)]
pub struct Pattern {
    /// As it stands in the schema.
    pub source: &'static str,
    /// What matches it.
    pub form: Form,
}

/// The shapes that a pattern can have.
#[derive(Debug)]
pub enum Form {
    /// Every text matches.
    Any,
    /// Texts that begin with this one.
    Prefix(&'static str),
    /// This text alone.
    Exactly(&'static str),
    /// Characters of classes, one after the other.
    Atoms {
        /// The classes.
        atoms: &'static [Atom],
        /// Whether the first has to stand at the beginning.
        from_start: bool,
        /// Whether the last has to stand at the end.
        to_end: bool,
    },
}

/// Characters of one class, so and so many of them.
#[derive(Debug)]
pub struct Atom {
    /// The first and last character of each range of the class.
    pub ranges: &'static [(char, char)],
    /// How many there have to be.
    pub least: u32,
    /// How many there can be.
    pub most: u32,
}

impl Pattern {
    /// Whether the pattern is found in a text. It isn't anchored (JSON Schema 2020-12, section 6.4).
    #[inline]
    pub fn matches(&self, text: &str) -> bool {
        match &self.form {
            Form::Any => true,
            Form::Prefix(prefix) => match prefix.as_bytes() {
                [sigil] => text.as_bytes().first() == Some(sigil),
                _ => text.starts_with(prefix),
            },
            Form::Exactly(exact) => text == *exact,
            Form::Atoms { atoms, from_start, to_end } => found(atoms, *from_start, *to_end, text),
        }
    }
}

fn found(atoms: &[Atom], from_start: bool, to_end: bool, text: &str) -> bool {
    if from_start {
        return fits(atoms, to_end, text);
    }
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.into_iter().any(|at| fits(atoms, to_end, text.get(at..).unwrap_or_default()))
}

/// Whether the atoms fit the beginning of a text. Of each, one more character is taken as long as what is left doesn't
/// fit the others.
fn fits(atoms: &[Atom], to_end: bool, text: &str) -> bool {
    let Some((atom, others)) = atoms.split_first() else { return !to_end || text.is_empty() };
    let is_in = |character: char| atom.ranges.iter().any(|(first, last)| (*first..=*last).contains(&character));
    let mut left = text.chars();
    let mut taken = 0;
    loop {
        if taken >= atom.least && fits(others, to_end, left.as_str()) {
            return true;
        }
        match left.next() {
            Some(character) if taken < atom.most && is_in(character) => taken += 1,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: Atom = Atom { ranges: &[('a', 'z')], least: 1, most: 3 };
    const DIGITS: Atom = Atom { ranges: &[('0', '9')], least: 0, most: u32::MAX };
    const COLON: Atom = Atom { ranges: &[(':', ':')], least: 1, most: 1 };

    fn matches(atoms: &'static [Atom], from_start: bool, to_end: bool, text: &str) -> bool {
        Pattern { source: "", form: Form::Atoms { atoms, from_start, to_end } }.matches(text)
    }

    #[test]
    fn counts_and_anchors() {
        static WORD: &[Atom] = &[LETTER];
        for (text, from_start, to_end, expected) in [
            ("abc", true, true, true),
            ("abcd", true, true, false),
            ("abcd", true, false, true),
            ("1abc", false, true, true),
            ("", true, true, false),
            ("1", false, false, false),
            ("abc\n", true, true, false),
        ] {
            assert_eq!(matches(WORD, from_start, to_end, text), expected, "{text:?}");
        }
    }

    #[test]
    fn takes_fewer_where_the_next_needs_one() {
        static LETTERS: &[Atom] = &[LETTER, LETTER, DIGITS, COLON];
        assert!(matches(LETTERS, true, true, "ab:"));
        assert!(matches(LETTERS, true, true, "abcdef12:"));
        assert!(!matches(LETTERS, true, true, "a12:"));
        assert!(!matches(LETTERS, true, true, "abcdefg:"));
        assert!(matches(LETTERS, false, true, "abcdefg:"));
    }
}
