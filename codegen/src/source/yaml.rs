//! What the reader of YAML leaves to its users: places that it doesn't tell, and merge keys, which it takes for any other.

use crate::diagnostics::Origin;
use crate::node::Node;

/// What is wrong and where, for the mistakes that the reader gives no line, or the first of the file.
pub(super) fn position(message: &str, text: &str) -> Option<(String, (usize, usize))> {
    if message.starts_with("control characters are not allowed") {
        let (character, position) = control_character(text)?;
        return Some((format!("the control character U+{:04X}", u32::from(character)), position));
    }
    if message.contains("more than one document") {
        return Some((
            "more than one document, of which the second begins here".to_owned(),
            (second_document(text)?, 1),
        ));
    }
    None
}

/// The first character that YAML doesn't have.
fn control_character(text: &str) -> Option<(char, (usize, usize))> {
    for (line, content) in text.split('\n').enumerate() {
        if let Some((column, character)) = content.chars().enumerate().find(|(_, character)| !is_printable(*character))
        {
            return Some((character, (line + 1, column + 1)));
        }
    }
    None
}

/// `c-printable` of the specification of YAML, without the byte order mark.
fn is_printable(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The line that a second document begins with. What marks it stands at the beginning of a line and nowhere else does.
fn second_document(text: &str) -> Option<usize> {
    let (mut has_begun, mut has_ended) = (false, false);
    for (index, line) in text.lines().enumerate() {
        let is_marker = |marker: &str| {
            line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        if is_marker("...") {
            has_ended = has_begun;
        } else if is_marker("---") {
            if has_begun {
                return Some(index + 1);
            }
            has_begun = true;
        } else if !line.trim_start().is_empty() && !line.trim_start().starts_with('#') && !line.starts_with('%') {
            if has_ended {
                return Some(index + 1);
            }
            has_begun = true;
        }
    }
    None
}

/// The first `<<` among the keys of a document.
pub(super) fn merge_key(node: &Node, origin: &Origin) -> Option<Origin> {
    match node {
        Node::Map(entries) => entries.iter().find_map(|(key, node)| {
            let origin = origin.child(key);
            if key == "<<" {
                return Some(origin);
            }
            merge_key(node, &origin)
        }),
        Node::List(list) => {
            list.iter().enumerate().find_map(|(index, node)| merge_key(node, &origin.child(&index.to_string())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{control_character, second_document};

    #[test]
    fn a_second_document_has_a_line() {
        for (text, line) in [
            ("a: 1\n---\nb: 2\n", Some(2)),
            ("# head\n%YAML 1.2\n---\na: 1\n--- {b: 2}\n", Some(5)),
            ("a: 1\n...\n# nothing yet\nb: 2\n", Some(4)),
            ("a: |\n  ---\n  b\n", None),
        ] {
            assert_eq!(second_document(text), line, "{text}");
        }
    }

    #[test]
    fn a_control_character_has_a_line_and_a_column() {
        assert_eq!(control_character("a: 1\nb: \u{e9}\u{0}\n"), Some(('\0', (2, 5))));
        assert_eq!(control_character("a: \u{7f}"), Some(('\u{7f}', (1, 4))));
        assert_eq!(control_character("a: \u{85}\u{a0}\u{1f600}\t\r"), None);
    }
}
