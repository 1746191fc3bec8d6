//! The regular expressions of the schemas. They have few forms, so no regular expression engine is needed.

/// A regular expression of ECMA-262, parsed by the generator.
#[derive(Debug)]
pub struct Regex {
    /// The text in the schema.
    pub source: &'static str,
    /// The parsed form.
    pub form: RegexForm,
}

/// The forms that a regular expression can have.
#[derive(Debug)]
pub enum RegexForm {
    /// Every text matches.
    Any,
    /// A text that begins with this prefix matches.
    Prefix(&'static str),
    /// Only this text matches.
    Exactly(&'static str),
    /// A text with a sequence of characters of these classes matches.
    Atoms {
        /// The character classes, in order.
        atoms: &'static [Atom],
        /// `true` if the match has to start at the start of the text.
        from_start: bool,
        /// `true` if the match has to end at the end of the text.
        to_end: bool,
    },
}

/// A character class with the minimum and the maximum number of characters.
#[derive(Debug)]
pub struct Atom {
    /// The first and last character of each range of the class.
    pub ranges: &'static [(char, char)],
    /// The minimum number of characters.
    pub least: u32,
    /// The maximum number of characters.
    pub most: u32,
}

/// Creates a character class with a minimum and a maximum number of characters.
pub const fn atom(ranges: &'static [(char, char)], least: u32, most: u32) -> Atom {
    Atom { ranges, least, most }
}

impl Regex {
    /// Creates a regular expression that every text matches.
    pub const fn any(source: &'static str) -> Self {
        Self { source, form: RegexForm::Any }
    }

    /// Creates a regular expression that matches a prefix.
    pub const fn prefix(source: &'static str, prefix: &'static str) -> Self {
        Self { source, form: RegexForm::Prefix(prefix) }
    }

    /// Creates a regular expression that matches one text.
    pub const fn exactly(source: &'static str, text: &'static str) -> Self {
        Self { source, form: RegexForm::Exactly(text) }
    }

    /// Creates a regular expression that matches a sequence of character classes.
    pub const fn atoms(source: &'static str, atoms: &'static [Atom], from_start: bool, to_end: bool) -> Self {
        Self { source, form: RegexForm::Atoms { atoms, from_start, to_end } }
    }

    /// Returns `true` if a text contains a match. Patterns are not anchored (JSON Schema 2020-12, section 6.4).
    #[inline]
    pub fn matches(&self, text: &str) -> bool {
        match &self.form {
            RegexForm::Any => true,
            RegexForm::Prefix(prefix) => match prefix.as_bytes() {
                [sigil] => text.as_bytes().first() == Some(sigil),
                _ => text.starts_with(prefix),
            },
            RegexForm::Exactly(exact) => text == *exact,
            RegexForm::Atoms { atoms, from_start, to_end } => found(atoms, *from_start, *to_end, text),
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

/// Returns `true` if the atoms match the beginning of a text. Each atom takes another character as long as the rest of the
/// text does not match the other atoms.
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

    const LETTER: Atom = atom(&[('a', 'z')], 1, 3);
    const DIGITS: Atom = atom(&[('0', '9')], 0, u32::MAX);
    const COLON: Atom = atom(&[(':', ':')], 1, 1);

    fn matches(atoms: &'static [Atom], from_start: bool, to_end: bool, text: &str) -> bool {
        Regex::atoms("", atoms, from_start, to_end).matches(text)
    }

    #[test]
    fn anchored_pattern_limits_the_count() {
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
    fn pattern_backtracks_for_the_next_atom() {
        static LETTERS: &[Atom] = &[LETTER, LETTER, DIGITS, COLON];
        assert!(matches(LETTERS, true, true, "ab:"));
        assert!(matches(LETTERS, true, true, "abcdef12:"));
        assert!(!matches(LETTERS, true, true, "a12:"));
        assert!(!matches(LETTERS, true, true, "abcdefg:"));
        assert!(matches(LETTERS, false, true, "abcdefg:"));
    }
}
