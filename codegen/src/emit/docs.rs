//! Documentation: descriptions written in the specification's Markdown, made safe for rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Docs;
use crate::version::Version;

/// The attribute of what is deprecated.
const DEPRECATED: &str = "deprecated by the specification";

/// The attributes that document an item; `fallback` documents it where its schema doesn't.
pub(crate) fn attributes(docs: &Docs, fallback: &str, release: Option<Version>) -> TokenStream {
    let lines = comment(&text(docs, fallback, release));
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated = #DEPRECATED]));
    quote!(#lines #deprecated)
}

/// The same as lines of text, for a macro. An empty `fallback` gives no lines.
pub(crate) fn rows(docs: &Docs, fallback: &str, release: Option<Version>) -> Vec<String> {
    let mut rows: Vec<String> = lines(&text(docs, fallback, release)).map(|line| format!("///{line}")).collect();
    rows.extend(docs.deprecated.then(|| format!("#[deprecated = {DEPRECATED:?}]")));
    rows
}

/// A doc comment.
pub(crate) fn comment(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#[doc = #lines])*)
}

/// The lines of a doc comment, with the blank before each that isn't empty.
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
    if let Some(link) = &docs.link {
        paragraphs.push(format!("[In the specification]({link})"));
    }
    paragraphs.join("\n\n")
}

/// Markdown of the specification as rustdoc understands it: links that lead somewhere, brackets and angles that mean
/// themselves, no indented line that would be taken for a test.
fn markdown(text: &str, release: Option<Version>) -> String {
    // How far what continues the item of a list is indented; 0 outside of lists.
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

/// The width of the marker with which a line begins the item of a list: `* `, `- ` or `1. `.
fn marker(line: &str) -> usize {
    if line.starts_with("* ") || line.starts_with("- ") {
        return 2;
    }
    match line.split_once(". ") {
        Some((number, _)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => number.len() + 2,
        _ => 0,
    }
}

/// The width of a line of documentation.
const WIDTH: usize = 100;

/// Breaks long lines between words; what continues the item of a list is indented.
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

/// One line. What stands between backticks is code, and means itself; elsewhere brackets begin a link or are escaped.
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

/// What to write for a text that begins with a backtick, and what follows it.
fn code(from: &str) -> Option<(String, &str)> {
    let text = from.strip_prefix('`')?;
    Some(text.split_once('`').map_or((from.to_owned(), ""), |(code, behind)| (format!("`{code}`"), behind)))
}

/// The same for an angle that begins an address between angles, which is left as it is.
fn address(from: &str) -> Option<(String, &str)> {
    let (address, behind) = from.strip_prefix('<')?.split_once('>')?;
    is_address(address).then(|| (format!("<{address}>"), behind))
}

/// The same for a bracket that begins a link: the specification's relative links are made absolute.
fn link(from: &str, release: Option<Version>) -> Option<(String, &str)> {
    let (text, rest) = from.strip_prefix('[')?.split_once(']').filter(|(text, _)| !text.contains('['))?;
    let (target, behind) = rest.strip_prefix('(')?.split_once(')')?;
    let release = release.map_or("latest".to_owned(), |release| release.to_string());
    let base = format!("https://spec.matrix.org/{release}");
    let absolute = match target {
        _ if target.contains("://") => target.to_owned(),
        _ if target.starts_with('#') => format!("{base}/client-server-api/{target}"),
        _ => format!("{base}/{}", target.trim_start_matches('/')),
    };
    let inner = text.replace('<', "\\<").replace('>', "\\>");
    Some((format!("[{inner}]({absolute})"), behind))
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ')
}

/// An address in the middle of a sentence is a link only between angles.
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
