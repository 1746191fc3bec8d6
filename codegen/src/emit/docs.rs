//! Emits documentation. Converts the Markdown of descriptions for rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{feature, Docs};
use crate::version::Version;

/// The text of the attribute `deprecated`.
const DEPRECATED: &str = "deprecated by the specification";

/// Returns the attributes that document an item. `fallback` is the description if the schema has none.
pub(crate) fn attributes(docs: &Docs, fallback: &str, release: Option<Version>) -> TokenStream {
    let lines = comment(&text(docs, fallback, release));
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated = #DEPRECATED]));
    quote!(#lines #deprecated)
}

/// Returns the lines that document an item in a macro. An empty `fallback` gives no lines.
pub(crate) fn rows(docs: &Docs, fallback: &str, release: Option<Version>) -> Vec<String> {
    let mut rows: Vec<String> = lines(&text(docs, fallback, release)).map(|line| format!("///{line}")).collect();
    rows.extend(docs.deprecated.then(|| format!("#[deprecated = {DEPRECATED:?}]")));
    rows
}

/// Returns a doc comment.
pub(crate) fn comment(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#[doc = #lines])*)
}

/// Returns the lines of a doc comment, with a space before each line that is not empty.
fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().map(|line| match line.trim_end() {
        "" => String::new(),
        line => format!(" {line}"),
    })
}

fn text(docs: &Docs, fallback: &str, release: Option<Version>) -> String {
    let mut paragraphs = Vec::new();
    match docs.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => paragraphs.push(markdown(text, release)),
        None if fallback.is_empty() => {}
        None => paragraphs.push(fallback.to_owned()),
    }
    if let Some(since) = docs.since {
        paragraphs.push(format!("Since {since}."));
    }
    for (version, change) in &docs.changed {
        paragraphs.push(match change.is_empty() {
            true => format!("Changed in {version}."),
            false => format!("Changed in {version}: {}", markdown(change, release)),
        });
    }
    match (&docs.link, docs.proposal) {
        (Some(link), Some(number)) => {
            paragraphs.push(format!("Requires the feature `{}`, for [MSC{number}]({link}).", feature(number)));
        }
        (Some(link), None) => paragraphs.push(format!("[Specification]({link})")),
        (None, _) => {}
    }
    paragraphs.join("\n\n")
}

/// Converts Markdown of the specification for rustdoc: makes links absolute, escapes brackets, and removes indentation that rustdoc
/// would parse as code.
fn markdown(text: &str, release: Option<Version>) -> String {
    // The indentation of the following lines of a list item; 0 outside of lists.
    let mut hanging = 0;
    let lines = text.lines().map(|line| {
        let body = line.trim_start();
        let marker = marker(body);
        let indent = match marker {
            0 => hanging,
            _ => 0,
        };
        hanging = match (marker, body) {
            (_, "") => 0,
            (0, _) => hanging,
            (width, _) => width,
        };
        format!("{}{}", " ".repeat(indent), inline(body.trim_end(), release))
    });
    wrap(&lines.collect::<Vec<_>>().join("\n"))
}

/// Returns the width of the marker of a list item at the start of a line (`* `, `- ` or `1. `), or 0.
fn marker(line: &str) -> usize {
    if line.starts_with("* ") || line.starts_with("- ") {
        return 2;
    }
    match line.split_once(". ") {
        Some((number, _)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => number.len() + 2,
        _ => 0,
    }
}

/// The maximum width of a line of documentation.
const WIDTH: usize = 100;

/// Breaks long lines between words. Indents the following lines of a list item.
fn wrap(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let is_table = line.trim_start().starts_with('|');
        if line.chars().count() <= WIDTH || is_table {
            lines.push(line.to_owned());
            continue;
        }
        let indent = marker(line).max(line.len() - line.trim_start().len());
        let mut current = String::new();
        for word in line.trim_end().split_inclusive(' ') {
            if !current.is_empty() && current.chars().count() + word.trim_end().chars().count() > WIDTH {
                lines.push(current.trim_end().to_owned());
                current = " ".repeat(indent);
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines.join("\n")
}

/// Converts one line. Keeps text between backticks, and escapes angle brackets and square brackets that begin no link.
fn inline(line: &str, release: Option<Version>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['`', '<', '>', '[']) {
        let (before, from) = rest.split_at(at);
        out.push_str(&bare_urls(before));
        let written = code(from).or_else(|| address(from)).or_else(|| link(from, release));
        let (written, behind) = written.unwrap_or_else(|| {
            let (mark, behind) = from.split_at(1);
            (format!("\\{mark}"), behind)
        });
        out.push_str(&written);
        rest = behind;
    }
    out.push_str(&bare_urls(rest));
    out
}

/// Converts the code at the start of a text that begins with a backtick. Returns the code and the rest of the text.
fn code(from: &str) -> Option<(String, &str)> {
    let text = from.strip_prefix('`')?;
    Some(text.split_once('`').map_or((from.to_owned(), ""), |(code, behind)| (format!("`{code}`"), behind)))
}

/// Converts the URL between angle brackets at the start of a text. Returns the URL and the rest of the text.
fn address(from: &str) -> Option<(String, &str)> {
    let (address, behind) = from.strip_prefix('<')?.split_once('>')?;
    is_address(address).then(|| (format!("<{address}>"), behind))
}

/// Converts the link at the start of a text, and makes its target absolute. Returns the link and the rest of the text.
fn link(from: &str, release: Option<Version>) -> Option<(String, &str)> {
    let (text, rest) = from.strip_prefix('[')?.split_once(']').filter(|(text, _)| !text.contains('['))?;
    let (target, behind) = rest.strip_prefix('(')?.split_once(')')?;
    let release = release.map_or("latest".to_owned(), |release| release.to_string());
    let base = format!("https://spec.matrix.org/{release}");
    let absolute = match target {
        // A URL, or the path of an item.
        _ if target.contains("://") || target.contains("::") => target.to_owned(),
        _ if target.starts_with('#') => format!("{base}/client-server-api/{target}"),
        _ => format!("{base}/{}", target.trim_start_matches('/')),
    };
    let inner = text.replace('<', "\\<").replace('>', "\\>");
    Some((format!("[{inner}]({absolute})"), behind))
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ')
}

/// Adds angle brackets around URLs, because rustdoc requires them for links.
fn bare_urls(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let bare = word.trim_start_matches('(');
        if !is_address(bare) {
            return word.to_owned();
        }
        let url = bare.trim_end_matches(['.', ',', ';', ':', ')']);
        word.replacen(url, &format!("<{url}>"), 1)
    });
    words.collect::<Vec<_>>().join(" ")
}
