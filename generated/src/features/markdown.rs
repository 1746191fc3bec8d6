//! Markdown in messages.

use pulldown_cmark::{html, Event, Options, Parser, Tag, TagEnd};

/// Converts CommonMark with tables and strikethrough to HTML. Returns `None` if the HTML displays the text as it is.
///
/// A single paragraph has no `<p>`, because
/// [messages should not contain unnecessary HTML](https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes).
pub(crate) fn to_html(text: &str) -> Option<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut events: Vec<Event<'_>> = Parser::new_ext(text, options).map(with_line_breaks).collect();
    let end_of_paragraph = events.iter().position(|event| *event == Event::End(TagEnd::Paragraph));
    if events.first() == Some(&Event::Start(Tag::Paragraph)) && end_of_paragraph == events.len().checked_sub(1) {
        events.pop();
        events.remove(0);
    }
    let mut markdown = String::new();
    html::push_html(&mut markdown, events.into_iter());
    let mut plain = String::new();
    html::push_html(&mut plain, lines(text));
    (markdown != plain).then_some(markdown)
}

/// A line break in Markdown is a space. Users expect that line breaks of messages remain.
fn with_line_breaks(event: Event<'_>) -> Event<'_> {
    match event {
        Event::SoftBreak => Event::HardBreak,
        event => event,
    }
}

/// Returns the lines of a text as Markdown events without markup.
fn lines(text: &str) -> impl Iterator<Item = Event<'_>> {
    let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    lines.enumerate().flat_map(|(index, line)| {
        let line_break = (index > 0).then_some(Event::HardBreak);
        line_break.into_iter().chain([Event::Text(line.into())])
    })
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn markdown_converts_and_text_without_markdown_does_not() {
        let cases = [
            ("", None),
            ("Hello, world.", None),
            ("a < b & c > d \"quoted\"", None),
            ("first\nsecond\r\nthird", None),
            ("snake_case_name and 2 * 3", None),
            ("Hello **world**.", Some("Hello <strong>world</strong>.")),
            ("~~old~~ `new`", Some("<del>old</del> <code>new</code>")),
            ("first\n*second*", Some("first<br />\n<em>second</em>")),
            ("first\n\nsecond", Some("<p>first</p>\n<p>second</p>\n")),
            ("- one\n- two", Some("<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n")),
            ("> quote", Some("<blockquote>\n<p>quote</p>\n</blockquote>\n")),
            ("# Title", Some("<h1>Title</h1>\n")),
            (r"\*no emphasis\*", Some("*no emphasis*")),
            ("<b>bold</b>", Some("<b>bold</b>")),
            ("[a](https://example.org)", Some("<a href=\"https://example.org\">a</a>")),
            (
                "|a|\n|-|\n|b|",
                Some("<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table>\n"),
            ),
        ];
        for (text, html) in cases {
            assert_eq!(to_html(text).as_deref(), html, "{text:?}");
        }
    }
}
