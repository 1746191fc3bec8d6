//! Parses YAML and JSON to events. JSON is parsed as YAML after `serde_json` has checked its grammar.

use granit_parser::{options, Event, Marker, Options, Parser, Span};
use serde::de::IgnoredAny;

use super::advice::{explain, VALID_YAML};
use super::document::{DocumentError, Range};

/// Parses YAML.
pub(super) fn yaml(text: &str) -> Result<Vec<(Event<'_>, Span)>, DocumentError> {
    if let Some((character, at)) = control_character(text) {
        let cause = format!("found the control character U+{:04X}", u32::from(character));
        return Err(DocumentError::new(Range { start: at, end: at }, cause, VALID_YAML, "remove the character"));
    }
    // libyaml, which most programs use for the files of the specification, accepts the same.
    events(text, options! { bom_inside_document_as_content: true, block_scalar_eof_without_line_feed: true })
}

/// Parses JSON.
pub(super) fn json(text: &str) -> Result<Vec<(Event<'_>, Span)>, DocumentError> {
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
        let message = error.to_string();
        let cause = message.split(" at line ").next().unwrap_or_default();
        let at = Marker::new(0, error.line(), column(text, &error));
        let help =
            "correct the text before or at this place: JSON has double quotes around each key and string, a `,` \
                    between two values, none after the last, and no comments";
        DocumentError::new(Range { start: at, end: at }, cause, "valid JSON (RFC 8259)", help)
    })?;
    events(text, options! { simple_key_max_lookahead: usize::MAX })
}

fn events(text: &str, options: Options) -> Result<Vec<(Event<'_>, Span)>, DocumentError> {
    let parser = Parser::new_from_str_with_options(text, options);
    parser.map(|event| event.map_err(|error| explain(text, &error))).collect()
}

/// Returns the column of an error in characters, counted from 0. `serde_json` counts bytes from 1.
fn column(text: &str, error: &serde_json::Error) -> usize {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    line.char_indices().filter(|(index, _)| index + 1 < error.column()).count()
}

/// Finds the first character that YAML does not allow. The parser finds such characters only outside of comments.
fn control_character(text: &str) -> Option<(char, Marker)> {
    let is_control = |character: char| !is_printable(character);
    let (line, content) = text.split('\n').enumerate().find(|(_, content)| content.contains(is_control))?;
    let (column, character) = content.chars().enumerate().find(|(_, character)| is_control(*character))?;
    Some((character, Marker::new(0, line + 1, column)))
}

/// Returns `true` for a character of `c-printable` in YAML 1.2, except for the byte order mark.
fn is_printable(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::control_character;

    #[test]
    fn control_character_has_a_line_and_a_column() {
        let found = |text| control_character(text).map(|(character, at)| (character, at.line(), at.col() + 1));
        assert_eq!(found("a: 1\nb: \u{e9}\u{0}\n"), Some(('\0', 2, 5)));
        assert_eq!(found("a: \u{7f}"), Some(('\u{7f}', 1, 4)));
        assert_eq!(found("a: \u{85}\u{a0}\u{1f600}\t\r"), None);
    }
}
