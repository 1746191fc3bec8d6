//! Explains the syntax errors of YAML: the place to fix, the cause and the fix.

use granit_parser::{ErrorKind, Marker, ScanError};

use super::document::{DocumentError, Range};

/// The expected state of a file with invalid YAML.
pub(super) const VALID_YAML: &str = "valid YAML 1.2";

/// Returns the error of a text that the parser rejects.
pub(super) fn explain(text: &str, error: &ScanError) -> DocumentError {
    let (kind, at) = (error.kind(), *error.marker());
    let lines = Lines { text, at };
    let found = conflict(text).or_else(|| match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => lines.tab(),
        ErrorKind::MappingValueNotAllowed => Some(lines.colon()),
        ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => lines.unclosed(),
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            Some(lines.unclosed_above().unwrap_or_else(|| lines.brackets_in_text()))
        }
        ErrorKind::InvalidColonPlacement | ErrorKind::MisplacedFlowCollectionEnd => lines.unclosed_above(),
        _ => None,
    });
    let Explanation { at, cause, help } = found.unwrap_or_else(|| lines.other(kind));
    DocumentError::new(Range { start: at, end: at }, cause, VALID_YAML, help)
}

/// The place, the cause and the fix of an error.
struct Explanation {
    at: Marker,
    cause: String,
    help: String,
}

impl Explanation {
    fn new(at: Marker, cause: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, cause: cause.into(), help: help.into() }
    }
}

/// Returns the place of a column, counted from 0, in a line, counted from 1.
fn place(line: usize, column: usize) -> Marker {
    Marker::new(0, line, column)
}

/// Finds the first line of a merge conflict of git.
fn conflict(text: &str) -> Option<Explanation> {
    let line = text.lines().position(|line| line.starts_with("<<<<<<< "))?;
    let help = "choose one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`";
    Some(Explanation::new(place(line + 1, 0), "found a merge conflict", help))
}

/// The lines of a text, and the place at which the parser failed.
struct Lines<'t> {
    text: &'t str,
    at: Marker,
}

