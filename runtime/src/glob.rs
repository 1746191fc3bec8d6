//! Glob patterns, in which `*` matches any number of characters and `?` one character.

use std::str::Chars;

/// Returns `true` if a [glob pattern](https://spec.matrix.org/latest/appendices/#glob-style-matching) matches a text from its
/// start to its end.
///
/// The time is at most proportional to the product of both lengths, whatever the pattern is.
pub fn glob_matches(pattern: &str, text: &str) -> bool {
    Matching { equal: |one, other| one == other, has_wildcards: true, by_words: false }.matches(pattern, text)
}

/// Returns `true` if a glob pattern matches a text from its start to its end, regardless of case.
///
/// Two characters are equal if their lowercase forms or their uppercase forms are. Otherwise the function is equal to
/// [`glob_matches`].
pub fn glob_matches_ignoring_case(pattern: &str, text: &str) -> bool {
    Matching { equal: equal_ignoring_case, has_wildcards: true, by_words: false }.matches(pattern, text)
}

/// Returns `true` if a glob pattern matches a part of a text that starts and ends at a
/// [word boundary](https://spec.matrix.org/latest/client-server-api/#push-rules), regardless of case.
pub fn glob_matches_words(pattern: &str, text: &str) -> bool {
    Matching { equal: equal_ignoring_case, has_wildcards: true, by_words: true }.matches(pattern, text)
}

/// Returns `true` if a text contains other words, regardless of case. A `*` in the words has no special meaning.
pub fn contains_words(words: &str, text: &str) -> bool {
    Matching { equal: equal_ignoring_case, has_wildcards: false, by_words: true }.matches(words, text)
}

fn equal_ignoring_case(one: char, other: char) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(&other),
        // The two lowercase forms of a Greek sigma have one uppercase form.
        false => {
            one == other || one.to_lowercase().eq(other.to_lowercase()) || one.to_uppercase().eq(other.to_uppercase())
        }
    }
}

/// A way to match patterns.
struct Matching {
    equal: fn(char, char) -> bool,
    has_wildcards: bool,
    /// If this is `true`, a part of the text between word boundaries matches. Otherwise the whole text has to match.
    by_words: bool,
}

impl Matching {
    /// If a character does not match, only the last `*` takes another character. The texts of earlier ones can stay as short as
    /// possible, because the last `*` matches whatever a longer text would leave.
    ///
    /// With `by_words`, the text before the match is that of a first `*`, which ends at a word boundary.
    fn matches(&self, pattern: &str, text: &str) -> bool {
        let whole = text;
        let (mut pattern, mut text) = (pattern.chars(), text.chars());
        let mut after_star =
            self.by_words.then(|| Star { pattern: pattern.clone(), text: text.clone(), is_first: true });
        loop {
            let (mut next_pattern, mut next_text) = (pattern.clone(), text.clone());
            match (next_pattern.next(), next_text.next()) {
                (Some('*'), _) if self.has_wildcards => {
                    after_star = Some(Star { pattern: next_pattern.clone(), text: text.clone(), is_first: false });
                    pattern = next_pattern;
                    continue;
                }
                (Some(expected), Some(found)) if self.is_match(expected, found) => {
                    (pattern, text) = (next_pattern, next_text);
                    continue;
                }
                // A longer text of `*` leaves even fewer characters for the rest of the pattern.
                (Some(_), None) => return false,
                (None, None) => return true,
                (None, Some(_)) if self.by_words && is_word_boundary(whole, &text) => return true,
                (_, Some(_)) => {}
            }
            let Some(star) = &mut after_star else { return false };
            star.lengthen(whole);
            (pattern, text) = (star.pattern.clone(), star.text.clone());
        }
    }

    fn is_match(&self, expected: char, found: char) -> bool {
        (self.has_wildcards && expected == '?') || (self.equal)(expected, found)
    }
}

/// The last `*`: the pattern after the `*`, and the text after the text that it matches.
struct Star<'a> {
    pattern: Chars<'a>,
    text: Chars<'a>,
    /// `true` for the text before the match.
    is_first: bool,
}

impl Star<'_> {
    /// Matches one more character, or as many as there are up to the next word boundary.
    fn lengthen(&mut self, whole: &str) {
        self.text.next();
        while self.is_first && !is_word_boundary(whole, &self.text) {
            self.text.next();
        }
    }
}

