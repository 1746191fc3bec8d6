//! Glob patterns, in which `*` matches any number of characters and `?` one character.

use std::str::Chars;

/// Returns `true` if a [glob pattern](https://spec.matrix.org/latest/appendices/#glob-style-matching) matches a text from its
/// start to its end.
///
/// The time is at most proportional to the product of both lengths, whatever the pattern is.
pub fn glob_matches(pattern: &str, text: &str) -> bool {
    matches(pattern, text, |one, other| one == other)
}

/// Returns `true` if a glob pattern matches a text from its start to its end, regardless of case.
///
/// Two characters are equal if their lowercase forms are. Otherwise the function is equal to [`glob_matches`].
pub fn glob_matches_ignoring_case(pattern: &str, text: &str) -> bool {
    matches(pattern, text, equal_ignoring_case)
}

fn equal_ignoring_case(one: char, other: char) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(&other),
        false => one == other || one.to_lowercase().eq(other.to_lowercase()),
    }
}

/// If a character does not match, only the last `*` takes another character. The texts of earlier ones can stay as short as
/// possible, because the last `*` matches whatever a longer text would leave.
fn matches(pattern: &str, text: &str, equal: fn(char, char) -> bool) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    let mut after_star: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        let (mut next_pattern, mut next_text) = (pattern.clone(), text.clone());
        match (next_pattern.next(), next_text.next()) {
            (Some('*'), _) => {
                after_star = Some((next_pattern.clone(), text.clone()));
                pattern = next_pattern;
            }
            (Some(expected), Some(found)) if expected == '?' || equal(expected, found) => {
                (pattern, text) = (next_pattern, next_text);
            }
            (None, None) => return true,
            // A longer text of `*` leaves even fewer characters for the rest of the pattern.
            (Some(_), None) => return false,
            (_, Some(_)) => {
                let Some((start_of_pattern, start_of_text)) = &mut after_star else { return false };
                start_of_text.next();
                (pattern, text) = (start_of_pattern.clone(), start_of_text.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

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
    fn hostile_pattern_takes_no_exponential_time() {
        let start = Instant::now();
        let text = "a".repeat(2_000);
        for pattern in ["a*".repeat(500) + "b", "*a".repeat(500) + "b", "?*".repeat(500) + "b*c"] {
            assert!(!glob_matches_ignoring_case(&pattern, &text));
        }
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
}
