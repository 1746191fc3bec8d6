//! Formats diagnostics in the style of rustc.

use std::fmt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{normalize_untrusted_str, AnnotationKind, Level, Origin, Renderer, Snippet};

use super::Diagnostic;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = Level::ERROR.primary_title(&*self.message);
        let mut group = match self.line {
            0 => title.element(Origin::path(&*self.origin.file)),
            line => {
                let start = byte_index(&self.snippet, self.column.saturating_sub(1));
                let end = byte_index(&self.snippet, self.column.saturating_sub(1) + self.length);
                let snippet = Snippet::source(&*self.snippet).path(&*self.origin.file).line_start(line);
                title.element(snippet.annotation(AnnotationKind::Primary.span(start..end)))
            }
        };
        let at = Some(&self.origin.pointer).filter(|pointer| !pointer.is_empty());
        let other = self.other.as_ref().map(ToString::to_string);
        let notes = [
            (Level::NOTE.with_name("at"), at),
            (Level::NOTE.with_name("other place"), other.as_ref()),
            (Level::NOTE.with_name("expected"), self.expected.as_ref()),
            (Level::HELP, self.help.as_ref()),
        ];
        for (level, text) in notes.into_iter().filter_map(|(level, text)| Some((level, text?))) {
            group = group.element(level.message(normalize_untrusted_str(text)));
        }
        f.write_str(&Renderer::plain().decor_style(DecorStyle::Ascii).render(&[group]))
    }
}

/// Returns the index of a character, or the length of the text.
fn byte_index(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(index, _)| index)
}
