//! Parses regular expressions, so that the validators require no regular expression engine. A pattern consists of characters and
//! character classes with counts, between an optional `^` and an optional `$`. All other syntax of ECMA-262 is an error.

use std::iter::Peekable;
use std::str::Chars;

use crate::diagnostics::{Diagnostic, Origin};
use crate::ir::constraints::{Atom, Regex};

/// Parses a valid pattern of ECMA-262.
pub(super) fn parse(source: &str, origin: &Origin) -> Result<Regex, Diagnostic> {
    let parsed = Parser { rest: source.chars().peekable() }.pattern(source);
    parsed.ok_or_else(|| {
        Diagnostic::at(origin, format!("unsupported pattern `{source}`"))
            .expected("characters and character classes with counts, between `^` and `$`, without groups, alternatives and assertions")
            .help("rewrite the pattern").or_in_generator("support it in codegen/src/constraints/pattern.rs and runtime/src/pattern.rs")
    })
}

struct Parser<'s> {
    rest: Peekable<Chars<'s>>,
}

/// The characters that `.` matches: all characters except for line terminators.
const NO_LINE_END: [(char, char); 4] =
    [('\0', '\u{9}'), ('\u{b}', '\u{c}'), ('\u{e}', '\u{2027}'), ('\u{202a}', char::MAX)];

impl Parser<'_> {
    fn pattern(mut self, source: &str) -> Option<Regex> {
        let from_start = self.rest.next_if_eq(&'^').is_some();
        let mut atoms = Vec::new();
        let mut to_end = false;
        while let Some(character) = self.rest.next() {
            if character == '$' {
                to_end = true;
                break;
            }
            let ranges = self.class(character)?;
            let (least, most) = self.count()?;
            atoms.push(Atom { ranges, least, most });
        }
        self.rest.next().is_none().then(|| Regex { source: source.to_owned(), from_start, to_end, atoms })
    }

    fn class(&mut self, character: char) -> Option<Vec<(char, char)>> {
        match character {
            '\\' => self.escaped(),
            '.' => Some(NO_LINE_END.to_vec()),
            '[' => self.bracketed(),
            '^' | '(' | ')' | '|' | '*' | '+' | '?' | '{' | '}' | ']' => None,
            plain => Some(vec![(plain, plain)]),
        }
    }

    /// Parses the class of an escape.
    fn escaped(&mut self) -> Option<Vec<(char, char)>> {
        let one = |character| Some(vec![(character, character)]);
        match self.rest.next()? {
            'd' => Some(vec![('0', '9')]),
            'w' => Some(vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
            't' => one('\t'),
            'n' => one('\n'),
            'r' => one('\r'),
            'x' => one(self.code(2)?),
            'u' => one(self.code(4)?),
            other if !other.is_alphanumeric() => one(other),
            _ => None,
        }
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let digits: String = (0..digits).map_while(|_| self.rest.next_if(char::is_ascii_hexdigit)).collect();
        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
    }

    fn bracketed(&mut self) -> Option<Vec<(char, char)>> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        loop {
            let first = match self.rest.next()? {
                ']' => break,
                '\\' => self.escaped()?,
                plain => vec![(plain, plain)],
            };
            let [(start, end)] = first[..] else {
                ranges.extend(first);
                continue;
            };
            let mut ahead = self.rest.clone();
            let is_range = start == end && ahead.next() == Some('-') && ahead.next() != Some(']');
            if !is_range {
                ranges.push((start, end));
                continue;
            }
            self.rest.next();
            let last = match self.rest.next()? {
                '\\' => self.escaped()?,
                plain => vec![(plain, plain)],
            };
            let [(last, _)] = last[..] else { return None };
            ranges.push((start, last));
        }
        Some(if negated { complement(ranges) } else { ranges })
    }

    /// Parses the count after a class. Lazy counts such as `+?` are equivalent, because only the existence of a match counts.
    fn count(&mut self) -> Option<(u32, Option<u32>)> {
        let count = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let inner: String = self.rest.by_ref().skip(1).take_while(|character| *character != '}').collect();
                let count = match inner.split_once(',') {
                    None => (inner.parse().ok()?, Some(inner.parse().ok()?)),
                    Some((least, "")) => (least.parse().ok()?, None),
                    Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
                };
                self.rest.next_if_eq(&'?');
                return Some(count);
            }
            _ => return Some((1, Some(1))),
        };
        self.rest.next();
        self.rest.next_if_eq(&'?');
        Some(count)
    }
}

fn complement(mut ranges: Vec<(char, char)>) -> Vec<(char, char)> {
    ranges.sort_unstable();
    let mut outside = Vec::new();
    let mut next = Some('\0');
    for (first, last) in ranges {
        if let Some(next) = next.filter(|next| *next < first) {
            outside.extend((next..first).next_back().map(|before| (next, before)));
        }
        let behind = (last..=char::MAX).nth(1);
        next = next.and_then(|next| Some(next.max(behind?)));
    }
    outside.extend(next.map(|next| (next, char::MAX)));
    outside
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns `true` if a text matches, by trying every start and every count.
    fn matches(pattern: &Regex, text: &[char]) -> bool {
        fn from(atoms: &[Atom], text: &[char], to_end: bool) -> bool {
            let Some((atom, rest)) = atoms.split_first() else { return !to_end || text.is_empty() };
            let is_in = |character: &char| atom.ranges.iter().any(|(a, z)| (a..=z).contains(&character));
            let run = text.iter().take_while(|character| is_in(character)).count();
            let most = atom.most.map_or(run, |most| run.min(most as usize));
            (atom.least as usize..=most).any(|taken| from(rest, &text[taken..], to_end))
        }
        let starts = if pattern.from_start { 0..=0 } else { 0..=text.len() };
        starts.into_iter().any(|start| from(&pattern.atoms, &text[start..], pattern.to_end))
    }

    #[test]
    fn supported_pattern_matches_as_a_regex_engine_does() {
        let patterns = [
            "^@",
            "^$",
            "",
            "$",
            "^mxc:\\/\\/",
            "^[A-Za-z0-9_-]{1,100}$",
            "^[\\x20-\\x7E]+$",
            "^geo:",
            "a+b?c*",
            "[^a-c]x{2}",
            "^.{2,}$",
            "\\d\\w[\\d-]",
            "^[^@:]*:",
            "[\\u0041-Z]{0,1}-$",
        ];
        let texts = [
            "",
            "@",
            "@a",
            "a@",
            "mxc://",
            "mxc:/",
            "amxc://",
            "geo:1",
            "abc",
            "abbc",
            "c",
            "dxx",
            "axx",
            "\n",
            "a\nb",
            "é",
            "é:",
            "1a-",
            "12",
            "A-",
            "-",
            "a b~",
            "\u{1}",
            "x\u{2028}y",
            "AZaz09_-",
        ];
        for source in patterns {
            let ours = parse(source, &Origin::default()).expect("within what is understood");
            let engine = regress::Regex::with_flags(source, "u").expect("a pattern of ECMA-262");
            for text in texts {
                let characters: Vec<char> = text.chars().collect();
                assert_eq!(matches(&ours, &characters), engine.find(text).is_some(), "`{source}` on {text:?}");
            }
        }
    }

    #[test]
    fn unsupported_pattern_is_an_error() {
        for source in ["a|b", "(a)", "^(?!x)", "a$b", "x^", "\\bword", "\\p{L}"] {
            assert!(parse(source, &Origin::default()).is_err(), "`{source}`");
        }
    }
}