/// Returns `true` at the start and at the end of a text, and next to a character that no word contains.
fn is_word_boundary(whole: &str, rest: &Chars<'_>) -> bool {
    let is_in_word = |character: Option<char>| character.is_some_and(|it| it.is_ascii_alphanumeric() || it == '_');
    let start = whole.len().saturating_sub(rest.as_str().len());
    let before = whole.get(..start).and_then(|before| before.chars().next_back());
    !is_in_word(before) || !is_in_word(rest.clone().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn star_and_question_mark_are_wildcards() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "anything", true),
            ("**", "", true),
            ("?", "", false),
            ("?", "é", true),
            ("?", "ab", false),
            ("??*", "a", false),
            ("*?*", "a", true),
            ("seed*", "seedling", true),
            ("seed*", "a seed", false),
            ("*.example.org", "a.b.example.org", true),
            ("*.example.org", "example.org", false),
            ("a*b*c", "abcbc", true),
            ("a*b*c", "abcb", false),
            ("*ab", "aab", true),
            ("a?c", "a?c", true),
            ("[a]", "a", false),
            (r"\*", r"\a", true),
            ("ab", "AB", false),
        ] {
            assert_eq!(glob_matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn case_of_all_scripts_is_ignored() {
        for (pattern, text, expected) in [
            ("EXAMPLE.org", "example.ORG", true),
            ("é*", "Été", true),
            ("σ", "Σ", true),
            ("\u{212a}", "k", true),
            ("ß", "SS", false),
            ("a", "b", false),
        ] {
            assert_eq!(glob_matches_ignoring_case(pattern, text), expected, "{pattern} {text}");
        }
    }

    /// Returns all texts of up to `length` characters of an alphabet.
    fn texts(alphabet: &str, length: usize) -> Vec<String> {
        let mut texts = vec![String::new()];
        let mut last = texts.clone();
        for _ in 0..length {
            last = last.iter().flat_map(|text| alphabet.chars().map(move |next| format!("{text}{next}"))).collect();
            texts.extend(last.iter().cloned());
        }
        texts
    }

    /// Matches by definition, with a recursion for each text of `*`.
    fn by_definition(pattern: &str, text: &str) -> bool {
        let mut rest = pattern.chars();
        match rest.next() {
            None => text.is_empty(),
            Some('*') => (0..=text.len()).any(|taken| by_definition(rest.as_str(), &text[taken..])),
            Some(expected) => text.chars().next().is_some_and(|found| {
                (expected == '?' || expected == found) && by_definition(rest.as_str(), &text[found.len_utf8()..])
            }),
        }
    }

    #[test]
    fn short_patterns_match_by_definition() {
        let inputs = texts("ab", 6);
        for pattern in texts("ab*?", 5) {
            for text in &inputs {
                assert_eq!(glob_matches(&pattern, text), by_definition(&pattern, text), "{pattern} {text}");
            }
        }
    }

    #[test]
    fn pattern_of_words_starts_and_ends_at_word_boundaries() {
        for (pattern, text, expected) in [
            ("ex*ple", "An example event.", true),
            ("ex*ple", "exple", true),
            ("ex*ple", "An exciting triple-whammy", true),
            ("ex*ple", "An Example", true),
            ("ex*ple", "examples", false),
            ("ex*ple", "unexample", false),
            ("ex*ple", "examples example", true),
            ("cake", "cake_walk", false),
            ("cake", "cakes, cake", true),
            ("cake", "pancake cakes", false),
            ("cake", "\u{e9}cake\u{e9}", true),
            ("@room", "hello@room!", true),
            ("@room", "hello @rooms", false),
            ("@room", "@rooms@room", true),
            ("aa", "aaa aa", true),
            ("a a", "aa a a", true),
            ("?", "ab", false),
            ("??", "ab", true),
            ("*", "", true),
            ("", "", true),
            ("", "ab", true),
            ("*b", "ab", true),
            ("b*", "ab", false),
            ("a*", "ab", true),
            ("a*b", "a\nb", true),
            ("\u{3c3}", "\u{3c2}", true),
        ] {
            assert_eq!(glob_matches_words(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn words_without_wildcards_are_literal() {
        for (words, text, expected) in [
            ("Lev", "lev: hi", true),
            ("Lev", "level", false),
            ("*", "level", false),
            ("*", "a * b", true),
            ("L?v", "lev", false),
            ("Lev T.", "hi lev t., hi", true),
        ] {
            assert_eq!(contains_words(words, text), expected, "{words} {text}");
        }
    }

    #[test]
    fn short_patterns_match_words_by_definition() {
        let inputs = texts("ab-", 5);
        let is_boundary = |text: &str, at: usize| is_word_boundary(text, &text[at..].chars());
        for pattern in texts("a-*?", 4) {
            for text in &inputs {
                let starts = (0..=text.len()).filter(|start| is_boundary(text, *start));
                let mut parts = starts.flat_map(|start| (start..=text.len()).map(move |end| (start, end)));
                let expected =
                    parts.any(|(start, end)| is_boundary(text, end) && by_definition(&pattern, &text[start..end]));
                assert_eq!(glob_matches_words(&pattern, text), expected, "{pattern} {text}");
            }
        }
    }

    #[test]
    fn hostile_pattern_takes_no_exponential_time() {
        // With backtracking, this would not end.
        let text = "a".repeat(2_000);
        for pattern in ["a*".repeat(500) + "b", "*a".repeat(500) + "b", "?*".repeat(500) + "b*c"] {
            assert!(!glob_matches_ignoring_case(&pattern, &text));
            assert!(!glob_matches_words(&pattern, &text));
        }
        assert!(!glob_matches_words(&("a".repeat(500) + "b"), &"a ".repeat(2_000)));
        assert!(!contains_words(&"a ".repeat(500), &"a ".repeat(200)));
    }
}