impl<'t> Lines<'t> {
    /// Returns a line, counted from 1.
    fn line(&self, number: usize) -> &'t str {
        self.text.lines().nth(number.saturating_sub(1)).unwrap_or_default()
    }

    /// Returns the line of the error, up to the error.
    fn before(&self) -> String {
        self.line(self.at.line()).chars().take(self.at.col()).collect()
    }

    /// Finds the tab. The parser may report the line before.
    fn tab(&self) -> Option<Explanation> {
        let rest = || self.text.lines().enumerate().skip(self.at.line().saturating_sub(1));
        let indentation = |line: &'t str| line.split(|character: char| !character.is_whitespace()).next();
        let indented = rest().find_map(|(index, line)| Some((index, indentation(line)?.chars().position(is_tab)?)));
        let (index, column) =
            indented.or_else(|| rest().find_map(|(index, line)| Some((index, line.chars().position(is_tab)?))))?;
        Some(Explanation::new(place(index + 1, column), "found a tab", "write spaces in place of the tab"))
    }

    /// Explains a `:` that is not allowed.
    fn colon(&self) -> Explanation {
        let before = self.before();
        let line = self.line(self.at.line());
        if let Some((key, _)) = before.split_once(": ") {
            let value = line.split_once(": ").map_or("", |(_, value)| value.trim_end());
            let quoted = format!("write `{}: {}`", key.trim_start().trim_start_matches("- "), in_quotes(value));
            let help = if is_plain(value) { quoted } else { "put the text in quotes".to_owned() };
            return Explanation::new(self.at, "found `:` in a text without quotes", help);
        }
        let above = self.at.line().saturating_sub(1);
        let text = self.line(above).trim_start();
        match text.split_once(':') {
            Some((key, value)) if is_word(key) && !value.is_empty() && !value.starts_with(' ') => {
                let column = self.line(above).chars().take_while(|character| *character != ':').count();
                let help = format!("write `{key}: {value}`");
                Explanation::new(place(above, column), "found no space after the `:` of a key", help)
            }
            _ => Explanation::new(
                self.at,
                "found a key at this indentation, after a value",
                "indent the line like the other keys of its map. If it continues the text above, put the whole text in quotes",
            ),
        }
    }

    /// Finds the last bracket before the error that is not closed.
    fn unclosed(&self) -> Option<Explanation> {
        let (line, column, bracket) = *self.open_brackets().last()?;
        let close = closing(bracket);
        let cause = format!("found `{bracket}` without `{close}`");
        let help = format!("write `{close}` at the end of the values after `{bracket}`. If `{bracket}` is part of a text, put the text in quotes");
        Some(Explanation::new(place(line, column), cause, help))
    }

    /// Finds an unclosed bracket, if the error is at the beginning of a later line.
    fn unclosed_above(&self) -> Option<Explanation> {
        let is_first = self.before().chars().all(|character| character.is_whitespace() || is_in_key(character));
        let (line, ..) = *self.open_brackets().last()?;
        if is_first && line < self.at.line() {
            self.unclosed()
        } else {
            None
        }
    }

    /// Returns the line, the column and the character of each bracket before the error that is not closed.
    fn open_brackets(&self) -> Vec<(usize, usize, char)> {
        let mut open: Vec<(usize, usize, char)> = Vec::new();
        for (index, line) in self.text.lines().enumerate().take(self.at.line()) {
            let number = index + 1;
            let end = if number == self.at.line() { self.at.col() + 1 } else { usize::MAX };
            let mut quote = None;
            let mut before = ' ';
            for (column, character) in line.chars().enumerate().take(end) {
                match (quote, character) {
                    (Some(end), character) if character == end => quote = None,
                    (Some(_), _) => {}
                    (None, '#') if before == ' ' => break,
                    (None, '\'' | '"') if !before.is_alphanumeric() => quote = Some(character),
                    (None, '[' | '{') => open.push((number, column, character)),
                    (None, ']' | '}') if open.last().is_some_and(|(.., bracket)| closing(*bracket) == character) => {
                        open.pop();
                    }
                    _ => {}
                }
                before = character;
            }
        }
        open
    }

    /// Explains a bracket or a comma in a value within brackets.
    fn brackets_in_text(&self) -> Explanation {
        let before = self.before();
        let key = before.rsplit_once(": ").map(|(key, _)| key.rsplit(['{', '[', ',']).next().unwrap_or(key).trim());
        let help = match key.filter(|key| is_word(key)) {
            Some(key) => format!("put the whole value of `{key}` in quotes: `{key}: '…'`"),
            None => "write a `,` between two values, or put the value in quotes".to_owned(),
        };
        Explanation::new(self.at, "found further text after a value in `{}` or `[]`", help)
    }

    /// Explains the other errors.
    fn other(&self, kind: &ErrorKind) -> Explanation {
        let (cause, help) = match kind {
            ErrorKind::ExpectedBlockMappingKey if !self.before().trim().is_empty() => {
                ("found further text after a value", "put the whole value in quotes, or move the text to another line")
            }
            ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidIndentation => {
                ("found a line at an indentation of its own", "indent the line like the other lines of its map or list")
            }
            ErrorKind::UnclosedQuotedScalar => {
                ("found a quotation mark without its end", "write the same quotation mark at the end of the text")
            }
            ErrorKind::InvalidTrailingSingleQuotedScalar => (
                "found further text after a text in quotes",
                "write `''` for a `'` within the text, or a `,` before the next value in `{}` or `[]`",
            ),
            ErrorKind::InvalidTrailingDoubleQuotedScalar => (
                "found further text after a text in quotes",
                "write `\\\"` for a `\"` within the text, or a `,` before the next value in `{}` or `[]`",
            ),
            ErrorKind::UnknownQuotedScalarEscape => (
                "found an unknown escape after `\\`",
                "put the text in single quotes, in which `\\` is no escape: `'…'`",
            ),
            ErrorKind::UnexpectedCharacter { character } => {
                let name = if *character == '`' { "a backtick".to_owned() } else { format!("`{character}`") };
                let cause = format!("found {name} at the beginning of a text without quotes");
                return Explanation::new(self.at, cause, "put the whole text in single quotes: `'…'`");
            }
            ErrorKind::UnknownAnchor => (
                "found an alias of an unknown anchor",
                "put a text that begins with `*` in quotes, or write the value in place of the alias",
            ),
            ErrorKind::InvalidBlockScalarHeader => (
                "found text after the `|` or `>` of a text on several lines",
                "move the text to the next line, indented more than the key, or put it in quotes",
            ),
            ErrorKind::BlockSequenceEntryNotAllowed => (
                "found a list item after a key",
                "move the item to the next line, or put a text that begins with `-` in quotes",
            ),
            ErrorKind::ExpectedDocumentStart | ErrorKind::MissingDocumentEndBeforeDirective => (
                "found a directive, which begins with `%`",
                "remove the directive, or put a text that begins with `%` in quotes",
            ),
            kind => return Explanation::new(self.at, kind.to_string(), "correct the line, or put its text in quotes"),
        };
        Explanation::new(self.at, cause, help)
    }
}

fn is_tab(character: char) -> bool {
    character == '\t'
}

fn closing(bracket: char) -> char {
    if bracket == '[' {
        ']'
    } else {
        '}'
    }
}

fn is_in_key(character: char) -> bool {
    character.is_ascii_alphanumeric() || "$-_.".contains(character)
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_in_key)
}

/// Returns `true` for a text without quotes and brackets at its beginning, and without a comment.
fn is_plain(text: &str) -> bool {
    !text.starts_with(['\'', '"', '[', '{', '|', '>', '&', '*', '!']) && !text.contains(" #")
}

fn in_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
