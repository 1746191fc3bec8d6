//! Opens files: determines the encoding, and divides lines into chunks.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use matrix_events::tools::SyntaxError;

use super::files::{has_lines, STDIN};
use super::utf16::Utf16;

/// The description of invalid UTF-8.
const NOT_UTF8: &str = "invalid UTF-8";

/// The description of invalid UTF-16.
const NOT_UTF16: &str = "invalid UTF-16";

/// An open input.
pub(crate) struct Input {
    pub(crate) content: Content,
    /// The description of text that is invalid in the encoding.
    pub(crate) invalid: &'static str,
    /// Remarks about the encoding.
    pub(crate) notes: Vec<&'static str>,
}

/// The content of an input.
pub(crate) enum Content {
    /// One JSON document.
    Document(Vec<u8>),
    /// One JSON value per line.
    Lines(Lines),
}

/// An iterator over chunks of whole lines.
pub(crate) struct Lines {
    first: Option<Vec<u8>>,
    rest: Reader,
    next: u64,
}

/// Several whole lines.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// The number of the first line, counted from 1.
    pub(crate) line: u64,
    /// The text of the lines.
    pub(crate) text: Vec<u8>,
}

type Reader = Box<dyn BufRead + Send>;

/// The minimum length of a chunk in bytes, except for the last one.
const CHUNK: u64 = 1 << 18;

/// The number of lines that are read to determine if an input with a syntax error has one value per line.
const PROBED_LINES: usize = 16;

/// Opens an input. Returns the reason if the input cannot be read.
pub(crate) fn open(path: &Path) -> Result<Input, String> {
    let reason = |error: io::Error| error.to_string();
    let mut reader: Box<dyn Read + Send> = match path.as_os_str() == STDIN {
        true => Box::new(io::stdin()),
        false => Box::new(File::open(path).map_err(reason)?),
    };
    let mut head = Vec::new();
    reader.by_ref().take(16).read_to_end(&mut head).map_err(reason)?;
    let (encoding, mark) = Encoding::of(&head)?;
    let head = head.split_off(mark);
    let reader = Cursor::new(head).chain(reader);
    let (reader, mut notes): (Reader, _) = match encoding {
        Encoding::Utf8 if mark > 0 => {
            (buffered(reader), vec!["the text begins with a byte order mark, which is skipped"])
        }
        Encoding::Utf8 => (buffered(reader), Vec::new()),
        Encoding::Utf16 { is_big_endian } => {
            (buffered(Utf16::new(reader, is_big_endian)), vec!["the text is UTF-16; JSON requires UTF-8"])
        }
    };
    let (content, has_crlf) = detect(reader, has_lines(path)).map_err(reason)?;
    notes.extend(has_crlf.then_some("the lines end with CR LF"));
    let invalid = if matches!(encoding, Encoding::Utf8) { NOT_UTF8 } else { NOT_UTF16 };
    Ok(Input { content, invalid, notes })
}

fn buffered(reader: impl Read + Send + 'static) -> Reader {
    Box::new(BufReader::with_capacity(1 << 16, reader))
}

#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16 { is_big_endian: bool },
}

impl Encoding {
    /// Returns the encoding, and the length of the byte order mark. Returns a reason if the text is not JSON in any encoding.
    fn of(head: &[u8]) -> Result<(Self, usize), String> {
        let utf16 = |is_big_endian| Self::Utf16 { is_big_endian };
        Ok(match head {
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, _, ..] => {
                return Err("the text is UTF-32\n  = help: convert the file to UTF-8".to_owned());
            }
            [0xef, 0xbb, 0xbf, ..] => (Self::Utf8, 3),
            [0xff, 0xfe, ..] => (utf16(false), 2),
            [0xfe, 0xff, ..] => (utf16(true), 2),
            [0, _, ..] => (utf16(true), 0),
            [_, 0, ..] => (utf16(false), 0),
            [0x1f, 0x8b, ..] => {
                let help = "decompress the file: `zcat <file> | matrix-events validate -`";
                return Err(format!("the file is compressed with gzip\n  = help: {help}"));
            }
            _ if head.starts_with(b"-----BEGIN MEGOL") => {
                let help = "export the room keys without a passphrase, or decrypt the file";
                return Err(format!("the room keys are encrypted\n  = help: {help}"));
            }
            _ => (Self::Utf8, 0),
        })
    }
}

/// Appends the next line that is not blank. Returns its start, or `None` at the end of the input.
fn next_line(reader: &mut Reader, text: &mut Vec<u8>) -> io::Result<Option<usize>> {
    loop {
        let start = text.len();
        if reader.read_until(b'\n', text)? == 0 {
            return Ok(None);
        }
        if !is_blank(text.get(start..).unwrap_or_default()) {
            return Ok(Some(start));
        }
    }
}

pub(crate) fn is_blank(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_whitespace)
}

/// Determines if the input has one JSON value per line. Returns `true` if the first line ends with CR LF.
fn detect(mut reader: Reader, has_lines: bool) -> io::Result<(Content, bool)> {
    let mut text = Vec::new();
    next_line(&mut reader, &mut text)?;
    let has_crlf = text.ends_with(b"\r\n");
    let is_lines = match SyntaxError::find(&text) {
        _ if has_lines => true,
        // A document of one line has nothing after the line.
        None => next_line(&mut reader, &mut text)?.is_some(),
        Some(_) => has_values_in_later_lines(&mut reader, &mut text)?,
    };
    if is_lines {
        return Ok((Content::Lines(Lines { first: Some(text), rest: reader, next: 1 }), has_crlf));
    }
    reader.read_to_end(&mut text)?;
    Ok((Content::Document(text), has_crlf))
}

/// Returns `true` if the first line has a syntax error, and a later line is a JSON object that does not continue the first.
fn has_values_in_later_lines(reader: &mut Reader, text: &mut Vec<u8>) -> io::Result<bool> {
    for _ in 0..PROBED_LINES {
        let Some(start) = next_line(reader, text)? else { return Ok(false) };
        if SyntaxError::find(text).is_some_and(|error| error.is_incomplete) {
            return Ok(false);
        }
        let line = text.get(start..).unwrap_or_default();
        if line.trim_ascii_start().starts_with(b"{") && SyntaxError::find(line).is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Iterator for Lines {
    type Item = io::Result<Chunk>;

    fn next(&mut self) -> Option<io::Result<Chunk>> {
        let mut text = self.first.take().unwrap_or_default();
        let read = self.rest.by_ref().take(CHUNK).read_to_end(&mut text).and_then(|_| match text.last() {
            Some(&b'\n') => Ok(0),
            _ => self.rest.read_until(b'\n', &mut text),
        });
        if let Err(error) = read {
            return Some(Err(error));
        }
        if text.is_empty() {
            return None;
        }
        let chunk = Chunk { line: self.next, text };
        self.next += chunk.text.iter().filter(|byte| **byte == b'\n').count() as u64;
        Some(Ok(chunk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn input_with_one_value_per_line_is_detected() {
        for (text, is_lines) in [
            ("{}", false),
            ("{}\n\n", false),
            ("\n{}\n{}", true),
            ("{\n\"a\": 1}", false),
            ("[\n{\"a\": 1}\n]", false),
            ("[{},\n{}]", false),
            ("{\"a\": 1\n{\"b\": 2}\n", true),
            ("{\"a\": \"x\n{\"b\": 2}\n", true),
            ("oops\noops\n{\"b\": 2}\n", true),
            ("oops\n", false),
            ("{\"a\": 1,,\n\"b\": 2}", false),
            ("", false),
        ] {
            for has_lines in [false, true] {
                let reader = buffered(Cursor::new(text.as_bytes().to_vec()));
                let (content, _) = detect(reader, has_lines).expect("memory can be read");
                assert_eq!(matches!(content, Content::Lines(_)), is_lines || has_lines, "{text}");
            }
        }
    }
}
